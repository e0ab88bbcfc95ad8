use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;

use super::*;
use crate::access::{Actor, ActorKind, Deed, HeldPost, Permission, PostCode};
use crate::org::seed;
use crate::org::superior::{Decider, Holder, Staff, StandIn};
use crate::org::tree::Tree;
use crate::shared::period::Period;
use crate::shared::{
    AccountId, AreaId, AssignmentId, EmployeeId, EstateId, LongText, Name, Note, Problem, ProblemCode, SquadId,
};
use PostCode::{
    Asstmgr, Cashier, Cleaner, Cleanlead, Cscmgr, Depmgr, Feecol, Finsup, Gm, Guard, Guardcapt, Guardlead, Pubsup,
    Recept, Renoadm, Tech, Ticket,
};

const ALL: &[PostCode] = &[
    Gm, Cscmgr, Depmgr, Asstmgr, Guardcapt, Guardlead, Guard, Pubsup, Recept, Renoadm, Cleanlead, Cleaner, Tech,
    Finsup, Cashier, Feecol, Ticket,
];
const ZONE: chrono_tz::Tz = chrono_tz::Asia::Shanghai;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).expect("a date")
}

fn now() -> DateTime<Utc> {
    "2026-03-02T02:00:00Z".parse().expect("an instant")
}

fn note(text: &str) -> Note {
    Note::new(text).expect("fits")
}

struct Centre {
    tree: Tree,
    estate: EstateId,
    holders: Vec<Holder>,
    stand_ins: Vec<StandIn>,
    entrusted: Vec<EmployeeId>,
}

impl Centre {
    /// One holder at each post.
    fn new() -> Self {
        let mut centre = Self {
            tree: seed::tree(today()),
            estate: EstateId::generate(),
            holders: vec![],
            stand_ins: vec![],
            entrusted: vec![],
        };
        for post in ALL {
            centre.hold(*post, None, None);
        }
        centre
    }

    fn hold(&mut self, post: PostCode, squad: Option<SquadId>, area: Option<AreaId>) -> EmployeeId {
        let employee = EmployeeId::generate();
        self.holders.push(Holder {
            assignment: AssignmentId::generate(),
            employee,
            post,
            estate: (post != Gm).then_some(self.estate),
            squad,
            area,
            period: Period::starting(today()),
            able: true,
        });
        employee
    }

    fn leaves(&mut self, post: PostCode) {
        self.holders.retain(|held| held.post != post);
    }

    fn holder(&self, post: PostCode) -> Holder {
        *self.holders.iter().find(|held| held.post == post).expect("a holder")
    }

    fn who(&self, post: PostCode) -> EmployeeId {
        self.holder(post).employee
    }

    fn acts(&mut self, stand_in: PostCode, principal: PostCode) {
        let held = self.holder(principal);
        self.stand_ins.push(StandIn {
            post: principal,
            estate: held.estate,
            assignment: Some(held.assignment),
            principal: Some(held.employee),
            employee: self.who(stand_in),
            excluded: vec![],
        });
    }

    fn staff(&self) -> Staff<'_> {
        Staff {
            tree: &self.tree,
            holders: &self.holders,
            stand_ins: &self.stand_ins,
            cover: seed::COVER,
            today: today(),
        }
    }

    fn giving(&self) -> Giving<'_> {
        Giving {
            estate: self.estate,
            staff: self.staff(),
            entrusted: &self.entrusted,
        }
    }

    fn right(&self, giver: PostCode, to: PostCode) -> Option<TaskRight> {
        let authority = self.giving().authority(self.who(giver), &self.holder(to))?;
        Some(authority.right)
    }

    fn actor(&self, employee: EmployeeId) -> Actor {
        let held = |post, assignment, acting_for, excluded: &[Permission]| HeldPost {
            assignment,
            post,
            estate: Some(self.estate),
            squad: None,
            area: None,
            acting_for,
            until: None,
            excluded: excluded.to_vec(),
            below: vec![],
            above: vec![],
        };
        let own = self.holders.iter().filter(|of| of.employee == employee);
        let acting = self.stand_ins.iter().filter(|of| of.employee == employee);
        Actor {
            account: AccountId::generate(),
            employee: Some(employee),
            kind: ActorKind::Person,
            posts: own
                .map(|of| held(of.post, of.assignment, None, &[]))
                .chain(acting.filter_map(|of| Some(held(of.post, of.assignment?, of.principal, &of.excluded))))
                .collect(),
        }
    }

    fn given(&self, giver: PostCode, to: PostCode) -> Task {
        let (holder, actor) = (self.holder(to), self.actor(self.who(giver)));
        let authority = self.giving().authority(self.who(giver), &holder).expect("may give");
        let new = new_task(holder.employee);
        let deed = Deed::now(&actor, now());
        give(
            &new,
            &authority,
            &holder,
            self.estate,
            "RW2026-000001".to_owned(),
            &deed,
        )
        .expect("given")
        .record
    }

    /// What somebody tries on a task, an hour after it was given.
    fn act(&self, task: &Task, action: TaskAction, who: EmployeeId) -> Result<Task, Problem> {
        let actor = self.actor(who);
        let deed = Deed::now(&actor, now() + TimeDelta::hours(1));
        let word = || -> Result<Decider, Problem> {
            let found = whose_word(task, &self.staff(), ZONE)?;
            let refused = || Problem::new(ProblemCode::Forbidden, crate::shared::Text::new("", ""));
            found.as_decider(who).copied().ok_or_else(refused)
        };
        let step = match action {
            TaskAction::Accept => accept(task, &deed),
            TaskAction::Start => start(task, &deed),
            TaskAction::ReportDone => report_done(task, &report(), &deed),
            TaskAction::Close => close(task, None, &word()?, &deed),
            TaskAction::Return => return_to_work(task, &back(None), &word()?, &deed),
            TaskAction::Change => change(task, &ChangeTask::default(), &word()?, &deed),
            TaskAction::Cancel => cancel(task, &note("不再需要"), &word()?, &deed),
        }?;
        Ok(step.record)
    }

    fn run(&self, mut task: Task, way: &[(TaskAction, PostCode)]) -> Task {
        for (action, post) in way {
            task = self
                .act(&task, *action, self.who(*post))
                .unwrap_or_else(|problem| panic!("{action} by {post}: {problem}"));
        }
        task
    }
}

fn new_task(assignee_id: EmployeeId) -> NewTask {
    NewTask {
        estate_id: None,
        title: Name::new("检查地下车库照明").expect("fits"),
        detail: None,
        assignee_id,
        assignment_id: None,
        due_at: now() + TimeDelta::days(2),
        priority: TaskPriority::Normal,
        source: TaskSource::Leader,
        source_ref: None,
        file_ids: vec![],
    }
}

fn report() -> ReportDone {
    ReportDone {
        result: LongText::new("已更换三盏灯").expect("fits"),
        file_ids: vec![],
        occurred_at: None,
    }
}

fn back(due_at: Option<DateTime<Utc>>) -> ReturnTask {
    ReturnTask {
        reason: note("B区两盏仍不亮"),
        due_at,
    }
}

use TaskAction::{Accept, Cancel, Change, Close, ReportDone as Report, Return, Start};

/// Done by TECH, given by PUBSUP.
const WAYS: [(TaskState, &[(TaskAction, PostCode)]); 7] = [
    (TaskState::Issued, &[]),
    (TaskState::Accepted, &[(Accept, Tech)]),
    (TaskState::InProgress, &[(Accept, Tech), (Start, Tech)]),
    (
        TaskState::ReportedDone,
        &[(Accept, Tech), (Start, Tech), (Report, Tech)],
    ),
    (
        TaskState::Returned,
        &[(Accept, Tech), (Start, Tech), (Report, Tech), (Return, Pubsup)],
    ),
    (
        TaskState::Closed,
        &[(Accept, Tech), (Start, Tech), (Report, Tech), (Close, Pubsup)],
    ),
    (TaskState::Cancelled, &[(Cancel, Pubsup)]),
];

#[test]
fn every_action_in_every_state_by_everybody_is_allowed_or_refused_as_the_table_says() {
    let present = Centre::new();
    let mut away = Centre::new();
    // While both are away: the captain acts for the supervisor, the receptionist for the technician.
    away.acts(Guardcapt, Pubsup);
    away.acts(Recept, Tech);
    for (centre, givers, assignees) in [
        (&present, &[Pubsup][..], &[Tech][..]),
        (&away, &[Guardcapt], &[Tech, Recept]),
    ] {
        for (state, way) in WAYS {
            // The steps before were taken by those who were there then.
            let task = present_run(centre, way);
            assert_eq!(task.state, state);
            for action in TaskAction::ALL {
                for post in ALL {
                    let side = if action.is_the_assignees() { assignees } else { givers };
                    let mine = side.contains(post);
                    let outcome = centre.act(&task, *action, centre.who(*post));
                    match (mine, action.states().contains(&state)) {
                        (true, true) => assert!(outcome.is_ok(), "{action} in {state} by {post}: {outcome:?}"),
                        (true, false) => assert_eq!(
                            outcome.expect_err("wrong state").code,
                            ProblemCode::WrongState,
                            "{action} in {state} by {post}"
                        ),
                        (false, _) => assert_eq!(
                            outcome.expect_err("not theirs").code,
                            ProblemCode::Forbidden,
                            "{action} in {state} by {post}"
                        ),
                    }
                }
            }
        }
    }
}

/// The same people while nobody is away.
fn present_run(centre: &Centre, way: &[(TaskAction, PostCode)]) -> Task {
    let there = Centre {
        tree: seed::tree(today()),
        estate: centre.estate,
        holders: centre.holders.clone(),
        stand_ins: vec![],
        entrusted: vec![],
    };
    there.run(there.given(Pubsup, Tech), way)
}

#[test]
fn each_post_is_given_tasks_by_the_one_it_reports_to_and_its_clause_says_so() {
    let centre = Centre::new();
    for (to, giver, clauses) in [
        (Cscmgr, Gm, &["POS-CSCMGR-12"][..]),
        (Depmgr, Cscmgr, &["POS-DEPMGR-09"]),
        (Asstmgr, Cscmgr, &["POS-ASSTMGR-02", "POS-ASSTMGR-09"]),
        (Asstmgr, Depmgr, &["POS-ASSTMGR-02", "POS-ASSTMGR-09"]),
        (Asstmgr, Gm, &["POS-ASSTMGR-09"]),
        (Guardcapt, Depmgr, &["POS-GUARDCAPT-12"]),
        (Guardlead, Guardcapt, &["POS-GUARDLEAD-08"]),
        (Guard, Guardlead, &["POS-GUARD-09"]),
        (Pubsup, Depmgr, &["POS-PUBSUP-16"]),
        (Recept, Pubsup, &["POS-RECEPT-11"]),
        (Renoadm, Pubsup, &["POS-RENOADM-08"]),
        (Cleanlead, Pubsup, &["POS-CLEANLEAD-10"]),
        (Cleaner, Cleanlead, &["POS-CLEANER-10"]),
        (Tech, Pubsup, &["POS-TECH-11"]),
        (Finsup, Depmgr, &["POS-FINSUP-06"]),
        (Cashier, Finsup, &["POS-CASHIER-09"]),
        (Feecol, Finsup, &["POS-FEECOL-06"]),
        (Ticket, Finsup, &["POS-TICKET-06"]),
    ] {
        let task = centre.given(giver, to);
        assert_eq!(task.entry("task_given").clauses, clauses, "{giver} to {to}");
        assert_eq!(task.missed().climbing.deadline, DEADLINE);
        assert!(clauses.ends_with(climbing(to).clauses), "{to}");
        assert!(centre.right(to, giver).is_none(), "{to} gives nothing to {giver}");
    }
}

#[test]
fn pos_asstmgr_02_whoever_is_not_above_gives_no_task() {
    let centre = Centre::new();
    assert_eq!(centre.right(Gm, Cleaner), Some(TaskRight::Line), "skip-level too");
    assert_eq!(centre.right(Depmgr, Asstmgr), Some(TaskRight::Assistance));
    assert_eq!(centre.right(Asstmgr, Pubsup), Some(TaskRight::Functional));
    assert_eq!(centre.right(Asstmgr, Guardcapt), Some(TaskRight::Functional));
    assert_eq!(centre.right(Renoadm, Cleanlead), Some(TaskRight::Functional));
    assert_eq!(centre.right(Cashier, Guardcapt), Some(TaskRight::Functional));
    for (giver, to) in [
        (Tech, Recept),
        (Pubsup, Guard),
        (Guardcapt, Pubsup),
        (Renoadm, Cleaner),
        (Asstmgr, Tech),
        (Asstmgr, Depmgr),
        (Depmgr, Cscmgr),
        (Pubsup, Asstmgr),
        (Pubsup, Pubsup),
    ] {
        assert_eq!(centre.right(giver, to), None, "{giver} to {to}");
    }
}

#[test]
fn proc_asstmgr_4_1_an_entrusted_duty_lets_the_assistant_give_to_anybody_but_their_own_superiors() {
    let mut centre = Centre::new();
    centre.entrusted.push(centre.who(Asstmgr));
    for to in [Depmgr, Pubsup, Tech, Cleaner, Ticket] {
        let right = centre.right(Asstmgr, to).unwrap_or_else(|| panic!("{to}"));
        let functional = to == Pubsup;
        assert_eq!(right == TaskRight::Functional, functional, "{to} by {right}");
    }
    assert_eq!(centre.right(Asstmgr, Cscmgr), None);
    assert_eq!(centre.right(Asstmgr, Gm), None);
    // The stand-in gives in the assistant's place; the duty of another person is not theirs.
    centre.acts(Renoadm, Asstmgr);
    assert_eq!(centre.right(Renoadm, Tech), Some(TaskRight::Entrusted));
    assert_eq!(centre.right(Asstmgr, Tech), None, "who is away gives nothing");
    centre.entrusted = vec![centre.who(Renoadm)];
    assert_eq!(centre.right(Renoadm, Tech), None);
}

#[test]
fn a_squad_leader_gives_within_the_squad_and_a_stand_in_in_place_of_the_principal() {
    let mut centre = Centre::new();
    let (one, two) = (SquadId::generate(), SquadId::generate());
    centre.leaves(Guardlead);
    centre.leaves(Guard);
    let (lead, other) = (
        centre.hold(Guardlead, Some(one), None),
        centre.hold(Guardlead, Some(two), None),
    );
    let guard = centre.hold(Guard, Some(one), None);
    let to = *centre.holders.iter().find(|held| held.employee == guard).expect("held");
    let right = |centre: &Centre, giver| centre.giving().authority(giver, &to);
    assert_eq!(right(&centre, lead).expect("same squad").right, TaskRight::Line);
    assert_eq!(right(&centre, other), None);
    centre.acts(Recept, Guardcapt);
    let acting = right(&centre, centre.who(Recept)).expect("acts for the captain");
    assert_eq!(acting.by.acting_for, Some(centre.who(Guardcapt)));
    assert_eq!(right(&centre, centre.who(Guardcapt)), None, "who is away gives nothing");
    let below = centre.giving().candidates(lead);
    assert_eq!(
        below.iter().map(|found| found.holder.employee).collect::<Vec<_>>(),
        [guard]
    );
}

#[test]
fn the_word_goes_from_the_giver_to_who_acts_to_who_follows_and_never_to_the_assignee() {
    let mut centre = Centre::new();
    let task = centre.given(Guardcapt, Guardlead);
    let word = |centre: &Centre, task: &Task| -> Vec<EmployeeId> {
        let found = whose_word(task, &centre.staff(), ZONE).expect("somebody");
        found.deciders.iter().map(|by| by.employee).collect()
    };
    assert_eq!(word(&centre, &task), [centre.who(Guardcapt)]);
    // Given by the stand-in: the principal who is back speaks.
    centre.acts(Recept, Guardcapt);
    let by_stand_in = centre.given(Recept, Guardlead);
    assert_eq!(by_stand_in.given_for, Some(centre.who(Guardcapt)));
    assert_eq!(word(&centre, &by_stand_in), [centre.who(Recept)]);
    centre.stand_ins.clear();
    assert_eq!(word(&centre, &by_stand_in), [centre.who(Guardcapt)]);
    // The assignee acts for the giver: the word goes up.
    centre.acts(Guardlead, Guardcapt);
    assert_eq!(word(&centre, &task), [centre.who(Depmgr)]);
    centre.stand_ins.clear();
    // The giver has left: whoever follows, and until then whoever stands above.
    centre.leaves(Guardcapt);
    assert_eq!(word(&centre, &task), [centre.who(Depmgr)]);
    let follower = centre.hold(Guardcapt, None, None);
    assert_eq!(word(&centre, &task), [follower]);
}

#[test]
fn who_reported_it_done_for_the_assignee_does_not_close_it() {
    let mut centre = Centre::new();
    let task = centre.run(centre.given(Pubsup, Recept), &[(Accept, Recept), (Start, Recept)]);
    // The supervisor acts for the receptionist, as happens at a counter.
    centre.acts(Pubsup, Recept);
    let done = centre
        .act(&task, Report, centre.who(Pubsup))
        .expect("acts for the assignee");
    assert_eq!(done.reported_by, Some(centre.who(Pubsup)));
    assert!(centre.act(&done, Close, centre.who(Pubsup)).is_err());
    assert!(centre.act(&done, Close, centre.who(Depmgr)).is_ok(), "one step up");
    let by = Decider {
        post: Pubsup,
        assignment: None,
        employee: centre.who(Pubsup),
        acting_for: None,
    };
    let actor = centre.actor(by.employee);
    let refused = close(&done, None, &by, &Deed::now(&actor, now())).expect_err("however they came to the chair");
    assert_eq!(refused.code, ProblemCode::SelfApproval);
}

#[test]
fn a_date_is_to_come_and_stands_once_the_task_is_reported_done() {
    let centre = Centre::new();
    let (holder, actor) = (centre.holder(Tech), centre.actor(centre.who(Pubsup)));
    let authority = centre.giving().authority(centre.who(Pubsup), &holder).expect("may");
    let deed = Deed::now(&actor, now());
    let late = NewTask {
        due_at: now(),
        ..new_task(holder.employee)
    };
    let refused = give(&late, &authority, &holder, centre.estate, String::new(), &deed).expect_err("passed");
    assert_eq!(
        (refused.errors[0].pointer.as_str(), refused.errors[0].code.as_ref()),
        ("/due_at", "in_the_past")
    );
    let done = centre.run(
        centre.given(Pubsup, Tech),
        &[(Accept, Tech), (Start, Tech), (Report, Tech)],
    );
    let by = authority.by;
    let later = ChangeTask {
        due_at: Some(now() + TimeDelta::days(9)),
        ..ChangeTask::default()
    };
    let refused = change(&done, &later, &by, &deed).expect_err("it is judged by the date it had");
    assert_eq!(refused.errors[0].code, "reported_done");
    let step = return_to_work(&done, &back(later.due_at), &by, &deed).expect("returned");
    assert_eq!(
        (step.record.due_at, step.record.reported_at, step.record.returned_count),
        (now() + TimeDelta::days(9), None, 1)
    );
    assert_eq!(step.entry.reason.as_deref(), Some("B区两盏仍不亮"));
}

#[test]
fn in_time_is_when_it_was_done_and_a_slow_clock_reports_nothing_before_the_step_before() {
    let centre = Centre::new();
    let tech = centre.actor(centre.who(Tech));
    let task = centre.run(centre.given(Pubsup, Tech), &[(Accept, Tech)]);
    let keyed = task.due_at + TimeDelta::hours(3);
    let at = |minutes| Deed::reported(&tech, keyed, Some(task.due_at - TimeDelta::minutes(minutes))).expect("believed");
    let started = start(&task, &at(60 * 24 * 10)).expect("started").record;
    assert_eq!(started.moved_at, task.moved_at, "not before it was accepted");
    assert!(started.overdue(keyed));
    let step = report_done(&started, &report(), &at(5)).expect("reported");
    assert!(!step.record.done_late() && !step.record.overdue(keyed));
    assert_eq!(step.entry.occurred_at, Some(task.due_at - TimeDelta::minutes(5)));
    assert_eq!(step.entry.changes["late"], false);
    let late = report_done(&started, &report(), &Deed::now(&tech, keyed)).expect("reported");
    assert!(late.record.done_late());
}

#[test]
fn the_rate_counts_what_is_done_or_past_its_date() {
    let (tech, recept) = (EmployeeId::generate(), EmployeeId::generate());
    let (due, later) = (now(), now() + TimeDelta::days(40));
    let task = |assignee, state, due_at, reported_at| Counted {
        assignee,
        post: if assignee == tech { Tech } else { Recept },
        state,
        due_at,
        reported_at,
    };
    let hour = TimeDelta::hours(1);
    let tasks = [
        task(tech, TaskState::Closed, due, Some(due)),
        task(tech, TaskState::ReportedDone, due, Some(due - hour)),
        task(tech, TaskState::Closed, due, Some(due + hour)),
        task(tech, TaskState::InProgress, due, None),
        task(recept, TaskState::Issued, later, None),
        task(recept, TaskState::Cancelled, due, None),
    ];
    let sums = statistics(&tasks, ZONE, due + hour);
    let expected = Figures {
        tasks: 5,
        cancelled: 1,
        on_time: 2,
        late: 1,
        overdue: 1,
        open: 1,
        on_time_rate_bp: Some(5_000),
    };
    assert_eq!(sums.all, expected);
    assert_eq!(sums.people[0].employee_id, tech, "those with most tasks first");
    assert_eq!(
        sums.people[1].figures.on_time_rate_bp, None,
        "no rate without a denominator"
    );
    let posts: Vec<PostCode> = sums.posts.iter().map(|of| of.post).collect();
    assert_eq!(posts, [Recept, Tech]);
    let months: Vec<(&str, i64)> = sums
        .months
        .iter()
        .map(|of| (of.month.as_str(), of.figures.tasks))
        .collect();
    assert_eq!(months, [("2026-03", 4), ("2026-04", 1)]);
}

proptest! {
    /// Whatever anybody tries in whatever order, with people away or not: a task ends by the giver's word on what the
    /// assignee's side reported, or by the giver's giving it up.
    #[test]
    fn no_order_of_actions_gets_round_the_rules(
        tries in proptest::collection::vec((0..TaskAction::ALL.len(), 0..ALL.len()), 1..60),
        away in any::<bool>(),
    ) {
        let mut centre = Centre::new();
        let mut task = centre.given(Pubsup, Tech);
        if away {
            centre.acts(Depmgr, Pubsup);
            centre.acts(Recept, Tech);
        }
        let hands: BTreeSet<EmployeeId> = [Tech, Recept].map(|post| centre.who(post)).into();
        let mut reporters = BTreeSet::new();
        for (action, place) in tries {
            let (action, who) = (TaskAction::ALL[action], centre.who(ALL[place]));
            let Ok(after) = centre.act(&task, action, who) else { continue };
            prop_assert!(action.states().contains(&task.state));
            prop_assert_eq!(action.is_the_assignees(), hands.contains(&who));
            prop_assert!(who != centre.who(Recept) || away, "only while acting");
            if action == Report {
                reporters.insert(who);
            }
            if action == Close {
                prop_assert!(after.reported_at.is_some() && !reporters.contains(&who));
            }
            if action != Change {
                prop_assert!(after.state != task.state);
            }
            prop_assert_eq!(after.ended_at.is_some(), matches!(after.state, TaskState::Closed | TaskState::Cancelled));
            prop_assert_eq!(after.reported_at.is_some(), matches!(after.state, TaskState::ReportedDone | TaskState::Closed));
            task = after;
        }
    }
}
