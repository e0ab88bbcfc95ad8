//! Statements as they are seen from outside: the slow ones in the log, and all of a call by its name in the database.
//!
//! A comment in the text would make every statement a new one to diesel's and to PostgreSQL's caches, and cost the planning
//! that prepared statements save. So the name goes where PostgreSQL keeps a name for a session, `application_name`:
//! `pg_stat_activity` shows it beside whatever the session does, and `%a` in `log_line_prefix` puts it before each line of the
//! log. A transaction sets it in the very message that begins it, which costs no round trip and ends with the transaction.
//! A read outside a transaction has no such message: naming it takes one statement more, sent ahead in the same flight and not
//! waited for. Reads are most of what a server does, so a setting asks for it; without it the log's `backend`, the process id
//! that PostgreSQL shows and logs, leads from a slow read to its session.

use std::time::{Duration, Instant};

use diesel::connection::{Instrumentation, InstrumentationEvent};
use diesel_async::{AnsiTransactionManager, AsyncConnection, SimpleAsyncConnection};
use futures_util::FutureExt;

use crate::{Conn, Failure, call};

/// What sessions are called while they work for no call.
pub(crate) const NAME: &str = "wuye";

/// How the statements of a pool are watched.
#[derive(Clone, Copy, Debug, Default)]
pub struct Watch {
    /// Statements that take this long are logged.
    pub slow: Option<Duration>,
    /// Reads outside a transaction are named after their call too.
    pub name_reads: bool,
}

/// Begins a transaction whose session goes by the name of the current call.
///
/// # Errors
/// As the database says.
pub async fn begin(conn: &mut Conn) -> Result<(), Failure> {
    let sql = call::current(|call| format!("BEGIN; SET LOCAL application_name = '{}'", call.tag()));
    AnsiTransactionManager::begin_transaction_sql(conn, sql.as_deref().unwrap_or("BEGIN")).await?;
    Ok(())
}

impl Watch {
    /// Makes ready a connection that was opened just now.
    pub(crate) fn install(self, conn: &mut Conn, backend: i32) {
        if let Some(limit) = self.slow {
            conn.set_instrumentation(SlowLog {
                limit,
                backend,
                since: Instant::now(),
            });
        }
    }

    /// Makes ready a connection that leaves the pool.
    pub(crate) fn lend(self, conn: &mut Conn) {
        if self.name_reads {
            let tag = call::current(call::Call::tag);
            let sql = format!("SET application_name = '{}'", tag.as_deref().unwrap_or(NAME));
            // Asked once, it is on its way; the first statement follows it, and its answer is nobody's concern.
            let _ = conn.batch_execute(&sql).now_or_never();
        }
    }
}

/// Logs the statements of one connection that take long.
///
/// A connection's statements are answered in their order, so each one's time runs from when it was sent or when the one before
/// it was answered, whichever was later: pipelined ones do not answer for each other, and one that was given up is forgotten by
/// the next. It ends with the first rows: what a large result takes to be fetched is not in it.
struct SlowLog {
    limit: Duration,
    backend: i32,
    since: Instant,
}

impl Instrumentation for SlowLog {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartQuery { .. } => self.since = Instant::now(),
            InstrumentationEvent::FinishQuery { query, .. } => {
                let now = Instant::now();
                let took = now - self.since;
                self.since = now;
                if took >= self.limit {
                    call::current(|call| self.report(took, query, Some(call)))
                        .unwrap_or_else(|| self.report(took, query, None));
                }
            }
            _ => {}
        }
    }
}

impl SlowLog {
    /// Its text has placeholders where the values stood: what people wrote does not get into the log.
    fn report(&self, took: Duration, statement: &dyn diesel::connection::DebugQuery, call: Option<&call::Call>) {
        tracing::warn!(
            request_id = call.map(call::Call::id),
            operation = call.map(call::Call::operation),
            backend = self.backend,
            micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
            %statement,
            "slow statement"
        );
    }
}
