//! The clocks that facts start.

use actix_web::{get, web};
use serde::Serialize;
use utoipa::ToSchema;
use wuye_domain::{
    access::need,
    plans::obligations::{Limit, triggers},
    shared::Page,
};
use wuye_persistence::Failure;

use super::view::Words;
use crate::{Answer, ApiResult, App, Guard};

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
    let shipped = triggers().map_err(|fault| Failure::internal(fault.to_string()))?;
    let items = shipped
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
    Answer::ok(&Page {
        items,
        next_cursor: None,
        total: None,
    })
}
