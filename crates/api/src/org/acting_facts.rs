//! What the rules of acting must know about people and time, read from the rows.

use chrono::{DateTime, Utc};
use wuye_domain::{
    access::PostCode,
    org::acting::{ActingPeriod, Facts, pair},
    shared::{EmployeeId, EstateId},
};
use wuye_persistence::{
    Conn, Failure,
    org::{absences, acting, assignments, staff},
};

use super::common;

/// The facts for a period, for the whole of its time.
///
/// # Errors
/// As the database says.
pub async fn load(
    conn: &mut Conn,
    period: &ActingPeriod,
    estate: EstateId,
    now: DateTime<Utc>,
    expenses_allowed: bool,
) -> Result<Facts, Failure> {
    let staff = staff::load(conn, estate, now).await?;
    let today = common::today(conn, Some(estate), now).await?;
    let others: Vec<acting::ActingRow> = acting::confirmed(conn, Some(estate), period.span)
        .await?
        .into_iter()
        .filter(|row| row.id != period.id.0)
        .collect();
    let by_stand_in = || others.iter().filter(|row| row.stand_in_id == period.stand_in.0);
    let held = assignments::of_employee(conn, period.stand_in, today).await?;
    let mut stand_in_posts: Vec<PostCode> = held.iter().map(|row| row.post.parse()).collect::<Result<_, _>>()?;
    for row in by_stand_in() {
        stand_in_posts.push(row.post.parse()?);
    }
    let mut above = staff.tree.above(period.post, today);
    above.extend(
        staff
            .tree
            .edges()
            .iter()
            .filter(|edge| edge.child == period.post && edge.period.contains(today))
            .map(|edge| edge.parent),
    );
    let checkers = staff
        .holders
        .iter()
        .filter(|holder| above.contains(&holder.post))
        .map(|holder| holder.employee);
    Ok(Facts {
        stand_in_absent: !absences::of_people(conn, &[period.stand_in], period.span)
            .await?
            .is_empty(),
        stand_in_acts_for: by_stand_in()
            .filter_map(|row| row.principal_id)
            .map(Into::into)
            .collect(),
        checkers: checkers.collect(),
        pair_present: pair_present(conn, &staff, period).await?,
        covered_already: covered(&others, period),
        stand_in_posts,
        expenses_allowed,
    })
}

/// Whether somebody in one of the posts that the manual names is there all the time.
async fn pair_present(conn: &mut Conn, staff: &staff::StaffData, period: &ActingPeriod) -> Result<bool, Failure> {
    let Some(pair) = pair(period.post) else {
        return Ok(false);
    };
    let people: Vec<EmployeeId> = staff
        .holders
        .iter()
        .filter(|holder| pair.stand_ins.contains(&holder.post) && Some(holder.employee) != period.principal)
        .map(|holder| holder.employee)
        .collect();
    let away = absences::of_people(conn, &people, period.span).await?;
    Ok(people
        .iter()
        .any(|person| away.iter().all(|absence| absence.employee_id != person.0)))
}

fn covered(others: &[acting::ActingRow], period: &ActingPeriod) -> bool {
    others.iter().any(|row| match period.assignment {
        Some(assignment) => row.principal_assignment == Some(assignment.0),
        None => row.principal_assignment.is_none() && row.post == period.post.code(),
    })
}
