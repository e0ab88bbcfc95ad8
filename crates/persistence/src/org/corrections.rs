//! Corrections of charging data: proposed by one person, approved by another (DER-COMPUTER-3).

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    org::{CorrectionRecord, CorrectionState},
    shared::{EstateId, ListRequest},
};

use crate::{Conn, Failure, Rows, in_estates, keyset, save_row, schema::data_corrections, split_next};

/// A correction of one value.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = data_corrections, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct DataCorrection {
    /// Its id.
    pub id: Uuid,
    /// The estate.
    pub estate_id: Uuid,
    /// Its number.
    pub no: String,
    /// The kind of record that is wrong.
    #[schema(value_type = CorrectionRecord)]
    pub record_kind: String,
    /// The record's business number.
    pub record_ref: String,
    /// The field.
    pub field: String,
    /// The value it has.
    pub before_value: String,
    /// The value it should have.
    pub after_value: String,
    /// Why.
    pub reason: String,
    /// Where it stands.
    #[schema(value_type = CorrectionState)]
    pub state: String,
    /// Who proposed it.
    pub proposed_by: Uuid,
    /// Who decided.
    pub decided_by: Option<Uuid>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// What was said to it.
    pub decision_note: Option<String>,
    /// Rises with every change.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// Which corrections are wanted.
#[derive(Clone, Debug, Default)]
pub struct CorrectionFilter {
    /// In this estate.
    pub estate: Option<EstateId>,
    /// In this state.
    pub state: Option<CorrectionState>,
}

/// Corrections in scope, by the time they were proposed.
///
/// # Errors
/// As the database says.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &CorrectionFilter,
    request: &ListRequest<()>,
) -> Result<Rows<DataCorrection>, Failure> {
    let filtered = || {
        let mut query = data_corrections::table
            .filter(in_estates!(data_corrections, scope))
            .into_boxed();
        if let Some(estate) = filter.estate {
            query = query.filter(data_corrections::estate_id.eq(estate.0));
        }
        if let Some(state) = filter.state {
            query = query.filter(data_corrections::state.eq(state.code()));
        }
        query
    };
    let total = if request.count {
        Some(filtered().count().get_result(conn).await?)
    } else {
        None
    };
    let rows: Vec<DataCorrection> = keyset!(
        filtered().select(DataCorrection::as_select()),
        request,
        data_corrections::created_at,
        data_corrections::id,
        DateTime<Utc>
    )
    .load(conn)
    .await?;
    Ok(split_next(rows, request.limit, total, |row| {
        (serde_json::json!(row.created_at), row.id)
    }))
}

/// One correction within the scope.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: Uuid) -> Result<DataCorrection, Failure> {
    Ok(data_corrections::table
        .filter(data_corrections::id.eq(id))
        .filter(in_estates!(data_corrections, scope))
        .select(DataCorrection::as_select())
        .first(conn)
        .await?)
}

/// Adds a correction.
///
/// # Errors
/// As the database says.
pub async fn insert(conn: &mut Conn, row: &DataCorrection) -> Result<(), Failure> {
    diesel::insert_into(data_corrections::table)
        .values(row)
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores a changed correction.
///
/// # Errors
/// `version_conflict`.
pub async fn save(conn: &mut Conn, row: &mut DataCorrection) -> Result<(), Failure> {
    save_row!(conn, data_corrections, row)
}
