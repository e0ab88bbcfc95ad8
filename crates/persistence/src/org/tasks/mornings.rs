//! What the tasks offer to the mornings, and which tasks came out of the points raised there.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    org::tasks::TaskState,
    shared::{EstateId, SubjectKind},
};

use super::{
    sight::visible,
    unfinished::{self, WITH_ASSIGNEE},
};
use crate::{Conn, Failure, in_scope, schema::tasks, tally, tally::Tally};

/// Tasks of whoever tells them, and of those below, that are not closed.
///
/// # Errors
/// As the database says.
pub async fn open(conn: &mut Conn, scope: &Scope, estate: EstateId) -> Result<Tally, Failure> {
    let query = tasks::table
        .filter(in_scope!(tasks, scope))
        .filter(tasks::estate_id.eq(estate.0))
        .filter(unfinished::tasks());
    Ok(tally!(conn, tasks, tasks::due_at, query))
}

/// Of those, the late ones.
///
/// # Errors
/// As the database says.
pub async fn late(conn: &mut Conn, scope: &Scope, estate: EstateId, now: DateTime<Utc>) -> Result<Tally, Failure> {
    let query = tasks::table
        .filter(in_scope!(tasks, scope))
        .filter(tasks::estate_id.eq(estate.0))
        .filter(unfinished::tasks())
        .filter(tasks::state.eq_any(WITH_ASSIGNEE).and(tasks::due_at.lt(now)));
    Ok(tally!(conn, tasks, tasks::due_at, query))
}

/// A task by the record it came out of.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The record.
    pub source: Uuid,
    /// The task.
    pub id: Uuid,
    /// Its number.
    pub no: String,
    /// Where it stands.
    pub state: TaskState,
}

/// The tasks that came out of these records of one kind, as far as `scope` opens them, the oldest first.
///
/// # Errors
/// As the database says.
pub async fn outcomes(
    conn: &mut Conn,
    scope: &Scope,
    kind: SubjectKind,
    sources: &[Uuid],
) -> Result<Vec<Outcome>, Failure> {
    let rows: Vec<(Option<Uuid>, Uuid, String, String)> = tasks::table
        .filter(tasks::source_kind.eq(kind.code()))
        .filter(tasks::source_id.eq_any(sources))
        .filter(visible(scope))
        .order((tasks::issued_at, tasks::id))
        .select((tasks::source_id, tasks::id, tasks::no, tasks::state))
        .load(conn)
        .await?;
    rows.into_iter()
        .filter_map(|(source, id, no, state)| source.map(|source| (source, id, no, state)))
        .map(|(source, id, no, state)| {
            Ok(Outcome {
                source,
                id,
                no,
                state: state.parse()?,
            })
        })
        .collect()
}
