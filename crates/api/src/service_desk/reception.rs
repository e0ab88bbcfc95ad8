//! The log of the desk (POS-RECEPT-03a).

use actix_web::{HttpResponse, get, web};
use chrono::{NaiveDate, TimeDelta};
use serde::Deserialize;
use utoipa::IntoParams;
use wuye_domain::{
    access::need,
    service_desk::{
        RepairCategory,
        cases::{CaseKind, CaseState},
        disputes::{DisputeKind, DisputeState},
        repairs::RequestState,
    },
    shared::{EstateId, Problem, Text, zone::start_of},
};
use wuye_persistence::service_desk::reception::{self, Reception};

use super::terms::Terms;
use crate::{
    Answer, ApiError, ApiResult, App, Guard, ListQuery,
    list::NoSort,
    routes::Routes,
    tables::{self, Cell, ExportQuery, FormatParam, TableFile, tabular},
};

/// The routes of this file.
pub fn configure(config: &mut Routes<'_>) {
    config.service(export_reception_log).service(get_reception_log);
}

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

tabular!(Reception, "接待记录" / "log of the desk" {
    "时间" / "When" => |it| Cell::Time(it.received_at),
    "编号" / "Number" => |it| (&it.no).into(),
    "事项" / "Matter" => |it| words(it).0.into(),
    "类别" / "Kind" => |it| words(it).1.into(),
    "状态" / "State" => |it| words(it).2.into(),
    "房号" / "House" => |it| it.house_no.as_ref().into(),
    "内容" / "Text" => |it| (&it.text).into(),
    "受理人" / "Received by" => |it| it.received_by_name.as_ref().into(),
});

/// Matter, kind and state of a line in words.
fn words(line: &Reception) -> (Option<Text>, Option<Text>, Option<Text>) {
    let (kind, state) = (line.kind.as_str(), line.state.as_str());
    match line.subject.as_str() {
        "case" => (
            Some(Text::new("投诉与建议", "case")),
            kind.parse().ok().map(CaseKind::title),
            state.parse().ok().map(CaseState::title),
        ),
        "dispute" => (
            Some(Text::new("纠纷", "dispute")),
            kind.parse().ok().map(DisputeKind::title),
            state.parse().ok().map(DisputeState::title),
        ),
        "repair_request" => (
            Some(Text::new("报修", "repair")),
            kind.parse().ok().map(RepairCategory::title),
            state.parse().ok().map(RequestState::title),
        ),
        _ => (None, None, None),
    }
}

/// Log of the desk
///
/// Everything that came in on a day: complaints, opinions, praise, enquiries, disputes and repairs, in order.
#[utoipa::path(tag = "service_desk", operation_id = "get_reception_log", params(ReceptionDay),
    responses((status = 200, description = "The log of the day", body = Vec<Reception>), (status = 404, description = "Not for the caller to know of")),
    extensions(("x-permission" = json!("case.read")), ("x-clauses" = json!(["POS-RECEPT-03a"]))))]
#[get("/reception-log")]
pub async fn get_reception_log(
    guard: Guard<need::CaseRead>,
    list: ListQuery<ReceptionDay>,
    app: web::Data<App>,
) -> ApiResult<Vec<Reception>> {
    Answer::ok(&read(&guard, &list.filter, &app).await?)
}

/// Log of the desk as a file
#[utoipa::path(tag = "service_desk", operation_id = "export_reception_log", params(FormatParam, ReceptionDay),
    responses(TableFile, (status = 404, description = "Not for the caller to know of")),
    extensions(("x-permission" = json!("case.read")), ("x-clauses" = json!(["POS-RECEPT-03a"]))))]
#[get("/reception-log/export")]
pub async fn export_reception_log(
    guard: Guard<need::CaseRead>,
    query: ExportQuery<ReceptionDay, NoSort>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let lines = read(&guard, &query.filter, &app).await?;
    tables::whole(query.format, query.language, lines).await
}

async fn read(guard: &Guard<need::CaseRead>, day: &ReceptionDay, app: &App) -> Result<Vec<Reception>, ApiError> {
    let mut conn = app.conn().await?;
    let estate = guard.estate(day.estate_id)?;
    // The log names every case of the day, so it is for who may read them all.
    if !guard.scope.covers(estate) {
        return Err(Problem::not_found().into());
    }
    let terms = Terms::of(&conn, estate).await?;
    let date = day.date.unwrap_or_else(|| terms.date(app.now()));
    let (from, until) = (
        start_of(date, terms.zone),
        start_of(date + TimeDelta::days(1), terms.zone),
    );
    Ok(reception::log(&mut conn, estate, from, until).await?)
}
