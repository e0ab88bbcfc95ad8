//! Business numbers (`BX2026-000123`): one series per estate, kind and year.

use chrono::Datelike;
use diesel::{
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types,
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::shared::EstateId;

use crate::{Conn, Failure};

/// Takes `count` numbers and gives the last of them. A query of its own kind, since diesel prepares an upsert of its own anew
/// at each call, while the row that every writer waits for is held.
struct Take<'a> {
    estate: Uuid,
    series: &'a str,
    year: i32,
    count: i32,
}

/// Its text is always the same.
impl QueryId for Take<'_> {
    type QueryId = Take<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl QueryFragment<Pg> for Take<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("INSERT INTO number_series (estate_id, series, year, last) VALUES (");
        out.push_bind_param::<sql_types::Uuid, _>(&self.estate)?;
        out.push_sql(", ");
        out.push_bind_param::<sql_types::Text, _>(&self.series)?;
        out.push_sql(", ");
        out.push_bind_param::<sql_types::Integer, _>(&self.year)?;
        out.push_sql(", ");
        out.push_bind_param::<sql_types::Integer, _>(&self.count)?;
        out.push_sql(
            ") ON CONFLICT ON CONSTRAINT number_series_pkey \
             DO UPDATE SET last = number_series.last + excluded.last RETURNING last",
        );
        Ok(())
    }
}

impl Query for Take<'_> {
    type SqlType = sql_types::Integer;
}

/// The next `count` numbers of `series`, for bulk work: one statement however many.
///
/// # Errors
/// As the database says.
pub async fn take(
    conn: &mut Conn,
    estate: EstateId,
    series: &str,
    date: chrono::NaiveDate,
    count: usize,
) -> Result<Vec<String>, Failure> {
    let wanted = i32::try_from(count).map_err(Failure::internal)?;
    if wanted == 0 {
        return Ok(Vec::new());
    }
    let year = date.year();
    let take = Take {
        estate: estate.0,
        series,
        year,
        count: wanted,
    };
    let last: i32 = take.get_result(conn).await?;
    Ok((last - wanted + 1..=last)
        .map(|number| format!("{series}{year}-{number:06}"))
        .collect())
}

/// The next number of `series` in the year of `date`. The row stays locked until commit, so take it late in the
/// transaction; taken as its last statement the series has no holes.
///
/// # Errors
/// As the database says.
pub async fn next(conn: &mut Conn, estate: EstateId, series: &str, date: chrono::NaiveDate) -> Result<String, Failure> {
    let taken = take(conn, estate, series, date, 1).await?;
    taken
        .into_iter()
        .next()
        .ok_or_else(|| Failure::internal("no number was taken"))
}
