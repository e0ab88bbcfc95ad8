//! A second estate: taken on by the company, worked in by its own people, apart from the first (DER-X-5).

use serde_json::{Value, json};

use crate::{
    clauses,
    estate_register::{build, confirm_all},
    harness::{Client, TestApp},
};

/// The administrator of the installation, who holds no post.
pub async fn administrator(app: &TestApp) -> Client {
    use wuye_persistence::accounts::{self, Account};
    let hash = wuye_api::hash_password("五湖四海皆兄弟也2026".to_owned())
        .await
        .expect("a hash");
    let account = Account::person(uuid::Uuid::now_v7(), "admin", "admin", hash, app.clock.now()).administrator();
    accounts::insert(&mut app.conn().await, &account)
        .await
        .expect("an administrator");
    app.login_with("admin", "五湖四海皆兄弟也2026").await
}

fn new(code: &str) -> Value {
    json!({ "code": code, "name": "新苑", "address": "学府路1号" })
}

/// Somebody new at a post of an estate, with a login of the post's name and this ending.
async fn employ(app: &TestApp, admin: &Client, estate: &str, post: &str, username: &str) -> Client {
    let person = admin
        .post("/employees", json!({ "name": format!("新{username}") }))
        .await
        .expect(201)
        .id();
    let hire = json!({ "status": "active", "on": "2026-03-02", "reason": "录用" });
    admin
        .post(&format!("/employees/{person}/status"), hire)
        .await
        .expect(200);
    let assignment = json!({ "employee_id": person, "post": post, "estate_id": estate, "kind": "primary",
        "valid_from": "2026-03-02" });
    let id = admin.post("/assignments", assignment).await.expect(201).id();
    admin
        .post(&format!("/assignments/{id}/approve"), json!({}))
        .await
        .expect(200);
    let ask = json!({ "estate_id": estate, "employee_id": person, "kind": "open", "username": username,
        "reason": "新小区" });
    let request = admin.post("/account-requests", ask).await.expect(201).id();
    let granted = admin
        .post(&format!("/account-requests/{request}/grant"), json!({}))
        .await
        .json(200);
    let first = granted["first_password"].as_str().expect("a password").to_owned();
    let client = app.login_with(username, &first).await;
    let change = json!({ "current": first, "new": "a quite long password" });
    client.post("/me/password", change).await.expect(200);
    app.login_with(username, "a quite long password").await
}

#[tokio::test(flavor = "multi_thread")]
async fn der_x_5_an_estate_is_taken_on_by_the_company_and_changed_by_its_manager() {
    let app = TestApp::start().await;
    let gm = app.login("gm").await;
    app.login("recept")
        .await
        .post("/estates", new("XY"))
        .await
        .problem(403, "forbidden");
    app.login("cscmgr")
        .await
        .post("/estates", new("XY"))
        .await
        .problem(403, "forbidden");
    let mut wrong = new("XY");
    wrong["time_zone"] = json!("Mars/Olympus");
    let refused = gm.post("/estates", wrong).await.problem(422, "validation_failed");
    assert_eq!(refused["errors"][0]["pointer"], "/time_zone");
    let made = gm.post("/estates", new("XY")).await.expect(201);
    assert_eq!(made.body["time_zone"], "Asia/Shanghai");
    gm.post("/estates", new("XY")).await.problem(409, "conflict");
    let path = format!("/estates/{}", made.id());
    assert_eq!(made.headers["location"], format!("/api/v1{path}").as_str());
    // It begins with the usual shifts and the product's settings.
    let shifts = gm.get(&format!("/shifts?estate_id={}", made.id())).await.json(200);
    assert_eq!(shifts["items"].as_array().expect("shifts").len(), 5);
    gm.get(&format!("/settings?estate_id={}", made.id())).await.expect(200);
    let all = gm.get("/estates").await.json(200);
    assert_eq!(all["items"].as_array().expect("estates").len(), 3);

    let changed = gm
        .patch(&path, &made.etag(), json!({ "name": "新苑一期" }))
        .await
        .json(200);
    assert_eq!(
        (&changed["name"], &changed["address"]),
        (&json!("新苑一期"), &json!("学府路1号"))
    );
    gm.patch(&path, &made.etag(), json!({ "name": "x" }))
        .await
        .problem(412, "version_conflict");
    gm.patch(&path, "\"2\"", json!({ "time_zone": "Asia/Urumqi" }))
        .await
        .problem(422, "validation_failed");
    gm.patch(&path, "\"2\"", json!({ "code": "E1" }))
        .await
        .problem(409, "conflict");
    // The manager of the first estate keeps the own one and does not know of the others.
    let cscmgr = app.login("cscmgr").await;
    cscmgr
        .patch(&path, "\"2\"", json!({ "name": "x" }))
        .await
        .problem(404, "not_found");
    cscmgr.get(&path).await.problem(404, "not_found");
    let own = format!("/estates/{}", app.estate());
    let etag = cscmgr.get(&own).await.etag();
    cscmgr
        .patch(&own, &etag, json!({ "address": "湖滨路8号" }))
        .await
        .expect(200);
    let list = cscmgr.get("/estates").await.json(200);
    assert_eq!(list["items"].as_array().expect("estates").len(), 1);
    let history = cscmgr
        .get(&format!("/trail?kind=estate&id={}", app.estate()))
        .await
        .json(200);
    assert_eq!(history[0]["changes"]["address"], json!(["", "湖滨路8号"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn der_x_5_an_estate_that_is_not_there_is_told_at_its_field() {
    let app = TestApp::start().await;
    // May see every estate there is, so the scope alone does not tell.
    let admin = administrator(&app).await;
    let nowhere = uuid::Uuid::now_v7();
    let party = json!({ "estate_id": nowhere, "kind": "owner", "name": "王五" });
    let refused = admin.post("/parties", party).await.problem(422, "validation_failed");
    assert_eq!(refused["errors"][0]["pointer"], "/estate_id");
    assert_eq!(refused["errors"][0]["code"], "unknown_reference");
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_07a_a_renewed_public_code_voids_the_posters_printed_before() {
    let app = TestApp::start().await;
    let cscmgr = app.login("cscmgr").await;
    let path = format!("/estates/{}", app.estate());
    let before = cscmgr.get(&path).await.json(200)["public_code"].clone();
    let page = |code: &Value| format!("/public/estates/{}", code.as_str().expect("a code"));
    app.anonymous().get(&page(&before)).await.expect(200);
    let renew = format!("{path}/renew-public-code");
    app.login("pubsup")
        .await
        .post(&renew, json!({ "reason": "x" }))
        .await
        .problem(403, "forbidden");
    let after = cscmgr.post(&renew, json!({ "reason": "地址被滥用" })).await.json(200);
    assert_ne!(after["public_code"], before);
    app.anonymous().get(&page(&before)).await.problem(404, "not_found");
    app.anonymous().get(&page(&after["public_code"])).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn der_x_5_a_second_estate_works_and_is_scoped_apart() {
    clauses!("DER-COMPUTER-2", "POS-RECEPT-05");
    let app = TestApp::start().await;
    let first = build(&app).await;
    let admin = administrator(&app).await;
    let estate = admin.post("/estates", new("XY")).await.expect(201).id();
    let desk = employ(&app, &admin, &estate, "RECEPT", "xy-recept").await;
    let supervisor = employ(&app, &admin, &estate, "PUBSUP", "xy-pubsup").await;

    // The same numbers as in the first estate: nothing collides, nothing is seen across.
    let area = json!({ "estate_id": estate, "code": "A1", "name": "东区" });
    let area = desk.post("/areas", area).await.expect(201).id();
    let block = json!({ "estate_id": estate, "area_id": area, "no": "3", "name": "3栋", "kind": "high_rise" });
    let block = desk.post("/blocks", block).await.expect(201).id();
    let unit = desk
        .post("/units", json!({ "block_id": block, "no": "2" }))
        .await
        .expect(201)
        .id();
    let house =
        json!({ "block_id": block, "unit_id": unit, "room": "501", "use": "residential", "status": "occupied" });
    let house = desk.post("/houses", house).await.expect(201).id();
    confirm_all(&supervisor).await;
    let found = desk.get("/houses?q=3-2-501&count=true").await.json(200);
    assert_eq!((&found["total"], &found["items"][0]["id"]), (&json!(1), &json!(house)));
    let party = json!({ "estate_id": estate, "kind": "owner", "name": "钱新", "phones": ["13700000001"] });
    let party = desk.post("/parties", party).await.expect(201);
    assert_eq!(party.body["no"], "YZ2026-000001", "its own series");
    let report = json!({ "house_id": house, "category": "water", "text": "水管漏水" });
    let repair = desk.post("/repair-requests", report).await.expect(201).id();

    let neighbour = app.login("recept").await;
    for path in [
        format!("/houses/{house}"),
        format!("/houses/{house}/record"),
        format!("/parties/{}", party.id()),
        format!("/repair-requests/{repair}"),
        format!("/estates/{estate}"),
        format!("/trail?kind=house&id={house}"),
    ] {
        neighbour.get(&path).await.problem(404, "not_found");
    }
    for path in ["/houses", "/parties", "/org-chart", "/shifts", "/inventory"] {
        neighbour
            .get(&format!("{path}?estate_id={estate}"))
            .await
            .problem(422, "validation_failed");
    }
    let theirs = neighbour.get("/houses?count=true").await.json(200);
    assert_eq!(theirs["items"][0]["id"], json!(first.house));
    assert_eq!(theirs["total"], 1);
    desk.get(&format!("/houses/{}", first.house))
        .await
        .problem(404, "not_found");
    let people = desk.get("/employees?count=true").await.json(200);
    let names: Vec<&str> = people["items"]
        .as_array()
        .expect("people")
        .iter()
        .filter_map(|row| row["name"].as_str())
        .collect();
    assert!(
        names
            .iter()
            .all(|name| name.starts_with('新') || ["员工board", "员工gm"].contains(name)),
        "{names:?}"
    );
    // The general manager sees both, and says which.
    let gm = app.login("gm").await;
    for (id, of) in [(app.estate().to_string(), &first.house), (estate.clone(), &house)] {
        let one = gm.get(&format!("/houses?estate_id={id}")).await.json(200);
        assert_eq!(one["items"][0]["id"], json!(of));
    }
    // A deputy manager cares for the accounts of the own estate, not for those of the other.
    let depmgr = app.login("depmgr").await;
    let person = desk.get("/me").await.json(200)["employee"]["id"].clone();
    let ask = json!({ "employee_id": person, "kind": "disable", "reason": "x" });
    app.login("asstmgr")
        .await
        .post("/account-requests", ask)
        .await
        .problem(403, "forbidden");
    let account = desk.get("/me").await.json(200)["account_id"].clone();
    depmgr
        .post(
            &format!("/accounts/{}/reset-password", account.as_str().expect("an id")),
            json!({ "reason": "x" }),
        )
        .await
        .problem(404, "not_found");
}
