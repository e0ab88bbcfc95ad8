//! Duties: their rules, the turns laid out for people, what proves them.

pub mod evidence;
pub mod ground;
pub mod layout;
mod list;
pub mod obligations;
pub mod rules;

pub use list::{due_in, list, undecided};
