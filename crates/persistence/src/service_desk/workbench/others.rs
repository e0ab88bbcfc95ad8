//! Reports of residents, disputes and return visits.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use wuye_domain::access::{Actor, Permission};

use super::{assignments, person};
use crate::{
    Conn, Failure, in_estates, in_scope, none, pile,
    schema::{disputes, resident_reports as reports, visits},
    workbench::Pile,
};

macro_rules! columns {
    () => {
        (
            disputes::id,
            disputes::no.nullable(),
            disputes::subject,
            disputes::estate_id.nullable(),
            disputes::step_due_at,
            disputes::opened_at,
            none!(Text),
            disputes::state.nullable(),
            none!(Uuid),
            none!(Text),
        )
    };
}

pub(super) async fn waiting(conn: &mut Conn, actor: &Actor) -> Result<Vec<Pile>, Failure> {
    let mut piles = Vec::new();
    if let Ok(scope) = actor.scope(Permission::ReportTriage) {
        piles.push(pile!(
            conn,
            ReportsToTriage,
            ResidentReport,
            reports::table
                .filter(in_estates!(reports, &scope))
                .filter(reports::state.eq("received")),
            by: (reports::received_at, reports::id),
            (
                reports::id,
                reports::no.nullable(),
                reports::text,
                reports::estate_id.nullable(),
                none!(Timestamptz),
                reports::received_at,
                none!(Text),
                reports::kind.nullable(),
                none!(Uuid),
                reports::location,
            )
        ));
    }
    if let Ok(scope) = actor.scope(Permission::VisitDo) {
        let me = person(actor);
        piles.push(pile!(
            conn,
            VisitsDue,
            Visit,
            visits::table
                .filter(in_scope!(visits, &scope))
                .filter(visits::state.eq_any(["due", "unreachable"]))
                .filter(diesel::dsl::not(visits::excluded.contains(vec![Some(me)]))),
            by: (visits::due_at, visits::id),
            (
                visits::id,
                visits::no.nullable(),
                visits::title,
                visits::estate_id.nullable(),
                visits::due_at.nullable(),
                visits::created_at,
                none!(Text),
                visits::state.nullable(),
                visits::house_id,
                none!(Text),
            )
        ));
    }
    if let Ok(scope) = actor.scope(Permission::DisputeAssign) {
        let open = || {
            disputes::table
                .filter(in_scope!(disputes, &scope))
                .filter(disputes::state.eq("opened"))
        };
        piles.push(pile!(conn, DisputesToAssign, Dispute, open(), by: (disputes::opened_at, disputes::id), columns!()));
    }
    let mine = assignments(actor, Permission::DisputeMediate);
    if !mine.is_empty() {
        let own = || {
            disputes::table
                .filter(disputes::responsible_assignment.eq_any(mine.clone()))
                .filter(disputes::state.eq_any([
                    "mediating",
                    "escalated_to_pubsup",
                    "escalated_to_asstmgr",
                    "escalated_to_cscmgr",
                ]))
        };
        piles.push(pile!(conn, MyDisputes, Dispute, own(), by: (disputes::step_due_at, disputes::id), columns!()));
    }
    Ok(piles)
}
