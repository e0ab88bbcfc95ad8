//! Yearly checks of an inventory.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    estate::check::EstateCheck,
    shared::{EstateId, ListRequest},
};

use crate::{Conn, Failure, Rows, estate::row::row, in_estates, keyset, schema::estate_checks, split_next};

row!(CheckRow of EstateCheck, estate_checks {
    ids { id, estate_id }
    optional ids { opened_by, closed_by }
    codes { state }
    optional codes {}
    plain {
        year: i16, opened_at: DateTime<Utc>, findings: String, totals: Value, closed_at: Option<DateTime<Utc>>,
        version: i32,
    }
});

/// One check.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: Uuid) -> Result<EstateCheck, Failure> {
    let row: CheckRow = estate_checks::table
        .find(id)
        .filter(in_estates!(estate_checks, scope))
        .select(CheckRow::as_select())
        .first(conn)
        .await?;
    row.try_into()
}

/// Opens one.
///
/// # Errors
/// `conflict` when the year has one.
pub async fn insert(conn: &mut Conn, check: &EstateCheck) -> Result<(), Failure> {
    diesel::insert_into(estate_checks::table)
        .values(CheckRow::from(check))
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes its end.
///
/// # Errors
/// `version_conflict` when somebody was faster.
pub async fn save(conn: &mut Conn, check: &EstateCheck) -> Result<(), Failure> {
    let rows = diesel::update(estate_checks::table.find(check.id.0))
        .filter(estate_checks::version.eq(check.version - 1))
        .set(CheckRow::from(check))
        .execute(conn)
        .await?;
    super::saved(rows)
}

/// The checks of an estate by year.
///
/// # Errors
/// As the database says.
pub async fn list<S>(
    conn: &mut Conn,
    scope: &Scope,
    estate: EstateId,
    request: &ListRequest<S>,
) -> Result<Rows<EstateCheck>, Failure> {
    let query = estate_checks::table
        .filter(estate_checks::estate_id.eq(estate.0))
        .filter(in_estates!(estate_checks, scope))
        .select(CheckRow::as_select())
        .into_boxed();
    let rows: Vec<CheckRow> = keyset!(query, request, estate_checks::year, estate_checks::id, i16)
        .load(conn)
        .await?;
    split_next(rows, request.limit, None, |row| (json!(row.year), row.id)).try_map(TryInto::try_into)
}
