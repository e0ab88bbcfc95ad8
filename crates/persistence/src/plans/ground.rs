//! What duties are laid out on: who holds which post, who has which shift, who is away, who acts.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::PostCode,
    org::superior::Holder,
    plans::obligations::DutyShift,
    shared::{
        AssignmentId, EmployeeId, EstateId,
        period::{Period, Span},
    },
};

use crate::{
    Conn, Failure,
    org::assignments::Assignment,
    schema::{absences, acting_periods, assignments, roster_entries},
};

/// What the domain borrows from, without calendar and zone.
#[derive(Clone, Debug, Default)]
pub struct GroundData {
    /// Everybody who holds a post at some time of the window.
    pub holders: Vec<Holder>,
    /// The roster.
    pub shifts: Vec<DutyShift>,
    /// Who is away.
    pub absences: Vec<(EmployeeId, Span)>,
    /// Who is acted for.
    pub acting: Vec<(AssignmentId, Span)>,
}

/// Reads it for the days `[from, until)`; `span` is the same time by the clock. The caller widens both so that the weeks at
/// the ends are whole.
///
/// # Errors
/// As the database says; `Internal` on a post this version does not know.
pub async fn load(
    conn: &mut Conn,
    estate: EstateId,
    from: NaiveDate,
    until: NaiveDate,
    span: Span,
) -> Result<GroundData, Failure> {
    let rows: Vec<Assignment> = assignments::table
        .filter(assignments::state.eq("approved").and(assignments::valid_from.lt(until)))
        .filter(
            assignments::valid_until
                .is_null()
                .or(assignments::valid_until.assume_not_null().gt(from)),
        )
        .filter(
            assignments::estate_id
                .is_null()
                .or(assignments::estate_id.assume_not_null().eq(estate.0)),
        )
        .select(Assignment::as_select())
        .order((assignments::post, assignments::valid_from, assignments::id))
        .load(conn)
        .await?;
    let holders = rows.into_iter().map(holder).collect::<Result<_, Failure>>()?;
    type Entry = (Uuid, String, NaiveDate, DateTime<Utc>, DateTime<Utc>);
    let rows: Vec<Entry> = roster_entries::table
        .filter(roster_entries::estate_id.eq(estate.0))
        .filter(roster_entries::on_date.ge(from).and(roster_entries::on_date.lt(until)))
        .select((
            roster_entries::employee_id,
            roster_entries::responsible_post,
            roster_entries::on_date,
            roster_entries::starts_at,
            roster_entries::ends_at,
        ))
        .load(conn)
        .await?;
    let shifts = rows
        .into_iter()
        .map(|(employee, post, on, from, until)| {
            Ok(DutyShift {
                employee: employee.into(),
                post: post.parse::<PostCode>()?,
                on,
                span: Span { from, until },
            })
        })
        .collect::<Result<_, Failure>>()?;
    let away: Vec<(Uuid, DateTime<Utc>, DateTime<Utc>)> = absences::table
        .filter(absences::estate_id.eq(estate.0).and(absences::state.eq("approved")))
        .filter(absences::starts_at.lt(span.until).and(absences::ends_at.gt(span.from)))
        .select((absences::employee_id, absences::starts_at, absences::ends_at))
        .load(conn)
        .await?;
    let acting: Vec<(Option<Uuid>, DateTime<Utc>, DateTime<Utc>)> = acting_periods::table
        .filter(acting_periods::state.eq("confirmed"))
        .filter(
            acting_periods::estate_id
                .is_null()
                .or(acting_periods::estate_id.assume_not_null().eq(estate.0)),
        )
        .filter(
            acting_periods::starts_at
                .lt(span.until)
                .and(acting_periods::ends_at.gt(span.from)),
        )
        .select((
            acting_periods::principal_assignment,
            acting_periods::starts_at,
            acting_periods::ends_at,
        ))
        .load(conn)
        .await?;
    Ok(GroundData {
        holders,
        shifts,
        absences: away
            .into_iter()
            .map(|(who, from, until)| (who.into(), Span { from, until }))
            .collect(),
        acting: acting
            .into_iter()
            .filter_map(|(whose, from, until)| Some((whose?.into(), Span { from, until })))
            .collect(),
    })
}

fn holder(row: Assignment) -> Result<Holder, Failure> {
    Ok(Holder {
        assignment: row.id.into(),
        employee: row.employee_id.into(),
        post: row.post.parse()?,
        estate: row.estate_id.map(Into::into),
        squad: row.squad_id.map(Into::into),
        area: row.area_id.map(Into::into),
        period: Period {
            from: row.valid_from,
            until: row.valid_until,
        },
        able: true,
    })
}
