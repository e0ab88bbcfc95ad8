//! What is late below a leader on the line.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, Permission, Scope},
    shared::SubjectKind,
};

use super::{cases, orders};
use crate::{
    Conn, Failure, in_scope, none, pile,
    schema::{cases as cases_table, repair_requests, work_orders},
    workbench::{PER_KIND, Pile, WorkKind},
};

pub(super) async fn waiting(conn: &mut Conn, actor: &Actor, now: DateTime<Utc>) -> Result<Vec<Pile>, Failure> {
    let mut piles = Vec::new();
    if actor.posts.iter().all(|held| held.below.is_empty()) {
        return Ok(piles);
    }
    if let Ok(scope) = actor.scope(Permission::RepairRead) {
        piles.push(late_orders(conn, &scope, now).await?);
    }
    if let Ok(scope) = actor.scope(Permission::CaseRead) {
        let late = || {
            let mut states = cases::IN_HAND.to_vec();
            states.push("received");
            cases_table::table
                .filter(in_scope!(cases_table, &scope))
                .filter(cases_table::state.eq_any(states))
                .filter(cases_table::due_at.lt(now))
        };
        piles.push(pile!(
            conn,
            OverdueCases,
            Case,
            late(),
            by: (cases_table::due_at, cases_table::id),
            (
                cases_table::id,
                cases_table::no.nullable(),
                cases_table::text,
                cases_table::estate_id.nullable(),
                cases_table::due_at.nullable(),
                cases_table::received_at,
                none!(Text),
                cases_table::state.nullable(),
                cases_table::house_id,
                none!(Text),
            )
        ));
    }
    Ok(piles)
}

async fn late_orders(conn: &mut Conn, scope: &Scope, now: DateTime<Utc>) -> Result<Pile, Failure> {
    let late = || {
        work_orders::table
            .filter(in_scope!(work_orders, scope))
            .filter(work_orders::state.eq_any(orders::WITH_TECHNICIAN))
            .filter(work_orders::finish_due_at.lt(now))
    };
    let count: i64 = late().count().get_result(conn).await?;
    let first: Vec<Uuid> = late()
        .order((work_orders::finish_due_at, work_orders::id))
        .limit(PER_KIND)
        .select(work_orders::id)
        .load(conn)
        .await?;
    let items = work_orders::table
        .inner_join(repair_requests::table)
        .filter(work_orders::id.eq_any(first))
        .order((work_orders::finish_due_at, work_orders::id))
        .select((
            work_orders::id,
            work_orders::no.nullable(),
            repair_requests::text,
            work_orders::estate_id.nullable(),
            work_orders::finish_due_at.nullable(),
            work_orders::dispatched_at,
            work_orders::urgency.nullable(),
            work_orders::state.nullable(),
            repair_requests::house_id,
            repair_requests::place_text,
        ))
        .load(conn)
        .await?;
    Ok(Pile {
        kind: WorkKind::OverdueOrders,
        subject: SubjectKind::WorkOrder,
        count,
        items,
    })
}
