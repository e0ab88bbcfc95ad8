//! The OpenAPI document: collected from the handlers, then finished in one place.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use utoipa::OpenApi;

/// Statuses that any operation may refuse with, besides those it documents itself.
const EVERYWHERE: &[(&str, &str)] = &[
    ("400", "The request cannot be read"),
    ("408", "The request came in too slowly"),
    ("429", "Too many tries; see Retry-After"),
    ("500", "Something went wrong inside; nothing was written"),
    ("503", "The service is not available for the moment; see Retry-After"),
];
const GUARDED: &[(&str, &str)] = &[
    ("401", "No token, or one that is not valid any more"),
    ("403", "Not among the caller's permissions"),
];
const WRITES: &[(&str, &str)] = &[
    (
        "409",
        "The state does not allow it, or it conflicts with another record",
    ),
    ("413", "The body is too large"),
    ("415", "Not sent as JSON"),
    ("422", "Some values cannot be taken"),
];

#[derive(OpenApi)]
#[openapi(
    info(
        title = "物业服务中心 Property Service Centre",
        description = "Everything the product does, for the browser, for third parties and for curl alike.\n\n\
            Errors are RFC 9457 problem documents; the language follows `Accept-Language` (zh-CN, en). Lists are paged by \
            an opaque cursor. Writes take an `Idempotency-Key`; edits of fields need `If-Match`.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    components(schemas(wuye_domain::shared::ProblemDocument, wuye_domain::shared::FieldDocument, wuye_domain::shared::ProblemCode, wuye_domain::shared::SubjectKind, wuye_domain::shared::SearchText, crate::tables::Format, wuye_domain::goals::FigurePart, wuye_domain::org::tasks::TaskSide)),
    tags(
        (name = "auth", description = "登录 Login, sessions and tokens"),
        (name = "self", description = "本人 One's own account, workbench and live updates"),
        (name = "accounts", description = "账号 Accounts, services, computers (DER-COMPUTER)"),
        (name = "org", description = "组织 Posts, people, reporting lines, acting, roster"),
        (name = "manual", description = "手册 Chapters and clauses of the manual"),
        (name = "estate", description = "小区 Estate inventory and owners' archive"),
        (name = "service_desk", description = "客服 Complaints, disputes, repairs, return visits, help"),
        (name = "goals", description = "目标 Annual goals"),
        (name = "plans", description = "履职 Duties that fall due, their evidence and the line above; morning briefings"),
        (name = "notices", description = "通知 Notices"),
        (name = "files", description = "文件 Photos and documents"),
        (name = "public", description = "公开 What residents reach without an account"),
        (name = "system", description = "系统 Settings, audit, state of the server"),
    ),
)]
struct Head;

/// The finished document, from the paths that the routes were configured with.
#[must_use]
pub fn finish(collected: utoipa::openapi::OpenApi) -> Value {
    let mut head = Head::openapi();
    head.merge(collected);
    let mut document = serde_json::to_value(&head).unwrap_or_default();
    document["openapi"] = json!("3.1.0");
    document["servers"] = json!([{ "url": "/" }]);
    document["components"]["securitySchemes"] = json!({
        "bearer": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT, or a token beginning with wuye_" }
    });
    let wordless = wordless(&document);
    if let Some(paths) = document["paths"].as_object_mut() {
        for item in paths.values_mut() {
            let Some(item) = item.as_object_mut() else { continue };
            for (method, operation) in item.iter_mut() {
                if operation.get("operationId").is_some() {
                    finish_operation(method, operation, &wordless);
                }
            }
        }
    }
    close_objects(&mut document);
    name_arguments(&mut document);
    document
}

/// References to the bodies in which nothing must be said.
fn wordless(document: &Value) -> BTreeSet<String> {
    let schemas = document["components"]["schemas"].as_object().into_iter().flatten();
    schemas
        .filter(|(_, schema)| schema["type"] == "object" && schema.get("required").is_none())
        .map(|(name, _)| format!("#/components/schemas/{name}"))
        .collect()
}

fn finish_operation(method: &str, operation: &mut Value, wordless: &BTreeSet<String>) {
    let public = operation["x-permission"] == "public";
    let write = method != "get";
    if public {
        operation["security"] = json!([]);
    } else {
        operation["security"] = json!([{ "bearer": [] }]);
    }
    let mut refusals: BTreeMap<&str, &str> = EVERYWHERE.iter().copied().collect();
    if !public {
        refusals.extend(GUARDED.iter().copied());
    }
    if write {
        refusals.extend(WRITES.iter().copied());
    }
    let has = |operation: &Value, kind: &str| {
        operation["parameters"]
            .as_array()
            .is_some_and(|all| all.iter().any(|p| p["in"] == kind))
    };
    if has(operation, "path") {
        refusals.insert("404", "Not there, or not for the caller to know of");
    }
    if has(operation, "query") {
        refusals.insert("422", "Some values cannot be taken");
    }
    let mut parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    // A phone with a bad connection sends its report twice as well.
    let repeated = !public || operation["operationId"] == "create_public_report";
    if method == "post" && repeated {
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "Makes the call safe to repeat: the same key gets the first answer again (kept 72 h).",
            "schema": { "type": "string", "minLength": 8, "maxLength": 128, "pattern": "^[!-~]+$" }
        }));
    }
    if matches!(method, "put" | "patch") {
        parameters.push(json!({
            "name": "If-Match", "in": "header", "required": false,
            "description": "The ETag of the read this edit is based on.",
            "schema": { "type": "string", "pattern": "^(W/)?\"[0-9]{1,9}\"$" }
        }));
        refusals.insert("412", "Somebody changed it in the meantime");
        refusals.insert("428", "If-Match is missing");
    }
    if !parameters.is_empty() {
        operation["parameters"] = Value::Array(parameters);
    }
    for (status, description) in refusals {
        if operation["responses"].get(status).is_none() {
            operation["responses"][status] = json!({ "description": description });
        }
    }
    for (status, response) in operation["responses"].as_object_mut().into_iter().flatten() {
        if status.starts_with(['4', '5']) && response.get("content").is_none() {
            response["content"] = json!({
                "application/problem+json": { "schema": { "$ref": "#/components/schemas/ProblemDocument" } }
            });
        }
    }
    // An empty body is taken for `{}`.
    let body = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
    if body.as_str().is_some_and(|body| wordless.contains(body)) {
        operation["requestBody"]["required"] = json!(false);
    }
}

/// Inputs refuse unknown fields, and the schema says so: every object named `New…`, `Change…` or by an action that
/// derives `deny_unknown_fields` already carries it; nothing else is touched here.
fn close_objects(document: &mut Value) {
    if let Some(schemas) = document["components"]["schemas"].as_object_mut() {
        schemas.retain(|_, schema| !schema.is_null());
    }
}

/// A page of houses is written out with a copy of the house in it. With a reference in the copy's place a generated client
/// has one type of house, not two.
fn name_arguments(document: &mut Value) {
    let Some(schemas) = document["components"]["schemas"].as_object_mut() else {
        return;
    };
    let known = schemas.clone();
    for (name, schema) in schemas.iter_mut() {
        if let Some((argument, original)) = name.split_once('_').and_then(|(_, name)| known.get_key_value(name)) {
            refer(schema, &bare(original), &format!("#/components/schemas/{argument}"));
        }
    }
}

fn refer(schema: &mut Value, original: &Value, reference: &str) {
    if bare(schema) == *original {
        *schema = json!({ "$ref": reference });
        return;
    }
    match schema {
        Value::Array(all) => all.iter_mut().for_each(|one| refer(one, original, reference)),
        Value::Object(all) => all.values_mut().for_each(|one| refer(one, original, reference)),
        _ => {}
    }
}

/// A schema without its description, which says more at one place than at another.
fn bare(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Some(schema) = schema.as_object_mut() {
        schema.remove("description");
    }
    schema
}

/// The document of this build, without starting a server.
#[must_use]
pub fn document() -> Value {
    let described = crate::routes::describe();
    let mut collected = utoipa::openapi::OpenApi::default();
    collected.paths = described.paths;
    let components = collected.components.get_or_insert_default();
    components.schemas.extend(described.schemas);
    finish(collected)
}
