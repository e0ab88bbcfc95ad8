//! The settings of a server: from the command line, the environment or a file, in this order.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use clap::{Args, ValueEnum};
use serde::Deserialize;
use wuye_persistence::statements::Watch;

/// What browsers' preload lists ask for at least.
const HSTS_DAYS: u32 = 365;

/// Milliseconds from which a statement is logged as slow: what a person notices.
const SLOW_STATEMENT_MS: f64 = 200.0;

/// How the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Readable at a terminal, JSON otherwise.
    #[default]
    Auto,
    /// A JSON object a line.
    Json,
    /// Lines for people.
    Text,
}

/// What a server needs to know. Every value has a default that works on a bare machine.
#[derive(Clone, Debug, Args, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Address to listen on. Only loopback by default: put TLS in front before opening it.
    #[arg(long, env = "WUYE_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,

    /// Where database, files and keys are kept.
    #[arg(long, env = "WUYE_DATA_DIR", default_value_os_t = default_data_dir())]
    pub data_dir: PathBuf,

    /// Use this PostgreSQL (15 or newer) instead of starting a private one.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,

    /// Directory with initdb and postgres, when the private one should use these.
    #[arg(long, env = "WUYE_POSTGRES_BIN")]
    pub postgres_bin: Option<PathBuf>,

    /// The address people reach this server by; printed on posters, used in links.
    #[arg(long, env = "WUYE_PUBLIC_URL")]
    pub public_url: Option<String>,

    /// Addresses of reverse proxies whose `X-Forwarded-For` is believed: its last address that is none of these.
    #[arg(long, env = "WUYE_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<std::net::IpAddr>,

    /// Days for which browsers come back by HTTPS only (HSTS). Told to them when the public address is an https one; 0: never.
    #[arg(long, env = "WUYE_HSTS_DAYS", default_value_t = HSTS_DAYS)]
    pub hsts_days: u32,

    /// Worker threads; as many as cores when 0.
    #[arg(long, env = "WUYE_WORKERS", default_value_t = 0)]
    pub workers: usize,

    /// Database connections per worker.
    #[arg(long, env = "WUYE_CONNECTIONS", default_value_t = 8)]
    pub connections: usize,

    /// Send the refresh cookie over plain HTTP too. Loopback addresses do so anyway.
    #[arg(long, env = "WUYE_INSECURE_COOKIES")]
    pub insecure_cookies: bool,

    /// Demo mode: an empty database is filled with a believable estate, and the login page offers its accounts (loopback
    /// only).
    #[arg(long, env = "WUYE_DEMO")]
    pub demo: bool,

    /// Houses of the demo's estate.
    #[arg(long, env = "WUYE_ROOMS", default_value_t = 1200, value_parser = clap::value_parser!(u32).range(24..=100_000))]
    pub rooms: u32,

    /// The demo's present day (YYYY-MM-DD); today when left out.
    #[arg(long, env = "WUYE_AS_OF")]
    pub as_of: Option<chrono::NaiveDate>,

    /// Seconds that a request's body may take. Uploaded files get six times as long, tables for an import forty-five times, as
    /// long as something comes in all the time.
    #[arg(long, env = "WUYE_BODY_SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub body_seconds: u64,

    /// Largest uploaded file, in bytes.
    #[arg(long, env = "WUYE_FILE_LIMIT", default_value_t = 20 * 1024 * 1024)]
    pub file_limit: u64,

    /// How the log is written: readable at a terminal and JSON otherwise, or always one of them.
    #[arg(long, env = "WUYE_LOG_FORMAT", value_enum, default_value_t = LogFormat::Auto)]
    pub log_format: LogFormat,

    /// Milliseconds from which a database statement is logged as slow; 0: never.
    #[arg(long, env = "WUYE_SLOW_STATEMENT_MS", default_value_t = SLOW_STATEMENT_MS, value_parser = milliseconds)]
    pub slow_statement_ms: f64,

    /// Name reads after their request in the database too, as writes always are: one statement more each time.
    #[arg(long, env = "WUYE_NAME_READS")]
    pub name_reads: bool,

    /// Token that opens /metrics from anywhere, 16 letters or more. Without it only programs on this machine may read it.
    #[arg(long, env = "WUYE_METRICS_TOKEN", hide_env_values = true, value_parser = token)]
    pub metrics_token: Option<String>,

    /// The mail server that notices go out by: `smtps://user:password@host`, or `smtp://host:587?tls=required`.
    #[arg(long, env = "WUYE_SMTP_URL", hide_env_values = true, value_parser = crate::notices::mail_server)]
    pub smtp_url: Option<String>,

    /// The sender of that mail: an address, or a name with its address in angle brackets.
    #[arg(long, env = "WUYE_SMTP_FROM", value_parser = crate::notices::mailbox)]
    pub smtp_from: Option<String>,

    /// Further origins that robots of messengers may be called at (`https://proxy.example.com`), besides their makers' own.
    #[arg(long, env = "WUYE_NOTICE_ORIGINS", value_delimiter = ',')]
    pub notice_origins: Vec<String>,

    /// Keep files in this S3 bucket instead of the data directory (`AWS_*` variables give endpoint and keys).
    #[arg(long, env = "WUYE_S3_BUCKET")]
    pub s3_bucket: Option<String>,
}

/// `data` in the current directory; for root standing in a private home, which the database's user cannot enter, a place
/// that it can.
fn default_data_dir() -> PathBuf {
    let here = PathBuf::from("data");
    if wuye_embedded_postgres::is_reachable(&here.join("postgres")) {
        here
    } else {
        PathBuf::from("/var/lib/wuye")
    }
}

fn milliseconds(text: &str) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.0..=3_600_000.0).contains(&value) {
        Ok(value)
    } else {
        Err("from 0 to 3600000".to_owned())
    }
}

fn token(text: &str) -> Result<String, String> {
    if text.len() >= 16 && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(text.to_owned())
    } else {
        Err("at least 16 letters, digits or signs, without blanks".to_owned())
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            data_dir: default_data_dir(),
            database_url: None,
            postgres_bin: None,
            public_url: None,
            trusted_proxies: Vec::new(),
            hsts_days: HSTS_DAYS,
            workers: 0,
            connections: 8,
            insecure_cookies: false,
            demo: false,
            rooms: 1200,
            as_of: None,
            body_seconds: 20,
            file_limit: 20 * 1024 * 1024,
            log_format: LogFormat::Auto,
            slow_statement_ms: SLOW_STATEMENT_MS,
            name_reads: false,
            metrics_token: None,
            smtp_url: None,
            smtp_from: None,
            notice_origins: Vec::new(),
            s3_bucket: None,
        }
    }
}

impl Config {
    /// Whether this server can only be reached from its own machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.listen.ip().is_loopback()
    }

    /// Whether people reach this server by HTTPS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        let url = self.public_url.as_deref();
        url.is_some_and(|url| url.starts_with("https://"))
    }

    /// Whether notices can go out by mail.
    #[must_use]
    pub const fn sends_mail(&self) -> bool {
        self.smtp_url.is_some() && self.smtp_from.is_some()
    }

    /// How the statements of requests and jobs are watched.
    #[must_use]
    pub fn watch(&self) -> Watch {
        Watch {
            slow: (self.slow_statement_ms > 0.0).then(|| Duration::from_secs_f64(self.slow_statement_ms / 1000.0)),
            name_reads: self.name_reads,
        }
    }

    /// Where files lie when they are not in a bucket.
    #[must_use]
    pub fn files_folder(&self) -> PathBuf {
        self.data_dir.join("files")
    }

    /// Worker threads to start.
    #[must_use]
    pub fn worker_count(&self) -> usize {
        match self.workers {
            0 => std::thread::available_parallelism().map_or(2, usize::from),
            count => count,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_stands_in_the_table_of_the_operations_guide() {
        let guide = include_str!("../../../docs/operations.md");
        let settings = Config::augment_args(clap::Command::new("wuye"));
        for setting in settings.get_arguments() {
            let option = setting.get_long().expect("an option");
            let variable = setting.get_env().expect("a variable").to_string_lossy();
            let row = format!("| `--{option}` | `{variable}` |");
            assert!(guide.contains(&row), "missing in docs/operations.md: {row}");
        }
    }
}
