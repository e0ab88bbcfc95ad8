//! People, posts and the edges between posts; acting, duty, the centre's computers.

pub mod absences;
pub mod account_requests;
pub mod accounts;
pub mod acting;
pub mod aliases;
pub mod assignments;
pub mod backups;
pub mod care_figures;
pub mod chart;
pub mod climbs;
pub mod computers;
pub mod corrections;
pub mod data_checks;
pub mod departments;
pub mod edges;
pub mod employees;
pub mod entrusted;
mod holding;
pub mod matters;
mod names;
pub mod pairs;
pub mod posts;
pub mod qualifications;
pub mod roster;
mod seed;
pub mod shifts;
pub mod squads;
pub mod staff;
pub mod tasks;
pub mod workbench;

pub use holding::{Holding, holding};
pub use names::{all_names, names, post_titles};
pub use seed::{seed, seed_estate};
