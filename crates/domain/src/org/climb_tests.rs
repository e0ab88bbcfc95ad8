use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::org::seed;
use crate::org::superior::Holder;
use crate::shared::period::Period;
use crate::shared::workdays::{DEFAULT_END_OF_WORK, WorkdayCalendar};
use crate::shared::{AssignmentId, EstateId, SubjectKind};
use PostCode::{Asstmgr, Cleaner, Cleanlead, Cscmgr, Depmgr, Gm, Guardcapt, Guardlead, Pubsup, Recept, Tech};

const REPLY: Climbing = Climbing {
    deadline: "reply",
    ladder: Ladder::Line { head: Some(Pubsup) },
    pace: Pace::WorkingDays(SettingKey::EscalationDays),
    clauses: &["POS-RECEPT-07a"],
};
const STEP: Climbing = Climbing {
    deadline: "step",
    ladder: Ladder::Posts(&[Pubsup, Asstmgr, Cscmgr]),
    ..REPLY
};
const FINISH: Climbing = Climbing {
    deadline: "finish",
    pace: Pace::Hours(SettingKey::OrderEscalationHours),
    ..REPLY
};

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).expect("a date")
}

/// Thursday 17:30 in Shanghai; Friday and Monday are the next working days.
fn due() -> DateTime<Utc> {
    at("2026-03-05T09:30:00Z")
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

struct Centre {
    tree: super::super::tree::Tree,
    estate: EstateId,
    holders: Vec<Holder>,
    calendar: WorkdayCalendar,
}

impl Centre {
    fn with(posts: &[PostCode]) -> Self {
        let estate = EstateId::generate();
        Self {
            tree: seed::tree(day()),
            estate,
            calendar: WorkdayCalendar::built_in(),
            holders: posts
                .iter()
                .map(|post| Holder {
                    assignment: AssignmentId::generate(),
                    employee: EmployeeId::generate(),
                    post: *post,
                    estate: (*post != Gm).then_some(estate),
                    squad: None,
                    area: None,
                    period: Period::starting(day()),
                    able: true,
                })
                .collect(),
        }
    }

    fn overdue(&self, post: PostCode, climbing: &'static Climbing) -> Overdue {
        Overdue {
            subject: Subject::new(SubjectKind::Case, uuid::Uuid::now_v7()),
            climbing,
            due_at: due(),
            seat: Seat {
                post,
                estate: self.estate,
                squad: None,
                area: None,
            },
            giver: None,
            assignee: None,
            made_at: at("2026-03-02T02:00:00Z"),
            hurries: false,
        }
    }

    /// Who is told by which step when one looks at these instants.
    fn told(&self, overdue: &Overdue, instants: &[&str]) -> Vec<(i16, Vec<PostCode>)> {
        let settings = Settings::default();
        let clockwork = Clockwork {
            calendar: &self.calendar,
            zone: chrono_tz::Asia::Shanghai,
            end_of_work: DEFAULT_END_OF_WORK,
        };
        let ground = Ground {
            staff: Staff {
                tree: &self.tree,
                holders: &self.holders,
                stand_ins: &[],
                cover: seed::COVER,
                today: day(),
            },
            settings: &settings,
            clockwork: &clockwork,
        };
        let mut known = None;
        instants
            .iter()
            .map(|now| {
                let (climb, _) = overdue.climb(known.as_ref(), &ground, at(now));
                let (same, none) = overdue.climb(Some(&climb), &ground, at(now));
                assert!(known.is_none() && climb == Climb::default() || (same == climb && none.is_empty()));
                known = (climb != Climb::default()).then(|| climb.clone());
                (climb.level, climb.told)
            })
            .collect()
    }
}

const ALL: &[PostCode] = &[
    Gm, Cscmgr, Depmgr, Asstmgr, Pubsup, Guardcapt, Guardlead, Recept, Cleanlead, Tech,
];

#[test]
fn pos_recept_07a_the_assignee_is_reminded_then_one_superior_after_the_other_is_told() {
    let centre = Centre::with(ALL);
    let overdue = centre.overdue(Recept, &REPLY);
    let told = centre.told(
        &overdue,
        &[
            "2026-03-05T09:30:00Z", // on the very instant nothing is late
            "2026-03-05T09:30:01Z", // reminded
            "2026-03-05T09:45:01Z", // the supervisor, after the grace
            "2026-03-06T09:30:01Z",
            "2026-03-09T09:30:00Z",
            "2026-03-09T09:30:01Z",
            "2027-03-09T09:30:01Z",
        ],
    );
    let levels: Vec<i16> = told.iter().map(|(level, _)| *level).collect();
    assert_eq!(levels, [0, 0, 1, 2, 2, 3, 3]);
    assert_eq!(told[2].1, [Pubsup]);
    assert_eq!(told[3].1, [Pubsup, Depmgr]);
    assert_eq!(told[5].1, [Pubsup, Depmgr, Cscmgr]);
}

#[test]
fn every_step_that_was_slept_through_is_on_the_trail() {
    let centre = Centre::with(ALL);
    let overdue = centre.overdue(Tech, &FINISH);
    let settings = Settings::default();
    let clockwork = Clockwork {
        calendar: &centre.calendar,
        zone: chrono_tz::Asia::Shanghai,
        end_of_work: DEFAULT_END_OF_WORK,
    };
    let ground = Ground {
        staff: Staff {
            tree: &centre.tree,
            holders: &centre.holders,
            stand_ins: &[],
            cover: &[],
            today: day(),
        },
        settings: &settings,
        clockwork: &clockwork,
    };
    let (climb, entries) = overdue.climb(None, &ground, due() + TimeDelta::hours(49));
    let steps: Vec<_> = entries
        .iter()
        .map(|entry| (entry.action, entry.changes["to"].clone()))
        .collect();
    assert_eq!(
        steps,
        [
            ("reminded", json!(["TECH"])),
            ("escalated", json!(["PUBSUP"])),
            ("escalated", json!(["DEPMGR"])),
            ("escalated", json!(["CSCMGR"])),
        ]
    );
    assert_eq!((climb.level, climb.next_at), (3, None));
    assert_eq!(entries[2].occurred_at, Some(due() + TimeDelta::hours(24)));
}

#[test]
fn who_is_above_is_read_from_the_tree_and_the_head_of_the_service_is_told_beside() {
    let centre = Centre::with(ALL);
    let later = "2026-03-05T09:50:00Z";
    let first = |post, climbing| centre.told(&centre.overdue(post, climbing), &[later])[0].1.clone();
    assert_eq!(first(Guardlead, &REPLY), [Guardcapt, Pubsup]);
    assert_eq!(first(Cleaner, &REPLY), [Cleanlead], "the head comes next on that line");
    assert_eq!(first(Pubsup, &REPLY), [Depmgr]);
    assert_eq!(first(Cscmgr, &REPLY), [Gm]);
    assert_eq!(first(Recept, &STEP), [Pubsup]);
    assert_eq!(first(Pubsup, &STEP), [Asstmgr]);
    assert_eq!(first(Cscmgr, &STEP), [Gm]);
    let orphaned = Centre::with(&[Gm, Cscmgr, Depmgr, Recept]);
    let told = orphaned.told(&orphaned.overdue(Recept, &REPLY), &[later])[0].1.clone();
    assert_eq!(told, [Depmgr], "a vacant post passes it on");
}

const TASK: Climbing = Climbing {
    deadline: "task",
    ladder: Ladder::Giver,
    ..REPLY
};

#[test]
fn given_work_is_told_to_whoever_gave_it_and_then_up_the_line_above_those() {
    let centre = Centre::with(ALL);
    let given = |giver, to| Overdue {
        giver: Some(Seat {
            post: giver,
            ..centre.overdue(to, &TASK).seat
        }),
        ..centre.overdue(to, &TASK)
    };
    let instants = [
        "2026-03-05T09:30:01Z", // reminded
        "2026-03-05T09:45:01Z", // the giver, after the grace
        "2026-03-06T09:30:01Z",
        "2026-03-09T09:30:01Z",
        "2027-03-09T09:30:01Z",
    ];
    let told = |giver, to| centre.told(&given(giver, to), &instants);
    let of_captain = told(Guardcapt, Guardlead);
    assert_eq!(of_captain[0], (0, vec![]));
    assert_eq!(of_captain[1].1, [Guardcapt]);
    assert_eq!(of_captain[2].1, [Guardcapt, Depmgr]);
    assert_eq!(of_captain[4].1, [Guardcapt, Depmgr, Cscmgr]);
    assert_eq!(told(Cscmgr, Tech)[4].1, [Cscmgr, Gm], "those between have not given it");
    // Given along a functional edge: the line is the giver's, not the assignee's.
    assert_eq!(told(Asstmgr, Guardcapt)[4].1, [Asstmgr, Cscmgr]);
    let vacant = Centre::with(&[Gm, Cscmgr, Depmgr, Guardlead]);
    let overdue = Overdue {
        giver: Some(Seat {
            post: Guardcapt,
            ..vacant.overdue(Guardlead, &TASK).seat
        }),
        ..vacant.overdue(Guardlead, &TASK)
    };
    assert_eq!(
        vacant.told(&overdue, &instants)[1].1,
        [Depmgr],
        "the giver has left: their superior"
    );
}

#[test]
fn what_hurries_is_told_at_once() {
    let centre = Centre::with(ALL);
    let overdue = Overdue {
        hurries: true,
        ..centre.overdue(Tech, &FINISH)
    };
    assert_eq!(centre.told(&overdue, &["2026-03-05T09:30:02Z"])[0], (1, vec![Pubsup]));
}

proptest! {
    #[test]
    fn a_climb_never_goes_down_and_ends_at_the_top(looks in proptest::collection::vec(0i64..60 * 24 * 20, 1..30)) {
        let centre = Centre::with(ALL);
        let overdue = centre.overdue(Cleaner, &REPLY);
        let mut looks = looks;
        looks.sort_unstable();
        let instants: Vec<String> = looks.iter().map(|m| (due() + TimeDelta::minutes(*m)).to_rfc3339()).collect();
        let told = centre.told(&overdue, &instants.iter().map(String::as_str).collect::<Vec<_>>());
        prop_assert!(told.windows(2).all(|pair| pair[0].0 <= pair[1].0 && pair[0].1.len() <= pair[1].1.len()));
        prop_assert!(told.iter().all(|(level, _)| *level <= 4));
    }
}
