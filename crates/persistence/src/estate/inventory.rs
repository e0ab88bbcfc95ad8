//! Totals of the inventory by area and kind, and what is missing in it: two statements over the estate's elements.

use chrono::NaiveDate;
use diesel::{
    QueryableByName, sql_query,
    sql_types::{BigInt, Date, Nullable, Text, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    estate::{Completeness, Inventory, KindTotal},
    shared::{AreaId, EstateId, Problem},
};

use crate::{Conn, Failure};

#[derive(QueryableByName)]
struct Total {
    #[diesel(sql_type = Nullable<SqlUuid>)]
    area_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<Text>)]
    area_name: Option<String>,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    count: i64,
    #[diesel(sql_type = BigInt)]
    length_milli: i64,
    #[diesel(sql_type = BigInt)]
    area_milli: i64,
}

const TOTALS: &str = "\
SELECT t.area_id, a.name AS area_name, t.kind, t.count, t.length_milli, t.area_milli FROM (
    SELECT area_id, 'block' AS kind, count(*) AS count, 0::bigint AS length_milli, 0::bigint AS area_milli
        FROM blocks WHERE estate_id = $1 AND state <> 'retired' GROUP BY area_id
    UNION ALL SELECT b.area_id, 'unit', count(*), 0, 0
        FROM units u JOIN blocks b ON b.id = u.block_id
        WHERE u.estate_id = $1 AND u.state <> 'retired' GROUP BY b.area_id
    UNION ALL SELECT b.area_id, 'house', count(*), 0, coalesce(sum(h.area_milli), 0)::bigint
        FROM houses h JOIN blocks b ON b.id = h.block_id
        WHERE h.estate_id = $1 AND h.state <> 'retired' GROUP BY b.area_id
    UNION ALL SELECT area_id, 'parking_space', count(*), 0, coalesce(sum(area_milli), 0)::bigint
        FROM parking_spaces WHERE estate_id = $1 AND state <> 'retired' GROUP BY area_id
    UNION ALL SELECT area_id, coalesce(fixture_kind, kind), sum(quantity)::bigint,
            coalesce(sum(length_milli), 0)::bigint, coalesce(sum(area_milli), 0)::bigint
        FROM places WHERE estate_id = $1 AND state <> 'retired' GROUP BY area_id, coalesce(fixture_kind, kind)
) t LEFT JOIN areas a ON a.id = t.area_id
ORDER BY a.sort_key NULLS LAST, t.kind";

#[derive(QueryableByName)]
struct Gaps {
    #[diesel(sql_type = BigInt)]
    houses: i64,
    #[diesel(sql_type = BigInt)]
    houses_without_area: i64,
    #[diesel(sql_type = BigInt)]
    houses_without_owner: i64,
    #[diesel(sql_type = BigInt)]
    houses_without_file: i64,
    #[diesel(sql_type = BigInt)]
    blocks_without_area: i64,
    #[diesel(sql_type = BigInt)]
    fixtures: i64,
    #[diesel(sql_type = BigInt)]
    fixtures_without_location: i64,
    #[diesel(sql_type = BigInt)]
    files: i64,
    #[diesel(sql_type = BigInt)]
    files_complete: i64,
}

const GAPS: &str = "\
SELECT h.houses, h.houses_without_area, h.houses - o.owned AS houses_without_owner, h.houses - f.filed AS \
houses_without_file, b.blocks_without_area, p.fixtures, p.fixtures_without_location, f.files, f.files_complete
FROM (SELECT count(*) AS houses, count(*) FILTER (WHERE area_milli IS NULL) AS houses_without_area
        FROM houses WHERE estate_id = $1 AND state <> 'retired') h,
    (SELECT count(DISTINCT o.house_id) AS owned FROM occupancies o JOIN houses h ON h.id = o.house_id
        WHERE o.estate_id = $1 AND h.state <> 'retired' AND o.role = 'owner'
        AND o.valid_from <= $2 AND (o.valid_until IS NULL OR o.valid_until > $2)) o,
    (SELECT count(*) FILTER (WHERE area_id IS NULL) AS blocks_without_area
        FROM blocks WHERE estate_id = $1 AND state <> 'retired') b,
    (SELECT count(*) AS fixtures, count(*) FILTER (WHERE location = '') AS fixtures_without_location
        FROM places WHERE estate_id = $1 AND state <> 'retired' AND kind = 'fixture') p,
    (SELECT count(*) AS files, count(*) FILTER (WHERE f.state = 'complete') AS files_complete,
            count(*) FILTER (WHERE h.state <> 'retired') AS filed
        FROM house_files f JOIN houses h ON h.id = f.house_id
        WHERE f.estate_id = $1 AND f.state <> 'archived') f";

/// The inventory of an estate in figures, as of `today`.
///
/// # Errors
/// `not_found` for an estate outside the scope.
pub async fn inventory(
    conn: &mut Conn,
    scope: &Scope,
    estate: EstateId,
    today: NaiveDate,
) -> Result<Inventory, Failure> {
    if !scope.touches(estate) {
        return Err(Problem::not_found().into());
    }
    let totals: Vec<Total> = sql_query(TOTALS).bind::<SqlUuid, _>(estate.0).load(conn).await?;
    let gaps: Gaps = sql_query(GAPS)
        .bind::<SqlUuid, _>(estate.0)
        .bind::<Date, _>(today)
        .get_result(conn)
        .await?;
    Ok(Inventory {
        estate_id: estate,
        totals: totals.into_iter().map(Into::into).collect(),
        completeness: gaps.into(),
    })
}

impl From<Total> for KindTotal {
    fn from(total: Total) -> Self {
        Self {
            area_id: total.area_id.map(AreaId),
            area_name: total.area_name,
            kind: total.kind,
            count: total.count,
            length_milli: total.length_milli,
            area_milli: total.area_milli,
        }
    }
}

impl From<Gaps> for Completeness {
    fn from(gaps: Gaps) -> Self {
        Self {
            houses: gaps.houses,
            houses_without_area: gaps.houses_without_area,
            houses_without_owner: gaps.houses_without_owner,
            houses_without_file: gaps.houses_without_file,
            blocks_without_area: gaps.blocks_without_area,
            fixtures: gaps.fixtures,
            fixtures_without_location: gaps.fixtures_without_location,
            files: gaps.files,
            files_complete: gaps.files_complete,
            file_completeness_e4: None,
        }
        .rated()
    }
}
