//! What happens to work when something breaks: each promise of `docs/faults.md` tried on the built program and a real
//! PostgreSQL, from outside.
//!
//! `WUYE_FAULT_ROUNDS` says how often something is killed, `WUYE_TEST_LONG=1` asks for more of everything.

mod faketime;
mod ground;
mod load;
mod nginx;
mod outside;
mod postmaster;
mod sound;
mod sql;
mod trial;
mod trials;

use libtest_mimic::Arguments;

fn main() {
    let mut arguments = Arguments::from_args();
    // Each trial wants the machine for itself: its load is part of it.
    arguments.test_threads = Some(1);
    libtest_mimic::run(&arguments, trials::all()).exit();
}
