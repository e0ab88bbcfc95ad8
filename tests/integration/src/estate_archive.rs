//! The archive of houses and owners: people, times, files, consultations (POS-PUBSUP-06, POS-RECEPT-05, -06a, -06b).

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    desk_scene::{PNG, upload},
    estate_register::{Built, build},
    harness::{Client, TestApp},
};

const PHONE: &str = "13812345678";
const IDENTITY: &str = "11010519491231002X";

async fn party(app: &TestApp, desk: &Client, name: &str, phone: &str) -> String {
    let new = json!({"estate_id": app.estate(), "kind": "owner", "name": name, "phones": [phone]});
    desk.post("/parties", new).await.expect(201).id()
}

async fn owner(app: &TestApp, desk: &Client, built: &Built) -> String {
    let new = json!({"estate_id": app.estate(), "kind": "owner", "name": "张三丰", "identity_number": IDENTITY, "phones": [PHONE]});
    let party = desk.post("/parties", new).await.expect(201).id();
    let occupancy = json!({"party_id": party, "house_id": built.house, "role": "owner", "valid_from": "2024-06-01"});
    desk.post("/occupancies", occupancy.clone()).await.expect(201);
    desk.post("/occupancies", occupancy).await.problem(409, "conflict");
    party
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_05_pos_pubsup_06_each_post_sees_of_a_person_what_its_work_needs() {
    let app = TestApp::start().await;
    let built = build(&app).await;
    let desk = app.login("recept").await;
    let party = owner(&app, &desk, &built).await;
    for (login, phone, identity) in [
        ("recept", true, true),
        ("pubsup", true, true),
        ("renoadm", true, false),
        ("feecol", true, false),
        ("ticket", true, false),
        ("tech", false, false),
        ("guard", false, false),
        ("cleaner", false, false),
        ("cashier", false, false),
        ("cscmgr", false, false),
        ("depmgr", false, false),
    ] {
        let client = app.login(login).await;
        for path in [
            format!("/parties/{party}"),
            format!("/parties/{party}/record"),
            format!("/houses/{}/record", built.house),
        ] {
            let body = client.get(&path).await.json(200).to_string();
            assert_eq!(body.contains(PHONE), phone, "{login} and the phone at {path}");
            assert_eq!(
                body.contains(IDENTITY),
                identity,
                "{login} and the identity number at {path}"
            );
            assert!(body.contains("张三丰"), "{login} sees the name");
        }
        let listed = String::from_utf8(client.get("/parties/export?format=csv").await.expect(200).bytes).expect("text");
        assert_eq!(listed.contains(PHONE), phone, "{login} and the phone in the export");
        let found = client.get("/houses?q=5678").await.json(200);
        assert_eq!(
            !found["items"].as_array().expect("a list").is_empty(),
            phone,
            "{login} searching by phone tail"
        );
        let exact = client
            .post("/parties/lookup", json!({"identity_number": IDENTITY}))
            .await;
        assert_eq!(
            exact.status.as_u16(),
            if identity { 200 } else { 403 },
            "{login} looking up"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_05_a_collector_sees_contacts_of_the_own_area_only() {
    let app = TestApp::start().await;
    let built = build(&app).await;
    let desk = app.login("recept").await;
    let party = owner(&app, &desk, &built).await;
    let mut conn = app.conn().await;
    for (area, open) in [(uuid::Uuid::now_v7().to_string(), false), (built.area.clone(), true)] {
        let sql = format!("UPDATE assignments SET area_id = '{area}' WHERE post = 'FEECOL'");
        diesel_async::SimpleAsyncConnection::batch_execute(&mut conn, &sql)
            .await
            .expect("moved");
        let collector = app.login("feecol").await;
        let body = collector.get(&format!("/parties/{party}")).await.json(200).to_string();
        assert_eq!(body.contains(PHONE), open, "in the own area: {open}");
        let found = collector.get("/parties?q=5678").await.json(200);
        assert_eq!(!found["items"].as_array().expect("a list").is_empty(), open);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_05_a_house_is_found_in_every_way_people_name_it() {
    let app = TestApp::start().await;
    let built = build(&app).await;
    let desk = app.login("recept").await;
    owner(&app, &desk, &built).await;
    for q in [
        "3-2-501",
        "3栋2单元501",
        "３－２－５０１",
        "三栋二单元五〇一",
        "3#2-501",
        "3号楼2单元5层501室",
        "501",
        "3栋",
        "张三丰",
        "三丰",
        "zsf",
        "zhang",
        "5678",
        "138 1234 5678",
    ] {
        let found = desk
            .get(&format!("/houses?count=true&q={}", encoded(q)))
            .await
            .json(200);
        assert_eq!(found["total"], 1, "{q}");
        assert_eq!(found["items"][0]["id"], built.house.as_str(), "{q}");
    }
    for q in ["3-2-502", "李四", "4栋", "9999", "!!!", "%"] {
        let found = desk.get(&format!("/houses?q={}", encoded(q))).await.json(200);
        assert!(found["items"].as_array().expect("a list").is_empty(), "{q}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_05_people_times_and_files_are_found_by_door_and_by_name() {
    let app = TestApp::start().await;
    let built = build(&app).await;
    let desk = app.login("recept").await;
    owner(&app, &desk, &built).await;
    party(&app, &desk, "李四", "13900000002").await;
    let file = desk.get("/house-files").await.json(200)["items"][0].clone();
    let number = file["no"].as_str().expect("a number").to_lowercase();
    for (list, queries) in [
        (
            "/parties",
            vec!["3栋2单元501", "３－２－５０１", "张三丰", "zsf", "5678"],
        ),
        ("/occupancies", vec!["3-2-501", "3#2-501", "三丰", "zsf"]),
        ("/house-files", vec!["3-2-501", "张三丰", number.as_str()]),
    ] {
        for q in queries {
            let found = desk.get(&format!("{list}?count=true&q={}", encoded(q))).await.json(200);
            assert_eq!(found["total"], 1, "{list} {q}");
        }
        for q in ["3-2-502", "王五", "!!!", "%"] {
            let found = desk.get(&format!("{list}?q={}", encoded(q))).await.json(200);
            assert_eq!(found["items"], json!([]), "{list} {q}");
        }
    }
    let listed = desk.get("/parties?q=zsf").await.json(200);
    let home = json!([{"house_id": built.house, "house_no": "3-2-501", "role": "owner"}]);
    assert_eq!(
        listed["items"][0]["homes"], home,
        "namesakes are told apart by their door"
    );
    // Who may not see phones does not find anybody by one, here as among the houses.
    let tech = app.login("tech").await;
    assert_eq!(tech.get("/parties?q=5678").await.json(200)["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_06b_scans_open_to_keepers_and_to_readers_with_leave() {
    let app = TestApp::start().await;
    let built = build(&app).await;
    let desk = app.login("recept").await;
    let party = owner(&app, &desk, &built).await;
    let (reader, supervisor) = (app.login("tech").await, app.login("pubsup").await);
    let file = desk.get("/house-files").await.json(200)["items"][0]["id"]
        .as_str()
        .expect("a file")
        .to_owned();
    let path = format!("/house-files/{file}");
    let scan = upload(&desk, "/files", "card.png", PNG.to_vec()).await.expect(201).id();
    let document = json!({"kind": "id_copy", "title": "身份证复印件", "file_id": scan});
    desk.post(&format!("{path}/items"), document.clone()).await.expect(201);
    let foreign = upload(&reader, "/files", "card.png", PNG.to_vec())
        .await
        .expect(201)
        .id();
    let refused = desk
        .post(
            &format!("{path}/items"),
            json!({"kind": "id_copy", "title": "复印件", "file_id": foreign}),
        )
        .await
        .problem(422, "validation_failed");
    assert_eq!(refused["errors"][0]["pointer"], "/file_id", "somebody else's upload");

    let kept = desk.get(&path).await.json(200);
    assert_eq!(
        (&kept["scans_open"], &kept["scans"][0]["id"]),
        (&json!(true), &json!(scan))
    );
    assert_eq!(kept["house_no"], "3-2-501");
    supervisor.get(&format!("/files/{scan}")).await.expect(200);
    let closed = reader.get(&path).await.json(200);
    assert_eq!((&closed["scans_open"], &closed["scans"]), (&json!(false), &json!([])));
    reader.get(&format!("/files/{scan}")).await.problem(404, "not_found");

    let ask = json!({"house_file_id": file, "purpose": "核对"});
    let asked = reader.post("/consultations", ask).await.json(201);
    let consultation = format!("/consultations/{}", asked["id"].as_str().expect("an id"));
    reader.get(&format!("/files/{scan}")).await.problem(404, "not_found");
    supervisor
        .post(&format!("{consultation}/approve"), json!({}))
        .await
        .expect(200);
    reader.get(&format!("/files/{scan}")).await.expect(200);
    desk.post(&format!("{consultation}/hand-out"), json!({}))
        .await
        .expect(200);
    assert_eq!(reader.get(&path).await.json(200)["scans_open"], true);
    desk.post(&format!("{consultation}/return"), json!({}))
        .await
        .expect(200);
    reader.get(&format!("/files/{scan}")).await.problem(404, "not_found");

    // The papers of a person are open to those who may see identity numbers.
    let of_party = format!("/attachments?subject_kind=party&subject_id={party}");
    let card = upload(&desk, "/files", "card.png", PNG.to_vec()).await.expect(201).id();
    let papers = json!({"subject_kind": "party", "subject_id": party, "file_ids": [card]});
    desk.post("/attachments", papers).await.expect(201);
    assert_eq!(supervisor.get(&of_party).await.json(200)[0]["id"], card.as_str());
    reader.get(&of_party).await.problem(404, "not_found");
    reader.get(&format!("/files/{card}")).await.problem(404, "not_found");
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn pos_recept_05_any_house_is_found_by_any_spelling_of_it(block in 1u8..99, unit in 1u8..9, floor in 1u8..33, room in 1u8..9) {
        use wuye_domain::shared::{house_no::HouseRef, search::{Tokens, query_tokens}};
        let door = HouseRef::parse(&format!("{block}-{unit}-{floor}0{room}")).expect("a house");
        let stored = Tokens::new().house(&door).into_vec();
        for spelling in [
            format!("{block}-{unit}-{floor}0{room}"),
            format!("{block}栋{unit}单元{floor}0{room}"),
            format!("{block}号楼{unit}单元{floor}层{floor}0{room}室"),
            format!("{block}#{unit}-{floor}0{room}"),
        ] {
            prop_assert!(query_tokens(&spelling).iter().all(|token| stored.contains(token)), "{}", spelling);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_05_a_new_owner_archives_the_file_and_opens_another() {
    let app = TestApp::start().await;
    let built = build(&app).await;
    let desk = app.login("recept").await;
    let first = owner(&app, &desk, &built).await;
    let record = desk.get(&format!("/houses/{}/record", built.house)).await.json(200);
    let file = record["file"]["id"].as_str().expect("a file").to_owned();
    assert_eq!(record["file"]["opened_on"], "2024-06-01", "handing over opened it");
    let second = party(&app, &desk, "李四", "13900000002").await;
    let moved = desk
        .post(
            &format!("/houses/{}/transfer", built.house),
            json!({"owners": [second], "on": "2026-03-01", "reason": "买卖过户"}),
        )
        .await
        .json(200);
    assert_eq!(moved["archived"]["id"], file.as_str());
    assert_eq!(moved["ended"][0]["party_id"], first.as_str());
    assert_ne!(moved["opened"]["id"], file.as_str());
    assert_eq!(
        desk.get(&format!("/house-files/{file}")).await.json(200)["state"],
        "archived"
    );
    desk.post(
        &format!("/house-files/{file}/items"),
        json!({"kind": "contract", "title": "合同"}),
    )
    .await
    .problem(409, "wrong_state");
    let record = desk.get(&format!("/houses/{}/record", built.house)).await.json(200);
    let present: Vec<&Value> = record["occupants"]
        .as_array()
        .expect("people")
        .iter()
        .filter(|o| o["present"] == true)
        .collect();
    assert_eq!(present.len(), 1);
    assert_eq!(present[0]["party"]["name"], "李四");
    // Who has moved out is not found at the house any more.
    let found = desk.get(&format!("/houses?q={}", encoded("张三丰"))).await.json(200);
    assert!(found["items"].as_array().expect("a list").is_empty());
    let end = desk
        .post(
            &format!(
                "/occupancies/{}/end",
                moved["started"][0]["id"].as_str().expect("an id")
            ),
            json!({"valid_until": "2026-02-01", "reason": "错录"}),
        )
        .await;
    end.problem(422, "validation_failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_06a_a_file_shows_what_is_missing_until_it_is_complete() {
    let app = TestApp::start().await;
    let built = build(&app).await;
    let desk = app.login("recept").await;
    owner(&app, &desk, &built).await;
    let record = desk.get(&format!("/houses/{}/record", built.house)).await.json(200);
    let path = format!("/house-files/{}", record["file"]["id"].as_str().expect("a file"));
    desk.post(
        &format!("{path}/items"),
        json!({"kind": "contract", "title": "购房合同", "document_date": "2024-05-20"}),
    )
    .await
    .expect(201);
    let checked = desk.post(&format!("{path}/check"), json!({})).await.json(200);
    assert_eq!(checked["state"], "incomplete");
    assert_eq!(checked["missing"], json!(["handover", "id_copy", "fee_agreement"]));
    let index = app
        .login("pubsup")
        .await
        .get("/house-files?state=incomplete&missing=id_copy")
        .await
        .json(200);
    assert_eq!(index["items"][0]["house_no"], "3-2-501");
    for kind in ["handover", "id_copy", "fee_agreement"] {
        desk.post(&format!("{path}/items"), json!({"kind": kind, "title": kind}))
            .await
            .expect(201);
    }
    let full = desk.get(&path).await.json(200);
    assert_eq!(full["state"], "complete");
    let figures = desk.get("/inventory").await.json(200);
    assert_eq!(figures["completeness"]["file_completeness_e4"], 10_000);
    let item = full["items"][0]["id"].as_str().expect("a document");
    let voided = desk
        .post(&format!("{path}/items/{item}/void"), json!({"reason": "错件"}))
        .await
        .json(200);
    assert_eq!(
        (voided["state"].as_str(), voided["items"][0]["void_reason"].as_str()),
        (Some("incomplete"), Some("错件"))
    );
    app.login("tech")
        .await
        .post(&format!("{path}/check"), json!({}))
        .await
        .problem(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_06b_a_file_is_consulted_by_request_approval_and_return() {
    let app = TestApp::start().await;
    let built = build(&app).await;
    let desk = app.login("recept").await;
    owner(&app, &desk, &built).await;
    let record = desk.get(&format!("/houses/{}/record", built.house)).await.json(200);
    let file = record["file"]["id"].as_str().expect("a file").to_owned();
    let (reader, supervisor) = (app.login("tech").await, app.login("pubsup").await);
    let ask = json!({"house_file_id": file, "purpose": "核对管线图"});
    let asked = reader.post("/consultations", ask.clone()).await.json(201);
    assert_eq!(
        (&asked["state"], &asked["due_on"]),
        (&json!("requested"), &json!("2026-03-05"))
    );
    let path = format!("/consultations/{}", asked["id"].as_str().expect("an id"));
    desk.post(&format!("{path}/hand-out"), json!({}))
        .await
        .problem(409, "wrong_state");
    reader
        .post(&format!("{path}/approve"), json!({}))
        .await
        .problem(403, "forbidden");
    app.login("guard").await.get(&path).await.problem(404, "not_found");
    supervisor
        .post(&format!("{path}/approve"), json!({"note": "同意"}))
        .await
        .expect(200);
    desk.post(&format!("{path}/hand-out"), json!({})).await.expect(200);

    // The keeper reads by duty, but the file is with one reader at a time, and cannot be archived meanwhile.
    let own = desk.post("/consultations", ask).await.json(201);
    assert_eq!((&own["state"], &own["own_duty"]), (&json!("approved"), &json!(true)));
    let own = format!("/consultations/{}", own["id"].as_str().expect("an id"));
    desk.post(&format!("{own}/hand-out"), json!({}))
        .await
        .problem(409, "conflict");
    desk.post(&format!("/house-files/{file}/archive"), json!({"reason": "过户"}))
        .await
        .problem(409, "in_use");
    app.advance(chrono::Duration::days(4));
    let (desk, reader) = (app.login("recept").await, app.login("tech").await);
    let late = desk.get("/consultations?overdue=true").await.json(200)["items"][0].clone();
    assert_eq!(late["id"], asked["id"], "it should be back by now");
    assert_eq!((&late["overdue"], &late["house_no"]), (&json!(true), &json!("3-2-501")));
    for who in ["reader_name", "decided_by_name", "handed_out_by_name"] {
        assert!(late[who].as_str().is_some_and(|name| !name.is_empty()), "{who}: {late}");
    }
    desk.post(&format!("{path}/return"), json!({})).await.expect(200);
    assert_eq!(reader.get(&path).await.json(200)["state"], "returned");
    let log = desk.get("/consultations/export?format=csv").await.expect(200).bytes;
    assert!(
        log.starts_with("\u{feff}".as_bytes()),
        "a spreadsheet knows it as UTF-8"
    );
    let log = String::from_utf8(log).expect("text");
    let reader = late["reader_name"].as_str().expect("a name");
    assert!(
        log.contains(reader) && log.contains("3-2-501"),
        "which file, who: {log}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_05_the_trail_of_a_person_holds_no_number() {
    let app = TestApp::start().await;
    let built = build(&app).await;
    let desk = app.login("recept").await;
    let party = owner(&app, &desk, &built).await;
    let path = format!("/parties/{party}");
    let etag = desk.get(&path).await.etag();
    desk.patch(&path, &etag, json!({"phones": ["13900001111"]}))
        .await
        .expect(200);
    desk.patch(&path, &etag, json!({"name": "x"}))
        .await
        .problem(412, "version_conflict");
    let taken = json!({"estate_id": app.estate(), "kind": "owner", "name": "另一人", "identity_number": IDENTITY});
    desk.post("/parties", taken).await.problem(409, "conflict");
    let bad = json!({"estate_id": app.estate(), "kind": "owner", "name": "王五", "phones": ["12"]});
    let refused = desk.post("/parties", bad).await.problem(422, "validation_failed");
    assert_eq!(refused["errors"][0]["pointer"], "/phones/0");
    let mut conn = app.conn().await;
    let lines: i64 = {
        use diesel::{QueryableByName, sql_query, sql_types::BigInt};
        use diesel_async::RunQueryDsl;
        #[derive(QueryableByName)]
        struct Count {
            #[diesel(sql_type = BigInt)]
            n: i64,
        }
        let sql =
            "SELECT count(*) AS n FROM trail WHERE changes::text LIKE '%13900001111%' OR changes::text LIKE '%5678%'";
        sql_query(sql).get_result::<Count>(&mut conn).await.expect("a count").n
    };
    assert_eq!(lines, 0, "only digests");
}
