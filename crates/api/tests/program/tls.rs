//! A database over the network that takes no connection without TLS.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Command};

use wuye_stage::{Place, Server, said};

use crate::database::{Database, Variables, give};

/// A certificate for loopback, signed by nobody but itself, and its key.
struct Identity {
    certificate: String,
    key: String,
}

impl Identity {
    fn fresh() -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).expect("a certificate");
        Self {
            certificate: made.cert.pem(),
            key: made.signing_key.serialize_pem(),
        }
    }

    /// Puts it where a cluster looks for it, and lets nobody in without TLS.
    fn install(&self, cluster: &Path) {
        for (name, text) in [("server.crt", &self.certificate), ("server.key", &self.key)] {
            let file = cluster.join(name);
            fs::write(&file, text).expect("a file");
            fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("rights");
            give(&file);
        }
        let rules = cluster.join("pg_hba.conf");
        let text = fs::read_to_string(&rules).expect("the rules");
        fs::write(&rules, text.replace("\nhost ", "\nhostssl ")).expect("a file");
    }
}

#[test]
fn a_database_over_the_network_is_spoken_to_by_tls_with_a_certificate_that_is_checked() {
    let place = Place::new();
    let identity = Identity::fresh();
    let authorities = place.file("authorities.pem", &identity.certificate);
    let strangers = place.file("strangers.pem", &Identity::fresh().certificate);
    let variables = [
        ("POSTGRES_USER", "wuye"),
        ("POSTGRES_DB", "wuye"),
        ("POSTGRES_PASSWORD", "0123456789abcdef"),
        ("POSTGRES_INITDB_ARGS", "--encoding=UTF8 --locale=C.UTF-8"),
    ];
    let variables: Variables = variables
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
    let cluster = Database::start_with(&place, &variables, &["ssl=on".to_owned()], |data| {
        identity.install(data)
    });
    let url = format!("postgres://wuye:0123456789abcdef@127.0.0.1:{}/wuye", cluster.port);
    let wuye = |arguments: &[&str], url: &str, authorities: &Path| -> Command {
        let mut command = place.wuye(arguments);
        command.env("DATABASE_URL", url).env("SSL_CERT_FILE", authorities);
        command
    };
    let checked = format!("{url}?sslmode=require");

    for (url, authorities, cause) in [
        (&url, &authorities, "no encryption"),
        (&checked, &strangers, "invalid peer certificate"),
    ] {
        let told = said(wuye(&["doctor"], url, authorities));
        assert!(
            !told.ok && told.out.contains(cause),
            "{cause}: {}{}",
            told.out,
            told.err
        );
    }

    // Pool, live updates and backups alike.
    let serve = wuye(&["serve", "--listen", "127.0.0.1:0"], &checked, &authorities);
    let server = Server::spawn(serve, &place.folder().join("server.log"));
    assert_eq!(server.get("/readyz"), (200, "ready".to_owned()));
    let backup = place.folder().join("backup");
    let backup = backup.to_str().expect("a path");
    said(wuye(&["backup", backup], &checked, &authorities)).well();
    assert!(server.stop().success());
    let log = fs::read_to_string(place.folder().join("server.log")).expect("a log");
    assert!(!log.contains("lost its connection"), "{log}");
}
