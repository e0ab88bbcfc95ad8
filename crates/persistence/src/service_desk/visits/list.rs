//! The return-visit register.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;
use wuye_domain::{
    access::Scope,
    service_desk::visits::{Visit, VisitFilter, VisitSort},
    shared::{EmployeeId, ListRequest},
};

use super::rows::Row;
use crate::{Conn, Failure, Rows, found, in_scope, keyset, schema::visits, search::Search, split_next};

/// The visits that `scope` opens and `filter` wants; `me` is the caller, `now` decides what is overdue.
///
/// # Errors
/// `validation_failed` for a cursor of another list.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &VisitFilter,
    me: Option<EmployeeId>,
    now: DateTime<Utc>,
    request: &ListRequest<VisitSort>,
) -> Result<Rows<Visit>, Failure> {
    let search = match &filter.q {
        Some(q) => Some(Search::of(conn, "visits", q).await?),
        None => None,
    };
    let filtered = |search: Option<&Search>| {
        let mut query = visits::table.filter(in_scope!(visits, scope)).into_boxed();
        if let Some(estate) = filter.estate_id {
            query = query.filter(visits::estate_id.eq(estate.0));
        }
        if let Some(state) = filter.state {
            query = query.filter(visits::state.eq(state.code()));
        }
        if let Some(subject) = filter.subject {
            query = query.filter(visits::subject_kind.eq(subject.code()));
        }
        if let Some(id) = filter.subject_id {
            query = query.filter(visits::subject_id.eq(id));
        }
        if let Some(reason) = filter.reason {
            query = query.filter(visits::reason.eq(reason.code()));
        }
        if let Some(result) = filter.result {
            query = query.filter(visits::result.eq(result.code()));
        }
        if let Some(visitor) = filter.visitor_id {
            query = query.filter(visits::visitor_id.eq(visitor.0));
        }
        if let Some(house) = filter.house_id {
            query = query.filter(visits::house_id.eq(house));
        }
        if let Some(me) = me.filter(|_| filter.mine == Some(true)) {
            query = query.filter(diesel::dsl::not(visits::excluded.contains(vec![Some(me.0)])));
        }
        let open = visits::state.ne("closed");
        match filter.open {
            Some(true) => query = query.filter(open),
            Some(false) => query = query.filter(diesel::dsl::not(open)),
            None => {}
        }
        let late = visits::state.eq_any(["due", "unreachable"]).and(visits::due_at.lt(now));
        match filter.overdue {
            Some(true) => query = query.filter(late),
            Some(false) => query = query.filter(diesel::dsl::not(late)),
            None => {}
        }
        if let Some(from) = filter.due_from {
            query = query.filter(visits::due_at.ge(from));
        }
        if let Some(until) = filter.due_until {
            query = query.filter(visits::due_at.lt(until));
        }
        if let Some(search) = search {
            query = query.filter(found!(visits, search));
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
        VisitSort::DueAt => {
            keyset!(query, request, visits::due_at, visits::id, DateTime<Utc>)
                .load(conn)
                .await?
        }
        VisitSort::CreatedAt => {
            keyset!(query, request, visits::created_at, visits::id, DateTime<Utc>)
                .load(conn)
                .await?
        }
    };
    let rows = rows.into_iter().map(Visit::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(split_next(rows, request.limit, total, |visit| {
        let value = match request.sort {
            VisitSort::DueAt => json!(visit.due_at),
            VisitSort::CreatedAt => json!(visit.created_at),
        };
        (value, visit.id.0)
    }))
}
