//! Who does something, when it is recorded, and when a device says it happened.

use chrono::{DateTime, TimeDelta, Utc};

use super::Actor;
use crate::shared::{Problem, Text};

/// How far a device's clock may run ahead.
const AHEAD: TimeDelta = TimeDelta::minutes(5);
/// How long a device may have been away before its report is not believed any more.
const BEHIND: TimeDelta = TimeDelta::days(31);

/// One act on a record: the actor and its two times.
#[derive(Clone, Copy, Debug)]
pub struct Deed<'a> {
    /// Who does it.
    pub actor: &'a Actor,
    /// When it is recorded.
    pub now: DateTime<Utc>,
    /// When it happened.
    pub at: DateTime<Utc>,
}

impl<'a> Deed<'a> {
    /// An act that happens as it is recorded.
    #[must_use]
    pub const fn now(actor: &'a Actor, now: DateTime<Utc>) -> Self {
        Self { actor, now, at: now }
    }

    /// An act that a device reports, perhaps later than it happened.
    ///
    /// # Errors
    /// `validation_failed` on `/occurred_at` when it lies in the future or more than 31 days back.
    pub fn reported(actor: &'a Actor, now: DateTime<Utc>, occurred_at: Option<DateTime<Utc>>) -> Result<Self, Problem> {
        let Some(at) = occurred_at else {
            return Ok(Self::now(actor, now));
        };
        if at > now + AHEAD {
            return Err(Problem::field(
                "/occurred_at",
                "in_the_future",
                Text::new("发生时间不能晚于现在", "it cannot have happened after now"),
            ));
        }
        if at < now - BEHIND {
            return Err(Problem::field(
                "/occurred_at",
                "too_old",
                Text::new(
                    "发生时间早于31天前，请核对日期",
                    "it is more than 31 days ago: check the date",
                ),
            ));
        }
        Ok(Self {
            actor,
            now,
            at: at.min(now),
        })
    }

    /// The time for the trail, when it differs from the time of recording.
    #[must_use]
    pub fn occurred_at(&self) -> Option<DateTime<Utc>> {
        (self.at != self.now).then_some(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::ActorKind;
    use crate::shared::AccountId;

    #[test]
    fn a_device_may_be_late_and_a_little_ahead_but_not_far_off() {
        let actor = Actor {
            account: AccountId::generate(),
            employee: None,
            kind: ActorKind::System,
            posts: vec![],
        };
        let now = "2026-03-02T09:00:00Z".parse().expect("an instant");
        let report = |minutes| Deed::reported(&actor, now, Some(now + TimeDelta::minutes(minutes)));
        assert_eq!(
            report(-90).expect("late").occurred_at(),
            Some(now - TimeDelta::minutes(90))
        );
        assert_eq!(report(4).expect("a little ahead").at, now);
        assert_eq!(report(6).expect_err("ahead").errors[0].code, "in_the_future");
        assert_eq!(report(-60 * 24 * 32).expect_err("old").errors[0].code, "too_old");
        assert_eq!(Deed::now(&actor, now).occurred_at(), None);
    }
}
