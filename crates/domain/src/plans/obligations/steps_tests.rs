use proptest::prelude::*;

use super::super::ObligationId;
use super::ObligationStatus::Withdrawn;
use super::*;
use crate::access::PostCode;
use crate::shared::{AssignmentId, EmployeeId, EstateId, ProblemCode, SubjectKind};

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
}

/// Opens at 0, falls due at 100.
fn obligation(minimum: u16) -> Obligation {
    Obligation {
        id: ObligationId::generate(),
        estate: EstateId::generate(),
        rule: "OB-10".to_owned(),
        turn: "2026-03-02".to_owned(),
        post: PostCode::Pubsup,
        assignment: Some(AssignmentId::generate()),
        squad: None,
        area: None,
        employee: Some(EmployeeId::generate()),
        opens_at: at(0),
        due_at: at(100),
        minimum,
        found: 0,
        status: Open,
        done_at: None,
        explanation: None,
        remark: None,
        optional: false,
        record: None,
    }
}

fn fact(minutes: i64) -> Fact {
    Fact {
        subject: Subject::new(SubjectKind::WorkOrder, uuid::Uuid::now_v7()),
        occurred_at: at(minutes),
    }
}

fn with(status: ObligationStatus) -> Obligation {
    Obligation {
        status,
        ..obligation(1)
    }
}

#[test]
fn a_fact_decides_by_its_own_time() {
    for (status, when, then) in [
        (Open, 100, Some(DoneOnTime)),
        (Open, 101, Some(DoneLate)),
        (Missed, 101, Some(DoneLate)),
        (Explained, 500, Some(DoneLate)),
        (ConfirmedMissed, 500, Some(DoneLate)),
        // Done in time and recorded late: the device had no network.
        (Missed, 99, Some(DoneOnTime)),
        (Open, -1, None),
        (Waived, 50, None),
        (DoneOnTime, 50, None),
        (DoneLate, 50, None),
        (Withdrawn, 50, None),
    ] {
        let after = evidence(&with(status), &fact(when)).map(|step| step.record.status);
        assert_eq!(after, then, "{status} at {when}");
    }
}

#[test]
fn proc_depmgr_5_2a_a_minimum_count_is_counted() {
    let mut walks = obligation(3);
    for (when, status) in [(10, Open), (20, Open), (120, DoneLate)] {
        walks = evidence(&walks, &fact(when)).expect("counts").record;
        assert_eq!(walks.status, status);
    }
    assert_eq!((walks.found, walks.done_at), (3, Some(at(120))));
}

#[test]
fn what_is_over_was_missed_after_the_grace_and_a_reminder_never() {
    let grace = TimeDelta::minutes(15);
    assert!(miss(&obligation(1), grace, at(115)).is_none());
    assert_eq!(
        miss(&obligation(1), grace, at(116)).expect("over").record.status,
        Missed
    );
    let reminder = Obligation {
        optional: true,
        ..obligation(1)
    };
    assert!(miss(&reminder, grace, at(10_000)).is_none());
    for status in ObligationStatus::ALL.iter().filter(|status| **status != Open) {
        assert!(miss(&with(*status), grace, at(10_000)).is_none(), "{status}");
    }
}

#[test]
fn pos_cscmgr_09a_a_missed_duty_is_explained_and_then_waived_or_confirmed() {
    let note = Note::new("设备停电").expect("fits");
    for status in ObligationStatus::ALL {
        let open = matches!(status, Missed | Explained);
        assert_eq!(waive(&with(*status), &note).is_ok(), open, "{status}");
        assert_eq!(confirm(&with(*status), &note).is_ok(), open, "{status}");
    }
    let confirmed = confirm(&with(Explained), &note).expect("decided");
    assert_eq!(
        (confirmed.entry.action, confirmed.record.remark.as_deref()),
        ("confirmed_missed", Some("设备停电"))
    );
    let refused = waive(&with(Open), &note).expect_err("still open");
    assert_eq!(refused.code, ProblemCode::WrongState);
}

proptest! {
    /// In whatever order facts and the clock come, what is done is done, and the count is that of the facts taken.
    #[test]
    fn what_was_done_stays_done(minimum in 1u16..5, events in proptest::collection::vec((0i64..300, proptest::bool::ANY), 0..20)) {
        let mut now = obligation(minimum);
        let mut taken = 0;
        for (when, is_fact) in events {
            let before = now.clone();
            let step = if is_fact { evidence(&now, &fact(when)) } else { miss(&now, TimeDelta::zero(), at(when)) };
            if let Some(step) = step {
                taken += u16::from(is_fact);
                now = step.record;
            }
            prop_assert_eq!(now.found, taken);
            if matches!(before.status, DoneOnTime | DoneLate) {
                prop_assert_eq!(&now, &before);
            }
            prop_assert_eq!(matches!(now.status, DoneOnTime | DoneLate), now.found >= minimum);
        }
    }
}
