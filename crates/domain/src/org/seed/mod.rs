//! What a new installation begins with: the manual's departments, posts, chart and reporting lines, as data in code.
//!
//! Everything here becomes editable rows; nothing reads it afterwards except titles ([`post`]) and the tests. Sources are
//! positions, chart (ORG-1 to ORG-12) and position texts of the manual, reconciled as `org_reconciliation.md` proposes.

mod chart;
mod departments;
mod edges;
mod posts;

pub use chart::{CHART, COVER, ChartBox};
pub use departments::{DEPARTMENTS, Department, DepartmentCode};
pub use edges::{EDGES, EdgeSeed, edges, tree};
pub use posts::{POSTS, Post, post};

#[cfg(test)]
mod tests;
