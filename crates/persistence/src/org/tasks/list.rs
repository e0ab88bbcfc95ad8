//! The task register.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;
use wuye_domain::{
    access::Scope,
    org::tasks::{Task, TaskFilter, TaskSide, TaskSort},
    shared::{ListRequest, search::query_tokens},
};

use super::{
    rows::Row,
    sight::{given, had, visible},
    unfinished::{self, WITH_ASSIGNEE},
};
use crate::{Conn, Failure, Rows, keyset, schema::tasks, split_next};

/// The tasks that `scope` opens and `filter` wants; `now` decides what is overdue.
///
/// # Errors
/// `validation_failed` for a cursor of another list.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &TaskFilter,
    now: DateTime<Utc>,
    request: &ListRequest<TaskSort>,
) -> Result<Rows<Task>, Failure> {
    let filtered = || {
        let mut query = tasks::table.filter(visible(scope)).into_boxed();
        if let Some(estate) = filter.estate_id {
            query = query.filter(tasks::estate_id.eq(estate.0));
        }
        match filter.side {
            Some(TaskSide::Mine) => query = query.filter(had(scope)),
            Some(TaskSide::Given) => query = query.filter(given(scope)),
            Some(TaskSide::Below) => {
                query = query
                    .filter(diesel::dsl::not(had(scope)))
                    .filter(diesel::dsl::not(given(scope)));
            }
            None => {}
        }
        if let Some(assignee) = filter.assignee_id {
            query = query.filter(tasks::assignee_id.eq(assignee.0));
        }
        if let Some(post) = filter.post {
            query = query.filter(tasks::responsible_post.eq(post.code()));
        }
        if let Some(giver) = filter.given_by {
            query = query.filter(tasks::created_by.eq(giver.0));
        }
        if let Some(state) = filter.state {
            query = query.filter(tasks::state.eq(state.code()));
        }
        match filter.open {
            Some(true) => query = query.filter(unfinished::tasks()),
            Some(false) => query = query.filter(tasks::ended_at.is_not_null()),
            None => {}
        }
        let overdue = tasks::state.eq_any(WITH_ASSIGNEE).and(tasks::due_at.lt(now));
        match filter.overdue {
            Some(true) => query = query.filter(unfinished::tasks()).filter(overdue),
            Some(false) => query = query.filter(diesel::dsl::not(overdue)),
            None => {}
        }
        let in_time = tasks::reported_at
            .is_null()
            .or(tasks::reported_at.assume_not_null().le(tasks::due_at));
        match filter.done_late {
            Some(true) => query = query.filter(diesel::dsl::not(in_time)),
            Some(false) => query = query.filter(in_time),
            None => {}
        }
        if let Some(source) = filter.source {
            query = query.filter(tasks::source.eq(source.code()));
        }
        if let Some(kind) = filter.source_kind {
            query = query.filter(tasks::source_kind.eq(kind.code()));
        }
        if let Some(id) = filter.source_id {
            query = query.filter(tasks::source_id.eq(id));
        }
        if let Some(priority) = filter.priority {
            query = query.filter(tasks::priority.eq(priority.code()));
        }
        if let Some(from) = filter.due_from {
            query = query.filter(tasks::due_at.ge(from));
        }
        if let Some(until) = filter.due_until {
            query = query.filter(tasks::due_at.lt(until));
        }
        if let Some(q) = &filter.q {
            let tokens: Vec<Option<String>> = query_tokens(q).into_iter().map(Some).collect();
            query = query.filter(tasks::search.contains(tokens));
        }
        query
    };
    let total = if request.count {
        Some(filtered().count().get_result(conn).await?)
    } else {
        None
    };
    let query = filtered().select(Row::as_select());
    let rows: Vec<Row> = match request.sort {
        TaskSort::IssuedAt => {
            keyset!(query, request, tasks::issued_at, tasks::id, DateTime<Utc>)
                .load(conn)
                .await?
        }
        TaskSort::DueAt => {
            keyset!(query, request, tasks::due_at, tasks::id, DateTime<Utc>)
                .load(conn)
                .await?
        }
        TaskSort::No => keyset!(query, request, tasks::no, tasks::id, String).load(conn).await?,
    };
    let rows = rows.into_iter().map(Task::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(split_next(rows, request.limit, total, |task| {
        let value = match request.sort {
            TaskSort::IssuedAt => json!(task.issued_at),
            TaskSort::DueAt => json!(task.due_at),
            TaskSort::No => json!(task.no),
        };
        (value, task.id.0)
    }))
}
