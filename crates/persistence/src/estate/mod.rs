//! The estate: inventory, archive, imports.

mod areas_of;
pub mod checks;
pub mod consultations;
mod elements;
pub mod house_files;
pub mod import;
pub mod inventory;
mod living;
pub mod occupancies;
pub mod parties;
mod row;
pub mod structure_changes;
pub mod workbench;

pub use areas_of::{areas_of_houses, areas_of_parties};
pub use elements::{areas, blocks, houses, parking_spaces, places, units};

use crate::{Failure, accounts};

/// A save that found no row of the expected version.
fn saved(rows: usize) -> Result<(), Failure> {
    if rows == 1 {
        return Ok(());
    }
    Err(accounts::version_conflict().into())
}
