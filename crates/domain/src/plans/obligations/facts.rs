//! Which deed on the trail proves which duty.

use super::EvidenceKind as Evidence;
use crate::shared::SubjectKind as Subject;

/// The deeds by which a record of each kind comes to be. A context that keeps further records adds its lines here.
const FACTS: &[(Evidence, Subject, &str)] = &[
    (Evidence::Backup, Subject::Backup, "logged"),
    (Evidence::GoalMeasurement, Subject::GoalSet, "goals_frozen"),
    (Evidence::Briefing, Subject::Briefing, "briefing_reported"),
    (Evidence::RecordCheck, Subject::Briefing, "records_checked"),
    (Evidence::WorkdayCalendar, Subject::CalendarYear, "calendar_entered"),
];

/// What a deed proves.
#[must_use]
pub fn proves(kind: Subject, action: &str) -> Option<Evidence> {
    let of = |(_, subject, verb): &&(Evidence, Subject, &str)| *subject == kind && *verb == action;
    FACTS.iter().find(of).map(|(evidence, ..)| *evidence)
}

/// Whether records that prove this are kept yet. Until they are, a duty of this kind waits for them and is not missed.
#[must_use]
pub fn has_records(evidence: Evidence) -> bool {
    FACTS.iter().any(|(known, ..)| *known == evidence)
}
