//! Login, refresh and the end of rights (DER-COMPUTER-2).

use chrono::Duration;
use serde_json::json;

use crate::harness::{PASSWORD, Staff, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_2_a_login_carries_posts_and_line() {
    let app = TestApp::start().await;
    let me = app.login("tech").await.get("/me").await.json(200);
    assert_eq!(me["posts"][0]["post"], "TECH");
    assert_eq!(
        me["posts"][0]["line"],
        json!(["PUBSUP", "DEPMGR", "CSCMGR", "GM", "BOARD"])
    );
    assert!(
        me["permissions"]
            .as_array()
            .expect("a list")
            .contains(&json!("order.work"))
    );
    assert!(
        !me["permissions"]
            .as_array()
            .expect("a list")
            .contains(&json!("order.dispatch"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_2_login_and_refresh_tell_who_one_is_as_the_account_itself_does() {
    let app = TestApp::start().await;
    for username in ["tech", "cscmgr", "gm"] {
        let client = app.anonymous();
        let login = json!({ "username": username, "password": PASSWORD });
        let opened = client.post("/auth/login", login).await.json(200);
        let token = opened["access_token"].as_str().expect("a token");
        let me = client.with_token(token).get("/me").await.json(200);
        assert_eq!(opened["me"], me, "{username} at login");
        let refreshed = client.post("/auth/refresh", json!({})).await.json(200);
        assert_eq!(refreshed["me"], me, "{username} at refresh");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_names_and_wrong_passwords_are_answered_alike_and_counted() {
    let app = TestApp::start().await;
    let client = app.anonymous();
    let wrong = client
        .post("/auth/login", json!({ "username": "recept", "password": "x" }))
        .await;
    let unknown = client
        .post("/auth/login", json!({ "username": "nobody", "password": "x" }))
        .await;
    assert_eq!(wrong.body, unknown.body);
    wrong.problem(401, "invalid_credentials");
    for _ in 0..7 {
        client
            .post("/auth/login", json!({ "username": "recept", "password": "x" }))
            .await
            .problem(401, "invalid_credentials");
    }
    let limited = client
        .post("/auth/login", json!({ "username": "recept", "password": PASSWORD }))
        .await;
    assert!(limited.headers.contains_key("retry-after"));
    limited.problem(429, "too_many_requests");
    app.advance(Duration::minutes(16));
    app.login("recept").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_refresh_token_rotates_forgives_two_tabs_and_ends_on_reuse() {
    let app = TestApp::start().await;
    let login = app
        .anonymous()
        .post("/auth/login", json!({ "username": "recept", "password": PASSWORD }))
        .await;
    let cookie = login.headers["set-cookie"]
        .to_str()
        .expect("a cookie")
        .split(';')
        .next()
        .expect("a value")
        .to_owned();
    assert!(
        login.headers["set-cookie"]
            .to_str()
            .expect("a cookie")
            .contains("HttpOnly")
    );
    let refresh = |cookie: String| {
        let client = app.anonymous();
        async move {
            client
                .send(
                    client
                        .request(reqwest::Method::POST, "/auth/refresh")
                        .header("cookie", cookie),
                )
                .await
        }
    };
    refresh(cookie.clone()).await.expect(200);
    app.advance(Duration::seconds(20));
    refresh(cookie.clone()).await.expect(200);
    app.advance(Duration::seconds(20));
    refresh(cookie.clone()).await.problem(401, "unauthenticated");
    let client = app.anonymous();
    let foreign = client
        .request(reqwest::Method::POST, "/auth/refresh")
        .header("cookie", cookie)
        .header("origin", "https://elsewhere.example");
    client.send(foreign).await.problem(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn logging_out_everywhere_ends_tokens_already_given_out() {
    let app = TestApp::start().await;
    let (one, other) = (app.login("recept").await, app.login("recept").await);
    one.post("/auth/logout-everywhere", json!({})).await.expect(204);
    other.get("/me").await.problem(401, "token_stale");
    app.login("recept").await.get("/me").await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_that_are_forged_stripped_or_old_are_refused() {
    let app = TestApp::start().await;
    let good = app.login("recept").await;
    app.anonymous().get("/me").await.problem(401, "unauthenticated");
    let token = good.token();
    let mut parts = token.split('.');
    let (_, claims, signature) = (
        parts.next(),
        parts.next().expect("claims"),
        parts.next().expect("a signature"),
    );
    // {"alg":"none"} and {"alg":"HS512"}
    for header in ["eyJhbGciOiJub25lIn0", "eyJhbGciOiJIUzUxMiJ9"] {
        good.with_token(format!("{header}.{claims}.{signature}"))
            .get("/me")
            .await
            .problem(401, "unauthenticated");
        good.with_token(format!("{header}.{claims}."))
            .get("/me")
            .await
            .problem(401, "unauthenticated");
    }
    good.with_token(format!("{token}x"))
        .get("/me")
        .await
        .problem(401, "unauthenticated");
    app.advance(Duration::minutes(11));
    good.get("/me").await.problem(401, "token_expired");
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_2_a_reset_password_must_be_changed_before_anything_else() {
    let app = TestApp::start().await;
    let depmgr = app.login("depmgr").await;
    let path = format!("/accounts/{}/reset-password", Staff::of("recept").account);
    app.login("recept")
        .await
        .post(&path, json!({ "reason": "忘记" }))
        .await
        .problem(403, "forbidden");
    let first = depmgr.post(&path, json!({ "reason": "本人忘记密码" })).await.json(200);
    let first = first["password"].as_str().expect("a password");
    let recept = app.login_with("recept", first).await;
    recept.get("/settings").await.problem(403, "password_change_required");
    recept
        .post("/me/password", json!({ "current": first, "new": "recept12345" }))
        .await
        .problem(422, "validation_failed");
    recept
        .post(
            "/me/password",
            json!({ "current": first, "new": "长而好记的新密码一二三" }),
        )
        .await
        .expect(200);
    app.login_with("recept", "长而好记的新密码一二三")
        .await
        .get("/settings")
        .await
        .expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setting_is_read_and_changed_within_its_limits() {
    let app = TestApp::start().await;
    let manager = app.login("cscmgr").await;
    let change = |value: i64| json!({ "key": "case.reply_days", "value": value, "reason": "旺季放宽" });
    app.login("recept")
        .await
        .post("/settings", change(5))
        .await
        .problem(403, "forbidden");
    manager
        .post("/settings", change(999))
        .await
        .problem(422, "validation_failed");
    assert_eq!(manager.post("/settings", change(5)).await.json(200)["value"], 5);
    let all = manager
        .get(&format!("/settings?estate_id={}", app.estate()))
        .await
        .json(200);
    let reply = all
        .as_array()
        .expect("a list")
        .iter()
        .find(|s| s["key"] == "case.reply_days")
        .expect("the setting")
        .clone();
    assert_eq!((&reply["value"], &reply["default"]), (&json!(5), &json!(3)));
    manager
        .get(&format!("/settings?estate_id={}", app.other_estate()))
        .await
        .problem(422, "validation_failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_gets_the_same_answer_and_another_body_is_refused() {
    let app = TestApp::start().await;
    let manager = app.login("cscmgr").await;
    let body = |value: i64| json!({ "key": "visit.days", "value": value, "reason": "试行" });
    let first = manager.post_once("/settings", "key-000001", body(4)).await.expect(200);
    manager.post("/settings", body(6)).await.expect(200);
    let again = manager.post_once("/settings", "key-000001", body(4)).await.expect(200);
    assert_eq!(
        (first.body, again.headers["idempotent-replayed"].to_str().ok()),
        (again.body, Some("true"))
    );
    manager
        .post_once("/settings", "key-000001", body(5))
        .await
        .problem(422, "idempotency_mismatch");
    let all = manager
        .get(&format!("/settings?estate_id={}", app.estate()))
        .await
        .json(200);
    assert!(
        all.as_array()
            .expect("a list")
            .iter()
            .any(|s| s["key"] == "visit.days" && s["value"] == 6)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_are_problems_with_pointers_in_both_languages() {
    let app = TestApp::start().await;
    let manager = app.login("cscmgr").await;
    let unknown = manager
        .post(
            "/settings",
            json!({ "key": "visit.days", "value": 1, "reason": "x", "colour": "red" }),
        )
        .await;
    let problem = unknown.problem(422, "validation_failed");
    assert_eq!(
        (&problem["errors"][0]["code"], &problem["instance"]),
        (&json!("unknown_field"), &json!("/api/v1/settings"))
    );
    let missing = manager
        .post("/settings", json!({ "key": "visit.days", "value": 1 }))
        .await
        .problem(422, "validation_failed");
    assert_eq!(missing["errors"][0]["pointer"], "/reason");
    let chinese = manager
        .in_chinese()
        .post("/settings", json!({ "key": "nope" }))
        .await
        .problem(422, "validation_failed");
    assert_eq!(chinese["title"], "填写有误");
    manager.get("/nowhere").await.problem(404, "not_found");
    let wrong_method = manager.delete("/settings").await;
    assert_eq!(wrong_method.headers["allow"], "GET, POST");
    wrong_method.problem(405, "method_not_allowed");
    // Where another path takes any code in this place, and a change of it.
    let shadowed = manager.patch("/posts/export", "\"1\"", json!({})).await;
    assert_eq!(shadowed.headers["allow"], "GET");
    shadowed.problem(405, "method_not_allowed");
    let text = manager
        .request(reqwest::Method::POST, "/settings")
        .header("content-type", "text/plain")
        .body("hello");
    manager.send(text).await.problem(415, "unsupported_media_type");
    let broken = manager
        .request(reqwest::Method::POST, "/settings")
        .header("content-type", "application/json")
        .body("{");
    manager.send(broken).await.problem(400, "bad_request");
    let large = manager
        .request(reqwest::Method::POST, "/settings")
        .header("content-type", "application/json")
        .body(vec![b' '; 2_000_000]);
    manager.send(large).await.problem(413, "body_too_large");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_administrator_sets_a_password_with_the_code_of_the_console() {
    let url = crate::harness::empty_database().await;
    wuye_persistence::migrations::run(&url).await.expect("migrations");
    let app = TestApp::on(url, |_| {}).await;
    let client = app.anonymous();
    assert_eq!(client.get("/auth/setup").await.json(200)["needed"], true);
    let code = wuye_api::access::new_setup_code(&mut app.conn().await, app.clock.now())
        .await
        .expect("a code");
    let body = |code: &str| json!({ "code": code, "username": "Admin", "password": "五湖四海皆兄弟也2026", "estate_name": "翠湖花园" });
    client
        .post("/auth/setup", body("0000"))
        .await
        .problem(401, "invalid_credentials");
    client.post("/auth/setup", body(&code)).await.expect(201);
    client
        .post("/auth/setup", body(&code))
        .await
        .problem(409, "already_done");
    let admin = app.login_with("admin", "五湖四海皆兄弟也2026").await;
    let me = admin.get("/me").await.json(200);
    assert_eq!(
        (&me["is_administrator"], &me["estates"][0]["name"]),
        (&json!(true), &json!("翠湖花园"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_2_a_session_in_use_goes_on_and_an_idle_or_old_one_ends() {
    let app = TestApp::start().await;
    let mut recept = app.login("recept").await;
    for _ in 0..6 {
        app.advance(Duration::days(13));
        recept.refresh().await.expect(200);
    }
    // 78 days old, used all the time; after a quarter it ends however much it is used.
    app.advance(Duration::days(13));
    recept.refresh().await.problem(401, "unauthenticated");
    let mut idle = app.login("recept").await;
    app.advance(Duration::days(15));
    idle.refresh().await.problem(401, "unauthenticated");
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_2_ones_own_sessions_are_seen_and_ended_one_by_one() {
    let app = TestApp::start().await;
    let (mut lost, mut here) = (app.login("recept").await, app.login("recept").await);
    let sessions = here.get("/me/sessions").await.json(200);
    let sessions = sessions.as_array().expect("sessions");
    assert_eq!(sessions.len(), 2);
    let other = sessions.iter().find(|row| row["current"] == false).expect("the other");
    let path = format!("/me/sessions/{}", other["id"].as_str().expect("an id"));
    app.login("recept2").await.delete(&path).await.problem(404, "not_found");
    here.delete(&path).await.expect(204);
    lost.get("/me").await.problem(401, "token_stale");
    lost.refresh().await.problem(401, "unauthenticated");
    here.refresh().await.expect(200);
    here.get("/me").await.expect(200);
    assert_eq!(
        here.get("/me/sessions").await.json(200).as_array().expect("one").len(),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_2_nobody_makes_a_first_password_for_themselves_or_for_a_superior() {
    let app = TestApp::start().await;
    let depmgr = app.login("depmgr").await;
    let reset = |who: &str| format!("/accounts/{}/reset-password", Staff::of(who).account);
    let why = json!({ "reason": "忘记" });
    depmgr
        .post(&reset("depmgr"), why.clone())
        .await
        .problem(403, "self_approval");
    depmgr
        .post(&reset("cscmgr"), why.clone())
        .await
        .problem(403, "forbidden");
    depmgr.post(&reset("gm"), why.clone()).await.problem(404, "not_found");
    depmgr.post(&reset("asstmgr"), why.clone()).await.expect(200);
    let ask = json!({ "employee_id": Staff::of("cscmgr").employee, "kind": "disable", "reason": "x" });
    let id = app
        .login("cscmgr")
        .await
        .post("/account-requests", ask)
        .await
        .expect(201)
        .id();
    app.login("depmgr")
        .await
        .post(&format!("/account-requests/{id}/grant"), json!({}))
        .await
        .problem(403, "forbidden");
    let admin = crate::estate_second::administrator(&app).await;
    admin.post(&reset("cscmgr"), why).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_2_a_fresh_installation_gets_its_people_and_logins_from_the_administrator() {
    let url = crate::harness::empty_database().await;
    wuye_persistence::migrations::run(&url).await.expect("migrations");
    let app = TestApp::on(url, |_| {}).await;
    wuye_persistence::org::seed(&mut app.conn().await, app.clock.now())
        .await
        .expect("the manual's chart");
    let code = wuye_api::access::new_setup_code(&mut app.conn().await, app.clock.now())
        .await
        .expect("a code");
    let password = "五湖四海皆兄弟也2026";
    let body = json!({ "code": code, "username": "admin", "password": password, "estate_name": "翠湖花园" });
    app.anonymous().post("/auth/setup", body).await.expect(201);
    let admin = app.login_with("admin", password).await;
    // Administrators log in with codes unless the installation says otherwise.
    let me = admin.get("/me").await.json(200);
    assert_eq!(me["totp_enrolment_required"], true);
    admin.get("/posts").await.problem(403, "password_change_required");
    let mut conn = app.conn().await;
    wuye_persistence::settings::set(
        &mut conn,
        None,
        wuye_domain::shared::SettingKey::TotpRequired,
        0,
        "tests",
        uuid::Uuid::nil(),
        app.clock.now(),
    )
    .await
    .expect("a setting");
    let admin = app.login_with("admin", password).await;
    let estate = me["estates"][0]["id"].as_str().expect("an estate").to_owned();
    // Until those whom the line names have logged in, the administrator decides.
    let mut staff = Vec::new();
    for (post, name) in [
        ("GM", "gm"),
        ("CSCMGR", "manager"),
        ("DEPMGR", "deputy"),
        ("RECEPT", "desk"),
    ] {
        let person = admin.post("/employees", json!({ "name": name })).await.expect(201).id();
        let hire = json!({ "status": "active", "on": "2026-03-02", "reason": "录用" });
        admin
            .post(&format!("/employees/{person}/status"), hire)
            .await
            .expect(200);
        let mut assignment =
            json!({ "employee_id": person, "post": post, "kind": "primary", "valid_from": "2026-03-02" });
        if post != "GM" {
            assignment["estate_id"] = json!(estate);
        }
        let made = admin.post("/assignments", assignment).await.expect(201).id();
        let decided = admin.post(&format!("/assignments/{made}/approve"), json!({})).await;
        assert_eq!(decided.status, 200, "{post}: {}", decided.body);
        staff.push((post, name, person));
    }
    for (post, name, person) in staff {
        let ask =
            json!({ "estate_id": estate, "employee_id": person, "kind": "open", "username": name, "reason": "开业" });
        let request = admin.post("/account-requests", ask).await.expect(201).id();
        let granted = admin
            .post(&format!("/account-requests/{request}/grant"), json!({}))
            .await;
        if post == "RECEPT" {
            // Two people from now on: the deputy manager has logged in.
            granted.problem(403, "self_approval");
            continue;
        }
        let granted = granted.json(200);
        let first = granted["first_password"].as_str().expect("a password");
        let me = app.login_with(name, first).await.get("/me").await.json(200);
        assert_eq!(me["posts"][0]["post"], post);
    }
    let person = admin
        .post("/employees", json!({ "name": "late" }))
        .await
        .expect(201)
        .id();
    let hire = json!({ "status": "active", "on": "2026-03-02", "reason": "录用" });
    admin
        .post(&format!("/employees/{person}/status"), hire)
        .await
        .expect(200);
    let assignment = json!({ "employee_id": person, "post": "TECH", "estate_id": estate, "kind": "primary",
        "valid_from": "2026-03-02" });
    let made = admin.post("/assignments", assignment).await.expect(201).id();
    admin
        .post(&format!("/assignments/{made}/approve"), json!({}))
        .await
        .problem(403, "forbidden");
    // The administrator's own token does what the administrator may, and no more.
    let token = json!({ "name": "脚本", "permissions": ["org.read", "import.run"], "days": 5 });
    let token = admin.post("/me/tokens", token).await.json(201);
    let script = admin.with_token(token["token"].as_str().expect("a token"));
    script.get(&format!("/org-chart?estate_id={estate}")).await.expect(200);
    script.get(&format!("/imports?estate_id={estate}")).await.expect(200);
    script.get("/settings").await.problem(403, "forbidden");
}
