//! Squads (班组) of an estate.

use chrono::NaiveDate;
use diesel::{dsl::exists, prelude::*};
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::{PostCode, Scope},
    shared::{EstateId, Problem, Text},
};

use crate::{Conn, Failure, in_estates, save_row, schema::squads};

/// A squad: one squad leader, its people, one shift after the other.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = squads, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Squad {
    /// Its id.
    pub id: Uuid,
    /// The estate.
    pub estate_id: Uuid,
    /// Its name.
    pub name: String,
    /// The post of its people.
    #[schema(value_type = PostCode)]
    pub post: String,
    /// First day.
    pub active_from: NaiveDate,
    /// First day after.
    pub active_until: Option<NaiveDate>,
    /// For If-Match.
    pub version: i32,
}

/// The squads in scope, by estate and name.
///
/// # Errors
/// As the database says.
pub async fn list(conn: &mut Conn, scope: &Scope, estate: Option<EstateId>) -> Result<Vec<Squad>, Failure> {
    let mut query = squads::table
        .filter(in_estates!(squads, scope))
        .select(Squad::as_select())
        .into_boxed();
    if let Some(estate) = estate {
        query = query.filter(squads::estate_id.eq(estate.0));
    }
    Ok(query.order((squads::estate_id, squads::name)).load(conn).await?)
}

/// One squad within the scope.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: Uuid) -> Result<Squad, Failure> {
    Ok(squads::table
        .filter(squads::id.eq(id).and(in_estates!(squads, scope)))
        .select(Squad::as_select())
        .first(conn)
        .await?)
}

/// The squad named at `pointer` is there, within the scope.
///
/// # Errors
/// `validation_failed` at `pointer` when it is not.
pub async fn known(conn: &mut Conn, scope: &Scope, id: Uuid, pointer: &str) -> Result<(), Failure> {
    let squad = squads::table.filter(squads::id.eq(id).and(in_estates!(squads, scope)));
    if diesel::select(exists(squad)).get_result(conn).await? {
        return Ok(());
    }
    let message = Text::new("没有这个班组", "there is no such squad");
    Err(Problem::field(pointer, "unknown_reference", message).into())
}

/// Adds a squad.
///
/// # Errors
/// `conflict` on the name.
pub async fn insert(conn: &mut Conn, row: &Squad) -> Result<(), Failure> {
    diesel::insert_into(squads::table).values(row).execute(conn).await?;
    Ok(())
}

/// Stores a changed squad.
///
/// # Errors
/// `version_conflict`, `conflict` on the name.
pub async fn save(conn: &mut Conn, row: &mut Squad) -> Result<(), Failure> {
    save_row!(conn, squads, row)
}
