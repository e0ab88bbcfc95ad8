//! A forgotten password: the account administrator sets a first one, to be changed at the next login.

use actix_web::{http::StatusCode, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    shared::{AccountId, Note, Problem, SubjectKind, TrailEntry},
};
use wuye_persistence::{
    Failure,
    accounts::{self, Account},
    org,
};

use super::cookie;
use crate::{ApiResult, App, Command, Guard, Work, password};

/// Why.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetPassword {
    /// Why.
    reason: Note,
}

/// A password for one login.
#[derive(Serialize, ToSchema)]
pub struct FirstPassword {
    /// Shown once; must be changed at the first login.
    password: String,
}

/// Reset a password
///
/// Ends all sessions of the account and switches off its one-time codes.
#[utoipa::path(tag = "accounts", operation_id = "reset_password", params(("id" = Uuid, Path)), request_body = ResetPassword,
    responses((status = 200, description = "A first password, shown once", body = FirstPassword)),
    extensions(("x-permission" = json!("account.manage")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[post("/accounts/{id}/reset-password")]
pub async fn reset_password(
    guard: Guard<need::AccountManage>,
    id: web::Path<Uuid>,
    command: Command<ResetPassword>,
    app: web::Data<App>,
) -> ApiResult<FirstPassword> {
    let mut work = app.begin(&guard, &command).await?;
    work.holds_secret();
    let mut account = accounts::find(&mut work, AccountId(*id)).await?;
    let now = work.now;
    if account.kind != "person" || !within(&mut work, &guard, &account).await? {
        return Err(Problem::not_found().into());
    }
    let first = first_password()?;
    account.password_hash = Some(password::hash(first.clone()).await?);
    account.must_change_password = true;
    account.totp_secret = None;
    account.totp_confirmed_at = None;
    account.recovery_codes.clear();
    account.updated_at = now;
    accounts::save(&mut work, &account, false).await?;
    super::login::end_everywhere(&mut work, AccountId(*id), "password reset").await?;
    work.record(
        TrailEntry::new(SubjectKind::Account, account.id, "password_reset")
            .reason(Some(command.body.reason.as_str()))
            .clauses(&["DER-COMPUTER-2"]),
    );
    work.answer(StatusCode::OK, &FirstPassword { password: first }).await
}

/// Whether the caller may know of this login: one who manages all accounts of the company, or those of an estate in which its
/// owner holds a post.
async fn within(work: &mut Work, guard: &Guard<need::AccountManage>, account: &Account) -> Result<bool, Failure> {
    if guard.scope.company() {
        return Ok(true);
    }
    let Some(employee) = account.employee_id else { return Ok(false) };
    let now = work.now;
    let posts = org::holding(work, employee.into(), now).await?.posts;
    Ok(posts
        .iter()
        .any(|held| held.estate.is_some_and(|estate| guard.scope.covers(estate))))
}

/// A password for a first login: 14 letters and digits.
///
/// # Errors
/// `Internal` when there is no randomness.
pub fn first_password() -> Result<String, Failure> {
    let (secret, _) = cookie::fresh_secret("")?;
    Ok(secret.chars().filter(char::is_ascii_alphanumeric).take(14).collect())
}
