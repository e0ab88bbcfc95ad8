//! GOAL-1: owner satisfaction from the yearly written survey (TERM-1).

use std::collections::BTreeSet;

use super::rules::not_measurable;
use super::{Cause, Figure, Goal, GoalOptions, Measurement, Stage, Warning, measure};

/// A ballot as it came back. House and serial are the register's keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// The serial number printed on it.
    pub serial: u32,
    /// The house it was issued to.
    pub house: u32,
    /// Whether this serial was issued to this house.
    pub issued: bool,
    /// Whether it was declared void.
    pub void: bool,
    /// The answer to the overall question: `Some(true)` for satisfied or fairly satisfied, `None` for blank or unreadable.
    pub content: Option<bool>,
}

/// What a survey counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SurveyCounts {
    /// Whether the year's survey was held at all.
    pub held: bool,
    /// Whether it is closed, so that nothing changes any more.
    pub closed: bool,
    /// Ballots handed out.
    pub issued: i64,
    /// Ballots returned, blank and void ones included.
    pub returned: i64,
    /// Void ones among the returned.
    pub void: i64,
    /// Satisfied or fairly satisfied, not void.
    pub content: i64,
    /// Blank or unreadable overall answers; they stay in the denominator.
    pub no_answer: i64,
    /// Refused: never issued, or a second one of a house.
    pub refused: i64,
}

/// Counts the ballots of a closed or running survey; of each house the issued serial alone counts, once.
#[must_use]
pub fn count_ballots(issued: i64, closed: bool, ballots: &[Ballot]) -> SurveyCounts {
    let mut counts = SurveyCounts {
        held: true,
        closed,
        issued,
        ..SurveyCounts::default()
    };
    let mut houses = BTreeSet::new();
    for ballot in ballots {
        if !ballot.issued || !houses.insert(ballot.house) {
            counts.refused += 1;
            continue;
        }
        counts.returned += 1;
        counts.void += i64::from(ballot.void);
        counts.no_answer += i64::from(ballot.content.is_none());
        counts.content += i64::from(ballot.content == Some(true) && !ballot.void);
    }
    counts
}

/// Measures GOAL-1. A survey that was not held is an open duty (OB-68), not a miss by formula.
#[must_use]
pub fn satisfaction(goal: &Goal, counts: &SurveyCounts, options: &GoalOptions, stage: &Stage) -> Measurement {
    if !counts.held {
        return not_measurable(Cause::NoSurvey, stage);
    }
    let void = if options.exclude_void_ballots { counts.void } else { 0 };
    let figure = Figure {
        numerator: counts.content,
        denominator: Some(counts.returned - void),
    };
    // The result is frozen when the survey closes, whatever day of the year that is.
    let stage = Stage {
        last: stage.last || counts.closed,
        ..*stage
    };
    let mut measurement = measure(goal, figure, None, Cause::NoBallots, &stage);
    if counts.returned * 100 < counts.issued * options.lowest_return {
        measurement.warnings.push(Warning::LowReturn);
    }
    measurement.also = Some(Figure {
        numerator: counts.returned,
        denominator: Some(counts.issued),
    });
    measurement
}
