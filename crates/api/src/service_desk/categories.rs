//! Repair categories and their limits.

use actix_web::{get, patch, web};
use serde::Deserialize;
use utoipa::IntoParams;
use wuye_domain::{
    access::need,
    service_desk::{
        RepairCategory,
        categories::{Category, ChangeCategory},
    },
    shared::EstateId,
    shared::Problem,
};
use wuye_persistence::{accounts::version_conflict, service_desk::categories};

use crate::{Answer, ApiResult, App, Command, Guard, ListQuery, routes::Routes};

/// The routes of this file.
pub fn configure(config: &mut Routes<'_>) {
    config.service(list_repair_categories).service(change_repair_category);
}

/// Of which estate.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OfEstate {
    /// The estate; may be left out by people who work in one only.
    pub estate_id: Option<EstateId>,
}

/// List repair categories
///
/// With the limits in force: the product's defaults, and over them what the estate has changed.
#[utoipa::path(tag = "service_desk", operation_id = "list_repair_categories", params(OfEstate),
    responses((status = 200, description = "All categories", body = Vec<Category>)),
    extensions(("x-permission" = json!("repair.read")), ("x-clauses" = json!(["POS-TECH-06b", "POS-PUBSUP-09"]))))]
#[get("/repair-categories")]
pub async fn list_repair_categories(
    guard: Guard<need::RepairRead>,
    list: ListQuery<OfEstate>,
    app: web::Data<App>,
) -> ApiResult<Vec<Category>> {
    let estate = guard.estate(list.filter.estate_id)?;
    Answer::ok(&categories::all(&mut *app.conn().await?, estate).await?)
}

/// Change the limits of a repair category
#[utoipa::path(tag = "service_desk", operation_id = "change_repair_category", params(("code" = RepairCategory, Path), OfEstate),
    request_body = ChangeCategory, responses((status = 200, description = "The category", body = Category)),
    extensions(("x-permission" = json!("category.edit")), ("x-clauses" = json!(["POS-PUBSUP-09", "POS-TECH-06b"]))))]
#[patch("/repair-categories/{code}")]
pub async fn change_repair_category(
    guard: Guard<need::CategoryEdit>,
    code: web::Path<String>,
    list: ListQuery<OfEstate>,
    command: Command<ChangeCategory>,
    app: web::Data<App>,
) -> ApiResult<Category> {
    // Read here, not by the router: who may not change categories is not told which there are.
    let code: RepairCategory = code.parse().map_err(|_| Problem::not_found())?;
    let estate = guard.estate(list.filter.estate_id)?;
    let expected = command.expected_version()?;
    let mut work = app.begin(&guard, &command).await?;
    let category = categories::find(&work, estate, code).await?;
    if category.version != expected {
        return Err(version_conflict().into());
    }
    let step = category.change(estate, &command.body)?;
    categories::save(&mut work, estate, &step.record).await?;
    work.record(step.entry);
    let answer = Answer::ok(&step.record)?.version(step.record.version);
    work.commit_with(answer).await
}
