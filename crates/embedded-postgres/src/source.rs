//! Where the PostgreSQL programs come from, in this order: the directory in the settings, a system PostgreSQL whose major
//! version fits the data, the npm package, a copy of the npm package unpacked earlier.

use crate::identity::Identity;
use crate::layout::{DATA, Layout};
use crate::package::{self, Package};
use crate::{Config, Error};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The oldest major version that is started.
pub const MINIMUM_MAJOR: u32 = 15;

/// Directories that hold one directory per installed version, each with a `bin` in it.
const SYSTEM_ROOTS: [&str; 4] = [
    "/usr/lib/postgresql", // Debian and its kin
    "/usr",                // Red Hat and its kin: /usr/pgsql-18
    "/usr/local",          // built from source: /usr/local/pgsql
    "/opt/homebrew/opt",   // Homebrew: postgresql@18
];

/// Kinds of places that binaries come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The directory in the settings.
    Configured,
    /// The system's package manager.
    System,
    /// The npm package, at this place and in this version.
    Package(PathBuf, String),
    /// A copy made earlier from the npm package.
    Unpacked,
}

/// A set of PostgreSQL programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binaries {
    /// Directory with `postgres` and `initdb`.
    pub directory: PathBuf,
    /// Major version.
    pub major: u32,
    /// Where they come from.
    pub origin: Origin,
}

impl fmt::Display for Binaries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PostgreSQL {} in {}", self.major, self.directory.display())
    }
}

impl Binaries {
    /// The path of one of the programs.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    /// Makes sure that the user of the server can execute them. The npm package is copied beside the data: it may lie in a
    /// private home or vanish with the next `npm ci`, and libraries are still loaded from it while the server runs.
    pub(crate) fn make_runnable(self, layout: &Layout, user: &Identity) -> Result<Self, Error> {
        let directory = match &self.origin {
            Origin::Package(at, version) => package::unpack(at, version, &layout.unpacked())?,
            _ => self.directory.clone(),
        };
        user.check_reach(&directory)?;
        Ok(Self { directory, ..self })
    }
}

/// Finds the binaries that [`crate::start`] would run, without changing anything.
///
/// # Errors
/// [`Error::ConfiguredBinaries`] when the directory in the settings does not do, [`Error::NoBinaries`] when nothing does.
pub fn find_binaries(config: &Config) -> Result<Binaries, Error> {
    let needed = major_of_data(&config.directory);
    if let Some(directory) = &config.binaries {
        return configured(directory, needed);
    }
    let mut looked_at = Vec::new();
    let mut fits = |binaries: &Binaries| match misfit(binaries.major, needed) {
        None => true,
        Some(reason) => {
            looked_at.push(format!("{binaries}: {reason}"));
            false
        }
    };
    let mut system = if config.use_system { installed() } else { Vec::new() };
    system.sort_by_key(|binaries| std::cmp::Reverse(binaries.major));
    let packages = config
        .package_roots
        .iter()
        .filter_map(|root| package::find(root))
        .map(from_package);
    let unpacked = unpacked(&config.directory.join("binaries"));
    if let Some(found) = system
        .into_iter()
        .chain(packages)
        .chain(unpacked)
        .find(|binaries| fits(binaries))
    {
        return Ok(found);
    }
    if config.use_system {
        looked_at.extend(
            SYSTEM_ROOTS
                .iter()
                .map(|root| format!("{root}: the system's PostgreSQL")),
        );
    }
    looked_at.extend(
        config
            .package_roots
            .iter()
            .map(|root| format!("{}: the npm package", root.display())),
    );
    Err(Error::NoBinaries { needed, looked_at })
}

/// Major version of the data that is there, if any.
fn major_of_data(directory: &Path) -> Option<u32> {
    fs::read_to_string(directory.join(DATA).join("PG_VERSION"))
        .ok()?
        .trim()
        .parse()
        .ok()
}

fn misfit(major: u32, needed: Option<u32>) -> Option<String> {
    match needed {
        Some(needed) if needed != major => Some(format!("the data was made by PostgreSQL {needed}")),
        None if major < MINIMUM_MAJOR => Some(format!("older than {MINIMUM_MAJOR}")),
        _ => None,
    }
}

fn configured(directory: &Path, needed: Option<u32>) -> Result<Binaries, Error> {
    let refuse = |reason: String| Error::ConfiguredBinaries {
        directory: directory.to_owned(),
        reason,
    };
    // The `native/bin` of the npm package may lack its links, so it is treated as the package that it is.
    let as_package = directory.parent().and_then(Path::parent).and_then(package::find);
    let binaries = match as_package {
        Some(package) => from_package(package),
        None => {
            let major = version_of(directory)
                .ok_or_else(|| refuse("it holds no `postgres` and `initdb` that can be run".to_owned()))?;
            Binaries {
                directory: directory.to_owned(),
                major,
                origin: Origin::Configured,
            }
        }
    };
    match misfit(binaries.major, needed) {
        Some(reason) => Err(refuse(format!("version {}, but {reason}", binaries.major))),
        None => Ok(binaries),
    }
}

fn from_package(package: Package) -> Binaries {
    Binaries {
        directory: package.native.join("bin"),
        major: package.major,
        origin: Origin::Package(package.native, package.version),
    }
}

/// Every PostgreSQL that the system's package manager or a person installed.
fn installed() -> Vec<Binaries> {
    let below = SYSTEM_ROOTS.iter().flat_map(|root| {
        let entries = fs::read_dir(root).into_iter().flatten().flatten();
        entries
            .filter(|entry| is_version_dir(root, &entry.file_name().to_string_lossy()))
            .map(|entry| entry.path().join("bin"))
    });
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path: Vec<_> = std::env::split_paths(&path).collect();
    below
        .chain(on_path)
        .filter_map(|directory| {
            let major = version_of(&directory)?;
            Some(Binaries {
                directory,
                major,
                origin: Origin::System,
            })
        })
        .collect()
}

fn is_version_dir(root: &str, name: &str) -> bool {
    let versioned = root == "/usr/lib/postgresql" && name.chars().all(|c| c.is_ascii_digit());
    versioned || name.starts_with("pgsql") || name.starts_with("postgresql@")
}

fn unpacked(root: &Path) -> Vec<Binaries> {
    let versions = fs::read_dir(root).into_iter().flatten().flatten();
    versions
        .filter_map(|entry| {
            let directory = entry.path().join("bin");
            let major = version_of(&directory)?;
            Some(Binaries {
                directory,
                major,
                origin: Origin::Unpacked,
            })
        })
        .collect()
}

/// Major version of the programs in a directory; `None` when one is missing or does not run.
fn version_of(directory: &Path) -> Option<u32> {
    if !directory.join("initdb").is_file() || !directory.join("postgres").is_file() {
        return None;
    }
    let output = Command::new(directory.join("postgres"))
        .arg("--version")
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    parse_version(&text)
}

/// Reads `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)` and `… 19beta1`.
fn parse_version(text: &str) -> Option<u32> {
    let (_, rest) = text.split_once(") ")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_the_program_prints_them() {
        assert_eq!(
            parse_version("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n"),
            Some(15)
        );
        assert_eq!(parse_version("postgres (PostgreSQL) 19beta1\n"), Some(19));
        assert_eq!(parse_version("some other program\n"), None);
    }

    #[test]
    fn data_is_only_opened_by_its_own_major_version_and_new_data_by_none_too_old() {
        assert_eq!(misfit(18, Some(18)), None);
        assert_eq!(misfit(18, None), None);
        assert!(misfit(18, Some(15)).is_some());
        assert!(misfit(14, None).is_some());
    }
}
