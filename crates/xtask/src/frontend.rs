//! The SPA's packages and build, each done only when what it is made from has changed.

use crate::Outcome;
use crate::project::{digest, execute, npm, root, target, unless_done};
use std::fs;

/// What is made in `frontend/`, not written.
const MADE: [&str; 6] = [
    "node_modules",
    "dist",
    "test-results",
    "playwright-report",
    ".tanstack",
    "routeTree.gen.ts",
];

/// `npm ci`, when `package-lock.json` is another than the one installed.
pub(crate) fn install() -> Outcome {
    let frontend = root().join("frontend");
    let lock = digest(&[frontend.join("package-lock.json")], &[])?;
    // Inside node_modules, so that who removes that gets it installed again.
    unless_done(&frontend.join("node_modules/.installed"), &lock, || {
        eprintln!("xtask: installing the packages of the SPA");
        execute(npm(&["ci", "--no-audit", "--no-fund", "--loglevel=error"]))
    })
}

/// `npm run build`, when a source of the SPA has changed or the build is gone.
pub(crate) fn build() -> Outcome {
    let frontend = root().join("frontend");
    let sources = digest(std::slice::from_ref(&frontend), &MADE)?;
    let stamp = target().join("xtask/spa.built");
    if !frontend.join("dist/index.html").is_file() {
        let _ = fs::remove_file(&stamp);
    }
    unless_done(&stamp, &sources, || {
        install()?;
        eprintln!("xtask: building the SPA");
        execute(npm(&["run", "--silent", "build"]))
    })
}
