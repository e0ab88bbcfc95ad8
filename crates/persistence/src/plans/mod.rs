//! Duties: their rules, the turns laid out for people, what proves them; and the morning briefings among them.

pub mod briefings;
pub mod clocks;
pub mod evidence;
pub mod figures;
pub mod ground;
pub mod layout;
mod list;
pub mod notes;
pub mod obligations;
pub mod rules;
mod waiting;
mod whose;

pub use list::{Line, lines, list, own_due_in, own_undecided, undecided};
pub use waiting::waiting;
