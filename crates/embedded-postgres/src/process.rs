//! How a PostgreSQL program is started.

use crate::Error;
use crate::identity::Identity;
use nix::sys::signal::Signal;
use nix::unistd::{getpid, getppid};
use std::fs::File;
use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

/// A command that runs as `user`, in its own process group, with nothing of this process's environment or terminal, writing
/// to `log`, and that ends when the calling *thread* ends.
pub(crate) fn command(program: &Path, user: &Identity, directory: &Path, log: &File) -> Result<Command, Error> {
    let output = || log.try_clone().map_err(Error::io("use the log of", program));
    let mut command = Command::new(program);
    command
        .current_dir(directory)
        .env_clear()
        .env("LC_ALL", "C.UTF-8")
        .env("PATH", "/usr/bin:/bin");
    command
        .stdin(Stdio::null())
        .stdout(output()?)
        .stderr(output()?)
        .process_group(0);
    if user.other {
        // The standard library drops the supplementary groups too when root gives up its uid.
        command.uid(user.uid.as_raw()).gid(user.gid.as_raw());
    }
    end_with_this_thread(&mut command);
    Ok(command)
}

/// Asks the kernel to interrupt the child (PostgreSQL's fast shutdown) when the thread that spawned it ends.
///
/// `setpriv --pdeathsig` would need no unsafe code, but is not on every system and would stand between this process and its
/// child until it has executed the program, while the pid in `postmaster.pid` has to be the child's.
#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
fn end_with_this_thread(command: &mut Command) {
    let parent = getpid();
    let prepare = move || {
        nix::sys::prctl::set_pdeathsig(Signal::SIGINT)?;
        // The parent may have died before the line above took effect.
        if getppid() == parent {
            Ok(())
        } else {
            Err(io::Error::from(nix::errno::Errno::ESRCH))
        }
    };
    // SAFETY: the closure runs in the child between fork and exec. It makes two system calls, prctl(2) and getppid(2), and
    // builds an io::Error from a number: no allocation, no lock, nothing that another thread could have left half done. The
    // standard library runs it after the change of uid, which would have cleared the signal.
    unsafe { command.pre_exec(prepare) };
}

/// Other systems have no such request; there a server whose program was killed is stopped by the next start.
#[cfg(not(target_os = "linux"))]
fn end_with_this_thread(_command: &mut Command) {}
