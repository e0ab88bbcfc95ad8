//! Commands run to their end, and what the machine offers them.

use std::{
    ffi::OsStr,
    net::TcpListener,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

/// What a command said.
#[derive(Debug)]
pub struct Said {
    /// Whether it did well.
    pub ok: bool,
    /// Its standard output.
    pub out: String,
    /// Its standard error.
    pub err: String,
}

impl Said {
    /// Standard output of a command that did well.
    ///
    /// # Panics
    /// When it did not; its own words are shown.
    #[track_caller]
    pub fn well(self) -> String {
        assert!(self.ok, "{}{}", self.out, self.err);
        self.out
    }

    /// Standard error of one that did not.
    ///
    /// # Panics
    /// When it did well.
    #[track_caller]
    pub fn badly(self) -> String {
        assert!(!self.ok, "{}{}", self.out, self.err);
        self.err
    }
}

/// Runs a command to its end.
///
/// # Panics
/// When it cannot be started.
#[track_caller]
#[must_use]
pub fn said(mut command: Command) -> Said {
    let output = command.stdin(Stdio::null()).output().expect("a command");
    Said {
        ok: output.status.success(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// JSON that a program printed.
///
/// # Panics
/// When it is none; the text is shown.
#[track_caller]
#[must_use]
pub fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Runs a script by bash with these variables, in this folder.
///
/// # Panics
/// When there is no bash.
#[must_use]
pub fn bash(script: &Path, folder: &Path, variables: &[(&str, &str)]) -> Said {
    let mut command = Command::new("bash");
    command.arg(script).current_dir(folder).envs(variables.iter().copied());
    said(command)
}

/// A port that is free at this moment.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

/// Whether this is root, who has to hand the database to somebody else.
///
/// # Panics
/// When the machine cannot tell.
#[must_use]
pub fn is_root() -> bool {
    let mut id = Command::new("id");
    id.arg("-u");
    said(id).out.trim() == "0"
}

/// A command run as `nobody`.
#[must_use]
pub fn as_nobody(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"])
        .arg(program);
    command
}
