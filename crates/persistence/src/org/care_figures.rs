//! Figures of computer management: corrections by month, failed backups, dormant accounts.

use chrono::{DateTime, Utc};
use diesel::{prelude::*, sql_types};
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::shared::{EstateId, period::Span};

use crate::{
    Conn, Failure,
    schema::{accounts, assignments, backup_records, data_corrections},
};

/// Approved corrections of an estate decided in a span.
///
/// # Errors
/// As the database says.
pub async fn corrections(conn: &mut Conn, estate: EstateId, span: Span) -> Result<i64, Failure> {
    Ok(data_corrections::table
        .filter(
            data_corrections::estate_id
                .eq(estate.0)
                .and(data_corrections::state.eq("approved")),
        )
        .filter(
            data_corrections::decided_at
                .assume_not_null()
                .ge(span.from)
                .and(data_corrections::decided_at.assume_not_null().lt(span.until)),
        )
        .count()
        .get_result(conn)
        .await?)
}

/// Backups and restore tests in a span that did not work, of an estate or of everything.
///
/// # Errors
/// As the database says.
pub async fn failed_backups(conn: &mut Conn, estate: EstateId, span: Span) -> Result<i64, Failure> {
    Ok(backup_records::table
        .filter(backup_records::succeeded.eq(false))
        .filter(
            backup_records::estate_id
                .is_null()
                .or(backup_records::estate_id.assume_not_null().eq(estate.0)),
        )
        .filter(
            backup_records::taken_at
                .ge(span.from)
                .and(backup_records::taken_at.lt(span.until)),
        )
        .count()
        .get_result(conn)
        .await?)
}

/// Days of a span on which a backup of everything or of the estate worked, in the estate's zone.
///
/// # Errors
/// As the database says.
pub async fn backup_days(conn: &mut Conn, estate: EstateId, span: Span, zone: &str) -> Result<i64, Failure> {
    #[derive(QueryableByName)]
    struct Days {
        #[diesel(sql_type = sql_types::BigInt)]
        days: i64,
    }
    let row: Days = diesel::sql_query(
        "SELECT count(DISTINCT (taken_at AT TIME ZONE $4)::date) AS days FROM backup_records \
         WHERE succeeded AND kind = 'backup' AND (estate_id IS NULL OR estate_id = $1) \
         AND taken_at >= $2 AND taken_at < $3",
    )
    .bind::<sql_types::Uuid, _>(estate.0)
    .bind::<sql_types::Timestamptz, _>(span.from)
    .bind::<sql_types::Timestamptz, _>(span.until)
    .bind::<sql_types::Text, _>(zone)
    .get_result(conn)
    .await?;
    Ok(row.days)
}

/// When the last test that worked restored a backup of everything or of the estate.
///
/// # Errors
/// As the database says.
pub async fn last_restore_test(
    conn: &mut Conn,
    estate: EstateId,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, Failure> {
    Ok(backup_records::table
        .filter(backup_records::succeeded.and(backup_records::kind.eq("restore_test")))
        .filter(backup_records::taken_at.le(now))
        .filter(
            backup_records::estate_id
                .is_null()
                .or(backup_records::estate_id.assume_not_null().eq(estate.0)),
        )
        .select(diesel::dsl::max(backup_records::taken_at))
        .first(conn)
        .await?)
}

/// Active accounts of people of an estate that nobody has logged in to since `before`: id, login name, last login.
///
/// # Errors
/// As the database says.
pub async fn dormant_accounts(
    conn: &mut Conn,
    estate: EstateId,
    before: DateTime<Utc>,
) -> Result<Vec<(Uuid, String, Option<DateTime<Utc>>)>, Failure> {
    let here = assignments::table
        .filter(
            assignments::estate_id
                .assume_not_null()
                .eq(estate.0)
                .and(assignments::state.eq("approved")),
        )
        .select(assignments::employee_id);
    Ok(accounts::table
        .filter(accounts::kind.eq("person").and(accounts::state.eq("active")))
        .filter(accounts::employee_id.assume_not_null().eq_any(here))
        .filter(accounts::created_at.lt(before))
        .filter(
            accounts::last_login_at
                .is_null()
                .or(accounts::last_login_at.assume_not_null().lt(before)),
        )
        .select((accounts::id, accounts::username, accounts::last_login_at))
        .order(accounts::username)
        .load(conn)
        .await?)
}
