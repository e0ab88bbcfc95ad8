//! The organisation: posts, people, the edges between posts, acting, duty and the centre's computers.

pub mod codes;

pub use codes::*;
