//! A resident reports without an account, and follows the answer by a code.

use chrono::Duration;
use serde_json::{Value, json};

use crate::clauses;
use crate::desk_scene::{PNG, dispatch, house_in, order_path, repair, technicians_on_duty, upload};
use crate::harness::TestApp;
use crate::workbench::count;

const REPORTS: &str = "/public/estates/publice1/reports";

fn report() -> Value {
    json!({ "kind": "repair", "text": "单元门关不上", "location": "3栋2单元", "contact_name": "王女士", "contact_phone": "139 1234 5678" })
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_07a_pos_recept_03a_a_report_runs_from_the_qr_code_to_the_repair() {
    clauses!("POS-RECEPT-09a");
    let app = TestApp::start().await;
    technicians_on_duty(&app).await;
    let (resident, recept) = (app.anonymous(), app.login("recept").await);
    assert_eq!(
        resident.get("/public/estates/publice1").await.json(200),
        json!({ "name": "翠湖花园" })
    );
    resident.get("/public/estates/nowhere").await.problem(404, "not_found");
    let photo = upload(&resident, "/public/estates/publice1/photos", "a.png", PNG.to_vec())
        .await
        .json(201);
    upload(
        &resident,
        "/public/estates/publice1/photos",
        "a.pdf",
        b"%PDF-1.4\n%%EOF\n".to_vec(),
    )
    .await
    .problem(422, "file_refused");
    let mut body = report();
    body["file_ids"] = json!([photo["id"]]);
    let received = resident.post(REPORTS, body.clone()).await.json(201);
    resident.post(REPORTS, body).await.problem(422, "validation_failed"); // the photo belongs to the first one
    let code = received["tracking_code"].as_str().expect("a code").to_owned();
    let track = format!("/public/reports/{}", code.to_lowercase().replace('-', "%20"));
    assert_eq!(resident.get(&track).await.json(200)["progress"], "received");

    let waiting = recept.get("/resident-reports?state=received").await.json(200);
    let id = waiting["items"][0]["id"].as_str().expect("a report").to_owned();
    app.login("tech")
        .await
        .get(&format!("/resident-reports/{id}"))
        .await
        .problem(403, "forbidden");
    let house = house_in(&app, app.estate(), "3-2-501").await;
    let path = format!("/resident-reports/{id}/take-in");
    let taken = recept
        .post(&path, json!({ "house_id": house, "category": "shared_facility" }))
        .await
        .json(200);
    assert_eq!(taken["became"]["kind"], "repair_request");
    recept.post(&path, json!({})).await.problem(409, "wrong_state");
    assert_eq!(resident.get(&track).await.json(200)["progress"], "in_hand");

    let order = dispatch(&recept, &json!({ "id": taken["became"]["id"] }), "tech").await;
    let detail = app.login("tech").await.get(&order_path(&order, "")).await.json(200);
    assert_eq!(detail["files"][0]["id"], photo["id"]);
    let carried = format!("/files/{}", photo["id"].as_str().expect("an id"));
    app.login("tech").await.get(&carried).await.expect(200);
    app.login("tech2").await.get(&carried).await.problem(404, "not_found");
    assert_eq!(detail["request"]["contact_phone"]["masked"], true);
    assert_eq!(resident.get(&track).await.json(200)["progress"], "being_repaired");
    repair(&app.login("tech").await, &order).await;
    assert_eq!(resident.get(&track).await.json(200)["progress"], "repaired");
    recept.post(&order_path(&order, "verify"), json!({})).await.expect(200);
    let told = resident.get(&track).await.json(200);
    assert_eq!(told["progress"], "finished");
    let mut fields: Vec<_> = told.as_object().expect("an object").keys().cloned().collect();
    fields.sort();
    assert_eq!(
        fields,
        [
            "kind",
            "progress",
            "progress_en",
            "progress_zh",
            "received_at",
            "reply",
            "updated_at"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_07a_a_complaint_becomes_a_case_and_spam_is_dismissed_with_a_reason() {
    let app = TestApp::start().await;
    let (resident, recept) = (app.anonymous(), app.login("recept").await);
    let mut codes = Vec::new();
    for (kind, text) in [("complaint", "夜间施工噪音"), ("enquiry", "低价贷款加微信")] {
        let received = resident
            .post(REPORTS, json!({ "kind": kind, "text": text }))
            .await
            .json(201);
        codes.push(received["tracking_code"].as_str().expect("a code").to_owned());
    }
    let all = recept.get("/resident-reports").await.json(200);
    let id = |at: usize| all["items"][at]["id"].as_str().expect("an id").to_owned();
    let taken = recept
        .post(&format!("/resident-reports/{}/take-in", id(0)), json!({}))
        .await
        .json(200);
    assert_eq!(taken["became"]["kind"], "case");
    recept
        .post(
            &format!("/resident-reports/{}/dismiss", id(1)),
            json!({ "reason": "广告信息，不予受理" }),
        )
        .await
        .expect(200);
    let told = resident.get(&format!("/public/reports/{}", codes[1])).await.json(200);
    assert_eq!(
        (told["progress"].as_str(), told["reply"].as_str()),
        (Some("not_taken"), Some("广告信息，不予受理"))
    );
    assert_eq!(
        resident.get(&format!("/public/reports/{}", codes[0])).await.json(200)["progress"],
        "in_hand"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_wrong_code_gets_the_same_answer() {
    let app = TestApp::start().await;
    let resident = app.anonymous();
    let mut bodies = Vec::new();
    for code in [
        "0000-0000-0000-0000",
        "ABCD",
        "%E4%B8%AD%E6%96%87",
        "ABCD-EFGH-JKMN-PQRS",
    ] {
        let mut body = resident
            .get(&format!("/public/reports/{code}"))
            .await
            .problem(404, "not_found");
        body["instance"] = Value::Null;
        bodies.push(body);
    }
    assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]));
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_from_one_address_are_limited_and_the_limit_passes() {
    let app = TestApp::start().await;
    let resident = app.anonymous();
    let mut good = 0;
    let refused = loop {
        let answer = resident
            .post(REPORTS, json!({ "kind": "praise", "text": "保安很热心" }))
            .await;
        if answer.status != 201 {
            break answer;
        }
        good += 1;
        assert!(good < 100, "no limit");
    };
    assert_eq!(good, 6);
    assert!(
        refused.headers["retry-after"]
            .to_str()
            .is_ok_and(|seconds| seconds.parse::<u32>().is_ok())
    );
    refused.problem(429, "too_many_requests");
    app.advance(Duration::minutes(61));
    resident
        .post(REPORTS, json!({ "kind": "praise", "text": "保安很热心" }))
        .await
        .expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_poster_leads_to_the_report_page_of_the_estate() {
    let app = TestApp::start_with(|config| config.public_url = Some("https://wuye.example/".to_owned())).await;
    let recept = app.login("recept").await;
    let poster = recept.get(&format!("/estates/{}/poster", app.estate())).await;
    assert_eq!(poster.headers["content-type"], "image/svg+xml");
    let drawn = String::from_utf8(poster.bytes).expect("text");
    assert!(drawn.contains("翠湖花园") && drawn.contains("https://wuye.example/report?estate=publice1"));
    recept
        .get(&format!("/estates/{}/poster", app.other_estate()))
        .await
        .problem(404, "not_found");
    // Without a public address: where others can come there is no poster, on loopback it leads to the server itself.
    let open = TestApp::start_with(|config| config.listen = ([0, 0, 0, 0], 8080).into()).await;
    let recept = open.login("recept").await;
    recept
        .get(&format!("/estates/{}/poster", open.estate()))
        .await
        .problem(409, "conflict");
    let plain = TestApp::start().await;
    let recept = plain.login("recept").await;
    let poster = recept.get(&format!("/estates/{}/poster", plain.estate())).await;
    let drawn = String::from_utf8(poster.expect(200).bytes).expect("text");
    assert!(drawn.contains("http://127.0.0.1:") && drawn.contains("/report?estate="));
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_07a_a_report_sent_again_under_its_key_stays_one_with_the_same_code() {
    let app = TestApp::start().await;
    let resident = app.anonymous();
    let send = |key: &'static str, body: Value| resident.post_once(REPORTS, key, body);
    // Twice at once, as a phone in a lift does it, and once more later.
    let (one, other) = tokio::join!(send("report-000001", report()), send("report-000001", report()));
    let code = one.json(201)["tracking_code"].clone();
    assert_eq!(other.json(201)["tracking_code"], code);
    app.advance(Duration::minutes(10));
    assert_eq!(send("report-000001", report()).await.json(201)["tracking_code"], code);
    let mut changed = report();
    changed["text"] = json!("灯也不亮");
    send("report-000001", changed)
        .await
        .problem(422, "idempotency_mismatch");
    assert_ne!(send("report-000002", report()).await.json(201)["tracking_code"], code);
    let recept = app.login("recept").await;
    let listed = recept.get("/resident-reports?count=true").await.json(200);
    assert_eq!(listed["total"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_03a_a_report_that_nobody_takes_in_climbs_to_the_supervisor() {
    let app = TestApp::start().await;
    app.anonymous().post(REPORTS, report()).await.expect(201);
    let waiting = async |who: &str, kind: &str| count(&app.login(who).await, kind).await;
    assert_eq!(waiting("recept", "reports_to_triage").await, 1);
    app.run_jobs().await;
    assert_eq!(waiting("pubsup", "overdue_reports").await, 0);
    app.advance(Duration::hours(26));
    app.run_jobs().await;
    assert_eq!(waiting("pubsup", "overdue_reports").await, 1);
}
