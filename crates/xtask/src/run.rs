//! `cargo xtask run`: from a fresh checkout to a running product, and again in no time.

use crate::project::{cargo, execute, target};
use crate::{Outcome, database, frontend, tools};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;

/// Builds what has changed and becomes `wuye serve`. Returns only when that fails.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    tools::check()?;
    frontend::build()?;
    let server = build_server()?;
    database::provide_binaries()?;
    // The server takes this process's place, so signals and the exit status are its own.
    let error = Command::new(&server).arg("serve").args(arguments).exec();
    Err(format!("cannot run {}: {error}", server.display()))
}

/// The server as it is released.
pub(crate) fn build_server() -> Outcome<PathBuf> {
    execute(cargo(&[
        "build",
        "--release",
        "--locked",
        "--package",
        "wuye-api",
        "--bin",
        "wuye",
    ]))?;
    Ok(target().join("release/wuye"))
}
