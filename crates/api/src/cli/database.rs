//! Where the database comes from: a given one, or a private one that lives as long as this process.

use std::path::PathBuf;

use wuye_embedded_postgres as embedded;

use crate::config::Config;

/// A database to work on.
pub struct Database {
    /// How to reach it.
    pub url: String,
    running: Option<embedded::Running>,
}

impl Database {
    /// The database of these settings, for a command typed beside a server: the server's own while it runs, else as
    /// [`Database::own`].
    ///
    /// # Errors
    /// As [`Database::own`].
    pub fn open(config: &Config) -> Result<Self, Box<dyn std::error::Error>> {
        if config.database_url.is_none()
            && let Some(connection) = embedded::connection_if_running(&private(config)?)
        {
            return Ok(Self {
                url: connection.to_string(),
                running: None,
            });
        }
        Self::own(config)
    }

    /// The database of these settings, for a server: the one given, else a private one that ends with this process and is
    /// shared with no other server.
    ///
    /// # Errors
    /// In words for a person: what is missing and the ways out.
    pub fn own(config: &Config) -> Result<Self, Box<dyn std::error::Error>> {
        if let Some(url) = &config.database_url {
            return Ok(Self {
                url: url.clone(),
                running: None,
            });
        }
        let running = embedded::start(private(config)?)?;
        Ok(Self {
            url: running.connection().to_string(),
            running: Some(running),
        })
    }

    /// Whether no other program works on this database while this process lives.
    pub fn is_private(&self) -> bool {
        self.running.is_some()
    }

    /// Stops the private server, if this process started it.
    ///
    /// # Errors
    /// It does not stop.
    pub fn close(self) -> Result<(), Box<dyn std::error::Error>> {
        match self.running {
            Some(running) => Ok(running.stop()?),
            None => Ok(()),
        }
    }
}

fn private(config: &Config) -> Result<embedded::Config, std::io::Error> {
    std::fs::create_dir_all(&config.data_dir)?;
    let directory: PathBuf = std::fs::canonicalize(&config.data_dir)?.join("postgres");
    // Each line of its log begins with the request that it is about.
    let mut settings = embedded::Config::new(directory, "wuye").parameter("log_line_prefix", "%m [%p] %a ");
    settings.binaries = config.postgres_bin.clone();
    Ok(settings)
}
