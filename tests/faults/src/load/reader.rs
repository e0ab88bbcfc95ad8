//! Reading what was acknowledged while everything goes on: it is never missing, not even for a moment.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Shared,
    worker::{Faulty, Worker},
};

/// Somebody who looks things up.
pub async fn work(shared: Arc<Shared>) {
    if let Err(fault) = reads(&shared).await {
        shared.ledger.fault(format!("reader: {fault}"));
    }
}

async fn reads(shared: &Arc<Shared>) -> Faulty<()> {
    let mut people: BTreeMap<&'static str, Worker> = BTreeMap::new();
    let mut number = 0_usize;
    while !shared.stopping() {
        // A step that meets every record sooner or later.
        number = number.wrapping_add(7_919);
        let Some((path, reader)) = shared.ledger.some(number) else {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            continue;
        };
        if !people.contains_key(reader) {
            people.insert(reader, Worker::enter(shared, reader).await?);
        }
        if let Some(worker) = people.get_mut(reader) {
            worker.fetch(&path).await?;
            shared.ledger.count(|figures| figures.read += 1);
        }
    }
    Ok(())
}
