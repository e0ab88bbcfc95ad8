//! A backup while everybody works, restored into an empty place and into another major version of PostgreSQL.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use serde_json::Value;
use wuye_embedded_postgres::{Config, find_binaries};
use wuye_stage::Place;

use crate::{
    ground::Ground,
    load::{Ledger, Load, Mode, Tolerance},
    outside::Outside,
    sound,
    sql::Sql,
    trial::is_long,
};

/// Where the programs of the other major version are.
const OTHER: &str = "WUYE_OTHER_POSTGRES_BIN";

/// The programs of another major version than a server would choose by itself.
fn other() -> Result<PathBuf, String> {
    let named = std::env::var_os(OTHER).map(PathBuf::from);
    let binaries = named.ok_or_else(|| format!("{OTHER} names no programs of another PostgreSQL"))?;
    let usual = Config::new(binaries.join("no-data"), "wuye");
    let major = |config: &Config| {
        find_binaries(config)
            .map(|found| found.major)
            .map_err(|error| error.to_string())
    };
    let other = Config {
        binaries: Some(binaries.clone()),
        ..usual.clone()
    };
    if major(&usual)? == major(&other)? {
        return Err("both PostgreSQL here are of one major version".to_owned());
    }
    Ok(binaries)
}

/// Why there is no other version here.
pub fn missing() -> Option<String> {
    other().err()
}

/// Backs up under load and restores twice.
pub async fn under_load_into_two_versions() {
    let mut ground = Ground::new();
    ground.start();
    let demo = sound::Demo::of(&Sql::connect(&ground.database()).await).await;
    let load = Load::start(&ground.base, Tolerance::default()).await;
    tokio::time::sleep(Duration::from_secs(if is_long() { 20 } else { 3 })).await;
    let before: Ledger = {
        let _pause = load.pause().await;
        load.ledger().clone()
    };
    let shelf = Place::new();
    let folder = shelf.folder().join("backup");
    let (begun, made) = (Instant::now(), load.ledger().figures().acknowledged);
    back_up(&ground, &folder).await;
    let (took, meanwhile) = (begun.elapsed(), load.ledger().figures().acknowledged - made);
    tokio::time::sleep(Duration::from_secs(1)).await;
    load.stop().await.ledger.no_faults();
    let source = version(&ground).await;
    ground.take().stop();

    let manifest: Value =
        serde_json::from_slice(&fs::read(folder.join("manifest.json")).expect("a manifest")).expect("JSON");
    let mut versions = vec![source];
    for binaries in [None, Some(other().expect("another version"))] {
        versions.push(restore(&folder, &manifest, binaries, &before, &demo).await);
    }
    assert_ne!(versions[1], versions[2], "two major versions");
    let rows: u64 = manifest["tables"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|table| table["rows"].as_u64())
        .sum();
    println!(
        "  backup of {rows} rows in {took:.1?} with {meanwhile} writes meanwhile; \
         {} records acknowledged before it are in both; PostgreSQL {} into {} and {}",
        before.len(),
        versions[0],
        versions[1],
        versions[2]
    );
}

/// The command runs beside the server and its load.
async fn back_up(ground: &Ground, folder: &Path) {
    let mut command = ground.command(&["backup", &folder.to_string_lossy()]);
    let output = tokio::task::spawn_blocking(move || command.output())
        .await
        .expect("a thread")
        .expect("a command");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Restores into an empty place and compares row by row; gives the major version.
async fn restore(
    folder: &Path,
    manifest: &Value,
    binaries: Option<PathBuf>,
    before: &Ledger,
    demo: &sound::Demo,
) -> String {
    let mut place = Ground::new();
    if let Some(binaries) = &binaries {
        place.set("WUYE_POSTGRES_BIN", binaries.to_string_lossy());
    }
    let mut command = place.command(&["restore", &folder.to_string_lossy()]);
    let output = command.output().expect("a command");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // Compared before a server goes about its own business there.
    let mut database = Outside::in_place(place.postgres(), binaries);
    let sql = Sql::connect(&database.url()).await;
    for table in manifest["tables"].as_array().expect("tables") {
        compare(&sql, folder, table).await;
    }
    drop(sql);
    database.stop();
    place.start();
    let sql = Sql::connect(&place.database()).await;
    sound::rows(&sql, demo).await;
    sound::objects(&sql, &place.files()).await;
    before.confirm(place.server(), Mode::AtLeast).await;
    let version = version(&place).await;
    place.take().stop();
    version
}

/// Each line of the backup is a row, and each row a line of the backup.
async fn compare(sql: &Sql, folder: &Path, table: &Value) {
    let name = table["name"].as_str().expect("a name");
    let columns: Vec<String> = serde_json::from_value(table["columns"].clone()).expect("columns");
    let text = fs::read_to_string(folder.join(format!("{name}.copy"))).expect("a table of the backup");
    let mut wanted: Vec<&str> = text.lines().collect();
    wanted.sort_unstable();
    let found = sql.lines(name, &columns).await;
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    for line in &wanted {
        *counts.entry(line).or_default() += 1;
    }
    for line in &found {
        *counts.entry(line).or_default() -= 1;
    }
    counts.retain(|_, count| *count != 0);
    assert!(counts.is_empty(), "{name}: rows that differ: {counts:?}");
    assert_eq!(table["rows"].as_u64(), Some(found.len() as u64), "{name}");
}

async fn version(ground: &Ground) -> String {
    let sql = Sql::connect(&ground.database()).await;
    let number = sql
        .number("SELECT current_setting('server_version_num')::int / 10000")
        .await;
    number.to_string()
}
