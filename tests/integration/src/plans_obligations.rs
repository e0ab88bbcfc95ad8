//! Duties (obligation_tracking): laid out ahead, proved by facts, missed by the clock, climbing, explained and decided.

use chrono::Duration;
use serde_json::{Value, json};

use crate::{
    clauses,
    harness::{Client, Staff, TestApp},
};

/// The duty of a rule in a turn, as this person sees it.
async fn duty(who: &Client, rule: &str, turn: &str) -> Value {
    let found = who.get(&format!("/obligations?rule={rule}&limit=200")).await.json(200);
    let items = found["items"].as_array().expect("duties").clone();
    let named = items.into_iter().find(|it| it["turn"] == turn);
    named.unwrap_or_else(|| panic!("no {rule} of {turn}: {found}"))
}

/// How many things of a kind the workbench shows.
async fn waits(who: &Client, kind: &str) -> i64 {
    let workbench = who.get("/me/workbench").await.json(200);
    let counts = workbench["counts"].as_array().expect("counts").clone();
    let of_kind = counts.iter().find(|count| count["kind"] == kind);
    of_kind.map_or(0, |count| count["count"].as_i64().expect("a count"))
}

async fn log_backup(who: &Client, taken_at: Option<&str>) {
    let backup = json!({ "kind": "backup", "succeeded": true, "place": "NAS", "taken_at": taken_at });
    who.post("/backup-records", backup).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn der_x_2_the_coming_weeks_are_laid_out_once_and_a_fact_proves_a_duty_in_time() {
    clauses!("DER-COMPUTER-4", "DER-TICKET-7");
    let app = TestApp::start().await;
    app.run_jobs().await;
    let count = async || {
        let finsup = app.login("finsup").await;
        finsup.get("/obligations?rule=OB-19&count=true").await.json(200)["total"].clone()
    };
    let laid_out = count().await;
    // 2 March to 2 May 2026: 62 days, less weekends and the days off for Qingming and Labour Day.
    assert_eq!(laid_out, 43);
    app.advance(Duration::hours(1));
    app.run_jobs().await;
    assert_eq!(count().await, laid_out, "and again nothing is new");
    let ticket = app.login("ticket").await;

    assert_eq!(duty(&ticket, "OB-19", "2026-03-02").await["status"], "open");
    let failed = json!({ "kind": "backup", "succeeded": false, "place": "NAS", "note": "磁盘满" });
    ticket.post("/backup-records", failed).await.expect(201);
    assert_eq!(
        duty(&ticket, "OB-19", "2026-03-02").await["status"],
        "open",
        "a failure proves nothing"
    );
    log_backup(&ticket, None).await;
    let done = duty(&ticket, "OB-19", "2026-03-02").await;
    assert_eq!((&done["status"], &done["found"]), (&json!("done_on_time"), &json!(1)));
    let detail = ticket
        .get(&format!("/obligations/{}", done["id"].as_str().expect("an id")))
        .await
        .json(200);
    assert_eq!(detail["facts"][0]["subject"]["kind"], "backup");
    assert_eq!(detail["clauses"], json!(["DER-COMPUTER-4", "DER-TICKET-7"]));
    // The next fact is for the next turn only when that has begun.
    log_backup(&ticket, None).await;
    assert_eq!(duty(&ticket, "OB-19", "2026-03-03").await["status"], "open");
}

#[tokio::test(flavor = "multi_thread")]
async fn der_x_2_servers_that_lay_out_at_once_make_each_duty_once() {
    let app = TestApp::start().await;
    let lay_out = async || wuye_api::reactions::run_job(&app.app, "lay_out_duties", &Value::Null).await;
    let runs = tokio::join!(lay_out(), lay_out(), lay_out(), lay_out());
    for run in [runs.0, runs.1, runs.2, runs.3] {
        run.expect("laid out");
    }
    let finsup = app.login("finsup").await;
    let found = finsup.get("/obligations?rule=OB-19&count=true").await.json(200);
    assert_eq!(found["total"], 43, "as many as one server makes");
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_cscmgr_09a_a_missed_duty_climbs_and_is_explained_waived_or_confirmed() {
    clauses!("PROC-FINSUP-4.2", "PROC-DEPMGR-4.2", "DER-CSCMGR-1");
    let app = TestApp::start().await;
    app.run_jobs().await;
    // 17:46: the grace of a quarter of an hour is over.
    app.advance(Duration::hours(7) + Duration::minutes(46));
    app.run_jobs().await;
    let (ticket, finsup) = (app.login("ticket").await, app.login("finsup").await);
    let missed = duty(&ticket, "OB-19", "2026-03-02").await;
    assert_eq!((&missed["status"], &missed["late"]), (&json!("missed"), &json!(true)));
    drop((ticket, finsup));
    let path = format!("/obligations/{}", missed["id"].as_str().expect("an id"));
    app.advance(Duration::days(1));
    app.run_jobs().await;
    let (ticket, finsup) = (app.login("ticket").await, app.login("finsup").await);
    let told = finsup.get(&path).await.json(200)["escalated_to"].clone();
    assert_eq!(told[0], "FINSUP", "the superior on the line, then the next: {told}");

    assert_eq!(waits(&ticket, "duties_to_explain").await, 2, "of Monday and of Tuesday");
    assert_eq!(waits(&finsup, "duties_to_decide").await, 2);
    let above = app.login("depmgr").await.get("/me/workbench").await.json(200);
    let waiting = above["items"].as_array().expect("items");
    assert!(
        waiting.iter().any(|item| item["kind"] == "duties_to_decide"),
        "briefings missed: {above}"
    );
    assert!(
        waiting.iter().all(|item| item["id"] != missed["id"]),
        "not the next one up: {above}"
    );
    let explanation = json!({ "explanation": "机房停电" });
    app.login("cashier")
        .await
        .post(&format!("{path}/explain"), explanation.clone())
        .await
        .problem(404, "not_found");
    ticket.post(&format!("{path}/explain"), explanation).await.expect(200);
    let reason = json!({ "reason": "停电属实" });
    ticket
        .post(&format!("{path}/waive"), reason.clone())
        .await
        .problem(403, "forbidden");
    let next_up = app.login("depmgr").await;
    next_up
        .post(&format!("{path}/waive"), reason.clone())
        .await
        .problem(403, "forbidden");
    let waived = finsup.post(&format!("{path}/waive"), reason.clone()).await.json(200);
    assert_eq!(
        (&waived["status"], &waived["remark"]),
        (&json!("waived"), &json!("停电属实"))
    );
    finsup
        .post(&format!("{path}/confirm-missed"), reason.clone())
        .await
        .problem(409, "wrong_state");

    // The next day was missed too: confirmed, and a backup that was taken in time but entered late still proves it.
    let next = duty(&finsup, "OB-19", "2026-03-03").await;
    assert_eq!(next["status"], "missed");
    let path = format!("/obligations/{}", next["id"].as_str().expect("an id"));
    let confirmed = finsup.post(&format!("{path}/confirm-missed"), reason).await.json(200);
    assert_eq!(confirmed["status"], "confirmed_missed");
    log_backup(&ticket, None).await;
    let late = finsup.get(&path).await.json(200);
    assert_eq!(late["status"], "done_late", "a late fact turns it, visibly");

    // The figures: what was let go counts nowhere else; who sees no such duty sees none of them.
    let march = "from=2026-03-01&until=2026-03-31";
    let figures = finsup.get(&format!("/obligations/statistics?{march}")).await.json(200);
    let all = &figures["all"];
    assert_eq!(
        (&all["due"], &all["late"], &all["waived"]),
        (&json!(1), &json!(1), &json!(1))
    );
    assert_eq!(
        (&all["completion_rate_bp"], &all["on_time_rate_bp"]),
        (&json!(10_000), &json!(0))
    );
    assert_eq!(figures["posts"][0]["post"], "TICKET");
    assert_eq!(figures["months"][0]["month"], "2026-03");
    let cashier = app.login("cashier").await;
    let none = cashier.get(&format!("/obligations/statistics?{march}")).await.json(200);
    assert_eq!((&none["all"]["due"], &none["all"]["waived"]), (&json!(0), &json!(0)));
    let extract = finsup
        .get(&format!("/obligations/statistics/export?format=csv&{march}"))
        .await
        .expect(200);
    assert!(String::from_utf8_lossy(&extract.bytes).contains("TICKET"));
    // The page of the clause shows the rule and the same figures.
    let manager = app.login("cscmgr").await;
    let page = manager.get("/manual/clauses/DER-TICKET-7").await.json(200);
    assert_eq!(page["duties"]["rules"][0]["code"], "OB-19");
    assert_eq!(
        (&page["duties"]["all"]["late"], &page["duties"]["all"]["waived"]),
        (&json!(1), &json!(1))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_depmgr_4_2_the_board_shows_those_below_and_nobody_beside() {
    clauses!(
        "POS-CSCMGR-09a",
        "PROC-ASSTMGR-4.2",
        "PROC-GUARDCAPT-4.2",
        "PROC-PUBSUP-4.2",
        "PROC-GUARDLEAD-4.2"
    );
    let app = TestApp::start().await;
    app.run_jobs().await;
    let posts = async |who: &str| -> Vec<String> {
        let board = app.login(who).await.get("/duties/board").await.json(200);
        assert_eq!(board["days"].as_array().expect("a week").len(), 7);
        let rows = board["rows"].as_array().expect("rows").clone();
        rows.iter()
            .map(|row| row["post"].as_str().expect("a post").to_owned())
            .collect()
    };
    assert_eq!(posts("finsup").await, ["TICKET"]);
    let captain = ["GUARDCAPT", "GUARDLEAD", "GUARDLEAD"];
    let pubsup = [
        "PUBSUP",
        "RECEPT",
        "RECEPT",
        "RENOADM",
        "CLEANLEAD",
        "TECH",
        "TECH",
        "TECH",
    ];
    assert_eq!(posts("guardcapt").await, captain);
    assert_eq!(posts("pubsup").await, pubsup);
    assert_eq!(posts("depmgr").await, [&captain[..], &pubsup, &["TICKET"]].concat());
    let day = app.login("ticket").await.get("/me/duties").await.json(200);
    assert_eq!(day["today"][0]["rule"], "OB-19");
    assert_eq!(day["coming"].as_array().expect("duties").len(), 4);
    assert_eq!(
        app.login("guard").await.get("/me/duties").await.json(200)["today"],
        json!([])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_pubsup_4_2_what_each_member_missed_is_before_the_own_superior_first() {
    clauses!(
        "PROC-CLEANLEAD-4.2",
        "PROC-RENOADM-4.2",
        "PROC-RECEPT-4.2",
        "PROC-TECH-4.2",
        "PROC-GUARD-4.2"
    );
    let app = TestApp::start().await;
    // A duty of the guards whose records are kept: until they log handovers, none of theirs could be proved.
    let guards = json!({ "valid_from": "2026-03-03", "posts": ["GUARD"], "reason": "夜间由门岗备份" });
    app.login("cscmgr")
        .await
        .post("/obligation-rules/OB-19/versions", guards)
        .await
        .expect(201);
    app.run_jobs().await;
    // 17:46 of the next day: whatever was due on it is over, with its grace.
    app.advance(Duration::hours(31) + Duration::minutes(46));
    app.run_jobs().await;
    for (superior, rule, members) in [
        ("pubsup", "OB-07", &["RECEPT", "RENOADM", "CLEANLEAD", "TECH"][..]),
        ("guardlead", "OB-19", &["GUARD"]),
    ] {
        let who = app.login(superior).await;
        let missed = who
            .get(&format!("/obligations?rule={rule}&status=missed&limit=200"))
            .await
            .json(200);
        let missed = missed["items"].as_array().expect("duties").clone();
        let waiting = who.get("/me/workbench").await.json(200)["items"].clone();
        let waiting = waiting.as_array().expect("items");
        for member in members {
            let of_member = missed
                .iter()
                .filter(|it| it["post"] == *member && it["turn"] == "2026-03-03");
            let of_member: Vec<&Value> = of_member.collect();
            assert!(!of_member.is_empty(), "{superior} sees none of {member}: {missed:?}");
            for duty in of_member {
                assert_eq!(duty["escalated_to"], json!([superior.to_uppercase()]), "{duty}");
                let to_decide = |item: &&Value| item["kind"] == "duties_to_decide" && item["id"] == duty["id"];
                assert!(waiting.iter().any(|item| to_decide(&item)), "{superior}: {duty}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn der_x_2_a_rule_is_changed_from_a_day_on_and_what_has_begun_stays() {
    let app = TestApp::start().await;
    app.run_jobs().await;
    let (ticket, cscmgr) = (app.login("ticket").await, app.login("cscmgr").await);
    let rules = ticket.get("/obligation-rules").await.json(200);
    assert_eq!(rules["items"].as_array().expect("rules").len(), 78);
    assert_eq!(
        ticket.get("/duty-triggers").await.json(200)["items"]
            .as_array()
            .expect("clocks")
            .len(),
        26
    );
    let change = |from: &str| {
        json!({ "valid_from": from, "due": { "kind": "day", "time": "16:00" }, "timing_zh": "每个工作日16点", "timing_en": "16:00",
            "reason": "提前备份" })
    };
    let path = "/obligation-rules/OB-19/versions";
    ticket.post(path, change("2026-03-09")).await.problem(403, "forbidden");
    cscmgr
        .post(path, change("2026-03-02"))
        .await
        .problem(422, "validation_failed");
    let by_shift = json!({ "valid_from": "2026-03-09", "due": { "kind": "shift_end" }, "reason": "错" });
    cscmgr.post(path, by_shift).await.problem(422, "validation_failed");
    cscmgr
        .post("/obligation-rules/OB-99/versions", change("2026-03-09"))
        .await
        .problem(404, "not_found");
    cscmgr.post(path, change("2026-03-09")).await.expect(201);
    app.advance(Duration::hours(1));
    app.run_jobs().await;
    let (ticket, cscmgr) = (app.login("ticket").await, app.login("cscmgr").await);
    assert_eq!(
        duty(&ticket, "OB-19", "2026-03-06").await["due_at"],
        "2026-03-06T09:30:00Z"
    );
    assert_eq!(
        duty(&ticket, "OB-19", "2026-03-09").await["due_at"],
        "2026-03-09T08:00:00Z"
    );
    let off = json!({ "valid_from": "2026-04-01", "active": false, "reason": "改由系统备份" });
    cscmgr.post(path, off).await.expect(201);
    app.advance(Duration::hours(1));
    app.run_jobs().await;
    let ticket = app.login("ticket").await;
    let left = ticket
        .get("/obligations?rule=OB-19&due_from=2026-04-01T00:00:00Z&count=true")
        .await
        .json(200);
    assert_eq!(left["total"], 0, "nobody owes it any more");
    assert_eq!(ticket.get(path).await.json(200).as_array().expect("versions").len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn der_cscmgr_2_a_superior_notes_how_duties_are_done() {
    clauses!("POS-CSCMGR-09a");
    let app = TestApp::start().await;
    let note =
        json!({ "assignment_id": Staff::of("ticket").assignment, "text": "备份及时", "guidance": "请保留异地副本" });
    app.login("pubsup")
        .await
        .post("/supervision-notes", note.clone())
        .await
        .problem(403, "forbidden");
    app.login("finsup")
        .await
        .post("/supervision-notes", note)
        .await
        .expect(201);
    let read = app.login("ticket").await.get("/supervision-notes").await.json(200);
    assert_eq!(read["items"][0]["guidance"], "请保留异地副本");
    assert_eq!(
        app.login("cashier").await.get("/supervision-notes").await.json(200)["items"],
        json!([])
    );
}
