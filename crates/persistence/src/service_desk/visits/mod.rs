//! The rows of return visits.

mod list;
mod rows;
mod statistics;

pub use list::list;
pub use rows::{find, find_for_change, generate, of_subject, save};
pub use statistics::{ResultCount, Statistics, statistics};
