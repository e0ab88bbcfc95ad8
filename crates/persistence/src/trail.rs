//! The one trail: written in the transaction of the act, read as history, audit and evidence.

use chrono::{DateTime, Utc};
use diesel::{
    dsl::sql,
    prelude::*,
    sql_types::{Array, Bool, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use futures_util::future::try_join_all;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, Scope},
    shared::{EmployeeId, EstateId, ListRequest, Subject, SubjectKind, TrailEntry, period::Span},
};

use crate::{
    Conn, Failure, Rows, keyset,
    schema::{employees, trail},
    split_next,
};

// No foreign key binds the trail to people (it outlives everything), so the pair is allowed by hand.
diesel::allow_tables_to_appear_in_same_query!(trail, employees);

#[derive(Insertable, Serialize)]
#[diesel(table_name = trail, treat_none_as_default_value = false)]
struct NewLine<'a> {
    id: Uuid,
    occurred_at: DateTime<Utc>,
    recorded_at: DateTime<Utc>,
    estate_id: Option<Uuid>,
    account_id: Uuid,
    employee_id: Option<Uuid>,
    acting_for: Option<Uuid>,
    post: Option<&'a str>,
    subject_kind: &'a str,
    subject_id: Uuid,
    action: &'a str,
    from_state: Option<&'a str>,
    to_state: Option<&'a str>,
    reason: Option<&'a str>,
    changes: &'a serde_json::Value,
    clauses: Vec<&'a str>,
}

impl<'a> NewLine<'a> {
    fn of(actor: &Actor, capacity: Capacity, now: DateTime<Utc>, entry: &'a TrailEntry) -> Self {
        Self {
            id: Uuid::now_v7(),
            occurred_at: entry.occurred_at.unwrap_or(now),
            recorded_at: now,
            estate_id: entry.estate.map(|id| id.0),
            account_id: actor.account.0,
            employee_id: actor.employee.map(|id| id.0),
            acting_for: capacity.acting_for.map(|id| id.0),
            post: capacity.post.map(|post| post.code()),
            subject_kind: entry.subject.kind.code(),
            subject_id: entry.subject.id,
            action: entry.action,
            from_state: entry.from,
            to_state: entry.to,
            reason: entry.reason.as_deref(),
            changes: &entry.changes,
            clauses: entry.clauses.to_vec(),
        }
    }
}

/// On whose behalf and from which post the actor of a request acts in it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Capacity {
    /// The post whose right was used.
    pub post: Option<wuye_domain::access::PostCode>,
    /// The person stood in for.
    pub acting_for: Option<wuye_domain::shared::EmployeeId>,
}

/// Writes lines in the order given.
///
/// # Errors
/// As the database says.
pub async fn append(
    conn: &Conn,
    actor: &Actor,
    capacity: Capacity,
    now: DateTime<Utc>,
    entries: &[TrailEntry],
) -> Result<(), Failure> {
    // One by one, since the statement for one line stays prepared; sent together, since they do not wait for each other.
    let lines = entries.iter().map(|entry| NewLine::of(actor, capacity, now, entry));
    try_join_all(lines.map(|line| write(conn, line))).await?;
    Ok(())
}

async fn write(mut conn: &Conn, line: NewLine<'_>) -> Result<(), Failure> {
    diesel::insert_into(trail::table)
        .values(&line)
        .execute(&mut conn)
        .await?;
    Ok(())
}

/// Writes any number of lines in few statements: for work that touches thousands of records at once.
///
/// # Errors
/// As the database says.
pub async fn append_many(
    conn: &mut Conn,
    actor: &Actor,
    capacity: Capacity,
    now: DateTime<Utc>,
    entries: &[TrailEntry],
) -> Result<(), Failure> {
    let lines: Vec<serde_json::Value> = entries
        .iter()
        .map(|entry| serde_json::json!(NewLine::of(actor, capacity, now, entry)))
        .collect();
    crate::bulk::insert(conn, "trail", &lines).await
}

/// One line of the trail, with the names of the people in it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrailLine {
    /// Its id.
    pub id: Uuid,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// When it was keyed in.
    pub recorded_at: DateTime<Utc>,
    /// The person who did it; absent for services and the system.
    pub employee_id: Option<Uuid>,
    /// Their name.
    pub employee_name: Option<String>,
    /// The person they stood in for.
    pub acting_for: Option<Uuid>,
    /// That person's name.
    pub acting_for_name: Option<String>,
    /// The post whose right was used.
    pub post: Option<String>,
    /// The kind of record.
    pub subject_kind: String,
    /// The record.
    pub subject_id: Uuid,
    /// What was done.
    pub action: String,
    /// State before.
    pub from_state: Option<String>,
    /// State after.
    pub to_state: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Values changed, `{"field": [before, after]}`.
    pub changes: serde_json::Value,
    /// Clauses served.
    pub clauses: Vec<String>,
}

#[derive(Queryable)]
struct Line {
    id: Uuid,
    occurred_at: DateTime<Utc>,
    recorded_at: DateTime<Utc>,
    employee_id: Option<Uuid>,
    employee_name: Option<String>,
    acting_for: Option<Uuid>,
    acting_for_name: Option<String>,
    post: Option<String>,
    subject_kind: String,
    subject_id: Uuid,
    action: String,
    from_state: Option<String>,
    to_state: Option<String>,
    reason: Option<String>,
    changes: serde_json::Value,
    clauses: Vec<Option<String>>,
}

impl From<Line> for TrailLine {
    fn from(line: Line) -> Self {
        Self {
            id: line.id,
            occurred_at: line.occurred_at,
            recorded_at: line.recorded_at,
            employee_id: line.employee_id,
            employee_name: line.employee_name,
            acting_for: line.acting_for,
            acting_for_name: line.acting_for_name,
            post: line.post,
            subject_kind: line.subject_kind,
            subject_id: line.subject_id,
            action: line.action,
            from_state: line.from_state,
            to_state: line.to_state,
            reason: line.reason,
            changes: line.changes,
            clauses: line.clauses.into_iter().flatten().collect(),
        }
    }
}

macro_rules! lines {
    () => {{
        let principal = diesel::alias!(employees as principal);
        trail::table
            .left_join(employees::table.on(trail::employee_id.eq(employees::id.nullable())))
            .left_join(principal.on(trail::acting_for.eq(principal.field(employees::id).nullable())))
            .select((
                trail::id,
                trail::occurred_at,
                trail::recorded_at,
                trail::employee_id,
                employees::name.nullable(),
                trail::acting_for,
                principal.field(employees::name).nullable(),
                trail::post,
                trail::subject_kind,
                trail::subject_id,
                trail::action,
                trail::from_state,
                trail::to_state,
                trail::reason,
                trail::changes,
                trail::clauses,
            ))
    }};
}

/// The history of one record, oldest first. The caller has shown before that the record may be read.
///
/// # Errors
/// As the database says.
pub async fn history(conn: &mut Conn, subject: Subject) -> Result<Vec<TrailLine>, Failure> {
    let lines: Vec<Line> = lines!()
        .filter(
            trail::subject_kind
                .eq(subject.kind.code())
                .and(trail::subject_id.eq(subject.id)),
        )
        .order(trail::id.asc())
        .load(conn)
        .await?;
    Ok(lines.into_iter().map(Into::into).collect())
}

/// The same without the lines of estates that the scope does not open.
///
/// # Errors
/// As the database says.
pub async fn history_within(conn: &mut Conn, scope: &Scope, subject: Subject) -> Result<Vec<TrailLine>, Failure> {
    let mut query = lines!()
        .filter(
            trail::subject_kind
                .eq(subject.kind.code())
                .and(trail::subject_id.eq(subject.id)),
        )
        .order(trail::id.asc())
        .into_boxed();
    if !scope.company() {
        let estates = scope.estates().iter().copied();
        let estates: Vec<Uuid> = estates
            .chain(scope.lines().iter().map(|line| line.estate))
            .map(|id| id.0)
            .collect();
        query = query.filter(trail::estate_id.is_null().or(trail::estate_id.eq_any(estates)));
    }
    let lines: Vec<Line> = query.load(conn).await?;
    Ok(lines.into_iter().map(Into::into).collect())
}

/// Which lines of the audit are wanted.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// About this kind of record.
    pub kind: Option<SubjectKind>,
    /// Written by this person.
    pub employee: Option<EmployeeId>,
    /// Written in this span.
    pub during: Option<Span>,
}

/// The audit, newest first: every line of the estates given (`None` for all), and of what belongs to no estate the lines
/// written by their people or about them, their logins and the structure all estates share.
///
/// # Errors
/// As the database says.
pub async fn audit(
    conn: &mut Conn,
    estates: Option<&[EstateId]>,
    filter: &AuditFilter,
    request: &ListRequest<()>,
) -> Result<Rows<TrailLine>, Failure> {
    let mut query = lines!().into_boxed();
    if let Some(estates) = estates {
        let ids: Vec<Uuid> = estates.iter().map(|id| id.0).collect();
        // The structure that all estates share belongs to none; so do people and their logins, who may work for several.
        query = query.filter(
            sql::<Bool>("(trail.estate_id = any(")
                .bind::<Array<SqlUuid>, _>(ids.clone())
                .sql(
                    ") or (trail.estate_id is null and (\
                     trail.subject_kind in ('department', 'post', 'reporting_edge', 'squad', 'shift', 'setting') \
                     or exists (select from assignments held where held.estate_id = any(",
                )
                .bind::<Array<SqlUuid>, _>(ids)
                .sql(
                    ") and held.employee_id in (trail.employee_id, trail.subject_id, \
                     (select of.employee_id from accounts of where of.id = trail.subject_id))))))",
                ),
        );
    }
    if let Some(kind) = filter.kind {
        query = query.filter(trail::subject_kind.eq(kind.code()));
    }
    if let Some(person) = filter.employee {
        query = query.filter(trail::employee_id.eq(person.0));
    }
    if let Some(span) = filter.during {
        query = query.filter(trail::recorded_at.ge(span.from).and(trail::recorded_at.lt(span.until)));
    }
    let lines: Vec<Line> = keyset!(query, request, trail::recorded_at, trail::id, DateTime<Utc>)
        .load(conn)
        .await?;
    let rows = split_next(lines, request.limit, None, |line| {
        (serde_json::json!(line.recorded_at), line.id)
    });
    Ok(rows.map(Into::into))
}
