//! What of the tasks is counted; the counting itself is the domain's.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    org::tasks::{Counted, TaskFilter},
    shared::EstateId,
};

use super::sight::visible;
use crate::{Conn, Failure, schema::tasks};

/// Who has it in which post, where it stands, until when, when it was reported done.
type Line = (Uuid, String, String, DateTime<Utc>, Option<DateTime<Utc>>);

/// The tasks that `scope` opens and that fall due within `filter`, as they count.
///
/// # Errors
/// As the database says.
pub async fn statistics(
    conn: &mut Conn,
    scope: &Scope,
    estate: EstateId,
    filter: &TaskFilter,
) -> Result<Vec<Counted>, Failure> {
    let mut query = tasks::table
        .filter(tasks::estate_id.eq(estate.0))
        .filter(visible(scope))
        .select((
            tasks::assignee_id,
            tasks::responsible_post,
            tasks::state,
            tasks::due_at,
            tasks::reported_at,
        ))
        .into_boxed();
    if let Some(from) = filter.due_from {
        query = query.filter(tasks::due_at.ge(from));
    }
    if let Some(until) = filter.due_until {
        query = query.filter(tasks::due_at.lt(until));
    }
    if let Some(assignee) = filter.assignee_id {
        query = query.filter(tasks::assignee_id.eq(assignee.0));
    }
    if let Some(post) = filter.post {
        query = query.filter(tasks::responsible_post.eq(post.code()));
    }
    let lines: Vec<Line> = query.load(conn).await?;
    lines
        .into_iter()
        .map(|(assignee, post, state, due_at, reported_at)| {
            Ok(Counted {
                assignee: assignee.into(),
                post: post.parse()?,
                state: state.parse()?,
                due_at,
                reported_at,
            })
        })
        .collect()
}
