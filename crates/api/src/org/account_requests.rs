//! Accounts: asked for by a head, granted by the deputy manager; rights follow the posts by themselves (DER-COMPUTER-2).

use actix_web::{get, http::StatusCode, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{Actor, ActorKind, PostCode, Scope, need},
    org::{AccountRequestKind, AccountRequestState, data_care, superior::Seat},
    shared::{
        AccountId, EmployeeId, EstateId, ListRequest, Note, Page, Problem, SubjectKind, Text, TrailEntry, Username,
    },
};
use wuye_persistence::{
    Conn, Failure, Rows,
    accounts::{self, Account},
    org::{
        account_requests::{self, AccountRequest, AccountRequestFilter},
        accounts as register,
        assignments::{self, Assignment},
        edges, employees, staff,
    },
};

use super::common;
use crate::{ApiResult, App, Command, Guard, ListParams, ListQuery, Work, list::NoSort, password};

/// A request with the person's name.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountRequestView {
    #[serde(flatten)]
    pub(super) request: AccountRequest,
    pub(super) employee_name: String,
}

async fn views(conn: &mut Conn, rows: Vec<AccountRequest>) -> Result<Vec<AccountRequestView>, Failure> {
    let names = common::names(conn, rows.iter().map(|row| Some(row.employee_id))).await?;
    Ok(rows
        .into_iter()
        .map(|request| AccountRequestView {
            employee_name: names.get(&request.employee_id).cloned().unwrap_or_default(),
            request,
        })
        .collect())
}

async fn view(conn: &mut Conn, row: AccountRequest) -> Result<AccountRequestView, Failure> {
    let view = views(conn, vec![row]).await?.pop();
    view.ok_or_else(|| Failure::internal("one row in, one view out"))
}

/// Which requests.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AccountRequestQuery {
    /// In this estate.
    estate_id: Option<EstateId>,
    /// For this person.
    employee_id: Option<EmployeeId>,
    /// In this state.
    state: Option<AccountRequestState>,
}

/// List requests for accounts
#[utoipa::path(tag = "accounts", operation_id = "list_account_requests", params(ListParams, AccountRequestQuery),
    responses((status = 200, description = "A page of requests", body = Page<AccountRequestView>)),
    extensions(("x-permission" = json!("account.read")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[get("/account-requests")]
pub async fn list_account_requests(
    guard: Guard<need::AccountRead>,
    list: ListQuery<AccountRequestQuery>,
    app: web::Data<App>,
) -> ApiResult<Page<AccountRequestView>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of requests, for the list and for its file.
pub(super) async fn page(
    app: &App,
    guard: &Guard<need::AccountRead>,
    filter: &AccountRequestQuery,
    request: &ListRequest<NoSort>,
) -> Result<Rows<AccountRequestView>, Failure> {
    let mut conn = app.conn().await?;
    let AccountRequestQuery {
        estate_id,
        employee_id,
        state,
    } = *filter;
    let filter = AccountRequestFilter {
        estate: estate_id,
        employee: employee_id,
        state,
    };
    let rows = account_requests::list(&mut conn, &guard.scope, &filter, &request.unsorted()).await?;
    rows.then(async |rows| views(&mut conn, rows).await).await
}

/// What is asked.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAccountRequest {
    /// The estate; one's own when absent.
    estate_id: Option<EstateId>,
    /// Whose account.
    employee_id: EmployeeId,
    /// A first account, a closed one to be used again, or one to be closed.
    kind: AccountRequestKind,
    /// The login name wished for; the employee number when absent.
    username: Option<Username>,
    /// Why.
    reason: Note,
}

/// Ask for an account
///
/// By a head for somebody below, a manager, or the administrator of the installation.
#[utoipa::path(tag = "accounts", operation_id = "create_account_request", request_body = NewAccountRequest,
    responses((status = 201, description = "Waits for the deputy manager", body = AccountRequestView)),
    extensions(("x-permission" = json!("account.request")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[post("/account-requests")]
pub async fn create_account_request(
    guard: Guard<need::AccountRequest>,
    command: Command<NewAccountRequest>,
    app: web::Data<App>,
) -> ApiResult<AccountRequestView> {
    let body = &command.body;
    let estate = guard.estate(body.estate_id)?;
    let requested_by = asker(&guard)?;
    let mut work = app.begin(&guard, &command).await?;
    let status = employees::status(&mut work, body.employee_id, "/employee_id").await?;
    data_care::account_fits(body.kind, status)?;
    within(&mut work, &guard.scope, estate, body.employee_id).await?;
    let now = work.now;
    let row = AccountRequest {
        id: Uuid::now_v7(),
        estate_id: estate.0,
        employee_id: body.employee_id.0,
        kind: body.kind.code().to_owned(),
        username: body.username.as_ref().map(|name| name.to_lowercase()),
        reason: body.reason.to_string(),
        state: AccountRequestState::Requested.code().to_owned(),
        account_id: None,
        requested_by,
        decided_by: None,
        decided_at: None,
        decision_note: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    account_requests::insert(&mut work, &row).await?;
    work.record(
        TrailEntry::new(SubjectKind::AccountRequest, row.id, "requested")
            .estate(estate)
            .states(None, AccountRequestState::Requested.code())
            .reason(Some(body.reason.as_str()))
            .clauses(&["DER-COMPUTER-2"]),
    );
    let view = view(&mut work, row).await?;
    work.answer(StatusCode::CREATED, &view).await
}

/// The person who asks; nobody where the installation itself does.
fn asker(guard: &Guard<need::AccountRequest>) -> Result<Option<Uuid>, Problem> {
    if guard.actor.is_administrator() || guard.actor.kind == ActorKind::System {
        return Ok(None);
    }
    guard.person().map(|person| Some(person.0))
}

/// Heads ask for people below them, managers for those of their estate; somebody without a post yet is the managers'. Who
/// works only for another estate or for the company is neither's.
async fn within(
    work: &mut Work,
    scope: &Scope,
    estate: EstateId,
    person: EmployeeId,
) -> Result<Vec<Assignment>, Failure> {
    let now = work.now;
    let today = common::today(work, Some(estate), now).await?;
    let held = assignments::of_employee(work, person, today).await?;
    let reached = |row: &Assignment| row.estate_id == Some(estate.0) && common::opens(scope, row);
    if scope.company() || (held.is_empty() && scope.covers(estate)) || held.iter().any(reached) {
        return Ok(held);
    }
    Err(common::not_below().into())
}

/// A first password opens an account to whoever made it: nobody carries out a request for a superior.
fn not_upwards(actor: &Actor, held: &[Assignment]) -> Result<(), Failure> {
    for row in held {
        if actor.stands_below(row.post.parse()?, row.estate_id.map(Into::into)) {
            return Err(Problem::forbidden(&Text::new("系统管理员", "the administrator")).into());
        }
    }
    Ok(())
}

/// What is said to a request.
#[derive(Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountDecision {
    /// Remark; why, when it is refused.
    note: Option<Note>,
}

/// A granted request, with the first password of a new account.
#[derive(Debug, Serialize, ToSchema)]
pub struct GrantedAccount {
    request: AccountRequestView,
    /// The login name.
    username: String,
    /// Shown once; must be changed at the first login. Only for accounts opened or enabled.
    first_password: Option<String>,
}

/// Grant a request for an account
///
/// By the deputy manager. The administrator of the installation grants what others ask, what is asked for the deputy's own
/// superiors, and his own requests until a deputy manager has logged in. The account gives the rights of the posts its
/// owner holds, and follows them: on transfer by themselves, on exit it is disabled the same day.
#[utoipa::path(tag = "accounts", operation_id = "grant_account_request", params(("id" = Uuid, Path)), request_body = AccountDecision,
    responses((status = 200, description = "Carried out", body = GrantedAccount)),
    extensions(("x-permission" = json!("account.manage")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[post("/account-requests/{id}/grant")]
pub async fn grant_account_request(
    guard: Guard<need::AccountManage>,
    id: web::Path<Uuid>,
    command: Command<AccountDecision>,
    app: web::Data<App>,
) -> ApiResult<GrantedAccount> {
    let mut work = app.begin(&guard, &command).await?;
    work.holds_secret();
    let mut row = account_requests::find(&mut work, &guard.scope, *id).await?;
    let kind: AccountRequestKind = row.kind.parse().map_err(Failure::from)?;
    let held = within(&mut work, &guard.scope, row.estate_id.into(), row.employee_id.into()).await?;
    decide(&mut work, &mut row, &held, true, &command.body).await?;
    // Much may have changed since it was asked.
    let status = employees::status(&mut work, row.employee_id.into(), "/employee_id").await?;
    data_care::account_fits(kind, status)?;
    not_upwards(&guard.actor, &held)?;
    let (account, first_password) = match kind {
        AccountRequestKind::Open => open(&mut work, &guard.scope, &row).await?,
        AccountRequestKind::Enable => enable(&mut work, &row).await?,
        AccountRequestKind::Disable => (disable(&mut work, &row).await?, None),
    };
    row.account_id = Some(account.id);
    account_requests::save(&mut work, &mut row).await?;
    record(&mut work, &row, "granted");
    let request = view(&mut work, row).await?;
    work.answer(
        StatusCode::OK,
        &GrantedAccount {
            request,
            username: account.username,
            first_password,
        },
    )
    .await
}

async fn decide(
    work: &mut Work,
    row: &mut AccountRequest,
    held: &[Assignment],
    grant: bool,
    said: &AccountDecision,
) -> Result<(), Failure> {
    let (by, now) = (work.actor.employee, work.now);
    let asked = data_care::Asked {
        by: row.requested_by.map(Into::into),
        subject: row.employee_id.into(),
    };
    let alone = is_alone(work, row.estate_id.into(), held).await?;
    let state = data_care::decide_account_request(row.state.parse()?, asked, by, alone, grant)?;
    state.code().clone_into(&mut row.state);
    row.decided_by = by.map(|id| id.0);
    row.decided_at = Some(now);
    row.updated_at = now;
    row.decision_note = said.note.as_ref().map(ToString::to_string);
    Ok(())
}

/// Whether nobody beside the installation's administrator may grant it: there is no deputy manager yet, or the account is for
/// one of the deputy's superiors. Who types at the console always is.
async fn is_alone(work: &mut Work, estate: EstateId, held: &[Assignment]) -> Result<bool, Failure> {
    match work.actor.kind {
        ActorKind::System => Ok(true),
        ActorKind::Administrator | ActorKind::AdministratorToken(_) => {
            let now = work.now;
            let today = common::today(work, Some(estate), now).await?;
            let above = edges::tree(work).await?.above(PostCode::Depmgr, today);
            if held.iter().any(|row| above.iter().any(|post| post.code() == row.post)) {
                return Ok(true);
            }
            let data = staff::load(work, estate, now).await?;
            let deputies = data.staff().holders_of(Seat {
                post: PostCode::Depmgr,
                estate,
                squad: None,
                area: None,
            });
            let deputies: Vec<EmployeeId> = deputies.iter().map(|deputy| deputy.employee).collect();
            Ok(!register::have_logged_in(work, &deputies).await?)
        }
        _ => Ok(false),
    }
}

fn record(work: &mut Work, row: &AccountRequest, action: &'static str) {
    let state = if action == "granted" {
        AccountRequestState::Granted
    } else {
        AccountRequestState::Refused
    };
    work.record(
        TrailEntry::new(SubjectKind::AccountRequest, row.id, action)
            .estate(row.estate_id.into())
            .states(Some(AccountRequestState::Requested.code()), state.code())
            .reason(row.decision_note.clone())
            .changes(serde_json::json!({ "account": [null, row.account_id], "kind": row.kind }))
            .clauses(&["DER-COMPUTER-2"]),
    );
}

fn no_account() -> Problem {
    let words = Text::new(
        "该员工没有账号，请先申请开通",
        "the person has no account: ask to open one",
    );
    Problem::field("/employee_id", "no_account", words)
}

async fn first_password() -> Result<(String, String), Failure> {
    let first = crate::access::first_password()?;
    let hash = password::hash(first.clone()).await?;
    Ok((first, hash))
}

async fn open(work: &mut Work, scope: &Scope, row: &AccountRequest) -> Result<(Account, Option<String>), Failure> {
    if accounts::find_by_employee(work, row.employee_id.into())
        .await?
        .is_some()
    {
        let words = Text::new("该员工已有账号", "the person has an account");
        return Err(Problem::field("/employee_id", "taken", words).into());
    }
    let employee = employees::find(work, scope, row.employee_id.into()).await?;
    let (first, hash) = first_password().await?;
    let username = row.username.clone().unwrap_or_else(|| employee.no.to_lowercase());
    let mut account = Account::person(Uuid::now_v7(), &username, &employee.name, hash, work.now);
    account.employee_id = Some(row.employee_id);
    account.must_change_password = true;
    account.reason = Some(row.reason.clone());
    account.requested_by = row.requested_by;
    account.granted_by = row.decided_by;
    accounts::insert(work, &account).await?;
    Ok((account, Some(first)))
}

async fn enable(work: &mut Work, row: &AccountRequest) -> Result<(Account, Option<String>), Failure> {
    let Some(mut account) = accounts::find_by_employee(work, row.employee_id.into()).await? else {
        return Err(no_account().into());
    };
    let (first, hash) = first_password().await?;
    "active".clone_into(&mut account.state);
    account.password_hash = Some(hash);
    account.must_change_password = true;
    account.disabled_at = None;
    account.reason = Some(row.reason.clone());
    account.granted_by = row.decided_by;
    account.updated_at = work.now;
    Ok((accounts::save(work, &account, true).await?, Some(first)))
}

async fn disable(work: &mut Work, row: &AccountRequest) -> Result<Account, Failure> {
    let Some(mut account) = accounts::find_by_employee(work, row.employee_id.into()).await? else {
        return Err(no_account().into());
    };
    let now = work.now;
    "disabled".clone_into(&mut account.state);
    account.disabled_at = Some(now);
    account.reason = Some(row.reason.clone());
    account.updated_at = now;
    let account = accounts::save(work, &account, true).await?;
    accounts::end_all(work, AccountId(account.id), None, "disabled", now).await?;
    work.end_tokens(&[account.id]).await?;
    Ok(account)
}

/// Refuse a request for an account
#[utoipa::path(tag = "accounts", operation_id = "refuse_account_request", params(("id" = Uuid, Path)), request_body = AccountDecision,
    responses((status = 200, description = "Refused", body = AccountRequestView)),
    extensions(("x-permission" = json!("account.manage")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[post("/account-requests/{id}/refuse")]
pub async fn refuse_account_request(
    guard: Guard<need::AccountManage>,
    id: web::Path<Uuid>,
    command: Command<AccountDecision>,
    app: web::Data<App>,
) -> ApiResult<AccountRequestView> {
    if command.body.note.is_none() {
        let words = Text::new("驳回须说明理由", "a refusal says why");
        return Err(Problem::field("/note", "required", words).into());
    }
    let mut work = app.begin(&guard, &command).await?;
    let mut row = account_requests::find(&mut work, &guard.scope, *id).await?;
    let held = within(&mut work, &guard.scope, row.estate_id.into(), row.employee_id.into()).await?;
    decide(&mut work, &mut row, &held, false, &command.body).await?;
    account_requests::save(&mut work, &mut row).await?;
    record(&mut work, &row, "refused");
    let view = view(&mut work, row).await?;
    work.answer(StatusCode::OK, &view).await
}
