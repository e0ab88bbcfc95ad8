//! One-time codes by setting and post (DER-COMPUTER-2).

use chrono::Duration;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use crate::harness::{Client, PASSWORD, TestApp};

/// The code that an authenticator app shows now.
fn code(app: &TestApp, secret: &str) -> String {
    let totp = Builder::new()
        .with_secret(Secret::try_from_base32(secret).expect("a secret"))
        .with_step_duration(30)
        .with_issuer(Some("x"))
        .with_account_name("x")
        .build()
        .expect("an authenticator");
    let now = u64::try_from(app.clock.now().timestamp()).expect("a time");
    totp.generate(now).to_string()
}

async fn ask_for_codes(app: &TestApp) {
    let on = json!({ "key": "access.totp_required", "value": 1, "reason": "启用" });
    app.login("cscmgr")
        .await
        .post("/settings", on.clone())
        .await
        .expect(200);
    // The company's setting decides; an estate's own does not open it.
    let mut conn = app.conn().await;
    let sql = "UPDATE settings SET value = 1 WHERE key = 'access.totp_required' AND estate_id IS NULL";
    diesel_async::SimpleAsyncConnection::batch_execute(&mut conn, sql)
        .await
        .expect("the company's setting");
}

async fn login(app: &TestApp, username: &str, totp: &str) -> crate::harness::Answer {
    let body = json!({ "username": username, "password": PASSWORD, "totp": totp });
    app.anonymous().post("/auth/login", body).await
}

/// Sets codes up and gives the secret and the recovery codes.
async fn enrol(app: &TestApp, client: &Client) -> (String, Vec<String>) {
    let secret = client.post("/me/totp", json!({})).await.json(200)["secret"]
        .as_str()
        .expect("a secret")
        .to_owned();
    client
        .post("/me/totp/confirm", json!({ "code": "000000" }))
        .await
        .problem(422, "validation_failed");
    let codes = client
        .post("/me/totp/confirm", json!({ "code": code(app, &secret) }))
        .await
        .json(200);
    let codes: Vec<String> = serde_json::from_value(codes["codes"].clone()).expect("recovery codes");
    assert_eq!(codes.len(), 8);
    (secret, codes)
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_2_codes_are_asked_of_the_posts_marked_so_and_of_nobody_else() {
    let app = TestApp::start().await;
    ask_for_codes(&app).await;
    let required = async |who: &str| {
        let me = app.login(who).await.get("/me").await.json(200);
        me["totp_enrolment_required"] == true
    };
    for (who, expected) in [
        ("board", true),
        ("gm", true),
        ("cscmgr", true),
        ("depmgr", true),
        ("finsup", true),
        ("cashier", true),
        ("feecol", true),
        ("ticket", true),
        ("asstmgr", false),
        ("pubsup", false),
        ("recept", false),
        ("tech", false),
    ] {
        assert_eq!(required(who).await, expected, "{who}");
    }
    // Until codes are set up, the login opens one's own account only, and makes no token that would outlast that.
    let finsup = app.login("finsup").await;
    finsup.get("/settings").await.problem(403, "password_change_required");
    let token = json!({ "name": "脚本", "permissions": ["setting.read"], "days": 5 });
    finsup
        .post("/me/tokens", token.clone())
        .await
        .problem(403, "password_change_required");
    let (secret, _) = enrol(&app, &finsup).await;
    app.advance(Duration::seconds(60));
    let session = login(&app, "finsup", &code(&app, &secret)).await.json(200);
    let finsup = app
        .anonymous()
        .with_token(session["access_token"].as_str().expect("a token"));
    finsup.get("/settings").await.expect(200);
    finsup.post("/me/tokens", token).await.expect(201);

    // The manager marks another post, and takes the mark off one.
    let (cscmgr_secret, _) = enrol(&app, &app.login("cscmgr").await).await;
    app.advance(Duration::seconds(60));
    let session = login(&app, "cscmgr", &code(&app, &cscmgr_secret)).await.json(200);
    let cscmgr = app
        .anonymous()
        .with_token(session["access_token"].as_str().expect("a token"));
    let posts = cscmgr.get("/posts").await.json(200);
    for (post, on) in [("RECEPT", true), ("FEECOL", false)] {
        let row = posts["items"]
            .as_array()
            .expect("posts")
            .iter()
            .find(|row| row["code"] == post)
            .expect("the post");
        assert_eq!(row["requires_totp"], Value::Bool(!on), "{post}");
        let etag = format!("\"{}\"", row["version"]);
        cscmgr
            .patch(&format!("/posts/{post}"), &etag, json!({ "requires_totp": on }))
            .await
            .expect(200);
    }
    assert!(required("recept").await);
    assert!(!required("feecol").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_2_a_changed_factor_ends_the_sessions_elsewhere() {
    let app = TestApp::start().await;
    let (mut elsewhere, mut here) = (app.login("depmgr").await, app.login("depmgr").await);
    let (_, recovery) = enrol(&app, &here).await;
    elsewhere.refresh().await.problem(401, "unauthenticated");
    here.refresh().await.expect(200);
    let later = login(&app, "depmgr", &recovery[0]).await.json(200);
    here.post("/me/totp/remove", json!({ "password": PASSWORD }))
        .await
        .expect(200);
    here.refresh().await.expect(200);
    app.anonymous()
        .with_token(later["access_token"].as_str().expect("a token"))
        .get("/me")
        .await
        .problem(401, "token_stale");
    assert_eq!(
        here.get("/me/sessions").await.json(200).as_array().map(Vec::len),
        Some(1)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_2_a_code_works_once_and_a_recovery_code_stands_in_for_a_lost_phone() {
    let app = TestApp::start().await;
    let depmgr = app.login("depmgr").await;
    let (secret, recovery) = enrol(&app, &depmgr).await;
    let body = json!({ "username": "depmgr", "password": PASSWORD });
    app.anonymous()
        .post("/auth/login", body)
        .await
        .problem(401, "totp_required");
    login(&app, "depmgr", "123456")
        .await
        .problem(401, "invalid_credentials");
    app.advance(Duration::seconds(60));
    let now = code(&app, &secret);
    login(&app, "depmgr", &now).await.expect(200);
    login(&app, "depmgr", &now).await.problem(401, "invalid_credentials");
    login(&app, "depmgr", &recovery[0].to_lowercase()).await.expect(200);
    login(&app, "depmgr", &recovery[0])
        .await
        .problem(401, "invalid_credentials");
    // Switching them off asks for the password; wrong ones are counted like those of a login.
    let depmgr = login(&app, "depmgr", &recovery[1]).await.json(200);
    let depmgr = app
        .anonymous()
        .with_token(depmgr["access_token"].as_str().expect("a token"));
    app.advance(Duration::seconds(1));
    for _ in 0..8 {
        depmgr
            .post("/me/totp/remove", json!({ "password": "wrong" }))
            .await
            .problem(422, "validation_failed");
    }
    depmgr
        .post("/me/totp/remove", json!({ "password": PASSWORD }))
        .await
        .problem(429, "too_many_requests");
    app.advance(Duration::minutes(16));
    let session = login(&app, "depmgr", &recovery[2]).await.json(200);
    let depmgr = app
        .anonymous()
        .with_token(session["access_token"].as_str().expect("a token"));
    depmgr
        .post("/me/totp/remove", json!({ "password": PASSWORD }))
        .await
        .expect(200);
    app.login("depmgr").await;
}
