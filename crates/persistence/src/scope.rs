//! A [`Scope`] as one predicate of a query.

use diesel::{expression::BoxableExpression, pg::Pg, sql_types::Bool};
use wuye_domain::access::Scope;

/// A boxed predicate over one table.
pub type Predicate<Table> = Box<dyn BoxableExpression<Table, Pg, SqlType = Bool>>;

/// Whether nothing needs to be asked: every row is open.
#[must_use]
pub const fn open(scope: &Scope) -> bool {
    scope.company()
}

/// The rows of `$table` that `$scope` opens. The table carries `estate_id`, `responsible_post`,
/// `responsible_assignment`, `squad_id`, `area_id` and `created_by`.
#[macro_export]
macro_rules! in_scope {
    ($table:ident, $scope:expr) => {{
        use ::diesel::prelude::*;
        use ::diesel::sql_types::Bool;
        use ::uuid::Uuid;
        let scope: &::wuye_domain::access::Scope = $scope;
        let estates: Vec<Uuid> = scope.estates().iter().map(|id| id.0).collect();
        let mut predicate: $crate::scope::Predicate<$table::table> = match estates[..] {
            _ if scope.company() => Box::new($crate::fixed::fixed::<Bool>("true")),
            // An equality: then an index by estate and time gives its rows in the order of time.
            [estate] => Box::new($table::estate_id.eq(estate)),
            _ => Box::new($table::estate_id.eq_any(estates)),
        };
        if !scope.company() {
            for line in scope.lines() {
                let posts: Vec<String> = line.posts.iter().map(|post| post.code().to_owned()).collect();
                let below = $table::estate_id
                    .eq(line.estate.0)
                    .and($table::responsible_post.eq_any(posts));
                predicate = match (line.squad, line.area) {
                    (Some(squad), _) => {
                        let same = $table::squad_id
                            .is_null()
                            .or($table::squad_id.assume_not_null().eq(squad.0));
                        Box::new(predicate.or(below.and(same)))
                    }
                    (None, Some(area)) => {
                        let same = $table::area_id
                            .is_null()
                            .or($table::area_id.assume_not_null().eq(area.0));
                        Box::new(predicate.or(below.and(same)))
                    }
                    (None, None) => Box::new(predicate.or(below)),
                };
            }
            if scope.own_elsewhere() {
                let assignments: Vec<Uuid> = scope.assignments().iter().map(|id| id.0).collect();
                if !assignments.is_empty() {
                    let own = $table::responsible_assignment
                        .is_not_null()
                        .and($table::responsible_assignment.assume_not_null().eq_any(assignments));
                    predicate = Box::new(predicate.or(own));
                }
                if let Some(employee) = scope.employee() {
                    let made = $table::created_by
                        .is_not_null()
                        .and($table::created_by.assume_not_null().eq(employee.0));
                    predicate = Box::new(predicate.or(made));
                }
            }
        }
        predicate
    }};
}

/// The rows of `$table` in the estates that `$scope` opens whole or in part: for what everyone in an estate may see.
#[macro_export]
macro_rules! in_estates {
    ($table:ident, $scope:expr) => {{
        use ::diesel::prelude::*;
        let scope: &::wuye_domain::access::Scope = $scope;
        let predicate: $crate::scope::Predicate<$table::table> = if scope.company() {
            Box::new($crate::fixed::fixed::<::diesel::sql_types::Bool>("true"))
        } else {
            let estates: Vec<::uuid::Uuid> = scope
                .estates()
                .iter()
                .copied()
                .chain(scope.lines().iter().map(|line| line.estate))
                .map(|id| id.0)
                .collect();
            Box::new($table::estate_id.eq_any(estates))
        };
        predicate
    }};
}
