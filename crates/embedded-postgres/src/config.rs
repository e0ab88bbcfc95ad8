//! What the caller decides.

use crate::Error;
use std::path::PathBuf;
use std::time::Duration;

/// Whether the data must survive a power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Every commit is on disk before it is acknowledged.
    Full,
    /// Nothing is forced to disk. For databases that live as long as a test run and no longer.
    TestOnly,
}

/// Where the database lives, which binaries run it and who owns it.
#[derive(Debug, Clone)]
pub struct Config {
    /// Directory that this crate alone writes: the cluster, its socket, its log. Created when missing.
    pub directory: PathBuf,
    /// Directory with `postgres` and `initdb`; when set, no other is looked for.
    pub binaries: Option<PathBuf>,
    /// Places to look for the npm package in: a `node_modules`, its parent, or the package itself.
    pub package_roots: Vec<PathBuf>,
    /// Whether an installed PostgreSQL may be used; `false` leaves the npm package only.
    pub use_system: bool,
    /// Role of the application: owns the database and may create others, but is no superuser.
    pub role: String,
    /// Database of the application.
    pub database: String,
    /// Whether commits are forced to disk.
    pub durability: Durability,
    /// Server parameters, set on the command line and so above `postgresql.conf` in the data directory.
    pub parameters: Vec<(String, String)>,
    /// How long a start may take, crash recovery included.
    pub start_timeout: Duration,
    /// How long an earlier program or server process may take to let go of the directory.
    pub lock_timeout: Duration,
    /// How long a clean shutdown may take before the server is stopped hard.
    pub stop_timeout: Duration,
}

impl Config {
    /// A durable database in `directory` whose role and database are both called `name`.
    pub fn new(directory: impl Into<PathBuf>, name: &str) -> Self {
        Self {
            directory: directory.into(),
            binaries: None,
            package_roots: crate::default_package_cache().into_iter().collect(),
            use_system: true,
            role: name.to_owned(),
            database: name.to_owned(),
            durability: Durability::Full,
            parameters: Vec::new(),
            start_timeout: Duration::from_secs(600),
            lock_timeout: Duration::from_secs(30),
            stop_timeout: Duration::from_secs(60),
        }
    }

    /// The same for a test run: fast, and worthless after a power cut.
    pub fn for_tests(directory: impl Into<PathBuf>, name: &str) -> Self {
        Self {
            durability: Durability::TestOnly,
            ..Self::new(directory, name)
        }
    }

    /// Adds a server parameter.
    #[must_use]
    pub fn parameter(mut self, name: &str, value: impl ToString) -> Self {
        self.parameters.push((name.to_owned(), value.to_string()));
        self
    }

    /// Names go into SQL and into configuration files, so they are kept to what needs no quoting anywhere.
    pub(crate) fn check(&self) -> Result<(), Error> {
        for name in [&self.role, &self.database] {
            let plain = name.starts_with(|c: char| c.is_ascii_lowercase())
                && name
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            if !plain || name.len() > 63 || name == SUPERUSER {
                return Err(Error::Name(name.clone()));
            }
        }
        Ok(())
    }
}

/// The bootstrap role: reachable by the same people, for repairs by hand.
pub(crate) const SUPERUSER: &str = "postgres";
