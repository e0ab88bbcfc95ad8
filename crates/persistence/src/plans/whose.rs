//! Whose a duty is, as a condition on its row.

use diesel::prelude::*;
use uuid::Uuid;
use wuye_domain::{access::HeldPost, shared::EstateId};

use crate::schema::obligations;

/// What [`theirs`] asks for: the assignments of these held posts, and the posts themselves as far as they reach `estate`.
pub(super) fn keys<'a>(
    held: impl Iterator<Item = &'a HeldPost> + Clone,
    estate: EstateId,
) -> (Vec<Uuid>, Vec<&'static str>) {
    let here = |held: &&HeldPost| held.estate.is_none_or(|of| of == estate);
    (
        held.clone().map(|held| held.assignment.0).collect(),
        held.filter(here).map(|held| held.post.code()).collect(),
    )
}

/// The duties of these assignments, held or acted in, and what one of several does for one of these posts.
#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn theirs(assignments: Vec<Uuid>, posts: Vec<&'static str>) -> _ {
    obligations::responsible_assignment
        .is_not_null()
        .and(
            obligations::responsible_assignment
                .assume_not_null()
                .eq_any(assignments),
        )
        .or(obligations::responsible_assignment
            .is_null()
            .and(obligations::responsible_post.eq_any(posts)))
}
