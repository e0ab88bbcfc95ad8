//! The rows of morning briefings.

mod checks;
mod list;
mod measures;
mod owed;
mod points;
mod rows;
mod sight;
mod statistics;
mod waiting;

pub use checks::{checks, insert_check};
pub use list::list;
pub use measures::{Window, items};
pub use owed::{owed, withdraw};
pub use points::{answer_points, insert_points, points, points_of, remove_points};
pub use rows::{find, find_for_change, find_point, insert, of_mornings, prepared, save};
pub use statistics::statistics;
pub use waiting::{Mine, mine, waiting};
