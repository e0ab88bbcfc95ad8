//! A duty that a fact has started follows its record: it opens, moves, is done, is called off as the record is.
//!
//! The record decides, not the order in which its facts are heard of: whatever was known before, afterwards the duty agrees
//! with where the record stands. Only what a superior has decided stays decided.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::{Obligation, ObligationId, ObligationStatus, RecordClock, clock_of};
use crate::org::clock::{Hand, Standing};
use crate::shared::TrailEntry;

use ObligationStatus::{ConfirmedMissed, DoneLate, DoneOnTime, Explained, Missed, Open, Waived, Withdrawn};

/// A duty after its record has moved. What only changed hands or time has no entry: the record's own trail says it.
#[derive(Clone, Debug, PartialEq)]
pub struct Followed {
    /// The duty.
    pub record: Obligation,
    /// What the trail says of it.
    pub entry: Option<TrailEntry>,
}

/// Whether a deed can have moved the clocks of its record. What the clock itself finds out moves nothing, nor does what came too
/// late to count.
#[must_use]
pub fn moves(entry: &TrailEntry) -> bool {
    !matches!(entry.action, "reminded" | "escalated" | "late_note")
}

/// What must change so that the duties of one clock agree with its record; in the order in which to store it. `known` are the
/// duties of that clock, one for each round so far; `at` is when the record moved, for what it does not tell itself.
#[must_use]
pub fn follow<'a>(
    known: impl IntoIterator<Item = &'a Obligation>,
    standing: &Standing,
    at: DateTime<Utc>,
) -> Vec<Followed> {
    let mut followed = Vec::new();
    let mut current = None;
    for duty in known {
        if duty.turn == standing.round {
            current = Some(duty);
        } else if duty.status.takes_evidence() {
            // The record has gone on to another round: whatever an earlier one still asked for was done by that.
            followed.extend(settle(duty, duty.clone(), Hand::Stopped(at)));
        }
    }
    followed.extend(match current {
        Some(duty) => agree(duty, standing),
        None => open(standing, at),
    });
    followed
}

/// The duty of a round that nothing was known of. A clock that stopped where it started, that is void or whose deadline
/// nobody knows any more makes none.
fn open(standing: &Standing, at: DateTime<Utc>) -> Option<Followed> {
    let (due_at, clock) = (standing.due_at?, clock_of(standing.climbing.deadline)?);
    let opens_at = standing.runs_from.unwrap_or(at).min(due_at);
    let mut record = Obligation {
        id: ObligationId::generate(),
        estate: standing.estate,
        rule: clock.trigger.to_owned(),
        turn: standing.round.clone(),
        post: standing.responsible.post,
        assignment: standing.responsible.assignment,
        squad: standing.responsible.squad,
        area: standing.responsible.area,
        employee: standing.employee,
        opens_at,
        due_at,
        minimum: 1,
        found: 0,
        status: Open,
        done_at: None,
        explanation: None,
        remark: None,
        optional: false,
        record: Some(RecordClock {
            subject: standing.subject,
            no: standing.no.clone(),
            deadline: standing.climbing.deadline.to_owned(),
            hurries: standing.hurries,
        }),
    };
    match standing.hand {
        Hand::Runs => {}
        Hand::Stopped(when) if when > opens_at => done(&mut record, when),
        Hand::Stopped(_) | Hand::Void => return None,
    }
    // The record's own trail tells of its beginning, and what was over before anybody watched is told nowhere.
    Some(Followed { record, entry: None })
}

/// The same round as the record has it now.
fn agree(duty: &Obligation, standing: &Standing) -> Option<Followed> {
    if matches!(duty.status, Waived | ConfirmedMissed) && !matches!(standing.hand, Hand::Stopped(_)) {
        return None;
    }
    let mut after = duty.clone();
    after.due_at = standing.due_at.unwrap_or(duty.due_at);
    if standing.hand == Hand::Runs {
        after.post = standing.responsible.post;
        after.assignment = standing.responsible.assignment;
        after.squad = standing.responsible.squad;
        after.area = standing.responsible.area;
        after.employee = standing.employee;
        after.opens_at = standing.runs_from.unwrap_or(duty.opens_at);
        if let Some(record) = &mut after.record {
            record.hurries = standing.hurries;
        }
    }
    after.opens_at = after.opens_at.min(after.due_at);
    settle(duty, after, standing.hand)
}

/// Gives `after`, which has time and holder already, the status that the hand asks for; `None` where nothing changes.
fn settle(before: &Obligation, mut after: Obligation, hand: Hand) -> Option<Followed> {
    match (hand, before.status) {
        (_, Waived) => return None,
        (Hand::Stopped(at), _) => done(&mut after, at),
        (Hand::Runs, Missed | Explained) if after.due_at <= before.due_at => {}
        (Hand::Runs, _) => undone(&mut after, Open),
        (Hand::Void, Open | Missed | Explained) => undone(&mut after, Withdrawn),
        (Hand::Void, DoneOnTime | DoneLate | ConfirmedMissed | Withdrawn) => {}
    }
    if after == *before {
        return None;
    }
    let (from, to) = (before.status, after.status);
    let entry = (from != to).then(|| {
        let verb = match to {
            DoneOnTime | DoneLate => "fulfilled",
            Withdrawn => "withdrawn",
            _ => "reopened",
        };
        let entry = after.entry(verb).states(Some(from.code()), to.code());
        let evidence = after.record.as_ref().map(|record| record.subject);
        entry
            .changes(json!({ "due_at": after.due_at, "evidence": evidence }))
            .occurred_at(after.done_at)
    });
    Some(Followed { record: after, entry })
}

fn done(duty: &mut Obligation, at: DateTime<Utc>) {
    duty.status = if at <= duty.due_at { DoneOnTime } else { DoneLate };
    (duty.done_at, duty.found) = (Some(at), 1);
}

const fn undone(duty: &mut Obligation, status: ObligationStatus) {
    duty.status = status;
    (duty.done_at, duty.found) = (None, 0);
}

#[cfg(test)]
#[path = "follow_tests.rs"]
mod tests;
