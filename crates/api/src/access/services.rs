//! Service accounts: programs of third parties, with permissions and estates of their own and no post.

use actix_web::{delete, get, http::StatusCode, post, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{Permission, need},
    org::AccountState,
    shared::{
        AccountId, EstateId, ListRequest, Name, Note, Page, Problem, SearchText, SubjectKind, Text, TrailEntry,
        Username,
    },
};
use wuye_persistence::{
    Conn, Failure, Rows,
    accounts::{self, Account},
};

use super::{
    me::Done,
    tokens::{self, IssuedToken, NewToken, Token},
};
use crate::{
    Answer, ApiResult, App, Command, Guard, ListParams, ListQuery, NoBody,
    list::NoSort,
    org::named::{self, Named},
    tables::{Cell, export_operation, tabular},
};

/// A service account.
#[derive(Serialize, ToSchema)]
pub struct Service {
    id: Uuid,
    username: String,
    display_name: String,
    state: String,
    permissions: Vec<String>,
    estates: Vec<Uuid>,
    reason: Option<String>,
    created_at: DateTime<Utc>,
}

impl From<Account> for Service {
    fn from(account: Account) -> Self {
        Self {
            id: account.id,
            username: account.username,
            display_name: account.display_name,
            state: account.state,
            permissions: account.permissions.into_iter().flatten().collect(),
            estates: account.estates.into_iter().flatten().collect(),
            reason: account.reason,
            created_at: account.created_at,
        }
    }
}

/// A service account to be made.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewService {
    /// Its name among the accounts.
    username: Username,
    /// What people see.
    display_name: Name,
    /// What it may do.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_items = 1, max_items = 200)]
    permissions: Vec<Permission>,
    /// Where.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_items = 1, max_items = 500)]
    estates: Vec<EstateId>,
    /// What it is for.
    reason: Note,
}

/// Which services.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ServiceFilter {
    /// Part of the name.
    q: Option<SearchText>,
}

/// List service accounts
#[utoipa::path(tag = "accounts", operation_id = "list_services", params(ListParams, ServiceFilter),
    responses((status = 200, description = "A page of services", body = Page<Service>)),
    extensions(("x-permission" = json!("service.manage")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[get("/services")]
pub async fn list_services(
    guard: Guard<need::ServiceManage>,
    list: ListQuery<ServiceFilter>,
    app: web::Data<App>,
) -> ApiResult<Page<Service>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of services, for the list and for its file.
async fn page(
    app: &App,
    guard: &Guard<need::ServiceManage>,
    filter: &ServiceFilter,
    request: &ListRequest<NoSort>,
) -> Result<Rows<Service>, Failure> {
    let (mut conn, q) = (app.conn().await?, filter.q.as_deref());
    let rows = accounts::services(&mut conn, &guard.scope, q, &request.unsorted()).await?;
    Ok(rows.map(Service::from))
}

tabular!(Named<Service>, "接口账号" / "service accounts" {
    "名称" / "Name" => |it| (&it.row.display_name).into(),
    "状态" / "State" => |it| Cell::word(&it.row.state, AccountState::title),
    "用户名" / "User name" => |it| (&it.row.username).into(),
    "用途" / "Purpose" => |it| it.row.reason.as_ref().into(),
    "小区" / "Estates" => |it| it.estates(&it.row.estates),
    "权限" / "Permissions" => |it| Cell::words(it.row.permissions.iter().filter_map(|code| Some(code.parse::<Permission>().ok()?.title()))),
    "建于" / "Made" => |it| it.row.created_at.into(),
});

export_operation! {
    /// The service accounts as a file
    export_services "export_services" at "/services/export" in "accounts",
    needs: ServiceManage "service.manage",
    clauses: ["DER-COMPUTER-2"],
    query: ServiceFilter, NoSort,
    rows: named::listed, page,
}

/// Make a service account
///
/// It holds what is named and nothing else. Decisions that the manual gives to a post stay with people: a program may
/// prepare them, never take them.
#[utoipa::path(tag = "accounts", operation_id = "create_service", request_body = NewService,
    responses((status = 201, description = "Made; give it a token next", body = Service)),
    extensions(("x-permission" = json!("service.manage")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[post("/services")]
pub async fn create_service(
    guard: Guard<need::ServiceManage>,
    command: Command<NewService>,
    app: web::Data<App>,
) -> ApiResult<Service> {
    for estate in &command.body.estates {
        guard.estate(Some(*estate))?;
    }
    if let Some(at) = command.body.permissions.iter().position(|one| one.is_a_persons()) {
        let words = Text::new(
            "此权限须由人行使，不能授予接口账号",
            "this right is a person's own and cannot be given to a program",
        );
        return Err(Problem::field(format!("/permissions/{at}"), "a_persons", words).into());
    }
    let mut work = app.begin(&guard, &command).await?;
    let NewService {
        username,
        display_name,
        permissions,
        estates,
        reason,
    } = &command.body;
    let mut account = Account::person(
        Uuid::now_v7(),
        &username.to_lowercase(),
        display_name,
        String::new(),
        work.now,
    );
    account.kind = "service".to_owned();
    account.password_hash = None;
    account.permissions = permissions
        .iter()
        .map(|permission| Some(permission.code().to_owned()))
        .collect();
    account.estates = estates.iter().map(|id| Some(id.0)).collect();
    account.reason = Some(reason.to_string());
    account.granted_by = Some(guard.actor.account.0);
    accounts::insert(&mut work, &account).await?;
    work.record(
        TrailEntry::new(SubjectKind::Account, account.id, "service_created")
            .reason(Some(reason.as_str()))
            .changes(serde_json::json!({ "permissions": account.permissions, "estates": account.estates }))
            .clauses(&["DER-COMPUTER-2"]),
    );
    work.answer(StatusCode::CREATED, &Service::from(account)).await
}

async fn service(conn: &mut Conn, guard: &Guard<need::ServiceManage>, id: Uuid) -> Result<Account, crate::ApiError> {
    let account = accounts::find(conn, AccountId(id)).await?;
    let within = account
        .estates
        .iter()
        .flatten()
        .all(|estate| guard.scope.covers((*estate).into()));
    if account.kind == "service" && within {
        Ok(account)
    } else {
        Err(Problem::not_found().into())
    }
}

/// Give a service a token
///
/// The secret is in this answer and nowhere else. The token holds at most the service's own permissions.
#[utoipa::path(tag = "accounts", operation_id = "create_service_token", params(("id" = Uuid, Path)), request_body = NewToken,
    responses((status = 201, description = "The token, shown once", body = IssuedToken)),
    extensions(("x-permission" = json!("service.manage")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[post("/services/{id}/tokens")]
pub async fn create_service_token(
    guard: Guard<need::ServiceManage>,
    id: web::Path<Uuid>,
    command: Command<NewToken>,
    app: web::Data<App>,
) -> ApiResult<IssuedToken> {
    let mut work = app.begin(&guard, &command).await?;
    let account = service(&mut work, &guard, *id).await?;
    let held: Vec<&str> = account.permissions.iter().flatten().map(String::as_str).collect();
    if let Some(over) = command
        .body
        .permissions
        .iter()
        .find(|permission| !held.contains(&permission.code()))
    {
        let words = wuye_domain::text!("此接口账号没有“{over}”权限", "the service does not hold “{over}”");
        return Err(Problem::field("/permissions", "not_held", words).into());
    }
    let issued = tokens::issue(&mut work, account.id, &command.body).await?;
    work.answer(StatusCode::CREATED, &issued).await
}

/// The tokens of a service
#[utoipa::path(tag = "accounts", operation_id = "list_service_tokens", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The tokens, newest first, without their secrets", body = Vec<Token>)),
    extensions(("x-permission" = json!("service.manage")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[get("/services/{id}/tokens")]
pub async fn list_service_tokens(
    guard: Guard<need::ServiceManage>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<Vec<Token>> {
    let mut conn = app.conn().await?;
    let account = service(&mut conn, &guard, *id).await?;
    let tokens = accounts::tokens_of(&mut conn, AccountId(account.id)).await?;
    Answer::ok(&tokens.into_iter().map(Token::from).collect())
}

/// Take a service's token back
///
/// The others go on: a token is changed by making a new one first.
#[utoipa::path(tag = "accounts", operation_id = "revoke_service_token", params(("id" = Uuid, Path), ("token" = Uuid, Path)),
    responses((status = 204, description = "Revoked")),
    extensions(("x-permission" = json!("service.manage")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[delete("/services/{id}/tokens/{token}")]
pub async fn revoke_service_token(
    guard: Guard<need::ServiceManage>,
    ids: web::Path<(Uuid, Uuid)>,
    command: Command<NoBody>,
    app: web::Data<App>,
) -> ApiResult<()> {
    let mut work = app.begin(&guard, &command).await?;
    let account = service(&mut work, &guard, ids.0).await?;
    tokens::revoke(&mut work, account.id, ids.1).await?;
    work.commit_with(Answer::empty()).await
}

/// Why it ends.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisableService {
    /// Why.
    reason: Note,
}

/// Disable a service account
///
/// Its tokens stop working at once.
#[utoipa::path(tag = "accounts", operation_id = "disable_service", params(("id" = Uuid, Path)), request_body = DisableService,
    responses((status = 200, description = "Disabled", body = Done)),
    extensions(("x-permission" = json!("service.manage")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[post("/services/{id}/disable")]
pub async fn disable_service(
    guard: Guard<need::ServiceManage>,
    id: web::Path<Uuid>,
    command: Command<DisableService>,
    app: web::Data<App>,
) -> ApiResult<Done> {
    let mut work = app.begin(&guard, &command).await?;
    let mut account = service(&mut work, &guard, *id).await?;
    account.state = "disabled".to_owned();
    account.disabled_at = Some(work.now);
    account.updated_at = work.now;
    account.reason = Some(command.body.reason.to_string());
    accounts::save(&mut work, &account, true).await?;
    work.end_tokens(&[account.id]).await?;
    work.record(
        TrailEntry::new(SubjectKind::Account, account.id, "disabled")
            .states(Some("active"), "disabled")
            .reason(Some(command.body.reason.as_str())),
    );
    work.answer(StatusCode::OK, &Done { done: true }).await
}
