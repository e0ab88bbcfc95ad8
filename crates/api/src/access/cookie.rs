//! The cookie of a session: out of reach of scripts, of other sites and of plain HTTP.

use actix_web::{
    HttpRequest, HttpResponseBuilder,
    cookie::{Cookie, SameSite, time},
    http::header,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use wuye_domain::shared::{Problem, ProblemCode, Text};
use wuye_persistence::Failure;

use crate::App;

const SECURE_NAME: &str = "__Host-refresh";
/// Browsers refuse the `__Host-` name without TLS; this one is used on loopback only.
const PLAIN_NAME: &str = "refresh";

/// A fresh secret of 256 bits, and the hash that is stored for it.
pub fn fresh_secret(prefix: &str) -> Result<(String, Vec<u8>), Failure> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(Failure::internal)?;
    let secret = format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes));
    let hash = hash(&secret);
    Ok((secret, hash))
}

/// What the database keeps of a secret. The secret has 256 random bits, so one round is enough.
pub fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret).to_vec()
}

fn secure(app: &App) -> bool {
    let config = &app.shared.config;
    config.is_https() || !(config.is_loopback() || config.insecure_cookies)
}

/// Puts the refresh token into the answer.
pub fn set(response: &mut HttpResponseBuilder, app: &App, token: &str, life: chrono::Duration) {
    response.cookie(build(app, token, time::Duration::seconds(life.num_seconds())));
}

/// Takes the cookie back.
pub fn clear(response: &mut HttpResponseBuilder, app: &App) {
    response.cookie(build(app, "", time::Duration::ZERO));
}

fn build<'c>(app: &App, value: &str, life: time::Duration) -> Cookie<'c> {
    let secure = secure(app);
    let name = if secure { SECURE_NAME } else { PLAIN_NAME };
    Cookie::build(name, value.to_owned())
        .path("/")
        .http_only(true)
        .secure(secure)
        .same_site(SameSite::Strict)
        .max_age(life)
        .finish()
}

/// The refresh token that came with a request.
///
/// # Errors
/// `forbidden` when another site's page sent it; `unauthenticated` when there is none.
pub fn read(request: &HttpRequest, app: &App) -> Result<String, Problem> {
    same_origin(request, app)?;
    let name = if secure(app) { SECURE_NAME } else { PLAIN_NAME };
    request
        .cookie(name)
        .map(|cookie| cookie.value().to_owned())
        .filter(|value| !value.is_empty())
        .ok_or_else(no_session)
}

/// 401: there is no living session.
pub fn no_session() -> Problem {
    Problem::new(
        ProblemCode::Unauthenticated,
        Text::new("登录已结束，请重新登录。", "The session has ended: log in again."),
    )
}

fn same_origin(request: &HttpRequest, app: &App) -> Result<(), Problem> {
    let Some(origin) = request
        .headers()
        .get(header::ORIGIN)
        .and_then(|value| value.to_str().ok())
    else {
        return Ok(());
    };
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let own = origin.split_once("://").is_some_and(|(_, authority)| authority == host)
        || app
            .shared
            .config
            .public_url
            .as_deref()
            .is_some_and(|url| url.trim_end_matches('/') == origin);
    if own {
        return Ok(());
    }
    Err(Problem::new(
        ProblemCode::Forbidden,
        Text::new("拒绝来自其他网站的请求。", "Requests from other sites are refused."),
    ))
}
