//! From the investigation to the answer, the closing and, if need be, back.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::{Case, CaseAction, CaseKind, CaseState, Finding, Measure, MeasureId, Validity};
use crate::access::{Actor, PostCode};
use crate::service_desk::{Deed, Responsible};
use crate::shared::{EmployeeId, LongText, Note, Problem, ProblemCode, Text, TrailEntry, Transition};

/// Who is to investigate: a person in one of their assignments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The person.
    pub employee: EmployeeId,
    /// Post, assignment, squad and area.
    pub responsible: Responsible,
}

/// Only the investigating owner, in person or by stand-in.
pub(super) fn must_own(case: &Case, actor: &Actor) -> Result<(), Problem> {
    if case.owner_id.is_some_and(|owner| actor.is(owner)) {
        return Ok(());
    }
    Err(Problem::forbidden(&Text::new(
        "此件的调查人",
        "the owner who investigates it",
    )))
}

/// The owner, or the desk and its head.
fn must_own_or_manage(case: &Case, actor: &Actor) -> Result<(), Problem> {
    if actor.holds(case.estate_id, &[PostCode::Recept, PostCode::Pubsup, PostCode::Cscmgr]) {
        return Ok(());
    }
    must_own(case, actor)
}

/// Gives the case to an investigating owner, never to the person complained of. Done again it moves the case, with a
/// reason, and what was found so far stays.
///
/// # Errors
/// `wrong_state`; `validation_failed` for the person complained of, the present owner, or without a reason.
pub fn assign(case: &Case, owner: &Owner, reason: Option<&Note>, deed: &Deed<'_>) -> Result<Transition<Case>, Problem> {
    case.gate(CaseAction::Assign)?;
    let refused = |code: &'static str, message| Err(Problem::field("/owner_id", code, message));
    if case.about_employee == Some(owner.employee) {
        return refused(
            "complained_of",
            Text::new(
                "被投诉人不能调查此件，请另选",
                "the person complained of cannot investigate it",
            ),
        );
    }
    if case.owner_id == Some(owner.employee) {
        return refused("unchanged", Text::new("已由此人调查", "this person has it already"));
    }
    if case.owner_id.is_some() && reason.is_none() {
        return Err(Problem::field(
            "/reason",
            "required",
            Text::new("改派须说明原因", "moving it to somebody else needs a reason"),
        ));
    }
    let mut record = case.clone();
    if record.state == CaseState::Received {
        record.state = match record.validity {
            Some(Validity::Valid | Validity::Invalid) => CaseState::ValidityDecided,
            _ => CaseState::Investigating,
        };
    }
    record.owner_id = Some(owner.employee);
    record.responsible = owner.responsible;
    record.updated_at = deed.now;
    let action = if case.owner_id.is_some() {
        "reassigned"
    } else {
        "assigned"
    };
    let entry = record
        .entry(action)
        .states(Some(case.state.code()), record.state.code())
        .reason(reason.map(|reason| reason.as_str()))
        .changes(json!({ "owner_id": [case.owner_id, owner.employee] }))
        .clauses(&["POS-RECEPT-03b"]);
    Ok(Transition { record, entry })
}

/// Notes a measure; the first one begins the handling. A complaint is found valid or not before anything is done on it.
///
/// # Errors
/// `wrong_state`; `forbidden` for others than the owner, the desk and its head.
pub fn add_measure(case: &Case, text: &LongText, deed: &Deed<'_>) -> Result<(Transition<Case>, Measure), Problem> {
    case.gate(CaseAction::AddMeasure)?;
    must_own_or_manage(case, deed.actor)?;
    if case.validity == Some(Validity::Pending) {
        return Err(undecided());
    }
    let mut record = case.clone();
    record.state = CaseState::Handling;
    record.updated_at = deed.now;
    let measure = Measure {
        id: MeasureId::generate(),
        text: text.as_str().to_owned(),
        taken_by: deed.actor.employee,
        taken_at: deed.at,
        recorded_at: deed.now,
    };
    let entry = record
        .entry("measure_added")
        .states(Some(case.state.code()), record.state.code())
        .reason(Some(text.as_str()))
        .occurred_at(deed.occurred_at())
        .clauses(&["POS-RECEPT-03b"]);
    Ok((Transition { record, entry }, measure))
}

fn undecided() -> Problem {
    Problem::new(
        ProblemCode::WrongState,
        Text::new(
            "投诉须先认定是否有效。请由调查人提出认定意见。",
            "A complaint is found valid or not first: let the investigating owner propose it.",
        ),
    )
}

/// Answers the resident. Praise, enquiries and opinions can be answered at the desk at once; a valid complaint needs a
/// measure before its answer, an invalid one the explanation only.
///
/// # Errors
/// `wrong_state`; `forbidden` for others than the owner, the desk and its head.
pub fn reply(
    case: &Case,
    finding: &Finding,
    text: &LongText,
    measures: usize,
    deed: &Deed<'_>,
) -> Result<(Transition<Case>, Finding), Problem> {
    case.gate(CaseAction::Reply)?;
    must_own_or_manage(case, deed.actor)?;
    if case.kind == CaseKind::Complaint {
        match (case.validity, case.state) {
            (Some(Validity::Pending) | None, _) => return Err(undecided()),
            (_, CaseState::Received) => return Err(case.refuse(CaseAction::Reply)),
            (Some(Validity::Valid), _) if measures == 0 => {
                return Err(Problem::new(
                    ProblemCode::WrongState,
                    Text::new(
                        "有效投诉须先登记处理措施，再答复。",
                        "A valid complaint needs a measure before its answer.",
                    ),
                ));
            }
            _ => {}
        }
    }
    let mut record = case.clone();
    record.state = CaseState::Replied;
    record.reply = Some(text.as_str().to_owned());
    record.replied_at = Some(deed.at);
    record.acknowledged_at = record.acknowledged_at.or(Some(deed.at));
    record.owner_id = record.owner_id.or(deed.actor.employee);
    record.updated_at = deed.now;
    let entry = record
        .entry("replied")
        .states(Some(case.state.code()), record.state.code())
        .reason(Some(text.as_str()))
        .changes(json!({ "late": deed.at > case.due_at }))
        .occurred_at(deed.occurred_at())
        .clauses(&["POS-RECEPT-07a"]);
    let finding = Finding {
        answered_by: deed.actor.employee,
        ..finding.clone()
    };
    Ok((Transition { record, entry }, finding))
}

/// Closes an answered case; a valid complaint only after its closing was checked. The return visit falls due by this.
///
/// # Errors
/// `wrong_state`.
pub fn close(case: &Case, finding: &Finding, deed: &Deed<'_>) -> Result<Transition<Case>, Problem> {
    case.gate(CaseAction::Close)?;
    if case.validity == Some(Validity::Valid) && finding.closing_checked_at.is_none() {
        return Err(Problem::new(
            ProblemCode::WrongState,
            Text::new(
                "有效投诉的办结须先由公共事务部主管审核。",
                "The closing of a valid complaint is checked by the public affairs supervisor first.",
            ),
        ));
    }
    let mut record = case.clone();
    record.state = CaseState::Closed;
    record.closed_at = Some(deed.at);
    record.updated_at = deed.now;
    let entry = record
        .entry("closed")
        .states(Some(case.state.code()), record.state.code())
        .occurred_at(deed.occurred_at())
        .clauses(&["POS-RECEPT-03b", "GOAL-3"]);
    Ok(Transition { record, entry })
}

/// Opens the case again: the resident is not content, or the return visit says so. It is due anew; what was found on
/// its validity stays until somebody finds otherwise.
///
/// # Errors
/// `wrong_state`.
pub fn reopen(
    case: &Case,
    finding: &Finding,
    reason: &str,
    due_at: DateTime<Utc>,
    deed: &Deed<'_>,
) -> Result<(Transition<Case>, Finding), Problem> {
    case.gate(CaseAction::Reopen)?;
    let mut record = case.clone();
    record.state = match record.owner_id {
        Some(_) => CaseState::Investigating,
        None => CaseState::Received,
    };
    record.closed_at = None;
    (record.reply, record.replied_at) = (None, None);
    record.due_at = due_at;
    record.reopened_count += 1;
    record.updated_at = deed.now;
    let entry = record
        .entry("reopened")
        .states(Some(case.state.code()), record.state.code())
        .reason(Some(reason))
        .changes(json!({ "reply": [case.reply, null], "due_at": [case.due_at, due_at] }))
        .occurred_at(deed.occurred_at())
        .clauses(&["POS-RECEPT-07a", "POS-RECEPT-07b"]);
    // The next closing is checked again, and the owner may propose anew; the decision taken stays on record.
    let finding = Finding {
        proposed: None,
        answered_by: None,
        closing_checked_by: None,
        closing_checked_at: None,
        ..finding.clone()
    };
    Ok((Transition { record, entry }, finding))
}

/// The return visit was made.
///
/// # Errors
/// `wrong_state` unless it is closed.
pub fn visited(case: &Case, deed: &Deed<'_>) -> Result<Transition<Case>, Problem> {
    if case.state != CaseState::Closed {
        return Err(Problem::wrong_state(
            &Text::new("回访", "be visited"),
            &case.state.title(),
        ));
    }
    let mut record = case.clone();
    record.state = CaseState::Visited;
    record.updated_at = deed.now;
    let entry = record
        .entry("visited")
        .states(Some(case.state.code()), record.state.code())
        .occurred_at(deed.occurred_at())
        .clauses(&["POS-RECEPT-07b"]);
    Ok(Transition { record, entry })
}

/// Keeps what somebody did too late for the case as it stands now: shown beside it, nothing changed by it.
#[must_use]
pub fn late_note(case: &Case, action: CaseAction, text: &str, deed: &Deed<'_>) -> TrailEntry {
    case.entry("late_note")
        .states(Some(case.state.code()), case.state.code())
        .reason(Some(text))
        .changes(json!({ "attempted": action }))
        .occurred_at(deed.occurred_at())
}
