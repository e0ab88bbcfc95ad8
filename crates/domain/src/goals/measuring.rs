//! From what the other contexts counted to the measurement of a goal, on any day or for good.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use uuid::Uuid;

use super::{
    CaseFact, Cause, Figure, FigurePart, Formula, Goal, GoalOptions, GoalSet, GoalSetState, Measurement, Stage,
    count_complaints, count_handling, handling_rate, in_complaints, in_handling, manual, rules::not_measurable,
    valid_complaints,
};
use crate::service_desk::cases::Validity;
use crate::shared::{Problem, SubjectKind, Text, TrailEntry, Transition};

/// A case with its history, so that an earlier day can be measured as it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatedCase {
    /// The record.
    pub id: Uuid,
    /// The case as it stands now.
    pub fact: CaseFact,
    /// The day of the decision on its validity.
    pub decided_on: Option<NaiveDate>,
    /// Earlier closings: from this day until the day it was opened again.
    pub closed_before: Vec<(NaiveDate, NaiveDate)>,
}

impl DatedCase {
    /// The case as it stood at the end of `day`; `None` while it had not come in. What was decided later is still pending,
    /// what was closed later or open again on that day is open.
    #[must_use]
    pub fn as_of(&self, day: NaiveDate) -> Option<CaseFact> {
        if self.fact.received_on > day {
            return None;
        }
        let before = self
            .closed_before
            .iter()
            .find(|(closed, reopened)| *closed <= day && day < *reopened)
            .map(|(closed, _)| *closed);
        Some(CaseFact {
            validity: match self.fact.validity {
                Some(_) if self.decided_on.is_none_or(|on| on > day) => Some(Validity::Pending),
                validity => validity,
            },
            closed_on: self.fact.closed_on.filter(|closed| *closed <= day).or(before),
            ..self.fact
        })
    }
}

/// What a year's goals are computed from.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Cases received in the year.
    pub cases: Vec<DatedCase>,
    /// Figures entered by hand for one goal, oldest first.
    pub entered: Vec<(NaiveDate, Figure)>,
}

/// What a measurement was computed from, kept with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Snapshot {
    /// Cases of the year known on that day, of every kind.
    pub cases: usize,
    /// Whether linked cases were counted one by one.
    pub count_duplicates: bool,
    /// Whether only valid complaints counted for the rate.
    pub valid_only: bool,
    /// Until when a case had to be closed.
    pub cutoff: NaiveDate,
}

/// The cases as they stood at the end of `day`.
#[must_use]
pub fn as_of(cases: &[DatedCase], day: NaiveDate) -> Vec<CaseFact> {
    cases.iter().filter_map(|case| case.as_of(day)).collect()
}

/// The cases in a part of a goal's figure, by the very rules that counted it; `None` for goals that no case feeds.
#[must_use]
pub fn cases_in(
    goal: &Goal,
    part: FigurePart,
    cases: &[DatedCase],
    options: &GoalOptions,
    stage: &Stage,
) -> Option<Vec<Uuid>> {
    let within: &dyn Fn(&CaseFact) -> bool = match goal.formula {
        Formula::ValidComplaints => &|case| in_complaints(case, part, options, stage.year),
        Formula::HandlingRate => &|case| in_handling(case, part, options, stage),
        _ => return None,
    };
    let ids = cases
        .iter()
        .filter(|case| case.as_of(stage.as_of).is_some_and(|fact| within(&fact)))
        .map(|case| case.id)
        .collect();
    Some(ids)
}

/// Whether a year's signed figure is no longer what its records say: then it is measured again, with the reason.
#[must_use]
pub fn differs(now: &Measurement, signed: Option<Figure>, pending: i64) -> bool {
    now.figure != signed || now.pending != pending
}

/// Measures one goal. Goals whose records the system does not keep yet say so.
#[must_use]
pub fn compute(goal: &Goal, sources: &Sources, options: &GoalOptions, stage: &Stage) -> Measurement {
    let cases = || as_of(&sources.cases, stage.as_of);
    match goal.formula {
        Formula::ValidComplaints => valid_complaints(goal, &count_complaints(&cases(), stage.year), options, stage),
        Formula::HandlingRate => handling_rate(goal, &count_handling(&cases(), options, stage), stage),
        Formula::Manual => {
            let entered = sources.entered.iter().rev().find(|(on, _)| *on <= stage.as_of);
            manual(goal, entered.map(|(_, figure)| *figure), stage)
        }
        Formula::Satisfaction | Formula::StaffViolations | Formula::FeeCollection => {
            not_measurable(Cause::NoRecords, stage)
        }
    }
}

/// What the measurement on that day was computed from.
#[must_use]
pub fn snapshot(sources: &Sources, options: &GoalOptions, stage: &Stage) -> Snapshot {
    Snapshot {
        cases: as_of(&sources.cases, stage.as_of).len(),
        count_duplicates: options.count_duplicates,
        valid_only: options.valid_only,
        cutoff: options.cutoff(stage.year),
    }
}

/// The last days of the months of `year` that have begun by `today`; of the running month, today.
#[must_use]
pub fn month_ends(year: i32, today: NaiveDate) -> Vec<NaiveDate> {
    (1..=12)
        .filter_map(|month| {
            let first = NaiveDate::from_ymd_opt(year, month, 1)?;
            let next = first.checked_add_months(chrono::Months::new(1))?;
            (first <= today).then(|| next.pred_opt().unwrap_or(first).min(today))
        })
        .collect()
}

/// The stage of the year's final measurement, once the year is over.
///
/// # Errors
/// `wrong_state` while it runs.
pub fn last_stage(set: &GoalSet, today: NaiveDate) -> Result<Stage, Problem> {
    if today.year() > set.year {
        return Ok(Stage::last(set.year, today));
    }
    Err(Problem::wrong_state(
        &Text::new("终测：年度尚未结束", "be measured for good before the year has ended"),
        &GoalSetState::Active.title(),
    ))
}

/// A re-measurement after signing: beside the one that stood, never in its place.
///
/// # Errors
/// `wrong_state` before the final measurement was signed.
pub fn remeasure(set: &GoalSet, reason: &str) -> Result<Transition<GoalSet>, Problem> {
    if !matches!(set.state, GoalSetState::Measured | GoalSetState::Frozen) {
        return Err(Problem::wrong_state(
            &Text::new("重新测量", "be measured again"),
            &set.state.title(),
        ));
    }
    let entry = TrailEntry::new(SubjectKind::GoalSet, set.id, "remeasured")
        .estate(set.estate)
        .states(Some(set.state.code()), set.state.code())
        .reason(Some(reason))
        .clauses(&["GOAL-S2"]);
    Ok(Transition {
        record: set.clone(),
        entry,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goals::{FIVE_GOALS, GoalStatus};
    use crate::service_desk::cases::CaseKind;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn complaint(received: &str, decided: Option<&str>) -> DatedCase {
        DatedCase {
            id: Uuid::now_v7(),
            fact: CaseFact {
                kind: CaseKind::Complaint,
                validity: Some(if decided.is_some() {
                    Validity::Valid
                } else {
                    Validity::Pending
                }),
                received_on: day(received),
                due_on: day(received) + chrono::Days::new(3),
                closed_on: None,
                is_duplicate: false,
            },
            decided_on: decided.map(day),
            closed_before: vec![],
        }
    }

    #[test]
    fn goal_2_as_of_an_earlier_day_does_not_know_later_cases_and_decisions() {
        let sources = Sources {
            cases: vec![
                complaint("2026-01-05", Some("2026-01-20")),
                complaint("2026-02-05", Some("2026-02-06")),
                complaint("2026-02-07", None),
            ],
            ..Sources::default()
        };
        let options = GoalOptions::default();
        let on = |text| {
            let stage = Stage::provisional(2026, day(text));
            let measured = compute(&FIVE_GOALS[1], &sources, &options, &stage);
            (measured.figure.map(|f| f.numerator), measured.pending)
        };
        assert_eq!(on("2026-01-10"), (Some(0), 1));
        assert_eq!(on("2026-01-20"), (Some(1), 0));
        assert_eq!(on("2026-03-01"), (Some(2), 1));
    }

    #[test]
    fn goal_3_an_earlier_day_knows_a_case_as_handled_that_was_opened_again_later() {
        let mut case = complaint("2026-01-05", Some("2026-01-06"));
        case.closed_before = vec![(day("2026-01-08"), day("2026-02-10"))];
        let sources = Sources {
            cases: vec![case],
            ..Sources::default()
        };
        let options = GoalOptions::default();
        let on = |text| {
            let stage = Stage::provisional(2026, day(text));
            let figure = compute(&FIVE_GOALS[2], &sources, &options, &stage)
                .figure
                .expect("a rate");
            let behind = |part| cases_in(&FIVE_GOALS[2], part, &sources.cases, &options, &stage).expect("cases");
            assert_eq!(i64::try_from(behind(FigurePart::Numerator).len()), Ok(figure.numerator));
            (figure.numerator, figure.denominator)
        };
        assert_eq!(on("2026-01-07"), (0, Some(0)));
        assert_eq!(on("2026-01-31"), (1, Some(1)));
        assert_eq!(on("2026-02-10"), (0, Some(1)));
    }

    proptest::proptest! {
        /// Every figure opens to exactly the rows it counted, in whatever state and reading.
        #[test]
        fn a_figure_and_its_rows_never_disagree(
            cases in proptest::collection::vec(
                (0usize..4, 0usize..4, 1u32..360, 0u64..40, proptest::option::of(0u64..60), proptest::bool::ANY), 0..40),
            duplicates in proptest::bool::ANY, valid_only in proptest::bool::ANY, last in proptest::bool::ANY, n in 1u32..365,
        ) {
            let at = |n| NaiveDate::from_yo_opt(2026, n).expect("a day of the year");
            let cases: Vec<DatedCase> = cases
                .into_iter()
                .map(|(kind, validity, received, due, closed, is_duplicate)| {
                    let kind = CaseKind::ALL[kind];
                    let found = [Validity::Pending, Validity::Valid, Validity::Invalid, Validity::Valid][validity];
                    DatedCase {
                        id: Uuid::now_v7(),
                        fact: CaseFact {
                            kind,
                            validity: (kind == CaseKind::Complaint).then_some(found),
                            received_on: at(received),
                            due_on: at(received) + chrono::Days::new(due),
                            closed_on: closed.map(|days| at(received) + chrono::Days::new(days)),
                            is_duplicate,
                        },
                        decided_on: (found != Validity::Pending).then(|| at(received) + chrono::Days::new(due / 2)),
                        closed_before: vec![],
                    }
                })
                .collect();
            let options = GoalOptions { count_duplicates: duplicates, valid_only, ..GoalOptions::default() };
            let stage = if last { Stage::last(2026, day("2027-02-15")) } else { Stage::provisional(2026, at(n)) };
            let sources = Sources { cases, ..Sources::default() };
            for goal in [&FIVE_GOALS[1], &FIVE_GOALS[2]] {
                let measured = compute(goal, &sources, &options, &stage);
                let rows = |part| {
                    let ids = cases_in(goal, part, &sources.cases, &options, &stage).expect("cases");
                    i64::try_from(ids.len()).expect("few")
                };
                let figure = measured.figure.expect("counted");
                proptest::prop_assert_eq!(rows(FigurePart::Numerator), figure.numerator);
                match figure.denominator {
                    Some(denominator) => proptest::prop_assert_eq!(rows(FigurePart::Denominator), denominator),
                    None => proptest::prop_assert_eq!(rows(FigurePart::Pending), measured.pending),
                }
            }
        }
    }

    #[test]
    fn goals_1_4_5_say_that_their_records_are_not_kept_yet() {
        let stage = Stage::provisional(2026, day("2026-06-01"));
        for at in [0, 3, 4] {
            let measured = compute(&FIVE_GOALS[at], &Sources::default(), &GoalOptions::default(), &stage);
            assert_eq!(
                (measured.status, measured.cause),
                (GoalStatus::NotMeasurable, Some(Cause::NoRecords))
            );
        }
    }

    #[test]
    fn a_trend_has_a_point_for_each_month_begun() {
        assert_eq!(
            month_ends(2026, day("2026-03-10")),
            [day("2026-01-31"), day("2026-02-28"), day("2026-03-10")]
        );
        assert_eq!(month_ends(2025, day("2026-03-10")).len(), 12);
        assert!(month_ends(2027, day("2026-03-10")).is_empty());
    }
}
