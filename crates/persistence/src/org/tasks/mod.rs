//! The rows of tasks given by leaders.

mod list;
pub mod mornings;
mod overdue;
mod rows;
mod sight;
mod statistics;
mod unfinished;
mod waiting;

pub use list::list;
pub use overdue::missed;
pub use rows::{find, find_for_change, insert, reindex, save};
pub use statistics::statistics;
pub use waiting::waiting;
