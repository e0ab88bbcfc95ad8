//! Who reports to whom: what the rules of duties say of a post.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::access::PostCode;
use crate::org::Responsible;
use crate::org::tree::Tree;
use crate::plans::obligations::To;
use crate::shared::EmployeeId;

/// Posts that may give their superior a morning briefing although no clause asks them to.
const OPTIONAL: &[PostCode] = &[PostCode::Finsup];

/// A briefing that somebody owes, or wants to give, on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The rule it falls due by; `None` where nobody asks for it.
    pub rule: Option<String>,
    /// The post that reports, and whose assignment.
    pub responsible: Responsible,
    /// The person who holds that assignment; `None` where one of several holders reports for the post.
    pub employee: Option<EmployeeId>,
    /// Until when.
    pub due_at: Option<DateTime<Utc>>,
    /// The shift that is reported on.
    pub shift: Option<Uuid>,
}

/// The posts that hear what `post` reports by a rule that sends its results to `to`. Nobody reports to themselves.
#[must_use]
pub fn receivers(to: &To, post: PostCode, tree: &Tree, on: NaiveDate) -> Vec<PostCode> {
    let mut named = match to {
        To::Line => tree.parent(post, on).into_iter().collect(),
        To::Posts(posts) => posts.clone(),
    };
    named.retain(|to| *to != post);
    named.dedup();
    named
}

/// To whom a post may report that no rule asks to.
#[must_use]
pub fn optional_line(post: PostCode, tree: &Tree, on: NaiveDate) -> Option<PostCode> {
    OPTIONAL.contains(&post).then(|| tree.parent(post, on)).flatten()
}
