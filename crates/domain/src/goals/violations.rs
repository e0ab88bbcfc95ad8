//! GOAL-4: staff violations found by checks, in person-times.

use std::collections::BTreeSet;

use super::rules::not_measurable;
use super::{Cause, Figure, Goal, GoalOptions, Measurement, Stage, measure};

/// One violation of one person, as far as this goal needs it. `check` and `person` are the register's keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FindingFact {
    /// The check it was found at; `None` when it became known otherwise (complaint, self-report).
    pub check: Option<u32>,
    /// The person.
    pub person: u32,
    /// The day, as days of the year.
    pub day: u16,
    /// Whether it was confirmed.
    pub confirmed: bool,
    /// Whether an appeal against it was upheld.
    pub appeal_upheld: bool,
    /// Whether the person works for a contractor, who is none of the centre's staff (ORG-N1c).
    pub contractor: bool,
}

/// What the year's checks found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ViolationCounts {
    /// Checks held, with or without findings.
    pub checks: i64,
    /// Persons at checks: one person at one check is one, whatever the number of items.
    pub person_times: i64,
    /// Items found at checks.
    pub items: i64,
    /// Persons on days, known otherwise.
    pub other_person_times: i64,
    /// Items known otherwise.
    pub other_items: i64,
}

/// Counts the findings of one year.
#[must_use]
pub fn count_violations(checks: i64, findings: &[FindingFact]) -> ViolationCounts {
    let mut counts = ViolationCounts {
        checks,
        ..ViolationCounts::default()
    };
    let (mut at_checks, mut otherwise) = (BTreeSet::new(), BTreeSet::new());
    for finding in findings {
        if !finding.confirmed || finding.appeal_upheld || finding.contractor {
            continue;
        }
        match finding.check {
            Some(check) => {
                counts.items += 1;
                counts.person_times += i64::from(at_checks.insert((check, finding.person)));
            }
            None => {
                counts.other_items += 1;
                counts.other_person_times += i64::from(otherwise.insert((finding.day, finding.person)));
            }
        }
    }
    counts
}

/// Measures GOAL-4. Without any check the goal is not met by not checking: the value is nought, but not measurable.
#[must_use]
pub fn violations(goal: &Goal, counts: &ViolationCounts, options: &GoalOptions, stage: &Stage) -> Measurement {
    let found = if options.per_item {
        counts.items
    } else {
        counts.person_times
    };
    let other = if options.per_item {
        counts.other_items
    } else {
        counts.other_person_times
    };
    let figure = Figure {
        numerator: found + if options.all_sources { other } else { 0 },
        denominator: None,
    };
    if counts.checks == 0 && figure.numerator == 0 {
        return Measurement {
            figure: Some(figure),
            value_e2: Some(0),
            ..not_measurable(Cause::NoChecks, stage)
        };
    }
    measure(goal, figure, None, Cause::NoChecks, stage)
}
