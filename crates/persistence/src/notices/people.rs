//! People around a record: who holds its post where nobody is named, who acts for whom.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    notices::Known,
    shared::{EmployeeId, Subject, SubjectKind, zone},
};

use crate::{
    Conn, Failure,
    schema::{acting_periods as acting, assignments, obligations},
    scope::Predicate,
};

/// Who acts for whom at `now`.
///
/// # Errors
/// As the database says.
pub(super) async fn stand_ins(
    conn: &mut Conn,
    now: DateTime<Utc>,
) -> Result<HashMap<EmployeeId, Vec<EmployeeId>>, Failure> {
    let rows: Vec<(Option<Uuid>, Uuid)> = acting::table
        .filter(acting::state.eq("confirmed"))
        .filter(acting::starts_at.le(now).and(acting::ends_at.gt(now)))
        .filter(acting::principal_id.is_not_null())
        .select((acting::principal_id, acting::stand_in_id))
        .order((acting::principal_id, acting::stand_in_id))
        .load(conn)
        .await?;
    let mut all = HashMap::<EmployeeId, Vec<EmployeeId>>::new();
    for (principal, stand_in) in rows {
        if let Some(principal) = principal {
            all.entry(principal.into()).or_default().push(stand_in.into());
        }
    }
    Ok(all)
}

/// Names the holders of the post for duties that one of them does for all.
///
/// # Errors
/// As the database says.
pub(super) async fn holders_of_posts(
    conn: &mut Conn,
    known: &mut HashMap<Subject, Known>,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let unnamed: Vec<Uuid> = known
        .iter()
        .filter(|(subject, known)| subject.kind == SubjectKind::Obligation && known.holders.is_empty())
        .map(|(subject, _)| subject.id)
        .collect();
    if unnamed.is_empty() {
        return Ok(());
    }
    let rows: Vec<(Uuid, Uuid, String)> = obligations::table
        .filter(obligations::id.eq_any(unnamed))
        .select((obligations::id, obligations::estate_id, obligations::responsible_post))
        .load(conn)
        .await?;
    let holders = holders(conn, rows.iter().map(|(_, _, post)| post.clone()).collect(), now).await?;
    for (id, estate, post) in rows {
        if let Some(known) = known.get_mut(&Subject::new(SubjectKind::Obligation, id)) {
            known.holders = holders.get(&(estate, post)).cloned().unwrap_or_default();
        }
    }
    Ok(())
}

/// Who holds each of these posts today, by estate and post.
///
/// # Errors
/// As the database says.
pub(super) async fn holders(
    conn: &mut Conn,
    posts: Vec<String>,
    now: DateTime<Utc>,
) -> Result<HashMap<(Uuid, String), Vec<EmployeeId>>, Failure> {
    let today = zone::business_date(now, zone::DEFAULT_ZONE);
    let rows: Vec<(Option<Uuid>, String, Uuid)> = assignments::table
        .filter(assignments::post.eq_any(posts))
        .filter(in_force(today))
        .select((assignments::estate_id, assignments::post, assignments::employee_id))
        .order(assignments::employee_id)
        .load(conn)
        .await?;
    let mut all = HashMap::<(Uuid, String), Vec<EmployeeId>>::new();
    for (estate, post, employee) in rows {
        if let Some(estate) = estate {
            all.entry((estate, post)).or_default().push(employee.into());
        }
    }
    Ok(all)
}

/// The estate that each of these people works in: that of the primary post where they hold several; none for the company's.
///
/// # Errors
/// As the database says.
pub(super) async fn homes(
    conn: &mut Conn,
    people: &[Uuid],
    now: DateTime<Utc>,
) -> Result<HashMap<Uuid, Uuid>, Failure> {
    let today = zone::business_date(now, zone::DEFAULT_ZONE);
    let rows: Vec<(Uuid, Option<Uuid>)> = assignments::table
        .filter(assignments::employee_id.eq_any(people))
        .filter(in_force(today))
        .select((assignments::employee_id, assignments::estate_id))
        // The primary one last, so that it stays.
        .order((assignments::employee_id, assignments::kind, assignments::valid_from))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(person, estate)| Some((person, estate?)))
        .collect())
}

/// Assignments that are in force on a day.
fn in_force(day: NaiveDate) -> Predicate<assignments::table> {
    let lasts = assignments::valid_until
        .is_null()
        .or(assignments::valid_until.assume_not_null().gt(day));
    Box::new(
        assignments::state
            .eq("approved")
            .and(assignments::valid_from.le(day))
            .and(lasts),
    )
}
