//! Around every request: an id, one line in the log, security headers, and problems in place of bare errors.

use std::{
    fmt::{Debug, Display},
    panic::AssertUnwindSafe,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Instant,
};

use actix_web::{
    Error, HttpResponse,
    body::{BodySize, BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    error::{ErrorInternalServerError, InternalError},
    http::{
        Method, StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};
use bytes::Bytes;
use futures_util::FutureExt;
use uuid::Uuid;
use wuye_domain::{
    shared::{Problem, ProblemCode, Text},
    text,
};
use wuye_persistence::{Failure, call::Call};

use crate::{
    ApiError, App, Language,
    config::Config,
    operations::Operation,
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
    let served = Served::new(&request)?;
    let answered = async {
        if let Some(answer) = served.without_operation(&request) {
            return Ok(request.into_response(answer));
        }
        Ok(next.call(request).await?.map_into_boxed_body())
    };
    let outcome = AssertUnwindSafe(served.call.clone().run(answered)).catch_unwind().await;
    let mut response = match outcome {
        Ok(Ok(response)) => served.in_words(response),
        Ok(Err(error)) => {
            let problem = served.problem_of(&error);
            return Err(served.fail(error, &problem));
        }
        Err(panic) => {
            let cause = panic
                .downcast_ref::<&str>()
                .map(ToString::to_string)
                .or_else(|| panic.downcast_ref().cloned());
            served.log_cause(cause.as_deref().unwrap_or("a panic without words"));
            return Err(served.fail("panic", &as_problem(&Failure::Internal(String::new()))));
        }
    };
    served.add_headers(response.headers_mut());
    served.end(response.status());
    Ok(served.streaming(response))
}

/// A request while it is served.
struct Served {
    started: Instant,
    app: Data<App>,
    operation: Arc<Operation>,
    call: Arc<Call>,
    language: Language,
    method: Method,
    path: String,
}

impl Served {
    fn new(request: &ServiceRequest) -> Result<Self, Error> {
        let app = request.app_data::<Data<App>>().cloned();
        let app = app.ok_or_else(|| ErrorInternalServerError("no application state"))?;
        let operation = app
            .shared
            .contract
            .operations
            .find(request.method(), request.path())
            .clone();
        Ok(Self {
            started: Instant::now(),
            call: Call::new(request_id(request), operation.id()),
            language: Language::of(request.headers()),
            method: request.method().clone(),
            path: request.path().to_owned(),
            operation,
            app,
        })
    }

    /// The answer to a method for which the path has no operation: a refusal, or the methods for who asks for them. Given before
    /// the request is routed: the route of `/posts/{code}` would take `PATCH /posts/export`.
    fn without_operation(&self, request: &ServiceRequest) -> Option<HttpResponse> {
        if !self.operation.is_other() {
            return None;
        }
        let allow = self.app.shared.contract.operations.allow(request.path())?;
        if request.method() == Method::OPTIONS {
            return Some(HttpResponse::NoContent().insert_header((header::ALLOW, allow)).finish());
        }
        let problem = Problem::new(
            ProblemCode::MethodNotAllowed,
            text!("此地址可用的方法：{allow}。", "This address takes: {allow}."),
        );
        let mut response = render(&problem, self.language, &self.path);
        if let Ok(value) = HeaderValue::from_str(&allow) {
            response.headers_mut().insert(header::ALLOW, value);
        }
        Some(response)
    }

    /// Counts the request and writes its one event. Neither path nor query are in it: people search by names and phones.
    fn end(&self, status: StatusCode) {
        let (took, status) = (self.started.elapsed(), status.as_u16());
        self.operation.figures(&self.app.shared.metrics).count(status, took);
        tracing::info!(
            request_id = self.call.id(),
            operation = self.call.operation(),
            method = %self.method,
            status,
            micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
            account = self.call.account().map(tracing::field::display),
            estate = self.call.estate().map(tracing::field::display),
            "request"
        );
    }

    /// The answer where the framework gave none.
    fn fail(&self, error: impl Debug + Display + 'static, problem: &Problem) -> Error {
        let mut answer = render(problem, self.language, &self.path);
        self.add_headers(answer.headers_mut());
        self.end(answer.status());
        InternalError::from_response(error, answer).into()
    }

    /// Why a request failed inside: logged here and nowhere else.
    fn log_cause(&self, cause: &str) {
        tracing::error!(
            request_id = self.call.id(),
            operation = self.call.operation(),
            cause,
            "internal error"
        );
    }

    /// A body that is made while it is sent is still work for this request.
    fn streaming(self, response: ServiceResponse) -> ServiceResponse {
        if response.response().body().size() != BodySize::Stream {
            return response;
        }
        let call = self.call;
        response.map_body(|_, body| BoxBody::new(Streaming { call, body }))
    }

    /// Puts words in place of an error response.
    fn in_words(&self, response: ServiceResponse) -> ServiceResponse {
        if !response.status().is_client_error() && !response.status().is_server_error() {
            return response;
        }
        let problem = match response.response().error() {
            Some(error) if matches!(error.as_error::<ApiError>(), Some(ApiError(Failure::Replay(_)))) => {
                return response;
            }
            Some(error) => self.problem_of(error),
            None if is_problem(&response) => return response,
            None => of_status(response.status()),
        };
        let mut answer = render(&problem, self.language, &self.path);
        for name in [header::ALLOW, header::SET_COOKIE] {
            for value in response.headers().get_all(&name) {
                answer.headers_mut().append(name.clone(), value.clone());
            }
        }
        response.into_response(answer)
    }

    fn problem_of(&self, error: &Error) -> Problem {
        match error.as_error::<ApiError>() {
            Some(ApiError(failure)) => {
                match failure {
                    Failure::Internal(cause) => self.log_cause(cause),
                    Failure::Unavailable(cause) => tracing::warn!(
                        request_id = self.call.id(),
                        operation = self.call.operation(),
                        cause,
                        "database not available"
                    ),
                    Failure::Problem(_) | Failure::Replay(_) => {}
                }
                as_problem(failure)
            }
            None => {
                let status = error.as_response_error().status_code();
                if status.is_server_error() {
                    self.log_cause(&error.to_string());
                }
                of_status(status)
            }
        }
    }

    fn add_headers(&self, headers: &mut header::HeaderMap) {
        if let Ok(value) = HeaderValue::from_str(self.call.id()) {
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
        if self.path.starts_with("/api/") {
            set(header::CACHE_CONTROL, "no-store");
        }
        if let Some(value) = hsts(&self.app.shared.config) {
            headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
        }
    }
}

/// The body of an answer, made for the call that asked for it.
struct Streaming {
    call: Arc<Call>,
    body: BoxBody,
}

impl MessageBody for Streaming {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let call = self.call.clone();
        call.run_now(|| Pin::new(&mut self.body).poll_next(cx))
    }
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

fn is_problem(response: &ServiceResponse) -> bool {
    response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value == "application/problem+json")
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
