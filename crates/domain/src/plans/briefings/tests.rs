use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::access::{Actor, ActorKind, Deed, HeldPost, PostCode};
use crate::org::superior::{Decider, Holder, Staff};
use crate::org::tree::Tree;
use crate::org::{Responsible, seed};
use crate::plans::obligations::To;
use crate::shared::period::Period;
use crate::shared::{
    AccountId, AssignmentId, EmployeeId, EstateId, Note, Problem, ProblemCode, SquadId, Subject, SubjectKind,
};
use PostCode::{Cleanlead, Depmgr, Finsup, Guardcapt, Guardlead, Pubsup, Recept, Renoadm, Tech};

const ZONE: chrono_tz::Tz = chrono_tz::Asia::Shanghai;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 3).expect("a date")
}

/// 8:20 in the morning.
fn now() -> DateTime<Utc> {
    "2026-03-03T00:20:00Z".parse().expect("an instant")
}

fn at(hour: i64, minute: i64) -> DateTime<Utc> {
    "2026-03-02T16:00:00Z".parse::<DateTime<Utc>>().expect("midnight")
        + TimeDelta::hours(hour)
        + TimeDelta::minutes(minute)
}

fn note(text: &str) -> Note {
    Note::new(text).expect("fits")
}

fn held(post: PostCode, estate: EstateId) -> HeldPost {
    HeldPost {
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
    }
}

fn person(posts: Vec<HeldPost>) -> Actor {
    Actor {
        account: AccountId::generate(),
        employee: Some(EmployeeId::generate()),
        kind: ActorKind::Person,
        posts,
    }
}

/// A technician with the briefing of this morning.
fn scene(post: PostCode, to: PostCode) -> (Briefing, Actor) {
    let estate = EstateId::generate();
    let actor = person(vec![held(post, estate)]);
    let owed = Owed {
        rule: Some("OB-07".to_owned()),
        responsible: Responsible {
            post,
            assignment: Some(actor.posts[0].assignment),
            squad: None,
            area: None,
        },
        employee: actor.employee,
        due_at: Some(at(8, 30)),
        shift: None,
    };
    let step = prepare(&owed, estate, today(), to, at(12, 0), None, at(0, 5));
    assert_eq!(step.entry.to, Some("prepared"));
    (step.record, actor)
}

fn superior() -> Decider {
    Decider {
        post: Pubsup,
        assignment: Some(AssignmentId::generate()),
        employee: EmployeeId::generate(),
        acting_for: None,
    }
}

fn in_state(state: BriefingState, of: &Briefing) -> Briefing {
    Briefing { state, ..of.clone() }
}

fn code(problem: Result<impl std::fmt::Debug, Problem>) -> Option<ProblemCode> {
    problem.err().map(|problem| problem.code)
}

fn do_it(action: BriefingAction, briefing: &Briefing, actor: &Actor) -> Option<ProblemCode> {
    let deed = Deed::now(actor, now());
    match action {
        BriefingAction::Change => code(change(briefing, &ChangeBriefing::default(), &deed)),
        BriefingAction::Report => code(report(briefing, vec![], 0, ZONE, &deed)),
        BriefingAction::Hear => code(hear(briefing, 0, &superior(), &deed)),
        BriefingAction::Check => {
            let new = CheckRecord {
                record: Subject::new(SubjectKind::WorkOrder, Uuid::now_v7()),
                finding: CheckFinding::InOrder,
                note: None,
            };
            code(check(briefing, &new, &superior(), &deed))
        }
    }
}

#[test]
fn each_state_allows_what_it_says_and_nothing_else() {
    let (prepared, actor) = scene(Tech, Pubsup);
    for state in BriefingState::ALL {
        let briefing = in_state(*state, &prepared);
        for action in BriefingAction::ALL {
            let expected = (!action.states().contains(state)).then_some(ProblemCode::WrongState);
            assert_eq!(do_it(*action, &briefing, &actor), expected, "{action} when {state}");
        }
    }
}

#[test]
fn the_way_of_a_morning_serves_the_clauses_of_both_sides() {
    for (from, to, told, heard) in [
        (Guardlead, Guardcapt, "PROC-GUARDLEAD-5.1", "PROC-GUARDCAPT-5.1a"),
        (Recept, Pubsup, "PROC-RECEPT-5.1", "PROC-PUBSUP-5.1a"),
        (Renoadm, Pubsup, "PROC-RENOADM-5.2", "PROC-PUBSUP-5.1a"),
        (Cleanlead, Pubsup, "PROC-CLEANLEAD-5.1", "PROC-PUBSUP-5.1a"),
        (Tech, Pubsup, "PROC-TECH-5.2", "PROC-PUBSUP-5.1a"),
        (Guardcapt, Depmgr, "PROC-GUARDCAPT-5.2", "PROC-DEPMGR-5.1"),
        (Pubsup, Depmgr, "PROC-PUBSUP-5.2", "PROC-DEPMGR-5.1"),
    ] {
        let (briefing, actor) = scene(from, to);
        let deed = Deed::now(&actor, now());
        let step = report(&briefing, vec![], 2, ZONE, &deed).expect("in the morning");
        assert!(step.entry.clauses.contains(&told), "{from}");
        assert!(!step.record.late() && step.record.items.is_some());
        let step = hear(&step.record, 0, &superior(), &deed).expect("reported");
        assert_eq!(
            (step.entry.clauses, step.record.state),
            (&[heard][..], BriefingState::Heard)
        );
    }
}

#[test]
fn only_the_reporter_or_who_acts_for_them_reports() {
    let (briefing, actor) = scene(Tech, Pubsup);
    let other = person(vec![held(Tech, briefing.estate_id)]);
    assert_eq!(
        do_it(BriefingAction::Report, &briefing, &other),
        Some(ProblemCode::Forbidden)
    );
    let principal = actor.employee.expect("a person");
    let mut acting = person(vec![actor.posts[0].clone()]);
    acting.posts[0].acting_for = Some(principal);
    let step = report(&briefing, vec![], 0, ZONE, &Deed::now(&acting, now())).expect("acting");
    assert_eq!(
        (step.record.reported_by, step.record.reported_for),
        (acting.employee, Some(principal))
    );
    assert_eq!(step.record.barred(), [principal, acting.employee.expect("a person")]);
    // One of several holders reports for the post.
    let shared = Briefing {
        employee_id: None,
        responsible: Responsible::post(Tech),
        ..briefing.clone()
    };
    assert_eq!(do_it(BriefingAction::Report, &shared, &other), None);
    let elsewhere = person(vec![held(Tech, EstateId::generate())]);
    assert_eq!(
        do_it(BriefingAction::Report, &shared, &elsewhere),
        Some(ProblemCode::Forbidden)
    );
}

#[test]
fn a_briefing_is_given_on_its_own_day() {
    let (briefing, actor) = scene(Tech, Pubsup);
    for (hour, problem, late) in [
        (8, None, false),
        (9, None, true),
        (23, None, true),
        (24, Some(ProblemCode::WrongState), false),
        (-1, Some(ProblemCode::WrongState), false),
    ] {
        let step = report(&briefing, vec![], 0, ZONE, &Deed::now(&actor, at(hour, 0)));
        assert_eq!(step.as_ref().is_ok_and(|step| step.record.late()), late, "at {hour}");
        assert_eq!(code(step), problem, "at {hour}");
    }
    // Given in time and sent in the evening: it counts from when it was given.
    let deed = Deed::reported(&actor, at(25, 0), Some(at(8, 10))).expect("a time");
    let step = report(&briefing, vec![], 0, ZONE, &deed).expect("on its day");
    assert_eq!((step.record.late(), step.entry.occurred_at), (false, Some(at(8, 10))));
}

#[test]
fn what_nobody_asks_for_is_never_missing() {
    let (briefing, actor) = scene(Tech, Pubsup);
    assert!(!briefing.missing(at(11, 59)) && briefing.missing(at(12, 0)));
    let reported = report(&briefing, vec![], 0, ZONE, &Deed::now(&actor, at(11, 0)))
        .expect("late")
        .record;
    assert!(!reported.missing(at(13, 0)));
    let owed = Owed {
        rule: None,
        responsible: briefing.responsible,
        employee: briefing.employee_id,
        due_at: None,
        shift: None,
    };
    let free = prepare(&owed, briefing.estate_id, today(), Depmgr, at(12, 0), None, now()).record;
    assert!(!free.missing(at(23, 0)));
}

#[test]
fn a_finding_is_put_in_words_and_points_have_their_answers() {
    let (briefing, actor) = scene(Tech, Pubsup);
    let deed = Deed::now(&actor, now());
    let record = Subject::new(SubjectKind::WorkOrder, Uuid::now_v7());
    let mut found = CheckRecord {
        record,
        finding: CheckFinding::Finding,
        note: None,
    };
    assert_eq!(
        code(check(&briefing, &found, &superior(), &deed)),
        Some(ProblemCode::ValidationFailed)
    );
    found.note = Some(note("缺签字"));
    let step = check(&briefing, &found, &superior(), &deed).expect("in words");
    assert_eq!(step.entry.clauses, ["PROC-PUBSUP-5.1b"]);

    let new = NewPoint {
        text: note("水泵异响，申请停机检修"),
        needs: BriefingNeed::Decision,
        linked: Some(record),
    };
    let point = raise(&briefing, &new, 0, &deed).expect("a point").record;
    assert_eq!(
        code(raise(&briefing, &new, 30, &deed)),
        Some(ProblemCode::ValidationFailed)
    );
    let said = |point_id| PointAnswer {
        point_id,
        answer: note("同意，下午两点停机"),
    };
    let points = [point.clone()];
    let answered = answer(&points, &[said(point.id)]).expect("its point");
    assert_eq!(answered[0].answer.as_deref(), Some("同意，下午两点停机"));
    assert_eq!(
        code(answer(&points, &[said(BriefingPointId::generate())])),
        Some(ProblemCode::ValidationFailed)
    );
}

#[test]
fn empty_words_take_the_remarks_back() {
    let (briefing, actor) = scene(Recept, Pubsup);
    let deed = Deed::now(&actor, now());
    let say = |text: &str| ChangeBriefing {
        remarks: Some(text.to_owned()),
        points: None,
    };
    let said = change(&briefing, &say("昨日来访较多"), &deed).expect("words").record;
    assert_eq!(said.remarks.as_deref(), Some("昨日来访较多"));
    let kept = change(&said, &ChangeBriefing::default(), &deed)
        .expect("nothing")
        .record;
    assert_eq!(kept.remarks, said.remarks);
    assert_eq!(change(&said, &say("  "), &deed).expect("empty").record.remarks, None);
}

fn tree() -> Tree {
    seed::tree(today())
}

#[test]
fn the_rule_says_who_hears_and_the_line_where_it_is_silent() {
    let tree = tree();
    assert_eq!(receivers(&To::Posts(vec![Pubsup]), Tech, &tree, today()), [Pubsup]);
    assert_eq!(receivers(&To::Line, Tech, &tree, today()), [Pubsup]);
    assert!(receivers(&To::Posts(vec![Pubsup]), Pubsup, &tree, today()).is_empty());
    assert_eq!(optional_line(Finsup, &tree, today()), Some(Depmgr));
    assert_eq!(optional_line(Tech, &tree, today()), None);
}

#[test]
fn it_is_heard_by_the_post_it_goes_to_and_never_by_the_reporter() {
    let tree = tree();
    let (briefing, _) = scene(Guardlead, Guardcapt);
    let (one, other) = (SquadId::generate(), SquadId::generate());
    let holder = |post, squad| Holder {
        assignment: AssignmentId::generate(),
        employee: EmployeeId::generate(),
        post,
        estate: Some(briefing.estate_id),
        squad,
        area: None,
        period: Period::starting(NaiveDate::MIN),
        able: true,
    };
    let (near, far, above) = (
        holder(Guardcapt, Some(one)),
        holder(Guardcapt, Some(other)),
        holder(Depmgr, None),
    );
    let of_squad = Briefing {
        responsible: Responsible {
            squad: Some(one),
            ..briefing.responsible
        },
        ..briefing.clone()
    };
    let hears = |briefing: &Briefing, holders: &[Holder]| -> Vec<EmployeeId> {
        let staff = Staff {
            tree: &tree,
            holders,
            stand_ins: &[],
            cover: &[],
            today: today(),
        };
        let found = briefing.hearers(&staff).map(|found| found.deciders).unwrap_or_default();
        found.iter().map(|by| by.employee).collect()
    };
    assert_eq!(hears(&of_squad, &[near, far, above]), [near.employee]);
    assert_eq!(hears(&briefing, &[near, far]), [near.employee, far.employee]);
    // Vacant: the next above. The reporter's own chair: likewise.
    assert_eq!(hears(&briefing, &[above]), [above.employee]);
    let own = Briefing {
        employee_id: Some(near.employee),
        ..briefing.clone()
    };
    assert_eq!(hears(&own, &[near, above]), [above.employee]);
}

#[test]
fn nobody_counts_what_their_post_may_not_read() {
    for post in PostCode::ALL {
        let (briefing, _) = scene(*post, Depmgr);
        let reader = Reader::of(&briefing, vec![]);
        for measure in BriefingMeasure::of(*post).filter(|measure| !measure.posts().is_empty()) {
            assert!(reader.actor().may(measure.needs()), "{post} counts {measure}");
        }
    }
    let of = |post| BriefingMeasure::of(post).collect::<Vec<_>>();
    assert!(of(Recept).contains(&BriefingMeasure::VisitsDue));
    assert!(!of(Tech).contains(&BriefingMeasure::VisitsDue));
    assert_eq!(of(Finsup), [BriefingMeasure::TasksOpen, BriefingMeasure::TasksLate]);
    assert!(of(Guardcapt).contains(&BriefingMeasure::BriefingsHeard));
}

fn records(count: usize) -> Vec<BriefingRecord> {
    (0..count)
        .map(|n| BriefingRecord {
            kind: SubjectKind::WorkOrder,
            id: Uuid::now_v7(),
            label: format!("GD2026-{n:06}"),
        })
        .collect()
}

fn counted() -> impl Strategy<Value = Counted> {
    let state = proptest::sample::select(BriefingState::ALL);
    (0i64..400, state, any::<bool>(), 0i64..900, 0usize..3).prop_map(|(day, state, due, minute, who)| {
        let date = today() + TimeDelta::days(day);
        let midnight = at(0, 0) + TimeDelta::days(day);
        let posts = [(Tech, Pubsup), (Pubsup, Depmgr), (Guardlead, Guardcapt)];
        Counted {
            date,
            from: posts[who].0,
            to: posts[who].1,
            employee: Some(EmployeeId(Uuid::from_u128(who as u128))),
            due,
            due_at: due.then_some(midnight + TimeDelta::minutes(510)),
            missing_at: due.then_some(midnight + TimeDelta::hours(12)),
            state,
            reported_at: (state != BriefingState::Prepared).then_some(midnight + TimeDelta::minutes(minute)),
        }
    })
}

proptest! {
    #[test]
    fn a_sample_is_drawn_from_the_records_and_drawn_again_the_same(count in 0usize..40) {
        let (all, briefing) = (records(count), BriefingId::generate());
        let mut turned = all.clone();
        turned.reverse();
        let drawn = sample(all.clone(), briefing);
        prop_assert_eq!(&drawn, &sample(turned, briefing));
        prop_assert_eq!(drawn.len(), count.min(6));
        prop_assert!(drawn.iter().all(|record| all.contains(record)));
    }

    #[test]
    fn figures_add_up_whatever_they_are_cut_by(all in proptest::collection::vec(counted(), 0..60), days in 0i64..500) {
        let now = at(9, 0) + TimeDelta::days(days);
        let sums = statistics(&all, now);
        let whole = sums.all;
        prop_assert!(whole.on_time + whole.late + whole.missing <= whole.due);
        prop_assert!(whole.held <= whole.on_time + whole.late);
        prop_assert!(whole.due + whole.optional <= i64::try_from(all.len()).unwrap_or(0));
        let cuts: [Vec<Figures>; 3] = [
            sums.pairs.iter().map(|of| of.figures).collect(),
            sums.people.iter().map(|of| of.figures).collect(),
            sums.months.iter().map(|of| of.figures).collect(),
        ];
        for cut in cuts {
            let sum = |of: fn(&Figures) -> i64| cut.iter().map(of).sum::<i64>();
            prop_assert_eq!(sum(|it| it.due), whole.due);
            prop_assert_eq!(sum(|it| it.held), whole.held);
            prop_assert_eq!(sum(|it| it.missing), whole.missing);
            prop_assert_eq!(sum(|it| it.optional), whole.optional);
        }
        let months: Vec<i32> = sums.months.iter().map(|of| of.month[..4].parse().unwrap_or_default()).collect();
        prop_assert!(months.iter().all(|year| (today().year()..=today().year() + 2).contains(year)));
    }
}
