//! Around every request: an id, one line in the log, security headers, and problems in place of bare errors.

use std::panic::AssertUnwindSafe;

use actix_web::{
    Error,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    error::InternalError,
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};
use futures_util::FutureExt;
use uuid::Uuid;
use wuye_domain::shared::{Problem, ProblemCode, Text};
use wuye_persistence::Failure;

use crate::{
    ApiError, App, Language,
    config::Config,
    problem::{as_problem, render},
};

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Wraps every service of the server.
///
/// # Errors
/// Only what the server itself cannot answer.
pub async fn shield(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = std::time::Instant::now();
    let language = Language::of(request.headers());
    let (method, path) = (request.method().clone(), request.path().to_owned());
    let id = request_id(&request);
    let hsts = request.app_data::<Data<App>>().and_then(|app| hsts(&app.shared.config));

    let mut response = match AssertUnwindSafe(next.call(request)).catch_unwind().await {
        Ok(Ok(response)) => in_words(response.map_into_boxed_body(), language, &path, &id),
        Ok(Err(error)) => {
            let problem = of_error(&error, &id);
            return Err(InternalError::from_response(error, render(&problem, language, &path)).into());
        }
        Err(panic) => {
            let cause = panic
                .downcast_ref::<&str>()
                .map(ToString::to_string)
                .or_else(|| panic.downcast_ref().cloned());
            tracing::error!(request_id = id, %method, path, cause, "panic");
            let failure = Failure::Internal(cause.unwrap_or_default());
            let answer = render(&as_problem(&failure), language, &path);
            return Err(InternalError::from_response("panic", answer).into());
        }
    };
    add_headers(response.headers_mut(), &id, path.starts_with("/api/"));
    if let Some(value) = hsts {
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, value);
    }
    tracing::info!(
        request_id = id,
        %method,
        route = response.request().match_pattern().unwrap_or_default(),
        status = response.status().as_u16(),
        micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
        "request"
    );
    Ok(response)
}

fn request_id(request: &ServiceRequest) -> String {
    let given = request.headers().get(&REQUEST_ID).and_then(|value| value.to_str().ok());
    match given {
        Some(id) if (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') => {
            id.to_owned()
        }
        _ => Uuid::new_v4().simple().to_string(),
    }
}

/// Puts words in place of an error response.
fn in_words(response: ServiceResponse, language: Language, path: &str, id: &str) -> ServiceResponse {
    if !response.status().is_client_error() && !response.status().is_server_error() {
        return response;
    }
    let problem = match response.response().error() {
        Some(error) if matches!(error.as_error::<ApiError>(), Some(ApiError(Failure::Replay(_)))) => return response,
        Some(error) => of_error(error, id),
        None if is_problem(&response) => return response,
        None => of_status(response.status()),
    };
    let mut answer = render(&problem, language, path);
    for name in [header::ALLOW, header::SET_COOKIE] {
        for value in response.headers().get_all(&name) {
            answer.headers_mut().append(name.clone(), value.clone());
        }
    }
    response.into_response(answer)
}

fn is_problem(response: &ServiceResponse) -> bool {
    response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value == "application/problem+json")
}

fn of_error(error: &Error, id: &str) -> Problem {
    match error.as_error::<ApiError>() {
        Some(ApiError(failure)) => {
            match failure {
                Failure::Internal(cause) => tracing::error!(request_id = id, cause, "internal error"),
                Failure::Unavailable(cause) => tracing::warn!(request_id = id, cause, "database not available"),
                Failure::Problem(_) | Failure::Replay(_) => {}
            }
            as_problem(failure)
        }
        None => {
            let status = error.as_response_error().status_code();
            if status.is_server_error() {
                tracing::error!(request_id = id, cause = %error, "internal error");
            }
            of_status(status)
        }
    }
}

/// Words for a status that the framework chose by itself.
fn of_status(status: StatusCode) -> Problem {
    let (code, zh, en) = match status.as_u16() {
        401 => (ProblemCode::Unauthenticated, "请先登录。", "Log in first."),
        404 => (
            ProblemCode::NotFound,
            "没有这个地址。请核对路径，接口说明见 /docs。",
            "There is no such address. Check the path; /docs describes the API.",
        ),
        405 => (
            ProblemCode::MethodNotAllowed,
            "此地址不支持该方法；可用的方法见 Allow 响应头。",
            "This address does not take that method; see the Allow header.",
        ),
        408 => (
            ProblemCode::RequestTimeout,
            "请求发送过慢，已中断。请重试。",
            "The request came in too slowly and was cut off. Try again.",
        ),
        413 => (
            ProblemCode::BodyTooLarge,
            "内容超过上限。请减小后重试。",
            "The content is over the limit. Make it smaller and try again.",
        ),
        415 => (
            ProblemCode::UnsupportedMediaType,
            "请以 application/json 发送。",
            "Send it as application/json.",
        ),
        status if status >= 500 => return as_problem(&Failure::Internal(String::new())),
        _ => (
            ProblemCode::BadRequest,
            "请求无法读取。请核对格式。",
            "The request cannot be read. Check its form.",
        ),
    };
    Problem::new(code, Text::new(zh, en))
}

/// Whoever came by HTTPS once is told to come by nothing else.
fn hsts(config: &Config) -> Option<HeaderValue> {
    let seconds = u64::from(config.hsts_days) * 24 * 60 * 60;
    let told = config.is_https() && seconds > 0;
    told.then(|| HeaderValue::from_str(&format!("max-age={seconds}; includeSubDomains")).ok())?
}

fn add_headers(headers: &mut header::HeaderMap, id: &str, api: bool) {
    if let Ok(value) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID.clone(), value);
    }
    let mut set = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "same-origin");
    set(
        header::CONTENT_SECURITY_POLICY,
        // antd writes its styles at run time; scripts come from files only.
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; \
         font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    );
    if api {
        set(header::CACHE_CONTROL, "no-store");
    }
}
