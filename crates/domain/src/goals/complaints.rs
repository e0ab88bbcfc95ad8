//! GOAL-2: valid complaints of the year (TERM-2).

use chrono::Datelike;

use super::{CaseFact, Cause, Figure, FigurePart, Goal, GoalOptions, Measurement, Stage, measure};
use crate::service_desk::cases::{CaseKind, Validity};

/// Complaints received in the year, by what was found. Suggestions, praise and enquiries are not among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ComplaintCounts {
    /// Valid, not linked to another case of the same event.
    pub valid: i64,
    /// Valid, linked to a master case.
    pub valid_duplicates: i64,
    /// Pending, not linked.
    pub pending: i64,
    /// Pending, linked.
    pub pending_duplicates: i64,
}

/// Counts the complaints received in `year`. A query gives the same numbers; this is what it is tested against.
#[must_use]
pub fn count_complaints(cases: &[CaseFact], year: i32) -> ComplaintCounts {
    let mut counts = ComplaintCounts::default();
    for case in cases {
        if case.kind != CaseKind::Complaint || case.received_on.year() != year {
            continue;
        }
        match (case.validity, case.is_duplicate) {
            (Some(Validity::Valid), false) => counts.valid += 1,
            (Some(Validity::Valid), true) => counts.valid_duplicates += 1,
            (Some(Validity::Invalid), _) => {}
            (Some(Validity::Pending) | None, false) => counts.pending += 1,
            (Some(Validity::Pending) | None, true) => counts.pending_duplicates += 1,
        }
    }
    counts
}

/// Whether a case stands in a part of the figure, by the same reading as [`count_complaints`]. Below the line of a count
/// there are all complaints of the year, whatever was found on them.
#[must_use]
pub fn in_complaints(case: &CaseFact, part: FigurePart, options: &GoalOptions, year: i32) -> bool {
    let counts = count_complaints(std::slice::from_ref(case), year);
    let (mut valid, mut pending) = (counts.valid, counts.pending);
    if options.count_duplicates {
        valid += counts.valid_duplicates;
        pending += counts.pending_duplicates;
    }
    let received = case.kind == CaseKind::Complaint && case.received_on.year() == year;
    match part {
        FigurePart::Numerator => valid > 0,
        FigurePart::Pending => pending > 0,
        FigurePart::Denominator => received && (options.count_duplicates || !case.is_duplicate),
        FigurePart::LeftOut => false,
    }
}

/// Measures GOAL-2: valid ones count, and with those pending the worst case. No complaints at all is met.
#[must_use]
pub fn valid_complaints(goal: &Goal, counts: &ComplaintCounts, options: &GoalOptions, stage: &Stage) -> Measurement {
    let (mut valid, mut pending) = (counts.valid, counts.pending);
    if options.count_duplicates {
        valid += counts.valid_duplicates;
        pending += counts.pending_duplicates;
    }
    let count = |numerator| Figure {
        numerator,
        denominator: None,
    };
    measure(
        goal,
        count(valid),
        Some((count(valid + pending), pending)),
        Cause::NoCases,
        stage,
    )
}
