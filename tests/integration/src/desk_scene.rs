//! What the suites of repairs share: technicians on duty, a house, a request, an order at a given step.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;
use wuye_domain::{service_desk::RepairCategory, shared::search::Tokens};
use wuye_persistence::schema::{blocks, houses, qualifications, roster_entries, shifts};

use crate::harness::{Client, Staff, TestApp};

/// A picture of 8 × 6 pixels.
pub const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x08, 0x00, 0x00, 0x00, 0x06, 0x08, 0x02, 0x00, 0x00, 0x00, 0x71, 0x67, 0x48, 0xac, 0x00, 0x00, 0x00, 0x11, 0x49,
    0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x38, 0xa1, 0xa1, 0x81, 0x15, 0x31, 0x0c, 0xa4, 0x04, 0x00, 0x80, 0xf7, 0x34,
    0x81, 0x45, 0xca, 0x22, 0xfd, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

/// The technicians of the test estate.
pub const TECHNICIANS: &[&str] = &["tech", "tech2", "tech3"];

/// Everybody in [`TECHNICIANS`] is qualified for everything and on duty for two weeks from Monday, the 2nd of March 2026.
pub async fn technicians_on_duty(app: &TestApp) {
    let mut conn = app.conn().await;
    let now = app.clock.now();
    let shift = Uuid::now_v7();
    diesel::insert_into(shifts::table)
        .values((
            shifts::id.eq(shift),
            shifts::estate_id.eq(app.estate()),
            shifts::code.eq("TEST"),
            shifts::name.eq("测试班"),
            shifts::starts_minute.eq(0),
            shifts::ends_minute.eq(1440),
            shifts::kind.eq("duty"),
        ))
        .execute(&mut conn)
        .await
        .expect("a shift");
    for name in TECHNICIANS {
        let staff = Staff::of(name);
        let starts: chrono::DateTime<chrono::Utc> = "2026-03-01T16:00:00Z".parse().expect("a time");
        diesel::insert_into(roster_entries::table)
            .values((
                roster_entries::id.eq(Uuid::now_v7()),
                roster_entries::estate_id.eq(app.estate()),
                roster_entries::responsible_post.eq("TECH"),
                roster_entries::responsible_assignment.eq(staff.assignment),
                roster_entries::employee_id.eq(staff.employee),
                roster_entries::shift_id.eq(shift),
                roster_entries::on_date.eq(starts.date_naive()),
                roster_entries::starts_at.eq(starts),
                roster_entries::ends_at.eq(starts + chrono::Duration::days(14)),
                roster_entries::created_at.eq(now),
            ))
            .execute(&mut conn)
            .await
            .expect("a roster entry");
        for category in RepairCategory::ALL {
            qualify(app, name, *category).await;
        }
    }
}

/// Makes somebody qualified for a category.
pub async fn qualify(app: &TestApp, name: &str, category: RepairCategory) {
    diesel::insert_into(qualifications::table)
        .values((
            qualifications::id.eq(Uuid::now_v7()),
            qualifications::employee_id.eq(Staff::of(name).employee),
            qualifications::category_code.eq(category.code()),
            qualifications::valid_from.eq(chrono::NaiveDate::from_ymd_opt(2020, 1, 1).expect("a date")),
            qualifications::created_at.eq(app.clock.now()),
        ))
        .execute(&mut app.conn().await)
        .await
        .expect("a qualification");
}

/// A house with this number in an estate.
pub async fn house_in(app: &TestApp, estate: Uuid, no: &str) -> Uuid {
    let (mut conn, now) = (app.conn().await, app.clock.now());
    let (block, house) = (Uuid::now_v7(), Uuid::now_v7());
    diesel::insert_into(blocks::table)
        .values((
            blocks::id.eq(block),
            blocks::estate_id.eq(estate),
            blocks::no.eq(format!("B{no}")),
            blocks::name.eq("3栋"),
            blocks::kind.eq("high_rise"),
            blocks::sort_key.eq(no),
            blocks::state.eq("active"),
            blocks::created_at.eq(now),
            blocks::updated_at.eq(now),
        ))
        .execute(&mut conn)
        .await
        .expect("a block");
    diesel::insert_into(houses::table)
        .values((
            houses::id.eq(house),
            houses::estate_id.eq(estate),
            houses::block_id.eq(block),
            houses::no.eq(no),
            houses::room.eq("501"),
            houses::use_.eq("residential"),
            houses::status.eq("occupied"),
            houses::sort_key.eq(no),
            houses::search.eq(Tokens::new().text(no).into_vec()),
            houses::state.eq("active"),
            houses::created_at.eq(now),
            houses::updated_at.eq(now),
        ))
        .execute(&mut conn)
        .await
        .expect("a house");
    house
}

/// A request for water, with what `more` adds.
pub async fn request(client: &Client, more: Value) -> Value {
    let mut body = json!({ "place_text": "3-2-501", "category": "water", "text": "厨房水管漏水" });
    for (field, value) in more.as_object().expect("an object") {
        body[field] = value.clone();
    }
    client.post("/repair-requests", body).await.json(201)
}

/// Dispatches a request to this technician, with a reason in case it is not the suggested one.
pub async fn dispatch(client: &Client, request: &Value, technician: &str) -> Value {
    let id = request["id"].as_str().expect("an id");
    let body = json!({ "technician_id": Staff::of(technician).employee, "reason": "测试指定" });
    client
        .post(&format!("/repair-requests/{id}/dispatch"), body)
        .await
        .json(201)
}

/// The path of a work order, with an action.
pub fn order_path(order: &Value, action: &str) -> String {
    let id = order["id"].as_str().expect("an id");
    if action.is_empty() {
        format!("/work-orders/{id}")
    } else {
        format!("/work-orders/{id}/{action}")
    }
}

/// What a technician writes down, signed by the resident.
pub fn completion() -> Value {
    json!({
        "cause": "阀门老化", "work_done": "更换阀门", "minutes_worked": 45,
        "materials_used": [{ "name": "角阀", "quantity": 1000, "unit": "个", "cost_fen": 3500 }],
        "safety_check": { "passed": true }, "resident_sign": { "kind": "signed", "name": "张三" }
    })
}

/// Accepts, arrives and finishes.
pub async fn repair(technician: &Client, order: &Value) {
    technician
        .post(&order_path(order, "accept"), json!({}))
        .await
        .expect(200);
    technician
        .post(&order_path(order, "arrive"), json!({}))
        .await
        .expect(200);
    technician
        .post(&order_path(order, "finish"), completion())
        .await
        .expect(200);
}

/// Uploads one file in the field `file`.
pub async fn upload(client: &Client, path: &str, name: &str, bytes: Vec<u8>) -> crate::harness::Answer {
    let part = reqwest::multipart::Part::bytes(bytes)
        .file_name(name.to_owned())
        .mime_str("image/jpeg")
        .expect("a type");
    let form = reqwest::multipart::Form::new().part("file", part);
    client
        .send(client.request(reqwest::Method::POST, path).multipart(form))
        .await
}
