//! Repairs from the report to the return visit.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{
    Ledger, Shared, photo,
    worker::{Faulty, Worker, text},
};

/// The desk and one technician.
pub async fn work(shared: Arc<Shared>, technician: &'static str) {
    if let Err(fault) = repairs(&shared, technician).await {
        shared.ledger.fault(format!("repairs of {technician}: {fault}"));
    }
}

async fn repairs(shared: &Arc<Shared>, technician: &'static str) -> Faulty<()> {
    let mut desk = Worker::enter(shared, "recept").await?;
    let mut field = Worker::enter(shared, technician).await?;
    let employee = field.employee().await?;
    let mut round = 0_u32;
    while !shared.stopping() {
        round += 1;
        let said = format!("厨房漏水，{technician}的第{round}单");
        let order = report(&mut desk, &said, &employee).await?;
        repair(&mut field, &order).await?;
        let path = format!("{order}/verify");
        desk.write(&path, json!({}), |ledger, it| note_order(ledger, &order, it))
            .await?;
        visit(&mut desk, &order).await?;
    }
    Ok(())
}

fn note_order(ledger: &Ledger, path: &str, order: &Value) {
    ledger.keep(path.to_owned(), "recept", "/order", order, &["no", "state", "version"]);
}

/// A report and its dispatch; gives the path of the order.
async fn report(desk: &mut Worker, said: &str, technician: &str) -> Faulty<String> {
    const NOTED: [&str; 4] = ["no", "state", "version", "text"];
    let report = json!({ "place_text": "3-2-501", "category": "water", "text": said });
    let request = desk
        .write("/repair-requests", report, |ledger, it| {
            ledger.keep_new("/repair-requests", "recept", "", it, &NOTED);
        })
        .await?;
    let path = format!("/repair-requests/{}", text(&request, "/id")?);
    let to = json!({ "technician_id": technician, "reason": "指定" });
    let order = desk
        .write(&format!("{path}/dispatch"), to, |ledger, it| {
            ledger.keep_new("/work-orders", "recept", "/order", it, &["no", "state", "version"]);
            let dispatched = json!({ "no": request["no"], "state": "dispatched", "text": said });
            ledger.keep(path.clone(), "recept", "", &dispatched, &["no", "state", "text"]);
        })
        .await?;
    Ok(format!("/work-orders/{}", text(&order, "/id")?))
}

async fn repair(field: &mut Worker, order: &str) -> Faulty<()> {
    let picture = field.upload(photo(64)).await?;
    let done = json!({
        "cause": "阀门老化", "work_done": "更换阀门", "minutes_worked": 45, "file_ids": [picture],
        "materials_used": [{ "name": "角阀", "quantity": 1000, "unit": "个", "cost_fen": 3500 }],
        "safety_check": { "passed": true }, "resident_sign": { "kind": "signed", "name": "张三" },
    });
    for (step, body) in [("accept", json!({})), ("arrive", json!({})), ("finish", done)] {
        let path = format!("{order}/{step}");
        field
            .write(&path, body, |ledger, it| note_order(ledger, order, it))
            .await?;
    }
    Ok(())
}

/// The visit falls due by the verification, and its answer closes order and request.
async fn visit(desk: &mut Worker, order: &str) -> Faulty<()> {
    let id = order.rsplit('/').next().unwrap_or_default();
    let due = desk
        .read(&format!("/visits?subject=work_order&subject_id={id}"))
        .await?;
    let visit = format!("/visits/{}", text(&due, "/items/0/id")?);
    let known = desk.read(order).await?;
    let request = format!("/repair-requests/{}", text(&known, "/order/request_id")?);
    let answer = json!({ "method": "phone", "result": "satisfied", "comment": "修好了" });
    desk.write(&format!("{visit}/record"), answer, |ledger, it| {
        ledger.keep(visit.clone(), "recept", "", it, &["no", "state", "version", "result"]);
        let closed = json!({ "no": it["subject_no"], "state": "closed" });
        ledger.keep(order.to_owned(), "recept", "/order", &closed, &["no", "state"]);
        let closed = json!({ "no": known["order"]["request_no"], "state": "closed" });
        ledger.keep(request, "recept", "", &closed, &["no", "state"]);
    })
    .await?;
    Ok(())
}
