//! The rows of the product in PostgreSQL: free query functions, one file or folder per context.
//!
//! Every function that reads scoped rows takes a [`wuye_domain::access::Scope`]; there is no way to leave it out. No
//! statement asks the database for the time: the caller passes it.

pub mod accounts;
pub mod backup;
pub mod bulk;
pub mod calendar;
pub mod call;
pub mod condition;
pub mod connect;
pub mod db;
pub mod estate;
pub mod estates;
mod failure;
pub mod files;
pub mod fixed;
pub mod goals;
pub mod idempotency;
pub mod jobs;
mod keyset;
pub mod manual;
pub mod migrations;
pub mod notices;
pub mod numbers;
pub mod org;
pub mod plans;
#[allow(missing_docs, reason = "generated from the migrations")]
pub mod schema;
pub mod scope;
pub mod search;
pub mod secrets;
pub mod service_desk;
pub mod settings;
pub mod statements;
pub mod tally;
pub mod texts;
pub mod trail;
mod versioned;
pub mod workbench;

pub use db::{Conn, Pool};
pub use failure::Failure;
pub use keyset::{Rows, bad_cursor, split_next};
pub use versioned::expect_version;
