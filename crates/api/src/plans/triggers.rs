//! The clocks that facts start.

use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use utoipa::ToSchema;
use wuye_domain::{
    access::need,
    plans::obligations::{Limit, runs, triggers},
    shared::Page,
};
use wuye_persistence::{
    Failure,
    plans::clocks::{self, Undone},
};

use super::view::Words;
use crate::{
    Answer, ApiError, ApiResult, App, Guard,
    list::{NoFilter, NoSort},
    tables::{self, Cell, ExportQuery, FormatParam, TableFile, tabular},
};

/// A clock that a fact starts.
#[derive(Debug, Serialize, ToSchema)]
pub struct DutyTrigger {
    code: String,
    /// Whose duty it is: posts, or a role such as the finder of something.
    who: Vec<String>,
    /// Who is told.
    to: String,
    limit: Limit,
    /// The capability whose facts start and stop it.
    capability: String,
    clauses: Vec<String>,
    name: Words,
    /// What starts it.
    trigger: Words,
    /// How fast.
    timing: Words,
    /// Whether records are kept already whose facts start and stop it; otherwise it waits and nothing falls due by it.
    has_records: bool,
    /// Duties by it with time left, among those the caller may read.
    open: i64,
    /// Duties by it whose time is over, and that nobody has decided on.
    late: i64,
}

/// List the clocks that facts start
#[utoipa::path(tag = "plans", operation_id = "list_duty_triggers",
    responses((status = 200, description = "The clocks by code", body = Page<DutyTrigger>)),
    extensions(("x-permission" = json!("duty.read")), ("x-clauses" = json!(["DER-X-2"]))))]
#[get("/duty-triggers")]
pub async fn list_duty_triggers(guard: Guard<need::DutyRead>, app: web::Data<App>) -> ApiResult<Page<DutyTrigger>> {
    Answer::ok(&Page {
        items: all(&app, &guard).await?,
        next_cursor: None,
        total: None,
    })
}

async fn all(app: &App, guard: &Guard<need::DutyRead>) -> Result<Vec<DutyTrigger>, Failure> {
    let shipped = triggers().map_err(|fault| Failure::internal(fault.to_string()))?;
    let undone = clocks::undone(&*app.conn().await?, &guard.scope, app.now()).await?;
    let all = shipped
        .into_iter()
        .map(|it| {
            let Undone { open, late } = undone.get(&it.code).copied().unwrap_or_default();
            DutyTrigger {
                name: (&it.name).into(),
                trigger: (&it.trigger).into(),
                timing: (&it.timing).into(),
                has_records: runs(&it.code),
                open,
                late,
                code: it.code,
                who: it.who,
                to: it.to,
                limit: it.limit,
                capability: it.capability,
                clauses: it.clauses,
            }
        })
        .collect();
    Ok(all)
}

tabular!(DutyTrigger, "事项触发的职责" / "duties that facts start" {
    "编号" / "Code" => |it| (&it.code).into(),
    "职责" / "Duty" => |it| Cell::Words(it.name.text()),
    "责任人" / "Whose" => |it| Cell::Text(it.who.join(", ")),
    "触发" / "Started by" => |it| Cell::Words(it.trigger.text()),
    "时限" / "How fast" => |it| Cell::Words(it.timing.text()),
    "报送" / "To" => |it| (&it.to).into(),
    "已有记录" / "Records kept" => |it| it.has_records.into(),
    "待办" / "Open" => |it| it.open.into(),
    "逾期" / "Late" => |it| it.late.into(),
    "条款" / "Clauses" => |it| Cell::Text(it.clauses.join(", ")),
});

/// The clocks that facts start as a file
#[utoipa::path(tag = "plans", operation_id = "export_duty_triggers", params(FormatParam),
    responses(TableFile),
    extensions(("x-permission" = json!("duty.read")), ("x-clauses" = json!(["DER-X-2"]))))]
#[get("/duty-triggers/export")]
pub async fn export_duty_triggers(
    guard: Guard<need::DutyRead>,
    query: ExportQuery<NoFilter, NoSort>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let triggers = all(&app, &guard).await?;
    tables::whole(query.format, query.language, triggers).await
}
