//! Reading repair requests.

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;
use wuye_domain::{
    access::need,
    service_desk::{
        RepairCategory, Urgency,
        repairs::{RepairSource, RequestState},
    },
    shared::{EstateId, ListRequest, Page, SearchText},
};
use wuye_persistence::{
    Failure, Rows,
    service_desk::repairs::{self, Filter, Sort},
};

use super::{OneOrMany, RepairView};
use crate::{Answer, ApiResult, App, Guard, ListParams, ListQuery, sort_key};

sort_key!(Sort, RequestedAt, Descending);

/// Which repair requests. Several values of one filter are separated by commas.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct RepairFilter {
    estate_id: Option<EstateId>,
    /// `requested`, `dispatched`, `closed`, `cancelled`.
    #[param(value_type = Option<String>)]
    state: OneOrMany<RequestState>,
    /// Repair categories.
    #[param(value_type = Option<String>)]
    category: OneOrMany<RepairCategory>,
    /// `normal`, `urgent`, `emergency`.
    #[param(value_type = Option<String>)]
    urgency: OneOrMany<Urgency>,
    source: Option<RepairSource>,
    house_id: Option<Uuid>,
    place_id: Option<Uuid>,
    party_id: Option<Uuid>,
    /// Only those not dispatched in time.
    overdue: Option<bool>,
    /// Only those taken while the desk was closed.
    night: Option<bool>,
    /// Reported from this instant on.
    from: Option<DateTime<Utc>>,
    /// Reported before this instant.
    until: Option<DateTime<Utc>>,
    /// A house in any way of writing, words of the text, a name or the number.
    q: Option<SearchText>,
}

impl RepairFilter {
    pub(super) fn rows(&self, now: DateTime<Utc>) -> Filter {
        Filter {
            estate: self.estate_id,
            states: self.state.0.clone(),
            categories: self.category.0.clone(),
            urgencies: self.urgency.0.clone(),
            source: self.source,
            house: self.house_id,
            place: self.place_id,
            party: self.party_id,
            overdue_at: (self.overdue == Some(true)).then_some(now),
            night: self.night == Some(true),
            from: self.from,
            until: self.until,
            query: self.q.clone().map(String::from),
        }
    }
}

/// List repair requests
///
/// The request register. Sorted by `requested_at` or `dispatch_due_at`.
#[utoipa::path(tag = "service_desk", operation_id = "list_repair_requests", params(ListParams, RepairFilter),
    responses((status = 200, description = "A page of requests", body = Page<RepairView>)),
    extensions(("x-permission" = json!("repair.read")), ("x-clauses" = json!(["POS-RECEPT-09a", "POS-PUBSUP-09", "POS-GUARDLEAD-05b"]))))]
#[get("/repair-requests")]
pub async fn list_repair_requests(
    guard: Guard<need::RepairRead>,
    list: ListQuery<RepairFilter, Sort>,
    app: web::Data<App>,
) -> ApiResult<Page<RepairView>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of requests, for the list and for its file.
pub(super) async fn page(
    app: &App,
    guard: &Guard<need::RepairRead>,
    filter: &RepairFilter,
    request: &ListRequest<Sort>,
) -> Result<Rows<RepairView>, Failure> {
    let now = app.now();
    let rows = repairs::list(&mut *app.conn().await?, &guard.scope, &filter.rows(now), request).await?;
    Ok(rows.map(|line| RepairView::of(line, &guard.actor, now)))
}

/// Read a repair request
#[utoipa::path(tag = "service_desk", operation_id = "get_repair_request", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The request", body = RepairView)),
    extensions(("x-permission" = json!("repair.read")), ("x-clauses" = json!(["POS-RECEPT-09a"]))))]
#[get("/repair-requests/{id}")]
pub async fn get_repair_request(
    guard: Guard<need::RepairRead>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<RepairView> {
    let mut conn = app.conn().await?;
    let request = repairs::find(&mut conn, &guard.scope, (*id).into()).await?;
    let line = repairs::lines(&conn, vec![request]).await?.remove(0);
    let view = RepairView::of(line, &guard.actor, app.now());
    Ok(Answer::ok(&view)?.version(view.version()))
}
