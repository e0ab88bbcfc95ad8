//! Backup and restore: the same rows and files in another, empty place (DER-COMPUTER-4, DER-TICKET-7).

use std::collections::BTreeMap;

use diesel::{QueryableByName, sql_types::Text};
use diesel_async::RunQueryDsl;
use object_store::ObjectStoreExt;
use serde_json::json;
use wuye_api::cli::backup;
use wuye_persistence::db;

use crate::{
    clauses,
    harness::{TestApp, empty_database},
};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Every row of every table but the log of backups itself, which the backup writes after its snapshot.
async fn everything(url: &str) -> BTreeMap<String, Vec<String>> {
    let mut conn = db::establish(url.to_owned()).await.expect("a connection");
    let sql = "SELECT tablename::text AS line FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'backup_records' AND tablename NOT LIKE '\\_\\_diesel%'";
    let tables: Vec<Line> = diesel::sql_query(sql).load(&mut conn).await.expect("tables");
    let mut all = BTreeMap::new();
    for Line { line: table } in tables {
        let sql = format!("SELECT t::text AS line FROM \"{table}\" t ORDER BY 1");
        let rows: Vec<Line> = diesel::sql_query(sql).load(&mut conn).await.expect("rows");
        all.insert(table, rows.into_iter().map(|row| row.line).collect());
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_4_a_restored_backup_holds_the_same_rows_and_files() {
    clauses!("DER-TICKET-7");
    let app = TestApp::start().await;
    let change = json!({ "key": "visit.days", "value": 7, "reason": "换行\n与\t制表、\\反斜线、'引号'" });
    app.login("cscmgr").await.post("/settings", change).await.expect(200);
    let store = app.app.shared.files.clone();
    store
        .put(&"ab/photo".into(), vec![0_u8, 1, 2, 255].into())
        .await
        .expect("a file");
    let url = app.app.shared.database_url.clone();
    let folder = std::env::temp_dir()
        .join(format!("wuye-test-{}", std::process::id()))
        .join("backup-a");
    let manifest = backup::write(&url, &store, &folder).await.expect("a backup");
    assert!(
        manifest
            .tables
            .iter()
            .any(|table| table.name == "settings" && table.rows >= 1)
    );
    assert!(
        backup::write(&url, &store, &folder).await.is_err(),
        "an existing backup is never written over"
    );

    let other = empty_database().await;
    let place =
        std::sync::Arc::new(object_store::memory::InMemory::new()) as std::sync::Arc<dyn object_store::ObjectStore>;
    backup::read(&other, &place, &folder).await.expect("a restore");
    assert_eq!(everything(&url).await, everything(&other).await);
    let photo = place
        .get(&"ab/photo".into())
        .await
        .expect("the file")
        .bytes()
        .await
        .expect("its content");
    assert_eq!(photo.as_ref(), [0, 1, 2, 255]);
    assert!(
        backup::read(&other, &place, &folder).await.is_err(),
        "a database that holds something is never loaded over"
    );

    std::fs::write(folder.join("settings.copy"), "tampered\n").expect("a changed file");
    let error = backup::read(&empty_database().await, &place, &folder)
        .await
        .expect_err("a changed backup");
    assert!(error.to_string().contains("settings.copy"), "{error}");
}

/// What of the catalogue holds data: tables of every schema, and what COPY of a table would not carry.
async fn catalogue(url: &str, kinds: &str) -> Vec<String> {
    let mut conn = db::establish(url.to_owned()).await.expect("a connection");
    let sql = format!(
        "SELECT n.nspname || '.' || c.relname AS line FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE c.relkind IN ({kinds}) AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') \
         AND c.relname <> '__diesel_schema_migrations' ORDER BY 1"
    );
    let rows: Vec<Line> = diesel::sql_query(sql).load(&mut conn).await.expect("the catalogue");
    rows.into_iter().map(|row| row.line).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn der_computer_4_every_table_of_the_catalogue_is_in_a_backup_and_comes_back() {
    clauses!("DER-TICKET-7");
    let url = empty_database().await;
    wuye_persistence::migrations::run(&url).await.expect("migrations");
    let mut conn = db::establish(url.clone()).await.expect("a database");
    let plan = wuye_api::demo::Plan {
        rooms: 40,
        as_of: "2026-03-02".parse().expect("a date"),
        seed: 7,
    };
    let now = "2026-03-02T02:00:00Z".parse().expect("a time");
    wuye_api::demo::fill(&mut conn, plan, now).await.expect("a demo");
    assert_eq!(
        catalogue(&url, "'S', 'm', 'p', 'f'").await,
        Vec::<String>::new(),
        "sequences, materialised views, partitions and foreign tables need a way of their own into a backup"
    );
    let store =
        std::sync::Arc::new(object_store::memory::InMemory::new()) as std::sync::Arc<dyn object_store::ObjectStore>;
    let place = |name: &str| {
        std::env::temp_dir()
            .join(format!("wuye-test-{}", std::process::id()))
            .join(name)
    };
    let folder = place("backup-whole");
    let before = everything(&url).await;
    let manifest = backup::write(&url, &store, &folder).await.expect("a backup");
    let written: Vec<String> = manifest
        .tables
        .iter()
        .map(|table| format!("public.{}", table.name))
        .collect();
    assert_eq!(written, catalogue(&url, "'r'").await);
    for table in manifest.tables.iter().filter(|table| table.name != "backup_records") {
        assert_eq!(table.rows as usize, before[&table.name].len(), "rows of {}", table.name);
    }
    let filled = manifest.tables.iter().filter(|table| table.rows > 0).count();
    assert!(
        filled * 2 > manifest.tables.len(),
        "{filled} tables hold rows: too few to prove anything"
    );

    let other = empty_database().await;
    backup::read(&other, &store, &folder).await.expect("a restore");
    assert_eq!(before, everything(&other).await);

    // A table that a later version adds needs no word here.
    let later = "CREATE TABLE later_addition (id int PRIMARY KEY, doubled int GENERATED ALWAYS AS (id * 2) STORED); \
         INSERT INTO later_addition VALUES (1), (2)";
    diesel_async::SimpleAsyncConnection::batch_execute(&mut conn, later)
        .await
        .expect("a table");
    let manifest = backup::write(&url, &store, &place("backup-later"))
        .await
        .expect("a backup");
    let added = manifest
        .tables
        .iter()
        .find(|table| table.name == "later_addition")
        .expect("the later table");
    assert_eq!(
        (added.rows, added.columns.as_slice()),
        (2, ["id".to_owned()].as_slice())
    );
}
