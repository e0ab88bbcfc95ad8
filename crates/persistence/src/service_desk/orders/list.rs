//! Lists of work orders.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{
    dsl::not,
    prelude::*,
    sql_types::{Array, Bool, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;
use wuye_domain::{
    access::{PostCode, Scope},
    service_desk::{
        RepairCategory, Urgency,
        orders::{OrderState, WorkOrder},
    },
    shared::{EstateId, ListRequest, SortOrder, search::house_asked},
};

use super::{open_codes, row::Row};
use crate::service_desk::{labels, repairs::codes, unfinished};
use crate::{
    Conn, Failure, Rows,
    fixed::{Around, around},
    in_estates, in_scope, keyset,
    org::climbs::{self, Told},
    schema::{
        houses, places, repair_named_houses as named_houses, repair_requests as requests, work_order_costs as costs,
        work_orders as orders,
    },
    search::{Search, Way, among},
    split_next,
};

/// Which orders are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this estate.
    pub estate: Option<EstateId>,
    /// In one of these states.
    pub states: Vec<OrderState>,
    /// Only those a technician still has to do something about.
    pub open: bool,
    /// Of these categories.
    pub categories: Vec<RepairCategory>,
    /// This urgent.
    pub urgencies: Vec<Urgency>,
    /// Of this technician.
    pub technician: Option<Uuid>,
    /// For this house: its order history.
    pub house: Option<Uuid>,
    /// For this place or fixture.
    pub place: Option<Uuid>,
    /// Past a limit at this instant.
    pub overdue_at: Option<DateTime<Utc>>,
    /// With a cost that waits for its decision.
    pub cost_pending: bool,
    /// Sent back at least once.
    pub returned: bool,
    /// Dispatched from this instant on.
    pub from: Option<DateTime<Utc>>,
    /// Dispatched before this instant.
    pub until: Option<DateTime<Utc>>,
    /// Text, house number or name to look for.
    pub query: Option<String>,
}

/// A way to what somebody looks for. Where there are several ways, no order is found by two of them.
#[derive(Clone)]
enum Wanted {
    /// All there are.
    All,
    /// The number of these orders, one in each estate at most.
    Numbered(Vec<Uuid>),
    /// In these houses: as a house gathers orders for as long as it stands, they are read by time.
    In(Vec<Uuid>),
    /// Elsewhere, but naming a house of this number in the words of the request.
    Naming(String, Vec<Uuid>),
    /// Words, part of a number or a name: what their requests are found by.
    Words(Search),
}

impl Wanted {
    /// A number names its order and nothing else, and the whole number of a house what was repaired there or speaks of it;
    /// everything else is looked for as words.
    async fn by(conn: &mut Conn, scope: &Scope, text: Option<&str>) -> Result<Vec<Self>, Failure> {
        let Some(text) = text else {
            return Ok(vec![Self::All]);
        };
        let numbered: Vec<Uuid> = orders::table
            .filter(orders::no.eq(text.trim().to_uppercase()))
            .filter(in_scope!(orders, scope))
            .select(orders::id)
            .load(conn)
            .await?;
        if !numbered.is_empty() {
            return Ok(vec![Self::Numbered(numbered)]);
        }
        if let Some(asked) = house_asked(text) {
            let (no, form) = (asked.to_string(), asked.to_string().to_lowercase());
            let these: Vec<Uuid> = houses::table
                .filter(houses::search.contains(vec![form.clone()]))
                .filter(houses::no.eq(no))
                .filter(in_estates!(houses, scope))
                .select(houses::id)
                .load(conn)
                .await?;
            if !these.is_empty() {
                return Ok(vec![Self::In(these.clone()), Self::Naming(form, these)]);
            }
        }
        Ok(vec![Self::Words(Search::of(conn, "repair_requests", text).await?)])
    }

    /// The same for counting.
    fn counted(&self) -> Self {
        match self {
            Self::Words(search) => Self::Words(search.counted()),
            other => other.clone(),
        }
    }
}

wuye_domain::code_enum! {
    /// What the list is sorted by.
    pub enum Sort {
        /// When it was dispatched.
        DispatchedAt = "dispatched_at",
        /// Until when it must be finished.
        FinishDueAt = "finish_due_at",
    }
}

/// An order with the names of what it points to.
#[derive(Clone, Debug)]
pub struct Line {
    /// The order.
    pub order: WorkOrder,
    /// The technician's name.
    pub technician_name: String,
    /// Who dispatched it.
    pub dispatched_by_name: Option<String>,
    /// Who verified it.
    pub verified_by_name: Option<String>,
    /// What it repairs.
    pub about: About,
    /// Whether a cost waits for its decision.
    pub cost_pending: bool,
    /// The posts up the line that know that a limit was missed.
    pub escalated_to: Vec<PostCode>,
}

/// The request of an order in a few words.
#[derive(Clone, Debug, Default, Queryable)]
pub struct About {
    /// Its number.
    pub no: String,
    /// In the resident's words.
    pub text: String,
    /// Number of the house.
    pub house_no: Option<String>,
    /// Name of the place.
    pub place_name: Option<String>,
    /// The place in words.
    pub place_text: Option<String>,
    /// Whether the resident pays.
    pub paid: bool,
    /// Whether it falls under warranty.
    pub warranty: bool,
    /// When it was reported.
    pub requested_at: DateTime<Utc>,
}

// The column is the database's own: `schema.patch`.
fn in_house(house: Uuid) -> Around<Bool, SqlUuid, Uuid> {
    around("work_orders.house_id = ", house, "")
}

fn in_houses(houses: Vec<Uuid>) -> Around<Bool, Array<SqlUuid>, Vec<Uuid>> {
    around(
        "(work_orders.house_id IS NOT NULL AND work_orders.house_id = ANY (",
        houses,
        "))",
    )
}

macro_rules! filtered {
    ($scope:expr, $filter:expr, $wanted:expr) => {{
        let filter: &Filter = $filter;
        let mut query = orders::table.filter(in_scope!(orders, $scope)).into_boxed();
        if let Some(estate) = filter.estate {
            query = query.filter(orders::estate_id.eq(estate.0));
        }
        if !filter.states.is_empty() {
            query = query.filter(orders::state.eq_any(codes(filter.states.iter().map(|state| state.code()))));
        }
        if filter.open {
            query = query.filter(unfinished::orders().and(orders::state.eq_any(open_codes())));
        }
        if !filter.categories.is_empty() {
            query = query.filter(orders::category.eq_any(codes(filter.categories.iter().map(|c| c.code()))));
        }
        if !filter.urgencies.is_empty() {
            query = query.filter(orders::urgency.eq_any(codes(filter.urgencies.iter().map(|u| u.code()))));
        }
        if let Some(technician) = filter.technician {
            query = query.filter(orders::technician_id.eq(technician));
        }
        if let Some(house) = filter.house {
            query = query.filter(in_house(house));
        }
        if let Some(place) = filter.place {
            let of_place = requests::table
                .filter(requests::place_id.eq(place))
                .select(requests::id);
            query = query.filter(orders::request_id.eq_any(of_place));
        }
        if let Some(now) = filter.overdue_at {
            let late = orders::finish_due_at
                .lt(now)
                .or(orders::state.eq("dispatched").and(orders::response_due_at.lt(now)));
            query = query.filter(unfinished::orders().and(orders::state.eq_any(open_codes())).and(late));
        }
        if filter.cost_pending {
            let pending = costs::table.filter(costs::state.eq("pending")).select(costs::order_id);
            query = query.filter(orders::id.eq_any(pending));
        }
        if filter.returned {
            query = query.filter(orders::returned_count.gt(0));
        }
        if let Some(from) = filter.from {
            query = query.filter(orders::dispatched_at.ge(from));
        }
        if let Some(until) = filter.until {
            query = query.filter(orders::dispatched_at.lt(until));
        }
        match $wanted {
            Wanted::All => {}
            Wanted::Numbered(ids) => query = query.filter(orders::id.eq_any(ids.clone())),
            Wanted::In(houses) => {
                query = match houses[..] {
                    // An equality: then the index gives them in the order of time.
                    [house] => query.filter(in_house(house)),
                    _ => query.filter(in_houses(houses.clone())),
                }
            }
            Wanted::Naming(form, houses) => {
                let naming = named_houses::table
                    .filter(named_houses::form.eq(form.clone()))
                    .select(named_houses::request_id);
                query = query.filter(among(orders::request_id, naming).and(not(in_houses(houses.clone()))));
            }
            Wanted::Words(search) => {
                let said = || requests::table.filter(requests::search.contains(search.tokens.clone()));
                query = match search.way {
                    Way::AnyWay => query.filter(orders::request_id.eq_any(said().select(requests::id))),
                    Way::ByWords => query.filter(among(orders::request_id, said().select(requests::id))),
                    Way::ByTime => query.filter(
                        requests::table
                            .find(orders::request_id)
                            .select(requests::search.contains(search.tokens.clone()))
                            .single_value(),
                    ),
                };
            }
        }
        query
    }};
}

/// A page of orders.
///
/// # Errors
/// `validation_failed` for a cursor of another list.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &Filter,
    request: &ListRequest<Sort>,
) -> Result<Rows<Line>, Failure> {
    let ways = Wanted::by(conn, scope, filter.query.as_deref()).await?;
    let mut total = request.count.then_some(0);
    let mut rows: Vec<Row> = Vec::new();
    for way in &ways {
        if let Some(total) = &mut total {
            let all: i64 = filtered!(scope, filter, &way.counted())
                .count()
                .get_result(conn)
                .await?;
            *total += all;
        }
        let query = filtered!(scope, filter, way).select(Row::as_select());
        let found: Vec<Row> = match request.sort {
            Sort::DispatchedAt => keyset!(query, request, orders::dispatched_at, orders::id, DateTime<Utc>),
            Sort::FinishDueAt => keyset!(query, request, orders::finish_due_at, orders::id, DateTime<Utc>),
        }
        .load(conn)
        .await?;
        rows.extend(found);
    }
    let at = |row: &Row| match request.sort {
        Sort::DispatchedAt => row.dispatched_at,
        Sort::FinishDueAt => row.finish_due_at,
    };
    if ways.len() > 1 {
        rows.sort_by_key(|row| (at(row), row.id));
        if request.order == SortOrder::Descending {
            rows.reverse();
        }
    }
    let page = split_next(rows, request.limit, total, |row| (json!(at(row)), row.id)).try_map(Row::order)?;
    let lines = lines(conn, page.items).await?;
    Ok(Rows {
        items: lines,
        next: page.next,
        total: page.total,
    })
}

/// Puts the names to orders that were read in scope.
///
/// # Errors
/// As the database says.
pub async fn lines(conn: &Conn, list: Vec<WorkOrder>) -> Result<Vec<Line>, Failure> {
    let ids = list.iter().flat_map(people);
    let (people, mut abouts, pending, told) = tokio::try_join!(
        labels::people(conn, ids),
        abouts(conn, &list),
        cost_pending(conn, &list),
        climbs::told(conn, list.iter().map(|order| order.id.0)),
    )?;
    let name = |id: Option<Uuid>| id.and_then(|id| people.get(&id).cloned());
    Ok(list
        .into_iter()
        .map(|order| Line {
            technician_name: name(Some(order.technician_id.0)).unwrap_or_default(),
            dispatched_by_name: name(order.dispatched_by.map(Into::into)),
            verified_by_name: name(order.verified_by.map(Into::into)),
            about: abouts.remove(&order.request_id.0).unwrap_or_default(),
            cost_pending: pending.contains(&order.id.0),
            escalated_to: escalated_to(&order, &told),
            order,
        })
        .collect())
}

/// Whose names an order shows.
pub(super) fn people(order: &WorkOrder) -> [Option<Uuid>; 3] {
    [
        Some(order.technician_id.0),
        order.dispatched_by.map(Into::into),
        order.verified_by.map(Into::into),
    ]
}

/// The farthest that one of its limits has climbed.
pub(super) fn escalated_to(order: &WorkOrder, told: &Told) -> Vec<PostCode> {
    [order.response_due_at, order.finish_due_at]
        .map(|due_at| told.of(order.id, due_at))
        .into_iter()
        .max_by_key(Vec::len)
        .unwrap_or_default()
}

async fn cost_pending(mut conn: &Conn, list: &[WorkOrder]) -> Result<Vec<Uuid>, Failure> {
    Ok(costs::table
        .filter(costs::state.eq("pending"))
        .filter(costs::order_id.eq_any(list.iter().map(|order| order.id.0).collect::<Vec<_>>()))
        .select(costs::order_id)
        .load(&mut conn)
        .await?)
}

async fn abouts(mut conn: &Conn, list: &[WorkOrder]) -> Result<HashMap<Uuid, About>, Failure> {
    let ids: Vec<Uuid> = list.iter().map(|order| order.request_id.0).collect();
    let rows: Vec<(Uuid, About)> = requests::table
        .left_join(houses::table)
        .left_join(places::table)
        .filter(requests::id.eq_any(ids))
        .select((
            requests::id,
            (
                requests::no,
                requests::text,
                houses::no.nullable(),
                places::name.nullable(),
                requests::place_text,
                requests::paid,
                requests::warranty,
                requests::requested_at,
            ),
        ))
        .load(&mut conn)
        .await?;
    Ok(rows.into_iter().collect())
}
