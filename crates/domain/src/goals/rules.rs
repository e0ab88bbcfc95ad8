//! From a figure to a status: exact comparison, and what can still change.

use super::{Cause, Comparator, Figure, Goal, GoalStatus, GoalUnit, Measurement, Stage, Warning};

/// The share of a target, in percent, that must be used up before its pace says anything: one case in January is no
/// trend.
const PACE_FROM: i128 = 25;

/// Measures a goal by a figure. A denominator of nought, or less, is not measurable for the cause given.
///
/// `worst` is the figure if everything pending turns out badly; `pending` how many that are.
#[must_use]
pub fn measure(goal: &Goal, figure: Figure, worst: Option<(Figure, i64)>, empty: Cause, stage: &Stage) -> Measurement {
    if figure.denominator.is_some_and(|d| d <= 0) {
        return Measurement {
            figure: Some(figure),
            ..not_measurable(empty, stage)
        };
    }
    let (worst, pending) = worst.filter(|(_, pending)| *pending > 0).unzip();
    let mut warnings = Vec::new();
    if pending.is_some() {
        warnings.push(Warning::PendingFindings);
    }
    if holds(goal, figure) && worst.is_some_and(|w| !holds(goal, w)) {
        warnings.push(Warning::WorstCaseMisses);
    }
    if !stage.last && holds(goal, figure) && pace_exceeds(goal, figure, stage) {
        warnings.push(Warning::PaceExceeds);
    }
    Measurement {
        figure: Some(figure),
        value_e2: Some(value_e2(figure)),
        status: status(goal, figure, stage, &warnings),
        cause: None,
        provisional: !stage.last,
        worst_case_e2: worst.map(value_e2),
        pending: pending.unwrap_or(0),
        also: None,
        warnings,
    }
}

/// A goal that cannot be measured.
#[must_use]
pub(super) fn not_measurable(cause: Cause, stage: &Stage) -> Measurement {
    Measurement {
        figure: None,
        value_e2: None,
        status: GoalStatus::NotMeasurable,
        cause: Some(cause),
        provisional: !stage.last,
        worst_case_e2: None,
        pending: 0,
        also: None,
        warnings: Vec::new(),
    }
}

/// A further goal (GOAL-6), by the figures entered for it.
#[must_use]
pub fn manual(goal: &Goal, entered: Option<Figure>, stage: &Stage) -> Measurement {
    match entered {
        Some(figure) => measure(goal, figure, None, Cause::NotEntered, stage),
        None => not_measurable(Cause::NotEntered, stage),
    }
}

/// The value of a goal as people read it: `81.25 %` or `7 起`.
#[must_use]
pub fn display(goal: &Goal, value_e2: i64) -> crate::shared::Text {
    let number = match (goal.unit, value_e2 % 100) {
        (GoalUnit::Cases | GoalUnit::PersonTimes, 0) => (value_e2 / 100).to_string(),
        (_, rest) => format!("{}.{:02}", value_e2 / 100, rest.abs()),
    };
    let unit = goal.unit.title();
    crate::shared::Text::of(format!("{number} {}", unit.zh), format!("{number} {}", unit.en))
}

/// Whether the figure keeps to the target, without any rounding.
fn holds(goal: &Goal, figure: Figure) -> bool {
    let (value, target) = against(goal, figure);
    match goal.comparator {
        Comparator::AtLeast => value >= target,
        Comparator::AtMost => value <= target,
    }
}

/// Value and target over the same denominator: `numerator × 10000 ≷ target_e2 × denominator` for shares,
/// `numerator × 100 ≷ target_e2` for counts.
fn against(goal: &Goal, figure: Figure) -> (i128, i128) {
    let (numerator, target) = (i128::from(figure.numerator), i128::from(goal.target_e2));
    match figure.denominator {
        Some(denominator) => (numerator * 10_000, target * i128::from(denominator)),
        None => (numerator * 100, target),
    }
}

fn status(goal: &Goal, figure: Figure, stage: &Stage, warnings: &[Warning]) -> GoalStatus {
    let threatened = warnings.contains(&Warning::WorstCaseMisses) || warnings.contains(&Warning::PaceExceeds);
    match (holds(goal, figure), goal.comparator) {
        (true, _) if !stage.last && threatened => GoalStatus::AtRisk,
        (true, _) => GoalStatus::Met,
        // A share may still rise; a count that is passed stays passed.
        (false, Comparator::AtLeast) if !stage.last => GoalStatus::AtRisk,
        (false, Comparator::AtMost) if !stage.last && figure.denominator.is_some() => GoalStatus::AtRisk,
        (false, _) => GoalStatus::Missed,
    }
}

/// Whether a count that grows over the year will pass its target if it goes on like this.
fn pace_exceeds(goal: &Goal, figure: Figure, stage: &Stage) -> bool {
    if goal.comparator != Comparator::AtMost || figure.denominator.is_some() {
        return false;
    }
    let (elapsed, days) = stage.elapsed();
    let (value, target) = against(goal, figure);
    value * 100 >= target * PACE_FROM && value * i128::from(days) > target * i128::from(elapsed)
}

/// Hundredths of the unit, rounded half up. The denominator is above nought here.
fn value_e2(figure: Figure) -> i64 {
    let numerator = i128::from(figure.numerator);
    let value = match figure.denominator {
        Some(denominator) => {
            let denominator = i128::from(denominator);
            (numerator * 20_000 + denominator).div_euclid(denominator * 2)
        }
        None => numerator * 100,
    };
    i64::try_from(value).unwrap_or(i64::MAX)
}
