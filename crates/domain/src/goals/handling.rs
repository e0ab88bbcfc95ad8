//! GOAL-3: the share of complaints and opinions that were handled. The source does not define it; goals.md does.

use chrono::Datelike;

use super::{CaseFact, Cause, Figure, FigurePart, Goal, GoalOptions, Measurement, Stage, Warning, measure};
use crate::service_desk::cases::{CaseKind, Validity};

/// Complaints and opinions received in the year. Each resident's case counts, linked or not: each is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HandlingCounts {
    /// Closed with a reply or a documented decision, and not opened again.
    pub handled: i64,
    /// Open, and due on or before the day of measurement.
    pub open_due: i64,
    /// Open, but not due yet.
    pub open_not_due: i64,
}

/// Counts the cases received in `stage.year`, as they stood on the day of measurement, for the final one at the cut-off
/// (whichever is earlier). A query gives the same numbers; this is what it is tested against.
#[must_use]
pub fn count_handling(cases: &[CaseFact], options: &GoalOptions, stage: &Stage) -> HandlingCounts {
    let cutoff = options.cutoff(stage.year);
    let day = if stage.last {
        cutoff.min(stage.as_of)
    } else {
        stage.as_of
    };
    let mut counts = HandlingCounts::default();
    for case in cases {
        let counted = match case.kind {
            CaseKind::Complaint => !options.valid_only || case.validity == Some(Validity::Valid),
            CaseKind::Suggestion => true,
            CaseKind::Praise | CaseKind::Enquiry => false,
        };
        if !counted || case.received_on.year() != stage.year || case.received_on > day {
            continue;
        }
        match case.closed_on {
            Some(closed) if closed <= day => counts.handled += 1,
            _ if case.due_on <= day => counts.open_due += 1,
            _ => counts.open_not_due += 1,
        }
    }
    counts
}

/// Whether a case stands in a part of the figure, by the same reading as [`count_handling`].
#[must_use]
pub fn in_handling(case: &CaseFact, part: FigurePart, options: &GoalOptions, stage: &Stage) -> bool {
    let counts = count_handling(std::slice::from_ref(case), options, stage);
    let not_due = counts.open_not_due > 0;
    match part {
        FigurePart::Numerator => counts.handled > 0,
        FigurePart::Denominator => counts.handled + counts.open_due > 0 || (stage.last && not_due),
        FigurePart::LeftOut => !stage.last && not_due,
        FigurePart::Pending => {
            case.kind == CaseKind::Complaint
                && case.received_on.year() == stage.year
                && case.validity == Some(Validity::Pending)
        }
    }
}

/// Measures GOAL-3. Cases not yet due are left out of a provisional rate and count at the final one.
#[must_use]
pub fn handling_rate(goal: &Goal, counts: &HandlingCounts, stage: &Stage) -> Measurement {
    let not_due = if stage.last { counts.open_not_due } else { 0 };
    let figure = Figure {
        numerator: counts.handled,
        denominator: Some(counts.handled + counts.open_due + not_due),
    };
    let mut measurement = measure(goal, figure, None, Cause::NoCases, stage);
    if !stage.last && counts.open_not_due > 0 {
        measurement.warnings.push(Warning::NotDueLeftOut);
    }
    measurement
}
