//! Business numbers (`BX2026-000123`): one series per estate, kind and year.

use chrono::Datelike;
use diesel::{prelude::*, sql_types};
use diesel_async::RunQueryDsl;
use wuye_domain::shared::EstateId;

use crate::{Conn, Failure};

#[derive(QueryableByName)]
struct Last {
    #[diesel(sql_type = sql_types::Integer)]
    last: i32,
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
    let row: Last = diesel::sql_query(
        "INSERT INTO number_series (estate_id, series, year, last) VALUES ($1, $2, $3, $4) \
         ON CONFLICT ON CONSTRAINT number_series_pkey DO UPDATE SET last = number_series.last + $4 RETURNING last",
    )
    .bind::<sql_types::Uuid, _>(estate.0)
    .bind::<sql_types::Text, _>(series)
    .bind::<sql_types::Integer, _>(year)
    .bind::<sql_types::Integer, _>(wanted)
    .get_result(conn)
    .await?;
    Ok((row.last - wanted + 1..=row.last)
        .map(|number| format!("{series}{year}-{number:06}"))
        .collect())
}

/// The next number of `series` in the year of `date`. The row stays locked until commit, so take it late in the
/// transaction; taken as its last statement the series has no holes.
///
/// # Errors
/// As the database says.
pub async fn next(conn: &mut Conn, estate: EstateId, series: &str, date: chrono::NaiveDate) -> Result<String, Failure> {
    let year = date.year();
    let row: Last = diesel::sql_query(
        "INSERT INTO number_series (estate_id, series, year, last) VALUES ($1, $2, $3, 1) \
         ON CONFLICT ON CONSTRAINT number_series_pkey DO UPDATE SET last = number_series.last + 1 RETURNING last",
    )
    .bind::<sql_types::Uuid, _>(estate.0)
    .bind::<sql_types::Text, _>(series)
    .bind::<sql_types::Integer, _>(year)
    .get_result(conn)
    .await?;
    Ok(format!("{series}{year}-{:06}", row.last))
}
