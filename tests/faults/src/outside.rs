//! A PostgreSQL that the test runs, so that the test can stop it.

use std::path::{Path, PathBuf};

use wuye_embedded_postgres::{Config, Running, start};
use wuye_stage::Place;

/// A database server that may be stopped and started again on the same data.
pub struct Outside {
    directory: PathBuf,
    binaries: Option<PathBuf>,
    running: Option<Running>,
    /// Its place, unless it lies in somebody else's.
    _place: Option<Place>,
}

impl Outside {
    /// A new one.
    pub fn start() -> Self {
        let place = Place::new();
        let mut outside = Self::in_place(place.folder().join("postgres"), None);
        outside._place = Some(place);
        outside
    }

    /// What a server has left in this directory, by the programs named or those it would choose itself.
    pub fn in_place(directory: PathBuf, binaries: Option<PathBuf>) -> Self {
        let mut outside = Self {
            directory,
            binaries,
            running: None,
            _place: None,
        };
        outside.resume();
        outside
    }

    /// Starts it again.
    pub fn resume(&mut self) {
        let mut config = Config::new(&self.directory, "wuye");
        config.binaries.clone_from(&self.binaries);
        self.running = Some(start(config).expect("a PostgreSQL"));
    }

    /// Shuts it down: connections break, nobody is let in.
    pub fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().expect("a clean stop");
        }
    }

    /// Where it lies.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The address of its first database.
    pub fn url(&self) -> String {
        self.running().connection().to_url()
    }

    /// The address of another database of it, made now.
    pub async fn database(&self, name: &str) -> String {
        let connection = self.running().connection();
        let sql = crate::sql::Sql::connect(&connection.to_string()).await;
        sql.run(&format!("CREATE DATABASE {name}")).await;
        connection.database(name).to_url()
    }

    /// One of its databases as its superuser.
    pub fn superuser(&self, name: &str) -> String {
        self.running().connection().database(name).as_superuser().to_string()
    }

    fn running(&self) -> &Running {
        self.running.as_ref().expect("a running PostgreSQL")
    }
}
