//! What is looked at when somebody reads: connections, jobs, listeners.

use std::{sync::PoisonError, time::Duration};

use prometheus::{IntGauge, IntGaugeVec, Opts, Registry, TextEncoder, core::Collector};
use wuye_persistence::{Failure, jobs};

use super::known;
use crate::App;

/// How long the jobs are waited for: a reader gives up after ten seconds, and wants the other figures most when the database
/// does not answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Everything, as text.
///
/// # Errors
/// `Internal` when two figures share a name.
pub(super) async fn text(app: &App) -> Result<String, Failure> {
    let now = Registry::new();
    put(&now, &build()?)?;
    let listeners = gauge("wuye_live_listeners", "Browsers that listen to live changes.")?;
    listeners.set(count(app.shared.live.listeners()));
    put(&now, &listeners)?;
    connections(app, &now)?;
    let census = tokio::time::timeout(PATIENCE, census(app)).await;
    let up = gauge(
        "wuye_database_up",
        "1 when the database answered this reading, 0 otherwise.",
    )?;
    put(&now, &up)?;
    if let Ok(Ok(census)) = census {
        up.set(1);
        of_jobs(app, &census, &now)?;
    }
    let mut families = app.shared.metrics.registry.gather();
    families.extend(now.gather());
    known(TextEncoder::new().encode_to_string(&families))
}

async fn census(app: &App) -> Result<Vec<jobs::Count>, Failure> {
    jobs::census(&mut *app.conn().await?).await
}

fn build() -> Result<IntGauge, Failure> {
    let about = Opts::new("wuye_build_info", "1; the labels tell which build this is.");
    let info = known(IntGauge::with_opts(
        about.const_label("version", env!("CARGO_PKG_VERSION")),
    ))?;
    info.set(1);
    Ok(info)
}

fn connections(app: &App, now: &Registry) -> Result<(), Failure> {
    let (mut idle, mut in_use, mut waiting, mut most) = (0, 0, 0, 0);
    let pools = app.shared.metrics.pools.lock().unwrap_or_else(PoisonError::into_inner);
    for status in pools.iter().map(wuye_persistence::Pool::status) {
        idle += status.available;
        in_use += status.size.saturating_sub(status.available);
        waiting += status.waiting;
        most += status.max_size;
    }
    drop(pools);
    let open = gauges(
        "wuye_database_connections",
        "Open database connections of this server's pools, by what they do.",
        &["state"],
    )?;
    open.with_label_values(&["idle"]).set(count(idle));
    open.with_label_values(&["in_use"]).set(count(in_use));
    let limit = gauge(
        "wuye_database_connections_max",
        "Database connections that the pools may open.",
    )?;
    limit.set(count(most));
    let queue = gauge(
        "wuye_database_connection_waiters",
        "Requests and jobs that wait for a connection.",
    )?;
    queue.set(count(waiting));
    put(now, &open)?;
    put(now, &limit)?;
    put(now, &queue)
}

fn of_jobs(app: &App, census: &[jobs::Count], now: &Registry) -> Result<(), Failure> {
    let counts = gauges(
        "wuye_jobs",
        "Jobs on the table, of all servers, by kind and state.",
        &["kind", "state"],
    )?;
    let ages = gauges(
        "wuye_jobs_oldest_due_age_seconds",
        "How long the job of this kind that waits longest has been due; 0 when none is.",
        &["kind"],
    )?;
    for line in census {
        counts.with_label_values(&[&*line.kind, &*line.state]).set(line.count);
        let age = ages.with_label_values(&[&*line.kind]);
        if let (jobs::WAITING, Some(due)) = (line.state.as_str(), line.oldest_due) {
            age.set((app.now() - due).num_seconds().max(0));
        }
    }
    put(now, &counts)?;
    put(now, &ages)
}

fn gauge(name: &str, help: &str) -> Result<IntGauge, Failure> {
    known(IntGauge::new(name, help))
}

fn gauges(name: &str, help: &str, labels: &[&str]) -> Result<IntGaugeVec, Failure> {
    known(IntGaugeVec::new(Opts::new(name, help), labels))
}

fn put(registry: &Registry, figure: &(impl Collector + Clone + 'static)) -> Result<(), Failure> {
    known(registry.register(Box::new(figure.clone())))
}

fn count(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}
