//! Owners, tenants and users (POS-PUBSUP-06, POS-RECEPT-05). Phones and identity numbers open by permission only.

use std::collections::HashMap;

use actix_web::{HttpResponse, get, http::StatusCode, patch, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{Scope, need},
    estate::{
        ChangeParty, ContactReach, House, HouseId, NewParty, Occupancy, OccupancyRole, Party, PartyView, Sight,
        filter::{PartyFilter, PartySort},
    },
    shared::{
        AreaId, EstateId, ListRequest, Page, Problem, SubjectKind, Text, TrailEntry,
        private::{IdentityNumber, Phone, Private, Purpose},
    },
};
use wuye_persistence::{Conn, Failure, Rows, estate as rows, numbers, trail};

use super::{same_version, today};
use crate::{
    Answer, ApiError, ApiResult, App, Command, Guard, ListParams, ListQuery,
    routes::Routes,
    tables::{self, ExportQuery, FormatParam, TableFile},
};

/// A party with every house it has or had to do with.
#[derive(Serialize, ToSchema)]
pub struct PartyRecord {
    /// The party.
    pub party: PartyView,
    /// Its times in houses, the latest first.
    pub occupancies: Vec<Residence>,
}

/// A time in a house.
#[derive(Serialize, ToSchema)]
pub struct Residence {
    /// As what, from when until when.
    pub occupancy: Occupancy,
    /// Whether it holds today.
    pub present: bool,
    /// The house.
    pub house: House,
}

/// A party with where it is at home today.
#[derive(Serialize, ToSchema)]
pub struct PartyLine {
    /// The party.
    #[serde(flatten)]
    pub party: PartyView,
    /// Its houses today, by door.
    pub homes: Vec<Home>,
}

/// A house somebody has to do with today.
#[derive(Clone, Serialize, ToSchema)]
pub struct Home {
    /// The house.
    pub house_id: HouseId,
    /// What stands on its door.
    pub house_no: String,
    /// As what.
    pub role: OccupancyRole,
}

/// Exactly whom one looks for; give one of the two.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LookupParty {
    /// The estate; may be left out by who works in one only.
    pub estate_id: Option<EstateId>,
    /// The number of a document.
    #[schema(value_type = Option<String>, max_length = 40)]
    pub identity_number: Option<Private<IdentityNumber>>,
    /// A phone.
    #[schema(value_type = Option<String>, max_length = 40)]
    pub phone: Option<Private<Phone>>,
}

/// The parties as this caller may see them; a collector's sight needs their areas.
async fn views(conn: &mut Conn, sight: &Sight, parties: &[Party]) -> Result<Vec<PartyView>, Failure> {
    let areas: HashMap<Uuid, Vec<AreaId>> = match sight.contact {
        ContactReach::Areas(_) => {
            let ids: Vec<Uuid> = parties.iter().map(|party| party.id.0).collect();
            rows::areas_of_parties(conn, &ids).await?
        }
        _ => HashMap::new(),
    };
    Ok(parties
        .iter()
        .map(|party| party.view(sight, areas.get(&party.id.0).map_or(&[], Vec::as_slice)))
        .collect())
}

/// A page of parties as this caller may see them.
async fn seen(
    conn: &mut Conn,
    (scope, sight): (&Scope, &Sight),
    (estate, today): (EstateId, NaiveDate),
    filter: &PartyFilter,
    request: &ListRequest<PartySort>,
) -> Result<Rows<PartyLine>, Failure> {
    let found = rows::parties::list(conn, (scope, &sight.contact), estate, filter, request).await?;
    let ids: Vec<Uuid> = found.items.iter().map(|party| party.id.0).collect();
    let mut homes: HashMap<Uuid, Vec<Home>> = HashMap::new();
    for (party, house_id, house_no, role) in rows::occupancies::homes_on(conn, &ids, today).await? {
        let home = Home {
            house_id,
            house_no,
            role,
        };
        homes.entry(party).or_default().push(home);
    }
    let views = views(conn, sight, &found.items).await?.into_iter();
    let items = views
        .map(|party| PartyLine {
            homes: homes.remove(&party.id.0).unwrap_or_default(),
            party,
        })
        .collect();
    Ok(Rows {
        items,
        next: found.next,
        total: found.total,
    })
}

/// Owners, tenants and users
///
/// `q` takes a name, its pinyin initials, a number, the door of a house, or the end of a phone for those who may see phones.
#[utoipa::path(tag = "estate", operation_id = "list_parties", params(ListParams, PartyFilter),
    responses((status = 200, description = "A page, masked as the caller's post may see", body = Page<PartyLine>)),
    extensions(("x-permission" = json!("party.read")), ("x-clauses" = json!(["POS-PUBSUP-06", "POS-RECEPT-05"]))))]
#[get("/parties")]
pub async fn list_parties(
    guard: Guard<need::PartyRead>,
    list: ListQuery<PartyFilter, PartySort>,
    app: web::Data<App>,
) -> ApiResult<Page<PartyLine>> {
    let estate = guard.estate(list.filter.estate_id)?;
    let sight = Sight::of(&guard.actor, estate);
    let conn = &mut *app.conn().await?;
    let of = (estate, today(conn, estate, app.now()).await?);
    list.page(seen(conn, (&guard.scope, &sight), of, &list.filter, &list.request).await?)
}

/// Owners, tenants and users as a file
///
/// Masked as in the list; the trail says who took it.
#[utoipa::path(tag = "estate", operation_id = "export_parties", params(FormatParam, PartyFilter),
    responses(TableFile),
    extensions(("x-permission" = json!("party.read")), ("x-clauses" = json!(["POS-PUBSUP-06", "POS-RECEPT-05"]))))]
#[get("/parties/export")]
pub async fn export_parties(
    guard: Guard<need::PartyRead>,
    query: ExportQuery<PartyFilter, PartySort>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let estate = guard.estate(query.filter.estate_id)?;
    let entry = TrailEntry::new(SubjectKind::Estate, estate, "parties_exported").estate(estate);
    let held = guard.actor.post_for(Guard::<need::PartyRead>::PERMISSION, estate);
    let capacity = held.map_or_else(trail::Capacity::default, |held| trail::Capacity {
        post: Some(held.post),
        acting_for: held.acting_for,
    });
    let today = {
        let conn = &mut *app.conn().await?;
        trail::append(conn, &guard.actor, capacity, app.now(), &[entry]).await?;
        today(conn, estate, app.now()).await?
    };
    let sight = Sight::of(&guard.actor, estate);
    let of = (app.get_ref().clone(), guard.scope.clone(), sight, query.filter.clone());
    tables::export(query.format, query.language, query.request.clone(), move |request| {
        let (app, scope, sight, filter) = of.clone();
        async move {
            let conn = &mut *app.conn().await?;
            seen(conn, (&scope, &sight), (estate, today), &filter, &request).await
        }
    })
    .await
}

/// One party
#[utoipa::path(tag = "estate", operation_id = "get_party", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The party, masked as the caller's post may see", body = PartyView)),
    extensions(("x-permission" = json!("party.read")), ("x-clauses" = json!(["POS-PUBSUP-06", "POS-RECEPT-05"]))))]
#[get("/parties/{id}")]
pub async fn get_party(
    guard: Guard<need::PartyRead>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<PartyView> {
    let conn = &mut *app.conn().await?;
    let party = rows::parties::find(conn, &guard.scope, (*id).into()).await?;
    let sight = Sight::of(&guard.actor, party.estate_id);
    let version = party.version;
    let view = one(conn, &sight, party).await?;
    Ok(Answer::ok(&view)?.version(version))
}

async fn one(conn: &mut Conn, sight: &Sight, party: Party) -> Result<PartyView, Failure> {
    let mut views = views(conn, sight, &[party]).await?;
    views.pop().ok_or_else(|| Problem::not_found().into())
}

/// A party with its houses
#[utoipa::path(tag = "estate", operation_id = "get_party_record", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The record", body = PartyRecord)),
    extensions(("x-permission" = json!("party.read")), ("x-clauses" = json!(["POS-PUBSUP-06", "POS-RECEPT-05"]))))]
#[get("/parties/{id}/record")]
pub async fn get_party_record(
    guard: Guard<need::PartyRead>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<PartyRecord> {
    let conn = &mut *app.conn().await?;
    let party = rows::parties::find(conn, &guard.scope, (*id).into()).await?;
    let today = today(conn, party.estate_id, app.now()).await?;
    let occupancies = rows::occupancies::of_party(conn, party.id).await?;
    let ids: Vec<Uuid> = occupancies.iter().map(|one| one.house_id.0).collect();
    let houses = rows::houses::find_all(conn, &guard.scope, &ids).await?;
    let occupancies = occupancies
        .into_iter()
        .filter_map(|occupancy| {
            let house = houses.iter().find(|house| house.id == occupancy.house_id)?.clone();
            Some(Residence {
                present: occupancy.holds_on(today),
                occupancy,
                house,
            })
        })
        .collect();
    let sight = Sight::of(&guard.actor, party.estate_id);
    let version = party.version;
    let party = one(conn, &sight, party).await?;
    Ok(Answer::ok(&PartyRecord { party, occupancies })?.version(version))
}

/// Key in a party
#[utoipa::path(tag = "estate", operation_id = "create_party", request_body = NewParty,
    responses((status = 201, description = "The party", body = PartyView)),
    extensions(("x-permission" = json!("party.edit")), ("x-clauses" = json!(["POS-RECEPT-05"]))))]
#[post("/parties")]
pub async fn create_party(
    guard: Guard<need::PartyEdit>,
    command: Command<NewParty>,
    app: web::Data<App>,
) -> ApiResult<PartyView> {
    let estate = guard.estate(Some(command.body.estate_id))?;
    let mut work = app.begin(&guard, &command).await?;
    let now = work.now;
    let today = today(&mut work, estate, now).await?;
    let no = numbers::next(&mut work, estate, "YZ", today).await?;
    let step = Party::new(command.body, no, work.actor.employee, now)?;
    rows::parties::insert(&mut work, &step.record, &app.digest_key()).await?;
    work.record(step.entry);
    let view = step.record.view(&Sight::of(&guard.actor, estate), &[]);
    let answer = Answer::of(StatusCode::CREATED, &view)?.version(view.version);
    work.commit_with(answer.location(format!("/api/v1/parties/{}", view.id)))
        .await
}

/// Change a party
///
/// The trail keeps that a phone or identity number changed, never which one it was.
#[utoipa::path(tag = "estate", operation_id = "change_party", params(("id" = Uuid, Path)), request_body = ChangeParty,
    responses((status = 200, description = "The party", body = PartyView)),
    extensions(("x-permission" = json!("party.edit")), ("x-clauses" = json!(["POS-RECEPT-05", "POS-RECEPT-06a"]))))]
#[patch("/parties/{id}")]
pub async fn change_party(
    guard: Guard<need::PartyEdit>,
    id: web::Path<Uuid>,
    command: Command<ChangeParty>,
    app: web::Data<App>,
) -> ApiResult<PartyView> {
    let seen = command.expected_version()?;
    let mut work = app.begin(&guard, &command).await?;
    let party = rows::parties::find(&mut work, &guard.scope, (*id).into()).await?;
    same_version(party.version, seen)?;
    let key = app.digest_key();
    let step = party.change(command.body, &key, work.now)?;
    rows::parties::save(&mut work, &step.record, &key).await?;
    work.record(step.entry);
    let view = step.record.view(&Sight::of(&guard.actor, party.estate_id), &[]);
    let version = view.version;
    work.commit_with(Answer::ok(&view)?.version(version)).await
}

/// Look for exactly one document or phone
///
/// By keyed digest; the numbers do not stand in any address or log. Only for posts that may see identity numbers.
#[utoipa::path(tag = "estate", operation_id = "lookup_parties", request_body = LookupParty,
    responses((status = 200, description = "Who has it", body = Vec<PartyView>)),
    extensions(("x-permission" = json!("party.identity_read")), ("x-clauses" = json!(["POS-RECEPT-05"]))))]
#[post("/parties/lookup")]
pub async fn lookup_parties(
    guard: Guard<need::PartyIdentityRead>,
    command: Command<LookupParty>,
    app: web::Data<App>,
) -> ApiResult<Vec<PartyView>> {
    let wanted = &command.body;
    if wanted.identity_number.is_none() == wanted.phone.is_none() {
        let words = Text::new(
            "证件号码与电话须且只能填一项",
            "give exactly one of identity number and phone",
        );
        return Err(Problem::field("/identity_number", "one_of", words).into());
    }
    let estate = guard.estate(wanted.estate_id)?;
    let key = app.digest_key();
    let identity = wanted
        .identity_number
        .as_ref()
        .map(|number| number.digest(&key, Purpose::Search));
    let phone = wanted.phone.as_ref().map(|phone| phone.digest(&key, Purpose::Search));
    let conn = &mut *app.conn().await?;
    let found = rows::parties::lookup(conn, &guard.scope, estate, identity.as_deref(), phone.as_deref()).await?;
    let sight = Sight::of(&guard.actor, estate);
    Answer::ok(&views(conn, &sight, &found).await?)
}

pub(super) fn configure(config: &mut Routes<'_>) {
    config
        .service(list_parties)
        .service(export_parties)
        .service(lookup_parties)
        .service(create_party)
        .service(get_party_record)
        .service(get_party)
        .service(change_party);
}
