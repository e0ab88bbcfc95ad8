//! Where a trial takes place: a demo estate served on a port that stays the same however often the server is started.

use std::{net::TcpListener, path::PathBuf, process::Command};

use wuye_stage::{Place, Server};

use crate::{
    load::{Load, Tolerance},
    sound,
    sql::Sql,
};

/// The smallest estate: the faults are in the writing, not in the size.
const ROOMS: &str = "24";

/// A server with its data, which may be ended and started again.
pub struct Ground {
    /// Its folder.
    pub place: Place,
    /// Its address.
    pub base: String,
    listen: String,
    database: Option<String>,
    variables: Vec<(String, String)>,
    server: Option<Server>,
}

impl Ground {
    /// A server with a private database, not started yet.
    pub fn new() -> Self {
        Self::at(Place::new(), None)
    }

    /// The same on this database.
    pub fn on(database: &str) -> Self {
        Self::at(Place::new(), Some(database.to_owned()))
    }

    fn at(place: Place, database: Option<String>) -> Self {
        let listen = format!("127.0.0.1:{}", free_port());
        Self {
            place,
            base: format!("http://{listen}"),
            listen,
            database,
            variables: Vec::new(),
            server: None,
        }
    }

    /// Sets an environment variable of the servers started from now on.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.variables.push((name.to_owned(), value.into()));
    }

    /// A command of the program on these data.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.place.wuye(arguments);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        if let Some(url) = &self.database {
            command.env("DATABASE_URL", url);
        }
        command
    }

    /// Starts the server and waits for its greeting.
    pub fn start(&mut self) -> &Server {
        let command = self.command(&[
            "serve",
            "--demo",
            "--rooms",
            ROOMS,
            "--listen",
            &self.listen,
            "--trusted-proxies",
            "127.0.0.1",
        ]);
        let log = self.place.folder().join("server.log");
        self.server.insert(Server::spawn(command, &log))
    }

    /// Starts the server and a load that may be told now and then that the database is not there. Also returns the demo data as
    /// they were before it.
    pub async fn loaded_unavailable(&mut self) -> (sound::Demo, Load) {
        self.start();
        let demo = sound::Demo::of(&Sql::connect(&self.database()).await).await;
        let tolerance = Tolerance {
            unavailable: true,
            ..Tolerance::default()
        };
        let load = Load::start(&self.base, tolerance).await;
        (demo, load)
    }

    /// The running server.
    pub fn server(&self) -> &Server {
        self.server.as_ref().expect("a running server")
    }

    /// Takes the running server, to end it.
    pub fn take(&mut self) -> Server {
        self.server.take().expect("a running server")
    }

    /// How to reach the database.
    pub fn database(&self) -> String {
        match &self.database {
            Some(url) => url.clone(),
            None => format!(
                "host='{}' user=wuye dbname=wuye",
                self.postgres().join("socket").display()
            ),
        }
    }

    /// The directory of the private database.
    pub fn postgres(&self) -> PathBuf {
        self.place.data().join("postgres")
    }

    /// The directory of uploaded files.
    pub fn files(&self) -> PathBuf {
        self.place.data().join("files")
    }
}

/// A port that is free at this moment.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}
