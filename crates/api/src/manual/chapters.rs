//! The chapters in the order of the book, with what became of their text.

use std::collections::HashMap;

use actix_web::{get, web};
use serde::Serialize;
use utoipa::ToSchema;
use wuye_domain::{
    access::{PostCode, need},
    manual::{CHAPTERS, Chapter, ChapterCode, ChapterState, ClauseOrigin, Part, Sight},
};
use wuye_persistence::manual::clauses;

use crate::{Answer, ApiResult, App, Guard};

/// A chapter of the manual.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChapterView {
    /// Its code.
    code: ChapterCode,
    /// The part it stands in.
    part: Part,
    /// Title in Chinese.
    title_zh: String,
    /// Title in English.
    title_en: String,
    /// The page it begins on; absent for the contents and for what the book never had.
    page: Option<u16>,
    /// The entry of the contents that names it.
    entry: Option<&'static str>,
    /// The post it is about; absent for the general rules.
    post: Option<PostCode>,
    /// What became of its text.
    state: ChapterState,
    /// The chapter whose text it repeats.
    copies: Option<ChapterCode>,
}

impl From<&Chapter> for ChapterView {
    fn from(chapter: &Chapter) -> Self {
        Self {
            code: chapter.code,
            part: chapter.part,
            title_zh: chapter.title.zh.to_string(),
            title_en: chapter.title.en.to_string(),
            page: chapter.page,
            entry: chapter.entry,
            post: chapter.post,
            state: chapter.state,
            copies: chapter.copies,
        }
    }
}

/// A chapter with what stands in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChapterLine {
    #[serde(flatten)]
    chapter: ChapterView,
    /// Clauses of the book, copied ones included.
    clauses: i64,
    /// Clauses that stand in for missing text.
    derived: i64,
    /// Whether the caller may read it.
    open: bool,
}

/// List the chapters of the manual
///
/// All of them, in the order of the book, each with its page, the state of its text and the number of its clauses. The
/// contents are everybody's; `open` says whose text the caller may read.
#[utoipa::path(tag = "manual", operation_id = "list_manual_chapters",
    responses((status = 200, description = "The chapters", body = Vec<ChapterLine>)),
    extensions(("x-permission" = json!("manual.read")), ("x-clauses" = json!(["PREF-2", "TOC-1", "TOC-2", "TOC-3", "TOC-4", "TOC-5", "TOC-6", "TOC-7", "TOC-8", "TOC-9", "TOC-10", "TOC-11", "TOC-12", "TOC-13", "TOC-14", "TOC-15", "TOC-16", "TOC-17", "TOC-18", "TOC-19", "TOC-20", "TOC-21", "TOC-22", "TOC-23", "TOC-24", "TOC-25", "TOC-26", "TOC-27", "TOC-28", "TOC-29", "TOC-30", "TOC-31", "TOC-32", "TOC-33", "TOC-34", "TOC-35", "TOC-36", "TOC-37", "TOC-38", "TOC-N1"]))))]
#[get("/manual/chapters")]
pub async fn list_manual_chapters(guard: Guard<need::ManualRead>, app: web::Data<App>) -> ApiResult<Vec<ChapterLine>> {
    let sight = Sight::of(&guard.actor, &guard.scope);
    let mut counts: HashMap<(ChapterCode, bool), i64> = HashMap::new();
    for (chapter, origin, count) in clauses::counts(&mut *app.conn().await?).await? {
        *counts.entry((chapter, origin == ClauseOrigin::Derived)).or_default() += count;
    }
    let of = |code, derived| counts.get(&(code, derived)).copied().unwrap_or_default();
    let lines: Vec<ChapterLine> = CHAPTERS
        .iter()
        .map(|chapter| ChapterLine {
            clauses: of(chapter.code, false),
            derived: of(chapter.code, true),
            open: sight.opens(chapter.code),
            chapter: chapter.into(),
        })
        .collect();
    Answer::ok(&lines)
}
