//! The migrations and what the code believes of them.

use std::collections::BTreeSet;

use diesel::{QueryableByName, sql_types::Text};
use diesel_async::RunQueryDsl;
use wuye_persistence::{db, migrations};

use crate::harness::empty_database;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

async fn lines(url: &str, sql: &str) -> BTreeSet<String> {
    let mut conn = db::establish(url.to_owned()).await.expect("a connection");
    let rows: Vec<Line> = diesel::sql_query(sql).load(&mut conn).await.expect("the catalogue");
    rows.into_iter().map(|row| row.line).collect()
}

const COLUMNS: &str = "SELECT format('%s.%s %s%s', table_name, column_name, udt_name, \
     CASE WHEN is_nullable = 'YES' THEN ' null' ELSE '' END) AS line \
     FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_diesel%'";
const EVERYTHING: &str = "SELECT format('%s.%s %s %s %s', table_name, column_name, udt_name, is_nullable, column_default) AS line \
     FROM information_schema.columns WHERE table_schema = 'public' \
     UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' \
     UNION ALL SELECT format('%s: %s', conname, pg_get_constraintdef(oid)) FROM pg_constraint \
         WHERE connamespace = 'public'::regnamespace \
     UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal \
     UNION ALL SELECT format('function %s', proname) FROM pg_proc WHERE pronamespace = 'public'::regnamespace";

#[tokio::test(flavor = "multi_thread")]
async fn the_migrations_lead_up_down_and_up_again_to_the_same_schema() {
    let url = empty_database().await;
    let applied = migrations::run(&url).await.expect("up").len();
    let first = lines(&url, EVERYTHING).await;
    assert_eq!(migrations::revert_all(&url).await.expect("down"), applied);
    let left: Vec<String> = lines(&url, EVERYTHING)
        .await
        .into_iter()
        .filter(|line| !line.contains("__diesel"))
        .collect();
    assert!(left.is_empty(), "down leaves {left:?}");
    migrations::run(&url).await.expect("up again");
    let again = lines(&url, EVERYTHING).await;
    assert_eq!(
        first.symmetric_difference(&again).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
    let mut conn = db::establish(url).await.expect("a connection");
    let standing = migrations::standing(&mut conn).await.expect("asked");
    assert_eq!(standing, migrations::Standing::default());
}

/// What diesel calls a PostgreSQL type.
fn udt(diesel: &str) -> String {
    if let Some(inner) = diesel.strip_prefix("Array<").and_then(|rest| rest.strip_suffix('>')) {
        return format!("_{}", udt(inner.trim_start_matches("Nullable<").trim_end_matches('>')));
    }
    match diesel {
        "Bool" => "bool",
        "Int2" => "int2",
        "Int4" => "int4",
        "Int8" => "int8",
        "Float8" => "float8",
        "Bytea" => "bytea",
        "Date" => "date",
        "Time" => "time",
        "Timestamptz" => "timestamptz",
        other => return other.to_lowercase(),
    }
    .to_owned()
}

/// What `schema.patch` takes from the generated file: columns that only the database writes.
const UNMAPPED: &[&str] = &["work_orders.house_id uuid null"];

/// Columns of `schema.rs` in the words of the catalogue.
fn believed() -> BTreeSet<String> {
    let source = include_str!("../../../crates/persistence/src/schema.rs");
    let mut all = BTreeSet::new();
    let mut table = String::new();
    let mut sql_name = None;
    for line in source.lines().map(str::trim) {
        if let Some(name) = line
            .strip_prefix("#[sql_name = \"")
            .and_then(|rest| rest.strip_suffix("\"]"))
        {
            sql_name = Some(name);
        } else if let Some((name, _)) = line.split_once(" (").filter(|(_, rest)| rest.ends_with(") {")) {
            name.clone_into(&mut table);
        } else if let Some((column, kind)) = line.strip_suffix(',').and_then(|line| line.split_once(" -> ")) {
            let (kind, null) = match kind.strip_prefix("Nullable<").and_then(|kind| kind.strip_suffix('>')) {
                Some(inner) => (inner, " null"),
                None => (kind, ""),
            };
            let column = sql_name.take().unwrap_or(column);
            all.insert(format!("{table}.{column} {}{null}", udt(kind)));
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn schema_rs_says_what_the_migrations_make() {
    let url = empty_database().await;
    migrations::run(&url).await.expect("up");
    let mut real = lines(&url, COLUMNS).await;
    for column in UNMAPPED {
        assert!(
            real.remove(*column),
            "{column} is no longer there: take it from schema.patch too"
        );
    }
    let believed = believed();
    assert!(believed.len() > 100, "schema.rs was not read");
    let difference: Vec<_> = real.symmetric_difference(&believed).collect();
    assert!(
        difference.is_empty(),
        "schema.rs is stale (`cargo xtask schema`): {difference:?}"
    );
}
