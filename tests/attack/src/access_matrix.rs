//! The authorization matrix, executed: everybody of the second estate tries every operation, on the records of the first where
//! it names one. Who lacks the permission is told so; who holds it learns nothing of what is not theirs.

use std::sync::Arc;

use futures_util::{StreamExt, stream};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;
use wuye_stage::Person;

use crate::{
    contract::{Contract, Matrix, Operation},
    furnish::furnish,
    sample::Sample,
    town::{NOTHING, Town, stranger_at},
    treasure::Treasure,
};

/// Ended by these, a login cannot go on trying: they are tried apart.
const LAST: &[&str] = &["logout", "logout_everywhere"];

/// Kinds of records that belong to the company and to no estate: whoever may, may for all.
const COMPANYWIDE: &[&str] = &["departments", "manual/clauses", "reporting-edges", "stand-in-pairs"];

/// What a body needs besides what its schema can say.
const NEEDED: &[(&str, &str, &str)] = &[
    ("refuse_account_request", "note", "why"),
    ("reject_data_correction", "note", "why"),
    ("link_case_record", "kind", "work_order"),
    ("create_attachments", "subject_kind", "case"),
];

pub fn completed(operation: &Operation, mut body: Value) -> Value {
    for (_, field, value) in NEEDED.iter().filter(|(name, ..)| operation.name == *name) {
        body[*field] = json!(value);
    }
    body
}

/// One try.
struct Try<'a> {
    operation: &'a Operation,
    post: &'a str,
    path: String,
    body: Value,
    /// The path names a record of the other estate.
    foreign: bool,
}

fn tries<'a>(contract: &'a Contract, matrix: &'a Matrix, treasure: &Treasure) -> Vec<Try<'a>> {
    let mut all = Vec::new();
    for operation in contract
        .guarded()
        .filter(|operation| !LAST.contains(&operation.name.as_str()))
    {
        for post in &matrix.posts {
            let stranger = stranger_at(post).is_some();
            let foreign = operation.takes_an_id() && stranger && !COMPANYWIDE.contains(&operation.kind());
            let id = |parameter: &str| match parameter {
                "id" if foreign => treasure.of(operation.kind()),
                "item" if foreign => treasure.of("house-file-items"),
                "token" if foreign => treasure.of("services-tokens"),
                _ => NOTHING.to_owned(),
            };
            let sample = Sample {
                contract,
                id: |_| NOTHING.to_owned(),
            };
            let body = match &operation.body {
                // A whole body is needed to come to the record; without one nothing is made by mistake.
                Some(schema) if foreign => completed(operation, sample.of(schema)),
                _ => json!({}),
            };
            let mut path = operation.at(id);
            for (name, schema, _) in operation.query.iter().filter(|(_, _, required)| foreign && *required) {
                let value = sample.of(schema);
                path = format!("{path}?{name}={}", value.as_str().unwrap_or("1"));
            }
            all.push(Try {
                operation,
                post,
                path,
                body,
                foreign,
            });
        }
    }
    all
}

async fn status(person: &Person, tried: &Try<'_>) -> (StatusCode, Vec<u8>) {
    let mut request = person.request(tried.operation.method.clone(), &tried.path);
    if tried.operation.method != Method::GET {
        request = request
            .json(&tried.body)
            .header("idempotency-key", Uuid::new_v4().to_string());
    }
    if [Method::PATCH, Method::PUT].contains(&tried.operation.method) {
        request = request.header("if-match", "\"1\"");
    }
    // A stream never ends: its beginning says enough.
    if tried.operation.name == "stream_events" {
        return (request.send().await.expect("an answer").status(), Vec::new());
    }
    let answer = person.send(request).await;
    (answer.status, answer.bytes)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_post_gets_of_every_operation_what_the_matrix_says_and_nothing_of_another_estate() {
    // Nobody else works in this town: what is not changed is compared.
    let town = Arc::new(Town::found().await);
    furnish(&town).await;
    let (contract, matrix) = (Contract::read(), Matrix::read());
    let treasure = Treasure::of_first(&town).await;
    let before = treasure.fingerprint(&town).await;
    let mut people = std::collections::HashMap::new();
    for post in &matrix.posts {
        let username = stranger_at(post).unwrap_or_else(|| post.to_lowercase());
        people.insert(post.clone(), town.person(&username).await);
    }
    let all = tries(&contract, &matrix, &treasure);
    let outcomes = stream::iter(&all).map(async |tried| {
        let (status, bytes) = status(&people[tried.post], tried).await;
        let allowed = matrix.reach(&tried.operation.name, tried.post).is_some();
        let right = match (allowed, tried.foreign) {
            (false, _) => status == 403,
            (true, true) => status == 404,
            (true, false) => status != 403 && status != 401 && !status.is_server_error(),
        };
        // The posts of the company work in every estate.
        let stolen = match stranger_at(tried.post) {
            Some(_) => treasure.found_in(&bytes, tried.foreign.then_some(&tried.path)),
            None => Vec::new(),
        };
        let fault = (!right || !stolen.is_empty()).then(|| {
            let body: String = String::from_utf8_lossy(&bytes).chars().take(300).collect();
            format!("{} as {}: {status} {stolen:?} {body}", tried.operation.name, tried.post)
        });
        (allowed, tried.foreign, fault)
    });
    let outcomes: Vec<_> = outcomes.buffer_unordered(6).collect().await;
    let count = |which: fn(&(bool, bool)) -> bool| outcomes.iter().filter(|(a, f, _)| which(&(*a, *f))).count();
    println!(
        "{} tries: {} without the permission, {} with it on another estate's record, {} with it",
        outcomes.len(),
        count(|(allowed, _)| !allowed),
        count(|(allowed, foreign)| *allowed && *foreign),
        count(|(allowed, foreign)| *allowed && !foreign),
    );
    let faults: Vec<_> = outcomes.into_iter().filter_map(|(_, _, fault)| fault).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    assert!(all.len() > 7_000, "only {} tries", all.len());
    assert_eq!(
        treasure.fingerprint(&town).await,
        before,
        "something of the first estate was changed"
    );
}
