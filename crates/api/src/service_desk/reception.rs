//! The log of the desk (POS-RECEPT-03a).

use actix_web::{get, web};
use chrono::{NaiveDate, TimeDelta};
use serde::Deserialize;
use utoipa::IntoParams;
use wuye_domain::{
    access::need,
    shared::{EstateId, Problem, zone::start_of},
};
use wuye_persistence::service_desk::reception::{self, Reception};

use super::terms::Terms;
use crate::{Answer, ApiResult, App, Guard, ListQuery};

/// Which day.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReceptionDay {
    /// The estate; the only one the caller works in when absent.
    estate_id: Option<EstateId>,
    /// The day in the estate's zone; today when absent.
    date: Option<NaiveDate>,
}

/// Log of the desk
///
/// Everything that came in on a day: complaints, opinions, praise, enquiries, disputes and repairs, in order.
#[utoipa::path(tag = "service_desk", operation_id = "get_reception_log", params(ReceptionDay),
    responses((status = 200, description = "The log of the day", body = Vec<Reception>)),
    extensions(("x-permission" = json!("case.read")), ("x-clauses" = json!(["POS-RECEPT-03a"]))))]
#[get("/reception-log")]
pub async fn get_reception_log(
    guard: Guard<need::CaseRead>,
    list: ListQuery<ReceptionDay>,
    app: web::Data<App>,
) -> ApiResult<Vec<Reception>> {
    let (day, mut conn) = (&list.filter, app.conn().await?);
    let estate = guard.estate(day.estate_id)?;
    // The log names every case of the day, so it is for who may read them all.
    if !guard.scope.covers(estate) {
        return Err(Problem::not_found().into());
    }
    let terms = Terms::of(&mut conn, estate).await?;
    let date = day.date.unwrap_or_else(|| terms.date(app.now()));
    let (from, until) = (
        start_of(date, terms.zone),
        start_of(date + TimeDelta::days(1), terms.zone),
    );
    Answer::ok(&reception::log(&mut conn, estate, from, until).await?)
}
