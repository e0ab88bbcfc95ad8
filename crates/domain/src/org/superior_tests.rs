use super::*;
use crate::org::seed;
use PostCode::{Asstmgr, Board, Cscmgr, Depmgr, Engsup, Estate, Gm, Guard, Guardlead, Pubsup, Recept, Renoadm, Tech};
use proptest::prelude::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date")
}

struct Centre {
    tree: Tree,
    estate: EstateId,
    holders: Vec<Holder>,
    stand_ins: Vec<StandIn>,
}

impl Centre {
    /// One holder at each of these posts.
    fn with(posts: &[PostCode]) -> Self {
        let mut centre = Self {
            tree: seed::tree(today()),
            estate: EstateId::generate(),
            holders: vec![],
            stand_ins: vec![],
        };
        for post in posts {
            centre.hold(*post, None);
        }
        centre
    }

    fn hold(&mut self, post: PostCode, squad: Option<SquadId>) -> EmployeeId {
        let employee = EmployeeId::generate();
        self.holders.push(Holder {
            assignment: AssignmentId::generate(),
            employee,
            post,
            estate: (!matches!(post, Board | Gm)).then_some(self.estate),
            squad,
            area: None,
            period: Period::starting(today()),
            able: true,
        });
        employee
    }

    fn who(&self, post: PostCode) -> EmployeeId {
        self.holders.iter().find(|h| h.post == post).expect("a holder").employee
    }

    fn acts(&mut self, stand_in: EmployeeId, principal: PostCode, excluded: &[Permission]) {
        let holder = *self.holders.iter().find(|h| h.post == principal).expect("a holder");
        self.stand_ins.push(StandIn {
            post: principal,
            estate: holder.estate,
            assignment: Some(holder.assignment),
            principal: Some(holder.employee),
            employee: stand_in,
            excluded: excluded.to_vec(),
        });
    }

    fn seat(&self, post: PostCode) -> Seat {
        Seat {
            post,
            estate: self.estate,
            squad: None,
            area: None,
        }
    }

    fn resolve(&self, matter: &Matter<'_>) -> Result<Resolution, NobodyDecides> {
        Staff {
            tree: &self.tree,
            holders: &self.holders,
            stand_ins: &self.stand_ins,
            cover: seed::COVER,
            today: today(),
        }
        .resolve(matter)
    }

    /// The people who decide and the posts with the reasons on the way.
    fn ask(&self, from: PostCode, rule: Rule, barred: &[EmployeeId]) -> (Vec<EmployeeId>, Vec<(PostCode, Why)>) {
        let matter = Matter {
            from: self.seat(from),
            rule,
            barred,
            dated: today(),
            right: None,
        };
        match self.resolve(&matter) {
            Ok(r) => (r.deciders.iter().map(|d| d.employee).collect(), steps(&r.path)),
            Err(nobody) => (vec![], steps(&nobody.path)),
        }
    }
}

fn steps(path: &[Step]) -> Vec<(PostCode, Why)> {
    path.iter().skip(1).map(|s| (s.post, s.why)).collect()
}

const MANAGERS: [PostCode; 6] = [Board, Gm, Cscmgr, Depmgr, Asstmgr, Pubsup];

#[test]
fn pos_pubsup_01_the_superior_is_the_holder_of_the_post_above() {
    let mut centre = Centre::with(&MANAGERS);
    let tech = centre.hold(Tech, None);
    assert_eq!(
        centre.ask(Tech, Rule::Line(1), &[tech]),
        (vec![centre.who(Pubsup)], vec![(Pubsup, Why::Superior)])
    );
    let (who, way) = centre.ask(Tech, Rule::Line(2), &[tech]);
    assert_eq!((who, way.len()), (vec![centre.who(Depmgr)], 2));
    assert_eq!(
        centre.ask(Tech, Rule::Post(Cscmgr), &[]),
        (vec![centre.who(Cscmgr)], vec![(Cscmgr, Why::Named)])
    );
}

#[test]
fn org_6_a_vacant_post_resolves_to_its_covering_position() {
    let centre = Centre::with(&MANAGERS);
    assert_eq!(
        centre.ask(Tech, Rule::Post(Engsup), &[]),
        (
            vec![centre.who(Pubsup)],
            vec![(Engsup, Why::Named), (Pubsup, Why::CoversVacancy)]
        )
    );
    // A vacant post that nobody covers passes the matter up.
    let without = Centre::with(&[Gm, Cscmgr, Depmgr]);
    assert_eq!(
        without.ask(Tech, Rule::Line(1), &[]),
        (
            vec![without.who(Depmgr)],
            vec![(Pubsup, Why::Superior), (Depmgr, Why::Vacant)]
        )
    );
    // And so does a covering post that is vacant itself.
    assert_eq!(
        without.ask(Tech, Rule::Post(Engsup), &[]).1,
        [
            (Engsup, Why::Named),
            (Pubsup, Why::CoversVacancy),
            (Depmgr, Why::Vacant)
        ]
    );
}

#[test]
fn org_12_a_role_tag_is_held_by_all_who_cover_it() {
    let mut centre = Centre::with(&MANAGERS);
    let (recept, renoadm) = (centre.hold(Recept, None), centre.hold(Renoadm, None));
    assert_eq!(
        centre.ask(Tech, Rule::Post(Estate), &[]),
        (
            vec![recept, renoadm],
            vec![
                (Estate, Why::Named),
                (Recept, Why::CoversVacancy),
                (Renoadm, Why::CoversVacancy)
            ]
        )
    );
    assert_eq!(centre.ask(Recept, Rule::Post(Estate), &[recept]).0, [renoadm]);
}

#[test]
fn nobody_decides_on_their_own_work() {
    let centre = Centre::with(&MANAGERS);
    let pubsup = centre.who(Pubsup);
    assert_eq!(
        centre.ask(Tech, Rule::Line(1), &[pubsup]),
        (
            vec![centre.who(Depmgr)],
            vec![(Pubsup, Why::Superior), (Depmgr, Why::OwnWork)]
        )
    );
    assert_eq!(
        centre.ask(Pubsup, Rule::Post(Engsup), &[pubsup]).1,
        [
            (Engsup, Why::Named),
            (Pubsup, Why::CoversVacancy),
            (Depmgr, Why::OwnWork)
        ]
    );
    // All the way to the top, and past it.
    let everybody: Vec<EmployeeId> = centre.holders.iter().map(|h| h.employee).collect();
    let (who, way) = centre.ask(Pubsup, Rule::Line(1), &everybody);
    assert!(who.is_empty());
    assert_eq!(way.last(), Some(&(Board, Why::OwnWork)));
}

#[test]
fn proc_depmgr_5_9_a_stand_in_decides_on_behalf_and_not_on_own_requests() {
    let mut centre = Centre::with(&MANAGERS);
    let assistant = centre.who(Asstmgr);
    centre.acts(assistant, Depmgr, &[]);
    let matter = Matter {
        from: centre.seat(Pubsup),
        rule: Rule::Line(1),
        barred: &[],
        dated: today(),
        right: None,
    };
    let resolution = centre.resolve(&matter).expect("somebody");
    let decider = resolution.as_decider(assistant).expect("the assistant decides");
    assert_eq!((decider.post, decider.acting_for), (Depmgr, Some(centre.who(Depmgr))));
    assert!(resolution.as_decider(centre.who(Depmgr)).is_none());
    // The stand-in's own request, and one of the person acted for, go one step up.
    for own in [assistant, centre.who(Depmgr)] {
        assert_eq!(centre.ask(Pubsup, Rule::Line(1), &[own]).0, [centre.who(Cscmgr)]);
    }
}

#[test]
fn der_cscmgr_3_a_right_that_acting_does_not_carry_goes_up() {
    let mut centre = Centre::with(&MANAGERS);
    let deputy = centre.who(Depmgr);
    centre.acts(deputy, Cscmgr, &[Permission::OrderApprove]);
    let mut matter = Matter {
        from: centre.seat(Tech),
        rule: Rule::Post(Cscmgr),
        barred: &[],
        dated: today(),
        right: Some(Permission::GoalApprove),
    };
    assert!(centre.resolve(&matter).expect("somebody").as_decider(deputy).is_some());
    matter.right = Some(Permission::OrderApprove);
    let resolution = centre.resolve(&matter).expect("somebody");
    assert!(resolution.as_decider(centre.who(Gm)).is_some());
    assert_eq!(
        steps(&resolution.path),
        [(Cscmgr, Why::Named), (Gm, Why::RightExcluded)]
    );
}

#[test]
fn pos_guardlead_01_the_squad_leader_is_the_one_of_the_same_squad() {
    let mut centre = Centre::with(&MANAGERS);
    let captain = centre.hold(PostCode::Guardcapt, None);
    let (day, night, third) = (SquadId::generate(), SquadId::generate(), SquadId::generate());
    let (leader, _) = (centre.hold(Guardlead, Some(day)), centre.hold(Guardlead, Some(night)));
    for (squad, decider) in [(day, leader), (third, captain)] {
        let matter = Matter {
            from: Seat {
                squad: Some(squad),
                ..centre.seat(Guard)
            },
            rule: Rule::Line(1),
            barred: &[],
            dated: today(),
            right: None,
        };
        let deciders = centre.resolve(&matter).expect("somebody").deciders;
        assert_eq!(deciders.iter().map(|d| d.employee).collect::<Vec<_>>(), [decider]);
    }
}

#[test]
fn a_vacant_post_may_have_a_stand_in_too() {
    let mut centre = Centre::with(&[Gm, Cscmgr]);
    let recept = centre.hold(Recept, None);
    centre.stand_ins.push(StandIn {
        post: Pubsup,
        estate: Some(centre.estate),
        assignment: None,
        principal: None,
        employee: recept,
        excluded: vec![],
    });
    assert_eq!(centre.ask(Tech, Rule::Line(1), &[]).0, [recept]);
}

#[test]
fn acting_for_a_vacancy_ends_with_the_appointment() {
    let mut centre = Centre::with(&[Gm, Cscmgr]);
    let recept = centre.hold(Recept, None);
    centre.stand_ins.push(StandIn {
        post: Pubsup,
        estate: Some(centre.estate),
        assignment: None,
        principal: None,
        employee: recept,
        excluded: vec![],
    });
    let appointed = centre.hold(Pubsup, None);
    assert_eq!(centre.ask(Tech, Rule::Line(1), &[]).0, [appointed]);
}

#[test]
fn somebody_suspended_keeps_the_post_and_decides_nothing() {
    let mut centre = Centre::with(&MANAGERS);
    let at = centre
        .holders
        .iter()
        .position(|h| h.post == Pubsup)
        .expect("a supervisor");
    centre.holders[at].able = false;
    assert_eq!(
        centre.ask(Tech, Rule::Line(1), &[]),
        (
            vec![centre.who(Depmgr)],
            vec![(Pubsup, Why::Superior), (Depmgr, Why::Vacant)]
        )
    );
    // A stand-in named for that time decides in their place.
    let recept = centre.hold(Recept, None);
    centre.acts(recept, Pubsup, &[]);
    assert_eq!(centre.ask(Tech, Rule::Line(1), &[]).0, [recept]);
}

#[test]
fn holders_of_another_estate_and_of_another_time_do_not_decide() {
    let mut centre = Centre::with(&[Gm, Cscmgr, Depmgr]);
    let mut elsewhere = centre.holders[2];
    elsewhere.post = Pubsup;
    elsewhere.estate = Some(EstateId::generate());
    let mut later = elsewhere;
    later.estate = Some(centre.estate);
    later.period = Period::starting(today().succ_opt().expect("a date"));
    centre.holders.extend([elsewhere, later]);
    assert_eq!(centre.ask(Tech, Rule::Line(1), &[]).0, [centre.who(Depmgr)]);
}

proptest! {
    #[test]
    fn whoever_is_missing_or_barred_the_decider_is_never_barred_and_the_way_ends(
        held in proptest::collection::btree_set(proptest::sample::select(PostCode::ALL), 0..27),
        barred in proptest::collection::vec(0usize..27, 0..6),
        from in proptest::sample::select(PostCode::ALL),
        rule in prop_oneof![(0u8..6).prop_map(Rule::Line), proptest::sample::select(PostCode::ALL).prop_map(Rule::Post)],
        acting in proptest::option::of((0usize..27, 0usize..27)),
    ) {
        let held: Vec<PostCode> = held.into_iter().collect();
        let mut centre = Centre::with(&held);
        if let Some((who, whom)) = acting.filter(|_| held.len() > 1) {
            let (who, whom) = (centre.who(held[who % held.len()]), held[whom % held.len()]);
            centre.acts(who, whom, &[]);
        }
        let barred: Vec<EmployeeId> = barred.iter().filter_map(|n| centre.holders.get(*n)).map(|h| h.employee).collect();
        let matter = Matter { from: centre.seat(from), rule, barred: &barred, dated: today(), right: None };
        match centre.resolve(&matter) {
            Ok(resolution) => {
                prop_assert!(!resolution.deciders.is_empty());
                prop_assert!(resolution.deciders.iter().all(|d| !barred.contains(&d.employee)));
                prop_assert!(resolution.path.len() < 16);
            }
            Err(nobody) => prop_assert!(nobody.path.len() < 16),
        }
    }
}
