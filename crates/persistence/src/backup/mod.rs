//! Backup and restore as a logical format of the product: one file per table as COPY text, at one snapshot, with a manifest
//! of columns, counts and hashes. Independent of the server's major version, and so the way to another one, too.

mod dump;
mod load;
mod manifest;

pub use dump::dump;
pub use load::load;
pub use manifest::{Manifest, StoredFile, TableFile, hex, sha256_of};

use crate::Failure;

/// A failure of the file system or the wire, with what was being done.
fn failed(what: &str, error: impl std::fmt::Display) -> Failure {
    Failure::Internal(format!("{what}: {error}"))
}

/// A connection without statement timeout, for work that may take its time.
async fn connect(url: &str) -> Result<tokio_postgres::Client, Failure> {
    let client = crate::connect::client(url)
        .await
        .map_err(|error| Failure::Unavailable(error.to_string()))?;
    client
        .batch_execute(
            "SET statement_timeout = 0; SET TIME ZONE 'UTC'; SET datestyle = 'ISO'; SET extra_float_digits = 3",
        )
        .await
        .map_err(|error| failed("session", error))?;
    Ok(client)
}
