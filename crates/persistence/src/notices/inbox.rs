//! One's own notices.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;
use wuye_domain::{
    notices::{NoticeFilter, NoticeKind, NoticeSort, Particulars},
    shared::{EmployeeId, ListRequest, Problem, Subject},
};

use super::deliveries;
use crate::{Conn, Failure, Rows, fixed::fixed, keyset, schema::notices, split_next};

/// A notice as its recipient reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRow {
    /// Its id.
    pub id: Uuid,
    /// The estate it happened in.
    pub estate_id: Option<Uuid>,
    /// What happened.
    pub kind: NoticeKind,
    /// To which record.
    pub subject: Subject,
    /// What the words are made of.
    pub particulars: Particulars,
    /// Whether it hurries.
    pub urgent: bool,
    /// When it was told.
    pub created_at: DateTime<Utc>,
    /// When it was read.
    pub read_at: Option<DateTime<Utc>>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = notices)]
struct Row {
    id: Uuid,
    estate_id: Option<Uuid>,
    kind: String,
    subject_kind: String,
    subject_id: Uuid,
    particulars: serde_json::Value,
    urgent: bool,
    created_at: DateTime<Utc>,
    read_at: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for NoticeRow {
    type Error = Failure;

    fn try_from(row: Row) -> Result<Self, Failure> {
        Ok(Self {
            id: row.id,
            estate_id: row.estate_id,
            kind: row.kind.parse()?,
            subject: Subject {
                kind: row.subject_kind.parse()?,
                id: row.subject_id,
            },
            particulars: serde_json::from_value(row.particulars)?,
            urgent: row.urgent,
            created_at: row.created_at,
            read_at: row.read_at,
        })
    }
}

/// How many notices somebody has not read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub unread: i64,
    /// Those that hurry.
    pub urgent: i64,
}

/// The notices of one person.
///
/// # Errors
/// `validation_failed` for a cursor of another list.
pub async fn list(
    conn: &mut Conn,
    person: EmployeeId,
    filter: &NoticeFilter,
    request: &ListRequest<NoticeSort>,
) -> Result<Rows<NoticeRow>, Failure> {
    let filtered = || {
        let mut query = notices::table.filter(notices::recipient_id.eq(person.0)).into_boxed();
        match filter.unread {
            Some(true) => query = query.filter(notices::read_at.is_null()),
            Some(false) => query = query.filter(notices::read_at.is_not_null()),
            None => {}
        }
        if let Some(kind) = filter.kind {
            query = query.filter(notices::kind.eq(kind.code()));
        }
        if let Some(kind) = filter.subject_kind {
            query = query.filter(notices::subject_kind.eq(kind.code()));
        }
        query
    };
    let total = if request.count {
        Some(filtered().count().get_result(conn).await?)
    } else {
        None
    };
    let query = filtered().select(Row::as_select());
    let rows: Vec<Row> = keyset!(query, request, notices::created_at, notices::id, DateTime<Utc>)
        .load(conn)
        .await?;
    let rows = rows
        .into_iter()
        .map(NoticeRow::try_from)
        .collect::<Result<Vec<_>, _>>()?;
    Ok(split_next(rows, request.limit, total, |row| {
        (json!(row.created_at), row.id)
    }))
}

/// How many of them are not read.
///
/// # Errors
/// As the database says.
pub async fn unread(conn: &mut Conn, person: EmployeeId) -> Result<Counts, Failure> {
    let (unread, urgent) = notices::table
        .filter(notices::recipient_id.eq(person.0).and(notices::read_at.is_null()))
        .select((
            diesel::dsl::count_star(),
            fixed::<diesel::sql_types::BigInt>("count(*) FILTER (WHERE urgent)"),
        ))
        .first(conn)
        .await?;
    Ok(Counts { unread, urgent })
}

/// Marks one as read; once read it stays so. Gives it.
///
/// # Errors
/// `not_found` for somebody else's.
pub async fn read(conn: &mut Conn, person: EmployeeId, id: Uuid, now: DateTime<Utc>) -> Result<NoticeRow, Failure> {
    let own = || notices::table.filter(notices::id.eq(id).and(notices::recipient_id.eq(person.0)));
    diesel::update(own().filter(notices::read_at.is_null()))
        .set(notices::read_at.eq(now))
        .execute(conn)
        .await?;
    deliveries::drop_read(conn, &[id]).await?;
    let row: Row = own().select(Row::as_select()).first(conn).await?;
    row.try_into()
}

/// Marks everything told of one record as read; gives how many there were.
///
/// # Errors
/// `not_found` for a record that this person was told nothing of.
pub async fn read_of(
    conn: &mut Conn,
    person: EmployeeId,
    subject: Subject,
    now: DateTime<Utc>,
) -> Result<usize, Failure> {
    let of = || {
        notices::subject_id
            .eq(subject.id)
            .and(notices::subject_kind.eq(subject.kind.code()))
    };
    let told: i64 = notices::table
        .filter(notices::recipient_id.eq(person.0))
        .filter(of())
        .count()
        .get_result(conn)
        .await?;
    if told == 0 {
        return Err(Problem::not_found().into());
    }
    let unread: Vec<Uuid> = diesel::update(
        notices::table
            .filter(notices::recipient_id.eq(person.0).and(notices::read_at.is_null()))
            .filter(of()),
    )
    .set(notices::read_at.eq(now))
    .returning(notices::id)
    .get_results(conn)
    .await?;
    deliveries::drop_read(conn, &unread).await?;
    Ok(unread.len())
}

/// Marks everything that was told until `until` as read; what came meanwhile stays. Gives how many there were.
///
/// # Errors
/// As the database says.
pub async fn read_all(
    conn: &mut Conn,
    person: EmployeeId,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<usize, Failure> {
    let unread: Vec<Uuid> = diesel::update(
        notices::table
            .filter(notices::recipient_id.eq(person.0).and(notices::read_at.is_null()))
            .filter(notices::created_at.le(until)),
    )
    .set(notices::read_at.eq(now))
    .returning(notices::id)
    .get_results(conn)
    .await?;
    deliveries::drop_read(conn, &unread).await?;
    Ok(unread.len())
}
