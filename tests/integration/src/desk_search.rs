//! What is found in the lists of the desk is the same by whichever way the database comes to it (POS-RECEPT-05).

use diesel_async::RunQueryDsl;
use serde_json::{Value, json};

use crate::desk_scene::{dispatch, house_in, request, technicians_on_duty};
use crate::harness::{Client, TestApp};

const LISTS: [&str; 3] = ["/repair-requests", "/work-orders", "/cases"];

/// What the lists find, newest first, and how many they say there are.
async fn found(desk: &Client, words: &[String]) -> Vec<Vec<(Vec<String>, i64)>> {
    let mut all = Vec::new();
    for path in LISTS {
        let mut of_list = Vec::new();
        for text in words {
            let q: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
            let page = desk.get(&format!("{path}?q={q}&count=true&limit=50")).await.json(200);
            let items = page["items"].as_array().expect("items");
            let ids = items.iter().map(|item| item["id"].as_str().expect("an id").to_owned());
            of_list.push((ids.collect(), page["total"].as_i64().expect("a total")));
        }
        all.push(of_list);
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_05_common_and_rare_words_a_house_a_number_and_a_name_find_the_same_rows() {
    let app = TestApp::start().await;
    technicians_on_duty(&app).await;
    let recept = app.login("recept").await;
    let house = house_in(&app, app.estate(), "3-2-501").await;
    let mut orders = Vec::new();
    for text in ["厨房水管漏水", "阳台地漏漏水", "插座跳闸"] {
        let made = request(&recept, json!({ "house_id": house, "text": text })).await;
        orders.push(dispatch(&recept, &made, "tech2").await);
    }
    let mut case = json!({ "kind": "complaint", "channel": "phone", "field": "engineering", "text": "漏水三天没人管" });
    case["reporter_name"] = json!("欧阳小明");
    case["reporter_phone"] = json!("13812345678");
    recept.post("/cases", case).await.json(201);

    let number = |order: &Value| order["no"].as_str().expect("a number").to_owned();
    let words: Vec<String> = ["漏水", "跳闸", "3栋2单元501", "漏水 跳闸", "欧阳小明", "没有这样的词"]
        .map(str::to_owned)
        .into_iter()
        .chain([number(&orders[2]), number(&orders[2]).to_lowercase()])
        .collect();
    let counts = |all: &[Vec<(Vec<String>, i64)>]| -> Vec<Vec<usize>> {
        let of_list = |list: &Vec<(Vec<String>, i64)>| list.iter().map(|(ids, _)| ids.len()).collect();
        all.iter().map(of_list).collect()
    };
    // The database knows nothing of these words yet: all of them pass for rare.
    let rare = found(&recept, &words).await;
    assert_eq!(
        counts(&rare),
        [
            vec![2, 1, 3, 0, 0, 0, 0, 0],
            vec![2, 1, 3, 0, 0, 0, 1, 1],
            vec![1, 0, 0, 0, 1, 0, 0, 0],
        ]
    );
    for (ids, total) in rare.iter().flatten() {
        assert_eq!(i64::try_from(ids.len()).ok(), Some(*total));
    }
    assert_eq!(rare[1][6].0, [orders[2]["id"].as_str().expect("an id")]);

    diesel::sql_query("ANALYZE")
        .execute(&mut app.conn().await)
        .await
        .expect("statistics");
    // Now those that stand in a row or more of a hundred are common.
    assert_eq!(found(&recept, &words).await, rare);
}

#[tokio::test(flavor = "multi_thread")]
async fn pos_recept_05_the_number_of_a_house_finds_what_was_repaired_there_and_what_speaks_of_it() {
    let app = TestApp::start().await;
    technicians_on_duty(&app).await;
    let recept = app.login("recept").await;
    let house = house_in(&app, app.estate(), "3-2-501").await;
    let below = house_in(&app, app.estate(), "3-2-401").await;
    let mut ids = Vec::new();
    for (place, text) in [
        (&house, "卫生间漏水，漏到了3栋2单元401"),
        (&below, "天花板渗水"),
        (&house, "插座跳闸"),
        (&below, "3-2-401 门锁坏了"),
        (&house, "楼下401的门也关不上"),
    ] {
        let made = request(&recept, json!({ "house_id": place, "text": text })).await;
        let order = dispatch(&recept, &made, "tech2").await;
        ids.push(order["id"].as_str().expect("an id").to_owned());
    }
    let newest_first = |wanted: &[usize]| -> Vec<&str> { wanted.iter().map(|n| ids[*n].as_str()).collect() };
    let ids_of = |page: &Value| -> Vec<String> {
        let items = page["items"].as_array().expect("items").iter();
        items
            .map(|item| item["id"].as_str().expect("an id").to_owned())
            .collect()
    };
    let whole = recept
        .get("/work-orders?q=3-2-401&sort=-dispatched_at&count=true")
        .await
        .json(200);
    assert_eq!(ids_of(&whole), newest_first(&[3, 1, 0]));
    assert_eq!(whole["total"], 3);
    let oldest_first = recept
        .get("/work-orders?q=3-2-401&sort=dispatched_at&count=true")
        .await
        .json(200);
    assert_eq!(ids_of(&oldest_first), newest_first(&[0, 1, 3]));

    // Page by page it is the same, whichever of the two a row is found by.
    let mut seen = Vec::new();
    let mut path = "/work-orders?q=3-2-401&sort=-dispatched_at&limit=1".to_owned();
    loop {
        let page = recept.get(&path).await.json(200);
        seen.extend(ids_of(&page));
        let Some(next) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("/work-orders?q=3-2-401&sort=-dispatched_at&limit=1&cursor={next}");
    }
    assert_eq!(seen, ids_of(&whole));

    // The history of the house itself holds what was done there alone.
    let history = recept.get(&format!("/work-orders?house_id={below}")).await.json(200);
    assert_eq!(ids_of(&history), newest_first(&[3, 1]));
}
