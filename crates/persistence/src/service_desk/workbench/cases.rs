//! Cases: to acknowledge, to give to somebody, to look into, to answer, to close.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use wuye_domain::access::{Actor, Permission};

use super::{super::unfinished, assignments, runs_the_desk};
use crate::{
    Conn, Failure, in_scope, none, pile,
    schema::{case_findings, cases},
    workbench::Pile,
};

/// States in which a case is looked into or dealt with.
const IN_HAND: [&str; 3] = ["investigating", "validity_decided", "handling"];

macro_rules! columns {
    ($table:ident, $due:expr) => {
        (
            $table::id,
            $table::no.nullable(),
            $table::text,
            $table::estate_id.nullable(),
            $due.nullable(),
            $table::received_at,
            none!(Text),
            $table::state.nullable(),
            $table::house_id,
            none!(Text),
        )
    };
}
pub(super) use columns;

macro_rules! cases_pile {
    ($conn:expr, $kind:ident, $query:expr) => {
        cases_pile!($conn, $kind, $query, cases::due_at)
    };
    ($conn:expr, $kind:ident, $query:expr, $due:expr) => {
        pile!($conn, $kind, Case, $query, by: ($due, cases::id), columns!(cases, $due))
    };
}

pub(super) async fn waiting(mut conn: &Conn, actor: &Actor) -> Result<Vec<Pile>, Failure> {
    let mut piles = Vec::new();
    let mine = assignments(actor, Permission::CaseHandle);
    if !mine.is_empty() {
        let own = cases::table
            .filter(unfinished::cases())
            .filter(cases::responsible_assignment.eq_any(mine))
            .filter(cases::state.eq_any(IN_HAND));
        piles.push(cases_pile!(&mut conn, MyCases, own));
    }
    if !runs_the_desk(actor) {
        return Ok(piles);
    }
    let scope = actor.scope(Permission::CaseManage)?;
    let managed = || {
        cases::table
            .filter(unfinished::cases())
            .filter(in_scope!(cases, &scope))
    };
    piles.push(cases_pile!(
        &mut conn,
        CasesToAcknowledge,
        managed().filter(cases::acknowledged_at.is_null()),
        cases::acknowledge_due_at
    ));
    piles.push(cases_pile!(
        &mut conn,
        CasesToAssign,
        managed().filter(cases::state.eq("received"))
    ));
    piles.push(cases_pile!(
        &mut conn,
        CasesToAnswer,
        managed().filter(cases::state.eq("handling"))
    ));
    let checked = case_findings::table
        .filter(case_findings::closing_checked_at.is_not_null())
        .select(case_findings::case_id);
    // A valid complaint is checked first.
    piles.push(cases_pile!(
        &mut conn,
        CasesToClose,
        managed()
            .filter(cases::state.eq("replied"))
            .filter(cases::validity.is_distinct_from("valid").or(cases::id.eq_any(checked)))
    ));
    Ok(piles)
}
