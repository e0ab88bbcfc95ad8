//! Starts, kills and restarts real servers, from every source of binaries that this machine has, as root and as an ordinary
//! user. A source that is missing is named on standard error and skipped, unless `REQUIRE_ALL_POSTGRES_SOURCES` is set.
#![allow(clippy::unwrap_used)]

use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, Uid, User};
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tokio_postgres::{Client, NoTls};
use wuye_embedded_postgres::{
    Binaries, Config, Connection, Error, Origin, Running, connection_if_running, find_binaries, is_reachable, start,
};

/// Tells a copy of this test binary to start the database of that directory and to hold it.
const HOLD: &str = "EMBEDDED_POSTGRES_HOLD";

// --- what the tests share -------------------------------------------------------------------------------------------

/// A directory that everybody can reach and that is removed at the end.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("embedded-pg-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o777)).unwrap();
        Self(path)
    }

    fn config(&self) -> Config {
        Config {
            start_timeout: Duration::from_secs(60),
            ..Config::new(self.0.join("db"), "app")
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Runs a test with the system's binaries and with those of the npm package.
fn with_every_source(test: impl Fn(&Place, Config)) {
    let mut run = Vec::new();
    for (name, use_system) in [("system", true), ("npm", false)] {
        let place = Place::new();
        let config = Config {
            use_system,
            ..place.config()
        };
        match find_binaries(&config) {
            Ok(binaries) if use_system == (binaries.origin == Origin::System) => {
                run.push(name);
                test(&place, config);
            }
            _ => eprintln!("no PostgreSQL from source {name}: skipped"),
        }
    }
    assert!(!run.is_empty(), "no PostgreSQL at all");
    let all_required = std::env::var_os("REQUIRE_ALL_POSTGRES_SOURCES").is_some();
    assert!(!all_required || run.len() == 2, "only found {run:?}");
}

fn connect_and<T>(connection: &Connection, work: impl AsyncFnOnce(&Client) -> T) -> T {
    try_connect_and(connection, work).expect("a connection")
}

fn try_connect_and<T>(
    connection: &Connection,
    work: impl AsyncFnOnce(&Client) -> T,
) -> Result<T, tokio_postgres::Error> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let (client, driver) = tokio_postgres::connect(&connection.to_string(), NoTls).await?;
        let driver = tokio::spawn(driver);
        let answer = work(&client).await;
        drop(client);
        let _ = driver.await;
        Ok(answer)
    })
}

fn execute(connection: &Connection, sql: &str) {
    connect_and(connection, async |client| client.batch_execute(sql).await.unwrap());
}

fn text(connection: &Connection, sql: &str) -> String {
    connect_and(connection, async |client| {
        client.query_one(sql, &[]).await.unwrap().get::<_, String>(0)
    })
}

fn until(what: &str, mut done: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !done() {
        assert!(Instant::now() < deadline, "gave up waiting until {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn signal(pid: u32, signal: Signal) {
    kill(Pid::from_raw(i32::try_from(pid).unwrap()), signal).unwrap();
}

fn exists(pid: u32) -> bool {
    // A zombie that nobody reaps counts as gone.
    fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z "))
}

/// Another process that runs the database of `place` until it is killed, as `uid` if one is given.
fn hold(place: &Place, uid: Option<u32>) -> Child {
    let program = place.0.join("holder");
    if !program.exists() {
        fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    }
    let mut command = Command::new(program);
    command
        .args(["--exact", "holder", "--ignored", "--nocapture"])
        .env(HOLD, &place.0);
    command.current_dir(&place.0).stdout(Stdio::piped());
    if let Some(uid) = uid {
        command.uid(uid).gid(uid);
    }
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let ready = lines.by_ref().map(Result::unwrap).find(|line| line.contains("holding"));
    assert!(ready.is_some(), "the holder did not start its database");
    // Its further output goes nowhere.
    std::thread::spawn(move || lines.for_each(drop));
    child
}

/// Not a test: the life of the process that [`hold`] starts.
#[test]
#[ignore = "started by other tests"]
fn holder() {
    let Some(place) = std::env::var_os(HOLD) else {
        return;
    };
    let config = Config::new(Path::new(&place).join("db"), "app");
    let running = start(config).unwrap();
    execute(running.connection(), "SELECT 1");
    println!("holding {}", running.pid().unwrap());
    loop {
        std::thread::park();
    }
}

fn major(running: &Running) -> u32 {
    text(running.connection(), "SHOW server_version_num")
        .parse::<u32>()
        .unwrap()
        / 10_000
}

// --- the tests ------------------------------------------------------------------------------------------------------

#[test]
fn data_outlives_a_stop_and_a_second_start_takes_the_same_cluster() {
    with_every_source(|_, config| {
        let first = start(config.clone()).unwrap();
        execute(
            first.connection(),
            "CREATE TABLE t (x text); INSERT INTO t VALUES ('kept')",
        );
        assert_eq!(major(&first), first.binaries().major);
        let pid = first.pid().unwrap();
        first.stop().unwrap();
        assert!(!exists(pid), "the server outlived its stop");

        let second = start(config).unwrap();
        assert_eq!(text(second.connection(), "SELECT x FROM t"), "kept");
        second.stop().unwrap();
    });
}

#[test]
fn the_cluster_is_durable_private_and_speaks_utf8() {
    with_every_source(|_, config| {
        let running = start(config.clone()).unwrap();
        let show = |setting: &str| text(running.connection(), &format!("SHOW {setting}"));
        assert_eq!(show("fsync"), "on");
        assert_eq!(show("full_page_writes"), "on");
        assert_eq!(show("synchronous_commit"), "on");
        assert_eq!(show("data_checksums"), "on");
        assert_eq!(show("listen_addresses"), "");
        assert_eq!(show("server_encoding"), "UTF8");
        assert_eq!(
            text(
                running.connection(),
                "SELECT datcollate FROM pg_database WHERE datname = 'app'"
            ),
            "C.UTF-8"
        );

        let socket_dir = fs::metadata(running.connection().socket_dir()).unwrap();
        assert_eq!(socket_dir.permissions().mode() & 0o777, 0o700);
        let data = fs::metadata(config.directory.join("data")).unwrap();
        assert_eq!(data.permissions().mode() & 0o077, 0);
        assert_ne!(data.uid(), 0, "the server must not run as root");
    });
}

#[test]
fn the_role_owns_its_database_may_create_others_and_is_no_superuser() {
    with_every_source(|_, config| {
        let running = start(config).unwrap();
        let sql =
            "SELECT concat_ws(',', current_user, rolsuper, rolcreatedb) FROM pg_roles WHERE rolname = current_user";
        assert_eq!(text(running.connection(), sql), "app,f,t");
        execute(running.connection(), "CREATE EXTENSION btree_gist");
        execute(running.connection(), "CREATE DATABASE other");
        execute(&running.connection().database("other"), "CREATE TABLE t ()");
        let superuser = running.connection().as_superuser();
        assert_eq!(text(&superuser, "SELECT current_user::text"), "postgres");
    });
}

#[test]
fn a_killed_server_comes_back_with_everything_it_acknowledged() {
    with_every_source(|_, config| {
        let running = start(config).unwrap();
        execute(
            running.connection(),
            "CREATE TABLE t (x text); INSERT INTO t VALUES ('acknowledged')",
        );
        let killed = running.pid().unwrap();
        signal(killed, Signal::SIGKILL);
        until("another server runs", || running.pid().is_some_and(|pid| pid != killed));
        until("it takes connections", || {
            try_connect_and(running.connection(), async |_| ()).is_ok()
        });
        assert_eq!(text(running.connection(), "SELECT x FROM t"), "acknowledged");
        running.stop().unwrap();
    });
}

#[test]
fn a_killed_program_takes_its_server_along_and_the_next_start_finds_all_data() {
    let place = Place::new();
    for round in 1..=3 {
        let mut holder = hold(&place, None);
        let connection = connection_if_running(&place.config()).expect("the holder's database");
        if round == 1 {
            execute(&connection, "CREATE TABLE t (x int)");
        }
        execute(&connection, &format!("INSERT INTO t VALUES ({round})"));
        holder.kill().unwrap();
        holder.wait().unwrap();
    }
    // The last server may still be shutting down: the start waits for it.
    let running = start(place.config()).unwrap();
    assert_eq!(
        text(
            running.connection(),
            "SELECT string_agg(x::text, ',' ORDER BY x) FROM t"
        ),
        "1,2,3"
    );
}

#[test]
fn program_and_server_killed_together_lose_nothing() {
    let place = Place::new();
    let mut holder = hold(&place, None);
    let connection = connection_if_running(&place.config()).expect("the holder's database");
    execute(
        &connection,
        "CREATE TABLE t (x text); INSERT INTO t VALUES ('acknowledged')",
    );
    let pid_file = fs::read_to_string(place.config().directory.join("data/postmaster.pid")).unwrap();
    signal(pid_file.lines().next().unwrap().parse().unwrap(), Signal::SIGKILL);
    holder.kill().unwrap();
    holder.wait().unwrap();

    let running = start(place.config()).unwrap();
    assert_eq!(text(running.connection(), "SELECT x FROM t"), "acknowledged");
}

#[test]
fn a_second_program_on_the_same_directory_is_refused_and_can_join_instead() {
    let place = Place::new();
    assert!(connection_if_running(&place.config()).is_none());
    let mut holder = hold(&place, None);

    let refused = start(place.config());
    assert!(
        matches!(refused, Err(Error::InUse { pid, .. }) if pid == Some(holder.id())),
        "{refused:?}"
    );
    let joined = connection_if_running(&place.config()).expect("a way to join");
    execute(&joined, "SELECT 1");

    holder.kill().unwrap();
    holder.wait().unwrap();
    until("the server is gone", || {
        connection_if_running(&place.config()).is_none()
    });
}

#[test]
fn the_server_stands_in_its_own_process_group() {
    let place = Place::new();
    let running = start(place.config()).unwrap();
    let server = Pid::from_raw(i32::try_from(running.pid().unwrap()).unwrap());
    assert_eq!(nix::unistd::getpgid(Some(server)).unwrap(), server);
}

#[test]
fn an_initialisation_that_was_cut_short_is_begun_again() {
    let place = Place::new();
    let config = place.config();
    let half = config.directory.join("initialising-1");
    fs::create_dir_all(&half).unwrap();
    fs::set_permissions(&config.directory, fs::Permissions::from_mode(0o755)).unwrap();
    fs::write(half.join("PG_VERSION"), "15\n").unwrap();

    let running = start(config).unwrap();
    execute(running.connection(), "SELECT 1");
    assert!(!half.exists(), "the remains are still there");
}

#[test]
fn parameters_of_the_caller_hold_but_cannot_open_the_server_to_the_network() {
    let place = Place::new();
    let config = place
        .config()
        .parameter("work_mem", "7MB")
        .parameter("listen_addresses", "*");
    let running = start(config).unwrap();
    assert_eq!(text(running.connection(), "SHOW work_mem"), "7MB");
    assert_eq!(text(running.connection(), "SHOW listen_addresses"), "");
}

#[test]
fn a_parameter_that_the_server_refuses_is_reported_in_its_own_words() {
    let place = Place::new();
    let refused = start(place.config().parameter("no_such_parameter", 1));
    let Err(Error::Failed { output, .. }) = refused else {
        panic!("{refused:?}")
    };
    assert!(output.contains("no_such_parameter"), "{output}");
}

#[test]
fn an_ordinary_user_runs_the_server_as_themselves() {
    if !Uid::effective().is_root() {
        return; // every other test shows it
    }
    let user = ordinary_user();
    let place = Place::new();
    let mut holder = hold(&place, Some(user.uid.as_raw()));
    let data = fs::metadata(place.config().directory.join("data")).unwrap();
    assert_eq!(data.uid(), user.uid.as_raw());
    // root may join, whoever started it
    execute(
        &connection_if_running(&place.config()).unwrap(),
        "CREATE TABLE t (x text); INSERT INTO t VALUES ('theirs')",
    );
    holder.kill().unwrap();
    holder.wait().unwrap();

    // and root goes on as the owner of the data
    let running = start(place.config()).unwrap();
    assert_eq!(text(running.connection(), "SELECT x FROM t"), "theirs");
    assert_eq!(
        fs::metadata(format!("/proc/{}", running.pid().unwrap())).unwrap().uid(),
        user.uid.as_raw()
    );
}

#[test]
fn root_is_told_which_closed_directory_is_in_the_way() {
    if !Uid::effective().is_root() {
        return;
    }
    let place = Place::new();
    let home = place.0.join("home");
    fs::create_dir(&home).unwrap();
    fs::set_permissions(&home, fs::Permissions::from_mode(0o700)).unwrap();
    assert!(!is_reachable(&home.join("data/db")));
    assert!(is_reachable(&place.0.join("data/db")));
    let refused = start(Config::new(home.join("data/db"), "app"));
    assert!(
        matches!(&refused, Err(Error::Unreachable { closed, .. }) if *closed == home),
        "{refused:?}"
    );
}

#[test]
fn without_binaries_the_message_names_the_ways_out() {
    let place = Place::new();
    let refused = start(Config {
        use_system: false,
        package_roots: vec![place.0.clone()],
        ..place.config()
    });
    let message = refused.expect_err("nothing to start").to_string();
    for way_out in ["apt-get install", "npm install", "settings", "connection URL"] {
        assert!(message.contains(way_out), "{way_out} is missing in: {message}");
    }
}

#[test]
fn data_of_another_major_version_is_never_opened() {
    let place = Place::new();
    let config = place.config();
    fs::create_dir_all(config.directory.join("data")).unwrap();
    fs::write(config.directory.join("data/PG_VERSION"), "9\n").unwrap();
    let refused = find_binaries(&config);
    assert!(
        matches!(refused, Err(Error::NoBinaries { needed: Some(9), .. })),
        "{refused:?}"
    );
    if let Some(directory) = system_directory() {
        let configured = find_binaries(&Config {
            binaries: Some(directory),
            ..config
        });
        assert!(
            matches!(configured, Err(Error::ConfiguredBinaries { .. })),
            "{configured:?}"
        );
    }
}

#[test]
fn the_directory_in_the_settings_wins_and_a_wrong_one_is_not_silently_replaced() {
    let place = Place::new();
    let wrong = find_binaries(&Config {
        binaries: Some(place.0.clone()),
        ..place.config()
    });
    assert!(matches!(wrong, Err(Error::ConfiguredBinaries { .. })), "{wrong:?}");
    if let Some(directory) = system_directory() {
        let config = Config {
            binaries: Some(directory.clone()),
            use_system: false,
            ..place.config()
        };
        let expected = Binaries {
            directory,
            ..find_binaries(&config).unwrap()
        };
        assert_eq!(find_binaries(&config).unwrap(), expected);
        assert_eq!(expected.origin, Origin::Configured);
    }
}

fn system_directory() -> Option<PathBuf> {
    let found = find_binaries(&Place::new().config()).ok()?;
    (found.origin == Origin::System).then_some(found.directory)
}

/// A user other than the one root would choose by itself.
fn ordinary_user() -> User {
    ["games", "daemon", "bin"]
        .iter()
        .find_map(|name| User::from_name(name).unwrap())
        .expect("a second ordinary user")
}
