//! The rules of the management manual as pure functions and plain data.
//!
//! Nothing here reads a clock, a database or the network: the caller passes the time, the actor and the rows, and gets
//! back a decision (`Transition`) or a [`shared::Problem`]. The contexts stand in the order of the company: what comes
//! later may use what comes earlier, never the other way round.

pub mod access;
pub mod estate;
pub mod goals;
pub mod manual;
pub mod notices;
pub mod org;
pub mod plans;
pub mod service_desk;
pub mod shared;
