//! Keys that all servers on one database share, made once.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{Conn, Failure, schema::secrets};

/// The secret of this name; `fresh` becomes it when there is none yet (two servers starting at once agree on one).
///
/// # Errors
/// As the database says.
pub async fn get_or_set(conn: &mut Conn, name: &str, fresh: &[u8], now: DateTime<Utc>) -> Result<Vec<u8>, Failure> {
    diesel::insert_into(secrets::table)
        .values((
            secrets::name.eq(name),
            secrets::value.eq(fresh),
            secrets::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(secrets::table.find(name).select(secrets::value).first(conn).await?)
}

/// The secret of this name, if there is one.
///
/// # Errors
/// As the database says.
pub async fn find(conn: &mut Conn, name: &str) -> Result<Option<Vec<u8>>, Failure> {
    Ok(secrets::table
        .find(name)
        .select(secrets::value)
        .first(conn)
        .await
        .optional()?)
}

/// Puts a value in place of the last one.
///
/// # Errors
/// As the database says.
pub async fn replace(conn: &mut Conn, name: &str, value: &[u8], now: DateTime<Utc>) -> Result<(), Failure> {
    diesel::insert_into(secrets::table)
        .values((
            secrets::name.eq(name),
            secrets::value.eq(value),
            secrets::created_at.eq(now),
        ))
        .on_conflict(secrets::name)
        .do_update()
        .set((secrets::value.eq(value), secrets::created_at.eq(now)))
        .execute(conn)
        .await?;
    Ok(())
}

/// The value, locked until the end of the transaction.
///
/// # Errors
/// As the database says.
pub async fn lock(conn: &mut Conn, name: &str) -> Result<Option<Vec<u8>>, Failure> {
    Ok(secrets::table
        .find(name)
        .select(secrets::value)
        .for_update()
        .first(conn)
        .await
        .optional()?)
}
