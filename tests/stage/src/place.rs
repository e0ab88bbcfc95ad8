//! A place of its own: a folder for data and logs, gone with the value.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

use crate::command::{Said, said};

/// A folder that everybody may enter: as root the database runs as another user.
pub struct Place {
    folder: TempDir,
}

impl Place {
    /// An empty place.
    ///
    /// # Panics
    /// When the folder for temporary files cannot be written.
    #[must_use]
    pub fn new() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("wuye-stage-")
            .tempdir()
            .expect("a folder");
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("rights");
        Self { folder }
    }

    /// Where everything lies.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The data directory of the program here.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.folder().join("data")
    }

    /// How to reach the private database of the server here, for looking behind the program.
    #[must_use]
    pub fn database(&self) -> String {
        let socket = self.data().join("postgres/socket");
        format!("host={} user=wuye dbname=wuye", socket.display())
    }

    /// Writes a file and gives its path.
    ///
    /// # Panics
    /// When it cannot be written.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder().join(name);
        fs::write(&path, bytes).expect("a file");
        path
    }

    /// The program with these arguments, knowing nothing of this process's settings; its data lie in this place.
    #[must_use]
    pub fn wuye(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        self.bare(&mut command);
        command.env("WUYE_DATA_DIR", self.data()).args(arguments);
        command
    }

    /// Takes everything from the environment of a command but what any program needs.
    pub fn bare(&self, command: &mut Command) {
        command.env_clear().current_dir(self.folder()).env("LANG", "C.UTF-8");
        // Which database binaries are tested is the caller's choice.
        for name in ["PATH", "HOME", "TMPDIR", "WUYE_POSTGRES_BIN", "XDG_CACHE_HOME"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
    }

    /// Runs a command of the program to its end.
    ///
    /// # Panics
    /// When there is no program.
    #[track_caller]
    #[must_use]
    pub fn run(&self, arguments: &[&str]) -> Said {
        said(self.wuye(arguments))
    }
}

impl Default for Place {
    fn default() -> Self {
        Self::new()
    }
}

/// The program: `WUYE_BIN`, or the one that was built beside this test.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn program() -> PathBuf {
    if let Some(named) = std::env::var_os("WUYE_BIN") {
        return named.into();
    }
    let this = std::env::current_exe().expect("this program");
    // Tests lie in <profile>/deps, programs in <profile>.
    let beside = this.ancestors().skip(1).take(2).map(|folder| folder.join("wuye"));
    beside
        .into_iter()
        .find(|path| path.is_file())
        .expect("no built server beside this test: `cargo build --workspace --bins`, or name one by WUYE_BIN")
}
