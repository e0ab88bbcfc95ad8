//! Two hands on one thing. Proven elsewhere: two dispatchers on one request and fair loads under several dispatchers
//! (`desk_dispatch.rs`), the same upload twice under one key (`estate_imports.rs`, `desk_files.rs`), the end of a session
//! by the clock (`access_login.rs`).

use std::collections::BTreeSet;

use futures_util::future::{join, join_all};
use serde_json::{Value, json};
use wuye_stage::{Answer, Person};

use crate::{
    authenticator,
    furnish::{id, make},
    town::Town,
};

/// How many come at once.
const CROWD: usize = 50;

/// The same person at so many devices.
async fn crowd(town: &Town, username: &str, count: usize) -> Vec<Person> {
    let token = town.person(username).await.token().map(ToOwned::to_owned);
    (0..count)
        .map(|_| town.server.stranger().with_token(token.as_deref()))
        .collect()
}

fn numbers(answers: &[Answer], status: u16) -> usize {
    answers.iter().filter(|answer| answer.status == status).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_from_fifty_clients_at_once_has_one_effect_and_one_answer() {
    let town = Town::shared().await;
    let text = "五十次同一投诉";
    let case = json!({ "kind": "complaint", "channel": "phone", "field": "cleaning", "text": text });
    let clients = crowd(&town, "recept", CROWD).await;
    let answers = join_all(
        clients
            .iter()
            .map(|client| client.post_once("/cases", "crowd-000001", case.clone())),
    )
    .await;
    assert_eq!(
        numbers(&answers, 201),
        CROWD,
        "{:?}",
        answers.iter().map(|answer| answer.status).collect::<Vec<_>>()
    );
    let bodies: BTreeSet<&[u8]> = answers.iter().map(|answer| answer.bytes.as_slice()).collect();
    assert_eq!(bodies.len(), 1, "one answer, byte for byte");
    let first = answers
        .iter()
        .filter(|answer| !answer.headers.contains_key("idempotent-replayed"));
    assert_eq!(first.count(), 1);
    let id = id(&answers[0].body);
    let made = town
        .sql
        .number(&format!("SELECT count(*) FROM cases WHERE text = '{text}'"))
        .await;
    let trail = town
        .sql
        .number(&format!(
            "SELECT count(*) FROM trail WHERE subject_id = '{id}' AND from_state IS NULL"
        ))
        .await;
    assert_eq!((made, trail), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_decide_one_paper_at_once_one_does_and_the_other_is_told() {
    let town = Town::shared().await;
    let desk = town.person("recept").await;
    let pair = crowd(&town, "pubsup", 2).await;
    let mut outcomes = Vec::new();
    for round in 0..10 {
        let area = json!({ "estate_id": town.first, "code": format!("R{round}"), "name": "竞态区" });
        let area = id(&make(&desk, "/areas", area).await);
        let change = format!("SELECT id FROM structure_changes WHERE subject_id = '{area}'");
        let path = format!("/structure-changes/{}", town.sql.ids(&change).await[0]);
        let (confirm, reject) = (format!("{path}/confirm"), format!("{path}/reject"));
        let (yes, no) = join(
            pair[0].post(&confirm, json!({})),
            pair[1].post(&reject, json!({ "reason": "重复" })),
        )
        .await;
        let (done, told) = if yes.status == 200 { (&yes, &no) } else { (&no, &yes) };
        assert_eq!(
            (done.status.as_u16(), told.status.as_u16()),
            (200, 409),
            "{} {}",
            yes.body,
            no.body
        );
        assert_eq!(told.body["code"], "wrong_state");
        outcomes.push(done.body["state"].as_str().expect("a state").to_owned());
        let lines = format!("SELECT count(*) FROM trail WHERE subject_id = ({change}) AND from_state IS NOT NULL");
        assert_eq!(town.sql.number(&lines).await, 1, "{lines}");
    }
    println!("decided: {outcomes:?}");
}

/// The refresh token that an answer set.
fn cookie(answer: &Answer) -> String {
    let set = answer.headers["set-cookie"].to_str().expect("a cookie");
    set.split(';').next().expect("a value").to_owned()
}

async fn refresh(town: &Town, cookie: &str) -> Answer {
    let tab = town.server.stranger();
    tab.send(
        tab.request(reqwest::Method::POST, "/auth/refresh")
            .header("cookie", cookie),
    )
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_used_by_many_tabs_at_once_goes_on_and_used_by_many_thieves_later_ends() {
    let town = Town::shared().await;
    let login = json!({ "username": "guard8", "password": town.password() });
    let login = town.server.stranger().post("/auth/login", login).await.expect(200);
    let old = cookie(&login);
    let tabs = join_all((0..20).map(|_| refresh(&town, &old))).await;
    assert_eq!(numbers(&tabs, 200), 20);
    // Whichever answer the browser kept last, it goes on.
    for tab in &tabs {
        refresh(&town, &cookie(tab)).await.expect(200);
    }
    let newest = cookie(&refresh(&town, &cookie(&tabs[7])).await.expect(200));
    // Half a minute later.
    let family =
        "SELECT f.id FROM refresh_families f JOIN accounts a ON a.id = f.account_id WHERE a.username = 'guard8'";
    let later =
        format!("UPDATE refresh_tokens SET used_at = used_at - interval '31 seconds' WHERE family_id IN ({family})");
    assert!(town.sql.change(&later).await > 0);
    let thieves = join_all((0..20).map(|_| refresh(&town, &old))).await;
    assert_eq!(numbers(&thieves, 401), 20);
    assert_eq!(
        refresh(&town, &newest).await.status,
        401,
        "the session is over for its owner too, who is told"
    );
    let told = "SELECT count(*) FROM trail WHERE action = 'session_ended' AND reason = 'refresh token reused'";
    assert_eq!(town.sql.number(told).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_table_imported_twice_at_once_is_there_once() {
    let town = Town::shared().await;
    let desks = crowd(&town, "recept", 4).await;
    let block = town
        .sql
        .texts("SELECT no FROM blocks ORDER BY no LIMIT 1")
        .await
        .remove(0);
    let rows: String = (0..200)
        .map(|room| format!("{block}-9-{},住宅,空置\n", 7000 + room))
        .collect();
    let table = format!("房号,用途,状态\n{rows}");
    // Unit 9 is made first; imports name units that exist.
    let block_id = town
        .sql
        .ids(&format!("SELECT id FROM blocks WHERE no = '{block}'"))
        .await[0];
    make(&desks[0], "/units", json!({ "block_id": block_id, "no": "9" })).await;
    let uploads = desks.iter().map(|desk| {
        let upload = desk
            .request(reqwest::Method::POST, "/imports?kind=houses")
            .body(table.clone());
        desk.send(upload)
    });
    let runs: Vec<String> = join_all(uploads).await.iter().map(|answer| id(&answer.body)).collect();
    for run in &runs {
        await_state(&desks[0], run, &["uploaded", "checking"]).await;
    }
    // Each run is started from two devices at once.
    let starts = runs.iter().map(|run| {
        let path = format!("/imports/{run}/start");
        let (one, other) = (&desks[0], &desks[1]);
        async move { join(one.post(&path, json!({})), other.post(&path, json!({}))).await }
    });
    for (one, other) in join_all(starts).await {
        let mut statuses = [one.status.as_u16(), other.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "{} {}", one.body, other.body);
    }
    let (mut added, mut unchanged) = (0, 0);
    for run in &runs {
        let done = await_state(&desks[0], run, &["ready", "waiting", "running", "queued", "started"]).await;
        added += done["added"].as_i64().expect("a count");
        unchanged += done["unchanged"].as_i64().expect("a count");
        assert_eq!(done["rejected"], 0, "{done}");
    }
    println!("4 runs of 200 rows: {added} added, {unchanged} found as they were");
    let there = "SELECT count(*) FROM houses WHERE room::int BETWEEN 7000 AND 7199 AND room ~ '^[0-9]+$'";
    assert_eq!((added, unchanged, town.sql.number(there).await), (200, 600, 200));
}

/// Waits until a run has left these states.
async fn await_state(desk: &Person, run: &str, passing: &[&str]) -> Value {
    for _ in 0..600 {
        let run = desk.get(&format!("/imports/{run}")).await.json(200);
        if !passing.contains(&run["state"].as_str().expect("a state")) {
            return run;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the import {run} does not come to an end");
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_taken_by_many_at_once_have_no_hole_and_no_double() {
    // Other tests take numbers too.
    let town = Town::found().await;
    let series = |sql: &'static str| town.sql.texts(sql);
    let all = "SELECT no FROM repair_requests ORDER BY no";
    let before = series(all).await.len();
    let desks = crowd(&town, "recept", CROWD).await;
    let nothing = crate::town::NOTHING;
    let requests = desks.iter().enumerate().map(|(number, desk)| async move {
        // Every third is refused after it has begun: it must not take a number with it.
        let mut report = json!({ "place_text": "大堂", "category": "water", "text": format!("报修{number}") });
        if number % 3 == 0 {
            report["house_id"] = json!(nothing);
        }
        if number % 3 == 1 {
            report["file_ids"] = json!([nothing]);
        }
        desk.post("/repair-requests", report).await.status.as_u16()
    });
    let statuses = join_all(requests).await;
    let made = statuses.iter().filter(|status| **status == 201).count();
    assert!(
        statuses.iter().all(|status| [201, 422].contains(status)),
        "{statuses:?}"
    );
    assert_eq!(made, CROWD / 3, "{statuses:?}");
    let now = series(all).await;
    assert_eq!(now.len() - before, made);
    let this_year = now
        .last()
        .expect("a number")
        .split('-')
        .next()
        .expect("a series")
        .to_owned();
    let taken: Vec<i64> = now
        .iter()
        .filter_map(|no| no.strip_prefix(&format!("{this_year}-"))?.parse().ok())
        .collect();
    let first = taken[0];
    let expected: Vec<i64> = (first..).take(taken.len()).collect();
    assert_eq!(taken, expected);
    println!(
        "{made} of {CROWD} made, {} numbers of {this_year} without hole or double",
        taken.len()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_used_by_many_at_once_opens_one_session() {
    let town = Town::shared().await;
    // A person for each kind of code: the wrong guesses of one round may lock the name out of the next.
    for (username, by_app) in [("cleaner4", true), ("cleaner5", false)] {
        let app = authenticator::enrol(&town.fresh(username).await).await;
        let code = if by_app { app.code() } else { app.recovery[0].clone() };
        let logins = (0..6).map(|_| {
            let person = town.server.stranger();
            let login = json!({ "username": username, "password": town.password(), "totp": code });
            async move { person.post("/auth/login", login).await }
        });
        let answers = join_all(logins).await;
        let statuses: Vec<u16> = answers.iter().map(|answer| answer.status.as_u16()).collect();
        println!("{statuses:?}");
        assert_eq!(numbers(&answers, 200), 1, "{statuses:?}");
        // The wrong ones count as guesses, and guesses have a limit.
        let refused = numbers(&answers, 401) + numbers(&answers, 429);
        assert_eq!(refused, 5, "{statuses:?}");
    }
}
