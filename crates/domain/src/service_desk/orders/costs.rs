//! Costs above the limit: asked by the technician, decided by PUBSUP before the work goes on.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Fen, OrderAct, OrderState, WorkOrder, WorkOrderId};
use crate::access::{Permission, PostCode};
use crate::org::superior::{Matter, Rule};
use crate::service_desk::Decision;
use crate::shared::{EmployeeId, Note, Problem, Text, TrailEntry, Transition};
use crate::{code_enum, typed_ids};

typed_ids! {
    /// A cost that was asked for.
    CostId,
}

code_enum! {
    /// What costs.
    pub enum CostKind {
        /// Material, paid by the centre.
        Material = "material",
        /// Paid service, paid by the resident.
        PaidService = "paid_service",
    }
}

code_enum! {
    /// Where the decision stands.
    pub enum CostState {
        /// Nobody has decided.
        Pending = "pending",
        /// Granted.
        Approved = "approved",
        /// Refused, with a reason.
        Refused = "refused",
    }
}

/// Above which amounts somebody must decide; settings of the estate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CostLimits {
    /// PUBSUP decides above it.
    pub approval_fen: i64,
    /// Above it an expense approval is needed as well.
    pub expense_fen: i64,
}

/// What the technician asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AskOrderCost)]
pub struct AskCost {
    /// What costs.
    pub kind: CostKind,
    /// How much, in fen.
    pub amount_fen: Fen,
}

/// A cost asked for, and its decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Its id.
    pub id: CostId,
    /// The order.
    pub order_id: WorkOrderId,
    /// What costs.
    pub kind: CostKind,
    /// How much, in fen.
    pub amount_fen: i64,
    /// What for.
    pub reason: String,
    /// Who asks.
    pub asked_by: EmployeeId,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Where the decision stands.
    pub state: CostState,
    /// Who decided.
    pub decided_by: Option<EmployeeId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why.
    pub decision_reason: Option<String>,
    /// Whether the approval of an expense must follow.
    pub needs_expense_approval: bool,
}

impl CostLimits {
    /// Whether somebody must decide on this amount.
    #[must_use]
    pub const fn exceeded(&self, amount_fen: i64) -> bool {
        amount_fen > self.approval_fen
    }
}

impl Cost {
    /// Asks for a cost. Below the limit there is nothing to ask.
    ///
    /// # Errors
    /// `validation_failed` at `/cost/amount_fen` within the limit.
    pub fn ask(
        order: &WorkOrder,
        ask: &AskCost,
        reason: &Note,
        asker: EmployeeId,
        limits: &CostLimits,
        now: DateTime<Utc>,
    ) -> Result<Self, Problem> {
        if !limits.exceeded(ask.amount_fen.0) {
            return Err(Problem::field(
                "/cost/amount_fen",
                "within_limit",
                Text::new(
                    "未超过审批限额，无须审批",
                    "it is within the limit: no approval is needed",
                ),
            ));
        }
        Ok(Self {
            id: CostId::generate(),
            order_id: order.id,
            kind: ask.kind,
            amount_fen: ask.amount_fen.0,
            reason: reason.as_str().to_owned(),
            asked_by: asker,
            asked_at: now,
            state: CostState::Pending,
            decided_by: None,
            decided_at: None,
            decision_reason: None,
            needs_expense_approval: ask.amount_fen.0 > limits.expense_fen,
        })
    }

    /// Whether nobody has decided yet: asked before the decider is looked for.
    ///
    /// # Errors
    /// `wrong_state`.
    pub fn must_wait(&self) -> Result<(), Problem> {
        if self.state == CostState::Pending {
            return Ok(());
        }
        Err(Problem::wrong_state(
            &Text::new("再次审批", "be decided again"),
            &self.state.title(),
        ))
    }

    /// Decides; the resolver has found who that is.
    ///
    /// # Errors
    /// `wrong_state` when decided before, `validation_failed` for a refusal without reason.
    pub fn decide(
        &self,
        order: &WorkOrder,
        approve: bool,
        reason: Option<&Note>,
        decision: &Decision,
        now: DateTime<Utc>,
    ) -> Result<Transition<Self>, Problem> {
        self.must_wait()?;
        if !approve && reason.is_none() {
            return Err(Problem::field(
                "/reason",
                "required",
                Text::new("不同意须说明原因", "say why it is refused"),
            ));
        }
        let mut record = self.clone();
        record.state = if approve {
            CostState::Approved
        } else {
            CostState::Refused
        };
        record.decided_by = Some(decision.by.employee);
        record.decided_at = Some(now);
        record.decision_reason = reason.map(|reason| reason.as_str().to_owned());
        let entry: TrailEntry = order
            .entry(if approve { "cost_approved" } else { "cost_refused" })
            .reason(reason.map(|reason| reason.as_str()))
            .changes(serde_json::json!({
                "cost": [self.state, record.state],
                "kind": self.kind,
                "amount_fen": self.amount_fen,
                "needs_expense_approval": self.needs_expense_approval,
                "path": decision.path,
            }))
            .clauses(&["POS-PUBSUP-09"]);
        Ok(Transition { record, entry })
    }
}

/// A cost as a matter for the resolver: the supervisor's, unless they asked for it or repair it themselves.
#[must_use]
pub fn cost_matter<'a>(order: &WorkOrder, barred: &'a [EmployeeId], dated: NaiveDate) -> Matter<'a> {
    Matter {
        from: order.seat(),
        rule: Rule::Post(PostCode::Pubsup),
        barred,
        dated,
        right: Some(Permission::OrderApprove),
    }
}

impl CostState {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Pending => Text::new("待审批", "waiting for a decision"),
            Self::Approved => Text::new("已同意", "approved"),
            Self::Refused => Text::new("未同意", "refused"),
        }
    }
}

/// Refuses to go on while a cost waits for its decision.
pub(super) fn must_be_decided(order: &WorkOrder, costs: &[Cost], act: OrderAct) -> Result<(), Problem> {
    if costs.iter().any(|cost| cost.state == CostState::Pending) {
        debug_assert!(order.state == OrderState::PendingMaterial);
        return Err(Problem::wrong_state(
            &act.title(),
            &Text::new("费用待主管审批", "waiting for the supervisor's approval of its cost"),
        ));
    }
    Ok(())
}

/// Refuses an amount above the limit that was not approved.
pub(super) fn must_be_covered(
    costs: &[Cost],
    kind: CostKind,
    amount_fen: i64,
    limits: &CostLimits,
    pointer: &str,
) -> Result<(), Problem> {
    let approved = costs
        .iter()
        .filter(|cost| cost.kind == kind && cost.state == CostState::Approved)
        .map(|cost| cost.amount_fen)
        .max()
        .unwrap_or(0);
    if amount_fen <= approved.max(limits.approval_fen) {
        return Ok(());
    }
    Err(Problem::field(
        pointer,
        "approval_required",
        Text::new(
            "金额超过限额且未经审批：请先转待料并申请费用",
            "the amount is above the limit and was not approved: put the order on hold and ask for it",
        ),
    ))
}
