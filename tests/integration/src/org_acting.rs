//! Acting and stand-in (delegation_acting).

use chrono::Duration;
use serde_json::{Value, json};

use crate::{
    clauses,
    harness::{Answer, Client, Staff, TestApp},
};

const FROM: &str = "2026-03-03T01:00:00Z";
const UNTIL: &str = "2026-03-05T10:00:00Z";

fn acting(principal: &str, stand_in: &str) -> Value {
    json!({ "assignment_id": Staff::of(principal).assignment, "stand_in_id": Staff::of(stand_in).employee,
        "reason": "leave", "from": FROM, "until": UNTIL, "handover_items": ["钥匙"] })
}

async fn propose(client: &Client, principal: &str, stand_in: &str) -> Answer {
    client.post("/acting-periods", acting(principal, stand_in)).await
}

async fn confirm(client: &Client, id: &str) -> Answer {
    client.post(&format!("/acting-periods/{id}/confirm"), json!({})).await
}

async fn posts(app: &TestApp, username: &str) -> Vec<String> {
    let me = app.login(username).await.get("/me").await.json(200);
    me["posts"]
        .as_array()
        .expect("posts")
        .iter()
        .map(|held| held["post"].as_str().expect("a post").to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_depmgr_5_9_the_assistant_acts_and_the_rights_begin_and_end_by_the_clock() {
    let app = TestApp::start().await;
    let depmgr = app.login("depmgr").await;
    let made = propose(&depmgr, "depmgr", "asstmgr").await.expect(201);
    assert_eq!(made.body["basis_clause"], "PROC-DEPMGR-5.9");
    assert_eq!(made.body["waits_for"]["deciders"][0]["post"], "CSCMGR");
    app.login("asstmgr")
        .await
        .post(&format!("/acting-periods/{}/confirm", made.id()), json!({}))
        .await
        .problem(403, "self_approval");
    let done = confirm(&app.login("cscmgr").await, &made.id()).await.json(200);
    assert_eq!(done["state"], "confirmed");
    assert_eq!(posts(&app, "asstmgr").await, ["ASSTMGR"]);
    // 2 March 10:00 in Shanghai; the acting runs from 3 March 9:00 to 5 March 18:00.
    app.advance(Duration::hours(22));
    assert_eq!(posts(&app, "asstmgr").await, ["ASSTMGR"]);
    app.advance(Duration::hours(2));
    assert_eq!(posts(&app, "asstmgr").await, ["ASSTMGR", "DEPMGR"]);
    let today = app
        .login("guard")
        .await
        .get("/acting-periods?active=true")
        .await
        .json(200);
    assert_eq!(today["items"][0]["stand_in_id"], json!(Staff::of("asstmgr").employee));
    let asstmgr = app.login("asstmgr").await;
    asstmgr.get("/account-requests").await.expect(200);
    app.advance(Duration::hours(57));
    assert_eq!(posts(&app, "asstmgr").await, ["ASSTMGR"]);
    // A token given out while acting does not outlive it.
    let old = asstmgr.get("/account-requests").await;
    assert_eq!(old.status, 401, "{}", old.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_asstmgr_5_10_the_deputy_acts_and_what_is_done_carries_both_names() {
    let app = TestApp::start().await;
    let made = propose(&app.login("asstmgr").await, "asstmgr", "depmgr")
        .await
        .expect(201)
        .id();
    confirm(&app.login("cscmgr").await, &made).await.expect(200);
    app.advance(Duration::hours(24));
    assert_eq!(posts(&app, "depmgr").await, ["DEPMGR", "ASSTMGR"]);
    let ended = json!({ "reason": "提前返岗" });
    app.login("asstmgr")
        .await
        .post(&format!("/acting-periods/{made}/end"), ended)
        .await
        .expect(200);
    assert_eq!(posts(&app, "depmgr").await, ["DEPMGR"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_by_a_stand_in_carries_both_names() {
    clauses!("PROC-DEPMGR-5.9");
    let app = TestApp::start().await;
    let made = propose(&app.login("depmgr").await, "depmgr", "asstmgr")
        .await
        .expect(201)
        .id();
    confirm(&app.login("cscmgr").await, &made).await.expect(200);
    app.advance(Duration::hours(24));
    // The captain's stand-in is confirmed by the deputy, that is by whoever acts.
    let new = json!({ "stand_in_id": Staff::of("guardlead").employee, "reason": "leave",
        "from": "2026-03-04T01:00:00Z", "until": "2026-03-05T01:00:00Z" });
    let capt = app.login("guardcapt").await;
    let id = capt.post("/acting-periods", new).await.expect(201).id();
    let asstmgr = app.login("asstmgr").await;
    confirm(&asstmgr, &id).await.expect(200);
    let history = asstmgr
        .get(&format!("/trail?kind=acting_period&id={id}"))
        .await
        .json(200);
    let confirmed = &history[1];
    assert_eq!(confirmed["action"], "acting_confirmed");
    assert_eq!(confirmed["employee_id"], json!(Staff::of("asstmgr").employee));
    assert_eq!(confirmed["acting_for"], json!(Staff::of("depmgr").employee));
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_guardcapt_5_11_a_squad_leader_acts_for_the_captain_as_the_deputy_confirms() {
    let app = TestApp::start().await;
    let made = propose(&app.login("guardcapt").await, "guardcapt", "guardlead")
        .await
        .expect(201);
    assert_eq!(made.body["basis_clause"], "PROC-GUARDCAPT-5.11");
    confirm(&app.login("pubsup").await, &made.id())
        .await
        .problem(403, "forbidden");
    confirm(&app.login("depmgr").await, &made.id()).await.expect(200);
    app.advance(Duration::hours(24));
    assert_eq!(posts(&app, "guardlead").await, ["GUARDLEAD", "GUARDCAPT"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn proc_pubsup_5_11_an_estate_officer_acts_for_the_supervisor() {
    let app = TestApp::start().await;
    let made = propose(&app.login("pubsup").await, "pubsup", "renoadm")
        .await
        .expect(201);
    assert_eq!(made.body["unusual"], Value::Null);
    confirm(&app.login("depmgr").await, &made.id()).await.expect(200);
    app.advance(Duration::hours(24));
    assert_eq!(posts(&app, "renoadm").await, ["RENOADM", "PUBSUP"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_others_hand_over_to_a_named_colleague_and_their_head_confirms() {
    clauses!(
        "PROC-GUARDLEAD-5.9",
        "PROC-RECEPT-5.11",
        "PROC-RENOADM-5.11",
        "PROC-CLEANLEAD-5.11",
        "PROC-TECH-5.11"
    );
    let app = TestApp::start().await;
    for (principal, stand_in, head, clause) in [
        ("guardlead", "guardlead2", "guardcapt", "PROC-GUARDLEAD-5.9"),
        ("recept", "renoadm", "pubsup", "PROC-RECEPT-5.11"),
        ("cleanlead", "cleaner", "pubsup", "PROC-CLEANLEAD-5.11"),
        ("tech", "tech2", "pubsup", "PROC-TECH-5.11"),
        ("renoadm", "recept2", "pubsup", "PROC-RENOADM-5.11"),
    ] {
        let made = propose(&app.login(principal).await, principal, stand_in)
            .await
            .expect(201);
        assert_eq!(made.body["basis_clause"], clause);
        assert_eq!(made.body["handover_items"], json!(["钥匙"]), "{principal}");
        confirm(&app.login(head).await, &made.id()).await.expect(200);
    }
    let pairs = app
        .login("guard")
        .await
        .get("/stand-in-pairs?on=2026-03-02")
        .await
        .json(200);
    assert!(
        pairs["items"]
            .as_array()
            .expect("pairs")
            .iter()
            .any(|row| row["principal_post"] == "TECH")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn der_finsup_8_the_cashier_never_does_the_accounts() {
    let app = TestApp::start().await;
    let finsup = app.login("finsup").await;
    let refused = propose(&finsup, "finsup", "cashier")
        .await
        .problem(422, "validation_failed");
    assert_eq!(refused["errors"][0]["code"], "segregation");
    let pair = json!({ "principal_post": "FINSUP", "stand_in_post": "CASHIER", "required": true,
        "basis_clause": "DER-FINSUP-8", "valid_from": "2026-03-02" });
    app.login("cscmgr")
        .await
        .post("/stand-in-pairs", pair)
        .await
        .problem(422, "validation_failed");
    let made = propose(&finsup, "finsup", "feecol").await.expect(201);
    assert_eq!(made.body["unusual"], true);
    confirm(&app.login("depmgr").await, &made.id()).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn der_cscmgr_3_the_managers_stand_in_approves_no_expenses_unless_the_general_manager_allows_it() {
    let app = TestApp::start().await;
    let made = propose(&app.login("cscmgr").await, "cscmgr", "depmgr")
        .await
        .expect(201);
    assert_eq!(
        made.body["excluded_rights"],
        json!(["order.approve", "dispute.approve"])
    );
    confirm(&app.login("gm").await, &made.id()).await.expect(200);
    app.advance(Duration::hours(24));
    let me = app.login("depmgr").await.get("/me").await.json(200);
    let held = me["permissions"].as_array().expect("permissions");
    assert!(held.contains(&json!("goal.approve")) && !held.contains(&json!("dispute.approve")));
    let mut again = acting("cscmgr", "depmgr");
    (again["from"], again["until"]) = (json!("2026-03-06T01:00:00Z"), json!("2026-03-07T01:00:00Z"));
    let id = app
        .login("cscmgr")
        .await
        .post("/acting-periods", again)
        .await
        .expect(201)
        .id();
    let allowed = json!({ "allow_expenses": true });
    let done = app
        .login("gm")
        .await
        .post(&format!("/acting-periods/{id}/confirm"), allowed)
        .await
        .json(200);
    assert_eq!(done["excluded_rights"], json!([]));
}

async fn absent(app: &TestApp, by: &str, who: &str, kind: &str) -> String {
    let body = json!({ "assignment_id": Staff::of(who).assignment, "kind": kind, "from": FROM, "until": UNTIL, "note": "年假" });
    app.login(by).await.post("/absences", body).await.expect(201).id()
}

#[tokio::test(flavor = "multi_thread")]
async fn der_labour_6_absences_are_listed_from_one_instant_or_until_one() {
    let app = TestApp::start().await;
    absent(&app, "pubsup", "tech", "leave").await;
    let pubsup = app.login("pubsup").await;
    for (query, found) in [
        (format!("from={FROM}"), 1),
        (format!("until={UNTIL}"), 1),
        (format!("from={UNTIL}"), 0),
        (format!("until={FROM}"), 0),
    ] {
        let page = pubsup.get(&format!("/absences?{query}")).await.json(200);
        assert_eq!(page["items"].as_array().expect("items").len(), found, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn der_labour_6_leave_of_a_post_with_a_stand_in_waits_for_the_confirmed_acting() {
    let app = TestApp::start().await;
    let leave = absent(&app, "pubsup", "tech", "leave").await;
    let pubsup = app.login("pubsup").await;
    pubsup
        .post(&format!("/absences/{leave}/approve"), json!({}))
        .await
        .problem(409, "conflict");
    let made = propose(&pubsup, "tech", "tech2").await.expect(201).id();
    confirm(&pubsup, &made).await.expect(200);
    let pubsup = app.login("pubsup").await;
    pubsup
        .post(&format!("/absences/{leave}/approve"), json!({}))
        .await
        .expect(200);
    pubsup
        .post(&format!("/absences/{leave}/approve"), json!({}))
        .await
        .problem(409, "wrong_state");
    let figures = pubsup.get("/org-figures?until=2026-04-01").await.json(200);
    assert_eq!(figures["uncovered_absence_days"], 0);
    // Illness does not wait; its days count until somebody acts.
    let sick = absent(&app, "pubsup", "recept", "sick").await;
    pubsup
        .post(&format!("/absences/{sick}/approve"), json!({}))
        .await
        .expect(200);
    let figures = pubsup.get("/org-figures?until=2026-04-01").await.json(200);
    assert_eq!(figures["uncovered_absence_days"], 3);
    assert_eq!(
        figures["uncovered"][0]["employee_id"],
        json!(Staff::of("recept").employee)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_grants_their_own_leave() {
    clauses!("DER-LABOUR-6");
    let app = TestApp::start().await;
    let leave = absent(&app, "pubsup", "pubsup", "sick").await;
    let path = format!("/absences/{leave}/approve");
    app.login("pubsup")
        .await
        .post(&path, json!({}))
        .await
        .problem(403, "self_approval");
    app.login("depmgr").await.post(&path, json!({})).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn both_deputy_and_assistant_away_the_manager_takes_the_duties_or_names_a_head() {
    clauses!("PROC-DEPMGR-5.9", "PROC-ASSTMGR-5.10");
    let app = TestApp::start().await;
    let depmgr = app.login("depmgr").await;
    let wrong = propose(&depmgr, "depmgr", "finsup")
        .await
        .problem(422, "validation_failed");
    assert_eq!(wrong["errors"][0]["code"], "not_the_pair");
    absent(&app, "cscmgr", "asstmgr", "sick").await;
    let away = propose(&depmgr, "depmgr", "asstmgr")
        .await
        .problem(422, "validation_failed");
    assert_eq!(away["errors"][0]["code"], "absent");
    propose(&depmgr, "depmgr", "recept")
        .await
        .problem(422, "validation_failed");
    let head = propose(&depmgr, "depmgr", "pubsup").await.expect(201).id();
    app.login("cscmgr")
        .await
        .post(
            &format!("/acting-periods/{head}/reject"),
            json!({ "reason": "由我代行" }),
        )
        .await
        .expect(200);
    let own = propose(&app.login("cscmgr").await, "depmgr", "cscmgr")
        .await
        .expect(201)
        .id();
    confirm(&app.login("cscmgr").await, &own).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_principal_has_one_stand_in_at_a_time_and_strangers_name_nobody() {
    clauses!("PROC-TECH-5.11");
    let app = TestApp::start().await;
    let tech = app.login("tech").await;
    let (one, two) = (
        propose(&tech, "tech", "tech2").await.expect(201),
        propose(&tech, "tech", "tech3").await.expect(201),
    );
    let pubsup = app.login("pubsup").await;
    confirm(&pubsup, &one.id()).await.expect(200);
    let pubsup = app.login("pubsup").await;
    let second = confirm(&pubsup, &two.id()).await;
    assert_eq!(second.status, 409, "{}", second.body);
    propose(&app.login("recept").await, "tech3", "tech").await.expect(404);
    propose(&app.login("finsup").await, "tech3", "tech")
        .await
        .problem(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vacant_post_is_acted_in_by_the_clock_too() {
    clauses!("PROC-PUBSUP-5.11");
    let app = TestApp::start().await;
    let depmgr = app.login("depmgr").await;
    let body = json!({ "vacant_post": "ENGSUP", "estate_id": app.estate(), "reason": "vacancy",
        "stand_in_id": Staff::of("tech").employee, "from": FROM, "until": UNTIL });
    let made = depmgr.post("/acting-periods", body.clone()).await.expect(201).id();
    let mut held = body;
    held["vacant_post"] = json!("PUBSUP");
    depmgr
        .post("/acting-periods", held)
        .await
        .problem(422, "validation_failed");
    confirm(&app.login("depmgr").await, &made).await.expect(200);
    app.advance(Duration::hours(24));
    assert_eq!(posts(&app, "tech").await, ["TECH", "ENGSUP"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_roster_is_set_by_the_week_and_refuses_those_who_are_away() {
    clauses!("PROC-GUARDLEAD-5.9", "PROC-TECH-5.11");
    let app = TestApp::start().await;
    let pubsup = app.login("pubsup").await;
    let shift = json!({ "code": "N", "name": "夜班", "starts_minute": 1320, "ends_minute": 360, "kind": "duty" });
    let shift = pubsup.post("/shifts", shift).await.expect(201).id();
    let cell =
        |who: &str, day: &str| json!({ "employee_id": Staff::of(who).employee, "on_date": day, "shift_id": shift });
    let set = json!({ "entries": [cell("tech", "2026-03-04"), cell("tech2", "2026-03-05")] });
    assert_eq!(
        pubsup.post("/roster", set.clone()).await.json(200),
        json!({ "cleared": 0, "set": 2 })
    );
    assert_eq!(
        pubsup.post("/roster", set).await.json(200),
        json!({ "cleared": 2, "set": 2 })
    );
    let week = app.login("guard").await.get("/roster?week=2026-03-08").await.json(200);
    assert_eq!(
        (week["from"].clone(), week["entries"].as_array().expect("entries").len()),
        (json!("2026-03-02"), 2)
    );
    assert_eq!(week["entries"][0]["ends_at"], "2026-03-04T22:00:00Z");
    let foreign = json!({ "entries": [cell("guard", "2026-03-04")] });
    pubsup.post("/roster", foreign).await.problem(422, "validation_failed");
    let sick = absent(&app, "pubsup", "tech3", "sick").await;
    pubsup
        .post(&format!("/absences/{sick}/approve"), json!({}))
        .await
        .expect(200);
    let away = json!({ "entries": [cell("tech3", "2026-03-03")] });
    let refused = pubsup.post("/roster", away).await.problem(422, "validation_failed");
    assert_eq!(refused["errors"][0]["code"], "absent");
    let skill =
        json!({ "employee_id": Staff::of("tech").employee, "category_code": "WATER", "valid_from": "2026-01-01" });
    let skill = pubsup.post("/qualifications", skill).await.expect(201).id();
    pubsup
        .post(
            &format!("/qualifications/{skill}/end"),
            json!({ "valid_until": "2026-03-02", "reason": "证书到期" }),
        )
        .await
        .expect(200);
    let valid = pubsup
        .get("/qualifications?on=2026-03-02&category_code=WATER")
        .await
        .json(200);
    assert_eq!(valid["items"], json!([]));
}
