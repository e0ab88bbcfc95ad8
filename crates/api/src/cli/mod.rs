//! The command line.

pub mod backup;
mod console;
mod database;
mod demo;
mod doctor;
mod duties;
mod export;
mod import;
mod logging;
mod serve;
mod settings_file;
mod user;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::Config;
use settings_file::SettingsFile;

/// 物业服务中心管理系统 · The property service centre's management manual at work.
///
/// `wuye serve` starts everything: a private PostgreSQL in the data directory, the API, the browser program. The other
/// commands may be typed beside it. Each setting can be given as option, as environment variable or in the TOML file that
/// WUYE_CONFIG names; docs/operations.md lists them.
#[derive(Debug, Parser)]
#[command(name = "wuye", version, max_term_width = 110, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API and the browser program until stopped (Ctrl-C, SIGTERM: running requests are finished first).
    Serve(ServerArgs),
    /// Bring the database up to date and stop.
    Migrate(ServerArgs),
    /// Fill an empty database with a believable estate (`--rooms`, `--as-of`) and stop. One that holds an estate is left alone.
    Demo(ServerArgs),
    /// Logins at the console: make the first one, list, close and open them, reset a password, give a program a token.
    User {
        #[command(flatten)]
        user: user::User,
        #[command(flatten)]
        server: ServerArgs,
    },
    /// Take in a CSV or XLSX table of houses, parties or occupancies: checked first, errors by row and column.
    Import {
        #[command(flatten)]
        import: import::Import,
        #[command(flatten)]
        server: ServerArgs,
    },
    /// Write any list as CSV or XLSX.
    Export {
        #[command(flatten)]
        export: export::Export,
        #[command(flatten)]
        server: ServerArgs,
    },
    /// Lay duties out further ahead than the daily run, or count what a stretch of days asks of everybody.
    Duties {
        #[command(flatten)]
        duties: duties::Duties,
        #[command(flatten)]
        server: ServerArgs,
    },
    /// Write everything into a new folder: tables at one instant, uploaded files, hashes. The server may go on working.
    Backup {
        #[command(flatten)]
        server: ServerArgs,
        #[command(flatten)]
        place: backup::Place,
    },
    /// Load a backup into an empty data directory or database, and bring it up to this version.
    Restore {
        #[command(flatten)]
        server: ServerArgs,
        #[command(flatten)]
        place: backup::Place,
    },
    /// Look at settings, disk, database, clock, keys, backups and jobs, and say what to do. Changes nothing; ends with 1 when
    /// something is broken.
    Doctor {
        #[command(flatten)]
        doctor: doctor::Doctor,
        #[command(flatten)]
        server: ServerArgs,
    },
    /// Print the OpenAPI document of this build.
    Openapi,
}

/// Settings of the server, and where else to read them from.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Settings of the server (see docs/operations.md)")]
pub(crate) struct ServerArgs {
    #[command(flatten)]
    pub(crate) config: Config,
}

/// Runs the command line of this process.
#[must_use]
pub fn run() -> ExitCode {
    let file = match SettingsFile::apply() {
        Ok(file) => file,
        Err(error) => return refused(&error),
    };
    let command = Cli::parse().command;
    // The doctor says it among everything else.
    if !matches!(command, Command::Doctor { .. })
        && let Err(error) = file.must_be_known()
    {
        return refused(&error);
    }
    let outcome = match command {
        Command::Serve(args) => serve::serve(args.config),
        Command::Migrate(args) => serve::migrate(args.config),
        Command::Demo(args) => demo::run(args.config),
        Command::User { user, server } => user::run(server.config, &user),
        Command::Import { import, server } => import::run(server.config, &import),
        Command::Export { export, server } => export::run(server.config, &export),
        Command::Duties { duties, server } => duties::run(server.config, &duties),
        Command::Backup { server, place } => backup::backup(server.config, &place),
        Command::Restore { server, place } => backup::restore(server.config, &place),
        Command::Doctor { doctor, server } => doctor::run(&server.config, &file, &doctor),
        Command::Openapi => {
            println!("{:#}", crate::document());
            Ok(())
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("wuye: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The settings cannot be used: said as clap says it of an option.
fn refused(error: &str) -> ExitCode {
    eprintln!("wuye: {error}");
    ExitCode::from(2)
}
