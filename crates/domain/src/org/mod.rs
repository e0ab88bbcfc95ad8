//! The organisation: posts, people, the reporting tree, who decides for whom, acting for each other, duty and the
//! centre's computers.

pub mod absence;
pub mod acting;
pub mod assignment;
pub mod climb;
pub mod clock;
pub mod codes;
pub mod data_care;
pub mod employee;
pub mod headcount;
mod responsible;
pub mod roster;
pub mod seed;
pub mod superior;
pub mod tasks;
mod titles;
pub mod tree;

pub use codes::*;
pub use responsible::Responsible;
