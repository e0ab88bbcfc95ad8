//! The registers: complaints, suggestions, and whatever else a filter makes of them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;
use wuye_domain::{
    access::Scope,
    service_desk::cases::{Case, CaseFilter, CaseSort, CaseState},
    shared::{ListRequest, search::query_tokens},
};

use super::rows::Row;
use crate::{
    Conn, Failure, Rows, in_scope, keyset,
    schema::{case_contacts, case_findings, cases},
    split_next,
};

fn waiting() -> Vec<&'static str> {
    let states = CaseState::ALL.iter().filter(|state| state.awaits_reply());
    states.map(|state| state.code()).collect()
}

/// The cases that `scope` opens and `filter` wants. `contacts` tells that the caller may read names and phones, and so
/// may search by them; `now` decides what is overdue.
///
/// # Errors
/// `validation_failed` for a cursor of another list.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &CaseFilter,
    contacts: bool,
    now: DateTime<Utc>,
    request: &ListRequest<CaseSort>,
) -> Result<Rows<Case>, Failure> {
    let filtered = || {
        let mut query = cases::table.filter(in_scope!(cases, scope)).into_boxed();
        if let Some(estate) = filter.estate_id {
            query = query.filter(cases::estate_id.eq(estate.0));
        }
        if let Some(kind) = filter.kind {
            query = query.filter(cases::kind.eq(kind.code()));
        }
        if let Some(state) = filter.state {
            query = query.filter(cases::state.eq(state.code()));
        }
        if let Some(field) = filter.field {
            query = query.filter(cases::field.eq(field.code()));
        }
        if let Some(channel) = filter.channel {
            query = query.filter(cases::channel.eq(channel.code()));
        }
        if let Some(validity) = filter.validity {
            query = query.filter(cases::validity.eq(validity.code()));
        }
        if let Some(owner) = filter.owner_id {
            query = query.filter(cases::owner_id.eq(owner.0));
        }
        if let Some(house) = filter.house_id {
            query = query.filter(cases::house_id.eq(house));
        }
        if let Some(party) = filter.party_id {
            query = query.filter(cases::party_id.eq(party));
        }
        if let Some(person) = filter.about_employee {
            query = query.filter(cases::about_employee.eq(person.0));
        }
        if let Some(master) = filter.master_id {
            query = query.filter(cases::master_id.eq(master.0));
        }
        match filter.open {
            Some(true) => query = query.filter(cases::closed_at.is_null()),
            Some(false) => query = query.filter(cases::closed_at.is_not_null()),
            None => {}
        }
        let late = cases::state.eq_any(waiting()).and(cases::due_at.lt(now));
        match filter.overdue {
            Some(true) => query = query.filter(late),
            Some(false) => query = query.filter(diesel::dsl::not(late)),
            None => {}
        }
        if let Some(from) = filter.received_from {
            query = query.filter(cases::received_at.ge(from));
        }
        if let Some(until) = filter.received_until {
            query = query.filter(cases::received_at.lt(until));
        }
        if let Some(q) = &filter.q {
            let tokens: Vec<Option<String>> = query_tokens(q).into_iter().map(Some).collect();
            let by_contact = case_contacts::table
                .filter(case_contacts::search.contains(tokens.clone()))
                .select(case_contacts::case_id);
            if contacts {
                query = query.filter(cases::search.contains(tokens).or(cases::id.eq_any(by_contact)));
            } else {
                query = query.filter(cases::search.contains(tokens));
            }
        }
        query
    };
    let total = if request.count {
        Some(filtered().count().get_result(conn).await?)
    } else {
        None
    };
    let query = filtered().select(Row::as_select());
    let rows: Vec<Row> = match request.sort {
        CaseSort::ReceivedAt => {
            keyset!(query, request, cases::received_at, cases::id, DateTime<Utc>)
                .load(conn)
                .await?
        }
        CaseSort::DueAt => {
            keyset!(query, request, cases::due_at, cases::id, DateTime<Utc>)
                .load(conn)
                .await?
        }
        CaseSort::No => keyset!(query, request, cases::no, cases::id, String).load(conn).await?,
    };
    let rows = split_next(rows, request.limit, total, |_| (json!(null), uuid::Uuid::nil()));
    let next = rows.next.is_some();
    let mut rows = rows.try_map(Case::try_from)?;
    rows.next = rows.items.last().filter(|_| next).map(|case| {
        let value = match request.sort {
            CaseSort::ReceivedAt => json!(case.received_at),
            CaseSort::DueAt => json!(case.due_at),
            CaseSort::No => json!(case.no),
        };
        (value, case.id.0)
    });
    Ok(rows)
}

/// Complaints in which a proposal or the check of a closing may wait for somebody: few at any time. Whether it does, and
/// for whom, the rules say.
///
/// # Errors
/// As the database says.
pub async fn undecided(conn: &mut Conn, scope: &Scope) -> Result<Vec<Case>, Failure> {
    let proposed = case_findings::table
        .filter(case_findings::proposed.is_not_null())
        .select(case_findings::case_id);
    let rows: Vec<Row> = cases::table
        .filter(in_scope!(cases, scope))
        .filter(
            cases::state
                .eq(CaseState::Investigating.code())
                .and(cases::id.eq_any(proposed))
                .or(cases::state
                    .eq(CaseState::Replied.code())
                    .and(cases::validity.is_not_distinct_from("valid"))),
        )
        .order(cases::id)
        .select(Row::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(Case::try_from).collect()
}
