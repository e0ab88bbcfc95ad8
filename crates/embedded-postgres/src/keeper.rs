//! The thread that owns the server process: starts it, notices its end, starts it again, and outlives it.
//!
//! The kernel sends the parent-death signal when the *thread* that spawned the child ends, so the child is spawned by a thread
//! that lives as long as the server does, never by one of a runtime's workers.

use crate::cluster::{length, log_since, server_arguments};
use crate::identity::Identity;
use crate::layout::Layout;
use crate::{Binaries, Config, Error, process};
use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{Id, WaitPidFlag, waitid};
use nix::unistd::Pid;
use std::ffi::OsString;
use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, ExitStatus};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How often a starting server is looked at.
const LOOK: Duration = Duration::from_millis(10);
/// Pause before a server that died is started again; doubled at each failure.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How long an immediate shutdown may take before the process is killed.
const HARD_STOP: Duration = Duration::from_secs(10);
/// What a server says that finds an earlier one, or its clients' processes, still there.
const STILL_HELD: [&str; 2] = [
    "lock file \"postmaster.pid\" already exists",
    "pre-existing shared memory block",
];

/// All that is needed to start the server again and again.
#[derive(Debug)]
pub(crate) struct Launch {
    program: PathBuf,
    arguments: Vec<OsString>,
    user: Identity,
    layout: Layout,
    log: File,
    start_timeout: Duration,
    lock_timeout: Duration,
    stop_timeout: Duration,
}

impl Launch {
    pub(crate) fn new(layout: &Layout, binaries: &Binaries, user: &Identity, config: &Config) -> Result<Self, Error> {
        Ok(Self {
            program: binaries.program("postgres"),
            arguments: server_arguments(layout, config),
            user: user.clone(),
            layout: layout.clone(),
            log: layout.open_log()?,
            start_timeout: config.start_timeout,
            lock_timeout: config.lock_timeout,
            stop_timeout: config.stop_timeout,
        })
    }
}

#[derive(Debug, Default)]
struct State {
    /// Present until the process has been reaped, so that a signal never hits a stranger who got its number.
    child: Option<Child>,
    stopping: bool,
    finished: bool,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until `done` or until the time is over; says which.
    fn wait(&self, time: Duration, done: impl Fn(&State) -> bool) -> bool {
        let (state, _) = self
            .changed
            .wait_timeout_while(self.lock(), time, |state| !done(state))
            .unwrap_or_else(PoisonError::into_inner);
        done(&state)
    }

    fn signal(&self, signal: Signal) {
        if let Some(pid) = self.lock().child.as_ref().and_then(pid_of) {
            let _ = kill(pid, signal);
        }
    }
}

fn pid_of(child: &Child) -> Option<Pid> {
    i32::try_from(child.id()).ok().map(Pid::from_raw)
}

/// The caller's end of the thread.
#[derive(Debug)]
pub(crate) struct Keeper {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
    stop_timeout: Duration,
}

impl Keeper {
    /// Returns when the server takes connections.
    pub(crate) fn start(launch: Launch) -> Result<Self, Error> {
        let shared = Arc::new(Shared::default());
        let stop_timeout = launch.stop_timeout;
        let (report, first) = mpsc::channel();
        let program = launch.program.clone();
        let thread = thread::Builder::new()
            .name("postgres-keeper".to_owned())
            .spawn({
                let shared = Arc::clone(&shared);
                move || keep(&launch, &shared, &report)
            })
            .map_err(Error::io("start a thread for", &program))?;
        let keeper = Self {
            shared,
            thread: Some(thread),
            stop_timeout,
        };
        match first.recv() {
            Ok(outcome) => outcome.map(|()| keeper),
            Err(_) => Err(Error::Failed {
                what: "the thread of the database ended".to_owned(),
                output: String::new(),
            }),
        }
    }

    pub(crate) fn pid(&self) -> Option<u32> {
        self.shared.lock().child.as_ref().map(Child::id)
    }

    pub(crate) fn stop(mut self) -> Result<(), Error> {
        self.shut_down()
    }

    fn shut_down(&mut self) -> Result<(), Error> {
        let Some(thread) = self.thread.take() else {
            return Ok(());
        };
        self.shared.lock().stopping = true;
        self.shared.changed.notify_all();
        let escalation = [
            (Signal::SIGINT, self.stop_timeout),
            (Signal::SIGQUIT, HARD_STOP),
            (Signal::SIGKILL, HARD_STOP),
        ];
        let mut clean = false;
        for (signal, patience) in escalation {
            self.shared.signal(signal);
            if self.shared.wait(patience, |state| state.finished) {
                clean = signal == Signal::SIGINT;
                let _ = thread.join();
                break;
            }
        }
        if clean {
            Ok(())
        } else {
            Err(Error::Stop {
                seconds: self.stop_timeout.as_secs(),
            })
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        if let Err(error) = self.shut_down() {
            tracing::error!(%error, "database not stopped cleanly");
        }
    }
}

/// The life of the thread.
fn keep(launch: &Launch, shared: &Shared, report: &mpsc::Sender<Result<(), Error>>) {
    let _finished = Finished(shared);
    let first = bring_up(launch, shared);
    let failed = first.is_err();
    let _ = report.send(first);
    if failed {
        return;
    }
    loop {
        let status = await_end(shared);
        if shared.lock().stopping {
            return;
        }
        tracing::error!(?status, log = %launch.layout.log().display(), "the database ended and is started again");
        if !revive(launch, shared) {
            return;
        }
    }
}

/// Tells whoever waits that the thread has nothing left to do, even when it panics.
struct Finished<'a>(&'a Shared);

impl Drop for Finished<'_> {
    fn drop(&mut self) {
        self.0.lock().finished = true;
        self.0.changed.notify_all();
    }
}

/// Starts the server until that succeeds; `false` when it is to stop instead.
fn revive(launch: &Launch, shared: &Shared) -> bool {
    let mut pause = FIRST_PAUSE;
    loop {
        if shared.wait(pause, |state| state.stopping) {
            return false;
        }
        match bring_up(launch, shared) {
            Ok(()) => {
                tracing::info!("database ready again");
                return true;
            }
            Err(error) => tracing::error!(%error, "the database does not start"),
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Starts the server and waits until it is ready, again and again while an earlier one lets go of the directory.
fn bring_up(launch: &Launch, shared: &Shared) -> Result<(), Error> {
    let patience = Instant::now() + launch.lock_timeout;
    loop {
        let offset = length(&launch.log);
        spawn(launch, shared)?;
        let Some(status) = await_ready(launch, shared)? else {
            return Ok(());
        };
        let output = log_since(&launch.layout, offset);
        let held = STILL_HELD.iter().any(|message| output.contains(message));
        if !held || Instant::now() > patience || shared.wait(FIRST_PAUSE, |state| state.stopping) {
            return Err(Error::Failed {
                what: format!("the database server ended at its start ({status})"),
                output,
            });
        }
    }
}

fn spawn(launch: &Launch, shared: &Shared) -> Result<(), Error> {
    let mut command = process::command(&launch.program, &launch.user, launch.layout.root(), &launch.log)?;
    command.args(&launch.arguments);
    let mut state = shared.lock();
    if state.stopping {
        // A child born now would miss the signal that was sent to all children there were.
        return Err(Error::Failed {
            what: "the database is being stopped".to_owned(),
            output: String::new(),
        });
    }
    state.child = Some(command.spawn().map_err(Error::io("run", &launch.program))?);
    Ok(())
}

/// `None` when ready, the exit status when it ended instead. Only a `postmaster.pid` that names this very child counts: one
/// left behind by a server that was killed says ready too.
fn await_ready(launch: &Launch, shared: &Shared) -> Result<Option<ExitStatus>, Error> {
    let deadline = Instant::now() + launch.start_timeout;
    loop {
        {
            let mut state = shared.lock();
            let Some(child) = state.child.as_mut() else {
                return Ok(None);
            };
            if let Some(status) = child.try_wait().map_err(Error::io("wait for", &launch.program))? {
                state.child = None;
                return Ok(Some(status));
            }
            if launch.layout.postmaster() == Some((child.id(), true)) {
                return Ok(None);
            }
            if Instant::now() > deadline {
                let _ = child.kill();
                let _ = child.wait();
                state.child = None;
                return Err(Error::Timeout {
                    seconds: launch.start_timeout.as_secs(),
                    log: launch.layout.log(),
                });
            }
        }
        thread::sleep(LOOK);
    }
}

/// Sleeps until the server ends. The process is reaped under the lock only after that, see [`State::child`].
fn await_end(shared: &Shared) -> Option<ExitStatus> {
    let pid = shared.lock().child.as_ref().and_then(pid_of)?;
    while waitid(Id::Pid(pid), WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT) == Err(Errno::EINTR) {}
    let mut state = shared.lock();
    state.child.take().and_then(|mut child| child.wait().ok())
}
