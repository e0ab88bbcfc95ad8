//! Rows of the annual goals. What they are computed from comes from the contexts below, by functions those offer.

mod entries;
mod measurements;
mod sets;
mod sheet;
pub mod workbench;

pub use entries::{Entry, add_entry, entries};
pub use measurements::{Measured, freeze, insert, latest, of_goal};
pub use sets::{GoalSetFilter, GoalSetRow, GoalSetSort, create, exist, find, in_states, insert_set, list, lock, save};
pub use sheet::{GoalRow, Share, find_goal, replace, sheet};
