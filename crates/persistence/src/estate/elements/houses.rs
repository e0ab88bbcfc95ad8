//! Houses, found by door, by who lives there and by the end of a phone.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    dsl::sql,
    prelude::*,
    sql_types::{Array, Bool, Date, Text, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    estate::{
        BlockId, ContactReach, House,
        filter::{HouseFilter, HouseSort},
    },
    shared::{EstateId, ListRequest, search::query_tokens},
};

use crate::{
    Conn, Failure, Rows,
    estate::{
        living,
        row::{element_queries, row},
    },
    fixed::fixed,
    in_estates, keyset,
    schema::houses,
    split_next,
};

row!(HouseRow of House, houses {
    ids { id, estate_id, block_id }
    optional ids { unit_id, created_by }
    codes { use_, status, state }
    optional codes {}
    plain {
        no: String, room: String, floor: Option<i16>, area_milli: Option<i64>, note: String, sort_key: String,
        import_run_id: Option<Uuid>, version: i32, created_at: DateTime<Utc>, updated_at: DateTime<Utc>,
    }
});

element_queries!(
    House,
    HouseRow,
    houses,
    with | house | houses::search.eq(house.tokens())
);

/// Who asks for houses, and what day it is there.
#[derive(Clone, Copy, Debug)]
pub struct Asker<'a> {
    /// The rows open to them.
    pub scope: &'a Scope,
    /// Whose phones they may search by.
    pub contact: &'a ContactReach,
    /// The day at the estate: a former owner is not found.
    pub today: NaiveDate,
}

type Boxed<'a> = houses::BoxedQuery<'a, diesel::pg::Pg>;

/// A page of houses.
///
/// # Errors
/// As the database says.
pub async fn list(
    conn: &mut Conn,
    asker: Asker<'_>,
    estate: EstateId,
    filter: &HouseFilter,
    request: &ListRequest<HouseSort>,
) -> Result<Rows<House>, Failure> {
    let total = if request.count {
        let count = narrowed(asker, estate, filter).count();
        Some(count.get_result(conn).await?)
    } else {
        None
    };
    let query = narrowed(asker, estate, filter).select(HouseRow::as_select());
    let rows: Vec<HouseRow> = match request.sort {
        HouseSort::No => {
            keyset!(query, request, houses::sort_key, houses::id, String)
                .load(conn)
                .await?
        }
        HouseSort::UpdatedAt => {
            keyset!(query, request, houses::updated_at, houses::id, DateTime<Utc>)
                .load(conn)
                .await?
        }
    };
    let by = request.sort;
    split_next(rows, request.limit, total, |row| match by {
        HouseSort::No => (json!(row.sort_key), row.id),
        HouseSort::UpdatedAt => (json!(row.updated_at), row.id),
    })
    .try_map(TryInto::try_into)
}

fn narrowed<'a>(asker: Asker<'_>, estate: EstateId, filter: &HouseFilter) -> Boxed<'a> {
    let mut query = houses::table
        .filter(houses::estate_id.eq(estate.0))
        .filter(in_estates!(houses, asker.scope))
        .into_boxed();
    match filter.state {
        Some(state) => query = query.filter(houses::state.eq(state.code())),
        None => query = query.filter(living::houses()),
    }
    if let Some(area) = filter.area_id {
        query = query.filter(
            sql::<Bool>("houses.block_id IN (SELECT id FROM blocks WHERE area_id = ")
                .bind::<SqlUuid, _>(area.0)
                .sql(")"),
        );
    }
    if let Some(block) = filter.block_id {
        query = query.filter(houses::block_id.eq(block.0));
    }
    if let Some(unit) = filter.unit_id {
        query = query.filter(houses::unit_id.assume_not_null().eq(unit.0));
    }
    if let Some(floor) = filter.floor {
        query = query.filter(houses::floor.assume_not_null().eq(floor));
    }
    if let Some(use_) = filter.use_ {
        query = query.filter(houses::use_.eq(use_.code()));
    }
    if let Some(status) = filter.status {
        query = query.filter(houses::status.eq(status.code()));
    }
    if let Some(run) = filter.import_run_id {
        query = query.filter(houses::import_run_id.assume_not_null().eq(run));
    }
    query = gaps(query, filter, asker.today);
    match filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        Some(q) => found(query, q, asker),
        None => query,
    }
}

/// What is missing at a house: the lists behind the figures of completeness.
fn gaps<'a>(mut query: Boxed<'a>, filter: &HouseFilter, today: NaiveDate) -> Boxed<'a> {
    if let Some(without) = filter.without_area {
        query = if without {
            query.filter(houses::area_milli.is_null())
        } else {
            query.filter(houses::area_milli.is_not_null())
        };
    }
    if let Some(without) = filter.without_owner {
        query = query.filter(
            sql::<Bool>(
                "NOT EXISTS (SELECT 1 FROM occupancies o WHERE o.house_id = houses.id AND o.role = 'owner' \
                 AND daterange(o.valid_from, o.valid_until) @> ",
            )
            .bind::<Date, _>(today)
            .sql(") = ")
            .bind::<Bool, _>(without),
        );
    }
    if let Some(without) = filter.without_file {
        query = query.filter(
            sql::<Bool>(
                "NOT EXISTS (SELECT 1 FROM house_files f WHERE f.house_id = houses.id AND f.state <> 'archived') = ",
            )
            .bind::<Bool, _>(without),
        );
    }
    query
}

/// By door, or by a present occupant's name or phone. Each branch has its own index; an OR over them would have none.
fn found<'a>(query: Boxed<'a>, q: &str, asker: Asker<'_>) -> Boxed<'a> {
    let tokens = query_tokens(q);
    if tokens.is_empty() {
        return query.filter(fixed::<Bool>("false"));
    }
    let by_name = sql::<Bool>("houses.id IN (SELECT h.id FROM houses h WHERE h.search @> ")
        .bind::<Array<Text>, _>(tokens.clone())
        .sql(
            " UNION ALL SELECT o.house_id FROM parties p JOIN occupancies o ON o.party_id = p.id \
             AND (o.valid_until IS NULL OR o.valid_until > ",
        )
        .bind::<Date, _>(asker.today)
        .sql(") WHERE p.search @> ")
        .bind::<Array<Text>, _>(tokens.clone());
    let by_phone = " UNION ALL SELECT o.house_id FROM parties p JOIN occupancies o ON o.party_id = p.id \
                    AND (o.valid_until IS NULL OR o.valid_until > ";
    match asker.contact {
        ContactReach::Nobody => query.filter(by_name.sql(")")),
        ContactReach::Estate => query.filter(
            by_name
                .sql(by_phone)
                .bind::<Date, _>(asker.today)
                .sql(") WHERE p.phone_tokens @> ")
                .bind::<Array<Text>, _>(tokens)
                .sql(")"),
        ),
        ContactReach::Areas(areas) => query.filter(
            by_name
                .sql(by_phone)
                .bind::<Date, _>(asker.today)
                .sql(
                    ") JOIN houses h ON h.id = o.house_id JOIN blocks b ON b.id = h.block_id \
                     WHERE p.phone_tokens @> ",
                )
                .bind::<Array<Text>, _>(tokens)
                .sql(" AND b.area_id = ANY(")
                .bind::<Array<SqlUuid>, _>(areas.iter().map(|area| area.0).collect::<Vec<_>>())
                .sql("))"),
        ),
    }
}

/// The living house with this door.
///
/// # Errors
/// As the database says.
pub async fn find_by_no(conn: &mut Conn, estate: EstateId, no: &str) -> Result<Option<House>, Failure> {
    let row: Option<HouseRow> = houses::table
        .filter(
            houses::estate_id
                .eq(estate.0)
                .and(houses::no.eq(no))
                .and(living::houses()),
        )
        .select(HouseRow::as_select())
        .first(conn)
        .await
        .optional()?;
    row.map(TryInto::try_into).transpose()
}

/// The living houses of a block, by door: its floors and units as one sees them from outside.
///
/// # Errors
/// As the database says.
pub async fn of_block(conn: &mut Conn, block: BlockId) -> Result<Vec<House>, Failure> {
    let rows: Vec<HouseRow> = houses::table
        .filter(houses::block_id.eq(block.0).and(living::houses()))
        .select(HouseRow::as_select())
        .order(houses::sort_key)
        .load(conn)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// How many occupancies of a house have not ended, with its living file.
///
/// # Errors
/// As the database says.
pub async fn in_use(conn: &mut Conn, id: Uuid) -> Result<i64, Failure> {
    use crate::schema::{house_files, occupancies};
    let people: i64 = occupancies::table
        .filter(occupancies::house_id.eq(id).and(occupancies::valid_until.is_null()))
        .count()
        .get_result(conn)
        .await?;
    let files: i64 = house_files::table
        .filter(house_files::house_id.eq(id).and(house_files::state.ne("archived")))
        .count()
        .get_result(conn)
        .await?;
    Ok(people + files)
}

/// The living houses with these doors.
///
/// # Errors
/// As the database says.
pub async fn by_no(conn: &mut Conn, estate: EstateId, doors: Vec<String>) -> Result<Vec<House>, Failure> {
    let rows: Vec<HouseRow> = houses::table
        .filter(houses::estate_id.eq(estate.0).and(living::houses()))
        // Thousands: a search by index for each. As a list to compare with it may be compared with every house.
        .filter(
            sql::<Bool>("houses.no IN (SELECT unnest(")
                .bind::<Array<Text>, _>(doors)
                .sql("))"),
        )
        .select(HouseRow::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Several houses, in no order; those outside the scope are left out.
///
/// # Errors
/// As the database says.
pub async fn find_all(conn: &mut Conn, scope: &Scope, ids: &[Uuid]) -> Result<Vec<House>, Failure> {
    let rows: Vec<HouseRow> = houses::table
        .filter(houses::id.eq_any(ids))
        .filter(in_estates!(houses, scope))
        .select(HouseRow::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}
