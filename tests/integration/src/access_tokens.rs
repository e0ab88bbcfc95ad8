//! Personal access tokens and service accounts (DER-COMPUTER-2).

use chrono::Duration;
use serde_json::json;

use crate::harness::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_personal_token_gives_less_than_its_owner_and_ends() {
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    let new = |permissions: &[&str]| json!({ "name": "脚本", "permissions": permissions, "days": 30 });
    recept
        .post("/me/tokens", new(&["goal.approve"]))
        .await
        .problem(422, "validation_failed");
    let issued = recept.post("/me/tokens", new(&["self.read"])).await.json(201);
    let client = recept.with_token(issued["token"].as_str().expect("a token"));
    client.get("/me").await.expect(200);
    client.get("/settings").await.problem(403, "forbidden");
    let listed = recept.get("/me/tokens").await.json(200);
    assert!(
        listed[0].get("token").is_none() && listed[0]["hint"].as_str().is_some_and(|hint| hint.starts_with("wuye_"))
    );
    let id = issued["id"].as_str().expect("an id");
    app.login("recept2")
        .await
        .delete(&format!("/me/tokens/{id}"))
        .await
        .problem(404, "not_found");
    app.advance(Duration::days(31));
    client.get("/me").await.problem(401, "unauthenticated");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_holds_its_permissions_in_its_estates_only() {
    let app = TestApp::start().await;
    let depmgr = app.login("depmgr").await;
    let new = |estate: uuid::Uuid| json!({ "username": "svc-report", "display_name": "报表", "permissions": ["setting.read"], "estates": [estate], "reason": "集团报表" });
    depmgr
        .post("/services", new(app.other_estate()))
        .await
        .problem(422, "validation_failed");
    let service = depmgr.post("/services", new(app.estate())).await.expect(201);
    let path = format!("/services/{}", service.id());
    depmgr
        .post(
            &format!("{path}/tokens"),
            json!({ "name": "t", "permissions": ["case.read"], "days": 5 }),
        )
        .await
        .problem(422, "validation_failed");
    let issued = depmgr
        .post(
            &format!("{path}/tokens"),
            json!({ "name": "t", "permissions": ["setting.read"], "days": 5 }),
        )
        .await
        .json(201);
    let client = depmgr.with_token(issued["token"].as_str().expect("a token"));
    client.get("/settings").await.expect(200);
    client.get("/me").await.problem(403, "forbidden");
    depmgr
        .post(&format!("{path}/disable"), json!({ "reason": "合同到期" }))
        .await
        .expect(200);
    client.get("/settings").await.problem(401, "unauthenticated");
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_2_a_program_never_gets_a_decision_that_belongs_to_a_post() {
    let app = TestApp::start().await;
    let depmgr = app.login("depmgr").await;
    let new = |permissions: &[&str]| json!({ "username": "svc", "display_name": "接口", "permissions": permissions, "estates": [app.estate()], "reason": "对接" });
    for code in [
        "order.approve",
        "account.manage",
        "goal.approve",
        "acting.confirm",
        "estate.confirm",
    ] {
        let refused = depmgr
            .post("/services", new(&["case.read", code]))
            .await
            .problem(422, "validation_failed");
        assert_eq!(refused["errors"][0]["pointer"], "/permissions/1", "{code}");
    }
    depmgr.post("/services", new(&["case.read"])).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_2_tokens_of_a_service_are_listed_and_taken_back_one_by_one() {
    let app = TestApp::start().await;
    let depmgr = app.login("depmgr").await;
    let new = json!({ "username": "svc", "display_name": "接口", "permissions": ["setting.read"], "estates": [app.estate()], "reason": "对接" });
    let service = depmgr.post("/services", new).await.expect(201).id();
    let path = format!("/services/{service}/tokens");
    let token = json!({ "name": "t", "permissions": ["setting.read"], "days": 5 });
    let (old, new) = (
        depmgr.post(&path, token.clone()).await.json(201),
        depmgr.post(&path, token).await.json(201),
    );
    let client = |issued: &serde_json::Value| depmgr.with_token(issued["token"].as_str().expect("a token"));
    let listed = depmgr.get(&path).await.json(200);
    assert_eq!(listed.as_array().expect("tokens").len(), 2);
    assert!(listed[0].get("token").is_none());
    let of_old = format!("{path}/{}", old["id"].as_str().expect("an id"));
    app.login("recept")
        .await
        .delete(&of_old)
        .await
        .problem(403, "forbidden");
    depmgr.delete(&of_old).await.expect(204);
    client(&old).get("/settings").await.problem(401, "unauthenticated");
    client(&new).get("/settings").await.expect(200);
    let personal = depmgr.post(
        "/me/tokens",
        json!({ "name": "t", "permissions": ["self.read"], "days": 5 }),
    );
    let personal = personal.await.json(201);
    let foreign = format!("{path}/{}", personal["id"].as_str().expect("an id"));
    depmgr.delete(&foreign).await.problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_2_the_list_of_services_counts_only_those_of_ones_own_estates() {
    let app = TestApp::start().await;
    let gm_side = crate::estate_second::administrator(&app).await;
    let new = |name: &str, estates: serde_json::Value| json!({ "username": name, "display_name": name, "permissions": ["setting.read"], "estates": estates, "reason": "对接" });
    let (here, there) = (app.estate(), app.other_estate());
    for (name, estates) in [
        ("svc-here", json!([here])),
        ("svc-there", json!([there])),
        ("svc-both", json!([here, there])),
    ] {
        gm_side.post("/services", new(name, estates)).await.expect(201);
    }
    let list = app
        .login("depmgr")
        .await
        .get("/services?count=true&limit=1")
        .await
        .json(200);
    assert_eq!(
        (&list["total"], &list["items"][0]["username"]),
        (&json!(1), &json!("svc-here"))
    );
    assert_eq!(gm_side.get("/services?count=true").await.json(200)["total"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_2_a_personal_token_loses_what_its_owner_loses_and_ends_with_the_account() {
    let app = TestApp::start().await;
    let guard = app.login("guard").await;
    let token = json!({ "name": "脚本", "permissions": ["org.read", "self.read"], "days": 30 });
    let token = guard.post("/me/tokens", token).await.json(201);
    let script = guard.with_token(token["token"].as_str().expect("a token"));
    script.get("/org-chart").await.expect(200);
    let end = json!({ "valid_until": "2026-03-02", "reason": "调岗" });
    let cscmgr = app.login("cscmgr").await;
    let assignment = crate::harness::Staff::of("guard").assignment;
    cscmgr
        .post(&format!("/assignments/{assignment}/end"), end)
        .await
        .expect(200);
    script.get("/org-chart").await.problem(403, "forbidden");
    script.get("/me").await.expect(200);
    let person = crate::harness::Staff::of("guard").employee;
    let suspend = json!({ "status": "suspended", "on": "2026-03-02", "reason": "待查" });
    cscmgr
        .post(&format!("/employees/{person}/status"), suspend)
        .await
        .expect(200);
    script.get("/me").await.problem(401, "unauthenticated");
}
