//! Import of houses, parties and occupancies: what the columns are called, how a row is read, what is wrong with it.
//!
//! Reading is pure and by row; comparing with what is stored is done set by set in the persistence layer.

mod column;
mod houses;
mod occupancies;
mod parties;
mod read;
mod run;

pub use column::{Column, Headers, columns};
pub use houses::HouseRow;
pub use occupancies::{OccupancyRow, PartyKey};
pub use parties::PartyRow;
pub use read::{CellError, RowError};
pub use run::{ImportKind, ImportRun, ImportState};
