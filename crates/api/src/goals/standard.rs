//! The service standard of an estate (PREF-5a): a named value with its date.

use actix_web::{get, patch, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    shared::{EstateId, Name, Problem, SubjectKind, TrailEntry},
};
use wuye_persistence::estates::{self, Estate};

use crate::{Answer, ApiResult, App, Command, Guard};

/// The standard that the services of an estate must reach.
#[derive(Serialize, ToSchema)]
pub struct ServiceStandard {
    estate_id: Uuid,
    /// Its name, e.g. 三级资质.
    standard: String,
    /// Since when.
    since: Option<NaiveDate>,
}

impl From<&Estate> for ServiceStandard {
    fn from(estate: &Estate) -> Self {
        Self {
            estate_id: estate.id,
            standard: estate.service_standard.clone(),
            since: estate.service_standard_on,
        }
    }
}

/// Read the service standard
#[utoipa::path(tag = "goals", operation_id = "get_service_standard", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The standard", body = ServiceStandard)),
    extensions(("x-permission" = json!("goal.read")), ("x-clauses" = json!(["PREF-5a"]))))]
#[get("/estates/{id}/service-standard")]
pub async fn get_service_standard(
    guard: Guard<need::GoalRead>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<ServiceStandard> {
    within(&guard, *id)?;
    let estate = estates::find(&*app.conn().await?, EstateId(*id)).await?;
    Ok(Answer::ok(&ServiceStandard::from(&estate))?.version(estate.version))
}

/// A standard to be held from a date.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeServiceStandard {
    /// Its name.
    standard: Name,
    /// Since when.
    since: NaiveDate,
}

/// Change the service standard
#[utoipa::path(tag = "goals", operation_id = "change_service_standard", params(("id" = Uuid, Path)), request_body = ChangeServiceStandard,
    responses((status = 200, description = "The standard", body = ServiceStandard)),
    extensions(("x-permission" = json!("goal.edit")), ("x-clauses" = json!(["PREF-5a"]))))]
#[patch("/estates/{id}/service-standard")]
pub async fn change_service_standard(
    guard: Guard<need::GoalEdit>,
    id: web::Path<Uuid>,
    command: Command<ChangeServiceStandard>,
    app: web::Data<App>,
) -> ApiResult<ServiceStandard> {
    let version = command.expected_version()?;
    within(&guard, *id)?;
    let mut work = app.begin(&guard, &command).await?;
    let (now, before) = (work.now, estates::find(&work, EstateId(*id)).await?);
    let ChangeServiceStandard { standard, since } = command.body;
    let after = estates::set_standard(&mut work, EstateId(*id), &standard, since, version, now).await?;
    work.record(
        TrailEntry::new(SubjectKind::Estate, *id, "service_standard_changed")
            .estate(EstateId(*id))
            .changes(serde_json::json!({ "service_standard": [before.service_standard, after.service_standard] }))
            .clauses(&["PREF-5a"]),
    );
    let answer = Answer::ok(&ServiceStandard::from(&after))?.version(after.version);
    work.commit_with(answer).await
}

fn within<P: wuye_domain::access::Needs + 'static>(guard: &Guard<P>, id: Uuid) -> Result<(), Problem> {
    if guard.scope.touches(EstateId(id)) {
        Ok(())
    } else {
        Err(Problem::not_found())
    }
}
