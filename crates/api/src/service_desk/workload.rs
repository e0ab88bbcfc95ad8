//! The workload of the technicians (POS-RECEPT-09c, POS-PUBSUP-09).

use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use wuye_domain::{
    access::need,
    service_desk::workload::{Spread, spread},
    shared::{EstateId, Problem, zone::start_of},
};
use wuye_persistence::service_desk::{
    candidates::{self, Moment},
    workload,
};

use super::terms::Terms;
use crate::{
    Answer, ApiError, ApiResult, App, Guard, ListQuery,
    list::NoSort,
    routes::Routes,
    tables::{self, Cell, ExportQuery, FormatParam, TableFile, tabular},
};

/// The routes of this file.
pub fn configure(config: &mut Routes<'_>) {
    config.service(export_workload).service(get_workload);
}

/// Which week, where.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WorkloadFilter {
    /// The estate; may be left out by people who work in one only.
    estate_id: Option<EstateId>,
    /// A day of the week wanted; today when absent.
    on: Option<NaiveDate>,
}

/// What one technician has.
#[derive(Serialize, ToSchema)]
pub struct TechnicianLoad {
    technician_id: Uuid,
    name: String,
    /// On duty now.
    on_duty: bool,
    /// Can be called out now.
    on_call: bool,
    /// Qualified for these categories.
    categories: Vec<&'static str>,
    /// Orders not finished.
    open_orders: i64,
    /// Their estimated minutes.
    open_minutes: i64,
    /// Of those, past the limit to finish.
    overdue_orders: i64,
    /// Orders given in the week.
    week_orders: i64,
    /// Their estimated minutes.
    week_minutes: i64,
}

/// The workload of a week.
#[derive(Serialize, ToSchema)]
pub struct Workload {
    /// Start of the week, a Monday.
    from: DateTime<Utc>,
    /// Its end.
    until: DateTime<Utc>,
    /// The technicians, the most loaded first.
    technicians: Vec<TechnicianLoad>,
    /// How evenly the week's minutes lie on them; absent without technicians.
    spread: Option<Spread>,
}

tabular!(TechnicianLoad, "维修员工作量" / "workload of the technicians" {
    "维修员" / "Technician" => |it| (&it.name).into(),
    "在岗" / "On duty" => |it| Cell::YesNo(it.on_duty),
    "可调用" / "Can be called out" => |it| Cell::YesNo(it.on_call),
    "未完工单" / "Open orders" => |it| Cell::Whole(it.open_orders),
    "未完分钟" / "Open minutes" => |it| Cell::Whole(it.open_minutes),
    "其中逾期" / "Of those overdue" => |it| Cell::Whole(it.overdue_orders),
    "本周工单" / "Orders of the week" => |it| Cell::Whole(it.week_orders),
    "本周分钟" / "Minutes of the week" => |it| Cell::Whole(it.week_minutes),
});

/// Show the workload of the technicians
///
/// Open orders, minutes given in the week, the difference between most and fewest, and Jain's index.
#[utoipa::path(tag = "service_desk", operation_id = "get_workload", params(WorkloadFilter),
    responses((status = 200, description = "The workload", body = Workload), (status = 404, description = "Not for the caller to know of")),
    extensions(("x-permission" = json!("repair.read")), ("x-clauses" = json!(["POS-RECEPT-09c", "POS-PUBSUP-09"]))))]
#[get("/workload")]
pub async fn get_workload(
    guard: Guard<need::RepairRead>,
    list: ListQuery<WorkloadFilter>,
    app: web::Data<App>,
) -> ApiResult<Workload> {
    Answer::ok(&read(&guard, &list.filter, &app).await?)
}

/// The workload of the technicians as a file
#[utoipa::path(tag = "service_desk", operation_id = "export_workload", params(FormatParam, WorkloadFilter),
    responses(TableFile, (status = 404, description = "Not for the caller to know of")),
    extensions(("x-permission" = json!("repair.read")), ("x-clauses" = json!(["POS-RECEPT-09c", "POS-PUBSUP-09"]))))]
#[get("/workload/export")]
pub async fn export_workload(
    guard: Guard<need::RepairRead>,
    query: ExportQuery<WorkloadFilter, NoSort>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let workload = read(&guard, &query.filter, &app).await?;
    tables::whole(query.format, query.language, workload.technicians).await
}

async fn read(guard: &Guard<need::RepairRead>, filter: &WorkloadFilter, app: &App) -> Result<Workload, ApiError> {
    let estate = guard.estate(filter.estate_id)?;
    // Everybody's load is for who may read every repair: a technician sees their own work only.
    if !guard.scope.covers(estate) {
        return Err(Problem::not_found().into());
    }
    let (mut conn, now) = (app.conn().await?, app.now());
    let terms = Terms::of(&conn, estate).await?;
    let day = filter.on.map_or(now, |date| start_of(date, terms.zone));
    let (from, until) = terms.week(day);
    let people = candidates::technicians(&mut conn, estate, terms.date(now)).await?;
    let moment = Moment {
        at: now,
        date: terms.date(now),
        week: from,
    };
    let known = candidates::candidates(&mut conn, &people, None, moment).await?;
    let loads = workload::loads(&mut conn, estate, people, (from, until), now).await?;
    let minutes: Vec<i64> = loads.iter().map(|load| load.week_minutes).collect();
    let mut technicians: Vec<TechnicianLoad> = loads
        .into_iter()
        .zip(known)
        .map(|(load, known)| TechnicianLoad {
            technician_id: load.technician.employee_id,
            name: load.technician.name,
            on_duty: known.on_duty,
            on_call: known.on_call,
            categories: known.categories.iter().map(|category| category.code()).collect(),
            open_orders: load.open_orders,
            open_minutes: load.open_minutes,
            overdue_orders: load.overdue_orders,
            week_orders: load.week_orders,
            week_minutes: load.week_minutes,
        })
        .collect();
    technicians.sort_by_key(|load| std::cmp::Reverse((load.week_minutes, load.open_minutes)));
    Ok(Workload {
        from,
        until,
        technicians,
        spread: spread(&minutes),
    })
}
