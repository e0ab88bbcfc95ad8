//! The organisation: posts, people, the edges between posts, acting, duty and the centre's computers.

pub mod absence;
pub mod assignment;
pub mod codes;
pub mod data_care;
pub mod employee;
pub mod headcount;
pub mod roster;

pub use codes::*;
