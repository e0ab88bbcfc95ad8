//! What people with bad intentions, or with two hands too many, try: races for one thing, other people's records, forged
//! tokens, guessed passwords, files in disguise. Everything from outside, on the built program.
//!
//! What is proven elsewhere is not proven again; `docs/security.md` names the place of each proof.
#![cfg(test)]
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, reason = "tests")]

mod authenticator;
mod contract;
mod furnish;
mod sample;
mod town;
mod treasure;

mod access_bodies;
mod access_fields;
mod access_matrix;
mod access_scope;
mod headers;
mod logs;
mod passwords;
mod races;
mod security_document;
mod tokens;
mod uploads;
