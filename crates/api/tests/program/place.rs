//! A place of its own for each test: a folder for data, the binary, servers that end with the test.

use std::{
    ffi::OsStr,
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

static NEXT: AtomicU32 = AtomicU32::new(1);
/// A first start makes a database; on a busy machine that takes its time.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// A folder that everybody may enter: as root the database runs as another user.
pub struct Place {
    pub folder: PathBuf,
}

/// What a command said.
#[derive(Debug)]
pub struct Said {
    pub ok: bool,
    pub out: String,
    pub err: String,
}

impl Said {
    /// Standard output of a command that did well.
    #[track_caller]
    pub fn well(self) -> String {
        assert!(self.ok, "{}{}", self.out, self.err);
        self.out
    }

    /// Standard error of one that did not.
    #[track_caller]
    pub fn badly(self) -> String {
        assert!(!self.ok, "{}{}", self.out, self.err);
        self.err
    }
}

impl Place {
    pub fn new() -> Self {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("wuye-program-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        Self { folder }
    }

    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Writes a file and gives its path.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.join(name);
        fs::write(&path, bytes).expect("a file");
        path
    }

    /// The program, knowing nothing of this process's settings; its data lie in this place.
    pub fn wuye(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        self.bare(&mut command);
        command.env("WUYE_DATA_DIR", self.data()).args(arguments);
        command
    }

    /// Takes everything from the environment of a command but what any program needs.
    pub fn bare(&self, command: &mut Command) {
        command.env_clear().current_dir(&self.folder).env("LANG", "C.UTF-8");
        // Which database binaries are tested is the caller's choice.
        for name in ["PATH", "HOME", "TMPDIR", "WUYE_POSTGRES_BIN", "XDG_CACHE_HOME"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
    }

    /// Runs a command of the program to its end.
    pub fn run(&self, arguments: &[&str]) -> Said {
        said(self.wuye(arguments))
    }

    /// Starts a server on a free port and waits for its greeting.
    pub fn serve(&self, arguments: &[&str]) -> Server {
        let mut command = self.wuye(&["serve", "--listen", "127.0.0.1:0", "--workers", "1"]);
        command.args(arguments);
        Server::start(command, &self.folder.join("server.log"))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

pub fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_wuye"))
}

pub fn said(mut command: Command) -> Said {
    let output = command.stdin(Stdio::null()).output().expect("a command");
    Said {
        ok: output.status.success(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// A running server.
pub struct Server {
    pub child: Child,
    pub base: String,
    /// The code that a first start prints.
    pub code: Option<String>,
    /// How long it took to its greeting.
    pub took: Duration,
    log: PathBuf,
}

impl Server {
    pub fn start(mut command: Command, log: &Path) -> Self {
        let begun = Instant::now();
        let errors = fs::File::create(log).expect("a log");
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
        let mut server = Self {
            child,
            base: String::new(),
            code: None,
            took: Duration::ZERO,
            log: log.to_owned(),
        };
        while server.base.is_empty() {
            let line = told.recv_timeout(PATIENCE.saturating_sub(begun.elapsed()));
            let line = line.unwrap_or_else(|_| panic!("no greeting\n{}", server.log()));
            if let Some((_, address)) = line.split_once(" listening on ") {
                address.trim().clone_into(&mut server.base);
            }
        }
        server.took = begun.elapsed();
        // The second line of the greeting is printed with the first.
        if let Ok(line) = told.recv_timeout(Duration::from_millis(500)) {
            server.code = line
                .rsplit_once("enter the code ")
                .map(|(_, code)| code.trim().to_owned());
        }
        server
    }

    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// `GET` by curl: status and body.
    pub fn get(&self, path: &str) -> (u16, String) {
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--max-time", "20", "--write-out", "\n%{http_code}"])
            .arg(format!("{}{path}", self.base));
        let text = said(curl).out;
        let (body, status) = text.rsplit_once('\n').expect("a status");
        (status.parse().expect("a number"), body.to_owned())
    }

    /// Ends it as a service manager does, and tells whether it ended well.
    pub fn stop(mut self) -> bool {
        self.signal("TERM");
        let status = self.child.wait().expect("an end");
        status.success()
    }

    fn signal(&self, name: &str) {
        let mut kill = Command::new("sh");
        kill.arg("-c").arg(format!("kill -{name} {}", self.child.id()));
        let _ = said(kill);
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

/// Runs a script by bash with these variables, in this folder.
pub fn bash(script: &Path, folder: &Path, variables: &[(&str, &str)]) -> Said {
    let mut command = Command::new("bash");
    command.arg(script).current_dir(folder).envs(variables.iter().copied());
    said(command)
}

/// A port that is free at this moment.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

/// Whether this is root, who has to hand the database to somebody else.
pub fn is_root() -> bool {
    let mut id = Command::new("id");
    id.arg("-u");
    said(id).out.trim() == "0"
}

/// A command run as `nobody`.
pub fn as_nobody(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"])
        .arg(program);
    command
}

/// JSON, or a test that fails with the text.
#[track_caller]
pub fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}
