//! `cargo xtask test`: all suites one after the other, each timed and counted, and one line at the end.
//!
//! A new suite is an entry in [`suite::ALL`].

mod contract;
mod count;
mod suite;

use clap::Args;
use count::Count;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use suite::Suite;

/// What of it is run.
#[derive(Args)]
pub(crate) struct Options {
    /// Also what takes too long for every change
    #[arg(long)]
    long: bool,
    /// Only these suites; may be given several times
    #[arg(long, value_name = "SUITE", value_parser = suite::names())]
    only: Vec<String>,
}

/// How a suite ended.
struct Ended {
    name: &'static str,
    took: Duration,
    count: Count,
    fault: Option<String>,
}

/// Runs the suites. A failure does not keep the others from running.
pub(crate) fn run(options: &Options) -> ExitCode {
    let chosen = suite::ALL.iter().filter(|suite| {
        if options.only.is_empty() {
            options.long || !suite.long
        } else {
            options.only.iter().any(|name| name == suite.name)
        }
    });
    if let Err(message) = crate::tools::check() {
        eprintln!("xtask: {message}");
        return ExitCode::FAILURE;
    }
    let ended: Vec<Ended> = chosen.map(|suite| run_suite(suite, options.long)).collect();
    println!("\n{}", report(&ended));
    if ended
        .iter()
        .all(|suite| suite.fault.is_none() && suite.count.failed == 0)
    {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn run_suite(suite: &Suite, long: bool) -> Ended {
    println!("\n=== {}: {}", suite.name, suite.what);
    let begun = Instant::now();
    let (count, fault) = match (suite.run)(long) {
        // A suite that ended badly without naming a failed test, say because it does not compile, is a failure of its own.
        Ok(count) if count.failed == 0 && count.fault.is_some() => (Count { failed: 1, ..count }, None),
        Ok(count) => (count, None),
        Err(message) => (
            Count {
                failed: 1,
                ..Count::default()
            },
            Some(message),
        ),
    };
    let fault = fault.or_else(|| count.fault.clone());
    if let Some(fault) = &fault {
        println!("{}: {fault}", suite.name);
    }
    Ended {
        name: suite.name,
        took: begun.elapsed(),
        count,
        fault,
    }
}

fn report(ended: &[Ended]) -> String {
    let mut lines = vec![format!(
        "{:<12} {:>7} {:>7} {:>7} {:>8}",
        "suite", "minutes", "passed", "failed", "skipped"
    )];
    let row = |name: &str, took: Duration, count: &Count| {
        let minutes = took.as_secs_f64() / 60.0;
        format!(
            "{name:<12} {minutes:>7.1} {:>7} {:>7} {:>8}",
            count.passed, count.failed, count.skipped
        )
    };
    lines.extend(ended.iter().map(|suite| row(suite.name, suite.took, &suite.count)));
    let total = ended
        .iter()
        .fold(Count::default(), |total, suite| total.and(&suite.count));
    lines.push(row("all", ended.iter().map(|suite| suite.took).sum(), &total));
    for suite in ended {
        if suite.count.is_clean() && suite.fault.is_none() {
            continue;
        }
        // A runner that ends well may have failed tests all the same: those that passed when tried again.
        let failed = || format!("{} failed", suite.count.failed);
        lines.push(format!(
            "{}: {}",
            suite.name,
            suite.fault.clone().unwrap_or_else(failed)
        ));
        lines.extend(suite.count.last_lines.iter().map(|line| format!("    {line}")));
    }
    lines.push(format!("{} passed, {} failed", total.passed, total.failed));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_test_of_a_runner_that_ends_well_is_named_with_what_it_said() {
        let flaky = Ended {
            name: "browser",
            took: Duration::from_secs(90),
            count: Count {
                passed: 2,
                failed: 1,
                last_lines: vec!["✘ a test".to_owned()],
                ..Count::default()
            },
            fault: None,
        };
        let report = report(&[flaky]);
        let end: Vec<&str> = report.lines().rev().take(3).collect();
        assert_eq!(end, ["2 passed, 1 failed", "    ✘ a test", "browser: 1 failed"]);
    }

    #[test]
    fn the_last_line_adds_up_all_suites_and_a_fault_is_named_before_it() {
        let suite = |name, passed, failed, fault: Option<&str>| Ended {
            name,
            took: Duration::from_secs(90),
            count: Count {
                passed,
                failed,
                ..Count::default()
            },
            fault: fault.map(str::to_owned),
        };
        let report = report(&[suite("rust", 40, 0, None), suite("browser", 2, 1, Some("it failed"))]);
        let lines: Vec<&str> = report.lines().collect();
        assert_eq!(lines.last(), Some(&"42 passed, 1 failed"));
        assert!(lines.contains(&"browser: it failed"));
        assert!(!lines.iter().any(|line| line.starts_with("rust: ")));
        assert!(
            lines
                .iter()
                .any(|line| line.starts_with("rust") && line.contains("1.5"))
        );
    }
}
