//! The manual: its clauses, and their texts by date.

pub mod clauses;
mod seed;

pub use seed::seed;
