//! Login attempts, counted in the database so that several servers share the count.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::{Conn, Failure, schema::login_attempts as attempts};

/// How many failures the window may hold.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Of one user name since its last success.
    pub name: i64,
    /// From one address.
    pub address: i64,
}

/// Notes an attempt before its password is looked at, as failed until [`succeed`] says otherwise: many at once see one
/// another, so that no more than the limit are ever looked at. Not to be called inside a transaction, which would hide it.
///
/// # Errors
/// As the database says. `None` when there were too many; those refused are not counted.
pub async fn begin_attempt(
    conn: &mut Conn,
    username: &str,
    address: &str,
    limits: Limits,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, Failure> {
    let id = Uuid::now_v7();
    diesel::insert_into(attempts::table)
        .values((
            attempts::id.eq(id),
            attempts::username.eq(username),
            attempts::address.eq(address),
            attempts::succeeded.eq(false),
            attempts::at.eq(now),
        ))
        .execute(conn)
        .await?;
    let (by_name, by_address) = failures(conn, username, address, since).await?;
    if by_name <= limits.name && by_address <= limits.address {
        return Ok(Some(id));
    }
    withdraw_attempt(conn, id).await?;
    Ok(None)
}

/// The attempt was a good one.
///
/// # Errors
/// As the database says.
pub async fn succeed(conn: &mut Conn, attempt: Uuid) -> Result<(), Failure> {
    diesel::update(attempts::table.find(attempt))
        .set(attempts::succeeded.eq(true))
        .execute(conn)
        .await?;
    Ok(())
}

/// The attempt counts neither way.
///
/// # Errors
/// As the database says.
pub async fn withdraw_attempt(conn: &mut Conn, attempt: Uuid) -> Result<(), Failure> {
    diesel::delete(attempts::table.find(attempt)).execute(conn).await?;
    Ok(())
}

/// Forgets the attempts made before `limit`.
///
/// # Errors
/// As the database says.
pub async fn sweep_attempts(conn: &mut Conn, limit: DateTime<Utc>) -> Result<usize, Failure> {
    Ok(diesel::delete(attempts::table.filter(attempts::at.lt(limit)))
        .execute(conn)
        .await?)
}

/// Failures since `since`: of this user name after its last success, and from this address.
async fn failures(conn: &mut Conn, username: &str, address: &str, since: DateTime<Utc>) -> Result<(i64, i64), Failure> {
    let last_success: Option<DateTime<Utc>> = attempts::table
        .filter(
            attempts::username
                .eq(username)
                .and(attempts::succeeded)
                .and(attempts::at.gt(since)),
        )
        .select(diesel::dsl::max(attempts::at))
        .first(conn)
        .await?;
    let by_name = attempts::table
        .filter(
            attempts::username
                .eq(username)
                .and(diesel::dsl::not(attempts::succeeded)),
        )
        .filter(attempts::at.gt(last_success.unwrap_or(since)))
        .count()
        .get_result(conn)
        .await?;
    let by_address = attempts::table
        .filter(
            attempts::address
                .eq(address)
                .and(diesel::dsl::not(attempts::succeeded))
                .and(attempts::at.gt(since)),
        )
        .count()
        .get_result(conn)
        .await?;
    Ok((by_name, by_address))
}
