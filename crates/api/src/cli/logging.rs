//! The log of a running program: one event a line, to standard error.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::LogFormat;

/// Starts it. `RUST_LOG` chooses how much is logged.
pub(super) fn start(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,actix_server=warn"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let for_people = match format {
        LogFormat::Auto => std::io::stderr().is_terminal(),
        LogFormat::Text => true,
        LogFormat::Json => false,
    };
    let installed = if for_people {
        // Colours are for eyes: a text log in a file is searched.
        builder.with_ansi(std::io::stderr().is_terminal()).compact().try_init()
    } else {
        builder.json().flatten_event(true).try_init()
    };
    if let Err(error) = installed {
        eprintln!("wuye: no log: {error}");
    }
}
