//! What a handler gives back: a status, a body and the headers that go with it.

use std::marker::PhantomData;

use actix_web::{
    HttpRequest, HttpResponse, Responder,
    body::BoxBody,
    http::{StatusCode, header},
};
use serde::Serialize;
use wuye_persistence::{Failure, idempotency::StoredAnswer};

use crate::ApiError;

/// The outcome of a handler whose good answer holds a `T`.
pub type ApiResult<T> = Result<Answer<T>, ApiError>;

/// A good answer.
#[derive(Debug)]
pub struct Answer<T> {
    status: StatusCode,
    etag: Option<String>,
    location: Option<String>,
    body: Option<Vec<u8>>,
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
        let body = serde_json::to_vec(value).map_err(Failure::internal)?;
        Ok(Self {
            status,
            etag: None,
            location: None,
            body: Some(body),
            of: PhantomData,
        })
    }

    /// With the version of the record as its ETag.
    #[must_use]
    pub fn version(mut self, version: i32) -> Self {
        self.etag = Some(format!("\"{version}\""));
        self
    }

    /// With the address of the record made.
    #[must_use]
    pub fn location(mut self, location: String) -> Self {
        self.location = Some(location);
        self
    }

    /// As it is kept for a second call with the same key.
    pub(crate) fn stored(&self) -> Result<StoredAnswer, Failure> {
        Ok(StoredAnswer {
            status: self.status.as_u16(),
            etag: self.etag.clone(),
            location: self.location.clone(),
            body: self.body.as_deref().map(serde_json::from_slice).transpose()?,
        })
    }
}

impl Answer<()> {
    /// 204.
    #[must_use]
    pub const fn empty() -> Self {
        Self {
            status: StatusCode::NO_CONTENT,
            etag: None,
            location: None,
            body: None,
            of: PhantomData,
        }
    }
}

/// The response for an answer that was kept.
pub(crate) fn replay(stored: &StoredAnswer) -> HttpResponse {
    let status = StatusCode::from_u16(stored.status).unwrap_or(StatusCode::OK);
    let mut response = HttpResponse::build(status);
    response.insert_header(("idempotent-replayed", "true"));
    if let Some(etag) = &stored.etag {
        response.insert_header((header::ETAG, etag.as_str()));
    }
    if let Some(location) = &stored.location {
        response.insert_header((header::LOCATION, location.as_str()));
    }
    match &stored.body {
        Some(body) => response.json(body),
        None => response.finish(),
    }
}

impl<T> Responder for Answer<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        if let Some(etag) = self.etag {
            response.insert_header((header::ETAG, etag));
        }
        if let Some(location) = self.location {
            response.insert_header((header::LOCATION, location));
        }
        match self.body {
            Some(body) => response.content_type("application/json").body(body),
            None => response.finish(),
        }
    }
}
