//! Reports from the page behind the QR code, taken in by the desk.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{
    Shared,
    worker::{Faulty, Worker, text},
};

/// A resident and the desk.
pub async fn work(shared: Arc<Shared>) {
    if let Err(fault) = reports(&shared).await {
        shared.ledger.fault(format!("residents: {fault}"));
    }
}

/// The load is not what the limits of the public page are for.
pub async fn raise_limits(shared: &Arc<Shared>) {
    let raised = async {
        let mut manager = Worker::enter(shared, "cscmgr").await?;
        for (key, value) in [
            ("public.reports_per_hour", 1_000),
            ("public.estate_reports_per_hour", 100_000),
        ] {
            let change = json!({ "key": key, "value": value, "reason": "测试" });
            manager.write("/settings", change, |_, _| ()).await?;
        }
        Faulty::Ok(())
    };
    if let Err(fault) = raised.await {
        shared.ledger.fault(format!("settings: {fault}"));
    }
}

async fn reports(shared: &Arc<Shared>) -> Faulty<()> {
    let mut desk = Worker::enter(shared, "recept").await?;
    let estates = desk.read("/estates").await?;
    let page = format!("/public/estates/{}/reports", text(&estates, "/items/0/public_code")?);
    let mut round = 0_u32;
    while !shared.stopping() {
        round += 1;
        // Everybody has an address of their own.
        let mut resident = Worker::stranger(shared);
        let said = format!("路灯不亮，第{round}次");
        let report = json!({ "kind": "repair", "text": said, "location": "南门" });
        let received = resident.write(&page, report, |_, _| ()).await?;
        text(&received, "/tracking_code")?;
        let waiting = desk.read("/resident-reports?state=received&limit=200").await?;
        let found = waiting["items"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|report| report["text"] == said);
        let id = text(found.unwrap_or(&Value::Null), "/id")?;
        let path = format!("/resident-reports/{id}");
        let taking = format!("{path}/take-in");
        desk.write(&taking, json!({ "category": "other" }), |ledger, it| {
            ledger.keep(path, "recept", "", it, &["no", "state", "version", "text"]);
        })
        .await?;
    }
    Ok(())
}
