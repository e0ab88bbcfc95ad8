//! Which briefings a scope opens: those given by the posts it opens, and those that are heard there.

use diesel::prelude::*;
use wuye_domain::access::Scope;

use crate::{in_scope, schema::briefings, scope::Predicate};

/// The briefings that `scope` opens. Whoever stands at or above the post that hears one reads it, wherever a rule sends it.
pub(super) fn visible(scope: &Scope) -> Predicate<briefings::table> {
    let mut predicate = in_scope!(briefings, scope);
    if scope.company() {
        return predicate;
    }
    for line in scope.lines() {
        let posts: Vec<String> = line.posts.iter().map(|post| post.code().to_owned()).collect();
        let heard_there = briefings::estate_id
            .eq(line.estate.0)
            .and(briefings::to_post.eq_any(posts));
        // The reporter is of the hearer's squad or area where there are several.
        predicate = match (line.squad, line.area) {
            (Some(squad), _) => {
                let same = briefings::squad_id
                    .is_null()
                    .or(briefings::squad_id.assume_not_null().eq(squad.0));
                Box::new(predicate.or(heard_there.and(same)))
            }
            (None, Some(area)) => {
                let same = briefings::area_id
                    .is_null()
                    .or(briefings::area_id.assume_not_null().eq(area.0));
                Box::new(predicate.or(heard_there.and(same)))
            }
            (None, None) => Box::new(predicate.or(heard_there)),
        };
    }
    predicate
}
