//! The dispute register.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;
use wuye_domain::{
    access::Scope,
    service_desk::disputes::{Dispute, DisputeFilter, DisputeSort, DisputeState},
    shared::ListRequest,
};

use super::rows::Row;
use crate::{
    Conn, Failure, Rows, found, in_scope, keyset,
    schema::{dispute_parties, disputes},
    search::Search,
    split_next,
};

/// The disputes that `scope` opens and `filter` wants; `now` decides what is overdue.
///
/// # Errors
/// `validation_failed` for a cursor of another list.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &DisputeFilter,
    now: DateTime<Utc>,
    request: &ListRequest<DisputeSort>,
) -> Result<Rows<Dispute>, Failure> {
    let search = match &filter.q {
        Some(q) => Some(Search::of(conn, "disputes", q).await?),
        None => None,
    };
    let filtered = |search: Option<&Search>| {
        let mut query = disputes::table.filter(in_scope!(disputes, scope)).into_boxed();
        if let Some(estate) = filter.estate_id {
            query = query.filter(disputes::estate_id.eq(estate.0));
        }
        if let Some(kind) = filter.kind {
            query = query.filter(disputes::kind.eq(kind.code()));
        }
        if let Some(state) = filter.state {
            query = query.filter(disputes::state.eq(state.code()));
        }
        if let Some(level) = filter.level {
            query = query.filter(disputes::level.eq(level.code()));
        }
        if let Some(mediator) = filter.mediator_id {
            query = query.filter(disputes::mediator_id.eq(mediator.0));
        }
        if let Some(case) = filter.origin_case {
            query = query.filter(disputes::origin_case.eq(case.0));
        }
        if let Some(house) = filter.house_id {
            let of_house = dispute_parties::table
                .filter(dispute_parties::house_id.eq(house))
                .select(dispute_parties::dispute_id);
            query = query.filter(disputes::id.eq_any(of_house));
        }
        let waits = disputes::cost_decision.is_not_distinct_from("pending");
        match filter.cost_pending {
            Some(true) => query = query.filter(waits),
            Some(false) => query = query.filter(diesel::dsl::not(waits)),
            None => {}
        }
        let closed = disputes::state.eq(DisputeState::Closed.code());
        match filter.open {
            Some(true) => query = query.filter(diesel::dsl::not(closed)),
            Some(false) => query = query.filter(closed),
            None => {}
        }
        match filter.overdue {
            Some(true) => query = query.filter(disputes::step_due_at.lt(now)),
            Some(false) => {
                query = query.filter(disputes::step_due_at.is_null().or(disputes::step_due_at.ge(now)));
            }
            None => {}
        }
        if let Some(from) = filter.opened_from {
            query = query.filter(disputes::opened_at.ge(from));
        }
        if let Some(until) = filter.opened_until {
            query = query.filter(disputes::opened_at.lt(until));
        }
        if let Some(search) = search {
            query = query.filter(found!(disputes, search));
        }
        query
    };
    let total = if request.count {
        let counted = search.as_ref().map(Search::counted);
        Some(filtered(counted.as_ref()).count().get_result(conn).await?)
    } else {
        None
    };
    let query = filtered(search.as_ref()).select(Row::as_select());
    let rows: Vec<Row> = match request.sort {
        DisputeSort::OpenedAt => {
            keyset!(query, request, disputes::opened_at, disputes::id, DateTime<Utc>)
                .load(conn)
                .await?
        }
        DisputeSort::No => {
            keyset!(query, request, disputes::no, disputes::id, String)
                .load(conn)
                .await?
        }
    };
    let rows = rows.into_iter().map(Dispute::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(split_next(rows, request.limit, total, |dispute| {
        let value = match request.sort {
            DisputeSort::OpenedAt => json!(dispute.opened_at),
            DisputeSort::No => json!(dispute.no),
        };
        (value, dispute.id.0)
    }))
}

/// Disputes whose settlement waits for the decision on its cost.
///
/// # Errors
/// As the database says.
pub async fn with_cost_pending(conn: &mut Conn, scope: &Scope) -> Result<Vec<Dispute>, Failure> {
    let rows: Vec<Row> = disputes::table
        .filter(in_scope!(disputes, scope))
        .filter(disputes::state.eq(DisputeState::Settled.code()))
        .filter(disputes::cost_decision.is_not_distinct_from("pending"))
        .order(disputes::id)
        .select(Row::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(Dispute::try_from).collect()
}
