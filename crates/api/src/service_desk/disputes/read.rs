//! The register, one dispute, figures.

use actix_web::{get, web};
use chrono::{NaiveDate, TimeDelta};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;
use wuye_domain::{
    access::need,
    service_desk::disputes::{DisputeFilter, DisputeKind, DisputeSort},
    shared::{EstateId, ListRequest, Page, zone::start_of},
};
use wuye_persistence::{
    Failure, Rows,
    service_desk::disputes::{self, Statistics},
};

use super::{super::terms::Terms, DisputeDetail, DisputeView};
use crate::{Answer, ApiResult, App, Guard, ListParams, ListQuery, sort_key};

sort_key!(DisputeSort, OpenedAt, Descending);

/// List disputes
///
/// The dispute register. `cost_pending=true` is what waits for the centre manager.
#[utoipa::path(tag = "service_desk", operation_id = "list_disputes", params(ListParams, DisputeFilter),
    responses((status = 200, description = "A page of disputes", body = Page<DisputeView>)),
    extensions(("x-permission" = json!("dispute.read")), ("x-clauses" = json!(["PROC-PUBSUP-5.4", "POS-PUBSUP-07"]))))]
#[get("/disputes")]
pub async fn list_disputes(
    guard: Guard<need::DisputeRead>,
    list: ListQuery<DisputeFilter, DisputeSort>,
    app: web::Data<App>,
) -> ApiResult<Page<DisputeView>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of disputes, for the list and for its file.
pub async fn page(
    app: &App,
    guard: &Guard<need::DisputeRead>,
    filter: &DisputeFilter,
    request: &ListRequest<DisputeSort>,
) -> Result<Rows<DisputeView>, Failure> {
    let (mut conn, now) = (app.conn().await?, app.now());
    let rows = disputes::list(&mut conn, &guard.scope, filter, now, request).await?;
    rows.then(async |disputes| DisputeView::of(&mut conn, disputes, now).await)
        .await
}

/// Read a dispute
///
/// With its parties, the steps of the mediation, visits and papers.
#[utoipa::path(tag = "service_desk", operation_id = "get_dispute", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The dispute", body = DisputeDetail)),
    extensions(("x-permission" = json!("dispute.read")), ("x-clauses" = json!(["PROC-PUBSUP-5.4", "POS-RECEPT-02b"]))))]
#[get("/disputes/{id}")]
pub async fn get_dispute(
    guard: Guard<need::DisputeRead>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<DisputeDetail> {
    let mut conn = app.conn().await?;
    let dispute = disputes::find(&mut conn, &guard.scope, (*id).into()).await?;
    let detail = DisputeDetail::load(&mut conn, &guard.actor, dispute, app.now()).await?;
    Ok(Answer::ok(&detail)?.version(detail.version()))
}

/// Which disputes to count.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DisputePeriod {
    /// The estate; the only one the caller works in when absent.
    estate_id: Option<EstateId>,
    /// First day opened, in the estate's zone.
    from: Option<NaiveDate>,
    /// Last day opened.
    until: Option<NaiveDate>,
    /// Only this kind.
    kind: Option<DisputeKind>,
}

/// Figures of the disputes
///
/// Share settled by the estate officer, time to the settlement, what was settled at which level.
#[utoipa::path(tag = "service_desk", operation_id = "get_dispute_statistics", params(DisputePeriod),
    responses((status = 200, description = "The figures", body = Statistics)),
    extensions(("x-permission" = json!("dispute.read")), ("x-clauses" = json!(["PROC-PUBSUP-5.4", "POS-PUBSUP-07"]))))]
#[get("/disputes/statistics")]
pub async fn get_dispute_statistics(
    guard: Guard<need::DisputeRead>,
    list: ListQuery<DisputePeriod>,
    app: web::Data<App>,
) -> ApiResult<Statistics> {
    let (period, mut conn, now) = (&list.filter, app.conn().await?, app.now());
    let estate = guard.estate(period.estate_id)?;
    let zone = Terms::of(&conn, estate).await?.zone;
    let filter = DisputeFilter {
        kind: period.kind,
        opened_from: period.from.map(|date| start_of(date, zone)),
        opened_until: period.until.map(|date| start_of(date + TimeDelta::days(1), zone)),
        ..DisputeFilter::default()
    };
    Answer::ok(&disputes::statistics(&mut conn, &guard.scope, estate, &filter, now).await?)
}
