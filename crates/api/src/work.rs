//! A write from begin to commit: the key claimed first, the trail written last, all in one transaction.

use std::ops::{Deref, DerefMut};

use actix_web::http::StatusCode;
use chrono::{DateTime, Utc};
use diesel_async::{AnsiTransactionManager, TransactionManager};
use serde::Serialize;
use wuye_domain::{
    access::{Actor, Needs, Permission},
    org::superior::Decider,
    shared::{EstateId, TrailEntry},
};
use wuye_persistence::{
    Conn, Failure, accounts, call,
    db::Pooled,
    idempotency::{self, Claim},
    statements,
    trail::{self, Capacity},
};

use crate::{Answer, ApiResult, App, Command, Guard, Upload, guard, live::Change, reactions};

/// A transaction in progress. Derefs to its connection; dropped without an answer, it rolls back.
pub struct Work {
    conn: Option<Pooled>,
    app: App,
    /// Who writes.
    pub actor: Actor,
    /// The time of this write.
    pub now: DateTime<Utc>,
    permission: Permission,
    entries: Vec<TrailEntry>,
    claim: Option<(String, String, Vec<u8>)>,
    secret: bool,
    ended: Vec<uuid::Uuid>,
    heard: Vec<Change>,
    capacity: Option<Capacity>,
}

impl App {
    /// Opens the transaction of a write: claims the idempotency key and checks the caller's rights once more inside it.
    ///
    /// # Errors
    /// [`Failure::Replay`] when this request was answered before; `token_stale` when rights changed meanwhile.
    pub async fn begin<P: Needs, T>(&self, guard: &Guard<P>, command: &Command<T>) -> Result<Work, Failure> {
        let key = command.key.as_deref();
        self.begin_claiming(guard, key, &command.operation, command.hash.clone())
            .await
    }

    /// The same for an upload, once its content has come in: the key is bound to the content's hash.
    ///
    /// # Errors
    /// As [`App::begin`].
    pub async fn begin_upload<P: Needs>(
        &self,
        guard: &Guard<P>,
        upload: &Upload,
        content: &[u8],
    ) -> Result<Work, Failure> {
        let key = upload.key.as_deref();
        self.begin_claiming(guard, key, &upload.operation, upload.hash(content))
            .await
    }

    async fn begin_claiming<P: Needs>(
        &self,
        guard: &Guard<P>,
        key: Option<&str>,
        operation: &str,
        body_hash: Vec<u8>,
    ) -> Result<Work, Failure> {
        let mut work = self.begin_as(guard.actor.clone(), P::PERMISSION).await?;
        // Asked for together; whose rights have ended learns nothing of a key.
        let rights = async {
            match guard.epoch {
                Some(epoch) => accounts::epoch(&work, guard.actor.account)
                    .await
                    .map(|known| known == Some((epoch, true))),
                None => Ok(true),
            }
        };
        let (rights, claimed) = futures_util::future::join(rights, work.claim(key, operation, &body_hash)).await;
        if !rights? {
            return Err(guard::stale().into());
        }
        claimed?;
        work.claim = key.map(|key| (operation.to_owned(), key.to_owned(), body_hash));
        Ok(work)
    }

    /// Opens the transaction of a write without an account, and claims its key where the sender named one.
    ///
    /// # Errors
    /// `already_done` when this request was carried out before: what was answered is kept for nobody.
    pub async fn begin_open<T>(&self, permission: Permission, command: &Command<T>) -> Result<Work, Failure> {
        let mut work = self.begin_as(crate::jobs::system(), permission).await?;
        let key = command.key.as_deref();
        work.claim(key, &command.operation, &command.hash).await?;
        work.claim = key.map(|key| (command.operation.clone(), key.to_owned(), command.hash.clone()));
        work.holds_secret();
        Ok(work)
    }

    /// Opens a transaction for an actor that needs no guard: the scheduler, a login, a public report.
    ///
    /// # Errors
    /// `Unavailable` when the database cannot be reached.
    pub async fn begin_as(&self, actor: Actor, permission: Permission) -> Result<Work, Failure> {
        let mut conn = self.conn().await?;
        statements::begin(&mut conn).await?;
        Ok(Work {
            conn: Some(conn),
            now: self.now(),
            app: self.clone(),
            actor,
            permission,
            entries: Vec::new(),
            claim: None,
            capacity: None,
            secret: false,
            ended: Vec::new(),
            heard: Vec::new(),
        })
    }
}

impl Work {
    async fn claim(&self, key: Option<&str>, operation: &str, body_hash: &[u8]) -> Result<(), Failure> {
        let Some(key) = key else { return Ok(()) };
        let claim = Claim {
            account: self.actor.account.0,
            operation,
            key,
            body_hash,
        };
        idempotency::claim(self, &claim, self.now).await
    }

    /// Puts a line on the trail; written at commit.
    pub fn record(&mut self, entry: TrailEntry) {
        self.entries.push(entry);
    }

    /// Ends the access tokens of these accounts when this transaction commits; their epochs were raised in it. Without
    /// accounts nothing happens.
    ///
    /// # Errors
    /// As the database says.
    pub async fn end_tokens(&mut self, accounts: &[uuid::Uuid]) -> Result<(), Failure> {
        if !accounts.is_empty() {
            crate::live::announce_epochs(self, accounts).await?;
            self.ended.extend_from_slice(accounts);
        }
        Ok(())
    }

    /// What browsers are to hear at commit besides what stands on the trail.
    pub fn heard(&mut self, changes: Vec<Change>) {
        self.heard.extend(changes);
    }

    /// The answer holds a secret: it is not kept for a second call.
    pub fn holds_secret(&mut self) {
        self.secret = true;
    }

    /// The post by which the actor decides, and for whom: the trail then carries both names, even where the actor's own
    /// post would give the right as well.
    pub fn decides_as(&mut self, decider: &Decider) {
        self.capacity = Some(Capacity {
            post: Some(decider.post),
            acting_for: decider.acting_for,
        });
    }

    /// The shared part of the server.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Commits and answers with `value`.
    ///
    /// # Errors
    /// As the database says; then nothing was written.
    pub async fn answer<T: Serialize>(self, status: StatusCode, value: &T) -> ApiResult<T> {
        let answer = Answer::of(status, value)?;
        self.commit_with(answer).await
    }

    /// Commits and gives this answer (with ETag, location …).
    ///
    /// # Errors
    /// As [`Work::answer`].
    pub async fn commit_with<T: Serialize>(mut self, answer: Answer<T>) -> ApiResult<T> {
        if let Some((operation, key, hash)) = self.claim.take() {
            let claim = Claim {
                account: self.actor.account.0,
                operation: &operation,
                key: &key,
                body_hash: &hash,
            };
            if !self.secret {
                idempotency::store(&self, &claim, answer.sent()).await?;
            }
        }
        self.commit().await?;
        Ok(answer)
    }

    /// Writes the trail and the notices and commits, for work that nobody waits for.
    ///
    /// # Errors
    /// As [`Work::answer`].
    pub async fn commit(mut self) -> Result<(), Failure> {
        let entries = std::mem::take(&mut self.entries);
        if let Some(estate) = entries.iter().find_map(|entry| entry.estate) {
            call::current(|call| call.concerns(estate.0));
        }
        let capacity = self
            .capacity
            .unwrap_or_else(|| self.capacity(entries.iter().find_map(|entry| entry.estate)));
        let Some(mut conn) = self.conn.take() else {
            return Err(Failure::internal("the transaction has ended"));
        };
        let entries = match self.write_down(&mut conn, capacity, entries).await {
            Ok(entries) => entries,
            Err(failure) => {
                self.conn = Some(conn);
                return Err(failure);
            }
        };
        AnsiTransactionManager::commit_transaction(&mut *conn).await?;
        // The other servers hear of it by notice; this one must not wait for its own.
        for account in std::mem::take(&mut self.ended) {
            self.app.shared.epochs.forget(account);
        }
        let recorded = entries.iter().map(|entry| Change {
            kind: entry.subject.kind,
            id: entry.subject.id,
            estate: entry.estate,
            to: None,
        });
        let heard = std::mem::take(&mut self.heard);
        self.app.shared.live.publish(recorded.chain(heard));
        Ok(())
    }

    /// The trail of this work, with what it proves and whom it is told to; gives everything that stands on the trail.
    async fn write_down(
        &mut self,
        conn: &mut Conn,
        capacity: Capacity,
        mut entries: Vec<TrailEntry>,
    ) -> Result<Vec<TrailEntry>, Failure> {
        let (actor, now) = (&self.actor, self.now);
        let proved = reactions::deeds_recorded(conn, actor, capacity.acting_for, now, &entries).await?;
        entries.extend(proved);
        trail::append(conn, actor, capacity, now, &entries).await?;
        let told = reactions::deeds_told(conn, &self.app, actor, now, &entries).await?;
        self.heard.extend(told);
        Ok(entries)
    }

    fn capacity(&self, estate: Option<EstateId>) -> Capacity {
        let held = match estate {
            Some(estate) => self.actor.post_for(self.permission, estate),
            None => self
                .actor
                .posts
                .iter()
                .find(|held| held.reach(self.permission).is_some()),
        };
        held.map_or_else(Capacity::default, |held| Capacity {
            post: Some(held.post),
            acting_for: held.acting_for,
        })
    }
}

impl Deref for Work {
    type Target = Conn;

    #[allow(
        clippy::expect_used,
        reason = "only commit takes the connection, and it takes the work with it"
    )]
    fn deref(&self) -> &Conn {
        self.conn.as_deref().expect("a transaction in progress")
    }
}

impl DerefMut for Work {
    #[allow(
        clippy::expect_used,
        reason = "only commit takes the connection, and it takes the work with it"
    )]
    fn deref_mut(&mut self) -> &mut Conn {
        self.conn.as_deref_mut().expect("a transaction in progress")
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if let Some(mut conn) = self.conn.take() {
            // A refusal is no reason to throw the connection away: end its transaction and give it back.
            tokio::spawn(async move {
                if let Err(error) = AnsiTransactionManager::rollback_transaction(&mut *conn).await {
                    tracing::debug!(%error, "rollback");
                }
            });
        }
    }
}
