//! The rows of disputes.

mod details;
mod list;
mod rows;
mod statistics;

pub use details::{add_parties, add_step, parties, steps};
pub use list::{list, with_cost_pending};
pub use rows::{find, find_for_change, find_for_reaction, insert, save};
pub use statistics::{LevelCount, Statistics, statistics};
