//! The program as it is delivered: the binary is started with options, environment and files, and asked from outside.
//! Everything that needs no process of its own is tested in `tests/integration`.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, reason = "tests")]

mod bodies;
mod compose;
mod console;
mod curl_guide;
mod database;
mod doctor;
mod start;
mod tls;
mod watching;
