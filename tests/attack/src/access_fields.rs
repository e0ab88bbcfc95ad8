//! What the server decides cannot be sent along: ids, numbers, states, owners, dates of record, rights.

use futures_util::{StreamExt, stream};
use serde_json::{Value, json};

use crate::{
    contract::{Contract, Matrix},
    town::{NOTHING, Town},
};

/// Columns that no answer shows.
const HIDDEN: &[&str] = &[
    "account_id",
    "created_by",
    "epoch",
    "estates",
    "is_administrator",
    "kind",
    "must_change_password",
    "password_hash",
    "permissions",
    "responsible_assignment",
    "responsible_post",
    "role",
    "search",
    "version",
];

/// The fields that an operation answers with and does not take, and those that nobody is shown.
fn beyond(contract: &Contract, body: &Value, answer: &Value) -> Vec<String> {
    let (taken, shown) = (contract.resolved(body), contract.resolved(answer));
    let parts = shown["allOf"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|part| contract.resolved(part));
    let shown = parts.chain([shown]).filter_map(|part| part["properties"].as_object());
    let mut fields: Vec<String> = shown.flat_map(serde_json::Map::keys).cloned().collect();
    fields.extend(HIDDEN.iter().map(ToString::to_string));
    fields.retain(|field| taken["properties"][field].is_null());
    fields.sort_unstable();
    fields.dedup();
    fields
}

#[tokio::test(flavor = "multi_thread")]
async fn no_operation_takes_a_field_that_is_the_servers_to_fill() {
    let town = Town::shared().await;
    let (contract, matrix) = (Contract::read(), Matrix::read());
    let mut tries = Vec::new();
    for operation in contract.guarded() {
        let Some(body) = &operation.body else { continue };
        let allowed = |post: &&String| matrix.reach(&operation.name, post).is_some();
        let post = matrix.posts.iter().find(allowed).expect("a post that may");
        let username = crate::town::stranger_at(post).unwrap_or_else(|| post.to_lowercase());
        let person = town.person(&username).await;
        for field in beyond(&contract, body, &operation.answer) {
            tries.push((operation, person.clone(), field));
        }
    }
    let faults = stream::iter(&tries).map(async |(operation, person, field)| {
        let path = operation.at(|_| NOTHING.to_owned());
        let request = person
            .request(operation.method.clone(), &path)
            .json(&json!({ field: 1 }));
        let answer = person.send(request).await;
        let errors = answer.body["errors"].as_array().cloned().unwrap_or_default();
        let told = errors
            .iter()
            .any(|error| error["pointer"] == format!("/{field}") && error["code"] == "unknown_field");
        (answer.status != 422 || !told)
            .then(|| format!("{} takes {field}: {} {}", operation.name, answer.status, answer.body))
    });
    let faults: Vec<_> = faults.buffer_unordered(6).collect().await;
    let faults: Vec<_> = faults.into_iter().flatten().collect();
    println!("{} fields tried", tries.len());
    assert!(tries.len() > 2_000, "only {} tries", tries.len());
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
