//! Refusals on the wire: RFC 9457, in the caller's language.

use actix_web::{
    HttpResponse, ResponseError,
    http::{StatusCode, header},
};
use wuye_domain::shared::{FieldDocument, Problem, ProblemCode, ProblemDocument, Text};
use wuye_persistence::Failure;

/// A language of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// 简体中文, the default.
    Zh,
    /// English.
    En,
}

impl Language {
    /// The first language of `Accept-Language` that the product speaks.
    #[must_use]
    pub fn of(headers: &header::HeaderMap) -> Self {
        let wanted = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        wanted
            .split(',')
            .filter_map(|part| match part.trim().get(..2)?.to_ascii_lowercase().as_str() {
                "zh" => Some(Self::Zh),
                "en" => Some(Self::En),
                _ => None,
            })
            .next()
            .unwrap_or(Self::Zh)
    }

    /// The text in this language.
    #[must_use]
    pub fn pick(self, text: &Text) -> &str {
        match self {
            Self::Zh => &text.zh,
            Self::En => &text.en,
        }
    }

    /// As `Content-Language` says it.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }
}

/// What a handler fails with. Rendered by the shield, which knows language and path.
#[derive(Debug)]
pub struct ApiError(pub Failure);

macro_rules! from {
    ($($source:ty),+) => {$(
        impl From<$source> for ApiError {
            fn from(source: $source) -> Self {
                Self(source.into())
            }
        }
    )+};
}
from!(
    Failure,
    Problem,
    diesel::result::Error,
    diesel_async::pooled_connection::deadpool::PoolError
);

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        let status = match &self.0 {
            Failure::Problem(problem) => problem.code.status(),
            Failure::Replay(stored) => stored.status,
            Failure::Unavailable(_) => ProblemCode::Unavailable.status(),
            Failure::Internal(_) => ProblemCode::Internal.status(),
        };
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        match &self.0 {
            Failure::Replay(stored) => crate::answer::replay(stored),
            failure => render(&as_problem(failure), Language::Zh, ""),
        }
    }
}

/// The words for a failure; what happened inside stays inside.
#[must_use]
pub fn as_problem(failure: &Failure) -> Problem {
    match failure {
        Failure::Problem(problem) => (**problem).clone(),
        failure if failure.is_disk_full() => Problem::new(
            ProblemCode::Unavailable,
            Text::new(
                "服务器磁盘已满，您的内容没有保存。请通知管理员腾出空间，然后重试。",
                "The server's disk is full; nothing was saved. Tell the administrator to free space, then try again.",
            ),
        )
        .retry_after(60),
        Failure::Unavailable(_) => Problem::new(
            ProblemCode::Unavailable,
            Text::new(
                "数据库暂时无法使用，您的内容没有保存。请稍候重试。",
                "The database cannot be used for the moment; nothing was saved. Try again shortly.",
            ),
        )
        .retry_after(3),
        Failure::Replay(_) | Failure::Internal(_) => Problem::new(
            ProblemCode::Internal,
            Text::new(
                "系统出错，您的内容没有保存。请重试；如仍出错，请把请求编号告诉管理员。",
                "Something failed inside; nothing was saved. Try again; if it fails again, tell the administrator the request id.",
            ),
        ),
    }
}

/// A problem document as response.
#[must_use]
pub fn render(problem: &Problem, language: Language, instance: &str) -> HttpResponse {
    let pick = |text: &Text| language.pick(text).to_owned();
    let status = problem.code.status();
    let document = ProblemDocument {
        kind: format!("/docs/errors#{}", problem.code),
        title: pick(&problem.code.title()),
        status,
        detail: pick(&problem.detail),
        instance: instance.to_owned(),
        code: problem.code,
        errors: problem
            .errors
            .iter()
            .map(|field| FieldDocument {
                pointer: field.pointer.clone(),
                code: field.code.clone().into_owned(),
                message: pick(&field.message),
            })
            .collect(),
    };
    let mut response = HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
    if let Some(seconds) = problem.retry_after {
        response.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    if status == 401 {
        response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
    }
    response
        .insert_header((header::CONTENT_LANGUAGE, language.tag()))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("application/problem+json")
        .body(serde_json::to_vec(&document).unwrap_or_default())
}

/// The page that the `type` of every problem points to.
pub async fn reference() -> HttpResponse {
    let rows: String = ProblemCode::ALL
        .iter()
        .map(|code| {
            let (title, status) = (code.title(), code.status());
            format!(
                "<tr id=\"{code}\"><td><code>{code}</code><td>{status}<td>{}<td>{}",
                title.zh, title.en
            )
        })
        .collect();
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(format!(
        "<!doctype html><meta charset=\"utf-8\"><title>Problem codes</title><h1>错误代码 Problem codes</h1><table>{rows}</table>"
    ))
}
