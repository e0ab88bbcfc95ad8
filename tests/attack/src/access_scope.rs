//! Own, line and estate: which rows of one estate a post is shown, told independently from the rows themselves, and the same rows
//! one by one and in sums. That files hold the rows of their lists is tried in `tests/integration/src/exports.rs`.

use std::collections::{BTreeSet, HashMap};

use futures_util::future::join_all;
use serde_json::Value;
use uuid::Uuid;
use wuye_stage::Person;

use crate::{
    contract::{Contract, Matrix, Reach},
    town::Town,
};

/// Lists whose rows belong to a post, their tables, and the operations whose right to act shows the same rows.
const REGISTERS: &[(&str, &str, &[&str])] = &[
    ("list_assistances", "assistances", &[]),
    ("list_cases", "cases", &[]),
    // Who keeps the files sees who wants them.
    (
        "list_consultations",
        "consultations",
        &["approve_consultation", "hand_out_consultation"],
    ),
    ("list_disputes", "disputes", &[]),
    ("list_repair_requests", "repair_requests", &[]),
    ("list_visits", "visits", &[]),
    ("list_work_orders", "work_orders", &[]),
];

/// What a sum says of the rows it counts.
type Read = fn(&Value) -> i64;

/// Sums that count what a list shows: the list, the operation, how to read it.
const SUMS: &[(&str, &str, Read)] = &[
    ("list_cases", "get_case_statistics", |sums| number(&sums["received"])),
    ("list_disputes", "get_dispute_statistics", |sums| {
        number(&sums["opened"])
    }),
    ("list_visits", "get_visit_statistics", |sums| number(&sums["due"])),
    ("list_assistances", "get_assistance_statistics", |sums| {
        sums.as_array()
            .expect("rows")
            .iter()
            .map(|row| number(&row["count"]))
            .sum()
    }),
];

fn number(value: &Value) -> i64 {
    value.as_i64().expect("a number")
}

/// Somebody with the post by which they work.
struct Worker {
    username: String,
    post: String,
    person: Person,
    employee: Uuid,
    /// Assignment, squad and area.
    place: (Uuid, Option<Uuid>, Option<Uuid>),
    /// Posts above.
    line: Vec<String>,
}

async fn workers(town: &Town) -> Vec<Worker> {
    let staff = "SELECT a.username, s.post, s.employee_id, s.id, s.squad_id, s.area_id FROM accounts a \
         JOIN assignments s USING (employee_id) WHERE s.estate_id = $1 AND s.state = 'approved' AND s.kind = 'primary'";
    let rows = town
        .sql
        .connect()
        .await
        .query(staff, &[&town.first])
        .await
        .expect("the staff");
    // Two at a time of each post are enough to see that one is not shown the other's.
    let wanted = |username: &str| !username.ends_with(|c: char| ('4'..='9').contains(&c));
    let rows = rows.iter().filter(|row| wanted(row.get(0)));
    join_all(rows.map(async |row| {
        let username: String = row.get(0);
        let person = town.person(&username).await;
        let me = person.get("/me").await.json(200);
        let line = me["posts"][0]["line"].as_array().expect("a line");
        Worker {
            post: row.get(1),
            employee: row.get(2),
            place: (row.get(3), row.get(4), row.get(5)),
            line: line
                .iter()
                .map(|post| post.as_str().expect("a post").to_owned())
                .collect(),
            username,
            person,
        }
    }))
    .await
}

/// What the matrix means for this person, as a condition on rows.
fn condition(town: &Town, worker: &Worker, reach: Reach, below: &[String]) -> String {
    let (assignment, squad, area) = &worker.place;
    let own = format!(
        "(responsible_assignment = '{assignment}' OR created_by = '{}')",
        worker.employee
    );
    match reach {
        Reach::Own => own,
        Reach::Line => {
            let place = match (squad, area) {
                (Some(squad), _) => format!("(squad_id IS NULL OR squad_id = '{squad}')"),
                (None, Some(area)) => format!("(area_id IS NULL OR area_id = '{area}')"),
                (None, None) => "true".to_owned(),
            };
            let posts = format!("'{}', '{}'", worker.post, below.join("', '"));
            format!(
                "({own} OR (responsible_post IN ({posts}) AND {place} AND estate_id = '{}'))",
                town.first
            )
        }
        Reach::Estate => format!("(estate_id = '{}' OR {own})", town.first),
        Reach::Company => "true".to_owned(),
    }
}

async fn listed(person: &Person, path: &str) -> BTreeSet<String> {
    let (mut ids, mut cursor) = (BTreeSet::new(), String::new());
    loop {
        let page = person.get(&format!("{path}?limit=200{cursor}")).await.json(200);
        let items = page["items"].as_array().expect("items").iter();
        ids.extend(items.map(|item| item["id"].as_str().expect("an id").to_owned()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return ids,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_post_is_shown_its_own_its_line_or_its_estate_in_rows_one_by_one_and_in_sums() {
    // Rows are counted: nobody else works in this town.
    let town = Town::found().await;
    let (contract, matrix) = (Contract::read(), Matrix::read());
    let workers = workers(&town).await;
    let mut below: HashMap<String, BTreeSet<String>> = HashMap::new();
    for worker in &workers {
        for above in &worker.line {
            below.entry(above.clone()).or_default().insert(worker.post.clone());
        }
    }
    let (mut faults, mut seen) = (Vec::new(), HashMap::<Reach, usize>::new());
    for (list, table, acts) in REGISTERS {
        let operation = contract.operation(list);
        let all = town.sql.texts(&format!("SELECT id::text FROM {table}")).await;
        for worker in &workers {
            let rights = acts.iter().chain([list]);
            let rights = rights.filter_map(|operation| matrix.reach(operation, &worker.post));
            let Some(reach) = rights.max() else { continue };
            let below: Vec<String> = below.get(&worker.post).into_iter().flatten().cloned().collect();
            let condition = condition(&town, worker, reach, &below);
            let mine = town
                .sql
                .texts(&format!("SELECT id::text FROM {table} WHERE {condition}"))
                .await;
            let mine: BTreeSet<String> = mine.into_iter().collect();
            let shown = listed(&worker.person, &operation.path).await;
            let name = format!("{list} for {} ({reach:?})", worker.username);
            if shown != mine {
                let more: Vec<_> = shown.difference(&mine).take(2).collect();
                let less: Vec<_> = mine.difference(&shown).take(2).collect();
                faults.push(format!(
                    "{name}: {} shown, {} theirs, too many {more:?}, missing {less:?}",
                    shown.len(),
                    mine.len()
                ));
            }
            *seen.entry(reach).or_default() += shown.len();
            let others: Vec<&String> = all.iter().filter(|id| !mine.contains(*id)).collect();
            let tries = shown
                .iter()
                .take(2)
                .map(|id| (id, 200))
                .chain(others.into_iter().take(4).map(|id| (id, 404)));
            for (id, expected) in tries {
                let answer = worker.person.get(&format!("{}/{id}", operation.path)).await;
                if answer.status != expected {
                    faults.push(format!("{name}: {id} {} instead of {expected}", answer.status));
                }
            }
            for (of, sums, read) in SUMS.iter().filter(|(of, ..)| of == list) {
                let path = &contract.operation(sums).path;
                let sums = worker.person.get(path).await.json(200);
                let counted = worker
                    .person
                    .get(&format!("{}?count=true&limit=1", operation.path))
                    .await
                    .json(200);
                let (sum, counted) = (read(&sums), number(&counted["total"]));
                if sum != counted || counted != i64::try_from(shown.len()).expect("a count") {
                    faults.push(format!(
                        "{name}: {of} shows {}, counts {counted}, sums {sum}",
                        shown.len()
                    ));
                }
            }
        }
    }
    println!("{} people, rows shown by reach: {seen:?}", workers.len());
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    assert!(seen.len() >= 3 && seen.values().all(|rows| *rows > 50), "{seen:?}");
}
