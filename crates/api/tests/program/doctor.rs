//! `wuye doctor`: a sound place is called sound, and each thing that breaks is found.

use std::{collections::BTreeMap, fs};

use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};
use wuye_persistence::db;
use wuye_stage::{Place, Said, Server, json, said};

use super::console::set_up;

/// Level of each check, and how the command ended.
struct Report {
    ok: bool,
    levels: BTreeMap<String, String>,
    text: String,
}

impl Report {
    fn of(said: Said) -> Self {
        let report = json(&said.out);
        let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
        let findings = report["findings"].as_array().expect("findings");
        Self {
            ok: said.ok,
            levels: findings
                .iter()
                .map(|it| (text(&it["check"]), text(&it["level"])))
                .collect(),
            text: said.out,
        }
    }

    fn at(place: &Place) -> Self {
        Self::of(place.run(&["doctor", "--json"]))
    }

    #[track_caller]
    fn says(&self, check: &str, level: &str) {
        assert_eq!(
            self.levels.get(check).map(String::as_str),
            Some(level),
            "{check}\n{}",
            self.text
        );
        let broken = self.levels.values().any(|level| level == "fault");
        assert_eq!(self.ok, !broken, "the exit status tells of faults\n{}", self.text);
    }
}

async fn change(conn: &mut AsyncPgConnection, sql: &str) {
    conn.batch_execute(sql).await.expect(sql);
}

#[test]
fn a_sound_place_is_called_sound_with_a_server_and_without() {
    let place = Place::new();
    let report = Report::at(&place);
    report.says("database.there", "warning");
    assert!(!place.data().join("postgres").exists(), "looking makes no database");

    let place = set_up();
    let alone = Report::at(&place);
    let server = Server::start(&place, &["--workers", "1"]);
    let beside = Report::at(&place);
    for report in [&alone, &beside] {
        for check in [
            "settings.names",
            "settings.public_url",
            "settings.cookies",
            "disk.files",
            "database.version",
            "database.encoding",
            "database.connections",
            "database.schema",
            "clock.skew",
            "clock.course",
            "clock.zones",
            "keys.installation",
            "jobs.failed",
        ] {
            report.says(check, "ok");
        }
        report.says("backups.last", "warning");
    }
    beside.says("jobs.stuck", "ok");
    assert_eq!(
        fs::read_dir(place.data().join("files")).expect("a folder").count(),
        0,
        "what was written for a try is gone"
    );
    let words = place.run(&["doctor", "--language", "zh"]).well();
    assert!(words.contains("正常 database.schema: 数据库结构是最新的"), "{words}");
    assert!(words.contains("注意 backups.last: 还没有备份\n    → "), "{words}");

    place.run(&["backup", "backup"]).well();
    Report::at(&place).says("backups.last", "ok");
    assert!(server.stop().success());
}

#[tokio::test]
async fn what_is_broken_in_the_database_is_found() {
    let place = Place::new();
    let server = Server::demo(&place, 24);
    let conn = &mut db::establish(place.database()).await.expect("the database");
    Report::at(&place).says("keys.installation", "ok");

    // Of an older version, and of a newer one.
    change(
        conn,
        "CREATE TABLE kept AS SELECT * FROM __diesel_schema_migrations; \
         DELETE FROM __diesel_schema_migrations WHERE version = (SELECT max(version) FROM kept)",
    )
    .await;
    Report::at(&place).says("database.schema", "fault");
    change(
        conn,
        "INSERT INTO __diesel_schema_migrations SELECT * FROM kept ON CONFLICT DO NOTHING; \
         INSERT INTO __diesel_schema_migrations VALUES ('99999999999999')",
    )
    .await;
    Report::at(&place).says("database.schema", "fault");
    change(
        conn,
        "DELETE FROM __diesel_schema_migrations WHERE version = '99999999999999'; DROP TABLE kept",
    )
    .await;
    Report::at(&place).says("database.schema", "ok");

    // Another key than the archive was written with, one cut short, none.
    change(conn, "CREATE TABLE kept AS SELECT * FROM secrets").await;
    for broken in [
        "UPDATE secrets SET value = decode(repeat('07', 64), 'hex') WHERE name = 'signing'",
        "UPDATE secrets SET value = '\\x07' WHERE name = 'signing'",
        "DELETE FROM secrets WHERE name = 'signing'",
    ] {
        change(conn, broken).await;
        Report::at(&place).says("keys.installation", "fault");
        change(conn, "DELETE FROM secrets; INSERT INTO secrets SELECT * FROM kept").await;
    }
    Report::at(&place).says("keys.installation", "ok");

    change(
        conn,
        "INSERT INTO jobs (id, kind, payload, run_at, state, created_at) \
         VALUES (gen_random_uuid(), 'given up', '{}', now(), 'failed', now())",
    )
    .await;
    Report::at(&place).says("jobs.failed", "warning");
    change(
        conn,
        "INSERT INTO jobs (id, kind, payload, run_at, state, locked_until, created_at) \
         VALUES (gen_random_uuid(), 'left', '{}', now() + interval '1 day', 'running', now() - interval '1 hour', now())",
    )
    .await;
    Report::at(&place).says("jobs.stuck", "warning");

    place.run(&["backup", "backup"]).well();
    Report::at(&place).says("backups.last", "ok");
    change(
        conn,
        "UPDATE backup_records SET taken_at = taken_at - interval '2 days' WHERE recorded_by IS NULL",
    )
    .await;
    change(
        conn,
        "DELETE FROM backup_records WHERE taken_at > now() - interval '1 day'",
    )
    .await;
    Report::at(&place).says("backups.last", "warning");
    change(
        conn,
        "UPDATE backup_records SET taken_at = taken_at - interval '30 days'",
    )
    .await;
    Report::at(&place).says("backups.last", "fault");

    change(conn, "UPDATE estates SET time_zone = 'Asia/Nowhere'").await;
    Report::at(&place).says("clock.zones", "fault");
    change(conn, "UPDATE estates SET time_zone = 'Asia/Shanghai'").await;

    // The trail cannot be changed, only added to.
    change(
        conn,
        "INSERT INTO trail (id, occurred_at, recorded_at, account_id, subject_kind, subject_id, action, changes, clauses) \
         SELECT 'ffffffff-ffff-7fff-bfff-ffffffffffff', occurred_at, now() + interval '1 day', account_id, subject_kind, \
                subject_id, action, changes, clauses FROM trail LIMIT 1",
    )
    .await;
    Report::at(&place).says("clock.course", "fault");
    assert!(server.stop().success());
}

#[test]
fn what_is_broken_around_the_database_is_found() {
    let place = Place::new();
    let mut away = place.wuye(&["doctor", "--json"]);
    away.env("DATABASE_URL", "postgres://wuye:secret-word@127.0.0.1:1/wuye");
    let report = Report::of(said(away));
    report.says("database.reachable", "fault");
    assert!(!report.text.contains("secret-word"), "{}", report.text);

    // A file where the folder should be: root may write through any rights.
    fs::remove_dir_all(place.data()).expect("a folder");
    fs::create_dir(place.data()).expect("a folder");
    fs::write(place.data().join("files"), "").expect("a file");
    Report::at(&place).says("disk.files", "fault");

    let settings = place.file("wuye.toml", "workers = 1\nlissten = \"127.0.0.1:1\"\n");
    let mut misspelt = place.wuye(&["doctor", "--json"]);
    misspelt.env("WUYE_CONFIG", settings);
    let report = Report::of(said(misspelt));
    report.says("settings.file", "fault");
    assert!(report.text.contains("lissten"), "{}", report.text);

    let mut misspelt = place.wuye(&["doctor", "--json"]);
    misspelt.env("WUYE_WORKRES", "1");
    Report::of(said(misspelt)).says("settings.environment", "warning");

    let open = Report::of(place.run(&["doctor", "--json", "--listen", "0.0.0.0:8080"]));
    open.says("settings.cookies", "fault");
    open.says("settings.public_url", "warning");
}
