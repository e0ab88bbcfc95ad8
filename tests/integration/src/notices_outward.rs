//! What leaves the product: by mail and by robots, once, not at night, and not for ever.

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::Duration;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use wuye_persistence::schema::notice_deliveries;

use crate::{
    harness::{Client, MailSink, RobotSink, TestApp},
    notices_inbox::{TITLE, given},
};

/// A server that can send by both ways.
async fn app() -> (TestApp, MailSink, RobotSink) {
    let (mail, robot) = (MailSink::start().await, RobotSink::start().await);
    let (url, origin) = (mail.url.clone(), robot.origin.clone());
    let app = TestApp::start_with(move |config| {
        config.smtp_url = Some(url);
        config.smtp_from = Some("Service centre <wuye@example.com>".to_owned());
        config.notice_origins = vec![origin];
        config.public_url = Some("https://wy.example".to_owned());
    })
    .await;
    (app, mail, robot)
}

/// Somebody is told by this way from now on.
async fn reached(client: &Client, channel: &str, address: &str, digest: bool) {
    let seen = client.get("/me/notices/settings").await.expect(200);
    let wanted = json!({ "language": "en", "digest": digest,
        "channels": [{ "channel": channel, "address": address, "enabled": true }] });
    client
        .patch("/me/notices/settings", &seen.etag(), wanted)
        .await
        .expect(200);
}

async fn set_robot(manager: &Client, channel: &str, etag: &str, body: Value) -> crate::harness::Answer {
    manager.put(&format!("/notices/channels/{channel}"), etag, body).await
}

/// States of the deliveries, newest first.
async fn states(manager: &Client) -> Vec<String> {
    let page = manager.get("/notices/deliveries").await.json(200);
    let items = page["items"].as_array().expect("deliveries").clone();
    let states = items
        .iter()
        .map(|item| item["state"].as_str().expect("a state").to_owned());
    states.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_pubsup_4_2_a_notice_goes_out_by_mail_once_and_names_the_record_by_its_number() {
    let (app, mail, _) = app().await;
    let (pubsup, tech) = (app.login("pubsup").await, app.login("tech").await);
    reached(&tech, "email", "tech@example.com", true).await;
    given(&pubsup, "tech").await;
    app.run_jobs().await;
    app.run_jobs().await;
    let mails = mail.mails();
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert_eq!(mails[0].to, ["tech@example.com"]);
    assert!(
        mails[0].headers.contains("Subject: Task RW2026-"),
        "{}",
        mails[0].headers
    );
    assert!(
        mails[0].text.contains("was given to you, due 2026-03-02 16:00"),
        "{}",
        mails[0].text
    );
    assert!(
        mails[0].text.contains("https://wy.example/notices"),
        "{}",
        mails[0].text
    );
    assert!(!mails[0].text.contains(TITLE), "a title stays in the product");
    assert_eq!(states(&app.login("cscmgr").await).await, ["sent"]);

    // In the language of whoever reads it.
    let seen = tech.get("/me/notices/settings").await.expect(200);
    let chinese = json!({ "language": "zh" });
    tech.patch("/me/notices/settings", &seen.etag(), chinese)
        .await
        .expect(200);
    app.advance(Duration::minutes(1));
    given(&pubsup, "tech").await;
    app.run_jobs().await;
    let text = mail.mails()[1].text.clone();
    assert!(text.contains("已交给您办理，时限 2026-03-02 16:00"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_depmgr_4_2_a_robot_calls_the_person_and_signs_where_its_maker_asks_for_it() {
    let (app, _, robot) = app().await;
    let (cscmgr, pubsup, tech) = (
        app.login("cscmgr").await,
        app.login("pubsup").await,
        app.login("tech").await,
    );
    let url = format!("{}/robot/send?access_token=key0000", robot.origin);
    let set = json!({ "url": url, "secret": "SEC111", "enabled": true });
    let made = set_robot(&cscmgr, "dingtalk", "\"0\"", set).await.expect(200);
    assert_eq!(
        (&made.body["set_up"], &made.body["signed"], &made.body["key_hint"]),
        (&json!(true), &json!(true), &json!("0000"))
    );
    reached(&tech, "dingtalk", "tech3", true).await;
    given(&pubsup, "tech").await;
    app.run_jobs().await;
    let posts = robot.posts();
    assert_eq!(posts.len(), 1);
    assert_eq!(posts[0].body["at"]["atUserIds"], json!(["tech3"]));
    let text = posts[0].body["text"]["content"].as_str().expect("a text");
    assert!(text.contains("was given to you") && !text.contains(TITLE), "{text}");
    let query = posts[0].target.split_once('?').expect("a query").1;
    let asked: std::collections::HashMap<String, String> =
        form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    assert_eq!(asked["access_token"], "key0000");
    let millis = app.clock.now().timestamp_millis();
    assert_eq!(asked["timestamp"], millis.to_string());
    let mut mac = Hmac::<Sha256>::new_from_slice(b"SEC111").expect("a key");
    mac.update(format!("{millis}\nSEC111").as_bytes());
    assert_eq!(asked["sign"], STANDARD.encode(mac.finalize().into_bytes()));

    // The other maker spells it otherwise and signs nothing.
    let url = format!("{}/cgi-bin/webhook/send?key=key1111", robot.origin);
    set_robot(&cscmgr, "wecom", "\"0\"", json!({ "url": url, "enabled": true }))
        .await
        .expect(200);
    let test = cscmgr.post("/notices/channels/wecom/test", json!({})).await.json(201);
    assert_eq!((&test["purpose"], &test["state"]), (&json!("test"), &json!("waiting")));
    app.run_jobs().await;
    let post = robot.posts()[1].clone();
    assert_eq!(post.target, "/cgi-bin/webhook/send?key=key1111");
    assert_eq!(post.body["text"]["mentioned_list"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_depmgr_4_2_what_is_refused_is_tried_again_with_growing_pauses_then_given_up_and_sent_again_on_demand() {
    let (app, mail, robot) = app().await;
    let cscmgr = app.login("cscmgr").await;
    mail.refuse(true);
    let to = json!({ "address": "boss@example.com" });
    let id = cscmgr.post("/notices/channels/email/test", to).await.expect(201).id();
    let mut tries = Vec::new();
    for minutes in [0, 1, 5, 15, 60, 240] {
        app.advance(Duration::minutes(minutes));
        app.run_jobs().await;
        let page = app.login("cscmgr").await.get("/notices/deliveries").await.json(200);
        let item = page["items"][0].clone();
        tries.push((item["tries"].as_i64(), item["state"].as_str().map(ToOwned::to_owned)));
        let said = item["last_error"].as_str().expect("an error").to_owned();
        assert!(said.contains("451") && !said.contains("boss@example.com"), "{said}");
    }
    let failed = |n| (Some(n), Some("failed".to_owned()));
    let given_up = (Some(6), Some("given_up".to_owned()));
    assert_eq!(tries, [failed(1), failed(2), failed(3), failed(4), failed(5), given_up]);
    app.advance(Duration::days(2));
    app.run_jobs().await;
    assert_eq!(mail.mails().len(), 0, "what was given up is not tried again");

    mail.refuse(false);
    let cscmgr = app.login("cscmgr").await;
    let path = format!("/notices/deliveries/{id}/retry");
    cscmgr.post(&path, json!({})).await.expect(200);
    cscmgr.post(&path, json!({})).await.problem(409, "wrong_state");
    app.run_jobs().await;
    assert_eq!(mail.mails().len(), 1);
    assert_eq!(states(&cscmgr).await, ["sent"]);

    // A robot that answers 200 and means no is a refusal too; its key is in no error.
    let url = format!("{}/send?key=hidden-key", robot.origin);
    set_robot(&cscmgr, "wecom", "\"0\"", json!({ "url": url, "enabled": true }))
        .await
        .expect(200);
    robot.answer(200, json!({ "errcode": 45009, "errmsg": "api freq out of limit" }));
    cscmgr.post("/notices/channels/wecom/test", json!({})).await.expect(201);
    app.run_jobs().await;
    let page = cscmgr.get("/notices/deliveries").await.json(200);
    assert_eq!(page["items"][0]["state"], "failed");
    assert_eq!(page["items"][0]["last_error"], "45009: api freq out of limit");
    robot.answer(503, json!({}));
    app.advance(Duration::minutes(2));
    app.run_jobs().await;
    let page = app.login("cscmgr").await.get("/notices/deliveries").await.json(200);
    let said = page["items"][0]["last_error"].as_str().expect("an error");
    assert!(said.starts_with("HTTP 503") && !said.contains("hidden-key"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_depmgr_4_2_the_night_is_quiet_and_the_morning_brings_one_digest() {
    let (app, mail, _) = app().await;
    // Owes no briefing in the morning, of which there would be a reminder.
    let cleaner = app.login("cleaner").await;
    reached(&cleaner, "email", "cleaner@example.com", true).await;
    // 21:30 in Shanghai.
    app.advance(Duration::hours(11) + Duration::minutes(30));
    let pubsup = app.login("pubsup").await;
    let task = |title: &str, priority: &str| {
        json!({ "title": title, "assignee_id": crate::harness::Staff::of("cleaner").employee,
            "due_at": "2026-03-03T09:00:00Z", "priority": priority })
    };
    pubsup.post("/tasks", task("一", "normal")).await.expect(201);
    app.advance(Duration::minutes(1));
    pubsup.post("/tasks", task("二", "normal")).await.expect(201);
    app.run_jobs().await;
    assert_eq!(mail.mails().len(), 0, "nothing at night");
    app.advance(Duration::minutes(1));
    pubsup.post("/tasks", task("三", "urgent")).await.expect(201);
    app.run_jobs().await;
    assert_eq!(mail.mails().len(), 1, "but what is urgent");
    let read = json!({ "kind": "task", "id": pubsup.post("/tasks", task("四", "normal")).await.expect(201).id() });
    app.login("cleaner")
        .await
        .post("/me/notices/read-of", read)
        .await
        .expect(200);

    // 07:44, then 07:45.
    app.advance(Duration::hours(10) + Duration::minutes(12));
    app.run_jobs().await;
    assert_eq!(mail.mails().len(), 1, "held until the digest");
    app.advance(Duration::minutes(1));
    app.run_jobs().await;
    app.advance(Duration::minutes(1));
    app.run_jobs().await;
    let mails = mail.mails();
    assert_eq!(mails.len(), 2, "{mails:?}");
    let digest = &mails[1].text;
    assert!(
        digest.contains("Overnight (2)"),
        "what was read is not told again: {digest}"
    );
    assert!(digest.contains("To do today (4)"), "{digest}");
    let mut states = states(&app.login("cscmgr").await).await;
    states.sort();
    assert_eq!(states, ["dropped", "in_digest", "in_digest", "sent", "sent"]);
    app.advance(Duration::hours(2));
    app.run_jobs().await;
    assert_eq!(mail.mails().len(), 2, "one digest a day");
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_depmgr_4_2_without_a_digest_what_was_held_goes_alone_when_the_night_is_over() {
    let (app, mail, _) = app().await;
    reached(&app.login("cleaner").await, "email", "cleaner@example.com", false).await;
    app.advance(Duration::hours(12));
    given_later(&app.login("pubsup").await, "cleaner").await;
    app.run_jobs().await;
    assert_eq!(mail.mails().len(), 0);
    // 07:30.
    app.advance(Duration::hours(9) + Duration::minutes(30));
    app.run_jobs().await;
    app.run_jobs().await;
    let mails = mail.mails();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains("was given to you"), "{}", mails[0].text);
}

async fn given_later(giver: &Client, to: &str) {
    let task = json!({ "title": TITLE, "assignee_id": crate::harness::Staff::of(to).employee,
        "due_at": "2026-03-04T09:00:00Z" });
    giver.post("/tasks", task).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_depmgr_4_2_what_was_read_before_it_was_sent_is_not_sent() {
    let (app, mail, _) = app().await;
    let (pubsup, tech) = (app.login("pubsup").await, app.login("tech").await);
    reached(&tech, "email", "tech@example.com", true).await;
    given(&pubsup, "tech").await;
    tech.post("/me/notices/read-all", json!({})).await.expect(200);
    app.run_jobs().await;
    assert_eq!(mail.mails().len(), 0);
    assert_eq!(states(&app.login("cscmgr").await).await, ["dropped"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_depmgr_4_2_two_servers_send_each_message_once() {
    let (app, mail, _) = app().await;
    let (pubsup, tech) = (app.login("pubsup").await, app.login("tech").await);
    reached(&tech, "email", "tech@example.com", true).await;
    for _ in 0..30 {
        given(&pubsup, "tech").await;
        app.advance(Duration::seconds(1));
    }
    let url = mail.url.clone();
    let other = TestApp::on(app.app.shared.database_url.clone(), move |config| {
        config.smtp_url = Some(url);
        config.smtp_from = Some("wuye@example.com".to_owned());
    })
    .await;
    other.clock.stand_still(app.clock.now());
    tokio::join!(app.run_jobs(), other.run_jobs());
    app.run_jobs().await;
    let mut subjects: Vec<String> = mail
        .mails()
        .iter()
        .map(|mail| {
            let subject = mail.headers.lines().find(|line| line.starts_with("Subject:"));
            subject.expect("a subject").to_owned()
        })
        .collect();
    assert_eq!(subjects.len(), 30);
    subjects.sort();
    subjects.dedup();
    assert_eq!(subjects.len(), 30, "each of them once");
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_depmgr_4_2_a_message_in_the_hands_of_a_dead_server_is_sent_when_its_lease_is_over() {
    let (app, mail, _) = app().await;
    let (pubsup, tech) = (app.login("pubsup").await, app.login("tech").await);
    reached(&tech, "email", "tech@example.com", true).await;
    given(&pubsup, "tech").await;
    let mut conn = app.conn().await;
    diesel::update(notice_deliveries::table)
        .set((
            notice_deliveries::state.eq("sending"),
            notice_deliveries::tries.eq(1),
            notice_deliveries::locked_until.eq(app.clock.now() + Duration::minutes(2)),
        ))
        .execute(&mut conn)
        .await
        .expect("a dead server");
    app.run_jobs().await;
    assert_eq!(mail.mails().len(), 0, "it may still be at it");
    app.advance(Duration::minutes(3));
    app.run_jobs().await;
    assert_eq!(mail.mails().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_2_a_robot_is_called_at_its_makers_host_only_and_its_keys_never_come_out() {
    let (app, _, robot) = app().await;
    let cscmgr = app.login("cscmgr").await;
    for url in [
        "http://169.254.169.254/latest/meta-data",
        "https://oapi.dingtalk.com.evil.example/robot/send",
        "http://127.0.0.1:1/robot/send",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send",
    ] {
        let refused = set_robot(&cscmgr, "dingtalk", "\"0\"", json!({ "url": url, "enabled": true })).await;
        let problem = refused.problem(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], "/url", "{url}");
    }
    let url = format!("{}/robot/send?access_token=very-secret-key", robot.origin);
    let set = json!({ "url": url, "secret": "SEC-hidden", "enabled": true });
    let made = set_robot(&cscmgr, "dingtalk", "\"0\"", set).await.expect(200);
    let later = json!({ "enabled": false });
    let off = set_robot(&cscmgr, "dingtalk", &made.etag(), later.clone())
        .await
        .expect(200);
    assert_eq!(
        (&off.body["enabled"], &off.body["signed"]),
        (&json!(false), &json!(true))
    );
    set_robot(&cscmgr, "dingtalk", &made.etag(), later)
        .await
        .problem(412, "version_conflict");
    let listed = cscmgr.get("/notices/channels").await.expect(200);
    let trail = cscmgr.get("/audit?kind=notice_robot").await.expect(200);
    for answer in [&made, &off, &listed, &trail] {
        let text = String::from_utf8_lossy(&answer.bytes);
        assert!(!text.contains("very-secret") && !text.contains("hidden"), "{text}");
    }
    // The general manager sees what becomes of the messages and sets nothing; others see nothing.
    let gm = app.login("gm").await;
    let estate = app.estate();
    gm.get(&format!("/notices/channels?estate_id={estate}"))
        .await
        .expect(200);
    gm.get("/notices/deliveries").await.expect(200);
    set_robot(&gm, "wecom", "\"0\"", json!({ "enabled": true, "estate_id": estate }))
        .await
        .problem(403, "forbidden");
    app.login("pubsup")
        .await
        .get("/notices/deliveries")
        .await
        .problem(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_2_settings_are_ones_own_checked_and_guarded_by_their_version() {
    let (app, ..) = app().await;
    let tech = app.login("tech").await;
    let seen = tech.get("/me/notices/settings").await.expect(200);
    assert_eq!(
        (&seen.body["language"], &seen.body["digest"], &seen.body["quiet"]),
        (&json!("zh"), &json!(true), &Value::Null)
    );
    assert_eq!(
        seen.body["estate_quiet"],
        json!({ "from_minute": 1260, "until_minute": 450 })
    );
    assert_eq!(seen.body["channels"][0]["available"], true, "there is a mail server");
    assert_eq!(seen.body["channels"][1]["available"], false, "and no robot yet");
    for (wrong, pointer) in [
        (
            json!({ "channels": [{ "channel": "email", "enabled": true }] }),
            "/channels/0/address",
        ),
        (
            json!({ "channels": [{ "channel": "email", "address": "a@b\r\nbcc: c@d", "enabled": true }] }),
            "/channels/0/address",
        ),
        (
            json!({ "quiet": { "from_minute": 1440, "until_minute": 0 } }),
            "/quiet/from_minute",
        ),
    ] {
        let refused = tech.patch("/me/notices/settings", &seen.etag(), wrong.clone()).await;
        let problem = refused.problem(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{wrong}");
    }
    let own = json!({ "quiet": { "from_minute": 480, "until_minute": 960 } });
    let after = tech.patch("/me/notices/settings", &seen.etag(), own).await.expect(200);
    assert_eq!(after.body["quiet"], json!({ "from_minute": 480, "until_minute": 960 }));
    tech.patch("/me/notices/settings", &seen.etag(), json!({ "digest": false }))
        .await
        .problem(412, "version_conflict");
    let back = json!({ "estate_quiet": true });
    let after = tech
        .patch("/me/notices/settings", &after.etag(), back)
        .await
        .expect(200);
    assert_eq!(after.body["quiet"], Value::Null);
}
