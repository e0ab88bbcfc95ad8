//! `cargo xtask openapi`: the contract and what is generated from it.

use crate::project::{execute, npm, output_of, root};
use crate::{Outcome, built, frontend};
use std::{fs, process::Command};

/// Writes `openapi/openapi.json` as the server would serve it, and the TypeScript types made from it.
pub(crate) fn regenerate() -> Outcome {
    let mut server = Command::new(built::server()?);
    server.arg("openapi");
    let document = output_of(server)?;
    let path = root().join("openapi/openapi.json");
    fs::write(&path, document).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    frontend::install()?;
    execute(npm(&["run", "--silent", "api"]))
}
