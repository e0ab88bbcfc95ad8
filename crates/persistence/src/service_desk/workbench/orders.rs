//! Repairs: to dispatch, to carry out, to verify, to close.

use diesel::{dsl::exists, prelude::*, sql_types};
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, Permission},
    shared::SubjectKind,
};

use super::{super::unfinished, WITH_TECHNICIAN, assignments, runs_the_desk};
use crate::{
    Conn, Failure,
    fixed::{Fixed, fixed},
    in_scope, pile,
    schema::{repair_requests, work_orders},
    workbench::{PER_KIND, Pile, Waiting, WorkKind, in_all},
};

macro_rules! request_columns {
    () => {
        (
            repair_requests::id,
            repair_requests::no.nullable(),
            repair_requests::text,
            repair_requests::estate_id.nullable(),
            repair_requests::dispatch_due_at.nullable(),
            repair_requests::requested_at,
            repair_requests::urgency.nullable(),
            repair_requests::state.nullable(),
            repair_requests::house_id,
            repair_requests::place_text,
        )
    };
}
pub(super) use request_columns;

/// The limit that runs now, as the rule has it: to answer, then to finish.
pub(super) fn running_limit() -> Fixed<sql_types::Timestamptz> {
    fixed(
        "CASE WHEN work_orders.state = 'dispatched' \
         THEN least(work_orders.response_due_at, work_orders.finish_due_at) ELSE work_orders.finish_due_at END",
    )
}

/// Orders in the words of their requests, nearest limit first.
pub(super) async fn items(mut conn: &Conn, ids: Vec<Uuid>) -> Result<Vec<Waiting>, Failure> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(work_orders::table
        .inner_join(repair_requests::table)
        .filter(work_orders::id.eq_any(ids))
        .order((running_limit(), work_orders::id))
        .select((
            work_orders::id,
            work_orders::no.nullable(),
            repair_requests::text,
            work_orders::estate_id.nullable(),
            running_limit().nullable(),
            work_orders::dispatched_at,
            work_orders::urgency.nullable(),
            work_orders::state.nullable(),
            repair_requests::house_id,
            repair_requests::place_text,
        ))
        .load(&mut conn)
        .await?)
}

/// A pile of orders: counted and cut by the orders alone, then put into words.
macro_rules! orders_pile {
    ($conn:ident, $kind:ident, $query:expr) => {{
        let first: Vec<(Uuid, i64)> = $query
            .order((running_limit(), work_orders::id))
            .limit(PER_KIND)
            .select((work_orders::id, in_all()))
            .load(&mut $conn)
            .await?;
        Pile {
            kind: WorkKind::$kind,
            subject: SubjectKind::WorkOrder,
            count: first.as_slice().first().map_or(0, |(_, count)| *count),
            items: items($conn, first.into_iter().map(|(id, _)| id).collect()).await?,
        }
    }};
}
pub(super) use orders_pile;

pub(super) async fn waiting(mut conn: &Conn, actor: &Actor) -> Result<Vec<Pile>, Failure> {
    let mut piles = Vec::new();
    let mine = assignments(actor, Permission::OrderWork);
    if !mine.is_empty() {
        let own = work_orders::table
            .filter(unfinished::orders())
            .filter(work_orders::responsible_assignment.eq_any(mine))
            .filter(work_orders::state.eq_any(WITH_TECHNICIAN));
        piles.push(orders_pile!(conn, MyOrders, own));
    }
    if !runs_the_desk(actor) {
        return Ok(piles);
    }
    let scope = actor.scope(Permission::OrderDispatch)?;
    piles.push(pile!(
        &mut conn,
        RequestsToDispatch,
        RepairRequest,
        repair_requests::table
            .filter(unfinished::requests())
            .filter(in_scope!(repair_requests, &scope)),
        by: (repair_requests::dispatch_due_at, repair_requests::id),
        request_columns!()
    ));
    let dispatched = || {
        work_orders::table
            .filter(unfinished::orders())
            .filter(in_scope!(work_orders, &scope))
    };
    piles.push(orders_pile!(
        conn,
        OrdersToVerify,
        dispatched().filter(work_orders::state.eq("done"))
    ));
    // No resident waits for it, so no visit closes it by itself; or the visited resident was not content.
    // Asked of each of the few orders: as a set of requests it would be all of the history.
    let unvisited = exists(
        repair_requests::table
            .filter(repair_requests::id.eq(work_orders::request_id))
            .filter(repair_requests::source.ne("owner"))
            .filter(repair_requests::party_id.is_null())
            .filter(repair_requests::contact_phone.is_null()),
    );
    let over = dispatched().filter(
        work_orders::state
            .eq("visited")
            .or(work_orders::state.eq("verified").and(unvisited)),
    );
    piles.push(orders_pile!(conn, OrdersToClose, over));
    Ok(piles)
}
