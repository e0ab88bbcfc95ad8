//! The clocks that facts start.

use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use utoipa::ToSchema;
use wuye_domain::{
    access::need,
    plans::obligations::{Limit, triggers},
    shared::Page,
};
use wuye_persistence::Failure;

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
}

/// List the clocks that facts start
#[utoipa::path(tag = "plans", operation_id = "list_duty_triggers",
    responses((status = 200, description = "The clocks by code", body = Page<DutyTrigger>)),
    extensions(("x-permission" = json!("duty.read")), ("x-clauses" = json!(["DER-X-2"]))))]
#[get("/duty-triggers")]
pub async fn list_duty_triggers(_: Guard<need::DutyRead>, _: web::Data<App>) -> ApiResult<Page<DutyTrigger>> {
    Answer::ok(&Page {
        items: all()?,
        next_cursor: None,
        total: None,
    })
}

fn all() -> Result<Vec<DutyTrigger>, Failure> {
    let shipped = triggers().map_err(|fault| Failure::internal(fault.to_string()))?;
    let all = shipped
        .into_iter()
        .map(|it| DutyTrigger {
            name: (&it.name).into(),
            trigger: (&it.trigger).into(),
            timing: (&it.timing).into(),
            code: it.code,
            who: it.who,
            to: it.to,
            limit: it.limit,
            capability: it.capability,
            clauses: it.clauses,
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
    "条款" / "Clauses" => |it| Cell::Text(it.clauses.join(", ")),
});

/// The clocks that facts start as a file
#[utoipa::path(tag = "plans", operation_id = "export_duty_triggers", params(FormatParam),
    responses(TableFile),
    extensions(("x-permission" = json!("duty.read")), ("x-clauses" = json!(["DER-X-2"]))))]
#[get("/duty-triggers/export")]
pub async fn export_duty_triggers(
    _: Guard<need::DutyRead>,
    query: ExportQuery<NoFilter, NoSort>,
) -> Result<HttpResponse, ApiError> {
    tables::whole(query.format, query.language, all()?).await
}
