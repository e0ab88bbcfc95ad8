//! Duties that the centre manager entrusts to the assistant (PROC-ASSTMGR-4.1).

use actix_web::{get, http::StatusCode, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{PostCode, need},
    shared::{EmployeeId, EstateId, ListRequest, Note, Page, Problem, SubjectKind, Text, TrailEntry},
};
use wuye_persistence::{
    Conn, Failure, Rows,
    org::{
        assignments,
        entrusted::{self, EntrustedDuty},
    },
};

use super::common;
use crate::{ApiResult, App, Command, Guard, ListQuery, list::NoSort};

/// A duty with the names of both.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntrustedDutyView {
    #[serde(flatten)]
    pub(super) duty: EntrustedDuty,
    pub(super) from_name: String,
    pub(super) to_name: String,
}

async fn views(conn: &mut Conn, rows: Vec<EntrustedDuty>) -> Result<Vec<EntrustedDutyView>, Failure> {
    let ids = rows
        .iter()
        .flat_map(|row| [Some(row.from_employee_id), Some(row.to_employee_id)]);
    let names = common::names(conn, ids).await?;
    let name = |id: &Uuid| names.get(id).cloned().unwrap_or_default();
    Ok(rows
        .into_iter()
        .map(|duty| EntrustedDutyView {
            from_name: name(&duty.from_employee_id),
            to_name: name(&duty.to_employee_id),
            duty,
        })
        .collect())
}

/// Which duties.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EntrustedQuery {
    /// Of this estate.
    estate_id: Option<EstateId>,
    /// In force on this day.
    on: Option<NaiveDate>,
}

/// List entrusted duties
#[utoipa::path(tag = "org", operation_id = "list_entrusted_duties", params(EntrustedQuery),
    responses((status = 200, description = "The duties", body = Page<EntrustedDutyView>)),
    extensions(("x-permission" = json!("org.read")), ("x-clauses" = json!(["PROC-ASSTMGR-4.1", "POS-ASSTMGR-01"]))))]
#[get("/entrusted-duties")]
pub async fn list_entrusted_duties(
    guard: Guard<need::OrgRead>,
    list: ListQuery<EntrustedQuery>,
    app: web::Data<App>,
) -> ApiResult<Page<EntrustedDutyView>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// The duties, for the list and for its file.
pub(super) async fn page(
    app: &App,
    guard: &Guard<need::OrgRead>,
    filter: &EntrustedQuery,
    _: &ListRequest<NoSort>,
) -> Result<Rows<EntrustedDutyView>, Failure> {
    let mut conn = app.conn().await?;
    let rows = entrusted::list(&mut conn, &guard.scope, filter.estate_id, filter.on).await?;
    Ok(Rows::whole(views(&mut conn, rows).await?))
}

/// A duty to be entrusted.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEntrustedDuty {
    /// The estate; one's own when absent.
    estate_id: Option<EstateId>,
    /// The assistant; the only one of the estate when absent.
    to_employee_id: Option<EmployeeId>,
    /// The duty in words.
    duty: Note,
    /// First day.
    valid_from: NaiveDate,
    /// First day after, where an end is known.
    valid_until: Option<NaiveDate>,
}

/// The duties are the centre manager's own: nobody above or beside gives them away.
fn managers(guard: &Guard<need::OrgEdit>, estate: EstateId) -> Result<(), Problem> {
    if guard.actor.holds(estate, &[PostCode::Cscmgr]) {
        return Ok(());
    }
    Err(Problem::forbidden(&PostCode::Cscmgr.title()))
}

/// Entrust a duty
///
/// From the centre manager to the assistant.
#[utoipa::path(tag = "org", operation_id = "create_entrusted_duty", request_body = NewEntrustedDuty,
    responses((status = 201, description = "Entrusted", body = EntrustedDutyView)),
    extensions(("x-permission" = json!("org.edit")), ("x-clauses" = json!(["PROC-ASSTMGR-4.1", "POS-ASSTMGR-01"]))))]
#[post("/entrusted-duties")]
pub async fn create_entrusted_duty(
    guard: Guard<need::OrgEdit>,
    command: Command<NewEntrustedDuty>,
    app: web::Data<App>,
) -> ApiResult<EntrustedDutyView> {
    let body = &command.body;
    let (person, estate) = (guard.person()?, guard.estate(body.estate_id)?);
    managers(&guard, estate)?;
    let mut work = app.begin(&guard, &command).await?;
    let assistants: Vec<Uuid> = assignments::on(&mut work, Some(estate), body.valid_from)
        .await?
        .into_iter()
        .filter(|row| row.post == PostCode::Asstmgr.code())
        .map(|row| row.employee_id)
        .collect();
    let to = body
        .to_employee_id
        .map_or_else(|| assistants.first().copied(), |id| Some(id.0));
    let Some(to) = to.filter(|to| assistants.contains(to)) else {
        let words = Text::new(
            "受托人须是当日在任的经理助理",
            "the duty goes to an assistant in office on that day",
        );
        return Err(Problem::field("/to_employee_id", "not_assistant", words).into());
    };
    let row = EntrustedDuty {
        id: Uuid::now_v7(),
        estate_id: estate.0,
        from_employee_id: person.0,
        to_employee_id: to,
        duty: body.duty.to_string(),
        valid_from: body.valid_from,
        valid_until: body.valid_until,
        version: 1,
        created_at: work.now,
    };
    entrusted::insert(&mut work, &row).await?;
    work.record(
        TrailEntry::new(SubjectKind::EntrustedDuty, row.id, "entrusted")
            .estate(estate)
            .clauses(&["PROC-ASSTMGR-4.1"]),
    );
    let view = views(&mut work, vec![row]).await?.pop();
    let view = view.ok_or_else(|| Failure::internal("one row in, one view out"))?;
    work.answer(StatusCode::CREATED, &view).await
}

/// The end of a duty.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndDuty {
    /// First day on which it is not entrusted any more.
    valid_until: NaiveDate,
    /// Why.
    reason: Note,
}

/// Take an entrusted duty back
#[utoipa::path(tag = "org", operation_id = "end_entrusted_duty", params(("id" = Uuid, Path)), request_body = EndDuty,
    responses((status = 200, description = "With its end", body = EntrustedDutyView)),
    extensions(("x-permission" = json!("org.edit")), ("x-clauses" = json!(["PROC-ASSTMGR-4.1"]))))]
#[post("/entrusted-duties/{id}/end")]
pub async fn end_entrusted_duty(
    guard: Guard<need::OrgEdit>,
    id: web::Path<Uuid>,
    command: Command<EndDuty>,
    app: web::Data<App>,
) -> ApiResult<EntrustedDutyView> {
    let mut work = app.begin(&guard, &command).await?;
    let mut row = entrusted::find(&mut work, &guard.scope, *id).await?;
    managers(&guard, row.estate_id.into())?;
    row.valid_until = Some(command.body.valid_until);
    entrusted::save(&mut work, &mut row).await?;
    work.record(
        TrailEntry::new(SubjectKind::EntrustedDuty, row.id, "ended")
            .estate(row.estate_id.into())
            .reason(Some(command.body.reason.as_str()))
            .clauses(&["PROC-ASSTMGR-4.1"]),
    );
    let view = views(&mut work, vec![row]).await?.pop();
    let view = view.ok_or_else(|| Failure::internal("one row in, one view out"))?;
    work.answer(StatusCode::OK, &view).await
}
