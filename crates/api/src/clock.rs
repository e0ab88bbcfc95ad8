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
    /// The instant it stands still at, in milliseconds; 0 while it runs.
    still_ms: Arc<AtomicI64>,
}

impl Clock {
    /// Now, to the microsecond: what PostgreSQL keeps, so that a value read back equals the one written.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        let still = self.still_ms.load(Ordering::Relaxed);
        if let Some(instant) = DateTime::from_timestamp_millis(still).filter(|_| still != 0) {
            return instant;
        }
        #[allow(clippy::disallowed_methods, reason = "the one place that asks the system")]
        let now = Utc::now();
        (now + Duration::milliseconds(self.offset_ms.load(Ordering::Relaxed))).trunc_subsecs(6)
    }

    /// Moves the clock; only tests and the demo do.
    pub fn advance(&self, by: Duration) {
        if self.still_ms.load(Ordering::Relaxed) == 0 {
            self.offset_ms.fetch_add(by.num_milliseconds(), Ordering::Relaxed);
        } else {
            self.still_ms.fetch_add(by.num_milliseconds(), Ordering::Relaxed);
        }
    }

    /// Stops at `at`: time passes only by [`Clock::advance`], so that a test can name the instant it expects.
    pub fn stand_still(&self, at: DateTime<Utc>) {
        self.still_ms.store(at.timestamp_millis(), Ordering::Relaxed);
    }

    /// Sets the clock to `at`; from there it runs on.
    pub fn set(&self, at: DateTime<Utc>) {
        self.advance(at - self.now());
    }
}
