//! A forgotten password: the account administrator sets a first one, to be changed at the next login.

use actix_web::{http::StatusCode, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{HeldPost, need},
    shared::{AccountId, Note, Problem, ProblemCode, SubjectKind, Text, TrailEntry},
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
/// Ends all sessions of the account and switches off its one-time codes. Not for oneself and not for a superior: their
/// passwords are reset by the installation's administrator.
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
    let posts = match account.kind.as_str() {
        "person" => within(&mut work, &guard, &account).await?,
        _ => None,
    };
    let posts = posts.ok_or_else(Problem::not_found)?;
    not_upwards(&guard, &account, &posts)?;
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

/// The posts of the login's owner, where the caller may know of it: one who manages all accounts of the company, or those of
/// an estate in which its owner holds a post.
async fn within(
    work: &mut Work,
    guard: &Guard<need::AccountManage>,
    account: &Account,
) -> Result<Option<Vec<HeldPost>>, Failure> {
    let now = work.now;
    let posts = match account.employee_id {
        Some(employee) => org::holding(work, employee.into(), now).await?.posts,
        None => Vec::new(),
    };
    let here = |held: &HeldPost| held.estate.is_some_and(|estate| guard.scope.covers(estate));
    Ok((guard.scope.company() || posts.iter().any(here)).then_some(posts))
}

/// Whoever knows a first password can log in with it: nobody makes one for themselves, whose present password is asked for
/// instead, nor for a superior. The installation's administrator does.
fn not_upwards(guard: &Guard<need::AccountManage>, account: &Account, posts: &[HeldPost]) -> Result<(), Problem> {
    if account.employee_id.is_some() && guard.actor.employee.map(|id| id.0) == account.employee_id {
        let words = Text::new(
            "本人密码请在“修改密码”中更换；忘记时由系统管理员重置。",
            "Change your own password with the present one; the administrator resets a forgotten one.",
        );
        return Err(Problem::new(ProblemCode::SelfApproval, words));
    }
    if posts
        .iter()
        .any(|held| held.acting_for.is_none() && guard.actor.stands_below(held.post, held.estate))
    {
        return Err(Problem::forbidden(&Text::new("系统管理员", "the administrator")));
    }
    Ok(())
}

/// A password for a first login: 14 letters and digits.
///
/// # Errors
/// `Internal` when there is no randomness.
pub fn first_password() -> Result<String, Failure> {
    let (secret, _) = cookie::fresh_secret("")?;
    Ok(secret.chars().filter(char::is_ascii_alphanumeric).take(14).collect())
}
