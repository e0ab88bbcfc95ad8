//! What the tasks run of what cargo has built.
//!
//! All of it is built for the whole workspace with its tests: a build of one package alone chooses other features of the
//! dependencies, and with them builds half of them a second time.

use crate::Outcome;
use crate::project::{cargo, output_of};
use serde_json::Value;
use std::path::PathBuf;

/// The server, in its development build.
pub(crate) fn server() -> Outcome<PathBuf> {
    executable(|target| target["name"] == "wuye" && kind(target, "bin"), false)
}

/// The harness of the measurements, in its development build.
pub(crate) fn bench_harness() -> Outcome<PathBuf> {
    executable(|target| target["name"] == "wuye-bench" && kind(target, "bin"), false)
}

/// The program of all integration tests.
pub(crate) fn integration_tests() -> Outcome<PathBuf> {
    executable(|target| target["name"] == "wuye_tests" && kind(target, "lib"), true)
}

/// The trials of the suite `faults`.
pub(crate) fn fault_trials() -> Outcome<PathBuf> {
    executable(|target| target["name"] == "wuye-faults" && kind(target, "bin"), false)
}

fn kind(target: &Value, kind: &str) -> bool {
    target["kind"]
        .as_array()
        .is_some_and(|kinds| kinds.iter().any(|one| one == kind))
}

/// Builds, and picks one executable from cargo's account of it.
fn executable(wanted: impl Fn(&Value) -> bool, of_tests: bool) -> Outcome<PathBuf> {
    let account = output_of(cargo(&[
        "build",
        "--workspace",
        "--bins",
        "--tests",
        "--locked",
        "--message-format=json-render-diagnostics",
    ]))?;
    find(&account, wanted, of_tests).ok_or_else(|| "cargo built no such program".to_owned())
}

fn find(account: &str, wanted: impl Fn(&Value) -> bool, of_tests: bool) -> Option<PathBuf> {
    account
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["reason"] == "compiler-artifact" && message["profile"]["test"] == of_tests)
        .find(|message| wanted(&message["target"]))
        .and_then(|message| Some(PathBuf::from(message["executable"].as_str()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_told_from_its_own_tests_and_from_libraries() {
        let account = r#"
{"reason":"compiler-artifact","target":{"name":"wuye","kind":["bin"]},"profile":{"test":true},"executable":"/t/wuye-tests"}
{"reason":"compiler-artifact","target":{"name":"wuye","kind":["lib"]},"profile":{"test":false},"executable":null}
{"reason":"compiler-artifact","target":{"name":"wuye","kind":["bin"]},"profile":{"test":false},"executable":"/t/wuye"}
{"reason":"build-finished","success":true}
"#;
        let wanted = |target: &Value| target["name"] == "wuye" && kind(target, "bin");
        assert_eq!(find(account, wanted, false), Some(PathBuf::from("/t/wuye")));
        assert_eq!(find(account, wanted, true), Some(PathBuf::from("/t/wuye-tests")));
        assert_eq!(find(account, |target| target["name"] == "other", false), None);
    }
}
