//! The backup log (DER-COMPUTER-4, DER-TICKET-7).

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{access::Scope, org::BackupKind, shared::ListRequest};

use crate::{Conn, Failure, Rows, fixed::fixed, keyset, save_row, schema::backup_records, split_next};

/// A backup, or the restore of one for a test.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = backup_records, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct BackupRecord {
    /// Its id.
    pub id: Uuid,
    /// The estate; absent for a backup of everything.
    pub estate_id: Option<Uuid>,
    /// When it was made.
    pub taken_at: DateTime<Utc>,
    /// Backup, or restore for a test.
    #[schema(value_type = BackupKind)]
    pub kind: String,
    /// Whether it worked.
    pub succeeded: bool,
    /// Where it lies.
    pub place: String,
    /// Its size.
    pub size_bytes: Option<i64>,
    /// Remark; the cause of a failure.
    pub note: Option<String>,
    /// Who recorded it; absent for those the product made by itself.
    pub recorded_by: Option<Uuid>,
    /// Who checked it.
    pub verified_by: Option<Uuid>,
    /// When.
    pub verified_at: Option<DateTime<Utc>>,
    /// Rises with every change.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
}

/// Which lines are wanted.
#[derive(Clone, Debug, Default)]
pub struct BackupFilter {
    /// Of this kind.
    pub kind: Option<BackupKind>,
    /// That worked, or did not.
    pub succeeded: Option<bool>,
}

/// The log in scope, by time; backups of everything are open to all who may read it.
///
/// # Errors
/// As the database says.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &BackupFilter,
    request: &ListRequest<()>,
) -> Result<Rows<BackupRecord>, Failure> {
    let filtered = || {
        let mut query = backup_records::table.filter(visible(scope)).into_boxed();
        if let Some(kind) = filter.kind {
            query = query.filter(backup_records::kind.eq(kind.code()));
        }
        if let Some(succeeded) = filter.succeeded {
            query = query.filter(backup_records::succeeded.eq(succeeded));
        }
        query
    };
    let total = if request.count {
        Some(filtered().count().get_result(conn).await?)
    } else {
        None
    };
    let rows: Vec<BackupRecord> = keyset!(
        filtered().select(BackupRecord::as_select()),
        request,
        backup_records::taken_at,
        backup_records::id,
        DateTime<Utc>
    )
    .load(conn)
    .await?;
    Ok(split_next(rows, request.limit, total, |row| {
        (serde_json::json!(row.taken_at), row.id)
    }))
}

/// One line within the scope.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: Uuid) -> Result<BackupRecord, Failure> {
    Ok(backup_records::table
        .filter(backup_records::id.eq(id))
        .filter(visible(scope))
        .select(BackupRecord::as_select())
        .first(conn)
        .await?)
}

/// Adds a line.
///
/// # Errors
/// As the database says.
pub async fn insert(conn: &mut Conn, row: &BackupRecord) -> Result<(), Failure> {
    diesel::insert_into(backup_records::table)
        .values(row)
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores a changed line.
///
/// # Errors
/// `version_conflict`.
pub async fn save(conn: &mut Conn, row: &mut BackupRecord) -> Result<(), Failure> {
    save_row!(conn, backup_records, row)
}

fn visible(scope: &Scope) -> crate::scope::Predicate<backup_records::table> {
    if scope.company() {
        return Box::new(fixed::<diesel::sql_types::Bool>("true"));
    }
    let estates: Vec<Uuid> = scope
        .estates()
        .iter()
        .copied()
        .chain(scope.lines().iter().map(|line| line.estate))
        .map(|id| id.0)
        .collect();
    Box::new(
        backup_records::estate_id
            .is_null()
            .or(backup_records::estate_id.assume_not_null().eq_any(estates)),
    )
}

/// Writes down a backup that the product made by itself.
///
/// # Errors
/// As the database says.
pub async fn log_own(conn: &mut Conn, place: &str, size_bytes: i64, taken_at: DateTime<Utc>) -> Result<(), Failure> {
    let record = BackupRecord {
        id: Uuid::now_v7(),
        estate_id: None,
        taken_at,
        kind: BackupKind::Backup.code().to_owned(),
        succeeded: true,
        place: place.to_owned(),
        size_bytes: Some(size_bytes),
        note: None,
        recorded_by: None,
        verified_by: None,
        verified_at: None,
        version: 1,
        created_at: taken_at,
    };
    diesel::insert_into(backup_records::table)
        .values(&record)
        .execute(conn)
        .await?;
    Ok(())
}
