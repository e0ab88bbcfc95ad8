//! Parking spaces.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;

use wuye_domain::{
    access::Scope,
    estate::{ParkingSpace, filter::ParkingSpaceFilter},
    shared::{EstateId, ListRequest},
};

use crate::{
    Conn, Failure, Rows,
    estate::row::{element_list, element_queries, row},
    in_estates, keyset,
    schema::parking_spaces,
    split_next,
};

row!(ParkingSpaceRow of ParkingSpace, parking_spaces {
    ids { id, estate_id }
    optional ids { area_id, house_id, created_by }
    codes { kind, state }
    optional codes {}
    plain {
        no: String, location: String, area_milli: Option<i64>, note: String,
        sort_key: String, version: i32, created_at: DateTime<Utc>, updated_at: DateTime<Utc>,
    }
});

element_queries!(ParkingSpace, ParkingSpaceRow, parking_spaces);
element_list!(
    ParkingSpace,
    ParkingSpaceRow,
    parking_spaces,
    ParkingSpaceFilter,
    |query, by| {
        if let Some(area) = by.area_id {
            query = query.filter(parking_spaces::area_id.assume_not_null().eq(area.0));
        }
        if let Some(kind) = by.kind {
            query = query.filter(parking_spaces::kind.eq(kind.code()));
        }
        if let Some(house) = by.house_id {
            query = query.filter(parking_spaces::house_id.assume_not_null().eq(house.0));
        }
        match &by.no {
            Some(no) => query.filter(parking_spaces::no.eq(no.trim().to_owned())),
            None => query,
        }
    }
);

/// Nothing lives on a parking space that would keep it from being taken out.
///
/// # Errors
/// None.
pub async fn in_use(_: &mut Conn, _: Uuid) -> Result<i64, Failure> {
    Ok(0)
}
