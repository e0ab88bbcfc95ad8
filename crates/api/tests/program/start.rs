//! Starting, being ready, stopping; as root and as an ordinary user.

use std::{fs, os::unix::fs::PermissionsExt, time::Duration};

use wuye_stage::{Place, Server, as_nobody, free_port, is_root, program, said};

/// What a second start may take on a busy machine with a debug build; on a quiet one it is a fraction of a second.
const SECOND_START: Duration = Duration::from_secs(20);

#[test]
fn a_server_listens_where_it_is_told_and_is_ready_again_in_no_time() {
    let place = Place::new();
    let port = free_port();
    let mut first = place.wuye(&["serve"]);
    first.env("WUYE_LISTEN", format!("127.0.0.1:{port}"));
    let server = Server::spawn(first, &place.folder().join("first.log"));
    assert_eq!(server.base, format!("http://127.0.0.1:{port}"));
    assert!(
        server.code.as_ref().is_some_and(|code| code.len() >= 12),
        "{:?}",
        server.code
    );
    assert_eq!(server.get("/healthz"), (200, "ok".to_owned()));
    assert_eq!(server.get("/readyz"), (200, "ready".to_owned()));
    let mut other = place.wuye(&["serve"]);
    other.env("WUYE_LISTEN", format!("127.0.0.1:{port}"));
    assert!(
        said(other)
            .badly()
            .contains(&format!("cannot listen on 127.0.0.1:{port}"))
    );
    let second = place.run(&["serve", "--listen", "127.0.0.1:0"]).badly();
    assert!(second.contains("in use by another program"), "{second}");
    let data = place.data().join("postgres/data");
    assert!(data.join("postmaster.pid").exists());
    assert!(server.stop().success());
    assert!(
        !data.join("postmaster.pid").exists(),
        "the database ends with its server"
    );

    // An option beats the environment.
    let mut again = place.wuye(&["serve", "--listen", "127.0.0.1:0", "--data-dir"]);
    again
        .arg(place.data())
        .env("WUYE_DATA_DIR", "/nowhere")
        .env("WUYE_LISTEN", "127.0.0.1:1");
    let server = Server::spawn(again, &place.folder().join("second.log"));
    println!("second start: {} ms", server.took.as_millis());
    assert!(server.took < SECOND_START, "{:?}", server.took);
    assert_eq!(server.get("/readyz").0, 200);
    assert!(server.stop().success());
}

#[test]
fn settings_come_from_a_file_too() {
    let place = Place::new();
    let port = free_port();
    let data = place.folder().join("elsewhere");
    let file = place.file(
        "wuye.toml",
        format!("listen = \"127.0.0.1:{port}\"\ndata_dir = {data:?}\nworkers = 1\n"),
    );
    let mut command = place.wuye(&["serve"]);
    command.env_remove("WUYE_DATA_DIR").env("WUYE_CONFIG", file);
    let server = Server::spawn(command, &place.folder().join("server.log"));
    assert_eq!(server.base, format!("http://127.0.0.1:{port}"));
    assert!(data.join("postgres/data/PG_VERSION").exists() && !place.data().exists());
    assert!(server.stop().success());
}

#[test]
fn a_misspelt_key_of_the_file_is_named_before_anything_starts() {
    let place = Place::new();
    let file = place.file("wuye.toml", "workers = 1\nlissten = \"127.0.0.1:1\"\n");
    let mut command = place.wuye(&["serve"]);
    command.env("WUYE_CONFIG", file);
    let refused = said(command).badly();
    assert!(refused.contains("lissten") && !refused.contains("workers"), "{refused}");
    assert!(!place.data().exists(), "and nothing was made");
}

#[test]
fn the_demo_shows_its_password_on_loopback_only() {
    let place = Place::new();
    let refused = place.run(&["serve", "--demo", "--listen", "0.0.0.0:0"]).badly();
    assert!(refused.contains("loopback only"), "{refused}");
    assert!(!place.data().exists(), "and nothing was made");
}

#[test]
fn an_ordinary_user_needs_nothing_of_root() {
    if !is_root() {
        // Then every other test here is that proof already.
        return;
    }
    let place = Place::new();
    // The build may lie in a private home.
    let binary = place.folder().join("wuye");
    fs::copy(program(), &binary).expect("the program");
    fs::set_permissions(&binary, fs::Permissions::from_mode(0o755)).expect("executable");
    let home = place.folder().join("home");
    fs::create_dir(&home).expect("a home");
    std::os::unix::fs::chown(&home, Some(65_534), Some(65_534)).expect("its owner");
    let serve = || {
        let mut command = as_nobody(&binary);
        place.bare(&mut command);
        command
            .env("HOME", &home)
            .env_remove("XDG_CACHE_HOME")
            .current_dir(&home)
            .args(["serve", "--listen", "127.0.0.1:0", "--workers", "1"]);
        command
    };
    for round in ["first", "second"] {
        let server = Server::spawn(serve(), &place.folder().join(format!("{round}.log")));
        assert_eq!(server.get("/readyz").0, 200, "{round}: {}", server.log());
        assert!(
            home.join("data/postgres/data").exists(),
            "`data` in the current folder is the default"
        );
        assert!(server.stop().success(), "{round}");
    }
}
