//! The command line.

pub mod backup;
mod console;
mod database;
mod demo;
mod doctor;
mod export;
mod import;
mod logging;
mod serve;
mod user;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::Config;

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

/// The variable that names a file of settings.
const CONFIG_FILE: &str = "WUYE_CONFIG";

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
    apply_config_file();
    let command = Cli::parse().command;
    // The doctor says it among everything else.
    if !matches!(command, Command::Doctor { .. })
        && let Some(unknown) = doctor::unknown_keys()
    {
        eprintln!(
            "wuye: {CONFIG_FILE}: nothing reads these keys: {unknown}. Correct or remove them; docs/operations.md lists the keys"
        );
        return ExitCode::from(2);
    }
    let outcome = match command {
        Command::Serve(args) => serve::serve(args.config),
        Command::Migrate(args) => serve::migrate(args.config),
        Command::Demo(args) => demo::run(args.config),
        Command::User { user, server } => user::run(server.config, &user),
        Command::Import { import, server } => import::run(server.config, &import),
        Command::Export { export, server } => export::run(server.config, &export),
        Command::Backup { server, place } => backup::backup(server.config, &place),
        Command::Restore { server, place } => backup::restore(server.config, &place),
        Command::Doctor { doctor, server } => doctor::run(&server.config, &doctor),
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

/// Reads the file named by `WUYE_CONFIG` (TOML, keys as in the table of docs/operations.md) into the environment, under
/// what is set there already: option before environment before file.
fn apply_config_file() {
    let Ok(path) = std::env::var(CONFIG_FILE) else { return };
    match read_config_file(&path) {
        Ok(values) => {
            for (name, value) in values {
                if std::env::var_os(&name).is_none() {
                    // Before any thread is started, so nothing can read the environment at the same time.
                    set_env(&name, &value);
                }
            }
        }
        Err(error) => {
            eprintln!("wuye: {path}: {error}");
            std::process::exit(2);
        }
    }
}

#[allow(
    unsafe_code,
    reason = "set_var is unsafe only with other threads about; there are none yet"
)]
fn set_env(name: &str, value: &str) {
    // SAFETY: called first thing in main, before any thread is started.
    unsafe { std::env::set_var(name, value) }
}

fn read_config_file(path: &str) -> Result<Vec<(String, String)>, Box<dyn std::error::Error>> {
    let table: toml::Table = std::fs::read_to_string(path)?.parse()?;
    table
        .into_iter()
        .map(|(key, value)| {
            let name = if key == "database_url" {
                "DATABASE_URL".to_owned()
            } else {
                format!("WUYE_{}", key.to_uppercase())
            };
            let value = match value {
                toml::Value::String(text) => text,
                toml::Value::Array(items) => items
                    .iter()
                    .map(|item| item.as_str().unwrap_or_default())
                    .collect::<Vec<_>>()
                    .join(","),
                other => other.to_string(),
            };
            Ok((name, value))
        })
        .collect()
}
