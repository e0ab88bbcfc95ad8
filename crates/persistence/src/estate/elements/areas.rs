//! Areas.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;

use wuye_domain::{
    access::Scope,
    estate::{Area, filter::AreaFilter},
    shared::{EstateId, ListRequest},
};

use crate::{
    Conn, Failure, Rows,
    estate::{
        living,
        row::{element_list, element_queries, row},
    },
    in_estates, keyset,
    schema::areas,
    split_next,
};

row!(AreaRow of Area, areas {
    ids { id, estate_id }
    optional ids { created_by }
    codes { state }
    optional codes {}
    plain {
        code: String, name: String, note: String, sort_key: String,
        version: i32, created_at: DateTime<Utc>, updated_at: DateTime<Utc>,
    }
});

element_queries!(Area, AreaRow, areas);
element_list!(Area, AreaRow, areas, AreaFilter, |query, _by| { query });

/// How many living blocks lie in it.
///
/// # Errors
/// As the database says.
pub async fn in_use(conn: &mut Conn, id: Uuid) -> Result<i64, Failure> {
    use crate::schema::blocks;
    Ok(blocks::table
        .filter(blocks::area_id.assume_not_null().eq(id).and(living::blocks()))
        .count()
        .get_result(conn)
        .await?)
}

/// Every living area of an estate, by sort key.
///
/// # Errors
/// As the database says.
pub async fn all(conn: &mut Conn, scope: &Scope, estate: EstateId) -> Result<Vec<Area>, Failure> {
    let rows: Vec<AreaRow> = areas::table
        .filter(areas::estate_id.eq(estate.0).and(living::areas()))
        .filter(in_estates!(areas, scope))
        .select(AreaRow::as_select())
        .order(areas::sort_key)
        .load(conn)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}
