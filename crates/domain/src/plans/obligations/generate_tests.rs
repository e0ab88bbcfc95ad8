use chrono::Days;
use chrono_tz::Asia::Shanghai;
use proptest::prelude::*;

use super::super::rules as shipped;
use super::*;
use crate::shared::period::Period;
use crate::shared::workdays::{DEFAULT_END_OF_WORK, DayKind, WorkdayCalendar};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn clockwork(calendar: &WorkdayCalendar) -> Clockwork<'_> {
    Clockwork {
        calendar,
        zone: Shanghai,
        end_of_work: DEFAULT_END_OF_WORK,
    }
}

fn all_rules() -> Vec<Rule> {
    let shipped = shipped(day("2019-01-01")).expect("readable");
    shipped.into_iter().map(|it| it.rule).collect()
}

fn rule(code: &str) -> Vec<Rule> {
    let mut rules = all_rules();
    rules.retain(|rule| rule.code == code);
    rules
}

fn holder(post: PostCode, period: Period) -> Holder {
    Holder {
        assignment: AssignmentId::generate(),
        employee: EmployeeId::generate(),
        post,
        estate: None,
        squad: None,
        area: None,
        period,
        able: true,
    }
}

fn ever(post: PostCode) -> Holder {
    holder(post, Period::starting(day("2019-01-01")))
}

/// When duties of a rule fall due for one holder of its first post, as `date time` in Shanghai.
fn due(code: &str, from: &str, until: &str) -> Vec<String> {
    // A duty beside another needs the other one too.
    let rules = all_rules();
    let post = rules.iter().find(|rule| rule.code == code).expect("a rule").posts[0];
    let holders = [ever(post)];
    let calendar = WorkdayCalendar::built_in();
    let clockwork = clockwork(&calendar);
    let ground = Ground {
        clockwork: &clockwork,
        holders: &holders,
        shifts: &[],
        absences: &[],
        acting: &[],
    };
    generate(&rules, &ground, day(from), day(until))
        .into_iter()
        .filter(|it| rules[it.rule].code == code && it.post == post)
        .map(|it| it.due_at.with_timezone(&Shanghai).format("%F %H:%M").to_string())
        .collect()
}

#[test]
fn proc_pubsup_5_2_proc_pubsup_5_5_duties_fall_due_by_working_days_holidays_and_make_up_days() {
    // The week of National Day 2026 is off; Sunday 20 September is worked.
    assert_eq!(
        due("OB-10", "2026-09-19", "2026-09-22"),
        ["2026-09-20 09:30", "2026-09-21 09:30"]
    );
    assert_eq!(due("OB-10", "2026-10-01", "2026-10-08"), Vec::<String>::new());
    assert_eq!(
        due("OB-22", "2026-09-14", "2026-09-28"),
        ["2026-09-20 17:00", "2026-09-24 17:00"]
    );
    // The week of the Spring Festival has no working day.
    assert_eq!(due("OB-22", "2026-02-16", "2026-02-23"), Vec::<String>::new());
    // The second working day before the month's last one.
    assert_eq!(due("OB-30", "2026-09-01", "2026-10-01"), ["2026-09-28 17:30"]);
    assert_eq!(due("OB-46", "2026-10-01", "2026-11-01"), ["2026-10-10 17:30"]);
    assert_eq!(due("OB-69", "2026-01-01", "2026-12-31"), ["2026-01-30 17:30"]);
    assert_eq!(due("OB-73", "2026-12-01", "2027-01-01"), ["2026-12-31 17:30"]);
}

#[test]
fn proc_guardcapt_5_9a_a_duty_beside_another_is_counted_from_its_deadline() {
    let review = due("OB-57", "2026-01-01", "2026-03-01");
    assert_eq!(review, ["2026-01-30 17:30"]);
    assert_eq!(due("OB-58", "2026-01-01", "2026-03-01"), ["2026-01-23 17:30"]);
    assert_eq!(due("OB-78", "2026-01-01", "2026-03-01"), ["2026-01-20 17:30"]);
}

#[test]
fn pos_guardlead_04a_a_duty_of_the_shift_follows_the_roster() {
    let rules = rule("OB-01");
    let lead = ever(PostCode::Guardlead);
    let night = Span {
        from: "2026-10-02T12:00:00Z".parse().expect("an instant"),
        until: "2026-10-03T00:00:00Z".parse().expect("an instant"),
    };
    let shift = DutyShift {
        employee: lead.employee,
        post: PostCode::Guardlead,
        on: day("2026-10-02"),
        span: night,
    };
    let calendar = WorkdayCalendar::built_in();
    let clockwork = clockwork(&calendar);
    let ground = Ground {
        clockwork: &clockwork,
        holders: &[lead],
        shifts: &[shift],
        absences: &[],
        acting: &[],
    };
    let dues = generate(&rules, &ground, day("2026-10-01"), day("2026-10-08"));
    assert_eq!(dues.len(), 1, "guards work in the holidays too");
    assert_eq!(dues[0].due_at, night.from + TimeDelta::hours(2));
    assert_eq!(
        (dues[0].turn.as_str(), dues[0].opens_at),
        ("2026-10-02/1200Z", night.from)
    );
}

#[test]
fn proc_pubsup_5_11_who_is_away_owes_no_morning_unless_somebody_acts() {
    let rules = rule("OB-10");
    let pubsup = ever(PostCode::Pubsup);
    let calendar = WorkdayCalendar::built_in();
    let clockwork = clockwork(&calendar);
    let away = Span {
        from: "2026-03-01T16:00:00Z".parse().expect("an instant"),
        until: "2026-03-02T16:00:00Z".parse().expect("an instant"),
    };
    let count = |absences: &[(EmployeeId, Span)], acting: &[(AssignmentId, Span)]| {
        let ground = Ground {
            clockwork: &clockwork,
            holders: &[pubsup],
            shifts: &[],
            absences,
            acting,
        };
        generate(&rules, &ground, day("2026-03-02"), day("2026-03-04")).len()
    };
    assert_eq!(count(&[], &[]), 2);
    assert_eq!(count(&[(pubsup.employee, away)], &[]), 1);
    assert_eq!(count(&[(pubsup.employee, away)], &[(pubsup.assignment, away)]), 2);
}

#[test]
fn a_duty_for_the_post_is_there_once_whoever_holds_it() {
    let rules = rule("OB-46");
    let holders = [ever(PostCode::Tech), ever(PostCode::Tech)];
    let calendar = WorkdayCalendar::built_in();
    let clockwork = clockwork(&calendar);
    let ground = Ground {
        clockwork: &clockwork,
        holders: &holders,
        shifts: &[],
        absences: &[],
        acting: &[],
    };
    let dues = generate(&rules, &ground, day("2026-03-01"), day("2026-04-01"));
    assert_eq!(dues.iter().map(|due| due.assignment).collect::<Vec<_>>(), [None]);
}

/// Holders that come and go, a roster, absences, own days of the calendar: what a year brings.
#[derive(Debug)]
struct Year {
    holders: Vec<Holder>,
    shifts: Vec<DutyShift>,
    absences: Vec<(EmployeeId, Span)>,
    acting: Vec<(AssignmentId, Span)>,
    own_days: Vec<(NaiveDate, DayKind)>,
    rules: Vec<Rule>,
}

const FIRST: &str = "2025-11-01";

fn a_year() -> impl Strategy<Value = Year> {
    let posts = proptest::sample::select(PostCode::ALL);
    let holders = proptest::collection::vec((posts, 0u64..300, proptest::option::of(1u64..300)), 1..12);
    let roster = proptest::collection::vec((0usize..12, 0u64..420, proptest::bool::ANY), 0..60);
    let spans = proptest::collection::vec((0usize..12, 0u64..420, 1u64..20), 0..6);
    let days = proptest::collection::vec((0u64..420, proptest::sample::select(DayKind::ALL)), 0..8);
    let change = proptest::option::of((0usize..78, 1u64..400, 0u32..20));
    (holders, roster, spans.clone(), spans, days, change).prop_map(|(holders, roster, away, acting, days, change)| {
        let at = |n: u64| day(FIRST) + Days::new(n);
        let holders: Vec<Holder> = holders
            .into_iter()
            .map(|(post, from, length)| {
                let until = length.map(|length| at(from + length));
                holder(post, Period { from: at(from), until })
            })
            .collect();
        let span = |from: u64, length: u64| Span {
            from: start_of(at(from), Shanghai),
            until: start_of(at(from + length), Shanghai),
        };
        let of = |n: usize| holders[n % holders.len()];
        // Nobody begins two shifts at once.
        let mut begun = BTreeSet::new();
        let shifts = roster
            .into_iter()
            .filter(|(n, on, night)| begun.insert((*n % holders.len(), *on, *night)))
            .map(|(n, on, night)| {
                let from = start_of(at(on), Shanghai) + TimeDelta::hours(if night { 20 } else { 8 });
                DutyShift {
                    employee: of(n).employee,
                    post: of(n).post,
                    on: at(on),
                    span: Span {
                        from,
                        until: from + TimeDelta::hours(12),
                    },
                }
            })
            .collect();
        let mut rules = all_rules();
        if let Some((which, on, minutes)) = change {
            let mut after = rules[which].clone();
            let on = at(on);
            rules[which].period.until = Some(on);
            after.period.from = on;
            if let DueRule::Day { .. } = after.due {
                after.due = DueRule::Day {
                    time: chrono::NaiveTime::from_hms_opt(10, minutes, 0).map(super::super::TimeOfDay),
                };
            }
            rules.push(after);
        }
        Year {
            absences: away
                .into_iter()
                .map(|(n, from, length)| (of(n).employee, span(from, length)))
                .collect(),
            acting: acting
                .into_iter()
                .map(|(n, from, length)| (of(n).assignment, span(from, length)))
                .collect(),
            own_days: days.into_iter().map(|(n, kind)| (at(n), kind)).collect(),
            shifts,
            rules,
            holders,
        }
    })
}

type Key = (String, String, PostCode, Option<AssignmentId>, DateTime<Utc>);

impl Year {
    fn generate(&self, from: NaiveDate, until: NaiveDate) -> Vec<Key> {
        let calendar = WorkdayCalendar::with_overrides(self.own_days.clone());
        let clockwork = clockwork(&calendar);
        let ground = Ground {
            clockwork: &clockwork,
            holders: &self.holders,
            shifts: &self.shifts,
            absences: &self.absences,
            acting: &self.acting,
        };
        let dues = generate(&self.rules, &ground, from, until);
        let key = |due: Due| {
            (
                self.rules[due.rule].code.clone(),
                due.turn,
                due.post,
                due.assignment,
                due.due_at,
            )
        };
        dues.into_iter().map(key).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Cut anywhere, across the end of the year, holidays, hires, exits and changes of rules, the pieces are the whole.
    #[test]
    fn der_x_2_nothing_is_doubled_or_lost_where_windows_meet(
        year in a_year(), cuts in proptest::collection::btree_set(0u64..420, 0..6),
    ) {
        let (from, until) = (day(FIRST), day(FIRST) + Days::new(420));
        let whole = year.generate(from, until);
        let mut pieces = Vec::new();
        let mut begin = from;
        for end in cuts.into_iter().map(|n| from + Days::new(n)).chain([until]) {
            pieces.extend(year.generate(begin, end));
            begin = end;
        }
        let (mut sorted, mut again) = (whole.clone(), pieces);
        sorted.sort();
        again.sort();
        prop_assert_eq!(&sorted, &again);
        prop_assert_eq!(year.generate(from, until), whole, "and again the same");
    }

    /// A turn has one duty for each who is bound; two people on the same assignment cannot be.
    #[test]
    fn a_turn_is_owed_once(year in a_year()) {
        let mut keys: Vec<(String, String, PostCode, Option<AssignmentId>)> = year
            .generate(day(FIRST), day(FIRST) + Days::new(420))
            .into_iter()
            .map(|(rule, turn, post, assignment, _)| (rule, turn, post, assignment))
            .collect();
        let count = keys.len();
        keys.sort();
        keys.dedup();
        prop_assert_eq!(keys.len(), count);
    }

    /// Whoever is bound holds the post on the day the duty falls due, or had the shift.
    #[test]
    fn nobody_owes_what_falls_due_outside_their_time(year in a_year()) {
        let periods: HashMap<AssignmentId, Period> = year.holders.iter().map(|it| (it.assignment, it.period)).collect();
        for (rule, turn, _, assignment, due_at) in year.generate(day(FIRST), day(FIRST) + Days::new(420)) {
            let Some(assignment) = assignment else { continue };
            let by_shift = turn.contains('/');
            let owed = if by_shift { turn[..10].parse().expect("a day") } else { business_date(due_at, Shanghai) };
            prop_assert!(periods[&assignment].contains(owed), "{} {}", rule, turn);
        }
    }
}
