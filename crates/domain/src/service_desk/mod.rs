//! The service desk: cases, disputes, repairs and their dispatch, return visits, courtesy help.

pub mod assistance;
pub mod cases;
pub mod categories;
mod decision;
pub mod dispatch;
pub mod disputes;
mod hours;
pub mod orders;
pub mod overdue;
pub mod public_reports;
mod repair_kind;
pub mod repairs;
pub mod visits;
pub mod workload;

pub use decision::{Decision, DecisionPath};
pub use hours::DeskHours;
pub use repair_kind::{RepairCategory, Urgency};

// Words of the contexts below that every rule of the desk speaks in.
pub use crate::access::Deed;
pub use crate::org::Responsible;
