//! What of the duties waits for whom: missed ones to explain, and to decide on as the superior.

use std::collections::{BTreeSet, HashMap};

use uuid::Uuid;
use wuye_domain::{
    access::{Actor, Permission, Scope},
    plans::obligations::{ObligationStatus, Rule, hand},
    shared::{EmployeeId, EstateId, SubjectKind},
};

use super::{
    list::{own_undecided, undecided},
    obligations::ObligationRow,
    rules,
};
use crate::{
    Conn, Failure,
    org::staff::Staffs,
    workbench::{Pile, Waiting, WorkKind},
};

/// Every duty that waits for this actor.
///
/// # Errors
/// As the database says.
pub async fn waiting(conn: &mut Conn, actor: &Actor, staffs: &mut Staffs) -> Result<Vec<Pile>, Failure> {
    let at: BTreeSet<EstateId> = actor.posts.iter().filter_map(|held| held.estate).collect();
    let (mut own, mut below) = (Vec::new(), Vec::new());
    if actor.scope(Permission::DutyExplain).is_ok() {
        for estate in &at {
            own.extend(own_undecided(conn, *estate, actor, staffs.now()).await?);
        }
        own.retain(|row| row.status == ObligationStatus::Missed.code());
    }
    if let (Ok(scope), Some(me)) = (actor.scope(Permission::DutyDecide), actor.employee) {
        for estate in &at {
            below.extend(to_decide(conn, &scope, *estate, actor, me, staffs).await?);
        }
    }
    let laid_out_by = own.iter().chain(&below).filter_map(|row| row.rule_id);
    let rules = rules::of(conn, laid_out_by).await?;
    Ok(vec![
        pile(WorkKind::DutiesToExplain, &own, &rules),
        pile(WorkKind::DutiesToDecide, &below, &rules),
    ])
}

/// Those whose word is this person's, by the rule that will be asked when they give it.
async fn to_decide(
    conn: &mut Conn,
    scope: &Scope,
    estate: EstateId,
    actor: &Actor,
    me: EmployeeId,
    staffs: &mut Staffs,
) -> Result<Vec<ObligationRow>, Failure> {
    let now = staffs.now();
    let mut rows = undecided(conn, scope, estate, now).await?;
    if rows.is_empty() {
        return Ok(rows);
    }
    let data = staffs.of(conn, estate).await?;
    let staff = data.staff();
    let mut mine = Vec::new();
    for row in rows.drain(..) {
        let own = row.own();
        let decides = staff.resolve(&row.matter(data.zone, &own, now)?);
        if hand(&row.obligation()?, actor).is_none() && decides.is_ok_and(|found| found.as_decider(me).is_some()) {
            mine.push(row);
        }
    }
    Ok(mine)
}

fn pile(kind: WorkKind, rows: &[ObligationRow], rules: &HashMap<Uuid, Rule>) -> Pile {
    let items = rows
        .iter()
        .map(|row| Waiting {
            id: row.id,
            no: Some(row.no().to_owned()),
            // As the manual calls it; everything else in a title is the words of people.
            title: row.name(rules).map(|name| name.zh.to_string()).unwrap_or_default(),
            estate_id: Some(row.estate_id),
            due_at: Some(row.due_at),
            since: row.due_at,
            urgency: None,
            state: Some(row.status.clone()),
            house_id: None,
            place: None,
        })
        .collect();
    Pile::of(kind, SubjectKind::Obligation, items)
}
