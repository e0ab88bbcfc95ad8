//! Disputes: to give to a mediator, to mediate, to close.

use diesel::{dsl::not, prelude::*};
use diesel_async::RunQueryDsl;
use wuye_domain::access::{Actor, Permission, PostCode};

use super::super::unfinished;
use super::assignments;
use crate::{Conn, Failure, in_scope, none, pile, schema::disputes, scope::Predicate, workbench::Pile};

macro_rules! columns {
    ($table:ident) => {
        (
            $table::id,
            $table::no.nullable(),
            $table::subject,
            $table::estate_id.nullable(),
            $table::step_due_at,
            $table::opened_at,
            none!(Text),
            $table::state.nullable(),
            none!(Uuid),
            none!(Text),
        )
    };
}
pub(super) use columns;

/// Above the officer whoever holds the post mediates, with no assignment on the record.
const BY_POST: [PostCode; 3] = [PostCode::Pubsup, PostCode::Asstmgr, PostCode::Cscmgr];

fn mine(actor: &Actor) -> Predicate<disputes::table> {
    let given = assignments(actor, Permission::DisputeMediate);
    let mut mine: Predicate<disputes::table> = Box::new(
        disputes::responsible_assignment
            .is_not_null()
            .and(disputes::responsible_assignment.assume_not_null().eq_any(given)),
    );
    for held in actor.posts.iter().filter(|held| BY_POST.contains(&held.post)) {
        if let Some(estate) = held.estate {
            let here = disputes::responsible_assignment
                .is_null()
                .and(disputes::responsible_post.eq(held.post.code()))
                .and(disputes::estate_id.eq(estate.0));
            mine = Box::new(mine.or(here));
        }
    }
    mine
}

pub(super) async fn waiting(mut conn: &Conn, actor: &Actor) -> Result<Vec<Pile>, Failure> {
    let mut piles = Vec::new();
    if let Ok(scope) = actor.scope(Permission::DisputeAssign) {
        let open = disputes::table
            .filter(unfinished::disputes())
            .filter(in_scope!(disputes, &scope))
            .filter(disputes::state.eq("opened"));
        piles.push(
            pile!(&mut conn, DisputesToAssign, Dispute, open, by: (disputes::step_due_at, disputes::id), columns!(disputes)),
        );
    }
    if !actor.may(Permission::DisputeMediate) {
        return Ok(piles);
    }
    let mediated = disputes::table
        .filter(unfinished::disputes())
        .filter(mine(actor))
        .filter(disputes::state.eq_any([
            "mediating",
            "escalated_to_pubsup",
            "escalated_to_asstmgr",
            "escalated_to_cscmgr",
        ]));
    piles.push(
        pile!(&mut conn, MyDisputes, Dispute, mediated, by: (disputes::step_due_at, disputes::id), columns!(disputes)),
    );
    // What costs money is closed once its cost is decided.
    let over = disputes::table
        .filter(unfinished::disputes())
        .filter(mine(actor))
        .filter(disputes::state.eq_any(["settled", "referred"]))
        .filter(not(disputes::cost_decision.is_not_distinct_from("pending")));
    piles.push(
        pile!(&mut conn, DisputesToClose, Dispute, over, by: (disputes::opened_at, disputes::id), columns!(disputes)),
    );
    Ok(piles)
}
