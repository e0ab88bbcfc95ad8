//! In which areas a house or a person's houses lie: what a collector's sight is measured by.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::shared::AreaId;

use crate::{
    Conn, Failure,
    schema::{blocks, houses, occupancies},
};

/// The areas of the houses that each of these parties has to do with.
///
/// # Errors
/// As the database says.
pub async fn areas_of_parties(conn: &mut Conn, parties: &[Uuid]) -> Result<HashMap<Uuid, Vec<AreaId>>, Failure> {
    let rows: Vec<(Uuid, Option<Uuid>)> = occupancies::table
        .inner_join(houses::table.inner_join(blocks::table))
        .filter(
            occupancies::party_id
                .eq_any(parties)
                .and(occupancies::valid_until.is_null()),
        )
        .select((occupancies::party_id, blocks::area_id))
        .distinct()
        .load(conn)
        .await?;
    let mut areas: HashMap<Uuid, Vec<AreaId>> = HashMap::new();
    for (party, area) in rows {
        areas.entry(party).or_default().extend(area.map(AreaId));
    }
    Ok(areas)
}

/// The area of each of these houses.
///
/// # Errors
/// As the database says.
pub async fn areas_of_houses(conn: &mut Conn, of: &[Uuid]) -> Result<HashMap<Uuid, AreaId>, Failure> {
    let rows: Vec<(Uuid, Option<Uuid>)> = houses::table
        .inner_join(blocks::table)
        .filter(houses::id.eq_any(of))
        .select((houses::id, blocks::area_id))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(house, area)| Some((house, AreaId(area?))))
        .collect())
}
