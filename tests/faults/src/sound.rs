//! Whether a database and its uploaded files are whole: nothing half written, no number twice or missing, nothing orphaned.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::sql::Sql;

/// Where the records of a kind lie. `None`: what the trail names by it has no row of its own.
const KINDS: [(&str, Option<&str>); 54] = [
    ("department", Some("departments")),
    ("post", None),
    ("employee", Some("employees")),
    ("assignment", Some("assignments")),
    ("reporting_edge", Some("reporting_edges")),
    ("acting_period", Some("acting_periods")),
    ("entrusted_duty", Some("entrusted_duties")),
    ("squad", Some("squads")),
    ("shift", Some("shifts")),
    ("roster_entry", Some("roster_entries")),
    ("absence", Some("absences")),
    ("qualification", Some("qualifications")),
    ("account", Some("accounts")),
    ("access_token", Some("access_tokens")),
    ("computer", Some("computers")),
    ("task", Some("tasks")),
    ("account_request", Some("account_requests")),
    ("data_correction", Some("data_corrections")),
    ("data_check", Some("data_checks")),
    ("backup", Some("backup_records")),
    ("setting", None),
    ("estate", Some("estates")),
    ("area", Some("areas")),
    ("block", Some("blocks")),
    ("unit", Some("units")),
    ("house", Some("houses")),
    ("parking_space", Some("parking_spaces")),
    ("place", Some("places")),
    ("structure_change", Some("structure_changes")),
    ("party", Some("parties")),
    ("occupancy", Some("occupancies")),
    ("house_file", Some("house_files")),
    ("consultation", Some("consultations")),
    ("import_run", Some("import_runs")),
    ("case", Some("cases")),
    ("dispute", Some("disputes")),
    ("repair_request", Some("repair_requests")),
    ("work_order", Some("work_orders")),
    ("visit", Some("visits")),
    ("assistance", Some("assistances")),
    ("resident_report", Some("resident_reports")),
    ("calendar_year", Some("calendar_years")),
    ("obligation_rule", Some("obligation_rules")),
    ("obligation", Some("obligations")),
    ("supervision_note", Some("supervision_notes")),
    ("briefing", Some("briefings")),
    ("briefing_point", Some("briefing_points")),
    ("notice", Some("notices")),
    ("notice_delivery", Some("notice_deliveries")),
    ("notice_robot", Some("notice_robots")),
    ("goal_set", Some("goal_sets")),
    ("goal", Some("goals")),
    ("measurement", Some("goal_measurements")),
    ("file", Some("files")),
];

/// Records that are made and moved by people, each step with its line on the trail.
const STEPPED: [(&str, &str); 5] = [
    ("repair_request", "repair_requests"),
    ("work_order", "work_orders"),
    ("visit", "visits"),
    ("case", "cases"),
    ("resident_report", "resident_reports"),
];

/// What no committed state may show, and the query that finds it.
const TORN: [(&str, &str); 9] = [
    (
        "dispatched requests without an order",
        "SELECT no FROM repair_requests r WHERE state = 'dispatched' \
         AND NOT EXISTS (SELECT FROM work_orders o WHERE o.request_id = r.id)",
    ),
    (
        "orders whose request is still open",
        "SELECT o.no FROM work_orders o JOIN repair_requests r ON r.id = o.request_id WHERE r.state = 'requested'",
    ),
    (
        "orders that nobody was given",
        "SELECT no FROM work_orders o WHERE NOT EXISTS (SELECT FROM work_order_dispatches d WHERE d.order_id = o.id)",
    ),
    (
        "finished orders without a result",
        "SELECT no FROM work_orders o WHERE state IN ('done', 'verified', 'visited', 'closed') \
         AND NOT EXISTS (SELECT FROM work_order_results r WHERE r.order_id = o.id)",
    ),
    (
        "results of orders that are not finished",
        "SELECT o.no FROM work_orders o JOIN work_order_results r ON r.order_id = o.id WHERE o.finished_at IS NULL",
    ),
    (
        "verified orders that nobody will ask about",
        "SELECT no FROM work_orders o WHERE state IN ('verified', 'closed') AND verified_at IS NOT NULL \
         AND NOT EXISTS (SELECT FROM visits v WHERE v.subject_kind = 'work_order' AND v.subject_id = o.id)",
    ),
    (
        "reports taken in that became nothing",
        "SELECT no FROM resident_reports r WHERE state = 'taken_in' \
         AND NOT EXISTS (SELECT FROM repair_requests x WHERE x.id = r.became_id) \
         AND NOT EXISTS (SELECT FROM cases x WHERE x.id = r.became_id)",
    ),
    (
        "keys that were claimed and never answered",
        "SELECT operation || ' ' || key FROM idempotency_keys WHERE status IS NULL AND operation NOT LIKE '%public%' \
         AND operation NOT LIKE '%auth%'",
    ),
    (
        "imports that are done and not complete, or have rows left",
        "SELECT id::text FROM import_runs r WHERE state = 'done' AND (done_rows <> total_rows \
         OR added + changed + unchanged + rejected <> total_rows OR EXISTS (SELECT FROM import_rows i WHERE i.run_id = r.id))",
    ),
];

/// What was looked at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Looked {
    /// Lines of the trail.
    pub lines: i64,
    /// Numbers of records.
    pub numbers: usize,
}

/// What the demo estate held before anybody worked: of its past it tells the main steps only.
pub struct Demo {
    last: String,
}

impl Demo {
    /// As it is now.
    pub async fn of(sql: &Sql) -> Self {
        let last = "SELECT greatest((SELECT max(id::text) FROM trail), (SELECT max(id::text) FROM resident_reports))";
        Self {
            last: sql.column(last).await.remove(0),
        }
    }
}

/// Everything that must hold whenever no write is on its way.
///
/// # Panics
/// When something does not.
pub async fn rows(sql: &Sql, demo: &Demo) -> Looked {
    let mut wrong = Vec::new();
    // All of it at one instant: a job that was taken up again goes on meanwhile.
    sql.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await;
    for (what, query) in TORN {
        let found = sql.column(query).await;
        if !found.is_empty() {
            wrong.push(format!("{what}: {found:?}"));
        }
    }
    trail(sql, demo, &mut wrong).await;
    let numbers = series(sql, &mut wrong).await;
    residents_once(sql, &mut wrong).await;
    assert!(wrong.is_empty(), "{wrong:#?}");
    let lines = sql.number("SELECT count(*) FROM trail").await;
    sql.run("COMMIT").await;
    Looked { lines, numbers }
}

/// No line without its record, no record without a line, and the last line tells the state that the record has.
async fn trail(sql: &Sql, demo: &Demo, wrong: &mut Vec<String>) {
    for kind in sql.column("SELECT DISTINCT subject_kind FROM trail").await {
        let Some((_, table)) = KINDS.iter().find(|(known, _)| *known == kind) else {
            wrong.push(format!("the trail knows {kind}, this test does not: give its table"));
            continue;
        };
        let Some(table) = table else { continue };
        let stray = format!(
            "SELECT t.id::text FROM trail t WHERE t.subject_kind = '{kind}' AND t.subject_id <> '{}' \
             AND NOT EXISTS (SELECT FROM {table} x WHERE x.id = t.subject_id)",
            uuid::Uuid::nil()
        );
        let stray = sql.column(&stray).await;
        if !stray.is_empty() {
            wrong.push(format!("lines of the trail without their {kind}: {stray:?}"));
        }
    }
    for (kind, table) in STEPPED {
        let query = format!(
            "SELECT x.no || ' is ' || x.state || ', the trail says ' || coalesce(told.to_state, 'nothing') FROM {table} x \
             LEFT JOIN LATERAL (SELECT to_state FROM trail t WHERE t.subject_kind = '{kind}' AND t.subject_id = x.id \
             AND to_state IS NOT NULL ORDER BY t.id DESC LIMIT 1) told ON true \
             WHERE told.to_state IS DISTINCT FROM x.state AND x.id > '{}'",
            demo.last
        );
        let found = sql.column(&query).await;
        if !found.is_empty() {
            wrong.push(format!("{table} whose state the trail does not tell: {found:?}"));
        }
    }
}

/// Every number that a series gave out stands on exactly one record; gives how many there are.
async fn series(sql: &Sql, wrong: &mut Vec<String>) -> usize {
    let tables = sql
        .column(
            "SELECT a.table_name FROM information_schema.columns a JOIN information_schema.columns b USING (table_schema, table_name) \
             WHERE table_schema = 'public' AND a.column_name = 'no' AND b.column_name = 'estate_id'",
        )
        .await;
    let mut given: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for table in tables {
        let numbered = format!("SELECT estate_id::text, no FROM {table} WHERE no ~ '^[A-Z]+[0-9]{{4}}-[0-9]{{6}}$'");
        for mut row in sql.rows(&numbered).await {
            let no = row.remove(1);
            let (series, number) = no.split_at(no.len() - 6);
            let key = (row.remove(0), series.trim_end_matches('-').to_owned());
            given.entry(key).or_default().push(number.to_owned());
        }
    }
    let mut count = 0;
    for row in sql
        .rows("SELECT estate_id::text, series || year, last FROM number_series")
        .await
    {
        let last: usize = row[2].parse().expect("a number");
        let numbers = given.remove(&(row[0].clone(), row[1].clone())).unwrap_or_default();
        let different: BTreeSet<&String> = numbers.iter().collect();
        count += numbers.len();
        if different.len() != numbers.len() {
            wrong.push(format!(
                "{}: {} numbers were given twice",
                row[1],
                numbers.len() - different.len()
            ));
        }
        let expected: BTreeSet<String> = (1..=last).map(|number| format!("{number:06}")).collect();
        let holes: Vec<&String> = expected.iter().filter(|number| !different.contains(number)).collect();
        if !holes.is_empty() || different.len() > last {
            wrong.push(format!(
                "{}: up to {last} were given, {} are there, missing {holes:?}",
                row[1],
                numbers.len()
            ));
        }
    }
    wrong.extend(
        given
            .keys()
            .map(|(_, series)| format!("numbers of {series} that no series gave")),
    );
    count
}

/// Whoever an import took in is there once, however often the import was broken off.
async fn residents_once(sql: &Sql, wrong: &mut Vec<String>) {
    let twice = "SELECT name || ' ' || count(*) FROM parties WHERE name LIKE '导入%' GROUP BY name HAVING count(*) > 1";
    let twice = sql.column(twice).await;
    if !twice.is_empty() {
        wrong.push(format!("taken in more than once: {twice:?}"));
    }
    let finished = "SELECT subject_id::text FROM trail WHERE subject_kind = 'import_run' AND to_state = 'done' \
        GROUP BY subject_id HAVING count(*) > 1";
    let finished = sql.column(finished).await;
    if !finished.is_empty() {
        wrong.push(format!("imports that ended more than once: {finished:?}"));
    }
}

/// What lies in the object store.
#[derive(Clone, Debug, Default)]
pub struct Objects {
    /// Files that a row names.
    pub owned: usize,
    /// Files that no row names: what a sweep has to find.
    pub orphans: Vec<PathBuf>,
    /// Pieces of files whose writing was broken off.
    pub unfinished: Vec<PathBuf>,
}

/// Every row has its bytes, and they are what its hash says.
///
/// # Panics
/// When bytes are missing or torn.
pub async fn objects(sql: &Sql, folder: &Path) -> Objects {
    let mut named = BTreeSet::new();
    for row in sql.rows("SELECT sha256, has_thumbnail FROM files").await {
        let (hash, pictured) = (&row[0], row[1] == "t");
        let place = format!("objects/{}/{hash}", &hash[..2]);
        let bytes =
            fs::read(folder.join(&place)).unwrap_or_else(|error| panic!("{place} has a row and no bytes: {error}"));
        let found: String = Sha256::digest(&bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(&found, hash, "the bytes of a file are not what its row says");
        named.insert(place);
        if pictured {
            let small = format!("thumbnails/{}/{hash}.jpg", &hash[..2]);
            let bytes = fs::read(folder.join(&small)).unwrap_or_else(|error| panic!("{small} is missing: {error}"));
            image::load_from_memory(&bytes).unwrap_or_else(|error| panic!("{small} is torn: {error}"));
            named.insert(small);
        }
    }
    let mut objects = Objects::default();
    for path in everything_below(folder) {
        let place = path
            .strip_prefix(folder)
            .expect("a place")
            .to_string_lossy()
            .into_owned();
        if place.contains('#') {
            objects.unfinished.push(path);
        } else if named.contains(&place) {
            objects.owned += 1;
        } else {
            objects.orphans.push(path);
        }
    }
    objects
}

fn everything_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                everything_below(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}
