//! Taking a set of rows: read, compare with what is stored, write, count. The same code checks without writing.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{prelude::*, sql_query, sql_types::Jsonb};
use diesel_async::RunQueryDsl;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    estate::import::{Headers, ImportKind, ImportRun, RowError},
    shared::{Text, TrailEntry, private::DigestKey},
};

use super::staging::Staged;
use crate::{Conn, Failure, schema::import_errors};

/// One cell that could not be taken. Never holds the value: it may be somebody's phone.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Serialize, ToSchema)]
#[diesel(table_name = import_errors)]
pub struct ErrorLine {
    /// Its id.
    pub id: Uuid,
    /// Row of the file; the heading is row 1.
    pub row_no: i32,
    /// Heading of the column, as the template has it.
    pub column_name: String,
    /// Stable code.
    pub code: String,
    /// The reason in Chinese.
    pub message_zh: String,
    /// The reason in English.
    pub message_en: String,
}

/// What a set of rows came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// New rows.
    pub added: i32,
    /// Rows that change something.
    pub changed: i32,
    /// Rows that say what is known.
    pub unchanged: i32,
    /// Rows with errors.
    pub rejected: i32,
    /// Their errors.
    pub errors: Vec<ErrorLine>,
    /// What the trail is to say, when it was written.
    pub entries: Vec<TrailEntry>,
}

/// What is the same for every set of a run.
pub struct Taker<'a> {
    /// The run.
    pub run: &'a ImportRun,
    /// Where the columns lie.
    pub headers: Headers,
    /// Digests for exact search.
    pub key: &'a DigestKey,
    /// Whether good rows go in, or are only counted.
    pub write: bool,
    /// The time of writing.
    pub now: DateTime<Utc>,
    /// The day at the estate.
    pub today: chrono::NaiveDate,
    /// In which row of the file each thing stood first.
    pub seen: HashMap<String, i32>,
}

/// Takes a set of rows; the caller holds the transaction and adds the outcome to the run.
///
/// # Errors
/// As the database says; bad rows are no error of this function.
pub async fn take(conn: &mut Conn, taker: &mut Taker<'_>, rows: &[Staged]) -> Result<Outcome, Failure> {
    let outcome = match taker.run.kind {
        ImportKind::Houses => super::houses::take(conn, taker, rows).await?,
        ImportKind::Parties => super::parties::take(conn, taker, rows).await?,
        ImportKind::Occupancies => super::occupancies::take(conn, taker, rows).await?,
    };
    let lines: Vec<Value> = outcome
        .errors
        .iter()
        .map(|line| {
            json!({
                "id": line.id, "run_id": taker.run.id, "row_no": line.row_no, "column_name": line.column_name,
                "code": line.code, "message_zh": line.message_zh, "message_en": line.message_en,
            })
        })
        .collect();
    recordset(
        conn,
        "INSERT INTO import_errors (id, run_id, row_no, column_name, code, message_zh, message_en) \
         SELECT * FROM jsonb_to_recordset($1) AS r(id uuid, run_id uuid, row_no integer, column_name text, code text, \
         message_zh text, message_en text)",
        lines,
    )
    .await?;
    Ok(outcome)
}

/// Notes what stood in rows that an earlier worker took, for a worker that goes on after them.
pub fn remember(kind: ImportKind, headers: &Headers, rows: &[Staged], seen: &mut HashMap<String, i32>) {
    // Parties and occupancies that were written are found in the archive; only a house may stand once in a file.
    if kind == ImportKind::Houses {
        super::houses::remember(headers, rows, seen);
    }
}

impl Outcome {
    /// Leaves a row out because of these cells.
    pub(super) fn reject(&mut self, row_no: i32, cells: RowError) {
        self.rejected += 1;
        for cell in cells {
            self.line(row_no, cell.column, &cell.code, &cell.message);
        }
    }

    /// Leaves a row out for one reason.
    pub(super) fn refuse(&mut self, row_no: i32, column: &str, code: &str, message: &Text) {
        self.rejected += 1;
        self.line(row_no, column, code, message);
    }

    fn line(&mut self, row_no: i32, column: &str, code: &str, message: &Text) {
        self.errors.push(ErrorLine {
            id: Uuid::now_v7(),
            row_no,
            column_name: column.to_owned(),
            code: code.to_owned(),
            message_zh: message.zh.clone().into_owned(),
            message_en: message.en.clone().into_owned(),
        });
    }
}

/// Runs a statement over a set of rows given as one JSON array; an empty set costs nothing.
///
/// # Errors
/// As the database says.
pub(super) async fn recordset(conn: &mut Conn, sql: &str, rows: Vec<Value>) -> Result<usize, Failure> {
    if rows.is_empty() {
        return Ok(0);
    }
    Ok(sql_query(sql)
        .bind::<Jsonb, _>(Value::Array(rows))
        .execute(conn)
        .await?)
}
