//! `cargo xtask run`: from a fresh checkout to a running product, and again in no time.

use crate::project::{cargo, execute, target};
use crate::{Outcome, database, frontend, tools};
use std::os::unix::process::CommandExt;
use std::process::Command;

/// Builds what has changed and becomes `wuye serve`. Returns only when that fails.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    tools::check()?;
    frontend::build()?;
    execute(cargo(&[
        "build",
        "--release",
        "--locked",
        "--package",
        "wuye-api",
        "--bin",
        "wuye",
    ]))?;
    database::provide_binaries()?;
    // The server takes this process's place, so signals and the exit status are its own.
    let server = target().join("release/wuye");
    let error = Command::new(&server).arg("serve").args(arguments).exec();
    Err(format!("cannot run {}: {error}", server.display()))
}
