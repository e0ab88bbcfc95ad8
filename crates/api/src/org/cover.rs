//! Who covers an absence, and whom the absent person covers: confirmed acting, less the time the stand-in is away too.

use uuid::Uuid;
use wuye_domain::shared::{EmployeeId, EstateId, period::Span};
use wuye_persistence::{
    Conn, Failure,
    org::{absences, acting},
};

/// The times within `span` at which somebody acts for this assignment and is there to do so.
///
/// # Errors
/// As the database says.
pub async fn of(conn: &mut Conn, estate: EstateId, assignment: Uuid, span: Span) -> Result<Vec<Span>, Failure> {
    let all = covers(conn, estate, span).await?;
    Ok(all
        .into_iter()
        .filter(|(of, _)| *of == assignment)
        .map(|(_, span)| span)
        .collect())
}

/// Every time within `span` at which somebody acts for an assignment of the estate and is there to do so.
///
/// # Errors
/// As the database says.
pub async fn covers(conn: &mut Conn, estate: EstateId, span: Span) -> Result<Vec<(Uuid, Span)>, Failure> {
    let acting = acting::confirmed(conn, Some(estate), span).await?;
    let people: Vec<EmployeeId> = acting.iter().map(|row| row.stand_in_id.into()).collect();
    let away = absences::of_people(conn, &people, span).await?;
    let mut covers = Vec::new();
    for row in acting {
        let Some(assignment) = row.principal_assignment else {
            continue;
        };
        let gone: Vec<Span> = away
            .iter()
            .filter(|absence| absence.employee_id == row.stand_in_id && absence.state == "approved")
            .map(absences::Absence::span)
            .collect();
        covers.extend(row.span().without(&gone).into_iter().map(|span| (assignment, span)));
    }
    Ok(covers)
}

/// The times within `span` at which this person acts for somebody, anywhere.
///
/// # Errors
/// As the database says.
pub async fn by(conn: &mut Conn, person: EmployeeId, span: Span) -> Result<Vec<Span>, Failure> {
    let acting = acting::confirmed(conn, None, span).await?;
    Ok(acting
        .iter()
        .filter(|row| row.stand_in_id == person.0)
        .map(acting::ActingRow::span)
        .collect())
}
