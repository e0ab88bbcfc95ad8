//! The roster: who is on which shift on which day.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::{PostCode, Scope},
    shared::{EmployeeId, EstateId, period::Span},
};

use crate::{
    Conn, Failure, in_scope,
    schema::{roster_entries as roster, shifts},
};

/// One person on one shift on one day.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize, ToSchema)]
#[diesel(table_name = roster, treat_none_as_default_value = false)]
pub struct RosterEntry {
    /// Its id.
    pub id: Uuid,
    /// The estate.
    pub estate_id: Uuid,
    /// The post the person works from.
    #[serde(rename = "post")]
    #[schema(value_type = PostCode)]
    pub responsible_post: String,
    /// The assignment.
    #[serde(rename = "assignment_id")]
    pub responsible_assignment: Option<Uuid>,
    /// The squad.
    pub squad_id: Option<Uuid>,
    /// The area.
    pub area_id: Option<Uuid>,
    /// Who made the entry.
    pub created_by: Option<Uuid>,
    /// Who is on duty.
    pub employee_id: Uuid,
    /// The shift.
    pub shift_id: Uuid,
    /// The day the shift begins.
    pub on_date: NaiveDate,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when.
    pub ends_at: DateTime<Utc>,
    /// When the entry was made.
    pub created_at: DateTime<Utc>,
}

/// A roster entry with the words people read.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RosterLine {
    /// The entry.
    #[serde(flatten)]
    pub entry: RosterEntry,
    /// The person's name.
    pub employee_name: String,
    /// The shift's code.
    pub shift_code: String,
    /// The shift's name.
    pub shift_name: String,
}

/// The roster of an estate for the days `[from, until)`, by day and begin.
///
/// # Errors
/// As the database says.
pub async fn days(
    conn: &mut Conn,
    scope: &Scope,
    estate: EstateId,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<RosterLine>, Failure> {
    let entries: Vec<RosterEntry> = roster::table
        .filter(in_scope!(roster, scope))
        .filter(roster::estate_id.eq(estate.0))
        .filter(roster::on_date.ge(from).and(roster::on_date.lt(until)))
        .select(RosterEntry::as_select())
        .order((roster::on_date, roster::starts_at, roster::id))
        .load(conn)
        .await?;
    let people: Vec<EmployeeId> = entries.iter().map(|entry| entry.employee_id.into()).collect();
    let names = super::names(conn, &people).await?;
    let kinds: Vec<(Uuid, String, String)> = shifts::table
        .filter(shifts::estate_id.eq(estate.0))
        .select((shifts::id, shifts::code, shifts::name))
        .load(conn)
        .await?;
    Ok(entries
        .into_iter()
        .map(|entry| {
            let (code, name) = kinds
                .iter()
                .find(|(id, _, _)| *id == entry.shift_id)
                .map(|(_, code, name)| (code.clone(), name.clone()))
                .unwrap_or_default();
            RosterLine {
                employee_name: names.get(&entry.employee_id.into()).cloned().unwrap_or_default(),
                shift_code: code,
                shift_name: name,
                entry,
            }
        })
        .collect())
}

/// Who of these people is on duty at some time of a span; what dispatch asks.
///
/// # Errors
/// As the database says.
pub async fn on_duty(conn: &mut Conn, people: &[EmployeeId], span: Span) -> Result<Vec<RosterEntry>, Failure> {
    let ids: Vec<Uuid> = people.iter().map(|id| id.0).collect();
    Ok(roster::table
        .filter(roster::employee_id.eq_any(ids))
        .filter(roster::starts_at.lt(span.until).and(roster::ends_at.gt(span.from)))
        .select(RosterEntry::as_select())
        .order((roster::starts_at, roster::id))
        .load(conn)
        .await?)
}

/// Takes away what these people have on these days. Gives the number of entries.
///
/// # Errors
/// As the database says.
pub async fn clear(conn: &mut Conn, estate: EstateId, cells: &[(EmployeeId, NaiveDate)]) -> Result<usize, Failure> {
    let mut cleared = 0;
    // One statement per person, not per cell: a week of a squad is a handful.
    let mut people: Vec<EmployeeId> = cells.iter().map(|(person, _)| *person).collect();
    people.sort_unstable();
    people.dedup();
    for person in people {
        let days: Vec<NaiveDate> = cells
            .iter()
            .filter(|(of, _)| *of == person)
            .map(|(_, day)| *day)
            .collect();
        cleared += diesel::delete(
            roster::table
                .filter(roster::estate_id.eq(estate.0).and(roster::employee_id.eq(person.0)))
                .filter(roster::on_date.eq_any(days)),
        )
        .execute(conn)
        .await?;
    }
    Ok(cleared)
}

/// Adds entries.
///
/// # Errors
/// `conflict` when a person would be on two shifts at once.
pub async fn insert(conn: &mut Conn, rows: &[RosterEntry]) -> Result<(), Failure> {
    for chunk in rows.chunks(1000) {
        diesel::insert_into(roster::table).values(chunk).execute(conn).await?;
    }
    Ok(())
}
