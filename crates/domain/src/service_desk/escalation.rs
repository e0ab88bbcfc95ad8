//! Overdue work climbs the line by itself: one post at the deadline, one more for every few working days.

use chrono::{DateTime, Utc};

use crate::access::PostCode;
use crate::shared::deadline::Clockwork;

/// Above a case and an order of the service desk (POS-RECEPT-07a).
pub const CASE_LINE: &[PostCode] = &[PostCode::Pubsup, PostCode::Depmgr, PostCode::Cscmgr];
/// Above a dispute: its third level is the assistant (PROC-PUBSUP-5.4).
pub const DISPUTE_LINE: &[PostCode] = &[PostCode::Pubsup, PostCode::Asstmgr, PostCode::Cscmgr];

/// How many posts of `line` know of it at `now`: 0 until `due`, 1 after it, one more for each `step_days` working days.
#[must_use]
pub fn level(
    line: &[PostCode],
    due: DateTime<Utc>,
    step_days: u32,
    clockwork: &Clockwork<'_>,
    now: DateTime<Utc>,
) -> usize {
    if now <= due {
        return 0;
    }
    let mut level = 1;
    let mut next = due;
    while level < line.len() {
        next = clockwork.working_days_after(next, step_days.max(1));
        if now <= next {
            break;
        }
        level += 1;
    }
    level
}

/// The post that a level stands for.
#[must_use]
pub fn post(line: &[PostCode], level: usize) -> Option<PostCode> {
    level.checked_sub(1).and_then(|place| line.get(place)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared::workdays::{DEFAULT_END_OF_WORK, WorkdayCalendar};
    use proptest::prelude::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn pos_recept_07a_overdue_work_climbs_one_post_per_step() {
        let calendar = WorkdayCalendar::built_in();
        let clockwork = Clockwork {
            calendar: &calendar,
            zone: chrono_tz::Asia::Shanghai,
            end_of_work: DEFAULT_END_OF_WORK,
        };
        // Thursday 17:30; Friday and Monday are the next working days.
        let due = at("2026-03-05T09:30:00Z");
        let level = |now| level(CASE_LINE, due, 1, &clockwork, at(now));
        assert_eq!(level("2026-03-05T09:30:00Z"), 0);
        assert_eq!(level("2026-03-05T09:30:01Z"), 1);
        assert_eq!(level("2026-03-06T09:30:01Z"), 2);
        assert_eq!(level("2026-03-09T09:30:00Z"), 2);
        assert_eq!(level("2026-03-09T09:30:01Z"), 3);
        assert_eq!(level("2027-03-09T09:30:01Z"), 3);
        assert_eq!(post(CASE_LINE, 0), None);
        assert_eq!(post(CASE_LINE, 3), Some(PostCode::Cscmgr));
        assert_eq!(post(DISPUTE_LINE, 2), Some(PostCode::Asstmgr));
    }

    proptest! {
        #[test]
        fn it_never_climbs_down_as_time_passes(a in 0i64..60 * 24 * 30, b in 0i64..60 * 24 * 30, step in 0u32..6) {
            let calendar = WorkdayCalendar::built_in();
            let clockwork = Clockwork {
                calendar: &calendar,
                zone: chrono_tz::Asia::Shanghai,
                end_of_work: DEFAULT_END_OF_WORK,
            };
            let due = at("2026-09-28T09:30:00Z");
            let (early, late) = (a.min(b), a.max(b));
            let level = |minutes| level(CASE_LINE, due, step, &clockwork, due + chrono::TimeDelta::minutes(minutes));
            prop_assert!(level(early) <= level(late));
            prop_assert!(level(late) <= CASE_LINE.len());
        }
    }
}
