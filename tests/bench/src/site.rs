//! The server under measurement with its private database: started, filled, asked by SQL.

use chrono::{DateTime, Utc};
use std::{fs, path::PathBuf, process::Command, time::Duration};
use tokio_postgres::{Client, NoTls};
use wuye_embedded_postgres::{Binaries, Config, connection_if_running, find_binaries};
use wuye_stage::{Person, Place, Server};

use crate::{Outcome, cpu::Tree};

/// Milliseconds between two orders of the filling: 100,000 of them are a year, a million are ten.
const STEP_MS: i64 = 315_360;
/// Milliseconds between the times in the ids of two orders.
pub const ID_STEP_MS: i64 = 100_000;

/// A demo estate in a place of its own, and the history laid under it.
pub struct Site {
    place: Place,
    server: Option<Server>,
    rooms: u32,
    base_ms: i64,
    filled: i64,
}

impl Site {
    /// A fresh demo estate of this many rooms, without further history.
    pub fn new(rooms: u32) -> Self {
        let place = Place::new();
        let server = Server::demo(&place, rooms);
        Self {
            place,
            server: Some(server),
            rooms,
            base_ms: Utc::now().timestamp_millis(),
            filled: 0,
        }
    }

    /// The running server.
    pub fn server(&self) -> &Server {
        #[allow(clippy::expect_used, reason = "only restart takes it, and puts another in its place")]
        self.server.as_ref().expect("a running server")
    }

    /// Stops the server with its database and starts both again.
    pub fn restart(&mut self) {
        if let Some(server) = self.server.take() {
            server.stop();
        }
        self.server = Some(Server::demo(&self.place, self.rooms));
    }

    /// Somebody of the demo estate, newly logged in.
    pub async fn person(&self, username: &str) -> Person {
        self.server().person(username).await
    }

    /// A command of the product beside the running server.
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.place.wuye(arguments)
    }

    /// The process of the server.
    pub fn server_process(&self) -> u32 {
        self.server().pid()
    }

    /// The processes of the database.
    pub fn database_processes(&self) -> Outcome<Tree> {
        let file = self.database_folder().join("data/postmaster.pid");
        let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let pid = text.lines().next().unwrap_or_default().trim().parse()?;
        Ok(Tree(pid))
    }

    fn database_folder(&self) -> PathBuf {
        self.place.data().join("postgres")
    }

    fn config(&self) -> Config {
        Config::new(self.database_folder(), "wuye")
    }

    /// The programs of the database.
    pub fn binaries(&self) -> Outcome<Binaries> {
        Ok(find_binaries(&self.config())?)
    }

    /// Everything that the database has logged.
    pub fn database_log(&self) -> Outcome<String> {
        Ok(fs::read_to_string(self.database_folder().join("postgres.log"))?)
    }

    /// Where the socket of the database lies.
    pub fn socket(&self) -> Outcome<PathBuf> {
        let connection = connection_if_running(&self.config()).ok_or("the database is not running")?;
        Ok(connection.socket_dir().to_owned())
    }

    /// A connection as the database's superuser.
    pub async fn sql(&self) -> Outcome<Client> {
        let connection = connection_if_running(&self.config()).ok_or("the database is not running")?;
        let (client, connection) = tokio_postgres::connect(&connection.as_superuser().to_string(), NoTls).await?;
        tokio::spawn(async move {
            // Ends with the client, or with the server that is restarted under it.
            let _ = connection.await;
        });
        Ok(client)
    }

    /// Lays history under the estate until there are `count` more orders than the demo made, the newest first.
    pub async fn fill(&mut self, count: i64) -> Outcome {
        // As much as one transaction should hold.
        const CHUNK: i64 = 100_000;
        let sql = self.sql().await?;
        if self.filled == 0 {
            sql.batch_execute(&self.with_constants(include_str!("../sql/prepare.sql")))
                .await?;
        }
        while self.filled < count {
            let until = count.min(self.filled + CHUNK);
            let fill = self
                .with_constants(include_str!("../sql/fill.sql"))
                .replace("$FROM", &self.filled.to_string())
                .replace("$TO", &until.to_string());
            sql.batch_execute(&format!("BEGIN; {fill}; COMMIT")).await?;
            self.filled = until;
        }
        sql.batch_execute("VACUUM ANALYZE").await?;
        sql.batch_execute("CHECKPOINT").await?;
        Ok(())
    }

    fn with_constants(&self, sql: &str) -> String {
        sql.replace("$BASE_MS", &self.base_ms.to_string())
            .replace("$STEP_MS", &STEP_MS.to_string())
            .replace("$ID_STEP_MS", &ID_STEP_MS.to_string())
    }

    /// How many orders were laid under the demo's own.
    pub const fn filled(&self) -> i64 {
        self.filled
    }

    /// The instant of order 0, from which ids and times follow.
    pub const fn base_ms(&self) -> i64 {
        self.base_ms
    }

    /// The instant of a filled order.
    pub fn instant(&self, n: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.base_ms - n * STEP_MS).unwrap_or_default()
    }

    /// A folder for scripts and tables, readable by the database's user.
    pub fn folder(&self) -> PathBuf {
        self.place.folder().to_owned()
    }
}

/// Waits for something that has no notice of its own.
pub async fn pause(milliseconds: u64) {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
}
