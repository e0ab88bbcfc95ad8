//! The register of logins, with the posts behind them (DER-COMPUTER-2).

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use wuye_domain::{
    access::need,
    shared::{ListRequest, Page, SearchText},
};
use wuye_persistence::{
    Failure, Rows,
    org::{accounts as register, assignments},
};

use super::common;
use crate::{ApiResult, App, Guard, ListParams, ListQuery, list::NoSort};

/// A login as the register shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountView {
    pub(super) id: Uuid,
    pub(super) username: String,
    pub(super) display_name: String,
    pub(super) employee_id: Option<Uuid>,
    /// `requested`, `active`, `disabled`, `refused`.
    pub(super) state: String,
    /// Posts whose rights it gives today.
    pub(super) posts: Vec<String>,
    pub(super) last_login_at: Option<DateTime<Utc>>,
    pub(super) disabled_at: Option<DateTime<Utc>>,
    pub(super) reason: Option<String>,
    pub(super) created_at: DateTime<Utc>,
}

/// Which accounts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AccountQuery {
    /// Part of login name or shown name.
    q: Option<SearchText>,
    /// In this state.
    state: Option<String>,
}

/// List accounts
///
/// Logins of people who hold or held a post in the caller's estates, with the posts they hold today.
#[utoipa::path(tag = "accounts", operation_id = "list_accounts", params(ListParams, AccountQuery),
    responses((status = 200, description = "A page of accounts", body = Page<AccountView>)),
    extensions(("x-permission" = json!("account.read")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[get("/accounts")]
pub async fn list_accounts(
    guard: Guard<need::AccountRead>,
    list: ListQuery<AccountQuery>,
    app: web::Data<App>,
) -> ApiResult<Page<AccountView>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of accounts, for the list and for its file.
pub(super) async fn page(
    app: &App,
    guard: &Guard<need::AccountRead>,
    filter: &AccountQuery,
    request: &ListRequest<NoSort>,
) -> Result<Rows<AccountView>, Failure> {
    let mut conn = app.conn().await?;
    let AccountQuery { q, state } = filter;
    let (q, state) = (q.as_deref(), state.as_deref());
    let rows = register::list(&mut conn, &guard.scope, q, state, &request.unsorted()).await?;
    let today = common::today(&mut conn, None, app.now()).await?;
    let people: Vec<Uuid> = rows.items.iter().filter_map(|row| row.employee_id).collect();
    let held = assignments::of_people(&mut conn, &people, today).await?;
    Ok(rows.map(|row| AccountView {
        posts: held
            .iter()
            .filter(|post| Some(post.employee_id) == row.employee_id && post.valid_from <= today)
            .map(|post| post.post.clone())
            .collect(),
        id: row.id,
        username: row.username,
        display_name: row.display_name,
        employee_id: row.employee_id,
        state: row.state,
        last_login_at: row.last_login_at,
        disabled_at: row.disabled_at,
        reason: row.reason,
        created_at: row.created_at,
    }))
}
