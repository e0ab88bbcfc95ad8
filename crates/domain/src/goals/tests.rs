use super::*;
use crate::shared::{EmployeeId, EstateId, Settings};
use GoalStatus::{AtRisk, Met, Missed, NotMeasurable};
use proptest::prelude::*;
use uuid::Uuid;

const OPTIONS: GoalOptions = GoalOptions {
    exclude_void_ballots: false,
    lowest_return: 30,
    count_duplicates: false,
    valid_only: false,
    cutoff_day: 31,
    all_sources: false,
    per_item: false,
};

fn goal(no: usize) -> &'static Goal {
    &FIVE_GOALS[no - 1]
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a date")
}

fn on(month: u32, d: u32) -> Stage {
    Stage::provisional(2026, day(month, d))
}

fn last() -> Stage {
    Stage::last(2026, NaiveDate::from_ymd_opt(2027, 1, 31).expect("a date"))
}

fn case(kind: CaseKind, validity: Option<Validity>) -> CaseFact {
    CaseFact {
        kind,
        validity,
        received_on: day(6, 1),
        due_on: day(6, 4),
        closed_on: Some(day(6, 3)),
        is_duplicate: false,
    }
}

#[test]
fn goal_1_to_5_targets_are_those_of_the_table() {
    let rows: Vec<(i16, Comparator, i64, GoalUnit)> = FIVE_GOALS
        .iter()
        .map(|g| (g.no, g.comparator, g.target_e2, g.unit))
        .collect();
    assert_eq!(
        rows,
        [
            (1, Comparator::AtLeast, 7500, GoalUnit::Percent),
            (2, Comparator::AtMost, 1200, GoalUnit::Cases),
            (3, Comparator::AtLeast, 9500, GoalUnit::Percent),
            (4, Comparator::AtMost, 1200, GoalUnit::PersonTimes),
            (5, Comparator::AtLeast, 9000, GoalUnit::Percent),
        ]
    );
    assert_eq!(GoalOptions::default(), OPTIONS);
    assert_eq!(GoalOptions::of(&Settings::default()), OPTIONS);
}

#[test]
fn goal_1_term_1_counts_ballots_returned() {
    let survey = |content, returned, void, closed| SurveyCounts {
        held: true,
        closed,
        issued: 100,
        returned,
        void,
        content,
        no_answer: 0,
        refused: 0,
    };
    for (counts, value, status) in [
        (survey(75, 100, 0, true), Some(7500), Met),
        (survey(74, 100, 0, true), Some(7400), Missed),
        (survey(74, 100, 0, false), Some(7400), AtRisk),
        // 74.9988 % is shown as 75.00 % and is missed all the same.
        (survey(61_499, 82_000, 0, true), Some(7500), Missed),
        (survey(0, 0, 0, true), None, NotMeasurable),
    ] {
        let measured = satisfaction(goal(1), &counts, &OPTIONS, &on(12, 11));
        assert_eq!((measured.value_e2, measured.status), (value, status), "{counts:?}");
    }
    let excluding = GoalOptions {
        exclude_void_ballots: true,
        ..OPTIONS
    };
    let with_void = survey(60, 82, 2, true);
    assert_eq!(satisfaction(goal(1), &with_void, &OPTIONS, &last()).status, Missed);
    assert_eq!(satisfaction(goal(1), &with_void, &excluding, &last()).status, Met);
    let low = satisfaction(goal(1), &survey(29, 29, 0, true), &OPTIONS, &last());
    assert_eq!(low.warnings, [Warning::LowReturn]);
    let none = satisfaction(goal(1), &SurveyCounts::default(), &OPTIONS, &last());
    assert_eq!(
        (none.status, none.cause, none.value_e2),
        (NotMeasurable, Some(Cause::NoSurvey), None)
    );
}

#[test]
fn goal_1_a_second_ballot_of_a_house_is_refused_and_a_blank_one_stays_in_the_denominator() {
    let ballot = |serial, house, issued, void, content| Ballot {
        serial,
        house,
        issued,
        void,
        content,
    };
    let counts = count_ballots(
        10,
        true,
        &[
            ballot(1, 1, true, false, Some(true)),
            ballot(9, 1, true, false, Some(true)),
            ballot(77, 2, false, false, Some(true)),
            ballot(2, 2, true, false, None),
            ballot(3, 3, true, true, Some(true)),
            ballot(4, 4, true, false, Some(false)),
        ],
    );
    let expected = SurveyCounts {
        held: true,
        closed: true,
        issued: 10,
        returned: 4,
        void: 1,
        content: 1,
        no_answer: 1,
        refused: 2,
    };
    assert_eq!(counts, expected);
}

#[test]
fn goal_2_term_2_only_valid_complaints_of_the_year_count() {
    let earlier = CaseFact {
        received_on: NaiveDate::from_ymd_opt(2025, 12, 31).expect("a date"),
        ..case(CaseKind::Complaint, Some(Validity::Valid))
    };
    let linked = |validity| CaseFact {
        is_duplicate: true,
        ..case(CaseKind::Complaint, Some(validity))
    };
    let counts = count_complaints(
        &[
            case(CaseKind::Complaint, Some(Validity::Valid)),
            linked(Validity::Valid),
            linked(Validity::Pending),
            case(CaseKind::Complaint, Some(Validity::Invalid)),
            case(CaseKind::Complaint, Some(Validity::Pending)),
            case(CaseKind::Complaint, None),
            case(CaseKind::Suggestion, None),
            case(CaseKind::Praise, None),
            case(CaseKind::Enquiry, None),
            earlier,
        ],
        2026,
    );
    let expected = ComplaintCounts {
        valid: 1,
        valid_duplicates: 1,
        pending: 2,
        pending_duplicates: 1,
    };
    assert_eq!(counts, expected);
    let each = GoalOptions {
        count_duplicates: true,
        ..OPTIONS
    };
    let by_event = valid_complaints(goal(2), &counts, &OPTIONS, &on(12, 1));
    let by_resident = valid_complaints(goal(2), &counts, &each, &on(12, 1));
    assert_eq!(
        (by_event.value_e2, by_event.worst_case_e2, by_event.pending),
        (Some(100), Some(300), 2)
    );
    assert_eq!(
        (by_resident.value_e2, by_resident.worst_case_e2, by_resident.pending),
        (Some(200), Some(500), 3)
    );
}

#[test]
fn goal_2_zero_complaints_are_met_and_pending_ones_make_the_worst_case() {
    let counts = |valid, pending| ComplaintCounts {
        valid,
        pending,
        ..ComplaintCounts::default()
    };
    for (valid, pending, stage, status, warnings) in [
        (0, 0, on(12, 31), Met, vec![]),
        (12, 0, on(12, 31), Met, vec![]),
        (13, 0, on(12, 31), Missed, vec![]),
        (13, 0, on(3, 1), Missed, vec![]),
        (
            12,
            1,
            on(12, 31),
            AtRisk,
            vec![Warning::PendingFindings, Warning::WorstCaseMisses],
        ),
        (11, 1, on(12, 31), Met, vec![Warning::PendingFindings]),
        // Twelve a year are one a month: six by the end of June keep the pace, seven do not.
        (6, 0, on(7, 2), Met, vec![]),
        (7, 0, on(7, 2), AtRisk, vec![Warning::PaceExceeds]),
        // Two in January are no trend yet, three are.
        (2, 0, on(1, 5), Met, vec![]),
        (3, 0, on(1, 5), AtRisk, vec![Warning::PaceExceeds]),
        // The final one goes by what was found; the warning stays.
        (
            12,
            1,
            last(),
            Met,
            vec![Warning::PendingFindings, Warning::WorstCaseMisses],
        ),
        (13, 1, last(), Missed, vec![Warning::PendingFindings]),
    ] {
        let measured = valid_complaints(goal(2), &counts(valid, pending), &OPTIONS, &stage);
        assert_eq!(
            (measured.status, measured.warnings),
            (status, warnings),
            "{valid} + {pending} at {stage:?}"
        );
        assert_eq!((measured.cause, measured.provisional), (None, !stage.last));
    }
}

#[test]
fn goal_3_counts_what_is_handled_by_the_day_of_measurement() {
    let complaint = case(CaseKind::Complaint, Some(Validity::Invalid));
    let closed_later = CaseFact {
        closed_on: Some(day(6, 20)),
        ..case(CaseKind::Suggestion, None)
    };
    let not_due = CaseFact {
        received_on: day(6, 9),
        due_on: day(6, 12),
        closed_on: None,
        ..complaint
    };
    // Opened again: closed_on is empty until it is closed once more.
    let reopened = CaseFact {
        closed_on: None,
        ..complaint
    };
    let cases = [
        complaint,
        closed_later,
        not_due,
        reopened,
        case(CaseKind::Praise, None),
        case(CaseKind::Enquiry, None),
    ];
    let counts = |stage: &Stage, options: &GoalOptions| {
        let c = count_handling(&cases, options, stage);
        (c.handled, c.open_due, c.open_not_due)
    };
    assert_eq!(counts(&on(6, 10), &OPTIONS), (1, 2, 1));
    assert_eq!(counts(&on(6, 12), &OPTIONS), (1, 3, 0));
    assert_eq!(counts(&on(6, 20), &OPTIONS), (2, 2, 0));
    assert_eq!(counts(&on(6, 2), &OPTIONS), (0, 0, 3));
    let valid_only = GoalOptions {
        valid_only: true,
        ..OPTIONS
    };
    assert_eq!(counts(&on(6, 20), &valid_only), (1, 0, 0));
}

#[test]
fn goal_3_cases_not_yet_due_wait_for_the_final_measurement() {
    let counts = HandlingCounts {
        handled: 19,
        open_due: 1,
        open_not_due: 2,
    };
    let measured = handling_rate(goal(3), &counts, &on(6, 10));
    assert_eq!((measured.value_e2, measured.status), (Some(9500), Met));
    assert_eq!(measured.warnings, [Warning::NotDueLeftOut]);
    let measured = handling_rate(goal(3), &counts, &last());
    assert_eq!(
        (measured.value_e2, measured.status, measured.warnings),
        (Some(8636), Missed, vec![])
    );
    let below = HandlingCounts { open_due: 2, ..counts };
    assert_eq!(handling_rate(goal(3), &below, &on(6, 10)).status, AtRisk);
    let nothing = handling_rate(goal(3), &HandlingCounts::default(), &last());
    assert_eq!(
        (nothing.status, nothing.cause, nothing.value_e2),
        (NotMeasurable, Some(Cause::NoCases), None)
    );
}

#[test]
fn goal_3_the_final_cut_off_is_the_end_of_january() {
    let late = |d| CaseFact {
        received_on: day(12, 31),
        due_on: NaiveDate::from_ymd_opt(2027, 1, 6).expect("a date"),
        closed_on: NaiveDate::from_ymd_opt(2027, 1, d),
        ..case(CaseKind::Suggestion, None)
    };
    let march = Stage::last(2026, NaiveDate::from_ymd_opt(2027, 3, 1).expect("a date"));
    let next_month = CaseFact {
        closed_on: NaiveDate::from_ymd_opt(2027, 2, 1),
        ..late(31)
    };
    let counts = count_handling(&[late(31), next_month], &OPTIONS, &march);
    assert_eq!((counts.handled, counts.open_due), (1, 1));
    let earlier = GoalOptions {
        cutoff_day: 15,
        ..OPTIONS
    };
    assert_eq!(count_handling(&[late(31)], &earlier, &march).handled, 0);
}

#[test]
fn goal_4_counts_persons_at_checks() {
    let finding = |check, person| FindingFact {
        check,
        person,
        day: 100,
        confirmed: true,
        appeal_upheld: false,
        contractor: false,
    };
    let findings = [
        finding(Some(1), 7),
        finding(Some(1), 7), // a second item at the same check
        finding(Some(1), 8),
        finding(Some(2), 7), // the same person at another check
        finding(None, 9),    // known from a complaint
        FindingFact {
            confirmed: false,
            ..finding(Some(2), 10)
        },
        FindingFact {
            appeal_upheld: true,
            ..finding(Some(2), 11)
        },
        FindingFact {
            contractor: true,
            ..finding(Some(2), 12)
        },
    ];
    let counts = count_violations(2, &findings);
    assert_eq!(
        (counts.person_times, counts.items, counts.other_person_times),
        (3, 4, 1)
    );
    let value = |options: &GoalOptions| violations(goal(4), &counts, options, &last()).value_e2;
    assert_eq!(value(&OPTIONS), Some(300));
    assert_eq!(
        value(&GoalOptions {
            per_item: true,
            ..OPTIONS
        }),
        Some(400)
    );
    assert_eq!(
        value(&GoalOptions {
            all_sources: true,
            ..OPTIONS
        }),
        Some(400)
    );
}

#[test]
fn goal_4_is_not_met_by_not_checking() {
    let unchecked = violations(goal(4), &ViolationCounts::default(), &OPTIONS, &last());
    assert_eq!(
        (unchecked.status, unchecked.cause, unchecked.value_e2),
        (NotMeasurable, Some(Cause::NoChecks), Some(0))
    );
    let clean = ViolationCounts {
        checks: 1,
        ..ViolationCounts::default()
    };
    assert_eq!(violations(goal(4), &clean, &OPTIONS, &last()).status, Met);
    let thirteen = ViolationCounts {
        checks: 30,
        person_times: 13,
        ..ViolationCounts::default()
    };
    assert_eq!(violations(goal(4), &thirteen, &OPTIONS, &on(10, 1)).status, Missed);
}

#[test]
fn goal_5_term_3_received_over_receivable_of_the_years_bills() {
    let bill = |year, receivable_fen, in_year, to_date| BillFact {
        year,
        receivable_fen,
        received_in_year_fen: in_year,
        received_to_date_fen: to_date,
    };
    let bills = [
        bill(2026, 10_000, 10_000, 10_000),
        bill(2026, 10_000, 15_000, 15_000), // overpaid: counts as 100 %
        bill(2026, 10_000, 6_000, 10_000),  // the rest came next year
        bill(2025, 10_000, 8_000, 10_000),  // arrears of last year
        bill(2027, 10_000, 3_000, 3_000),   // paid ahead
    ];
    let sums = count_bills(&bills, 2026);
    let measured = collection(goal(5), &sums, &last());
    assert_eq!((measured.value_e2, measured.status), (Some(8667), Missed));
    assert_eq!(
        measured.also,
        Some(Figure {
            numerator: 30_000,
            denominator: Some(30_000)
        })
    );
    assert_eq!(sums.earlier_years_fen, 8_000);
    assert_eq!(collection(goal(5), &sums, &on(11, 1)).status, AtRisk);
    let nothing = collection(goal(5), &CollectionCounts::default(), &last());
    assert_eq!((nothing.status, nothing.cause), (NotMeasurable, Some(Cause::NoBills)));
}

#[test]
fn goal_6_further_goals_are_data_with_figures_entered() {
    let further = Goal {
        no: 6,
        formula: Formula::Manual,
        target_e2: 400,
        unit: GoalUnit::Cases,
        ..goal(3).clone()
    };
    let count = |numerator| {
        Some(Figure {
            numerator,
            denominator: None,
        })
    };
    assert_eq!(manual(&further, count(4), &last()).status, Met);
    assert_eq!(manual(&further, count(3), &last()).status, Missed);
    assert_eq!(manual(&further, count(3), &on(5, 1)).status, AtRisk);
    assert_eq!(manual(&further, None, &last()).cause, Some(Cause::NotEntered));
}

#[test]
fn values_are_shown_with_two_decimals_or_as_whole_counts() {
    assert_eq!(display(goal(1), 8125).zh, "81.25 %");
    assert_eq!(display(goal(3), 10000).en, "100.00 %");
    assert_eq!(display(goal(2), 700).zh, "7 起");
    assert_eq!(display(goal(4), 1300).en, "13 person-times");
}

fn set(state: GoalSetState) -> GoalSet {
    GoalSet {
        id: Uuid::now_v7(),
        estate: EstateId::generate(),
        year: 2026,
        state,
        drafted_by: EmployeeId::generate(),
        approved_by: None,
    }
}

#[test]
fn goal_s2_a_years_goals_go_from_draft_to_frozen_and_never_back() {
    let measured: Vec<Measurement> = FIVE_GOALS
        .iter()
        .map(|g| {
            manual(
                g,
                Some(Figure {
                    numerator: 1,
                    denominator: None,
                }),
                &last(),
            )
        })
        .collect();
    for (state, steps) in [
        (GoalSetState::Draft, [true, true, false, false]),
        (GoalSetState::Approved, [false, false, true, false]),
        (GoalSetState::Measured, [false, false, false, true]),
        (GoalSetState::Frozen, [false, false, false, false]),
    ] {
        let set = set(state);
        let outcome = [
            revise(&set, &[]).is_ok(),
            approve(&set, EmployeeId::generate()).is_ok(),
            sign(&set, FIVE_GOALS, &measured, None).is_ok(),
            freeze(&set).is_ok(),
        ];
        assert_eq!(outcome, steps, "{state}");
    }
    let approved = approve(&set(GoalSetState::Draft), EmployeeId::generate()).expect("a draft");
    assert_eq!(
        (approved.entry.from, approved.entry.to),
        (Some("draft"), Some("approved"))
    );
    assert_eq!(phase(&approved.record, day(1, 1)), GoalSetState::Active);
    let before = NaiveDate::from_ymd_opt(2025, 12, 31).expect("a date");
    assert_eq!(phase(&approved.record, before), GoalSetState::Approved);
}

#[test]
fn pos_depmgr_02a_whoever_drafts_the_goals_does_not_approve_them() {
    use crate::access::PostCode::{Cscmgr, Depmgr, Gm};
    use crate::org::seed;
    use crate::org::superior::{Holder, Staff};
    let draft = set(GoalSetState::Draft);
    let holders: Vec<Holder> = [Gm, Cscmgr, Depmgr]
        .into_iter()
        .map(|post| Holder {
            assignment: crate::shared::AssignmentId::generate(),
            employee: EmployeeId::generate(),
            post,
            estate: (post != Gm).then_some(draft.estate),
            squad: None,
            area: None,
            period: crate::shared::period::Period::starting(day(1, 1)),
            able: true,
        })
        .collect();
    let tree = seed::tree(day(1, 1));
    let staff = Staff {
        tree: &tree,
        holders: &holders,
        stand_ins: &[],
        cover: &[],
        today: day(1, 2),
    };
    let decides = |drafted_by: usize| {
        let barred = [holders[drafted_by].employee];
        let found = staff.resolve(&centre_managers(&draft, &barred, day(1, 2)));
        found.expect("somebody").deciders[0].post
    };
    assert_eq!((decides(2), decides(1)), (Cscmgr, Gm));
}

#[test]
fn goal_2_the_final_signature_needs_the_findings_or_a_note() {
    let counts = ComplaintCounts {
        valid: 3,
        pending: 2,
        ..ComplaintCounts::default()
    };
    let goals = std::slice::from_ref(goal(2));
    let sign_with = |stage: &Stage, note| {
        let measured = valid_complaints(goal(2), &counts, &OPTIONS, stage);
        sign(&set(GoalSetState::Approved), goals, &[measured], note).map_err(|p| p.errors[0].pointer.clone())
    };
    assert_eq!(sign_with(&last(), None).expect_err("pending"), "/note");
    assert!(sign_with(&last(), Some("当事人拒绝配合调查")).is_ok());
    assert_eq!(
        sign_with(&on(12, 31), Some("x")).expect_err("provisional"),
        "/measurements"
    );
}

#[test]
fn a_draft_names_every_row_that_cannot_be() {
    let row = |no, formula, target_e2, unit| NewGoal {
        no,
        formula,
        comparator: Comparator::AtLeast,
        target_e2,
        unit,
    };
    let problem = revise(
        &set(GoalSetState::Draft),
        &[
            row(1, Formula::Satisfaction, 7500, GoalUnit::Percent),
            row(1, Formula::Manual, 10, GoalUnit::Cases),
            row(2, Formula::HandlingRate, 10_001, GoalUnit::Percent),
            row(3, Formula::ValidComplaints, 1200, GoalUnit::Percent),
        ],
    )
    .expect_err("three rows");
    let pointers: Vec<&str> = problem.errors.iter().map(|e| e.pointer.as_str()).collect();
    assert_eq!(pointers, ["/goals/1/no", "/goals/2/target_e2", "/goals/3/unit"]);
}

proptest! {
    #[test]
    fn shares_are_compared_exactly_however_large(numerator in 0i64..1_000_000_000_000, denominator in 1i64..1_000_000_000_000) {
        let figure = Figure { numerator, denominator: Some(denominator) };
        let measured = measure(goal(5), figure, None, Cause::NoBills, &last());
        let reached = i128::from(numerator) * 100 >= 90 * i128::from(denominator);
        prop_assert_eq!(measured.status == Met, reached);
        let shown = measured.value_e2.expect("measurable") as f64 / 100.0;
        prop_assert!((shown - numerator as f64 * 100.0 / denominator as f64).abs() < 0.006 + shown * 1e-9);
    }

    #[test]
    fn more_valid_complaints_never_make_it_better(valid in 0i64..30, pending in 0i64..10, n in 1u32..365) {
        let rank = |m: Measurement| match m.status { Met => 0, AtRisk => 1, Missed => 2, NotMeasurable => 3 };
        let stage = Stage::provisional(2026, NaiveDate::from_yo_opt(2026, n).expect("a date"));
        let at = |valid, pending| {
            let counts = ComplaintCounts { valid, pending, ..ComplaintCounts::default() };
            rank(valid_complaints(goal(2), &counts, &OPTIONS, &stage))
        };
        prop_assert!(at(valid, pending) <= at(valid + 1, pending));
        prop_assert!(at(valid, pending) <= at(valid, pending + 1));
        // A pending complaint found valid: the worst case was right.
        prop_assert!(at(valid, pending + 1) <= at(valid + 1, pending));
    }

    #[test]
    fn every_case_of_the_year_is_handled_due_or_waiting(cases in proptest::collection::vec((0u32..4, 1u32..365, 0u32..10, proptest::option::of(0u32..30)), 0..40), n in 1u32..365) {
        let date = |n: u32| NaiveDate::from_yo_opt(2026, n.min(365)).expect("a date");
        let facts: Vec<CaseFact> = cases.iter().map(|(kind, received, due, closed)| CaseFact {
            kind: CaseKind::ALL[*kind as usize],
            validity: None,
            received_on: date(*received),
            due_on: date(received + due),
            closed_on: closed.map(|c| date(received + c)),
            is_duplicate: false,
        }).collect();
        let stage = Stage::provisional(2026, date(n));
        let counts = count_handling(&facts, &OPTIONS, &stage);
        let received = facts.iter().filter(|f| f.received_on <= date(n) && matches!(f.kind, CaseKind::Complaint | CaseKind::Suggestion)).count();
        prop_assert_eq!(counts.handled + counts.open_due + counts.open_not_due, received as i64);
        let measured = handling_rate(goal(3), &counts, &stage);
        prop_assert_eq!(measured.status == NotMeasurable, counts.handled + counts.open_due == 0);
    }
}
