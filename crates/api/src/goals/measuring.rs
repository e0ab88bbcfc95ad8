//! Measurements: provisional on any day, final after the year, beside each other when measured again.

use actix_web::{get, http::StatusCode, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{Scope, need},
    goals::{self as rules, Goal, Measurement, Stage, compute, snapshot},
    shared::{EmployeeId, Note, Problem, SubjectKind, Text, TrailEntry},
};
use wuye_persistence::goals::{self, GoalSetRow, Measured};

use super::{dto::GoalSetHead, must_decide, readings, sources};
use crate::{Answer, ApiError, ApiResult, App, Command, Guard, NoBody, Work, org::common};

/// A set after it was measured, with the measurements taken.
#[derive(Serialize, ToSchema)]
pub struct MeasuredSet {
    set: GoalSetHead,
    measurements: Vec<Measured>,
}

/// What to say with it.
#[derive(Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignGoals {
    /// Needed when complaints are signed over whose validity is pending (GOAL-2).
    note: Option<Note>,
}

/// Why again.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Remeasure {
    /// What changed in the records.
    reason: Note,
}

struct Taken {
    goals: Vec<Goal>,
    measured: Vec<Measurement>,
    rows: Vec<Measured>,
}

/// Computes every goal of `set` at `stage`; nothing is stored.
async fn take(
    work: &mut Work,
    scope: &Scope,
    set: &GoalSetRow,
    by: EmployeeId,
    stage: impl FnOnce(chrono::NaiveDate) -> Result<Stage, Problem>,
) -> Result<Taken, ApiError> {
    let (terms, options) = readings(work, set).await?;
    let stage = stage(terms.date(work.now))?;
    let sheet = goals::sheet(work, set.id).await?;
    let sources = sources(work, scope, set, terms.zone, &sheet).await?;
    let mut taken = Taken {
        goals: Vec::new(),
        measured: Vec::new(),
        rows: Vec::new(),
    };
    for (row, sources) in sheet.into_iter().zip(&sources) {
        let measured = compute(&row.goal, sources, &options, &stage);
        let kept = snapshot(sources, &options, &stage);
        taken
            .rows
            .push(Measured::new(row.id, &measured, &kept, &stage, by, work.now)?);
        taken.measured.push(measured);
        taken.goals.push(row.goal);
    }
    Ok(taken)
}

async fn answer_of(set: &GoalSetRow, work: &mut Work, measurements: Vec<Measured>) -> Result<MeasuredSet, ApiError> {
    let today = today(work, set).await?;
    Ok(MeasuredSet {
        set: GoalSetHead::of(set, today)?,
        measurements,
    })
}

async fn today(work: &mut Work, set: &GoalSetRow) -> Result<chrono::NaiveDate, ApiError> {
    let now = work.now;
    Ok(common::today(work, Some(set.estate_id.into()), now).await?)
}

/// Measure a year provisionally
///
/// Keeps today's figures of every goal with what they were computed from.
#[utoipa::path(tag = "goals", operation_id = "measure_goal_set", params(("id" = Uuid, Path)), request_body = NoBody,
    responses((status = 201, description = "The measurements", body = MeasuredSet)),
    extensions(("x-permission" = json!("goal.edit")), ("x-clauses" = json!(["GOAL-1", "GOAL-2", "GOAL-3", "GOAL-4", "GOAL-5"]))))]
#[post("/goal-sets/{id}/measure")]
pub async fn measure_goal_set(
    guard: Guard<need::GoalEdit>,
    id: web::Path<Uuid>,
    command: Command<NoBody>,
    app: web::Data<App>,
) -> ApiResult<MeasuredSet> {
    let by = guard.person()?;
    let mut work = app.begin(&guard, &command).await?;
    let set = goals::lock(&mut work, &guard.scope, *id).await?;
    let year = set.year;
    let stage = |today| Ok(Stage::provisional(year, today));
    let taken = take(&mut work, &guard.scope, &set, by, stage).await?;
    goals::insert(&mut work, &taken.rows).await?;
    work.record(
        TrailEntry::new(SubjectKind::GoalSet, set.id, "goals_measured_provisionally")
            .estate(set.estate_id.into())
            .clauses(&["GOAL-S2"]),
    );
    let answer = answer_of(&set, &mut work, taken.rows).await?;
    work.answer(StatusCode::CREATED, &answer).await
}

/// Sign the final measurement of a year
///
/// After the year has ended. Complaints whose validity is pending need a note.
#[utoipa::path(tag = "goals", operation_id = "sign_goal_set", params(("id" = Uuid, Path)), request_body = SignGoals,
    responses((status = 200, description = "Signed", body = MeasuredSet)),
    extensions(("x-permission" = json!("goal.approve")), ("x-clauses" = json!(["GOAL-1", "GOAL-2", "GOAL-3", "GOAL-4", "GOAL-5"]))))]
#[post("/goal-sets/{id}/sign")]
pub async fn sign_goal_set(
    guard: Guard<need::GoalApprove>,
    id: web::Path<Uuid>,
    command: Command<SignGoals>,
    app: web::Data<App>,
) -> ApiResult<MeasuredSet> {
    let by = guard.person()?;
    let mut work = app.begin(&guard, &command).await?;
    let mut set = goals::lock(&mut work, &guard.scope, *id).await?;
    let (record, now) = (set.set()?, work.now);
    let stage = |today| rules::last_stage(&record, today);
    let mut taken = take(&mut work, &guard.scope, &set, by, stage).await?;
    let note = command.body.note.as_ref().map(Note::as_str);
    let step = rules::sign(&record, &taken.goals, &taken.measured, note)?;
    let today = today(&mut work, &set).await?;
    must_decide(&mut work, &record, today).await?;
    taken
        .rows
        .iter_mut()
        .for_each(|row| row.note = note.map(ToOwned::to_owned));
    goals::insert(&mut work, &taken.rows).await?;
    set.state = step.record.state.code().to_owned();
    goals::save(&mut work, &mut set, now).await?;
    work.record(step.entry);
    let answer = answer_of(&set, &mut work, taken.rows).await?;
    work.answer(StatusCode::OK, &answer).await
}

/// Close a year
///
/// From then on a change in the records needs a re-measurement with its reason; both are kept.
#[utoipa::path(tag = "goals", operation_id = "freeze_goal_set", params(("id" = Uuid, Path)), request_body = NoBody,
    responses((status = 200, description = "Frozen", body = MeasuredSet)),
    extensions(("x-permission" = json!("goal.approve")), ("x-clauses" = json!(["GOAL-S2"]))))]
#[post("/goal-sets/{id}/freeze")]
pub async fn freeze_goal_set(
    guard: Guard<need::GoalApprove>,
    id: web::Path<Uuid>,
    command: Command<NoBody>,
    app: web::Data<App>,
) -> ApiResult<MeasuredSet> {
    guard.person()?;
    let mut work = app.begin(&guard, &command).await?;
    let mut set = goals::lock(&mut work, &guard.scope, *id).await?;
    let record = set.set()?;
    let step = rules::freeze(&record)?;
    let today = today(&mut work, &set).await?;
    must_decide(&mut work, &record, today).await?;
    let ids: Vec<Uuid> = goals::sheet(&mut work, set.id)
        .await?
        .iter()
        .map(|row| row.id)
        .collect();
    goals::freeze(&mut work, &ids).await?;
    let now = work.now;
    (set.state, set.frozen_at) = (step.record.state.code().to_owned(), Some(now));
    goals::save(&mut work, &mut set, now).await?;
    work.record(step.entry);
    let rows = goals::latest(&mut work, &ids).await?;
    let answer = answer_of(&set, &mut work, rows).await?;
    work.answer(StatusCode::OK, &answer).await
}

/// The measurements of a goal
#[utoipa::path(tag = "goals", operation_id = "list_goal_measurements", params(("id" = Uuid, Path)),
    responses((status = 200, description = "Every measurement, oldest first", body = Vec<Measured>)),
    extensions(("x-permission" = json!("goal.read")), ("x-clauses" = json!(["GOAL-S2"]))))]
#[get("/goals/{id}/measurements")]
pub async fn list_goal_measurements(
    guard: Guard<need::GoalRead>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<Vec<Measured>> {
    let mut conn = app.conn().await?;
    let (row, _) = goals::find_goal(&mut conn, &guard.scope, *id).await?;
    Answer::ok(&goals::of_goal(&mut conn, row.id).await?)
}

/// Measure a goal again
///
/// After signing, when its records were corrected. The new measurement stands beside the one it names.
#[utoipa::path(tag = "goals", operation_id = "remeasure_goal", params(("id" = Uuid, Path)), request_body = Remeasure,
    responses((status = 201, description = "The new measurement", body = Measured)),
    extensions(("x-permission" = json!("goal.approve")), ("x-clauses" = json!(["GOAL-S2", "GOAL-2", "GOAL-3"]))))]
#[post("/goals/{id}/remeasure")]
pub async fn remeasure_goal(
    guard: Guard<need::GoalApprove>,
    id: web::Path<Uuid>,
    command: Command<Remeasure>,
    app: web::Data<App>,
) -> ApiResult<Measured> {
    let by = guard.person()?;
    let mut work = app.begin(&guard, &command).await?;
    let (goal, set) = goals::find_goal(&mut work, &guard.scope, *id).await?;
    let set = goals::lock(&mut work, &guard.scope, set.id).await?;
    let record = set.set()?;
    let step = rules::remeasure(&record, &command.body.reason)?;
    let today = today(&mut work, &set).await?;
    must_decide(&mut work, &record, today).await?;
    let stage = |today| rules::last_stage(&record, today);
    let taken = take(&mut work, &guard.scope, &set, by, stage).await?;
    let stood = goals::latest(&mut work, &[goal.id]).await?.pop();
    let mut row = taken
        .rows
        .into_iter()
        .find(|row| row.goal_id == goal.id)
        .ok_or_else(unmeasured)?;
    row.supersedes = Some(stood.ok_or_else(unmeasured)?.id);
    row.reason = Some(command.body.reason.to_string());
    row.frozen = set.frozen_at.is_some();
    goals::insert(&mut work, std::slice::from_ref(&row)).await?;
    work.record(step.entry);
    work.answer(StatusCode::CREATED, &row).await
}

fn unmeasured() -> Problem {
    Problem::wrong_state(
        &Text::new("重新测量", "be measured again"),
        &Text::new("未终测", "without a final measurement"),
    )
}
