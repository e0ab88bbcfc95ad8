//! The document that third parties build on: complete, current, and true about who may do what.

use serde_json::Value;

/// Operations that need no login. This list may only shrink.
const PUBLIC: &[&str] = &[
    "healthz",
    "readyz",
    "login",
    "refresh_session",
    "list_demo_accounts",
    "get_setup",
    "complete_setup",
    "get_public_estate",
    "create_public_report",
    "upload_public_photo",
    "get_public_report",
];

fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("an item") {
            all.push((path.clone(), method.clone(), operation.clone()));
        }
    }
    all
}

#[test]
fn every_operation_says_what_it_is_who_may_and_for_which_clause() {
    let document = wuye_api::document();
    let mut names = std::collections::HashSet::new();
    for (path, method, operation) in operations(&document) {
        let name = operation["operationId"].as_str().unwrap_or_default().to_owned();
        assert!(names.insert(name.clone()), "{name} is there twice");
        for field in ["summary", "tags", "x-permission", "x-clauses", "responses"] {
            assert!(!operation[field].is_null(), "{method} {path} ({name}) has no {field}");
        }
        let permission = operation["x-permission"].as_str().expect("a permission");
        if permission == "public" {
            assert!(PUBLIC.contains(&name.as_str()), "{name} is open to everybody");
        } else {
            permission
                .parse::<wuye_domain::access::Permission>()
                .unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
}

#[test]
fn the_checked_in_document_is_the_one_of_this_build() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi/openapi.json");
    if std::env::var_os("WUYE_UPDATE").is_some() {
        std::fs::write(path, format!("{:#}\n", wuye_api::document())).expect("openapi/openapi.json");
    }
    let kept: Value =
        serde_json::from_str(&std::fs::read_to_string(path).expect("openapi/openapi.json")).expect("JSON");
    assert!(
        kept == wuye_api::document(),
        "openapi/openapi.json is stale: run `cargo xtask openapi`"
    );
}

#[test]
fn every_reference_of_the_document_leads_somewhere() {
    let document = wuye_api::document();
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    let text = document.to_string();
    let mut missing: Vec<&str> = text
        .split("#/components/schemas/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|name| !schemas.contains_key(*name))
        .collect();
    missing.dedup();
    assert!(missing.is_empty(), "schemas that nobody describes: {missing:?}");
}
