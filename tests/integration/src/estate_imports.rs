//! Imports and exports of houses, parties and occupancies (POS-RECEPT-05, DER-X-5).

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    estate_register::confirm_all,
    harness::{Client, TestApp},
};

async fn upload(client: &Client, kind: &str, bytes: Vec<u8>) -> Value {
    let path = format!("/imports?kind={kind}&file_name={kind}.csv");
    client
        .send(client.request(Method::POST, &path).body(bytes))
        .await
        .json(201)
}

/// Uploads, lets it be checked, starts it, and gives the finished run.
async fn import(app: &TestApp, client: &Client, kind: &str, bytes: Vec<u8>) -> Value {
    let run = upload(client, kind, bytes).await;
    let path = format!("/imports/{}", run["id"].as_str().expect("an id"));
    app.run_jobs().await;
    let ready = client.get(&path).await.json(200);
    assert_eq!(ready["state"], "ready", "{ready}");
    client.post(&format!("{path}/start"), json!({})).await.expect(200);
    app.run_jobs().await;
    let done = client.get(&path).await.json(200);
    assert_eq!(done["state"], "done", "{done}");
    for count in ["added", "changed", "unchanged", "rejected"] {
        assert_eq!(ready[count], done[count], "the check told the truth about {count}");
    }
    done
}

fn counts(run: &Value) -> [i64; 4] {
    ["added", "changed", "unchanged", "rejected"].map(|count| run[count].as_i64().expect("a count"))
}

const HOUSES: &str = "房号,建筑面积,用途,状态\n3-2-501,89.57,住宅,自住\n3栋2单元502,120,住宅,空置\n5-101,45.5,商业,出租\n2单元9,很大,住人,\n3-2-501,1,住宅,自住\n";

#[tokio::test(flavor = "multi_thread")]
async fn der_x_5_good_rows_go_in_bad_rows_are_told_and_again_changes_nothing() {
    let app = TestApp::start().await;
    let desk = app.login("recept").await;
    let run = upload(&desk, "houses", HOUSES.into()).await;
    let path = format!("/imports/{}", run["id"].as_str().expect("an id"));
    app.run_jobs().await;
    let preview = desk.get(&format!("{path}/preview")).await.json(200);
    assert_eq!(preview["run"]["state"], "ready");
    assert_eq!(counts(&preview["run"]), [3, 0, 0, 2]);
    assert_eq!(
        preview["headings"][1],
        json!({"heading": "建筑面积", "column": "建筑面积"})
    );
    let errors = preview["errors"].as_array().expect("errors");
    let told: Vec<_> = errors
        .iter()
        .map(|e| (e["row_no"].as_i64(), e["column_name"].as_str(), e["code"].as_str()))
        .collect();
    assert!(told.contains(&(Some(5), Some("房号"), Some("no_block"))), "{told:?}");
    assert!(
        told.contains(&(Some(5), Some("建筑面积"), Some("invalid_format"))),
        "{told:?}"
    );
    assert!(told.contains(&(Some(6), Some("房号"), Some("duplicate"))), "{told:?}");
    let houses = desk.get("/houses?count=true").await.json(200);
    assert_eq!(houses["total"], 0, "a check writes nothing");
    desk.post(&format!("{path}/start"), json!({})).await.expect(200);
    desk.post(&format!("{path}/start"), json!({}))
        .await
        .problem(409, "wrong_state");
    app.run_jobs().await;
    assert_eq!(counts(&desk.get(&path).await.json(200)), [3, 0, 0, 2]);

    let houses = desk.get("/houses?count=true").await.json(200);
    assert_eq!(houses["total"], 3);
    assert_eq!(houses["items"][0]["state"], "draft");
    confirm_all(&app.login("pubsup").await).await;
    let houses = desk.get("/houses?state=active&count=true").await.json(200);
    assert_eq!(houses["total"], 3, "the supervisor confirmed the import in one step");
    let again = import(&app, &desk, "houses", HOUSES.into()).await;
    assert_eq!(counts(&again), [0, 0, 3, 2]);

    // Another area of a confirmed house waits; its status holds at once; the same file again changes nothing.
    let other = "房号,建筑面积,状态\n3-2-501,90,空置\n";
    assert_eq!(counts(&import(&app, &desk, "houses", other.into()).await), [0, 1, 0, 0]);
    let house = desk.get("/houses?q=3-2-501").await.json(200)["items"][0].clone();
    assert_eq!(
        (&house["area_milli"], &house["status"]),
        (&json!(89_570), &json!("vacant"))
    );
    assert_eq!(counts(&import(&app, &desk, "houses", other.into()).await), [0, 0, 1, 0]);
    let list = desk
        .get(&format!("{path}/errors/export?format=csv"))
        .await
        .expect(200)
        .bytes;
    let list = String::from_utf8(list).expect("text");
    assert!(
        list.contains("房号缺少栋号") && list.contains("names no block"),
        "{list}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_05_parties_and_occupancies_come_in_from_gbk_and_xlsx() {
    let app = TestApp::start().await;
    let desk = app.login("recept").await;
    import(&app, &desk, "houses", "房号\n3-2-501\n3-2-502\n".into()).await;
    let parties = "姓名,类别,身份证号,手机\n张三,业主,11010519491231002X,13812345678\n张三,业主,,13812345678\n李四,租客,,139 0000 0001/010-62345678\n王五,业主,,\n赵六,业主,123,13800000009\n";
    let (gbk, _, _) = encoding(parties);
    let run = import(&app, &desk, "parties", gbk.clone()).await;
    assert_eq!(run["encoding"], "gbk");
    assert_eq!(counts(&run), [2, 0, 1, 2], "one person twice is one person");
    assert_eq!(counts(&import(&app, &desk, "parties", gbk).await), [0, 0, 3, 2]);
    let found = desk.get("/parties?q=zs").await.json(200);
    assert_eq!(found["items"][0]["phones"][0]["value"], "13812345678");

    let sheet = workbook(&[
        &["房号", "姓名", "联系电话", "关系", "起始日", "截止日"],
        &["3栋2单元501", "张三", "13812345678", "业主", "2024-06-01", ""],
        &["3-2-502", "李四", "", "租客", "2025/1/1", "2025年12月31日"],
        &["9-9-901", "张三", "", "业主", "2024-06-01", ""],
        &["3-2-502", "无名", "", "业主", "2024-06-01", ""],
    ]);
    let run = import(&app, &desk, "occupancies", sheet.clone()).await;
    assert_eq!(run["format"], "xlsx");
    assert_eq!(counts(&run), [2, 0, 0, 2]);
    assert_eq!(counts(&import(&app, &desk, "occupancies", sheet).await), [0, 0, 2, 2]);
    let house = desk.get(&format!("/houses?q={}", "3-2-501")).await.json(200)["items"][0]["id"]
        .as_str()
        .expect("a house")
        .to_owned();
    let record = desk.get(&format!("/houses/{house}/record")).await.json(200);
    assert_eq!(record["occupants"][0]["party"]["name"], "张三");
    assert_eq!(
        record["file"]["opened_on"], "2024-06-01",
        "handing over opened the file"
    );
    let history = desk.get("/occupancies?role=tenant").await.json(200);
    assert_eq!(
        history["items"][0]["valid_until"], "2026-01-01",
        "the last day of the file is still in"
    );
}

fn encoding(text: &str) -> (Vec<u8>, &'static str, bool) {
    let (bytes, encoding, lost) = encoding_rs::GBK.encode(text);
    (bytes.into_owned(), encoding.name(), lost)
}

/// A workbook with these rows, made by the product's own writer.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    for (at, row) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(*row) {
            page.write_string(at, column, *cell).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

#[tokio::test(flavor = "multi_thread")]
async fn der_x_5_what_is_no_table_changes_nothing_and_is_refused_in_words() {
    let app = TestApp::start().await;
    let desk = app.login("recept").await;
    let send = async |bytes: Vec<u8>| {
        let request = desk.request(Method::POST, "/imports?kind=houses").body(bytes);
        desk.send(request).await.problem(422, "file_refused")
    };
    send(Vec::new()).await;
    send(b"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01".to_vec()).await;
    send(b"PK\x03\x04 no archive".to_vec()).await;
    let lacking = send("姓名,电话\n张三,1\n".into()).await;
    assert!(
        lacking["detail"].as_str().is_some_and(|words| words.contains("House")),
        "{lacking}"
    );
    let chinese = desk.in_chinese();
    let request = chinese
        .request(Method::POST, "/imports?kind=houses")
        .body("姓名\n张三\n");
    let told = chinese.send(request).await.problem(422, "file_refused");
    assert!(
        told["detail"].as_str().is_some_and(|words| words.contains("房号")),
        "{told}"
    );
    assert_eq!(desk.get("/imports").await.json(200)["items"], json!([]));
    app.login("tech").await.get("/imports").await.problem(403, "forbidden");
    let request = desk.request(Method::POST, "/imports?kind=cars").body("x");
    desk.send(request).await.problem(422, "validation_failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn der_x_5_templates_can_be_filled_in_and_exports_imported_again() {
    let app = TestApp::start().await;
    let desk = app.login("recept").await;
    for kind in ["houses", "parties", "occupancies"] {
        for format in ["csv", "xlsx"] {
            let file = desk
                .get(&format!("/imports/template?kind={kind}&format={format}"))
                .await
                .expect(200);
            let run = upload(&desk, kind, file.bytes).await;
            assert_eq!(
                (&run["total_rows"], &run["format"]),
                (&json!(1), &json!(format)),
                "{kind} {format}"
            );
        }
    }
    app.run_jobs().await;
    import(
        &app,
        &desk,
        "houses",
        "房号,建筑面积\n3-10-501,80\n3-2-501,89.57\n".into(),
    )
    .await;
    for format in ["csv", "xlsx"] {
        let file = desk
            .in_chinese()
            .get(&format!("/houses/export?format={format}"))
            .await
            .expect(200);
        let again = import(&app, &desk, "houses", file.bytes).await;
        assert_eq!(counts(&again), [0, 0, 2, 0], "{format}");
    }
    let csv = desk.in_chinese().get("/houses/export").await.expect(200).bytes;
    let lines = String::from_utf8(csv).expect("text");
    let doors: Vec<&str> = lines
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next())
        .collect();
    assert_eq!(doors, ["3-2-501", "3-10-501"], "2 stands before 10");
    desk.get("/houses/export?format=pdf")
        .await
        .problem(422, "validation_failed");
    desk.get("/houses/export?colour=red")
        .await
        .problem(422, "validation_failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_05_an_export_never_runs_as_a_formula() {
    let app = TestApp::start().await;
    let desk = app.login("recept").await;
    let new = json!({"estate_id": app.estate(), "kind": "owner", "name": "=HYPERLINK(\"http://x\",\"y\")", "phones": ["+14155552671"]});
    desk.post("/parties", new).await.expect(201);
    let csv = desk.get("/parties/export?format=csv").await.expect(200).bytes;
    let text = String::from_utf8(csv).expect("text");
    assert!(text.contains("'=HYPERLINK") && text.contains("'+1415"), "{text}");
}

/// 5,000 rows each time; 100,000 with WUYE_TEST_LONG set.
#[tokio::test(flavor = "multi_thread")]
async fn der_x_5_a_large_file_goes_in_by_sets_with_progress() {
    let rows = if std::env::var_os("WUYE_TEST_LONG").is_some() {
        100_000
    } else {
        5_000
    };
    let app = TestApp::start().await;
    let desk = app.login("recept").await;
    let mut file = String::from("房号,建筑面积,用途,状态\n");
    for at in 0..rows {
        let (block, rest) = (at / 400 + 1, at % 400);
        let (unit, floor, room) = (rest / 100 + 1, rest % 100 / 4 + 1, rest % 4 + 1);
        file.push_str(&format!("{block}-{unit}-{floor}0{room},89.57,住宅,空置\n"));
    }
    let done = import(&app, &desk, "houses", file.clone().into_bytes()).await;
    assert_eq!(done["done_rows"], rows);
    assert_eq!(counts(&done), [rows, 0, 0, 0]);
    assert_eq!(desk.get("/houses?count=true&limit=1").await.json(200)["total"], rows);
    confirm_all(&app.login("pubsup").await).await;
    let again = import(&app, &desk, "houses", file.into_bytes()).await;
    assert_eq!(counts(&again), [0, 0, rows, 0]);
    let exported = desk.get("/houses/export").await.expect(200).bytes;
    let lines = exported.iter().filter(|byte| **byte == b'\n').count();
    assert_eq!(lines as i64, rows + 1, "a heading, and every row");
}

#[tokio::test(flavor = "multi_thread")]
async fn der_x_5_the_same_upload_under_the_same_key_is_one_run() {
    let app = TestApp::start().await;
    let desk = app.login("recept").await;
    let send = |bytes: &str, name: &str| {
        let path = format!("/imports?kind=houses&file_name={name}");
        desk.request(Method::POST, &path)
            .header("idempotency-key", "upload-000001")
            .body(bytes.to_owned())
    };
    let first = desk.send(send(HOUSES, "a.csv")).await.expect(201);
    let again = desk.send(send(HOUSES, "a.csv")).await.expect(201);
    assert_eq!(again.headers["idempotent-replayed"], "true");
    assert_eq!(
        (&first.body, &first.headers["location"]),
        (&again.body, &again.headers["location"])
    );
    // The key is bound to the content and to what it is uploaded as.
    desk.send(send("房号\n1-1-101\n", "a.csv"))
        .await
        .problem(422, "idempotency_mismatch");
    desk.send(send(HOUSES, "b.csv"))
        .await
        .problem(422, "idempotency_mismatch");
    let runs = desk.get("/imports").await.json(200);
    assert_eq!(runs["items"].as_array().expect("runs").len(), 1);
    // Two at once: the second waits for the first and gets its answer.
    let at_once = |key: &'static str| {
        let request = desk
            .request(Method::POST, "/imports?kind=houses")
            .header("idempotency-key", key);
        desk.send(request.body(HOUSES))
    };
    let (one, other) = tokio::join!(at_once("upload-000002"), at_once("upload-000002"));
    assert_eq!(one.expect(201).body["id"], other.expect(201).body["id"]);
    let short = desk
        .request(Method::POST, "/imports?kind=houses")
        .header("idempotency-key", "x");
    desk.send(short.body(HOUSES)).await.problem(400, "bad_request");
}
