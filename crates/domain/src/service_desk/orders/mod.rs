//! Work orders: from dispatch to closing, every step with who may take it.
//!
//! * `state`: the states and which act is possible in which.
//! * `desk`: what RECEPT does — dispatch, reassign, verify, send back, cancel, close.
//! * `field`: what the technician does, possibly offline and sent late.
//! * `costs`: what PUBSUP decides.
//! * `overdue`: which limit runs, and which was missed.

mod costs;
mod desk;
mod field;
mod late;
mod model;
mod overdue;
mod state;
pub mod statistics;
#[cfg(test)]
mod tests;

pub use costs::{AskCost, Cost, CostId, CostKind, CostLimits, CostState, cost_matter};
pub use desk::{Assignment, Dispatch, Verify, dispatch};
pub use field::{FieldAct, Held, Hold, HoldKind, Setting, Stepped};
pub use late::{LateNote, LateRule, Timing};
pub use model::{
    Completion, Fen, Material, Quantity, ResidentSign, SafetyCheck, SignKind, WorkMinutes, WorkOrder, WorkOrderId,
};
pub use state::{OrderAct, OrderState};
