use super::*;
use crate::org::superior::Rule;
use crate::shared::{Problem, ProblemCode};
use PostCode::{
    Acct, Asstmgr, Cashier, Cscmgr, Depmgr, Feecol, Finsup, Gm, Guard, Guardcapt, Guardlead, Pubsup, Recept, Renoadm,
    Tech,
};
use chrono::{Days, NaiveDate, TimeDelta};
use chrono_tz::Asia::Shanghai;
use proptest::prelude::*;

fn at(n: u64) -> DateTime<Utc> {
    let day = NaiveDate::from_ymd_opt(2026, 9, 28).expect("a date") + Days::new(n);
    crate::shared::zone::start_of(day, Shanghai)
}

fn span(from: u64, until: u64) -> Span {
    Span {
        from: at(from),
        until: at(until),
    }
}

fn period(post: PostCode, from: u64, until: u64) -> ActingPeriod {
    ActingPeriod {
        id: ActingId::generate(),
        estate: Some(EstateId::generate()),
        post,
        assignment: Some(AssignmentId::generate()),
        principal: Some(EmployeeId::generate()),
        stand_in: EmployeeId::generate(),
        reason: ActingReason::Leave,
        span: span(from, until),
        excluded: vec![],
        clause: None,
        decision: ActingDecision::Proposed,
    }
}

fn holding(posts: &[PostCode]) -> Facts {
    Facts {
        stand_in_posts: posts.to_vec(),
        pair_present: true,
        ..Facts::default()
    }
}

fn refusal(result: Result<Proposal, Problem>) -> String {
    result.map_or_else(
        |p| p.errors[0].code.to_string(),
        |p| format!("accepted, unusual: {}", p.unusual),
    )
}

#[test]
fn the_manuals_pairs_are_usual_and_others_are_marked() {
    for (post, stand_in, outcome) in [
        (Depmgr, Asstmgr, "accepted, unusual: false"),
        (Asstmgr, Depmgr, "accepted, unusual: false"),
        (Depmgr, Pubsup, "not_the_pair"),
        (Guardcapt, Guardlead, "accepted, unusual: false"),
        (Guardcapt, Guard, "accepted, unusual: true"),
        (Pubsup, Recept, "accepted, unusual: false"),
        (Pubsup, Renoadm, "accepted, unusual: false"),
        (Tech, Tech, "accepted, unusual: false"),
        (Finsup, Acct, "accepted, unusual: false"),
        (Finsup, Cashier, "segregation"),
        (Acct, Cashier, "segregation"),
        (Cashier, Finsup, "segregation"),
        (Cashier, Feecol, "accepted, unusual: true"),
    ] {
        assert_eq!(
            refusal(propose(period(post, 1, 5), &holding(&[stand_in]), at(0), at(0))),
            outcome,
            "{post} {stand_in}"
        );
    }
}

#[test]
fn der_finsup_8_the_cashier_never_keeps_the_accounts_whatever_else_is_held() {
    let both = holding(&[Feecol, Cashier]);
    assert_eq!(
        refusal(propose(period(Finsup, 1, 5), &both, at(0), at(0))),
        "segregation"
    );
}

#[test]
fn proc_depmgr_5_9_with_both_away_the_centre_manager_or_a_head_takes_the_duties() {
    for (stand_in, outcome) in [
        (Cscmgr, "accepted, unusual: true"),
        (Pubsup, "accepted, unusual: true"),
        (Recept, "not_a_head"),
        (Asstmgr, "accepted, unusual: false"),
    ] {
        let facts = Facts {
            pair_present: false,
            ..holding(&[stand_in])
        };
        assert_eq!(
            refusal(propose(period(Depmgr, 1, 5), &facts, at(0), at(0))),
            outcome,
            "{stand_in}"
        );
    }
    // The centre manager who takes the duties himself confirms by that; anybody else's stand-in does not confirm.
    let taken = period(Depmgr, 1, 5);
    assert_eq!(
        barred_from_confirming(&taken, &[Cscmgr]),
        [taken.principal.expect("a principal")]
    );
    assert!(barred_from_confirming(&taken, &[Pubsup]).contains(&taken.stand_in));
}

#[test]
fn an_absent_stand_in_and_one_who_acts_for_a_checker_are_refused() {
    let asked = period(Pubsup, 1, 5);
    let checker = EmployeeId::generate();
    let absent = Facts {
        stand_in_absent: true,
        ..holding(&[Recept])
    };
    assert_eq!(refusal(propose(asked.clone(), &absent, at(0), at(0))), "absent");
    let mut acting = Facts {
        stand_in_acts_for: vec![checker],
        checkers: vec![checker],
        ..holding(&[Recept])
    };
    assert_eq!(
        refusal(propose(asked.clone(), &acting, at(0), at(0))),
        "acts_for_checker"
    );
    acting.checkers.clear();
    assert_eq!(
        refusal(propose(asked.clone(), &acting, at(0), at(0))),
        "accepted, unusual: false"
    );
    let mut own = asked.clone();
    own.stand_in = own.principal.expect("a principal");
    assert_eq!(refusal(propose(own, &holding(&[Recept]), at(0), at(0))), "same_person");
    let covered = Facts {
        covered_already: true,
        ..holding(&[Recept])
    };
    assert_eq!(
        propose(asked, &covered, at(0), at(0)).expect_err("covered").code,
        ProblemCode::Conflict
    );
}

#[test]
fn acting_is_named_before_it_starts() {
    assert_eq!(
        refusal(propose(period(Tech, 1, 5), &holding(&[Tech]), at(2), at(2))),
        "in_the_past"
    );
    let late = propose(period(Tech, 1, 5), &holding(&[Tech]), at(1), at(1)).expect("a sick day begins today");
    assert!(late.late);
    assert!(
        !propose(period(Tech, 1, 5), &holding(&[Tech]), at(0), at(0))
            .expect("in time")
            .late
    );
}

#[test]
fn der_cscmgr_3_expense_approval_does_not_come_along() {
    let asked = period(Cscmgr, 1, 5);
    let proposal = propose(asked.clone(), &holding(&[Depmgr]), at(0), at(0)).expect("the deputy");
    assert_eq!(proposal.transition.record.excluded, EXPENSES);
    assert_eq!(proposal.confirmed_by, Rule::Post(Gm));
    assert_eq!(proposal.transition.entry.clauses, ["DER-CSCMGR-3"]);
    let allowed = Facts {
        expenses_allowed: true,
        ..holding(&[Depmgr])
    };
    assert!(
        propose(asked, &allowed, at(0), at(0))
            .expect("the deputy")
            .transition
            .record
            .excluded
            .is_empty()
    );
}

#[test]
fn the_superior_of_the_principal_confirms() {
    for (post, rule) in [
        (Depmgr, Rule::Post(Cscmgr)),
        (Asstmgr, Rule::Post(Cscmgr)),
        (Guardcapt, Rule::Post(Depmgr)),
        (Pubsup, Rule::Post(Depmgr)),
        (Finsup, Rule::Post(Depmgr)),
        (Cscmgr, Rule::Post(Gm)),
        (Guardlead, Rule::Line(1)),
        (Tech, Rule::Line(1)),
    ] {
        assert_eq!(confirmed_by(post), rule, "{post}");
    }
}

#[test]
fn the_clock_alone_begins_and_ends_a_confirmed_period() {
    let proposed = period(Pubsup, 2, 4);
    let facts = holding(&[Recept]);
    let confirmed = confirm(proposed.clone(), &facts, at(0)).expect("proposed");
    assert_eq!(
        (confirmed.entry.from, confirmed.entry.to),
        (Some("proposed"), Some("confirmed"))
    );
    let states: Vec<&str> = (0..6).map(|n| confirmed.record.state(at(n)).code()).collect();
    assert_eq!(states, ["confirmed", "confirmed", "active", "active", "ended", "ended"]);
    // Never decided: never in force.
    assert_eq!(proposed.state(at(3)), ActingState::Proposed);
    assert_eq!(proposed.state(at(4)), ActingState::Rejected);
    // Confirmed on the day itself, it is active at once.
    let same_day = confirm(proposed, &facts, at(2)).expect("proposed");
    assert_eq!(same_day.entry.to, Some("active"));
}

#[test]
fn every_step_in_every_state() {
    let facts = holding(&[Recept]);
    let proposed = period(Pubsup, 2, 9);
    let confirmed = confirm(proposed.clone(), &facts, at(0)).expect("proposed").record;
    let ended = end(confirmed.clone(), None, at(3)).expect("active").record;
    assert_eq!(ended.state(at(3)), ActingState::Ended);
    assert!(ended.span.contains(at(3) - TimeDelta::seconds(1)));
    let rejected = reject(proposed.clone(), "人手不足", at(0)).expect("proposed").record;
    let cancelled = cancel(confirmed.clone(), "行程取消", at(0)).expect("not begun").record;
    // (record, day, confirm, reject, cancel, end)
    for (record, n, expected) in [
        (&proposed, 0, [true, true, true, false]),
        (&confirmed, 0, [false, false, true, false]),
        (&confirmed, 2, [false, false, false, true]),
        (&confirmed, 9, [false, false, false, false]),
        (&ended, 4, [false, false, false, false]),
        (&rejected, 0, [false, false, false, false]),
        (&cancelled, 0, [false, false, false, false]),
    ] {
        let steps = [
            confirm(record.clone(), &facts, at(n)),
            reject(record.clone(), "x", at(n)),
            cancel(record.clone(), "x", at(n)),
            end(record.clone(), None, at(n)),
        ];
        assert_eq!(
            steps.each_ref().map(Result::is_ok),
            expected,
            "{:?} on day {n}",
            record.state(at(n))
        );
        let codes: Vec<ProblemCode> = steps.iter().filter_map(|s| s.as_ref().err()).map(|p| p.code).collect();
        assert!(codes.iter().all(|c| *c == ProblemCode::WrongState));
    }
}

#[test]
fn der_labour_6_half_a_day_without_cover_is_a_day_without_cover() {
    let leave = span(1, 6);
    assert_eq!(uncovered_days(leave, &[span(1, 4)], Shanghai), 2);
    assert_eq!(uncovered_days(leave, &[span(4, 9), span(0, 4)], Shanghai), 0);
    let late = Span {
        from: at(1) + TimeDelta::hours(12),
        until: at(6),
    };
    assert_eq!(uncovered_days(leave, &[late], Shanghai), 1);
}

#[test]
fn acting_limited_to_some_duties_carries_only_the_rights_they_need() {
    let rights = [Permission::OrderDispatch, Permission::RepairRead];
    let excluded = limited_to(Pubsup, &rights).expect("rights of the post");
    let mut limited = period(Pubsup, 1, 5);
    limited.excluded = excluded;
    let carried: std::collections::BTreeSet<Permission> = limited.rights().into_iter().collect();
    assert_eq!(carried, rights.into());
    let wrong = limited_to(Pubsup, &[Permission::OrderDispatch, Permission::GoalApprove]).expect_err("not the post's");
    assert_eq!(wrong.errors[0].pointer, "/rights/1");
}

#[test]
fn acting_for_a_vacancy_is_for_a_post_that_nobody_holds() {
    let mut asked = period(Pubsup, 1, 5);
    asked.reason = ActingReason::Vacancy;
    assert_eq!(
        refusal(propose(asked.clone(), &holding(&[Recept]), at(0), at(0))),
        "not_vacant"
    );
    asked.assignment = None;
    asked.principal = None;
    assert_eq!(
        refusal(propose(asked, &holding(&[Recept]), at(0), at(0))),
        "accepted, unusual: false"
    );
}

proptest! {
    #[test]
    fn rights_are_active_on_exactly_the_days_of_a_confirmed_period(from in 0u64..20, length in 1u64..20, on in 0u64..45) {
        let mut acting = period(Tech, from, from + length);
        acting.decision = ActingDecision::Confirmed;
        prop_assert_eq!(acting.is_active(at(on)), (from..from + length).contains(&on));
        acting.decision = ActingDecision::Proposed;
        prop_assert!(!acting.is_active(at(on)));
    }
}
