//! `docs/security.md` names the test that shows how a requirement is met: each of them is there.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// Names of functions in the Rust sources below a folder.
fn functions(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path: PathBuf = entry.path();
        if path.is_dir() {
            functions(&path, names);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).expect("a source");
            let found = text.split("fn ").skip(1).filter_map(|rest| rest.split('(').next());
            names.extend(found.map(ToOwned::to_owned));
        }
    }
}

#[test]
fn every_test_named_in_the_security_document_exists() {
    let document = fs::read_to_string(format!("{ROOT}/docs/security.md")).expect("docs/security.md");
    let mut known = BTreeSet::new();
    for folder in ["tests", "crates"] {
        functions(&Path::new(ROOT).join(folder), &mut known);
    }
    let rows = document
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| |"));
    let (mut lines, mut named, mut faults) = (0, BTreeSet::new(), Vec::new());
    for row in rows {
        lines += 1;
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        if cells.len() != 5 || !["met", "n/a", "**open**"].contains(&cells[2]) {
            faults.push(format!("not a line of five cells with an answer: {row}"));
            continue;
        }
        for name in cells[4]
            .split(',')
            .map(|name| name.trim().trim_matches('`'))
            .filter(|name| !name.is_empty())
        {
            if !known.contains(name) {
                faults.push(format!("{}: there is no test {name}", cells[0]));
            }
            named.insert(name.to_owned());
        }
    }
    println!("{lines} lines, {} tests named", named.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(lines > 200 && named.len() > 40, "{lines} lines, {} tests", named.len());
}
