//! The calendar of working days (DER-X-1, OB-73): kept by the assistant, confirmed by the centre manager, counted by.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Client, TestApp};

fn of(view: &Value, date: &str) -> Value {
    let days = view["days"].as_array().expect("days");
    days.iter().find(|day| day["date"] == date).expect("the day").clone()
}

fn codes(view: &Value) -> Vec<&str> {
    let warnings = view["warnings"].as_array().expect("warnings");
    warnings
        .iter()
        .map(|warning| warning["code"].as_str().expect("a code"))
        .collect()
}

/// Whether something of this kind stands on the caller's workbench.
async fn waits(client: &Client, kind: &str) -> bool {
    let bench = client.get("/me/workbench").await.json(200);
    bench["counts"]
        .as_array()
        .expect("counts")
        .iter()
        .any(|count| count["kind"] == kind)
}

fn new_year() -> Value {
    json!({ "days": [
        { "date": "2027-01-01", "kind": "holiday", "name": "元旦" },
        { "date": "2027-01-03", "kind": "make_up_workday" },
    ], "reason": "放假安排通知" })
}

#[tokio::test(flavor = "multi_thread")]
async fn der_x_1_the_assistant_enters_a_year_and_the_manager_confirms_it() {
    let app = TestApp::start().await;
    let (assistant, manager) = (app.login("asstmgr").await, app.login("cscmgr").await);
    let built_in = assistant.get("/calendar").await;
    let this_year = built_in.json(200);
    assert_eq!(
        (
            &this_year["year"],
            &this_year["known"],
            this_year["days"].as_array().expect("days").len()
        ),
        (&json!(2026), &json!(true), 365)
    );
    assert_eq!(of(&this_year, "2026-10-01")["name_zh"], "国庆节");
    let empty = assistant.get("/calendar?year=2027").await;
    let etag = empty.etag();
    let empty = empty.json(200);
    assert_eq!((etag.as_str(), codes(&empty)), ("\"0\"", vec!["unknown"]));
    let entered = assistant.put("/calendar/2027", &etag, new_year()).await;
    let version = entered.etag();
    let entered = entered.json(200);
    assert_eq!(
        (&entered["known"], codes(&entered)),
        (&json!(true), vec!["unconfirmed"])
    );
    let day = of(&entered, "2027-01-01");
    assert_eq!(
        (&day["kind"], &day["name_zh"], &day["source"]),
        (&json!("holiday"), &json!("元旦"), &json!("estate"))
    );
    assistant
        .put("/calendar/2027", &etag, new_year())
        .await
        .problem(412, "version_conflict");
    assistant
        .post("/calendar/2027/confirm", json!({}))
        .await
        .problem(403, "forbidden");
    assert!(waits(&manager, "calendar_to_confirm").await);
    let confirmed = manager.post("/calendar/2027/confirm", json!({})).await.json(200);
    assert!(
        codes(&confirmed).is_empty() && confirmed["entry"]["confirmed_at"].is_string(),
        "{confirmed}"
    );
    assert!(!waits(&manager, "calendar_to_confirm").await);
    manager
        .post("/calendar/2027/confirm", json!({}))
        .await
        .problem(409, "wrong_state");
    assistant
        .put("/calendar/2027", &version, new_year())
        .await
        .problem(412, "version_conflict");
    let id = confirmed["entry"]["id"].as_str().expect("an id");
    let history = manager
        .get(&format!("/trail?kind=calendar_year&id={id}"))
        .await
        .json(200);
    let deeds: Vec<&str> = history
        .as_array()
        .expect("lines")
        .iter()
        .map(|line| line["action"].as_str().expect("a deed"))
        .collect();
    assert_eq!(deeds, ["calendar_entered", "calendar_confirmed"]);
    app.login("recept")
        .await
        .put("/calendar/2027", "\"2\"", new_year())
        .await
        .problem(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn deadlines_count_by_the_days_that_were_entered() {
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    let case = json!({ "kind": "complaint", "channel": "phone", "field": "cleaning", "text": "楼道没有打扫" });
    let due = async |client: &Client| {
        client.post("/cases", case.clone()).await.json(201)["due_at"]
            .as_str()
            .expect("a deadline")
            .to_owned()
    };
    // Three working days after Monday 2 March 2026.
    assert!(due(&recept).await.starts_with("2026-03-05"));
    let days =
        json!({ "days": [{ "date": "2026-03-04", "kind": "holiday", "name": "停电停工" }], "reason": "供电检修" });
    app.login("asstmgr")
        .await
        .put("/calendar/2026", "\"0\"", days)
        .await
        .expect(200);
    assert!(due(&recept).await.starts_with("2026-03-06"));
    let elsewhere = app.login("gm").await;
    let other = app.other_estate();
    let view = elsewhere
        .get(&format!("/calendar?year=2026&estate_id={other}"))
        .await
        .json(200);
    assert_eq!(
        of(&view, "2026-03-04")["kind"],
        "workday",
        "another estate works on that day"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_company_enters_holds_everywhere_and_an_estate_goes_before_it() {
    let app = TestApp::start().await;
    let (gm, assistant) = (app.login("gm").await, app.login("asstmgr").await);
    gm.put("/calendar/2027", "\"0\"", new_year()).await.expect(200);
    let seen = assistant.get("/calendar?year=2027").await;
    assert_eq!(seen.etag(), "\"0\"", "the estate has entered nothing");
    let seen = seen.json(200);
    assert_eq!(of(&seen, "2027-01-03")["source"], "company");
    assert_eq!(codes(&seen), ["unconfirmed"]);
    let own = json!({ "days": [{ "date": "2027-01-03", "kind": "weekend" }], "reason": "本小区不补班" });
    let seen = assistant.put("/calendar/2027", "\"0\"", own).await.json(200);
    let day = of(&seen, "2027-01-03");
    assert_eq!((&day["kind"], &day["source"]), (&json!("weekend"), &json!("estate")));
    assert_eq!(of(&seen, "2027-01-01")["kind"], "holiday", "the company's day stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn ob_73_a_year_comes_in_as_a_table_and_from_december_on_is_missed() {
    let app = TestApp::start().await;
    app.clock.set("2026-12-01T02:00:00Z".parse().expect("a time"));
    let assistant = app.login("asstmgr").await;
    assert_eq!(
        codes(&assistant.get("/calendar").await.json(200)),
        ["next_year_missing"]
    );
    assert!(waits(&assistant, "calendar_to_enter").await);
    let table = "日期,类别,名称\n2027/1/1,放假,元旦\n2027/1/4,工作日,\n2027-01-09,补班,\n";
    let send = |table: &'static str| {
        let client = &assistant;
        let request = client
            .request(Method::POST, "/calendar/2027/import")
            .query(&[("reason", "通知")])
            .body(table);
        async move { client.send(request).await }
    };
    let view = send(table).await.json(200);
    assert_eq!(
        view["own"].as_array().expect("days").len(),
        2,
        "a working Monday is no entry"
    );
    assert!(!codes(&view).contains(&"next_year_missing") && !waits(&assistant, "calendar_to_enter").await);
    let refused = send("日期,类别\n2027-01-02,也许\n明天,放假\n")
        .await
        .problem(422, "validation_failed");
    let pointers: Vec<&str> = refused["errors"]
        .as_array()
        .expect("errors")
        .iter()
        .map(|e| e["pointer"].as_str().expect("a place"))
        .collect();
    assert_eq!(pointers, ["/rows/2/kind", "/rows/3/date"]);
    send("什么,也不是\n1,2\n").await.problem(422, "file_refused");
    // What was exported comes back as it was.
    for format in ["csv", "xlsx"] {
        let file = assistant
            .get(&format!("/calendar/export?year=2027&format={format}"))
            .await
            .expect(200)
            .bytes;
        let request = assistant
            .request(Method::POST, "/calendar/2027/import")
            .query(&[("reason", "复核")])
            .body(file);
        let back = assistant.send(request).await.json(200);
        assert_eq!(back["own"], view["own"], "{format}");
    }
}
