//! Templates to fill in for an import: the headings and one example row.

use actix_web::{HttpResponse, http::header};
use wuye_domain::estate::import::{ImportKind, columns};

use super::{Cell, Format, csv_file, export::disposition, xlsx_file::Sheet};
use crate::{ApiError, Language};

/// The template of an import. Required columns carry a star, which the import passes over.
///
/// # Errors
/// `Internal` when the file cannot be written.
pub fn template(kind: ImportKind, format: Format, language: Language) -> Result<HttpResponse, ApiError> {
    let columns = columns(kind);
    let headings: Vec<String> = columns
        .iter()
        .map(|column| {
            let name = if language == Language::Zh { column.zh } else { column.en };
            format!("{name}{}", if column.required { "*" } else { "" })
        })
        .collect();
    let example: Vec<String> = columns.iter().map(|column| column.example.to_owned()).collect();
    let title = kind.title();
    let name = format!("{}.{format}", language.pick(&title));
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CONTENT_DISPOSITION, disposition(&name)));
    match format {
        Format::Csv => {
            let mut bytes = "\u{feff}".as_bytes().to_vec();
            bytes.extend_from_slice(&csv_file::lines([headings, example])?);
            Ok(response.content_type("text/csv; charset=utf-8").body(bytes))
        }
        Format::Xlsx => {
            let names: Vec<&str> = headings.iter().map(String::as_str).collect();
            let mut sheet = Sheet::new(language.pick(&title), &names)?;
            let cells: Vec<Cell> = example.iter().map(Cell::from).collect();
            sheet.cells(&cells, language)?;
            Ok(response.content_type(format.media_type()).body(sheet.bytes()?))
        }
    }
}
