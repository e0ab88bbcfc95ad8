//! What every handler can reach: the pool, the clock, the keys, the live channel.

use std::sync::Arc;

use wuye_persistence::{Failure, Pool, db};

use crate::{
    clock::Clock, config::Config, contract::Contract, epoch::Epochs, live::Live, metrics::Metrics, token::Keys,
};

/// Shared by all workers of a server.
pub struct Shared {
    /// The settings of this server.
    pub config: Config,
    /// Where the database is.
    pub database_url: String,
    /// The clock.
    pub clock: Clock,
    /// Signs and reads access tokens.
    pub keys: Keys,
    /// Key of the digests that stand for personal data.
    pub digest_key: Vec<u8>,
    /// Which tokens are still good.
    pub epochs: Epochs,
    /// Who listens to changes.
    pub live: Live,
    /// What it offers.
    pub contract: Contract,
    /// What happened so far.
    pub metrics: Metrics,
    /// Where files lie.
    pub files: Arc<dyn object_store::ObjectStore>,
}

/// One worker's view: everything shared, and a pool of its own (a shared one costs a lock per request).
#[derive(Clone)]
pub struct App {
    /// The shared part.
    pub shared: Arc<Shared>,
    /// This worker's connections.
    pub pool: Pool,
}

impl App {
    /// For one worker.
    ///
    /// # Errors
    /// `Internal` when the pool cannot be built.
    pub fn new(shared: Arc<Shared>, connections: usize) -> Result<Self, Failure> {
        let pool = db::pool(&shared.database_url, connections, shared.config.watch())?;
        shared.metrics.watch(&pool);
        Ok(Self { shared, pool })
    }

    /// A connection for reading.
    ///
    /// # Errors
    /// `Unavailable` when none can be had in time.
    pub async fn conn(&self) -> Result<db::Pooled, Failure> {
        Ok(self.pool.get().await?)
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.shared.clock.now()
    }
}
