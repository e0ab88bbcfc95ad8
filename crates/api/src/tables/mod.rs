//! Tables as files: the one home for writing lists as CSV or XLSX, and for reading uploaded ones.
//!
//! A list declares its columns once ([`Tabular`]); its export is then one handler, see docs/adding-a-capability.md.

mod cell;
mod csv_file;
mod export;
pub mod read;
mod template;
mod xlsx_file;

pub use cell::{Cell, Column, Tabular};
pub use export::{ExportQuery, Format, FormatParam, export, whole};
pub use template::template;
