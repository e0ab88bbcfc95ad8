//! Work that takes a core and much memory: off the async threads, and only so much at once. Whoever sends a hundred of it
//! waits, and the memory of the server stays what it is.

use tokio::{sync::Semaphore, task::spawn_blocking};
use wuye_persistence::Failure;

/// Turns at one kind of heavy work.
#[derive(Debug)]
pub struct Turns(Semaphore);

impl Turns {
    /// So many at once.
    #[must_use]
    pub const fn new(at_once: usize) -> Self {
        Self(Semaphore::const_new(at_once))
    }

    /// Runs it when its turn has come. The turn ends with the work, even when nobody waits for it any more.
    ///
    /// # Errors
    /// `Internal` when the work panicked.
    pub async fn run<T: Send + 'static>(
        &'static self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let turn = self.0.acquire().await.map_err(Failure::internal)?;
        let done = spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        done.await.map_err(Failure::internal)
    }
}
