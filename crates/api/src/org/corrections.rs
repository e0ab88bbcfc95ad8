//! Corrections of charging data: proposed by the receipt printer, approved by the finance supervisor (DER-COMPUTER-3).

use actix_web::{get, http::StatusCode, post, web};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    org::{CorrectionRecord, CorrectionState, data_care},
    shared::{EstateId, ListRequest, Name, Note, Page, Problem, ShortCode, SubjectKind, Text, TrailEntry},
};
use wuye_persistence::{
    Failure, Rows, numbers,
    org::corrections::{self, CorrectionFilter, DataCorrection},
};

use super::common;
use crate::{ApiResult, App, Command, Guard, ListParams, ListQuery, Work, list::NoSort};

/// Which corrections.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CorrectionQuery {
    /// In this estate.
    estate_id: Option<EstateId>,
    /// In this state.
    state: Option<CorrectionState>,
}

/// List corrections of charging data
#[utoipa::path(tag = "accounts", operation_id = "list_data_corrections", params(ListParams, CorrectionQuery),
    responses((status = 200, description = "A page of corrections", body = Page<DataCorrection>)),
    extensions(("x-permission" = json!("data_check.read")), ("x-clauses" = json!(["DER-COMPUTER-3", "POS-TICKET-04"]))))]
#[get("/data-corrections")]
pub async fn list_data_corrections(
    guard: Guard<need::DataCheckRead>,
    list: ListQuery<CorrectionQuery>,
    app: web::Data<App>,
) -> ApiResult<Page<DataCorrection>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of corrections, for the list and for its file.
pub(super) async fn page(
    app: &App,
    guard: &Guard<need::DataCheckRead>,
    filter: &CorrectionQuery,
    request: &ListRequest<NoSort>,
) -> Result<Rows<DataCorrection>, Failure> {
    let filter = CorrectionFilter {
        estate: filter.estate_id,
        state: filter.state,
    };
    corrections::list(&mut *app.conn().await?, &guard.scope, &filter, &request.unsorted()).await
}

/// A value to be put right.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCorrection {
    /// The estate; one's own when absent.
    estate_id: Option<EstateId>,
    /// The kind of record.
    record_kind: CorrectionRecord,
    /// Its business number.
    record_ref: ShortCode,
    /// The field.
    field: ShortCode,
    /// The value it has.
    before_value: Name,
    /// The value it should have.
    after_value: Name,
    /// Why.
    reason: Note,
}

/// Propose a correction of charging data
#[utoipa::path(tag = "accounts", operation_id = "create_data_correction", request_body = NewCorrection,
    responses((status = 201, description = "Waits for the finance supervisor", body = DataCorrection)),
    extensions(("x-permission" = json!("data_check.run")), ("x-clauses" = json!(["DER-COMPUTER-3", "POS-TICKET-04"]))))]
#[post("/data-corrections")]
pub async fn create_data_correction(
    guard: Guard<need::DataCheckRun>,
    command: Command<NewCorrection>,
    app: web::Data<App>,
) -> ApiResult<DataCorrection> {
    let body = &command.body;
    let (person, estate) = (guard.person()?, guard.estate(body.estate_id)?);
    if body.before_value == body.after_value {
        let words = Text::new("更正前后相同", "before and after are the same");
        return Err(Problem::field("/after_value", "unchanged", words).into());
    }
    let mut work = app.begin(&guard, &command).await?;
    let now = work.now;
    let today = common::today(&mut work, Some(estate), now).await?;
    let row = DataCorrection {
        id: Uuid::now_v7(),
        estate_id: estate.0,
        no: numbers::next(&mut work, estate, "GZ", today).await?,
        record_kind: body.record_kind.code().to_owned(),
        record_ref: body.record_ref.to_string(),
        field: body.field.to_string(),
        before_value: body.before_value.to_string(),
        after_value: body.after_value.to_string(),
        reason: body.reason.to_string(),
        state: CorrectionState::Proposed.code().to_owned(),
        proposed_by: person.0,
        decided_by: None,
        decided_at: None,
        decision_note: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    corrections::insert(&mut work, &row).await?;
    let entry = TrailEntry::new(SubjectKind::DataCorrection, row.id, "proposed")
        .estate(estate)
        .states(None, CorrectionState::Proposed.code())
        .reason(Some(body.reason.as_str()))
        .changes(serde_json::json!({ row.field.as_str(): [row.before_value, row.after_value] }))
        .clauses(&["DER-COMPUTER-3", "POS-TICKET-04"]);
    work.record(entry);
    work.answer(StatusCode::CREATED, &row).await
}

/// What is said to a correction.
#[derive(Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectionDecision {
    /// Remark; why, when it is refused.
    note: Option<Note>,
}

async fn decide(
    mut work: Work,
    mut row: DataCorrection,
    said: &CorrectionDecision,
    approve: bool,
) -> ApiResult<DataCorrection> {
    let by = work.actor.employee;
    let state = row.state.parse().map_err(Failure::from)?;
    let to = data_care::decide_correction(state, row.proposed_by.into(), by, approve)?;
    to.code().clone_into(&mut row.state);
    row.decided_by = by.map(|id| id.0);
    row.decided_at = Some(work.now);
    row.updated_at = work.now;
    row.decision_note = said.note.as_ref().map(ToString::to_string);
    corrections::save(&mut work, &mut row).await?;
    let entry = TrailEntry::new(
        SubjectKind::DataCorrection,
        row.id,
        if approve { "approved" } else { "rejected" },
    )
    .estate(row.estate_id.into())
    .states(Some(CorrectionState::Proposed.code()), to.code())
    .reason(row.decision_note.clone())
    .changes(serde_json::json!({ row.field.as_str(): [row.before_value, row.after_value] }))
    .clauses(&["DER-COMPUTER-3"]);
    work.record(entry);
    work.answer(StatusCode::OK, &row).await
}

/// Approve a correction of charging data
///
/// By the finance supervisor, never by whoever proposed it.
#[utoipa::path(tag = "accounts", operation_id = "approve_data_correction", params(("id" = Uuid, Path)), request_body = CorrectionDecision,
    responses((status = 200, description = "Approved", body = DataCorrection)),
    extensions(("x-permission" = json!("data_check.approve")), ("x-clauses" = json!(["DER-COMPUTER-3"]))))]
#[post("/data-corrections/{id}/approve")]
pub async fn approve_data_correction(
    guard: Guard<need::DataCheckApprove>,
    id: web::Path<Uuid>,
    command: Command<CorrectionDecision>,
    app: web::Data<App>,
) -> ApiResult<DataCorrection> {
    guard.person()?;
    let mut work = app.begin(&guard, &command).await?;
    let row = corrections::find(&mut work, &guard.scope, *id).await?;
    decide(work, row, &command.body, true).await
}

/// Refuse a correction of charging data
#[utoipa::path(tag = "accounts", operation_id = "reject_data_correction", params(("id" = Uuid, Path)), request_body = CorrectionDecision,
    responses((status = 200, description = "Refused", body = DataCorrection)),
    extensions(("x-permission" = json!("data_check.approve")), ("x-clauses" = json!(["DER-COMPUTER-3"]))))]
#[post("/data-corrections/{id}/reject")]
pub async fn reject_data_correction(
    guard: Guard<need::DataCheckApprove>,
    id: web::Path<Uuid>,
    command: Command<CorrectionDecision>,
    app: web::Data<App>,
) -> ApiResult<DataCorrection> {
    guard.person()?;
    if command.body.note.is_none() {
        let words = Text::new("驳回须说明理由", "a refusal says why");
        return Err(Problem::field("/note", "required", words).into());
    }
    let mut work = app.begin(&guard, &command).await?;
    let row = corrections::find(&mut work, &guard.scope, *id).await?;
    decide(work, row, &command.body, false).await
}
