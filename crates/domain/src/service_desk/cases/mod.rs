//! Complaints, opinions, praise and enquiries (complaint_handling): from the desk to the answer and back to the resident.
//!
//! `received → investigating → validity_decided (complaints) → handling → replied → closed → visited`; reopened by the
//! resident or by the return visit. Validity is proposed by who investigates and confirmed by somebody else (TERM-2).

mod decide;
mod decider;
mod duplicates;
mod filter;
mod intake;
mod model;
mod progress;
#[cfg(test)]
mod tests;

pub use decide::{
    check_closing, confirm_validity, must_be_checked, must_be_proposed, propose_validity, return_closing,
    return_validity,
};
pub use decider::{Undecided, involved, involved_in_closing, resolve};
pub use duplicates::{inherit_finding, link_duplicate, unlink_duplicate};
pub use filter::{CaseFilter, CaseSort};
pub use intake::{ChangeCase, NewCase, acknowledge, change, receive, reclassify};
pub use model::{
    Case, CaseAction, CaseField, CaseId, CaseKind, CaseState, Channel, Finding, Measure, MeasureId, Validity,
    acknowledge_due_at, due_at,
};
pub use progress::{Owner, add_measure, assign, close, late_note, reopen, reply, visited};
