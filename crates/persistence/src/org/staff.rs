//! The people and the tree a matter is decided in, as the resolver of the domain asks for them.

use std::collections::{HashMap, hash_map::Entry};

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;
use wuye_domain::{
    access::PostCode,
    org::{
        superior::{Holder, Staff, StandIn},
        tree::Tree,
    },
    shared::{
        EstateId,
        period::{Period, Span},
        zone::{self, Tz},
    },
};

use super::{acting, assignments, edges, employees, posts};
use crate::{Conn, Failure, estates};

/// What [`Staff`] borrows from.
#[derive(Clone, Debug)]
pub struct StaffData {
    /// The tree of effective edges.
    pub tree: Tree,
    /// Everybody who holds a post today.
    pub holders: Vec<Holder>,
    /// Everybody who acts now.
    pub stand_ins: Vec<StandIn>,
    /// Which post covers which while it is vacant.
    pub cover: Vec<(PostCode, PostCode)>,
    /// The business date.
    pub today: NaiveDate,
    /// The zone of the estate.
    pub zone: Tz,
}

impl StaffData {
    /// For the resolver.
    #[must_use]
    pub fn staff(&self) -> Staff<'_> {
        Staff {
            tree: &self.tree,
            holders: &self.holders,
            stand_ins: &self.stand_ins,
            cover: &self.cover,
            today: self.today,
        }
    }
}

/// The staff of the estates met so far, each read once: for who answers many questions of one instant.
#[derive(Debug)]
pub struct Staffs {
    now: DateTime<Utc>,
    known: HashMap<EstateId, StaffData>,
}

impl Staffs {
    /// Of this instant; nothing is read yet.
    #[must_use]
    pub fn at(now: DateTime<Utc>) -> Self {
        Self {
            now,
            known: HashMap::new(),
        }
    }

    /// The instant.
    #[must_use]
    pub const fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The staff of one estate.
    ///
    /// # Errors
    /// As the database says.
    pub async fn of(&mut self, conn: &mut Conn, estate: EstateId) -> Result<&StaffData, Failure> {
        Ok(match self.known.entry(estate) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(load(conn, estate, self.now).await?),
        })
    }
}

/// The staff of an estate, with the company's, at an instant.
///
/// # Errors
/// As the database says.
pub async fn load(conn: &mut Conn, estate: EstateId, now: DateTime<Utc>) -> Result<StaffData, Failure> {
    let zone = zone::zone(&estates::find(conn, estate).await?.time_zone);
    let today = zone::business_date(now, zone);
    let rows = assignments::on(conn, Some(estate), today).await?;
    let people: Vec<Uuid> = rows.iter().map(|row| row.employee_id).collect();
    let at_work = employees::at_work(conn, &people).await?;
    let holders = rows
        .into_iter()
        .map(|row| {
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
                able: at_work.contains(&row.employee_id),
            })
        })
        .collect::<Result<Vec<_>, Failure>>()?;
    let instant = Span {
        from: now,
        until: now + chrono::TimeDelta::microseconds(1),
    };
    let stand_ins = acting::confirmed(conn, Some(estate), instant)
        .await?
        .into_iter()
        .map(|row| {
            let period = row.period()?;
            Ok(StandIn {
                post: period.post,
                estate: period.estate,
                assignment: period.assignment,
                principal: period.principal,
                employee: period.stand_in,
                excluded: period.excluded,
            })
        })
        .collect::<Result<Vec<_>, Failure>>()?;
    Ok(StaffData {
        tree: edges::tree(conn).await?,
        holders,
        stand_ins,
        cover: posts::covers(conn, today).await?,
        today,
        zone,
    })
}
