//! The rows of an uploaded table, waiting.

use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, Integer, Jsonb, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use serde_json::Value;
use wuye_domain::estate::ImportRunId;

use crate::{Conn, Failure, schema::import_rows};

/// A row: its number in the file (the heading is row 1) and its cells.
pub type Staged = (i32, Vec<String>);

/// Puts rows aside, any number at a time.
///
/// # Errors
/// As the database says.
pub async fn stage(conn: &mut Conn, run: ImportRunId, rows: &[Staged]) -> Result<(), Failure> {
    let numbers: Vec<i32> = rows.iter().map(|(number, _)| *number).collect();
    let cells: Vec<Value> = rows.iter().map(|(_, cells)| Value::from(cells.clone())).collect();
    sql_query("INSERT INTO import_rows (run_id, row_no, cells) SELECT $1, * FROM unnest($2, $3)")
        .bind::<SqlUuid, _>(run.0)
        .bind::<Array<Integer>, _>(numbers)
        .bind::<Array<Jsonb>, _>(cells)
        .execute(conn)
        .await?;
    Ok(())
}

/// The next rows of the file after row `last`.
///
/// # Errors
/// As the database says.
pub async fn rows(conn: &mut Conn, run: ImportRunId, last: i32, limit: i64) -> Result<Vec<Staged>, Failure> {
    let rows: Vec<(i32, Value)> = import_rows::table
        .filter(import_rows::run_id.eq(run.0).and(import_rows::row_no.gt(last)))
        .select((import_rows::row_no, import_rows::cells))
        .order(import_rows::row_no)
        .limit(limit)
        .load(conn)
        .await?;
    rows.into_iter()
        .map(|(number, cells)| Ok((number, serde_json::from_value(cells)?)))
        .collect()
}

/// Forgets the rows of a run: they hold personal data and have done their work.
///
/// # Errors
/// As the database says.
pub async fn clear(conn: &mut Conn, run: ImportRunId) -> Result<(), Failure> {
    diesel::delete(import_rows::table.filter(import_rows::run_id.eq(run.0)))
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets the errors found before, when a run looks at its rows anew.
///
/// # Errors
/// As the database says.
pub async fn clear_errors(conn: &mut Conn, run: ImportRunId) -> Result<(), Failure> {
    use crate::schema::import_errors;
    diesel::delete(import_errors::table.filter(import_errors::run_id.eq(run.0)))
        .execute(conn)
        .await?;
    Ok(())
}
