//! Notices (通知): who is told what, once, and reads it in their own inbox.

use std::time::Duration as Patience;

use chrono::Duration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    clauses,
    harness::{Client, Staff, TestApp},
};

/// In the afternoon of the day on which every test begins at ten.
pub const DUE: &str = "2026-03-02T08:00:00Z";
/// What the task is called.
pub const TITLE: &str = "检查地下车库照明";

/// What was told of tasks only: duties fall due and climb beside them.
const TASKS: &str = "?subject_kind=task";

/// A task from this giver to that person; its id.
pub async fn given(giver: &Client, to: &str) -> String {
    let task = json!({ "title": TITLE, "assignee_id": Staff::of(to).employee, "due_at": DUE });
    giver.post("/tasks", task).await.expect(201).id()
}

/// Kinds of what somebody was told, newest first.
async fn told(client: &Client, query: &str) -> Vec<String> {
    let page = client.get(&format!("/me/notices{query}")).await.json(200);
    let items = page["items"].as_array().expect("notices").clone();
    let kinds = items
        .iter()
        .map(|item| item["kind"].as_str().expect("a kind").to_owned());
    kinds.collect()
}

async fn unread(client: &Client) -> i64 {
    let counts = client.get("/me/notices/count").await.json(200);
    counts["unread"].as_i64().expect("a count")
}

async fn act(client: &Client, id: &str, action: &str, body: Value) {
    client.post(&format!("/tasks/{id}/{action}"), body).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_pubsup_4_2_each_step_of_a_task_is_told_to_whoever_did_not_take_it() {
    clauses!("POS-PUBSUP-16", "POS-TECH-11");
    let app = TestApp::start().await;
    let (pubsup, tech) = (app.login("pubsup").await, app.login("tech").await);
    let id = given(&pubsup, "tech").await;
    let page = tech.get("/me/notices").await.json(200);
    let notice = &page["items"][0];
    assert_eq!(notice["kind"], "handed");
    assert_eq!(notice["subject"], json!({ "kind": "task", "id": id }));
    let title = notice["title"].as_str().expect("a title");
    assert!(
        title.starts_with("Task RW2026-") && title.ends_with(" was given to you"),
        "{title}"
    );
    assert_eq!(notice["line"], format!("{TITLE}, due 2026-03-02 16:00"));
    let chinese = tech.in_chinese().get("/me/notices").await.json(200);
    let title = chinese["items"][0]["title"].as_str().expect("a title");
    assert!(title.ends_with(" 已交给您办理"), "{title}");
    assert_eq!(
        told(&pubsup, "").await,
        Vec::<String>::new(),
        "nobody is told of their own deed"
    );

    act(&tech, &id, "accept", json!({})).await;
    act(&tech, &id, "start", json!({})).await;
    assert_eq!(
        told(&pubsup, "").await,
        Vec::<String>::new(),
        "what asks for nothing is no news"
    );
    app.advance(Duration::minutes(1));
    act(&tech, &id, "report-done", json!({ "result": "已更换三盏灯" })).await;
    assert_eq!(told(&pubsup, "").await, ["reported_done"]);
    app.advance(Duration::minutes(1));
    act(&pubsup, &id, "return", json!({ "reason": "B区还有一处不亮" })).await;
    app.advance(Duration::minutes(1));
    act(&tech, &id, "start", json!({})).await;
    act(&tech, &id, "report-done", json!({ "result": "已补换" })).await;
    app.advance(Duration::minutes(1));
    act(&pubsup, &id, "close", json!({})).await;
    assert_eq!(told(&tech, "").await, ["closed", "came_back", "handed"]);
    assert_eq!(told(&pubsup, "").await, ["reported_done", "reported_done"]);
    assert_eq!(told(&app.login("depmgr").await, "").await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_depmgr_4_2_an_inbox_is_read_one_by_one_by_record_or_whole_and_by_nobody_else() {
    let app = TestApp::start().await;
    let (pubsup, tech, recept) = (
        app.login("pubsup").await,
        app.login("tech").await,
        app.login("recept").await,
    );
    let mut ids = Vec::new();
    for _ in 0..4 {
        ids.push(given(&pubsup, "tech").await);
        app.advance(Duration::minutes(1));
    }
    let page = tech.get("/me/notices?limit=3&count=true").await.json(200);
    assert_eq!(
        (&page["total"], page["items"].as_array().map(Vec::len)),
        (&json!(4), Some(3))
    );
    let cursor = page["next_cursor"].as_str().expect("a cursor");
    let rest = tech
        .get(&format!("/me/notices?limit=3&cursor={cursor}"))
        .await
        .json(200);
    assert_eq!(rest["items"][0]["subject"]["id"], ids[0], "the oldest comes last");

    let newest = page["items"][0]["id"].as_str().expect("an id").to_owned();
    recept
        .post(&format!("/me/notices/{newest}/read"), json!({}))
        .await
        .problem(404, "not_found");
    assert_eq!(unread(&tech).await, 4);
    let read = tech
        .post(&format!("/me/notices/{newest}/read"), json!({}))
        .await
        .json(200);
    let again = tech
        .post(&format!("/me/notices/{newest}/read"), json!({}))
        .await
        .json(200);
    assert_eq!(read["read_at"], again["read_at"], "read once it stays so");
    let of = json!({ "kind": "task", "id": ids[0] });
    assert_eq!(tech.post("/me/notices/read-of", of.clone()).await.json(200)["read"], 1);
    assert_eq!(tech.post("/me/notices/read-of", of.clone()).await.json(200)["read"], 0);
    recept.post("/me/notices/read-of", of).await.problem(404, "not_found");
    assert_eq!(unread(&tech).await, 2);
    assert_eq!(told(&tech, "?unread=true").await.len(), 2);
    assert_eq!(told(&tech, "?unread=false").await.len(), 2);
    assert_eq!(told(&tech, "?kind=closed").await.len(), 0);
    assert_eq!(tech.post("/me/notices/read-all", json!({})).await.json(200)["read"], 2);
    assert_eq!(unread(&tech).await, 0);
    assert_eq!(unread(&recept).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_pubsup_4_2_a_deadline_is_told_before_it_after_it_and_up_the_line_each_once() {
    let app = TestApp::start().await;
    given(&app.login("pubsup").await, "recept").await;
    app.run_jobs().await;
    assert_eq!(
        told(&app.login("recept").await, TASKS).await,
        ["handed"],
        "six hours are left"
    );
    app.advance(Duration::hours(4) + Duration::minutes(1));
    app.run_jobs().await;
    app.advance(Duration::minutes(1));
    app.run_jobs().await;
    assert_eq!(told(&app.login("recept").await, TASKS).await, ["due_soon", "handed"]);
    app.advance(Duration::hours(2));
    app.run_jobs().await;
    app.run_jobs().await;
    assert_eq!(
        told(&app.login("recept").await, TASKS).await,
        ["overdue", "due_soon", "handed"]
    );
    assert_eq!(told(&app.login("pubsup").await, TASKS).await, Vec::<String>::new());
    app.advance(Duration::minutes(15));
    app.run_jobs().await;
    app.run_jobs().await;
    assert_eq!(told(&app.login("pubsup").await, TASKS).await, ["climbed"]);
    assert_eq!(told(&app.login("depmgr").await, TASKS).await, Vec::<String>::new());
    app.advance(Duration::days(1) + Duration::hours(6));
    app.run_jobs().await;
    assert_eq!(told(&app.login("depmgr").await, TASKS).await, ["climbed"]);
    assert_eq!(told(&app.login("pubsup").await, TASKS).await, ["climbed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_cscmgr_09a_a_missed_duty_is_told_to_whoever_has_it_and_its_explanation_to_their_superior() {
    clauses!("PROC-FINSUP-4.2", "DER-COMPUTER-4");
    let app = TestApp::start().await;
    app.run_jobs().await;
    app.advance(Duration::hours(7) + Duration::minutes(46));
    app.run_jobs().await;
    let (ticket, finsup) = (app.login("ticket").await, app.login("finsup").await);
    let missed = ticket.get("/me/notices?kind=missed").await.json(200);
    let notice = missed["items"]
        .as_array()
        .expect("notices")
        .iter()
        .find(|notice| notice["subject"]["kind"] == "obligation")
        .expect("a missed duty")
        .clone();
    let id = notice["subject"]["id"].as_str().expect("an id").to_owned();
    let explanation = json!({ "explanation": "机房停电" });
    ticket
        .post(&format!("/obligations/{id}/explain"), explanation)
        .await
        .expect(200);
    assert_eq!(told(&finsup, "?kind=explained").await.len(), 1);
    let reason = json!({ "reason": "停电属实" });
    finsup
        .post(&format!("/obligations/{id}/waive"), reason)
        .await
        .expect(200);
    assert_eq!(told(&ticket, "?kind=waived").await.len(), 1);
    assert_eq!(told(&finsup, "?kind=waived").await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_depmgr_5_9_whoever_acts_is_asked_told_and_told_when_it_begins_and_ends() {
    let app = TestApp::start().await;
    let depmgr = app.login("depmgr").await;
    let acting = json!({ "assignment_id": Staff::of("depmgr").assignment, "stand_in_id": Staff::of("asstmgr").employee,
        "reason": "leave", "from": "2026-03-03T01:00:00Z", "until": "2026-03-05T10:00:00Z", "handover_items": [] });
    let id = depmgr.post("/acting-periods", acting).await.expect(201).id();
    let cscmgr = app.login("cscmgr").await;
    assert_eq!(told(&cscmgr, "").await, ["to_decide"]);
    cscmgr
        .post(&format!("/acting-periods/{id}/confirm"), json!({}))
        .await
        .expect(200);
    assert_eq!(told(&app.login("asstmgr").await, "").await, ["acting_settled"]);
    assert_eq!(told(&app.login("depmgr").await, "").await, ["acting_settled"]);
    app.advance(Duration::hours(24));
    app.run_jobs().await;
    app.run_jobs().await;
    assert_eq!(told(&app.login("asstmgr").await, "?kind=acting_begun").await.len(), 1);
    // Whoever acts is told what the absent one is told.
    let task = json!({ "title": TITLE, "assignee_id": Staff::of("depmgr").employee, "due_at": "2026-03-06T08:00:00Z" });
    app.login("cscmgr").await.post("/tasks", task).await.expect(201);
    assert_eq!(told(&app.login("asstmgr").await, "?kind=handed").await.len(), 1);
    app.advance(Duration::hours(58));
    app.run_jobs().await;
    assert_eq!(told(&app.login("asstmgr").await, "?kind=acting_ended").await.len(), 1);
    assert_eq!(told(&app.login("depmgr").await, "?kind=acting_ended").await.len(), 1);
}

/// Reads an event stream until it says this, and gives all it said.
async fn heard(response: &mut reqwest::Response, what: &str) -> String {
    let mut all = String::new();
    let reading = async {
        while !all.contains(what) {
            let chunk = response.chunk().await.expect("the stream").expect("a chunk");
            all.push_str(&String::from_utf8_lossy(&chunk));
        }
    };
    // As a whole: a stream that says nothing still beats every 15 s.
    let ended = tokio::time::timeout(Patience::from_secs(20), reading).await;
    assert!(ended.is_ok(), "the stream says {what}: {all}");
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_depmgr_4_2_the_recipients_browser_hears_of_a_notice_and_nobody_elses() {
    let app = TestApp::start().await;
    let (pubsup, tech, recept) = (
        app.login("pubsup").await,
        app.login("tech").await,
        app.login("recept").await,
    );
    let listen = async |client: &Client| client.request(Method::GET, "/events").send().await.expect("a stream");
    let (mut techs, mut recepts) = (listen(&tech).await, listen(&recept).await);
    heard(&mut techs, "hello").await;
    heard(&mut recepts, "hello").await;
    let id = given(&pubsup, "tech").await;
    heard(&mut techs, r#""kind":"notice""#).await;
    act(&tech, &id, "accept", json!({})).await;
    act(&tech, &id, "start", json!({})).await;
    act(&tech, &id, "report-done", json!({ "result": "已更换" })).await;
    let mut other = heard(&mut recepts, &id).await;
    // Something of the receptionist's own comes last: all before it was heard by then.
    given(&pubsup, "recept").await;
    other.push_str(&heard(&mut recepts, r#""kind":"notice""#).await);
    assert_eq!(other.matches(r#""kind":"notice""#).count(), 1, "{other}");
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_2_who_comes_and_goes_is_told_to_those_alone_who_read_accounts() {
    let app = TestApp::start().await;
    let (manager, recept) = (app.login("depmgr").await, app.login("recept").await);
    let listen = async |client: &Client| client.request(Method::GET, "/events").send().await.expect("a stream");
    let (mut managers, mut recepts) = (listen(&manager).await, listen(&recept).await);
    heard(&mut managers, "hello").await;
    heard(&mut recepts, "hello").await;
    let account = async |name: &str| {
        let me = app.login(name).await.get("/me").await.json(200);
        me["account_id"].as_str().expect("an account").to_owned()
    };
    let (own, other) = (account("recept").await, account("tech").await);
    heard(&mut managers, &other).await;
    // A task comes last: all before it was heard by then.
    let last = given(&app.login("pubsup").await, "recept").await;
    let told = heard(&mut recepts, &last).await;
    assert!(told.contains(&own), "one's own is told: {told}");
    assert!(!told.contains(&other), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_2_a_stream_begins_with_what_changed_while_its_page_was_read() {
    let app = TestApp::start().await;
    let tech = app.login("tech").await;
    let id = given(&app.login("pubsup").await, "tech").await;
    let task = tech.get(&format!("/tasks/{id}")).await.json(200);
    let estate = task["estate_id"].as_str().expect("an estate");
    let mut stream = tech.request(Method::GET, "/events").send().await.expect("a stream");
    let event = format!(r#"data: {{"kind":"task","id":"{id}","estate":"{estate}"}}"#);
    heard(&mut stream, &format!("event: change\n{event}\n\n")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_2_accounts_without_a_person_are_told_nothing() {
    let app = TestApp::start().await;
    let service = crate::access_walk::service(&app, "reader", vec![wuye_domain::access::Permission::SelfRead]).await;
    assert_eq!(unread(&service).await, 0);
    assert_eq!(told(&service, "").await, Vec::<String>::new());
    service.get("/me/notices/settings").await.problem(403, "forbidden");
}
