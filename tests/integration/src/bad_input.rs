//! Bad input gets a problem document that says what and where, in the caller's language, and changes nothing.
//!
//! The first tests walk the whole contract, so a new operation is tried without a new line here. What needs a process of its
//! own (bodies of a gigabyte, slow ones) is tried on the binary, in `crates/api/tests/program`.

use std::io::Write;

use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    access_walk::{fill, service},
    desk_scene::house_in,
    harness::{Answer, Client, TestApp},
};
use wuye_domain::access::Permission;

/// An operation of the contract.
struct Operation {
    name: String,
    method: Method,
    /// With ids of nothing in it.
    path: String,
    /// The schema of its JSON body, resolved.
    body: Option<Value>,
    /// Name and schema of its query parameters.
    query: Vec<(String, Value)>,
    has_id: bool,
}

struct Contract(Value);

impl Contract {
    fn read() -> Self {
        Self(wuye_api::document())
    }

    fn operations(&self) -> Vec<Operation> {
        let mut all = Vec::new();
        for (path, item) in self.0["paths"].as_object().expect("paths") {
            for (method, operation) in item.as_object().expect("an item") {
                let body = &operation["requestBody"]["content"]["application/json"]["schema"];
                let parameters = operation["parameters"].as_array().into_iter().flatten();
                all.push(Operation {
                    name: operation["operationId"].as_str().expect("a name").to_owned(),
                    method: method.to_uppercase().parse().expect("a method"),
                    path: fill(path, operation),
                    body: body.is_object().then(|| self.resolved(body)),
                    query: parameters
                        .filter(|parameter| parameter["in"] == "query")
                        .map(|parameter| {
                            let name = parameter["name"].as_str().expect("a name").to_owned();
                            (name, self.resolved(&parameter["schema"]))
                        })
                        .collect(),
                    has_id: path.contains("{id}"),
                });
            }
        }
        all
    }

    /// What a schema says in the end: references followed, "or null" left out.
    fn resolved(&self, schema: &Value) -> Value {
        if let Some(reference) = schema["$ref"].as_str() {
            let name = reference.rsplit('/').next().expect("a name");
            return self.resolved(&self.0["components"]["schemas"][name]);
        }
        for several in ["oneOf", "anyOf"] {
            let mut real = schema[several]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|one| one["type"] != "null");
            if let (Some(only), None) = (real.next(), real.next()) {
                return self.resolved(only);
            }
        }
        let mut schema = schema.clone();
        if let Some(types) = schema["type"].as_array() {
            let real = types.iter().find(|name| *name != "null").cloned();
            schema["type"] = real.unwrap_or(Value::Null);
        }
        schema
    }
}

/// Values that do not fit a schema, each with the reason.
fn misfits(schema: &Value) -> Vec<(&'static str, Value)> {
    let mut all = Vec::new();
    match schema["type"].as_str() {
        Some("string") => {
            all.push(("an object for a text", json!({})));
            if schema["enum"].is_array() {
                all.push(("an unknown choice", json!("no-such-choice")));
            }
            match schema["format"].as_str() {
                Some("date") => all.extend([
                    ("the 30th of February", json!("2026-02-30")),
                    ("no date", json!("soon")),
                ]),
                Some("date-time") => all.extend([
                    ("a 13th month", json!("2026-13-01T00:00:00Z")),
                    ("hour 25", json!("2026-03-01T25:00:00Z")),
                ]),
                Some("uuid") => all.push(("no id", json!("42"))),
                _ => {}
            }
            if let Some(most) = schema["maxLength"].as_u64() {
                let length = usize::try_from(most).expect("a length") + 1;
                all.push(("too long", json!("长".repeat(length))));
            }
        }
        Some("integer") => all.extend([
            ("a text for a number", json!("many")),
            ("a fraction", json!(1.5)),
            ("far too large", json!(1e300)),
        ]),
        Some("boolean") => all.push(("a text for a switch", json!("maybe"))),
        Some("array") => all.push(("an object for a list", json!({}))),
        Some("object") => all.push(("a list for an object", json!([]))),
        _ => {}
    }
    all
}

/// Puts something into the required texts of a body that are not there.
fn complete(contract: &Contract, schema: &Value, body: &mut Value) {
    for name in schema["required"].as_array().into_iter().flatten() {
        let name = name.as_str().expect("a name");
        let property = contract.resolved(&schema["properties"][name]);
        let plain = property["type"] == "string" && property["format"].is_null() && property["enum"].is_null();
        if plain && body[name].is_null() {
            body[name] = json!("word");
        }
    }
}

fn has_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// What is wrong with a refusal that is to be 422 and to point at `pointer`.
fn fault(answer: &Answer, pointer: &str, chinese: bool) -> Option<String> {
    let body = &answer.body;
    if answer.status != 422 {
        return Some(format!("answers {} {body}", answer.status));
    }
    if answer.headers["content-type"] != "application/problem+json" {
        return Some("is no problem document".to_owned());
    }
    let errors = body["errors"].as_array().cloned().unwrap_or_default();
    let points = |error: &Value| {
        let at = error["pointer"].as_str().unwrap_or_default();
        at == pointer || at.strip_prefix(pointer).is_some_and(|rest| rest.starts_with('/'))
    };
    if !errors.iter().any(points) {
        return Some(format!("does not point at {pointer}: {body}"));
    }
    // Values that came in are quoted as they are.
    let words = format!("{} {}", body["title"], errors[0]["message"]).replace("长", "");
    if has_chinese(&words) != chinese {
        return Some(format!("is in the wrong language: {body}"));
    }
    for internal in ["invalid type", "expected", "struct ", "line 1", "i64", "parsing failed"] {
        if words.contains(internal) {
            return Some(format!("speaks of its insides: {body}"));
        }
    }
    None
}

/// Everything that is stored, in a few numbers. What a request leaves by itself (last use of a token) is left out.
async fn fingerprint(app: &TestApp) -> Vec<String> {
    #[derive(diesel::QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text)]
        line: String,
    }
    let mut conn = app.conn().await;
    let tables: Vec<Line> = diesel::sql_query(
        "SELECT table_name::text AS line FROM information_schema.tables WHERE table_schema = 'public' \
         AND table_name NOT IN ('access_tokens', 'login_attempts') ORDER BY 1",
    )
    .load(&mut conn)
    .await
    .expect("the tables");
    let mut all = Vec::new();
    for Line { line: table } in tables {
        let sql =
            format!("SELECT count(*) || ' ' || coalesce(sum(hashtext(t::text)::bigint), 0) AS line FROM {table} t");
        let row: Line = diesel::sql_query(sql).get_result(&mut conn).await.expect("a table");
        all.push(format!("{table} {}", row.line));
    }
    all
}

async fn everything(app: &TestApp) -> (Client, Client) {
    let english = service(app, "everything", Permission::ALL.to_vec()).await;
    let chinese = english.in_chinese();
    (english, chinese)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_body_with_a_misfit_is_refused_at_its_field_and_changes_nothing() {
    let app = TestApp::start().await;
    let (english, chinese) = everything(&app).await;
    let before = fingerprint(&app).await;
    let contract = Contract::read();
    let (mut faults, mut tried) = (Vec::new(), 0);
    for operation in contract.operations() {
        let Some(schema) = &operation.body else { continue };
        let mut tries: Vec<(String, &str, Value, String)> = vec![
            (
                "an unknown field".to_owned(),
                "",
                json!({ "no_such_field": 1 }),
                "/no_such_field".to_owned(),
            ),
            ("a list for the whole".to_owned(), "", json!([1]), String::new()),
            ("a text for the whole".to_owned(), "", json!("text"), String::new()),
        ];
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            for (what, value) in misfits(&contract.resolved(property)) {
                let mut body = json!({ name: value });
                if what == "too long" {
                    // Lengths are looked at when everything is there and of the right kind.
                    complete(&contract, schema, &mut body);
                }
                tries.push((what.to_owned(), name, body, format!("/{name}")));
            }
        }
        for (what, field, body, pointer) in tries {
            for (client, is_chinese) in [(&english, false), (&chinese, true)] {
                tried += 1;
                let request = client.request(operation.method.clone(), &operation.path).json(&body);
                if let Some(fault) = fault(&client.send(request).await, &pointer, is_chinese) {
                    faults.push(format!("{} {field} ({what}) {fault}", operation.name));
                }
            }
        }
    }
    assert!(tried > 1_000, "only {tried} tries");
    assert!(faults.is_empty(), "{} of {tried}:\n{}", faults.len(), faults.join("\n"));
    assert_eq!(fingerprint(&app).await, before, "something was changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_query_with_a_misfit_is_refused_at_its_parameter() {
    let app = TestApp::start().await;
    let (english, chinese) = everything(&app).await;
    let contract = Contract::read();
    let (mut faults, mut tried) = (Vec::new(), 0);
    for operation in contract.operations() {
        if operation.method != Method::GET || operation.query.is_empty() {
            continue;
        }
        let mut tries = vec![("no_such_parameter".to_owned(), "1".to_owned())];
        for (name, schema) in &operation.query {
            let wrong = match (schema["type"].as_str(), schema["format"].as_str()) {
                (Some("integer"), _) => "many",
                (Some("boolean"), _) => "maybe",
                (_, Some("date")) => "2026-02-30",
                (_, Some("date-time")) => "2026-13-01T00:00:00Z",
                (_, Some("uuid")) => "42",
                _ if schema["enum"].is_array() || name == "sort" => "no-such-choice",
                _ => match schema["maxLength"].as_u64() {
                    Some(most) => &"长".repeat(usize::try_from(most).expect("a length") + 1),
                    None => continue,
                },
            };
            tries.push((name.clone(), wrong.to_owned()));
        }
        for (name, value) in tries {
            for (client, is_chinese) in [(&english, false), (&chinese, true)] {
                tried += 1;
                let request = client
                    .request(Method::GET, &operation.path)
                    .query(&[(name.as_str(), value.as_str())]);
                if let Some(fault) = fault(&client.send(request).await, &format!("?{name}"), is_chinese) {
                    faults.push(format!("{} ?{name}={value} {fault}", operation.name));
                }
            }
        }
    }
    assert!(tried > 300, "only {tried} tries");
    assert!(faults.is_empty(), "{} of {tried}:\n{}", faults.len(), faults.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_id_and_what_is_not_there_is_not_found_in_words() {
    let app = TestApp::start().await;
    let (english, chinese) = everything(&app).await;
    for operation in Contract::read().operations() {
        if operation.method != Method::GET || !operation.has_id {
            continue;
        }
        let nothing = english.get(&operation.path).await;
        if nothing.status != 422 {
            nothing.problem(404, "not_found");
        }
        let no_id = operation.path.replace("01900000-0000-7000-8000-00000000ffff", "42");
        let told = chinese.get(&no_id).await.problem(404, "not_found");
        assert!(
            has_chinese(told["detail"].as_str().unwrap_or_default()),
            "{}: {told}",
            operation.name
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_estates_ids_are_unknown_wherever_they_are_named() {
    let app = TestApp::start().await;
    let (english, _) = everything(&app).await;
    let foreign_house = house_in(&app, app.other_estate(), "9-1-101").await;
    let before = fingerprint(&app).await;
    let contract = Contract::read();
    let mut faults = Vec::new();
    let holds = |body: &Value| body.to_string().contains(&foreign_house.to_string());
    for operation in contract.operations() {
        if operation.method == Method::GET && operation.query.iter().any(|(name, _)| name == "estate_id") {
            let request = english
                .request(Method::GET, &operation.path)
                .query(&[("estate_id", app.other_estate().to_string())]);
            let answer = english.send(request).await;
            let empty = answer.status == 200 && answer.body["items"].as_array().is_some_and(Vec::is_empty);
            let file = answer.status == 200 && operation.path.ends_with("/export");
            if !(empty || file || [404, 422].contains(&answer.status.as_u16())) || holds(&answer.body) {
                faults.push(format!("{}: {} {}", operation.name, answer.status, answer.body));
            }
        }
        let properties = operation.body.as_ref().map(|body| &body["properties"]);
        if properties.is_some_and(|all| all["estate_id"].is_object()) {
            let request = english
                .request(operation.method.clone(), &operation.path)
                .json(&json!({ "estate_id": app.other_estate() }));
            let answer = english.send(request).await;
            if !answer.status.is_client_error() {
                faults.push(format!("{}: {} {}", operation.name, answer.status, answer.body));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let recept = app.login("recept").await;
    for path in ["", "/record"] {
        recept
            .get(&format!("/houses/{foreign_house}{path}"))
            .await
            .problem(404, "not_found");
    }
    recept
        .patch(&format!("/houses/{foreign_house}"), "\"1\"", json!({ "status": "let" }))
        .await
        .problem(404, "not_found");
    let report = json!({ "house_id": foreign_house, "category": "water", "text": "x" });
    let told = recept
        .in_chinese()
        .post("/repair-requests", report)
        .await
        .problem(422, "validation_failed");
    assert_eq!(told["errors"][0]["pointer"], "/house_id");
    assert!(
        has_chinese(told["errors"][0]["message"].as_str().unwrap_or_default()),
        "{told}"
    );
    assert_eq!(without_sessions(fingerprint(&app).await), without_sessions(before));
}

/// A login leaves its session and its line on the trail.
fn without_sessions(lines: Vec<String>) -> Vec<String> {
    let left = ["refresh_", "trail ", "accounts "];
    lines
        .into_iter()
        .filter(|line| !left.iter().any(|begin| line.starts_with(begin)))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_version_is_told_and_nothing_of_the_edit_is_kept() {
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    let house = house_in(&app, app.estate(), "3-2-501").await;
    let party = json!({ "estate_id": app.estate(), "kind": "owner", "name": "张三", "phones": ["13812345678"] });
    let party = recept.post("/parties", party).await.expect(201).id();
    for (path, edit) in [
        (format!("/houses/{house}"), json!({ "status": "let" })),
        (format!("/parties/{party}"), json!({ "name": "李四" })),
    ] {
        let seen = recept.get(&path).await;
        let etag = seen.etag();
        recept.patch(&path, &etag, edit.clone()).await.expect(200);
        let before = fingerprint(&app).await;
        let stale = recept
            .in_chinese()
            .patch(&path, &etag, edit.clone())
            .await
            .problem(412, "version_conflict");
        assert!(has_chinese(stale["detail"].as_str().unwrap_or_default()), "{stale}");
        let blind = recept.request(Method::PATCH, &path).json(&edit);
        recept.send(blind).await.problem(428, "precondition_required");
        for word in ["yesterday", etag.trim_matches('"')] {
            recept
                .patch(&path, word, edit.clone())
                .await
                .problem(400, "bad_request");
        }
        assert_eq!(fingerprint(&app).await, before, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_not_ours_writes_nothing_and_is_told_so_in_words() {
    let app = TestApp::start().await;
    let recept = app.login("recept").await;
    let token = recept.token();
    let claims = token.split('.').nth(1).expect("claims");
    let signature = token.rsplit('.').next().expect("a signature");
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0";
    let before = fingerprint(&app).await;
    let case = json!({ "kind": "suggestion", "channel": "desk", "field": "greening", "text": "多种桂花" });
    for forged in [
        format!("{none}.{claims}."),
        format!("{none}.{claims}.{signature}"),
        format!("{}.{claims}.{signature}", "eyJhbGciOiJSUzI1NiJ9"),
        format!("{}A.{}", token.rsplit_once('.').expect("parts").0, signature),
        "wuye_0123456789abcdefghijklmnopqrstuvwxyz".to_owned(),
        "not a token".to_owned(),
    ] {
        let stranger = app.anonymous().with_token(forged.clone()).in_chinese();
        let told = stranger
            .post("/cases", case.clone())
            .await
            .problem(401, "unauthenticated");
        assert!(has_chinese(told["detail"].as_str().unwrap_or_default()), "{told}");
    }
    app.advance(chrono::Duration::minutes(11));
    recept.post("/cases", case).await.problem(401, "token_expired");
    assert_eq!(fingerprint(&app).await, before);
}

/// A workbook that is small on the wire and 300 MB when unfolded.
fn bomb() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    archive.start_file("xl/worksheets/sheet1.xml", options).expect("a part");
    let zeros = vec![b' '; 1024 * 1024];
    for _ in 0..300 {
        archive.write_all(&zeros).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}

#[tokio::test(flavor = "multi_thread")]
async fn der_x_5_a_workbook_that_would_burst_and_files_in_disguise_are_refused() {
    let app = TestApp::start().await;
    let recept = app.login("recept").await.in_chinese();
    let before = fingerprint(&app).await;
    let bomb = bomb();
    assert!(bomb.len() < 1_000_000, "small outside: {}", bomb.len());
    let request = recept.request(Method::POST, "/imports?kind=houses").body(bomb);
    let told = recept.send(request).await.problem(422, "file_refused");
    assert!(
        told["detail"].as_str().is_some_and(|words| words.contains("压缩比")),
        "{told}"
    );
    let page = b"<html><script>alert(1)</script></html>".to_vec();
    let told = crate::desk_scene::upload(&recept, "/files", "photo.jpg", page)
        .await
        .problem(422, "file_refused");
    assert!(has_chinese(told["detail"].as_str().unwrap_or_default()), "{told}");
    assert_eq!(fingerprint(&app).await, before);
    let unknown = Uuid::now_v7();
    let told = recept
        .post(
            "/repair-requests",
            json!({ "place_text": "大堂", "text": "坏了", "file_ids": [unknown] }),
        )
        .await
        .problem(422, "validation_failed");
    assert!(
        told["errors"][0]["pointer"]
            .as_str()
            .is_some_and(|at| at.starts_with("/file_ids")),
        "{told}"
    );
}
