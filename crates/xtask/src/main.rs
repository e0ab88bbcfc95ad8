//! The commands a person types: `cargo xtask run`, `cargo xtask test`, `cargo xtask bench` and the two that regenerate checked-in files.
//!
//! A new command is a variant of [`Task`] and a module beside this file.

mod bench;
mod built;
mod database;
mod frontend;
mod licences;
mod openapi;
mod project;
mod run;
mod schema;
mod test;
mod tools;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// What a task returns: nothing, or one line that says what is wrong and what helps.
type Outcome<T = ()> = Result<T, String>;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, runs and tests the whole product")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build what has changed and run the product; the arguments go on to `wuye serve`
    #[command(disable_help_flag = true)]
    Run {
        /// Arguments of `wuye serve`, for example --demo or --listen 0.0.0.0:8080
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Run everything that the continuous integration runs, and count it
    Test(test::Options),
    /// Measure the release build beside its limits and print the figures with their targets
    Bench(bench::Options),
    /// Regenerate openapi/openapi.json and the TypeScript types made from it
    Openapi,
    /// Regenerate crates/persistence/src/schema.rs from the migrations
    Schema {
        /// Change nothing; fail when the file is not what the migrations make
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Run { arguments } => run::run(&arguments),
        Task::Test(options) => return test::run(&options),
        Task::Bench(options) => bench::bench(&options),
        Task::Openapi => openapi::regenerate(),
        Task::Schema { check } => schema::regenerate(check),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
