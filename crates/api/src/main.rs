//! `wuye`: the whole product in one binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    wuye_api::cli::run()
}
