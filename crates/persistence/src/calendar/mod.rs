//! Days that were entered over the built-in calendar: by the company for all its estates, by an estate for itself.

pub mod workbench;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::shared::{
    EstateId, Name, Problem,
    calendar::{CalendarDay, CalendarYear, DaySource, Level},
    workdays::WorkdayCalendar,
    zone::{Tz, zone},
};

use crate::{
    Conn, Failure,
    schema::{calendar_days as days, calendar_years as years, estates},
};

/// A day as it is stored: whose, date, kind, name.
type Entered = (Option<Uuid>, NaiveDate, String, String);

/// The zone of an estate and the calendar it counts by, in one statement: this is read at almost every write.
///
/// # Errors
/// `not_found` for an estate that is not there.
pub async fn of_estate(mut conn: &Conn, estate: EstateId) -> Result<(Tz, WorkdayCalendar), Failure> {
    let whose = days::estate_id.is_null().or(days::estate_id.eq(estates::id.nullable()));
    let rows: Vec<(String, Option<Entered>)> = estates::table
        .left_join(days::table.on(whose))
        .filter(estates::id.eq(estate.0))
        .select((
            estates::time_zone,
            (days::estate_id, days::date, days::kind, days::name).nullable(),
        ))
        .load(&mut conn)
        .await?;
    let (name, _) = rows.as_slice().first().ok_or_else(Problem::not_found)?;
    let zone = zone(name);
    Ok((zone, calendar(rows.into_iter().filter_map(|(_, day)| day))?))
}

/// The calendar that holds for every estate.
///
/// # Errors
/// As the database says.
pub async fn of_company(mut conn: &Conn) -> Result<WorkdayCalendar, Failure> {
    let rows: Vec<Entered> = days::table
        .filter(days::estate_id.is_null())
        .select((days::estate_id, days::date, days::kind, days::name))
        .load(&mut conn)
        .await?;
    calendar(rows)
}

/// The built-in calendar with the company's days over it, and the estate's over those.
fn calendar(rows: impl IntoIterator<Item = Entered>) -> Result<WorkdayCalendar, Failure> {
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_by_key(|(estate, ..)| estate.is_some());
    let mut calendar = WorkdayCalendar::built_in();
    for (_, date, kind, name) in rows {
        calendar.set(date, kind.parse()?, name);
    }
    Ok(calendar)
}

/// The days that were entered at exactly this level, by date.
///
/// # Errors
/// As the database says.
pub async fn entered(conn: &mut Conn, level: Level) -> Result<Vec<CalendarDay>, Failure> {
    let (from, until) = span(level.year);
    let rows: Vec<(NaiveDate, String, String)> = days::table
        .filter(days::estate_id.is_not_distinct_from(level.estate.map(|id| id.0)))
        .filter(days::date.ge(from).and(days::date.lt(until)))
        .select((days::date, days::kind, days::name))
        .order(days::date)
        .load(conn)
        .await?;
    rows.into_iter()
        .map(|(date, kind, name)| {
            Ok(CalendarDay {
                date,
                kind: kind.parse()?,
                name: Name::new(&name).ok(),
            })
        })
        .collect()
}

/// Who says so, for each day of a year that somebody has entered.
///
/// # Errors
/// As the database says.
pub async fn sources(conn: &mut Conn, level: Level) -> Result<Vec<(NaiveDate, DaySource)>, Failure> {
    let (from, until) = span(level.year);
    let own = days::estate_id
        .is_null()
        .or(days::estate_id.is_not_distinct_from(level.estate.map(|id| id.0)));
    let mut rows: Vec<(NaiveDate, Option<Uuid>)> = days::table
        .filter(own)
        .filter(days::date.ge(from).and(days::date.lt(until)))
        .select((days::date, days::estate_id))
        .load(conn)
        .await?;
    // The estate's own day is said last: it goes before the company's.
    rows.sort_by_key(|(_, estate)| estate.is_some());
    let source = |estate: Option<Uuid>| match estate {
        Some(_) => DaySource::Estate,
        None => DaySource::Company,
    };
    Ok(rows.into_iter().map(|(date, estate)| (date, source(estate))).collect())
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = years, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: Uuid,
    estate_id: Option<Uuid>,
    year: i32,
    reason: String,
    entered_by: Uuid,
    entered_at: DateTime<Utc>,
    confirmed_by: Option<Uuid>,
    confirmed_at: Option<DateTime<Utc>>,
    version: i32,
}

impl From<Row> for CalendarYear {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            estate_id: row.estate_id.map(Into::into),
            year: row.year,
            reason: row.reason,
            entered_by: row.entered_by.into(),
            entered_at: row.entered_at,
            confirmed_by: row.confirmed_by.map(Into::into),
            confirmed_at: row.confirmed_at,
            version: row.version,
        }
    }
}

impl From<&CalendarYear> for Row {
    fn from(year: &CalendarYear) -> Self {
        Self {
            id: year.id,
            estate_id: year.estate_id.map(Into::into),
            year: year.year,
            reason: year.reason.clone(),
            entered_by: year.entered_by.0,
            entered_at: year.entered_at,
            confirmed_by: year.confirmed_by.map(|id| id.0),
            confirmed_at: year.confirmed_at,
            version: year.version,
        }
    }
}

/// The entry of a year at exactly this level, if there is one.
///
/// # Errors
/// As the database says.
pub async fn year(conn: &mut Conn, level: Level) -> Result<Option<CalendarYear>, Failure> {
    let row: Option<Row> = years::table
        .filter(years::year.eq(level.year))
        .filter(years::estate_id.is_not_distinct_from(level.estate.map(|id| id.0)))
        .select(Row::as_select())
        .first(conn)
        .await
        .optional()?;
    Ok(row.map(Into::into))
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// As the database says.
pub async fn lock_year(conn: &mut Conn, level: Level) -> Result<Option<CalendarYear>, Failure> {
    let row: Option<Row> = years::table
        .filter(years::year.eq(level.year))
        .filter(years::estate_id.is_not_distinct_from(level.estate.map(|id| id.0)))
        .select(Row::as_select())
        .for_update()
        .first(conn)
        .await
        .optional()?;
    Ok(row.map(Into::into))
}

/// An entry by its id, for its history.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, id: Uuid) -> Result<CalendarYear, Failure> {
    let row: Row = years::table.find(id).select(Row::as_select()).first(conn).await?;
    Ok(row.into())
}

/// Stores the entry of a year: a new one, or over the one that was locked.
///
/// # Errors
/// `conflict` when somebody else entered the year at the same time.
pub async fn save(conn: &mut Conn, year: &CalendarYear) -> Result<(), Failure> {
    let row = Row::from(year);
    if year.version == 1 {
        diesel::insert_into(years::table).values(&row).execute(conn).await?;
    } else {
        diesel::update(years::table.find(row.id))
            .set(&row)
            .execute(conn)
            .await?;
    }
    Ok(())
}

/// Replaces the days of a level.
///
/// # Errors
/// As the database says.
pub async fn replace(conn: &mut Conn, level: Level, entered: &[CalendarDay]) -> Result<(), Failure> {
    let (from, until) = span(level.year);
    let estate = level.estate.map(|id| id.0);
    diesel::delete(
        days::table
            .filter(days::estate_id.is_not_distinct_from(estate))
            .filter(days::date.ge(from).and(days::date.lt(until))),
    )
    .execute(conn)
    .await?;
    let rows: Vec<_> = entered
        .iter()
        .map(|day| {
            (
                days::id.eq(Uuid::now_v7()),
                days::estate_id.eq(estate),
                days::date.eq(day.date),
                days::kind.eq(day.kind.code()),
                days::name.eq(day.name.as_deref().unwrap_or_default()),
            )
        })
        .collect();
    diesel::insert_into(days::table).values(rows).execute(conn).await?;
    Ok(())
}

/// From the first day of a year to the first of the next.
fn span(year: i32) -> (NaiveDate, NaiveDate) {
    let first = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MAX);
    (first(year), first(year + 1))
}
