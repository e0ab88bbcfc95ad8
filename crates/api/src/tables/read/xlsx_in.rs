//! The first sheet of a workbook, cell by cell.

use std::{fs::File, io::BufReader};

use calamine::{DataRef, Reader, Xlsx};
use chrono::{Days, NaiveDate};
use wuye_domain::shared::Problem;

use super::{Found, Gather, MOST_COLUMNS, Sink, measure::measure, refused, unreadable};

pub(super) fn read(file: File, sink: &mut dyn Sink) -> Result<Found, Problem> {
    measure(&file)?;
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(file)).map_err(|_| no_workbook())?;
    let sheet = book.sheet_names().first().cloned().ok_or_else(no_workbook)?;
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(|_| unreadable())?;
    let mut gather = Gather::new(sink);
    let (mut row, mut line) = (0_u32, Vec::new());
    while let Some(cell) = cells.next_cell().map_err(|_| unreadable())? {
        let (at, column) = cell.get_position();
        if at != row {
            gather.line(row + 1, std::mem::take(&mut line))?;
            row = at;
        }
        let column = column as usize;
        // A formatted sheet may have cells far to the right; those with words there are refused by their number.
        if matches!(cell.get_value(), DataRef::Empty) {
            continue;
        }
        if column >= MOST_COLUMNS {
            return Err(refused("列数超过200。", "There are more than 200 columns."));
        }
        if line.len() <= column {
            line.resize(column + 1, String::new());
        }
        line[column] = text(cell.get_value());
    }
    gather.line(row + 1, line)?;
    Ok(gather.found("xlsx", "utf-8"))
}

/// A value as a person reads it in the sheet; dates in their normal form.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => (if *yes { "是" } else { "否" }).to_owned(),
        DataRef::DateTime(at) => date(at.as_f64()).unwrap_or_else(|| at.as_f64().to_string()),
    }
}

/// Spreadsheets count days from the end of 1899.
fn date(serial: f64) -> Option<String> {
    let day = serial.floor();
    if !(1.0..=120_000.0).contains(&day) {
        return None;
    }
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within the limits just checked"
    )]
    let days = Days::new(day as u64);
    NaiveDate::from_ymd_opt(1899, 12, 30)?
        .checked_add_days(days)
        .map(|date| date.to_string())
}

fn no_workbook() -> Problem {
    refused(
        "这不是 .xlsx 工作簿（可能是改了扩展名的压缩包）。",
        "This is no .xlsx workbook, perhaps an archive under another name.",
    )
}
