//! Which posts a person holds at an instant, in their own right and acting: the root of every right.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::{HeldPost, Permission, PostCode, line},
    shared::{
        EmployeeId,
        zone::{self, business_date, start_of},
    },
};

use crate::{
    Conn, Failure,
    schema::{acting_periods as acting, assignments, estates, reporting_edges as edges},
};

/// What a person holds, and until when that is sure to stay so.
#[derive(Clone, Debug, Default)]
pub struct Holding {
    /// The posts held.
    pub posts: Vec<HeldPost>,
    /// The next instant at which a date boundary changes them; no token lives longer.
    pub next_change: Option<DateTime<Utc>>,
}

#[derive(Queryable)]
struct Held {
    id: Uuid,
    post: String,
    estate_id: Option<Uuid>,
    squad_id: Option<Uuid>,
    area_id: Option<Uuid>,
    valid_from: NaiveDate,
    valid_until: Option<NaiveDate>,
    zone: Option<String>,
}

#[derive(Queryable)]
struct Acting {
    principal_id: Option<Uuid>,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    excluded_rights: Vec<Option<String>>,
    assignment: Held,
}

#[derive(Queryable)]
struct Vacancy {
    id: Uuid,
    post: String,
    estate_id: Option<Uuid>,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    excluded_rights: Vec<Option<String>>,
}

fn rights(codes: &[Option<String>]) -> Vec<Permission> {
    codes.iter().flatten().filter_map(|code| code.parse().ok()).collect()
}

/// The posts `person` holds at `now`.
///
/// # Errors
/// As the database says; `Internal` on a post code this version does not know.
pub async fn holding(conn: &mut Conn, person: EmployeeId, now: DateTime<Utc>) -> Result<Holding, Failure> {
    let columns = (
        assignments::id,
        assignments::post,
        assignments::estate_id,
        assignments::squad_id,
        assignments::area_id,
        assignments::valid_from,
        assignments::valid_until,
        estates::time_zone.nullable(),
    );
    let own: Vec<Held> = assignments::table
        .left_join(estates::table)
        .filter(
            assignments::employee_id
                .eq(person.0)
                .and(assignments::state.eq("approved")),
        )
        .select(columns)
        .load(conn)
        .await?;
    let stood_in: Vec<Acting> = acting::table
        .inner_join(assignments::table.left_join(estates::table))
        .filter(
            acting::stand_in_id
                .eq(person.0)
                .and(acting::state.eq("confirmed"))
                .and(acting::ends_at.gt(now)),
        )
        .select((
            acting::principal_id,
            acting::starts_at,
            acting::ends_at,
            acting::excluded_rights,
            columns,
        ))
        .load(conn)
        .await?;
    let vacancies: Vec<Vacancy> = acting::table
        .filter(
            acting::stand_in_id
                .eq(person.0)
                .and(acting::state.eq("confirmed"))
                .and(acting::ends_at.gt(now)),
        )
        .filter(acting::principal_assignment.is_null())
        .select((
            acting::id,
            acting::post,
            acting::estate_id,
            acting::starts_at,
            acting::ends_at,
            acting::excluded_rights,
        ))
        .load(conn)
        .await?;
    let lines = line_edges(conn, business_date(now, zone::DEFAULT_ZONE)).await?;

    let mut holding = Holding::default();
    for held in own {
        let (begins, ends) = held.period();
        holding.bounded(now, begins);
        holding.bounded(now, ends);
        if begins.is_some_and(|at| at <= now) && ends.is_none_or(|at| at > now) {
            holding.posts.push(held.post(&lines)?);
        }
    }
    for acting in stood_in {
        holding.bounded(now, Some(acting.starts_at));
        holding.bounded(now, Some(acting.ends_at));
        let (begins, ends) = acting.assignment.period();
        // A principal who has left the post takes the acting with them.
        let principal_holds = begins.is_some_and(|at| at <= now) && ends.is_none_or(|at| at > now);
        holding.bounded(now, ends);
        if acting.starts_at <= now && principal_holds {
            let mut post = acting.assignment.post(&lines)?;
            post.acting_for = acting.principal_id.map(EmployeeId);
            post.until = Some(acting.ends_at);
            post.excluded = rights(&acting.excluded_rights);
            holding.posts.push(post);
        }
    }
    for vacancy in vacancies {
        holding.bounded(now, Some(vacancy.starts_at));
        holding.bounded(now, Some(vacancy.ends_at));
        if vacancy.starts_at <= now {
            let post: PostCode = vacancy.post.parse()?;
            holding.posts.push(HeldPost {
                // Nobody's assignment stands behind a vacant post: the acting period itself does.
                assignment: vacancy.id.into(),
                post,
                estate: vacancy.estate_id.map(Into::into),
                squad: None,
                area: None,
                acting_for: None,
                until: Some(vacancy.ends_at),
                excluded: rights(&vacancy.excluded_rights),
                below: line::below(&lines, post),
                above: line::above(&lines, post),
            });
        }
    }
    Ok(holding)
}

/// The line edges in force on a date.
///
/// # Errors
/// As the database says.
pub async fn line_edges(conn: &mut Conn, on: NaiveDate) -> Result<Vec<line::LineEdge>, Failure> {
    let rows: Vec<(String, String)> = edges::table
        .filter(edges::kind.eq("line").and(edges::state.eq("effective")))
        .filter(
            edges::valid_from
                .le(on)
                .and(edges::valid_until.is_null().or(edges::valid_until.gt(on))),
        )
        .select((edges::child_post, edges::parent_post))
        .load(conn)
        .await?;
    rows.iter()
        .map(|(child, parent)| Ok((child.parse::<PostCode>()?, parent.parse::<PostCode>()?)))
        .collect()
}

impl Holding {
    fn bounded(&mut self, now: DateTime<Utc>, at: Option<DateTime<Utc>>) {
        if let Some(at) = at.filter(|at| *at > now) {
            self.next_change = Some(self.next_change.map_or(at, |known| known.min(at)));
        }
    }
}

impl Held {
    fn period(&self) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
        let zone = zone::zone(self.zone.as_deref().unwrap_or_default());
        (
            Some(start_of(self.valid_from, zone)),
            self.valid_until.map(|date| start_of(date, zone)),
        )
    }

    fn post(self, lines: &[line::LineEdge]) -> Result<HeldPost, Failure> {
        let post: PostCode = self.post.parse()?;
        Ok(HeldPost {
            assignment: self.id.into(),
            post,
            estate: self.estate_id.map(Into::into),
            squad: self.squad_id.map(Into::into),
            area: self.area_id.map(Into::into),
            acting_for: None,
            until: None,
            excluded: Vec::new(),
            below: line::below(lines, post),
            above: line::above(lines, post),
        })
    }
}
