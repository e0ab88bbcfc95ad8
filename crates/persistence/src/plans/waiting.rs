//! What of the duties waits for whom: missed ones to explain, and to decide on as the superior.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use wuye_domain::{
    access::{Actor, Permission, Scope},
    plans::obligations::{ObligationStatus, hand},
    shared::{EmployeeId, EstateId, SubjectKind, zone::zone},
};

use super::{
    list::{own_undecided, undecided},
    obligations::ObligationRow,
    rules,
};
use crate::{
    Conn, Failure, estates,
    org::staff,
    workbench::{Pile, Waiting, WorkKind},
};

/// Every duty that waits for this actor.
///
/// # Errors
/// As the database says.
pub async fn waiting(conn: &mut Conn, actor: &Actor, now: DateTime<Utc>) -> Result<Vec<Pile>, Failure> {
    let at: BTreeSet<EstateId> = actor.posts.iter().filter_map(|held| held.estate).collect();
    let mut piles = Vec::new();
    if actor.scope(Permission::DutyExplain).is_ok() {
        let mut own = Vec::new();
        for estate in &at {
            own.extend(own_undecided(conn, *estate, actor, now).await?);
        }
        own.retain(|row| row.status == ObligationStatus::Missed.code());
        piles.push(pile(conn, WorkKind::DutiesToExplain, own).await?);
    }
    if let (Ok(scope), Some(me)) = (actor.scope(Permission::DutyDecide), actor.employee) {
        let mut below = Vec::new();
        for estate in &at {
            below.extend(to_decide(conn, &scope, *estate, actor, me, now).await?);
        }
        piles.push(pile(conn, WorkKind::DutiesToDecide, below).await?);
    }
    Ok(piles)
}

/// Those whose word is this person's, by the rule that will be asked when they give it.
async fn to_decide(
    conn: &mut Conn,
    scope: &Scope,
    estate: EstateId,
    actor: &Actor,
    me: EmployeeId,
    now: DateTime<Utc>,
) -> Result<Vec<ObligationRow>, Failure> {
    let mut rows = undecided(conn, scope, estate, now).await?;
    if rows.is_empty() {
        return Ok(rows);
    }
    let data = staff::load(conn, estate, now).await?;
    let (staff, zone) = (data.staff(), zone(&estates::find(conn, estate).await?.time_zone));
    let mut mine = Vec::new();
    for row in rows.drain(..) {
        let own = row.own();
        let decides = staff.resolve(&row.matter(zone, &own, now)?);
        if hand(&row.obligation()?, actor).is_none() && decides.is_ok_and(|found| found.as_decider(me).is_some()) {
            mine.push(row);
        }
    }
    Ok(mine)
}

async fn pile(conn: &mut Conn, kind: WorkKind, rows: Vec<ObligationRow>) -> Result<Pile, Failure> {
    let rules = rules::of(conn, rows.iter().filter_map(|row| row.rule_id)).await?;
    let items = rows
        .iter()
        .map(|row| Waiting {
            id: row.id,
            no: Some(row.no().to_owned()),
            // As the manual calls it; everything else in a title is the words of people.
            title: row.name(&rules).map(|name| name.zh.to_string()).unwrap_or_default(),
            estate_id: Some(row.estate_id),
            due_at: Some(row.due_at),
            since: row.due_at,
            urgency: None,
            state: Some(row.status.clone()),
            house_id: None,
            place: None,
        })
        .collect();
    Ok(Pile::of(kind, SubjectKind::Obligation, items))
}
