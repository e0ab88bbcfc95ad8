//! Complaints and suggestions (complaint_handling), from the desk to the register.

use chrono::Duration;
use serde_json::{Value, json};

use crate::harness::{Client, Staff, TestApp};

fn case(kind: &str, text: &str) -> Value {
    json!({ "kind": kind, "channel": "phone", "field": "cleaning", "text": text })
}

async fn create(client: &Client, body: Value) -> String {
    client.post("/cases", body).await.expect(201).id()
}

async fn act(client: &Client, id: &str, verb: &str, body: Value) -> Value {
    client.post(&format!("/cases/{id}/{verb}"), body).await.json(200)
}

/// A complaint found valid, handled and answered, ready to be closed.
async fn answered(app: &TestApp, about: Option<&str>) -> String {
    let recept = app.login("recept").await;
    let mut new = case("complaint", "楼道三天没有打扫");
    if let Some(person) = about {
        new["about_employee"] = json!(Staff::of(person).employee);
    }
    let id = create(&recept, new).await;
    act(
        &recept,
        &id,
        "assign",
        json!({ "owner_id": Staff::of("renoadm").employee }),
    )
    .await;
    let owner = app.login("renoadm").await;
    act(
        &owner,
        &id,
        "propose-validity",
        json!({ "validity": "valid", "reason": "监控显示确未打扫" }),
    )
    .await;
    let decider = app.login(if about.is_some() { "depmgr" } else { "pubsup" }).await;
    act(&decider, &id, "confirm-validity", json!({})).await;
    act(&owner, &id, "measures", json!({ "text": "安排补扫，调整班次" })).await;
    act(&owner, &id, "reply", json!({ "text": "已补扫并向您致歉" })).await;
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_03b_pos_recept_07a_a_valid_complaint_runs_its_whole_way() {
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    let created = recept
        .post("/cases", case("complaint", "楼道三天没有打扫"))
        .await
        .expect(201);
    assert_eq!(created.body["no"], "TS2026-000001");
    // Monday plus three working days, end of work in Shanghai.
    assert_eq!(created.body["due_at"], "2026-03-05T09:30:00Z");
    assert_eq!(
        (&created.body["state"], &created.body["validity"]),
        (&json!("received"), &json!("pending"))
    );
    assert_eq!(
        created.headers["location"].to_str().expect("a path"),
        format!("/api/v1/cases/{}", created.id())
    );
    let id = answered(&app, None).await;
    recept
        .post(&format!("/cases/{id}/close"), json!({}))
        .await
        .problem(409, "wrong_state");
    recept
        .post(&format!("/cases/{id}/check-closing"), json!({}))
        .await
        .problem(403, "forbidden");
    let pubsup = app.login("pubsup").await;
    act(&pubsup, &id, "return-closing", json!({ "reason": "请附照片" })).await;
    act(&recept, &id, "reply", json!({ "text": "已补扫，附照片" })).await;
    act(&pubsup, &id, "check-closing", json!({})).await;
    assert_eq!(act(&recept, &id, "close", json!({})).await["state"], "closed");
    let detail = recept.get(&format!("/cases/{id}")).await.json(200);
    assert_eq!(detail["finding"]["decided_as"], "PUBSUP");
    assert_eq!(detail["measures"][0]["text"], "安排补扫，调整班次");
    assert_eq!(detail["visits"][0]["state"], "due");
    assert_eq!(detail["owner_name"], "员工renoadm");
    let trail = recept.get(&format!("/trail?kind=case&id={id}")).await.json(200);
    let actions: Vec<&str> = trail
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|line| line["action"].as_str())
        .collect();
    assert_eq!(
        actions,
        [
            "received",
            "assigned",
            "validity_proposed",
            "validity_confirmed",
            "measure_added",
            "replied",
            "closing_returned",
            "replied",
            "closing_checked",
            "closed"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn term_2_one_proposes_another_confirms_and_it_goes_up_when_it_is_about_the_departments_people() {
    let app = TestApp::start().await;
    let (recept, pubsup, depmgr) = (
        app.login("recept").await,
        app.login("pubsup").await,
        app.login("depmgr").await,
    );
    let mut new = case("complaint", "维修员态度差");
    new["about_employee"] = json!(Staff::of("tech").employee);
    let id = create(&recept, new).await;
    let assign = |person: &str| json!({ "owner_id": Staff::of(person).employee });
    let refused = recept
        .post(&format!("/cases/{id}/assign"), assign("tech"))
        .await
        .problem(422, "validation_failed");
    assert_eq!(refused["errors"][0]["code"], "complained_of");
    act(&recept, &id, "assign", assign("pubsup")).await;
    depmgr
        .post(&format!("/cases/{id}/confirm-validity"), json!({}))
        .await
        .problem(409, "wrong_state");
    let finding = json!({ "validity": "invalid", "reason": "录音显示用语得当" });
    recept
        .post(&format!("/cases/{id}/propose-validity"), finding.clone())
        .await
        .problem(403, "forbidden");
    act(&pubsup, &id, "propose-validity", finding).await;
    pubsup
        .post(&format!("/cases/{id}/confirm-validity"), json!({}))
        .await
        .problem(403, "self_approval");
    act(&depmgr, &id, "return-validity", json!({ "reason": "请再问住户" })).await;
    act(
        &pubsup,
        &id,
        "propose-validity",
        json!({ "validity": "invalid", "reason": "住户已确认" }),
    )
    .await;
    let decided = act(&depmgr, &id, "confirm-validity", json!({ "reason": "同意" })).await;
    assert_eq!(
        (&decided["state"], &decided["validity"]),
        (&json!("validity_decided"), &json!("invalid"))
    );
    let detail = recept.get(&format!("/cases/{id}")).await.json(200);
    assert_eq!(
        detail["finding"]["decision_path"]["steps"],
        json!([
            { "post": "PUBSUP", "why": "origin" },
            { "post": "PUBSUP", "why": "named" },
            { "post": "DEPMGR", "why": "own_people" }
        ])
    );
    // Invalid: explained, and closed without a check.
    act(&recept, &id, "reply", json!({ "text": "经核实……" })).await;
    act(&recept, &id, "close", json!({})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_cleaner_08b_proc_cleanlead_5_4_front_line_staff_pass_on_what_they_are_told() {
    let app = TestApp::start().await;
    let cleaner = app.login("cleaner").await;
    let mut new = case("suggestion", "希望雨天多拖一次大堂");
    new["channel"] = json!("staff");
    new["occurred_at"] = json!(app.clock.now() - Duration::hours(2));
    let created = cleaner.post("/cases", new).await.json(201);
    assert_eq!(
        (&created["keyed_late"], &created["received_by_name"]),
        (&json!(true), &json!("员工cleaner"))
    );
    let id = created["id"].as_str().expect("an id").to_owned();
    cleaner.get(&format!("/cases/{id}")).await.expect(200);
    app.login("guard")
        .await
        .get(&format!("/cases/{id}"))
        .await
        .problem(404, "not_found");
    cleaner
        .post(&format!("/cases/{id}/close"), json!({}))
        .await
        .problem(403, "forbidden");
    let recept = app.login("recept").await;
    let register = recept.get("/cases?kind=suggestion&q=大堂&count=true").await.json(200);
    assert_eq!(
        (&register["total"], &register["items"][0]["id"]),
        (&json!(1), &json!(id))
    );
    act(&recept, &id, "reply", json!({ "text": "采纳，即日执行" })).await;
    assert_eq!(act(&recept, &id, "close", json!({})).await["state"], "closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_07a_overdue_cases_climb_to_the_manager_by_themselves_and_once() {
    let app = TestApp::start().await;
    let id = create(&app.login("recept").await, case("complaint", "噪音")).await;
    let told = |client: Client, id: String| async move {
        client.get(&format!("/cases/{id}")).await.json(200)["escalated_to"].clone()
    };
    let line = ["PUBSUP", "DEPMGR", "CSCMGR"];
    app.run_jobs().await;
    assert_eq!(told(app.login("recept").await, id.clone()).await, json!([]));
    // Thursday evening, Friday evening, the week after.
    for (hours, steps) in [(80, 1), (24, 2), (120, 3)] {
        app.advance(Duration::hours(hours));
        app.run_jobs().await;
        app.advance(Duration::minutes(2));
        app.run_jobs().await;
        assert_eq!(
            told(app.login("recept").await, id.clone()).await,
            json!(line[..steps]),
            "after {hours} hours more"
        );
    }
    let cscmgr = app.login("cscmgr").await;
    assert_eq!(cscmgr.get("/cases?overdue=true&count=true").await.json(200)["total"], 1);
    let trail = cscmgr.get(&format!("/trail?kind=case&id={id}")).await.json(200);
    let climbed: Vec<&Value> = trail
        .as_array()
        .expect("a list")
        .iter()
        .filter(|l| l["action"] == "escalated")
        .collect();
    assert_eq!(
        climbed.iter().map(|l| l["changes"]["to"].clone()).collect::<Vec<_>>(),
        [json!(["PUBSUP"]), json!(["DEPMGR"]), json!(["CSCMGR"])]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_07a_what_a_device_sends_too_late_is_kept_and_shown() {
    let app = TestApp::start().await;
    let id = answered(&app, None).await;
    let pubsup = app.login("pubsup").await;
    act(&pubsup, &id, "check-closing", json!({})).await;
    act(&app.login("recept").await, &id, "close", json!({})).await;
    let owner = app.login("renoadm").await;
    let late = json!({ "text": "晚上又去看过", "occurred_at": app.clock.now() - Duration::hours(1) });
    let kept = owner
        .post_once(&format!("/cases/{id}/measures"), "late-0001", late.clone())
        .await
        .json(202);
    assert_eq!(kept["kept"], true);
    let again = owner
        .post_once(&format!("/cases/{id}/measures"), "late-0001", late)
        .await
        .json(202);
    assert_eq!(again, kept);
    let now = json!({ "text": "现在再写一条" });
    owner
        .post(&format!("/cases/{id}/measures"), now)
        .await
        .problem(409, "wrong_state");
    let detail = pubsup.get(&format!("/cases/{id}")).await.json(200);
    let notes = detail["late_notes"].as_array().expect("a list");
    assert_eq!((notes.len(), &notes[0]["reason"]), (1, &json!("晚上又去看过")));
    assert_eq!(detail["state"], "closed");
    // One who had the case before keeps the right to report what was done then.
    let recept = app.login("recept").await;
    let second = create(&recept, case("suggestion", "加装扶手")).await;
    act(
        &recept,
        &second,
        "assign",
        json!({ "owner_id": Staff::of("tech").employee }),
    )
    .await;
    act(
        &recept,
        &second,
        "assign",
        json!({ "owner_id": Staff::of("tech2").employee, "reason": "休假" }),
    )
    .await;
    let tech = app.login("tech").await;
    let path = format!("/cases/{second}/measures");
    tech.post(&path, json!({ "text": "看过现场" }))
        .await
        .problem(404, "not_found");
    let before = json!({ "text": "看过现场", "occurred_at": app.clock.now() - Duration::minutes(30) });
    tech.post(&path, before).await.expect(202);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_and_phones_are_for_who_may_see_them() {
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    let mut new = case("complaint", "电梯停运");
    new["reporter_name"] = json!("欧阳小明");
    new["reporter_phone"] = json!("138 1234-5678");
    let id = create(&recept, new.clone()).await;
    new["reporter_phone"] = json!("没有");
    let refused = recept.post("/cases", new).await.problem(422, "validation_failed");
    assert_eq!(refused["errors"][0]["pointer"], "/reporter_phone");
    let detail = recept.get(&format!("/cases/{id}")).await.json(200);
    assert_eq!(
        detail["reporter_phone"],
        json!({ "value": "13812345678", "masked": false })
    );
    let depmgr = app.login("depmgr").await;
    let masked = depmgr.get(&format!("/cases/{id}")).await;
    assert_eq!(
        masked.body["reporter_phone"],
        json!({ "value": "138****5678", "masked": true })
    );
    assert!(!String::from_utf8_lossy(&masked.bytes).contains("小明"));
    let found = |client: Client| async move { client.get("/cases?q=5678&count=true").await.json(200)["total"].clone() };
    assert_eq!((found(recept).await, found(depmgr.clone()).await), (json!(1), json!(0)));
    let trail = depmgr.get(&format!("/trail?kind=case&id={id}")).await.expect(200);
    assert!(!String::from_utf8_lossy(&trail.bytes).contains("5678"));
}

#[tokio::test(flavor = "multi_thread")]
async fn goal_2_goal_3_duplicates_reopening_and_reclassification_move_the_figures() {
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    let master = answered(&app, None).await;
    let copy = create(&recept, case("complaint", "同一处楼道脏")).await;
    let other = create(&recept, case("suggestion", "加垃圾桶")).await;
    let refused = recept
        .post(
            &format!("/cases/{other}/link-duplicate"),
            json!({ "master_id": master }),
        )
        .await;
    assert_eq!(
        refused.problem(422, "validation_failed")["errors"][0]["code"],
        "different"
    );
    let linked = act(&recept, &copy, "link-duplicate", json!({ "master_id": master })).await;
    assert_eq!(
        (&linked["validity"], &linked["master_id"]),
        (&json!("valid"), &json!(master))
    );
    let figures = recept.get("/cases/statistics").await.json(200);
    assert_eq!(
        (&figures["valid"], &figures["duplicates"], &figures["received"]),
        (&json!(2), &json!(1), &json!(3))
    );
    assert_eq!(
        (&figures["to_handle"], &figures["handled"], &figures["handling_rate_bp"]),
        (&json!(3), &json!(0), &json!(0))
    );
    act(&app.login("pubsup").await, &master, "check-closing", json!({})).await;
    act(&recept, &master, "close", json!({})).await;
    assert_eq!(recept.get("/cases/statistics").await.json(200)["handled"], 1);
    let again = act(&recept, &master, "reopen", json!({ "reason": "又脏了" })).await;
    assert_eq!(
        (&again["state"], &again["reopened_count"]),
        (&json!("investigating"), &json!(1))
    );
    let figures = recept.get("/cases/statistics").await.json(200);
    assert_eq!((&figures["handled"], &figures["reopened"]), (&json!(0), &json!(1)));
    act(&recept, &copy, "unlink-duplicate", json!({ "reason": "不是同一处" })).await;
    act(
        &recept,
        &copy,
        "reclassify",
        json!({ "kind": "suggestion", "reason": "住户改称建议" }),
    )
    .await;
    let figures = recept.get("/cases/statistics?kind=complaint").await.json(200);
    assert_eq!((&figures["received"], &figures["duplicates"]), (&json!(1), &json!(0)));
    let empty = recept
        .get("/cases/statistics?from=2020-01-01&until=2020-12-31")
        .await
        .json(200);
    assert_eq!(
        (&empty["received"], &empty["handling_rate_bp"]),
        (&json!(0), &Value::Null)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_needs_the_version_seen_and_a_repeated_call_makes_no_second_case() {
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    let first = recept
        .post_once("/cases", "case-0001", case("enquiry", "停车怎么办"))
        .await
        .json(201);
    let again = recept
        .post_once("/cases", "case-0001", case("enquiry", "停车怎么办"))
        .await
        .json(201);
    assert_eq!(first["id"], again["id"]);
    assert_eq!(recept.get("/cases?count=true").await.json(200)["total"], 1);
    let path = format!("/cases/{}", first["id"].as_str().expect("an id"));
    let change = json!({ "field": "other" });
    let missing = recept.request(reqwest::Method::PATCH, &path).json(&change);
    recept.send(missing).await.problem(428, "precondition_required");
    let seen = recept.get(&path).await.etag();
    assert_eq!(
        recept.patch(&path, &seen, change.clone()).await.json(200)["field"],
        "other"
    );
    recept
        .patch(&path, &seen, json!({ "field": "fees" }))
        .await
        .problem(412, "version_conflict");
    let nowhere = json!({ "house_id": "01900000-0000-7000-8000-00000000ffff" });
    let fresh = recept.get(&path).await.etag();
    let refused = recept
        .patch(&path, &fresh, nowhere)
        .await
        .problem(422, "validation_failed");
    assert_eq!(refused["errors"][0]["pointer"], "/house_id");
    let mut foreign = case("enquiry", "别的小区");
    foreign["estate_id"] = json!(app.other_estate());
    recept.post("/cases", foreign).await.problem(422, "validation_failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_03a_the_log_of_the_desk_shows_what_came_in_on_a_day() {
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    create(&recept, case("enquiry", "几点关门")).await;
    app.advance(Duration::minutes(3));
    create(&recept, case("praise", "保安帮忙抬车")).await;
    let log = recept.get("/reception-log").await.json(200);
    let kinds: Vec<&str> = log
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|line| line["kind"].as_str())
        .collect();
    assert_eq!(kinds, ["enquiry", "praise"]);
    assert_eq!(recept.get("/reception-log?date=2026-03-01").await.json(200), json!([]));
    app.login("guard")
        .await
        .get("/reception-log")
        .await
        .problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_the_register_meet_without_gap_or_overlap() {
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    for n in 0..5 {
        create(&recept, case("enquiry", &format!("第{n}问"))).await;
    }
    let mut path = "/cases?sort=no&limit=2".to_owned();
    let mut seen = Vec::new();
    loop {
        let page = recept.get(&path).await.json(200);
        seen.extend(
            page["items"]
                .as_array()
                .expect("a list")
                .iter()
                .map(|case| case["no"].as_str().expect("a number").to_owned()),
        );
        match page["next_cursor"].as_str() {
            Some(cursor) => path = format!("/cases?sort=no&limit=2&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(seen, (1..=5).map(|n| format!("ZX2026-{n:06}")).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_03b_the_registers_go_out_as_files_under_the_same_scope() {
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    create(&recept, case("complaint", "楼道脏")).await;
    create(&recept, case("praise", "服务好")).await;
    let file = recept.get("/cases/export?kind=complaint").await.expect(200);
    let text = String::from_utf8_lossy(&file.bytes).into_owned();
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.contains("TS2026-000001") && !text.contains("服务好"));
    let own = app.login("guard").await.get("/cases/export").await.expect(200);
    assert_eq!(String::from_utf8_lossy(&own.bytes).lines().count(), 1);
    for register in ["disputes", "visits", "assistances"] {
        let sheet = recept.get(&format!("/{register}/export?format=xlsx")).await.expect(200);
        assert!(sheet.bytes.starts_with(b"PK"), "{register}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn term_2_a_complaint_about_the_centre_manager_is_decided_by_the_general_manager() {
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    let mut new = case("complaint", "经理答复生硬");
    new["about_employee"] = json!(Staff::of("cscmgr").employee);
    let id = create(&recept, new).await;
    let owner = json!({ "owner_id": Staff::of("pubsup").employee });
    act(&recept, &id, "assign", owner).await;
    let found = json!({ "validity": "valid", "reason": "通话录音为证" });
    act(&app.login("pubsup").await, &id, "propose-validity", found).await;
    let detail = recept.get(&format!("/cases/{id}")).await.json(200);
    let posts: Vec<&Value> = detail["waits_for"]["deciders"]
        .as_array()
        .expect("deciders")
        .iter()
        .map(|one| &one["post"])
        .collect();
    assert_eq!(posts, ["GM"], "{}", detail["waits_for"]);
    for who in ["depmgr", "cscmgr"] {
        let refused = app
            .login(who)
            .await
            .post(&format!("/cases/{id}/confirm-validity"), json!({}))
            .await;
        assert_eq!(refused.status, 403, "{who}: {}", refused.body);
    }
    act(&app.login("gm").await, &id, "confirm-validity", json!({})).await;
}
