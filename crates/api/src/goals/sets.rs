//! Goal sets: drafted by the deputy manager, approved by the centre manager.

use actix_web::{get, http::StatusCode, post, put, web};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    goals::{self as rules, NewGoal},
    shared::{EstateId, ListRequest, Page, SubjectKind, TrailEntry},
};
use wuye_persistence::{
    Conn, Failure, Rows,
    goals::{self, GoalSetFilter, GoalSetRow, GoalSetSort},
};

use super::{
    days, decided_by,
    dto::{DraftGoal, GoalSetHead, GoalSheet, five},
    must_decide,
};
use crate::{Answer, ApiResult, App, Command, Guard, ListParams, ListQuery, NoBody, org::common::today, terms::Terms};

crate::sort_key!(GoalSetSort, Year, Descending);

/// List goal sets
#[utoipa::path(tag = "goals", operation_id = "list_goal_sets", params(ListParams, GoalSetFilter),
    responses((status = 200, description = "A page of goal sets, newest year first", body = Page<GoalSetHead>)),
    extensions(("x-permission" = json!("goal.read")), ("x-clauses" = json!(["GOAL-S2"]))))]
#[get("/goal-sets")]
pub async fn list_goal_sets(
    guard: Guard<need::GoalRead>,
    list: ListQuery<GoalSetFilter, GoalSetSort>,
    app: web::Data<App>,
) -> ApiResult<Page<GoalSetHead>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of goal sets, for the list and for its file.
pub(super) async fn page(
    app: &App,
    guard: &Guard<need::GoalRead>,
    filter: &GoalSetFilter,
    request: &ListRequest<GoalSetSort>,
) -> Result<Rows<GoalSetHead>, Failure> {
    let (mut conn, now) = (app.conn().await?, app.now());
    let rows = goals::list(&mut conn, &guard.scope, filter, request).await?;
    let days = days(&mut conn, &rows.items, now).await?;
    let on = |row: &GoalSetRow| days.get(&row.estate_id).copied().unwrap_or(now.date_naive());
    rows.try_map(|row| GoalSetHead::of(&row, on(&row)))
}

/// A set to be drafted.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateGoalSet {
    /// The estate; may be left out by those who work in one only.
    estate_id: Option<EstateId>,
    /// The calendar year.
    #[validate(range(min = 2000, max = 2100))]
    #[schema(minimum = 2000, maximum = 2100)]
    year: i32,
}

/// Draft the goals of a year
///
/// The draft begins with the manual's five goals and their targets: 75 %, 12, 95 %, 12, 90 %.
#[utoipa::path(tag = "goals", operation_id = "create_goal_set", request_body = CreateGoalSet,
    responses((status = 201, description = "The draft", body = GoalSheet)),
    extensions(("x-permission" = json!("goal.edit")), ("x-clauses" = json!(["POS-DEPMGR-02a", "GOAL-S2", "GOAL-1", "GOAL-2", "GOAL-3", "GOAL-4", "GOAL-5"]))))]
#[post("/goal-sets")]
pub async fn create_goal_set(
    guard: Guard<need::GoalEdit>,
    command: Command<CreateGoalSet>,
    app: web::Data<App>,
) -> ApiResult<GoalSheet> {
    let (estate, by) = (guard.estate(command.body.estate_id)?, guard.person()?);
    let mut work = app.begin(&guard, &command).await?;
    let set = goals::create(estate, command.body.year, by, work.now);
    goals::insert_set(&mut work, &set).await?;
    goals::replace(&mut work, set.id, &five(set.id)).await?;
    work.record(
        TrailEntry::new(SubjectKind::GoalSet, set.id, "goals_drafted")
            .estate(estate)
            .states(None, "draft")
            .clauses(&["POS-DEPMGR-02a"]),
    );
    let now = work.now;
    let sheet = sheet_of(&mut work, &set, now).await?;
    let answer = Answer::of(StatusCode::CREATED, &sheet)?
        .version(set.version)
        .location(format!("/api/v1/goal-sets/{}", set.id));
    work.commit_with(answer).await
}

/// Read the goals of a year
#[utoipa::path(tag = "goals", operation_id = "get_goal_set", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The goal sheet", body = GoalSheet)),
    extensions(("x-permission" = json!("goal.read")), ("x-clauses" = json!(["GOAL-S1", "GOAL-S2", "GOAL-6"]))))]
#[get("/goal-sets/{id}")]
pub async fn get_goal_set(
    guard: Guard<need::GoalRead>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<GoalSheet> {
    let mut conn = app.conn().await?;
    let set = goals::find(&mut conn, &guard.scope, *id).await?;
    let sheet = sheet_of(&mut conn, &set, app.now()).await?;
    Ok(Answer::ok(&sheet)?.version(set.version))
}

/// The whole sheet of a draft.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplaceGoals {
    /// Every goal; those left out are dropped.
    #[validate(length(min = 1, max = 30), nested)]
    #[schema(min_items = 1, max_items = 30)]
    goals: Vec<DraftGoal>,
}

/// Rewrite the goals of a draft
///
/// Targets are data and further goals may be added (GOAL-6). Once approved, the sheet stays as it is.
#[utoipa::path(tag = "goals", operation_id = "replace_goals", params(("id" = Uuid, Path)), request_body = ReplaceGoals,
    responses((status = 200, description = "The draft", body = GoalSheet)),
    extensions(("x-permission" = json!("goal.edit")), ("x-clauses" = json!(["POS-DEPMGR-02a", "GOAL-6"]))))]
#[put("/goal-sets/{id}/goals")]
pub async fn replace_goals(
    guard: Guard<need::GoalEdit>,
    id: web::Path<Uuid>,
    command: Command<ReplaceGoals>,
    app: web::Data<App>,
) -> ApiResult<GoalSheet> {
    let (by, version) = (guard.person()?, command.expected_version()?);
    let mut work = app.begin(&guard, &command).await?;
    let mut set = goals::lock(&mut work, &guard.scope, *id).await?;
    let drafts: Vec<NewGoal> = command.body.goals.iter().map(DraftGoal::checked).collect();
    rules::revise(&set.set()?, &drafts)?;
    let rows: Vec<_> = command.body.goals.iter().map(|goal| goal.row(set.id)).collect();
    goals::replace(&mut work, set.id, &rows).await?;
    (set.drafted_by, set.version) = (by.0, version);
    let now = work.now;
    goals::save(&mut work, &mut set, now).await?;
    work.record(
        TrailEntry::new(SubjectKind::GoalSet, set.id, "goals_revised")
            .estate(set.estate_id.into())
            .changes(serde_json::json!({ "goals": [null, rows.len()] }))
            .clauses(&["POS-DEPMGR-02a", "GOAL-6"]),
    );
    let sheet = sheet_of(&mut work, &set, now).await?;
    let answer = Answer::ok(&sheet)?.version(set.version);
    work.commit_with(answer).await
}

/// Approve the goals of a year
///
/// The centre manager approves what somebody else drafted; where they drafted it themselves, the next one up the line.
/// The general manager is informed by their workbench.
#[utoipa::path(tag = "goals", operation_id = "approve_goal_set", params(("id" = Uuid, Path)), request_body = NoBody,
    responses((status = 200, description = "Approved", body = GoalSheet)),
    extensions(("x-permission" = json!("goal.approve")), ("x-clauses" = json!(["POS-DEPMGR-02a", "GOAL-S2"]))))]
#[post("/goal-sets/{id}/approve")]
pub async fn approve_goal_set(
    guard: Guard<need::GoalApprove>,
    id: web::Path<Uuid>,
    command: Command<NoBody>,
    app: web::Data<App>,
) -> ApiResult<GoalSheet> {
    let by = guard.person()?;
    let mut work = app.begin(&guard, &command).await?;
    let mut set = goals::lock(&mut work, &guard.scope, *id).await?;
    let (record, now) = (set.set()?, work.now);
    let step = rules::approve(&record, by)?;
    let today = today(&mut work, Some(record.estate), now).await?;
    must_decide(&mut work, &record, today).await?;
    set.state = step.record.state.code().to_owned();
    (set.approved_by, set.approved_at) = (Some(by.0), Some(now));
    goals::save(&mut work, &mut set, now).await?;
    work.record(step.entry);
    let sheet = sheet_of(&mut work, &set, now).await?;
    let answer = Answer::ok(&sheet)?.version(set.version);
    work.commit_with(answer).await
}

/// The sheet of a set, as it is on the estate's day.
pub(super) async fn sheet_of(
    conn: &mut Conn,
    set: &GoalSetRow,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<GoalSheet, Failure> {
    let rows = goals::sheet(conn, set.id).await?;
    let (record, terms) = (set.set()?, Terms::of(conn, set.estate_id.into()).await?);
    let decided_by = decided_by(conn, &record, terms.date(now), now).await?;
    let due_at = rules::due(&record, &terms.settings, terms.zone).map(|(_, due_at)| due_at);
    GoalSheet::of(set, rows, terms.date(now), due_at, decided_by)
}
