//! The tools a command needs: checked first, one clear line each, installed where that is possible.

use crate::Outcome;
use crate::project::{execute, show};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A version as far as it matters here.
type Version = (u32, u32);

/// Rust, Node and npm as the product needs them.
pub(crate) fn check() -> Outcome {
    let wanted: [(&str, &str, Version, &str); 3] = [
        ("Rust", "rustc", (1, 89), "install it from https://rustup.rs"),
        ("Node", "node", (20, 19), "install it from https://nodejs.org"),
        ("npm", "npm", (9, 0), "it comes with Node"),
    ];
    let missing: Vec<String> = wanted
        .into_iter()
        .filter_map(|(name, program, least, advice)| {
            let found = first_line(Command::new(program).arg("--version"));
            fault(name, found.as_deref(), least).map(|fault| format!("{fault}; {advice}"))
        })
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(missing.join("\nxtask: "))
    }
}

/// What is wrong with a tool that answered `found` when asked for its version.
pub(crate) fn fault(name: &str, found: Option<&str>, least: Version) -> Option<String> {
    let (major, minor) = least;
    match found.map(|text| (text, parse_version(text))) {
        Some((_, Some(version))) if version >= least => None,
        Some((text, _)) => Some(format!("{name} {major}.{minor} or newer is needed, found {text:?}")),
        None => Some(format!("{name} {major}.{minor} or newer is needed and was not found")),
    }
}

/// The first two numbers in `rustc 1.95.0 (…)`, `v20.20.2` or `10.8.2`.
fn parse_version(text: &str) -> Option<Version> {
    let word = text.split_whitespace().map(|word| word.trim_start_matches('v'));
    let mut numbers = word
        .into_iter()
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?
        .split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// The first line a program prints; `None` when it cannot be run.
pub(crate) fn first_line(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output
        .status
        .success()
        .then(|| text.lines().next().unwrap_or_default().to_owned())
}

/// The first program of this name on the path.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .map(|directory| directory.join(program))
        .find(|file| file.is_file())
}

/// Installs Debian packages when root may and apt is there; otherwise says in one line what is missing.
pub(crate) fn apt_install(packages: &[&str]) -> Outcome {
    if packages.is_empty() {
        return Ok(());
    }
    let names = packages.join(" ");
    if !is_root() || !Path::new("/usr/bin/apt-get").exists() {
        return Err(format!("missing: {names}. As root: apt-get install {names}"));
    }
    let install = || {
        let mut command = apt(&["install", "--yes", "--no-install-recommends"]);
        command.args(packages);
        execute(command)
    };
    // The package lists of a fresh machine may be empty or old.
    install().or_else(|_| execute(apt(&["update"])).and_then(|()| install()))
}

fn apt(arguments: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command
        .arg("--quiet")
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null());
    eprintln!("xtask: {}", show(&command));
    command
}

/// Whether this is run by root.
pub(crate) fn is_root() -> bool {
    first_line(Command::new("id").arg("-u")).is_some_and(|uid| uid == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_each_tool_prints_them() {
        assert_eq!(parse_version("rustc 1.95.0 (59807616e 2026-04-14)"), Some((1, 95)));
        assert_eq!(parse_version("v20.20.2"), Some((20, 20)));
        assert_eq!(parse_version("10.8.2"), Some((10, 8)));
        assert_eq!(parse_version("unknown"), None);
    }

    #[test]
    fn an_old_a_missing_and_an_odd_tool_are_each_named_in_one_line() {
        assert_eq!(fault("Node", Some("v20.19.0"), (20, 19)), None);
        assert_eq!(fault("Node", Some("v22.0.0"), (20, 19)), None);
        let old = fault("Node", Some("v18.20.4"), (20, 19)).expect("too old");
        assert_eq!(old, "Node 20.19 or newer is needed, found \"v18.20.4\"");
        assert!(
            fault("Node", None, (20, 19))
                .expect("missing")
                .contains("was not found")
        );
        assert!(fault("Node", Some("?"), (20, 19)).is_some());
    }
}
