//! Work that is done later or again: enqueued in the transaction that causes it, taken by one server at a time.

use chrono::{DateTime, Duration, Utc};
use diesel::{dsl::sql, prelude::*, sql_types::Bool};
use diesel_async::{AsyncConnection, RunQueryDsl};
use serde_json::Value;
use uuid::Uuid;

use crate::{Conn, Failure, fixed::fixed, schema::jobs};

/// A job in hand.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = jobs)]
pub struct Job {
    /// Its id.
    pub id: Uuid,
    /// Which worker function.
    pub kind: String,
    /// Its arguments.
    pub payload: Value,
    /// Tries so far, this one included.
    pub attempts: i32,
}

/// The condition of a partial index, written out as that of the failed jobs is: behind placeholders no plan would use them.
const UNFINISHED: &str = "state IN ('waiting', 'running')";

/// State of a job that was not taken yet.
pub const WAITING: &str = "waiting";
/// State of a job that was given up.
pub const FAILED: &str = "failed";

/// Puts a job on the table. While one with the same `dedupe` key waits or runs, nothing is added.
///
/// # Errors
/// As the database says.
pub async fn enqueue(
    conn: &mut Conn,
    kind: &str,
    payload: &Value,
    dedupe: Option<&str>,
    run_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, Failure> {
    let id = Uuid::now_v7();
    let added = diesel::insert_into(jobs::table)
        .values((
            jobs::id.eq(id),
            jobs::kind.eq(kind),
            jobs::payload.eq(payload),
            jobs::dedupe_key.eq(dedupe),
            jobs::run_at.eq(run_at),
            jobs::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok((added == 1).then_some(id))
}

/// Which jobs a worker takes.
#[derive(Clone, Copy, Debug)]
pub enum Wanted<'a> {
    /// These kinds.
    Only(&'a [&'a str]),
    /// Every kind but those of these lists.
    AllBut(&'a [&'a [&'a str]]),
}

/// Takes the next due job for `lease`; a job whose server died is taken again when its lease is over.
///
/// # Errors
/// As the database says.
pub async fn take(
    conn: &mut Conn,
    wanted: Wanted<'_>,
    now: DateTime<Utc>,
    lease: Duration,
) -> Result<Option<Job>, Failure> {
    conn.transaction(async |conn| {
        let (kinds, inside) = match wanted {
            Wanted::Only(kinds) => (kinds.to_vec(), true),
            Wanted::AllBut(lists) => (lists.concat(), false),
        };
        let due = jobs::table
            .select(jobs::id)
            .filter(fixed::<Bool>(UNFINISHED))
            .filter(jobs::kind.eq_any(kinds).eq(inside))
            .filter(jobs::run_at.le(now))
            .filter(
                jobs::state.eq("waiting").or(jobs::state
                    .eq("running")
                    .and(jobs::locked_until.assume_not_null().lt(now))),
            )
            .order((jobs::run_at, jobs::id))
            .limit(1)
            .for_update()
            .skip_locked();
        let Some(id) = due.first::<Uuid>(conn).await.optional()? else {
            return Ok(None);
        };
        let job = diesel::update(jobs::table.find(id))
            .set((
                jobs::state.eq("running"),
                jobs::attempts.eq(jobs::attempts + 1),
                jobs::locked_until.eq(now + lease),
            ))
            .returning(Job::as_returning())
            .get_result(conn)
            .await?;
        Ok(Some(job))
    })
    .await
}

/// A job as long as it is in the hands of the worker that took it: a later one counts a further attempt.
macro_rules! in_hand {
    ($job:expr) => {
        jobs::table
            .find($job.id)
            .filter(jobs::state.eq("running").and(jobs::attempts.eq($job.attempts)))
    };
}

/// Holds a job for another `lease`, while its work goes on.
///
/// # Errors
/// As the database says.
pub async fn hold(conn: &mut Conn, job: &Job, now: DateTime<Utc>, lease: Duration) -> Result<(), Failure> {
    diesel::update(in_hand!(job))
        .set(jobs::locked_until.eq(now + lease))
        .execute(conn)
        .await?;
    Ok(())
}

/// Puts back a job whose work was broken off because its server stops: the next worker goes on, and it is no failed try.
///
/// # Errors
/// As the database says.
pub async fn put_back(conn: &mut Conn, job: &Job) -> Result<(), Failure> {
    diesel::update(in_hand!(job))
        .set((
            jobs::state.eq("waiting"),
            jobs::attempts.eq(jobs::attempts - 1),
            jobs::locked_until.eq(None::<DateTime<Utc>>),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Puts back every job that is marked as running: for the start of a server that shares its database with no other, where
/// whoever ran them is gone. Their tries stay counted, for the work may have been what killed the server.
///
/// # Errors
/// As the database says.
pub async fn put_all_back(conn: &mut Conn) -> Result<usize, Failure> {
    let put_back = diesel::update(jobs::table.filter(jobs::state.eq("running")))
        .set((jobs::state.eq("waiting"), jobs::locked_until.eq(None::<DateTime<Utc>>)))
        .execute(conn)
        .await?;
    Ok(put_back)
}

/// Ends a job well.
///
/// # Errors
/// As the database says.
pub async fn finish(conn: &mut Conn, job: &Job, now: DateTime<Utc>) -> Result<(), Failure> {
    diesel::update(in_hand!(job))
        .set((
            jobs::state.eq("done"),
            jobs::finished_at.eq(now),
            jobs::last_error.eq(None::<String>),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Gives a job back after a failure: again with growing pauses, and given up after `max` tries.
///
/// # Errors
/// As the database says.
pub async fn fail(conn: &mut Conn, job: &Job, error: &str, max: i32, now: DateTime<Utc>) -> Result<(), Failure> {
    let over = job.attempts >= max;
    let pause = Duration::seconds(5 << job.attempts.clamp(0, 10));
    diesel::update(in_hand!(job))
        .set((
            jobs::state.eq(if over { "failed" } else { "waiting" }),
            jobs::run_at.eq(now + pause),
            jobs::last_error.eq(error),
            jobs::finished_at.eq(over.then_some(now)),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Puts the run of one period of a schedule on the table, once: a second server, or the same one later in the period,
/// adds nothing.
///
/// # Errors
/// As the database says.
pub async fn enqueue_period(conn: &mut Conn, kind: &str, period: i64, now: DateTime<Utc>) -> Result<(), Failure> {
    // The id follows from kind and period, so that the primary key holds the promise even after the job is done.
    let id = Uuid::from_u128(stable_hash(kind, period));
    diesel::insert_into(jobs::table)
        .values((
            jobs::id.eq(id),
            jobs::kind.eq(kind),
            jobs::payload.eq(serde_json::json!({})),
            jobs::dedupe_key.eq(kind),
            jobs::run_at.eq(now),
            jobs::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets jobs that were done before `limit`. It must be longer ago than the longest period of the schedule: the row of a
/// period is what keeps it from a second run.
///
/// # Errors
/// As the database says.
pub async fn forget_before(conn: &mut Conn, limit: DateTime<Utc>) -> Result<(), Failure> {
    let over = jobs::state.eq("done").and(jobs::finished_at.lt(limit));
    diesel::delete(jobs::table.filter(over)).execute(conn).await?;
    Ok(())
}

/// How many jobs of a kind are in a state.
#[derive(Clone, Debug, Queryable)]
pub struct Count {
    /// Which worker function.
    pub kind: String,
    /// Waiting, running or failed.
    pub state: String,
    /// How many.
    pub count: i64,
    /// When the first of them was or is due.
    pub oldest_due: Option<DateTime<Utc>>,
}

/// Counts what is not done, by kind and state.
///
/// # Errors
/// As the database says.
pub async fn census(conn: &mut Conn) -> Result<Vec<Count>, Failure> {
    let mut all = Vec::new();
    for state in [UNFINISHED, "state = 'failed'"] {
        let counts: Vec<Count> = jobs::table
            .filter(sql::<Bool>(state))
            .group_by((jobs::kind, jobs::state))
            .select((
                jobs::kind,
                jobs::state,
                diesel::dsl::count_star(),
                diesel::dsl::min(jobs::run_at),
            ))
            .order((jobs::kind, jobs::state))
            .load(conn)
            .await?;
        all.extend(counts);
    }
    Ok(all)
}

/// FNV-1a, twice with different starts: stable over versions, unlike the standard hasher.
fn stable_hash(kind: &str, period: i64) -> u128 {
    let half = |start: u64| {
        kind.bytes().chain(period.to_be_bytes()).fold(start, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    u128::from(half(0xcbf2_9ce4_8422_2325)) << 64 | u128::from(half(0x9ae1_6a3b_2f90_404f))
}
