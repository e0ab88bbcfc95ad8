//! The processes of a database, and sudden ends for them.

use std::{fs, path::Path};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

/// The server process of the cluster in `postgres` and all its children, as they are at this moment.
pub fn processes(postgres: &Path) -> Vec<u32> {
    let Ok(text) = fs::read_to_string(postgres.join("data/postmaster.pid")) else {
        return Vec::new();
    };
    let Some(parent) = text.lines().next().and_then(|line| line.trim().parse().ok()) else {
        return Vec::new();
    };
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let children = entries
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|process| parent_of(*process) == Some(parent));
    std::iter::once(parent).chain(children).collect()
}

fn parent_of(process: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name stands in brackets and may hold anything.
    let (_, rest) = stat.rsplit_once(')')?;
    rest.split_whitespace().nth(1)?.parse().ok()
}

/// Sends a signal to all of them, one right after the other.
pub fn signal(processes: &[u32], signal: Signal) {
    for process in processes {
        if let Ok(process) = i32::try_from(*process) {
            let _ = kill(Pid::from_raw(process), signal);
        }
    }
}
