//! How a client reaches the private server.

use std::fmt;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// A database behind a unix socket. `to_string()` gives `host='…' user=… dbname=…`, which tokio-postgres, diesel-async and
/// psql all read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    socket_dir: PathBuf,
    role: String,
    database: String,
}

impl Connection {
    pub(crate) fn new(socket_dir: &Path, role: &str, database: &str) -> Self {
        Self {
            socket_dir: socket_dir.to_owned(),
            role: role.to_owned(),
            database: database.to_owned(),
        }
    }

    /// Directory of the socket `.s.PGSQL.5432`.
    pub fn socket_dir(&self) -> &Path {
        &self.socket_dir
    }

    /// The same as a URL, for programs that take nothing else: `postgresql://…@/…?host=%2F…`.
    pub fn to_url(&self) -> String {
        let mut host = String::new();
        for byte in self.socket_dir.as_os_str().as_bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(byte) {
                host.push(char::from(*byte));
            } else {
                host.push_str(&format!("%{byte:02X}"));
            }
        }
        format!("postgresql://{}@/{}?host={host}", self.role, self.database)
    }

    /// The same server and role, another database.
    #[must_use]
    pub fn database(&self, name: &str) -> Self {
        Self {
            database: name.to_owned(),
            ..self.clone()
        }
    }

    /// The same database as the server's superuser, for what the application's role may not do.
    #[must_use]
    pub fn as_superuser(&self) -> Self {
        Self {
            role: crate::config::SUPERUSER.to_owned(),
            ..self.clone()
        }
    }
}

impl fmt::Display for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self
            .socket_dir
            .to_string_lossy()
            .replace('\\', "\\\\")
            .replace('\'', "\\'");
        write!(f, "host='{host}' user={} dbname={}", self.role, self.database)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_path_with_blanks_and_quotes_survives_both_ways_to_write_a_connection() {
        let connection = Connection::new(Path::new("/data of o'neill/库/socket"), "app", "app");
        for text in [connection.to_string(), connection.to_url()] {
            let parsed: tokio_postgres::Config = text.parse().expect("readable by tokio-postgres");
            let host = tokio_postgres::config::Host::Unix("/data of o'neill/库/socket".into());
            assert_eq!(parsed.get_hosts(), [host], "{text}");
            assert_eq!(
                (parsed.get_user(), parsed.get_dbname()),
                (Some("app"), Some("app")),
                "{text}"
            );
        }
    }
}
