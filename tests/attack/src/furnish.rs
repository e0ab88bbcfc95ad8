//! Records of the kinds that a fresh demo has none of, made by the people whose work it is.

use serde_json::{Value, json};
use wuye_stage::Person;

use crate::town::Town;

/// A picture of 8 × 6 pixels.
pub const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x08, 0x00, 0x00, 0x00, 0x06, 0x08, 0x02, 0x00, 0x00, 0x00, 0x71, 0x67, 0x48, 0xac, 0x00, 0x00, 0x00, 0x11, 0x49,
    0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x38, 0xa1, 0xa1, 0x81, 0x15, 0x31, 0x0c, 0xa4, 0x04, 0x00, 0x80, 0xf7, 0x34,
    0x81, 0x45, 0xca, 0x22, 0xfd, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

/// Makes something that must come to be.
pub async fn make(person: &Person, path: &str, body: Value) -> Value {
    let answer = person.post(path, body.clone()).await;
    assert!(
        answer.status.is_success(),
        "{path} {body}: {} {}",
        answer.status,
        answer.body
    );
    answer.body
}

/// The id of a record.
#[track_caller]
pub fn id(record: &Value) -> String {
    record["id"]
        .as_str()
        .unwrap_or_else(|| panic!("no id in {record}"))
        .to_owned()
}

/// The employee behind a login.
pub async fn employee(person: &Person) -> String {
    id(&person.get("/me").await.json(200)["employee"])
}

/// An upload of houses, one per room of an imagined block.
pub async fn import(person: &Person, rows: &str) -> Value {
    let table = format!("楼栋,单元,房号,用途,状态\n{rows}");
    let request = person
        .request(reqwest::Method::POST, "/imports?kind=houses")
        .body(table);
    person.send(request).await.json(201)
}

/// A request of the desk, dispatched to this technician.
pub async fn order(desk: &Person, technician: &Person, category: &str) -> Value {
    let report = json!({ "place_text": "大堂", "category": category, "text": "吊灯不亮" });
    let report = make(desk, "/repair-requests", report).await;
    let to = json!({ "technician_id": employee(technician).await, "reason": "就近" });
    make(desk, &format!("/repair-requests/{}/dispatch", id(&report)), to).await
}

/// What a demo lacks.
pub async fn furnish(town: &Town) {
    let (desk, tech, ticket) = (
        town.person("recept").await,
        town.person("tech").await,
        town.person("ticket").await,
    );
    let (manager, deputy) = (town.person("cscmgr").await, town.person("depmgr").await);
    desk.upload("a.png", PNG.to_vec()).await;
    let own = employee(&desk).await;
    make(
        &desk,
        "/computers",
        json!({ "no": "PC-01", "place": "desk", "custodian_id": own }),
    )
    .await;
    make(
        &desk,
        "/estate-checks",
        json!({ "estate_id": town.first, "year": 2026 }),
    )
    .await;
    import(&desk, "1,1,9901,住宅,空置\n").await;
    make(
        &desk,
        "/me/tokens",
        json!({ "name": "t", "permissions": ["self.read"], "days": 5 }),
    )
    .await;
    make(
        &ticket,
        "/backup-records",
        json!({ "kind": "backup", "place": "硬盘", "succeeded": true }),
    )
    .await;
    make(&ticket, "/data-checks", json!({ "area": "bills", "period": "2026-11" })).await;
    let correction = json!({ "record_kind": "bill", "record_ref": "B1", "field": "amount", "before_value": "1",
        "after_value": "2", "reason": "录入错误" });
    make(&ticket, "/data-corrections", correction).await;
    let ask = json!({ "employee_id": own, "kind": "disable", "reason": "调岗" });
    make(&town.person("pubsup").await, "/account-requests", ask).await;
    make(
        &manager,
        "/entrusted-duties",
        json!({ "duty": "巡查", "valid_from": "2026-11-01" }),
    )
    .await;
    let alias = json!({ "alias": "水工", "meaning": "TECH", "estate_id": town.first });
    make(&manager, "/name-aliases", alias).await;
    let service = json!({ "username": "svc-report", "display_name": "报表", "permissions": ["case.read"],
        "estates": [town.first], "reason": "对接" });
    let service = make(&deputy, "/services", service).await;
    let token = json!({ "name": "t", "permissions": ["case.read"], "days": 5 });
    make(&deputy, &format!("/services/{}/tokens", id(&service)), token).await;
    let order = id(&order(&desk, &tech, "shared_facility").await);
    make(&tech, &format!("/work-orders/{order}/accept"), json!({})).await;
    let hold =
        json!({ "kind": "material", "reason": "须换灯具", "cost": { "kind": "material", "amount_fen": 250_000 } });
    make(&tech, &format!("/work-orders/{order}/hold"), hold).await;
    // Nothing may be sent from here: a delivery that was given up long ago.
    let delivery = format!(
        "INSERT INTO notice_deliveries (id, estate_id, notice_id, recipient_id, channel, state, tries, next_at, created_at) \
         SELECT gen_random_uuid(), estate_id, id, recipient_id, 'dingtalk', 'given_up', 6, now(), now() \
         FROM notices WHERE estate_id = '{}' LIMIT 1",
        town.first
    );
    assert_eq!(town.sql.change(&delivery).await, 1, "a notice of the order");
}
