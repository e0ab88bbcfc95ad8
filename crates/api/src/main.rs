//! `wuye`: the whole product in one binary.

use std::process::ExitCode;

/// What passwords and pictures took goes back when they are done. The system's allocator keeps it: fifty logins at once left
/// 800 MB with it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    wuye_api::cli::run()
}
