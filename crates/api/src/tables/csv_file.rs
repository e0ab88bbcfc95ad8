//! Lines of CSV: UTF-8 with a BOM, so that a spreadsheet opens Chinese as Chinese; CRLF and quotes by RFC 4180.

use bytes::Bytes;
use wuye_persistence::Failure;

use super::Tabular;
use crate::Language;

/// What a CSV file begins with: the mark of UTF-8, and the headings.
pub(super) fn head<T: Tabular>(language: Language) -> Result<Bytes, Failure> {
    let headings = T::columns().iter().map(|column| column.heading(language).to_owned());
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    bytes.extend_from_slice(&lines([headings.collect()])?);
    Ok(bytes.into())
}

/// The lines of some rows.
pub(super) fn rows<T: Tabular>(rows: &[T], language: Language) -> Result<Bytes, Failure> {
    let columns = T::columns();
    lines(
        rows.iter()
            .map(|row| columns.iter().map(|column| (column.cell)(row).text(language)).collect()),
    )
}

/// Any records as lines.
pub(super) fn lines(records: impl IntoIterator<Item = Vec<String>>) -> Result<Bytes, Failure> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for record in records {
        writer.write_record(&record).map_err(Failure::internal)?;
    }
    Ok(writer.into_inner().map_err(Failure::internal)?.into())
}
