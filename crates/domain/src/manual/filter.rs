//! Which clauses, in which order.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{Capability, ChapterCode, ClauseOrigin, Frequency, SoftwareCan};
use crate::access::PostCode;
use crate::shared::SearchText;

/// Which clauses.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ClauseFilter {
    /// Only of this chapter.
    pub chapter: Option<ChapterCode>,
    /// Only those that bind this post; what binds the whole staff included.
    pub post: Option<PostCode>,
    /// Only those that this capability serves.
    pub capability: Option<Capability>,
    /// How often they ask for something.
    pub frequency: Option<Frequency>,
    /// Where they come from.
    pub origin: Option<ClauseOrigin>,
    /// How far software can carry them.
    pub can: Option<SoftwareCan>,
    /// As the text stands on this day; today when absent. Another day than today is for heads and above.
    pub on: Option<NaiveDate>,
    /// Words in Chinese or English, or a clause's id.
    pub q: Option<SearchText>,
}
