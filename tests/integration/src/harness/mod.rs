//! What every test stands on: a server, people at every post, a clock to move.

#![allow(
    dead_code,
    unused_imports,
    reason = "the words of the suites: not every suite needs each of them"
)]

mod acting;
mod client;
mod fixture;
mod postgres;
pub use postgres::empty_database;
mod server;
mod sinks;

pub use client::{Answer, Client};
pub use fixture::{PASSWORD, Staff};
pub use server::TestApp;
pub use sinks::{MailSink, RobotSink};

/// Names the clauses that a test proves, where its name does not carry them.
#[macro_export]
macro_rules! clauses {
    ($($clause:literal),+ $(,)?) => {
        let _: &[&str] = &[$($clause),+];
    };
}
