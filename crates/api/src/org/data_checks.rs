//! Monthly checks that the charging data is complete (DER-COMPUTER-5).

use actix_web::{get, http::StatusCode, post, web};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    org::{DataCheckArea, DataCheckState, data_care},
    shared::{EstateId, ListRequest, Note, Page, ShortCode, SubjectKind, TrailEntry},
};
use wuye_persistence::{
    Failure, Rows,
    org::data_checks::{self, DataCheck, DataCheckFilter},
};

use crate::{ApiResult, App, Command, Guard, ListParams, ListQuery, Work, list::NoSort};

/// Which checks.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DataCheckQuery {
    /// In this estate.
    estate_id: Option<EstateId>,
    /// Of this kind of data.
    area: Option<DataCheckArea>,
    /// In this state.
    state: Option<DataCheckState>,
}

/// List data checks
#[utoipa::path(tag = "accounts", operation_id = "list_data_checks", params(ListParams, DataCheckQuery),
    responses((status = 200, description = "A page of checks", body = Page<DataCheck>)),
    extensions(("x-permission" = json!("data_check.read")), ("x-clauses" = json!(["DER-COMPUTER-5", "POS-TICKET-04"]))))]
#[get("/data-checks")]
pub async fn list_data_checks(
    guard: Guard<need::DataCheckRead>,
    list: ListQuery<DataCheckQuery>,
    app: web::Data<App>,
) -> ApiResult<Page<DataCheck>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of checks, for the list and for its file.
pub(super) async fn page(
    app: &App,
    guard: &Guard<need::DataCheckRead>,
    filter: &DataCheckQuery,
    request: &ListRequest<NoSort>,
) -> Result<Rows<DataCheck>, Failure> {
    let DataCheckQuery { estate_id, area, state } = *filter;
    let filter = DataCheckFilter {
        estate: estate_id,
        area,
        state,
    };
    data_checks::list(&mut *app.conn().await?, &guard.scope, &filter, &request.unsorted()).await
}

/// A check to be opened.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDataCheck {
    /// The estate; one's own when absent.
    estate_id: Option<EstateId>,
    /// The month, `YYYY-MM`.
    period: ShortCode,
    /// Which data.
    area: DataCheckArea,
}

/// Open a data check
///
/// One for each month and kind of data, before the bills are run.
#[utoipa::path(tag = "accounts", operation_id = "create_data_check", request_body = NewDataCheck,
    responses((status = 201, description = "Open", body = DataCheck)),
    extensions(("x-permission" = json!("data_check.run")), ("x-clauses" = json!(["DER-COMPUTER-5", "POS-TICKET-04"]))))]
#[post("/data-checks")]
pub async fn create_data_check(
    guard: Guard<need::DataCheckRun>,
    command: Command<NewDataCheck>,
    app: web::Data<App>,
) -> ApiResult<DataCheck> {
    let body = &command.body;
    let (person, estate) = (guard.person()?, guard.estate(body.estate_id)?);
    let mut work = app.begin(&guard, &command).await?;
    let now = work.now;
    let row = DataCheck {
        id: Uuid::now_v7(),
        estate_id: estate.0,
        period: body.period.to_string(),
        area: body.area.code().to_owned(),
        state: DataCheckState::Open.code().to_owned(),
        result: None,
        exceptions: Vec::new(),
        opened_by: person.0,
        fixed_by: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    data_checks::insert(&mut work, &row).await?;
    record(&mut work, &row, "opened", None);
    work.answer(StatusCode::CREATED, &row).await
}

fn record(work: &mut Work, row: &DataCheck, action: &'static str, from: Option<DataCheckState>) {
    let to = row.state.parse::<DataCheckState>().map_or("open", DataCheckState::code);
    work.record(
        TrailEntry::new(SubjectKind::DataCheck, row.id, action)
            .estate(row.estate_id.into())
            .states(from.map(DataCheckState::code), to)
            .changes(serde_json::json!({ "exceptions": [null, row.exceptions.len()] }))
            .clauses(&["DER-COMPUTER-5", "POS-TICKET-04"]),
    );
}

/// What a check found.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DataCheckResult {
    /// In words.
    result: Note,
    /// What is missing or wrong, one by one; empty when all is well.
    #[serde(default)]
    #[validate(length(max = 1000))]
    #[schema(max_items = 1000)]
    exceptions: Vec<Note>,
}

/// Conclude a data check
///
/// Passed without exceptions; with them it stays open until they are put right.
#[utoipa::path(tag = "accounts", operation_id = "conclude_data_check", params(("id" = Uuid, Path)), request_body = DataCheckResult,
    responses((status = 200, description = "Concluded", body = DataCheck)),
    extensions(("x-permission" = json!("data_check.run")), ("x-clauses" = json!(["DER-COMPUTER-5", "POS-TICKET-04"]))))]
#[post("/data-checks/{id}/conclude")]
pub async fn conclude_data_check(
    guard: Guard<need::DataCheckRun>,
    id: web::Path<Uuid>,
    command: Command<DataCheckResult>,
    app: web::Data<App>,
) -> ApiResult<DataCheck> {
    let mut work = app.begin(&guard, &command).await?;
    let mut row = data_checks::find(&mut work, &guard.scope, *id).await?;
    let from: DataCheckState = row.state.parse().map_err(Failure::from)?;
    data_care::conclude(from, command.body.exceptions.len())?
        .code()
        .clone_into(&mut row.state);
    row.result = Some(command.body.result.to_string());
    row.exceptions = command.body.exceptions.iter().map(ToString::to_string).collect();
    row.updated_at = work.now;
    data_checks::save(&mut work, &mut row).await?;
    record(&mut work, &row, "concluded", Some(from));
    work.answer(StatusCode::OK, &row).await
}

/// How the exceptions were put right.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DataCheckFix {
    /// In words.
    result: Note,
}

/// Note that exceptions are put right
#[utoipa::path(tag = "accounts", operation_id = "fix_data_check", params(("id" = Uuid, Path)), request_body = DataCheckFix,
    responses((status = 200, description = "Fixed", body = DataCheck)),
    extensions(("x-permission" = json!("data_check.run")), ("x-clauses" = json!(["DER-COMPUTER-5", "POS-TICKET-04"]))))]
#[post("/data-checks/{id}/fix")]
pub async fn fix_data_check(
    guard: Guard<need::DataCheckRun>,
    id: web::Path<Uuid>,
    command: Command<DataCheckFix>,
    app: web::Data<App>,
) -> ApiResult<DataCheck> {
    let person = guard.person()?;
    let mut work = app.begin(&guard, &command).await?;
    let mut row = data_checks::find(&mut work, &guard.scope, *id).await?;
    let from: DataCheckState = row.state.parse().map_err(Failure::from)?;
    data_care::fix(from)?.code().clone_into(&mut row.state);
    row.result = Some(command.body.result.to_string());
    row.fixed_by = Some(person.0);
    row.updated_at = work.now;
    data_checks::save(&mut work, &mut row).await?;
    record(&mut work, &row, "fixed", Some(from));
    work.answer(StatusCode::OK, &row).await
}
