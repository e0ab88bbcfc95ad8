//! Courtesy help (resident_assistance): logged by who gave it, read up the line, corrected by a further line.

use chrono::Duration;
use serde_json::{Value, json};

use crate::harness::TestApp;

fn help(minutes: i32) -> Value {
    json!({ "kind": "carrying", "note": "帮老人搬米上楼", "minutes": minutes })
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_guard_08_pos_tech_10_front_line_staff_log_their_own_help() {
    let app = TestApp::start().await;
    let guard = app.login("guard").await;
    let mut new = help(15);
    new["occurred_at"] = json!(app.clock.now() - Duration::hours(5));
    let line = guard.post("/assistances", new).await.json(201);
    assert_eq!(
        (&line["no"], &line["employee_name"]),
        (&json!("BZ2026-000001"), &json!("员工guard"))
    );
    app.login("tech").await.post("/assistances", help(30)).await.expect(201);
    let total = |path: &'static str, who: &'static str| {
        let app = &app;
        async move { app.login(who).await.get(path).await.json(200)["total"].clone() }
    };
    let log = "/assistances?count=true";
    assert_eq!(total(log, "guard").await, 1);
    assert_eq!(total(log, "tech2").await, 0);
    assert_eq!(total(log, "guardlead").await, 1, "the line above reads it");
    assert_eq!(total(log, "cscmgr").await, 2);
    let mut paid = help(10);
    paid["charge_fen"] = json!(500);
    guard.post("/assistances", paid).await.problem(422, "validation_failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_10_a_line_is_corrected_by_a_further_line_and_counted_once() {
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    let id = recept.post("/assistances", help(15)).await.expect(201).id();
    let path = format!("/assistances/{id}/correct");
    let correction = json!({ "line": help(25), "reason": "时间写错" });
    app.login("recept2")
        .await
        .post(&path, correction.clone())
        .await
        .problem(404, "not_found");
    let mut ahead = correction.clone();
    ahead["line"]["occurred_at"] = json!("2999-01-01T00:00:00Z");
    let refused = recept.post(&path, ahead).await.problem(422, "validation_failed");
    assert_eq!(refused["errors"][0]["pointer"], "/line/occurred_at");
    let further = recept.post(&path, correction.clone()).await.json(201);
    assert_eq!((&further["corrects_id"], &further["minutes"]), (&json!(id), &json!(25)));
    recept.post(&path, correction).await.problem(409, "wrong_state");
    assert_eq!(recept.get("/assistances?count=true").await.json(200)["total"], 1);
    assert_eq!(
        recept.get("/assistances?corrected=true&count=true").await.json(200)["total"],
        2
    );
    let figures = app.login("pubsup").await.get("/assistances/statistics").await.json(200);
    assert_eq!(
        (
            &figures[0]["month"],
            &figures[0]["count"],
            &figures[0]["minutes"],
            &figures[0]["employee_name"]
        ),
        (&json!("2026-03"), &json!(1), &json!(25), &json!("员工recept"))
    );
}
