//! Rows of the service desk.

pub mod candidates;
pub mod categories;
mod labels;
pub mod orders;
pub mod public_reports;
pub mod repairs;
pub mod workload;

/// 412: the record was changed after it was read.
fn stale() -> crate::Failure {
    crate::accounts::version_conflict().into()
}
