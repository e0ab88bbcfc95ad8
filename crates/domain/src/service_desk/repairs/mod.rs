//! Repair requests: what is broken, where, and since when somebody waits for it.

mod model;
mod rules;
#[cfg(test)]
pub(crate) mod tests;

pub use model::{
    Appointment, ChangeRepair, NewRepair, Night, RepairRequest, RepairRequestId, RepairSource, RequestState,
};
pub use rules::{Desk, take_in};
