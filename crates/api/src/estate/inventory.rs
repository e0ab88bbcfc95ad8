//! The inventory in figures, the sheet of a squad leader, and the yearly check (POS-CLEANLEAD-03).

use actix_web::{get, http::StatusCode, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use wuye_domain::{
    access::need,
    estate::{
        Area, Block, Inventory, KindTotal, Place, PlaceKind,
        check::{CloseEstateCheck, EstateCheck, NewEstateCheck},
        filter::{BlockFilter, ByTime, PlaceFilter},
    },
    shared::{AreaId, EstateId, ListRequest, Page, SortOrder},
};
use wuye_persistence::{Failure, Rows, estate as rows};

use super::today;
use crate::{
    Answer, ApiResult, App, Command, Guard, ListParams, ListQuery, org::named, routes::Routes, tables::export_operation,
};

/// Which estate, and which part of it.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct InventoryFilter {
    /// The estate; may be left out by who works in one only.
    pub estate_id: Option<EstateId>,
}

/// Whose sheet.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SheetFilter {
    /// The estate; may be left out by who works in one only.
    pub estate_id: Option<EstateId>,
    /// The area; one's own when left out, else the whole estate.
    pub area_id: Option<AreaId>,
}

/// What a squad leader knows by heart of an area, to print and to carry.
#[derive(Serialize, ToSchema)]
pub struct InventorySheet {
    /// The area; absent for the whole estate.
    pub area: Option<Area>,
    /// Blocks with their layout.
    pub blocks: Vec<Block>,
    /// Roads with length and area.
    pub roads: Vec<Place>,
    /// Green areas with their size.
    pub greens: Vec<Place>,
    /// Shared places.
    pub shared: Vec<Place>,
    /// Benches, lamp posts, sculptures and small structures with their numbers and places.
    pub fixtures: Vec<Place>,
    /// Totals by kind.
    pub totals: Vec<KindTotal>,
}

/// The inventory in figures
///
/// Totals by area and kind, and what is missing; each gap names the list that shows its rows.
#[utoipa::path(tag = "estate", operation_id = "get_inventory", params(InventoryFilter),
    responses((status = 200, description = "Totals and gaps", body = Inventory)),
    extensions(("x-permission" = json!("estate.read")), ("x-clauses" = json!(["POS-CLEANLEAD-03", "POS-RECEPT-06a"]))))]
#[get("/inventory")]
pub async fn get_inventory(
    guard: Guard<need::EstateRead>,
    query: ListQuery<InventoryFilter>,
    app: web::Data<App>,
) -> ApiResult<Inventory> {
    let estate = guard.estate(query.filter.estate_id)?;
    let conn = &mut *app.conn().await?;
    let today = today(conn, estate, app.now()).await?;
    Answer::ok(&rows::inventory::inventory(conn, &guard.scope, estate, today).await?)
}

/// The sheet of a squad leader
#[utoipa::path(tag = "estate", operation_id = "get_inventory_sheet", params(SheetFilter),
    responses((status = 200, description = "The sheet", body = InventorySheet), (status = 404, description = "No such area")),
    extensions(("x-permission" = json!("estate.read")), ("x-clauses" = json!(["POS-CLEANLEAD-03"]))))]
#[get("/inventory/sheet")]
pub async fn get_inventory_sheet(
    guard: Guard<need::EstateRead>,
    query: ListQuery<SheetFilter>,
    app: web::Data<App>,
) -> ApiResult<InventorySheet> {
    let estate = guard.estate(query.filter.estate_id)?;
    let own = guard.actor.posts.iter().find_map(|held| held.area);
    let conn = &mut *app.conn().await?;
    let area = match query.filter.area_id.or(own) {
        Some(area) => Some(rows::areas::find(conn, &guard.scope, area).await?),
        None => None,
    };
    let area_id = area.as_ref().map(|area| area.id);
    let by_area = BlockFilter {
        area_id,
        ..BlockFilter::default()
    };
    let blocks = every(async |request| rows::blocks::list(conn, &guard.scope, estate, &by_area, request).await).await?;
    let by_area = PlaceFilter {
        area_id,
        ..PlaceFilter::default()
    };
    let places = every(async |request| rows::places::list(conn, &guard.scope, estate, &by_area, request).await).await?;
    let today = today(conn, estate, app.now()).await?;
    let totals = rows::inventory::inventory(conn, &guard.scope, estate, today)
        .await?
        .totals;
    let of = |kind: PlaceKind| places.iter().filter(|place| place.kind == kind).cloned().collect();
    Answer::ok(&InventorySheet {
        blocks,
        roads: of(PlaceKind::Road),
        greens: of(PlaceKind::Green),
        shared: of(PlaceKind::Shared),
        fixtures: of(PlaceKind::Fixture),
        totals: totals
            .into_iter()
            .filter(|total| area_id.is_none() || total.area_id == area_id)
            .collect(),
        area,
    })
}

/// Every row of a short list, page by page.
async fn every<T>(mut page: impl AsyncFnMut(&ListRequest<()>) -> Result<Rows<T>, Failure>) -> Result<Vec<T>, Failure> {
    let mut request = ListRequest {
        limit: 1000,
        sort: (),
        order: SortOrder::Ascending,
        after: None,
        count: false,
    };
    let mut all = Vec::new();
    loop {
        let rows = page(&request).await?;
        all.extend(rows.items);
        match rows.next {
            Some(next) => request.after = Some(next),
            None => return Ok(all),
        }
    }
}

/// Yearly checks of the inventory
#[utoipa::path(tag = "estate", operation_id = "list_estate_checks", params(ListParams, InventoryFilter),
    responses((status = 200, description = "The checks, the latest year first", body = Page<EstateCheck>)),
    extensions(("x-permission" = json!("estate.read")), ("x-clauses" = json!(["POS-CLEANLEAD-03"]))))]
#[get("/estate-checks")]
pub async fn list_estate_checks(
    guard: Guard<need::EstateRead>,
    list: ListQuery<InventoryFilter, ByTime>,
    app: web::Data<App>,
) -> ApiResult<Page<EstateCheck>> {
    list.page(checks(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of the checks, for the list and for its file.
async fn checks(
    app: &App,
    guard: &Guard<need::EstateRead>,
    filter: &InventoryFilter,
    request: &ListRequest<ByTime>,
) -> Result<Rows<EstateCheck>, Failure> {
    let estate = guard.estate(filter.estate_id)?;
    rows::checks::list(&mut *app.conn().await?, &guard.scope, estate, request).await
}

export_operation! {
    /// The yearly checks as a file
    export_estate_checks "export_estate_checks" at "/estate-checks/export" in "estate",
    needs: EstateRead "estate.read",
    clauses: ["POS-CLEANLEAD-03"],
    query: InventoryFilter, ByTime,
    rows: named::listed, checks,
}

/// Open the check of a year
#[utoipa::path(tag = "estate", operation_id = "open_estate_check", request_body = NewEstateCheck,
    responses((status = 201, description = "The check", body = EstateCheck)),
    extensions(("x-permission" = json!("estate.edit")), ("x-clauses" = json!(["POS-CLEANLEAD-03", "DER-X-5"]))))]
#[post("/estate-checks")]
pub async fn open_estate_check(
    guard: Guard<need::EstateEdit>,
    command: Command<NewEstateCheck>,
    app: web::Data<App>,
) -> ApiResult<EstateCheck> {
    guard.estate(Some(command.body.estate_id))?;
    let mut work = app.begin(&guard, &command).await?;
    let step = EstateCheck::open(&command.body, work.actor.employee, work.now)?;
    rows::checks::insert(&mut work, &step.record).await?;
    work.record(step.entry);
    work.answer(StatusCode::CREATED, &step.record).await
}

/// Close the check of a year
///
/// With the totals and gaps of the day, which are kept. Not by who opened it.
#[utoipa::path(tag = "estate", operation_id = "close_estate_check", params(("id" = Uuid, Path)),
    request_body = CloseEstateCheck, responses((status = 200, description = "The closed check", body = EstateCheck)),
    extensions(("x-permission" = json!("estate.confirm")), ("x-clauses" = json!(["POS-CLEANLEAD-03", "DER-X-5"]))))]
#[post("/estate-checks/{id}/close")]
pub async fn close_estate_check(
    guard: Guard<need::EstateConfirm>,
    id: web::Path<Uuid>,
    command: Command<CloseEstateCheck>,
    app: web::Data<App>,
) -> ApiResult<EstateCheck> {
    let mut work = app.begin(&guard, &command).await?;
    let check = rows::checks::find(&mut work, &guard.scope, *id).await?;
    let now = work.now;
    let today = today(&mut work, check.estate_id, now).await?;
    let inventory = rows::inventory::inventory(&mut work, &guard.scope, check.estate_id, today).await?;
    let totals = serde_json::to_value(&inventory).map_err(Failure::from)?;
    let step = check.close(&command.body.findings, totals, &work.actor, now)?;
    rows::checks::save(&mut work, &step.record).await?;
    work.record(step.entry);
    work.answer(StatusCode::OK, &step.record).await
}

pub(super) fn configure(config: &mut Routes<'_>) {
    config
        .service(get_inventory)
        .service(get_inventory_sheet)
        .service(list_estate_checks)
        .service(export_estate_checks)
        .service(open_estate_check)
        .service(close_estate_check);
}
