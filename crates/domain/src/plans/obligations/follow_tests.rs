use chrono::TimeDelta;
use proptest::prelude::*;

use super::super::{confirm, miss, waive};
use super::*;
use crate::access::PostCode;
use crate::org::Responsible;
use crate::service_desk::overdue::FINISH;
use crate::shared::{AssignmentId, EmployeeId, EstateId, Note, Subject, SubjectKind};

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
}

/// A technician's finish: from 0 until 100, still to come.
fn standing() -> Standing {
    Standing {
        subject: Subject::new(SubjectKind::WorkOrder, uuid::Uuid::from_u128(7)),
        no: "GD2026-000007".to_owned(),
        estate: EstateId(uuid::Uuid::from_u128(1)),
        climbing: &FINISH,
        round: "1".to_owned(),
        responsible: Responsible {
            assignment: Some(AssignmentId(uuid::Uuid::from_u128(2))),
            ..Responsible::post(PostCode::Tech)
        },
        employee: Some(EmployeeId(uuid::Uuid::from_u128(3))),
        runs_from: Some(at(0)),
        due_at: Some(at(100)),
        hurries: false,
        hand: Hand::Runs,
    }
}

/// The duty of that, in this state.
fn with(status: ObligationStatus) -> Obligation {
    let mut duty = open(&standing(), at(0)).expect("it runs").record;
    match status {
        DoneOnTime => done(&mut duty, at(90)),
        DoneLate => done(&mut duty, at(110)),
        other => duty.status = other,
    }
    duty
}

/// The one change there is.
fn only(followed: Vec<Followed>) -> Option<Followed> {
    assert!(followed.len() < 2, "{followed:?}");
    followed.into_iter().next()
}

#[test]
fn pos_tech_06b_a_fact_opens_a_duty_of_whoever_has_the_record() {
    let opened = only(follow(&[], &standing(), at(5))).expect("a duty");
    let duty = &opened.record;
    assert_eq!((duty.rule.as_str(), duty.turn.as_str()), ("TR-23", "1"));
    assert_eq!((duty.opens_at, duty.due_at, duty.status), (at(0), at(100), Open));
    assert_eq!((duty.post, duty.employee), (PostCode::Tech, standing().employee));
    let clock = duty.record.as_ref().expect("a record");
    assert_eq!(
        (clock.deadline.as_str(), clock.no.as_str()),
        ("finish", "GD2026-000007")
    );
    assert!(opened.entry.is_none(), "the record's own trail says it");
    assert!(
        follow([duty], &standing(), at(6)).is_empty(),
        "and again nothing is new"
    );
}

#[test]
fn a_clock_that_never_ran_makes_no_duty() {
    for (hand, due_at) in [
        (Hand::Stopped(at(0)), Some(at(100))),
        (Hand::Void, Some(at(100))),
        (Hand::Runs, None),
        (Hand::Stopped(at(50)), None),
    ] {
        let standing = Standing {
            hand,
            due_at,
            ..standing()
        };
        assert!(follow(&[], &standing, at(60)).is_empty(), "{hand:?} {due_at:?}");
    }
    // One that was over before anybody watched is kept as it went.
    for (when, status) in [(100, DoneOnTime), (101, DoneLate)] {
        let standing = Standing {
            hand: Hand::Stopped(at(when)),
            ..standing()
        };
        let kept = only(follow(&[], &standing, at(500))).expect("a duty");
        assert_eq!((kept.record.status, kept.record.done_at), (status, Some(at(when))));
    }
}

/// Every state against every movement of the record.
#[test]
fn pos_recept_07a_what_becomes_of_a_duty_when_its_record_moves() {
    let later = Standing {
        due_at: Some(at(300)),
        ..standing()
    };
    let stopped = |minutes| Standing {
        hand: Hand::Stopped(at(minutes)),
        ..standing()
    };
    let void = Standing {
        hand: Hand::Void,
        ..standing()
    };
    // The state before; after it runs on, has more time, is done in time, is done late, is called off.
    for (before, runs, moved, in_time, late, off) in [
        (Open, Open, Open, DoneOnTime, DoneLate, Withdrawn),
        (Missed, Missed, Open, DoneOnTime, DoneLate, Withdrawn),
        (Explained, Explained, Open, DoneOnTime, DoneLate, Withdrawn),
        (DoneOnTime, Open, Open, DoneOnTime, DoneLate, DoneOnTime),
        (DoneLate, Open, Open, DoneOnTime, DoneLate, DoneLate),
        (Withdrawn, Open, Open, DoneOnTime, DoneLate, Withdrawn),
        // A superior has decided: only the deed itself still counts for a confirmed miss, nothing for what was let go.
        (
            ConfirmedMissed,
            ConfirmedMissed,
            ConfirmedMissed,
            DoneOnTime,
            DoneLate,
            ConfirmedMissed,
        ),
        (Waived, Waived, Waived, Waived, Waived, Waived),
    ] {
        let duty = with(before);
        let after = |standing: &Standing| {
            let followed = only(follow([&duty], standing, at(400)));
            let told = followed.as_ref().and_then(|it| it.entry.as_ref()).map(|entry| entry.to);
            let status = followed.map_or(before, |it| it.record.status);
            assert_eq!(
                told,
                (status != before).then_some(Some(status.code())),
                "{before} → {status}"
            );
            status
        };
        assert_eq!(after(&standing()), runs, "{before} runs on");
        assert_eq!(after(&later), moved, "{before} has more time");
        assert_eq!(after(&stopped(100)), in_time, "{before} done in time");
        assert_eq!(after(&stopped(101)), late, "{before} done late");
        assert_eq!(after(&void), off, "{before} called off");
    }
}

#[test]
fn pos_recept_09a_the_duty_goes_with_the_record_to_whoever_has_it() {
    let other = Standing {
        employee: Some(EmployeeId(uuid::Uuid::from_u128(4))),
        hurries: true,
        ..standing()
    };
    for status in [Open, Missed, Explained] {
        let moved = only(follow([&with(status)], &other, at(50))).expect("another holder");
        assert_eq!((moved.record.employee, moved.record.status), (other.employee, status));
        assert!(moved.record.record.expect("a record").hurries);
        assert!(moved.entry.is_none());
    }
    // It is theirs who did it, or of whom a superior has decided.
    for (status, hand) in [
        (Open, Hand::Stopped(at(90))),
        (ConfirmedMissed, Hand::Runs),
        (Waived, Hand::Runs),
    ] {
        let other = Standing { hand, ..other.clone() };
        let holder = only(follow([&with(status)], &other, at(95))).map(|it| it.record.employee);
        assert!(holder.is_none_or(|holder| holder == standing().employee), "{status}");
    }
}

#[test]
fn proc_pubsup_5_4_a_level_that_passes_it_up_has_done_its_part_and_the_next_one_begins() {
    for (when, status) in [(90, DoneOnTime), (130, DoneLate)] {
        let next = Standing {
            round: "1/pubsup".to_owned(),
            runs_from: None,
            due_at: Some(at(500)),
            ..standing()
        };
        let before = with(if when > 100 { Missed } else { Open });
        let followed = follow([&before], &next, at(when));
        let [ended, begun] = followed.as_slice() else {
            panic!("one ends, one begins");
        };
        assert_eq!((ended.record.status, ended.record.done_at), (status, Some(at(when))));
        assert_eq!((begun.record.status, begun.record.opens_at), (Open, at(when)));
        // Sent to an authority, no further level has it.
        let referred = Standing {
            round: "1/authority".to_owned(),
            due_at: None,
            hand: Hand::Void,
            ..standing()
        };
        let last = only(follow([&before], &referred, at(when))).expect("it ends");
        assert_eq!(last.record.status, status);
    }
}

/// Something that happens to the record, or to its duty.
#[derive(Clone, Debug)]
enum Happens {
    Moves(i64),
    Goes(u128),
    Stops,
    RunsAgain,
    Void,
    NextRound,
    Nothing,
    Missed,
    Waived,
    Confirmed,
}

fn happens() -> impl Strategy<Value = Happens> {
    prop_oneof![
        (0i64..400).prop_map(Happens::Moves),
        (1u128..4).prop_map(Happens::Goes),
        Just(Happens::Stops),
        Just(Happens::RunsAgain),
        Just(Happens::Void),
        Just(Happens::NextRound),
        Just(Happens::Nothing),
        Just(Happens::Missed),
        Just(Happens::Waived),
        Just(Happens::Confirmed),
    ]
}

proptest! {
    /// Whatever happens in whatever order, at most one duty is open, the one of the present round, and it agrees with the record.
    #[test]
    fn a_duty_agrees_with_its_record(events in proptest::collection::vec((happens(), 0i64..400), 0..30)) {
        let note = Note::new("说明").expect("fits");
        let mut standing = standing();
        let mut duties: Vec<Obligation> = Vec::new();
        for (round, (event, minutes)) in events.into_iter().enumerate() {
            let now = at(minutes);
            match event {
                Happens::Moves(until) => standing.due_at = Some(at(until)),
                Happens::Goes(person) => standing.employee = Some(EmployeeId(uuid::Uuid::from_u128(person))),
                Happens::Stops => standing.hand = Hand::Stopped(now),
                Happens::RunsAgain => standing.hand = Hand::Runs,
                Happens::Void => standing.hand = Hand::Void,
                Happens::NextRound => {
                    (standing.round, standing.hand) = (format!("{}", round + 2), Hand::Runs);
                }
                Happens::Nothing => {}
                Happens::Missed | Happens::Waived | Happens::Confirmed => {
                    for duty in &mut duties {
                        let step = match event {
                            Happens::Missed => miss(duty, TimeDelta::zero(), now),
                            Happens::Waived => waive(duty, &note).ok(),
                            _ => confirm(duty, &note).ok(),
                        };
                        if let Some(step) = step {
                            *duty = step.record;
                        }
                    }
                    continue;
                }
            }
            for followed in follow(&duties, &standing, now) {
                match duties.iter_mut().find(|duty| duty.id == followed.record.id) {
                    Some(duty) => *duty = followed.record,
                    None => duties.push(followed.record),
                }
                // Stored in this order there are never two.
                prop_assert!(duties.iter().filter(|duty| duty.status == Open).count() <= 1);
            }
            prop_assert!(follow(&duties, &standing, now).is_empty(), "done again it changes nothing");
            for duty in &duties {
                prop_assert!(duty.opens_at <= duty.due_at);
                let decided = matches!(duty.status, Waived | ConfirmedMissed);
                if duty.turn != standing.round {
                    prop_assert!(!duty.status.takes_evidence(), "{} in an earlier round", duty.status);
                } else if !decided {
                    prop_assert_eq!(Some(duty.due_at), standing.due_at);
                    match standing.hand {
                        Hand::Runs => {
                            prop_assert!(matches!(duty.status, Open | Missed | Explained));
                            prop_assert_eq!(duty.employee, standing.employee);
                        }
                        Hand::Stopped(when) => {
                            let status = if when <= duty.due_at { DoneOnTime } else { DoneLate };
                            prop_assert_eq!((duty.status, duty.done_at), (status, Some(when)));
                        }
                        Hand::Void => prop_assert!(!duty.status.takes_evidence()),
                    }
                }
            }
        }
    }
}
