//! The workbench: each post sees what waits for it, and nothing of another estate.

use diesel_async::SimpleAsyncConnection;
use serde_json::json;
use uuid::Uuid;

use crate::harness::{Client, Staff, TestApp};

const NOW: &str = "2026-03-02T02:00:00Z";

impl TestApp {
    /// A request in `estate`, dispatched to a technician when one is named; its order is to be finished at `due`.
    async fn put_request(&self, estate: Uuid, tech: Option<&str>, due: &str) {
        let mut conn = self.conn().await;
        let (request, order) = (Uuid::now_v7(), Uuid::now_v7());
        let state = if tech.is_some() { "dispatched" } else { "requested" };
        let mut sql = format!(
            "INSERT INTO repair_requests (id, no, estate_id, responsible_post, source, place_text, category, urgency, paid, \
             warranty, text, requested_at, recorded_at, dispatch_due_at, state, updated_at) VALUES ('{request}', 'BX{request}', \
             '{estate}', 'RECEPT', 'owner', '东门', 'water', 'normal', false, false, '漏水', '{NOW}', '{NOW}', '{due}', '{state}', '{NOW}');"
        );
        if let Some(tech) = tech {
            let tech = Staff::of(tech);
            sql += &format!(
                "INSERT INTO work_orders (id, no, estate_id, request_id, responsible_post, responsible_assignment, technician_id, \
                 category, urgency, estimated_minutes, state, dispatched_at, round_at, response_due_at, finish_due_at, updated_at) \
                 VALUES ('{order}', 'GD{order}', '{estate}', '{request}', 'TECH', '{}', '{}', 'water', 'normal', 60, 'dispatched', \
                 '{NOW}', '{NOW}', '{due}', '{due}', '{NOW}')",
                tech.assignment, tech.employee
            );
        }
        conn.batch_execute(&sql).await.expect("a request");
    }
}

/// How many of this kind wait for somebody.
pub(crate) async fn count(client: &Client, kind: &str) -> i64 {
    let bench = client.get("/me/workbench").await.json(200);
    let counts = bench["counts"].as_array().expect("counts").clone();
    counts
        .iter()
        .find(|of| of["kind"] == kind)
        .map_or(0, |of| of["count"].as_i64().unwrap_or(0))
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_tech_06b_pos_recept_09a_each_post_sees_its_own_nearest_deadline_first() {
    let app = TestApp::start().await;
    app.put_request(app.estate(), Some("tech"), "2026-03-03T02:00:00Z")
        .await;
    app.put_request(app.estate(), Some("tech"), "2026-03-01T02:00:00Z")
        .await;
    app.put_request(app.estate(), Some("tech2"), "2026-03-04T02:00:00Z")
        .await;
    app.put_request(app.estate(), None, "2026-03-02T02:30:00Z").await;
    app.put_request(app.other_estate(), None, "2026-03-02T02:30:00Z").await;
    let tech = app.login("tech").await;
    let bench = tech.get("/me/workbench").await.json(200);
    let items = bench["items"].as_array().expect("items");
    let seen: Vec<_> = items
        .iter()
        .map(|item| (item["overdue"].clone(), item["due_at"].clone()))
        .collect();
    assert_eq!(
        seen,
        [
            (json!(true), json!("2026-03-01T02:00:00Z")),
            (json!(false), json!("2026-03-03T02:00:00Z"))
        ]
    );
    assert_eq!(
        (&items[0]["kind"], &items[0]["where"], &items[0]["title"]),
        (&json!("my_orders"), &json!("东门"), &json!("漏水"))
    );
    assert_eq!(
        bench["counts"],
        json!([{ "kind": "my_orders", "count": 2, "overdue": 1 }])
    );
    assert_eq!(count(&app.login("tech3").await, "my_orders").await, 0);
    assert_eq!(count(&app.login("recept").await, "requests_to_dispatch").await, 1);
    assert_eq!(count(&app.login("recept").await, "my_orders").await, 0);
    // Late work waits for a superior when it has climbed to them.
    assert_eq!(count(&app.login("pubsup").await, "overdue_orders").await, 0);
    app.run_jobs().await;
    assert_eq!(count(&app.login("pubsup").await, "overdue_orders").await, 1);
    assert_eq!(count(&app.login("guardcapt").await, "overdue_orders").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_depmgr_02a_goals_wait_for_the_manager_and_acting_brings_what_waits_for_the_principal() {
    let app = TestApp::start().await;
    let set = app
        .login("depmgr")
        .await
        .post("/goal-sets", json!({ "year": 2026 }))
        .await
        .json(201);
    assert_eq!(count(&app.login("cscmgr").await, "goals_to_approve").await, 1);
    assert_eq!(count(&app.login("asstmgr").await, "goals_to_approve").await, 0);
    app.put_acting("cscmgr", "asstmgr", "CSCMGR").await;
    assert_eq!(count(&app.login("asstmgr").await, "goals_to_approve").await, 1);
    let path = format!("/goal-sets/{}/approve", set["id"].as_str().expect("an id"));
    // Who is away does not decide beside the stand-in.
    app.login("cscmgr")
        .await
        .post(&path, json!({}))
        .await
        .problem(403, "forbidden");
    app.login("asstmgr").await.post(&path, json!({})).await.expect(200);
    assert_eq!(count(&app.login("asstmgr").await, "goals_to_approve").await, 0);
    assert_eq!(count(&app.login("gm").await, "goals_for_information").await, 1);
}
