//! What is late below on the line and has climbed to one of the actor's posts.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, Permission},
    shared::SubjectKind,
};

use super::{
    super::unfinished,
    AWAITS_REPLY, WITH_TECHNICIAN, cases, disputes,
    orders::{items, orders_pile, request_columns, running_limit},
    reports, visits,
};
use crate::{
    Conn, Failure, has_climbed_to, in_estates, in_scope, none,
    org::climbs,
    pile,
    schema::{
        cases as case_rows, disputes as dispute_rows, repair_requests, resident_reports, visits as visit_rows,
        work_orders,
    },
    workbench::{PER_KIND, Pile, WorkKind, in_all},
};

pub(super) async fn waiting(mut conn: &Conn, actor: &Actor, now: DateTime<Utc>) -> Result<Vec<Pile>, Failure> {
    let mut piles = Vec::new();
    if actor.posts.iter().all(|held| held.below.is_empty()) {
        return Ok(piles);
    }
    let posts = climbs::posts(actor);
    if let Ok(scope) = actor.scope(Permission::RepairRead) {
        use repair_requests::dispatch_due_at as due;
        let undispatched = repair_requests::table
            .filter(unfinished::requests())
            .filter(in_scope!(repair_requests, &scope))
            .filter(due.lt(now))
            .filter(has_climbed_to!(repair_requests, due, posts.clone()));
        piles.push(pile!(
            &mut conn,
            OverdueRequests,
            RepairRequest,
            undispatched,
            by: (due, repair_requests::id),
            request_columns!()
        ));
        let running = work_orders::table
            .filter(unfinished::orders())
            .filter(in_scope!(work_orders, &scope))
            .filter(work_orders::state.eq_any(WITH_TECHNICIAN).and(running_limit().lt(now)))
            .filter(has_climbed_to!(work_orders, running_limit(), posts.clone()));
        piles.push(orders_pile!(conn, OverdueOrders, running));
    }
    if let Ok(scope) = actor.scope(Permission::CaseRead) {
        use case_rows as rows;
        let unanswered = {
            let reply = rows::state.eq_any(AWAITS_REPLY).and(rows::due_at.lt(now));
            let told = rows::acknowledged_at.is_null().and(rows::acknowledge_due_at.lt(now));
            rows::table
                .filter(unfinished::cases())
                .filter(in_scope!(rows, &scope))
                .filter(
                    reply
                        .and(has_climbed_to!(rows, rows::due_at, posts.clone()))
                        .or(told.and(has_climbed_to!(rows, rows::acknowledge_due_at, posts.clone()))),
                )
        };
        piles.push(pile!(
            &mut conn,
            OverdueCases,
            Case,
            unanswered,
            by: (rows::due_at, rows::id),
            cases::columns!(rows, rows::due_at)
        ));
    }
    if let Ok(scope) = actor.scope(Permission::DisputeRead) {
        use dispute_rows as rows;
        let due = rows::step_due_at.assume_not_null();
        let unsettled = rows::table
            .filter(unfinished::disputes())
            .filter(in_scope!(rows, &scope))
            .filter(rows::step_due_at.is_not_null().and(due.lt(now)))
            .filter(has_climbed_to!(rows, due, posts.clone()));
        piles
            .push(pile!(&mut conn, OverdueDisputes, Dispute, unsettled, by: (due, rows::id), disputes::columns!(rows)));
    }
    if let Ok(scope) = actor.scope(Permission::VisitRead) {
        use visit_rows as rows;
        let unmade = rows::table
            .filter(unfinished::visits())
            .filter(in_scope!(rows, &scope))
            .filter(rows::state.eq_any(["due", "unreachable"]).and(rows::due_at.lt(now)))
            .filter(has_climbed_to!(rows, rows::due_at, posts.clone()));
        piles
            .push(pile!(&mut conn, OverdueVisits, Visit, unmade, by: (rows::due_at, rows::id), visits::columns!(rows)));
    }
    if let Ok(scope) = actor.scope(Permission::ReportRead) {
        use resident_reports as rows;
        let untaken = rows::table
            .filter(unfinished::reports())
            .filter(in_estates!(rows, &scope))
            .filter(rows::due_at.lt(now))
            .filter(has_climbed_to!(rows, rows::due_at, posts.clone()));
        piles.push(pile!(
            &mut conn,
            OverdueReports,
            ResidentReport,
            untaken,
            by: (rows::due_at, rows::id),
            reports::columns!(rows)
        ));
    }
    Ok(piles)
}
