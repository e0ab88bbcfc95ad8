use super::*;
use chrono::TimeDelta;
use proptest::prelude::*;

fn technician(week_minutes: u32, open: &[(u32, Urgency)]) -> Candidate {
    Candidate {
        employee: EmployeeId::generate(),
        categories: [RepairCategory::Water].into(),
        on_duty: true,
        on_call: false,
        next_shift: None,
        knows_area: false,
        open: open
            .iter()
            .map(|(remaining_minutes, urgency)| OpenOrder {
                remaining_minutes: *remaining_minutes,
                urgency: *urgency,
            })
            .collect(),
        week_minutes,
        appointments: vec![],
    }
}

fn job(urgency: Urgency) -> Job {
    Job {
        category: RepairCategory::Water,
        urgency,
        appointment: None,
    }
}

fn at(hour: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
}

/// The places of the candidates (by index) in the ranking.
fn order(job: &Job, candidates: &[Candidate]) -> Vec<usize> {
    let suggestion = suggest(job, candidates, &Weights::default());
    let place = |r: &Ranked| {
        candidates
            .iter()
            .position(|c| c.employee == r.employee)
            .expect("a candidate")
    };
    suggestion.ranking.iter().map(place).collect()
}

#[test]
fn pos_recept_09c_dispatch_suggests_lowest_weighted_load_among_the_qualified_on_duty() {
    let mut unqualified = technician(0, &[]);
    unqualified.categories = [RepairCategory::Gas].into();
    let mut off = technician(0, &[]);
    off.on_duty = false;
    let candidates = [
        technician(300, &[(60, Urgency::Normal)]),
        technician(240, &[(60, Urgency::Urgent)]),
        technician(200, &[(60, Urgency::Normal), (60, Urgency::Normal)]),
        unqualified.clone(),
        off.clone(),
    ];
    assert_eq!(order(&job(Urgency::Normal), &candidates), [2, 1, 0]);
    let suggestion = suggest(&job(Urgency::Normal), &candidates, &Weights::default());
    assert_eq!(suggestion.fallback, None);
    assert_eq!(
        suggestion.excluded,
        [
            (unqualified.employee, Exclusion::NotQualified),
            (off.employee, Exclusion::NotAvailable)
        ]
    );
    let first = suggestion.first().expect("somebody");
    assert_eq!(first.load.weighted_minutes, 260);
    assert_eq!(first.parts[0], Part::LowestLoad { weighted_minutes: 260 });
    let words = first.parts[0].text(|t| t.to_rfc3339());
    assert_eq!(
        (words.zh.as_ref(), words.en.as_ref()),
        ("加权工作量最低（260分钟）", "lowest weighted load (260 min)")
    );
}

#[test]
fn pos_recept_09c_urgent_goes_to_the_soonest_and_not_to_the_least_loaded() {
    let candidates = [
        technician(0, &[(30, Urgency::Urgent)]),
        technician(2400, &[(90, Urgency::Normal)]),
        technician(2400, &[(60, Urgency::Normal)]),
    ];
    assert_eq!(order(&job(Urgency::Urgent), &candidates), [2, 1, 0]);
    assert_eq!(order(&job(Urgency::Emergency), &candidates), [2, 1, 0]);
    assert_eq!(order(&job(Urgency::Normal), &candidates)[0], 0);
}

#[test]
fn pos_recept_09c_knowing_the_area_decides_between_near_equals_only() {
    let mut local = technician(105, &[]);
    local.knows_area = true;
    assert_eq!(
        order(&job(Urgency::Normal), &[technician(100, &[]), local.clone()]),
        [1, 0]
    );
    local.week_minutes = 115;
    assert_eq!(order(&job(Urgency::Normal), &[technician(100, &[]), local]), [0, 1]);
}

#[test]
fn an_appointment_goes_to_somebody_who_is_free_then() {
    let mut promised = technician(0, &[]);
    promised.appointments = vec![(at(9), at(11))];
    let mut asked = job(Urgency::Normal);
    asked.appointment = Some((at(10), at(12)));
    let candidates = [promised, technician(500, &[])];
    assert_eq!(order(&asked, &candidates), [1, 0]);
    let suggestion = suggest(&asked, &candidates, &Weights::default());
    assert!(suggestion.ranking[1].parts.contains(&Part::Clash {
        from: at(9),
        until: at(11)
    }));
    asked.appointment = Some((at(11), at(12)));
    assert_eq!(order(&asked, &candidates), [0, 1]);
}

#[test]
fn with_nobody_on_duty_haste_calls_out_and_the_rest_waits_for_the_next_shift() {
    let off = |on_call, next_shift: Option<i64>| Candidate {
        on_duty: false,
        on_call,
        next_shift: next_shift.map(at),
        ..technician(0, &[])
    };
    let candidates = [off(false, Some(8)), off(true, Some(16)), off(false, Some(6))];
    for (urgency, places, fallback) in [
        (Urgency::Emergency, vec![1, 2, 0], Some(Readiness::OnCall)),
        (Urgency::Normal, vec![2, 0, 1], Some(Readiness::NextShift)),
    ] {
        assert_eq!(order(&job(urgency), &candidates), places, "{urgency}");
        assert_eq!(
            suggest(&job(urgency), &candidates, &Weights::default()).fallback,
            fallback
        );
    }
    let nobody = suggest(&job(Urgency::Urgent), &[off(false, None)], &Weights::default());
    assert!(nobody.ranking.is_empty() && nobody.fallback.is_none());
}

#[test]
fn pos_recept_09c_another_choice_needs_a_reason_and_the_qualification() {
    let mut unqualified = technician(0, &[]);
    unqualified.categories = [RepairCategory::Gas].into();
    let candidates = [technician(0, &[]), technician(60, &[]), unqualified];
    let suggestion = suggest(&job(Urgency::Normal), &candidates, &Weights::default());
    assert_eq!(suggestion.choose(candidates[0].employee, None), Ok(Choice::AsSuggested));
    let refused = suggestion
        .choose(candidates[1].employee, Some("  "))
        .expect_err("a reason is missing");
    assert_eq!(refused.errors[0].pointer, "/reason");
    assert_eq!(
        suggestion.choose(candidates[1].employee, Some("就近")),
        Ok(Choice::Override { place: Some(2) })
    );
    let refused = suggestion
        .choose(candidates[2].employee, Some("急"))
        .expect_err("not qualified");
    assert_eq!(refused.errors[0].code, "not_qualified");
    assert_eq!(
        suggestion.choose(EmployeeId::generate(), Some("借调")),
        Ok(Choice::Override { place: None })
    );
}

/// Jain's index: 1 when all are equal, 1/n when one has everything.
fn jain(shares: &[u32]) -> f64 {
    let sum: f64 = shares.iter().map(|s| f64::from(*s)).sum();
    let squares: f64 = shares.iter().map(|s| f64::from(*s).powi(2)).sum();
    sum * sum / (shares.len() as f64 * squares)
}

/// One simulated order: minutes of work, how much it hurries, minutes until the next one arrives.
fn arrivals() -> impl Strategy<Value = Vec<(u32, Urgency, u32)>> {
    let urgency = prop_oneof![8 => Just(Urgency::Normal), 2 => Just(Urgency::Urgent), 1 => Just(Urgency::Emergency)];
    proptest::collection::vec((10u32..240, urgency, 0u32..90), 600..2000)
}

/// Works off open orders, the most urgent first, as time passes.
fn work(team: &mut [Candidate], minutes: u32) {
    for technician in team {
        technician.open.sort_by_key(|o| Reverse(o.urgency));
        let mut left = minutes;
        for order in &mut technician.open {
            let done = left.min(order.remaining_minutes);
            order.remaining_minutes -= done;
            left -= done;
        }
        technician.open.retain(|o| o.remaining_minutes > 0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn pos_recept_09c_equal_technicians_get_equal_work_and_haste_never_waits_for_it(
        size in 2usize..8, local in proptest::collection::vec(any::<bool>(), 8), arrivals in arrivals(),
    ) {
        let mut team: Vec<Candidate> = (0..size).map(|_| technician(0, &[])).collect();
        for (technician, knows) in team.iter_mut().zip(local) {
            technician.knows_area = knows;
        }
        for (minutes, urgency, pause) in arrivals {
            let job = job(urgency);
            let suggestion = suggest(&job, &team, &Weights::default());
            let first = suggestion.first().expect("all are on duty");
            if urgency.hurries() {
                let hurried = |c: &Candidate| c.open.iter().filter(|o| o.urgency.hurries()).count();
                let least = team.iter().map(hurried).min().expect("a team") as u32;
                prop_assert_eq!(first.load.urgent_open, least, "an urgent order must not wait for balance");
            }
            let taker = team.iter_mut().find(|c| c.employee == first.employee).expect("in the team");
            taker.week_minutes += minutes;
            taker.open.push(OpenOrder { remaining_minutes: minutes, urgency });
            work(&mut team, pause);
        }
        let shares: Vec<u32> = team.iter().map(|c| c.week_minutes).collect();
        prop_assert!(jain(&shares) >= 0.95, "{:?}", shares);
    }

    #[test]
    fn every_candidate_is_either_ranked_or_excluded_with_a_cause(
        team in proptest::collection::vec((any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), 0u32..3000), 0..12),
        urgency in proptest::sample::select(Urgency::ALL),
    ) {
        let team: Vec<Candidate> = team.into_iter().map(|(qualified, on_duty, on_call, shift, week)| Candidate {
            categories: if qualified { [RepairCategory::Water].into() } else { BTreeSet::new() },
            on_duty, on_call, next_shift: shift.then(|| at(8)), ..technician(week, &[])
        }).collect();
        let suggestion = suggest(&job(urgency), &team, &Weights::default());
        prop_assert_eq!(suggestion.ranking.len() + suggestion.excluded.len(), team.len());
        let on_duty = team.iter().any(|c| c.on_duty && !c.categories.is_empty());
        prop_assert_eq!(suggestion.first().is_some_and(|r| r.readiness == Readiness::OnDuty), on_duty);
        prop_assert_eq!(suggestion.fallback.is_some(), !on_duty && !suggestion.ranking.is_empty());
    }
}
