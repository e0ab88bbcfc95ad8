//! When a visit is due, who may make it, and what its answer leads to.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use validator::Validate;

use super::{Closing, Visit, VisitAction, VisitId, VisitMethod, VisitReason, VisitResult, VisitState};
use crate::access::{Actor, PostCode};
use crate::service_desk::{Deed, Responsible};
use crate::shared::deadline::Clockwork;
use crate::shared::{
    EmployeeId, LongText, Note, Problem, ProblemCode, SettingKey, Settings, Text, TrailEntry, Transition,
};

/// The answer of a resident.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct RecordVisit {
    /// How the resident was asked.
    pub method: VisitMethod,
    /// What the resident says; `unreachable` keeps the visit due.
    pub result: VisitResult,
    /// In the resident's words; required when dissatisfied.
    #[serde(default)]
    pub comment: Option<Note>,
    /// Wants something more although content: the visit waits for its follow-up.
    #[serde(default)]
    pub wants_follow_up: bool,
    /// When the resident was asked, if not now.
    #[serde(default)]
    pub occurred_at: Option<DateTime<Utc>>,
}

/// A visit after an answer, with one line of the trail for each state it went through.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// The visit.
    pub record: Visit,
    /// The lines.
    pub entries: Vec<TrailEntry>,
    /// Whether somebody was reached and answered.
    pub answered: bool,
}

/// The visits that fall due by a closing: one in a few working days, for a warranty repair another some weeks later.
#[must_use]
pub fn due(
    closing: &Closing,
    settings: &Settings,
    clockwork: &Clockwork<'_>,
    now: DateTime<Utc>,
) -> Vec<Transition<Visit>> {
    let days = u32::try_from(settings.get(SettingKey::VisitDays)).unwrap_or(0);
    let mut due = vec![(
        VisitReason::Closing,
        clockwork.working_days_after(closing.closed_at, days),
    )];
    if closing.warranty {
        let later = closing.closed_at + TimeDelta::days(settings.get(SettingKey::WarrantyVisitDays));
        due.push((VisitReason::Warranty, clockwork.end_of_working_day(later)));
    }
    due.into_iter()
        .map(|(reason, due_at)| {
            let record = Visit {
                id: VisitId::generate(),
                estate_id: closing.estate_id,
                no: String::new(),
                subject: closing.subject,
                subject_id: closing.subject_id,
                subject_no: closing.subject_no.clone(),
                title: closing.title.clone(),
                reason,
                round: closing.round,
                house_id: closing.house_id,
                party_id: closing.party_id,
                excluded: closing.excluded.clone(),
                state: VisitState::Due,
                due_at,
                visitor_id: None,
                method: None,
                asked_at: None,
                result: None,
                comment: None,
                follow_up: None,
                attempts: 0,
                responsible: Responsible::post(PostCode::Recept),
                version: 1,
                created_at: now,
                updated_at: now,
            };
            let entry = record
                .entry("due")
                .states(None, record.state.code())
                .changes(json!({ "reason": reason, "subject_no": closing.subject_no, "due_at": due_at }))
                .clauses(&["POS-RECEPT-07b", "POS-RECEPT-09b"]);
            Transition { record, entry }
        })
        .collect()
}

/// Nobody asks about their own work, in person or acting for somebody whose work it was.
fn may_ask(visit: &Visit, actor: &Actor) -> Result<(), Problem> {
    if visit.excluded.iter().any(|person| actor.is(*person)) {
        return Err(Problem::new(
            ProblemCode::SelfApproval,
            Text::new(
                "您是此事的维修人或被投诉人，回访须由他人进行。",
                "You did the repair or are complained of, so somebody else must ask.",
            ),
        ));
    }
    Ok(())
}

/// Names who is to ask.
///
/// # Errors
/// `wrong_state`; `validation_failed` on `/visitor_id` for whose work it was.
pub fn assign(visit: &Visit, visitor: EmployeeId, deed: &Deed<'_>) -> Result<Transition<Visit>, Problem> {
    visit.gate(VisitAction::Assign)?;
    if visit.excluded.contains(&visitor) {
        return Err(Problem::field(
            "/visitor_id",
            "own_work",
            Text::new(
                "维修人、被投诉人不能回访自己的事",
                "the technician or person complained of does not ask about it",
            ),
        ));
    }
    let mut record = visit.clone();
    record.visitor_id = Some(visitor);
    record.updated_at = deed.now;
    let entry = record
        .entry("assigned")
        .changes(json!({ "visitor_id": [visit.visitor_id, visitor] }))
        .clauses(&["POS-RECEPT-07b"]);
    Ok(Transition { record, entry })
}

/// Writes down the answer. Nobody reached: again on the next working day, until the tries are used up. A dissatisfied
/// answer waits for its follow-up, any other closes the visit.
///
/// # Errors
/// `wrong_state`; `self_approval` for whose work it was; `validation_failed` on `/comment` when dissatisfied without one.
pub fn record(
    visit: &Visit,
    answer: &RecordVisit,
    settings: &Settings,
    clockwork: &Clockwork<'_>,
    deed: &Deed<'_>,
) -> Result<Recorded, Problem> {
    visit.gate(VisitAction::Record)?;
    may_ask(visit, deed.actor)?;
    if answer.result == VisitResult::Dissatisfied && answer.comment.is_none() {
        return Err(Problem::field(
            "/comment",
            "required",
            Text::new("不满意须记录原因", "write down why the resident is dissatisfied"),
        ));
    }
    let mut record = visit.clone();
    record.visitor_id = deed.actor.employee;
    record.method = Some(answer.method);
    record.asked_at = Some(deed.at);
    record.result = Some(answer.result);
    record.comment = answer.comment.as_ref().map(|comment| comment.as_str().to_owned());
    record.updated_at = deed.now;
    let answered = answer.result != VisitResult::Unreachable;
    if answered {
        record.state = VisitState::Done;
    } else {
        record.state = VisitState::Unreachable;
        record.attempts += 1;
        record.due_at = clockwork.working_days_after(deed.at, 1);
    }
    let entry = record
        .entry(if answered { "visited" } else { "not_reached" })
        .states(Some(visit.state.code()), record.state.code())
        .reason(record.comment.as_deref())
        .changes(json!({ "result": answer.result, "method": answer.method, "late": deed.at > visit.due_at }))
        .occurred_at(deed.occurred_at())
        .clauses(&["POS-RECEPT-07b", "POS-RECEPT-09b"]);
    let mut recorded = Recorded {
        record,
        entries: vec![entry],
        answered,
    };
    let given_up = i64::from(recorded.record.attempts) >= settings.get(SettingKey::VisitRetries);
    let content = answer.result != VisitResult::Dissatisfied && !answer.wants_follow_up;
    if (answered && content) || (!answered && given_up) {
        let from = recorded.record.state;
        recorded.record.state = VisitState::Closed;
        let entry = recorded
            .record
            .entry("closed")
            .states(Some(from.code()), VisitState::Closed.code());
        recorded.entries.push(entry);
    }
    Ok(recorded)
}

/// Says what was done about the answer; the caller reopens the matter when that is what is needed.
///
/// # Errors
/// `wrong_state`.
pub fn follow_up(visit: &Visit, text: &LongText, reopens: bool, deed: &Deed<'_>) -> Result<Transition<Visit>, Problem> {
    visit.gate(VisitAction::FollowUp)?;
    let mut record = visit.clone();
    record.state = VisitState::FollowedUp;
    record.follow_up = Some(text.as_str().to_owned());
    record.updated_at = deed.now;
    let entry = record
        .entry("followed_up")
        .states(Some(visit.state.code()), record.state.code())
        .reason(Some(text.as_str()))
        .changes(json!({ "reopens": reopens }))
        .clauses(&["POS-RECEPT-07b"]);
    Ok(Transition { record, entry })
}

/// Closes a visit that was followed up; a dissatisfied answer is not closed without that.
///
/// # Errors
/// `wrong_state`.
pub fn close(visit: &Visit, deed: &Deed<'_>) -> Result<Transition<Visit>, Problem> {
    visit.gate(VisitAction::Close)?;
    if visit.state == VisitState::Done && visit.result == Some(VisitResult::Dissatisfied) {
        return Err(Problem::new(
            ProblemCode::WrongState,
            Text::new(
                "住户不满意，须先登记跟进，再结束回访。",
                "The resident is dissatisfied: follow it up before the visit is closed.",
            ),
        ));
    }
    let mut record = visit.clone();
    record.state = VisitState::Closed;
    record.updated_at = deed.now;
    let entry = record
        .entry("closed")
        .states(Some(visit.state.code()), record.state.code())
        .clauses(&["POS-RECEPT-07b"]);
    Ok(Transition { record, entry })
}

/// Keeps an answer that came too late for the visit as it stands now.
#[must_use]
pub fn late_note(visit: &Visit, action: VisitAction, text: &str, deed: &Deed<'_>) -> TrailEntry {
    visit
        .entry("late_note")
        .states(Some(visit.state.code()), visit.state.code())
        .reason(Some(text))
        .changes(json!({ "attempted": action }))
        .occurred_at(deed.occurred_at())
}
