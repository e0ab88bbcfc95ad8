//! docker-compose.yml and Dockerfile, run without an engine: the same variables, commands and health checks, on the
//! PostgreSQL that the file asks for where the npm package is at hand.
//!
//! What only an engine can tell (that the image builds, that its layers fit together) stays unproven by this.

use std::process::Command;

use yaml_rust2::{Yaml, YamlLoader};

use wuye_stage::{Place, Server, free_port, program, said};

use crate::database::{Database, Variables};

const COMPOSE: &str = include_str!("../../../../docker-compose.yml");
const DOCKERFILE: &str = include_str!("../../../../Dockerfile");
const PASSWORD: &str = "0123456789abcdef0123456789abcdef";

/// One service of the file, with `${…}` filled in.
struct Service {
    yaml: Yaml,
}

impl Service {
    fn of(name: &str) -> Self {
        let yaml = YamlLoader::load_from_str(COMPOSE).expect("YAML").remove(0);
        let yaml = yaml["services"][name].clone();
        assert!(!yaml.is_badvalue(), "docker-compose.yml has no service {name}");
        Self { yaml }
    }

    fn environment(&self) -> Variables {
        let pairs = self.yaml["environment"].as_hash().expect("variables");
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    name.as_str().expect("a name").to_owned(),
                    filled(value.as_str().expect("a text")),
                )
            })
            .collect()
    }

    fn health_check(&self) -> Vec<String> {
        let words: Vec<String> = self.yaml["healthcheck"]["test"]
            .as_vec()
            .expect("a health check")
            .iter()
            .map(|word| word.as_str().expect("a word").to_owned())
            .collect();
        assert_eq!(words[0], "CMD", "run without a shell");
        words[1..].to_vec()
    }

    /// What of the volumes lies at `place` in the container.
    fn volume_at(&self, place: &str) -> bool {
        let volumes = self.yaml["volumes"].as_vec().expect("volumes");
        volumes.iter().any(|volume| {
            let named = volume.as_str().and_then(|text| text.split_once(':'));
            named.is_some_and(|(_, target)| target == place)
        })
    }
}

/// `${NAME:?message}` and `${NAME:-default}`, as compose reads them; the password is the one of this test.
fn filled(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let (inside, behind) = after.split_once('}').expect("a closed ${");
        let name = inside.split([':', '?', '-']).next().unwrap_or_default();
        out.push_str(before);
        match (name, inside.split_once(":-")) {
            ("WUYE_DB_PASSWORD", _) => out.push_str(PASSWORD),
            (_, Some((_, default))) => out.push_str(default),
            _ => panic!("nobody sets ${{{inside}}}"),
        }
        rest = behind;
    }
    out + rest
}

/// The lines of an instruction of the last stage of the Dockerfile.
fn instruction(name: &str) -> Vec<String> {
    let joined = DOCKERFILE.replace("\\\n", " ");
    let stage = joined.rsplit_once("\nFROM ").expect("a stage").1.to_owned();
    let lines = stage
        .lines()
        .filter_map(|line| line.trim().strip_prefix(name)?.strip_prefix(' '));
    lines.map(|line| line.trim().to_owned()).collect()
}

/// `["a", "b"]`.
fn words(text: &str) -> Vec<String> {
    let list = &text[text.find('[').expect("a list")..];
    serde_json::from_str(list).expect("a list of words")
}

/// The variables that the image sets.
fn of_the_image() -> Variables {
    let pairs = instruction("ENV").join(" ");
    pairs
        .split_whitespace()
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// The port at the end of an address.
fn port(address: &str) -> &str {
    address.rsplit_once(':').expect("a port").1
}

#[test]
fn the_files_name_only_what_the_program_knows_and_agree_with_each_other() {
    let (server, database) = (Service::of("server"), Service::of("database"));
    let place = Place::new();
    let help = place.run(&["serve", "--help"]).well();
    for name in server.environment().keys().chain(of_the_image().keys()) {
        assert!(
            help.contains(&format!("[env: {name}=")) || help.contains(&format!("[env: {name}]")),
            "the program knows no {name}:\n{help}"
        );
    }
    let environment = server.environment();
    let image = of_the_image();
    let listens = port(&environment["WUYE_LISTEN"]);
    assert_eq!(listens, port(&image["WUYE_LISTEN"]));
    assert_eq!(instruction("EXPOSE"), [listens]);
    let published = filled(server.yaml["ports"][0].as_str().expect("a port"));
    assert_eq!(port(&published), listens);
    assert!(
        published.starts_with("127.0.0.1:"),
        "published on loopback only: {published}"
    );
    assert_eq!(environment["WUYE_DATA_DIR"], image["WUYE_DATA_DIR"]);
    assert!(
        server.volume_at(&environment["WUYE_DATA_DIR"]),
        "the files lie on a volume"
    );
    assert_eq!(instruction("VOLUME"), [environment["WUYE_DATA_DIR"].clone()]);
    // From 18 on the image keeps its data in a folder per major version below this one.
    assert!(
        database.volume_at("/var/lib/postgresql"),
        "the database lies on a volume"
    );
    assert_eq!(database.yaml["image"].as_str(), Some("postgres:18-bookworm"));
    let waits = &server.yaml["depends_on"]["database"]["condition"];
    assert_eq!(waits.as_str(), Some("service_healthy"));

    let made = database.environment();
    let url = &environment["DATABASE_URL"];
    let expected = format!(
        "postgres://{}:{}@database:5432/{}",
        made["POSTGRES_USER"], made["POSTGRES_PASSWORD"], made["POSTGRES_DB"]
    );
    assert_eq!(*url, expected);
    let check = database.health_check().join(" ");
    assert_eq!(
        check,
        format!(
            "pg_isready --username={} --dbname={}",
            made["POSTGRES_USER"], made["POSTGRES_DB"]
        )
    );
    // The image installs what its health check runs.
    let installed = instruction("RUN").join(" ");
    assert!(
        installed.contains("curl") && installed.contains("ca-certificates"),
        "{installed}"
    );
}

/// A health check of the files, asked of the server at its own port.
fn healthy(place: &Place, check: &[String], written: &str, real: u16) -> bool {
    let mut command = Command::new(&check[0]);
    place.bare(&mut command);
    for word in &check[1..] {
        command.arg(word.replace(&format!(":{written}/"), &format!(":{real}/")));
    }
    said(command).ok
}

#[test]
fn the_settings_of_the_compose_file_make_a_ready_server() {
    let place = Place::new();
    let (server, database) = (Service::of("server"), Service::of("database"));
    let mut cluster = Database::start(&place, &database.environment());
    let port_now = free_port();
    let entry = instruction("ENTRYPOINT");
    let mut run = words(&entry[0]);
    run.extend(words(&instruction("CMD")[0]));
    assert_eq!(run, ["wuye", "serve"]);

    // The same names; only what a container would bring is put in place of the container's.
    let mut variables = of_the_image();
    variables.extend(server.environment());
    let written = port(&variables["WUYE_LISTEN"].clone()).to_owned();
    let data = variables["WUYE_DATA_DIR"].clone();
    for value in variables.values_mut() {
        *value = value
            .replace("database:5432", &format!("127.0.0.1:{}", cluster.port))
            .replace(&format!("0.0.0.0:{written}"), &format!("127.0.0.1:{port_now}"))
            .replace(&data, &place.data().display().to_string());
    }
    let mut command = Command::new(program());
    place.bare(&mut command);
    command.env_remove("WUYE_POSTGRES_BIN").envs(&variables).args(&run[1..]);
    let running = Server::spawn(command, &place.folder().join("server.log"));
    assert_eq!(running.base, format!("http://127.0.0.1:{port_now}"));
    let image_check = words(&instruction("HEALTHCHECK")[0]);
    assert!(healthy(&place, &image_check, &written, port_now), "{image_check:?}");
    assert!(
        healthy(&place, &server.health_check(), &written, port_now),
        "{:?}",
        server.health_check()
    );
    assert!(place.data().join("files").is_dir() && !place.data().join("postgres").exists());

    cluster.end();
    assert!(healthy(&place, &image_check, &written, port_now), "the process lives");
    assert!(
        !healthy(&place, &server.health_check(), &written, port_now),
        "but is not ready without its database"
    );
    assert!(running.stop().success());
}
