//! The service desk over HTTP.

pub mod assistance;
pub mod cases;
mod categories;
mod contact;
pub mod disputes;
pub mod orders;
pub mod public_reports;
mod qualifications;
mod reception;
mod registers;
pub mod repairs;
mod terms;
pub mod visits;
mod workload;

use crate::routes::Routes;

/// The routes of the service desk.
pub fn configure(config: &mut Routes<'_>) {
    // Before the routes of single records, whose id would take the word.
    config
        .configure(registers::configure)
        .configure(qualifications::configure)
        .configure(assistance::configure)
        .configure(cases::configure)
        .configure(categories::configure)
        .configure(disputes::configure)
        .configure(orders::configure)
        .configure(public_reports::configure)
        .configure(repairs::configure)
        .configure(visits::configure)
        .configure(reception::configure)
        .configure(workload::configure);
}
