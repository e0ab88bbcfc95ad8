//! `wuye`: the whole product in one binary.

use std::process::ExitCode;

use libmimalloc_sys::{mi_option_set, mi_option_t};

/// What passwords and pictures took goes back when they are done. The system's allocator keeps it: fifty logins at once left
/// 800 MB with it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The allocator's `purge_delay`: the milliseconds that freed memory waits before the system has it back.
const PURGE_DELAY: mi_option_t = 15;

fn main() -> ExitCode {
    take_small_pages();
    give_back_at_once();
    wuye_api::cli::run()
}

/// The system may give memory out two megabytes at a time: each thread's heap took several for the few hundred kilobytes that it
/// holds, a quarter of all that an idle server had. What the allocator took before this runs it took in small ones too (its feature
/// `no_thp`). The database has its own way to large pages and does not miss these.
fn take_small_pages() {
    // It works without, only larger.
    #[cfg(target_os = "linux")]
    let _ = nix::sys::prctl::set_thp_disable(true);
}

/// With a delay, memory goes back only when somebody frees again after it: an idle server would keep what its start took,
/// twice of what it needs.
#[expect(
    unsafe_code,
    reason = "the allocator takes its options only this way, or from the environment before the start"
)]
fn give_back_at_once() {
    // SAFETY: sets a number that the allocator reads when memory is freed; no other thread runs yet.
    unsafe { mi_option_set(PURGE_DELAY, 0) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(unsafe_code, reason = "reads an option of the allocator")]
    fn the_number_is_that_of_the_option_meant() {
        // SAFETY: reads a number.
        let delay = || unsafe { libmimalloc_sys::mi_option_get(PURGE_DELAY) };
        assert_eq!(delay(), 1_000, "no other option has a second as its default");
        give_back_at_once();
        assert_eq!(delay(), 0);
    }
}
