//! The demo's accounts, offered on the login page: in demo mode, on loopback, never else.

use actix_web::{get, web};
use serde::Serialize;
use utoipa::ToSchema;
use wuye_domain::shared::Problem;
use wuye_persistence::accounts::{self, DemoAccount};

use crate::{Answer, ApiResult, App};

/// One password, and who can be logged in with it.
#[derive(Serialize, ToSchema)]
pub struct DemoAccounts {
    password: String,
    accounts: Vec<DemoAccount>,
}

/// Accounts of the demo
///
/// Answers 404 unless the server runs in demo mode and listens on loopback.
#[utoipa::path(tag = "auth", operation_id = "list_demo_accounts",
    responses((status = 200, description = "The accounts", body = DemoAccounts), (status = 404, description = "Not a demo", body = wuye_domain::shared::ProblemDocument, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public")), ("x-clauses" = json!([]))))]
#[get("/demo-accounts")]
pub async fn list_demo_accounts(app: web::Data<App>) -> ApiResult<DemoAccounts> {
    let config = &app.shared.config;
    if !config.demo || !config.is_loopback() {
        return Err(Problem::not_found().into());
    }
    let mut conn = app.conn().await?;
    let Some(password) = accounts::demo_password(&mut conn).await? else {
        return Err(Problem::not_found().into());
    };
    Answer::ok(&DemoAccounts {
        password,
        accounts: accounts::demo_accounts(&mut conn).await?,
    })
}
