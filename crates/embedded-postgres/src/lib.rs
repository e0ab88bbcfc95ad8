//! A private native PostgreSQL: found or unpacked, initialised, started, watched and stopped by the program that uses it.
//!
//! The crate knows nothing of the product and has no async runtime; it talks to the operating system only. What it promises:
//!
//! * **Nobody else gets in.** No TCP; a unix socket in a directory of mode 0700; operating-system users are mapped to
//!   database roles by `peer`, so no password exists that could leak.
//! * **Nothing acknowledged is lost.** `fsync` stays on, data checksums are on, and `initdb` works in a temporary directory
//!   that is renamed when it is complete, so a cut power line never leaves half a cluster.
//! * **Nothing is left running.** The server process is told by the kernel when the program dies (`PR_SET_PDEATHSIG`), stands
//!   in its own process group so that Ctrl-C reaches the program first, and is shut down by [`Running::stop`] or on drop.
//! * **It comes back.** A server process that dies is started again; the socket stays where it was.
//!
//! ```no_run
//! use wuye_embedded_postgres::{Config, start};
//! let running = start(Config::new("/var/lib/product/postgres", "product"))?;
//! println!("connect with {}", running.connection().to_string());
//! running.stop()?;
//! # Ok::<(), wuye_embedded_postgres::Error>(())
//! ```

mod cluster;
mod config;
mod connection;
mod error;
mod identity;
mod keeper;
mod layout;
mod package;
mod process;
mod source;

pub use config::{Config, Durability};
pub use connection::Connection;
pub use error::Error;
pub use package::{PACKAGE_NAME, PACKAGE_VERSION, default_package_cache};
pub use source::{Binaries, MINIMUM_MAJOR, Origin, find_binaries};

use keeper::Keeper;
use layout::{Layout, Lock};
use std::path::Path;

/// A PostgreSQL that this process started. Dropping it shuts the server down too, but cannot report a failure.
#[derive(Debug)]
pub struct Running {
    connection: Connection,
    binaries: Binaries,
    keeper: Keeper,
    /// Held until the server is gone, so that two programs never share one directory.
    _lock: Lock,
}

impl Running {
    /// How to reach the application's database.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Which binaries are running.
    pub fn binaries(&self) -> &Binaries {
        &self.binaries
    }

    /// Process id of the server process at this moment; `None` while it is being started again.
    pub fn pid(&self) -> Option<u32> {
        self.keeper.pid()
    }

    /// Shuts the server down: clients are disconnected, everything is written out, the process has ended on return.
    ///
    /// # Errors
    /// [`Error::Stop`] when the server had to be killed. No acknowledged data is lost even then; the next start recovers.
    pub fn stop(self) -> Result<(), Error> {
        self.keeper.stop()
    }
}

/// Starts the database of `config.directory`, creating it the first time, and returns when it takes connections.
///
/// Blocks for about a second the first time and a few hundredths later; after a crash as long as the recovery takes. Call it
/// before an async runtime exists or from a blocking thread.
///
/// # Errors
/// See [`Error`]; each names what to do. [`Error::InUse`] means that another program runs this very directory: then
/// [`connection_if_running`] says how to join it.
pub fn start(config: Config) -> Result<Running, Error> {
    config.check()?;
    let user = identity::choose(&config.directory)?;
    let layout = Layout::prepare(&config.directory, &user)?;
    let lock = layout.lock(config.lock_timeout)?;
    let binaries = find_binaries(&config)?.make_runnable(&layout, &user)?;
    let connection = Connection::new(layout.socket_dir(), &config.role, &config.database);
    cluster::create_unless_there(&layout, &binaries, &user, &config)?;
    cluster::write_access_rules(&layout, &user, &config)?;
    let keeper = Keeper::start(keeper::Launch::new(&layout, &binaries, &user, &config)?)?;
    tracing::info!(binaries = %binaries, directory = %config.directory.display(), "database ready");
    Ok(Running {
        connection,
        binaries,
        keeper,
        _lock: lock,
    })
}

/// How to reach the database of `config.directory` when some other process is running it; `None` when it is down, or on its
/// way down because the program that ran it is gone.
///
/// For commands that are typed beside a running server. Only root and the user who started the server are let in.
pub fn connection_if_running(config: &Config) -> Option<Connection> {
    let layout = Layout::at(&config.directory).ok()?;
    let running = layout.is_ready() && layout.is_locked();
    running.then(|| Connection::new(layout.socket_dir(), &config.role, &config.database))
}

/// Whether a database could live in `directory`, which need not exist. Always so for an ordinary user; root's server runs as
/// somebody else, who cannot enter root's home.
pub fn is_reachable(directory: &Path) -> bool {
    let Ok(absolute) = std::path::absolute(directory) else {
        return false;
    };
    let Ok(user) = identity::choose(&absolute) else {
        return false;
    };
    let existing = absolute.ancestors().find(|step| step.exists());
    existing.is_some_and(|existing| !user.other || user.check_reach(existing).is_ok())
}
