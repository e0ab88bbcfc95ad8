//! Personal access tokens: one's own rights, narrowed and with an end, for scripts and programs.

use actix_web::{delete, get, http::StatusCode, post, web};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{Permission, need},
    shared::{Name, Problem, SubjectKind, TrailEntry},
};
use wuye_persistence::{
    Failure,
    accounts::{self, AccessToken},
};

use super::cookie;
use crate::{Answer, ApiResult, App, Command, Guard, Work, guard::TOKEN_PREFIX};

/// Longest life of a token.
const LONGEST_DAYS: i64 = 366;

/// A token without its secret.
#[derive(Serialize, ToSchema)]
pub struct Token {
    id: Uuid,
    name: String,
    /// How it begins.
    hint: String,
    /// What it narrows to.
    permissions: Vec<String>,
    expires_at: DateTime<Utc>,
    revoked_at: Option<DateTime<Utc>>,
    last_used_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
}

impl From<AccessToken> for Token {
    fn from(token: AccessToken) -> Self {
        Self {
            id: token.id,
            name: token.name,
            hint: token.hint,
            permissions: token.permissions.into_iter().flatten().collect(),
            expires_at: token.expires_at,
            revoked_at: token.revoked_at,
            last_used_at: token.last_used_at,
            created_at: token.created_at,
        }
    }
}

/// A token to be made.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// What it is for.
    pub name: Name,
    /// What it may do; never more than its owner may at the time of use.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_items = 1, max_items = 200)]
    pub permissions: Vec<Permission>,
    /// Days until it ends, at most 366.
    #[validate(range(min = 1, max = 366))]
    #[schema(minimum = 1, maximum = 366)]
    pub days: i64,
}

/// A token with its secret, which is shown this once.
#[derive(Serialize, ToSchema)]
pub struct IssuedToken {
    id: Uuid,
    /// Send as `Authorization: Bearer`.
    token: String,
    expires_at: DateTime<Utc>,
}

/// Makes a token for `account` within a write.
pub async fn issue(work: &mut Work, account: Uuid, new: &NewToken) -> Result<IssuedToken, Failure> {
    work.holds_secret();
    let (secret, token_hash) = cookie::fresh_secret(TOKEN_PREFIX)?;
    let now = work.now;
    let row = AccessToken {
        id: Uuid::now_v7(),
        account_id: account,
        name: new.name.to_string(),
        token_hash,
        hint: secret.chars().take(TOKEN_PREFIX.len() + 4).collect(),
        permissions: new
            .permissions
            .iter()
            .map(|permission| Some(permission.code().to_owned()))
            .collect(),
        expires_at: now + Duration::days(new.days.min(LONGEST_DAYS)),
        revoked_at: None,
        last_used_at: None,
        created_by: work.actor.account.0,
        created_at: now,
    };
    accounts::insert_token(work, &row).await?;
    work.record(
        TrailEntry::new(SubjectKind::AccessToken, row.id, "issued")
            .changes(serde_json::json!({ "account": account, "permissions": row.permissions }))
            .clauses(&["DER-COMPUTER-2"]),
    );
    Ok(IssuedToken {
        id: row.id,
        token: secret,
        expires_at: row.expires_at,
    })
}

/// One's own tokens
#[utoipa::path(tag = "self", operation_id = "list_own_tokens", responses((status = 200, description = "The tokens", body = Vec<Token>)),
    extensions(("x-permission" = json!("self.manage")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[get("/me/tokens")]
pub async fn list_own_tokens(guard: Guard<need::SelfManage>, app: web::Data<App>) -> ApiResult<Vec<Token>> {
    let tokens = accounts::tokens_of(&mut *app.conn().await?, guard.actor.account).await?;
    Answer::ok(&tokens.into_iter().map(Token::from).collect())
}

/// Make a token
///
/// The secret is in this answer and nowhere else. Not on a first password, nor before codes are set up where they are
/// asked for: a token would outlast both.
#[utoipa::path(tag = "self", operation_id = "create_own_token", request_body = NewToken,
    responses((status = 201, description = "The token, shown once", body = IssuedToken)),
    extensions(("x-permission" = json!("self.manage")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[post("/me/tokens")]
pub async fn create_own_token(
    guard: Guard<need::SelfManage>,
    command: Command<NewToken>,
    app: web::Data<App>,
) -> ApiResult<IssuedToken> {
    guard.settled()?;
    let over: Vec<String> = command
        .body
        .permissions
        .iter()
        .filter(|p| !guard.actor.may(**p))
        .map(ToString::to_string)
        .collect();
    if !over.is_empty() {
        let over = over.join(", ");
        let words = wuye_domain::text!("您没有这些权限：{over}", "you do not hold: {over}");
        return Err(Problem::field("/permissions", "not_held", words).into());
    }
    let mut work = app.begin(&guard, &command).await?;
    let issued = issue(&mut work, guard.actor.account.0, &command.body).await?;
    work.answer(StatusCode::CREATED, &issued).await
}

/// Take a token back
#[utoipa::path(tag = "self", operation_id = "revoke_own_token", params(("id" = Uuid, Path)),
    responses((status = 204, description = "Revoked")),
    extensions(("x-permission" = json!("self.manage")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[delete("/me/tokens/{id}")]
pub async fn revoke_own_token(
    guard: Guard<need::SelfManage>,
    id: web::Path<Uuid>,
    command: Command<crate::NoBody>,
    app: web::Data<App>,
) -> ApiResult<()> {
    let mut work = app.begin(&guard, &command).await?;
    revoke(&mut work, guard.actor.account.0, *id).await?;
    work.commit_with(Answer::empty()).await
}

/// Takes a token of `account` back within a write.
///
/// # Errors
/// `not_found` when it is another's.
pub async fn revoke(work: &mut Work, account: Uuid, id: Uuid) -> Result<(), Failure> {
    let token = accounts::find_token(work, id).await?;
    if token.account_id != account {
        return Err(Problem::not_found().into());
    }
    let now = work.now;
    accounts::revoke_token(work, token.id, now).await?;
    work.record(TrailEntry::new(SubjectKind::AccessToken, token.id, "revoked").clauses(&["DER-COMPUTER-2"]));
    Ok(())
}
