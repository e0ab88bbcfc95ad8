//! Houses: found in every way people name them, with who lives there and how complete their file is.

use std::collections::BTreeMap;

use actix_web::{get, http::StatusCode, patch, post, web};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::need,
    estate::{
        Area, Block, ChangeHouse, House, NewHouse, Occupancy, ParkingSpace, PartyView, Sight, StructureChange, Unit,
        create, edit,
        filter::{HouseFilter, HouseSort, ParkingSpaceFilter},
        house_file::HouseFile,
        retire,
    },
    shared::{AreaId, ListRequest, Page, Problem, SortOrder},
};
use wuye_persistence::{
    Failure, Rows,
    estate::{self as rows, houses::Asker},
};

use super::{
    Because,
    elements::{EditedElement, propose, references_fit},
    same_version, today,
};
use crate::{
    Answer, ApiResult, App, Command, Guard, ListParams, ListQuery,
    routes::Routes,
    tables::{self, export_operation},
};

/// Somebody's time in a house, with the person as the caller may see them.
#[derive(Serialize, ToSchema)]
pub struct Occupant {
    /// As what, from when until when.
    pub occupancy: Occupancy,
    /// Whether it holds today.
    pub present: bool,
    /// Who.
    pub party: PartyView,
}

/// All that is known of a house. Its history, cases and orders point to it as `{kind: "house", id}`.
#[derive(Serialize, ToSchema)]
pub struct HouseRecord {
    /// The house.
    pub house: House,
    /// Its block.
    pub block: Block,
    /// Its unit.
    pub unit: Option<Unit>,
    /// The area its block lies in.
    pub area: Option<Area>,
    /// Who owns and uses it and did before, the latest first.
    pub occupants: Vec<Occupant>,
    /// Its living file, with what is missing in it.
    pub file: Option<HouseFile>,
    /// Its parking spaces.
    pub parking_spaces: Vec<ParkingSpace>,
}

/// One floor of a block.
#[derive(Serialize, ToSchema)]
pub struct FloorPlan {
    /// The floor; absent for houses of which nobody knows it.
    pub floor: Option<i16>,
    /// Its houses, by door.
    pub houses: Vec<House>,
}

/// A block as one sees it from outside: its floors from the top down.
#[derive(Serialize, ToSchema)]
pub struct BlockPlan {
    /// The block.
    pub block: Block,
    /// Its units.
    pub units: Vec<Unit>,
    /// Its floors.
    pub floors: Vec<FloorPlan>,
}

/// Find houses
///
/// `q` takes any of `3-2-501`, `3栋2单元501`, `３－２－５０１`, a name of who lives there, its pinyin initials, or the end of a
/// phone for those who may see phones.
#[utoipa::path(tag = "estate", operation_id = "list_houses", params(ListParams, HouseFilter),
    responses((status = 200, description = "A page of houses", body = Page<House>)),
    extensions(("x-permission" = json!("estate.read")), ("x-clauses" = json!(["DER-X-5", "POS-RECEPT-05"]))))]
#[get("/houses")]
pub async fn list_houses(
    guard: Guard<need::EstateRead>,
    list: ListQuery<HouseFilter, HouseSort>,
    app: web::Data<App>,
) -> ApiResult<Page<House>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of houses, for the list and for its file.
async fn page(
    app: &App,
    guard: &Guard<need::EstateRead>,
    filter: &HouseFilter,
    request: &ListRequest<HouseSort>,
) -> Result<Rows<House>, Failure> {
    let estate = guard.estate(filter.estate_id)?;
    let conn = &mut *app.conn().await?;
    let asker = Asker {
        scope: &guard.scope,
        contact: &Sight::of(&guard.actor, estate).contact,
        today: today(conn, estate, app.now()).await?,
    };
    rows::houses::list(conn, asker, estate, filter, request).await
}

export_operation! {
    /// The houses as a file
    export_houses "export_houses" at "/houses/export" in "estate",
    needs: EstateRead "estate.read",
    clauses: ["DER-X-5"],
    query: HouseFilter, HouseSort,
    rows: tables::listed, page,
}

/// One house
#[utoipa::path(tag = "estate", operation_id = "get_house", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The house", body = House)),
    extensions(("x-permission" = json!("estate.read")), ("x-clauses" = json!(["DER-X-5"]))))]
#[get("/houses/{id}")]
pub async fn get_house(guard: Guard<need::EstateRead>, id: web::Path<Uuid>, app: web::Data<App>) -> ApiResult<House> {
    let house = rows::houses::find(&mut *app.conn().await?, &guard.scope, *id).await?;
    Ok(Answer::ok(&house)?.version(house.version))
}

/// All that is known of a house
///
/// With who owns and uses it, masked as the caller's post may see, and the completeness of its file.
#[utoipa::path(tag = "estate", operation_id = "get_house_record", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The record", body = HouseRecord)),
    extensions(("x-permission" = json!("party.read")), ("x-clauses" = json!(["POS-RECEPT-05", "POS-PUBSUP-06"]))))]
#[get("/houses/{id}/record")]
pub async fn get_house_record(
    guard: Guard<need::PartyRead>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<HouseRecord> {
    let conn = &mut *app.conn().await?;
    let scope = &guard.scope;
    let house = rows::houses::find(conn, scope, *id).await?;
    let block = rows::blocks::find(conn, scope, house.block_id).await?;
    let unit = match house.unit_id {
        Some(unit) => Some(rows::units::find(conn, scope, unit).await?),
        None => None,
    };
    let area = match block.area_id {
        Some(area) => Some(rows::areas::find(conn, scope, area).await?),
        None => None,
    };
    let occupants = occupants(conn, &guard, &house, block.area_id, &app).await?;
    let spaces = ParkingSpaceFilter {
        house_id: Some(house.id),
        ..ParkingSpaceFilter::default()
    };
    let parking_spaces = rows::parking_spaces::list(conn, scope, house.estate_id, &spaces, &first_page()).await?;
    let file = rows::house_files::of_house(conn, house.id)
        .await?
        .into_iter()
        .find(|file| file.archived_on.is_none());
    let version = house.version;
    let record = HouseRecord {
        house,
        block,
        unit,
        area,
        occupants,
        file,
        parking_spaces: parking_spaces.items,
    };
    Ok(Answer::ok(&record)?.version(version))
}

async fn occupants(
    conn: &mut wuye_persistence::Conn,
    guard: &Guard<need::PartyRead>,
    house: &House,
    area: Option<AreaId>,
    app: &App,
) -> Result<Vec<Occupant>, Failure> {
    let sight = Sight::of(&guard.actor, house.estate_id);
    let today = today(conn, house.estate_id, app.now()).await?;
    let occupancies = rows::occupancies::of_house(conn, house.id).await?;
    let ids: Vec<Uuid> = occupancies.iter().map(|one| one.party_id.0).collect();
    let parties = rows::parties::find_all(conn, &guard.scope, &ids).await?;
    let areas: Vec<AreaId> = area.into_iter().collect();
    Ok(occupancies
        .into_iter()
        .filter_map(|occupancy| {
            let party = parties.iter().find(|party| party.id == occupancy.party_id)?;
            let present = occupancy.holds_on(today);
            // A former occupant's phone is no part of a collector's area any more.
            let areas = if present { areas.as_slice() } else { &[] };
            Some(Occupant {
                present,
                party: party.view(&sight, areas),
                occupancy,
            })
        })
        .collect())
}

fn first_page() -> ListRequest<()> {
    ListRequest {
        limit: 200,
        sort: (),
        order: SortOrder::Ascending,
        after: None,
        count: false,
    }
}

/// Key in a house
///
/// It stands as a draft until the supervisor confirms it.
#[utoipa::path(tag = "estate", operation_id = "create_house", request_body = NewHouse,
    responses((status = 201, description = "The draft", body = House)),
    extensions(("x-permission" = json!("estate.edit")), ("x-clauses" = json!(["DER-X-5"]))))]
#[post("/houses")]
pub async fn create_house(
    guard: Guard<need::EstateEdit>,
    command: Command<NewHouse>,
    app: web::Data<App>,
) -> ApiResult<House> {
    let mut work = app.begin(&guard, &command).await?;
    let block = rows::blocks::find(&mut work, &guard.scope, command.body.block_id)
        .await
        .map_err(|_| Problem::unknown_reference("/block_id"))?;
    let unit = match command.body.unit_id {
        Some(unit) => Some(
            rows::units::find(&mut work, &guard.scope, unit)
                .await
                .map_err(|_| Problem::unknown_reference("/unit_id"))?,
        ),
        None => None,
    };
    let house = House::draft(command.body, &block, unit.as_ref(), work.actor.employee, work.now)?;
    rows::houses::insert(&mut work, &house).await?;
    let (change, entry) = create(&house, work.actor.employee, work.now);
    work.record(entry);
    propose(&mut work, &change).await?;
    let answer = Answer::of(StatusCode::CREATED, &house)?.version(house.version);
    work.commit_with(answer.location(format!("/api/v1/houses/{}", house.id)))
        .await
}

/// Change a house
///
/// Status and remark hold at once; floor, area and use of a confirmed house wait as a structure change.
#[utoipa::path(tag = "estate", operation_id = "change_house", params(("id" = Uuid, Path)), request_body = ChangeHouse,
    responses((status = 200, description = "The house, and what waits", body = EditedElement<House>)),
    extensions(("x-permission" = json!("estate.edit")), ("x-clauses" = json!(["DER-X-5"]))))]
#[patch("/houses/{id}")]
pub async fn change_house(
    guard: Guard<need::EstateEdit>,
    id: web::Path<Uuid>,
    command: Command<ChangeHouse>,
    app: web::Data<App>,
) -> ApiResult<EditedElement<House>> {
    let seen = command.expected_version()?;
    let mut work = app.begin(&guard, &command).await?;
    let before = rows::houses::lock(&mut work, &guard.scope, *id).await?;
    same_version(before.version, seen)?;
    references_fit(&mut work, &guard.scope, before.estate_id, &command.body).await?;
    let edited = edit(&before, &command.body, work.actor.employee, work.now)?;
    let mut record = before;
    if let Some(step) = edited.now {
        rows::houses::save(&mut work, &step.record).await?;
        work.record(step.entry);
        record = step.record;
    }
    if let Some(change) = &edited.pending {
        propose(&mut work, change).await?;
    }
    let version = record.version;
    let answer = EditedElement {
        record,
        pending: edited.pending,
    };
    work.commit_with(Answer::ok(&answer)?.version(version)).await
}

/// Ask for a house to be taken out
#[utoipa::path(tag = "estate", operation_id = "retire_house", params(("id" = Uuid, Path)), request_body = Because,
    responses((status = 201, description = "The change that waits", body = StructureChange)),
    extensions(("x-permission" = json!("estate.edit")), ("x-clauses" = json!(["DER-X-5"]))))]
#[post("/houses/{id}/retire")]
pub async fn retire_house(
    guard: Guard<need::EstateEdit>,
    id: web::Path<Uuid>,
    command: Command<Because>,
    app: web::Data<App>,
) -> ApiResult<StructureChange> {
    let mut work = app.begin(&guard, &command).await?;
    let house = rows::houses::lock(&mut work, &guard.scope, *id).await?;
    let change = retire(&house, &command.body.reason, work.actor.employee, work.now)?;
    propose(&mut work, &change).await?;
    work.answer(StatusCode::CREATED, &change).await
}

/// A block by floors
///
/// The picture that a desk keeps on the wall (楼盘表): floors from the top down, houses by door.
#[utoipa::path(tag = "estate", operation_id = "get_block_plan", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The block by floors", body = BlockPlan)),
    extensions(("x-permission" = json!("estate.read")), ("x-clauses" = json!(["POS-CLEANLEAD-03", "DER-X-5"]))))]
#[get("/blocks/{id}/plan")]
pub async fn get_block_plan(
    guard: Guard<need::EstateRead>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<BlockPlan> {
    let conn = &mut *app.conn().await?;
    let block = rows::blocks::find(conn, &guard.scope, *id).await?;
    let units = rows::units::of_block(conn, block.id).await?;
    let mut floors: BTreeMap<Option<i16>, Vec<House>> = BTreeMap::new();
    for house in rows::houses::of_block(conn, block.id).await? {
        floors.entry(house.floor).or_default().push(house);
    }
    let floors = floors.into_iter().rev();
    Answer::ok(&BlockPlan {
        block,
        units,
        floors: floors.map(|(floor, houses)| FloorPlan { floor, houses }).collect(),
    })
}

pub(super) fn configure(config: &mut Routes<'_>) {
    config
        .service(list_houses)
        .service(export_houses)
        .service(create_house)
        .service(get_house_record)
        .service(get_house)
        .service(change_house)
        .service(retire_house)
        .service(get_block_plan);
}
