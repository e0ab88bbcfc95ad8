//! Login, refresh, logout.

use actix_web::{HttpRequest, HttpResponse, http::header, post, web};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{Actor, ActorKind, HeldPost, Permission, need},
    shared::{AccountId, Problem, ProblemCode, SettingKey, SubjectKind, Text, TrailEntry, Username},
};
use wuye_persistence::{
    Conn, Failure,
    accounts::{self, Account, Life, Refresh},
    call,
    org::{self, Holding},
    settings,
};

use super::{
    cookie,
    me::Me,
    origin::{address, network},
    totp,
};
use crate::{ApiError, App, Command, Guard, NoBody, password, token::Claims};

/// A session ends when it was not used for so long, and after a quarter whatever happens.
const LIFE: Life = Life {
    idle: Duration::days(14),
    longest: Duration::days(90),
};
/// Attempts are counted over this time.
const WINDOW: Duration = Duration::minutes(15);
/// Failures of one user name in the window, and from one address: an office shares one.
const LIMITS: accounts::Limits = accounts::Limits { name: 8, address: 60 };

/// What opens a session.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// Login name.
    username: Username,
    /// Password.
    #[validate(length(max = 256))]
    #[schema(max_length = 256)]
    password: String,
    /// One-time code, or a recovery code, where one is set up.
    #[serde(default)]
    #[validate(length(max = 32))]
    #[schema(max_length = 32)]
    totp: Option<String>,
}

/// A token for the next minutes; the cookie that came with it gets the next one.
#[derive(Serialize, ToSchema)]
pub struct Session {
    /// Send as `Authorization: Bearer`.
    access_token: String,
    /// Its life in seconds.
    expires_in: i64,
    /// Whose it is, as `GET /me` says: whoever logs in need not ask again.
    me: Me,
}

/// Log in
///
/// Answers with an access token and sets the refresh cookie. Unknown names and wrong passwords are answered alike.
#[utoipa::path(tag = "auth", operation_id = "login", request_body = Login,
    responses((status = 200, description = "Logged in", body = Session), (status = 401, description = "Name, password or code is not right", body = wuye_domain::shared::ProblemDocument, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[post("/auth/login")]
pub async fn login(
    request: HttpRequest,
    command: Command<Login>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let Login {
        username,
        password,
        totp,
    } = command.body;
    let username = username.to_lowercase();
    let (now, address) = (app.now(), address(&request, &app));
    let mut conn = app.conn().await?;
    let attempt = begin_attempt(&mut conn, &username, &address, now).await?;
    let account = accounts::find_by_username(&mut conn, &username).await?;
    let usable = account.filter(|account| account.state == "active" && account.kind == "person");
    let fits = password::verify(
        password,
        usable.as_ref().and_then(|account| account.password_hash.clone()),
    )
    .await?;
    let Some(account) = usable.filter(|_| fits) else {
        return Err(invalid().into());
    };
    if let Err(problem) = totp::check(&mut conn, &account, totp.as_deref(), now).await? {
        // Being asked for the code is no failure, and no success either: that would begin the count of wrong codes anew.
        if problem.code == ProblemCode::TotpRequired {
            accounts::withdraw_attempt(&mut conn, attempt).await?;
        }
        return Err(problem.into());
    }
    accounts::succeed(&mut conn, attempt).await?;
    drop(conn);

    let mut work = app.begin_as(of(&account), Permission::SelfManage).await?;
    let (secret, hash) = cookie::fresh_secret("")?;
    let agent: String = request
        .headers()
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .chars()
        .take(200)
        .collect();
    let id = AccountId(account.id);
    let family = accounts::start_family(&mut work, id, &hash, now, now + LIFE.idle, &agent, &address).await?;
    accounts::touch_login(&mut work, id, now).await?;
    work.record(TrailEntry::new(SubjectKind::Account, account.id, "logged_in").clauses(&["DER-COMPUTER-2"]));
    let session = open(&app, &mut work, &account, family, now).await?;
    work.commit().await?;
    let mut response = HttpResponse::Ok();
    cookie::set(&mut response, &app, &secret, LIFE.idle);
    Ok(response.json(session))
}

/// Refresh
///
/// Trades the refresh cookie for a new one and a new access token. The same cookie twice within 30 s is two tabs; later
/// it is a copy, and the session ends.
#[utoipa::path(tag = "auth", operation_id = "refresh_session",
    responses((status = 200, description = "A new access token", body = Session), (status = 401, description = "No living session", body = wuye_domain::shared::ProblemDocument, content_type = "application/problem+json"), (status = 403, description = "Sent by another site", body = wuye_domain::shared::ProblemDocument, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[post("/auth/refresh")]
pub async fn refresh_session(request: HttpRequest, app: web::Data<App>) -> Result<HttpResponse, ApiError> {
    let old = cookie::read(&request, &app)?;
    let (secret, hash) = cookie::fresh_secret("")?;
    let nobody = Actor {
        account: AccountId(Uuid::nil()),
        employee: None,
        kind: ActorKind::System,
        posts: Vec::new(),
    };
    let mut work = app.begin_as(nobody, Permission::SelfManage).await?;
    let now = work.now;
    match accounts::rotate(&mut work, &cookie::hash(&old), &hash, LIFE, now).await? {
        Refresh::Rotated { family, account } => {
            let account = accounts::find(&mut work, account).await?;
            if account.state != "active" {
                return Err(cookie::no_session().into());
            }
            let session = open(&app, &mut work, &account, family, now).await?;
            work.commit().await?;
            let mut response = HttpResponse::Ok();
            cookie::set(&mut response, &app, &secret, LIFE.idle);
            Ok(response.json(session))
        }
        Refresh::Reused { account, .. } => {
            work.record(
                TrailEntry::new(SubjectKind::Account, account.0, "session_ended").reason(Some("refresh token reused")),
            );
            work.commit().await?;
            Err(Problem::new(
                ProblemCode::Unauthenticated,
                Text::new(
                    "此登录的凭据被重复使用，可能已泄露，登录已结束。请重新登录；若非本人操作，请修改密码。",
                    "An old credential of this session came back; it may have been copied, so the session was ended. Log in again, and change the password if it was not you.",
                ),
            )
            .into())
        }
        Refresh::Unknown => Err(cookie::no_session().into()),
    }
}

/// Log out
///
/// Ends this session and its access token at once. The account's other sessions go on; their access tokens are of an older
/// epoch now and are refreshed.
#[utoipa::path(tag = "auth", operation_id = "logout",
    responses((status = 204, description = "Logged out")),
    extensions(("x-permission" = json!("self.manage")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[post("/auth/logout")]
pub async fn logout(
    guard: Guard<need::SelfManage>,
    command: Command<NoBody>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let session = guard.session;
    let mut work = app.begin(&guard, &command).await?;
    let now = work.now;
    if let Some(session) = session {
        accounts::end_family(&mut work, session, "logout", now).await?;
        end_access(&mut work, guard.actor.account).await?;
    }
    work.commit().await?;
    let mut response = HttpResponse::NoContent();
    cookie::clear(&mut response, &app);
    Ok(response.finish())
}

/// Log out everywhere
///
/// Ends every session of this account; access tokens already given out stop working at once.
#[utoipa::path(tag = "auth", operation_id = "logout_everywhere",
    responses((status = 204, description = "Logged out everywhere")),
    extensions(("x-permission" = json!("self.manage")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[post("/auth/logout-everywhere")]
pub async fn logout_everywhere(
    guard: Guard<need::SelfManage>,
    command: Command<NoBody>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let mut work = app.begin(&guard, &command).await?;
    end_everywhere(&mut work, guard.actor.account, "logout everywhere").await?;
    work.record(TrailEntry::new(
        SubjectKind::Account,
        guard.actor.account,
        "logged_out_everywhere",
    ));
    work.commit().await?;
    let mut response = HttpResponse::NoContent();
    cookie::clear(&mut response, &app);
    Ok(response.finish())
}

/// Ends sessions and access tokens of an account at once.
pub async fn end_everywhere(work: &mut crate::Work, account: AccountId, reason: &str) -> Result<(), Failure> {
    let now = work.now;
    accounts::end_all(work, account, None, reason, now).await?;
    end_access(work, account).await
}

/// Ends the caller's sessions but the present one; its access token, if there were others, is refreshed.
pub async fn end_elsewhere<P>(work: &mut crate::Work, guard: &Guard<P>, reason: &str) -> Result<(), Failure> {
    let (account, now) = (guard.actor.account, work.now);
    match accounts::end_all(work, account, guard.session, reason, now).await? {
        0 => Ok(()),
        _ => end_access(work, account).await,
    }
}

/// Ends the access tokens of an account; the sessions that still live get new ones.
pub async fn end_access(work: &mut crate::Work, account: AccountId) -> Result<(), Failure> {
    accounts::raise_epoch(work, account).await?;
    work.end_tokens(&[account.0]).await
}

/// The actor that an account is while it logs in.
pub fn of(account: &Account) -> Actor {
    Actor {
        account: AccountId(account.id),
        employee: account.employee_id.map(Into::into),
        kind: ActorKind::Person,
        posts: Vec::new(),
    }
}

async fn open(
    app: &App,
    conn: &mut Conn,
    account: &Account,
    family: Uuid,
    now: DateTime<Utc>,
) -> Result<Session, Failure> {
    call::current(|call| call.by(account.id, None));
    let holding = match account.employee_id {
        Some(employee) => org::holding(conn, employee.into(), now).await?,
        None => Holding::default(),
    };
    // Until codes are set up, the token opens one's own account only.
    let enrol = enrolment_required(conn, account, &holding.posts).await?;
    let mut claims = Claims::of(account, &holding, family, now);
    claims.pwd |= enrol;
    let (access_token, expires_in) = (app.shared.keys.sign(&claims)?, claims.exp - claims.iat);
    let me = Me::of(conn, &claims.into(), account, enrol).await?;
    Ok(Session {
        access_token,
        expires_in,
        me,
    })
}

/// Whether one-time codes are asked for and not set up yet.
pub async fn enrolment_required(conn: &mut Conn, account: &Account, posts: &[HeldPost]) -> Result<bool, Failure> {
    Ok(account.totp_confirmed_at.is_none() && codes_required(conn, account, posts).await?)
}

/// Whether this account logs in with codes: administrators and the posts marked so, where the setting asks for it.
async fn codes_required(conn: &mut Conn, account: &Account, posts: &[HeldPost]) -> Result<bool, Failure> {
    if !settings::load(conn, None).await?.on(SettingKey::TotpRequired) {
        return Ok(false);
    }
    if account.is_administrator {
        return Ok(true);
    }
    let marked = org::posts::with_codes(conn).await?;
    Ok(posts.iter().any(|held| marked.contains(&held.post)))
}

/// Asks for the present password again; wrong ones count like those of a login.
///
/// # Errors
/// `too_many_requests`; `validation_failed` at `pointer`.
pub async fn confirm_password(
    request: &HttpRequest,
    app: &App,
    account: AccountId,
    given: &str,
    pointer: &'static str,
) -> Result<(), ApiError> {
    let (now, address) = (app.now(), address(request, app));
    let mut conn = app.conn().await?;
    let account = accounts::find(&mut conn, account).await?;
    let attempt = begin_attempt(&mut conn, &account.username, &address, now).await?;
    if password::verify(given.to_owned(), account.password_hash).await? {
        accounts::withdraw_attempt(&mut conn, attempt).await?;
        return Ok(());
    }
    let words = Text::new("现密码不正确", "the present password is not right");
    Err(Problem::field(pointer, "wrong", words).into())
}

/// Counts an attempt as failed until it turns out well.
async fn begin_attempt(conn: &mut Conn, username: &str, address: &str, now: DateTime<Utc>) -> Result<Uuid, Failure> {
    let from = network(address);
    if let Some(attempt) = accounts::begin_attempt(conn, username, &from, LIMITS, now - WINDOW, now).await? {
        return Ok(attempt);
    }
    let minutes = WINDOW.num_minutes();
    Err(Problem::new(
        ProblemCode::TooManyRequests,
        wuye_domain::text!(
            "登录失败次数过多，请{minutes}分钟后再试，或请管理员重置密码。",
            "Too many failed logins: try again in {minutes} minutes, or have the administrator reset the password."
        ),
    )
    .retry_after(u32::try_from(WINDOW.num_seconds()).unwrap_or(900))
    .into())
}

/// 401: one answer for unknown names and wrong passwords.
pub fn invalid() -> Problem {
    Problem::new(
        ProblemCode::InvalidCredentials,
        Text::new(
            "用户名或密码不正确。忘记密码请联系管理员重置。",
            "User name or password is not right. The administrator can reset a forgotten one.",
        ),
    )
}

/// Forgets the attempts of yesterday: a name that was typed into the wrong box is not kept.
///
/// # Errors
/// As the database says.
pub async fn sweep(app: &App) -> Result<(), Failure> {
    let until = app.now() - Duration::hours(24);
    accounts::sweep_attempts(&mut *app.conn().await?, until).await?;
    Ok(())
}
