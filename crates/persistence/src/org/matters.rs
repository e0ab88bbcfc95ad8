//! What of the organisation waits for a decision, as the resolver is asked: for whoever looks what waits for them, and for
//! whoever must be told that something does.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;
use wuye_domain::{
    access::{Permission, PostCode},
    org::{
        PostLevel, acting, assignment,
        superior::{Matter, Rule, Seat},
        tree::edge_decider,
    },
    shared::{
        EmployeeId, EstateId,
        zone::{DEFAULT_ZONE, business_date},
    },
};

use super::{
    acting::ActingRow,
    assignments::{self, Assignment},
    edges::ReportingEdge,
};
use crate::{Conn, Failure};

/// A matter with what it borrows.
#[derive(Clone, Debug)]
pub struct OrgMatter {
    /// Where it comes from.
    pub from: Seat,
    /// The right used.
    pub right: Permission,
    rule: Rule,
    barred: Vec<EmployeeId>,
}

impl OrgMatter {
    /// As the resolver reads it, with the line as it is on that day.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Matter<'_> {
        Matter {
            from: self.from,
            rule: self.rule,
            barred: &self.barred,
            dated: day,
            right: Some(self.right),
        }
    }
}

/// A proposed period of acting; `place` is its estate, or any for a post of the company.
///
/// # Errors
/// As the database says; `Internal` on a code this version does not know.
pub async fn of_acting(
    conn: &mut Conn,
    row: &ActingRow,
    place: EstateId,
    now: DateTime<Utc>,
) -> Result<OrgMatter, Failure> {
    let period = row.period()?;
    let people: Vec<Uuid> = std::iter::once(row.stand_in_id).chain(row.principal_id).collect();
    let held = assignments::of_people(conn, &people, business_date(now, DEFAULT_ZONE)).await?;
    let of = |person: Uuid| held.iter().filter(move |held| held.employee_id == person);
    let posts: Vec<PostCode> = of(row.stand_in_id)
        .map(|held| held.post.parse())
        .collect::<Result<_, _>>()?;
    let own = row
        .principal_id
        .and_then(|principal| of(principal).find(|held| Some(held.id) == row.principal_assignment));
    Ok(OrgMatter {
        from: seat(period.post, place, own),
        rule: acting::confirmed_by(period.post),
        barred: acting::barred_from_confirming(&period, &posts),
        right: Permission::ActingConfirm,
    })
}

/// A proposed or endorsed assignment to a post of this level.
///
/// # Errors
/// `Internal` on a code this version does not know.
pub fn of_assignment(row: &Assignment, level: PostLevel, place: EstateId) -> Result<OrgMatter, Failure> {
    let facts = row.facts(level)?;
    let (rule, right) = assignment::decided_by(facts.state, facts.post, facts.level);
    Ok(OrgMatter {
        from: seat(facts.post, place, Some(row)),
        rule,
        barred: assignment::barred(&facts),
        right,
    })
}

/// A proposed reporting edge.
///
/// # Errors
/// `Internal` on a code this version does not know.
pub fn of_edge(row: &ReportingEdge, place: EstateId) -> Result<OrgMatter, Failure> {
    let child = row.edge()?.child;
    Ok(OrgMatter {
        from: seat(child, place, None),
        rule: Rule::Post(edge_decider(child)),
        barred: row.proposed_by.map(Into::into).into_iter().collect(),
        right: Permission::OrgEdit,
    })
}

fn seat(post: PostCode, estate: EstateId, held: Option<&Assignment>) -> Seat {
    Seat {
        post,
        estate,
        squad: held.and_then(|held| held.squad_id).map(Into::into),
        area: held.and_then(|held| held.area_id).map(Into::into),
    }
}
