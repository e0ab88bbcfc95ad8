//! Whom a deed concerns, other than who did it.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::Value;

use super::{NewNotice, NoticeKind, Particulars};
use crate::shared::{EmployeeId, EstateId, Subject, SubjectKind, TrailEntry};

use NoticeKind as N;
use SubjectKind as S;
use Whom::{Author, Deciders, Former, Holder, Named, Principal, Told};

/// Somebody, as the deed or its record knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whom {
    /// Who stands in this field of the changes after the deed.
    Named(&'static str),
    /// Who stood there before it.
    Former(&'static str),
    /// Those whom the step itself names: the superiors that a climb has come to.
    Told,
    /// Whoever has the record.
    Holder,
    /// Whoever gave it, asked for it or proposed it.
    Author,
    /// For whom somebody acts.
    Principal,
    /// Those whose decision it waits for.
    Deciders,
}

impl Whom {
    /// Whether a stand-in is told beside them. The resolver has put stand-ins in the place of deciders and superiors already.
    const fn has_stand_in(self) -> bool {
        matches!(self, Named(_) | Holder | Author)
    }
}

/// One line of the table: what is told to whom when this is done to a record of this kind.
type Telling = (SubjectKind, &'static str, NoticeKind, &'static [Whom]);

/// Everything that anybody is told of. A context that has work to hand on adds its lines here.
const TABLE: &[Telling] = &[
    // Work orders
    (S::WorkOrder, "dispatched", N::Handed, &[Named("technician_id")]),
    (S::WorkOrder, "reassigned", N::Handed, &[Named("technician_id")]),
    (S::WorkOrder, "reassigned", N::TakenAway, &[Former("technician_id")]),
    (S::WorkOrder, "returned_to_work", N::CameBack, &[Holder]),
    (S::WorkOrder, "cancelled", N::Cancelled, &[Holder]),
    (S::WorkOrder, "held", N::ToDecide, &[Deciders]),
    (S::WorkOrder, "cost_approved", N::Approved, &[Holder]),
    (S::WorkOrder, "cost_refused", N::Refused, &[Holder]),
    (S::WorkOrder, "reminded", N::Overdue, &[Holder]),
    (S::WorkOrder, "escalated", N::Climbed, &[Told]),
    // Requests and reports wait for a post, not for a person
    (S::RepairRequest, "escalated", N::Climbed, &[Told]),
    (S::ResidentReport, "escalated", N::Climbed, &[Told]),
    // Cases
    (S::Case, "assigned", N::Handed, &[Named("owner_id")]),
    (S::Case, "reassigned", N::Handed, &[Named("owner_id")]),
    (S::Case, "reassigned", N::TakenAway, &[Former("owner_id")]),
    (S::Case, "validity_proposed", N::ToDecide, &[Deciders]),
    (S::Case, "validity_confirmed", N::Approved, &[Holder]),
    (S::Case, "validity_returned", N::CameBack, &[Holder]),
    (S::Case, "replied", N::ToDecide, &[Deciders]),
    (S::Case, "closing_returned", N::CameBack, &[Holder]),
    (S::Case, "reopened", N::CameBack, &[Holder]),
    (S::Case, "reminded", N::Overdue, &[Holder]),
    (S::Case, "escalated", N::Climbed, &[Told]),
    // Disputes: at each level but the first they are with whoever holds its post
    (S::Dispute, "opened", N::Handed, &[Deciders]),
    (S::Dispute, "assigned", N::Handed, &[Named("mediator_id")]),
    (S::Dispute, "reassigned", N::Handed, &[Named("mediator_id")]),
    (S::Dispute, "reassigned", N::TakenAway, &[Former("mediator_id")]),
    (S::Dispute, "passed_up", N::Handed, &[Deciders]),
    (S::Dispute, "settled", N::ToDecide, &[Deciders]),
    (S::Dispute, "cost_approved", N::Approved, &[Holder]),
    (S::Dispute, "cost_refused", N::CameBack, &[Holder]),
    (S::Dispute, "reopened", N::CameBack, &[Holder]),
    (S::Dispute, "reminded", N::Overdue, &[Holder]),
    (S::Dispute, "escalated", N::Climbed, &[Told]),
    // Return visits
    (S::Visit, "assigned", N::Handed, &[Named("visitor_id")]),
    (S::Visit, "assigned", N::TakenAway, &[Former("visitor_id")]),
    (S::Visit, "reminded", N::Overdue, &[Holder]),
    (S::Visit, "escalated", N::Climbed, &[Told]),
    // Tasks
    (S::Task, "task_given", N::Handed, &[Holder]),
    (S::Task, "task_changed", N::Changed, &[Holder]),
    (S::Task, "task_reported_done", N::ReportedDone, &[Deciders]),
    (S::Task, "task_returned", N::CameBack, &[Holder]),
    (S::Task, "task_closed", N::Closed, &[Holder]),
    (S::Task, "task_cancelled", N::Cancelled, &[Holder]),
    (S::Task, "reminded", N::Overdue, &[Holder]),
    (S::Task, "escalated", N::Climbed, &[Told]),
    // Duties: being missed is the reminder, unless the record whose clock it is has given one (`reminded`)
    (S::Obligation, "missed", N::Missed, &[Holder]),
    (S::Obligation, "explained", N::Explained, &[Deciders]),
    (S::Obligation, "waived", N::Waived, &[Holder]),
    (S::Obligation, "confirmed_missed", N::ConfirmedMissed, &[Holder]),
    (S::Obligation, "escalated", N::Climbed, &[Told]),
    // Acting: that it begins and ends by the clock is told by the clock
    (S::ActingPeriod, "acting_proposed", N::ToDecide, &[Deciders]),
    (
        S::ActingPeriod,
        "acting_confirmed",
        N::ActingSettled,
        &[Holder, Principal, Author],
    ),
    (S::ActingPeriod, "acting_rejected", N::Refused, &[Author]),
    (S::ActingPeriod, "acting_cancelled", N::Cancelled, &[Holder, Principal]),
    (S::ActingPeriod, "acting_ended", N::ActingEnded, &[Holder, Principal]),
    // What waits for a decision, and what came of it
    (S::Assignment, "proposed", N::ToDecide, &[Deciders]),
    (S::Assignment, "endorsed", N::ToDecide, &[Deciders]),
    (S::Assignment, "approved", N::Approved, &[Author]),
    (S::Assignment, "rejected", N::Refused, &[Author]),
    (S::ReportingEdge, "proposed", N::ToDecide, &[Deciders]),
    (S::ReportingEdge, "approved", N::Approved, &[Author]),
    (S::ReportingEdge, "rejected", N::Refused, &[Author]),
    (S::AccountRequest, "requested", N::ToDecide, &[Deciders]),
    (S::AccountRequest, "granted", N::Approved, &[Author]),
    (S::AccountRequest, "refused", N::Refused, &[Author]),
    (S::DataCorrection, "proposed", N::ToDecide, &[Deciders]),
    (S::DataCorrection, "approved", N::Approved, &[Author]),
    (S::DataCorrection, "rejected", N::Refused, &[Author]),
    (S::Consultation, "requested", N::ToDecide, &[Deciders]),
    (S::Consultation, "approved", N::Approved, &[Author]),
    (S::Consultation, "rejected", N::Refused, &[Author]),
    (S::StructureChange, "proposed", N::ToDecide, &[Deciders]),
    (S::StructureChange, "confirmed", N::Approved, &[Author]),
    (S::StructureChange, "rejected", N::Refused, &[Author]),
    (S::GoalSet, "goals_drafted", N::ToDecide, &[Deciders]),
    (S::GoalSet, "goals_approved", N::Approved, &[Author]),
    (S::GoalSet, "escalated", N::Climbed, &[Told]),
    (S::CalendarYear, "calendar_entered", N::ToDecide, &[Deciders]),
    (S::CalendarYear, "calendar_confirmed", N::Approved, &[Author]),
];

/// What is known of a record, as far as notices need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The estate; `None` for the company.
    pub estate: Option<EstateId>,
    /// What the words are made of.
    pub particulars: Particulars,
    /// Whoever has it; several where one of them does it for the post.
    pub holders: Vec<EmployeeId>,
    /// Whoever gave it, asked for it or proposed it.
    pub author: Option<EmployeeId>,
    /// For whom the holder acts.
    pub principal: Option<EmployeeId>,
    /// Whether it hurries.
    pub hurries: bool,
}

/// What the rule looks up beside the deeds.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The records.
    pub known: HashMap<Subject, Known>,
    /// Those whose decision a record waits for.
    pub deciders: HashMap<Subject, Vec<EmployeeId>>,
    /// Who acts for whom at the moment.
    pub stand_ins: HashMap<EmployeeId, Vec<EmployeeId>>,
}

fn tellings(entry: &TrailEntry) -> impl Iterator<Item = &'static Telling> {
    let (kind, action) = (entry.subject.kind, entry.action);
    let reminded = entry.changes.get("clock").is_some();
    TABLE
        .iter()
        .filter(move |(of, verb, ..)| *of == kind && *verb == action)
        .filter(move |(.., notice, _)| !(reminded && *notice == N::Missed))
}

/// Whether anybody is told of this deed.
#[must_use]
pub fn concerns(entry: &TrailEntry) -> bool {
    tellings(entry).next().is_some()
}

/// Whether those who decide on its record are told of it.
#[must_use]
pub fn asks_decider(entry: &TrailEntry) -> bool {
    tellings(entry).any(|(.., whom)| whom.contains(&Deciders))
}

/// The notices that these deeds lead to, each person once for each thing that happened. Nobody is told of their own deed.
#[must_use]
pub fn told(entries: &[TrailEntry], facts: &Facts, actor: Option<EmployeeId>, now: DateTime<Utc>) -> Vec<NewNotice> {
    let mut notices = BTreeMap::new();
    for entry in entries {
        let Some(known) = facts.known.get(&entry.subject) else {
            continue;
        };
        for (_, _, kind, whom) in tellings(entry) {
            for recipient in whom.iter().flat_map(|whom| people(*whom, entry, known, facts)) {
                if Some(recipient) == actor {
                    continue;
                }
                let notice = notice(*kind, recipient, entry, known, now);
                notices.entry((recipient, notice.key.clone())).or_insert(notice);
            }
        }
    }
    notices.into_values().collect()
}

fn notice(kind: NoticeKind, recipient: EmployeeId, entry: &TrailEntry, known: &Known, now: DateTime<Utc>) -> NewNotice {
    let mut particulars = known.particulars.clone();
    // A climb names the deadline it is about; a record may have several.
    if let Some(due) = entry.changes.get("due_at").and_then(instant) {
        particulars.due_at = Some(due);
    }
    NewNotice {
        recipient,
        estate: entry.estate.or(known.estate),
        kind,
        subject: entry.subject,
        particulars,
        key: key(kind, entry, now),
        urgent: known.hurries && kind.asks(),
    }
}

/// What makes this happening another one than the last of its kind. What a clock finds out again and again has a key that
/// follows from the record; a deed is done once, at its own time.
fn key(kind: NoticeKind, entry: &TrailEntry, now: DateTime<Utc>) -> String {
    let id = entry.subject.id;
    let word = |field: &str| match entry.changes.get(field) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(pair)) => pair.last().map(ToString::to_string).unwrap_or_default(),
        _ => String::new(),
    };
    match kind {
        N::Overdue | N::Climbed => {
            let (deadline, due, level) = (word("deadline"), word("due_at"), word("level"));
            format!("{kind}:{id}:{deadline}:{due}:{level}")
        }
        N::Missed | N::ActingEnded => format!("{kind}:{id}"),
        _ => format!("{kind}:{id}:{}", now.to_rfc3339_opts(SecondsFormat::Micros, true)),
    }
}

fn people(whom: Whom, entry: &TrailEntry, known: &Known, facts: &Facts) -> Vec<EmployeeId> {
    let pair = |field: &str, place: usize| entry.changes.get(field)?.get(place).and_then(person);
    let mut found: Vec<EmployeeId> = match whom {
        Named(field) => pair(field, 1).into_iter().collect(),
        Former(field) => pair(field, 0).into_iter().collect(),
        Told => entry.told.clone(),
        Holder => known.holders.clone(),
        Author => known.author.into_iter().collect(),
        Principal => known.principal.into_iter().collect(),
        Deciders => facts.deciders.get(&entry.subject).cloned().unwrap_or_default(),
    };
    if whom.has_stand_in() {
        let beside = found.iter().filter_map(|person| facts.stand_ins.get(person));
        let beside: Vec<EmployeeId> = beside.flatten().copied().collect();
        found.extend(beside);
    }
    found
}

fn person(value: &Value) -> Option<EmployeeId> {
    value.as_str()?.parse().ok()
}

fn instant(value: &Value) -> Option<DateTime<Utc>> {
    let text = match value {
        Value::Array(pair) => pair.last()?.as_str()?,
        other => other.as_str()?,
    };
    text.parse().ok()
}

#[cfg(test)]
#[path = "told_tests.rs"]
mod tests;
