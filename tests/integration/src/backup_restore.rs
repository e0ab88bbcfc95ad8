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
            .any(|table| table.name == "settings" && table.rows == 1)
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
