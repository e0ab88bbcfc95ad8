//! The clock of the server jumps, ahead and back: tokens, deadlines and scheduled work stay sane.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use wuye_stage::Person;

use super::wait_until;
use crate::{faketime::FakeClock, ground::Ground, sound, sql::Sql};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// Jumps of a running server by an hour and a day, and back to an hour behind.
pub async fn jumps() {
    let clock = FakeClock::new();
    let mut ground = Ground::new();
    clock.govern(&mut ground);
    ground.start();
    let sql = Sql::connect(&ground.database()).await;
    let demo = sound::Demo::of(&sql).await;
    let mut recept = ground.server().person("recept").await;
    // What hurries is due by the clock; the rest would wait for the next working day, which may be far.
    let early = report(&recept, "urgent").await;

    let mut tokens = vec![recept.token().expect("a token").to_owned()];
    for (offset, what) in [(HOUR, "an hour ahead"), (DAY, "a day ahead")] {
        jump(&clock, &recept, offset).await;
        let expired = recept.get("/estates").await;
        assert_eq!(
            (expired.status.as_u16(), &expired.body["code"]),
            (401, &json!("token_expired")),
            "{what}"
        );
        recept = refreshed(&recept).await;
        tokens.push(recept.token().expect("a token").to_owned());
        report(&recept, "normal").await;
    }
    // What was due in the meantime is late now, and has climbed by itself.
    let late = recept.get(&format!("/repair-requests/{early}")).await.json(200);
    assert_eq!(late["overdue"], true, "{late}");
    wait_until(async || climbed(&sql, &early).await > 0).await;
    let ahead = report(&recept, "normal").await;

    jump(&clock, &recept, -HOUR).await;
    // A token from a day ahead would be good for a day.
    let stray = recept.get("/estates").await;
    assert_eq!(
        (stray.status.as_u16(), &stray.body["code"]),
        (401, &json!("token_expired"))
    );
    recept = refreshed(&recept).await;
    for token in &tokens[1..] {
        assert_eq!(recept.with_token(Some(token)).get("/estates").await.status, 401);
    }
    let now = report(&recept, "normal").await;
    let again = recept.get(&format!("/repair-requests/{now}")).await.json(200);
    assert_eq!(again["overdue"], false, "{again}");
    assert_eq!(climbed(&sql, &now).await, 0, "what came in a moment ago is not late");
    // What was written down ahead is still there, can be read and worked on.
    let technician = sql
        .column("SELECT employee_id::text FROM accounts WHERE username = 'tech'")
        .await
        .remove(0);
    let to = json!({ "technician_id": technician, "reason": "指定" });
    let order = recept
        .post(&format!("/repair-requests/{ahead}/dispatch"), to)
        .await
        .json(201);
    let tech = ground.server().person("tech").await;
    let path = format!("/work-orders/{}", order["id"].as_str().expect("an id"));
    for step in ["accept", "arrive"] {
        let answer = tech.post(&format!("{path}/{step}"), json!({})).await;
        assert!(answer.status.is_success(), "{step}: {} {}", answer.status, answer.body);
    }
    let history = recept
        .get(&format!(
            "/trail?kind=work_order&id={}",
            order["id"].as_str().expect("an id")
        ))
        .await
        .json(200);
    let told: Vec<&str> = history
        .as_array()
        .expect("lines")
        .iter()
        .filter_map(|line| line["action"].as_str())
        .collect();
    assert_eq!(
        told,
        ["dispatched", "accepted", "arrived"],
        "the history keeps its order"
    );
    // The scheduler goes by the new time at once, not only when the old one is reached again.
    let behind = "SELECT count(*) FROM jobs WHERE kind = 'climb_overdue' AND state = 'done' AND created_at < now() - interval '30 minutes'";
    wait_until(async || sql.number(behind).await > 0).await;
    let looked = sound::rows(&sql, &demo).await;
    println!(
        "  the clock went +1 h, +24 h and to -1 h; {} lines of the trail whole",
        looked.lines
    );
    ground.take().stop();
}

/// Bytes without a row, of uploads that were cut off, go by themselves; what belongs to a file stays.
pub async fn sweep() {
    let clock = FakeClock::new();
    let mut ground = Ground::new();
    clock.govern(&mut ground);
    ground.start();
    let recept = ground.server().person("recept").await;
    let kept = recept.upload("kept.png", crate::load::photo(64)).await;
    let case = json!({ "kind": "praise", "channel": "desk", "field": "other", "text": "好", "file_ids": [kept] });
    let _ = recept.post("/cases", case).await.json(201);
    let dropped = recept.upload("dropped.png", crate::load::photo(64)).await;
    // As a power cut leaves them: bytes whose row was not written, and bytes that were not written whole.
    let orphan = ground.files().join("objects/ab").join("ab".repeat(32));
    std::fs::create_dir_all(orphan.parent().expect("a folder")).expect("a folder");
    std::fs::write(&orphan, "bytes").expect("a file");
    std::fs::write(orphan.with_file_name(format!("{}#1", "cd".repeat(32))), "by").expect("a file");
    let sql = Sql::connect(&ground.database()).await;
    let before = sound::objects(&sql, &ground.files()).await;
    assert_eq!((before.orphans.len(), before.unfinished.len()), (1, 1), "{before:?}");
    assert_eq!(before.owned, 4, "{before:?}");

    clock.show(2 * DAY);
    let files = ground.files();
    wait_until(async || {
        let now = sound::objects(&sql, &files).await;
        (now.orphans.len(), now.unfinished.len(), now.owned) == (0, 0, 2)
    })
    .await;
    let left = sql.column("SELECT id::text FROM files").await;
    assert_eq!(left, [kept], "the file of a record stays, {dropped} belonged to none");
    ground.take().stop();
}

/// How often this request was brought before a superior.
async fn climbed(sql: &Sql, request: &str) -> i64 {
    let lines = format!("SELECT count(*) FROM trail WHERE action = 'escalated' AND subject_id = '{request}'");
    sql.number(&lines).await
}

/// Moves the clock and waits until the server goes by it.
async fn jump(clock: &FakeClock, person: &Person, seconds: i64) {
    clock.show(seconds);
    wait_until(async || {
        let answer = person.get("//healthz").await;
        let date = answer.headers["date"].to_str().expect("a date").to_owned();
        let shown = DateTime::parse_from_rfc2822(&date).expect("a date").to_utc();
        let wanted = Utc::now() + TimeDelta::seconds(seconds);
        (shown - wanted).abs() < TimeDelta::seconds(10)
    })
    .await;
}

async fn refreshed(person: &Person) -> Person {
    let answer = person.with_token(None).post("/auth/refresh", json!({})).await.json(200);
    let life = answer["expires_in"].as_i64().expect("a life");
    assert!((1..=600).contains(&life), "a token lives ten minutes at most: {answer}");
    person.with_token(answer["access_token"].as_str())
}

/// Takes in a report and looks at its deadline; gives its id.
async fn report(person: &Person, urgency: &str) -> String {
    let new = json!({ "place_text": "3-2-501", "category": "water", "text": "漏水", "urgency": urgency });
    let request = person.post("/repair-requests", new).await.json(201);
    let at = |field: &str| -> DateTime<Utc> {
        let text = request[field].as_str().expect("a time");
        text.parse().expect("a time")
    };
    let wait = at("dispatch_due_at") - at("requested_at");
    // A weekend or a long holiday may lie between.
    assert!(
        wait > TimeDelta::zero() && wait < TimeDelta::days(14),
        "a deadline counts from the report: {request}"
    );
    assert_eq!(
        (&request["overdue"], &request["state"]),
        (&Value::Bool(false), &json!("requested"))
    );
    request["id"].as_str().expect("an id").to_owned()
}
