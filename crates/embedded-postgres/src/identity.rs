//! Which operating-system user the server runs as, and what that user can reach.
//!
//! PostgreSQL refuses to run as root. A program that runs as root therefore hands the server to the owner of the existing
//! data, or else to a user that every system has. Everyone else runs it as themselves.

use crate::Error;
use crate::layout::DATA;
use nix::unistd::{Gid, Uid, User};
use std::fs::{self, Metadata};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;

/// Tried in this order when root starts a new database.
const UNPRIVILEGED: [&str; 2] = ["nobody", "daemon"];

/// The user that the server runs as.
#[derive(Debug, Clone)]
pub(crate) struct Identity {
    pub(crate) uid: Uid,
    pub(crate) gid: Gid,
    pub(crate) name: String,
    /// Whether this is somebody else than the current user, who then is root.
    pub(crate) other: bool,
}

/// Chooses the user for the database of `directory`.
pub(crate) fn choose(directory: &Path) -> Result<Identity, Error> {
    let data = directory.join(DATA);
    let owner = fs::metadata(&data).ok().map(|data| Uid::from_raw(data.uid()));
    let current = Uid::effective();
    let user = match owner {
        _ if !current.is_root() => by_uid(current)?,
        Some(owner) if owner.is_root() => {
            return Err(Error::ForeignData {
                directory: data,
                owner: 0,
            });
        }
        Some(owner) => by_uid(owner)?,
        None => UNPRIVILEGED
            .iter()
            .find_map(|name| User::from_name(name).ok().flatten())
            .ok_or_else(|| Error::NoUser(current.as_raw()))?,
    };
    match owner {
        Some(owner) if owner != user.uid => Err(Error::ForeignData {
            directory: data,
            owner: owner.as_raw(),
        }),
        _ => Ok(Identity {
            other: user.uid != current,
            uid: user.uid,
            gid: user.gid,
            name: user.name,
        }),
    }
}

fn by_uid(uid: Uid) -> Result<User, Error> {
    User::from_uid(uid).ok().flatten().ok_or(Error::NoUser(uid.as_raw()))
}

/// The name of the user this process runs as.
pub(crate) fn current_name() -> Result<String, Error> {
    by_uid(Uid::effective()).map(|user| user.name)
}

impl Identity {
    /// Gives a path to this user.
    pub(crate) fn own(&self, path: &Path) -> Result<(), Error> {
        if self.other {
            chown(path, Some(self.uid.as_raw()), Some(self.gid.as_raw()))
                .map_err(Error::io("change the owner of", path))?;
        }
        Ok(())
    }

    /// Fails with the directory that keeps this user from reaching `path`.
    pub(crate) fn check_reach(&self, path: &Path) -> Result<(), Error> {
        let real = fs::canonicalize(path).map_err(Error::io("find", path))?;
        let closed = real
            .ancestors()
            .find(|step| fs::metadata(step).is_ok_and(|meta| meta.is_dir() && !self.may_pass(&meta)));
        match closed {
            Some(closed) => Err(Error::Unreachable {
                path: path.to_owned(),
                closed: closed.to_owned(),
                user: self.name.clone(),
            }),
            None => Ok(()),
        }
    }

    fn may_pass(&self, directory: &Metadata) -> bool {
        let mode = directory.permissions().mode();
        let bit = if directory.uid() == self.uid.as_raw() {
            0o100
        } else if directory.gid() == self.gid.as_raw() {
            0o010
        } else {
            0o001
        };
        mode & bit != 0
    }
}
