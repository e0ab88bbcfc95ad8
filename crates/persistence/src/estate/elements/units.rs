//! Units.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;

use wuye_domain::{
    access::Scope,
    estate::{BlockId, Unit, filter::UnitFilter},
    shared::{EstateId, ListRequest},
};

use crate::{
    Conn, Failure, Rows,
    estate::{
        living,
        row::{element_list, element_queries, row},
    },
    in_estates, keyset,
    schema::units,
    split_next,
};

row!(UnitRow of Unit, units {
    ids { id, estate_id, block_id }
    optional ids { created_by }
    codes { state }
    optional codes {}
    plain {
        no: String, lifts: Option<i16>, note: String,
        sort_key: String, version: i32, created_at: DateTime<Utc>, updated_at: DateTime<Utc>,
    }
});

element_queries!(Unit, UnitRow, units);
element_list!(Unit, UnitRow, units, UnitFilter, |query, by| {
    match by.block_id {
        Some(block) => query.filter(units::block_id.eq(block.0)),
        None => query,
    }
});

/// The living units of a block.
///
/// # Errors
/// As the database says.
pub async fn of_block(conn: &mut Conn, block: BlockId) -> Result<Vec<Unit>, Failure> {
    let rows: Vec<UnitRow> = units::table
        .filter(units::block_id.eq(block.0).and(living::units()))
        .select(UnitRow::as_select())
        .order(units::sort_key)
        .load(conn)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// How many living houses it has.
///
/// # Errors
/// As the database says.
pub async fn in_use(conn: &mut Conn, id: Uuid) -> Result<i64, Failure> {
    use crate::schema::houses;
    Ok(houses::table
        .filter(houses::unit_id.assume_not_null().eq(id).and(living::houses()))
        .count()
        .get_result(conn)
        .await?)
}

/// The living units of several blocks.
///
/// # Errors
/// As the database says.
pub async fn of_blocks(conn: &mut Conn, of: &[Uuid]) -> Result<Vec<Unit>, Failure> {
    let rows: Vec<UnitRow> = units::table
        .filter(units::block_id.eq_any(of).and(living::units()))
        .select(UnitRow::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Adds several.
///
/// # Errors
/// As [`insert`].
pub async fn insert_all(conn: &mut Conn, all: &[Unit]) -> Result<(), Failure> {
    let rows: Vec<UnitRow> = all.iter().map(Into::into).collect();
    diesel::insert_into(units::table).values(rows).execute(conn).await?;
    Ok(())
}
