//! Which tasks were missed and have a step of their climb to take.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::org::{
    climb::Overdue,
    tasks::{DEADLINE, Task},
};

use super::{
    rows::Row,
    unfinished::{self, WITH_ASSIGNEE},
};
use crate::{Conn, Failure, climbs_now, schema::tasks};

/// Tasks taken at a time.
const BATCH: i64 = 200;

/// The missed tasks after the one named `after`; each is held until the transaction ends, and those that somebody else works
/// on are left for the next run.
///
/// # Errors
/// As the database says.
pub async fn missed(conn: &mut Conn, now: DateTime<Utc>, after: Option<Uuid>) -> Result<Vec<Overdue>, Failure> {
    let rows: Vec<Row> = tasks::table
        .filter(unfinished::tasks())
        .filter(tasks::state.eq_any(WITH_ASSIGNEE).and(tasks::due_at.lt(now)))
        .filter(climbs_now!(tasks::id, DEADLINE, tasks::due_at, now))
        .filter(tasks::id.gt(after.unwrap_or_default()))
        .order(tasks::id)
        .limit(BATCH)
        .select(Row::as_select())
        .for_update()
        .skip_locked()
        .load(conn)
        .await?;
    rows.into_iter().map(|row| Ok(Task::try_from(row)?.missed())).collect()
}
