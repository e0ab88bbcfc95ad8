//! Disputes between an owner and the management or between owners (dispute_mediation, PROC-PUBSUP-5.4).
//!
//! `opened → mediating` by an estate officer whom PUBSUP names `→ escalated_to_pubsup → escalated_to_asstmgr →
//! escalated_to_cscmgr`, at each level `settled` or higher, at the top `referred` to an authority; then `closed`.

mod filter;
mod model;
mod rules;
#[cfg(test)]
mod tests;

pub use filter::{DisputeFilter, DisputeSort};
pub use model::{
    CostDecision, Dispute, DisputeAction, DisputeId, DisputeKind, DisputeParty, DisputeState, Level, NewDispute,
    NewParty, PartyRole, PartySide, Step, StepId, StepResult,
};
pub use rules::{
    Settlement, add_step, assign, close, cost_matter, decide_cost, escalate, late_note, must_have_cost, offered, open,
    refer, reopen, settle, step_due_at, visited,
};
