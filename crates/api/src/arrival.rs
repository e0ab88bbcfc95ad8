//! How a body may arrive: how large and how slowly. One rule for JSON, files and imports.

use std::{future::Future, time::Duration};

use actix_web::http::header::{self, HeaderMap};
use futures_util::{Stream, StreamExt};
use wuye_domain::shared::{Problem, ProblemCode, Text};

use crate::config::Config;

/// Bytes around a file in a form: boundary and headings of its part.
const ENVELOPE: u64 = 64 * 1024;

/// How slowly a body may come in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// Longest wait for the next piece.
    pause: Duration,
    /// Longest time for all of it.
    whole: Duration,
}

impl Pace {
    /// For what a person typed.
    pub(crate) fn of_json(config: &Config) -> Self {
        Self::times(config, 1)
    }

    /// For a photo over a poor network.
    pub(crate) fn of_file(config: &Config) -> Self {
        Self::times(config, 6)
    }

    /// For a table of a whole estate.
    pub(crate) fn of_table(config: &Config) -> Self {
        Self::times(config, 45)
    }

    fn times(config: &Config, factor: u32) -> Self {
        let pause = Duration::from_secs(config.body_seconds);
        Self {
            pause,
            whole: pause * factor,
        }
    }

    /// The next piece of a body, if it comes in time.
    ///
    /// # Errors
    /// `request_timeout`.
    pub(crate) async fn next<S: Stream + Unpin>(self, body: &mut S) -> Result<Option<S::Item>, Problem> {
        tokio::time::timeout(self.pause, body.next())
            .await
            .map_err(|_| slow(self.pause))
    }

    /// All of a body, if it comes in time.
    ///
    /// # Errors
    /// `request_timeout`, or what reading it fails with.
    pub(crate) async fn all<T, E: From<Problem>>(self, arriving: impl Future<Output = Result<T, E>>) -> Result<T, E> {
        tokio::time::timeout(self.whole, arriving)
            .await
            .map_err(|_| slow(self.whole))?
    }
}

/// Refuses a body by the length that it announces, before any of it is read.
///
/// # Errors
/// `body_too_large`.
pub(crate) fn announced(headers: &HeaderMap, most: u64, too_large: fn(u64) -> Problem) -> Result<u64, Problem> {
    let length = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse().ok())
        .unwrap_or(0);
    if length > most {
        Err(too_large(most))
    } else {
        Ok(length)
    }
}

/// The same for a form around one file.
///
/// # Errors
/// `body_too_large`.
pub(crate) fn announced_file(headers: &HeaderMap, most: u64, too_large: fn(u64) -> Problem) -> Result<(), Problem> {
    announced(headers, most.saturating_add(ENVELOPE), |_| Problem::not_found())
        .map(drop)
        .map_err(|_| too_large(most))
}

fn slow(limit: Duration) -> Problem {
    let seconds = limit.as_secs();
    Problem::new(
        ProblemCode::RequestTimeout,
        Text::of(
            format!("内容在{seconds}秒内没有传来。请检查网络后重试。"),
            format!("The body did not arrive within {seconds} s. Check the network and try again."),
        ),
    )
}
