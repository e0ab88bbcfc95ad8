//! Who holds which post in an estate: for naming owners, mediators and visitors, and for who decides.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::PostCode,
    service_desk::{
        Responsible,
        cases::{Holders, Owner},
    },
    shared::{EmployeeId, EstateId},
};

use crate::{
    Conn, Failure,
    schema::{acting_periods as acting, assignments},
};

/// A person in one of their assignments in `estate`, the primary one first; `None` for who does not work there.
/// With `posts` only in one of these.
///
/// # Errors
/// As the database says.
pub async fn owner(
    conn: &mut Conn,
    estate: EstateId,
    employee: EmployeeId,
    posts: &[PostCode],
    on: NaiveDate,
) -> Result<Option<Owner>, Failure> {
    type Row = (Uuid, String, Option<Uuid>, Option<Uuid>);
    let rows: Vec<Row> = assignments::table
        .filter(
            assignments::employee_id
                .eq(employee.0)
                .and(assignments::estate_id.assume_not_null().eq(estate.0))
                .and(assignments::state.eq("approved"))
                .and(assignments::valid_from.le(on))
                .and(assignments::valid_until.is_null().or(assignments::valid_until.gt(on))),
        )
        .order((assignments::kind.desc(), assignments::id))
        .select((
            assignments::id,
            assignments::post,
            assignments::squad_id,
            assignments::area_id,
        ))
        .load(conn)
        .await?;
    for (id, post, squad, area) in rows {
        let post: PostCode = post.parse()?;
        if posts.is_empty() || posts.contains(&post) {
            let responsible = Responsible {
                post,
                assignment: Some(id.into()),
                squad: squad.map(Into::into),
                area: area.map(Into::into),
            };
            return Ok(Some(Owner { employee, responsible }));
        }
    }
    Ok(None)
}

/// The post a person holds in `estate`, primary first.
///
/// # Errors
/// As the database says.
pub async fn post_of(
    conn: &mut Conn,
    estate: EstateId,
    employee: EmployeeId,
    on: NaiveDate,
) -> Result<Option<PostCode>, Failure> {
    Ok(owner(conn, estate, employee, &[], on)
        .await?
        .map(|owner| owner.responsible.post))
}

/// The holders of each post of `line` in `estate` at `now`, stand-ins included; company-wide posts count everywhere.
///
/// # Errors
/// As the database says.
pub async fn holders(
    conn: &mut Conn,
    estate: EstateId,
    line: &[PostCode],
    on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Vec<Holders>, Failure> {
    let codes: Vec<&str> = line.iter().map(|post| post.code()).collect();
    let here = assignments::post
        .eq_any(codes)
        .and(assignments::state.eq("approved"))
        .and(assignments::valid_from.le(on))
        .and(assignments::valid_until.is_null().or(assignments::valid_until.gt(on)))
        .and(
            assignments::estate_id
                .is_null()
                .or(assignments::estate_id.assume_not_null().eq(estate.0)),
        );
    let own: Vec<(String, Uuid)> = assignments::table
        .filter(here.clone())
        .select((assignments::post, assignments::employee_id))
        .load(conn)
        .await?;
    let stood_in: Vec<(String, Uuid)> = acting::table
        .inner_join(assignments::table.on(acting::principal_assignment.assume_not_null().eq(assignments::id)))
        .filter(here)
        .filter(
            acting::state
                .eq("confirmed")
                .and(acting::starts_at.le(now))
                .and(acting::ends_at.gt(now)),
        )
        .select((assignments::post, acting::stand_in_id))
        .load(conn)
        .await?;
    Ok(line
        .iter()
        .map(|post| Holders {
            post: *post,
            people: own
                .iter()
                .chain(&stood_in)
                .filter(|(code, _)| code == post.code())
                .map(|(_, person)| EmployeeId(*person))
                .collect(),
        })
        .collect())
}
