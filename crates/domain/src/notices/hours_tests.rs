//! What is held comes out once, whatever the hours.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::shared::zone::DEFAULT_ZONE;

fn hours(digests: bool) -> Hours {
    Hours {
        from: 21 * 60,
        until: 7 * 60 + 30,
        digest: 7 * 60 + 45,
        digests,
        zone: DEFAULT_ZONE,
    }
}

/// An instant by the clocks of Shanghai.
fn local(text: &str) -> DateTime<Utc> {
    format!("{text}:00+08:00").parse().expect("a time")
}

#[test]
fn what_comes_at_night_waits_for_the_morning_and_what_is_urgent_does_not() {
    let evening = local("2026-03-02T22:10");
    assert_eq!(
        hours(true).passage(evening, false),
        Passage::Held(local("2026-03-03T07:45"))
    );
    assert_eq!(
        hours(false).passage(evening, false),
        Passage::Held(local("2026-03-03T07:30"))
    );
    assert_eq!(hours(true).passage(evening, true), Passage::Now);
    for (at, passage) in [
        ("2026-03-02T20:59", Passage::Now),
        ("2026-03-02T21:00", Passage::Held(local("2026-03-03T07:45"))),
        ("2026-03-03T07:29", Passage::Held(local("2026-03-03T07:45"))),
        ("2026-03-03T07:30", Passage::Now),
    ] {
        assert_eq!(hours(true).passage(local(at), false), passage, "{at}");
    }
}

#[test]
fn a_digest_is_due_from_its_time_on_for_some_hours() {
    let day = Some("2026-03-03".parse().expect("a date"));
    for (at, due) in [
        ("2026-03-03T07:44", None),
        ("2026-03-03T07:45", day),
        ("2026-03-03T09:44", day),
        ("2026-03-03T09:45", None),
    ] {
        assert_eq!(hours(true).digest_due(local(at)), due, "{at}");
    }
    assert_eq!(
        hours(false).digest_due(local("2026-03-03T08:00")),
        None,
        "nobody asked for one"
    );
}

#[test]
fn a_digest_that_would_come_in_quiet_hours_comes_at_their_end() {
    let early = Hours {
        digest: 6 * 60,
        ..hours(true)
    };
    assert_eq!(early.digest_due(local("2026-03-03T06:00")), None);
    assert!(early.digest_due(local("2026-03-03T07:30")).is_some());
    assert_eq!(
        early.passage(local("2026-03-03T06:30"), false),
        Passage::Held(local("2026-03-03T07:30"))
    );
}

#[test]
fn nothing_is_kept_back_for_a_digest_of_the_evening() {
    let evening = Hours {
        digest: 20 * 60,
        ..hours(true)
    };
    assert_eq!(
        evening.passage(local("2026-03-02T22:10"), false),
        Passage::Held(local("2026-03-03T07:30"))
    );
    assert!(evening.digest_due(local("2026-03-03T20:00")).is_some());
}

#[test]
fn who_sleeps_by_day_is_told_in_the_afternoon() {
    let night_shift = Hours {
        from: 8 * 60,
        until: 16 * 60,
        ..hours(true)
    };
    assert_eq!(
        night_shift.passage(local("2026-03-03T10:00"), false),
        Passage::Held(local("2026-03-03T16:00"))
    );
    assert_eq!(night_shift.passage(local("2026-03-03T23:00"), false), Passage::Now);
}

#[test]
fn without_quiet_hours_nothing_is_held() {
    let never = Hours {
        from: 0,
        until: 0,
        ..hours(true)
    };
    for hour in 0..24 {
        let at = local("2026-03-03T00:00") + TimeDelta::hours(hour);
        assert_eq!(never.passage(at, false), Passage::Now);
    }
}

/// Runs the minutes of some days as the sender does: a digest takes everything held that may go, and what may go without a
/// digest goes alone. Gives the messages of each notice, and the digests of each day.
fn run(hours: &Hours, told: &[(i64, bool)], start: DateTime<Utc>) -> (Vec<u32>, BTreeMap<NaiveDate, u32>) {
    let mut messages = vec![0; told.len()];
    let mut held: Vec<(usize, DateTime<Utc>)> = Vec::new();
    let mut digests = BTreeMap::new();
    for minute in 0..4 * 24 * 60 {
        let now = start + TimeDelta::minutes(minute);
        for (place, (_, urgent)) in told.iter().enumerate().filter(|(_, (at, _))| *at == minute) {
            match hours.passage(now, *urgent) {
                Passage::Now => messages[place] += 1,
                Passage::Held(until) => held.push((place, until)),
            }
        }
        let digest = hours.digest_due(now).filter(|day| !digests.contains_key(day));
        let (go, stay): (Vec<_>, Vec<_>) = held.into_iter().partition(|(_, until)| *until <= now);
        held = stay;
        if let Some(day) = digest {
            *digests.entry(day).or_insert(0) += 1;
        }
        // In the digest or alone: each is said once either way.
        go.into_iter().for_each(|(place, _)| messages[place] += 1);
        held_only_while_quiet(hours, &held, now);
    }
    (messages, digests)
}

/// Nothing is held past the hours for whose sake it is held, but for a digest that comes soon after.
fn held_only_while_quiet(hours: &Hours, held: &[(usize, DateTime<Utc>)], now: DateTime<Utc>) {
    for (_, until) in held {
        assert!(
            *until > now && !hours.quiet(*until),
            "held until a time that is quiet too"
        );
        assert!(*until - now <= TimeDelta::hours(26));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_notice_is_lost_and_none_goes_out_twice(
        from in 0_u32..1440, until in 0_u32..1440, digest in 0_u32..1440, digests: bool,
        mut told in proptest::collection::vec((0_i64..2 * 24 * 60, any::<bool>()), 1..40),
    ) {
        told.sort_unstable();
        let hours = Hours { from, until, digest, digests, zone: DEFAULT_ZONE };
        let (messages, made) = run(&hours, &told, local("2026-03-02T00:00"));
        prop_assert!(messages.iter().all(|count| *count == 1), "{messages:?}");
        prop_assert!(made.values().all(|count| *count == 1));
    }

    #[test]
    fn what_is_urgent_is_never_held(from in 0_u32..1440, until in 0_u32..1440, minute in 0_i64..4000) {
        let hours = Hours { from, until, ..hours(true) };
        let at = local("2026-03-02T00:00") + TimeDelta::minutes(minute);
        prop_assert_eq!(hours.passage(at, true), Passage::Now);
    }
}
