//! Registers, one case, figures.

use actix_web::{get, web};
use chrono::{NaiveDate, TimeDelta};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;
use wuye_domain::{
    access::{Permission, need},
    service_desk::cases::{CaseField, CaseFilter, CaseKind, CaseSort},
    shared::{EstateId, ListRequest, Page, zone::start_of},
};
use wuye_persistence::{
    Failure, Rows,
    service_desk::cases::{self, Statistics},
};

use super::{super::terms::Terms, CaseDetail, CaseView};
use crate::{Answer, ApiResult, App, Guard, ListParams, ListQuery, sort_key};

sort_key!(CaseSort, ReceivedAt, Descending);

/// List cases
///
/// The complaint register is `kind=complaint`, the suggestion register `kind=suggestion`. Searching by a phone tail needs
/// the right to see phones.
#[utoipa::path(tag = "service_desk", operation_id = "list_cases", params(ListParams, CaseFilter),
    responses((status = 200, description = "A page of cases", body = Page<CaseView>)),
    extensions(("x-permission" = json!("case.read")), ("x-clauses" = json!(["POS-RECEPT-03b", "POS-RECEPT-07a"]))))]
#[get("/cases")]
pub async fn list_cases(
    guard: Guard<need::CaseRead>,
    list: ListQuery<CaseFilter, CaseSort>,
    app: web::Data<App>,
) -> ApiResult<Page<CaseView>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of cases, for the list and for its file.
pub async fn page(
    app: &App,
    guard: &Guard<need::CaseRead>,
    filter: &CaseFilter,
    request: &ListRequest<CaseSort>,
) -> Result<Rows<CaseView>, Failure> {
    let (mut conn, now) = (app.conn().await?, app.now());
    // Names and phones are searched only where all that could be found may be seen.
    let estate = filter.estate_id.or_else(|| guard.actor.home_estate());
    let contacts = guard
        .actor
        .scope(Permission::PartyContactRead)
        .is_ok_and(|scope| scope.company() || estate.is_some_and(|estate| scope.covers(estate)));
    let rows = cases::list(&mut conn, &guard.scope, filter, contacts, now, request).await?;
    rows.then(async |cases| CaseView::of(&mut conn, cases, now).await).await
}

/// Read a case
///
/// With finding, measures, links, visits, files and what devices sent too late.
#[utoipa::path(tag = "service_desk", operation_id = "get_case", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The case", body = CaseDetail)),
    extensions(("x-permission" = json!("case.read")), ("x-clauses" = json!(["POS-RECEPT-03b", "POS-RECEPT-07a", "TERM-2"]))))]
#[get("/cases/{id}")]
pub async fn get_case(guard: Guard<need::CaseRead>, id: web::Path<Uuid>, app: web::Data<App>) -> ApiResult<CaseDetail> {
    let mut conn = app.conn().await?;
    let case = cases::find(&mut conn, &guard.scope, (*id).into()).await?;
    let detail = CaseDetail::load(&mut conn, &guard.actor, case, app.now()).await?;
    Ok(Answer::ok(&detail)?.version(detail.version()))
}

/// Which cases to count.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CasePeriod {
    /// The estate; the only one the caller works in when absent.
    estate_id: Option<EstateId>,
    /// First day received, in the estate's zone.
    from: Option<NaiveDate>,
    /// Last day received.
    until: Option<NaiveDate>,
    /// Only this kind.
    kind: Option<CaseKind>,
    /// Only this field.
    field: Option<CaseField>,
}

/// Figures of the cases
///
/// Trend by field and month, time to the answer, share opened again, handling rate; over the cases the caller may read.
#[utoipa::path(tag = "service_desk", operation_id = "get_case_statistics", params(CasePeriod),
    responses((status = 200, description = "The figures", body = Statistics)),
    extensions(("x-permission" = json!("case.read")), ("x-clauses" = json!(["POS-RECEPT-03b", "TERM-2"]))))]
#[get("/cases/statistics")]
pub async fn get_case_statistics(
    guard: Guard<need::CaseRead>,
    list: ListQuery<CasePeriod>,
    app: web::Data<App>,
) -> ApiResult<Statistics> {
    let (period, mut conn, now) = (&list.filter, app.conn().await?, app.now());
    let estate = guard.estate(period.estate_id)?;
    let zone = Terms::of(&conn, estate).await?.zone;
    let filter = CaseFilter {
        kind: period.kind,
        field: period.field,
        received_from: period.from.map(|date| start_of(date, zone)),
        received_until: period.until.map(|date| start_of(date + TimeDelta::days(1), zone)),
        ..CaseFilter::default()
    };
    Answer::ok(&cases::statistics(&mut conn, &guard.scope, estate, zone.name(), &filter, now).await?)
}
