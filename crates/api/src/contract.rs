//! The contract as it is served: the document that is kept in the repository, and what of it the server goes by.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::{manual::Serving, operations::Operations};

/// `openapi/openapi.json`; a test holds it to the handlers.
pub const DOCUMENT: &str = include_str!("../../../openapi/openapi.json");

/// Of the document, what the server goes by.
#[derive(Debug, Default, Deserialize)]
pub struct Outline {
    /// Methods in lower case, by path.
    pub paths: BTreeMap<String, BTreeMap<String, OutlinedOperation>>,
}

/// Of an operation, what the server goes by.
#[derive(Debug, Deserialize)]
pub struct OutlinedOperation {
    /// Its name in clients.
    #[serde(rename = "operationId")]
    pub operation_id: String,
    /// What it does, in a few words.
    #[serde(default)]
    pub summary: String,
    /// The clauses of the manual that it serves.
    #[serde(rename = "x-clauses", default)]
    pub clauses: Vec<String>,
}

impl Outline {
    /// Of a document.
    ///
    /// # Errors
    /// It is none.
    pub fn of(document: &Value) -> serde_json::Result<Self> {
        Self::deserialize(document)
    }
}

/// What the server goes by.
#[derive(Debug)]
pub struct Contract {
    /// Every operation.
    pub operations: Operations,
    /// Which of them serve which clause of the manual.
    pub serving: Serving,
}

impl Default for Contract {
    #[allow(clippy::expect_used, reason = "the document is part of the build")]
    fn default() -> Self {
        // Only the outline: as a tree the whole takes many times the memory of its text.
        let outline: Outline = serde_json::from_str(DOCUMENT).expect("a document");
        Self {
            operations: Operations::of(&outline),
            serving: Serving::of(&outline),
        }
    }
}
