//! What of the annual goals waits for whom.

use chrono::{DateTime, Days, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use wuye_domain::{
    access::{Actor, Permission, PostCode},
    shared::zone::{DEFAULT_ZONE, business_date},
};

use crate::{
    Conn, Failure, none, pile,
    schema::{estates, goal_sets as sets},
    workbench::Pile,
};

/// How long an approval stands before the general manager.
const INFORMED: Days = Days::new(14);

macro_rules! columns {
    () => {
        (
            sets::id,
            none!(Text),
            estates::name,
            sets::estate_id.nullable(),
            none!(Timestamptz),
            sets::updated_at,
            none!(Text),
            sets::state.nullable(),
            none!(Uuid),
            diesel::dsl::sql::<diesel::sql_types::Nullable<diesel::sql_types::Text>>("goal_sets.year::text"),
        )
    };
}

/// Everything of the goals that waits for this actor.
///
/// # Errors
/// As the database says.
pub async fn waiting(conn: &mut Conn, actor: &Actor, now: DateTime<Utc>) -> Result<Vec<Pile>, Failure> {
    use chrono::Datelike;
    let me = actor.employee.map(|id| id.0).unwrap_or_default();
    let year = business_date(now, DEFAULT_ZONE).year();
    let mut piles = Vec::new();
    if let Ok(scope) = actor.scope(Permission::GoalApprove) {
        let within: Vec<uuid::Uuid> = scope.estates().iter().map(|id| id.0).collect();
        let own = || {
            sets::table
                .inner_join(estates::table)
                .filter(sets::estate_id.eq_any(within.clone()))
        };
        piles.push(pile!(
            conn,
            GoalsToApprove,
            GoalSet,
            own().filter(sets::state.eq("draft").and(sets::drafted_by.ne(me))),
            by: (sets::year, sets::id),
            columns!()
        ));
        piles.push(pile!(
            conn,
            GoalsToSign,
            GoalSet,
            own().filter(sets::state.eq("approved").and(sets::year.lt(year))),
            by: (sets::year, sets::id),
            columns!()
        ));
    }
    if actor.posts.iter().any(|held| held.post == PostCode::Gm) {
        let since = now - INFORMED;
        piles.push(pile!(
            conn,
            GoalsForInformation,
            GoalSet,
            sets::table
                .inner_join(estates::table)
                .filter(sets::approved_at.is_not_null().and(sets::approved_at.assume_not_null().gt(since))),
            by: (sets::year, sets::id),
            columns!()
        ));
    }
    Ok(piles)
}
