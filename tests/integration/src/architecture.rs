//! The arrows between contexts, held by reading the source: a lower context never names a higher one.

use std::path::{Path, PathBuf};

/// Contexts from the lowest to the highest; those on one line do not name each other.
const ORDER: &[&[&str]] = &[
    &["shared"],
    &["access"],
    // Accounts are the org context's; in the API their operations lie in a folder of their own, `access`.
    &["accounts", "org"],
    &["manual"],
    &["estate"],
    &["service_desk"],
    &["goals"],
    &["plans"],
    &["review"],
    &["notices"],
];

/// Files that stand above all contexts, each with its reason.
const ABOVE: &[(&str, &str)] = &[
    (
        "crates/api/src/reactions",
        "the one place where a fact of one context leads to an act of another",
    ),
    ("crates/api/src/routes.rs", "the list of what the server serves"),
    (
        "crates/api/src/workbench",
        "what waits for a person, from every context",
    ),
    (
        "crates/persistence/src/workbench",
        "what waits for a person, from every context",
    ),
    ("crates/api/src/cli", "commands over the whole product"),
    ("crates/api/src/demo", "fills every context"),
    ("crates/api/src/server.rs", "starts everything"),
];

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .expect("the project")
}

pub fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn level(context: &str) -> Option<usize> {
    ORDER.iter().position(|level| level.contains(&context))
}

/// Contexts named in a file by a path that starts at a crate.
fn named(source: &str) -> Vec<String> {
    let mut all = Vec::new();
    for line in source.lines().map(str::trim).filter(|line| !line.starts_with("//")) {
        for start in ["crate::", "wuye_domain::", "wuye_persistence::"] {
            for rest in line.split(start).skip(1) {
                let names = match rest.strip_prefix('{') {
                    Some(group) => group.split(',').map(first_word).collect::<Vec<_>>(),
                    None => vec![first_word(rest)],
                };
                all.extend(names.into_iter().filter(|name| level(name).is_some()));
            }
        }
    }
    all
}

pub fn first_word(text: &str) -> String {
    text.trim()
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

#[test]
fn no_context_names_a_higher_one_or_its_neighbour() {
    let root = root();
    let mut wrong = Vec::new();
    for krate in ["domain", "persistence", "api"] {
        let source_root = root.join("crates").join(krate).join("src");
        let mut files = Vec::new();
        sources(&source_root, &mut files);
        for file in files {
            let place = file.strip_prefix(&root).expect("inside").to_string_lossy().into_owned();
            if ABOVE.iter().any(|(prefix, _)| place.starts_with(prefix)) {
                continue;
            }
            let relative = file.strip_prefix(&source_root).expect("inside");
            let own = relative
                .components()
                .next()
                .map(|part| part.as_os_str().to_string_lossy().replace(".rs", ""))
                .unwrap_or_default();
            let own = if krate == "api" && own == "access" {
                "org".to_owned()
            } else {
                own
            };
            let Some(own_level) = level(&own) else { continue };
            for other in named(&std::fs::read_to_string(&file).expect("a source")) {
                let other_level = level(&other).expect("a context");
                let family = own_level == other_level && ["accounts", "org"].contains(&other.as_str());
                if other != own && other_level >= own_level && !family {
                    wrong.push(format!("{place} names {other}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that point up:\n{}", wrong.join("\n"));
}

#[test]
fn the_domain_knows_no_database_and_no_server() {
    let manifest = std::fs::read_to_string(root().join("crates/domain/Cargo.toml")).expect("a manifest");
    let dependencies = manifest.split("[dependencies]").nth(1).expect("dependencies");
    for outside in ["tokio", "diesel", "actix", "reqwest"] {
        assert!(!dependencies.contains(outside), "the domain depends on {outside}");
    }
}

#[test]
fn only_the_clock_asks_for_the_time() {
    let root = root();
    let mut wrong = Vec::new();
    for krate in ["domain", "persistence", "api"] {
        let mut files = Vec::new();
        sources(&root.join("crates").join(krate).join("src"), &mut files);
        for file in files.iter().filter(|file| !file.ends_with("clock.rs")) {
            let source = std::fs::read_to_string(file).expect("a source");
            for (number, line) in source.lines().enumerate() {
                if ["Utc::now()", "Local::now()", "SystemTime::now()", "diesel::dsl::now"]
                    .iter()
                    .any(|call| line.contains(call))
                {
                    wrong.push(format!("{}:{}", file.display(), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "the time comes from the clock: {wrong:?}");
}

#[test]
fn every_write_that_may_be_sent_twice_takes_its_key() {
    let root = root();
    let mut files = Vec::new();
    sources(&root.join("crates/api/src"), &mut files);
    let (mut seen, mut wrong) = (0, Vec::new());
    for file in files {
        let source = std::fs::read_to_string(&file).expect("a source");
        for rest in source.split("#[post(").skip(1) {
            let signature = rest.split(" {\n").next().unwrap_or_default();
            // Who has no account has no keys either; a session's refresh has its own rule.
            if !signature.contains("Guard<") {
                continue;
            }
            seen += 1;
            if !signature.contains("Command<") && !signature.contains(": Upload") {
                wrong.push(format!(
                    "{}: {}",
                    file.display(),
                    signature.lines().next().unwrap_or_default()
                ));
            }
        }
    }
    assert!(seen > 100, "only {seen} writes were found");
    assert!(wrong.is_empty(), "these ignore Idempotency-Key:\n{}", wrong.join("\n"));
}
