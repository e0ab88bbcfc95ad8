use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::*;
use crate::access::{Actor, ActorKind, HeldPost, PostCode};
use crate::org::seed;
use crate::org::superior::{Decider, Holder, Resolution, Staff, Step, Why};
use crate::service_desk::{Decision, Deed, DeskHours, Responsible};
use crate::shared::deadline::Clockwork;
use crate::shared::period::Period;
use crate::shared::workdays::{DEFAULT_END_OF_WORK, WorkdayCalendar};
use crate::shared::{AccountId, AssignmentId, EmployeeId, EstateId, LongText, Note, Problem, ProblemCode, Settings};

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

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn day() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 3, 4).expect("a date")
}

fn hours(calendar: &WorkdayCalendar) -> DeskHours<'_> {
    DeskHours {
        clockwork: Clockwork {
            calendar,
            zone: chrono_tz::Asia::Shanghai,
            end_of_work: DEFAULT_END_OF_WORK,
        },
        start_of_work: chrono::NaiveTime::from_hms_opt(8, 30, 0).expect("a time"),
    }
}

fn note() -> Note {
    Note::new("经核实").expect("fits")
}

fn long() -> LongText {
    LongText::new("已清扫并加派人手").expect("fits")
}

/// A desk with its people and one case.
struct Desk {
    recept: Actor,
    tech: Actor,
    pubsup: Actor,
    depmgr: Actor,
    now: DateTime<Utc>,
    case: Case,
    finding: Finding,
    measures: usize,
}

impl Desk {
    fn new(kind: CaseKind) -> Self {
        let estate = EstateId::generate();
        let recept = person(estate, PostCode::Recept);
        // Wednesday 10:00 in Shanghai.
        let now = at("2026-03-04T02:00:00Z");
        let calendar = WorkdayCalendar::built_in();
        let new = NewCase {
            kind,
            channel: Channel::Phone,
            field: CaseField::Cleaning,
            text: LongText::new("楼道三天没有打扫").expect("fits"),
            about_employee: None,
            house_id: None,
            party_id: None,
            estate_id: None,
            reporter_name: None,
            reporter_phone: None,
            file_ids: vec![],
            occurred_at: None,
        };
        let settings = Settings::default();
        let case = receive(
            &new,
            estate,
            "TS2026-000001".to_owned(),
            &settings,
            &hours(&calendar),
            &Deed::now(&recept, now),
        )
        .record;
        Self {
            recept,
            tech: person(estate, PostCode::Tech),
            pubsup: person(estate, PostCode::Pubsup),
            depmgr: person(estate, PostCode::Depmgr),
            now,
            case,
            finding: Finding::default(),
            measures: 0,
        }
    }

    /// What the resolver says: who decides, and the way there.
    fn resolve(&self, barred: &[EmployeeId]) -> Option<Resolution> {
        let holders: Vec<Holder> = [&self.recept, &self.tech, &self.pubsup, &self.depmgr]
            .into_iter()
            .map(|actor| Holder {
                assignment: actor.posts[0].assignment,
                employee: actor.employee.expect("a person"),
                post: actor.posts[0].post,
                estate: Some(self.case.estate_id),
                squad: None,
                area: None,
                period: Period::starting(day()),
                able: true,
            })
            .collect();
        let tree = seed::tree(day());
        let staff = Staff {
            tree: &tree,
            holders: &holders,
            stand_ins: &[],
            cover: seed::COVER,
            today: day(),
        };
        resolve(&staff, &self.case, barred, day()).ok()
    }

    fn decision(&self, actor: &Actor) -> Decision {
        Decision {
            by: Decider {
                post: actor.posts[0].post,
                assignment: Some(actor.posts[0].assignment),
                employee: actor.employee.expect("a person"),
                acting_for: None,
            },
            path: crate::service_desk::DecisionPath {
                steps: vec![Step {
                    post: PostCode::Pubsup,
                    why: Why::Named,
                }],
            },
        }
    }

    fn owner(&self, actor: &Actor) -> Owner {
        Owner {
            employee: actor.employee.expect("a person"),
            responsible: Responsible::post(actor.posts[0].post),
        }
    }

    /// Does `action` as the post that usually does it.
    fn act(&mut self, action: CaseAction) -> Result<(), Problem> {
        let (recept, owner, head) = (
            Deed::now(&self.recept, self.now),
            Deed::now(&self.tech, self.now),
            Deed::now(&self.pubsup, self.now),
        );
        let (case, finding, decision) = (&self.case, &self.finding, self.decision(&self.pubsup));
        let mut found = self.finding.clone();
        let mut measures = self.measures;
        let step = match action {
            CaseAction::Acknowledge => acknowledge(case, &recept)?,
            CaseAction::Change => {
                let field = Some(if case.field == CaseField::Other {
                    CaseField::Cleaning
                } else {
                    CaseField::Other
                });
                let to = ChangeCase {
                    field,
                    ..ChangeCase::default()
                };
                change(case, &to, &recept)?
            }
            CaseAction::Reclassify => {
                let kind = match case.kind {
                    CaseKind::Complaint => CaseKind::Suggestion,
                    _ => CaseKind::Complaint,
                };
                reclassify(case, kind, false, &note(), &recept)?
            }
            CaseAction::Assign => {
                let to = if case.owner_id == self.tech.employee {
                    &self.depmgr
                } else {
                    &self.tech
                };
                assign(case, &self.owner(to), Some(&note()), &recept)?
            }
            CaseAction::ProposeValidity => {
                let (step, new) = propose_validity(case, finding, Validity::Valid, &note(), &owner)?;
                found = new;
                step
            }
            CaseAction::ConfirmValidity => {
                let (step, new) = confirm_validity(case, finding, None, decision, &head)?;
                found = new;
                step
            }
            CaseAction::ReturnValidity => {
                let (step, new) = return_validity(case, finding, &note(), &decision, &head)?;
                found = new;
                step
            }
            CaseAction::AddMeasure => {
                measures += 1;
                add_measure(case, &long(), &owner)?.0
            }
            CaseAction::Reply => {
                let (step, new) = reply(case, finding, &long(), self.measures, &recept)?;
                found = new;
                step
            }
            CaseAction::CheckClosing => {
                let (step, new) = check_closing(case, finding, &decision, &head)?;
                found = new;
                step
            }
            CaseAction::ReturnClosing => {
                let (step, new) = return_closing(case, finding, &note(), &decision, &head)?;
                found = new;
                step
            }
            CaseAction::Close => close(case, finding, &recept)?,
            CaseAction::Reopen => {
                let (step, new) = reopen(case, finding, "仍未解决", self.now + TimeDelta::days(3), &recept)?;
                found = new;
                step
            }
            CaseAction::LinkDuplicate => {
                let master = Case {
                    id: CaseId::generate(),
                    validity: case.validity.map(|_| Validity::Pending),
                    ..case.clone()
                };
                let free = Case {
                    master_id: None,
                    ..case.clone()
                };
                link_duplicate(
                    &free,
                    &Case {
                        master_id: None,
                        ..master
                    },
                    false,
                    &recept,
                )?
            }
            CaseAction::UnlinkDuplicate => unlink_duplicate(case, finding, &note(), &recept)?,
        };
        assert_eq!(step.entry.subject.id, self.case.id.0);
        (self.case, self.finding, self.measures) = (step.record, found, measures);
        Ok(())
    }

    fn run(&mut self, actions: &[CaseAction]) -> CaseState {
        for action in actions {
            self.act(*action)
                .unwrap_or_else(|problem| panic!("{action}: {problem}"));
        }
        self.case.state
    }
}

use CaseAction::*;

/// The way of a valid complaint, step by step.
const WHOLE_WAY: &[CaseAction] = &[
    Assign,
    ProposeValidity,
    ConfirmValidity,
    AddMeasure,
    Reply,
    CheckClosing,
    Close,
];

#[test]
fn pos_recept_03b_a_valid_complaint_runs_from_the_desk_to_the_visit() {
    let mut desk = Desk::new(CaseKind::Complaint);
    assert_eq!(desk.case.validity, Some(Validity::Pending));
    assert_eq!(desk.case.due_at, at("2026-03-09T09:30:00Z"));
    assert_eq!(desk.run(WHOLE_WAY), CaseState::Closed);
    assert_eq!(desk.case.validity, Some(Validity::Valid));
    assert_eq!(desk.finding.decided_by, desk.pubsup.employee);
    assert_eq!(desk.finding.decision_path, Some(desk.decision(&desk.pubsup).path));
    assert_eq!(desk.case.validity_at, Some(desk.now));
    assert_eq!(desk.finding.answered_by, desk.recept.employee);
    let done = visited(&desk.case, &Deed::now(&desk.recept, desk.now)).expect("closed");
    assert_eq!(done.record.state, CaseState::Visited);
}

/// Every action in every state: those of the table do not answer with the state, all others do.
#[test]
fn every_action_in_every_state_is_allowed_or_refused_as_the_table_says() {
    let ways: [(CaseState, &[CaseAction]); 6] = [
        (CaseState::Received, &[]),
        (CaseState::Investigating, &WHOLE_WAY[..2]),
        (CaseState::ValidityDecided, &WHOLE_WAY[..3]),
        (CaseState::Handling, &WHOLE_WAY[..4]),
        (CaseState::Replied, &WHOLE_WAY[..5]),
        (CaseState::Closed, WHOLE_WAY),
    ];
    let mut seen = 0;
    for (state, way) in ways {
        for action in CaseAction::ALL {
            let mut desk = Desk::new(CaseKind::Complaint);
            assert_eq!(desk.run(way), state);
            desk.case.acknowledged_at = None;
            desk.case.master_id = (*action == UnlinkDuplicate).then(CaseId::generate);
            let before = (desk.case.clone(), desk.finding.clone());
            let gate = desk.case.gate(*action);
            let outcome = desk.act(*action);
            if action.states().contains(&state) {
                assert!(gate.is_ok(), "{action} in {state}");
                // Further conditions: a complaint is neither handled nor answered before its finding, nor a valid one
                // closed before its check.
                let later = matches!(
                    (state, action),
                    (CaseState::Received | CaseState::Investigating, Reply)
                        | (CaseState::Investigating, AddMeasure)
                        | (CaseState::ValidityDecided, Reply)
                        | (CaseState::Replied, Close)
                );
                assert_eq!(outcome.is_err(), later, "{action} in {state}: {outcome:?}");
            } else {
                assert_eq!(
                    gate.expect_err("refused").code,
                    ProblemCode::WrongState,
                    "{action} in {state}"
                );
                assert_eq!(outcome.expect_err("refused").code, ProblemCode::WrongState);
                assert_eq!(
                    (desk.case, desk.finding),
                    before,
                    "{action} in {state} changed something"
                );
            }
            seen += 1;
        }
    }
    assert_eq!(seen, 6 * CaseAction::ALL.len());
}

#[test]
fn pos_recept_03b_praise_and_enquiries_are_answered_at_the_desk_at_once() {
    for kind in [CaseKind::Suggestion, CaseKind::Praise, CaseKind::Enquiry] {
        let mut desk = Desk::new(kind);
        assert_eq!(desk.case.validity, None);
        assert_eq!(
            desk.act(ProposeValidity).expect_err("no complaint").code,
            ProblemCode::WrongState
        );
        assert_eq!(desk.run(&[Reply, Close]), CaseState::Closed);
        assert_eq!(desk.case.owner_id, desk.recept.employee);
    }
}

#[test]
fn term_2_who_proposes_never_confirms_and_only_the_owner_proposes() {
    let mut desk = Desk::new(CaseKind::Complaint);
    desk.run(&[Assign]);
    let stranger = Deed::now(&desk.recept, desk.now);
    let refused = propose_validity(&desk.case, &desk.finding, Validity::Valid, &note(), &stranger);
    assert_eq!(refused.expect_err("not the owner").code, ProblemCode::Forbidden);
    let owner = Deed::now(&desk.tech, desk.now);
    let pending = propose_validity(&desk.case, &desk.finding, Validity::Pending, &note(), &owner);
    assert_eq!(pending.expect_err("no finding").errors[0].pointer, "/validity");
    desk.run(&[ProposeValidity]);
    assert_eq!(
        involved(&desk.case, &desk.finding),
        [desk.tech.employee, desk.recept.employee, desk.tech.employee].map(|person| person.expect("a person"))
    );
    // Whoever proposed it stays involved when the case has moved on to somebody else.
    desk.run(&[Assign]);
    assert!(involved(&desk.case, &desk.finding).contains(&desk.tech.employee.expect("a person")));
}

#[test]
fn term_2_the_decision_goes_up_when_it_is_about_the_supervisor_or_their_people() {
    let mut desk = Desk::new(CaseKind::Complaint);
    let decides = |desk: &Desk| {
        let found = desk.resolve(&involved(&desk.case, &desk.finding))?;
        let way: Vec<_> = found.path.iter().skip(1).map(|step| (step.post, step.why)).collect();
        Some((found.deciders[0].employee, way))
    };
    let (pubsup, depmgr) = (
        desk.pubsup.employee.expect("a person"),
        desk.depmgr.employee.expect("a person"),
    );
    assert_eq!(decides(&desk), Some((pubsup, vec![(PostCode::Pubsup, Why::Named)])));
    let up = |why| Some((depmgr, vec![(PostCode::Pubsup, Why::Named), (PostCode::Depmgr, why)]));
    for person in [&desk.tech, &desk.recept, &desk.pubsup] {
        desk.case.about_employee = person.employee;
        assert_eq!(decides(&desk), up(Why::OwnPeople));
    }
    desk.case.about_employee = None;
    desk.case.owner_id = desk.pubsup.employee;
    assert_eq!(decides(&desk), up(Why::OwnWork), "who investigates");
    desk.case.owner_id = None;
    desk.case.received_by = desk.pubsup.employee;
    assert_eq!(decides(&desk), up(Why::OwnWork), "who wrote it down");
    desk.case.received_by = None;
    desk.finding.proposed_by = desk.pubsup.employee;
    assert_eq!(decides(&desk), up(Why::OwnWork), "who proposed it");
    desk.case.about_employee = desk.depmgr.employee;
    assert_eq!(decides(&desk), None, "nobody left in this centre");
}

#[test]
fn pos_recept_03b_who_answered_or_took_a_measure_does_not_check_the_closing() {
    let mut desk = Desk::new(CaseKind::Complaint);
    desk.run(&[Assign, ProposeValidity, ConfirmValidity]);
    let (pubsup, depmgr) = (desk.pubsup.employee, desk.depmgr.employee);
    let measure = Measure {
        id: MeasureId::generate(),
        text: String::new(),
        taken_by: pubsup,
        taken_at: desk.now,
        recorded_at: desk.now,
    };
    let checks = |desk: &Desk, measures: &[Measure]| {
        let barred = involved_in_closing(&desk.case, &desk.finding, measures);
        desk.resolve(&barred).map(|found| found.deciders[0].employee)
    };
    assert_eq!(checks(&desk, &[]), pubsup);
    assert_eq!(checks(&desk, &[measure]), depmgr);
    desk.finding.answered_by = pubsup;
    assert_eq!(checks(&desk, &[]), depmgr);
}

#[test]
fn the_person_complained_of_never_investigates() {
    let mut desk = Desk::new(CaseKind::Complaint);
    desk.case.about_employee = desk.tech.employee;
    assert_eq!(
        desk.act(Assign).expect_err("complained of").errors[0].code,
        "complained_of"
    );
    desk.case.about_employee = None;
    desk.run(&[Assign]);
    let deed = Deed::now(&desk.recept, desk.now);
    let moved = |reason| assign(&desk.case, &desk.owner(&desk.depmgr), reason, &deed);
    assert_eq!(moved(None).expect_err("why?").errors[0].pointer, "/reason");
    assert_eq!(moved(Some(&note())).expect("moved").entry.action, "reassigned");
}

#[test]
fn goal_3_a_reopened_case_is_not_handled_until_it_is_closed_again() {
    let mut desk = Desk::new(CaseKind::Complaint);
    desk.run(WHOLE_WAY);
    assert_eq!(desk.run(&[Reopen]), CaseState::Investigating);
    assert_eq!(
        (
            desk.case.closed_at,
            desk.case.reply.as_ref(),
            desk.finding.answered_by,
            desk.case.reopened_count,
        ),
        (None, None, None, 1)
    );
    assert_eq!(desk.case.validity, Some(Validity::Valid), "the finding stays");
    assert_eq!(desk.run(&[AddMeasure, Reply]), CaseState::Replied);
    assert!(desk.act(Close).is_err(), "the closing is checked again");
    assert_eq!(
        desk.run(&[ReturnClosing, Reply, CheckClosing, Close]),
        CaseState::Closed
    );
}

#[test]
fn goal_2_reclassification_changes_the_count_and_keeps_its_trail() {
    let mut desk = Desk::new(CaseKind::Complaint);
    desk.run(WHOLE_WAY);
    assert_eq!(desk.run(&[Reclassify]), CaseState::Closed);
    assert_eq!((desk.case.kind, desk.case.validity), (CaseKind::Suggestion, None));
    assert_eq!(
        desk.run(&[Reclassify]),
        CaseState::Investigating,
        "a complaint needs its finding"
    );
    assert_eq!(
        (desk.case.validity, desk.case.validity_at, desk.case.closed_at),
        (Some(Validity::Pending), None, None)
    );
    let deed = Deed::now(&desk.recept, desk.now);
    let linked = Case {
        master_id: Some(CaseId::generate()),
        ..desk.case.clone()
    };
    for (case, masters) in [(&linked, false), (&desk.case, true)] {
        let refused = reclassify(case, CaseKind::Suggestion, masters, &note(), &deed);
        assert_eq!(refused.expect_err("the event would vanish").errors[0].code, "linked");
    }
}

#[test]
fn goal_2_duplicates_share_the_finding_of_their_master() {
    let mut master = Desk::new(CaseKind::Complaint);
    let mut copy = master.case.clone();
    copy.id = CaseId::generate();
    copy.state = CaseState::Investigating;
    copy.owner_id = master.tech.employee;
    let recept = master.recept.clone();
    let deed = Deed::now(&recept, master.now);
    let link = |case: &Case, to: &Case, others| link_duplicate(case, to, others, &deed);
    let code = |outcome: Result<_, Problem>| {
        outcome
            .map(|_: crate::shared::Transition<Case>| ())
            .expect_err("refused")
            .errors[0]
            .code
            .clone()
    };
    assert_eq!(code(link(&copy, &copy, false)), "self");
    assert_eq!(code(link(&copy, &master.case, true)), "has_duplicates");
    let other_kind = Case {
        kind: CaseKind::Suggestion,
        ..master.case.clone()
    };
    assert_eq!(code(link(&copy, &other_kind, false)), "different");
    let linked = link(&copy, &master.case, false).expect("linked").record;
    assert_eq!(linked.validity, Some(Validity::Pending));
    let chained = Case {
        id: CaseId::generate(),
        ..copy.clone()
    };
    assert_eq!(code(link(&chained, &linked, false)), "master_is_duplicate");
    assert_eq!(inherit_finding(&linked, &master.case, &deed), None);
    master.run(&WHOLE_WAY[..3]);
    let heir = inherit_finding(&linked, &master.case, &deed).expect("found").record;
    assert_eq!(
        (heir.validity, heir.validity_at, heir.state),
        (Some(Validity::Valid), Some(master.now), CaseState::ValidityDecided)
    );
    let alone = unlink_duplicate(&heir, &Finding::default(), &note(), &deed)
        .expect("linked")
        .record;
    assert_eq!(
        (alone.master_id, alone.validity, alone.state),
        (None, Some(Validity::Pending), CaseState::Investigating)
    );
    let own = Finding {
        decided_at: Some(master.now),
        ..Finding::default()
    };
    let kept = unlink_duplicate(&heir, &own, &note(), &deed).expect("linked").record;
    assert_eq!(kept.validity, Some(Validity::Valid), "its own finding stays");
}

#[test]
fn pos_recept_07a_late_work_is_taken_and_marked_late() {
    let mut desk = Desk::new(CaseKind::Suggestion);
    let late = desk.case.due_at + TimeDelta::minutes(1);
    assert!(!desk.case.overdue(desk.case.due_at) && desk.case.overdue(late));
    desk.now = late;
    desk.run(&[Reply]);
    assert!(desk.case.answered_late() && !desk.case.overdue(late));
}

#[test]
fn pos_recept_07a_late_keying_counts_from_when_it_was_said() {
    let desk = Desk::new(CaseKind::Complaint);
    let calendar = WorkdayCalendar::built_in();
    let new = NewCase {
        kind: CaseKind::Complaint,
        channel: Channel::PublicPage,
        field: CaseField::Fees,
        text: long(),
        about_employee: None,
        house_id: None,
        party_id: None,
        estate_id: None,
        reporter_name: None,
        reporter_phone: None,
        file_ids: vec![],
        occurred_at: Some(desk.now - TimeDelta::days(1)),
    };
    let deed = Deed::reported(&desk.recept, desk.now, new.occurred_at).expect("believed");
    let case = receive(
        &new,
        desk.case.estate_id,
        String::new(),
        &Settings::default(),
        &hours(&calendar),
        &deed,
    )
    .record;
    assert_eq!(
        (case.received_at, case.created_at),
        (desk.now - TimeDelta::days(1), desk.now)
    );
    assert_eq!(case.due_at, at("2026-03-06T09:30:00Z"));
    assert_eq!(case.acknowledged_at, None, "a page is no conversation");
    assert_eq!(case.acknowledge_due_at, case.received_at + TimeDelta::hours(1));
    assert!(case.keyed_late(&Settings::default()) && case.acknowledged_late(desk.now));
    let night = at("2026-03-06T15:00:00Z");
    let monday = acknowledge_due_at(night, &Settings::default(), &hours(&calendar));
    assert_eq!(
        monday,
        at("2026-03-09T01:30:00Z"),
        "counted from when somebody sits there"
    );
}

proptest! {
    /// Whatever people try in whatever order: a complaint is never closed without a finding, a valid one never without
    /// a measure and a check, and a handled case has an answer.
    #[test]
    fn no_order_of_actions_gets_round_the_rules(
        complaint in any::<bool>(),
        actions in proptest::collection::vec(0..CaseAction::ALL.len(), 0..60),
    ) {
        let mut desk = Desk::new(if complaint { CaseKind::Complaint } else { CaseKind::Suggestion });
        for action in actions {
            let before = desk.case.clone();
            if desk.act(CaseAction::ALL[action]).is_err() {
                prop_assert_eq!(&desk.case, &before);
            }
            let case = &desk.case;
            prop_assert_eq!(case.kind == CaseKind::Complaint, case.validity.is_some());
            prop_assert_eq!(case.state.is_closed(), case.closed_at.is_some());
            if case.state.is_closed() {
                prop_assert!(case.reply.is_some());
                prop_assert_ne!(case.validity, Some(Validity::Pending));
                if case.validity == Some(Validity::Valid) {
                    prop_assert!(desk.measures > 0 && desk.finding.closing_checked_at.is_some());
                }
            }
            prop_assert!(case.reopened_count >= before.reopened_count);
        }
    }
}
