//! The registers: complaints, suggestions, and whatever else a filter makes of them.

use chrono::{DateTime, Utc};
use diesel::{dsl::exists, prelude::*};
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    service_desk::cases::{Case, CaseFilter, CaseSort, CaseState},
    shared::ListRequest,
};

use super::{super::unfinished, rows::Row};
use crate::{
    Conn, Failure, Rows, found, in_scope, keyset,
    schema::{case_contacts, case_findings, cases},
    search::Search,
    split_next,
};

fn waiting() -> Vec<&'static str> {
    let states = CaseState::ALL.iter().filter(|state| state.awaits_reply());
    states.map(|state| state.code()).collect()
}

/// Whose contact is called so.
enum Contacts {
    /// Of these cases: by number they and the words go through their indexes together.
    Few(Vec<Uuid>),
    /// A word that many are called by: the newest rows are soon found among all.
    Many,
}

/// Up to so many cases are named one by one.
const FEW: i64 = 200;

impl Contacts {
    async fn by(conn: &mut Conn, search: &Search) -> Result<Self, Failure> {
        let cases: Vec<Uuid> = case_contacts::table
            .filter(case_contacts::search.contains(&search.tokens))
            .select(case_contacts::case_id)
            .limit(FEW + 1)
            .load(conn)
            .await?;
        let few = i64::try_from(cases.len()).is_ok_and(|n| n <= FEW);
        Ok(if few { Self::Few(cases) } else { Self::Many })
    }
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
    let search = match &filter.q {
        Some(q) => Some(Search::of(conn, "cases", q).await?),
        None => None,
    };
    // Also by contact, for those who may see contacts.
    let called = match &search {
        Some(search) if contacts => Some(Contacts::by(conn, search).await?),
        _ => None,
    };
    let filtered = |search: Option<&Search>| {
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
        if let Some(search) = search {
            let words = found!(cases, search);
            query = match &called {
                None => query.filter(words),
                Some(Contacts::Few(these)) => query.filter(words.or(cases::id.eq_any(these).nullable())),
                Some(Contacts::Many) => {
                    let these = case_contacts::table
                        .filter(case_contacts::search.contains(search.tokens.clone()))
                        .select(case_contacts::case_id);
                    query.filter(words.or(cases::id.eq_any(these).nullable()))
                }
            };
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
    let rows = split_next(rows, request.limit, total, |_| (json!(null), Uuid::nil()));
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
    // Asked of each of the few that are open: as a set of findings it would be all of the history.
    let proposed = exists(
        case_findings::table
            .filter(case_findings::case_id.eq(cases::id))
            .filter(case_findings::proposed.is_not_null()),
    );
    let rows: Vec<Row> = cases::table
        .filter(unfinished::cases())
        .filter(in_scope!(cases, scope))
        .filter(
            cases::state
                .eq(CaseState::Investigating.code())
                .and(proposed)
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
