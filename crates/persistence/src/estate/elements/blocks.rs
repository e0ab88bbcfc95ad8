//! Blocks.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;

use wuye_domain::{
    access::Scope,
    estate::{Block, filter::BlockFilter},
    shared::{EstateId, ListRequest},
};

use crate::{
    Conn, Failure, Rows,
    estate::{
        living,
        row::{element_list, element_queries, row},
    },
    in_estates, keyset,
    schema::blocks,
    split_next,
};

row!(BlockRow of Block, blocks {
    ids { id, estate_id }
    optional ids { area_id, created_by }
    codes { kind, state }
    optional codes {}
    plain {
        no: String, name: String, location: String, floors_above: Option<i16>, floors_below: Option<i16>, note: String,
        sort_key: String, version: i32, created_at: DateTime<Utc>, updated_at: DateTime<Utc>,
    }
});

element_queries!(Block, BlockRow, blocks);
element_list!(Block, BlockRow, blocks, BlockFilter, |query, by| {
    if let Some(area) = by.area_id {
        query = query.filter(blocks::area_id.assume_not_null().eq(area.0));
    }
    match by.without_area {
        Some(true) => query.filter(blocks::area_id.is_null()),
        Some(false) => query.filter(blocks::area_id.is_not_null()),
        None => query,
    }
});

/// How many living units and houses it has.
///
/// # Errors
/// As the database says.
pub async fn in_use(conn: &mut Conn, id: Uuid) -> Result<i64, Failure> {
    use crate::schema::{houses, units};
    let units: i64 = units::table
        .filter(units::block_id.eq(id).and(living::units()))
        .count()
        .get_result(conn)
        .await?;
    let houses: i64 = houses::table
        .filter(houses::block_id.eq(id).and(living::houses()))
        .count()
        .get_result(conn)
        .await?;
    Ok(units + houses)
}

/// The living blocks with these labels.
///
/// # Errors
/// As the database says.
pub async fn by_no(conn: &mut Conn, estate: EstateId, labels: Vec<String>) -> Result<Vec<Block>, Failure> {
    let rows: Vec<BlockRow> = blocks::table
        .filter(blocks::estate_id.eq(estate.0).and(blocks::no.eq_any(labels)))
        .filter(living::blocks())
        .select(BlockRow::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Adds several.
///
/// # Errors
/// As [`insert`].
pub async fn insert_all(conn: &mut Conn, all: &[Block]) -> Result<(), Failure> {
    let rows: Vec<BlockRow> = all.iter().map(Into::into).collect();
    diesel::insert_into(blocks::table).values(rows).execute(conn).await?;
    Ok(())
}
