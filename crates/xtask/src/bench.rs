//! `cargo xtask bench`: the release build measured by the harness in `tests/bench`.

use crate::project::{execute, root, target};
use crate::{Outcome, built, database, frontend, run, tools};
use clap::Args;
use std::path::Path;
use std::process::Command;

/// What of it is measured, and how thoroughly.
#[derive(Args)]
pub(crate) struct Options {
    /// A small run on the development build that proves that everything can be measured; its figures mean nothing
    #[arg(long)]
    quick: bool,
    /// Also ten million orders, and longer rounds
    #[arg(long, conflicts_with = "quick")]
    long: bool,
    /// Only these parts; may be given several times
    #[arg(long, value_name = "PART")]
    only: Vec<String>,
}

/// Builds, provides the tools and measures.
pub(crate) fn bench(options: &Options) -> Outcome {
    tools::check()?;
    let server = if options.quick {
        built::server()?
    } else {
        frontend::build()?;
        run::build_server()?
    };
    let mut harness = harness(&server)?;
    harness.args(options.quick.then_some("--quick"));
    harness.args(options.long.then_some("--long"));
    for part in &options.only {
        harness.args(["--only", part]);
    }
    execute(harness)
}

/// The harness with what it needs around it. Its own speed matters little: what it measures by are programs of other people.
pub(crate) fn harness(server: &Path) -> Outcome<Command> {
    let mut missing = Vec::new();
    if tools::find("wrk").is_none() {
        missing.push("wrk");
    }
    // pgbench comes with the server's package; the npm package has none.
    if !Path::new("/usr/lib/postgresql").exists() && tools::find("pgbench").is_none() {
        missing.push("postgresql");
    }
    // What Django is installed into; the module is a package of its own on Debian.
    if tools::first_line(Command::new("python3").args(["-c", "import ensurepip; print(1)"])).is_none() {
        missing.push("python3-venv");
    }
    tools::apt_install(&missing)?;
    database::provide_binaries()?;
    let mut harness = Command::new(built::bench_harness()?);
    harness
        .current_dir(root())
        .env("WUYE_BIN", server)
        .arg("--results")
        .arg(target().join("bench/results.json"));
    Ok(harness)
}
