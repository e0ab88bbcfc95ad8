//! A rule: which posts do what, how often, until when, and what proves it.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Cadence, DueRule, EvidenceKind};
use crate::access::PostCode;
use crate::shared::Text;
use crate::shared::period::Period;

/// Who receives what the duty brings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum To {
    /// The superior on the line.
    Line,
    /// These posts.
    Posts(Vec<PostCode>),
}

/// Whose duty it is where several people hold the post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shared {
    /// Each does it.
    Each,
    /// One of them does it for the post.
    Any,
}

/// A version of a rule. Versions of one code follow each other in time without overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its code: `OB-05`.
    pub code: String,
    /// When this version holds: for the turns that begin in it.
    pub period: Period,
    /// Switched off, nothing falls due by it.
    pub active: bool,
    /// The duty in a few words.
    pub name: Text,
    /// When, in words.
    pub timing: Text,
    /// Whose duty it is.
    pub posts: Vec<PostCode>,
    /// Whether each holder does it or one for all.
    pub shared: Shared,
    /// Who receives it.
    pub to: To,
    /// How often.
    pub cadence: Cadence,
    /// Until when.
    pub due: DueRule,
    /// What proves it.
    pub evidence: EvidenceKind,
    /// How many pieces of evidence a turn needs, by post; 1 where the post is not named.
    pub minimum: Vec<(PostCode, u16)>,
    /// A reminder that nobody is held to.
    pub optional: bool,
    /// The clauses it puts to work.
    pub clauses: Vec<String>,
}

impl Rule {
    /// How many pieces of evidence a turn of this post needs.
    #[must_use]
    pub fn minimum(&self, post: PostCode) -> u16 {
        let named = self.minimum.iter().find(|(named, _)| *named == post);
        named.map_or(1, |(_, count)| *count)
    }

    /// Whether this version holds for a turn that begins on the day.
    #[must_use]
    pub fn holds(&self, turn_from: NaiveDate) -> bool {
        self.active && self.period.contains(turn_from)
    }
}
