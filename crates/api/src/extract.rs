//! Reading a request: a bounded JSON body, checked field by field, with the headers that guard a write.

use std::pin::Pin;

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};
use bytes::BytesMut;
use serde::{Deserialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use validator::{Validate, ValidationErrors, ValidationErrorsKind};
use wuye_domain::shared::{Problem, ProblemCode, Text};

use crate::{
    ApiError, App,
    arrival::{Pace, announced},
    guard::Gate,
    wording,
};

/// Largest JSON body. Files and imports have their own ways in.
const BODY_LIMIT: usize = 1024 * 1024;

/// A write: the checked body, and what the headers say about how to carry it out.
#[derive(Debug)]
pub struct Command<T> {
    /// The body.
    pub body: T,
    /// `Idempotency-Key`.
    pub key: Option<String>,
    if_match: Option<i32>,
    pub(crate) operation: String,
    pub(crate) hash: Vec<u8>,
}

/// A write whose body is no JSON: a file. Its content is hashed by whoever reads it.
#[derive(Debug)]
pub struct Upload {
    /// `Idempotency-Key`.
    pub key: Option<String>,
    pub(crate) operation: String,
    target: String,
}

impl Upload {
    /// What the key is bound to: the address with its query, and the content by its hash.
    pub(crate) fn hash(&self, content: &[u8]) -> Vec<u8> {
        bound(&self.target, content)
    }
}

impl FromRequest for Upload {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        let gate = Gate::of(&request);
        Box::pin(async move {
            gate.passed().await;
            Ok(Self {
                key: idempotency_key(&request)?,
                operation: operation(&request),
                target: request.uri().to_string(),
            })
        })
    }
}

/// The name under which a key is kept: method and route.
fn operation(request: &HttpRequest) -> String {
    format!("{} {}", request.method(), request.match_pattern().unwrap_or_default())
}

fn bound(target: &str, content: &[u8]) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(target);
    hash.update([0]);
    hash.update(content);
    hash.finalize().to_vec()
}

/// For actions that need no words: an empty body, or `{}`.
#[derive(Clone, Copy, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoBody {}

impl<T> Command<T> {
    /// The version that the caller saw, from `If-Match`.
    ///
    /// # Errors
    /// `precondition_required` when it was not sent.
    pub fn expected_version(&self) -> Result<i32, Problem> {
        self.if_match.ok_or_else(|| {
            Problem::new(
                ProblemCode::PreconditionRequired,
                Text::new(
                    "请在 If-Match 中给出所见版本（读取时的 ETag）。",
                    "Send the version you saw (the ETag of the read) in If-Match.",
                ),
            )
        })
    }

    /// Asks for an `Idempotency-Key`: where a number, money or a run is at stake.
    ///
    /// # Errors
    /// `precondition_required` when it was not sent.
    pub fn require_key(&self) -> Result<(), Problem> {
        if self.key.is_some() {
            return Ok(());
        }
        Err(Problem::new(
            ProblemCode::PreconditionRequired,
            Text::new(
                "此操作须带 Idempotency-Key 请求头，以免重复办理。",
                "This operation needs an Idempotency-Key header, so that it cannot happen twice.",
            ),
        ))
    }
}

impl<T: DeserializeOwned + Validate + 'static> FromRequest for Command<T> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        let gate = Gate::of(&request);
        Box::pin(async move {
            gate.passed().await;
            let body = read(&request, payload).await?;
            Ok(Self {
                key: idempotency_key(&request)?,
                if_match: if_match(&request)?,
                operation: operation(&request),
                hash: bound(request.path(), &body),
                body: parse(&body)?,
            })
        })
    }
}

async fn read(request: &HttpRequest, payload: Payload) -> Result<BytesMut, ApiError> {
    let app = request
        .app_data::<web::Data<App>>()
        .ok_or_else(|| wuye_persistence::Failure::internal("no application state"))?;
    let pace = Pace::of_json(&app.shared.config);
    let announced = announced(request.headers(), BODY_LIMIT as u64, |_| too_large())?;
    let mut body = BytesMut::with_capacity(usize::try_from(announced).unwrap_or(0));
    let mut stream = web::Payload::from_request(request, &mut { payload })
        .await
        .map_err(|_| unreadable())?;
    let all = async {
        while let Some(chunk) = pace.next(&mut stream).await? {
            let chunk = chunk.map_err(|_| unreadable())?;
            if body.len() + chunk.len() > BODY_LIMIT {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(())
    };
    pace.all(all).await?;
    if !body.is_empty() && !is_json(request) {
        return Err(Problem::new(
            ProblemCode::UnsupportedMediaType,
            Text::new(
                "请以 Content-Type: application/json 发送。",
                "Send it with Content-Type: application/json.",
            ),
        )
        .into());
    }
    if body.is_empty() {
        body.extend_from_slice(b"{}");
    }
    Ok(body)
}

fn is_json(request: &HttpRequest) -> bool {
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    kind.split(';')
        .next()
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

fn too_large() -> Problem {
    Problem::new(
        ProblemCode::BodyTooLarge,
        Text::new(
            "内容超过1 MB。大批数据请用导入，照片请用文件上传。",
            "The body is over 1 MB. Use an import for bulk data and file upload for photos.",
        ),
    )
}

fn unreadable() -> Problem {
    Problem::new(
        ProblemCode::BadRequest,
        Text::new(
            "内容没有传完，无法读取。请重试。",
            "The body did not arrive whole and cannot be read. Try again.",
        ),
    )
}

fn trailing() -> Problem {
    Problem::new(
        ProblemCode::BadRequest,
        Text::new(
            "JSON 之后还有多余的内容。",
            "Something stands behind the end of the JSON.",
        ),
    )
}

fn idempotency_key(request: &HttpRequest) -> Result<Option<String>, Problem> {
    let Some(value) = request.headers().get("idempotency-key") else {
        return Ok(None);
    };
    match value.to_str() {
        Ok(key) if (8..=128).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()) => {
            Ok(Some(key.to_owned()))
        }
        _ => Err(Problem::new(
            ProblemCode::BadRequest,
            Text::new(
                "Idempotency-Key 须为8至128个可见字符。",
                "Idempotency-Key must be 8 to 128 visible ASCII characters.",
            ),
        )),
    }
}

fn if_match(request: &HttpRequest) -> Result<Option<i32>, Problem> {
    let Some(value) = request.headers().get(header::IF_MATCH) else {
        return Ok(None);
    };
    // A proxy that compresses an answer makes its ETag a weak one.
    let version = value.to_str().ok().and_then(|text| {
        let quoted = text.trim().strip_prefix("W/").unwrap_or(text.trim());
        quoted.strip_prefix('"')?.strip_suffix('"')?.parse().ok()
    });
    version.map(Some).ok_or_else(|| {
        Problem::new(
            ProblemCode::BadRequest,
            Text::new(
                "If-Match 须为读取时的 ETag，如 \"3\"。",
                "If-Match must be the ETag of a read, such as \"3\".",
            ),
        )
    })
}

/// Reads JSON into `T` and checks it; every refusal names the field.
pub(crate) fn parse<T: DeserializeOwned + Validate>(body: &[u8]) -> Result<T, ApiError> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let value: T = serde_path_to_error::deserialize(&mut json).map_err(|error| of_serde(&error, body))?;
    json.end().map_err(|_| trailing())?;
    value.validate().map_err(|errors| of_validator(&errors))?;
    Ok(value)
}

fn of_serde(error: &serde_path_to_error::Error<serde_json::Error>, body: &[u8]) -> Problem {
    let inner = error.inner();
    // An object where a word is asked for stops the reader as bad syntax does, though the JSON itself is sound.
    let sound = || serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok();
    if (inner.is_syntax() || inner.is_eof()) && !sound() {
        let (line, column) = (inner.line(), inner.column());
        return Problem::new(
            ProblemCode::BadRequest,
            wuye_domain::text!(
                "不是合法的 JSON（第{line}行第{column}列）。",
                "It is not valid JSON (line {line}, column {column})."
            ),
        );
    }
    wording::problem(&pointer(error.path()), &inner.to_string())
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { variant } => format!("/{variant}"),
            Segment::Unknown => String::new(),
        })
        .collect()
}

fn of_validator(errors: &ValidationErrors) -> Problem {
    let mut problem = Problem::new(
        ProblemCode::ValidationFailed,
        Text::new(
            "有字段填写不符合要求，见 errors。",
            "Some fields do not fit, see errors.",
        ),
    );
    collect(errors, "", &mut problem);
    problem
}

fn collect(errors: &ValidationErrors, at: &str, problem: &mut Problem) {
    for (field, kind) in errors.errors() {
        let here = if field == "__all__" {
            at.to_owned()
        } else {
            format!("{at}/{field}")
        };
        match kind {
            ValidationErrorsKind::Field(reasons) => {
                for reason in reasons {
                    let limit = |name: &str| reason.params.get(name).map(ToString::to_string);
                    let limits = [
                        limit("min").map(|v| format!("≥ {v}")),
                        limit("max").map(|v| format!("≤ {v}")),
                    ];
                    let limits = limits.into_iter().flatten().collect::<Vec<_>>().join(", ");
                    let words = reason.message.as_deref().and_then(|message| message.split_once('|'));
                    let message = match words {
                        Some((zh, en)) => Text::of(zh.to_owned(), en.to_owned()),
                        None => wuye_domain::text!("不符合要求 {limits}", "does not fit {limits}"),
                    };
                    problem.errors.push(wuye_domain::shared::FieldProblem {
                        pointer: here.clone(),
                        code: reason.code.clone(),
                        message,
                    });
                }
            }
            ValidationErrorsKind::Struct(inner) => collect(inner, &here, problem),
            ValidationErrorsKind::List(items) => {
                for (index, inner) in items {
                    collect(inner, &format!("{here}/{index}"), problem);
                }
            }
        }
    }
}
