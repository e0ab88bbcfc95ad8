//! Estates as the scope of everything else: taking one on, its name and address, the code of its public page. What
//! stands in it is the estate context's.

use actix_web::{get, http::StatusCode, patch, post, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{Needs, need},
    estate::{ChangeEstate, NewEstate},
    shared::{EstateId, ListRequest, Note, Page, Problem, ProblemCode, SubjectKind, Text, TrailEntry, zone},
};
use wuye_persistence::{
    Conn, Failure, Rows,
    estates::{self, Estate},
    expect_version, org,
};

use crate::{
    Answer, ApiResult, App, Command, Guard, ListQuery, Work, access,
    guard::unknown_estate,
    list::{NoFilter, NoSort},
    routes::Routes,
    tables::{self, export_operation, tabular},
};

/// The routes of this file.
pub fn configure(config: &mut Routes<'_>) {
    config
        .service(list_estates)
        .service(export_estates)
        .service(create_estate)
        .service(get_estate)
        .service(change_estate)
        .service(renew_public_code);
}

/// What every new estate begins with: the usual shifts. Its other defaults are the product's until somebody changes them.
///
/// # Errors
/// `conflict` on its code.
pub async fn found(work: &mut Work, estate: &Estate) -> Result<(), Failure> {
    estates::insert(work, estate).await?;
    org::seed_estate(work, estate.id.into()).await?;
    let entry = TrailEntry::new(SubjectKind::Estate, estate.id, "created").estate(estate.id.into());
    work.record(entry.clauses(&["DER-X-5"]));
    Ok(())
}

/// List estates
///
/// Those one works in; all of them for the company's posts.
#[utoipa::path(tag = "estate", operation_id = "list_estates",
    responses((status = 200, description = "The estates, by code", body = Page<Estate>)),
    extensions(("x-permission" = json!("estate.read")), ("x-clauses" = json!(["DER-X-5"]))))]
#[get("/estates")]
pub async fn list_estates(
    guard: Guard<need::EstateRead>,
    list: ListQuery<NoFilter>,
    app: web::Data<App>,
) -> ApiResult<Page<Estate>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// The estates, for the list and for its file.
async fn page(
    app: &App,
    guard: &Guard<need::EstateRead>,
    _: &NoFilter,
    _: &ListRequest<NoSort>,
) -> Result<Rows<Estate>, Failure> {
    let estates = estates::open_to(&mut *app.conn().await?, &guard.scope).await?;
    Ok(Rows::whole(estates))
}

tabular!(Estate, "小区" / "estates" {
    "编号" / "Code" => |it| (&it.code).into(),
    "名称" / "Name" => |it| (&it.name).into(),
    "地址" / "Address" => |it| (&it.address).into(),
    "服务标准" / "Service standard" => |it| (&it.service_standard).into(),
    "标准起始日" / "Standard since" => |it| it.service_standard_on.into(),
    "建立时间" / "Made" => |it| it.created_at.into(),
});

export_operation! {
    /// The estates as a file
    export_estates "export_estates" at "/estates/export" in "estate",
    needs: EstateRead "estate.read",
    clauses: ["DER-X-5"],
    query: NoFilter, NoSort,
    rows: tables::listed, page,
}

/// One estate
#[utoipa::path(tag = "estate", operation_id = "get_estate", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The estate", body = Estate)),
    extensions(("x-permission" = json!("estate.read")), ("x-clauses" = json!(["DER-X-5"]))))]
#[get("/estates/{id}")]
pub async fn get_estate(guard: Guard<need::EstateRead>, id: web::Path<Uuid>, app: web::Data<App>) -> ApiResult<Estate> {
    let id = EstateId(*id);
    if !guard.scope.touches(id) {
        return Err(Problem::not_found().into());
    }
    let estate = estates::find(&*app.conn().await?, id).await?;
    Ok(Answer::ok(&estate)?.version(estate.version))
}

/// Take an estate on
///
/// By the general manager or the installation's administrator. It begins with the usual shifts and the product's
/// settings; people come to it by assignments.
#[utoipa::path(tag = "estate", operation_id = "create_estate", request_body = NewEstate,
    responses((status = 201, description = "The estate", body = Estate)),
    extensions(("x-permission" = json!("estate.manage")), ("x-clauses" = json!(["DER-X-5"]))))]
#[post("/estates")]
pub async fn create_estate(
    guard: Guard<need::EstateManage>,
    command: Command<NewEstate>,
    app: web::Data<App>,
) -> ApiResult<Estate> {
    if !guard.scope.company() {
        let who = Text::new("总经理或系统管理员", "the general manager or the administrator");
        return Err(Problem::forbidden(&who).into());
    }
    let mut work = app.begin(&guard, &command).await?;
    let NewEstate {
        code,
        name,
        address,
        time_zone,
    } = &command.body;
    let mut estate = Estate::new(code, name, &access::public_code()?, work.now);
    estate.address = address.to_string();
    if let Some(zone) = time_zone {
        zone.as_str().clone_into(&mut estate.time_zone);
    }
    found(&mut work, &estate).await?;
    let answer = Answer::of(StatusCode::CREATED, &estate)?.version(estate.version);
    work.commit_with(answer.location(format!("/api/v1/estates/{}", estate.id)))
        .await
}

/// The day it is at an estate. Whoever may see all of them may have named one that is not there.
///
/// # Errors
/// [`unknown_estate`].
pub(crate) async fn today(conn: &mut Conn, id: EstateId, now: DateTime<Utc>) -> Result<NaiveDate, Failure> {
    let estate = estates::find(conn, id).await.map_err(|failure| match failure {
        Failure::Problem(problem) if problem.code == ProblemCode::NotFound => unknown_estate().into(),
        other => other,
    })?;
    Ok(zone::business_date(now, zone::zone(&estate.time_zone)))
}

/// An estate of the caller's to be changed, in the version the caller saw.
async fn own<P: Needs>(work: &mut Work, guard: &Guard<P>, id: Uuid) -> Result<Estate, Failure> {
    if !guard.scope.covers(EstateId(id)) {
        return Err(Problem::not_found().into());
    }
    estates::find(work, EstateId(id)).await
}

/// Change an estate
///
/// Its code, name and address; the zone of its days stays.
#[utoipa::path(tag = "estate", operation_id = "change_estate", params(("id" = Uuid, Path)), request_body = ChangeEstate,
    responses((status = 200, description = "The estate", body = Estate)),
    extensions(("x-permission" = json!("estate.manage")), ("x-clauses" = json!(["DER-X-5"]))))]
#[patch("/estates/{id}")]
pub async fn change_estate(
    guard: Guard<need::EstateManage>,
    id: web::Path<Uuid>,
    command: Command<ChangeEstate>,
    app: web::Data<App>,
) -> ApiResult<Estate> {
    let expected = command.expected_version()?;
    let mut work = app.begin(&guard, &command).await?;
    let mut estate = own(&mut work, &guard, *id).await?;
    expect_version(estate.version, expected)?;
    let before = (estate.code.clone(), estate.name.clone(), estate.address.clone());
    let ChangeEstate { code, name, address } = command.body;
    estate.code = code.map_or(estate.code, Into::into);
    estate.name = name.map_or(estate.name, Into::into);
    estate.address = address.map_or(estate.address, Into::into);
    estate.updated_at = work.now;
    estates::save(&mut work, &mut estate).await?;
    let changes = serde_json::json!({
        "code": [before.0, estate.code], "name": [before.1, estate.name], "address": [before.2, estate.address],
    });
    let entry = TrailEntry::new(SubjectKind::Estate, estate.id, "changed").estate(estate.id.into());
    work.record(entry.changes(changes).clauses(&["DER-X-5"]));
    let version = estate.version;
    work.commit_with(Answer::ok(&estate)?.version(version)).await
}

/// Why the public page gets another address.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RenewPublicCode {
    /// Why.
    reason: Note,
}

/// Renew the code of the public page
///
/// The page gets another address at once: posters printed before lead nowhere any more and must be hung anew.
#[utoipa::path(tag = "estate", operation_id = "renew_public_code", params(("id" = Uuid, Path)), request_body = RenewPublicCode,
    responses((status = 200, description = "The estate with its new code", body = Estate)),
    extensions(("x-permission" = json!("estate.manage")), ("x-clauses" = json!(["POS-RECEPT-07a"]))))]
#[post("/estates/{id}/renew-public-code")]
pub async fn renew_public_code(
    guard: Guard<need::EstateManage>,
    id: web::Path<Uuid>,
    command: Command<RenewPublicCode>,
    app: web::Data<App>,
) -> ApiResult<Estate> {
    let mut work = app.begin(&guard, &command).await?;
    let mut estate = own(&mut work, &guard, *id).await?;
    estate.public_code = access::public_code()?;
    estate.updated_at = work.now;
    estates::save(&mut work, &mut estate).await?;
    let entry = TrailEntry::new(SubjectKind::Estate, estate.id, "public_code_renewed").estate(estate.id.into());
    work.record(
        entry
            .reason(Some(command.body.reason.as_str()))
            .clauses(&["POS-RECEPT-07a"]),
    );
    let version = estate.version;
    work.commit_with(Answer::ok(&estate)?.version(version)).await
}
