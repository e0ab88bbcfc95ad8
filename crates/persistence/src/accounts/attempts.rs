//! Login attempts, counted in the database so that several servers share the count.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::{Conn, Failure, schema::login_attempts as attempts};

/// Notes one attempt.
///
/// # Errors
/// As the database says.
pub async fn record_attempt(
    conn: &mut Conn,
    username: &str,
    address: &str,
    succeeded: bool,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    diesel::insert_into(attempts::table)
        .values((
            attempts::id.eq(Uuid::now_v7()),
            attempts::username.eq(username),
            attempts::address.eq(address),
            attempts::succeeded.eq(succeeded),
            attempts::at.eq(now),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Failures since `since`: of this user name after its last success, and from this address.
///
/// # Errors
/// As the database says.
pub async fn failures(
    conn: &mut Conn,
    username: &str,
    address: &str,
    since: DateTime<Utc>,
) -> Result<(i64, i64), Failure> {
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
