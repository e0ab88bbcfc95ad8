//! A briefing as it goes over the wire.

use std::collections::HashMap;

use chrono::{DateTime, Days, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, Permission, PostCode},
    org::tasks::TaskState,
    plans::briefings::{
        Briefing, BriefingAction, BriefingCheck, BriefingId, BriefingItem, BriefingNeed, BriefingPoint, BriefingState,
        Reader,
    },
    shared::{EmployeeId, SubjectKind, period::Span, zone::start_of},
};
use wuye_persistence::{
    Conn, Failure,
    org::{staff, tasks::mornings},
    plans::briefings::{self, Window},
    trail::{self, TrailLine},
};

use crate::{
    late,
    org::{approver::DecisionView, common},
    terms::Terms,
};

/// A briefing in a list.
#[derive(Serialize, ToSchema)]
pub struct BriefingView {
    #[serde(flatten)]
    pub(super) briefing: Briefing,
    /// The post that reports.
    pub(super) from_post: PostCode,
    /// Not reported when the morning was over.
    pub(super) missing: bool,
    /// Reported after its time.
    pub(super) late: bool,
    /// The caller reports it, or acts for whoever does.
    mine: bool,
    /// How many points it has.
    pub(super) point_count: i64,
    /// How many of them want a decision.
    pub(super) decision_count: i64,
    pub(super) employee_name: Option<String>,
    pub(super) reported_by_name: Option<String>,
    pub(super) heard_by_name: Option<String>,
}

impl BriefingView {
    /// For ETag.
    pub fn version(&self) -> i32 {
        self.briefing.version
    }

    /// Its id.
    pub fn id(&self) -> Uuid {
        self.briefing.id.0
    }

    /// Of a page of briefings, as this actor sees them.
    pub async fn of(
        conn: &mut Conn,
        actor: &Actor,
        page: Vec<Briefing>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Self>, Failure> {
        let people = page.iter().flat_map(|briefing| {
            let (whose, by, heard) = (briefing.employee_id, briefing.reported_by, briefing.heard_by);
            [whose, by, heard].map(|person| person.map(Uuid::from))
        });
        let names = common::names(conn, people).await?;
        let name = |person: Option<EmployeeId>| person.and_then(|id| names.get(&id.0).cloned());
        let ids: Vec<BriefingId> = page.iter().map(|briefing| briefing.id).collect();
        let mut counts = HashMap::<BriefingId, (i64, i64)>::new();
        for point in briefings::points_of(conn, &ids).await? {
            let (all, decisions) = counts.entry(point.briefing_id).or_default();
            *all += 1;
            *decisions += i64::from(point.needs == BriefingNeed::Decision);
        }
        Ok(page
            .into_iter()
            .map(|briefing| {
                let (point_count, decision_count) = counts.get(&briefing.id).copied().unwrap_or_default();
                Self {
                    from_post: briefing.responsible.post,
                    missing: briefing.missing(now),
                    late: briefing.late(),
                    mine: briefing.hand(actor).is_some(),
                    point_count,
                    decision_count,
                    employee_name: name(briefing.employee_id),
                    reported_by_name: name(briefing.reported_by),
                    heard_by_name: name(briefing.heard_by),
                    briefing,
                }
            })
            .collect())
    }
}

/// A task that came out of a point.
#[derive(Serialize, ToSchema)]
pub struct PointTask {
    id: Uuid,
    /// Its number.
    no: String,
    state: TaskState,
}

/// A point with the tasks that came out of it.
#[derive(Serialize, ToSchema)]
pub struct BriefingPointView {
    #[serde(flatten)]
    point: BriefingPoint,
    /// As far as the caller may read them.
    tasks: Vec<PointTask>,
}

/// A record that was sampled, with the name of who looked.
#[derive(Serialize, ToSchema)]
pub struct BriefingCheckView {
    #[serde(flatten)]
    check: BriefingCheck,
    checked_by_name: Option<String>,
}

/// A briefing with everything that hangs on it.
#[derive(Serialize, ToSchema)]
pub struct BriefingDetail {
    #[serde(flatten)]
    briefing: BriefingView,
    /// What the caller may do with it now.
    actions: Vec<BriefingAction>,
    /// Who hears it now, and why; none where nobody does.
    hearers: Option<DecisionView>,
    /// The figures of the day before: as they were told, or, until then, as they are now.
    items: Vec<BriefingItem>,
    points: Vec<BriefingPointView>,
    /// The records that whoever hears it has sampled.
    records_checked: Vec<BriefingCheckView>,
    /// What devices sent too late to be applied.
    late_notes: Vec<TrailLine>,
}

impl BriefingDetail {
    /// For ETag.
    pub fn version(&self) -> i32 {
        self.briefing.version()
    }

    /// Reads everything for a caller who may read the briefing.
    pub async fn load(
        conn: &mut Conn,
        actor: &Actor,
        briefing: Briefing,
        terms: &Terms,
        now: DateTime<Utc>,
    ) -> Result<Self, Failure> {
        let data = staff::load(conn, briefing.estate_id, now).await?;
        let hearing = briefing.hearers(&data.staff()).ok();
        let hears = hearing
            .as_ref()
            .zip(actor.employee)
            .is_some_and(|(found, person)| found.as_decider(person).is_some());
        let hand = briefing.hand(actor).is_some();
        let allowed = |action: &&BriefingAction| {
            let theirs = if action.is_the_reporters() { hand } else { hears };
            theirs && action.states().contains(&briefing.state)
        };
        Ok(Self {
            actions: BriefingAction::ALL.iter().filter(allowed).copied().collect(),
            hearers: match &hearing {
                Some(found) => Some(DecisionView::of(conn, found).await?),
                None => None,
            },
            items: figures(conn, &briefing, &data, terms, now).await?,
            points: points(conn, actor, briefing.id).await?,
            records_checked: records_checked(conn, briefing.id).await?,
            late_notes: late::notes(trail::history(conn, briefing.subject()).await?),
            briefing: BriefingView::of(conn, actor, vec![briefing], now).await?.remove(0),
        })
    }
}

/// The figures: as they were told; counted now while the briefing of today waits; none of a morning that is over.
///
/// # Errors
/// As the database says.
pub(super) async fn figures(
    conn: &mut Conn,
    briefing: &Briefing,
    data: &staff::StaffData,
    terms: &Terms,
    now: DateTime<Utc>,
) -> Result<Vec<BriefingItem>, Failure> {
    if let Some(told) = &briefing.items {
        return Ok(told.clone());
    }
    let today = terms.date(now);
    if briefing.state != BriefingState::Prepared || briefing.date != today {
        return Ok(Vec::new());
    }
    let before = terms.clockwork().calendar.sub_workdays(today, 1);
    let window = Window {
        since: Span {
            from: start_of(before, terms.zone),
            until: now,
        },
        now,
        midnight: start_of(today + Days::new(1), terms.zone),
    };
    let below = data.tree.below(briefing.responsible.post, today);
    briefings::items(conn, briefing, &Reader::of(briefing, below), &window).await
}

async fn points(conn: &mut Conn, actor: &Actor, of: BriefingId) -> Result<Vec<BriefingPointView>, Failure> {
    let points = briefings::points(conn, of).await?;
    let ids: Vec<Uuid> = points.iter().map(|point| point.id.0).collect();
    let tasks = match actor.scope(Permission::TaskRead) {
        Ok(scope) => mornings::outcomes(conn, &scope, SubjectKind::BriefingPoint, &ids).await?,
        Err(_) => Vec::new(),
    };
    Ok(points
        .into_iter()
        .map(|point| BriefingPointView {
            tasks: tasks
                .iter()
                .filter(|task| task.source == point.id.0)
                .map(|task| PointTask {
                    id: task.id,
                    no: task.no.clone(),
                    state: task.state,
                })
                .collect(),
            point,
        })
        .collect())
}

async fn records_checked(conn: &mut Conn, of: BriefingId) -> Result<Vec<BriefingCheckView>, Failure> {
    let checks = briefings::checks(conn, of).await?;
    let names = common::names(conn, checks.iter().map(|check| Some(check.checked_by.0))).await?;
    Ok(checks
        .into_iter()
        .map(|check| BriefingCheckView {
            checked_by_name: names.get(&check.checked_by.0).cloned(),
            check,
        })
        .collect())
}
