//! Morning briefings (daily_briefing): prepared from the records of the day before, given up the line, heard, sampled.

use chrono::Duration;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    clauses,
    desk_scene::{dispatch, request, technicians_on_duty},
    harness::{Client, Staff, TestApp},
    workbench::count,
};

/// A server on Tuesday, the 3rd of March, at eight in the morning, with the duties of the day laid out on Monday.
async fn morning() -> TestApp {
    let app = TestApp::start().await;
    to_tuesday(&app).await;
    app
}

async fn to_tuesday(app: &TestApp) {
    app.run_jobs().await;
    app.advance(Duration::hours(22));
    app.run_jobs().await;
}

fn record(briefing: &Value) -> String {
    format!("/briefings/{}", briefing["id"].as_str().expect("an id"))
}

fn path(briefing: &Value, action: &str) -> String {
    format!("{}/{action}", record(briefing))
}

/// The one briefing that somebody has to give today, with its figures.
async fn to_give(who: &Client) -> Value {
    let mine = who.get("/me/briefings").await.json(200);
    assert_eq!(mine["to_give"].as_array().map(Vec::len), Some(1), "{mine}");
    mine["to_give"][0].clone()
}

/// From which posts somebody hears today.
async fn to_hear(who: &Client) -> Vec<Value> {
    let mine = who.get("/me/briefings").await.json(200);
    mine["to_hear"].as_array().expect("briefings").clone()
}

async fn report(who: &Client) -> Value {
    let briefing = to_give(who).await;
    who.post(&path(&briefing, "report"), json!({})).await.json(200)
}

async fn hear(who: &Client, briefing: &Value) -> Value {
    who.post(&path(briefing, "hear"), json!({})).await.json(200)
}

/// Where the duty of a rule stands today, as this person sees it.
async fn duty(who: &Client, rule: &str, whose: &str) -> String {
    let query = format!(
        "/obligations?rule={rule}&employee_id={}&limit=200",
        Staff::of(whose).employee
    );
    let found = who.get(&query).await.json(200);
    let items = found["items"].as_array().expect("duties").clone();
    let today = items.into_iter().find(|it| it["turn"] == "2026-03-03");
    today.unwrap_or_else(|| panic!("no {rule}: {found}"))["status"]
        .as_str()
        .expect("a status")
        .to_owned()
}

fn figure(briefing: &Value, measure: &str) -> i64 {
    let items = briefing["items"].as_array().expect("figures");
    let item = items.iter().find(|item| item["measure"] == measure);
    item.unwrap_or_else(|| panic!("no {measure}: {briefing}"))["count"]
        .as_i64()
        .expect("a count")
}

async fn actions(who: &Client, briefing: &Value) -> Vec<(String, Vec<String>)> {
    let id = briefing["id"].as_str().expect("an id");
    let lines = who.get(&format!("/trail?kind=briefing&id={id}")).await.json(200);
    let texts = |of: &Value| -> Vec<String> {
        let all = of.as_array().expect("a list");
        all.iter().filter_map(|it| it.as_str().map(ToOwned::to_owned)).collect()
    };
    let lines = lines.as_array().expect("a list").clone();
    lines
        .iter()
        .map(|line| {
            (
                line["action"].as_str().expect("an action").to_owned(),
                texts(&line["clauses"]),
            )
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_recept_5_1_proc_pubsup_5_1a_proc_depmgr_5_1_a_morning_goes_up_the_line_and_proves_the_duties() {
    clauses!("PROC-RECEPT-5.2", "PROC-TECH-5.1", "PROC-TECH-5.2", "PROC-PUBSUP-5.2");
    let app = morning().await;
    let (recept, tech) = (app.login("recept").await, app.login("tech").await);
    let (pubsup, depmgr) = (app.login("pubsup").await, app.login("depmgr").await);
    assert_eq!(count(&recept, "briefing_to_give").await, 1);
    for (who, name) in [(&recept, "recept"), (&tech, "tech")] {
        assert_eq!(duty(&pubsup, "OB-07", name).await, "open");
        let reported = report(who).await;
        assert_eq!(
            (&reported["state"], &reported["late"], &reported["to_post"]),
            (&json!("reported"), &json!(false), &json!("PUBSUP"))
        );
        assert_eq!(duty(&pubsup, "OB-07", name).await, "done_on_time");
        assert_eq!(count(who, "briefing_to_give").await, 0);
    }
    assert_eq!(count(&pubsup, "briefings_to_hear").await, 2);
    let reported: Vec<Value> = to_hear(&pubsup)
        .await
        .into_iter()
        .filter(|briefing| briefing["state"] == "reported")
        .collect();
    assert_eq!(reported.len(), 2);
    for briefing in &reported {
        assert_eq!(hear(&pubsup, briefing).await["state"], "heard");
    }
    assert_eq!(count(&pubsup, "briefings_to_hear").await, 0);
    let summed = to_give(&pubsup).await;
    assert_eq!(figure(&summed, "briefings_heard"), 2);
    assert_eq!(duty(&pubsup, "OB-10", "pubsup").await, "open");
    let up = report(&pubsup).await;
    assert_eq!(duty(&depmgr, "OB-10", "pubsup").await, "done_on_time");
    let heard = hear(&depmgr, &up).await;
    assert_eq!(heard["heard_by_name"], "员工depmgr");
    let told = actions(&depmgr, &up).await;
    let names: Vec<&str> = told.iter().map(|(action, _)| action.as_str()).collect();
    assert_eq!(names, ["briefing_prepared", "briefing_reported", "briefing_heard"]);
    assert_eq!(told[1].1, ["PROC-PUBSUP-5.2", "PROC-DEPMGR-5.1"]);
    assert_eq!(told[2].1, ["PROC-DEPMGR-5.1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_guardlead_5_1_proc_guardcapt_5_1a_proc_guardcapt_5_2_the_squads_report_to_the_captain_first() {
    let app = morning().await;
    let (lead, captain, depmgr) = (
        app.login("guardlead").await,
        app.login("guardcapt").await,
        app.login("depmgr").await,
    );
    let told = report(&lead).await;
    assert_eq!(told["to_post"], "GUARDCAPT");
    assert_eq!(duty(&captain, "OB-05", "guardlead").await, "done_on_time");
    assert_eq!(duty(&captain, "OB-05", "guardlead2").await, "open");
    hear(&captain, &told).await;
    let served = actions(&captain, &told).await;
    assert_eq!(served[1].1, ["PROC-GUARDLEAD-5.1", "PROC-GUARDCAPT-5.1a"]);
    assert_eq!(served[2].1, ["PROC-GUARDCAPT-5.1a"]);
    let up = report(&captain).await;
    assert_eq!(duty(&depmgr, "OB-09", "guardcapt").await, "done_on_time");
    hear(&depmgr, &up).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_renoadm_5_1_proc_cleanlead_5_1_every_holder_of_a_post_has_a_briefing_and_none_twice() {
    clauses!(
        "PROC-RENOADM-5.2",
        "PROC-CLEANLEAD-5.2",
        "PROC-TECH-5.1",
        "PROC-GUARDLEAD-5.1"
    );
    let app = morning().await;
    let gm = app.login("gm").await;
    let pairs = async || -> Vec<String> {
        let list = gm
            .get("/briefings?from=2026-03-03&until=2026-03-03&limit=200")
            .await
            .json(200);
        let mut pairs: Vec<String> = list["items"]
            .as_array()
            .expect("briefings")
            .iter()
            .map(|it| {
                let text = |field: &str| it[field].as_str().expect("a word").to_owned();
                format!("{} {} {}", text("from_post"), text("to_post"), text("employee_name"))
            })
            .collect();
        pairs.sort();
        pairs
    };
    let prepared = pairs().await;
    assert_eq!(
        prepared,
        [
            "CLEANLEAD PUBSUP 员工cleanlead",
            "GUARDCAPT DEPMGR 员工guardcapt",
            "GUARDLEAD GUARDCAPT 员工guardlead",
            "GUARDLEAD GUARDCAPT 员工guardlead2",
            "PUBSUP DEPMGR 员工pubsup",
            "RECEPT PUBSUP 员工recept",
            "RECEPT PUBSUP 员工recept2",
            "RENOADM PUBSUP 员工renoadm",
            "TECH PUBSUP 员工tech",
            "TECH PUBSUP 员工tech2",
            "TECH PUBSUP 员工tech3",
        ]
    );
    app.advance(Duration::hours(1));
    app.run_jobs().await;
    let renoadm = app.login("renoadm").await;
    report(&renoadm).await;
    report(&app.login("cleanlead").await).await;
    app.run_jobs().await;
    let gm_again = app.login("gm").await;
    let list = gm_again.get("/briefings?from=2026-03-03&count=true").await.json(200);
    assert_eq!(list["total"], 11, "prepared again nothing is new");
    // On Saturday nobody owes one.
    app.advance(Duration::days(4));
    app.run_jobs().await;
    let saturday = app.login("tech").await.get("/me/briefings").await.json(200);
    assert_eq!(
        (&saturday["date"], &saturday["to_give"]),
        (&json!("2026-03-07"), &json!([]))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_tech_5_2_the_figures_are_of_the_day_before_and_stand_once_they_are_told() {
    clauses!("PROC-RECEPT-5.1", "PROC-PUBSUP-5.2");
    let app = TestApp::start().await;
    technicians_on_duty(&app).await;
    let recept = app.login("recept").await;
    let (first, second) = (
        request(&recept, json!({})).await,
        request(&recept, json!({ "text": "楼道灯不亮" })).await,
    );
    dispatch(&recept, &first, "tech").await;
    dispatch(&recept, &second, "tech2").await;
    let case = json!({ "kind": "complaint", "channel": "desk", "field": "engineering", "text": "路灯不亮" });
    recept.post("/cases", case.clone()).await.expect(201);
    to_tuesday(&app).await;
    let (recept, tech, pubsup) = (
        app.login("recept").await,
        app.login("tech").await,
        app.login("pubsup").await,
    );
    let own = to_give(&tech).await;
    assert_eq!(figure(&own, "orders_open"), 1, "a technician tells of their own orders");
    let desk = to_give(&recept).await;
    assert_eq!((figure(&desk, "orders_open"), figure(&desk, "cases_received")), (2, 1));
    assert_eq!(figure(&to_give(&pubsup).await, "orders_open"), 2);
    let first = &desk["items"].as_array().expect("figures")[0]["records"][0];
    assert_eq!(first["kind"], "case");
    recept
        .get(&format!("/cases/{}", first["id"].as_str().expect("an id")))
        .await
        .expect(200);
    let told = recept.post(&path(&desk, "report"), json!({})).await.json(200);
    recept.post("/cases", case).await.expect(201);
    let seen = pubsup
        .get(&format!("/briefings/{}", told["id"].as_str().expect("an id")))
        .await
        .json(200);
    assert_eq!(figure(&seen, "cases_received"), 1, "as it was told");
    app.advance(Duration::minutes(1));
    assert_eq!(figure(&to_give(&app.login("recept2").await).await, "cases_received"), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_depmgr_5_1_what_is_not_given_by_noon_is_missing_and_given_late_it_turns_the_duty() {
    clauses!("PROC-PUBSUP-5.1a");
    let app = morning().await;
    app.advance(Duration::hours(3) + Duration::minutes(59));
    app.run_jobs().await;
    let missing = async |who: &Client| {
        who.get("/briefings?missing=true&count=true").await.json(200)["total"]
            .as_i64()
            .expect("a count")
    };
    assert_eq!(missing(&app.login("depmgr").await).await, 0);
    app.advance(Duration::minutes(1));
    let depmgr = app.login("depmgr").await;
    assert_eq!(missing(&depmgr).await, 11);
    let (tech, pubsup) = (app.login("tech").await, app.login("pubsup").await);
    assert_eq!(missing(&tech).await, 1, "one's own");
    let seen = to_hear(&pubsup).await;
    assert!(seen.iter().all(|briefing| briefing["missing"] == true), "{seen:?}");
    assert_eq!(duty(&pubsup, "OB-07", "tech").await, "missed");
    let late = report(&tech).await;
    assert_eq!((&late["late"], &late["missing"]), (&json!(true), &json!(false)));
    assert_eq!(duty(&pubsup, "OB-07", "tech").await, "done_late");
    assert_eq!(missing(&depmgr).await, 10);
    let file = depmgr
        .get("/briefings/export?format=csv&missing=true")
        .await
        .expect(200);
    let text = String::from_utf8_lossy(&file.bytes).into_owned();
    assert!(text.contains("员工tech2") && !text.contains("员工tech,"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_recept_5_2_what_was_given_is_not_given_again_and_only_on_its_own_day() {
    let app = morning().await;
    let recept = app.login("recept").await;
    let briefing = to_give(&recept).await;
    let report = path(&briefing, "report");
    let (first, second) = tokio::join!(recept.post(&report, json!({})), recept.post(&report, json!({})));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    recept.post(&report, json!({})).await.problem(409, "wrong_state");
    let words = json!({ "remarks": "补充" });
    let seen = recept.get(&record(&briefing)).await.expect(200);
    recept
        .patch(&record(&briefing), &seen.etag(), words)
        .await
        .problem(409, "wrong_state");
    // Given in time without network and sent in the afternoon; sent again it is kept as a note.
    app.advance(Duration::hours(6));
    let tech = app.login("tech").await;
    let other = to_give(&tech).await;
    let early = json!({ "occurred_at": "2026-03-03T00:10:00Z" });
    let told = tech.post(&path(&other, "report"), early.clone()).await.json(200);
    assert_eq!(
        (&told["late"], &told["reported_at"]),
        (&json!(false), &json!("2026-03-03T00:10:00Z"))
    );
    assert_eq!(tech.post(&path(&other, "report"), early).await.json(202)["kept"], true);
    assert_eq!(duty(&tech, "OB-07", "tech").await, "done_on_time");
    let renoadm = app.login("renoadm").await;
    let of_today = to_give(&renoadm).await;
    app.advance(Duration::hours(16));
    app.login("renoadm")
        .await
        .post(&path(&of_today, "report"), json!({}))
        .await
        .problem(409, "wrong_state");
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_cleanlead_5_2_a_briefing_is_the_pairs_and_their_superiors() {
    clauses!("PROC-RENOADM-5.2", "PROC-GUARDLEAD-5.1");
    let app = morning().await;
    let (cleanlead, tech, captain, pubsup) = (
        app.login("cleanlead").await,
        app.login("tech").await,
        app.login("guardcapt").await,
        app.login("pubsup").await,
    );
    let briefing = to_give(&cleanlead).await;
    let address = record(&briefing);
    for other in [&tech, &captain] {
        other.get(&address).await.problem(404, "not_found");
        other
            .post(&path(&briefing, "report"), json!({}))
            .await
            .problem(404, "not_found");
        let id = briefing["id"].as_str().expect("an id");
        other
            .get(&format!("/trail?kind=briefing&id={id}"))
            .await
            .problem(404, "not_found");
    }
    captain
        .post(&path(&briefing, "hear"), json!({}))
        .await
        .problem(404, "not_found");
    tech.post(&path(&briefing, "hear"), json!({}))
        .await
        .problem(403, "forbidden");
    pubsup.get(&address).await.expect(200);
    pubsup
        .post(&path(&briefing, "report"), json!({}))
        .await
        .problem(403, "forbidden");
    pubsup
        .post(&path(&briefing, "hear"), json!({}))
        .await
        .problem(409, "wrong_state");
    cleanlead.post(&path(&briefing, "report"), json!({})).await.expect(200);
    // The manager above reads it and leaves the hearing to the supervisor.
    let depmgr = app.login("depmgr").await;
    depmgr.get(&address).await.expect(200);
    depmgr
        .post(&path(&briefing, "hear"), json!({}))
        .await
        .problem(403, "forbidden");
    let heard = pubsup.post(&path(&briefing, "hear"), json!({})).await.expect(200);
    pubsup
        .post(&path(&briefing, "hear"), json!({}))
        .await
        .problem(409, "wrong_state");
    assert_eq!(heard.body["state"], "heard");
    for (who, seen) in [
        ("cleanlead", 1),
        ("tech", 1),
        ("guardcapt", 3),
        ("pubsup", 8),
        ("gm", 11),
        ("cscmgr", 11),
    ] {
        let list = app.login(who).await.get("/briefings?count=true").await.json(200);
        assert_eq!(list["total"], seen, "{who}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_pubsup_5_1a_a_point_is_answered_and_becomes_a_task() {
    clauses!("PROC-TECH-5.2");
    let app = TestApp::start().await;
    technicians_on_duty(&app).await;
    let recept = app.login("recept").await;
    let wanted = request(&recept, json!({})).await;
    let order = dispatch(&recept, &wanted, "tech").await;
    to_tuesday(&app).await;
    let (tech, pubsup) = (app.login("tech").await, app.login("pubsup").await);
    let briefing = to_give(&tech).await;
    let address = record(&briefing);
    let linked = json!({ "kind": "work_order", "id": order["id"] });
    let point = json!({ "text": "水泵异响，申请停机检修", "needs": "decision", "linked": linked });
    let mut unknown = point.clone();
    unknown["linked"]["id"] = json!("01900000-0000-7000-8000-00000000ffff");
    tech.post(&path(&briefing, "points"), unknown)
        .await
        .problem(422, "validation_failed");
    let seen = tech.get(&address).await.expect(200);
    let words = json!({ "remarks": "昨夜停电一次", "points": [
        point, { "text": "备件已到", "needs": "info" }] });
    let changed = tech.patch(&address, &seen.etag(), words.clone()).await.json(200);
    assert_eq!(
        (&changed["point_count"], &changed["decision_count"], &changed["remarks"]),
        (&json!(2), &json!(1), &json!("昨夜停电一次"))
    );
    tech.patch(&address, &seen.etag(), words)
        .await
        .problem(412, "version_conflict");
    let third = json!({ "text": "明日换班", "needs": "info" });
    tech.post(&path(&briefing, "points"), third).await.expect(201);
    tech.post(&path(&briefing, "report"), json!({})).await.expect(200);
    let told = pubsup.get(&address).await.json(200);
    let texts: Vec<&str> = told["points"]
        .as_array()
        .expect("points")
        .iter()
        .filter_map(|it| it["text"].as_str())
        .collect();
    assert_eq!(texts, ["水泵异响，申请停机检修", "备件已到", "明日换班"]);
    let asked = told["points"][0]["id"].clone();
    let stray = json!({ "answers": [{ "point_id": Uuid::now_v7(), "answer": "同意" }] });
    pubsup
        .post(&path(&briefing, "hear"), stray)
        .await
        .problem(422, "validation_failed");
    let word = json!({ "answers": [{ "point_id": asked, "answer": "同意，下午停机" }] });
    pubsup.post(&path(&briefing, "hear"), word).await.expect(200);
    let task = json!({ "title": "水泵停机检修", "assignee_id": Staff::of("tech").employee, "due_at": "2026-03-04T08:00:00Z",
        "source": "briefing", "source_ref": { "kind": "briefing_point", "id": asked } });
    let no = pubsup.post("/tasks", task).await.json(201)["no"].clone();
    let seen = tech.get(&address).await.json(200);
    let first = &seen["points"][0];
    assert_eq!(
        (&first["answer"], &first["tasks"][0]["no"], &first["tasks"][0]["state"]),
        (&json!("同意，下午停机"), &no, &json!("issued"))
    );
    assert_eq!(seen["points"][1]["tasks"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_guardcapt_5_1b_proc_pubsup_5_1b_who_hears_samples_records() {
    clauses!("PROC-PUBSUP-5.1a", "PROC-GUARDCAPT-5.1a");
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    for nth in 0..3 {
        let case =
            json!({ "kind": "complaint", "channel": "desk", "field": "engineering", "text": format!("路灯不亮{nth}") });
        recept.post("/cases", case).await.expect(201);
    }
    to_tuesday(&app).await;
    let (recept, pubsup) = (app.login("recept").await, app.login("pubsup").await);
    let briefing = to_give(&recept).await;
    let samples = format!(
        "/briefings/samples?briefing_id={}",
        briefing["id"].as_str().expect("an id")
    );
    let drawn = pubsup.get(&samples).await.json(200);
    assert_eq!(drawn.as_array().map(Vec::len), Some(3));
    assert_eq!(
        pubsup.get(&samples).await.json(200),
        drawn,
        "the same ones however often one asks"
    );
    app.login("guardcapt")
        .await
        .get(&samples)
        .await
        .problem(404, "not_found");
    let sampled = json!({ "kind": drawn[0]["kind"], "id": drawn[0]["id"] });
    let checks = path(&briefing, "checks");
    let silent = json!({ "record": sampled, "finding": "finding" });
    pubsup.post(&checks, silent).await.problem(422, "validation_failed");
    let note = json!({ "record": sampled, "finding": "finding", "note": "未填联系电话" });
    recept.post(&checks, note.clone()).await.problem(403, "forbidden");
    assert_eq!(duty(&pubsup, "OB-08", "pubsup").await, "open");
    pubsup.post(&checks, note).await.expect(201);
    assert_eq!(duty(&pubsup, "OB-08", "pubsup").await, "done_on_time");
    assert_eq!(pubsup.get(&samples).await.json(200).as_array().map(Vec::len), Some(2));
    let seen = recept.get(&record(&briefing)).await.json(200);
    assert_eq!(
        (
            &seen["records_checked"][0]["note"],
            &seen["records_checked"][0]["checked_by_name"]
        ),
        (&json!("未填联系电话"), &json!("员工pubsup"))
    );
    let steps = actions(&recept, &briefing).await;
    assert!(steps.contains(&("records_checked".to_owned(), vec!["PROC-PUBSUP-5.1b".to_owned()])));
    // The captain samples in the same way.
    let (lead, captain) = (app.login("guardlead").await, app.login("guardcapt").await);
    let squad = to_give(&lead).await;
    let in_order = json!({ "record": { "kind": "briefing", "id": squad["id"] }, "finding": "in_order" });
    captain.post(&path(&squad, "checks"), in_order).await.expect(201);
    assert_eq!(duty(&captain, "OB-06", "guardcapt").await, "done_on_time");
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_guardcapt_5_2_the_rate_is_of_what_was_due_and_within_the_scope() {
    clauses!("PROC-DEPMGR-5.1");
    let app = morning().await;
    for name in ["tech", "tech2"] {
        let told = report(&app.login(name).await).await;
        hear(&app.login("pubsup").await, &told).await;
    }
    report(&app.login("recept").await).await;
    app.advance(Duration::hours(5));
    let sums = app
        .login("depmgr")
        .await
        .get("/briefings/statistics?from=2026-03-03&until=2026-03-03")
        .await
        .json(200);
    let all = &sums["all"];
    assert_eq!(
        [
            &all["due"],
            &all["on_time"],
            &all["late"],
            &all["missing"],
            &all["held"],
            &all["held_rate_bp"]
        ],
        [&json!(11), &json!(3), &json!(0), &json!(8), &json!(2), &json!(1818)]
    );
    let techs = sums["pairs"]
        .as_array()
        .expect("pairs")
        .iter()
        .find(|it| it["from"] == "TECH");
    let techs = techs.expect("technicians");
    assert_eq!((&techs["to"], &techs["figures"]["held"]), (&json!("PUBSUP"), &json!(2)));
    assert_eq!(sums["months"][0]["month"], "2026-03");
    let captain = app
        .login("guardcapt")
        .await
        .get("/briefings/statistics")
        .await
        .json(200);
    assert_eq!(captain["all"]["due"], 3, "the squads and their captain");
    let own = app.login("tech").await.get("/briefings/statistics").await.json(200);
    assert_eq!(
        (&own["all"]["due"], &own["people"][0]["name"]),
        (&json!(1), &json!("员工tech"))
    );
    let none = app
        .login("depmgr")
        .await
        .get("/briefings/statistics?from=2026-04-01")
        .await
        .json(200);
    assert_eq!(
        (&none["all"]["due"], &none["all"]["held_rate_bp"]),
        (&json!(0), &Value::Null)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_depmgr_5_1_finance_may_report_and_is_not_asked_to() {
    let app = TestApp::start().await;
    app.run_jobs().await;
    let (finsup, depmgr) = (app.login("finsup").await, app.login("depmgr").await);
    let made = finsup.post("/briefings", json!({})).await.expect(201);
    assert_eq!(
        (&made.body["from_post"], &made.body["to_post"], &made.body["rule"]),
        (&json!("FINSUP"), &json!("DEPMGR"), &Value::Null)
    );
    finsup.post("/briefings", json!({})).await.problem(409, "conflict");
    app.login("cashier")
        .await
        .post("/briefings", json!({}))
        .await
        .problem(409, "wrong_state");
    let told = report(&finsup).await;
    assert_eq!(hear(&depmgr, &told).await["state"], "heard");
    let sums = depmgr.get("/briefings/statistics").await.json(200);
    assert_eq!((&sums["all"]["due"], &sums["all"]["optional"]), (&json!(0), &json!(1)));
    // The hours of this morning had passed before its duties were laid out: a technician reports all the same.
    let tech = app.login("tech").await;
    let early = tech.post("/briefings", json!({})).await.json(201);
    assert_eq!((&early["to_post"], &early["due_at"]), (&json!("PUBSUP"), &Value::Null));
    report(&tech).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_pubsup_5_2_who_acts_for_the_reporter_reports_for_them_and_never_hears_it() {
    let app = TestApp::start().await;
    app.put_acting("pubsup", "recept", "PUBSUP").await;
    to_tuesday(&app).await;
    let recept = app.login("recept").await;
    let mine = recept.get("/me/briefings").await.json(200);
    let posts: Vec<&str> = mine["to_give"]
        .as_array()
        .expect("briefings")
        .iter()
        .filter_map(|it| it["from_post"].as_str())
        .collect();
    assert_eq!(posts, ["RECEPT", "PUBSUP"], "one's own, then as the stand-in");
    let own = recept
        .post(&path(&mine["to_give"][0], "report"), json!({}))
        .await
        .json(200);
    recept
        .post(&path(&own, "hear"), json!({}))
        .await
        .problem(403, "self_approval");
    let depmgr = app.login("depmgr").await;
    assert_eq!(hear(&depmgr, &own).await["state"], "heard", "one step up");
    let up = recept
        .post(&path(&mine["to_give"][1], "report"), json!({}))
        .await
        .json(200);
    assert_eq!(
        (&up["reported_by_name"], &up["reported_for"]),
        (&json!("员工recept"), &json!(Staff::of("pubsup").employee))
    );
    let told = report(&app.login("tech").await).await;
    let heard = hear(&recept, &told).await;
    assert_eq!(heard["heard_for"], json!(Staff::of("pubsup").employee));
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_guardcapt_5_1a_from_when_a_briefing_is_missing_is_a_setting() {
    let app = TestApp::start().await;
    let change = json!({ "key": "briefing.missing_minute", "value": 600, "reason": "提前到十点" });
    app.login("cscmgr").await.post("/settings", change).await.expect(200);
    to_tuesday(&app).await;
    app.advance(Duration::hours(2));
    let squads = to_hear(&app.login("guardcapt").await).await;
    assert_eq!(squads.len(), 2);
    assert!(squads.iter().all(|briefing| briefing["missing"] == true), "{squads:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_guardcapt_5_11_what_is_reported_for_the_captain_proves_the_captains_duty_and_not_ones_own() {
    let app = TestApp::start().await;
    app.put_acting("guardcapt", "guardlead", "GUARDCAPT").await;
    to_tuesday(&app).await;
    let (guardlead, depmgr) = (app.login("guardlead").await, app.login("depmgr").await);
    let mine = guardlead.get("/me/briefings").await.json(200);
    let of = |post: &str| -> Value {
        let all = mine["to_give"].as_array().expect("briefings");
        let found = all.iter().find(|it| it["from_post"] == post);
        found.unwrap_or_else(|| panic!("none of {post}: {mine}")).clone()
    };
    // The own one falls due earlier, and is given later.
    for (post, captains, own) in [
        ("GUARDCAPT", "done_on_time", "open"),
        ("GUARDLEAD", "done_on_time", "done_on_time"),
    ] {
        guardlead.post(&path(&of(post), "report"), json!({})).await.expect(200);
        assert_eq!(duty(&depmgr, "OB-09", "guardcapt").await, captains, "after {post}");
        assert_eq!(duty(&depmgr, "OB-05", "guardlead").await, own, "after {post}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_guardcapt_5_11_who_explains_for_the_captain_stands_on_the_trail_with_both_names() {
    let app = TestApp::start().await;
    app.put_acting("guardcapt", "guardlead", "GUARDCAPT").await;
    to_tuesday(&app).await;
    app.advance(Duration::hours(2));
    app.run_jobs().await;
    let guardlead = app.login("guardlead").await;
    let found = guardlead.get("/obligations?rule=OB-06&limit=200").await.json(200);
    let items = found["items"].as_array().expect("duties");
    let missed = items.iter().find(|it| it["status"] == "missed").expect("a missed duty");
    let id = missed["id"].as_str().expect("an id");
    let why = json!({ "explanation": "夜间处置突发情况" });
    guardlead
        .post(&format!("/obligations/{id}/explain"), why)
        .await
        .expect(200);
    let lines = guardlead
        .get(&format!("/trail?kind=obligation&id={id}"))
        .await
        .json(200);
    let all = lines.as_array().expect("a list");
    let line = all
        .iter()
        .find(|line| line["action"] == "explained")
        .expect("the explanation");
    assert_eq!(
        (&line["employee_id"], &line["acting_for"]),
        (
            &json!(Staff::of("guardlead").employee),
            &json!(Staff::of("guardcapt").employee)
        )
    );
}
