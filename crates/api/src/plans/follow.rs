//! Duties that facts start: each follows the record it happened to, in the transaction of the fact.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use futures_util::future::{try_join, try_join_all};
use uuid::Uuid;
use wuye_domain::{
    access::Permission,
    org::clock::Standing,
    plans::obligations::{Obligation, follow, moves},
    shared::{SubjectKind, TrailEntry},
};
use wuye_persistence::{
    Conn, Failure,
    plans::clocks::{self, Unfollowed},
    service_desk::standing::{self, CLOCKED, Clocked},
};

use crate::{App, jobs::system};

/// Records of one transaction.
const CHUNK: i64 = 500;

/// A record that these deeds have moved.
#[derive(Clone, Copy)]
struct Moved {
    id: Uuid,
    /// When.
    at: DateTime<Utc>,
    /// It came to be by one of them: no duty can follow it yet.
    new: bool,
}

/// Makes the duties of the records among `entries` agree with them, and gives what the trail says of it. Deeds on other kinds of
/// records cost nothing.
///
/// # Errors
/// As the database says.
pub async fn follow_deeds(
    conn: &mut Conn,
    now: DateTime<Utc>,
    entries: &[TrailEntry],
) -> Result<Vec<TrailEntry>, Failure> {
    let mut moved: Vec<(&'static Clocked, Vec<Moved>)> = Vec::new();
    for of in CLOCKED {
        let records = records(of.kind, now, entries);
        if !records.is_empty() {
            moved.push((of, records));
        }
    }
    if moved.is_empty() {
        return Ok(Vec::new());
    }
    bring_along(conn, &moved).await
}

/// The records of a kind that the entries tell of, each with the last that happened to it.
fn records(kind: SubjectKind, now: DateTime<Utc>, entries: &[TrailEntry]) -> Vec<Moved> {
    let mut moved = BTreeMap::<Uuid, Moved>::new();
    let of_kind = |entry: &&TrailEntry| entry.subject.kind == kind && moves(entry);
    for entry in entries.iter().filter(of_kind) {
        let id = entry.subject.id;
        let begins = entry.from.is_none() && entry.to.is_some();
        let record = moved.entry(id).or_insert(Moved {
            id,
            at: now,
            new: false,
        });
        record.at = entry.occurred_at.unwrap_or(now);
        record.new |= begins;
    }
    moved.into_values().collect()
}

/// Reads where the records stand and what is known of their duties, and stores what has to change.
async fn bring_along(conn: &mut Conn, moved: &[(&'static Clocked, Vec<Moved>)]) -> Result<Vec<TrailEntry>, Failure> {
    let all = || moved.iter().flat_map(|(_, records)| records);
    let old: Vec<Uuid> = all().filter(|record| !record.new).map(|record| record.id).collect();
    // Sent together, since they do not wait for each other.
    let shared: &Conn = conn;
    let standings = try_join_all(moved.iter().map(|(of, records)| standings(shared, of, records)));
    let (standings, known) = try_join(standings, clocks::of_records(shared, &old)).await?;
    let mut duties = HashMap::<(Uuid, String), Vec<Obligation>>::new();
    for row in known {
        let duty = row.obligation()?;
        if let Some(record) = &duty.record {
            let key = (record.subject.id, record.deadline.clone());
            duties.entry(key).or_default().push(duty);
        }
    }
    let at: HashMap<Uuid, DateTime<Utc>> = all().map(|record| (record.id, record.at)).collect();
    let (mut changed, mut told) = (Vec::new(), Vec::new());
    for standing in standings.iter().flatten() {
        let Standing { subject, climbing, .. } = standing;
        let known = duties.get(&(subject.id, climbing.deadline.to_owned()));
        let Some(at) = at.get(&subject.id) else { continue };
        for followed in follow(known.into_iter().flatten(), standing, *at) {
            changed.push(followed.record);
            told.extend(followed.entry);
        }
    }
    clocks::put(conn, &changed).await?;
    Ok(told)
}

async fn standings(conn: &Conn, of: &Clocked, records: &[Moved]) -> Result<Vec<Standing>, Failure> {
    let ids: Vec<Uuid> = records.iter().map(|record| record.id).collect();
    standing::of(conn, of, &ids).await
}

/// Gives records their duties that came to be without a deed of the product, or before it knew of duties. Safe to run any number
/// of times, on any number of servers at once: each takes records that no other holds.
///
/// # Errors
/// As the database says.
pub async fn catch_up(app: &App, which: Unfollowed) -> Result<(), Failure> {
    for of in CLOCKED {
        let mut after = Uuid::nil();
        loop {
            let mut work = app.begin_as(system(), Permission::DutyRead).await?;
            let now = work.now;
            let last = chunk(&mut work, of, which, after, now).await?;
            work.commit().await?;
            let Some(last) = last else { break };
            after = last;
        }
    }
    Ok(())
}

/// The same for a database that nobody works on yet, within one transaction.
///
/// # Errors
/// As the database says.
pub async fn follow_history(conn: &mut Conn, now: DateTime<Utc>) -> Result<(), Failure> {
    for of in CLOCKED {
        let mut after = Uuid::nil();
        while let Some(last) = chunk(conn, of, Unfollowed::Any, after, now).await? {
            after = last;
        }
    }
    Ok(())
}

/// One chunk after the record `after`; gives its last record.
async fn chunk(
    conn: &mut Conn,
    of: &'static Clocked,
    which: Unfollowed,
    after: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, Failure> {
    let ids = clocks::unfollowed(conn, of, which, after, CHUNK).await?;
    let last = ids.last().copied();
    let records: Vec<Moved> = ids.into_iter().map(|id| Moved { id, at: now, new: true }).collect();
    if !records.is_empty() {
        // Nothing was known of them, so the trail has nothing to tell.
        bring_along(conn, &[(of, records)]).await?;
    }
    Ok(last)
}
