//! Who owns and uses which house, by date.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    dsl::sql,
    prelude::*,
    sql_types::{Array, Bool, Date, Text},
};
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    estate::{HouseId, Occupancy, OccupancyRole, filter::OccupancyFilter},
    shared::{EstateId, ListRequest, search::query_tokens},
};

use crate::{
    Conn, Failure, Rows,
    estate::row::row,
    fixed::fixed,
    in_estates, keyset,
    schema::{houses, occupancies},
    split_next,
};

row!(OccupancyRow of Occupancy, occupancies {
    ids { id, estate_id, party_id, house_id }
    optional ids { created_by }
    codes { role }
    optional codes {}
    plain {
        valid_from: NaiveDate, valid_until: Option<NaiveDate>, end_reason: Option<String>, version: i32,
        created_at: DateTime<Utc>, updated_at: DateTime<Utc>,
    }
});

/// One occupancy.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: Uuid) -> Result<Occupancy, Failure> {
    let row: OccupancyRow = occupancies::table
        .find(id)
        .filter(in_estates!(occupancies, scope))
        .select(OccupancyRow::as_select())
        .first(conn)
        .await?;
    row.try_into()
}

/// Adds one.
///
/// # Errors
/// `conflict` when the same entry holds in that time already.
pub async fn insert(conn: &mut Conn, occupancy: &Occupancy) -> Result<(), Failure> {
    diesel::insert_into(occupancies::table)
        .values(OccupancyRow::from(occupancy))
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes its end.
///
/// # Errors
/// `version_conflict` when somebody was faster.
pub async fn save(conn: &mut Conn, occupancy: &Occupancy) -> Result<(), Failure> {
    let rows = diesel::update(occupancies::table.find(occupancy.id.0))
        .filter(occupancies::version.eq(occupancy.version - 1))
        .set(OccupancyRow::from(occupancy))
        .execute(conn)
        .await?;
    super::saved(rows)
}

/// Everybody who has or had to do with a house, the latest first.
///
/// # Errors
/// As the database says.
pub async fn of_house(conn: &mut Conn, house: HouseId) -> Result<Vec<Occupancy>, Failure> {
    let rows: Vec<OccupancyRow> = occupancies::table
        .filter(occupancies::house_id.eq(house.0))
        .select(OccupancyRow::as_select())
        .order((occupancies::valid_from.desc(), occupancies::id.desc()))
        .load(conn)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The owners of a house on a day.
///
/// # Errors
/// As the database says.
pub async fn owners_on(conn: &mut Conn, house: HouseId, day: NaiveDate) -> Result<Vec<Occupancy>, Failure> {
    let all = of_house(conn, house).await?;
    Ok(all
        .into_iter()
        .filter(|occupancy| occupancy.role == OccupancyRole::Owner && occupancy.holds_on(day))
        .collect())
}

/// A page of occupancies by their first day.
///
/// # Errors
/// As the database says.
pub async fn list<S>(
    conn: &mut Conn,
    scope: &Scope,
    estate: EstateId,
    filter: &OccupancyFilter,
    request: &ListRequest<S>,
) -> Result<Rows<Occupancy>, Failure> {
    let narrowed = || {
        let mut query = occupancies::table
            .filter(occupancies::estate_id.eq(estate.0))
            .filter(in_estates!(occupancies, scope))
            .into_boxed();
        if let Some(house) = filter.house_id {
            query = query.filter(occupancies::house_id.eq(house.0));
        }
        if let Some(party) = filter.party_id {
            query = query.filter(occupancies::party_id.eq(party.0));
        }
        if let Some(role) = filter.role {
            query = query.filter(occupancies::role.eq(role.code()));
        }
        if let Some(day) = filter.on {
            query = query.filter(
                sql::<Bool>("daterange(occupancies.valid_from, occupancies.valid_until) @> ").bind::<Date, _>(day),
            );
        }
        match filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
            Some(q) => found(query, q),
            None => query,
        }
    };
    let total = if request.count {
        Some(narrowed().count().get_result(conn).await?)
    } else {
        None
    };
    let query = narrowed().select(OccupancyRow::as_select());
    let rows: Vec<OccupancyRow> = keyset!(query, request, occupancies::valid_from, occupancies::id, NaiveDate)
        .load(conn)
        .await?;
    split_next(rows, request.limit, total, |row| (json!(row.valid_from), row.id)).try_map(TryInto::try_into)
}

type Boxed<'a> = occupancies::BoxedQuery<'a, diesel::pg::Pg>;

/// By door or by who it is. Each branch has its own index; an OR over two tables would have none.
fn found<'a>(query: Boxed<'a>, q: &str) -> Boxed<'a> {
    let tokens = query_tokens(q);
    if tokens.is_empty() {
        return query.filter(fixed::<Bool>("false"));
    }
    query.filter(
        sql::<Bool>(
            "occupancies.id IN (SELECT o.id FROM houses h JOIN occupancies o ON o.house_id = h.id WHERE h.search @> ",
        )
        .bind::<Array<Text>, _>(tokens.clone())
        .sql(" UNION ALL SELECT o.id FROM parties p JOIN occupancies o ON o.party_id = p.id WHERE p.search @> ")
        .bind::<Array<Text>, _>(tokens)
        .sql(")"),
    )
}

/// In which houses each of these parties is on a day, and as what; by the number on the door.
///
/// # Errors
/// As the database says.
pub async fn homes_on(
    conn: &mut Conn,
    parties: &[Uuid],
    day: NaiveDate,
) -> Result<Vec<(Uuid, HouseId, String, OccupancyRole)>, Failure> {
    let rows: Vec<(Uuid, Uuid, String, String)> = occupancies::table
        .inner_join(houses::table)
        .filter(occupancies::party_id.eq_any(parties))
        .filter(sql::<Bool>("daterange(occupancies.valid_from, occupancies.valid_until) @> ").bind::<Date, _>(day))
        .select((occupancies::party_id, houses::id, houses::no, occupancies::role))
        .order((houses::sort_key, occupancies::id))
        .load(conn)
        .await?;
    rows.into_iter()
        .map(|(party, house, no, role)| Ok((party, house.into(), no, role.parse()?)))
        .collect()
}

/// The occupancies of several houses.
///
/// # Errors
/// As the database says.
pub async fn of_houses(conn: &mut Conn, houses: &[Uuid]) -> Result<Vec<Occupancy>, Failure> {
    let rows: Vec<OccupancyRow> = occupancies::table
        .filter(occupancies::house_id.eq_any(houses))
        .select(OccupancyRow::as_select())
        .order(occupancies::valid_from)
        .load(conn)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Every house a party has or had to do with, the latest first.
///
/// # Errors
/// As the database says.
pub async fn of_party(conn: &mut Conn, party: wuye_domain::estate::PartyId) -> Result<Vec<Occupancy>, Failure> {
    let rows: Vec<OccupancyRow> = occupancies::table
        .filter(occupancies::party_id.eq(party.0))
        .select(OccupancyRow::as_select())
        .order((occupancies::valid_from.desc(), occupancies::id.desc()))
        .load(conn)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}
