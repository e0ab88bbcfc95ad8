//! Who owns and uses which house, by date; handing a house over opens its file, a new owner archives the old one
//! (POS-RECEPT-05).

use std::collections::HashMap;

use actix_web::{get, http::StatusCode, post, web};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::{Scope, need},
    estate::{
        EndOccupancy, House, NewOccupancy, Occupancy, OccupancyRole, TransferHouse,
        filter::{ByTime, OccupancyFilter},
        house_file::HouseFile,
    },
    shared::{ListRequest, Page, Problem},
};
use wuye_persistence::{Failure, Rows, estate as rows, numbers};

use super::today;
use crate::{
    Answer, ApiResult, App, Command, Guard, ListParams, ListQuery, Work,
    routes::Routes,
    tables::{self, export_operation},
};

/// An occupancy with the words that a list shows.
#[derive(Serialize, ToSchema)]
pub struct OccupancyLine {
    /// The entry.
    #[serde(flatten)]
    pub occupancy: Occupancy,
    /// What stands on the door.
    pub house_no: String,
    /// Number of the party.
    pub party_no: String,
    /// Its name.
    pub party_name: String,
}

/// A transfer: what ended, what began, and the file that belongs to the new owners.
#[derive(Serialize, ToSchema)]
pub struct TransferredHouse {
    /// The entries of the owners before.
    pub ended: Vec<Occupancy>,
    /// The entries of the owners now.
    pub started: Vec<Occupancy>,
    /// The file archived with the owners before.
    pub archived: Option<HouseFile>,
    /// The file opened for the owners now.
    pub opened: HouseFile,
}

/// A page of them, for the list and for its file.
async fn page(
    app: &App,
    guard: &Guard<need::PartyRead>,
    filter: &OccupancyFilter,
    request: &ListRequest<ByTime>,
) -> Result<Rows<OccupancyLine>, Failure> {
    let (scope, estate) = (&guard.scope, guard.estate(filter.estate_id)?);
    let conn = &mut *app.conn().await?;
    let found = rows::occupancies::list(conn, scope, estate, filter, request).await?;
    let ids: Vec<Uuid> = found.items.iter().map(|one| one.house_id.0).collect();
    let houses = rows::houses::find_all(conn, scope, &ids).await?;
    let houses: HashMap<_, _> = houses.into_iter().map(|house| (house.id, house.no)).collect();
    let ids: Vec<Uuid> = found.items.iter().map(|one| one.party_id.0).collect();
    let parties = rows::parties::find_all(conn, scope, &ids).await?;
    let parties: HashMap<_, _> = parties
        .into_iter()
        .map(|party| (party.id, (party.no, party.name)))
        .collect();
    Ok(found.map(|occupancy| {
        let (party_no, party_name) = parties.get(&occupancy.party_id).cloned().unwrap_or_default();
        OccupancyLine {
            house_no: houses.get(&occupancy.house_id).cloned().unwrap_or_default(),
            party_no,
            party_name,
            occupancy,
        }
    }))
}

/// Occupancies
#[utoipa::path(tag = "estate", operation_id = "list_occupancies", params(ListParams, OccupancyFilter),
    responses((status = 200, description = "A page, the latest beginning first", body = Page<OccupancyLine>)),
    extensions(("x-permission" = json!("party.read")), ("x-clauses" = json!(["POS-PUBSUP-06", "POS-RECEPT-05"]))))]
#[get("/occupancies")]
pub async fn list_occupancies(
    guard: Guard<need::PartyRead>,
    list: ListQuery<OccupancyFilter, ByTime>,
    app: web::Data<App>,
) -> ApiResult<Page<OccupancyLine>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

export_operation! {
    /// Occupancies as a file
    export_occupancies "export_occupancies" at "/occupancies/export" in "estate",
    needs: PartyRead "party.read",
    clauses: ["POS-PUBSUP-06", "POS-RECEPT-05"],
    query: OccupancyFilter, ByTime,
    rows: tables::listed, page,
}

/// Enter an occupancy
///
/// An owner's first day in a house without a living file opens one.
#[utoipa::path(tag = "estate", operation_id = "create_occupancy", request_body = NewOccupancy,
    responses((status = 201, description = "The entry", body = Occupancy)),
    extensions(("x-permission" = json!("party.edit")), ("x-clauses" = json!(["POS-RECEPT-05"]))))]
#[post("/occupancies")]
pub async fn create_occupancy(
    guard: Guard<need::PartyEdit>,
    command: Command<NewOccupancy>,
    app: web::Data<App>,
) -> ApiResult<Occupancy> {
    let mut work = app.begin(&guard, &command).await?;
    let house = rows::houses::lock(&mut work, &guard.scope, command.body.house_id)
        .await
        .map_err(|_| Problem::unknown_reference("/house_id"))?;
    let party = rows::parties::find(&mut work, &guard.scope, command.body.party_id)
        .await
        .map_err(|_| Problem::unknown_reference("/party_id"))?;
    if party.estate_id != house.estate_id {
        return Err(Problem::unknown_reference("/party_id").into());
    }
    let step = Occupancy::new(house.estate_id, &command.body, work.actor.employee, work.now)?;
    rows::occupancies::insert(&mut work, &step.record).await?;
    work.record(step.entry);
    if step.record.role == OccupancyRole::Owner && rows::house_files::living(&mut work, house.id).await?.is_none() {
        open_file(&mut work, &house, step.record.valid_from).await?;
    }
    let answer = Answer::of(StatusCode::CREATED, &step.record)?.version(step.record.version);
    work.commit_with(answer.location(format!("/api/v1/occupancies/{}", step.record.id)))
        .await
}

/// One occupancy
#[utoipa::path(tag = "estate", operation_id = "get_occupancy", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The entry", body = Occupancy)),
    extensions(("x-permission" = json!("party.read")), ("x-clauses" = json!(["POS-RECEPT-05"]))))]
#[get("/occupancies/{id}")]
pub async fn get_occupancy(
    guard: Guard<need::PartyRead>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<Occupancy> {
    let found = rows::occupancies::find(&mut *app.conn().await?, &guard.scope, *id).await?;
    Ok(Answer::ok(&found)?.version(found.version))
}

/// End an occupancy
///
/// When the last owner of a house moves out, its file is archived.
#[utoipa::path(tag = "estate", operation_id = "end_occupancy", params(("id" = Uuid, Path)), request_body = EndOccupancy,
    responses((status = 200, description = "The entry with its end", body = Occupancy)),
    extensions(("x-permission" = json!("party.edit")), ("x-clauses" = json!(["POS-RECEPT-05"]))))]
#[post("/occupancies/{id}/end")]
pub async fn end_occupancy(
    guard: Guard<need::PartyEdit>,
    id: web::Path<Uuid>,
    command: Command<EndOccupancy>,
    app: web::Data<App>,
) -> ApiResult<Occupancy> {
    let mut work = app.begin(&guard, &command).await?;
    let occupancy = rows::occupancies::find(&mut work, &guard.scope, *id).await?;
    rows::houses::lock(&mut work, &guard.scope, occupancy.house_id).await?;
    let (until, reason) = (command.body.valid_until, &*command.body.reason);
    let step = occupancy.end(until, reason, work.now)?;
    rows::occupancies::save(&mut work, &step.record).await?;
    work.record(step.entry);
    let left = rows::occupancies::owners_on(&mut work, occupancy.house_id, until).await?;
    if occupancy.role == OccupancyRole::Owner && left.is_empty() {
        archive_file(&mut work, occupancy.house_id, until, reason).await?;
    }
    let version = step.record.version;
    work.commit_with(Answer::ok(&step.record)?.version(version)).await
}

/// Pass a house to new owners
///
/// In one step: the present owners end, the file is archived, the new owners begin, a new file is opened.
#[utoipa::path(tag = "estate", operation_id = "transfer_house", params(("id" = Uuid, Path)), request_body = TransferHouse,
    responses((status = 200, description = "What ended and what began", body = TransferredHouse)),
    extensions(("x-permission" = json!("party.edit")), ("x-clauses" = json!(["POS-RECEPT-05", "POS-RECEPT-06a"]))))]
#[post("/houses/{id}/transfer")]
pub async fn transfer_house(
    guard: Guard<need::PartyEdit>,
    id: web::Path<Uuid>,
    command: Command<TransferHouse>,
    app: web::Data<App>,
) -> ApiResult<TransferredHouse> {
    let mut work = app.begin(&guard, &command).await?;
    let house = rows::houses::lock(&mut work, &guard.scope, *id).await?;
    let ended = end_owners(&mut work, &house, &command.body).await?;
    let archived = archive_file(&mut work, house.id, command.body.on, &command.body.reason).await?;
    let started = start_owners(&mut work, &guard.scope, &house, &command.body).await?;
    let opened = open_file(&mut work, &house, command.body.on).await?;
    let transferred = TransferredHouse {
        ended,
        started,
        archived,
        opened,
    };
    work.answer(StatusCode::OK, &transferred).await
}

async fn end_owners(work: &mut Work, house: &House, transfer: &TransferHouse) -> Result<Vec<Occupancy>, Failure> {
    let mut ended = Vec::new();
    for owner in rows::occupancies::owners_on(work, house.id, transfer.on).await? {
        let step = owner.end(transfer.on, &transfer.reason, work.now)?;
        rows::occupancies::save(work, &step.record).await?;
        work.record(step.entry);
        ended.push(step.record);
    }
    Ok(ended)
}

async fn start_owners(
    work: &mut Work,
    scope: &Scope,
    house: &House,
    transfer: &TransferHouse,
) -> Result<Vec<Occupancy>, Failure> {
    let mut started = Vec::new();
    for (at, party) in transfer.owners.iter().enumerate() {
        let pointer = format!("/owners/{at}");
        let known = rows::parties::find(work, scope, *party).await;
        if !known.is_ok_and(|party| party.estate_id == house.estate_id) {
            return Err(Problem::unknown_reference(&pointer).into());
        }
        let new = NewOccupancy {
            party_id: *party,
            house_id: house.id,
            role: OccupancyRole::Owner,
            valid_from: transfer.on,
            valid_until: None,
        };
        let step = Occupancy::new(house.estate_id, &new, work.actor.employee, work.now)?;
        rows::occupancies::insert(work, &step.record).await?;
        work.record(step.entry);
        started.push(step.record);
    }
    Ok(started)
}

/// Archives the living file of a house, when it has one.
async fn archive_file(
    work: &mut Work,
    house: wuye_domain::estate::HouseId,
    on: NaiveDate,
    reason: &str,
) -> Result<Option<HouseFile>, Failure> {
    let Some(file) = rows::house_files::living(work, house).await? else {
        return Ok(None);
    };
    let out = rows::consultations::is_out(work, file.id).await?;
    let step = file.archive(out, reason, on, work.now)?;
    rows::house_files::save(work, &step.record).await?;
    work.record(step.entry);
    Ok(Some(step.record))
}

/// Opens the file of a house under the next number.
pub(super) async fn open_file(work: &mut Work, house: &House, on: NaiveDate) -> Result<HouseFile, Failure> {
    let now = work.now;
    let today = today(work, house.estate_id, now).await?;
    let no = numbers::next(work, house.estate_id, "DA", today).await?;
    let of = (house.estate_id, house.id);
    let step = HouseFile::open(of, no, String::new(), on, work.actor.employee, now);
    rows::house_files::insert(work, &step.record).await?;
    work.record(step.entry);
    Ok(step.record)
}

pub(super) fn configure(config: &mut Routes<'_>) {
    config
        .service(list_occupancies)
        .service(export_occupancies)
        .service(create_occupancy)
        .service(get_occupancy)
        .service(end_occupancy)
        .service(transfer_house);
}
