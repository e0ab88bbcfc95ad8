//! Rows of one table in one statement per chunk: for work that makes thousands of rows at once.

use diesel::sql_types::Jsonb;
use diesel_async::RunQueryDsl;
use serde_json::Value;

use crate::{Conn, Failure};

/// Rows per statement.
const CHUNK: usize = 2_000;

/// Inserts `rows`, objects that all name the same columns; columns left out get their default. PostgreSQL reads the values
/// as the table's own types, so a row that does not fit is refused.
///
/// `table` and the columns are names from the program, never input.
///
/// # Errors
/// As the database says.
pub async fn insert(conn: &mut Conn, table: &str, rows: &[Value]) -> Result<(), Failure> {
    let Some(Value::Object(first)) = rows.first() else {
        return Ok(());
    };
    let columns = first
        .keys()
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
