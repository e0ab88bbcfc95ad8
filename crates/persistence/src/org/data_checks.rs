//! Monthly checks that the charging data is complete (DER-COMPUTER-5).

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    org::{DataCheckArea, DataCheckState},
    shared::{EstateId, ListRequest},
};

use crate::{Conn, Failure, Rows, in_estates, keyset, save_row, schema::data_checks, split_next, texts::Texts};

/// A check of one kind of data for one month.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = data_checks, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct DataCheck {
    /// Its id.
    pub id: Uuid,
    /// The estate.
    pub estate_id: Uuid,
    /// The month checked, `YYYY-MM`.
    pub period: String,
    /// Which data.
    #[schema(value_type = DataCheckArea)]
    pub area: String,
    /// Where it stands.
    #[schema(value_type = DataCheckState)]
    pub state: String,
    /// What was found, in words.
    pub result: Option<String>,
    /// What is missing or wrong, one by one.
    #[diesel(deserialize_as = Texts)]
    pub exceptions: Vec<String>,
    /// Who checks.
    pub opened_by: Uuid,
    /// Who put it right.
    pub fixed_by: Option<Uuid>,
    /// Rises with every change.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// Which checks are wanted.
#[derive(Clone, Debug, Default)]
pub struct DataCheckFilter {
    /// In this estate.
    pub estate: Option<EstateId>,
    /// Of this kind of data.
    pub area: Option<DataCheckArea>,
    /// In this state.
    pub state: Option<DataCheckState>,
}

/// Checks in scope, by the time they were opened.
///
/// # Errors
/// As the database says.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &DataCheckFilter,
    request: &ListRequest<()>,
) -> Result<Rows<DataCheck>, Failure> {
    let filtered = || {
        let mut query = data_checks::table.filter(in_estates!(data_checks, scope)).into_boxed();
        if let Some(estate) = filter.estate {
            query = query.filter(data_checks::estate_id.eq(estate.0));
        }
        if let Some(area) = filter.area {
            query = query.filter(data_checks::area.eq(area.code()));
        }
        if let Some(state) = filter.state {
            query = query.filter(data_checks::state.eq(state.code()));
        }
        query
    };
    let total = if request.count {
        Some(filtered().count().get_result(conn).await?)
    } else {
        None
    };
    let rows: Vec<DataCheck> = keyset!(
        filtered().select(DataCheck::as_select()),
        request,
        data_checks::created_at,
        data_checks::id,
        DateTime<Utc>
    )
    .load(conn)
    .await?;
    Ok(split_next(rows, request.limit, total, |row| {
        (serde_json::json!(row.created_at), row.id)
    }))
}

/// One check within the scope.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: Uuid) -> Result<DataCheck, Failure> {
    Ok(data_checks::table
        .filter(data_checks::id.eq(id))
        .filter(in_estates!(data_checks, scope))
        .select(DataCheck::as_select())
        .first(conn)
        .await?)
}

/// Adds a check.
///
/// # Errors
/// `conflict` when the month was checked already.
pub async fn insert(conn: &mut Conn, row: &DataCheck) -> Result<(), Failure> {
    diesel::insert_into(data_checks::table)
        .values(row)
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores a changed check.
///
/// # Errors
/// `version_conflict`.
pub async fn save(conn: &mut Conn, row: &mut DataCheck) -> Result<(), Failure> {
    save_row!(conn, data_checks, row)
}
