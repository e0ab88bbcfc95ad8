//! The directory of one database and what lies in it.
//!
//! When root hands the server to another user, the directory itself and the files root writes stay root's; only `data` and
//! `socket` belong to that user. So root never follows a path that the other user could have bent.

use crate::Error;
use crate::identity::Identity;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{Read, Seek, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The cluster itself.
pub(crate) const DATA: &str = "data";
/// A log longer than this is set aside at the next start, and the one set aside before is dropped.
const LOG_LIMIT: u64 = 16 << 20;
/// `sun_path` is 108 bytes on Linux and 104 elsewhere, with a closing zero and the name of the socket in it.
const SOCKET_DIR_LIMIT: usize = 103 - "/.s.PGSQL.5432".len();
/// How often a lock that is taken is tried again.
const LOCK_PAUSE: Duration = Duration::from_millis(50);

/// Where everything is.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    root: PathBuf,
    socket: PathBuf,
}

impl Layout {
    /// The layout of an existing directory.
    pub(crate) fn at(directory: &Path) -> Result<Self, Error> {
        let root = fs::canonicalize(directory).map_err(Error::io("find", directory))?;
        let socket = socket_dir(&root);
        Ok(Self { root, socket })
    }

    /// Makes the directories that are missing, each with the owner and mode it needs.
    pub(crate) fn prepare(directory: &Path, user: &Identity) -> Result<Self, Error> {
        let private = if user.other { 0o711 } else { 0o700 };
        let parent = directory.parent().filter(|parent| !parent.as_os_str().is_empty());
        if let Some(parent) = parent {
            fs::create_dir_all(parent).map_err(Error::io("create", parent))?;
        }
        make_dir(directory, private)?;
        user.check_reach(directory)?;
        let layout = Self::at(directory)?;
        make_dir(&layout.socket, 0o700)?;
        layout.check_socket_owner(user)?;
        user.own(&layout.socket)?;
        Ok(layout)
    }

    /// A socket directory outside `root` lies where others may write: one that somebody else made is refused.
    fn check_socket_owner(&self, user: &Identity) -> Result<(), Error> {
        let meta = fs::symlink_metadata(&self.socket).map_err(Error::io("look at", &self.socket))?;
        let current = nix::unistd::Uid::effective().as_raw();
        if meta.is_dir() && (meta.uid() == current || meta.uid() == user.uid.as_raw()) {
            Ok(())
        } else {
            Err(Error::ForeignData {
                directory: self.socket.clone(),
                owner: meta.uid(),
            })
        }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.root.join(DATA)
    }

    pub(crate) fn socket_dir(&self) -> &Path {
        &self.socket
    }

    pub(crate) fn log(&self) -> PathBuf {
        self.root.join("postgres.log")
    }

    pub(crate) fn hba(&self) -> PathBuf {
        self.root.join("pg_hba.conf")
    }

    pub(crate) fn ident(&self) -> PathBuf {
        self.root.join("pg_ident.conf")
    }

    /// Copies of the npm package's binaries, one directory per version.
    pub(crate) fn unpacked(&self) -> PathBuf {
        self.root.join("binaries")
    }

    /// Opens the log for appending, after setting aside one that has grown long.
    pub(crate) fn open_log(&self) -> Result<File, Error> {
        let path = self.log();
        if fs::metadata(&path).is_ok_and(|log| log.len() > LOG_LIMIT) {
            fs::rename(&path, path.with_extension("log.1")).map_err(Error::io("set aside", &path))?;
        }
        let mut options = OpenOptions::new();
        options.create(true).append(true).read(true).mode(0o600);
        options.open(&path).map_err(Error::io("open", &path))
    }

    /// Takes the directory for this process; waits for an earlier program that is about to end.
    pub(crate) fn lock(&self, patience: Duration) -> Result<Lock, Error> {
        let path = self.root.join("lock");
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).read(true).write(true).mode(0o644);
        let mut file = options.open(&path).map_err(Error::io("open", &path))?;
        let deadline = Instant::now() + patience;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::Error(error)) => return Err(Error::io("lock", &path)(error)),
                Err(TryLockError::WouldBlock) if Instant::now() < deadline && !self.is_ready() => {
                    std::thread::sleep(LOCK_PAUSE);
                }
                Err(TryLockError::WouldBlock) => {
                    let mut pid = String::new();
                    let _ = file.read_to_string(&mut pid);
                    return Err(Error::InUse {
                        directory: self.root.clone(),
                        pid: pid.trim().parse().ok(),
                    });
                }
            }
        }
        // Only read by people and by the message above: a failure to write it harms nothing.
        let _ = file
            .set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| writeln!(file, "{}", std::process::id()));
        Ok(Lock { _file: file })
    }

    /// Whether a living process owns this directory.
    pub(crate) fn is_locked(&self) -> bool {
        let lock = File::open(self.root.join("lock"));
        lock.is_ok_and(|lock| matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)))
    }

    /// Whether a server runs on this directory and takes connections.
    pub(crate) fn is_ready(&self) -> bool {
        self.postmaster().is_some_and(|(pid, ready)| ready && is_alive(pid))
    }

    /// Process id and readiness as the server wrote them; the file may be left over from one that was killed.
    pub(crate) fn postmaster(&self) -> Option<(u32, bool)> {
        let text = fs::read_to_string(self.data().join("postmaster.pid")).ok()?;
        let mut lines = text.lines();
        let pid = lines.next()?.trim().parse().ok()?;
        let ready = lines.nth(6).is_some_and(|status| status.trim() == "ready");
        Some((pid, ready))
    }
}

fn is_alive(pid: u32) -> bool {
    let Ok(pid) = i32::try_from(pid) else {
        return false;
    };
    !matches!(
        nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid), None),
        Err(nix::errno::Errno::ESRCH)
    )
}

/// Inside the directory, unless its name would be too long for a socket address.
fn socket_dir(root: &Path) -> PathBuf {
    let inside = root.join("socket");
    if inside.as_os_str().as_bytes().len() <= SOCKET_DIR_LIMIT {
        return inside;
    }
    let mut hasher = DefaultHasher::new();
    root.hash(&mut hasher);
    Path::new("/tmp").join(format!("pg-{:016x}", hasher.finish()))
}

/// Makes a directory with exactly this mode, whatever the umask; one that is there keeps its mode.
pub(crate) fn make_dir(path: &Path, mode: u32) -> Result<(), Error> {
    match DirBuilder::new().mode(0o700).create(path) {
        Ok(()) => fs::set_permissions(path, Permissions::from_mode(mode)).map_err(Error::io("set the mode of", path)),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        Err(error) => Err(Error::io("create", path)(error)),
    }
}

/// Writes a file whole or not at all.
pub(crate) fn write_file(path: &Path, text: &str, mode: u32) -> Result<(), Error> {
    let fresh = path.with_extension("new");
    let _ = fs::remove_file(&fresh);
    let mut options = OpenOptions::new();
    options.create_new(true).write(true).mode(mode);
    let mut file = options.open(&fresh).map_err(Error::io("create", &fresh))?;
    file.write_all(text.as_bytes()).map_err(Error::io("write", &fresh))?;
    file.set_permissions(Permissions::from_mode(mode))
        .map_err(Error::io("set the mode of", &fresh))?;
    fs::rename(&fresh, path).map_err(Error::io("replace", path))
}

/// Held while this process owns the directory; the kernel lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_path_puts_the_socket_where_its_address_fits() {
        let long = PathBuf::from("/").join("x".repeat(100));
        assert!(socket_dir(&long).as_os_str().len() <= SOCKET_DIR_LIMIT);
        assert_eq!(
            socket_dir(Path::new("/var/lib/app/db")),
            Path::new("/var/lib/app/db/socket")
        );
    }
}
