//! What a handler gives back: a status, a body and the headers that go with it.

use std::marker::PhantomData;

use actix_web::{
    HttpRequest, HttpResponse, Responder,
    body::BoxBody,
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
};
use serde::Serialize;
use wuye_persistence::{Failure, idempotency::StoredAnswer};

use crate::ApiError;

/// Marks an answer that was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// The outcome of a handler whose good answer holds a `T`.
pub type ApiResult<T> = Result<Answer<T>, ApiError>;

/// A good answer.
#[derive(Debug)]
pub struct Answer<T> {
    sent: StoredAnswer,
    of: PhantomData<fn() -> T>,
}

impl<T: Serialize> Answer<T> {
    /// 200 with `value`.
    ///
    /// # Errors
    /// `Internal` when the value cannot be written as JSON.
    pub fn ok(value: &T) -> ApiResult<T> {
        Self::of(StatusCode::OK, value)
    }

    /// `status` with `value`.
    ///
    /// # Errors
    /// As [`Answer::ok`].
    pub fn of(status: StatusCode, value: &T) -> ApiResult<T> {
        let body = serde_json::to_string(value).map_err(Failure::internal)?;
        Ok(Self::new(status, Some(body)))
    }

    /// With the version of the record as its ETag.
    #[must_use]
    pub fn version(mut self, version: i32) -> Self {
        self.sent.etag = Some(format!("\"{version}\""));
        self
    }

    /// With the address of the record made.
    #[must_use]
    pub fn location(mut self, location: String) -> Self {
        self.sent.location = Some(location);
        self
    }
}

impl Answer<()> {
    /// 204.
    #[must_use]
    pub fn empty() -> Self {
        Self::new(StatusCode::NO_CONTENT, None)
    }
}

impl<T> Answer<T> {
    fn new(status: StatusCode, body: Option<String>) -> Self {
        Self {
            sent: StoredAnswer {
                status: status.as_u16(),
                etag: None,
                location: None,
                body,
            },
            of: PhantomData,
        }
    }

    /// As it is kept for a second call with the same key.
    pub(crate) const fn sent(&self) -> &StoredAnswer {
        &self.sent
    }
}

impl<T> Responder for Answer<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        response(self.sent)
    }
}

/// The response for an answer that was kept.
pub(crate) fn replay(stored: &StoredAnswer) -> HttpResponse {
    let mut response = response(stored.clone());
    response
        .headers_mut()
        .insert(REPLAYED, HeaderValue::from_static("true"));
    response
}

fn response(answer: StoredAnswer) -> HttpResponse {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = HttpResponse::build(status);
    if let Some(etag) = answer.etag {
        response.insert_header((header::ETAG, etag));
    }
    if let Some(location) = answer.location {
        response.insert_header((header::LOCATION, location));
    }
    match answer.body {
        Some(body) => response.content_type(header::ContentType::json()).body(body),
        None => response.finish(),
    }
}
