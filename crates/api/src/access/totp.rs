//! One-time codes (RFC 6238): set up by oneself, asked for at login from then on, each code good once.

use actix_web::{HttpRequest, http::StatusCode, post, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use totp_rs::{Builder, Secret, Totp};
use utoipa::ToSchema;
use validator::Validate;
use wuye_domain::{
    access::need,
    shared::{Problem, ProblemCode, ShortCode, SubjectKind, Text, TrailEntry},
};
use wuye_persistence::{
    Conn, Failure,
    accounts::{self, Account},
};

use super::{cookie, me::Done};
use crate::{ApiResult, App, Command, Guard, NoBody};

const STEP: u64 = 30;
const RECOVERY_CODES: usize = 8;

fn totp(secret: Vec<u8>, username: &str) -> Result<Totp, Failure> {
    Builder::new()
        .with_secret(Secret::from(secret))
        .with_step_duration(STEP)
        // A code of the step before or after counts: phones' clocks are off by seconds.
        .with_skew(1)
        .with_issuer(Some("物业服务中心"))
        .with_account_name(username)
        .build()
        .map_err(|error| Failure::internal(format!("{error:?}")))
}

/// Checks the code of a login; accounts without codes need none.
///
/// # Errors
/// As the database says. The inner problem is `totp_required` or `invalid_credentials`.
pub async fn check(
    conn: &mut Conn,
    account: &Account,
    given: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Result<(), Problem>, Failure> {
    let (Some(secret), Some(_)) = (&account.totp_secret, account.totp_confirmed_at) else {
        return Ok(Ok(()));
    };
    let Some(given) = given.map(str::trim).filter(|given| !given.is_empty()) else {
        return Ok(Err(Problem::new(
            ProblemCode::TotpRequired,
            Text::new("请输入动态验证码。", "Enter the one-time code."),
        )));
    };
    let mut changed = account.clone();
    if let Some(step) = matching_step(&totp(secret.clone(), &account.username)?, given, now) {
        if account.totp_last_step.is_some_and(|last| step <= last) {
            return Ok(Err(super::login::invalid()));
        }
        changed.totp_last_step = Some(step);
    } else {
        let hash = hex(&cookie::hash(&given.to_uppercase()));
        let before = changed.recovery_codes.len();
        changed.recovery_codes.retain(|code| code.as_deref() != Some(&hash));
        if changed.recovery_codes.len() == before {
            return Ok(Err(super::login::invalid()));
        }
    }
    changed.updated_at = now;
    match accounts::save(conn, &changed, false).await {
        // The same code came twice at once: the other was first.
        Err(Failure::Problem(problem)) if problem.code == ProblemCode::VersionConflict => {
            Ok(Err(super::login::invalid()))
        }
        saved => saved.map(|_| Ok(())),
    }
}

/// The time step whose code was given: the present one or a neighbour.
fn matching_step(totp: &Totp, given: &str, now: DateTime<Utc>) -> Option<i64> {
    let step = totp.check(given, u64::try_from(now.timestamp()).ok()?)?;
    i64::try_from(step).ok()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What an authenticator app needs.
#[derive(Serialize, ToSchema)]
pub struct TotpSecret {
    /// The secret in base32, for typing.
    secret: String,
    /// The address behind the QR code.
    otpauth_url: String,
}

/// Begin one-time codes
///
/// Gives a secret; nothing changes until it is confirmed with a code.
#[utoipa::path(tag = "self", operation_id = "start_totp", request_body = NoBody,
    responses((status = 200, description = "The secret, shown once", body = TotpSecret)),
    extensions(("x-permission" = json!("self.manage")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[post("/me/totp")]
pub async fn start_totp(
    guard: Guard<need::SelfManage>,
    command: Command<NoBody>,
    app: web::Data<App>,
) -> ApiResult<TotpSecret> {
    let mut work = app.begin(&guard, &command).await?;
    work.holds_secret();
    let mut account = accounts::find(&mut work, guard.actor.account).await?;
    if account.totp_confirmed_at.is_some() {
        return Err(Problem::wrong_state(
            &Text::new("再次启用", "be set up again"),
            &Text::new("动态验证码已启用", "one-time codes are on"),
        )
        .into());
    }
    let mut secret = vec![0_u8; 20];
    getrandom::fill(&mut secret).map_err(Failure::internal)?;
    account.totp_secret = Some(secret.clone());
    account.updated_at = work.now;
    accounts::save(&mut work, &account, false).await?;
    let totp = totp(secret.clone(), &account.username)?;
    let otpauth_url = totp.to_url().map_err(|error| Failure::internal(format!("{error:?}")))?;
    let answer = TotpSecret {
        secret: Secret::from(secret).to_base32(),
        otpauth_url,
    };
    work.answer(StatusCode::OK, &answer).await
}

/// A code from the authenticator app.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmTotp {
    /// Six digits.
    code: ShortCode,
}

/// Codes for the day the phone is lost.
#[derive(Serialize, ToSchema)]
pub struct RecoveryCodes {
    /// Each works once.
    codes: Vec<String>,
}

/// Confirm one-time codes
///
/// From the next login on a code is asked for; sessions elsewhere, which none was asked for, end. Answers with recovery codes,
/// shown once.
#[utoipa::path(tag = "self", operation_id = "confirm_totp", request_body = ConfirmTotp,
    responses((status = 200, description = "On; recovery codes, shown once", body = RecoveryCodes)),
    extensions(("x-permission" = json!("self.manage")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[post("/me/totp/confirm")]
pub async fn confirm_totp(
    guard: Guard<need::SelfManage>,
    command: Command<ConfirmTotp>,
    app: web::Data<App>,
) -> ApiResult<RecoveryCodes> {
    let mut work = app.begin(&guard, &command).await?;
    work.holds_secret();
    let now = work.now;
    let mut account = accounts::find(&mut work, guard.actor.account).await?;
    let secret = account
        .totp_secret
        .clone()
        .filter(|_| account.totp_confirmed_at.is_none())
        .ok_or_else(|| {
            Problem::wrong_state(
                &Text::new("确认", "be confirmed"),
                &Text::new("尚未开始启用，或已启用", "not begun, or on already"),
            )
        })?;
    let step = matching_step(&totp(secret, &account.username)?, &command.body.code, now).ok_or_else(|| {
        Problem::field(
            "/code",
            "wrong",
            Text::new(
                "验证码不正确，请核对手机时间",
                "the code is not right; check the phone's clock",
            ),
        )
    })?;
    let mut codes = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        let (secret, _) = cookie::fresh_secret("")?;
        codes.push(
            secret
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .take(12)
                .collect::<String>()
                .to_uppercase(),
        );
    }
    account.recovery_codes = codes.iter().map(|code| Some(hex(&cookie::hash(code)))).collect();
    account.totp_confirmed_at = Some(now);
    account.totp_last_step = Some(step);
    account.updated_at = now;
    accounts::save(&mut work, &account, false).await?;
    super::login::end_elsewhere(&mut work, &guard, "codes switched on").await?;
    work.record(TrailEntry::new(SubjectKind::Account, account.id, "totp_enabled").clauses(&["DER-COMPUTER-2"]));
    work.answer(StatusCode::OK, &RecoveryCodes { codes }).await
}

/// The password, asked again before codes are switched off.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveTotp {
    /// The present password.
    #[validate(length(max = 256))]
    #[schema(max_length = 256)]
    password: String,
}

/// Switch off one-time codes
///
/// Sessions elsewhere end: whoever holds one of them may be why.
#[utoipa::path(tag = "self", operation_id = "remove_totp", request_body = RemoveTotp,
    responses((status = 200, description = "Off", body = Done)),
    extensions(("x-permission" = json!("self.manage")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[post("/me/totp/remove")]
pub async fn remove_totp(
    guard: Guard<need::SelfManage>,
    request: HttpRequest,
    command: Command<RemoveTotp>,
    app: web::Data<App>,
) -> ApiResult<Done> {
    let given = &command.body.password;
    super::login::confirm_password(&request, &app, guard.actor.account, given, "/password").await?;
    let mut work = app.begin(&guard, &command).await?;
    let mut account = accounts::find(&mut work, guard.actor.account).await?;
    account.totp_secret = None;
    account.totp_confirmed_at = None;
    account.totp_last_step = None;
    account.recovery_codes.clear();
    account.updated_at = work.now;
    accounts::save(&mut work, &account, false).await?;
    super::login::end_elsewhere(&mut work, &guard, "codes switched off").await?;
    work.record(TrailEntry::new(SubjectKind::Account, account.id, "totp_disabled"));
    work.answer(StatusCode::OK, &Done { done: true }).await
}
