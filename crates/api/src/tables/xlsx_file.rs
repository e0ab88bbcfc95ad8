//! A workbook of one sheet, written row by row in constant memory.

use std::io::{Cursor, Read, Seek, SeekFrom};

use chrono::{NaiveDate, Timelike};
use rust_xlsxwriter::{Color, Format, FormatBorder, Workbook, Worksheet, XlsxError};
use wuye_domain::shared::zone;
use wuye_persistence::Failure;

use super::{Cell, Tabular};
use crate::Language;

/// A sheet in the making. Rows go to a temporary file as they come.
pub(super) struct Sheet {
    book: Workbook,
    row: u32,
    formats: Formats,
    name: String,
}

struct Formats {
    head: Format,
    milli: Format,
    yuan: Format,
    date: Format,
    time: Format,
}

/// The last row a workbook can have.
const LAST_ROW: u32 = 1_048_575;

impl Sheet {
    pub(super) fn new(name: &str, headings: &[&str]) -> Result<Self, Failure> {
        let mut sheet = Self {
            book: Workbook::new(),
            row: 0,
            formats: Formats {
                head: Format::new()
                    .set_bold()
                    .set_background_color(Color::RGB(0xF0_F2F5))
                    .set_border_bottom(FormatBorder::Thin),
                milli: Format::new().set_num_format("#,##0.000"),
                yuan: Format::new().set_num_format("#,##0.00"),
                date: Format::new().set_num_format("yyyy-mm-dd"),
                time: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
            },
            name: name.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(31).collect(),
        };
        sheet.begin(headings).map_err(Failure::internal)?;
        Ok(sheet)
    }

    fn begin(&mut self, headings: &[&str]) -> Result<(), XlsxError> {
        let page = self.book.add_worksheet_with_constant_memory()?;
        page.set_name(&self.name)?.set_freeze_panes(1, 0)?;
        for (column, heading) in (0_u16..).zip(headings) {
            page.set_column_width(column, (heading.chars().count() as f64) * 2.0 + 8.0)?;
            page.write_with_format(0, column, *heading, &self.formats.head)?;
        }
        self.row = 1;
        Ok(())
    }

    /// Adds rows.
    pub(super) fn rows<T: Tabular>(&mut self, rows: &[T], language: Language) -> Result<(), Failure> {
        let columns = T::columns();
        for row in rows {
            let cells: Vec<Cell> = columns.iter().map(|column| (column.cell)(row)).collect();
            self.cells(&cells, language)?;
        }
        Ok(())
    }

    /// Adds one row.
    pub(super) fn cells(&mut self, cells: &[Cell], language: Language) -> Result<(), Failure> {
        if self.row > LAST_ROW {
            return Err(Failure::internal("more rows than a workbook holds: export as CSV"));
        }
        let page = self.book.worksheet_from_index(0).map_err(Failure::internal)?;
        for (column, cell) in (0_u16..).zip(cells) {
            write(page, (self.row, column), cell, &self.formats, language).map_err(Failure::internal)?;
        }
        self.row += 1;
        Ok(())
    }

    /// The finished workbook, from its beginning.
    pub(super) fn finish(mut self) -> Result<impl Read + Send + use<>, Failure> {
        let mut file = tempfile::tempfile().map_err(Failure::internal)?;
        self.book.save_to_writer(&mut file).map_err(Failure::internal)?;
        file.seek(SeekFrom::Start(0)).map_err(Failure::internal)?;
        Ok(file)
    }

    /// The finished workbook in memory: for templates, which are small.
    pub(super) fn bytes(mut self) -> Result<Vec<u8>, Failure> {
        let mut bytes = Cursor::new(Vec::new());
        self.book.save_to_writer(&mut bytes).map_err(Failure::internal)?;
        Ok(bytes.into_inner())
    }
}

/// Text is written as text, so a spreadsheet never runs it; numbers and dates are what they are.
fn write(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    formats: &Formats,
    language: Language,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => _ = page.write_string(row, column, clipped(text))?,
        Cell::Words(text) => _ = page.write_string(row, column, language.pick(text))?,
        Cell::YesNo(_) => _ = page.write_string(row, column, cell.text(language))?,
        Cell::Whole(number) => _ = page.write_number(row, column, *number as f64)?,
        Cell::Milli(number) => {
            page.write_number_with_format(row, column, *number as f64 / 1000.0, &formats.milli)?;
        }
        Cell::Fen(number) | Cell::Centi(number) => {
            page.write_number_with_format(row, column, *number as f64 / 100.0, &formats.yuan)?;
        }
        Cell::Date(date) => {
            page.write_number_with_format(row, column, days(*date), &formats.date)?;
        }
        Cell::Time(at) => {
            let local = at.with_timezone(&zone::DEFAULT_ZONE).naive_local();
            let part = f64::from(local.time().num_seconds_from_midnight()) / 86_400.0;
            page.write_number_with_format(row, column, days(local.date()) + part, &formats.time)?;
        }
    }
    Ok(())
}

/// Spreadsheets count days from the end of 1899.
fn days(date: NaiveDate) -> f64 {
    let origin = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default();
    (date - origin).num_days() as f64
}

/// A cell of a workbook holds 32,767 characters.
fn clipped(text: &str) -> String {
    text.chars().take(32_767).collect()
}
