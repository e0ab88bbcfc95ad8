//! Tables of residents, checked and taken in by the job worker.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};

use super::{
    Ledger, Shared,
    worker::{Faulty, Worker, text},
};

/// Rows of a table.
pub const ROWS: usize = 600;

/// The desk with a table in hand, and another one after it.
pub async fn work(shared: Arc<Shared>) {
    if let Err(fault) = imports(&shared).await {
        shared.ledger.fault(format!("imports: {fault}"));
    }
}

async fn imports(shared: &Arc<Shared>) -> Faulty<()> {
    let mut desk = Worker::enter(shared, "recept").await?;
    let mut round = 0;
    while !shared.stopping() {
        round += 1;
        let mut csv = String::from("姓名,类别,证件号码,联系电话\n");
        for row in 0..ROWS {
            csv.push_str(&format!("导入{round:05}之{row:03},业主,,139{round:05}{row:03}\n"));
        }
        let note = |ledger: &Ledger, it: &Value| ledger.keep_new("/imports", "recept", "", it, &["total_rows"]);
        let run = desk
            .table("/imports?kind=parties&file_name=owners.csv", &csv, note)
            .await?;
        let path = format!("/imports/{}", text(&run, "/id")?);
        wait_for(&mut desk, &path, "ready").await?;
        desk.write(&format!("{path}/start"), json!({}), |_, _| ()).await?;
        wait_for(&mut desk, &path, "done").await?;
        let run = desk.read(&path).await?;
        if run["added"] != ROWS || run["rejected"] != 0 {
            return Err(format!("{ROWS} new rows became {run}"));
        }
        shared
            .ledger
            .keep(path, "recept", "", &run, &["state", "added", "changed", "rejected"]);
    }
    Ok(())
}

async fn wait_for(desk: &mut Worker, path: &str, state: &str) -> Faulty<()> {
    // A run whose server died goes on when its lease is over.
    for _ in 0..3_000 {
        let run = desk.read(path).await?;
        if run["state"] == state {
            return Ok(());
        }
        if run["state"] == "failed" {
            return Err(format!("{path}: {run}"));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err(format!("{path} does not become {state}: {}", desk.read(path).await?))
}
