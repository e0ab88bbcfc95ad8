//! The way of a dispute: whoever mediates settles it or says why it must go one level up.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use validator::Validate;

use super::{
    CostDecision, Dispute, DisputeAction, DisputeId, DisputeKind, DisputeState, Level, NewDispute, PartyRole,
    PartySide, Step, StepId, StepResult,
};
use crate::access::{Actor, Permission, PostCode};
use crate::org::superior::{Matter, Rule};
use crate::service_desk::cases::Owner;
use crate::service_desk::{Decision, Deed, Responsible};
use crate::shared::deadline::Clockwork;
use crate::shared::{
    EmployeeId, EstateId, FileId, LongText, Name, Note, Problem, ProblemCode, SettingKey, Settings, Text, TrailEntry,
    Transition,
};

/// What the parties agreed on.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Settlement {
    /// The agreement in words; attach the signed paper.
    pub agreement: LongText,
    /// What it costs the centre, in fen; CSCMGR decides on anything above 0.
    #[serde(default)]
    #[schema(minimum = 0)]
    pub cost_fen: i64,
    /// The signed paper, uploaded before.
    #[serde(default)]
    #[validate(length(max = 9))]
    #[schema(max_items = 9)]
    pub file_ids: Vec<FileId>,
    /// When it was agreed, if not now.
    #[serde(default)]
    pub occurred_at: Option<DateTime<Utc>>,
}

/// Until when a level should settle a dispute that reaches it at `at`.
#[must_use]
pub fn step_due_at(at: DateTime<Utc>, settings: &Settings, clockwork: &Clockwork<'_>) -> DateTime<Utc> {
    let days = u32::try_from(settings.get(SettingKey::DisputeStepDays)).unwrap_or(0);
    clockwork.working_days_after(at, days)
}

/// Writes a dispute down. It waits for PUBSUP to name a mediator until `due_at`.
///
/// # Errors
/// `validation_failed` on `/parties`: each side needs a party, each party a person, house or name; one between owners
/// has no management in it.
pub fn open(
    new: &NewDispute,
    estate: EstateId,
    no: String,
    due_at: DateTime<Utc>,
    deed: &Deed<'_>,
) -> Result<Transition<Dispute>, Problem> {
    check_parties(new)?;
    let record = Dispute {
        id: DisputeId::generate(),
        estate_id: estate,
        no,
        kind: new.kind,
        state: DisputeState::Opened,
        level: Level::EstateOfficer,
        subject: new.subject.as_str().to_owned(),
        origin_case: new.origin_case,
        opened_at: deed.at,
        opened_by: deed.actor.employee,
        first_mediator: None,
        mediator_id: None,
        responsible: Responsible::post(PostCode::Pubsup),
        step_due_at: Some(due_at),
        settled_late: false,
        agreement: None,
        cost_fen: None,
        cost_decision: None,
        settled_at: None,
        settled_level: None,
        referred_to: None,
        closed_at: None,
        reopened_count: 0,
        version: 1,
        created_at: deed.now,
        updated_at: deed.now,
    };
    let entry = record
        .entry("opened")
        .states(None, record.state.code())
        .occurred_at(deed.occurred_at())
        .clauses(&["PROC-PUBSUP-5.4", "POS-RECEPT-02b", "PROC-TECH-5.4"]);
    Ok(Transition { record, entry })
}

fn check_parties(new: &NewDispute) -> Result<(), Problem> {
    let refused = |pointer: String, code: &'static str, message| Err(Problem::field(pointer, code, message));
    if new.parties.len() > 20 {
        return refused(
            "/parties".to_owned(),
            "too_many",
            Text::new("最多20方", "at most 20 parties"),
        );
    }
    for side in PartySide::ALL {
        if !new.parties.iter().any(|party| party.side == *side) {
            return refused(
                "/parties".to_owned(),
                "side_missing",
                Text::new("申请方与对方各须至少一方", "each side needs at least one party"),
            );
        }
    }
    for (place, party) in new.parties.iter().enumerate() {
        let named = party.party_id.is_some() || party.house_id.is_some() || party.name.is_some();
        if !named && party.role != PartyRole::Management {
            return refused(
                format!("/parties/{place}"),
                "required",
                Text::new("须选择业主或房屋，或填写姓名", "give a person, a house or a name"),
            );
        }
        if new.kind == DisputeKind::OwnerOwner && party.role == PartyRole::Management {
            return refused(
                format!("/parties/{place}/role"),
                "management",
                Text::new(
                    "业主之间的纠纷不含物业方",
                    "the management is no party of a dispute between owners",
                ),
            );
        }
    }
    Ok(())
}

/// PUBSUP names the estate officer who mediates first. Done again it moves the dispute, with a reason.
///
/// # Errors
/// `wrong_state`; `validation_failed` on `/mediator_id` for other posts or the present mediator, on `/reason`.
pub fn assign(
    dispute: &Dispute,
    mediator: &Owner,
    reason: Option<&Note>,
    due_at: DateTime<Utc>,
    deed: &Deed<'_>,
) -> Result<Transition<Dispute>, Problem> {
    dispute.gate(DisputeAction::Assign)?;
    if !Level::EstateOfficer.posts().contains(&mediator.responsible.post) {
        return Err(Problem::field(
            "/mediator_id",
            "not_an_estate_officer",
            Text::new(
                "首次调解由物管员（客服接待员、装修管理员）承担",
                "an estate officer (receptionist or renovation administrator) mediates first",
            ),
        ));
    }
    if dispute.mediator_id == Some(mediator.employee) {
        return Err(Problem::field(
            "/mediator_id",
            "unchanged",
            Text::new("已由此人调解", "this person has it already"),
        ));
    }
    if dispute.mediator_id.is_some() && reason.is_none() {
        return Err(Problem::field(
            "/reason",
            "required",
            Text::new("改派须说明原因", "moving it to somebody else needs a reason"),
        ));
    }
    let mut record = dispute.clone();
    record.state = DisputeState::Mediating;
    record.first_mediator = record.first_mediator.or(Some(mediator.employee));
    record.mediator_id = Some(mediator.employee);
    record.responsible = mediator.responsible;
    record.step_due_at = Some(due_at);
    record.updated_at = deed.now;
    let entry = record
        .entry(if dispute.mediator_id.is_some() {
            "reassigned"
        } else {
            "assigned"
        })
        .states(Some(dispute.state.code()), record.state.code())
        .reason(reason.map(|reason| reason.as_str()))
        .changes(json!({ "mediator_id": [dispute.mediator_id, mediator.employee] }))
        .clauses(&["PROC-PUBSUP-5.4"]);
    Ok(Transition { record, entry })
}

/// Whoever mediates at the present level: the officer named, above it the holder of the post.
fn must_mediate(dispute: &Dispute, actor: &Actor) -> Result<(), Problem> {
    let level = dispute.level;
    let may = match level {
        Level::EstateOfficer => dispute.mediator_id.is_some_and(|mediator| actor.is(mediator)),
        _ => actor.holds(dispute.estate_id, level.posts()),
    };
    if may {
        return Ok(());
    }
    Err(Problem::forbidden(&match level {
        Level::EstateOfficer => Text::new("指派的物管员", "the estate officer it was given to"),
        Level::Pubsup => Text::new("公共事务部主管本人", "the public affairs supervisor in person"),
        Level::Asstmgr => Text::new("经理助理", "the assistant manager"),
        Level::Cscmgr | Level::Authority => Text::new("经理", "the centre manager"),
    }))
}

/// What one may be offered on a dispute: what its state allows, without what is for whoever mediates now unless that is
/// them, and without closing what still waits for the decision on its cost. Permissions are not asked here.
#[must_use]
pub fn offered(dispute: &Dispute, actor: &Actor) -> Vec<DisputeAction> {
    use DisputeAction::{AddStep, Close, DecideCost, Escalate, Refer, Settle};
    let offered = |action: &DisputeAction| match action {
        AddStep | Settle | Escalate | Refer => must_mediate(dispute, actor).is_ok(),
        DecideCost => must_have_cost(dispute).is_ok(),
        Close => !waits_for_cost(dispute),
        _ => true,
    };
    let possible = |action: &DisputeAction| dispute.gate(*action).is_ok() && offered(action);
    DisputeAction::ALL.iter().copied().filter(possible).collect()
}

/// Whether what was agreed waits for the decision on its cost.
fn waits_for_cost(dispute: &Dispute) -> bool {
    dispute.state == DisputeState::Settled && dispute.cost_decision == Some(CostDecision::Pending)
}

/// Notes one step of the mediation.
///
/// # Errors
/// `wrong_state`; `forbidden` for who does not mediate now.
pub fn add_step(
    dispute: &Dispute,
    text: &LongText,
    result: StepResult,
    deed: &Deed<'_>,
) -> Result<(Transition<Dispute>, Step), Problem> {
    dispute.gate(DisputeAction::AddStep)?;
    must_mediate(dispute, deed.actor)?;
    let mut record = dispute.clone();
    record.mediator_id = deed
        .actor
        .employee
        .filter(|_| dispute.level != Level::EstateOfficer)
        .or(dispute.mediator_id);
    record.updated_at = deed.now;
    let step = Step {
        id: StepId::generate(),
        level: dispute.level,
        held_at: deed.at,
        held_by: deed.actor.employee,
        text: text.as_str().to_owned(),
        result,
        recorded_at: deed.now,
    };
    let entry = record
        .entry("step_added")
        .reason(Some(text.as_str()))
        .changes(json!({ "level": dispute.level, "result": result }))
        .occurred_at(deed.occurred_at())
        .clauses(&["PROC-RECEPT-5.4", "PROC-RENOADM-5.4"]);
    Ok((Transition { record, entry }, step))
}

/// Passes it one level up: a right of whoever mediates, who says why; no approval.
///
/// # Errors
/// `wrong_state`; `forbidden` for who does not mediate now.
pub fn escalate(
    dispute: &Dispute,
    reason: &Note,
    due_at: DateTime<Utc>,
    deed: &Deed<'_>,
) -> Result<Transition<Dispute>, Problem> {
    dispute.gate(DisputeAction::Escalate)?;
    must_mediate(dispute, deed.actor)?;
    let Some(level) = dispute.level.next() else {
        return Err(Problem::wrong_state(
            &DisputeAction::Escalate.title(),
            &dispute.state.title(),
        ));
    };
    let mut record = at_level(dispute, level);
    record.step_due_at = Some(due_at);
    record.updated_at = deed.now;
    let entry = record
        .entry("passed_up")
        .states(Some(dispute.state.code()), record.state.code())
        .reason(Some(reason.as_str()))
        .changes(json!({ "level": [dispute.level, level], "late": dispute.overdue(deed.at) }))
        .occurred_at(deed.occurred_at())
        .clauses(&[
            "PROC-PUBSUP-5.4",
            "PROC-RECEPT-5.4",
            "PROC-RENOADM-5.4",
            "POS-PUBSUP-07",
        ]);
    Ok(Transition { record, entry })
}

fn at_level(dispute: &Dispute, level: Level) -> Dispute {
    let mut record = dispute.clone();
    record.level = level;
    record.state = level.state();
    if let Some(post) = level.posts().first().filter(|_| level != Level::EstateOfficer) {
        record.responsible = Responsible::post(*post);
        record.mediator_id = None;
    }
    record
}

/// Writes down what the parties agreed on. What costs the centre money waits for CSCMGR before it can be closed.
///
/// # Errors
/// `wrong_state`; `forbidden` for who does not mediate now; `validation_failed` for a cost below 0.
pub fn settle(dispute: &Dispute, settlement: &Settlement, deed: &Deed<'_>) -> Result<Transition<Dispute>, Problem> {
    dispute.gate(DisputeAction::Settle)?;
    must_mediate(dispute, deed.actor)?;
    if !(0..=100_000_000_000).contains(&settlement.cost_fen) {
        return Err(Problem::field(
            "/cost_fen",
            "out_of_range",
            Text::new("金额不能为负，且不超过10亿元", "0 to 1,000,000,000 yuan"),
        ));
    }
    let mut record = dispute.clone();
    record.state = DisputeState::Settled;
    record.agreement = Some(settlement.agreement.as_str().to_owned());
    record.cost_fen = Some(settlement.cost_fen);
    record.cost_decision = (settlement.cost_fen > 0).then_some(CostDecision::Pending);
    record.settled_at = Some(deed.at);
    record.settled_level = Some(dispute.level);
    record.settled_late = dispute.overdue(deed.at);
    // Whoever settled it mediated it, with or without a step of its own: their decision on its cost would be their own.
    record.mediator_id = deed.actor.employee.or(dispute.mediator_id);
    record.step_due_at = None;
    record.updated_at = deed.now;
    let entry = record
        .entry("settled")
        .states(Some(dispute.state.code()), record.state.code())
        .reason(Some(settlement.agreement.as_str()))
        .changes(json!({ "level": dispute.level, "cost_fen": settlement.cost_fen, "late": record.settled_late }))
        .occurred_at(deed.occurred_at())
        .clauses(&["PROC-PUBSUP-5.4", "POS-PUBSUP-07", "POS-RECEPT-02b", "POS-RENOADM-02b"]);
    Ok(Transition { record, entry })
}

/// Whether the cost of an agreement waits for its decision: asked before the decider is looked for.
///
/// # Errors
/// `wrong_state`.
pub fn must_have_cost(dispute: &Dispute) -> Result<(), Problem> {
    dispute.gate(DisputeAction::DecideCost)?;
    if dispute.cost_decision == Some(CostDecision::Pending) {
        return Ok(());
    }
    Err(Problem::new(
        ProblemCode::WrongState,
        Text::new(
            "此协议没有待审批的费用。",
            "No cost of this agreement waits for a decision.",
        ),
    ))
}

/// The cost of an agreement as a matter for the resolver: the centre manager's, unless they settled it in person.
#[must_use]
pub fn cost_matter<'a>(dispute: &Dispute, barred: &'a [EmployeeId], dated: NaiveDate) -> Matter<'a> {
    Matter {
        from: dispute.responsible.seat(dispute.estate_id),
        rule: Rule::Post(PostCode::Cscmgr),
        barred,
        dated,
        right: Some(Permission::DisputeApprove),
    }
}

/// CSCMGR decides on what an agreement costs, or whom the resolver has found instead. Refused, the mediation goes on at
/// the level that settled it.
///
/// # Errors
/// `wrong_state` when nothing waits; `validation_failed` on `/reason` when refused without one.
pub fn decide_cost(
    dispute: &Dispute,
    approved: bool,
    reason: Option<&Note>,
    due_at: DateTime<Utc>,
    decision: &Decision,
    deed: &Deed<'_>,
) -> Result<Transition<Dispute>, Problem> {
    must_have_cost(dispute)?;
    if !approved && reason.is_none() {
        return Err(Problem::field(
            "/reason",
            "required",
            Text::new("不同意须说明原因", "a refusal needs a reason"),
        ));
    }
    let mut record = dispute.clone();
    record.updated_at = deed.now;
    if approved {
        record.cost_decision = Some(CostDecision::Approved);
    } else {
        record.cost_decision = Some(CostDecision::Refused);
        record.state = dispute.level.state();
        (record.settled_at, record.settled_level, record.settled_late) = (None, None, false);
        record.step_due_at = Some(due_at);
    }
    let entry = record
        .entry(if approved { "cost_approved" } else { "cost_refused" })
        .states(Some(dispute.state.code()), record.state.code())
        .reason(reason.map(|reason| reason.as_str()))
        .changes(json!({ "cost_fen": dispute.cost_fen, "agreement": dispute.agreement, "path": decision.path }))
        .clauses(&["PROC-PUBSUP-5.4"]);
    Ok(Transition { record, entry })
}

/// Passes it to an authority or the law: the assistant or the centre manager says to whom and why.
///
/// # Errors
/// `wrong_state`; `forbidden` for who does not mediate now.
pub fn refer(dispute: &Dispute, to: &Name, reason: &Note, deed: &Deed<'_>) -> Result<Transition<Dispute>, Problem> {
    dispute.gate(DisputeAction::Refer)?;
    must_mediate(dispute, deed.actor)?;
    let mut record = at_level(dispute, Level::Authority);
    record.referred_to = Some(to.as_str().to_owned());
    record.step_due_at = None;
    record.updated_at = deed.now;
    let entry = record
        .entry("referred")
        .states(Some(dispute.state.code()), record.state.code())
        .reason(Some(reason.as_str()))
        .changes(json!({ "referred_to": [null, to] }))
        .clauses(&["POS-PUBSUP-07"]);
    Ok(Transition { record, entry })
}

/// Closes a settled or referred dispute. The return visit falls due by this.
///
/// # Errors
/// `wrong_state`; `wrong_state` too while its cost waits for CSCMGR.
pub fn close(dispute: &Dispute, deed: &Deed<'_>) -> Result<Transition<Dispute>, Problem> {
    dispute.gate(DisputeAction::Close)?;
    if waits_for_cost(dispute) {
        return Err(Problem::new(
            ProblemCode::WrongState,
            Text::new(
                "协议费用尚待客户服务中心经理审批，暂不能办结。",
                "What the agreement costs waits for the centre manager, so it cannot be closed yet.",
            ),
        ));
    }
    let mut record = dispute.clone();
    record.state = DisputeState::Closed;
    record.closed_at = Some(deed.at);
    record.updated_at = deed.now;
    let entry = record
        .entry("closed")
        .states(Some(dispute.state.code()), record.state.code())
        .occurred_at(deed.occurred_at())
        .clauses(&["PROC-PUBSUP-5.4"]);
    Ok(Transition { record, entry })
}

/// Opens it again, at the level that had it last; a referred one comes back to the assistant.
///
/// # Errors
/// `wrong_state`.
pub fn reopen(
    dispute: &Dispute,
    reason: &str,
    due_at: DateTime<Utc>,
    deed: &Deed<'_>,
) -> Result<Transition<Dispute>, Problem> {
    dispute.gate(DisputeAction::Reopen)?;
    let level = match dispute.level {
        Level::Authority => Level::Asstmgr,
        level => level,
    };
    let mut record = at_level(dispute, level);
    (record.settled_at, record.settled_level, record.settled_late) = (None, None, false);
    record.cost_decision = None;
    record.referred_to = None;
    record.closed_at = None;
    record.step_due_at = Some(due_at);
    record.reopened_count += 1;
    record.updated_at = deed.now;
    let entry = record
        .entry("reopened")
        .states(Some(dispute.state.code()), record.state.code())
        .reason(Some(reason))
        .changes(json!({ "agreement": dispute.agreement }))
        .occurred_at(deed.occurred_at())
        .clauses(&["PROC-PUBSUP-5.4", "POS-RECEPT-07b"]);
    Ok(Transition { record, entry })
}

/// The return visit was made; the dispute stays closed.
#[must_use]
pub fn visited(dispute: &Dispute, deed: &Deed<'_>) -> TrailEntry {
    dispute
        .entry("visited")
        .states(Some(dispute.state.code()), dispute.state.code())
        .occurred_at(deed.occurred_at())
        .clauses(&["POS-RECEPT-07b"])
}

/// Keeps what somebody did too late for the dispute as it stands now.
#[must_use]
pub fn late_note(dispute: &Dispute, action: DisputeAction, text: &str, deed: &Deed<'_>) -> TrailEntry {
    dispute
        .entry("late_note")
        .states(Some(dispute.state.code()), dispute.state.code())
        .reason(Some(text))
        .changes(json!({ "attempted": action }))
        .occurred_at(deed.occurred_at())
}
