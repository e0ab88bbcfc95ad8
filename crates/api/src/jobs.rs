//! The worker of a server: takes due jobs one by one and runs them; the scheduler only enqueues.

use std::time::Duration;

use chrono::Duration as Span;
use serde_json::Value;
use wuye_domain::{
    access::{Actor, ActorKind},
    shared::AccountId,
};
use wuye_persistence::{
    Failure, idempotency,
    jobs::{self, Job, Wanted},
};

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

/// What a worker takes from the table. Work that lasts for minutes has a worker of its own, so that nobody's reminder waits
/// behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// What is over in a moment.
    Quick,
    /// What may take minutes.
    Long,
}

impl Lane {
    const fn wanted(self) -> Wanted<'static> {
        match self {
            Self::Quick => Wanted::AllBut(crate::reactions::LONG_JOBS),
            Self::Long => Wanted::Only(crate::reactions::LONG_JOBS),
        }
    }
}

/// Runs one lane until the server ends. The quick one also enqueues what is due by the schedule.
pub async fn work(app: App, lane: Lane) {
    let mut ticks = 0_u32;
    loop {
        if lane == Lane::Quick
            && ticks.is_multiple_of(10)
            && let Err(failure) = schedule(&app).await
        {
            tracing::warn!(%failure, "the scheduler could not enqueue");
        }
        ticks = ticks.wrapping_add(1);
        match step(&app, lane).await {
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
    while step(app, Lane::Quick).await? || step(app, Lane::Long).await? {}
    Ok(())
}

/// Takes and runs one job of a lane; whether there was one.
///
/// # Errors
/// The table of jobs cannot be reached. What a job itself fails with is noted there.
pub async fn step(app: &App, lane: Lane) -> Result<bool, Failure> {
    let job = {
        let mut conn = app.conn().await?;
        jobs::take(&mut conn, lane.wanted(), app.now(), LEASE).await?
    };
    let Some(job) = job else { return Ok(false) };
    let outcome = tokio::select! {
        outcome = run(app, &job.kind, &job.payload) => outcome,
        never = hold(app, &job) => match never {},
    };
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

/// Renews the lease of a job for as long as its work takes.
async fn hold(app: &App, job: &Job) -> std::convert::Infallible {
    loop {
        tokio::time::sleep(LEASE.to_std().unwrap_or(PAUSE) / 3).await;
        let held = match app.conn().await {
            Ok(mut conn) => jobs::hold(&mut conn, job.id, app.now(), LEASE).await,
            Err(failure) => Err(failure),
        };
        if let Err(failure) = held {
            tracing::warn!(kind = job.kind, %failure, "the lease of a job could not be renewed");
        }
    }
}
