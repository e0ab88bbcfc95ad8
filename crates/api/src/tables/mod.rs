//! Tables as files: the one home for writing lists as CSV or XLSX, and for reading uploaded ones.
//!
//! A list declares its columns once ([`Tabular`]); its export is then one handler, see docs/adding-a-capability.md.

mod cell;
mod columns;
mod csv_file;
mod export;
mod file;
mod operation;
mod query;
pub mod read;
pub mod receive;
mod template;
mod xlsx_file;

pub use cell::Cell;
pub(crate) use columns::tabular;
pub use columns::{Column, Tabular};
pub use export::{export, listed, whole};
pub use file::TableFile;
pub(crate) use operation::export_operation;
pub use query::{ExportQuery, Format, FormatParam};
pub use template::template;
