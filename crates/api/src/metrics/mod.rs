//! Figures for whoever watches the server, in Prometheus' text form: what was asked, how long it took, what is waiting.
//!
//! Requests are counted as they end, by operation and class of status. Everything else is looked at when somebody reads.

mod read;
mod scrape;

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use prometheus::{Histogram, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, Opts, Registry};
use wuye_persistence::{Failure, Pool};

pub use read::metrics;

/// Upper bounds in seconds. A read by id takes a few milliseconds, an import or an export seconds.
const BUCKETS: &[f64] = &[0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

/// The figures of one server.
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    durations: HistogramVec,
    pools: Mutex<Vec<Pool>>,
}

/// The figures of one operation: counting is an addition, not a search.
#[derive(Debug)]
pub struct Figures {
    answers: [IntCounter; CLASSES.len()],
    duration: Histogram,
}

impl Figures {
    /// Counts a request that was answered.
    pub fn count(&self, status: u16, took: Duration) {
        let class = usize::from(status / 100).clamp(1, CLASSES.len());
        self.answers[class - 1].inc();
        self.duration.observe(took.as_secs_f64());
    }
}

impl Metrics {
    /// Nothing counted yet.
    ///
    /// # Errors
    /// `Internal` when two figures share a name: a fault of the build.
    pub fn new() -> Result<Self, Failure> {
        let registry = Registry::new();
        let requests = IntCounterVec::new(
            Opts::new(
                "wuye_http_requests_total",
                "Requests answered, by operation and class of status.",
            ),
            &["operation", "status"],
        );
        let durations = HistogramVec::new(
            HistogramOpts::new(
                "wuye_http_request_duration_seconds",
                "Time from a request's head to the head of its answer, by operation.",
            )
            .buckets(BUCKETS.to_vec()),
            &["operation"],
        );
        let (requests, durations) = (known(requests)?, known(durations)?);
        known(registry.register(Box::new(requests.clone())))?;
        known(registry.register(Box::new(durations.clone())))?;
        // Memory, processor time, open files, start: as the operating system counts them.
        let process = prometheus::process_collector::ProcessCollector::for_self();
        known(registry.register(Box::new(process)))?;
        Ok(Self {
            registry,
            requests,
            durations,
            pools: Mutex::default(),
        })
    }

    /// The figures of an operation.
    #[must_use]
    pub fn of_operation(&self, id: &str) -> Figures {
        Figures {
            answers: CLASSES.map(|class| self.requests.with_label_values(&[id, class])),
            duration: self.durations.with_label_values(&[id]),
        }
    }

    /// Looks at this pool too from now on.
    pub fn watch(&self, pool: &Pool) {
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        pools.push(pool.clone());
    }
}

fn known<T>(made: prometheus::Result<T>) -> Result<T, Failure> {
    made.map_err(Failure::internal)
}
