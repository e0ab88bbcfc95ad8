//! The worker of a server: takes due jobs one by one and runs them; the scheduler only enqueues.

use std::time::Duration;

use chrono::Duration as Span;
use serde_json::Value;
use wuye_domain::{
    access::{Actor, ActorKind},
    shared::AccountId,
};
use wuye_persistence::{
    Failure,
    call::Call,
    idempotency,
    jobs::{self, Job, Wanted},
};

use crate::App;

/// A job is taken by another server when its own has neither ended it nor renewed the lease in this time. It must be longer
/// than clocks of servers differ, and is how long the work of a server that died lies idle.
const LEASE: Span = Span::minutes(2);
/// Tries before a job is given up; it stays visible as failed.
const TRIES: i32 = 8;
const PAUSE: Duration = Duration::from_secs(1);

/// Every recurring duty of the system itself: kind and how often.
const SCHEDULE: &[(&str, Span)] = &[
    ("forget_idempotency_keys", Span::hours(1)),
    ("climb_overdue", Span::minutes(1)),
    ("lay_out_duties", Span::hours(1)),
    ("tell_by_the_clock", Span::minutes(1)),
    (crate::reactions::SEND_NOTICES, Span::minutes(1)),
    ("sweep_uploads", Span::hours(1)),
    (crate::reactions::SWEEP_STRAYS, Span::days(1)),
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
            let mut conn = app.conn().await?;
            idempotency::forget_before(&mut conn, limit).await?;
            jobs::forget_before(&mut conn, limit).await
        }
        _ => crate::reactions::run_job(app, kind, payload).await,
    }
}

/// What a worker takes from the table. Work that lasts for minutes has a worker of its own, and so has what waits for other
/// people's servers: nobody's reminder waits behind either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// What is over in a moment.
    Quick,
    /// What may take minutes.
    Long,
    /// What waits for servers that are not ours.
    Outside,
}

impl Lane {
    const fn wanted(self) -> Wanted<'static> {
        match self {
            Self::Quick => Wanted::AllBut(&[crate::reactions::LONG_JOBS, crate::reactions::OUTSIDE_JOBS]),
            Self::Long => Wanted::Only(crate::reactions::LONG_JOBS),
            Self::Outside => Wanted::Only(crate::reactions::OUTSIDE_JOBS),
        }
    }
}

/// Runs one lane until the server stops. The quick one also enqueues what is due by the schedule.
pub async fn work(app: App, lane: Lane, mut stop: Stop) {
    let mut ticks = 0_u32;
    while !*stop.borrow() {
        if lane == Lane::Quick
            && ticks.is_multiple_of(10)
            && let Err(failure) = schedule(&app).await
        {
            tracing::warn!(%failure, "the scheduler could not enqueue");
        }
        ticks = ticks.wrapping_add(1);
        let pause = match step_until(&app, lane, &mut stop).await {
            Ok(true) => continue,
            Ok(false) => PAUSE,
            Err(failure) => {
                tracing::warn!(%failure, "the job worker cannot reach its jobs");
                PAUSE * 5
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = stopped(&mut stop) => {}
        }
    }
}

/// Becomes true when the server stops.
pub type Stop = tokio::sync::watch::Receiver<bool>;

/// Returns when the server stops, and for a server that never does not at all.
async fn stopped(stop: &mut Stop) {
    if stop.wait_for(|stopping| *stopping).await.is_err() {
        std::future::pending::<()>().await;
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
    while step(app, Lane::Quick).await? || step(app, Lane::Long).await? || step(app, Lane::Outside).await? {}
    Ok(())
}

/// Takes and runs one job of a lane; whether there was one.
///
/// # Errors
/// The table of jobs cannot be reached. What a job itself fails with is noted there.
pub async fn step(app: &App, lane: Lane) -> Result<bool, Failure> {
    let (_never, mut stop) = tokio::sync::watch::channel(false);
    step_until(app, lane, &mut stop).await
}

/// The same; a job that is not over when the server stops is put back, and what it has not committed is undone.
async fn step_until(app: &App, lane: Lane, stop: &mut Stop) -> Result<bool, Failure> {
    let job = {
        let mut conn = app.conn().await?;
        jobs::take(&mut conn, lane.wanted(), app.now(), LEASE).await?
    };
    let Some(job) = job else { return Ok(false) };
    let call = Call::new(job.id.to_string(), job.kind.as_str().into());
    let outcome = tokio::select! {
        outcome = call.run(run(app, &job.kind, &job.payload)) => Some(outcome),
        never = hold(app, &job) => match never {},
        () = stopped(stop) => None,
    };
    let mut conn = app.conn().await?;
    match outcome {
        None => jobs::put_back(&mut conn, &job).await?,
        Some(Ok(())) => jobs::finish(&mut conn, &job, app.now()).await?,
        Some(Err(failure)) => {
            tracing::warn!(id = %job.id, kind = job.kind, attempts = job.attempts, %failure, "a job failed");
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
            Ok(mut conn) => jobs::hold(&mut conn, job, app.now(), LEASE).await,
            Err(failure) => Err(failure),
        };
        if let Err(failure) = held {
            tracing::warn!(kind = job.kind, %failure, "the lease of a job could not be renewed");
        }
    }
}
