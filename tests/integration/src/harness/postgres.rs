//! One PostgreSQL for the test process; one database per test, cloned from a template that was migrated once.

use std::sync::{
    LazyLock,
    atomic::{AtomicU32, Ordering},
};

use diesel_async::SimpleAsyncConnection;
use tokio::sync::OnceCell;
use wuye_embedded_postgres as embedded;
use wuye_persistence::{db, migrations};

use super::fixture;

const TEMPLATE: &str = "wuye_template";
static NEXT: AtomicU32 = AtomicU32::new(1);
static TEMPLATE_READY: OnceCell<()> = OnceCell::const_new();

/// The server of this process. It ends with the process, whatever way that goes.
static SERVER: LazyLock<embedded::Running> = LazyLock::new(|| {
    let directory = std::env::temp_dir().join(format!("wuye-test-{}", std::process::id()));
    clear_old();
    let config = embedded::Config::for_tests(directory, "wuye")
        .parameter("max_connections", 400)
        .parameter("shared_buffers", "64MB");
    // The private server dies with the thread that starts it, so that thread stays.
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let _ = tell.send(embedded::start(config));
        loop {
            std::thread::park();
        }
    });
    told.recv().expect("a starter thread").expect("a PostgreSQL to test on")
});

/// Folders of test processes that are gone.
fn clear_old() {
    for entry in std::fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(pid) = name.strip_prefix("wuye-test-")
            && !std::path::Path::new("/proc").join(pid).exists()
        {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// The address of a fresh database with schema, seed and staff.
pub async fn fresh_database() -> String {
    TEMPLATE_READY
        .get_or_init(|| async {
            create(TEMPLATE, "template1").await;
            let url = SERVER.connection().database(TEMPLATE).to_string();
            migrations::run(&url).await.expect("migrations");
            fixture::fill(&url).await;
        })
        .await;
    let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    create(&name, TEMPLATE).await;
    SERVER.connection().database(&name).to_string()
}

/// An empty database without schema.
pub async fn empty_database() -> String {
    let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    create(&name, "template1").await;
    SERVER.connection().database(&name).to_string()
}

async fn create(name: &str, template: &str) {
    // One at a time: a template must not be in use while it is copied.
    static ONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    let _guard = ONE.lock().await;
    let mut conn = db::establish(SERVER.connection().database("postgres").to_string())
        .await
        .expect("the server");
    conn.batch_execute(&format!(
        "CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"
    ))
    .await
    .expect("a database");
}
