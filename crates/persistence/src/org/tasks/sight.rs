//! Which tasks a scope opens: those of the posts it opens, and those given from them. A task has two sides, and whoever
//! follows in the giver's post or stands above it reads what was given from there.

use diesel::prelude::*;
use uuid::Uuid;
use wuye_domain::access::Scope;

use crate::{in_scope, schema::tasks, scope::Predicate};

/// The tasks that `scope` opens.
pub(super) fn visible(scope: &Scope) -> Predicate<tasks::table> {
    let mut predicate = in_scope!(tasks, scope);
    if scope.company() {
        return predicate;
    }
    for line in scope.lines() {
        let posts: Vec<String> = line.posts.iter().map(|post| post.code().to_owned()).collect();
        let from_there = tasks::estate_id.eq(line.estate.0).and(tasks::given_post.eq_any(posts));
        // The giver was of the assignee's squad or area where there are several.
        predicate = match (line.squad, line.area) {
            (Some(squad), _) => {
                let same = tasks::squad_id
                    .is_null()
                    .or(tasks::squad_id.assume_not_null().eq(squad.0));
                Box::new(predicate.or(from_there.and(same)))
            }
            (None, Some(area)) => {
                let same = tasks::area_id.is_null().or(tasks::area_id.assume_not_null().eq(area.0));
                Box::new(predicate.or(from_there.and(same)))
            }
            (None, None) => Box::new(predicate.or(from_there)),
        };
    }
    Box::new(predicate.or(given(scope)).or(had(scope)))
}

/// The tasks to do of the one who asks: their own, and those of the assignments they act in.
pub(super) fn had(scope: &Scope) -> Predicate<tasks::table> {
    let assignments = assignments(scope);
    let acting = tasks::responsible_assignment
        .is_not_null()
        .and(tasks::responsible_assignment.assume_not_null().eq_any(assignments));
    match scope.employee() {
        Some(person) => Box::new(tasks::assignee_id.eq(person.0).or(acting)),
        None => Box::new(acting),
    }
}

/// The tasks given by the one who asks, or from the assignments they act in.
pub(super) fn given(scope: &Scope) -> Predicate<tasks::table> {
    let assignments = assignments(scope);
    let acting = tasks::given_assignment
        .is_not_null()
        .and(tasks::given_assignment.assume_not_null().eq_any(assignments));
    match scope.employee() {
        Some(person) => {
            let own = tasks::created_by
                .is_not_null()
                .and(tasks::created_by.assume_not_null().eq(person.0));
            Box::new(own.or(acting))
        }
        None => Box::new(acting),
    }
}

fn assignments(scope: &Scope) -> Vec<Uuid> {
    scope.assignments().iter().map(|id| id.0).collect()
}
