//! Every list can be had as a file: the same rows, for the same people, in both formats.

use std::{collections::BTreeSet, io::Read};

use reqwest::Method;
use serde_json::Value;
use wuye_domain::shared::{SubjectKind, deed};

use crate::{
    architecture::root,
    demo::filled,
    harness::{Client, TestApp},
};

/// What a list takes besides its filters, and its export besides them.
const NO_FILTERS: &[&str] = &["limit", "cursor", "count", "sort", "format"];

/// An operation that answers with a page of something.
struct List {
    path: String,
    permission: Value,
    filters: BTreeSet<String>,
}

fn lists(document: &Value) -> Vec<List> {
    let paths = document["paths"].as_object().expect("paths");
    let pages = paths.iter().filter(|(_, item)| {
        let schema = &item["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        schema["$ref"].as_str().is_some_and(|name| name.contains("/Page_"))
    });
    pages.map(|(path, item)| list(path, &item["get"])).collect()
}

fn list(path: &str, operation: &Value) -> List {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let names = parameters.filter_map(|parameter| parameter["name"].as_str());
    List {
        path: path.to_owned(),
        permission: operation["x-permission"].clone(),
        filters: names
            .filter(|name| !NO_FILTERS.contains(name))
            .map(ToOwned::to_owned)
            .collect(),
    }
}

#[test]
fn every_list_has_an_export_with_its_permission_and_filters() {
    let document = wuye_api::document();
    let lists = lists(&document);
    assert!(lists.len() > 40, "only {} lists", lists.len());
    let mut faults = Vec::new();
    for List {
        path,
        permission,
        filters,
    } in lists
    {
        let beside = format!("{path}/export");
        let operation = &document["paths"][&beside]["get"];
        if operation.is_null() {
            faults.push(format!("{path} has no export"));
            continue;
        }
        let export = list(&beside, operation);
        if export.permission != permission {
            faults.push(format!(
                "{path} is for {permission}, its export for {}",
                export.permission
            ));
        }
        if export.filters != filters {
            faults.push(format!(
                "{path} filters by {filters:?}, its export by {:?}",
                export.filters
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The rows of a list, counted page by page; none where the caller may not read it.
async fn listed(client: &Client, path: &str, estate: &[(&str, String)]) -> Option<usize> {
    let (mut rows, mut cursor) = (0, None);
    loop {
        let mut query = estate.to_vec();
        query.push(("limit", "200".to_owned()));
        query.extend(cursor.map(|cursor| ("cursor", cursor)));
        let answer = client.send(client.request(Method::GET, path).query(&query)).await;
        if answer.status == 403 {
            return None;
        }
        let page = answer.json(200);
        rows += page["items"].as_array().expect("items").len();
        cursor = page["next_cursor"].as_str().map(ToOwned::to_owned);
        if cursor.is_none() {
            return Some(rows);
        }
    }
}

/// The rows of its file, the headings not counted.
async fn exported(client: &Client, path: &str, estate: &[(&str, String)], format: &str) -> Option<usize> {
    let mut query = estate.to_vec();
    query.push(("format", format.to_owned()));
    let request = client.request(Method::GET, &format!("{path}/export")).query(&query);
    let answer = client.send(request).await;
    if answer.status == 403 {
        return None;
    }
    let bytes = answer.expect(200).bytes;
    let rows = match format {
        "csv" => lines(&bytes),
        _ => sheet_rows(bytes),
    };
    Some(rows - 1)
}

/// Line ends of a CSV outside of its quotes.
fn lines(csv: &[u8]) -> usize {
    let (mut quoted, mut lines) = (false, 0);
    for byte in csv {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => lines += 1,
            _ => {}
        }
    }
    lines
}

/// Rows of the one sheet of a workbook.
fn sheet_rows(book: Vec<u8>) -> usize {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).expect("a workbook");
    let mut sheet = String::new();
    let mut part = archive.by_name("xl/worksheets/sheet1.xml").expect("a sheet");
    part.read_to_string(&mut sheet).expect("text");
    sheet.matches("<row ").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_holds_the_rows_that_its_list_counts_for_whoever_asks() {
    let (url, _) = filled(40).await;
    let app = TestApp::on(url, |config| config.demo = true).await;
    let told = app.anonymous().get("/demo-accounts").await.json(200);
    let password = told["password"].as_str().expect("a password").to_owned();
    let lists = lists(&wuye_api::document());
    let mut filled_lists = BTreeSet::new();
    for post in ["gm", "cscmgr", "recept", "tech"] {
        let client = app.login_with(post, &password).await;
        let estates = client.get("/me").await.json(200)["estates"].clone();
        let estate = estates[0]["id"].as_str().expect("an estate").to_owned();
        for list in lists.iter().filter(|list| !list.path.contains('{')) {
            let path = list.path.strip_prefix("/api/v1").expect("under the API");
            let within: Vec<(&str, String)> = match list.filters.contains("estate_id") {
                true => vec![("estate_id", estate.clone())],
                false => Vec::new(),
            };
            let rows = listed(&client, path, &within).await;
            for format in ["csv", "xlsx"] {
                let file = exported(&client, path, &within, format).await;
                assert_eq!(file, rows, "{path} as {format} for {post}");
            }
            if rows.is_some_and(|rows| rows > 0) {
                filled_lists.insert(path.to_owned());
            }
        }
    }
    assert!(filled_lists.len() > 20, "only {filled_lists:?} hold anything");
}

/// Code and words of what a catalogue of the screen says of the trail: `'kind.house': '房屋'`.
fn catalogue(language: &str) -> Vec<(String, String)> {
    let path = root().join(format!("frontend/src/locales/{language}/trail.ts"));
    let text = std::fs::read_to_string(path).expect("a catalogue");
    let entries = text.lines().filter_map(|line| {
        let (code, words) = line.trim().strip_prefix('\'')?.split_once("': '")?;
        Some((code.to_owned(), words.strip_suffix("',")?.to_owned()))
    });
    entries.collect()
}

#[test]
fn the_trail_is_told_in_the_same_words_on_the_screen_and_in_a_file() {
    let mut faults = Vec::new();
    for (language, chinese) in [("zh-CN", true), ("en", false)] {
        for (code, words) in catalogue(language) {
            let known = match code.split_once('.') {
                Some(("kind", kind)) => kind.parse().ok().map(SubjectKind::title),
                Some(("action", action)) => deed(action),
                _ => continue,
            };
            let told = known.map(|text| if chinese { text.zh } else { text.en });
            if told.as_deref() != Some(words.as_str()) {
                faults.push(format!("{code}: {words} on the screen, {told:?} in a file"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
