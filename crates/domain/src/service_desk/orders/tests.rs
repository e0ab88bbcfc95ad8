use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::*;
use crate::access::{Actor, ActorKind, HeldPost, PostCode};
use crate::service_desk::categories::Category;
use crate::service_desk::dispatch::{Candidate, Job, Suggestion, Weights, suggest};
use crate::service_desk::repairs::{NewRepair, RepairRequest, RequestState};
use crate::service_desk::{RepairCategory, Urgency, repairs::tests as requests};
use crate::shared::{AccountId, AssignmentId, EmployeeId, EstateId, LongText, Name, Note, ProblemCode};

const LIMITS: CostLimits = CostLimits {
    approval_fen: 20_000,
    expense_fen: 200_000,
};
const LATE: LateRule = LateRule {
    device_hours: 72,
    keyed_late_minutes: 10,
};

fn now() -> DateTime<Utc> {
    "2026-03-03T02:00:00Z".parse().expect("an instant")
}

fn note(text: &str) -> Note {
    Note::new(text).expect("fits")
}

fn actor(post: PostCode, estate: EstateId, employee: EmployeeId) -> Actor {
    Actor {
        account: AccountId::generate(),
        employee: Some(employee),
        kind: ActorKind::Person,
        posts: vec![HeldPost {
            assignment: AssignmentId::generate(),
            post,
            estate: Some(estate),
            squad: None,
            area: None,
            acting_for: None,
            until: None,
            excluded: vec![],
            below: vec![],
            above: vec![],
        }],
    }
}

struct Scene {
    request: RepairRequest,
    order: WorkOrder,
    technician: Actor,
    desk: Actor,
    supervisor: Actor,
}

fn candidates(people: &[EmployeeId]) -> Suggestion {
    let candidates: Vec<Candidate> = people
        .iter()
        .zip(0u32..)
        .map(|(employee, place)| Candidate {
            employee: *employee,
            categories: BTreeSet::from([RepairCategory::Water]),
            on_duty: true,
            on_call: false,
            next_shift: None,
            knows_area: false,
            open: vec![],
            week_minutes: place * 60,
            appointments: vec![],
        })
        .collect();
    let job = Job {
        category: RepairCategory::Water,
        urgency: Urgency::Normal,
        appointment: None,
    };
    suggest(&job, &candidates, &Weights::default())
}

fn to(technician: &Actor) -> Assignment {
    Assignment {
        technician: technician.employee.expect("a person"),
        assignment: technician.posts[0].assignment,
        post: PostCode::Tech,
        squad: None,
        area: None,
    }
}

fn scene_of(change: impl FnOnce(&mut NewRepair)) -> Scene {
    let estate = EstateId::generate();
    let request = requests::taken(estate, now(), change);
    let technician = actor(PostCode::Tech, estate, EmployeeId::generate());
    let desk = actor(PostCode::Recept, estate, EmployeeId::generate());
    let supervisor = actor(PostCode::Pubsup, estate, EmployeeId::generate());
    let (order, _, request) = dispatch(
        &request,
        &Category::shipped(RepairCategory::Water),
        &to(&technician),
        &candidates(&[technician.employee.expect("a person")]),
        None,
        "GD2026-000001".into(),
        &desk,
        now(),
    )
    .expect("dispatches");
    Scene {
        request: request.record,
        order: order.record,
        technician,
        desk,
        supervisor,
    }
}

fn scene() -> Scene {
    scene_of(|_| {})
}

fn completion() -> Completion {
    Completion {
        cause: note("阀门老化"),
        work_done: LongText::new("更换阀门").expect("fits"),
        materials_used: vec![],
        minutes_worked: WorkMinutes(45),
        charge_fen: Fen(0),
        safety_check: SafetyCheck {
            passed: true,
            note: None,
        },
        resident_sign: ResidentSign {
            kind: SignKind::Signed,
            name: Some(Name::new("张三").expect("fits")),
            file_id: None,
        },
        file_ids: vec![],
        occurred_at: None,
    }
}

fn material(cost: i64) -> Material {
    Material {
        name: Name::new("水泵").expect("fits"),
        quantity: Quantity(1000),
        unit: crate::shared::ShortCode::new("台").expect("fits"),
        cost_fen: Fen(cost),
    }
}

impl Scene {
    fn step_at(
        &self,
        act: &FieldAct,
        costs: &[Cost],
        at: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<Stepped, crate::shared::Problem> {
        let setting = Setting {
            request: &self.request,
            costs,
            limits: &LIMITS,
        };
        self.order
            .step(act, setting, &self.technician, LATE.timing(at, now)?, now)
    }

    fn step(&mut self, act: &FieldAct, costs: &[Cost]) -> Option<Cost> {
        match self.step_at(act, costs, None, now()).expect("fits") {
            Stepped::Applied(held) => {
                self.order = held.order;
                held.cost
            }
            Stepped::Noted(..) => panic!("kept as a note"),
        }
    }

    fn done(&mut self) {
        self.step(&FieldAct::Accept, &[]);
        self.step(&FieldAct::Arrive, &[]);
        self.step(&FieldAct::Finish(Box::new(completion())), &[]);
    }
}

#[test]
fn pos_recept_09a_every_state_allows_exactly_these_acts() {
    use OrderAct as A;
    use OrderState as S;
    let open = [A::Reassign, A::Cancel];
    let table: &[(S, &[(A, S)])] = &[
        (S::Dispatched, &[(A::Accept, S::Accepted)]),
        (
            S::Accepted,
            &[
                (A::Arrive, S::OnSite),
                (A::HoldMaterial, S::PendingMaterial),
                (A::HoldResident, S::PendingResident),
            ],
        ),
        (
            S::OnSite,
            &[
                (A::HoldMaterial, S::PendingMaterial),
                (A::HoldResident, S::PendingResident),
                (A::Finish, S::Done),
            ],
        ),
        (S::PendingMaterial, &[(A::Resume, S::OnSite)]),
        (S::PendingResident, &[(A::Resume, S::OnSite)]),
        (S::Done, &[(A::Verify, S::Verified), (A::Return, S::ReturnedToWork)]),
        (
            S::Verified,
            &[
                (A::Visit, S::Visited),
                (A::Close, S::Closed),
                (A::Return, S::ReturnedToWork),
            ],
        ),
        (S::ReturnedToWork, &[(A::Accept, S::Accepted), (A::Arrive, S::OnSite)]),
        (S::Visited, &[(A::Close, S::Closed), (A::Return, S::ReturnedToWork)]),
        (S::Closed, &[(A::Return, S::ReturnedToWork)]),
        (S::Cancelled, &[]),
    ];
    assert_eq!(table.len(), S::ALL.len());
    for (state, moves) in table {
        for act in A::ALL {
            let expected = moves.iter().find(|(a, _)| a == act).map(|(_, to)| *to).or_else(|| {
                (state.in_work() && open.contains(act)).then_some(match act {
                    A::Cancel => S::Cancelled,
                    _ => S::Dispatched,
                })
            });
            match (state.after(*act), expected) {
                (Ok(to), Some(expected)) => assert_eq!(to, expected, "{state} {act}"),
                (Err(problem), None) => assert_eq!(problem.code, ProblemCode::WrongState, "{state} {act}"),
                (got, expected) => panic!("{state} {act}: {got:?} instead of {expected:?}"),
            }
        }
    }
}

#[test]
fn pos_tech_06b_an_order_runs_from_dispatch_to_closing() {
    let mut scene = scene();
    assert_eq!(scene.request.state, RequestState::Dispatched);
    assert_eq!(
        scene.request.responsible_assignment,
        Some(scene.technician.posts[0].assignment)
    );
    scene.done();
    let verified = scene
        .order
        .verify(&Verify::default(), true, &scene.desk, now())
        .expect("verifies")
        .record;
    let early = verified.close(&scene.request, now()).expect_err("a resident waits");
    assert_eq!(early.code, ProblemCode::WrongState);
    let visited = verified.visited(Some("satisfied"), now()).expect("visited").record;
    let closed = visited.close(&scene.request, now()).expect("closes").record;
    assert_eq!(
        (closed.state, closed.rating.as_deref()),
        (OrderState::Closed, Some("satisfied"))
    );
    let request = scene.request.follow(&closed, now()).expect("follows").record;
    assert_eq!(request.state, RequestState::Closed);
}

#[test]
fn pos_recept_09c_another_than_the_suggested_technician_needs_a_reason() {
    let mut scene = scene();
    scene.request.state = RequestState::Requested;
    let other = EmployeeId::generate();
    let me = scene.technician.employee.expect("a person");
    let run = |reason: Option<&Note>| {
        dispatch(
            &scene.request,
            &Category::shipped(RepairCategory::Water),
            &to(&scene.technician),
            &candidates(&[other, me]),
            reason,
            "GD2026-000002".into(),
            &scene.desk,
            now(),
        )
    };
    assert_eq!(run(None).expect_err("no reason").errors[0].pointer, "/reason");
    let (_, given, _) = run(Some(&note("住户指定"))).expect("with a reason");
    assert_eq!((given.suggested_id, given.place), (Some(other), Some(2)));
    assert_eq!(given.reason.as_deref(), Some("住户指定"));
}

#[test]
fn pos_recept_09a_a_request_is_dispatched_once() {
    let scene = scene();
    let again = dispatch(
        &scene.request,
        &Category::shipped(RepairCategory::Water),
        &to(&scene.technician),
        &candidates(&[scene.order.technician_id]),
        None,
        "GD2026-000002".into(),
        &scene.desk,
        now(),
    );
    assert_eq!(again.expect_err("twice").code, ProblemCode::WrongState);
}

#[test]
fn only_the_technician_and_the_supervisor_take_steps() {
    let scene = scene();
    let setting = Setting {
        request: &scene.request,
        costs: &[],
        limits: &LIMITS,
    };
    let timing = LATE.timing(None, now()).expect("now");
    let stranger = actor(PostCode::Tech, scene.order.estate_id, EmployeeId::generate());
    let refused = scene.order.step(&FieldAct::Accept, setting, &stranger, timing, now());
    assert_eq!(refused.expect_err("not theirs").code, ProblemCode::Forbidden);
    let allowed = scene
        .order
        .step(&FieldAct::Accept, setting, &scene.supervisor, timing, now());
    assert!(matches!(allowed, Ok(Stepped::Applied(_))));
}

#[test]
fn proc_recept_5_3_closing_needs_evidence_and_another_pair_of_eyes() {
    let mut scene = scene();
    scene.done();
    let bare = scene.order.verify(&Verify::default(), false, &scene.desk, now());
    assert_eq!(bare.expect_err("no evidence").errors[0].pointer, "/evidence_waiver");
    let own = scene.order.verify(&Verify::default(), true, &scene.technician, now());
    assert_eq!(own.expect_err("own work").code, ProblemCode::SelfApproval);
    let returned = scene
        .order
        .return_to_work(&note("仍在滴水"), now())
        .expect("returns")
        .record;
    assert_eq!(
        (returned.state, returned.returned_count),
        (OrderState::ReturnedToWork, 1)
    );
    assert_eq!(returned.finished_at, None);
}

#[test]
fn pos_pubsup_09_a_cost_above_the_limit_waits_for_the_supervisor() {
    let mut scene = scene();
    scene.step(&FieldAct::Accept, &[]);
    scene.step(&FieldAct::Arrive, &[]);
    let mut dear = completion();
    dear.materials_used = vec![material(15_000), material(10_000)];
    let refused = scene.step_at(&FieldAct::Finish(Box::new(dear.clone())), &[], None, now());
    assert_eq!(refused.expect_err("not approved").errors[0].code, "approval_required");

    let hold = |amount| {
        FieldAct::Hold(Hold {
            kind: HoldKind::Material,
            reason: note("须换水泵"),
            cost: Some(AskCost {
                kind: CostKind::Material,
                amount_fen: Fen(amount),
            }),
            occurred_at: None,
        })
    };
    let small = scene.step_at(&hold(20_000), &[], None, now());
    assert_eq!(small.expect_err("within the limit").errors[0].code, "within_limit");
    let cost = scene.step(&hold(25_000), &[]).expect("asks");
    assert!(!cost.needs_expense_approval);
    assert_eq!(scene.order.state, OrderState::PendingMaterial);
    let early = scene.step_at(&FieldAct::Resume, std::slice::from_ref(&cost), None, now());
    assert_eq!(early.expect_err("undecided").code, ProblemCode::WrongState);

    let decision = crate::service_desk::Decision {
        by: crate::org::superior::Decider {
            post: PostCode::Pubsup,
            assignment: None,
            employee: scene.supervisor.employee.expect("a person"),
            acting_for: None,
        },
        path: crate::service_desk::DecisionPath { steps: vec![] },
    };
    let silent = cost.decide(&scene.order, false, None, &decision, now());
    assert_eq!(silent.expect_err("no reason").errors[0].pointer, "/reason");
    let approved = cost
        .decide(&scene.order, true, None, &decision, now())
        .expect("approves")
        .record;
    let twice = approved.decide(&scene.order, true, None, &decision, now());
    assert_eq!(twice.expect_err("decided").code, ProblemCode::WrongState);

    let costs = [approved];
    scene.step(&FieldAct::Resume, &costs);
    assert_eq!(scene.order.state, OrderState::OnSite);
    scene.step(&FieldAct::Finish(Box::new(dear)), &costs);
    assert_eq!(scene.order.state, OrderState::Done);
}

#[test]
fn a_large_cost_is_flagged_for_an_expense_approval() {
    let mut scene = scene();
    scene.step(&FieldAct::Accept, &[]);
    let hold = FieldAct::Hold(Hold {
        kind: HoldKind::Material,
        reason: note("更换主管"),
        cost: Some(AskCost {
            kind: CostKind::Material,
            amount_fen: Fen(200_001),
        }),
        occurred_at: None,
    });
    assert!(scene.step(&hold, &[]).expect("asks").needs_expense_approval);
    // Never arrived, so it goes on where it stopped.
    scene.step(&FieldAct::Resume, &[]);
    assert_eq!(scene.order.state, OrderState::Accepted);
}

#[test]
fn a_charge_needs_a_paid_repair() {
    let mut scene = scene();
    scene.step(&FieldAct::Accept, &[]);
    scene.step(&FieldAct::Arrive, &[]);
    let mut charged = completion();
    charged.charge_fen = Fen(100);
    let refused = scene.step_at(&FieldAct::Finish(Box::new(charged.clone())), &[], None, now());
    assert_eq!(refused.expect_err("free").errors[0].pointer, "/charge_fen");
    let mut paid = scene_of(|new| new.paid = true);
    paid.step(&FieldAct::Accept, &[]);
    paid.step(&FieldAct::Arrive, &[]);
    paid.step(&FieldAct::Finish(Box::new(charged)), &[]);
    assert_eq!(paid.order.state, OrderState::Done);
}

#[test]
fn the_devices_time_is_bounded_and_shown_as_keyed_late() {
    let now = now();
    let timing = |minutes: i64| LATE.timing(Some(now - TimeDelta::minutes(minutes)), now);
    assert!(timing(-6).is_err(), "in the future");
    assert_eq!(timing(-4).expect("a fast clock").at, now);
    assert!(!timing(10).expect("just now").keyed_late);
    assert!(timing(11).expect("late").keyed_late);
    assert!(timing(72 * 60 + 1).is_err(), "too old");
}

#[test]
fn pos_tech_06b_a_late_deed_that_no_longer_fits_is_kept_as_a_note() {
    let mut scene = scene();
    let other = actor(PostCode::Tech, scene.order.estate_id, EmployeeId::generate());
    let people = [scene.order.technician_id, other.employee.expect("a person")];
    let hour = now() + TimeDelta::hours(1);
    let (moved, given) = scene
        .order
        .reassign(
            &to(&other),
            &candidates(&people),
            &note("原维修员在抢修"),
            &scene.desk,
            hour,
        )
        .expect("reassigns");
    assert_eq!(given.place, Some(2));
    scene.order = moved.record;
    let deed = Some(now() + TimeDelta::minutes(30));
    match scene.step_at(&FieldAct::Accept, &[], deed, hour).expect("kept") {
        Stepped::Noted(note, entry) => {
            assert_eq!((note.act, note.met_state), (OrderAct::Accept, OrderState::Dispatched));
            assert_eq!(entry.action, "late_act_noted");
        }
        Stepped::Applied(_) => panic!("applied"),
    }
    let online = scene.step_at(&FieldAct::Accept, &[], None, hour);
    assert_eq!(online.expect_err("not theirs any more").code, ProblemCode::Forbidden);
}

#[test]
fn a_deadline_counts_from_when_it_happened() {
    let scene = scene();
    let late = now() + TimeDelta::hours(2);
    let deed = now() + TimeDelta::minutes(20);
    match scene.step_at(&FieldAct::Accept, &[], Some(deed), late).expect("fits") {
        Stepped::Applied(held) => {
            assert_eq!(held.order.accepted_at, Some(deed));
            assert!(held.order.keyed_late);
            assert!(deed <= held.order.response_due_at && late > held.order.response_due_at);
        }
        Stepped::Noted(..) => panic!("it fits"),
    }
}

proptest! {
    /// Whatever is done in whatever order, an order never leaves `cancelled`, and is closed only after it was verified.
    #[test]
    fn no_sequence_of_acts_skips_the_verification(acts in prop::collection::vec(0..OrderAct::ALL.len(), 0..40)) {
        let mut state = OrderState::Dispatched;
        let mut verified = false;
        for act in acts {
            let act = OrderAct::ALL[act];
            let Ok(next) = state.after(act) else { continue };
            prop_assert_ne!(state, OrderState::Cancelled);
            verified = match act {
                OrderAct::Verify => true,
                OrderAct::Return => false,
                _ => verified,
            };
            if matches!(next, OrderState::Visited | OrderState::Closed) {
                prop_assert!(verified);
            }
            state = next;
        }
    }
}
