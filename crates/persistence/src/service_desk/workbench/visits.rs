//! Return visits: to make, to follow up.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use wuye_domain::access::{Actor, Permission};

use super::{super::unfinished, person};
use crate::{Conn, Failure, in_scope, none, pile, schema::visits, workbench::Pile};

macro_rules! columns {
    ($table:ident) => {
        (
            $table::id,
            $table::no.nullable(),
            $table::title,
            $table::estate_id.nullable(),
            $table::due_at.nullable(),
            $table::created_at,
            none!(Text),
            $table::state.nullable(),
            $table::house_id,
            none!(Text),
        )
    };
}
pub(super) use columns;

/// Never what is about the actor's own work.
pub(super) async fn waiting(mut conn: &Conn, actor: &Actor) -> Result<Vec<Pile>, Failure> {
    let mut piles = Vec::new();
    let Ok(scope) = actor.scope(Permission::VisitDo) else {
        return Ok(piles);
    };
    let me = person(actor);
    let in_states = |states: &'static [&'static str]| {
        visits::table
            .filter(unfinished::visits())
            .filter(in_scope!(visits, &scope))
            .filter(visits::state.eq_any(states))
            .filter(diesel::dsl::not(visits::excluded.contains(vec![Some(me)])))
    };
    piles.push(pile!(
        &mut conn,
        VisitsDue,
        Visit,
        in_states(&["due", "unreachable"]),
        by: (visits::due_at, visits::id),
        columns!(visits)
    ));
    piles.push(pile!(
        &mut conn,
        VisitsToFollowUp,
        Visit,
        in_states(&["done", "followed_up"]),
        by: (visits::due_at, visits::id),
        columns!(visits)
    ));
    Ok(piles)
}
