//! `cargo xtask openapi`: the contract and what is generated from it.

use crate::project::{cargo, execute, npm, output_of, root};
use crate::{Outcome, frontend};
use std::fs;

/// Writes `openapi/openapi.json` as the server would serve it, and the TypeScript types made from it.
pub(crate) fn regenerate() -> Outcome {
    let document = output_of(cargo(&[
        "run",
        "--quiet",
        "--package",
        "wuye-api",
        "--bin",
        "wuye",
        "--",
        "openapi",
    ]))?;
    let path = root().join("openapi/openapi.json");
    fs::write(&path, document).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    frontend::install()?;
    execute(npm(&["run", "--silent", "api"]))
}
