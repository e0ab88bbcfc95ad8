//! What every register of the organisation needs: names beside ids, the day at an estate, and the end of old rights.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;
use wuye_domain::{
    access::{PostCode, Scope},
    org::PostLevel,
    shared::{EmployeeId, EstateId, Problem, Text, zone},
};
use wuye_persistence::{
    Conn, Failure, accounts, estates,
    org::{self, assignments::Assignment},
};

use crate::Work;

/// Names of people by plain ids.
///
/// # Errors
/// As the database says.
pub async fn names(
    conn: &mut Conn,
    ids: impl IntoIterator<Item = Option<Uuid>>,
) -> Result<HashMap<Uuid, String>, Failure> {
    let mut people: Vec<EmployeeId> = ids.into_iter().flatten().map(Into::into).collect();
    people.sort_unstable();
    people.dedup();
    let names = org::names(conn, &people).await?;
    Ok(names.into_iter().map(|(id, name)| (id.0, name)).collect())
}

/// The business date at an estate, or of the company.
///
/// # Errors
/// A 422 at `/estate_id` for an estate that is unknown.
pub async fn today(
    conn: &mut Conn,
    estate: Option<EstateId>,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<NaiveDate, Failure> {
    match estate {
        Some(estate) => crate::estates::today(conn, estate, now).await,
        None => Ok(zone::business_date(now, zone::DEFAULT_ZONE)),
    }
}

/// The estate in which a matter of the company is looked at: its own, or any.
///
/// # Errors
/// `conflict` while there is no estate.
pub async fn place(conn: &mut Conn, estate: Option<EstateId>) -> Result<EstateId, Failure> {
    match estate {
        Some(estate) => Ok(estate),
        None => match estates::all(conn).await?.first() {
            Some(estate) => Ok(estate.id.into()),
            None => Err(Problem::not_found().into()),
        },
    }
}

/// Rights changed outside a date boundary: ends the tokens of these people when the transaction commits.
///
/// # Errors
/// As the database says.
pub async fn end_old_rights(work: &mut Work, people: &[EmployeeId]) -> Result<(), Failure> {
    let accounts = accounts::raise_epoch_of_employees(work, people).await?;
    work.end_tokens(&accounts).await?;
    Ok(())
}

/// Whether a post at a place lies in what the scope opens by the reporting line; heads reach only staff and leaders.
#[must_use]
pub fn reaches(scope: &Scope, estate: Option<EstateId>, post: PostCode, level: PostLevel) -> bool {
    let Some(estate) = estate else { return scope.company() };
    scope.covers(estate) || (!level.is_upper() && scope.opens(estate, post, None, None))
}

/// Whether the scope opens this assignment: of its estate, or by the line in the same squad or area. Company-wide posts
/// are open to the company only.
#[must_use]
pub fn opens(scope: &Scope, held: &Assignment) -> bool {
    match (held.estate_id, held.post.parse()) {
        (Some(estate), Ok(post)) => scope.opens(
            estate.into(),
            post,
            held.squad_id.map(Into::into),
            held.area_id.map(Into::into),
        ),
        _ => scope.company(),
    }
}

/// 403: the post is not below the caller's on the line.
#[must_use]
pub fn not_below() -> Problem {
    Problem::forbidden(&Text::new("该岗位的上级", "a superior of that post"))
}
