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
    /// The database of these settings; starts the private one when none is given. Must be called before the async
    /// runtime starts: the private server dies with the thread that started it.
    ///
    /// # Errors
    /// In words for a person: what is missing and the ways out.
    pub fn open(config: &Config) -> Result<Self, Box<dyn std::error::Error>> {
        if let Some(url) = &config.database_url {
            return Ok(Self {
                url: url.clone(),
                running: None,
            });
        }
        let settings = private(config)?;
        if let Some(connection) = embedded::connection_if_running(&settings) {
            // Another wuye serves from this data directory: a second command works on the same database.
            return Ok(Self {
                url: connection.to_string(),
                running: None,
            });
        }
        let running = embedded::start(settings)?;
        Ok(Self {
            url: running.connection().to_string(),
            running: Some(running),
        })
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
    let mut settings = embedded::Config::new(directory, "wuye");
    settings.binaries = config.postgres_bin.clone();
    Ok(settings)
}
