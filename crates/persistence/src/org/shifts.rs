//! Kinds of shifts of an estate.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    org::{ShiftKind, roster::ShiftHours},
    shared::EstateId,
};

use crate::{Conn, Failure, in_estates, save_row, schema::shifts};

/// A kind of shift.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = shifts, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Shift {
    /// Its id.
    pub id: Uuid,
    /// The estate.
    pub estate_id: Uuid,
    /// Short code on the roster.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Begin, minutes after midnight.
    pub starts_minute: i32,
    /// End, minutes after midnight; not after the start means on the next day.
    pub ends_minute: i32,
    /// On the spot or on call.
    #[schema(value_type = ShiftKind)]
    pub kind: String,
    /// Whether it can still be given out.
    pub active: bool,
    /// For If-Match.
    pub version: i32,
}

impl Shift {
    /// Its hours.
    #[must_use]
    pub const fn hours(&self) -> ShiftHours {
        ShiftHours {
            starts_minute: self.starts_minute,
            ends_minute: self.ends_minute,
        }
    }
}

/// The shifts in scope, by begin.
///
/// # Errors
/// As the database says.
pub async fn list(conn: &mut Conn, scope: &Scope, estate: Option<EstateId>) -> Result<Vec<Shift>, Failure> {
    let mut query = shifts::table
        .filter(in_estates!(shifts, scope))
        .select(Shift::as_select())
        .into_boxed();
    if let Some(estate) = estate {
        query = query.filter(shifts::estate_id.eq(estate.0));
    }
    Ok(query
        .order((shifts::estate_id, shifts::starts_minute, shifts::code))
        .load(conn)
        .await?)
}

/// One shift within the scope.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: Uuid) -> Result<Shift, Failure> {
    Ok(shifts::table
        .filter(shifts::id.eq(id).and(in_estates!(shifts, scope)))
        .select(Shift::as_select())
        .first(conn)
        .await?)
}

/// Adds shifts; those whose code is there stay as they are.
///
/// # Errors
/// As the database says.
pub async fn insert_missing(conn: &mut Conn, rows: &[Shift]) -> Result<(), Failure> {
    diesel::insert_into(shifts::table)
        .values(rows)
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(())
}

/// Adds a shift.
///
/// # Errors
/// `conflict` on the code.
pub async fn insert(conn: &mut Conn, row: &Shift) -> Result<(), Failure> {
    diesel::insert_into(shifts::table).values(row).execute(conn).await?;
    Ok(())
}

/// Stores a changed shift; the roster keeps the hours it was made with.
///
/// # Errors
/// `version_conflict`, `conflict` on the code.
pub async fn save(conn: &mut Conn, row: &mut Shift) -> Result<(), Failure> {
    save_row!(conn, shifts, row)
}
