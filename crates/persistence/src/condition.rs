//! The condition of a database, for whoever looks after it: what its server is, and whether what lies in it fits together.
//!
//! Nothing is changed by looking.

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{BigInt, Bool, Integer, Text, Timestamptz},
};
use diesel_async::RunQueryDsl;
use wuye_domain::{
    org::BackupKind,
    shared::private::{DigestKey, Phone, Private, Purpose},
};

use crate::{
    Conn, Failure,
    schema::{backup_records, jobs, parties, trail},
};

/// The server behind a connection.
#[derive(Clone, Debug, QueryableByName)]
pub struct Server {
    /// As a number, 150004 for 15.4.
    #[diesel(sql_type = Integer)]
    pub version_number: i32,
    /// As it calls itself.
    #[diesel(sql_type = Text)]
    pub version: String,
    /// Of this database.
    #[diesel(sql_type = Text)]
    pub encoding: String,
    /// Locale by which this database sorts.
    #[diesel(sql_type = Text)]
    pub collation: String,
    /// Connections that it gives to ordinary roles.
    #[diesel(sql_type = Integer)]
    pub places: i32,
    /// Connections in use, this one included.
    #[diesel(sql_type = BigInt)]
    pub taken: i64,
    /// Whether it only follows another one.
    #[diesel(sql_type = Bool)]
    pub standby: bool,
    /// Whether what it acknowledged survives a power cut.
    #[diesel(sql_type = Bool)]
    pub durable: bool,
}

/// Asks the server about itself.
///
/// # Errors
/// As the database says.
pub async fn server(conn: &mut Conn) -> Result<Server, Failure> {
    let asked = diesel::sql_query(
        "SELECT current_setting('server_version_num')::int AS version_number, \
                current_setting('server_version') AS version, \
                pg_encoding_to_char(encoding) AS encoding, \
                datcollate::text AS collation, \
                current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS places, \
                (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend') AS taken, \
                pg_is_in_recovery() AS standby, \
                current_setting('fsync')::bool AND current_setting('full_page_writes')::bool AS durable \
         FROM pg_database WHERE datname = current_database()",
    );
    Ok(asked.get_result(conn).await?)
}

#[derive(QueryableByName)]
struct Clock {
    #[diesel(sql_type = Timestamptz)]
    at: DateTime<Utc>,
}

/// What the database server's clock shows. The one statement that asks for it: to hold it against our own.
///
/// # Errors
/// As the database says.
pub async fn clock(conn: &mut Conn) -> Result<DateTime<Utc>, Failure> {
    let clock: Clock = diesel::sql_query("SELECT clock_timestamp() AS at")
        .get_result(conn)
        .await?;
    Ok(clock.at)
}

/// When the newest line of the trail was written.
///
/// # Errors
/// As the database says.
pub async fn newest_entry(conn: &mut Conn) -> Result<Option<DateTime<Utc>>, Failure> {
    // Ids rise with the time they were made at.
    let newest = trail::table.order(trail::id.desc()).select(trail::recorded_at);
    Ok(newest.first(conn).await.optional()?)
}

/// Whether the digests of phones in the archive were made with this key; `None` where there is none to try.
///
/// # Errors
/// As the database says.
pub async fn digests_fit(conn: &mut Conn, key: &DigestKey) -> Result<Option<bool>, Failure> {
    type Texts = Vec<Option<String>>;
    let stored: Option<(Texts, Texts)> = parties::table
        .filter(parties::phone_digests.ne(Texts::new()))
        .select((parties::phones, parties::phone_digests))
        .first(conn)
        .await
        .optional()?;
    let (phones, digests) = stored.unwrap_or_default();
    let phone = phones
        .into_iter()
        .flatten()
        .next()
        .and_then(|phone| Phone::parse(&phone));
    let digest = digests.into_iter().flatten().next();
    Ok(phone
        .zip(digest)
        .map(|(phone, digest)| Private::new(phone).digest(key, Purpose::Search) == digest))
}

/// When something of this kind last worked, and where it lies.
///
/// # Errors
/// As the database says.
pub async fn last_backup(conn: &mut Conn, kind: BackupKind) -> Result<Option<(DateTime<Utc>, String)>, Failure> {
    let last = backup_records::table
        .filter(backup_records::kind.eq(kind.code()))
        .filter(backup_records::succeeded)
        .order(backup_records::taken_at.desc())
        .select((backup_records::taken_at, backup_records::place));
    Ok(last.first(conn).await.optional()?)
}

/// Kinds of the jobs that nobody works on: their server is gone and no other took them since `before`.
///
/// # Errors
/// As the database says.
pub async fn abandoned_jobs(conn: &mut Conn, before: DateTime<Utc>) -> Result<Vec<String>, Failure> {
    let abandoned = jobs::table
        .filter(jobs::state.eq("running"))
        .filter(jobs::locked_until.assume_not_null().lt(before))
        .order(jobs::kind)
        .select(jobs::kind);
    Ok(abandoned.load(conn).await?)
}
