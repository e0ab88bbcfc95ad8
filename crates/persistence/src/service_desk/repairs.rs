//! Repair requests.

use std::collections::{BTreeSet, Bound, HashMap};

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;
use wuye_domain::{
    access::{PostCode, Scope},
    service_desk::{
        RepairCategory, Urgency,
        orders::OrderState,
        repairs::{Appointment, Night, RepairRequest, RepairRequestId, RepairSource, RequestState},
    },
    shared::{
        EstateId, ListRequest, Subject,
        house_no::HouseRef,
        private::{Phone, Private},
        search::{Tokens, other_houses},
    },
};

use super::{labels, unfinished};
use crate::{
    Conn, Failure, Rows, found, in_scope, keyset,
    org::climbs,
    schema::{
        employees, repair_named_houses as named_houses, repair_night_requests as nights, repair_requests as requests,
        work_orders as orders,
    },
    search::Search,
    split_next,
};

type Range = (Bound<DateTime<Utc>>, Bound<DateTime<Utc>>);

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = requests, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: Uuid,
    no: String,
    estate_id: Uuid,
    responsible_post: String,
    responsible_assignment: Option<Uuid>,
    squad_id: Option<Uuid>,
    area_id: Option<Uuid>,
    created_by: Option<Uuid>,
    source: String,
    source_kind: Option<String>,
    source_id: Option<Uuid>,
    house_id: Option<Uuid>,
    place_id: Option<Uuid>,
    place_text: Option<String>,
    party_id: Option<Uuid>,
    contact_name: Option<String>,
    contact_phone: Option<String>,
    category: String,
    urgency: String,
    paid: bool,
    warranty: bool,
    text: String,
    requested_at: DateTime<Utc>,
    recorded_at: DateTime<Utc>,
    appointment: Option<Range>,
    dispatch_due_at: DateTime<Utc>,
    state: String,
    end_reason: Option<String>,
    search: Vec<Option<String>>,
    updated_at: DateTime<Utc>,
    version: i32,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = nights, treat_none_as_default_value = false)]
struct NightRow {
    request_id: Uuid,
    taken_by_post: String,
    hand_over_at: DateTime<Utc>,
    handed_over_at: Option<DateTime<Utc>>,
}

impl Row {
    fn of(request: &RepairRequest, search: Vec<String>) -> Self {
        let request = request.clone();
        Self {
            id: request.id.0,
            no: request.no,
            estate_id: request.estate_id.0,
            responsible_post: request.responsible_post.code().to_owned(),
            responsible_assignment: request.responsible_assignment.map(Into::into),
            squad_id: request.squad_id.map(Into::into),
            area_id: request.area_id.map(Into::into),
            created_by: request.created_by.map(Into::into),
            source: request.source.code().to_owned(),
            source_kind: request.source_ref.map(|subject| subject.kind.code().to_owned()),
            source_id: request.source_ref.map(|subject| subject.id),
            house_id: request.house_id,
            place_id: request.place_id,
            place_text: request.place_text,
            party_id: request.party_id,
            contact_name: request.contact_name,
            contact_phone: request.contact_phone.map(|phone| phone.expose().as_str().to_owned()),
            category: request.category.code().to_owned(),
            urgency: request.urgency.code().to_owned(),
            paid: request.paid,
            warranty: request.warranty,
            text: request.text,
            requested_at: request.requested_at,
            recorded_at: request.recorded_at,
            appointment: request
                .appointment
                .map(|time| (Bound::Included(time.from), Bound::Excluded(time.until))),
            dispatch_due_at: request.dispatch_due_at,
            state: request.state.code().to_owned(),
            end_reason: request.end_reason,
            search: search.into_iter().map(Some).collect(),
            updated_at: request.updated_at,
            version: request.version,
        }
    }

    fn request(self, night: Option<Night>) -> Result<RepairRequest, Failure> {
        let source_ref = match (self.source_kind, self.source_id) {
            (Some(kind), Some(id)) => Some(Subject {
                kind: kind.parse()?,
                id,
            }),
            _ => None,
        };
        Ok(RepairRequest {
            id: self.id.into(),
            no: self.no,
            estate_id: self.estate_id.into(),
            responsible_post: self.responsible_post.parse()?,
            responsible_assignment: self.responsible_assignment.map(Into::into),
            squad_id: self.squad_id.map(Into::into),
            area_id: self.area_id.map(Into::into),
            created_by: self.created_by.map(Into::into),
            source: self.source.parse()?,
            source_ref,
            house_id: self.house_id,
            place_id: self.place_id,
            place_text: self.place_text,
            party_id: self.party_id,
            contact_name: self.contact_name,
            contact_phone: self.contact_phone.as_deref().and_then(Phone::parse).map(Private::new),
            category: self.category.parse()?,
            urgency: self.urgency.parse()?,
            paid: self.paid,
            warranty: self.warranty,
            text: self.text,
            requested_at: self.requested_at,
            recorded_at: self.recorded_at,
            appointment: self.appointment.and_then(appointment),
            dispatch_due_at: self.dispatch_due_at,
            state: self.state.parse()?,
            end_reason: self.end_reason,
            updated_at: self.updated_at,
            version: self.version,
            night,
        })
    }
}

pub(super) fn appointment(range: Range) -> Option<Appointment> {
    let bound = |bound| match bound {
        Bound::Included(at) | Bound::Excluded(at) => Some(at),
        Bound::Unbounded => None,
    };
    Some(Appointment {
        from: bound(range.0)?,
        until: bound(range.1)?,
    })
}

impl NightRow {
    fn night(self) -> Result<Night, Failure> {
        Ok(Night {
            taken_by_post: self.taken_by_post.parse()?,
            hand_over_at: self.hand_over_at,
            handed_over_at: self.handed_over_at,
        })
    }

    fn of(request: &RepairRequest) -> Option<Self> {
        request.night.map(|night| Self {
            request_id: request.id.0,
            taken_by_post: night.taken_by_post.code().to_owned(),
            hand_over_at: night.hand_over_at,
            handed_over_at: night.handed_over_at,
        })
    }
}

/// What a request is found by.
struct FoundBy {
    /// Its number, text, place, contact and house.
    search: Vec<String>,
    /// Other houses that it names.
    other_houses: BTreeSet<String>,
}

async fn found_by(conn: &Conn, request: &RepairRequest) -> Result<FoundBy, Failure> {
    let houses = labels::house_numbers(conn, [request.house_id]).await?;
    let own = houses.values().find_map(|no| HouseRef::parse(no).ok());
    let words = || std::iter::once(&request.text).chain(&request.place_text);
    let mut tokens = Tokens::new().text(&request.no);
    for text in words().chain(houses.values()) {
        tokens = tokens.text(text);
    }
    if let Some(name) = &request.contact_name {
        tokens = tokens.name(name);
    }
    Ok(FoundBy {
        search: tokens.into_vec(),
        other_houses: words().flat_map(|text| other_houses(text, own.as_ref())).collect(),
    })
}

/// Adds a request.
///
/// # Errors
/// `validation_failed` for a house, place or party that does not exist.
pub async fn insert(conn: &mut Conn, request: &RepairRequest) -> Result<(), Failure> {
    let found_by = found_by(conn, request).await?;
    let row = Row::of(request, found_by.search);
    diesel::insert_into(requests::table).values(&row).execute(conn).await?;
    name_houses(conn, request, &found_by.other_houses).await?;
    if let Some(night) = NightRow::of(request) {
        diesel::insert_into(nights::table).values(&night).execute(conn).await?;
    }
    Ok(())
}

/// Stores a request that `lock` or `find` gave before; `request.version` is the one after the change.
///
/// # Errors
/// `version_conflict` when somebody changed it in the meantime.
pub async fn save(conn: &mut Conn, request: &RepairRequest) -> Result<(), Failure> {
    let found_by = found_by(conn, request).await?;
    let row = Row::of(request, found_by.search);
    let stored = diesel::update(
        requests::table
            .find(request.id.0)
            .filter(requests::version.eq(request.version - 1)),
    )
    .set(&row)
    .execute(conn)
    .await?;
    if stored != 1 {
        return Err(super::stale());
    }
    // Later its words stay as they are.
    if request.state == RequestState::Requested {
        diesel::delete(named_houses::table.filter(named_houses::request_id.eq(request.id.0)))
            .execute(conn)
            .await?;
        name_houses(conn, request, &found_by.other_houses).await?;
    }
    if let Some(night) = NightRow::of(request) {
        diesel::update(nights::table.find(request.id.0))
            .set(&night)
            .execute(conn)
            .await?;
    }
    Ok(())
}

async fn name_houses(conn: &mut Conn, request: &RepairRequest, forms: &BTreeSet<String>) -> Result<(), Failure> {
    if forms.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = forms
        .iter()
        .map(|form| (named_houses::form.eq(form), named_houses::request_id.eq(request.id.0)))
        .collect();
    diesel::insert_into(named_houses::table)
        .values(rows)
        .execute(conn)
        .await?;
    Ok(())
}

async fn night(mut conn: &Conn, id: Uuid) -> Result<Option<Night>, Failure> {
    let row: Option<NightRow> = nights::table
        .find(id)
        .select(NightRow::as_select())
        .first(&mut conn)
        .await
        .optional()?;
    row.map(NightRow::night).transpose()
}

/// One request.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: RepairRequestId) -> Result<RepairRequest, Failure> {
    let row: Row = requests::table
        .filter(requests::id.eq(id.0))
        .filter(in_scope!(requests, scope))
        .select(Row::as_select())
        .first(conn)
        .await?;
    let night = night(conn, id.0).await?;
    row.request(night)
}

/// One request, its row held until commit: of two dispatchers one waits and then sees what the other did.
///
/// # Errors
/// `not_found`.
pub async fn lock(conn: &mut Conn, scope: &Scope, id: RepairRequestId) -> Result<RepairRequest, Failure> {
    let row: Row = requests::table
        .filter(requests::id.eq(id.0))
        .filter(in_scope!(requests, scope))
        .select(Row::as_select())
        .for_update()
        .first(conn)
        .await?;
    let night = night(conn, id.0).await?;
    row.request(night)
}

/// The request of an order that was read in scope, its row held until commit.
///
/// # Errors
/// As the database says.
pub(super) async fn lock_of_order(conn: &mut Conn, id: RepairRequestId) -> Result<RepairRequest, Failure> {
    let row: Row = requests::table
        .find(id.0)
        .select(Row::as_select())
        .for_update()
        .first(conn)
        .await?;
    let night = night(conn, id.0).await?;
    row.request(night)
}

/// Which requests are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this estate.
    pub estate: Option<EstateId>,
    /// In one of these states.
    pub states: Vec<RequestState>,
    /// Of these categories.
    pub categories: Vec<RepairCategory>,
    /// This urgent.
    pub urgencies: Vec<Urgency>,
    /// From this source.
    pub source: Option<RepairSource>,
    /// For this house.
    pub house: Option<Uuid>,
    /// For this place.
    pub place: Option<Uuid>,
    /// For this resident.
    pub party: Option<Uuid>,
    /// Undispatched after its limit, at this instant.
    pub overdue_at: Option<DateTime<Utc>>,
    /// Taken while the desk was closed.
    pub night: bool,
    /// Reported from this instant on.
    pub from: Option<DateTime<Utc>>,
    /// Reported before this instant.
    pub until: Option<DateTime<Utc>>,
    /// Text, house number or name to look for.
    pub query: Option<String>,
}

wuye_domain::code_enum! {
    /// What the list is sorted by.
    pub enum Sort {
        /// When it was reported.
        RequestedAt = "requested_at",
        /// Until when it must be dispatched.
        DispatchDueAt = "dispatch_due_at",
    }
}

/// A request with the names of what it points to.
#[derive(Clone, Debug)]
pub struct Line {
    /// The request.
    pub request: RepairRequest,
    /// Number of the house.
    pub house_no: Option<String>,
    /// Name of the place.
    pub place_name: Option<String>,
    /// Name of the resident.
    pub party_name: Option<String>,
    /// Who took it in.
    pub created_by_name: Option<String>,
    /// Its order.
    pub order: Option<OrderBrief>,
    /// The posts up the line that know that it was not dispatched in time.
    pub escalated_to: Vec<PostCode>,
}

/// An order in a few words.
#[derive(Clone, Debug)]
pub struct OrderBrief {
    /// Its id.
    pub id: Uuid,
    /// Business number.
    pub no: String,
    /// How far it has come.
    pub state: OrderState,
    /// Who repairs.
    pub technician_id: Uuid,
    /// Their name.
    pub technician_name: String,
    /// Who dispatched it.
    pub dispatched_by_name: Option<String>,
    /// When.
    pub dispatched_at: DateTime<Utc>,
    /// Until when to finish.
    pub finish_due_at: DateTime<Utc>,
}

macro_rules! filtered {
    ($scope:expr, $filter:expr, $search:expr) => {{
        let filter: &Filter = $filter;
        let mut query = requests::table.filter(in_scope!(requests, $scope)).into_boxed();
        if let Some(estate) = filter.estate {
            query = query.filter(requests::estate_id.eq(estate.0));
        }
        if !filter.states.is_empty() {
            query = query.filter(requests::state.eq_any(codes(filter.states.iter().map(|state| state.code()))));
        }
        if filter.states == [RequestState::Requested] {
            query = query.filter(unfinished::requests());
        }
        if !filter.categories.is_empty() {
            query = query.filter(requests::category.eq_any(codes(filter.categories.iter().map(|c| c.code()))));
        }
        if !filter.urgencies.is_empty() {
            query = query.filter(requests::urgency.eq_any(codes(filter.urgencies.iter().map(|u| u.code()))));
        }
        if let Some(source) = filter.source {
            query = query.filter(requests::source.eq(source.code()));
        }
        if let Some(house) = filter.house {
            query = query.filter(requests::house_id.eq(house));
        }
        if let Some(place) = filter.place {
            query = query.filter(requests::place_id.eq(place));
        }
        if let Some(party) = filter.party {
            query = query.filter(requests::party_id.eq(party));
        }
        if let Some(now) = filter.overdue_at {
            query = query.filter(unfinished::requests().and(requests::dispatch_due_at.lt(now)));
        }
        if filter.night {
            query = query.filter(requests::id.eq_any(nights::table.select(nights::request_id)));
        }
        if let Some(from) = filter.from {
            query = query.filter(requests::requested_at.ge(from));
        }
        if let Some(until) = filter.until {
            query = query.filter(requests::requested_at.lt(until));
        }
        if let Some(search) = $search {
            query = query.filter(found!(requests, search));
        }
        query
    }};
}

pub(super) fn codes(codes: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    codes.collect()
}

/// A page of requests.
///
/// # Errors
/// `validation_failed` for a cursor of another list.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &Filter,
    request: &ListRequest<Sort>,
) -> Result<Rows<Line>, Failure> {
    let search = match &filter.query {
        Some(text) => Some(Search::of(conn, "repair_requests", text).await?),
        None => None,
    };
    let total = match request.count {
        true => {
            let counted = search.as_ref().map(Search::counted);
            Some(filtered!(scope, filter, &counted).count().get_result(conn).await?)
        }
        false => None,
    };
    let query = filtered!(scope, filter, &search).select(Row::as_select());
    let rows: Vec<Row> = match request.sort {
        Sort::RequestedAt => keyset!(query, request, requests::requested_at, requests::id, DateTime<Utc>),
        Sort::DispatchDueAt => keyset!(query, request, requests::dispatch_due_at, requests::id, DateTime<Utc>),
    }
    .load(conn)
    .await?;
    let page = split_next(rows, request.limit, total, |row| {
        let at = match request.sort {
            Sort::RequestedAt => row.requested_at,
            Sort::DispatchDueAt => row.dispatch_due_at,
        };
        (json!(at), row.id)
    });
    let mut nights = nights_of(conn, &page.items).await?;
    let page = page.try_map(|row| {
        let night = nights.remove(&row.id);
        row.request(night)
    })?;
    let lines = lines(conn, page.items).await?;
    Ok(Rows {
        items: lines,
        next: page.next,
        total: page.total,
    })
}

async fn nights_of(conn: &mut Conn, rows: &[Row]) -> Result<HashMap<Uuid, Night>, Failure> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let rows: Vec<NightRow> = nights::table
        .filter(nights::request_id.eq_any(ids))
        .select(NightRow::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(|row| Ok((row.request_id, row.night()?))).collect()
}

/// Puts the names to requests that were read in scope.
///
/// # Errors
/// As the database says.
pub async fn lines(conn: &Conn, requests: Vec<RepairRequest>) -> Result<Vec<Line>, Failure> {
    let (names, mut briefs, told) = tokio::try_join!(
        Named::of(conn, &requests),
        briefs(conn, &requests),
        climbs::told(conn, requests.iter().map(|request| request.id.0)),
    )?;
    Ok(requests
        .into_iter()
        .map(|request| Line {
            order: briefs.remove(&request.id.0),
            escalated_to: told.of(request.id, request.dispatch_due_at),
            ..names.line(request)
        })
        .collect())
}

/// Puts the names to a request that was just taken in: it has no order yet, and no limit was missed.
///
/// # Errors
/// As the database says.
pub async fn fresh_line(conn: &Conn, request: RepairRequest) -> Result<Line, Failure> {
    let names = Named::of(conn, std::slice::from_ref(&request)).await?;
    Ok(names.line(request))
}

/// Names of what requests point to.
struct Named {
    houses: labels::Names,
    places: labels::Names,
    parties: labels::Names,
    people: labels::Names,
}

impl Named {
    async fn of(conn: &Conn, requests: &[RepairRequest]) -> Result<Self, Failure> {
        let (houses, places, parties, people) = tokio::try_join!(
            labels::house_numbers(conn, requests.iter().map(|r| r.house_id)),
            labels::place_names(conn, requests.iter().map(|r| r.place_id)),
            labels::party_names(conn, requests.iter().map(|r| r.party_id)),
            labels::people(conn, requests.iter().map(|r| r.created_by.map(Into::into))),
        )?;
        Ok(Self {
            houses,
            places,
            parties,
            people,
        })
    }

    /// The request with its names, without order.
    fn line(&self, request: RepairRequest) -> Line {
        let named = |names: &labels::Names, id: Option<Uuid>| id.and_then(|id| names.get(&id).cloned());
        Line {
            house_no: named(&self.houses, request.house_id),
            place_name: named(&self.places, request.place_id),
            party_name: named(&self.parties, request.party_id),
            created_by_name: named(&self.people, request.created_by.map(Into::into)),
            order: None,
            escalated_to: Vec::new(),
            request,
        }
    }
}

#[derive(Queryable)]
struct Brief {
    request_id: Uuid,
    id: Uuid,
    no: String,
    state: String,
    technician_id: Uuid,
    technician_name: String,
    dispatched_by_name: Option<String>,
    dispatched_at: DateTime<Utc>,
    finish_due_at: DateTime<Utc>,
}

async fn briefs(mut conn: &Conn, requests: &[RepairRequest]) -> Result<HashMap<Uuid, OrderBrief>, Failure> {
    let ids: Vec<Uuid> = requests.iter().map(|request| request.id.0).collect();
    let (technician, dispatcher) = diesel::alias!(employees as technician, employees as dispatcher);
    let rows: Vec<Brief> = orders::table
        .inner_join(technician.on(technician.field(employees::id).eq(orders::technician_id)))
        .left_join(dispatcher.on(dispatcher.field(employees::id).nullable().eq(orders::dispatched_by)))
        .filter(orders::request_id.eq_any(ids))
        .select((
            orders::request_id,
            orders::id,
            orders::no,
            orders::state,
            orders::technician_id,
            technician.field(employees::name),
            dispatcher.field(employees::name).nullable(),
            orders::dispatched_at,
            orders::finish_due_at,
        ))
        .load(&mut conn)
        .await?;
    rows.into_iter()
        .map(|row| {
            let brief = OrderBrief {
                id: row.id,
                no: row.no,
                state: row.state.parse()?,
                technician_id: row.technician_id,
                technician_name: row.technician_name,
                dispatched_by_name: row.dispatched_by_name,
                dispatched_at: row.dispatched_at,
                finish_due_at: row.finish_due_at,
            };
            Ok((row.request_id, brief))
        })
        .collect()
}

/// Night requests whose start of work has come, held until commit; rows that another server holds are left to it.
///
/// # Errors
/// As the database says.
pub async fn due_hand_overs(conn: &mut Conn, now: DateTime<Utc>, limit: i64) -> Result<Vec<RepairRequest>, Failure> {
    let due: Vec<NightRow> = nights::table
        .filter(nights::handed_over_at.is_null().and(nights::hand_over_at.le(now)))
        .select(NightRow::as_select())
        .limit(limit)
        .for_update()
        .skip_locked()
        .load(conn)
        .await?;
    let mut requests = Vec::with_capacity(due.len());
    for night in due {
        let row: Row = requests::table
            .find(night.request_id)
            .select(Row::as_select())
            .for_update()
            .first(conn)
            .await?;
        requests.push(row.request(Some(night.night()?))?);
    }
    Ok(requests)
}

/// The area of a house or place, by which the dispatch knows who is at home there.
///
/// # Errors
/// As the database says.
pub async fn area_of(mut conn: &Conn, house: Option<Uuid>, place: Option<Uuid>) -> Result<Option<Uuid>, Failure> {
    use crate::schema::{blocks, houses, places};
    let of_house: Option<Option<Uuid>> = match house {
        Some(house) => houses::table
            .inner_join(blocks::table)
            .filter(houses::id.eq(house))
            .select(blocks::area_id)
            .first(&mut conn)
            .await
            .optional()?,
        None => None,
    };
    let of_place: Option<Option<Uuid>> = match place {
        Some(place) => places::table
            .find(place)
            .select(places::area_id)
            .first(&mut conn)
            .await
            .optional()?,
        None => None,
    };
    Ok(of_house.flatten().or(of_place.flatten()))
}

/// Refuses a house, place or resident of another estate; ids that nothing has are refused alike.
///
/// # Errors
/// `validation_failed` at the field.
pub async fn must_lie_in(conn: &mut Conn, estate: EstateId, request: &RepairRequest) -> Result<(), Failure> {
    use crate::schema::{houses, parties, places};
    use wuye_domain::shared::{Problem, Text};
    macro_rules! check {
        ($table:ident, $id:expr, $pointer:literal) => {
            if let Some(id) = $id {
                let own = $table::table.filter($table::id.eq(id).and($table::estate_id.eq(estate.0)));
                if !diesel::select(diesel::dsl::exists(own))
                    .get_result::<bool>(conn)
                    .await?
                {
                    let message = Text::new("本小区没有这条记录", "the estate has no such record");
                    return Err(Problem::field($pointer, "unknown_reference", message).into());
                }
            }
        };
    }
    check!(houses, request.house_id, "/house_id");
    check!(places, request.place_id, "/place_id");
    check!(parties, request.party_id, "/party_id");
    Ok(())
}

/// The request of an order that was read in scope.
///
/// # Errors
/// As the database says.
pub async fn of_order(conn: &Conn, id: RepairRequestId) -> Result<RepairRequest, Failure> {
    let (row, night) = tokio::try_join!(row(conn, id.0), night(conn, id.0))?;
    row.request(night)
}

async fn row(mut conn: &Conn, id: Uuid) -> Result<Row, Failure> {
    Ok(requests::table
        .find(id)
        .select(Row::as_select())
        .first(&mut conn)
        .await?)
}
