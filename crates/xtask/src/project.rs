//! Where things are, how a command is run in the project, and what has changed since it was last built.

use crate::Outcome;
use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the checkout.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap_or(Path::new("."))
        .to_owned()
}

/// Where cargo builds to.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// A cargo command at the root of the checkout.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    command
}

/// An npm command in `frontend/`.
pub(crate) fn npm(arguments: &[&str]) -> Command {
    let mut command = Command::new("npm");
    command.args(arguments).current_dir(root().join("frontend"));
    command
}

/// Runs a command with the terminal of this process.
pub(crate) fn execute(mut command: Command) -> Outcome {
    let status = command
        .status()
        .map_err(|error| format!("cannot run {}: {error}", show(&command)))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{}` failed ({status})", show(&command)))
    }
}

/// Runs a command and returns what it wrote to standard output.
pub(crate) fn output_of(mut command: Command) -> Outcome<String> {
    command.stderr(std::process::Stdio::inherit());
    let output = command
        .output()
        .map_err(|error| format!("cannot run {}: {error}", show(&command)))?;
    if !output.status.success() {
        return Err(format!("`{}` failed ({})", show(&command), output.status));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("`{}` wrote something that is not UTF-8", show(&command)))
}

/// A command as a person would type it.
pub(crate) fn show(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A digest of the names and contents of all files below `paths`, leaving out directories and files called `except`.
pub(crate) fn digest(paths: &[PathBuf], except: &[&str]) -> Outcome<String> {
    let mut files = BTreeMap::new();
    for path in paths {
        collect(path, except, &mut files).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    }
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    Ok(format!("{:016x}", hasher.finish()))
}

fn collect(path: &Path, except: &[&str], files: &mut BTreeMap<PathBuf, Vec<u8>>) -> std::io::Result<()> {
    if path
        .file_name()
        .is_some_and(|name| except.iter().any(|except| name == *except))
    {
        return Ok(());
    }
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), except, files)?;
        }
    } else if path.is_file() {
        files.insert(path.to_owned(), fs::read(path)?);
    }
    Ok(())
}

/// Does `work` unless it was done for the same `digest` before; `stamp` remembers that.
pub(crate) fn unless_done(stamp: &Path, digest: &str, work: impl FnOnce() -> Outcome) -> Outcome {
    if fs::read_to_string(stamp).is_ok_and(|done| done == digest) {
        return Ok(());
    }
    work()?;
    if let Some(parent) = stamp.parent() {
        fs::create_dir_all(parent).map_err(|error| format!("cannot create {}: {error}", parent.display()))?;
    }
    fs::write(stamp, digest).map_err(|error| format!("cannot write {}: {error}", stamp.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("src")).expect("scratch directory");
        path
    }

    #[test]
    fn a_digest_changes_with_contents_and_names_but_not_with_what_is_left_out() {
        let place = scratch("digest");
        fs::write(place.join("src/a"), "1").expect("write");
        let digest = || digest(std::slice::from_ref(&place), &["node_modules"]).expect("digest");
        let first = digest();
        fs::create_dir(place.join("node_modules")).expect("mkdir");
        fs::write(place.join("node_modules/x"), "1").expect("write");
        assert_eq!(digest(), first);
        fs::rename(place.join("src/a"), place.join("src/b")).expect("rename");
        let renamed = digest();
        assert_ne!(renamed, first);
        fs::write(place.join("src/b"), "2").expect("write");
        assert_ne!(digest(), renamed);
        fs::remove_dir_all(place).expect("tidy");
    }

    #[test]
    fn work_is_done_again_only_for_another_digest_or_after_a_failure() {
        let place = scratch("stamp");
        let stamp = place.join("stamp");
        let times = std::cell::Cell::new(0);
        let work = |outcome: Outcome| {
            times.set(times.get() + 1);
            outcome
        };
        assert!(unless_done(&stamp, "one", || work(Err("no".to_owned()))).is_err());
        unless_done(&stamp, "one", || work(Ok(()))).expect("done");
        unless_done(&stamp, "one", || work(Ok(()))).expect("done before");
        unless_done(&stamp, "two", || work(Ok(()))).expect("done for the new digest");
        assert_eq!(times.get(), 3);
        fs::remove_dir_all(place).expect("tidy");
    }
}
