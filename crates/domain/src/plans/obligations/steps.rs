//! What becomes of a duty: facts prove it, time passes it by, whoever has it explains, their superior decides.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::{Obligation, ObligationStatus};
use crate::access::{Actor, HeldPost};
use crate::org::superior::Decider;
use crate::shared::{Note, Problem, Subject, Text, Transition};

use ObligationStatus::{ConfirmedMissed, DoneLate, DoneOnTime, Explained, Missed, Open, Waived};

/// A deed on the trail that proves a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The record it stands on.
    pub subject: Subject,
    /// When it happened; a device that was without network says it later.
    pub occurred_at: DateTime<Utc>,
}

/// Counts a fact. The one that completes the evidence decides by its own time whether the duty was done in time: a late one
/// turns a missed duty into one done late, and one that was only recorded late into one done in time. `None` when the duty
/// takes no evidence any more.
#[must_use]
pub fn evidence(obligation: &Obligation, fact: &Fact) -> Option<Transition<Obligation>> {
    if !obligation.status.takes_evidence() || fact.occurred_at < obligation.opens_at {
        return None;
    }
    let mut record = obligation.clone();
    record.found = obligation.found.saturating_add(1);
    let entry = if record.found < record.minimum {
        record.entry("evidence_counted")
    } else {
        record.status = if fact.occurred_at <= record.due_at {
            DoneOnTime
        } else {
            DoneLate
        };
        record.done_at = Some(fact.occurred_at);
        record
            .entry("fulfilled")
            .states(Some(obligation.status.code()), record.status.code())
    };
    let entry = entry
        .changes(json!({ "found": [obligation.found, record.found], "evidence": fact.subject }))
        .occurred_at(Some(fact.occurred_at));
    Some(Transition { record, entry })
}

/// Passes a duty by whose time is over. `None` while there is still time, and for a mere reminder, which just ends.
#[must_use]
pub fn miss(obligation: &Obligation, grace: TimeDelta, now: DateTime<Utc>) -> Option<Transition<Obligation>> {
    if obligation.status != Open || obligation.optional || now <= obligation.due_at + grace {
        return None;
    }
    let mut record = obligation.clone();
    record.status = Missed;
    let mut changes = json!({ "due_at": record.due_at, "found": record.found, "minimum": record.minimum });
    if let Some(clock) = &record.record {
        changes["clock"] = json!(clock.deadline);
    }
    let entry = record
        .entry("missed")
        .states(Some(Open.code()), Missed.code())
        .changes(changes);
    Some(Transition { record, entry })
}

/// Whoever has the duty, or acts for them, says why it was missed.
///
/// # Errors
/// `forbidden` for anybody else; `wrong_state` for what was not missed.
pub fn explain(obligation: &Obligation, text: &Note, actor: &Actor) -> Result<Transition<Obligation>, Problem> {
    if held(obligation, actor).is_none() {
        return Err(Problem::forbidden(&Text::new("承担该职责的人", "whoever has the duty")));
    }
    let mut record = gate(obligation, &[Missed, Explained], &Text::new("说明", "be explained"))?;
    record.status = Explained;
    record.explanation = Some(text.as_str().to_owned());
    let entry = record
        .entry("explained")
        .states(Some(obligation.status.code()), Explained.code())
        .reason(Some(text.as_str()));
    Ok(Transition { record, entry })
}

/// Their superior lets a missed duty go. Whether the actor is that superior is the resolver's answer.
///
/// # Errors
/// `wrong_state` for what was not missed.
pub fn waive(obligation: &Obligation, reason: &Note) -> Result<Transition<Obligation>, Problem> {
    decide(obligation, Waived, reason, "waived", &Text::new("免除", "be waived"))
}

/// Their superior holds that it was missed. The entry is what appraisal and the audit of nonconforming work start from.
///
/// # Errors
/// `wrong_state` for what was not missed.
pub fn confirm(obligation: &Obligation, reason: &Note) -> Result<Transition<Obligation>, Problem> {
    let action = Text::new("确认未履行", "be confirmed as missed");
    decide(obligation, ConfirmedMissed, reason, "confirmed_missed", &action)
}

fn decide(
    obligation: &Obligation,
    to: ObligationStatus,
    reason: &Note,
    verb: &'static str,
    action: &Text,
) -> Result<Transition<Obligation>, Problem> {
    let mut record = gate(obligation, &[Missed, Explained], action)?;
    record.status = to;
    record.remark = Some(reason.as_str().to_owned());
    let entry = record
        .entry(verb)
        .states(Some(obligation.status.code()), to.code())
        .reason(Some(reason.as_str()));
    Ok(Transition { record, entry })
}

/// The actor as the one who has the duty, in person or acting for somebody.
#[must_use]
pub fn hand(obligation: &Obligation, actor: &Actor) -> Option<Decider> {
    let (employee, held) = (actor.employee?, held(obligation, actor)?);
    Some(Decider {
        post: held.post,
        assignment: Some(held.assignment),
        employee,
        acting_for: held.acting_for,
    })
}

/// The post by which the actor has the duty: through the assignment, or the post where one does it for all.
fn held<'a>(obligation: &Obligation, actor: &'a Actor) -> Option<&'a HeldPost> {
    actor.posts.iter().find(|held| match obligation.assignment {
        Some(assignment) => held.assignment == assignment,
        None => held.post == obligation.post && held.estate.is_none_or(|estate| estate == obligation.estate),
    })
}

fn gate(obligation: &Obligation, from: &[ObligationStatus], action: &Text) -> Result<Obligation, Problem> {
    if from.contains(&obligation.status) {
        Ok(obligation.clone())
    } else {
        Err(Problem::wrong_state(action, &obligation.status.title()))
    }
}

#[cfg(test)]
#[path = "steps_tests.rs"]
mod tests;
