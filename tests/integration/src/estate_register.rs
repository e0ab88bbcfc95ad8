//! The inventory of the estate: drafts, confirmation, sheets, figures (POS-CLEANLEAD-03, DER-X-5).

use serde_json::{Value, json};

use crate::harness::{Client, TestApp};

/// A confirmed area, block, unit and house, keyed by the desk and confirmed by the supervisor.
pub struct Built {
    pub area: String,
    pub block: String,
    pub unit: String,
    pub house: String,
}

pub async fn confirm_all(supervisor: &Client) {
    loop {
        let waiting = supervisor
            .get("/structure-changes?state=proposed&limit=200")
            .await
            .json(200);
        let items = waiting["items"].as_array().expect("a list").clone();
        if items.is_empty() {
            return;
        }
        for change in items {
            let path = format!("/structure-changes/{}/confirm", change["id"].as_str().expect("an id"));
            supervisor.post(&path, json!({})).await.expect(200);
        }
    }
}

pub async fn build(app: &TestApp) -> Built {
    let desk = app.login("recept").await;
    let estate = app.estate();
    let area = desk
        .post("/areas", json!({"estate_id": estate, "code": "A1", "name": "东区"}))
        .await
        .expect(201)
        .id();
    let block = desk
        .post(
            "/blocks",
            json!({"estate_id": estate, "area_id": area, "no": "3栋", "kind": "high_rise", "floors_above": 18}),
        )
        .await
        .expect(201)
        .id();
    let unit = desk
        .post("/units", json!({"block_id": block, "no": "2单元"}))
        .await
        .expect(201)
        .id();
    let house = desk.post("/houses", house(&block, &unit, "501")).await.expect(201).id();
    confirm_all(&app.login("pubsup").await).await;
    Built {
        area,
        block,
        unit,
        house,
    }
}

pub fn house(block: &str, unit: &str, room: &str) -> Value {
    json!({"block_id": block, "unit_id": unit, "room": room, "area_milli": 89_570, "use": "residential", "status": "occupied"})
}

#[tokio::test(flavor = "multi_thread")]
async fn der_x_5_the_desk_keys_and_the_supervisor_confirms() {
    let app = TestApp::start().await;
    let (desk, supervisor) = (app.login("recept").await, app.login("pubsup").await);
    let new = json!({"estate_id": app.estate(), "code": "A1", "name": "东区"});
    let area = desk.post("/areas", new.clone()).await.json(201);
    assert_eq!(area["state"], "draft");
    desk.post("/areas", new).await.problem(409, "conflict");
    let waiting = supervisor.get("/structure-changes?state=proposed").await.json(200);
    let change = format!(
        "/structure-changes/{}",
        waiting["items"][0]["id"].as_str().expect("one")
    );
    desk.post(&format!("{change}/confirm"), json!({}))
        .await
        .problem(403, "forbidden");
    supervisor
        .post(&format!("{change}/confirm"), json!({"note": "核对无误"}))
        .await
        .expect(200);
    supervisor
        .post(&format!("{change}/confirm"), json!({}))
        .await
        .problem(409, "wrong_state");
    let path = format!("/areas/{}", area["id"].as_str().expect("an id"));
    let confirmed = desk.get(&path).await;
    let etag = confirmed.etag();
    assert_eq!(confirmed.json(200)["state"], "active");

    // The name of a confirmed area waits, its remark holds at once.
    let edited = desk
        .patch(&path, &etag, json!({"name": "东一区", "note": "含会所"}))
        .await;
    let body = edited.json(200);
    assert_eq!(
        (&body["record"]["name"], &body["record"]["note"]),
        (&json!("东区"), &json!("含会所"))
    );
    assert_eq!(body["pending"]["proposed"], json!({"name": "东一区"}));
    desk.patch(&path, &etag, json!({"note": "x"}))
        .await
        .problem(412, "version_conflict");
    let reject = format!(
        "/structure-changes/{}/reject",
        body["pending"]["id"].as_str().expect("an id")
    );
    supervisor
        .post(&reject, json!({"reason": "名称不变"}))
        .await
        .expect(200);
    assert_eq!(desk.get(&path).await.json(200)["name"], "东区");
}

#[tokio::test(flavor = "multi_thread")]
async fn der_x_5_what_others_hang_on_cannot_be_taken_out() {
    let app = TestApp::start().await;
    let built = build(&app).await;
    let (desk, supervisor) = (app.login("recept").await, app.login("pubsup").await);
    let path = format!("/blocks/{}/retire", built.block);
    let change = desk.post(&path, json!({"reason": "拆除"})).await.expect(201).id();
    desk.post(&path, json!({"reason": "拆除"}))
        .await
        .problem(409, "conflict");
    let confirm = format!("/structure-changes/{change}/confirm");
    supervisor.post(&confirm, json!({})).await.problem(409, "in_use");
    desk.post(&format!("/structure-changes/{change}/withdraw"), json!({}))
        .await
        .expect(200);
    assert_eq!(
        desk.get(&format!("/blocks/{}", built.block)).await.json(200)["state"],
        "active"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_cleanlead_03_the_leader_has_the_sheet_of_the_area_with_sizes_numbers_and_places() {
    let app = TestApp::start().await;
    let built = build(&app).await;
    let desk = app.login("recept").await;
    let place = |more: Value| {
        let mut new = json!({"estate_id": app.estate(), "area_id": built.area});
        new.as_object_mut()
            .expect("an object")
            .extend(more.as_object().expect("an object").clone());
        new
    };
    for more in [
        json!({"kind": "road", "name": "环路", "length_milli": 820_000, "area_milli": 4_100_000}),
        json!({"kind": "green", "name": "中心绿地", "area_milli": 1_200_500}),
        json!({"kind": "fixture", "fixture_kind": "bench", "no": "Z-10", "name": "长椅", "quantity": 4, "location": "环路东侧"}),
        json!({"kind": "fixture", "fixture_kind": "lamp_post", "no": "D-2", "name": "路灯", "quantity": 12}),
    ] {
        desk.post("/places", place(more)).await.expect(201);
    }
    desk.post(
        "/places",
        place(json!({"kind": "green", "name": "x", "length_milli": 5})),
    )
    .await
    .problem(422, "validation_failed");
    let leader = app.login("cleanlead").await;
    let sheet = leader
        .get(&format!("/inventory/sheet?area_id={}", built.area))
        .await
        .json(200);
    assert_eq!(sheet["blocks"][0]["floors_above"], 18);
    assert_eq!(sheet["roads"][0]["length_milli"], 820_000);
    assert_eq!(sheet["greens"][0]["area_milli"], 1_200_500);
    assert_eq!(sheet["fixtures"][0]["location"], "环路东侧");
    let figures = leader.get("/inventory").await.json(200);
    let total = |kind: &str| {
        let totals = figures["totals"].as_array().expect("totals");
        totals.iter().find(|total| total["kind"] == kind).cloned().expect(kind)
    };
    assert_eq!(
        (&total("bench")["count"], &total("lamp_post")["count"]),
        (&json!(4), &json!(12))
    );
    assert_eq!(total("house")["area_milli"], 89_570);
    assert_eq!(figures["completeness"]["fixtures_without_location"], 1);
    let gaps = leader.get("/places?without_location=true&kind=fixture").await.json(200);
    assert_eq!(gaps["items"][0]["name"], "路灯", "the figure opens its rows");
    leader
        .post("/places", place(json!({"kind": "road", "name": "x"})))
        .await
        .problem(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn der_x_5_the_block_is_seen_by_floors_and_doors_are_unique() {
    let app = TestApp::start().await;
    let built = build(&app).await;
    let desk = app.login("recept").await;
    desk.post("/houses", house(&built.block, &built.unit, "1001"))
        .await
        .expect(201);
    desk.post("/houses", house(&built.block, &built.unit, "0501"))
        .await
        .problem(409, "conflict");
    desk.post("/houses", house(&built.block, &built.unit, "五"))
        .await
        .expect(201);
    let plan = app
        .login("guard")
        .await
        .get(&format!("/blocks/{}/plan", built.block))
        .await
        .json(200);
    assert_eq!(plan["floors"][0]["floor"], 10);
    assert_eq!(plan["floors"][1]["houses"][0]["no"], "3-2-501");
}

#[tokio::test(flavor = "multi_thread")]
async fn der_x_5_pos_cleanlead_03_the_yearly_check_keeps_the_totals_of_its_day() {
    let app = TestApp::start().await;
    build(&app).await;
    let (desk, supervisor) = (app.login("recept").await, app.login("pubsup").await);
    let new = json!({"estate_id": app.estate(), "year": 2026});
    let check = desk.post("/estate-checks", new.clone()).await.expect(201).id();
    desk.post("/estate-checks", new).await.problem(409, "conflict");
    desk.post(&format!("/estate-checks/{check}/close"), json!({}))
        .await
        .problem(403, "forbidden");
    let closed = supervisor
        .post(
            &format!("/estate-checks/{check}/close"),
            json!({"findings": "路灯少一盏"}),
        )
        .await
        .json(200);
    assert_eq!(closed["totals"]["completeness"]["houses"], 1);
    supervisor
        .post(&format!("/estate-checks/{check}/close"), json!({}))
        .await
        .problem(409, "wrong_state");
}

#[tokio::test(flavor = "multi_thread")]
async fn der_x_5_another_estate_is_not_there() {
    let app = TestApp::start().await;
    let built = build(&app).await;
    let desk = app.login("recept").await;
    let elsewhere = json!({"estate_id": app.other_estate(), "code": "A1", "name": "西区"});
    desk.post("/areas", elsewhere).await.problem(422, "validation_failed");
    desk.get(&format!("/houses?estate_id={}", app.other_estate()))
        .await
        .problem(422, "validation_failed");
    // Move the whole house to the other estate behind the API: it is gone for everybody here.
    let mut conn = app.conn().await;
    for table in ["houses", "blocks", "areas", "units"] {
        let sql = format!("UPDATE {table} SET estate_id = '{}'", app.other_estate());
        diesel_async::SimpleAsyncConnection::batch_execute(&mut conn, &sql)
            .await
            .expect("moved");
    }
    for path in [
        format!("/houses/{}", built.house),
        format!("/houses/{}/record", built.house),
        format!("/blocks/{}", built.block),
        format!("/blocks/{}/plan", built.block),
        format!("/areas/{}", built.area),
        format!("/units/{}", built.unit),
    ] {
        desk.get(&path).await.problem(404, "not_found");
    }
    let new = json!({"block_id": built.block, "room": "101", "use": "residential", "status": "vacant"});
    let refused = desk.post("/houses", new).await.problem(422, "validation_failed");
    assert_eq!(refused["errors"][0]["pointer"], "/block_id");
}
