//! Changes of the structure: what waits for the supervisor of public affairs, and the decisions (DER-X-5).

use actix_web::{HttpResponse, get, http::StatusCode, post, web};
use uuid::Uuid;
use wuye_domain::{
    access::need,
    estate::{
        Decision, StructureAction, StructureChange, StructureChangeState, applied, confirm,
        filter::{ByTime, StructureChangeFilter},
        reject, withdraw,
    },
    shared::{Page, Problem, ProblemCode, SubjectKind, Text, Transition},
};
use wuye_persistence::{Failure, estate as rows};

use super::{Because, Remarked};
use crate::{
    Answer, ApiError, ApiResult, App, Command, Guard, ListParams, ListQuery, NoBody, Work,
    routes::Routes,
    tables::{self, ExportQuery, FormatParam, TableFile},
};

/// Changes of the estate's structure
#[utoipa::path(tag = "estate", operation_id = "list_structure_changes", params(ListParams, StructureChangeFilter),
    responses((status = 200, description = "A page of changes, the latest first", body = Page<StructureChange>)),
    extensions(("x-permission" = json!("estate.read")), ("x-clauses" = json!(["DER-X-5"]))))]
#[get("/structure-changes")]
pub async fn list_structure_changes(
    guard: Guard<need::EstateRead>,
    list: ListQuery<StructureChangeFilter, ByTime>,
    app: web::Data<App>,
) -> ApiResult<Page<StructureChange>> {
    let estate = guard.estate(list.filter.estate_id)?;
    let conn = &mut *app.conn().await?;
    list.page(rows::structure_changes::list(conn, &guard.scope, estate, &list.filter, &list.request).await?)
}

/// Changes of the estate's structure as a file
#[utoipa::path(tag = "estate", operation_id = "export_structure_changes", params(FormatParam, StructureChangeFilter),
    responses(TableFile),
    extensions(("x-permission" = json!("estate.read")), ("x-clauses" = json!(["DER-X-5"]))))]
#[get("/structure-changes/export")]
pub async fn export_structure_changes(
    guard: Guard<need::EstateRead>,
    query: ExportQuery<StructureChangeFilter, ByTime>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let estate = guard.estate(query.filter.estate_id)?;
    let of = (app.get_ref().clone(), guard.scope.clone(), query.filter.clone());
    tables::export(query.format, query.language, query.request.clone(), move |request| {
        let (app, scope, filter) = of.clone();
        async move { rows::structure_changes::list(&mut *app.conn().await?, &scope, estate, &filter, &request).await }
    })
    .await
}

/// One change
#[utoipa::path(tag = "estate", operation_id = "get_structure_change", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The change", body = StructureChange)),
    extensions(("x-permission" = json!("estate.read")), ("x-clauses" = json!(["DER-X-5"]))))]
#[get("/structure-changes/{id}")]
pub async fn get_structure_change(
    guard: Guard<need::EstateRead>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<StructureChange> {
    let change = rows::structure_changes::find(&mut *app.conn().await?, &guard.scope, *id).await?;
    Ok(Answer::ok(&change)?.version(change.version))
}

/// Confirm a change
///
/// By somebody other than who proposed it; the element changes with it.
#[utoipa::path(tag = "estate", operation_id = "confirm_structure_change", params(("id" = Uuid, Path)),
    request_body = Remarked, responses((status = 200, description = "The decided change", body = StructureChange)),
    extensions(("x-permission" = json!("estate.confirm")), ("x-clauses" = json!(["DER-X-5"]))))]
#[post("/structure-changes/{id}/confirm")]
pub async fn confirm_structure_change(
    guard: Guard<need::EstateConfirm>,
    id: web::Path<Uuid>,
    command: Command<Remarked>,
    app: web::Data<App>,
) -> ApiResult<StructureChange> {
    let mut work = app.begin(&guard, &command).await?;
    let change = rows::structure_changes::lock(&mut work, &guard.scope, *id).await?;
    let note = command.body.words();
    let step = confirm(
        &change,
        &Decision {
            actor: &work.actor,
            note,
            now: work.now,
        },
    )?;
    settle(&mut work, &guard.scope, &step).await?;
    answer(work, step).await
}

/// Refuse a change
///
/// A draft goes with it; a confirmed element stays as it is.
#[utoipa::path(tag = "estate", operation_id = "reject_structure_change", params(("id" = Uuid, Path)),
    request_body = Because, responses((status = 200, description = "The decided change", body = StructureChange)),
    extensions(("x-permission" = json!("estate.confirm")), ("x-clauses" = json!(["DER-X-5"]))))]
#[post("/structure-changes/{id}/reject")]
pub async fn reject_structure_change(
    guard: Guard<need::EstateConfirm>,
    id: web::Path<Uuid>,
    command: Command<Because>,
    app: web::Data<App>,
) -> ApiResult<StructureChange> {
    let mut work = app.begin(&guard, &command).await?;
    let change = rows::structure_changes::lock(&mut work, &guard.scope, *id).await?;
    let note = &*command.body.reason;
    let step = reject(
        &change,
        &Decision {
            actor: &work.actor,
            note,
            now: work.now,
        },
    )?;
    settle(&mut work, &guard.scope, &step).await?;
    answer(work, step).await
}

/// Take one's own change back
#[utoipa::path(tag = "estate", operation_id = "withdraw_structure_change", params(("id" = Uuid, Path)),
    request_body = NoBody, responses((status = 200, description = "The withdrawn change", body = StructureChange)),
    extensions(("x-permission" = json!("estate.edit")), ("x-clauses" = json!(["DER-X-5"]))))]
#[post("/structure-changes/{id}/withdraw")]
pub async fn withdraw_structure_change(
    guard: Guard<need::EstateEdit>,
    id: web::Path<Uuid>,
    command: Command<NoBody>,
    app: web::Data<App>,
) -> ApiResult<StructureChange> {
    let mut work = app.begin(&guard, &command).await?;
    let change = rows::structure_changes::lock(&mut work, &guard.scope, *id).await?;
    let step = withdraw(
        &change,
        &Decision {
            actor: &work.actor,
            note: "",
            now: work.now,
        },
    )?;
    settle(&mut work, &guard.scope, &step).await?;
    answer(work, step).await
}

async fn answer(mut work: Work, step: Transition<StructureChange>) -> ApiResult<StructureChange> {
    rows::structure_changes::save(&mut work, &step.record).await?;
    work.record(step.entry);
    let answer = Answer::of(StatusCode::OK, &step.record)?.version(step.record.version);
    work.commit_with(answer).await
}

/// Lets a decision take effect on the element it is about.
async fn settle(
    work: &mut Work,
    scope: &wuye_domain::access::Scope,
    step: &Transition<StructureChange>,
) -> Result<(), Failure> {
    let change = &step.record;
    let (id, now) = (change.subject_id, work.now);
    macro_rules! on {
        ($rows:ident) => {{
            let element = rows::$rows::lock(work, scope, id).await?;
            if let Some(after) = applied(change, &element, now)? {
                free(change, rows::$rows::in_use(work, id).await?)?;
                rows::$rows::save(work, &after.record).await?;
                work.record(after.entry);
            }
        }};
    }
    match change.subject_kind {
        SubjectKind::Area => on!(areas),
        SubjectKind::Block => on!(blocks),
        SubjectKind::Unit => on!(units),
        SubjectKind::House => on!(houses),
        SubjectKind::ParkingSpace => on!(parking_spaces),
        SubjectKind::Place => on!(places),
        SubjectKind::ImportRun => {
            let state = match change.state {
                StructureChangeState::Confirmed => "active",
                _ => "retired",
            };
            rows::structure_changes::decide_import(work, id.into(), state, now).await?;
        }
        _ => return Err(Failure::internal("a structure change of something that is no element")),
    }
    Ok(())
}

/// What others still hang on cannot go.
fn free(change: &StructureChange, used: i64) -> Result<(), Problem> {
    let goes = matches!(
        (change.kind, change.state),
        (StructureAction::Retire, StructureChangeState::Confirmed)
            | (
                StructureAction::Create,
                StructureChangeState::Rejected | StructureChangeState::Withdrawn
            )
    );
    if !goes || used == 0 {
        return Ok(());
    }
    let title = &change.title;
    Err(Problem::new(
        ProblemCode::InUse,
        Text::of(
            format!("{title}之下还有{used}项在用的资料（房屋、入住关系或档案），须先处理。"),
            format!("{used} living records (houses, occupancies or files) still hang on {title}: settle them first."),
        ),
    ))
}

pub(super) fn configure(config: &mut Routes<'_>) {
    config
        .service(list_structure_changes)
        .service(export_structure_changes)
        .service(get_structure_change)
        .service(confirm_structure_change)
        .service(reject_structure_change)
        .service(withdraw_structure_change);
}
