use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::*;
use crate::access::{Actor, ActorKind, HeldPost, PostCode};
use crate::org::superior::Decider;
use crate::service_desk::cases::Owner;
use crate::service_desk::{Decision, DecisionPath, Deed, Responsible};
use crate::shared::{AccountId, AssignmentId, EmployeeId, EstateId, LongText, Name, Note, Problem, ProblemCode};

fn person(estate: EstateId, post: PostCode) -> Actor {
    Actor {
        account: AccountId::generate(),
        employee: Some(EmployeeId::generate()),
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

fn owner(actor: &Actor) -> Owner {
    Owner {
        employee: actor.employee.expect("a person"),
        responsible: Responsible::post(actor.posts[0].post),
    }
}

fn party(side: PartySide, role: PartyRole) -> NewParty {
    NewParty {
        side,
        role,
        party_id: None,
        house_id: None,
        name: Some(Name::new("李四").expect("fits")),
        phone: None,
    }
}

fn new_dispute(kind: DisputeKind, parties: Vec<NewParty>) -> NewDispute {
    NewDispute {
        estate_id: None,
        kind,
        subject: LongText::new("楼上漏水，天花板损坏").expect("fits"),
        parties,
        origin_case: None,
        occurred_at: None,
    }
}

fn two() -> Vec<NewParty> {
    vec![
        party(PartySide::Applicant, PartyRole::Owner),
        party(PartySide::Respondent, PartyRole::Owner),
    ]
}

fn decision(actor: &Actor) -> Decision {
    Decision {
        by: Decider {
            post: actor.posts[0].post,
            assignment: Some(actor.posts[0].assignment),
            employee: actor.employee.expect("a person"),
            acting_for: None,
        },
        path: DecisionPath { steps: vec![] },
    }
}

struct Table {
    recept: Actor,
    renoadm: Actor,
    pubsup: Actor,
    asstmgr: Actor,
    cscmgr: Actor,
    now: DateTime<Utc>,
    cost_fen: i64,
    dispute: Dispute,
}

impl Table {
    fn new() -> Self {
        let estate = EstateId::generate();
        let recept = person(estate, PostCode::Recept);
        let now = "2026-03-04T02:00:00Z".parse().expect("an instant");
        let new = new_dispute(DisputeKind::OwnerOwner, two());
        let deed = Deed::now(&recept, now);
        let dispute = open(
            &new,
            estate,
            "JF2026-000001".to_owned(),
            now + TimeDelta::days(3),
            &deed,
        )
        .expect("opened")
        .record;
        Self {
            renoadm: person(estate, PostCode::Renoadm),
            pubsup: person(estate, PostCode::Pubsup),
            asstmgr: person(estate, PostCode::Asstmgr),
            cscmgr: person(estate, PostCode::Cscmgr),
            now,
            cost_fen: 0,
            dispute,
            recept,
        }
    }

    fn mediator(&self) -> &Actor {
        match self.dispute.level {
            Level::EstateOfficer if self.dispute.mediator_id == self.renoadm.employee => &self.renoadm,
            Level::EstateOfficer => &self.recept,
            Level::Pubsup => &self.pubsup,
            Level::Asstmgr => &self.asstmgr,
            Level::Cscmgr | Level::Authority => &self.cscmgr,
        }
    }

    fn act(&mut self, action: DisputeAction) -> Result<(), Problem> {
        let (dispute, due) = (&self.dispute, self.now + TimeDelta::days(3));
        let mediator = Deed::now(self.mediator(), self.now);
        let note = Note::new("双方各执一词").expect("fits");
        let text = LongText::new("上门查看").expect("fits");
        let step = match action {
            DisputeAction::Assign => {
                let to = if dispute.mediator_id == self.recept.employee {
                    &self.renoadm
                } else {
                    &self.recept
                };
                assign(
                    dispute,
                    &owner(to),
                    Some(&note),
                    due,
                    &Deed::now(&self.pubsup, self.now),
                )?
            }
            DisputeAction::AddStep => add_step(dispute, &text, StepResult::NoAgreement, &mediator)?.0,
            DisputeAction::Escalate => escalate(dispute, &note, due, &mediator)?,
            DisputeAction::Settle => {
                let settlement = Settlement {
                    agreement: text,
                    cost_fen: self.cost_fen,
                    file_ids: vec![],
                    occurred_at: None,
                };
                settle(dispute, &settlement, &mediator)?
            }
            DisputeAction::DecideCost => {
                let decision = decision(&self.cscmgr);
                decide_cost(dispute, true, None, due, &decision, &Deed::now(&self.cscmgr, self.now))?
            }
            DisputeAction::Refer => refer(dispute, &Name::new("街道办").expect("fits"), &note, &mediator)?,
            DisputeAction::Close => close(dispute, &Deed::now(&self.pubsup, self.now))?,
            DisputeAction::Reopen => reopen(dispute, "协议未履行", due, &Deed::now(&self.recept, self.now))?,
        };
        self.dispute = step.record;
        Ok(())
    }

    fn run(&mut self, actions: &[DisputeAction]) -> DisputeState {
        for action in actions {
            self.act(*action)
                .unwrap_or_else(|problem| panic!("{action}: {problem}"));
        }
        self.dispute.state
    }
}

use DisputeAction::*;

#[test]
fn proc_pubsup_5_4_a_dispute_climbs_from_the_officer_to_the_authority() {
    let mut table = Table::new();
    assert_eq!(table.dispute.responsible.post, PostCode::Pubsup);
    assert_eq!(table.run(&[Assign, AddStep]), DisputeState::Mediating);
    assert_eq!(table.dispute.first_mediator, table.recept.employee);
    assert_eq!(table.run(&[Escalate]), DisputeState::EscalatedToPubsup);
    assert_eq!(table.dispute.responsible.post, PostCode::Pubsup);
    assert_eq!(table.run(&[AddStep, Escalate]), DisputeState::EscalatedToAsstmgr);
    assert_eq!(table.run(&[Escalate]), DisputeState::EscalatedToCscmgr);
    assert_eq!(table.run(&[Refer, Close]), DisputeState::Closed);
    assert_eq!(table.dispute.level, Level::Authority);
    assert_eq!(table.dispute.first_mediator, table.recept.employee, "kept");
}

#[test]
fn every_action_in_every_state_is_allowed_or_refused_as_the_table_says() {
    let ways: [(DisputeState, &[DisputeAction]); 8] = [
        (DisputeState::Opened, &[]),
        (DisputeState::Mediating, &[Assign]),
        (DisputeState::EscalatedToPubsup, &[Assign, Escalate]),
        (DisputeState::EscalatedToAsstmgr, &[Assign, Escalate, Escalate]),
        (DisputeState::EscalatedToCscmgr, &[Assign, Escalate, Escalate, Escalate]),
        (DisputeState::Settled, &[Assign, Settle]),
        (DisputeState::Referred, &[Assign, Escalate, Escalate, Refer]),
        (DisputeState::Closed, &[Assign, Settle, DecideCost, Close]),
    ];
    for (state, way) in ways {
        for action in DisputeAction::ALL {
            let mut table = Table::new();
            table.cost_fen = 50_000;
            assert_eq!(table.run(way), state);
            let before = table.dispute.clone();
            let outcome = table.act(*action);
            if action.states().contains(&state) {
                // The cost of the settlement waits for CSCMGR before it can be closed.
                let later = state == DisputeState::Settled && *action == Close;
                assert_eq!(outcome.is_err(), later, "{action} in {state}: {outcome:?}");
            } else {
                assert_eq!(
                    outcome.expect_err("refused").code,
                    ProblemCode::WrongState,
                    "{action} in {state}"
                );
                assert_eq!(table.dispute, before);
            }
        }
    }
}

#[test]
fn proc_recept_5_4_proc_renoadm_5_4_only_who_mediates_now_acts() {
    let mut table = Table::new();
    table.run(&[Assign]);
    let text = LongText::new("电话沟通").expect("fits");
    let step = |dispute: &Dispute, actor| add_step(dispute, &text, StepResult::Progress, &Deed::now(actor, table.now));
    assert!(step(&table.dispute, &table.recept).is_ok());
    for other in [&table.renoadm, &table.pubsup, &table.asstmgr] {
        assert_eq!(
            step(&table.dispute, other).expect_err("not theirs").code,
            ProblemCode::Forbidden
        );
    }
    let tech = person(table.dispute.estate_id, PostCode::Tech);
    let due = table.now;
    let refused = assign(
        &table.dispute,
        &owner(&tech),
        None,
        due,
        &Deed::now(&table.pubsup, table.now),
    );
    assert_eq!(refused.expect_err("no officer").errors[0].code, "not_an_estate_officer");
    let moved = assign(
        &table.dispute,
        &owner(&table.renoadm),
        None,
        due,
        &Deed::now(&table.pubsup, table.now),
    );
    assert_eq!(moved.expect_err("why?").errors[0].pointer, "/reason");
    table.run(&[Escalate]);
    let late = add_step(
        &table.dispute,
        &text,
        StepResult::Progress,
        &Deed::now(&table.recept, table.now),
    );
    assert_eq!(late.expect_err("the supervisor in person").code, ProblemCode::Forbidden);
}

#[test]
fn proc_pubsup_5_4_the_steps_of_the_mediation_are_offered_to_who_mediates() {
    let mut table = Table::new();
    table.run(&[Assign]);
    assert_eq!(
        offered(&table.dispute, &table.recept),
        [Assign, AddStep, Escalate, Settle],
        "the officer it was given to"
    );
    assert_eq!(offered(&table.dispute, &table.renoadm), [Assign]);
    table.cost_fen = 120_000;
    table.run(&[Escalate, Settle]);
    assert_eq!(
        offered(&table.dispute, &table.cscmgr),
        [DecideCost, Reopen],
        "nothing is closed before its cost is decided"
    );
}

#[test]
fn pos_pubsup_07_what_a_settlement_costs_is_decided_by_the_manager() {
    let mut table = Table::new();
    table.cost_fen = 120_000;
    table.run(&[Assign, Escalate, Settle]);
    assert_eq!(table.dispute.cost_decision, Some(CostDecision::Pending));
    let (due, note) = (table.now + TimeDelta::days(5), Note::new("金额过高").expect("fits"));
    let decide = |actor: &Actor, approved, reason| {
        let deed = Deed::now(actor, table.now);
        decide_cost(&table.dispute, approved, reason, due, &decision(actor), &deed)
    };
    assert_eq!(
        table.dispute.mediator_id, table.pubsup.employee,
        "who settled it mediated it"
    );
    assert_eq!(
        decide(&table.cscmgr, false, None).expect_err("why?").errors[0].pointer,
        "/reason"
    );
    let back = decide(&table.cscmgr, false, Some(&note)).expect("refused").record;
    assert_eq!(
        (back.state, back.step_due_at, back.settled_at),
        (DisputeState::EscalatedToPubsup, Some(due), None)
    );
    let paid = decide(&table.cscmgr, true, None).expect("approved").record;
    assert_eq!(paid.cost_decision, Some(CostDecision::Approved));
    assert_eq!(
        must_have_cost(&paid).expect_err("decided").code,
        ProblemCode::WrongState
    );
    table.cost_fen = -1;
    table.run(&[Reopen]);
    assert_eq!(
        table.act(Settle).expect_err("below nothing").errors[0].pointer,
        "/cost_fen"
    );
}

#[test]
fn pos_recept_02b_both_sides_are_named_and_a_quarrel_of_owners_has_no_management_in_it() {
    let estate = EstateId::generate();
    let tech = person(estate, PostCode::Tech);
    let now = DateTime::UNIX_EPOCH;
    let code = |kind, parties| {
        open(
            &new_dispute(kind, parties),
            estate,
            String::new(),
            now,
            &Deed::now(&tech, now),
        )
        .map_err(|problem| problem.errors[0].code.to_string())
        .map(|step| step.record.kind)
    };
    let one = vec![party(PartySide::Applicant, PartyRole::Owner)];
    assert_eq!(code(DisputeKind::OwnerOwner, one), Err("side_missing".to_owned()));
    let mut nameless = two();
    nameless[1].name = None;
    assert_eq!(code(DisputeKind::OwnerOwner, nameless), Err("required".to_owned()));
    let managed = vec![
        party(PartySide::Applicant, PartyRole::Owner),
        party(PartySide::Respondent, PartyRole::Management),
    ];
    assert_eq!(
        code(DisputeKind::OwnerOwner, managed.clone()),
        Err("management".to_owned())
    );
    assert_eq!(
        code(DisputeKind::OwnerManagement, managed),
        Ok(DisputeKind::OwnerManagement)
    );
    let crowd = (0..11).flat_map(|_| two()).collect();
    assert_eq!(code(DisputeKind::OwnerOwner, crowd), Err("too_many".to_owned()));
}

#[test]
fn proc_pubsup_5_4_a_late_settlement_is_taken_and_marked() {
    let mut table = Table::new();
    table.now += TimeDelta::days(4);
    assert!(table.dispute.overdue(table.now), "nobody named a mediator");
    table.run(&[Assign]);
    assert!(!table.dispute.overdue(table.now));
    table.run(&[Settle]);
    assert!(!table.dispute.settled_late);
    table.run(&[Reopen]);
    table.now += TimeDelta::days(4);
    table.run(&[Settle]);
    assert!(table.dispute.settled_late);
}

proptest! {
    #[test]
    fn no_order_of_actions_gets_round_the_rules(
        cost in 0i64..2,
        actions in proptest::collection::vec(0..DisputeAction::ALL.len(), 0..40),
    ) {
        let mut table = Table::new();
        table.cost_fen = cost;
        for action in actions {
            let before = table.dispute.clone();
            if table.act(DisputeAction::ALL[action]).is_err() {
                prop_assert_eq!(&table.dispute, &before);
            }
            let dispute = &table.dispute;
            if dispute.state.mediated() || dispute.state == DisputeState::Referred {
                prop_assert_eq!(dispute.level.state(), dispute.state);
            }
            prop_assert_eq!(dispute.state.mediated() || dispute.state == DisputeState::Opened, dispute.step_due_at.is_some());
            if dispute.state == DisputeState::Closed && cost > 0 && dispute.settled_at.is_some() {
                prop_assert_eq!(dispute.cost_decision, Some(CostDecision::Approved));
            }
        }
    }
}
