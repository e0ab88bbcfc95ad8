//! The workbench: what waits for me today, from every context.

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::need,
    shared::{
        SubjectKind,
        zone::{business_date, start_of, zone},
    },
};
use wuye_persistence::{
    Conn, Failure, calendar, estate, estates, goals, org, plans, service_desk,
    workbench::{PER_KIND, Pile, Waiting, WorkKind},
};

use crate::{Answer, ApiResult, App, Guard};

/// Something that waits for the caller.
#[derive(Serialize, ToSchema)]
pub struct WorkItem {
    /// Why it waits; it names the next action.
    kind: WorkKind,
    /// The kind of record to open.
    subject_kind: SubjectKind,
    /// The record.
    id: Uuid,
    /// Its number.
    no: Option<String>,
    /// What it is, as people wrote it down; at most 80 characters.
    title: String,
    /// The house as on its door, or the place in words.
    r#where: Option<String>,
    estate_id: Option<Uuid>,
    due_at: Option<DateTime<Utc>>,
    since: DateTime<Utc>,
    overdue: bool,
    /// Due before the day ends at the estate.
    due_today: bool,
    urgency: Option<String>,
    state: Option<String>,
}

/// How many things of one kind wait.
#[derive(Serialize, ToSchema)]
pub struct WorkCount {
    kind: WorkKind,
    count: i64,
    /// How many of those shown are late.
    overdue: i64,
}

/// What waits for the caller.
#[derive(Serialize, ToSchema)]
pub struct Workbench {
    /// When it was put together.
    as_of: DateTime<Utc>,
    /// Nearest deadline first, those without a deadline last; at most 50 of each kind.
    items: Vec<WorkItem>,
    /// Counts of all, by kind; kinds that wait for nobody are left out.
    counts: Vec<WorkCount>,
    /// Rows of a kind shown at most.
    limit_per_kind: i64,
}

/// What waits for me
///
/// Orders, cases, visits, approvals and what is late below on the line, nearest deadline first. Acting for somebody brings
/// what waits for them.
#[utoipa::path(tag = "self", operation_id = "get_workbench",
    responses((status = 200, description = "What waits", body = Workbench)),
    extensions(("x-permission" = json!("self.read")), ("x-clauses" = json!(["POS-RECEPT-07a", "POS-TECH-06b", "POS-RECEPT-07b"]))))]
#[get("/me/workbench")]
pub async fn get_workbench(guard: Guard<need::SelfRead>, app: web::Data<App>) -> ApiResult<Workbench> {
    let mut conn = app.conn().await?;
    let now = app.now();
    let mut staffs = org::staff::Staffs::at(now);
    let mut piles = service_desk::workbench::waiting(&mut conn, &guard.actor, &mut staffs).await?;
    piles.extend(org::workbench::waiting(&mut conn, &guard.actor, &mut staffs).await?);
    piles.extend(calendar::workbench::waiting(&mut conn, &guard.actor, now).await?);
    piles.extend(estate::workbench::waiting(&mut conn, &guard.actor).await?);
    piles.extend(goals::workbench::waiting(&mut conn, &guard.actor, &mut staffs).await?);
    piles.extend(plans::waiting(&mut conn, &guard.actor, &mut staffs).await?);
    piles.extend(plans::briefings::waiting(&mut conn, &guard.actor, &mut staffs).await?);
    piles.retain(|pile| pile.count > 0);
    let places = Places::of(&mut conn, &piles, now).await?;
    Answer::ok(&assemble(piles, &places, now))
}

/// Door numbers of houses, and the ends of today at the estates.
struct Places {
    houses: std::collections::HashMap<Uuid, String>,
    midnights: Vec<(Uuid, DateTime<Utc>)>,
}

impl Places {
    async fn of(conn: &mut Conn, piles: &[Pile], now: DateTime<Utc>) -> Result<Self, Failure> {
        let houses: Vec<Uuid> = piles
            .iter()
            .flat_map(|pile| &pile.items)
            .filter_map(|item| item.house_id)
            .collect();
        let midnight = |name: &str| {
            let zone = zone(name);
            let today = business_date(now, zone);
            start_of(today.succ_opt().unwrap_or(today), zone)
        };
        Ok(Self {
            houses: estate::workbench::doors(conn, &houses).await?,
            midnights: estates::all(conn)
                .await?
                .into_iter()
                .map(|estate| (estate.id, midnight(&estate.time_zone)))
                .collect(),
        })
    }

    fn place(&self, item: &Waiting) -> Option<String> {
        let door = item.house_id.and_then(|id| self.houses.get(&id));
        match (door, &item.place) {
            (Some(door), Some(place)) => Some(format!("{door} {place}")),
            (Some(door), None) => Some(door.clone()),
            (None, place) => place.clone(),
        }
    }

    fn due_today(&self, item: &Waiting) -> bool {
        let midnight = self
            .midnights
            .iter()
            .find(|(id, _)| Some(*id) == item.estate_id)
            .map(|(_, at)| *at);
        matches!((item.due_at, midnight), (Some(due), Some(end)) if due < end)
    }
}

fn assemble(piles: Vec<Pile>, places: &Places, now: DateTime<Utc>) -> Workbench {
    let late = |item: &Waiting| item.due_at.is_some_and(|due| due < now);
    let counts = piles
        .iter()
        .map(|pile| WorkCount {
            kind: pile.kind,
            count: pile.count,
            overdue: pile.items.iter().map(|item| i64::from(late(item))).sum(),
        })
        .collect();
    let mut items: Vec<WorkItem> = piles
        .into_iter()
        .flat_map(|pile| pile.items.into_iter().map(move |item| (pile.kind, pile.subject, item)))
        .map(|(kind, subject_kind, item)| WorkItem {
            kind,
            subject_kind,
            id: item.id,
            r#where: places.place(&item),
            overdue: late(&item),
            due_today: places.due_today(&item),
            no: item.no,
            title: item.title.chars().take(80).collect(),
            estate_id: item.estate_id,
            due_at: item.due_at,
            since: item.since,
            urgency: item.urgency,
            state: item.state,
        })
        .collect();
    items.sort_by_key(|item| (item.due_at.is_none(), item.due_at, item.since, item.id));
    Workbench {
        as_of: now,
        items,
        counts,
        limit_per_kind: PER_KIND,
    }
}
