//! What a device sends later than it happened: taken with its own time, or, no longer fitting, kept as a note and shown.

use actix_web::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;
use wuye_domain::shared::{Problem, ProblemCode, TrailEntry};
use wuye_persistence::trail::TrailLine;

use crate::{ApiResult, Work};

/// When something was done, if a device says so.
#[derive(Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Happened {
    /// If not now; at most 31 days back.
    pub occurred_at: Option<DateTime<Utc>>,
}

/// What became of a deed that a device may have sent late.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum Outcome<T> {
    /// It was done.
    Done(Box<T>),
    /// It no longer fits; both people see the note.
    Kept(KeptNote),
}

/// A deed that no longer fits, kept as a note on the record.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct KeptNote {
    /// Always `true`: nothing was changed, the words are kept.
    kept: bool,
    /// Why it no longer fits, in Chinese.
    why_zh: String,
    /// And in English.
    why_en: String,
}

/// Whether a refused deed is kept: one a device reports as done before, against a state or an owner of today.
pub fn keeps(problem: &Problem, occurred_at: Option<DateTime<Utc>>) -> bool {
    occurred_at.is_some() && matches!(problem.code, ProblemCode::WrongState | ProblemCode::Forbidden)
}

/// Keeps a refused deed and answers 202 with the reason.
///
/// # Errors
/// As the database says.
pub async fn keep<T: Serialize>(mut work: Work, entry: TrailEntry, problem: Problem) -> ApiResult<Outcome<T>> {
    work.record(entry);
    let note = KeptNote {
        kept: true,
        why_zh: problem.detail.zh.into_owned(),
        why_en: problem.detail.en.into_owned(),
    };
    work.answer(StatusCode::ACCEPTED, &Outcome::Kept(note)).await
}

/// The notes among the lines of a history.
pub fn notes(history: Vec<TrailLine>) -> Vec<TrailLine> {
    history.into_iter().filter(|line| line.action == "late_note").collect()
}
