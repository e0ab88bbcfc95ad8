//! Reading work orders.

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;
use wuye_domain::{
    access::need,
    service_desk::{RepairCategory, Urgency, orders::OrderState},
    shared::{EstateId, ListRequest, Page, SearchText},
};
use wuye_persistence::{
    Failure, Rows,
    service_desk::orders::{self, Filter, Sort},
};

use super::{
    super::repairs::OneOrMany,
    OrderView,
    detail::{self, WorkOrderDetail},
};
use crate::{Answer, ApiResult, App, Guard, ListParams, ListQuery, sort_key};

sort_key!(Sort, DispatchedAt, Descending);

/// Which work orders. Several values of one filter are separated by commas.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct OrderFilter {
    estate_id: Option<EstateId>,
    /// States of the order.
    #[param(value_type = Option<String>)]
    state: OneOrMany<OrderState>,
    /// Only those a technician still has to do something about.
    open: Option<bool>,
    /// Repair categories.
    #[param(value_type = Option<String>)]
    category: OneOrMany<RepairCategory>,
    /// `normal`, `urgent`, `emergency`.
    #[param(value_type = Option<String>)]
    urgency: OneOrMany<Urgency>,
    technician_id: Option<Uuid>,
    /// The order history of a house.
    house_id: Option<Uuid>,
    /// The order history of a shared place or fixture.
    place_id: Option<Uuid>,
    /// Only those past a limit.
    overdue: Option<bool>,
    /// Only those whose cost waits for the supervisor.
    cost_pending: Option<bool>,
    /// Only those sent back at least once.
    returned: Option<bool>,
    /// Dispatched from this instant on.
    from: Option<DateTime<Utc>>,
    /// Dispatched before this instant.
    until: Option<DateTime<Utc>>,
    /// A house in any way of writing, words of the text, a name or a number.
    q: Option<SearchText>,
}

impl OrderFilter {
    pub(super) fn rows(&self, now: DateTime<Utc>) -> Filter {
        Filter {
            estate: self.estate_id,
            states: self.state.0.clone(),
            open: self.open == Some(true),
            categories: self.category.0.clone(),
            urgencies: self.urgency.0.clone(),
            technician: self.technician_id,
            house: self.house_id,
            place: self.place_id,
            overdue_at: (self.overdue == Some(true)).then_some(now),
            cost_pending: self.cost_pending == Some(true),
            returned: self.returned == Some(true),
            from: self.from,
            until: self.until,
            query: self.q.clone().map(String::from),
        }
    }
}

/// List work orders
///
/// Sorted by `dispatched_at` or `finish_due_at`. With `house_id` it is the order history of a house.
#[utoipa::path(tag = "service_desk", operation_id = "list_work_orders", params(ListParams, OrderFilter),
    responses((status = 200, description = "A page of orders", body = Page<OrderView>)),
    extensions(("x-permission" = json!("repair.read")), ("x-clauses" = json!(["POS-PUBSUP-09", "POS-TECH-06b", "PROC-RECEPT-5.3"]))))]
#[get("/work-orders")]
pub async fn list_work_orders(
    guard: Guard<need::RepairRead>,
    list: ListQuery<OrderFilter, Sort>,
    app: web::Data<App>,
) -> ApiResult<Page<OrderView>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of orders, for the list and for its file.
pub(super) async fn page(
    app: &App,
    guard: &Guard<need::RepairRead>,
    filter: &OrderFilter,
    request: &ListRequest<Sort>,
) -> Result<Rows<OrderView>, Failure> {
    let now = app.now();
    let rows = orders::list(&mut *app.conn().await?, &guard.scope, &filter.rows(now), request).await?;
    Ok(rows.map(|line| OrderView::of(line, now)))
}

/// Read a work order
///
/// With its request, who had it, what was done, its costs, late acts, and the photos of the whole chain.
#[utoipa::path(tag = "service_desk", operation_id = "get_work_order", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The order", body = WorkOrderDetail)),
    extensions(("x-permission" = json!("repair.read")), ("x-clauses" = json!(["POS-TECH-06b", "PROC-RECEPT-5.3"]))))]
#[get("/work-orders/{id}")]
pub async fn get_work_order(
    guard: Guard<need::RepairRead>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<WorkOrderDetail> {
    let mut conn = app.conn().await?;
    let order = orders::find(&mut conn, &guard.scope, (*id).into()).await?;
    let version = order.version;
    let detail = detail::load(&conn, order, &guard.actor, app.now()).await?;
    Ok(Answer::ok(&detail)?.version(version))
}
