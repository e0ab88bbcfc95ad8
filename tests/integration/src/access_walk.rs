//! Walks the OpenAPI document: nobody gets in without a token, or with every permission but the one that is asked for.

use std::fmt::Write as _;

use reqwest::Method;
use serde_json::{Value, json};
use wuye_domain::access::{Permission, PostCode, Reach, grants};

use crate::harness::{Client, Staff, TestApp};

/// Method, path with ids filled in, permission, name of every guarded operation.
fn guarded() -> Vec<(Method, String, Permission, String)> {
    let document = wuye_api::document();
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("an item") {
            let Ok(permission) = operation["x-permission"].as_str().unwrap_or_default().parse() else {
                continue;
            };
            let method = method.to_uppercase().parse().expect("a method");
            let name = operation["operationId"].as_str().expect("a name").to_owned();
            all.push((method, fill(path, operation), permission, name));
        }
    }
    all
}

/// A path with ids of nothing in it.
pub fn fill(path: &str, operation: &Value) -> String {
    let mut filled = format!("/{path}");
    for parameter in operation["parameters"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|p| p["in"] == "path")
    {
        let name = parameter["name"].as_str().expect("a name");
        let id = "01900000-0000-7000-8000-00000000ffff";
        let value = if parameter["schema"]["format"] == "uuid" || name.ends_with("id") {
            id
        } else {
            "x"
        };
        filled = filled.replace(&format!("{{{name}}}"), value);
    }
    filled
}

/// A client with a service token for these permissions.
pub async fn service(app: &TestApp, name: &str, permissions: Vec<Permission>) -> Client {
    use wuye_persistence::accounts::{self, AccessToken, Account};
    let mut conn = app.conn().await;
    let now = app.clock.now();
    let codes: Vec<Option<String>> = permissions.iter().map(|p| Some(p.code().to_owned())).collect();
    let mut account = Account::person(uuid::Uuid::now_v7(), name, name, String::new(), now);
    account.kind = "service".to_owned();
    account.password_hash = None;
    account.permissions = codes.clone();
    account.estates = vec![Some(app.estate())];
    accounts::insert(&mut conn, &account).await.expect("a service");
    let secret = format!("wuye_{name}");
    let token = AccessToken {
        id: uuid::Uuid::now_v7(),
        account_id: account.id,
        name: name.to_owned(),
        token_hash: wuye_api::access::hash_secret(&secret),
        hint: "wuye_".to_owned(),
        permissions: codes,
        expires_at: now + chrono::Duration::days(1),
        revoked_at: None,
        last_used_at: Some(now),
        created_by: Staff::of("depmgr").account,
        created_at: now,
    };
    accounts::insert_token(&mut conn, &token).await.expect("a token");
    app.anonymous().with_token(secret)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_refuses_strangers_and_those_without_its_permission() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    let mut clients = std::collections::HashMap::new();
    for (method, path, permission, name) in guarded() {
        let request = |client: &Client| client.request(method.clone(), &path).json(&json!({}));
        let stranger = anonymous.send(request(&anonymous)).await;
        assert_eq!(
            stranger.status, 401,
            "{name} answers strangers with {}",
            stranger.status
        );
        if let std::collections::hash_map::Entry::Vacant(place) = clients.entry(permission) {
            let rest = Permission::ALL.iter().copied().filter(|p| *p != permission).collect();
            place.insert(service(&app, &format!("all-but-{}", permission.code().replace('.', "-")), rest).await);
        }
        let refused = clients[&permission].send(request(&clients[&permission])).await;
        assert_eq!(
            refused.status, 403,
            "{name} answers callers without {permission} with {}",
            refused.body
        );
        assert_eq!(refused.body["code"], "forbidden", "{name}");
    }
}

/// The whole matrix, post × operation × reach, as people read it.
fn matrix() -> String {
    let posts: Vec<PostCode> = PostCode::ALL
        .iter()
        .copied()
        .filter(|post| !grants(*post).is_empty())
        .collect();
    let mut text = String::from(
        "# Who may do what\n\nGenerated from the operations and `domain::access::grants` by the test \
         `the_matrix_of_posts_and_operations_is_the_one_on_paper`.\n\n\
         `o` own records · `l` those and the posts below on the line · `e` the whole estate · `c` the company · empty: not at all.\n\n\
         | operation | permission |",
    );
    for post in &posts {
        let _ = write!(text, " {post} |");
    }
    text.push_str("\n|---|---|");
    text.push_str(&"---|".repeat(posts.len()));
    let mut operations = guarded();
    operations.sort_by(|a, b| (a.2.code(), &a.3).cmp(&(b.2.code(), &b.3)));
    for (_, _, permission, name) in operations {
        let _ = write!(text, "\n| {name} | {permission} |");
        for post in &posts {
            let reach = grants(*post)
                .into_iter()
                .find(|(held, _)| *held == permission)
                .map(|(_, reach)| reach);
            let letter = match reach {
                Some(Reach::Own) => "o",
                Some(Reach::Line) => "l",
                Some(Reach::Estate) => "e",
                Some(Reach::Company) => "c",
                None => "",
            };
            let _ = write!(text, " {letter} |");
        }
    }
    text.push('\n');
    text
}

#[test]
fn the_matrix_of_posts_and_operations_is_the_one_on_paper() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/authorization.md");
    let matrix = matrix();
    if std::env::var_os("WUYE_UPDATE").is_some() {
        std::fs::write(path, &matrix).expect("docs/authorization.md");
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        kept == matrix,
        "docs/authorization.md is stale: run the tests once with WUYE_UPDATE=1 and read the difference"
    );
}
