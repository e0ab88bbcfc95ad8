//! One task, to and fro.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    org::{
        Responsible,
        tasks::{Task, TaskId},
    },
    shared::{Subject, search::Tokens},
};

use super::sight::visible;
use crate::{Conn, Failure, accounts::version_conflict, org::names, schema::tasks};

/// A task as it lies in the database, without its search tokens.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = tasks, treat_none_as_default_value = false, treat_none_as_null = true)]
pub(super) struct Row {
    id: Uuid,
    estate_id: Uuid,
    no: String,
    title: String,
    detail: Option<String>,
    priority: String,
    source: String,
    source_kind: Option<String>,
    source_id: Option<Uuid>,
    state: String,
    created_by: Option<Uuid>,
    given_for: Option<Uuid>,
    given_right: String,
    given_post: String,
    given_assignment: Option<Uuid>,
    assignee_id: Uuid,
    responsible_post: String,
    responsible_assignment: Option<Uuid>,
    squad_id: Option<Uuid>,
    area_id: Option<Uuid>,
    issued_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    moved_at: DateTime<Utc>,
    result: Option<String>,
    reported_at: Option<DateTime<Utc>>,
    reported_by: Option<Uuid>,
    returned_count: i32,
    last_word: Option<String>,
    ended_at: Option<DateTime<Utc>>,
    version: i32,
    updated_at: DateTime<Utc>,
}

impl From<&Task> for Row {
    fn from(task: &Task) -> Self {
        Self {
            id: task.id.0,
            estate_id: task.estate_id.0,
            no: task.no.clone(),
            title: task.title.clone(),
            detail: task.detail.clone(),
            priority: task.priority.code().to_owned(),
            source: task.source.code().to_owned(),
            source_kind: task.source_ref.map(|of| of.kind.code().to_owned()),
            source_id: task.source_ref.map(|of| of.id),
            state: task.state.code().to_owned(),
            created_by: Some(task.given_by.0),
            given_for: task.given_for.map(Into::into),
            given_right: task.given_right.code().to_owned(),
            given_post: task.given_post.code().to_owned(),
            given_assignment: task.given_assignment.map(Into::into),
            assignee_id: task.assignee_id.0,
            responsible_post: task.responsible.post.code().to_owned(),
            responsible_assignment: task.responsible.assignment.map(Into::into),
            squad_id: task.responsible.squad.map(Into::into),
            area_id: task.responsible.area.map(Into::into),
            issued_at: task.issued_at,
            due_at: task.due_at,
            moved_at: task.moved_at,
            result: task.result.clone(),
            reported_at: task.reported_at,
            reported_by: task.reported_by.map(Into::into),
            returned_count: task.returned_count,
            last_word: task.last_word.clone(),
            ended_at: task.ended_at,
            version: task.version,
            updated_at: task.updated_at,
        }
    }
}

impl TryFrom<Row> for Task {
    type Error = Failure;

    fn try_from(row: Row) -> Result<Self, Failure> {
        let source_ref = match (row.source_kind, row.source_id) {
            (Some(kind), Some(id)) => Some(Subject {
                kind: kind.parse()?,
                id,
            }),
            _ => None,
        };
        Ok(Self {
            id: row.id.into(),
            estate_id: row.estate_id.into(),
            no: row.no,
            title: row.title,
            detail: row.detail,
            priority: row.priority.parse()?,
            source: row.source.parse()?,
            source_ref,
            state: row.state.parse()?,
            given_by: row
                .created_by
                .ok_or_else(|| Failure::internal("a task that nobody gave"))?
                .into(),
            given_for: row.given_for.map(Into::into),
            given_right: row.given_right.parse()?,
            given_post: row.given_post.parse()?,
            given_assignment: row.given_assignment.map(Into::into),
            assignee_id: row.assignee_id.into(),
            responsible: Responsible {
                post: row.responsible_post.parse()?,
                assignment: row.responsible_assignment.map(Into::into),
                squad: row.squad_id.map(Into::into),
                area: row.area_id.map(Into::into),
            },
            issued_at: row.issued_at,
            due_at: row.due_at,
            moved_at: row.moved_at,
            result: row.result,
            reported_at: row.reported_at,
            reported_by: row.reported_by.map(Into::into),
            returned_count: row.returned_count,
            last_word: row.last_word,
            ended_at: row.ended_at,
            version: row.version,
            updated_at: row.updated_at,
        })
    }
}

/// What a task is found by: its number, its words, the names of both sides.
async fn tokens(conn: &mut Conn, task: &Task) -> Result<Vec<Option<String>>, Failure> {
    let names = names::names(conn, &[task.given_by, task.assignee_id]).await?;
    let words = Tokens::new()
        .text(&task.no)
        .text(&task.title)
        .text(task.detail.as_deref().unwrap_or_default());
    let tokens = names.values().fold(words, |tokens, name| tokens.name(name));
    Ok(tokens.into_vec().into_iter().map(Some).collect())
}

/// Adds a task.
///
/// # Errors
/// As the database says.
pub async fn insert(conn: &mut Conn, task: &Task) -> Result<(), Failure> {
    let tokens = tokens(conn, task).await?;
    diesel::insert_into(tasks::table)
        .values((Row::from(task), tasks::search.eq(tokens)))
        .execute(conn)
        .await?;
    Ok(())
}

/// One task that `scope` opens.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: TaskId) -> Result<Task, Failure> {
    let row: Row = tasks::table
        .filter(tasks::id.eq(id.0))
        .filter(visible(scope))
        .select(Row::as_select())
        .first(conn)
        .await?;
    row.try_into()
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// `not_found`.
pub async fn find_for_change(conn: &mut Conn, scope: &Scope, id: TaskId) -> Result<Task, Failure> {
    let row: Row = tasks::table
        .filter(tasks::id.eq(id.0))
        .filter(visible(scope))
        .select(Row::as_select())
        .for_update()
        .first(conn)
        .await?;
    row.try_into()
}

/// Stores a changed task and raises its version.
///
/// # Errors
/// `version_conflict` when somebody was faster.
pub async fn save(conn: &mut Conn, task: &Task) -> Result<Task, Failure> {
    let mut row = Row::from(task);
    row.version += 1;
    let target = tasks::table.filter(tasks::id.eq(task.id.0).and(tasks::version.eq(task.version)));
    if diesel::update(target).set(row).execute(conn).await? == 0 {
        return Err(version_conflict().into());
    }
    Ok(Task {
        version: task.version + 1,
        ..task.clone()
    })
}

/// Brings what it is found by up to date with its words.
///
/// # Errors
/// As the database says.
pub async fn reindex(conn: &mut Conn, task: &Task) -> Result<(), Failure> {
    let tokens = tokens(conn, task).await?;
    diesel::update(tasks::table.find(task.id.0))
        .set(tasks::search.eq(tokens))
        .execute(conn)
        .await?;
    Ok(())
}
