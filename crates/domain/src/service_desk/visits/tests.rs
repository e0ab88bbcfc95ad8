use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::*;
use crate::access::{Actor, ActorKind};
use crate::service_desk::Deed;
use crate::shared::deadline::Clockwork;
use crate::shared::workdays::{DEFAULT_END_OF_WORK, WorkdayCalendar};
use crate::shared::{
    AccountId, EmployeeId, EstateId, LongText, Note, Problem, ProblemCode, SettingKey, Settings, Transition,
};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn person() -> Actor {
    Actor {
        account: AccountId::generate(),
        employee: Some(EmployeeId::generate()),
        kind: ActorKind::Person,
        posts: vec![],
    }
}

fn clocked<T>(f: impl FnOnce(&Clockwork<'_>) -> T) -> T {
    let calendar = WorkdayCalendar::built_in();
    f(&Clockwork {
        calendar: &calendar,
        zone: chrono_tz::Asia::Shanghai,
        end_of_work: DEFAULT_END_OF_WORK,
    })
}

fn closing(excluded: Vec<EmployeeId>, warranty: bool) -> Closing {
    Closing {
        estate_id: EstateId::generate(),
        subject: VisitSubject::WorkOrder,
        subject_id: Uuid::now_v7(),
        subject_no: "BX2026-000001".to_owned(),
        title: "厨房水管漏水".to_owned(),
        round: 0,
        house_id: None,
        party_id: None,
        excluded,
        warranty,
        // Wednesday 10:00 in Shanghai.
        closed_at: at("2026-03-04T02:00:00Z"),
    }
}

fn planned(closing: &Closing) -> Vec<Transition<Visit>> {
    clocked(|clockwork| due(closing, &Settings::default(), clockwork, closing.closed_at))
}

fn one() -> Visit {
    planned(&closing(vec![], false)).remove(0).record
}

fn answer(result: VisitResult) -> RecordVisit {
    RecordVisit {
        method: VisitMethod::Phone,
        result,
        comment: (result == VisitResult::Dissatisfied).then(|| Note::new("仍然漏水").expect("fits")),
        wants_follow_up: false,
        occurred_at: None,
    }
}

fn asked(visit: &Visit, actor: &Actor, answer: &RecordVisit) -> Result<Recorded, Problem> {
    let deed = Deed::now(actor, visit.due_at);
    clocked(|clockwork| record(visit, answer, &Settings::default(), clockwork, &deed))
}

#[test]
fn pos_recept_07b_pos_recept_09b_a_closing_makes_a_visit_due_and_a_warranty_repair_a_second() {
    let visits = planned(&closing(vec![], true));
    let dues: Vec<_> = visits.iter().map(|v| (v.record.reason, v.record.due_at)).collect();
    assert_eq!(
        dues,
        [
            (VisitReason::Closing, at("2026-03-09T09:30:00Z")),
            (VisitReason::Warranty, at("2026-04-03T09:30:00Z")),
        ]
    );
    assert_eq!(planned(&closing(vec![], false)).len(), 1);
}

#[test]
fn pos_recept_09b_the_technician_never_asks_about_the_own_repair() {
    let (technician, recept) = (person(), person());
    let visit = planned(&closing(technician.employee.into_iter().collect(), false))
        .remove(0)
        .record;
    let good = answer(VisitResult::Satisfied);
    assert_eq!(
        asked(&visit, &technician, &good).expect_err("own work").code,
        ProblemCode::SelfApproval
    );
    let deed = Deed::now(&recept, visit.due_at);
    let refused = assign(&visit, technician.employee.expect("a person"), &deed);
    assert_eq!(refused.expect_err("own work").errors[0].code, "own_work");
    assert!(assign(&visit, recept.employee.expect("a person"), &deed).is_ok());
    let done = asked(&visit, &recept, &good).expect("asked");
    assert_eq!(
        (done.record.state, done.answered, done.entries.len()),
        (VisitState::Closed, true, 2)
    );
}

#[test]
fn pos_recept_07b_nobody_reached_is_tried_again_until_the_tries_are_used_up() {
    let (recept, mut visit) = (person(), one());
    for attempt in 1..=3 {
        let before = visit.due_at;
        let tried = asked(&visit, &recept, &answer(VisitResult::Unreachable)).expect("tried");
        assert!(!tried.answered);
        visit = tried.record;
        assert_eq!(visit.attempts, attempt);
        assert!(visit.due_at > before);
    }
    assert_eq!(
        (
            visit.state,
            visit.result,
            Settings::default().get(SettingKey::VisitRetries)
        ),
        (VisitState::Closed, Some(VisitResult::Unreachable), 3)
    );
}

#[test]
fn pos_recept_07b_a_dissatisfied_resident_is_followed_up_before_the_visit_closes() {
    let (recept, visit) = (person(), one());
    let mut silent = answer(VisitResult::Dissatisfied);
    silent.comment = None;
    assert_eq!(
        asked(&visit, &recept, &silent).expect_err("why?").errors[0].pointer,
        "/comment"
    );
    let done = asked(&visit, &recept, &answer(VisitResult::Dissatisfied))
        .expect("asked")
        .record;
    assert_eq!(done.state, VisitState::Done);
    let deed = Deed::now(&recept, done.due_at);
    assert_eq!(close(&done, &deed).expect_err("not yet").code, ProblemCode::WrongState);
    let text = LongText::new("重新派工").expect("fits");
    let followed = follow_up(&done, &text, true, &deed).expect("followed up").record;
    assert_eq!(
        close(&followed, &deed).expect("closed").record.state,
        VisitState::Closed
    );
    let mut wish = answer(VisitResult::Satisfied);
    wish.wants_follow_up = true;
    let wished = asked(&visit, &recept, &wish).expect("asked").record;
    assert_eq!(wished.state, VisitState::Done);
    assert!(close(&wished, &deed).is_ok(), "content: the wish may be dropped");
}

#[test]
fn every_action_in_every_state_is_allowed_or_refused_as_the_table_says() {
    let recept = person();
    for state in VisitState::ALL {
        for action in VisitAction::ALL {
            let mut visit = one();
            visit.state = *state;
            let deed = Deed::now(&recept, visit.due_at + TimeDelta::hours(1));
            let text = LongText::new("已处理").expect("fits");
            let outcome = match action {
                VisitAction::Assign => assign(&visit, EmployeeId::generate(), &deed).map(|_| ()),
                VisitAction::Record => asked(&visit, &recept, &answer(VisitResult::Average)).map(|_| ()),
                VisitAction::FollowUp => follow_up(&visit, &text, false, &deed).map(|_| ()),
                VisitAction::Close => close(&visit, &deed).map(|_| ()),
            };
            match outcome {
                Ok(()) => assert!(action.states().contains(state), "{action} in {state}"),
                Err(problem) => {
                    assert!(!action.states().contains(state), "{action} in {state}: {problem}");
                    assert_eq!(problem.code, ProblemCode::WrongState);
                }
            }
        }
    }
}
