//! Repairs from the report to the closing (repair_dispatch).

use chrono::Duration;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;
use wuye_persistence::schema::{trail, visits, work_order_results};

use crate::desk_scene::{completion, dispatch, house_in, order_path, repair, request, technicians_on_duty};
use crate::harness::{Staff, TestApp};

fn id(record: &Value) -> Uuid {
    record["id"].as_str().expect("an id").parse().expect("a uuid")
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_09a_pos_tech_06b_pos_pubsup_09_a_repair_runs_from_report_to_verification() {
    let app = TestApp::start().await;
    technicians_on_duty(&app).await;
    let house = house_in(&app, app.estate(), "3-2-501").await;
    let recept = app.login("recept").await;
    let made = request(
        &recept,
        json!({ "house_id": house, "warranty": true, "contact_phone": "13800138000" }),
    )
    .await;
    assert_eq!(
        (made["state"].as_str(), made["house_no"].as_str()),
        (Some("requested"), Some("3-2-501"))
    );
    let found = recept
        .get("/repair-requests?q=3%E6%A0%8B2%E5%8D%95%E5%85%83501&count=true")
        .await
        .json(200);
    assert_eq!(
        (found["total"].as_i64(), found["items"][0]["id"].as_str()),
        (Some(1), made["id"].as_str())
    );

    let order = dispatch(&recept, &made, "tech2").await;
    assert_eq!(order["state"], "dispatched");
    let tech = app.login("tech2").await;
    let mine = tech.get("/work-orders?open=true").await.json(200);
    assert_eq!(mine["items"].as_array().expect("orders").len(), 1);
    app.login("tech")
        .await
        .get(&order_path(&order, ""))
        .await
        .problem(404, "not_found");
    repair(&tech, &order).await;
    tech.post(&order_path(&order, "verify"), json!({}))
        .await
        .problem(403, "forbidden");

    let verified = recept.post(&order_path(&order, "verify"), json!({})).await.json(200);
    assert_eq!(verified["state"], "verified");
    let due: Vec<(String, Vec<Option<Uuid>>)> = visits::table
        .filter(visits::subject_id.eq(id(&order)))
        .order(visits::due_at)
        .select((visits::reason, visits::excluded))
        .load(&mut app.conn().await)
        .await
        .expect("visits");
    assert_eq!(due.len(), 2, "one after closing, one after 30 days of warranty");
    assert!(
        due.iter()
            .all(|(_, excluded)| excluded.contains(&Some(Staff::of("tech2").employee)))
    );
    recept
        .post(&order_path(&order, "close"), json!({}))
        .await
        .problem(409, "wrong_state");

    let file = recept
        .get(&format!("/work-orders/export?format=csv&house_id={house}"))
        .await
        .expect(200);
    let text = String::from_utf8_lossy(&file.bytes).into_owned();
    assert!(text.contains(order["no"].as_str().expect("a number")), "{text}");
    let register = recept.get("/repair-requests/export?format=csv").await.expect(200);
    assert!(String::from_utf8_lossy(&register.bytes).contains("3-2-501"));

    let history = recept.get(&format!("/work-orders?house_id={house}")).await.json(200);
    assert_eq!(history["items"][0]["no"], order["no"]);
    let detail = recept.get(&order_path(&order, "")).await.json(200);
    assert_eq!(detail["results"][0]["material_cost_fen"], 3500);
    assert_eq!(
        detail["dispatches"][0]["technician_id"],
        json!(Staff::of("tech2").employee)
    );
    let figures = app.login("pubsup").await.get("/work-orders/statistics").await.json(200);
    assert_eq!(figures["figures"]["all"]["first_time_fix"]["percent"], 100.0);
    assert_eq!(figures["figures"]["all"]["on_time_finish"]["denominator"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_guardlead_05b_a_night_request_goes_to_the_desk_at_the_start_of_work() {
    let app = TestApp::start().await;
    app.advance(Duration::hours(13)); // Monday, 23:00
    let leader = app.login("guardlead").await;
    let made = request(&leader, json!({ "place_text": "地下车库B2" })).await;
    assert_eq!(made["responsible_post"], "GUARDLEAD");
    assert_eq!(made["night"]["hand_over_at"], "2026-03-03T00:30:00Z");
    let path = format!("/repair-requests/{}", made["id"].as_str().expect("an id"));
    app.run_jobs().await;
    let recept = app.login("recept").await;
    let night = recept.get("/repair-requests?night=true").await.json(200);
    assert_eq!(night["items"][0]["night"]["handed_over_at"], Value::Null);
    app.advance(Duration::hours(9) + Duration::minutes(30)); // Tuesday, 08:30
    app.run_jobs().await;
    app.run_jobs().await;
    let recept = app.login("recept").await;
    let handed = recept.get(&path).await.json(200);
    assert_eq!(handed["responsible_post"], "RECEPT");
    assert_eq!(handed["night"]["handed_over_at"], "2026-03-03T00:30:00Z");
    assert_eq!(handed["dispatch_due_at"], "2026-03-03T01:00:00Z");
    let lines: i64 = trail::table
        .filter(trail::subject_id.eq(id(&made)).and(trail::action.eq("handed_over")))
        .count()
        .get_result(&mut app.conn().await)
        .await
        .expect("the trail");
    assert_eq!(lines, 1, "however often the job runs");
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_7_everybody_on_the_staff_reports_a_broken_computer() {
    let app = TestApp::start().await;
    let ticket = app.login("ticket").await;
    let made = request(
        &ticket,
        json!({ "source": "computer_fault", "place_text": "收费室", "category": "other" }),
    )
    .await;
    assert_eq!(made["source"], "computer_fault");
    let mine = ticket.get("/repair-requests").await.json(200);
    assert_eq!(mine["items"].as_array().expect("requests").len(), 1);
    app.login("cashier")
        .await
        .get(&format!("/repair-requests/{}", made["id"].as_str().expect("an id")))
        .await
        .problem(404, "not_found");
    let bad = json!({ "text": "坏了" });
    let refused = ticket
        .post("/repair-requests", bad)
        .await
        .problem(422, "validation_failed");
    assert_eq!(refused["errors"][0]["pointer"], "/house_id");
    let foreign = house_in(&app, app.other_estate(), "9-1-101").await;
    let refused = ticket
        .post("/repair-requests", json!({ "text": "坏了", "house_id": foreign }))
        .await
        .problem(422, "validation_failed");
    assert_eq!(refused["errors"][0]["code"], "unknown_reference");
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_pubsup_09_work_waits_until_the_supervisor_has_decided_on_its_cost() {
    let app = TestApp::start().await;
    technicians_on_duty(&app).await;
    let (recept, tech, pubsup) = (
        app.login("recept").await,
        app.login("tech").await,
        app.login("pubsup").await,
    );
    let order = dispatch(&recept, &request(&recept, json!({})).await, "tech").await;
    tech.post(&order_path(&order, "accept"), json!({})).await.expect(200);
    tech.post(&order_path(&order, "arrive"), json!({})).await.expect(200);
    let hold =
        json!({ "kind": "material", "reason": "须换水泵", "cost": { "kind": "material", "amount_fen": 250_000 } });
    let held = tech.post(&order_path(&order, "hold"), hold).await.json(200);
    assert_eq!(
        (held["state"].as_str(), held["cost_pending"].as_bool()),
        (Some("pending_material"), Some(true))
    );
    tech.post(&order_path(&order, "resume"), json!({}))
        .await
        .problem(409, "wrong_state");
    let waiting = pubsup.get("/work-orders?cost_pending=true").await.json(200);
    assert_eq!(waiting["items"][0]["id"], order["id"]);
    let cost = pubsup.get(&order_path(&order, "")).await.json(200)["costs"][0].clone();
    assert_eq!(cost["needs_expense_approval"], true);
    let path = format!("/work-order-costs/{}", cost["id"].as_str().expect("an id"));
    recept
        .post(&format!("{path}/approve"), json!({}))
        .await
        .problem(403, "forbidden");
    pubsup
        .post_once(&format!("{path}/refuse"), "cost-0000", json!({}))
        .await
        .problem(422, "validation_failed");
    // Money is at stake: twice the same decision must be one.
    pubsup
        .post(&format!("{path}/approve"), json!({}))
        .await
        .problem(428, "precondition_required");
    let approve = async |key: &str| pubsup.post_once(&format!("{path}/approve"), key, json!({})).await;
    approve("cost-0001").await.expect(200);
    approve("cost-0001").await.expect(200);
    approve("cost-0002").await.problem(409, "wrong_state");
    tech.post(&order_path(&order, "resume"), json!({})).await.expect(200);
    let mut done = completion();
    done["materials_used"][0]["cost_fen"] = json!(250_001);
    let refused = tech
        .post(&order_path(&order, "finish"), done.clone())
        .await
        .problem(422, "validation_failed");
    assert_eq!(refused["errors"][0]["code"], "approval_required");
    done["materials_used"][0]["cost_fen"] = json!(250_000);
    tech.post(&order_path(&order, "finish"), done).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_pubsup_09_overdue_work_climbs_to_the_supervisor_and_then_to_the_deputy_manager() {
    let app = TestApp::start().await;
    technicians_on_duty(&app).await;
    let recept = app.login("recept").await;
    let waiting = request(&recept, json!({})).await;
    let order = dispatch(&recept, &request(&recept, json!({})).await, "tech").await;
    let climbed = async |subject: &Value| -> Vec<Value> {
        let mut all: Vec<Value> = trail::table
            .filter(trail::subject_id.eq(id(subject)).and(trail::action.eq("escalated")))
            .order(trail::id)
            .select(trail::changes)
            .load(&mut app.conn().await)
            .await
            .expect("the trail");
        // The finish has a climb of its own.
        all.retain(|changes| changes["deadline"] != "finish");
        all
    };
    app.advance(Duration::minutes(29));
    app.run_jobs().await;
    assert_eq!(climbed(&order).await.len(), 0);
    // Whoever has it is reminded at the deadline; the superior is told when that did not help.
    app.advance(Duration::minutes(2));
    app.run_jobs().await;
    assert_eq!(climbed(&order).await.len(), 0);
    app.advance(Duration::minutes(15));
    app.run_jobs().await;
    app.run_jobs().await;
    for subject in [&order, &waiting] {
        assert_eq!(climbed(subject).await.len(), 1);
        assert_eq!(climbed(subject).await[0]["to"], json!(["PUBSUP"]));
    }
    app.advance(Duration::hours(25));
    app.run_jobs().await;
    app.run_jobs().await;
    for subject in [&order, &waiting] {
        assert_eq!(climbed(subject).await.len(), 2);
        assert_eq!(climbed(subject).await[1]["to"], json!(["DEPMGR"]));
    }
    let late = app
        .login("depmgr")
        .await
        .get("/work-orders?overdue=true")
        .await
        .json(200);
    assert_eq!(
        (
            late["items"][0]["overdue"].as_bool(),
            late["items"][0]["escalated_to"].clone()
        ),
        (Some(true), json!(["PUBSUP", "DEPMGR"]))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_recept_5_3_an_order_is_closed_with_evidence_or_goes_back() {
    let app = TestApp::start().await;
    technicians_on_duty(&app).await;
    let (recept, tech) = (app.login("recept").await, app.login("tech").await);
    let order = dispatch(&recept, &request(&recept, json!({})).await, "tech").await;
    tech.post(&order_path(&order, "accept"), json!({})).await.expect(200);
    tech.post(&order_path(&order, "arrive"), json!({})).await.expect(200);
    let mut bare = completion();
    bare["resident_sign"] = json!({ "kind": "absent" });
    tech.post(&order_path(&order, "finish"), bare).await.expect(200);
    let refused = recept
        .post(&order_path(&order, "verify"), json!({}))
        .await
        .problem(422, "validation_failed");
    assert_eq!(refused["errors"][0]["pointer"], "/evidence_waiver");
    let returned = recept
        .post(&order_path(&order, "return"), json!({ "reason": "没有照片" }))
        .await
        .json(200);
    assert_eq!(
        (returned["state"].as_str(), returned["returned_count"].as_i64()),
        (Some("returned_to_work"), Some(1))
    );
    tech.post(&order_path(&order, "arrive"), json!({})).await.expect(200);
    tech.post(&order_path(&order, "finish"), completion()).await.expect(200);
    recept.post(&order_path(&order, "verify"), json!({})).await.expect(200);
    let not_good = recept.get("/work-orders?returned=true").await.json(200);
    assert_eq!(not_good["items"][0]["id"], order["id"]);
    let figures = recept.get("/work-orders/statistics").await.json(200);
    assert_eq!(figures["figures"]["all"]["first_time_fix"]["percent"], 0.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_tech_06b_what_a_device_sends_late_is_applied_or_kept_never_dropped_or_doubled() {
    let app = TestApp::start().await;
    technicians_on_duty(&app).await;
    let (recept, tech) = (app.login("recept").await, app.login("tech").await);
    let order = dispatch(&recept, &request(&recept, json!({})).await, "tech").await;
    let accepted_at = app.clock.now() + Duration::minutes(5);
    app.advance(Duration::hours(1));
    let (recept, tech) = (app.login("recept").await, {
        drop(tech);
        app.login("tech").await
    });
    let step = json!({ "occurred_at": accepted_at });
    let accepted = tech
        .post_once(&order_path(&order, "accept"), "device-key-1", step.clone())
        .await
        .json(200);
    assert_eq!(
        (accepted["keyed_late"].as_bool(), accepted["accepted_at"].clone()),
        (Some(true), json!(accepted_at))
    );
    let again = tech
        .post_once(&order_path(&order, "accept"), "device-key-1", step.clone())
        .await;
    assert_eq!(again.headers["idempotent-replayed"], "true");
    tech.post(
        &order_path(&order, "arrive"),
        json!({ "occurred_at": app.clock.now() + Duration::hours(1) }),
    )
    .await
    .problem(422, "validation_failed");

    let body = json!({ "technician_id": Staff::of("tech2").employee, "reason": "原维修员在抢修" });
    recept.post(&order_path(&order, "reassign"), body).await.expect(200);
    app.advance(Duration::minutes(1));
    tech.post(&order_path(&order, "arrive"), json!({}))
        .await
        .problem(404, "not_found");
    let late = json!({ "occurred_at": accepted_at + Duration::minutes(10) });
    let kept = tech.post(&order_path(&order, "arrive"), late).await.json(202);
    assert_eq!(
        (kept["act"].as_str(), kept["met_state"].as_str()),
        (Some("arrive"), Some("dispatched"))
    );
    app.login("tech3")
        .await
        .post(&order_path(&order, "arrive"), json!({ "occurred_at": accepted_at }))
        .await
        .problem(404, "not_found");
    let seen = app.login("tech2").await.get(&order_path(&order, "")).await.json(200);
    assert_eq!(seen["late_notes"][0]["act"], "arrive");
    assert_eq!(seen["order"]["state"], "dispatched");
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_tech_06b_a_finish_sent_twice_is_written_once() {
    let app = TestApp::start().await;
    technicians_on_duty(&app).await;
    let (recept, tech) = (app.login("recept").await, app.login("tech").await);
    let order = dispatch(&recept, &request(&recept, json!({})).await, "tech").await;
    tech.post(&order_path(&order, "accept"), json!({})).await.expect(200);
    tech.post(&order_path(&order, "arrive"), json!({})).await.expect(200);
    let path = order_path(&order, "finish");
    let (first, second) = tokio::join!(
        tech.post_once(&path, "finish-key-1", completion()),
        tech.post_once(&path, "finish-key-1", completion()),
    );
    first.expect(200);
    second.expect(200);
    let written: i64 = work_order_results::table
        .filter(work_order_results::order_id.eq(id(&order)))
        .count()
        .get_result(&mut app.conn().await)
        .await
        .expect("results");
    assert_eq!(written, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_pubsup_09_the_supervisor_sets_the_limits_of_a_category() {
    let app = TestApp::start().await;
    technicians_on_duty(&app).await;
    let (recept, pubsup) = (app.login("recept").await, app.login("pubsup").await);
    recept
        .patch("/repair-categories/water", "\"1\"", json!({ "finish_hours": 2 }))
        .await
        .problem(403, "forbidden");
    pubsup
        .patch("/repair-categories/water", "\"7\"", json!({ "finish_hours": 2 }))
        .await
        .problem(412, "version_conflict");
    let changed = pubsup
        .patch("/repair-categories/water", "\"1\"", json!({ "finish_hours": 2 }))
        .await;
    assert_eq!(changed.etag(), "\"2\"");
    pubsup
        .patch("/repair-categories/water", "\"1\"", json!({ "finish_hours": 3 }))
        .await
        .problem(412, "version_conflict");
    let order = dispatch(&recept, &request(&recept, json!({})).await, "tech").await;
    assert_eq!(order["finish_due_at"], "2026-03-02T04:00:00Z");
    pubsup
        .patch("/repair-categories/other", "\"1\"", json!({ "active": false }))
        .await
        .expect(200);
    let body = json!({ "place_text": "大堂", "category": "other", "text": "坏了" });
    recept
        .post("/repair-requests", body)
        .await
        .problem(422, "validation_failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_pubsup_09_a_cost_that_the_supervisor_asked_for_is_decided_one_step_up() {
    let app = TestApp::start().await;
    technicians_on_duty(&app).await;
    let (recept, pubsup, depmgr) = (
        app.login("recept").await,
        app.login("pubsup").await,
        app.login("depmgr").await,
    );
    let order = dispatch(&recept, &request(&recept, json!({})).await, "tech").await;
    let tech = app.login("tech").await;
    tech.post(&order_path(&order, "accept"), json!({})).await.expect(200);
    tech.post(&order_path(&order, "arrive"), json!({})).await.expect(200);
    let hold =
        json!({ "kind": "material", "reason": "须换水泵", "cost": { "kind": "material", "amount_fen": 90_000 } });
    pubsup.post(&order_path(&order, "hold"), hold).await.expect(200);
    let cost = pubsup.get(&order_path(&order, "")).await.json(200)["costs"][0].clone();
    let path = format!("/work-order-costs/{}/approve", cost["id"].as_str().expect("an id"));
    pubsup
        .post_once(&path, "own-cost-1", json!({}))
        .await
        .problem(403, "self_approval");
    depmgr.post_once(&path, "own-cost-2", json!({})).await.expect(200);
}
