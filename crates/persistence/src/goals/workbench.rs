//! What of the annual goals waits for whom. There is one set a year, so everything is read and decided here by the rules.

use chrono::{DateTime, Datelike, Days, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, Permission, PostCode},
    goals::{approval_due, centre_managers, due},
    shared::{
        EmployeeId, SubjectKind,
        zone::{business_date, zone},
    },
};

use super::{GoalSetRow, exist, in_states};
use crate::{
    Conn, Failure,
    estates::{self, Estate},
    org::{climbs, staff::Staffs},
    schema::overdue_climbs,
    settings,
    workbench::{Pile, Waiting, WorkKind},
};

/// How long an approval stands before the general manager.
const INFORMED: Days = Days::new(14);

/// Everything of the goals that waits for this actor.
///
/// # Errors
/// As the database says.
pub async fn waiting(conn: &mut Conn, actor: &Actor, staffs: &mut Staffs) -> Result<Vec<Pile>, Failure> {
    let mut piles = Piles::default();
    if !actor.may(Permission::GoalEdit) && !actor.may(Permission::GoalApprove) {
        return Ok(Vec::new());
    }
    for estate in estates::all(conn).await? {
        if actor
            .posts
            .iter()
            .any(|held| held.estate.is_none_or(|of| of.0 == estate.id))
        {
            of_estate(conn, actor, &estate, staffs, &mut piles).await?;
        }
    }
    Ok(piles.0)
}

async fn of_estate(
    conn: &mut Conn,
    actor: &Actor,
    estate: &Estate,
    staffs: &mut Staffs,
    piles: &mut Piles,
) -> Result<(), Failure> {
    let (id, now) = (estate.id.into(), staffs.now());
    let zone = zone(&estate.time_zone);
    let (settings, today) = (settings::load(conn, Some(id)).await?, business_date(now, zone));
    let holds = |post| actor.holds(id, &[post]);
    if !exist(conn, id, today.year()).await? {
        let due_at = approval_due(today.year(), &settings, zone);
        let item = Waiting {
            due_at: Some(due_at),
            since: now,
            ..item(estate, estate.id, today.year(), now)
        };
        if holds(PostCode::Depmgr) {
            piles.add(WorkKind::GoalsToDraft, SubjectKind::Estate, item);
        } else if due_at < now && climbed(conn, actor, estate.id, due_at).await? {
            piles.add(WorkKind::OverdueGoals, SubjectKind::Estate, item);
        }
    }
    if !actor.may(Permission::GoalApprove) {
        return Ok(());
    }
    for row in in_states(conn, id, &["draft", "approved"]).await? {
        let set = row.set()?;
        let (draft, over) = (row.state == "draft", row.year < today.year());
        let due_at = due(&set, &settings, zone).map(|(_, at)| at);
        let waiting = Waiting {
            due_at,
            state: Some(row.state.clone()),
            ..item(estate, row.id, row.year, row.updated_at)
        };
        let barred: Vec<EmployeeId> = draft.then_some(set.drafted_by).into_iter().collect();
        let staff = staffs.of(conn, id).await?;
        let found = staff.staff().resolve(&centre_managers(&set, &barred, today));
        let mine = found.is_ok_and(|found| actor.employee.is_some_and(|me| found.as_decider(me).is_some()));
        match (draft, over) {
            (true, _) if mine => piles.add(WorkKind::GoalsToApprove, SubjectKind::GoalSet, waiting.clone()),
            (false, true) if mine => piles.add(WorkKind::GoalsToSign, SubjectKind::GoalSet, waiting.clone()),
            _ => {}
        }
        if let Some(due_at) = due_at.filter(|at| *at < now)
            && climbed(conn, actor, row.id, due_at).await?
        {
            piles.add(WorkKind::OverdueGoals, SubjectKind::GoalSet, waiting);
        }
        if holds(PostCode::Gm) && informs(&row, now) {
            let lately = item(estate, row.id, row.year, row.updated_at);
            piles.add(WorkKind::GoalsForInformation, SubjectKind::GoalSet, lately);
        }
    }
    Ok(())
}

/// Whether a missed deadline of this set, or of an estate without one, was told to one of the actor's posts.
async fn climbed(conn: &mut Conn, actor: &Actor, of: Uuid, due_at: DateTime<Utc>) -> Result<bool, Failure> {
    let told = overdue_climbs::table
        .filter(overdue_climbs::subject_id.eq(of).and(overdue_climbs::due_at.eq(due_at)))
        .filter(overdue_climbs::told_posts.overlaps_with(climbs::posts(actor)));
    Ok(diesel::select(diesel::dsl::exists(told)).get_result(conn).await?)
}

/// The general manager is informed of what was approved lately.
fn informs(row: &GoalSetRow, now: DateTime<Utc>) -> bool {
    row.approved_at.is_some_and(|at| at > now - INFORMED)
}

fn item(estate: &Estate, id: Uuid, year: i32, since: DateTime<Utc>) -> Waiting {
    Waiting {
        id,
        no: None,
        title: estate.name.clone(),
        estate_id: Some(estate.id),
        due_at: None,
        since,
        urgency: None,
        state: None,
        house_id: None,
        place: Some(year.to_string()),
    }
}

#[derive(Default)]
struct Piles(Vec<Pile>);

impl Piles {
    fn add(&mut self, kind: WorkKind, subject: SubjectKind, item: Waiting) {
        match self.0.iter_mut().find(|pile| pile.kind == kind) {
            Some(pile) => {
                pile.count += 1;
                pile.items.push(item);
            }
            None => self.0.push(Pile {
                kind,
                subject,
                count: 1,
                items: vec![item],
            }),
        }
    }
}
