use proptest::prelude::*;

use super::*;

fn day(date: &str, kind: DayKind) -> CalendarDay {
    CalendarDay {
        date: date.parse().expect("a date"),
        kind,
        name: None,
    }
}

fn why() -> Note {
    Note::new("国务院办公厅通知").expect("fits")
}

fn of_2027() -> Level {
    Level::new(None, 2027).expect("a year")
}

fn entered(days: &[CalendarDay], by: AccountId) -> Result<CalendarYear, Problem> {
    enter(of_2027(), None, (&[], days), &why(), by, DateTime::UNIX_EPOCH).map(|step| step.record)
}

#[test]
fn der_x_1_days_are_entered_by_one_and_confirmed_by_another() {
    let (assistant, manager) = (AccountId::generate(), AccountId::generate());
    let days = [day("2027-01-01", DayKind::Holiday)];
    let year = entered(&days, assistant).expect("entered");
    assert_eq!((year.version, year.state()), (1, "entered"));
    let refused = confirm(&year, assistant, DateTime::UNIX_EPOCH).expect_err("own work");
    assert_eq!(refused.code, ProblemCode::SelfApproval);
    let confirmed = confirm(&year, manager, DateTime::UNIX_EPOCH).expect("confirmed").record;
    assert_eq!((confirmed.version, confirmed.state()), (2, "confirmed"));
    let twice = confirm(&confirmed, manager, DateTime::UNIX_EPOCH).expect_err("twice");
    assert_eq!(twice.code, ProblemCode::WrongState);
    let again = enter(
        of_2027(),
        Some(&confirmed),
        (&days, &[]),
        &why(),
        assistant,
        DateTime::UNIX_EPOCH,
    );
    let again = again.expect("entered again").record;
    assert_eq!(
        (again.id, again.version, again.confirmed_at),
        (year.id, 3, None),
        "to be confirmed anew"
    );
}

#[test]
fn a_day_must_fit_its_year_and_its_weekday_and_stand_once() {
    let faults = [
        (day("2026-12-31", DayKind::Holiday), "out_of_range"),
        (day("2027-01-02", DayKind::Workday), "wrong_weekday"), // a Saturday
        (day("2027-01-04", DayKind::MakeUpWorkday), "wrong_weekday"), // a Monday
        (day("2027-01-04", DayKind::Weekend), "wrong_weekday"),
    ];
    for (wrong, code) in faults {
        let refused =
            entered(&[day("2027-01-01", DayKind::Holiday), wrong], AccountId::generate()).expect_err("does not fit");
        assert_eq!(refused.errors.len(), 1);
        assert!(
            refused.errors[0].pointer.starts_with("/days/1/"),
            "{}",
            refused.errors[0].pointer
        );
        assert_eq!(refused.errors[0].code, code);
    }
    let twice = [day("2027-01-01", DayKind::Holiday), day("2027-01-01", DayKind::Workday)];
    assert_eq!(
        entered(&twice, AccountId::generate()).expect_err("twice").errors[0].code,
        "twice"
    );
    assert!(Level::new(None, 1999).is_none() && Level::new(None, 2101).is_none());
}

#[test]
fn ob_73_from_december_on_a_missing_year_is_warned_of() {
    let calendar = WorkdayCalendar::built_in();
    let on = |date: &str, year| warnings(&calendar, year, &[], date.parse().expect("a date"));
    assert!(on("2026-11-30", 2026).is_empty());
    assert_eq!(on("2026-12-01", 2026), [CalendarWarning::NextYearMissing]);
    assert_eq!(on("2026-11-30", 2027), [CalendarWarning::Unknown]);
    let known = WorkdayCalendar::with_overrides([("2027-01-01".parse().expect("a date"), DayKind::Holiday)]);
    let year = entered(&[day("2027-01-01", DayKind::Holiday)], AccountId::generate()).expect("entered");
    let told = warnings(&known, 2027, &[year], "2026-12-01".parse().expect("a date"));
    assert_eq!(told, [CalendarWarning::Unconfirmed]);
}

proptest! {
    /// Whatever was entered: the whole year taken out and brought back says the same of every day.
    #[test]
    fn a_year_brought_back_is_the_same_year(offs in proptest::collection::btree_map(0u64..365, 0usize..4, 0..30)) {
        let first: NaiveDate = "2026-01-01".parse().expect("a date");
        let below = WorkdayCalendar::built_in();
        let kinds = offs.into_iter().map(|(n, kind)| (first + chrono::Days::new(n), DayKind::ALL[kind]));
        let calendar = WorkdayCalendar::with_overrides(kinds);
        let year = || first.iter_days().take_while(|date| date.year() == 2026);
        let whole = year().map(|date| CalendarDay {
            date,
            kind: calendar.kind(date),
            name: calendar.holiday(date).and_then(|name| Name::new(&name.zh).ok()),
        });
        let back = entries(whole.collect(), &below);
        let again = WorkdayCalendar::with_overrides(back.iter().map(|day| (day.date, day.kind)));
        for date in year() {
            prop_assert_eq!(again.kind(date), calendar.kind(date), "{}", date);
        }
        prop_assert!(entries(back.clone(), &below).len() == back.len());
    }
}
