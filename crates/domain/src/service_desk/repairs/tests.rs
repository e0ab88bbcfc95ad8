use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use super::*;
use crate::access::{Actor, ActorKind, HeldPost, PostCode};
use crate::service_desk::{DeskHours, Urgency};
use crate::shared::deadline::Clockwork;
use crate::shared::workdays::{DEFAULT_END_OF_WORK, WorkdayCalendar};
use crate::shared::{AccountId, AssignmentId, EmployeeId, EstateId, LongText, Name, Note, ProblemCode};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn desk(calendar: &WorkdayCalendar) -> Desk<'_> {
    Desk {
        hours: DeskHours {
            clockwork: Clockwork {
                calendar,
                zone: chrono_tz::Asia::Shanghai,
                end_of_work: DEFAULT_END_OF_WORK,
            },
            start_of_work: NaiveTime::from_hms_opt(8, 30, 0).expect("a time"),
        },
        dispatch_minutes: 30,
    }
}

fn actor(post: PostCode, estate: EstateId) -> Actor {
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

fn new() -> NewRepair {
    NewRepair {
        estate_id: None,
        source: None,
        source_ref: None,
        house_id: None,
        place_id: None,
        place_text: Some(Name::new("3-2-501").expect("fits")),
        party_id: None,
        contact_name: None,
        contact_phone: None,
        category: Some(crate::service_desk::RepairCategory::Water),
        urgency: None,
        paid: false,
        warranty: false,
        text: LongText::new("厨房水管漏水").expect("fits"),
        requested_at: None,
        appointment: None,
        file_ids: vec![],
    }
}

/// A request taken at the desk.
pub(crate) fn taken(estate: EstateId, now: DateTime<Utc>, change: impl FnOnce(&mut NewRepair)) -> RepairRequest {
    let calendar = WorkdayCalendar::built_in();
    let mut new = new();
    change(&mut new);
    let actor = actor(PostCode::Recept, estate);
    take_in(&new, estate, "BX2026-000001".into(), &actor, &desk(&calendar), now)
        .expect("a good request")
        .record
}

#[test]
fn pos_guardlead_05b_a_night_request_is_handed_to_the_desk_at_the_start_of_work() {
    let calendar = WorkdayCalendar::built_in();
    let estate = EstateId::generate();
    // 23:10 on Friday the 6th of March 2026 in Shanghai; Monday is the next working day.
    let night = at("2026-03-06T15:10:00Z");
    let leader = actor(PostCode::Guardlead, estate);
    let taken = take_in(&new(), estate, "BX2026-000001".into(), &leader, &desk(&calendar), night)
        .expect("a good request")
        .record;
    let monday = at("2026-03-09T00:30:00Z");
    assert_eq!(taken.responsible_post, PostCode::Guardlead);
    assert_eq!(taken.night.map(|night| night.hand_over_at), Some(monday));
    assert_eq!(taken.dispatch_due_at, monday + TimeDelta::minutes(30));
    assert_eq!(taken.hand_over(monday - TimeDelta::seconds(1)), None);
    let handed = taken.hand_over(monday).expect("work starts").record;
    assert_eq!(handed.responsible_post, PostCode::Recept);
    assert_eq!(handed.hand_over(monday), None);
}

#[test]
fn an_emergency_at_night_is_due_at_once() {
    let calendar = WorkdayCalendar::built_in();
    let night = at("2026-03-06T15:10:00Z");
    let desk = desk(&calendar);
    assert_eq!(
        desk.dispatch_due(Urgency::Emergency, night),
        night + TimeDelta::minutes(5)
    );
    assert_eq!(
        desk.dispatch_due(Urgency::Urgent, night),
        night + TimeDelta::minutes(15)
    );
}

#[test]
fn a_request_says_where_and_when_in_reason() {
    let calendar = WorkdayCalendar::built_in();
    let estate = EstateId::generate();
    let actor = actor(PostCode::Cleaner, estate);
    let now = at("2026-03-09T02:00:00Z");
    let refused = |change: &dyn Fn(&mut NewRepair)| {
        let mut new = new();
        change(&mut new);
        let problem = take_in(&new, estate, String::new(), &actor, &desk(&calendar), now).expect_err("refused");
        problem.errors[0].pointer.clone()
    };
    assert_eq!(refused(&|new| new.place_text = None), "/house_id");
    assert_eq!(
        refused(&|new| new.requested_at = Some(now + TimeDelta::hours(1))),
        "/requested_at"
    );
    assert_eq!(
        refused(&|new| new.contact_phone = Name::new("不详").ok()),
        "/contact_phone"
    );
    assert_eq!(
        refused(&|new| {
            new.paid = true;
            new.warranty = true;
        }),
        "/paid"
    );
    let back = Appointment {
        from: now + TimeDelta::hours(2),
        until: now + TimeDelta::hours(1),
    };
    assert_eq!(refused(&|new| new.appointment = Some(back)), "/appointment/until");
}

#[test]
fn only_an_undispatched_request_is_changed_or_cancelled() {
    let calendar = WorkdayCalendar::built_in();
    let now = at("2026-03-09T02:00:00Z");
    let mut request = taken(EstateId::generate(), now, |_| {});
    let change = ChangeRepair {
        urgency: Some(Urgency::Urgent),
        ..Default::default()
    };
    let changed = request.change(&change, &desk(&calendar), now).expect("changes");
    assert_eq!(changed.record.dispatch_due_at, now + TimeDelta::minutes(15));
    assert_eq!(
        changed.entry.changes["urgency"],
        serde_json::json!(["normal", "urgent"])
    );
    request.state = RequestState::Dispatched;
    let refused = request.cancel(&Note::new("重复").expect("fits"), now);
    assert_eq!(refused.expect_err("dispatched").code, ProblemCode::WrongState);
}
