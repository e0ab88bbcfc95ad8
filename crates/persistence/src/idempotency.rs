//! Idempotency keys: the same request a second time gets the answer of the first, even while that is still running.

use chrono::{DateTime, Utc};
use diesel::{
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, QueryFragment, QueryId},
    sql_types::{Nullable, SmallInt, Text as SqlText, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::shared::{Problem, ProblemCode, Text};

use crate::{Conn, Failure, schema::idempotency_keys as keys};

/// Who asked for what under which key.
#[derive(Clone, Debug)]
pub struct Claim<'a> {
    /// The account.
    pub account: Uuid,
    /// Method and route.
    pub operation: &'a str,
    /// The caller's key.
    pub key: &'a str,
    /// SHA-256 over path and body.
    pub body_hash: &'a [u8],
}

/// The answer given to the first request.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredAnswer {
    /// HTTP status.
    pub status: u16,
    /// ETag header.
    pub etag: Option<String>,
    /// Location header.
    pub location: Option<String>,
    /// The JSON as it went out, so that a second answer is the first one byte for byte; `None` for an answer without a body.
    pub body: Option<String>,
}

/// Takes the key for this transaction. Waits while another transaction holds it.
///
/// # Errors
/// [`Failure::Replay`] when it was answered before; `idempotency_mismatch` when the body was another one;
/// `already_done` when the answer held a secret and was not kept.
pub async fn claim(mut conn: &Conn, claim: &Claim<'_>, now: DateTime<Utc>) -> Result<(), Failure> {
    let inserted = diesel::insert_into(keys::table)
        .values((
            keys::account_id.eq(claim.account),
            keys::operation.eq(claim.operation),
            keys::key.eq(claim.key),
            keys::body_hash.eq(claim.body_hash),
            keys::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(&mut conn)
        .await?;
    if inserted == 1 {
        return Ok(());
    }
    #[allow(clippy::type_complexity, reason = "the row as it lies there")]
    let (hash, status, etag, location, body): (
        Vec<u8>,
        Option<i16>,
        Option<String>,
        Option<String>,
        Option<String>,
    ) = keys::table
        .find((claim.account, claim.operation, claim.key))
        .select((keys::body_hash, keys::status, keys::etag, keys::location, keys::body))
        .first(&mut conn)
        .await?;
    if hash != claim.body_hash {
        return Err(Problem::new(
            ProblemCode::IdempotencyMismatch,
            Text::new(
                "此幂等键已用于另一内容。新的请求请换新的幂等键。",
                "This Idempotency-Key was used with another body. A new request needs a new key.",
            ),
        )
        .into());
    }
    match status {
        Some(status) => Err(Failure::Replay(Box::new(StoredAnswer {
            status: u16::try_from(status).unwrap_or(200),
            etag,
            location,
            body,
        }))),
        None => Err(Problem::new(
            ProblemCode::AlreadyDone,
            Text::new(
                "此请求已办理；其结果只显示一次，不再重复显示。",
                "This request was carried out; its answer is shown only once and cannot be shown again.",
            ),
        )
        .into()),
    }
}

/// The answer put to its key. A query of its own kind, since diesel prepares an UPDATE anew at each call, and this one is part
/// of every write.
struct Store<'a> {
    claim: &'a Claim<'a>,
    answer: &'a StoredAnswer,
    status: Option<i16>,
}

/// Its text is always the same.
impl QueryId for Store<'_> {
    type QueryId = Store<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl QueryFragment<Pg> for Store<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("UPDATE idempotency_keys SET status = ");
        out.push_bind_param::<Nullable<SmallInt>, _>(&self.status)?;
        out.push_sql(", etag = ");
        out.push_bind_param::<Nullable<SqlText>, _>(&self.answer.etag)?;
        out.push_sql(", location = ");
        out.push_bind_param::<Nullable<SqlText>, _>(&self.answer.location)?;
        out.push_sql(", body = ");
        out.push_bind_param::<Nullable<SqlText>, _>(&self.answer.body)?;
        out.push_sql(" WHERE account_id = ");
        out.push_bind_param::<SqlUuid, _>(&self.claim.account)?;
        out.push_sql(" AND operation = ");
        out.push_bind_param::<SqlText, _>(&self.claim.operation)?;
        out.push_sql(" AND key = ");
        out.push_bind_param::<SqlText, _>(&self.claim.key)?;
        Ok(())
    }
}

/// Keeps the answer with the key.
///
/// # Errors
/// As the database says.
pub async fn store(mut conn: &Conn, claim: &Claim<'_>, answer: &StoredAnswer) -> Result<(), Failure> {
    let status = i16::try_from(answer.status).ok();
    let store = Store { claim, answer, status };
    store.execute(&mut conn).await?;
    Ok(())
}

/// Forgets keys made before `limit`.
///
/// # Errors
/// As the database says.
pub async fn forget_before(conn: &mut Conn, limit: DateTime<Utc>) -> Result<usize, Failure> {
    Ok(diesel::delete(keys::table.filter(keys::created_at.lt(limit)))
        .execute(conn)
        .await?)
}
