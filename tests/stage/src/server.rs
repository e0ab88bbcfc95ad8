//! A running server, and the ways in which it may end.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use crate::{Person, Place, command::said};

/// A first start makes a database and perhaps a whole estate; on a busy machine that takes its time.
pub const PATIENCE: Duration = Duration::from_secs(300);

/// A running server; it is asked to end with the value.
pub struct Server {
    child: Child,
    /// Its address, as `http://127.0.0.1:41234`.
    pub base: String,
    /// The code for the first login, where nobody has set it up.
    pub code: Option<String>,
    /// How long it took to its greeting.
    pub took: Duration,
    log: PathBuf,
}

impl Server {
    /// Serves from this place on a free port, with these further arguments, and waits for its greeting.
    ///
    /// # Panics
    /// When it does not start; its log is shown.
    #[must_use]
    pub fn start(place: &Place, arguments: &[&str]) -> Self {
        let mut command = place.wuye(&["serve", "--listen", "127.0.0.1:0"]);
        command.args(arguments);
        Self::spawn(command, &place.folder().join("server.log"))
    }

    /// A demo estate of this many rooms; every caller may name its own address of origin.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn demo(place: &Place, rooms: u32) -> Self {
        let rooms = rooms.to_string();
        Self::start(place, &["--demo", "--rooms", &rooms, "--trusted-proxies", "127.0.0.1"])
    }

    /// Runs a command that ends in serving; what it logs is appended to `log`.
    ///
    /// # Panics
    /// When it prints no address in time; its log is shown.
    #[must_use]
    pub fn spawn(mut command: Command, log: &Path) -> Self {
        let begun = Instant::now();
        let errors = File::options().create(true).append(true).open(log).expect("a log");
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(errors)
            .spawn()
            .expect("a server");
        let (tell, told) = mpsc::channel();
        let stdout = child.stdout.take().expect("its output");
        // Read to the end, so that the server never waits for a reader.
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                let _ = tell.send(line);
            }
        });
        let base = loop {
            let left = PATIENCE.saturating_sub(begun.elapsed());
            let Ok(line) = told.recv_timeout(left) else {
                let _ = child.kill();
                let log = fs::read_to_string(log).unwrap_or_default();
                panic!("the server gave no greeting\n{log}");
            };
            if let Some((_, address)) = line.split_once(" listening on ") {
                break address.trim().to_owned();
            }
        };
        let took = begun.elapsed();
        // The second line of the greeting is printed with the first.
        let second = told.recv_timeout(Duration::from_millis(500)).unwrap_or_default();
        let code = second
            .rsplit_once("enter the code ")
            .map(|(_, code)| code.trim().to_owned());
        Self {
            child,
            base,
            code,
            took,
            log: log.to_owned(),
        }
    }

    /// Everything logged so far by the servers of this place.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// `GET` by curl: status and body.
    ///
    /// # Panics
    /// When there is no answer.
    #[must_use]
    pub fn get(&self, path: &str) -> (u16, String) {
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--max-time", "20", "--write-out", "\n%{http_code}"])
            .arg(format!("{}{path}", self.base));
        let text = said(curl).out;
        let (body, status) = text.rsplit_once('\n').expect("a status");
        (status.parse().expect("a number"), body.to_owned())
    }

    /// Its process.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Somebody who is not logged in.
    #[must_use]
    pub fn stranger(&self) -> Person {
        Person::new(&self.base)
    }

    /// Somebody of the demo estate: the post code in lower case.
    ///
    /// # Panics
    /// When the login is refused.
    pub async fn person(&self, username: &str) -> Person {
        let mut person = self.stranger();
        person.log_in_demo(username).await;
        person
    }

    /// Ends it as a service manager does, and waits.
    ///
    /// # Panics
    /// When it cannot be waited for.
    pub fn stop(mut self) -> ExitStatus {
        self.signal("TERM");
        self.child.wait().expect("an end")
    }

    /// Ends it as a power cut does: at once, whatever it is doing.
    ///
    /// # Panics
    /// When it cannot be waited for.
    pub fn kill(mut self) {
        let _ = self.child.kill();
        self.child.wait().expect("an end");
    }

    /// Sends a signal by its name, as `TERM` or `STOP`.
    pub fn signal(&self, name: &str) {
        signal(self.child.id(), name);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.signal("TERM");
            let _ = self.child.wait();
        }
    }
}

/// By the shell's own `kill`, which is everywhere.
fn signal(pid: u32, name: &str) {
    let _ = Command::new("sh").arg("-c").arg(format!("kill -{name} {pid}")).status();
}
