//! What a running server tells about itself: its figures, its log, and the names of its sessions in the database.

use std::{collections::BTreeSet, time::Duration};

use diesel::{
    QueryableByName, sql_query,
    sql_types::{Integer, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use reqwest::Method;
use serde_json::{Value, json};
use wuye_persistence::db;
use wuye_stage::{Answer, Person, Place, Server};

const DEMO: [&str; 5] = ["--demo", "--rooms", "24", "--trusted-proxies", "127.0.0.1"];

fn served(place: &Place, more: &[&str]) -> Server {
    Server::start(place, &[&DEMO, more].concat())
}

/// The value of a figure that is written just so.
fn figure(text: &str, name: &str) -> Option<f64> {
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))?;
    line.parse().ok()
}

fn case() -> Value {
    json!({ "kind": "complaint", "channel": "phone", "field": "cleaning", "text": "楼道未清扫" })
}

fn id_of(answer: &Answer) -> String {
    answer.headers["x-request-id"].to_str().expect("a text").to_owned()
}

/// The events of a log of JSON lines.
fn events(log: &str) -> Vec<Value> {
    log.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

fn of_request(log: &str, id: &str) -> Vec<Value> {
    events(log)
        .into_iter()
        .filter(|event| event["request_id"] == id)
        .collect()
}

#[derive(Debug, QueryableByName)]
struct Session {
    #[diesel(sql_type = Integer)]
    pid: i32,
    #[diesel(sql_type = Text)]
    name: String,
}

/// The session of a request that waits for a lock; the clock's own work may wait for the same table.
async fn waiting(conn: &mut AsyncPgConnection) -> Session {
    for _ in 0..600 {
        let sessions: Vec<Session> = sql_query(
            "SELECT pid, application_name AS name FROM pg_stat_activity WHERE wait_event_type = 'Lock' \
                 AND application_name !~ '^[0-9a-f-]{36} '",
        )
        .load(conn)
        .await
        .expect("the sessions");
        if let Some(session) = sessions.into_iter().next() {
            return session;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("nobody waits");
}

/// Sends a request that has to wait for a table, and gives the session it waits in.
async fn held_up(place: &Place, table: &str, person: &Person, method: Method, id: &str) -> Session {
    let (mut holder, mut watcher) = (
        db::establish(place.database()).await.expect("the database"),
        db::establish(place.database()).await.expect("the database"),
    );
    let lock = format!("BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE");
    holder.batch_execute(&lock).await.expect("a lock");
    let mut request = person.request(method.clone(), "/cases").header("x-request-id", id);
    if method == Method::POST {
        request = request.header("idempotency-key", format!("key-{id}")).json(&case());
    }
    let asking = person.clone();
    let answer = tokio::spawn(async move { asking.send(request).await });
    let session = waiting(&mut watcher).await;
    holder.batch_execute("ROLLBACK").await.expect("no lock");
    let answer = answer.await.expect("an answer");
    assert!(answer.status.is_success(), "{}", answer.body);
    session
}

#[tokio::test]
async fn figures_rise_by_operation_and_are_for_this_machine() {
    let place = Place::new();
    let server = served(&place, &[]);
    let recept = server.person("recept").await;
    let read = || {
        let (status, text) = server.get("/metrics");
        assert_eq!(status, 200, "{text}");
        text
    };
    let of = |operation: &str, status: &str| {
        let name = format!("wuye_http_requests_total{{operation=\"{operation}\",status=\"{status}\"}}");
        figure(&read(), &name)
    };
    assert_eq!(of("list_cases", "2xx"), None, "figures begin with the first request");
    for _ in 0..3 {
        let _ = recept.get("/cases").await.json(200);
    }
    let _ = server.stranger().get("/cases").await.json(401);
    let _ = recept.post("/cases", case()).await.json(201);
    assert_eq!(of("list_cases", "2xx"), Some(3.0));
    assert_eq!(of("list_cases", "4xx"), Some(1.0));
    assert_eq!(of("create_case", "2xx"), Some(1.0));
    let text = read();
    let timed = "wuye_http_request_duration_seconds_count{operation=\"list_cases\"}";
    assert_eq!(figure(&text, timed), Some(4.0));

    assert!(
        figure(&text, "wuye_database_connections_max").is_some_and(|most| most >= 12.0),
        "{text}"
    );
    assert!(
        figure(&text, "wuye_database_connections{state=\"idle\"}").is_some_and(|idle| idle >= 1.0),
        "{text}"
    );
    assert!(
        figure(&text, "wuye_database_connections{state=\"in_use\"}").is_some(),
        "{text}"
    );
    assert_eq!(figure(&text, "wuye_database_connection_waiters"), Some(0.0));
    assert_eq!(figure(&text, "wuye_database_up"), Some(1.0));
    assert!(
        figure(&text, "process_resident_memory_bytes").is_some_and(|bytes| bytes > 1e6),
        "{text}"
    );
    assert!(
        figure(&text, "process_start_time_seconds").is_some() && figure(&text, "process_cpu_seconds_total").is_some()
    );
    assert!(text.contains("wuye_build_info{version=\""), "{text}");

    let mut conn = db::establish(place.database()).await.expect("the database");
    conn.batch_execute(
        "INSERT INTO jobs (id, kind, payload, run_at, state, locked_until, created_at) VALUES \
         (gen_random_uuid(), 'given_up', '{}', now(), 'failed', NULL, now()), \
         (gen_random_uuid(), 'at_work', '{}', now(), 'running', now() + interval '1 day', now()), \
         (gen_random_uuid(), 'later', '{}', now() + interval '1 day', 'waiting', NULL, now())",
    )
    .await
    .expect("jobs");
    let listening = recept.request(Method::GET, "/events").send().await.expect("a stream");
    let text = read();
    for (kind, state) in [("given_up", "failed"), ("at_work", "running"), ("later", "waiting")] {
        let name = format!("wuye_jobs{{kind=\"{kind}\",state=\"{state}\"}}");
        assert_eq!(figure(&text, &name), Some(1.0), "{text}");
    }
    assert_eq!(
        figure(&text, "wuye_jobs_oldest_due_age_seconds{kind=\"later\"}"),
        Some(0.0)
    );
    assert_eq!(figure(&text, "wuye_live_listeners"), Some(1.0));
    drop(listening);

    // Passed on by a proxy, it comes from anywhere.
    let refused = recept.get("//metrics").await.json(403);
    assert_eq!(refused["code"], "forbidden");
    assert!(server.stop().success());

    // By a token from anywhere, and then by nothing else.
    let token = "0123456789abcdef-token";
    let server = Server::start(&place, &["--metrics-token", token]);
    assert_eq!(server.get("/metrics").0, 403);
    let prometheus = server.stranger().with_token(Some(token));
    let _ = prometheus.get("//metrics").await.expect(200);
    let _ = prometheus
        .with_token(Some("0123456789abcdef-tokem"))
        .get("//metrics")
        .await
        .expect(403);
    assert!(server.stop().success());
}

#[tokio::test]
async fn every_operation_of_the_contract_is_counted_by_its_name() {
    let place = Place::new();
    let server = served(&place, &[]);
    let stranger = server.stranger();
    let contract = stranger.get("//openapi.json").await.json(200);
    let mut names = BTreeSet::new();
    for (path, item) in contract["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("methods") {
            let Some(name) = operation["operationId"].as_str() else {
                continue;
            };
            names.insert(name.to_owned());
            let parts = path
                .split('/')
                .map(|part| if part.starts_with('{') { "0" } else { part });
            let path = format!("/{}", parts.collect::<Vec<_>>().join("/"));
            let method = method.to_uppercase().parse().expect("a method");
            let answer = stranger.send(stranger.request(method, &path)).await;
            assert_ne!(answer.status, 500, "{name}");
        }
    }
    let (_, text) = server.get("/metrics");
    let counted: BTreeSet<String> = text
        .lines()
        .filter_map(|line| line.strip_prefix("wuye_http_request_duration_seconds_count{operation=\""))
        .filter_map(|line| Some(line.split_once('"')?.0.to_owned()))
        .collect();
    let missing: Vec<_> = names.difference(&counted).collect();
    assert!(names.len() > 300 && missing.is_empty(), "{missing:?}");
    let unknown: Vec<_> = counted.difference(&names).collect();
    assert_eq!(unknown, ["other"], "the document itself");
    assert!(server.stop().success());
}

#[tokio::test]
async fn the_log_has_one_event_a_request_each_slow_statement_and_a_cause_once() {
    let place = Place::new();
    let server = served(&place, &["--slow-statement-ms", "0.001"]);
    let recept = server.person("recept").await;
    let me = recept.get("/me").await.json(200);

    let read = recept.get("/cases?q=王小明13800001234").await.expect(200);
    let written = recept.post("/cases", case()).await.expect(201);
    let exported = recept.get("/cases/export?format=csv").await.expect(200);
    let refused = recept.post("/settings", json!({})).await.expect(403);
    let log = server.log();
    let refused = of_request(&log, &id_of(&refused));
    let refused = refused
        .iter()
        .find(|event| event["message"] == "request")
        .expect("an event");
    assert_eq!(
        (&refused["account"], &refused["operation"]),
        (&me["account_id"], &"change_setting".into())
    );
    for (answer, operation, statement) in [
        (&read, "list_cases", "FROM \"cases\""),
        (&written, "create_case", "INSERT INTO \"cases\""),
        // Its pages are read while it is sent.
        (&exported, "export_cases", "FROM \"cases\""),
    ] {
        let events = of_request(&log, &id_of(answer));
        let requests: Vec<_> = events.iter().filter(|event| event["message"] == "request").collect();
        assert_eq!(requests.len(), 1, "{events:?}");
        let request = requests[0];
        assert_eq!(request["operation"], operation);
        assert_eq!(request["status"], answer.status.as_u16());
        assert_eq!(request["account"], me["account_id"], "{me}");
        assert!(
            request["estate"].is_string() && request["micros"].is_number(),
            "{request}"
        );
        let slow = events.iter().filter(|event| event["message"] == "slow statement");
        let texts: Vec<_> = slow
            .inspect(|event| {
                assert_eq!(event["operation"], operation);
                assert!(event["backend"].is_number() && event["micros"].is_number(), "{event}");
            })
            .map(|event| event["statement"].as_str().expect("a text"))
            .collect();
        assert!(
            texts.iter().any(|text| text.contains(statement)),
            "{operation}: {texts:?}"
        );
    }
    for secret in [
        "王小明",
        "13800001234",
        "楼道未清扫",
        "binds",
        recept.token().expect("a token"),
    ] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }

    // Something fails inside that nobody foresaw.
    let mut conn = db::establish(place.database()).await.expect("the database");
    conn.batch_execute("ALTER TABLE cases RENAME TO lost")
        .await
        .expect("a change");
    let failed = recept.get("/cases").await.expect(500);
    assert!(!failed.body.to_string().contains("lost") && !failed.body.to_string().contains("relation"));
    let events = of_request(&server.log(), &id_of(&failed));
    let causes: Vec<_> = events.iter().filter(|event| event["cause"].is_string()).collect();
    assert_eq!(causes.len(), 1, "{events:?}");
    assert!(
        causes[0]["cause"].as_str().is_some_and(|cause| cause.contains("cases")),
        "{causes:?}"
    );
    let cause = causes[0]["cause"].as_str().expect("a text").replace('"', "\\\"");
    // The clock's own work reads this table too, and says its own failure in an event of its own.
    let log = server.log();
    let told = log.lines().filter(|line| line.contains(&cause));
    let of_jobs = |line: &str| serde_json::from_str(line).is_ok_and(|event: Value| event["failure"].is_string());
    assert_eq!(told.filter(|line| !of_jobs(line)).count(), 1, "and nowhere else");
    assert!(server.stop().success());
}

#[tokio::test]
async fn a_log_for_people_is_chosen_by_a_setting_and_fast_statements_are_not_in_it() {
    let place = Place::new();
    let server = served(&place, &["--log-format", "text", "--slow-statement-ms", "0"]);
    let answer = server.person("recept").await.get("/cases").await.expect(200);
    let log = server.log();
    let line = log.lines().find(|line| line.contains(&id_of(&answer))).expect("a line");
    assert!(
        line.contains("operation=\"list_cases\"") && !line.starts_with('{'),
        "{line}"
    );
    assert!(!log.contains("slow statement") && !log.contains('\u{1b}'), "{log}");
    assert!(server.stop().success());
}

#[tokio::test]
async fn sessions_go_by_the_request_that_they_work_for() {
    let place = Place::new();
    // How long a lock is waited for is a matter of how fast this test looks: any wait is slow here.
    let server = served(&place, &["--slow-statement-ms", "1"]);
    let recept = server.person("recept").await;
    let writing = held_up(&place, "cases", &recept, Method::POST, "write-1").await;
    assert_eq!(writing.name, "write-1 create_case");
    // A read has no message to put its name into; the log names its session.
    let reading = held_up(&place, "cases", &recept, Method::GET, "read-1").await;
    assert_eq!(reading.name, "wuye", "and the name of a transaction ends with it");
    let slow = of_request(&server.log(), "read-1");
    let slow = slow
        .iter()
        .find(|event| event["message"] == "slow statement")
        .expect("a slow statement");
    assert_eq!(slow["backend"], reading.pid);
    assert!(server.stop().success());

    let server = served(&place, &["--name-reads"]);
    let recept = server.person("recept").await;
    let reading = held_up(&place, "cases", &recept, Method::GET, "read-2").await;
    assert_eq!(reading.name, "read-2 list_cases");
    let long = "0123456789".repeat(6) + "-id";
    let writing = held_up(&place, "cases", &recept, Method::POST, &long).await;
    assert_eq!(writing.name, long, "the id goes before the operation");
    assert!(server.stop().success());
}
