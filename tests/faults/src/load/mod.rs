//! Mixed work of a service desk, going on until it is stopped: whatever happens to the server, each write is sent under one
//! key until it is answered, and what was answered is noted.

mod cases;
mod imports;
mod ledger;
mod reader;
mod repairs;
mod residents;
mod uploads;
mod worker;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use tokio::{
    sync::{RwLock, RwLockWriteGuard},
    task::JoinHandle,
};

pub use ledger::{Ledger, Mode};
pub use uploads::photo;
pub use worker::Tolerance;

/// Everybody at work.
pub struct Load {
    shared: Arc<Shared>,
    tasks: Vec<JoinHandle<()>>,
}

/// What the workers share.
pub struct Shared {
    base: String,
    tolerance: Tolerance,
    /// Read-locked by every write from its first sending to its answer.
    gate: RwLock<()>,
    stopping: AtomicBool,
    /// What was answered.
    pub ledger: Ledger,
}

impl Load {
    /// Sets everybody to work at this address.
    pub async fn start(base: &str, tolerance: Tolerance) -> Self {
        let shared = Arc::new(Shared {
            base: base.to_owned(),
            tolerance,
            gate: RwLock::new(()),
            stopping: AtomicBool::new(false),
            ledger: Ledger::default(),
        });
        residents::raise_limits(&shared).await;
        let mut tasks = Vec::new();
        for technician in ["tech", "tech2"] {
            tasks.push(tokio::spawn(repairs::work(shared.clone(), technician)));
        }
        tasks.push(tokio::spawn(cases::work(shared.clone())));
        tasks.push(tokio::spawn(residents::work(shared.clone())));
        tasks.push(tokio::spawn(imports::work(shared.clone())));
        tasks.push(tokio::spawn(uploads::work(shared.clone())));
        tasks.push(tokio::spawn(reader::work(shared.clone())));
        Self { shared, tasks }
    }

    /// Waits until every write that was sent has its answer, and keeps everybody from the next one while the value lives.
    pub async fn pause(&self) -> RwLockWriteGuard<'_, ()> {
        self.shared.gate.write().await
    }

    /// What was answered so far.
    pub fn ledger(&self) -> &Ledger {
        &self.shared.ledger
    }

    /// Lets everybody bring what they began to its end, and gives the account of it.
    pub async fn stop(self) -> Arc<Shared> {
        self.shared.stopping.store(true, Ordering::Relaxed);
        for task in self.tasks {
            if let Err(error) = task.await {
                self.shared.ledger.fault(format!("a worker ended: {error}"));
            }
        }
        self.shared
    }
}

impl Shared {
    fn stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}
