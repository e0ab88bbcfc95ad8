//! The clock of the product. Nothing else may ask for the time, so that tests and the demo can move it.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, Duration, SubsecRound, Utc};

/// Tells the time; clones show the same time.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    offset_ms: Arc<AtomicI64>,
}

impl Clock {
    /// Now, to the microsecond: what PostgreSQL keeps, so that a value read back equals the one written.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        #[allow(clippy::disallowed_methods, reason = "the one place that asks the system")]
        let now = Utc::now();
        (now + Duration::milliseconds(self.offset_ms.load(Ordering::Relaxed))).trunc_subsecs(6)
    }

    /// Moves the clock; only tests and the demo do.
    pub fn advance(&self, by: Duration) {
        self.offset_ms.fetch_add(by.num_milliseconds(), Ordering::Relaxed);
    }

    /// Sets the clock to `at`; from there it runs on.
    pub fn set(&self, at: DateTime<Utc>) {
        self.advance(at - self.now());
    }
}
