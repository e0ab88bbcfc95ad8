//! Rows of one table in one statement per chunk: for work that makes thousands of rows at once.

use std::collections::BTreeSet;

use diesel::sql_types::Jsonb;
use diesel_async::RunQueryDsl;
use serde_json::Value;

use crate::{Conn, Failure};

/// Rows per statement.
const CHUNK: usize = 2_000;

/// Inserts `rows`, objects by column. Columns that no row names get their default; one that only some name is null in the
/// others. PostgreSQL reads the values
/// as the table's own types, so a row that does not fit is refused.
///
/// `table` and the columns are names from the program, never input.
///
/// # Errors
/// As the database says.
pub async fn insert(conn: &mut Conn, table: &str, rows: &[Value]) -> Result<(), Failure> {
    let names: BTreeSet<&str> = rows
        .iter()
        .filter_map(Value::as_object)
        .flat_map(|row| row.keys().map(String::as_str))
        .collect();
    if names.is_empty() {
        return Ok(());
    }
    let columns = names
        .iter()
        .map(|name| format!("\"{name}\""))
        .collect::<Vec<_>>()
        .join(", ");
    let statement =
        format!("INSERT INTO {table} ({columns}) SELECT {columns} FROM jsonb_populate_recordset(NULL::{table}, $1)");
    for chunk in rows.chunks(CHUNK) {
        diesel::sql_query(&statement)
            .bind::<Jsonb, _>(Value::Array(chunk.to_vec()))
            .execute(conn)
            .await?;
    }
    Ok(())
}
