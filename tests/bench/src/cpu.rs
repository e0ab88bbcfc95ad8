//! What processes cost, from `/proc`: the processor time of a tree of processes, and the memory of one.

use std::fs;

/// Processor time in clock ticks, which Linux reports to programs as hundredths of a second on every architecture.
const TICKS_PER_SECOND: f64 = 100.0;

/// A process and what it started.
#[derive(Clone, Copy, Debug)]
pub struct Tree(pub u32);

impl Tree {
    /// Processor seconds so far of the process, of its living children and of those that it has waited for.
    pub fn seconds(self) -> f64 {
        let children: f64 = children(self.0).into_iter().map(own_seconds).sum();
        children + own_seconds(self.0) + waited_for_seconds(self.0)
    }
}

/// Whose time counts as the server's.
#[derive(Clone, Copy, Debug)]
pub enum Processes {
    /// A process alone: what it started is counted elsewhere.
    One(u32),
    /// A process and what it started.
    Tree(Tree),
}

impl Processes {
    /// Processor seconds so far.
    pub fn seconds(self) -> f64 {
        match self {
            Self::One(pid) => own_seconds(pid),
            Self::Tree(tree) => tree.seconds(),
        }
    }
}

/// Processor seconds so far of one process, its threads included.
pub fn own_seconds(pid: u32) -> f64 {
    ticks(pid, UTIME) / TICKS_PER_SECOND
}

/// Processor seconds of the children that a process has waited for.
pub fn waited_for_seconds(pid: u32) -> f64 {
    ticks(pid, CUTIME) / TICKS_PER_SECOND
}

// Places in /proc/PID/stat, counted from the state that follows the name; system time follows user time.
const PPID: usize = 1;
const UTIME: usize = 11;
const CUTIME: usize = 13;

/// User and system time that begin at `place`; 0 when the process is gone.
fn ticks(pid: u32, place: usize) -> f64 {
    let fields = stat(pid);
    let at = |place: usize| fields.get(place).and_then(|text| text.parse().ok()).unwrap_or(0.0);
    at(place) + at(place + 1)
}

fn stat(pid: u32) -> Vec<String> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // The name stands in brackets and may hold blanks and brackets itself.
    let after_name = text.rsplit_once(") ").map_or("", |(_, rest)| rest);
    after_name.split_whitespace().map(ToOwned::to_owned).collect()
}

fn children(pid: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let parent = pid.to_string();
    ids.filter(|id| stat(*id).get(PPID) == Some(&parent)).collect()
}

/// Memory of one process, in kilobytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Memory {
    /// Resident now.
    pub resident: u64,
    /// The most that was ever resident.
    pub peak: u64,
}

/// Memory of one process.
pub fn memory(pid: u32) -> Memory {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let field = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.split_whitespace().next()?.parse().ok())
            .unwrap_or(0)
    };
    Memory {
        resident: field("VmRSS:"),
        peak: field("VmHWM:"),
    }
}

/// Memory of a process and of what it started, to the last grandchild: pages that several of them map count once.
pub fn shared_kb(tree: Tree) -> u64 {
    children(tree.0)
        .into_iter()
        .map(|child| shared_kb(Tree(child)))
        .sum::<u64>()
        + proportional_kb(tree.0)
}

fn proportional_kb(pid: u32) -> u64 {
    let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{process::Command, time::Instant};

    #[test]
    fn what_a_process_and_its_children_compute_is_counted_before_and_after_they_end() {
        let own = Tree(std::process::id());
        let before = own.seconds();
        let mut child = Command::new("sh")
            .args(["-c", "i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done; read line"])
            .stdin(std::process::Stdio::piped())
            .spawn()
            .expect("a shell");
        let begun = Instant::now();
        while Tree(child.id()).seconds() < 0.1 {
            assert!(begun.elapsed().as_secs() < 60, "the shell computes nothing");
            std::thread::yield_now();
        }
        assert!(own.seconds() >= before + 0.1, "a living child counts");
        drop(child.stdin.take());
        child.wait().expect("an end");
        assert!(own.seconds() >= before + 0.1, "a child that ended counts");
    }

    #[test]
    fn this_process_has_memory() {
        let memory = memory(std::process::id());
        assert!(memory.resident > 0 && memory.peak >= memory.resident);
        assert!(shared_kb(Tree(std::process::id())) > 0);
    }
}
