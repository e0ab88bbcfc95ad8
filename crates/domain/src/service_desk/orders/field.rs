//! What the technician does: accept, arrive, wait, go on, finish. Possibly offline, sent late, and then kept whatever
//! happens.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::costs::{must_be_covered, must_be_decided};
use super::model::TECHNICIAN;
use super::{
    AskCost, Completion, Cost, CostKind, CostLimits, LateNote, OrderAct, OrderState, SignKind, Timing, WorkOrder,
};
use crate::access::{Actor, Permission};
use crate::code_enum;
use crate::service_desk::repairs::RepairRequest;
use crate::shared::{Note, Problem, Text, TrailEntry};

code_enum! {
    /// What an order waits for.
    pub enum HoldKind {
        /// Material, or the approval of a cost.
        Material = "material",
        /// The resident.
        Resident = "resident",
    }
}

/// Why the work stops for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(as = HoldOrder)]
pub struct Hold {
    /// What it waits for.
    pub kind: HoldKind,
    /// In words.
    pub reason: Note,
    /// A cost above the limit that PUBSUP must approve before the work goes on.
    pub cost: Option<AskCost>,
    /// When it stopped, if a device says so.
    pub occurred_at: Option<DateTime<Utc>>,
}

/// An act of the technician with what belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldAct {
    /// Answer.
    Accept,
    /// Arrive.
    Arrive,
    /// Wait.
    Hold(Hold),
    /// Go on.
    Resume,
    /// Finish.
    Finish(Box<Completion>),
}

/// A step that was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The order after it.
    pub order: WorkOrder,
    /// What the trail will say.
    pub entry: TrailEntry,
    /// A cost that was asked for.
    pub cost: Option<Cost>,
}

/// What became of the act.
#[derive(Clone, Debug, PartialEq)]
pub enum Stepped {
    /// It was done.
    Applied(Box<Held>),
    /// It came too late and no longer fits: kept as a note.
    Noted(Box<LateNote>, TrailEntry),
}

impl FieldAct {
    /// Which act of the table it is.
    #[must_use]
    pub const fn act(&self) -> OrderAct {
        match self {
            Self::Accept => OrderAct::Accept,
            Self::Arrive => OrderAct::Arrive,
            Self::Hold(Hold {
                kind: HoldKind::Resident,
                ..
            }) => OrderAct::HoldResident,
            Self::Hold(_) => OrderAct::HoldMaterial,
            Self::Resume => OrderAct::Resume,
            Self::Finish(_) => OrderAct::Finish,
        }
    }

    fn content(&self) -> serde_json::Value {
        let content = match self {
            Self::Hold(hold) => serde_json::to_value(hold),
            Self::Finish(completion) => serde_json::to_value(completion),
            _ => return serde_json::Value::Null,
        };
        content.unwrap_or_default()
    }
}

/// What a rule needs to know beside the order.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// What it repairs.
    pub request: &'a RepairRequest,
    /// Costs asked for so far.
    pub costs: &'a [Cost],
    /// Their limits.
    pub limits: &'a CostLimits,
}

impl WorkOrder {
    /// Takes a step of the technician. A deed that a device sends late and that no longer fits, because the order was
    /// reassigned, cancelled or moved on meanwhile, becomes a note.
    ///
    /// # Errors
    /// `forbidden` for others than the technician, `wrong_state`, `validation_failed`.
    pub fn step(
        &self,
        act: &FieldAct,
        setting: Setting<'_>,
        actor: &Actor,
        timing: Timing,
        now: DateTime<Utc>,
    ) -> Result<Stepped, Problem> {
        match self.fits(act, setting.costs, actor, timing) {
            Ok(state) => self
                .apply(act, state, setting, actor, timing, now)
                .map(|held| Stepped::Applied(Box::new(held))),
            Err(why) => match actor.employee.filter(|_| timing.from_device) {
                Some(employee) => {
                    let (note, entry) = LateNote::of(self, employee, act.act(), &why, act.content(), timing.at, now);
                    Ok(Stepped::Noted(Box::new(note), entry))
                }
                None => Err(why),
            },
        }
    }

    fn fits(&self, act: &FieldAct, costs: &[Cost], actor: &Actor, timing: Timing) -> Result<OrderState, Problem> {
        let supervises = actor
            .scope(Permission::OrderWork)
            .is_ok_and(|scope| scope.covers(self.estate_id));
        if !self.is_of(actor) && !supervises {
            return Err(Problem::forbidden(&TECHNICIAN));
        }
        let mut state = self.state.after(act.act())?;
        // The order was given to this technician, or sent back, after the deed: the deed belongs to an earlier round.
        if timing.from_device && timing.at < self.round_at {
            return Err(Problem::wrong_state(
                &act.act().title(),
                &Text::new("此后已重新派工或退回", "dispatched anew or sent back since then"),
            ));
        }
        if *act == FieldAct::Resume {
            must_be_decided(self, costs, OrderAct::Resume)?;
            if self.arrived_at.is_none() {
                state = OrderState::Accepted;
            }
        }
        Ok(state)
    }

    fn apply(
        &self,
        act: &FieldAct,
        state: OrderState,
        setting: Setting<'_>,
        actor: &Actor,
        timing: Timing,
        now: DateTime<Utc>,
    ) -> Result<Held, Problem> {
        let mut order = self.clone();
        let mut cost = None;
        let mut reason = None;
        let action = match act {
            FieldAct::Accept => {
                order.accepted_at = Some(order.accepted_at.unwrap_or(timing.at));
                "accepted"
            }
            FieldAct::Arrive => {
                order.arrived_at = Some(order.arrived_at.unwrap_or(timing.at));
                "arrived"
            }
            FieldAct::Hold(hold) => {
                if let Some(ask) = &hold.cost {
                    check_ask(hold, ask, setting.request)?;
                    let asker = actor.employee.unwrap_or(self.technician_id);
                    cost = Some(Cost::ask(self, ask, &hold.reason, asker, setting.limits, now)?);
                }
                order.pending_reason = Some(hold.reason.as_str().to_owned());
                reason = Some(hold.reason.as_str());
                "held"
            }
            FieldAct::Resume => {
                order.pending_reason = None;
                "resumed"
            }
            FieldAct::Finish(completion) => {
                check_completion(completion, setting)?;
                order.finished_at = Some(timing.at);
                order.finished_by = actor.employee;
                "finished"
            }
        };
        order.state = state;
        order.keyed_late |= timing.keyed_late;
        order.touched(now);
        let mut entry = order
            .entry(action)
            .states(Some(self.state.code()), state.code())
            .reason(reason)
            .occurred_at(Some(timing.at))
            .clauses(&["POS-TECH-06b"]);
        if let Some(cost) = &cost {
            entry = entry.changes(serde_json::json!({ "cost": cost.kind, "amount_fen": cost.amount_fen }));
        }
        if timing.keyed_late {
            entry.changes["keyed_late"] = true.into();
        }
        Ok(Held { order, entry, cost })
    }
}

fn check_ask(hold: &Hold, ask: &AskCost, request: &RepairRequest) -> Result<(), Problem> {
    if hold.kind != HoldKind::Material {
        return Err(Problem::field(
            "/kind",
            "contradiction",
            Text::new(
                "申请费用时请选择“待料”",
                "an order that asks for a cost waits for material",
            ),
        ));
    }
    if ask.kind == CostKind::PaidService && !request.paid {
        return Err(Problem::field(
            "/cost/kind",
            "not_paid",
            Text::new("该报修不是有偿服务", "the resident does not pay for this repair"),
        ));
    }
    Ok(())
}

fn check_completion(completion: &Completion, setting: Setting<'_>) -> Result<(), Problem> {
    if completion.materials_used.len() > 50 {
        return Err(Problem::field(
            "/materials_used",
            "too_many",
            Text::new("最多50项材料", "at most 50 materials"),
        ));
    }
    if completion.file_ids.len() > 9 {
        return Err(Problem::field(
            "/file_ids",
            "too_many",
            Text::new("最多9张照片", "at most 9 photos"),
        ));
    }
    if !completion.safety_check.passed && completion.safety_check.note.is_none() {
        return Err(Problem::field(
            "/safety_check/note",
            "required",
            Text::new("安全检查未通过须说明情况", "say what is not safe"),
        ));
    }
    if completion.resident_sign.kind == SignKind::Signed && completion.resident_sign.name.is_none() {
        return Err(Problem::field(
            "/resident_sign/name",
            "required",
            Text::new("请填写签字人", "say who signed"),
        ));
    }
    if completion.charge_fen.0 > 0 && !setting.request.paid {
        return Err(Problem::field(
            "/charge_fen",
            "not_paid",
            Text::new(
                "该报修不是有偿服务，不能收费",
                "the resident does not pay for this repair",
            ),
        ));
    }
    must_be_covered(
        setting.costs,
        CostKind::Material,
        completion.material_cost_fen(),
        setting.limits,
        "/materials_used",
    )?;
    must_be_covered(
        setting.costs,
        CostKind::PaidService,
        completion.charge_fen.0,
        setting.limits,
        "/charge_fen",
    )
}
