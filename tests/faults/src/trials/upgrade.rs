//! Migrations over an earlier state that is full of data: nothing is lost, and how long it takes.
//!
//! No release has been made yet, so there is no old installation to take. An earlier state is made instead from what is here:
//! the schema by the first migrations in their order, as an installation of that time had them; the data by copying the demo
//! estate into it, table by table, as far as table and column were there then. The program then migrates it by itself.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Cursor,
    path::{Path, PathBuf},
    time::Instant,
};

use futures_util::{SinkExt, pin_mut};
use wuye_stage::Place;

use crate::{
    outside::Outside,
    sql::{Sql, quoted},
    trial::is_long,
};

type Tables = BTreeMap<String, Vec<String>>;

/// Tables and their columns that a later migration replaced by others, and meant to.
const REPLACED: [(&str, &str); 2] = [("box_coverages", "role"), ("box_coverages", "under_box")];

/// The last migration over its previous state; with `--long` every one of them, each over what was before it.
pub async fn loses_nothing() {
    let outside = Outside::start();
    let place = Place::new();
    let full = outside.database("filled").await;
    command(
        &place,
        &full,
        &["demo", "--rooms", if is_long() { "2400" } else { "240" }],
    );
    let steps = migrations();
    let first = if is_long() { 1 } else { steps.len() - 1 };
    for applied in first..steps.len() {
        let name = format!("state_{applied}");
        let url = outside.database(&name).await;
        let sql = Sql::connect(&outside.superuser(&name)).await;
        for step in &steps[..applied] {
            apply(&sql, step).await;
        }
        let source = Sql::connect(&full).await;
        let old = kept(sql.tables().await, &source.tables().await);
        let rows = copy(&source, &sql, &old).await;
        let before = contents(&sql, &old).await;
        let begun = Instant::now();
        command(&place, &url, &["migrate"]);
        let took = begun.elapsed();
        let after = contents(&sql, &old).await;
        compare(&before, &after);
        let done = sql.number("SELECT count(*) FROM __diesel_schema_migrations").await;
        assert_eq!(
            done,
            i64::try_from(steps.len()).expect("a count"),
            "every migration is noted"
        );
        println!(
            "  {} migrations over {applied}, {rows} rows in {} tables: {took:.1?}, the program's own start included",
            steps.len() - applied,
            old.len()
        );
    }
}

fn migrations() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations");
    let entries = fs::read_dir(folder).expect("the migrations").flatten();
    let mut steps: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    steps.sort();
    steps
}

/// As the program's own runner does: the step and its mark in one transaction.
async fn apply(sql: &Sql, step: &Path) {
    let name = step.file_name().and_then(|name| name.to_str()).expect("a name");
    let version: String = name.split('_').next().expect("a version").replace('-', "");
    let up = fs::read_to_string(step.join("up.sql")).expect("a migration");
    sql.run(
        "CREATE TABLE IF NOT EXISTS __diesel_schema_migrations \
         (version varchar(50) PRIMARY KEY, run_on timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP)",
    )
    .await;
    sql.run(&format!(
        "BEGIN; SET LOCAL ROLE wuye; {up}; RESET ROLE; INSERT INTO __diesel_schema_migrations (version) VALUES ('{version}'); COMMIT"
    ))
    .await;
    sql.run("ALTER TABLE __diesel_schema_migrations OWNER TO wuye").await;
}

/// What of the old state the new one has to hold: everything but what was replaced.
///
/// # Panics
/// When a migration takes away what is not among the replaced.
fn kept(mut old: Tables, new: &Tables) -> Tables {
    for (table, columns) in &mut old {
        columns.retain(|column| !REPLACED.contains(&(table, column)));
        let there = &new[table];
        let lost = columns.iter().find(|column| !there.contains(column));
        assert_eq!(lost, None, "a migration takes a column of {table} away");
    }
    old
}

/// Copies what the old state can hold; gives the number of rows.
async fn copy(from: &Sql, to: &Sql, old: &Tables) -> usize {
    // Triggers and foreign keys were satisfied where the rows come from.
    to.run("SET session_replication_role = replica").await;
    let mut rows = 0;
    for (table, columns) in old {
        to.run(&format!("DELETE FROM \"{table}\"")).await;
        // What the old state asks for and the new one does not: a row without it is of a kind that was not there then.
        let asked = async |by_whom: &str| -> BTreeSet<String> {
            let columns = format!(
                "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' \
                 AND table_name = '{table}' AND is_nullable = 'NO' AND {by_whom}"
            );
            to.column(&columns).await.into_iter().collect()
        };
        // A later migration took the column away, and the program of that time filled it: nobody can tell its values now.
        if let Some(gone) = asked("column_default IS NULL")
            .await
            .iter()
            .find(|column| !columns.contains(column))
        {
            println!("  {table} stays empty: its {gone} is in no later state");
            continue;
        }
        let asked = asked("true").await;
        let mut lines = from.lines(table, columns).await;
        lines.retain(|line| {
            let mut values = line.split('\t').zip(columns);
            values.all(|(value, column)| value != "\\N" || !asked.contains(column))
        });
        rows += lines.len();
        let sink =
            to.0.copy_in(&format!("COPY \"{table}\" ({}) FROM STDIN", quoted(columns)))
                .await
                .expect("a copy");
        pin_mut!(sink);
        let mut text = lines.join("\n");
        if !text.is_empty() {
            text.push('\n');
        }
        sink.send(Cursor::new(text.into_bytes())).await.expect("a table");
        sink.finish().await.expect("a table");
    }
    to.run("SET session_replication_role = DEFAULT").await;
    rows
}

async fn contents(sql: &Sql, tables: &Tables) -> BTreeMap<String, Vec<String>> {
    let mut contents = BTreeMap::new();
    for (table, columns) in tables {
        contents.insert(table.clone(), sql.lines(table, columns).await);
    }
    contents
}

/// Every row is still there, column by column as it was. The program may add some: what its manual prescribes.
fn compare(before: &BTreeMap<String, Vec<String>>, after: &BTreeMap<String, Vec<String>>) {
    for (table, rows) in before {
        let found: BTreeSet<&String> = after[table].iter().collect();
        let lost: Vec<&String> = rows.iter().filter(|row| !found.contains(row)).take(5).collect();
        assert!(lost.is_empty(), "{table}: changed or lost, among them {lost:#?}");
        assert!(after[table].len() >= rows.len(), "{table}: fewer rows");
    }
}

fn command(place: &Place, url: &str, arguments: &[&str]) {
    let output = place
        .wuye(arguments)
        .env("DATABASE_URL", url)
        .output()
        .expect("the program");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
