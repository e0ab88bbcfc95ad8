//! Return visits (return_visits): made due by a closing, never by whose work it was.

use chrono::Duration;
use serde_json::{Value, json};
use uuid::Uuid;
use wuye_domain::{
    service_desk::visits::{Closing, VisitSubject, due},
    shared::{
        Settings,
        deadline::Clockwork,
        workdays::{DEFAULT_END_OF_WORK, WorkdayCalendar},
        zone::DEFAULT_ZONE,
    },
};
use wuye_persistence::service_desk::visits;

use crate::harness::{Client, Staff, TestApp};

/// A suggestion answered and closed; gives the case and its visit.
async fn closed_case(client: &Client) -> (String, String) {
    let new = json!({ "kind": "suggestion", "channel": "desk", "field": "greening", "text": "多种几棵桂花" });
    let case = client.post("/cases", new).await.expect(201).id();
    client
        .post(&format!("/cases/{case}/reply"), json!({ "text": "列入计划" }))
        .await
        .expect(200);
    client
        .post(&format!("/cases/{case}/close"), json!({}))
        .await
        .expect(200);
    let visits = client
        .get(&format!("/visits?subject=case&subject_id={case}"))
        .await
        .json(200);
    (case, visits["items"][0]["id"].as_str().expect("a visit").to_owned())
}

/// The visits of a warranty repair by `tech`, as the closing of its order makes them due.
async fn warranty_visits(app: &TestApp) -> Vec<Value> {
    let now = app.clock.now();
    let closing = Closing {
        estate_id: app.estate().into(),
        subject: VisitSubject::WorkOrder,
        subject_id: Uuid::now_v7(),
        subject_no: "GD2026-000001".to_owned(),
        title: "厨房水管漏水".to_owned(),
        round: 0,
        house_id: None,
        party_id: None,
        excluded: vec![Staff::of("pubsup").employee.into()],
        warranty: true,
        closed_at: now,
    };
    let calendar = WorkdayCalendar::built_in();
    let clockwork = Clockwork {
        calendar: &calendar,
        zone: DEFAULT_ZONE,
        end_of_work: DEFAULT_END_OF_WORK,
    };
    let mut conn = app.conn().await;
    for expected in [2, 0] {
        let visits = due(&closing, &Settings::default(), &clockwork, now);
        let entries = visits::generate(&mut conn, visits, DEFAULT_ZONE).await.expect("visits");
        assert_eq!(entries.len(), expected, "the same closing makes no second visit");
    }
    let list = app
        .login("recept")
        .await
        .get("/visits?subject=work_order")
        .await
        .json(200);
    list["items"].as_array().expect("a list").clone()
}

fn answer(result: &str) -> Value {
    json!({ "method": "phone", "result": result, "comment": "住户原话" })
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_07b_a_closed_case_is_asked_about_and_then_visited() {
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    let (case, visit) = closed_case(&recept).await;
    let detail = recept.get(&format!("/visits/{visit}")).await.json(200);
    assert_eq!(
        (&detail["no"], &detail["due_at"]),
        (&json!("HF2026-000001"), &json!("2026-03-05T09:30:00Z"))
    );
    let done = recept
        .post(&format!("/visits/{visit}/record"), answer("satisfied"))
        .await
        .json(200);
    assert_eq!(
        (&done["state"], &done["visitor_name"]),
        (&json!("closed"), &json!("员工recept"))
    );
    assert_eq!(
        recept.get(&format!("/cases/{case}")).await.json(200)["state"],
        "visited"
    );
    recept
        .post(&format!("/visits/{visit}/record"), answer("average"))
        .await
        .problem(409, "wrong_state");
    let figures = recept.get("/visits/statistics").await.json(200);
    assert_eq!(
        (&figures["visit_rate_bp"], &figures["dissatisfied_rate_bp"]),
        (&json!(10_000), &json!(0))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_07b_a_dissatisfied_resident_reopens_the_case_and_the_next_closing_is_asked_about_again() {
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    let (case, visit) = closed_case(&recept).await;
    recept
        .post(
            &format!("/visits/{visit}/record"),
            json!({ "method": "home", "result": "dissatisfied" }),
        )
        .await
        .problem(422, "validation_failed");
    let done = recept
        .post(&format!("/visits/{visit}/record"), answer("dissatisfied"))
        .await
        .json(200);
    assert_eq!(done["state"], "done");
    let pubsup = app.login("pubsup").await;
    assert_eq!(
        pubsup
            .get("/visits?result=dissatisfied&open=true&count=true")
            .await
            .json(200)["total"],
        1
    );
    recept
        .post(&format!("/visits/{visit}/close"), json!({}))
        .await
        .problem(409, "wrong_state");
    let follow = json!({ "text": "约定周五现场看", "reopen": true });
    assert_eq!(
        recept
            .post(&format!("/visits/{visit}/follow-up"), follow)
            .await
            .json(200)["state"],
        "followed_up"
    );
    recept
        .post(&format!("/visits/{visit}/close"), json!({}))
        .await
        .expect(200);
    let reopened = recept.get(&format!("/cases/{case}")).await.json(200);
    assert_eq!(
        (&reopened["state"], &reopened["reopened_count"]),
        (&json!("investigating"), &json!(1))
    );
    recept
        .post(&format!("/cases/{case}/reply"), json!({ "text": "本周五种下" }))
        .await
        .expect(200);
    recept
        .post(&format!("/cases/{case}/close"), json!({}))
        .await
        .expect(200);
    assert_eq!(
        recept
            .get(&format!("/visits?subject_id={case}&count=true"))
            .await
            .json(200)["total"],
        2
    );
    let figures = pubsup.get("/visits/statistics").await.json(200);
    assert_eq!(
        (&figures["due"], &figures["dissatisfied_rate_bp"]),
        (&json!(2), &json!(10_000))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_09b_a_warranty_repair_is_asked_about_twice_and_not_by_whose_work_it_was() {
    let app = TestApp::start().await;
    let visits = warranty_visits(&app).await;
    let dues: Vec<(&str, &str)> = visits
        .iter()
        .map(|visit| {
            (
                visit["reason"].as_str().expect("a reason"),
                visit["due_at"].as_str().expect("a time"),
            )
        })
        .collect();
    assert_eq!(
        dues,
        [
            ("closing", "2026-03-05T09:30:00Z"),
            ("warranty", "2026-04-01T09:30:00Z")
        ]
    );
    let path = format!("/visits/{}", visits[0]["id"].as_str().expect("an id"));
    let pubsup = app.login("pubsup").await;
    pubsup
        .post(&format!("{path}/record"), answer("satisfied"))
        .await
        .problem(403, "self_approval");
    assert_eq!(pubsup.get(&path).await.json(200)["own_work"], true);
    assert_eq!(pubsup.get("/visits?mine=true&count=true").await.json(200)["total"], 0);
    let recept = app.login("recept").await;
    let name = |person: &str| json!({ "visitor_id": Staff::of(person).employee });
    let own = recept
        .post(&format!("{path}/assign"), name("pubsup"))
        .await
        .problem(422, "validation_failed");
    assert_eq!(own["errors"][0]["code"], "own_work");
    let tech = recept
        .post(&format!("{path}/assign"), name("tech2"))
        .await
        .problem(422, "validation_failed");
    assert_eq!(tech["errors"][0]["code"], "not_of_the_desk");
    assert_eq!(
        recept.post(&format!("{path}/assign"), name("recept2")).await.json(200)["visitor_name"],
        "员工recept2"
    );
    app.login("tech").await.get(&path).await.problem(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_07b_nobody_reached_is_tried_again_and_given_up_after_three_tries() {
    let app = TestApp::start().await;
    let (case, visit) = closed_case(&app.login("recept").await).await;
    for (try_no, state) in [(1, "unreachable"), (2, "unreachable"), (3, "closed")] {
        let recept = app.login("recept").await;
        let body = json!({ "method": "phone", "result": "unreachable" });
        let tried = recept.post(&format!("/visits/{visit}/record"), body).await.json(200);
        assert_eq!((&tried["attempts"], &tried["state"]), (&json!(try_no), &json!(state)));
        app.advance(Duration::days(1));
    }
    let recept = app.login("recept").await;
    assert_eq!(
        recept.get(&format!("/cases/{case}")).await.json(200)["state"],
        "closed",
        "nobody was asked"
    );
    assert_eq!(recept.get("/visits/statistics").await.json(200)["visit_rate_bp"], 0);
    let late = json!({ "method": "phone", "result": "satisfied", "occurred_at": app.clock.now() - Duration::hours(3) });
    assert_eq!(
        recept.post(&format!("/visits/{visit}/record"), late).await.json(202)["kept"],
        true
    );
    let notes = recept.get(&format!("/visits/{visit}")).await.json(200)["late_notes"].clone();
    assert_eq!(notes.as_array().expect("a list").len(), 1);
}
