//! The contract suite: an environment of Python with fixed versions, and the scripts of `tests/contract` in it.

use crate::project::{digest, execute, root, target, unless_done};
use crate::{Outcome, built, database, frontend, tools};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The least Python that the pinned packages run on.
const LEAST: (u32, u32) = (3, 11);

/// The command of the whole suite.
pub(super) fn command(long: bool) -> Outcome<Command> {
    let place = target().join("contract");
    let python = environment(&place.join("environment"))?;
    if long {
        install(&python, "requirements-long.txt")?;
        // The generator runs on Java, and its client is compiled by the SPA's compiler.
        if tools::find("java").is_none() {
            tools::apt_install(&["default-jre-headless"])?;
        }
        frontend::install()?;
    }
    let server = built::server()?;
    database::provide_binaries()?;
    let mut command = Command::new(python);
    command.current_dir(root()).arg("tests/contract/run.py");
    command.arg("--program").arg(server).arg("--place").arg(&place);
    if long {
        command.arg("--long");
    }
    Ok(command)
}

/// The interpreter of an environment in which the pinned packages are installed, made anew when they change.
fn environment(place: &Path) -> Outcome<PathBuf> {
    let found = tools::first_line(Command::new("python3").arg("--version"));
    if let Some(fault) = tools::fault("Python", found.as_deref(), LEAST) {
        return Err(format!("{fault}; as root: apt-get install python3 python3-venv"));
    }
    unless_done(&place.join("made"), &found.unwrap_or_default(), || {
        let mut make = Command::new("python3");
        make.args(["-m", "venv", "--clear"]).arg(place);
        execute(make)
    })?;
    let python = place.join("bin/python");
    install(&python, "requirements.txt")?;
    Ok(python)
}

/// Installs the packages that a file of `tests/contract` names, all of them and no others.
fn install(python: &Path, requirements: &str) -> Outcome {
    let stamp = python.with_file_name(requirements);
    let requirements = root().join("tests/contract").join(requirements);
    let wanted = digest(std::slice::from_ref(&requirements), &[])?;
    unless_done(&stamp, &wanted, || {
        let mut pip = Command::new(python);
        pip.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
        ]);
        pip.arg("--requirement").arg(&requirements);
        execute(pip)
    })
}
