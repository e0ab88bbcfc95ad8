//! Runs of imports: the rows staged, checked and taken in, set by set.

mod houses;
mod occupancies;
mod parties;
mod runs;
mod staging;
mod take;

pub use runs::{errors, find, insert, list, lock, save};
pub use staging::{Staged, clear, clear_errors, rows, stage};
pub use take::{ErrorLine, Outcome, Taker, remember, take};
