//! The service desk: cases, disputes, repairs and their dispatch, return visits, courtesy help.

pub mod cases;
mod deed;
pub mod dispatch;
pub mod escalation;
mod repair_kind;
mod responsible;

pub use deed::Deed;
pub use repair_kind::{RepairCategory, Urgency};
pub use responsible::Responsible;
