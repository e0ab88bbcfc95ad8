//! The register of computers (DER-COMPUTER-1).

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    org::ComputerPlace,
    shared::{EstateId, ListRequest},
};

use crate::{Conn, Failure, Rows, in_estates, keyset, save_row, schema::computers, split_next, texts::Texts};

/// A computer of the centre.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = computers, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Computer {
    /// Its id.
    pub id: Uuid,
    /// The estate.
    pub estate_id: Uuid,
    /// Inventory number.
    pub no: String,
    /// Where it stands.
    #[schema(value_type = ComputerPlace)]
    pub place: String,
    /// Who answers for it.
    pub custodian_id: Uuid,
    /// What is installed.
    #[diesel(deserialize_as = Texts)]
    pub software: Vec<String>,
    /// Remark.
    pub note: Option<String>,
    /// The day it was taken out of use.
    pub retired_on: Option<NaiveDate>,
    /// For If-Match.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// Which computers are wanted.
#[derive(Clone, Debug, Default)]
pub struct ComputerFilter {
    /// In this estate.
    pub estate: Option<EstateId>,
    /// At this kind of place.
    pub place: Option<ComputerPlace>,
}

/// Computers in scope, by number.
///
/// # Errors
/// As the database says.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &ComputerFilter,
    request: &ListRequest<()>,
) -> Result<Rows<Computer>, Failure> {
    let filtered = || {
        let mut query = computers::table.filter(in_estates!(computers, scope)).into_boxed();
        if let Some(estate) = filter.estate {
            query = query.filter(computers::estate_id.eq(estate.0));
        }
        if let Some(place) = filter.place {
            query = query.filter(computers::place.eq(place.code()));
        }
        query
    };
    let total = if request.count {
        Some(filtered().count().get_result(conn).await?)
    } else {
        None
    };
    let rows: Vec<Computer> = keyset!(
        filtered().select(Computer::as_select()),
        request,
        computers::no,
        computers::id,
        String
    )
    .load(conn)
    .await?;
    Ok(split_next(rows, request.limit, total, |row| {
        (serde_json::json!(row.no), row.id)
    }))
}

/// One computer within the scope.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: Uuid) -> Result<Computer, Failure> {
    Ok(computers::table
        .filter(computers::id.eq(id))
        .filter(in_estates!(computers, scope))
        .select(Computer::as_select())
        .first(conn)
        .await?)
}

/// Adds a computer.
///
/// # Errors
/// `conflict` on the number.
pub async fn insert(conn: &mut Conn, row: &Computer) -> Result<(), Failure> {
    diesel::insert_into(computers::table).values(row).execute(conn).await?;
    Ok(())
}

/// Stores a changed computer.
///
/// # Errors
/// `version_conflict`.
pub async fn save(conn: &mut Conn, row: &mut Computer) -> Result<(), Failure> {
    save_row!(conn, computers, row)
}
