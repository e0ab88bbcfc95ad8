//! The demo: the same rows each time, a login for everybody, figures to look at.

use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use wuye_api::demo::{self, Outcome, Plan};
use wuye_persistence::{Conn, db, migrations};

use crate::harness::{Client, TestApp, empty_database};

const NOW: &str = "2026-03-02T02:00:00Z";

fn plan(rooms: u32) -> Plan {
    Plan {
        rooms,
        as_of: "2026-03-02".parse().expect("a date"),
        seed: 7,
    }
}

pub async fn filled(rooms: u32) -> (String, Conn) {
    let url = empty_database().await;
    migrations::run(&url).await.expect("migrations");
    let mut conn = db::establish(url.clone()).await.expect("a database");
    let outcome = demo::fill(&mut conn, plan(rooms), NOW.parse().expect("a time"))
        .await
        .expect("a demo");
    assert!(matches!(outcome, Outcome::Filled(_)));
    (url, conn)
}

#[derive(diesel::QueryableByName)]
struct Digest {
    #[diesel(sql_type = diesel::sql_types::Text)]
    digest: String,
}

/// What the estate holds, without what an installation's own secrets make of it.
async fn digest(conn: &mut Conn) -> Vec<String> {
    let mut all = Vec::new();
    for (table, without) in [
        ("estates", "''"),
        ("employees", "''"),
        ("assignments", "''"),
        ("accounts", "'password_hash'"),
        ("houses", "''"),
        ("parties", "'identity_digest', 'phone_digests'"),
        ("occupancies", "''"),
        ("repair_requests", "''"),
        ("work_orders", "''"),
        ("cases", "''"),
        ("case_findings", "''"),
        ("visits", "''"),
        ("disputes", "''"),
        ("assistances", "''"),
        ("roster_entries", "''"),
        ("tasks", "''"),
        ("briefings", "''"),
        ("briefing_points", "''"),
        ("goal_sets", "''"),
        ("number_series", "''"),
        ("trail", "''"),
    ] {
        let sql = format!(
            "SELECT coalesce(md5(string_agg(line, '' ORDER BY line)), '') || count(*) AS digest \
             FROM (SELECT (to_jsonb(t) - ARRAY[{without}])::text AS line FROM {table} t) lines"
        );
        let row: Digest = diesel::sql_query(sql).get_result(conn).await.expect("a digest");
        all.push(format!("{table} {}", row.digest));
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_is_the_same_each_time_and_a_second_run_changes_nothing() {
    let (_, mut first) = filled(120).await;
    let (_, mut second) = filled(120).await;
    let rows = digest(&mut first).await;
    assert_eq!(rows, digest(&mut second).await);
    let again = demo::fill(&mut first, plan(240), NOW.parse().expect("a time"))
        .await
        .expect("a demo");
    assert_eq!(again, Outcome::Kept);
    assert_eq!(digest(&mut first).await, rows);
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_of_the_demo_can_log_in_and_the_goals_have_figures() {
    let (url, mut conn) = filled(600).await;
    conn.batch_execute("ANALYZE").await.expect("statistics");
    let app = TestApp::on(url, |config| config.demo = true).await;
    let accounts = app.anonymous().get("/demo-accounts").await.json(200);
    let password = accounts["password"].as_str().expect("a password").to_owned();
    let accounts = accounts["accounts"].as_array().expect("accounts").clone();
    assert!(accounts.len() > 40, "{}", accounts.len());
    for account in &accounts {
        let client = app
            .login_with(account["username"].as_str().expect("a name"), &password)
            .await;
        let bench = client.get("/me/workbench").await.json(200);
        assert!(bench["items"].is_array());
    }
    let depmgr = app.login_with("depmgr", &password).await;
    for year in [2025, 2026] {
        let goals = figures(&depmgr, year).await;
        for at in [1, 2] {
            let status = goals[at]["figure"]["status"].as_str().expect("a status");
            assert_ne!(status, "not_measurable", "goal {} of {year}: {}", at + 1, goals[at]);
        }
    }
    let recept = app
        .login_with("recept", &password)
        .await
        .get("/me/workbench")
        .await
        .json(200);
    assert!(recept["items"].as_array().is_some_and(|items| !items.is_empty()));
}

async fn figures(client: &Client, year: i32) -> Vec<serde_json::Value> {
    let set = client.get(&format!("/goal-sets?year={year}")).await.json(200)["items"][0]["id"].clone();
    let path = format!("/goal-sets/{}/figures", set.as_str().expect("a set"));
    client.get(&path).await.json(200)["goals"]
        .as_array()
        .expect("goals")
        .clone()
}
