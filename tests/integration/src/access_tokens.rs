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
