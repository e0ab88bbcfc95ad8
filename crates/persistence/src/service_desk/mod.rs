//! Rows of the service desk.

pub mod assistance;
pub mod candidates;
pub mod cases;
pub mod categories;
pub mod disputes;
mod labels;
pub mod measures;
pub mod mornings;
mod names;
pub mod orders;
pub mod public_reports;
pub mod reception;
mod references;
pub mod repairs;
pub mod staff;
pub mod standing;
mod unfinished;
pub mod visits;
pub mod workbench;
pub mod workload;

pub use names::{Labels, Mentioned};

/// 412: the record was changed after it was read.
fn stale() -> crate::Failure {
    crate::accounts::version_conflict().into()
}
