//! Areas, blocks, units, parking spaces and places: lists, records, drafts and edits. Houses have a file of their own.

use actix_web::{HttpResponse, get, http::StatusCode, patch, post, web};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::{Scope, need},
    estate::{
        Area, Block, ChangeArea, ChangeBlock, ChangeParkingSpace, ChangePlace, ChangeUnit, NewArea, NewBlock,
        NewParkingSpace, NewPlace, NewUnit, ParkingSpace, Place, StructureChange, Unit, create, edit,
        filter::{AreaFilter, BlockFilter, ParkingSpaceFilter, PlaceFilter, UnitFilter},
        retire,
    },
    shared::{EstateId, Page, Problem, SubjectKind, TrailEntry},
};
use wuye_persistence::{Conn, Failure, estate as rows};

use super::{Because, area_fits, house_fits, same_version};
use crate::{
    Answer, ApiError, ApiResult, App, Command, Guard, ListParams, ListQuery, Work,
    list::NoSort,
    routes::Routes,
    tables::{self, ExportQuery, FormatParam},
};

/// An element after an edit: what holds now, and what waits for the supervisor.
#[derive(Serialize, ToSchema)]
pub struct EditedElement<E> {
    /// The element.
    pub record: E,
    /// The change that waits, when a measure or place of a confirmed element was changed.
    pub pending: Option<StructureChange>,
}

/// Puts a change on the list of the supervisor.
pub(super) async fn propose(work: &mut Work, change: &StructureChange) -> Result<(), Failure> {
    rows::structure_changes::insert(work, change).await?;
    let entry = TrailEntry::new(SubjectKind::StructureChange, change.id, "proposed")
        .estate(change.estate_id)
        .states(None, change.state.code())
        .changes(json!({"subject": [change.subject_kind, change.subject_id]}))
        .clauses(&["DER-X-5"]);
    work.record(entry);
    Ok(())
}

/// What a change points to must lie in the same estate.
pub(super) async fn references_fit<C: Serialize>(
    conn: &mut Conn,
    scope: &Scope,
    estate: EstateId,
    change: &C,
) -> Result<(), Failure> {
    let change = serde_json::to_value(change)?;
    let named = |field: &str| change.get(field).and_then(|id| id.as_str()?.parse::<Uuid>().ok());
    area_fits(conn, scope, estate, named("area_id").map(Into::into)).await?;
    house_fits(conn, scope, estate, named("house_id").map(Into::into)).await
}

/// List, export, record, edit and retirement of one kind of element. The draft of a new one is written by hand below,
/// because each hangs on something else.
macro_rules! element_operations {
    (
        $entity:ident, $change:ident, $filter:ident, $rows:ident,
        list: $list:ident $list_id:tt $list_path:tt $list_doc:tt,
        export: $export:ident $export_id:tt $export_path:tt $export_doc:tt,
        get: $get:ident $get_id:tt $get_path:tt $get_doc:tt,
        edit: $edit:ident $edit_id:tt $edit_doc:tt,
        retire: $retire:ident $retire_id:tt $retire_path:tt $retire_doc:tt,
    ) => {
        #[doc = $list_doc]
        #[utoipa::path(tag = "estate", operation_id = $list_id, params(ListParams, $filter),
            responses((status = 200, description = "A page, by number or name", body = Page<$entity>)),
            extensions(("x-permission" = json!("estate.read")), ("x-clauses" = json!(["POS-CLEANLEAD-03", "DER-X-5"]))))]
        #[get($list_path)]
        pub async fn $list(
            guard: Guard<need::EstateRead>,
            list: ListQuery<$filter>,
            app: web::Data<App>,
        ) -> ApiResult<Page<$entity>> {
            let estate = guard.estate(list.filter.estate_id)?;
            let conn = &mut *app.conn().await?;
            list.page(rows::$rows::list(conn, &guard.scope, estate, &list.filter, &list.request).await?)
        }

        #[doc = $export_doc]
        #[utoipa::path(tag = "estate", operation_id = $export_id, params(FormatParam, $filter),
            responses($crate::tables::TableFile),
            extensions(("x-permission" = json!("estate.read")), ("x-clauses" = json!(["POS-CLEANLEAD-03", "DER-X-5"]))))]
        #[get($export_path)]
        pub async fn $export(
            guard: Guard<need::EstateRead>,
            query: ExportQuery<$filter, NoSort>,
            app: web::Data<App>,
        ) -> Result<HttpResponse, ApiError> {
            let estate = guard.estate(query.filter.estate_id)?;
            let (app, scope, filter) = (app.get_ref().clone(), guard.scope.clone(), query.filter.clone());
            tables::export(query.format, query.language, query.request.unsorted(), move |request| {
                let (app, scope, filter) = (app.clone(), scope.clone(), filter.clone());
                async move { rows::$rows::list(&mut *app.conn().await?, &scope, estate, &filter, &request).await }
            })
            .await
        }

        #[doc = $get_doc]
        #[utoipa::path(tag = "estate", operation_id = $get_id, params(("id" = Uuid, Path)),
            responses((status = 200, description = "The element", body = $entity)),
            extensions(("x-permission" = json!("estate.read")), ("x-clauses" = json!(["POS-CLEANLEAD-03", "DER-X-5"]))))]
        #[get($get_path)]
        pub async fn $get(
            guard: Guard<need::EstateRead>,
            id: web::Path<Uuid>,
            app: web::Data<App>,
        ) -> ApiResult<$entity> {
            let found = rows::$rows::find(&mut *app.conn().await?, &guard.scope, *id).await?;
            Ok(Answer::ok(&found)?.version(found.version))
        }

        #[doc = $edit_doc]
        ///
        /// Everything of a draft, and what is no measure or place of a confirmed element, holds at once; the rest waits
        /// as a structure change.
        #[utoipa::path(tag = "estate", operation_id = $edit_id, params(("id" = Uuid, Path)), request_body = $change,
            responses((status = 200, description = "The element, and what waits", body = EditedElement<$entity>)),
            extensions(("x-permission" = json!("estate.edit")), ("x-clauses" = json!(["POS-CLEANLEAD-03", "DER-X-5"]))))]
        #[patch($get_path)]
        pub async fn $edit(
            guard: Guard<need::EstateEdit>,
            id: web::Path<Uuid>,
            command: Command<$change>,
            app: web::Data<App>,
        ) -> ApiResult<EditedElement<$entity>> {
            let seen = command.expected_version()?;
            let mut work = app.begin(&guard, &command).await?;
            let before = rows::$rows::lock(&mut work, &guard.scope, *id).await?;
            same_version(before.version, seen)?;
            references_fit(&mut work, &guard.scope, before.estate_id, &command.body).await?;
            let edited = edit(&before, &command.body, work.actor.employee, work.now)?;
            let mut record = before;
            if let Some(step) = edited.now {
                rows::$rows::save(&mut work, &step.record).await?;
                work.record(step.entry);
                record = step.record;
            }
            if let Some(change) = &edited.pending {
                propose(&mut work, change).await?;
            }
            let version = record.version;
            let answer = EditedElement { record, pending: edited.pending };
            work.commit_with(Answer::ok(&answer)?.version(version)).await
        }

        #[doc = $retire_doc]
        #[utoipa::path(tag = "estate", operation_id = $retire_id, params(("id" = Uuid, Path)), request_body = Because,
            responses((status = 201, description = "The change that waits", body = StructureChange)),
            extensions(("x-permission" = json!("estate.edit")), ("x-clauses" = json!(["DER-X-5"]))))]
        #[post($retire_path)]
        pub async fn $retire(
            guard: Guard<need::EstateEdit>,
            id: web::Path<Uuid>,
            command: Command<Because>,
            app: web::Data<App>,
        ) -> ApiResult<StructureChange> {
            let mut work = app.begin(&guard, &command).await?;
            let element = rows::$rows::lock(&mut work, &guard.scope, *id).await?;
            let change = retire(&element, &command.body.reason, work.actor.employee, work.now)?;
            propose(&mut work, &change).await?;
            work.answer(StatusCode::CREATED, &change).await
        }
    };
}

element_operations! {
    Area, ChangeArea, AreaFilter, areas,
    list: list_areas "list_areas" "/areas" "The areas of an estate",
    export: export_areas "export_areas" "/areas/export" "The areas as a file",
    get: get_area "get_area" "/areas/{id}" "One area",
    edit: change_area "change_area" "Change an area",
    retire: retire_area "retire_area" "/areas/{id}/retire" "Ask for an area to be taken out",
}

element_operations! {
    Block, ChangeBlock, BlockFilter, blocks,
    list: list_blocks "list_blocks" "/blocks" "The blocks of an estate",
    export: export_blocks "export_blocks" "/blocks/export" "The blocks as a file",
    get: get_block "get_block" "/blocks/{id}" "One block",
    edit: change_block "change_block" "Change a block",
    retire: retire_block "retire_block" "/blocks/{id}/retire" "Ask for a block to be taken out",
}

element_operations! {
    Unit, ChangeUnit, UnitFilter, units,
    list: list_units "list_units" "/units" "The units of an estate",
    export: export_units "export_units" "/units/export" "The units as a file",
    get: get_unit "get_unit" "/units/{id}" "One unit",
    edit: change_unit "change_unit" "Change a unit",
    retire: retire_unit "retire_unit" "/units/{id}/retire" "Ask for a unit to be taken out",
}

element_operations! {
    ParkingSpace, ChangeParkingSpace, ParkingSpaceFilter, parking_spaces,
    list: list_parking_spaces "list_parking_spaces" "/parking-spaces" "The parking spaces of an estate",
    export: export_parking_spaces "export_parking_spaces" "/parking-spaces/export" "The parking spaces as a file",
    get: get_parking_space "get_parking_space" "/parking-spaces/{id}" "One parking space",
    edit: change_parking_space "change_parking_space" "Change a parking space",
    retire: retire_parking_space "retire_parking_space" "/parking-spaces/{id}/retire" "Ask for a parking space to be taken out",
}

element_operations! {
    Place, ChangePlace, PlaceFilter, places,
    list: list_places "list_places" "/places" "Roads, green areas, shared places and fixtures",
    export: export_places "export_places" "/places/export" "Roads, green areas, shared places and fixtures as a file",
    get: get_place "get_place" "/places/{id}" "One road, green area, shared place or fixture",
    edit: change_place "change_place" "Change a road, green area, shared place or fixture",
    retire: retire_place "retire_place" "/places/{id}/retire" "Ask for a road, green area, shared place or fixture to be taken out",
}

/// Key in an area
///
/// It stands as a draft until the supervisor confirms it.
#[utoipa::path(tag = "estate", operation_id = "create_area", request_body = NewArea,
    responses((status = 201, description = "The draft", body = Area)),
    extensions(("x-permission" = json!("estate.edit")), ("x-clauses" = json!(["DER-X-5"]))))]
#[post("/areas")]
pub async fn create_area(
    guard: Guard<need::EstateEdit>,
    command: Command<NewArea>,
    app: web::Data<App>,
) -> ApiResult<Area> {
    guard.estate(Some(command.body.estate_id))?;
    let mut work = app.begin(&guard, &command).await?;
    let area = Area::draft(command.body, work.actor.employee, work.now);
    rows::areas::insert(&mut work, &area).await?;
    let (change, entry) = create(&area, work.actor.employee, work.now);
    work.record(entry);
    propose(&mut work, &change).await?;
    let answer = Answer::of(StatusCode::CREATED, &area)?.version(area.version);
    work.commit_with(answer.location(format!("/api/v1/areas/{}", area.id)))
        .await
}

/// Key in a block
///
/// It stands as a draft until the supervisor confirms it.
#[utoipa::path(tag = "estate", operation_id = "create_block", request_body = NewBlock,
    responses((status = 201, description = "The draft", body = Block)),
    extensions(("x-permission" = json!("estate.edit")), ("x-clauses" = json!(["POS-CLEANLEAD-03", "DER-X-5"]))))]
#[post("/blocks")]
pub async fn create_block(
    guard: Guard<need::EstateEdit>,
    command: Command<NewBlock>,
    app: web::Data<App>,
) -> ApiResult<Block> {
    let estate = guard.estate(Some(command.body.estate_id))?;
    let mut work = app.begin(&guard, &command).await?;
    area_fits(&mut work, &guard.scope, estate, command.body.area_id).await?;
    let block = Block::draft(command.body, work.actor.employee, work.now)?;
    rows::blocks::insert(&mut work, &block).await?;
    let (change, entry) = create(&block, work.actor.employee, work.now);
    work.record(entry);
    propose(&mut work, &change).await?;
    let answer = Answer::of(StatusCode::CREATED, &block)?.version(block.version);
    work.commit_with(answer.location(format!("/api/v1/blocks/{}", block.id)))
        .await
}

/// Key in a unit
///
/// It stands as a draft until the supervisor confirms it.
#[utoipa::path(tag = "estate", operation_id = "create_unit", request_body = NewUnit,
    responses((status = 201, description = "The draft", body = Unit)),
    extensions(("x-permission" = json!("estate.edit")), ("x-clauses" = json!(["DER-X-5"]))))]
#[post("/units")]
pub async fn create_unit(
    guard: Guard<need::EstateEdit>,
    command: Command<NewUnit>,
    app: web::Data<App>,
) -> ApiResult<Unit> {
    let mut work = app.begin(&guard, &command).await?;
    let block = rows::blocks::find(&mut work, &guard.scope, command.body.block_id)
        .await
        .map_err(|_| Problem::unknown_reference("/block_id"))?;
    let unit = Unit::draft(command.body, &block, work.actor.employee, work.now)?;
    rows::units::insert(&mut work, &unit).await?;
    let (change, entry) = create(&unit, work.actor.employee, work.now);
    work.record(entry);
    propose(&mut work, &change).await?;
    let answer = Answer::of(StatusCode::CREATED, &unit)?.version(unit.version);
    work.commit_with(answer.location(format!("/api/v1/units/{}", unit.id)))
        .await
}

/// Key in a parking space
///
/// It stands as a draft until the supervisor confirms it.
#[utoipa::path(tag = "estate", operation_id = "create_parking_space", request_body = NewParkingSpace,
    responses((status = 201, description = "The draft", body = ParkingSpace)),
    extensions(("x-permission" = json!("estate.edit")), ("x-clauses" = json!(["DER-X-5"]))))]
#[post("/parking-spaces")]
pub async fn create_parking_space(
    guard: Guard<need::EstateEdit>,
    command: Command<NewParkingSpace>,
    app: web::Data<App>,
) -> ApiResult<ParkingSpace> {
    let estate = guard.estate(Some(command.body.estate_id))?;
    let mut work = app.begin(&guard, &command).await?;
    area_fits(&mut work, &guard.scope, estate, command.body.area_id).await?;
    house_fits(&mut work, &guard.scope, estate, command.body.house_id).await?;
    let space = ParkingSpace::draft(command.body, work.actor.employee, work.now);
    rows::parking_spaces::insert(&mut work, &space).await?;
    let (change, entry) = create(&space, work.actor.employee, work.now);
    work.record(entry);
    propose(&mut work, &change).await?;
    let answer = Answer::of(StatusCode::CREATED, &space)?.version(space.version);
    work.commit_with(answer.location(format!("/api/v1/parking-spaces/{}", space.id)))
        .await
}

/// Key in a road, green area, shared place or fixture
///
/// It stands as a draft until the supervisor confirms it.
#[utoipa::path(tag = "estate", operation_id = "create_place", request_body = NewPlace,
    responses((status = 201, description = "The draft", body = Place)),
    extensions(("x-permission" = json!("estate.edit")), ("x-clauses" = json!(["POS-CLEANLEAD-03", "DER-X-5"]))))]
#[post("/places")]
pub async fn create_place(
    guard: Guard<need::EstateEdit>,
    command: Command<NewPlace>,
    app: web::Data<App>,
) -> ApiResult<Place> {
    let estate = guard.estate(Some(command.body.estate_id))?;
    let mut work = app.begin(&guard, &command).await?;
    area_fits(&mut work, &guard.scope, estate, command.body.area_id).await?;
    let place = Place::draft(command.body, work.actor.employee, work.now)?;
    rows::places::insert(&mut work, &place).await?;
    let (change, entry) = create(&place, work.actor.employee, work.now);
    work.record(entry);
    propose(&mut work, &change).await?;
    let answer = Answer::of(StatusCode::CREATED, &place)?.version(place.version);
    work.commit_with(answer.location(format!("/api/v1/places/{}", place.id)))
        .await
}

pub(super) fn configure(config: &mut Routes<'_>) {
    config
        .service(list_areas)
        .service(export_areas)
        .service(create_area)
        .service(get_area)
        .service(change_area)
        .service(retire_area)
        .service(list_blocks)
        .service(export_blocks)
        .service(create_block)
        .service(get_block)
        .service(change_block)
        .service(retire_block)
        .service(list_units)
        .service(export_units)
        .service(create_unit)
        .service(get_unit)
        .service(change_unit)
        .service(retire_unit)
        .service(list_parking_spaces)
        .service(export_parking_spaces)
        .service(create_parking_space)
        .service(get_parking_space)
        .service(change_parking_space)
        .service(retire_parking_space)
        .service(list_places)
        .service(export_places)
        .service(create_place)
        .service(get_place)
        .service(change_place)
        .service(retire_place);
}
