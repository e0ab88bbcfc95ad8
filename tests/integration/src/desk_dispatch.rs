//! Who should go, who goes, and how evenly the work lies (POS-RECEPT-09c).

use serde_json::{Value, json};

use crate::desk_scene::{TECHNICIANS, dispatch, request, technicians_on_duty};
use crate::harness::{Client, Staff, TestApp};

fn path(request: &Value, action: &str) -> String {
    format!("/repair-requests/{}/{action}", request["id"].as_str().expect("an id"))
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_09c_dispatch_suggests_lowest_weighted_load_and_says_why() {
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    let unstaffed = request(&recept, json!({})).await;
    let nobody = recept.get(&path(&unstaffed, "suggestions")).await.json(200);
    assert_eq!(nobody["ranking"], json!([]));
    assert_eq!(
        nobody["excluded"].as_array().expect("technicians").len(),
        TECHNICIANS.len()
    );

    technicians_on_duty(&app).await;
    dispatch(&recept, &request(&recept, json!({})).await, "tech").await;
    let next = request(&recept, json!({})).await;
    let ranking = recept.get(&path(&next, "suggestions")).await.json(200)["ranking"].clone();
    assert_eq!(ranking.as_array().expect("a ranking").len(), 3);
    let last = &ranking[2];
    assert_eq!(last["technician_id"], json!(Staff::of("tech").employee));
    assert_eq!(
        (
            last["load"]["open_orders"].as_i64(),
            last["load"]["week_minutes"].as_i64()
        ),
        (Some(1), Some(60))
    );
    let why = &ranking[0]["reasons"][0];
    assert!(why["zh"].as_str().is_some_and(|zh| zh.contains("工作量最低")), "{why}");
    assert!(
        why["en"].as_str().is_some_and(|en| en.contains("lowest weighted load")),
        "{why}"
    );

    let other = json!({ "technician_id": Staff::of("tech").employee });
    let refused = recept
        .post(&path(&next, "dispatch"), other)
        .await
        .problem(422, "validation_failed");
    assert_eq!(refused["errors"][0]["pointer"], "/reason");
    let suggested = json!({ "technician_id": ranking[0]["technician_id"] });
    let order = recept.post(&path(&next, "dispatch"), suggested).await.json(201);
    assert_eq!(order["technician_id"], ranking[0]["technician_id"]);
    let stranger = json!({ "technician_id": Staff::of("cleaner").employee, "reason": "就他了" });
    recept
        .post(&path(&unstaffed, "dispatch"), stranger)
        .await
        .problem(422, "validation_failed");
    app.login("tech")
        .await
        .get(&path(&next, "suggestions"))
        .await
        .problem(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_09a_of_two_dispatchers_one_wins_and_the_other_learns_who() {
    let app = TestApp::start().await;
    technicians_on_duty(&app).await;
    let (one, two) = (app.login("recept").await, app.login("recept2").await);
    for round in 0..5 {
        let made = request(&one, json!({})).await;
        let body = |name: &str| json!({ "technician_id": Staff::of(name).employee, "reason": "并发" });
        let target = path(&made, "dispatch");
        let (first, second) = tokio::join!(one.post(&target, body("tech")), two.post(&target, body("tech2")));
        let (won, lost) = if first.status == 201 {
            (first, second)
        } else {
            (second, first)
        };
        let order = won.json(201);
        let refusal = lost.problem(409, "wrong_state");
        let detail = refusal["detail"].as_str().expect("a detail");
        assert!(
            detail.contains("员工recept") && detail.contains(order["no"].as_str().expect("a number")),
            "{round}: {detail}"
        );
    }
}

/// Takes the suggestion as it stands, and looks again when somebody else was faster.
async fn follow_the_suggestion(client: &Client, made: &Value) {
    for _ in 0..50 {
        let ranking = client.get(&path(made, "suggestions")).await.json(200)["ranking"].clone();
        let body = json!({ "technician_id": ranking[0]["technician_id"] });
        let answer = client.post(&path(made, "dispatch"), body).await;
        if answer.status == 201 {
            return;
        }
        answer.problem(422, "validation_failed");
    }
    panic!("never first");
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_09c_the_counts_stay_right_when_several_dispatch_at_once() {
    let app = TestApp::start().await;
    technicians_on_duty(&app).await;
    let (one, two) = (app.login("recept").await, app.login("recept2").await);
    let mut requests = Vec::new();
    for _ in 0..12 {
        requests.push(request(&one, json!({})).await);
    }
    let half = async |client: &Client, mine: &[Value]| {
        for made in mine {
            follow_the_suggestion(client, made).await;
        }
    };
    let (left, right) = requests.split_at(6);
    tokio::join!(half(&one, left), half(&two, right));
    let load = app.login("pubsup").await.get("/workload").await.json(200);
    let technicians = load["technicians"].as_array().expect("technicians");
    let minutes: i64 = technicians
        .iter()
        .map(|t| t["week_minutes"].as_i64().expect("minutes"))
        .sum();
    let open: i64 = technicians
        .iter()
        .map(|t| t["open_orders"].as_i64().expect("orders"))
        .sum();
    assert_eq!((minutes, open), (12 * 60, 12));
    assert_eq!(
        (
            load["spread"]["spread_minutes"].as_i64(),
            load["spread"]["jain"].as_f64()
        ),
        (Some(0), Some(1.0))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_09a_what_is_dispatched_is_changed_on_its_order_only() {
    let app = TestApp::start().await;
    technicians_on_duty(&app).await;
    let recept = app.login("recept").await;
    let made = request(&recept, json!({})).await;
    let own = format!("/repair-requests/{}", made["id"].as_str().expect("an id"));
    let etag = recept.get(&own).await.etag();
    let changed = recept.patch(&own, &etag, json!({ "urgency": "urgent" })).await;
    assert_eq!(changed.etag(), "\"2\"");
    recept
        .patch(&own, &etag, json!({ "urgency": "normal" }))
        .await
        .problem(412, "version_conflict");
    let order = dispatch(&recept, &made, "tech").await;
    assert_eq!(order["response_due_at"], "2026-03-02T02:15:00Z");
    recept
        .post(&format!("{own}/cancel"), json!({ "reason": "重复" }))
        .await
        .problem(409, "wrong_state");
    let cancel = format!("/work-orders/{}/cancel", order["id"].as_str().expect("an id"));
    recept
        .post(&cancel, json!({ "reason": "住户自行修好" }))
        .await
        .expect(200);
    assert_eq!(recept.get(&own).await.json(200)["state"], "cancelled");
}
