//! The service desk: cases, disputes, repairs and their dispatch, return visits, courtesy help.

pub mod dispatch;
mod repair_kind;

pub use repair_kind::{RepairCategory, Urgency};
