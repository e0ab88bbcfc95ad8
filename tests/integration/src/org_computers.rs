//! Computers, accounts and data safety (computer_management).

use chrono::Duration;
use serde_json::json;

use crate::{
    clauses,
    harness::{Client, Staff, TestApp},
};

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_1_every_computer_has_a_place_and_a_custodian() {
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    let new = json!({ "no": "PC-01", "place": "desk", "custodian_id": Staff::of("recept").employee,
        "software": ["收费系统"] });
    let made = recept.post("/computers", new.clone()).await.expect(201);
    recept.post("/computers", new).await.problem(409, "conflict");
    let change = json!({ "custodian_id": Staff::of("recept2").employee, "place": "fee_office" });
    let path = format!("/computers/{}", made.id());
    recept.patch(&path, &made.etag(), change).await.expect(200);
    let list = app
        .login("pubsup")
        .await
        .get("/computers?place=fee_office")
        .await
        .json(200);
    assert_eq!(list["items"][0]["custodian_name"], "员工recept2");
    app.login("guard")
        .await
        .get("/computers")
        .await
        .problem(403, "forbidden");
    let history = recept
        .get(&format!("/trail?kind=computer&id={}", made.id()))
        .await
        .json(200);
    assert_eq!(history[1]["action"], "changed");
}

async fn hired(app: &TestApp) -> String {
    let (depmgr, cscmgr) = (app.login("depmgr").await, app.login("cscmgr").await);
    let person = depmgr
        .post("/employees", json!({ "name": "周新", "no": "W9001" }))
        .await
        .expect(201)
        .id();
    let active = json!({ "status": "active", "on": "2026-03-02", "reason": "录用" });
    cscmgr
        .post(&format!("/employees/{person}/status"), active)
        .await
        .expect(200);
    let new = json!({ "employee_id": person, "post": "TECH", "estate_id": app.estate(), "kind": "primary",
        "valid_from": "2026-03-02" });
    let id = app
        .login("pubsup")
        .await
        .post("/assignments", new)
        .await
        .expect(201)
        .id();
    depmgr
        .post(&format!("/assignments/{id}/endorse"), json!({}))
        .await
        .expect(200);
    cscmgr
        .post(&format!("/assignments/{id}/approve"), json!({}))
        .await
        .expect(200);
    person
}

async fn opened(app: &TestApp, person: &str) -> (Client, String) {
    let ask = json!({ "employee_id": person, "kind": "open", "username": "zhouxin", "reason": "新入职" });
    let pubsup = app.login("pubsup").await;
    let request = pubsup.post("/account-requests", ask.clone()).await.expect(201).id();
    pubsup.post("/account-requests", ask).await.problem(409, "conflict");
    pubsup
        .post(&format!("/account-requests/{request}/grant"), json!({}))
        .await
        .problem(403, "forbidden");
    let granted = app
        .login("depmgr")
        .await
        .post(&format!("/account-requests/{request}/grant"), json!({}))
        .await;
    let granted = granted.json(200);
    let first = granted["first_password"].as_str().expect("a password").to_owned();
    let client = app.login_with("zhouxin", &first).await;
    client.get("/employees").await.problem(403, "password_change_required");
    let change = json!({ "current": first, "new": "a quite long password" });
    client.post("/me/password", change).await.expect(200);
    let account = granted["request"]["account_id"]
        .as_str()
        .expect("an account")
        .to_owned();
    (client, account)
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_2_an_account_is_asked_for_granted_and_ends_with_the_employment_the_same_day() {
    let app = TestApp::start().await;
    let person = hired(&app).await;
    let (_, account) = opened(&app, &person).await;
    let cscmgr = app.login("cscmgr").await;
    let list = cscmgr.get("/accounts?q=zhouxin").await.json(200);
    assert_eq!(
        (list["items"][0]["state"].clone(), list["items"][0]["posts"].clone()),
        (json!("active"), json!(["TECH"]))
    );
    let leave = json!({ "status": "left", "on": "2026-03-02", "reason": "辞职" });
    cscmgr
        .post(&format!("/employees/{person}/status"), leave)
        .await
        .expect(200);
    let list = cscmgr.get("/accounts?q=zhouxin").await.json(200);
    assert_eq!(
        (list["items"][0]["state"].clone(), list["items"][0]["posts"].clone()),
        (json!("disabled"), json!([]))
    );
    let held = cscmgr
        .get(&format!("/assignments?employee_id={person}"))
        .await
        .json(200);
    assert_ne!(held["items"][0]["phase"], "active");
    app.anonymous()
        .post(
            "/auth/login",
            json!({ "username": "zhouxin", "password": "a quite long password" }),
        )
        .await
        .problem(401, "invalid_credentials");
    let audit = app.login("gm").await.get("/audit?kind=account").await.json(200);
    assert!(
        audit["items"]
            .as_array()
            .expect("lines")
            .iter()
            .any(|row| { row["subject_id"] == json!(account) && row["action"] == "disabled" })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_2_a_leaving_announced_before_is_carried_out_by_the_clock() {
    let app = TestApp::start().await;
    let cscmgr = app.login("cscmgr").await;
    let path = format!("/employees/{}/status", Staff::of("tech3").employee);
    let leave = json!({ "status": "left", "on": "2026-03-04", "reason": "合同期满" });
    let told = cscmgr.post(&path, leave).await.json(200);
    assert_eq!(
        (told["status"].clone(), told["left_on"].clone()),
        (json!("active"), json!("2026-03-04"))
    );
    app.login("tech3").await.get("/me").await.expect(200);
    // 4 March 23:00 in Shanghai still works, 5 March 0:30 does not.
    app.advance(Duration::hours(61));
    app.login("tech3").await.get("/me").await.expect(200);
    app.advance(Duration::minutes(90));
    app.run_jobs().await;
    let body = json!({ "username": "tech3", "password": crate::harness::PASSWORD });
    app.anonymous()
        .post("/auth/login", body)
        .await
        .problem(401, "invalid_credentials");
    let person = app
        .login("cscmgr")
        .await
        .get(&format!("/employees/{}", Staff::of("tech3").employee))
        .await
        .json(200);
    assert_eq!(
        (person["status"].clone(), person["posts"].clone()),
        (json!("left"), json!([]))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_2_rights_follow_the_post_on_transfer() {
    let app = TestApp::start().await;
    let guard = app.login("guard").await;
    let end = json!({ "valid_until": "2026-03-02", "reason": "调岗" });
    let path = format!("/assignments/{}/end", Staff::of("guard").assignment);
    app.login("cscmgr").await.post(&path, end).await.expect(200);
    guard.get("/org-chart").await.problem(401, "token_stale");
    // Without a post the login opens nothing of the centre any more.
    app.login("guard")
        .await
        .get("/org-chart")
        .await
        .problem(403, "forbidden");
}

fn correction() -> serde_json::Value {
    json!({ "record_kind": "meter", "record_ref": "DB-3-2-501", "field": "reading", "before_value": "1024",
        "after_value": "1042", "reason": "抄录颠倒" })
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_3_charging_data_is_corrected_by_two_people_with_a_reason() {
    clauses!("POS-TICKET-04");
    let app = TestApp::start().await;
    let (ticket, finsup) = (app.login("ticket").await, app.login("finsup").await);
    app.login("recept")
        .await
        .post("/data-corrections", correction())
        .await
        .problem(403, "forbidden");
    let made = ticket.post("/data-corrections", correction()).await.expect(201);
    assert!(made.body["no"].as_str().expect("a number").starts_with("GZ2026-"));
    let path = format!("/data-corrections/{}", made.id());
    ticket
        .post(&format!("{path}/approve"), json!({}))
        .await
        .problem(403, "forbidden");
    finsup
        .post(&format!("{path}/reject"), json!({}))
        .await
        .problem(422, "validation_failed");
    let done = finsup.post(&format!("{path}/approve"), json!({})).await.json(200);
    assert_eq!(done["state"], "approved");
    finsup
        .post(&format!("{path}/approve"), json!({}))
        .await
        .problem(409, "wrong_state");
    let history = finsup
        .get(&format!("/trail?kind=data_correction&id={}", made.id()))
        .await
        .json(200);
    assert_eq!(history[1]["changes"], json!({ "reading": ["1024", "1042"] }));
    let figures = app.login("depmgr").await.get("/computer-figures").await.json(200);
    assert_eq!(figures["corrections"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_4_and_der_ticket_7_backups_are_logged_and_checked_by_another() {
    let app = TestApp::start().await;
    let (ticket, finsup) = (app.login("ticket").await, app.login("finsup").await);
    let good = json!({ "kind": "backup", "succeeded": true, "place": "NAS", "size_bytes": 1024 });
    let good = ticket.post("/backup-records", good).await.expect(201).id();
    let bad = json!({ "kind": "restore_test", "succeeded": false, "place": "NAS", "note": "磁盘满" });
    ticket.post("/backup-records", bad).await.expect(201);
    let future = json!({ "kind": "backup", "succeeded": true, "place": "NAS", "taken_at": "2026-03-09T00:00:00Z" });
    ticket
        .post("/backup-records", future)
        .await
        .problem(422, "validation_failed");
    ticket
        .post(&format!("/backup-records/{good}/verify"), json!({}))
        .await
        .problem(403, "forbidden");
    finsup
        .post(&format!("/backup-records/{good}/verify"), json!({}))
        .await
        .expect(200);
    finsup
        .post(&format!("/backup-records/{good}/verify"), json!({}))
        .await
        .problem(409, "wrong_state");
    let failed = ticket.get("/backup-records?succeeded=false").await.json(200);
    assert_eq!(failed["items"].as_array().expect("lines").len(), 1);
    let figures = app.login("depmgr").await.get("/computer-figures").await.json(200);
    assert_eq!(
        (figures["failed_backups"].clone(), figures["days_with_backup"].clone()),
        (json!(1), json!(1))
    );
    // The test that failed proves nothing; one that worked counts until the setting's days are over.
    assert_eq!(figures["restore_test_due"], true);
    let test = json!({ "kind": "restore_test", "succeeded": true, "place": "NAS" });
    ticket.post("/backup-records", test).await.expect(201);
    let due = async || app.login("depmgr").await.get("/computer-figures").await.json(200)["restore_test_due"].clone();
    assert_eq!(due().await, false);
    app.advance(Duration::days(93));
    assert_eq!(due().await, true);
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_5_the_data_of_a_month_is_checked_before_the_bills() {
    clauses!("POS-TICKET-04");
    let app = TestApp::start().await;
    let ticket = app.login("ticket").await;
    let new = json!({ "period": "2026-03", "area": "meters" });
    let id = ticket.post("/data-checks", new.clone()).await.expect(201).id();
    ticket.post("/data-checks", new).await.problem(409, "conflict");
    ticket
        .post("/data-checks", json!({ "period": "2026-13", "area": "bills" }))
        .await
        .problem(422, "validation_failed");
    let found = json!({ "result": "缺表两只", "exceptions": ["3-2-501", "3-2-502"] });
    let done = ticket
        .post(&format!("/data-checks/{id}/conclude"), found)
        .await
        .json(200);
    assert_eq!(done["state"], "exceptions");
    let fixed = ticket
        .post(&format!("/data-checks/{id}/fix"), json!({ "result": "已补抄" }))
        .await
        .json(200);
    assert_eq!(
        (fixed["state"].clone(), fixed["fixed_by"].clone()),
        (json!("fixed"), json!(Staff::of("ticket").employee))
    );
    ticket
        .post(&format!("/data-checks/{id}/fix"), json!({ "result": "再" }))
        .await
        .problem(409, "wrong_state");
    app.login("feecol")
        .await
        .get("/data-checks")
        .await
        .problem(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_2_an_account_nobody_uses_is_dormant_after_the_days_of_the_setting() {
    let app = TestApp::start().await;
    let (cscmgr, depmgr) = (app.login("cscmgr").await, app.login("depmgr").await);
    app.login("tech").await;
    let dormant = async |client: &Client| {
        let figures = client.get("/computer-figures").await.json(200);
        let rows = figures["dormant_accounts"].as_array().expect("accounts").clone();
        rows.iter()
            .map(|row| row["username"].as_str().expect("a name").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(dormant(&depmgr).await, Vec::<String>::new(), "made two months ago");
    let shorter = json!({ "key": "account.dormant_days", "value": 30, "reason": "收紧" });
    cscmgr.post("/settings", shorter).await.expect(200);
    let found = dormant(&depmgr).await;
    assert!(
        found.contains(&"tech2".to_owned()) && !found.contains(&"tech".to_owned()),
        "{found:?}"
    );
}
