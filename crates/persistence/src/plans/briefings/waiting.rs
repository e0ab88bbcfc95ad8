//! What of the mornings waits for whom: a briefing to give, briefings to hear.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use wuye_domain::{
    access::{Actor, Permission, Scope},
    plans::briefings::{Briefing, BriefingState},
    shared::{
        EmployeeId, EstateId, SubjectKind,
        zone::{business_date, zone},
    },
};

use super::rows::of_mornings;
use crate::{
    Conn, Failure, estates,
    org::{names, staff::Staffs},
    workbench::{Pile, Waiting, WorkKind},
};

/// How many days back a briefing that was given and not heard still waits.
const UNHEARD: Days = Days::new(7);

/// The briefings of one estate that are this actor's to give today, and to hear.
#[derive(Clone, Debug, Default)]
pub struct Mine {
    /// To give, or given, today.
    pub to_give: Vec<Briefing>,
    /// To hear, heard or still missing today; and those of the days before that nobody has heard.
    pub to_hear: Vec<Briefing>,
}

/// The actor's share of a morning.
///
/// # Errors
/// As the database says.
pub async fn mine(
    conn: &mut Conn,
    actor: &Actor,
    scope: &Scope,
    estate: EstateId,
    today: NaiveDate,
    staffs: &mut Staffs,
) -> Result<Mine, Failure> {
    let since = today.checked_sub_days(UNHEARD).unwrap_or(today);
    let mut all = of_mornings(conn, scope, estate, since, today).await?;
    all.retain(|briefing| briefing.date == today || briefing.state == BriefingState::Reported);
    let mut mine = Mine::default();
    let (own, others): (Vec<Briefing>, Vec<Briefing>) =
        all.into_iter().partition(|briefing| briefing.hand(actor).is_some());
    mine.to_give = own;
    mine.to_give.retain(|briefing| briefing.date == today);
    if let Some(me) = actor.employee.filter(|_| !others.is_empty()) {
        let data = staffs.of(conn, estate).await?;
        let hears = |briefing: &Briefing| {
            let found = briefing.hearers(&data.staff());
            found.is_ok_and(|found| found.as_decider(me).is_some())
        };
        mine.to_hear = others.into_iter().filter(hears).collect();
    }
    Ok(mine)
}

/// Everything of the mornings that waits for this actor.
///
/// # Errors
/// As the database says.
pub async fn waiting(conn: &mut Conn, actor: &Actor, staffs: &mut Staffs) -> Result<Vec<Pile>, Failure> {
    let Ok(scope) = actor.scope(Permission::BriefingRead) else {
        return Ok(Vec::new());
    };
    let at: BTreeSet<EstateId> = actor.posts.iter().filter_map(|held| held.estate).collect();
    let (mut to_give, mut to_hear) = (Vec::new(), Vec::new());
    for estate in at {
        let zone = zone(&estates::find(conn, estate).await?.time_zone);
        let mine = mine(conn, actor, &scope, estate, business_date(staffs.now(), zone), staffs).await?;
        to_give.extend(
            mine.to_give
                .into_iter()
                .filter(|it| it.state == BriefingState::Prepared),
        );
        to_hear.extend(
            mine.to_hear
                .into_iter()
                .filter(|it| it.state == BriefingState::Reported),
        );
    }
    let people: Vec<EmployeeId> = to_hear.iter().filter_map(|briefing| briefing.employee_id).collect();
    let names = names(conn, &people).await?;
    let told_by = |briefing: &Briefing| {
        let name = briefing.employee_id.and_then(|id| names.get(&id).cloned());
        name.unwrap_or_else(|| briefing.responsible.post.code().to_owned())
    };
    let to_give = to_give.iter().map(|it| item(it, it.date.to_string())).collect();
    let to_hear = to_hear.iter().map(|it| item(it, told_by(it))).collect();
    Ok(vec![
        Pile::of(WorkKind::BriefingToGive, SubjectKind::Briefing, to_give),
        Pile::of(WorkKind::BriefingsToHear, SubjectKind::Briefing, to_hear),
    ])
}

fn item(briefing: &Briefing, title: String) -> Waiting {
    Waiting {
        id: briefing.id.0,
        no: None,
        title,
        estate_id: Some(briefing.estate_id.0),
        due_at: briefing.due_at,
        since: briefing.reported_at.unwrap_or(briefing.updated_at),
        urgency: None,
        state: Some(briefing.state.code().to_owned()),
        house_id: None,
        place: None,
    }
}
