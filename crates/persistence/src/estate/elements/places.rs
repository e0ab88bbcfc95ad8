//! Roads, green areas, shared places and fixtures.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;

use wuye_domain::{
    access::Scope,
    estate::{Place, filter::PlaceFilter},
    shared::{EstateId, ListRequest, search::query_tokens},
};

use crate::{
    Conn, Failure, Rows,
    estate::row::{element_list, element_queries, row},
    in_estates, keyset,
    schema::places,
    split_next,
};

row!(PlaceRow of Place, places {
    ids { id, estate_id }
    optional ids { area_id, created_by }
    codes { kind, state }
    optional codes { fixture_kind }
    plain {
        no: String, name: String, length_milli: Option<i64>, area_milli: Option<i64>, quantity: i32, location: String,
        note: String, sort_key: String, version: i32, created_at: DateTime<Utc>, updated_at: DateTime<Utc>,
    }
});

element_queries!(
    Place,
    PlaceRow,
    places,
    with | place | places::search.eq(place.tokens())
);
element_list!(Place, PlaceRow, places, PlaceFilter, |query, by| {
    if let Some(area) = by.area_id {
        query = query.filter(places::area_id.assume_not_null().eq(area.0));
    }
    if let Some(kind) = by.kind {
        query = query.filter(places::kind.eq(kind.code()));
    }
    if let Some(kind) = by.fixture_kind {
        query = query.filter(places::fixture_kind.assume_not_null().eq(kind.code()));
    }
    if let Some(q) = &by.q {
        query = query.filter(places::search.contains(query_tokens(q)));
    }
    match by.without_location {
        Some(true) => query.filter(places::location.eq("")),
        Some(false) => query.filter(places::location.ne("")),
        None => query,
    }
});

/// Nothing lives on a place that would keep it from being taken out.
///
/// # Errors
/// None.
pub async fn in_use(_: &mut Conn, _: Uuid) -> Result<i64, Failure> {
    Ok(0)
}
