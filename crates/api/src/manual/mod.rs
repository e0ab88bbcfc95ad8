//! The manual: its chapters, its clauses, and what of the product serves each.

mod chapters;
mod clauses;
mod holders;
mod page;
mod serving;

use crate::routes::Routes;

pub use serving::{Serving, ServingOperation};

/// The routes of this context.
pub fn configure(config: &mut Routes<'_>) {
    config
        .service(chapters::list_manual_chapters)
        .service(clauses::export_manual_clauses)
        .service(clauses::list_manual_clauses)
        .service(page::get_manual_clause);
}
