//! The worker of a server: takes due jobs one by one and runs them; the scheduler only enqueues.

use std::time::Duration;

use chrono::Duration as Span;
use serde_json::Value;
use wuye_domain::{
    access::{Actor, ActorKind},
    shared::AccountId,
};
use wuye_persistence::{Failure, idempotency, jobs};

use crate::App;

/// A job is taken by another server when its own has not ended it in this time.
const LEASE: Span = Span::minutes(10);
/// Tries before a job is given up; it stays visible as failed.
const TRIES: i32 = 8;
const PAUSE: Duration = Duration::from_secs(1);

/// Every recurring duty of the system itself: kind and how often.
const SCHEDULE: &[(&str, Span)] = &[
    ("forget_idempotency_keys", Span::hours(1)),
    ("climb_overdue", Span::minutes(1)),
    ("sweep_uploads", Span::hours(1)),
];

/// The system as actor, for what happens by itself.
#[must_use]
pub fn system() -> Actor {
    Actor {
        account: AccountId(uuid::Uuid::nil()),
        employee: None,
        kind: ActorKind::System,
        posts: Vec::new(),
    }
}

/// What a job of this kind does.
async fn run(app: &App, kind: &str, payload: &Value) -> Result<(), Failure> {
    match kind {
        "forget_idempotency_keys" => {
            let limit = app.now() - Span::hours(72);
            idempotency::forget_before(&mut *app.conn().await?, limit).await?;
            Ok(())
        }
        _ => crate::reactions::run_job(app, kind, payload).await,
    }
}

/// Runs until the server ends.
pub async fn work(app: App) {
    let mut ticks = 0_u32;
    loop {
        if ticks.is_multiple_of(10)
            && let Err(failure) = schedule(&app).await
        {
            tracing::warn!(%failure, "the scheduler could not enqueue");
        }
        ticks = ticks.wrapping_add(1);
        match step(&app).await {
            Ok(true) => {}
            Ok(false) => tokio::time::sleep(PAUSE).await,
            Err(failure) => {
                tracing::warn!(%failure, "the job worker cannot reach its jobs");
                tokio::time::sleep(PAUSE * 5).await;
            }
        }
    }
}

/// Enqueues what is due by the schedule; several servers agree by the key of the period.
async fn schedule(app: &App) -> Result<(), Failure> {
    let now = app.now();
    let mut conn = app.conn().await?;
    for (kind, every) in SCHEDULE {
        jobs::enqueue_period(&mut conn, kind, now.timestamp() / every.num_seconds(), now).await?;
    }
    Ok(())
}

/// Runs all jobs that are due now: what tests call instead of waiting for the worker.
///
/// # Errors
/// The first failure of a job.
pub async fn run_due(app: &App) -> Result<(), Failure> {
    schedule(app).await?;
    while step(app).await? {}
    Ok(())
}

async fn step(app: &App) -> Result<bool, Failure> {
    let job = {
        let mut conn = app.conn().await?;
        jobs::take(&mut conn, app.now(), LEASE).await?
    };
    let Some(job) = job else { return Ok(false) };
    let outcome = run(app, &job.kind, &job.payload).await;
    let mut conn = app.conn().await?;
    match outcome {
        Ok(()) => jobs::finish(&mut conn, job.id, app.now()).await?,
        Err(failure) => {
            tracing::warn!(kind = job.kind, attempts = job.attempts, %failure, "a job failed");
            jobs::fail(&mut conn, &job, &failure.to_string(), TRIES, app.now()).await?;
        }
    }
    Ok(true)
}
