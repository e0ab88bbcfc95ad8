//! What statements are issued for: the request being served, or the job being run.
//!
//! It travels with the task, not as an argument: every query function would carry one otherwise for the sake of a log line.

use std::{
    future::Future,
    sync::{Arc, OnceLock},
};

use uuid::Uuid;

tokio::task_local! {
    static CURRENT: Arc<Call>;
}

/// Longest `application_name` that PostgreSQL keeps.
const TAG_LIMIT: usize = 63;

/// A request or a job, and what became known of it on the way.
#[derive(Debug)]
pub struct Call {
    id: String,
    operation: Arc<str>,
    actor: OnceLock<(Uuid, Option<Uuid>)>,
    estate: OnceLock<Uuid>,
}

impl Call {
    /// A request by its id and operation, or a job by its id and kind.
    #[must_use]
    pub fn new(id: String, operation: Arc<str>) -> Arc<Self> {
        Arc::new(Self {
            id,
            operation,
            actor: OnceLock::new(),
            estate: OnceLock::new(),
        })
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The operation's id in the contract, or the kind of job.
    #[must_use]
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// Who calls, and the estate they work in.
    pub fn by(&self, account: Uuid, home: Option<Uuid>) {
        let _ = self.actor.set((account, home));
    }

    /// The estate that it concerns.
    pub fn concerns(&self, estate: Uuid) {
        let _ = self.estate.set(estate);
    }

    /// The account of the caller, once it is known.
    #[must_use]
    pub fn account(&self) -> Option<Uuid> {
        self.actor.get().map(|(account, _)| *account)
    }

    /// The estate that it concerns, else the one that the caller works in.
    #[must_use]
    pub fn estate(&self) -> Option<Uuid> {
        let home = || self.actor.get().and_then(|(_, home)| *home);
        self.estate.get().copied().or_else(home)
    }

    /// Runs `work`; what it does is done for this call.
    pub fn run<F: Future>(self: Arc<Self>, work: F) -> impl Future<Output = F::Output> {
        CURRENT.scope(self, work)
    }

    /// The same for work that does not wait.
    pub fn run_now<T>(self: Arc<Self>, work: impl FnOnce() -> T) -> T {
        CURRENT.sync_scope(self, work)
    }

    /// The name that its database sessions go by: `<id> <operation>`, of letters that need no quoting.
    #[must_use]
    pub fn tag(&self) -> String {
        let plain = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | ' ');
        let whole = self.id.chars().chain([' ']).chain(self.operation.chars());
        whole.filter(plain).take(TAG_LIMIT).collect()
    }
}

/// Asks the call that this task works for, if there is one.
pub fn current<T>(ask: impl FnOnce(&Call) -> T) -> Option<T> {
    CURRENT.try_with(|call| ask(call)).ok()
}
