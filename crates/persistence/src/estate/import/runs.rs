//! The runs and their errors.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    estate::{ImportRunId, filter::ImportFilter, import::ImportRun},
    shared::{EstateId, ListRequest},
};

use super::take::ErrorLine;
use crate::{
    Conn, Failure, Rows, in_estates, keyset,
    schema::{import_errors, import_runs},
    split_next,
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = import_runs, treat_none_as_default_value = false, treat_none_as_null = true)]
struct RunRow {
    id: Uuid,
    estate_id: Uuid,
    kind: String,
    file_name: String,
    format: String,
    encoding: String,
    sha256: String,
    headers: Vec<Option<String>>,
    state: String,
    total_rows: i32,
    done_rows: i32,
    added: i32,
    changed: i32,
    unchanged: i32,
    rejected: i32,
    failure: Option<String>,
    created_by: Option<Uuid>,
    account_id: Uuid,
    post: Option<String>,
    created_at: DateTime<Utc>,
    started_at: Option<DateTime<Utc>>,
    finished_at: Option<DateTime<Utc>>,
    version: i32,
}

impl From<&ImportRun> for RunRow {
    fn from(run: &ImportRun) -> Self {
        Self {
            id: run.id.0,
            estate_id: run.estate_id.0,
            kind: run.kind.code().to_owned(),
            file_name: run.file_name.clone(),
            format: run.format.clone(),
            encoding: run.encoding.clone(),
            sha256: run.sha256.clone(),
            headers: run.headers.iter().cloned().map(Some).collect(),
            state: run.state.code().to_owned(),
            total_rows: run.total_rows,
            done_rows: run.done_rows,
            added: run.added,
            changed: run.changed,
            unchanged: run.unchanged,
            rejected: run.rejected,
            failure: run.failure.clone(),
            created_by: run.created_by.map(Into::into),
            account_id: run.account_id,
            post: run.post.clone(),
            created_at: run.created_at,
            started_at: run.started_at,
            finished_at: run.finished_at,
            version: run.version,
        }
    }
}

impl TryFrom<RunRow> for ImportRun {
    type Error = Failure;

    fn try_from(row: RunRow) -> Result<Self, Failure> {
        Ok(Self {
            id: row.id.into(),
            estate_id: row.estate_id.into(),
            kind: row.kind.parse()?,
            file_name: row.file_name,
            format: row.format,
            encoding: row.encoding,
            sha256: row.sha256,
            headers: row.headers.into_iter().flatten().collect(),
            state: row.state.parse()?,
            total_rows: row.total_rows,
            done_rows: row.done_rows,
            added: row.added,
            changed: row.changed,
            unchanged: row.unchanged,
            rejected: row.rejected,
            failure: row.failure,
            created_by: row.created_by.map(Into::into),
            account_id: row.account_id,
            post: row.post,
            created_at: row.created_at,
            started_at: row.started_at,
            finished_at: row.finished_at,
            version: row.version,
        })
    }
}

/// One run.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: ImportRunId) -> Result<ImportRun, Failure> {
    let row: RunRow = import_runs::table
        .find(id.0)
        .filter(in_estates!(import_runs, scope))
        .select(RunRow::as_select())
        .first(conn)
        .await?;
    row.try_into()
}

/// One run, held until the transaction ends. The worker asks without a scope: the right was checked at the start.
///
/// # Errors
/// `not_found`.
pub async fn lock(conn: &mut Conn, id: ImportRunId) -> Result<ImportRun, Failure> {
    let row: RunRow = import_runs::table
        .find(id.0)
        .select(RunRow::as_select())
        .for_update()
        .first(conn)
        .await?;
    row.try_into()
}

/// Adds one.
///
/// # Errors
/// As the database says.
pub async fn insert(conn: &mut Conn, run: &ImportRun) -> Result<(), Failure> {
    diesel::insert_into(import_runs::table)
        .values(RunRow::from(run))
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes state and progress; the caller holds the row.
///
/// # Errors
/// As the database says.
pub async fn save(conn: &mut Conn, run: &ImportRun) -> Result<(), Failure> {
    diesel::update(import_runs::table.find(run.id.0))
        .set(RunRow::from(run))
        .execute(conn)
        .await?;
    Ok(())
}

/// A page of runs, by the time of upload.
///
/// # Errors
/// As the database says.
pub async fn list<S>(
    conn: &mut Conn,
    scope: &Scope,
    estate: EstateId,
    filter: &ImportFilter,
    request: &ListRequest<S>,
) -> Result<Rows<ImportRun>, Failure> {
    let mut query = import_runs::table
        .filter(import_runs::estate_id.eq(estate.0))
        .filter(in_estates!(import_runs, scope))
        .select(RunRow::as_select())
        .into_boxed();
    if let Some(kind) = filter.kind {
        query = query.filter(import_runs::kind.eq(kind.code()));
    }
    if let Some(state) = filter.state {
        query = query.filter(import_runs::state.eq(state.code()));
    }
    let rows: Vec<RunRow> = keyset!(query, request, import_runs::created_at, import_runs::id, DateTime<Utc>)
        .load(conn)
        .await?;
    split_next(rows, request.limit, None, |row| (json!(row.created_at), row.id)).try_map(TryInto::try_into)
}

/// A page of the errors of a run, by row.
///
/// # Errors
/// As the database says.
pub async fn errors<S>(
    conn: &mut Conn,
    run: ImportRunId,
    request: &ListRequest<S>,
) -> Result<Rows<ErrorLine>, Failure> {
    let narrowed = || {
        import_errors::table
            .filter(import_errors::run_id.eq(run.0))
            .into_boxed()
    };
    let total = if request.count {
        Some(narrowed().count().get_result(conn).await?)
    } else {
        None
    };
    let query = narrowed().select(ErrorLine::as_select());
    let lines: Vec<ErrorLine> = keyset!(query, request, import_errors::row_no, import_errors::id, i32)
        .load(conn)
        .await?;
    Ok(split_next(lines, request.limit, total, |line| {
        (json!(line.row_no), line.id)
    }))
}
