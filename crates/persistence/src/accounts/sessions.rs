//! Sessions: a family of refresh tokens, one valid at a time.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::shared::AccountId;

use crate::{
    Conn, Failure,
    schema::{refresh_families as families, refresh_tokens as tokens},
};

/// Two uses of one token within this time are two tabs or a poor network, not a theft.
const GRACE: Duration = Duration::seconds(30);

/// How long sessions live.
#[derive(Clone, Copy, Debug)]
pub struct Life {
    /// Until it ends by not being used.
    pub idle: Duration,
    /// Until it ends however much it is used.
    pub longest: Duration,
}

/// A living session, as its owner sees it.
#[derive(Clone, Debug, Queryable, Serialize, ToSchema)]
#[schema(as = OwnSession)]
pub struct Session {
    /// Its id.
    pub id: Uuid,
    /// When it was opened.
    pub created_at: DateTime<Utc>,
    /// When it was last refreshed.
    pub last_used_at: DateTime<Utc>,
    /// When it ends unless it is used before.
    pub expires_at: DateTime<Utc>,
    /// What the browser called itself.
    pub user_agent: String,
    /// From where.
    pub address: String,
}

/// The living sessions of an account, the last used first.
///
/// # Errors
/// As the database says.
pub async fn sessions_of(conn: &mut Conn, account: AccountId, now: DateTime<Utc>) -> Result<Vec<Session>, Failure> {
    Ok(families::table
        .filter(families::account_id.eq(account.0).and(families::ended_at.is_null()))
        .filter(families::expires_at.gt(now))
        .order((families::last_used_at.desc(), families::id))
        .select((
            families::id,
            families::created_at,
            families::last_used_at,
            families::expires_at,
            families::user_agent,
            families::address,
        ))
        .load(conn)
        .await?)
}

/// What a presented refresh token led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refresh {
    /// Good: the session goes on with the new token.
    Rotated {
        /// The session.
        family: Uuid,
        /// Its account.
        account: AccountId,
    },
    /// Not a token of a living session.
    Unknown,
    /// An old token came back: the session was ended, somebody may have copied it.
    Reused {
        /// The session that was ended.
        family: Uuid,
        /// Its account.
        account: AccountId,
    },
}

/// Opens a session with its first token.
///
/// # Errors
/// As the database says.
#[allow(clippy::too_many_arguments, reason = "the columns of a session")]
pub async fn start_family(
    conn: &mut Conn,
    account: AccountId,
    token_hash: &[u8],
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    user_agent: &str,
    address: &str,
) -> Result<Uuid, Failure> {
    let family = Uuid::now_v7();
    diesel::insert_into(families::table)
        .values((
            families::id.eq(family),
            families::account_id.eq(account.0),
            families::created_at.eq(now),
            families::last_used_at.eq(now),
            families::expires_at.eq(expires_at),
            families::user_agent.eq(user_agent),
            families::address.eq(address),
        ))
        .execute(conn)
        .await?;
    add_token(conn, family, token_hash, now).await?;
    Ok(family)
}

async fn add_token(conn: &mut Conn, family: Uuid, hash: &[u8], now: DateTime<Utc>) -> Result<(), Failure> {
    diesel::insert_into(tokens::table)
        .values((
            tokens::token_hash.eq(hash),
            tokens::family_id.eq(family),
            tokens::created_at.eq(now),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// A presented token with its session.
#[derive(Queryable)]
struct Presented {
    family: Uuid,
    used_at: Option<DateTime<Utc>>,
    account: Uuid,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
}

/// Trades `old` for `new`. Runs inside a transaction: the old token's row is locked.
///
/// # Errors
/// As the database says.
pub async fn rotate(
    conn: &mut Conn,
    old: &[u8],
    new: &[u8],
    life: Life,
    now: DateTime<Utc>,
) -> Result<Refresh, Failure> {
    let row: Option<Presented> = tokens::table
        .inner_join(families::table)
        .filter(tokens::token_hash.eq(old))
        .select((
            families::id,
            tokens::used_at,
            families::account_id,
            families::created_at,
            families::expires_at,
            families::ended_at,
        ))
        .for_update()
        .first(conn)
        .await
        .optional()?;
    let Some(Presented {
        family,
        used_at,
        account,
        created_at,
        expires_at,
        ended_at,
    }) = row
    else {
        return Ok(Refresh::Unknown);
    };
    let account = AccountId(account);
    if ended_at.is_some() || expires_at <= now {
        return Ok(Refresh::Unknown);
    }
    // A use that lies ahead was noted by a clock that has been set back since.
    if used_at.is_some_and(|at| (now - at).abs() > GRACE) {
        end_family(conn, family, "reuse", now).await?;
        return Ok(Refresh::Reused { family, account });
    }
    if used_at.is_none() {
        diesel::update(tokens::table.find(old))
            .set(tokens::used_at.eq(now))
            .execute(conn)
            .await?;
    }
    diesel::update(families::table.find(family))
        .set((
            families::last_used_at.eq(now),
            families::expires_at.eq((now + life.idle).min(created_at + life.longest)),
        ))
        .execute(conn)
        .await?;
    add_token(conn, family, new, now).await?;
    Ok(Refresh::Rotated { family, account })
}

/// Ends one session.
///
/// # Errors
/// As the database says.
pub async fn end_family(conn: &mut Conn, family: Uuid, reason: &str, now: DateTime<Utc>) -> Result<(), Failure> {
    diesel::update(families::table.find(family).filter(families::ended_at.is_null()))
        .set((families::ended_at.eq(now), families::end_reason.eq(reason)))
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends every session of an account but the one to `keep`; gives how many there were.
///
/// # Errors
/// As the database says.
pub async fn end_all(
    conn: &mut Conn,
    account: AccountId,
    keep: Option<Uuid>,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<usize, Failure> {
    let living = families::account_id.eq(account.0).and(families::ended_at.is_null());
    let keep = keep.unwrap_or_default();
    Ok(
        diesel::update(families::table.filter(living.and(families::id.ne(keep))))
            .set((families::ended_at.eq(now), families::end_reason.eq(reason)))
            .execute(conn)
            .await?,
    )
}
