//! Which tokens are still good: the epoch of every account, kept in memory and fed by the database's notices.

use std::{
    collections::HashMap,
    sync::{
        RwLock,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wuye_domain::shared::AccountId;
use wuye_persistence::{Conn, Failure, accounts};

/// A listener that has been silent for longer is not trusted: the database is asked instead.
const TRUST_MS: i64 = 15_000;

/// Epochs by account; 0 for one that is disabled.
#[derive(Debug, Default)]
pub struct Epochs {
    known: RwLock<HashMap<Uuid, i32>>,
    /// How often something was forgotten: what was read before that may be old.
    forgotten: AtomicU64,
    heard_at: AtomicI64,
}

impl Epochs {
    /// Reads all of them anew: at start, and whenever notices may have been missed.
    ///
    /// # Errors
    /// As the database says.
    pub async fn reload(&self, conn: &mut Conn) -> Result<(), Failure> {
        let all: HashMap<Uuid, i32> = accounts::epochs(conn).await?.into_iter().collect();
        if let Ok(mut known) = self.known.write() {
            *known = all;
        }
        Ok(())
    }

    /// Forgets one account, so that the database is asked for it next time.
    pub fn forget(&self, account: Uuid) {
        if let Ok(mut known) = self.known.write() {
            known.remove(&account);
            self.forgotten.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The listener is alive.
    pub fn heard(&self, now: DateTime<Utc>) {
        self.heard_at.store(now.timestamp_millis(), Ordering::Relaxed);
    }

    /// The epoch in memory, when memory can be trusted.
    pub fn known(&self, account: AccountId, now: DateTime<Utc>) -> Option<i32> {
        let silent = now.timestamp_millis() - self.heard_at.load(Ordering::Relaxed);
        // The clock may have been set back: then the difference is negative and says nothing.
        if !(0..TRUST_MS).contains(&silent) {
            return None;
        }
        self.known.read().ok()?.get(&account.0).copied()
    }

    /// The epoch, from memory or from the database.
    ///
    /// # Errors
    /// As the database says.
    pub async fn ask(&self, conn: &mut Conn, account: AccountId) -> Result<i32, Failure> {
        let before = self.forgotten.load(Ordering::Relaxed);
        let epoch = match accounts::epoch(conn, account).await? {
            Some((epoch, true)) => epoch,
            _ => 0,
        };
        self.keep(account, epoch, before);
        Ok(epoch)
    }

    /// Keeps an epoch read from the database, unless one was raised while it was under way: kept after that notice, the old
    /// one would be believed until the next.
    fn keep(&self, account: AccountId, epoch: i32, before: u64) {
        if let Ok(mut known) = self.known.write()
            && self.forgotten.load(Ordering::Relaxed) == before
        {
            known.insert(account.0, epoch);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_that_was_raised_while_the_database_answered_is_not_kept() {
        let (epochs, now) = (Epochs::default(), DateTime::UNIX_EPOCH);
        let account = AccountId(Uuid::now_v7());
        epochs.heard(now);
        let before = epochs.forgotten.load(Ordering::Relaxed);
        epochs.forget(account.0);
        epochs.keep(account, 1, before);
        assert_eq!(epochs.known(account, now), None);
        epochs.keep(account, 2, before + 1);
        assert_eq!(epochs.known(account, now), Some(2));
    }
}
