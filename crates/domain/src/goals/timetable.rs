//! When the goals of a year fall due: drafted and approved at its start, measured for good after its end. What is missed
//! climbs the line.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{GoalSet, GoalSetState};
use crate::access::PostCode;
use crate::org::climb::{Climbing, Ladder, Overdue, Pace};
use crate::org::superior::Seat;
use crate::shared::zone::{Tz, start_of};
use crate::shared::{EstateId, SettingKey, Settings, Subject, SubjectKind};

const LINE: Ladder = Ladder::Line { head: None };
const DAYS: Pace = Pace::WorkingDays(SettingKey::EscalationDays);

/// The goals of a year are to be drafted.
pub const DRAFT: Climbing = Climbing {
    deadline: "draft",
    ladder: LINE,
    pace: DAYS,
    clauses: &["POS-DEPMGR-02a"],
};
/// A draft is to be approved.
pub const APPROVE: Climbing = Climbing {
    deadline: "approve",
    ..DRAFT
};
/// A year is to be measured for good.
pub const MEASURE: Climbing = Climbing {
    deadline: "measure",
    clauses: &["GOAL-1", "GOAL-2", "GOAL-3", "GOAL-4", "GOAL-5"],
    ..DRAFT
};

/// The last second of a day of January: it is read as that day, not as the first instant of the next.
fn january(year: i32, day: i64, zone: Tz) -> DateTime<Utc> {
    let day = u32::try_from(day).unwrap_or(31).clamp(1, 31);
    let date = NaiveDate::from_ymd_opt(year, 1, day).unwrap_or(NaiveDate::MAX);
    start_of(date.succ_opt().unwrap_or(date), zone) - TimeDelta::seconds(1)
}

/// Until when the goals of `year` are drafted and approved.
#[must_use]
pub fn approval_due(year: i32, settings: &Settings, zone: Tz) -> DateTime<Utc> {
    january(year, settings.get(SettingKey::GoalApprovalDay), zone)
}

/// Until when `year` is measured for good.
#[must_use]
pub fn final_due(year: i32, settings: &Settings, zone: Tz) -> DateTime<Utc> {
    january(year + 1, settings.get(SettingKey::GoalFinalDay), zone)
}

/// What of a set is to be done, and until when; nothing once it is measured.
#[must_use]
pub fn due(set: &GoalSet, settings: &Settings, zone: Tz) -> Option<(&'static Climbing, DateTime<Utc>)> {
    match set.state {
        GoalSetState::Draft => Some((&APPROVE, approval_due(set.year, settings, zone))),
        GoalSetState::Approved | GoalSetState::Active => Some((&MEASURE, final_due(set.year, settings, zone))),
        GoalSetState::Measured | GoalSetState::Frozen => None,
    }
}

/// What of a set was missed by `now`: the centre manager has it.
#[must_use]
pub fn missed(set: &GoalSet, settings: &Settings, zone: Tz, now: DateTime<Utc>) -> Option<Overdue> {
    let (climbing, due_at) = due(set, settings, zone)?;
    let subject = Subject::new(SubjectKind::GoalSet, set.id);
    (due_at < now).then(|| overdue(subject, climbing, due_at, set.estate, PostCode::Cscmgr))
}

/// The goals of `year` that nobody drafted in time: the deputy manager has it.
#[must_use]
pub fn not_drafted(estate: EstateId, year: i32, settings: &Settings, zone: Tz, now: DateTime<Utc>) -> Option<Overdue> {
    let due_at = approval_due(year, settings, zone);
    let subject = Subject::new(SubjectKind::Estate, estate);
    (due_at < now).then(|| overdue(subject, &DRAFT, due_at, estate, PostCode::Depmgr))
}

fn overdue(
    subject: Subject,
    climbing: &'static Climbing,
    due_at: DateTime<Utc>,
    estate: EstateId,
    post: PostCode,
) -> Overdue {
    Overdue {
        subject,
        climbing,
        due_at,
        seat: Seat {
            post,
            estate,
            squad: None,
            area: None,
        },
        giver: None,
        assignee: None,
        made_at: due_at,
        hurries: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared::EmployeeId;
    use crate::shared::zone::DEFAULT_ZONE;

    #[test]
    fn pos_depmgr_02a_the_goals_of_a_year_have_their_days_in_january() {
        let settings = Settings::default();
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
        let set = |state| GoalSet {
            id: uuid::Uuid::now_v7(),
            estate: EstateId::generate(),
            year: 2026,
            state,
            drafted_by: EmployeeId::generate(),
            approved_by: None,
        };
        let due = |state| due(&set(state), &settings, DEFAULT_ZONE).map(|(what, at)| (what.deadline, at));
        assert_eq!(due(GoalSetState::Draft), Some(("approve", at("2026-01-15T15:59:59Z"))));
        assert_eq!(
            due(GoalSetState::Approved),
            Some(("measure", at("2027-01-31T15:59:59Z")))
        );
        assert_eq!(due(GoalSetState::Measured), None);
        let late = missed(
            &set(GoalSetState::Draft),
            &settings,
            DEFAULT_ZONE,
            at("2026-01-16T00:00:00Z"),
        );
        assert_eq!(late.map(|overdue| overdue.seat.post), Some(PostCode::Cscmgr));
        let estate = EstateId::generate();
        assert_eq!(
            not_drafted(estate, 2026, &settings, DEFAULT_ZONE, at("2026-01-15T15:59:59Z")),
            None
        );
        let own = Settings::of([(SettingKey::GoalApprovalDay, 5)]);
        assert!(not_drafted(estate, 2026, &own, DEFAULT_ZONE, at("2026-01-06T00:00:00Z")).is_some());
    }
}
