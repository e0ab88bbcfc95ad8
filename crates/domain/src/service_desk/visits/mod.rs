//! Return visits (return_visits): after a case, an order or a dispute is closed somebody else asks the resident.
//!
//! `due → done | unreachable (again) → followed_up (reopens the matter) → closed`. The visitor is never the technician
//! nor the person complained of.

mod filter;
mod model;
mod rules;
#[cfg(test)]
mod tests;

pub use filter::{VisitFilter, VisitSort};
pub use model::{
    Closing, Visit, VisitAction, VisitId, VisitMethod, VisitReason, VisitResult, VisitState, VisitSubject,
};
pub use rules::{RecordVisit, Recorded, assign, close, due, follow_up, late_note, record};
