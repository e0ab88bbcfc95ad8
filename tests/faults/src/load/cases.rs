//! Complaints up to the verdict of two people.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{
    Ledger, Shared,
    worker::{Faulty, Worker, text},
};

const NOTED: [&str; 4] = ["no", "state", "version", "text"];

/// The desk and its supervisor.
pub async fn work(shared: Arc<Shared>) {
    if let Err(fault) = cases(&shared).await {
        shared.ledger.fault(format!("cases: {fault}"));
    }
}

async fn cases(shared: &Arc<Shared>) -> Faulty<()> {
    let mut desk = Worker::enter(shared, "recept").await?;
    let mut supervisor = Worker::enter(shared, "pubsup").await?;
    let owner = desk.employee().await?;
    let mut round = 0_u32;
    while !shared.stopping() {
        round += 1;
        let said = format!("楼道未清扫，第{round}次");
        let new = json!({ "kind": "complaint", "channel": "phone", "field": "cleaning", "text": said });
        let case = desk
            .write("/cases", new, |ledger, it| {
                ledger.keep_new("/cases", "recept", "", it, &NOTED)
            })
            .await?;
        let path = format!("/cases/{}", text(&case, "/id")?);
        let note = |ledger: &Ledger, it: &Value| ledger.keep(path.clone(), "recept", "", it, &NOTED);
        let verdict = json!({ "validity": "valid", "reason": "排班表显示漏扫" });
        for (step, body) in [("assign", json!({ "owner_id": owner })), ("propose-validity", verdict)] {
            desk.write(&format!("{path}/{step}"), body, note).await?;
        }
        supervisor
            .write(&format!("{path}/confirm-validity"), json!({}), note)
            .await?;
    }
    Ok(())
}
