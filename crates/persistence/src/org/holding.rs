//! Which posts a person holds at an instant, in their own right and acting: the root of every right.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::{HeldPost, Permission},
    org::tree::Tree,
    shared::{
        EmployeeId,
        zone::{self, Tz, business_date, start_of},
    },
};

use super::edges;
use crate::{
    Conn, Failure,
    schema::{acting_periods as acting, assignments, estates},
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
    zone: Option<String>,
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
                .and(acting::ends_at.gt(now))
                .and(assignments::state.eq("approved")),
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
        .left_join(estates::table)
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
            estates::time_zone.nullable(),
            acting::starts_at,
            acting::ends_at,
            acting::excluded_rights,
        ))
        .load(conn)
        .await?;
    let line = Line {
        tree: edges::tree(conn).await?,
        now,
    };

    let mut holding = Holding::default();
    for held in own {
        let (begins, ends) = held.period();
        holding.bounded(now, begins);
        holding.bounded(now, ends);
        if begins.is_some_and(|at| at <= now) && ends.is_none_or(|at| at > now) {
            let zone = held.zone();
            holding.take(&line, held.post()?, zone);
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
            let zone = acting.assignment.zone();
            let mut post = acting.assignment.post()?;
            post.acting_for = acting.principal_id.map(EmployeeId);
            post.until = Some(acting.ends_at);
            post.excluded = rights(&acting.excluded_rights);
            holding.take(&line, post, zone);
        }
    }
    for vacancy in vacancies {
        holding.bounded(now, Some(vacancy.starts_at));
        holding.bounded(now, Some(vacancy.ends_at));
        let zone = zone_of(vacancy.zone.as_deref());
        // Who is appointed takes the duties over: from that day on nothing is vacant.
        let filled = filled_from(conn, &vacancy, business_date(now, zone)).await?;
        let filled = filled.map(|date| start_of(date, zone));
        holding.bounded(now, filled);
        if vacancy.starts_at <= now && filled.is_none_or(|at| at > now) {
            let post = HeldPost {
                // Nobody's assignment stands behind a vacant post: the acting period itself does.
                assignment: vacancy.id.into(),
                post: vacancy.post.parse()?,
                estate: vacancy.estate_id.map(Into::into),
                squad: None,
                area: None,
                acting_for: None,
                until: Some(vacancy.ends_at),
                excluded: rights(&vacancy.excluded_rights),
                below: Vec::new(),
                above: Vec::new(),
            };
            holding.take(&line, post, zone);
        }
    }
    Ok(holding)
}

/// The first day, today or later, on which somebody holds the post that was vacant.
async fn filled_from(conn: &mut Conn, vacancy: &Vacancy, today: NaiveDate) -> Result<Option<NaiveDate>, Failure> {
    Ok(assignments::table
        .filter(
            assignments::post
                .eq(&vacancy.post)
                .and(assignments::state.eq("approved"))
                .and(assignments::estate_id.is_not_distinct_from(vacancy.estate_id)),
        )
        .filter(
            assignments::valid_until
                .is_null()
                .or(assignments::valid_until.gt(today)),
        )
        .select(diesel::dsl::min(assignments::valid_from))
        .first(conn)
        .await?)
}

impl Holding {
    /// Adds a post with its place on the line.
    fn take(&mut self, line: &Line, held: HeldPost, zone: Tz) {
        self.bounded(line.now, line.next_change(zone));
        self.posts.push(line.seat(held, zone));
    }

    fn bounded(&mut self, now: DateTime<Utc>, at: Option<DateTime<Utc>>) {
        if let Some(at) = at.filter(|at| *at > now) {
            self.next_change = Some(self.next_change.map_or(at, |known| known.min(at)));
        }
    }
}

/// The reporting line at an instant.
struct Line {
    tree: Tree,
    now: DateTime<Utc>,
}

impl Line {
    /// The post with what stands above and below it on the day it is at its estate.
    fn seat(&self, mut held: HeldPost, zone: Tz) -> HeldPost {
        let today = business_date(self.now, zone);
        held.above = self.tree.above(held.post, today);
        held.below = self.tree.below(held.post, today);
        held
    }

    /// The next midnight of the zone at which any edge begins or ends: claims carry the line, so they end there.
    fn next_change(&self, zone: Tz) -> Option<DateTime<Utc>> {
        let today = business_date(self.now, zone);
        self.tree
            .boundaries()
            .into_iter()
            .find(|date| *date > today)
            .map(|date| start_of(date, zone))
    }
}

fn zone_of(name: Option<&str>) -> Tz {
    zone::zone(name.unwrap_or_default())
}

impl Held {
    fn zone(&self) -> Tz {
        zone_of(self.zone.as_deref())
    }

    fn period(&self) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
        let zone = self.zone();
        (
            Some(start_of(self.valid_from, zone)),
            self.valid_until.map(|date| start_of(date, zone)),
        )
    }

    fn post(self) -> Result<HeldPost, Failure> {
        Ok(HeldPost {
            assignment: self.id.into(),
            post: self.post.parse()?,
            estate: self.estate_id.map(Into::into),
            squad: self.squad_id.map(Into::into),
            area: self.area_id.map(Into::into),
            acting_for: None,
            until: None,
            excluded: Vec::new(),
            below: Vec::new(),
            above: Vec::new(),
        })
    }
}
