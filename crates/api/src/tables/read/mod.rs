//! Reading an uploaded table row by row: CSV in UTF-8 or GBK, or the first sheet of a workbook.
//!
//! The kind is told by the first bytes, never by the name. Nothing is read whole into memory, and a workbook is measured
//! before it is opened.

mod csv_in;
mod measure;
mod xlsx_in;

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
};

use wuye_domain::shared::{Problem, ProblemCode, Text};

/// Columns a table may have.
const MOST_COLUMNS: usize = 200;
/// Characters a cell may have.
const LONGEST_CELL: usize = 10_000;

/// What was found in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// `csv` or `xlsx`.
    pub format: &'static str,
    /// `utf-8`, `gbk` or `utf-16`.
    pub encoding: &'static str,
    /// The headings.
    pub headers: Vec<String>,
    /// Rows under them that are not blank.
    pub rows: u32,
}

/// Takes the headings, then each row with its number in the file; `false` ends the reading.
pub trait Sink {
    /// The headings.
    ///
    /// # Errors
    /// The headings do not fit.
    fn headers(&mut self, headers: &[String]) -> Result<(), Problem>;

    /// A row that is not blank. The heading stands in row 1.
    ///
    /// # Errors
    /// The reader has gone.
    fn row(&mut self, number: i32, cells: Vec<String>) -> Result<(), Problem>;
}

/// Reads a file into `sink`.
///
/// # Errors
/// `file_refused` in words: not a table, an unknown encoding, a damaged or bloated workbook, no rows.
pub fn table(mut file: File, sink: &mut dyn Sink) -> Result<Found, Problem> {
    let mut first = [0_u8; 8];
    let length = file.read(&mut first).map_err(|_| unreadable())?;
    file.seek(SeekFrom::Start(0)).map_err(|_| unreadable())?;
    let found = match &first[..length] {
        [] => return Err(refused("文件是空的。", "The file is empty.")),
        [b'P', b'K', 3, 4, ..] => xlsx_in::read(file, sink)?,
        [0xD0, 0xCF, 0x11, 0xE0, ..] => {
            return Err(refused(
                "这是旧版 .xls 或加密的工作簿；请另存为 .xlsx（不设密码）或 .csv。",
                "This is an old .xls or an encrypted workbook: save it as .xlsx without a password, or as .csv.",
            ));
        }
        _ => csv_in::read(file, sink)?,
    };
    if found.rows == 0 {
        return Err(refused("表头之下没有数据行。", "There is no row under the headings."));
    }
    Ok(found)
}

/// Gathers rows under the headings, whatever the file.
struct Gather<'a> {
    sink: &'a mut dyn Sink,
    headers: Option<Vec<String>>,
    rows: u32,
}

impl<'a> Gather<'a> {
    fn new(sink: &'a mut dyn Sink) -> Self {
        Self {
            sink,
            headers: None,
            rows: 0,
        }
    }

    /// Takes a line; blank ones are passed over, the first other one holds the headings.
    fn line(&mut self, number: u32, cells: Vec<String>) -> Result<(), Problem> {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        if cells.len() > MOST_COLUMNS {
            return Err(refused("列数超过200。", "There are more than 200 columns."));
        }
        if cells.iter().any(|cell| cell.chars().count() > LONGEST_CELL) {
            return Err(Problem::new(
                ProblemCode::FileRefused,
                wuye_domain::text!(
                    "第{number}行有超过一万字的单元格。",
                    "Row {number} has a cell of over 10,000 characters."
                ),
            ));
        }
        // PostgreSQL keeps no NUL, and no honest cell holds one.
        let cells: Vec<String> = cells.into_iter().map(|cell| cell.replace('\0', "")).collect();
        match &self.headers {
            None => {
                self.sink.headers(&cells)?;
                self.headers = Some(cells);
            }
            Some(_) => {
                let number = i32::try_from(number).map_err(|_| unreadable())?;
                self.sink.row(number, cells)?;
                self.rows += 1;
            }
        }
        Ok(())
    }

    fn found(self, format: &'static str, encoding: &'static str) -> Found {
        Found {
            format,
            encoding,
            headers: self.headers.unwrap_or_default(),
            rows: self.rows,
        }
    }
}

fn refused(zh: &'static str, en: &'static str) -> Problem {
    Problem::new(ProblemCode::FileRefused, Text::new(zh, en))
}

fn unreadable() -> Problem {
    refused(
        "文件无法读取，可能已损坏。请重新保存后再上传。",
        "The file cannot be read; it may be damaged. Save it anew and upload it again.",
    )
}

#[cfg(test)]
mod tests;
