//! What the dispatch needs to know about the technicians of an estate: qualification, duty, load, appointments.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::PostCode,
    service_desk::{
        dispatch::{Candidate, OpenOrder},
        orders::{Assignment, OrderState},
        repairs::RepairRequest,
    },
    shared::{AssignmentId, EmployeeId, EstateId, SquadId},
};

use super::repairs::appointment;
use crate::{
    Conn, Failure,
    schema::{
        absences, assignments, employees, qualifications, repair_requests as requests, roster_entries as roster,
        shifts, work_orders as orders,
    },
};

/// Whose work it is to repair.
const REPAIRERS: &[&str] = &[PostCode::Tech.code(), PostCode::Engsup.code()];

/// A technician of the estate.
#[derive(Clone, Debug, Queryable)]
pub struct Technician {
    /// The person.
    pub employee_id: Uuid,
    /// Their name.
    pub name: String,
    /// The assignment.
    pub assignment_id: Uuid,
    /// Its post.
    pub post: String,
    /// Its squad.
    pub squad_id: Option<Uuid>,
    /// Its area.
    pub area_id: Option<Uuid>,
}

/// The moment a decision is made for.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// When the work is to be done: at the appointment, or now.
    pub at: DateTime<Utc>,
    /// Its business date.
    pub date: NaiveDate,
    /// The start of this week.
    pub week: DateTime<Utc>,
}

/// Who repairs in an estate on a date.
///
/// # Errors
/// As the database says.
pub async fn technicians(conn: &mut Conn, estate: EstateId, on: NaiveDate) -> Result<Vec<Technician>, Failure> {
    let mut people: Vec<Technician> = assignments::table
        .inner_join(employees::table)
        .filter(assignments::estate_id.eq(estate.0))
        .filter(assignments::post.eq_any(REPAIRERS))
        .filter(assignments::state.eq("approved").and(assignments::valid_from.le(on)))
        .filter(assignments::valid_until.is_null().or(assignments::valid_until.gt(on)))
        .select((
            assignments::employee_id,
            employees::name,
            assignments::id,
            assignments::post,
            assignments::squad_id,
            assignments::area_id,
        ))
        .order((assignments::employee_id, assignments::kind.desc(), assignments::id))
        .load(conn)
        .await?;
    people.dedup_by_key(|technician| technician.employee_id);
    Ok(people)
}

impl Technician {
    /// As the one chosen for a place in this area.
    ///
    /// # Errors
    /// `Internal` on a post this version does not know.
    pub fn chosen(&self, request: &RepairRequest) -> Result<Assignment, Failure> {
        Ok(Assignment {
            technician: EmployeeId(self.employee_id),
            assignment: AssignmentId(self.assignment_id),
            post: self.post.parse()?,
            squad: self.squad_id.map(SquadId),
            area: request.area_id,
        })
    }
}

/// The technicians as the ranking wants them, for work in `area` at the moment given.
///
/// # Errors
/// As the database says.
pub async fn candidates(
    conn: &mut Conn,
    people: &[Technician],
    area: Option<Uuid>,
    moment: Moment,
) -> Result<Vec<Candidate>, Failure> {
    let ids: Vec<Uuid> = people.iter().map(|technician| technician.employee_id).collect();
    let mut skills = skills(conn, &ids, moment.date).await?;
    let mut duty = duty(conn, &ids, moment.at).await?;
    let mut work = work(conn, &ids, moment.week).await?;
    Ok(people
        .iter()
        .map(|technician| {
            let id = technician.employee_id;
            let duty = duty.remove(&id).unwrap_or_default();
            let work = work.remove(&id).unwrap_or_default();
            Candidate {
                employee: EmployeeId(id),
                categories: skills.remove(&id).unwrap_or_default(),
                on_duty: duty.on_duty,
                on_call: duty.on_call,
                next_shift: duty.next_shift,
                knows_area: area.is_some() && technician.area_id == area,
                open: work.open,
                week_minutes: work.week_minutes,
                appointments: work.appointments,
            }
        })
        .collect())
}

type Skills = HashMap<Uuid, BTreeSet<wuye_domain::service_desk::RepairCategory>>;

async fn skills(conn: &mut Conn, ids: &[Uuid], on: NaiveDate) -> Result<Skills, Failure> {
    let rows: Vec<(Uuid, String)> = qualifications::table
        .filter(qualifications::employee_id.eq_any(ids))
        .filter(qualifications::valid_from.le(on))
        .filter(
            qualifications::valid_until
                .is_null()
                .or(qualifications::valid_until.gt(on)),
        )
        .select((qualifications::employee_id, qualifications::category_code))
        .load(conn)
        .await?;
    let mut skills = Skills::new();
    for (employee, code) in rows {
        // A category of a newer version is nobody's skill here.
        if let Ok(category) = code.parse() {
            skills.entry(employee).or_default().insert(category);
        }
    }
    Ok(skills)
}

#[derive(Default)]
struct Duty {
    on_duty: bool,
    on_call: bool,
    next_shift: Option<DateTime<Utc>>,
}

async fn duty(conn: &mut Conn, ids: &[Uuid], at: DateTime<Utc>) -> Result<HashMap<Uuid, Duty>, Failure> {
    let entries: Vec<(Uuid, String, DateTime<Utc>, DateTime<Utc>)> = roster::table
        .inner_join(shifts::table)
        .filter(roster::employee_id.eq_any(ids).and(roster::ends_at.gt(at)))
        .filter(roster::starts_at.lt(at + chrono::TimeDelta::days(14)))
        .select((roster::employee_id, shifts::kind, roster::starts_at, roster::ends_at))
        .order(roster::starts_at)
        .load(conn)
        .await?;
    let away: Vec<(Uuid, DateTime<Utc>, DateTime<Utc>)> = absences::table
        .filter(absences::employee_id.eq_any(ids).and(absences::state.eq("approved")))
        .filter(absences::ends_at.gt(at))
        .select((absences::employee_id, absences::starts_at, absences::ends_at))
        .load(conn)
        .await?;
    let absent = |who: Uuid, when: DateTime<Utc>| {
        away.iter()
            .any(|(employee, from, until)| *employee == who && *from <= when && when < *until)
    };
    let mut duties: HashMap<Uuid, Duty> = HashMap::new();
    for (employee, kind, starts, ends) in entries {
        let duty = duties.entry(employee).or_default();
        let running = starts <= at && at < ends;
        match (kind.as_str(), running) {
            (_, true) if absent(employee, at) => {}
            ("duty", true) => duty.on_duty = true,
            ("on_call", true) => duty.on_call = true,
            ("duty", false) if !absent(employee, starts) => {
                duty.next_shift = Some(duty.next_shift.map_or(starts, |known| known.min(starts)));
            }
            _ => {}
        }
    }
    Ok(duties)
}

#[derive(Default)]
struct Work {
    open: Vec<OpenOrder>,
    week_minutes: u32,
    appointments: Vec<(DateTime<Utc>, DateTime<Utc>)>,
}

type Range = (
    std::collections::Bound<DateTime<Utc>>,
    std::collections::Bound<DateTime<Utc>>,
);
type WorkRow = (Uuid, String, String, i32, DateTime<Utc>, Option<Range>);

async fn work(conn: &mut Conn, ids: &[Uuid], week: DateTime<Utc>) -> Result<HashMap<Uuid, Work>, Failure> {
    let open = super::repairs::codes(OrderState::open().into_iter().map(OrderState::code));
    let rows: Vec<WorkRow> = orders::table
        .inner_join(requests::table)
        .filter(orders::technician_id.eq_any(ids))
        .filter(orders::state.ne(OrderState::Cancelled.code()))
        .filter(orders::state.eq_any(open).or(orders::dispatched_at.ge(week)))
        .select((
            orders::technician_id,
            orders::state,
            orders::urgency,
            orders::estimated_minutes,
            orders::dispatched_at,
            requests::appointment,
        ))
        .load(conn)
        .await?;
    let mut works: HashMap<Uuid, Work> = HashMap::new();
    for (technician, state, urgency, minutes, dispatched_at, time) in rows {
        let state: OrderState = state.parse()?;
        let work = works.entry(technician).or_default();
        let minutes = u32::try_from(minutes).unwrap_or(0);
        if dispatched_at >= week {
            work.week_minutes += minutes;
        }
        if state.in_work() {
            work.open.push(OpenOrder {
                remaining_minutes: minutes,
                urgency: urgency.parse()?,
            });
            if let Some(time) = time.and_then(appointment) {
                work.appointments.push((time.from, time.until));
            }
        }
    }
    Ok(works)
}

/// Lets dispatchers of an estate decide one after the other, so that each sees the loads the one before has made.
///
/// # Errors
/// As the database says.
pub async fn one_at_a_time(conn: &mut Conn, estate: EstateId) -> Result<(), Failure> {
    diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended($1, 9))")
        .bind::<diesel::sql_types::Text, _>(estate.0.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

/// The technician chosen, as the rules want them.
///
/// # Errors
/// `validation_failed` for somebody who does not repair in this estate.
pub fn chosen(people: &[Technician], who: EmployeeId, request: &RepairRequest) -> Result<Assignment, Failure> {
    use wuye_domain::shared::{Problem, Text};
    let technician = people.iter().find(|technician| technician.employee_id == who.0);
    let unknown = || {
        Problem::field(
            "/technician_id",
            "unknown_reference",
            Text::new("本小区没有这位维修员", "the estate has no such technician"),
        )
    };
    technician.ok_or_else(unknown)?.chosen(request)
}
