//! Work that takes a core and much memory: on a few threads of its own. Whoever sends a hundred of it waits, and the memory
//! of the server stays what it is; threads that come and go would each keep what they once took.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, OnceLock, mpsc},
    thread,
};

use tokio::sync::oneshot;
use wuye_persistence::Failure;

type Job = Box<dyn FnOnce() + Send>;

/// Turns at one kind of heavy work.
#[derive(Debug)]
pub struct Turns {
    at_once: usize,
    queue: OnceLock<mpsc::Sender<Job>>,
}

impl Turns {
    /// So many at once.
    #[must_use]
    pub const fn new(at_once: usize) -> Self {
        Self {
            at_once,
            queue: OnceLock::new(),
        }
    }

    /// Runs it when its turn has come.
    ///
    /// # Errors
    /// `Internal` when the work panicked.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
        let (tell, told) = oneshot::channel();
        let job = move || {
            // Nobody waits any more when the caller has gone away.
            let _ = tell.send(catch_unwind(AssertUnwindSafe(work)));
        };
        let queue = self.queue.get_or_init(|| start(self.at_once));
        queue.send(Box::new(job)).map_err(Failure::internal)?;
        let done = told.await.map_err(Failure::internal)?;
        done.map_err(|_| Failure::internal("heavy work panicked"))
    }
}

/// Starts the threads; they end with the process.
fn start(threads: usize) -> mpsc::Sender<Job> {
    let (queue, jobs) = mpsc::channel::<Job>();
    let jobs = Arc::new(Mutex::new(jobs));
    for _ in 0..threads {
        let jobs = jobs.clone();
        thread::spawn(move || {
            loop {
                // Locked while it waits, not while it works.
                let job = jobs.lock().map(|jobs| jobs.recv());
                let Ok(Ok(job)) = job else { return };
                job();
            }
        });
    }
    queue
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        time::Duration,
    };

    use super::*;

    #[tokio::test]
    async fn no_more_run_at_once_than_there_are_turns_and_a_panic_ends_only_itself() {
        static TURNS: Turns = Turns::new(2);
        static RUNNING: AtomicUsize = AtomicUsize::new(0);
        assert!(TURNS.run(|| panic!("on purpose")).await.is_err());
        let all = (0..8).map(|number| {
            TURNS.run(move || {
                let running = RUNNING.fetch_add(1, Ordering::SeqCst) + 1;
                thread::sleep(Duration::from_millis(5));
                RUNNING.fetch_sub(1, Ordering::SeqCst);
                (number, running)
            })
        });
        let done = futures_util::future::join_all(all).await;
        for (expected, done) in done.into_iter().enumerate() {
            let (number, running) = done.expect("done");
            assert_eq!(number, expected);
            assert!(running <= 2, "{running} at once");
        }
    }
}
