//! The register of duties, and what a board shows of a week.

use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*, sql_types::Bool};
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, Scope},
    plans::obligations::{ObligationFilter, ObligationSort, clocks_for},
    shared::{EstateId, ListRequest, period::Span},
};

use super::{
    obligations::{ObligationRow, UNDECIDED, UNDONE, visible},
    whose::{keys, theirs},
};
use crate::{
    Conn, Failure, Rows,
    fixed::fixed,
    keyset,
    schema::{obligation_rules, obligations},
    split_next,
};

/// What somebody owes or owed: not what was withdrawn with its record.
const OWED: &str = "obligations.status <> 'withdrawn'";

/// The duties that `scope` opens and `filter` wants; `now` decides what is late.
///
/// # Errors
/// `validation_failed` for a cursor of another list.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &ObligationFilter,
    now: DateTime<Utc>,
    request: &ListRequest<ObligationSort>,
) -> Result<Rows<ObligationRow>, Failure> {
    let filtered = || {
        let mut query = obligations::table.filter(visible(scope)).into_boxed();
        if let Some(estate) = filter.estate_id {
            query = query.filter(obligations::estate_id.eq(estate.0));
        }
        if let Some(post) = filter.post {
            query = query.filter(obligations::responsible_post.eq(post.code()));
        }
        if let Some(assignment) = filter.assignment_id {
            query = query.filter(obligations::responsible_assignment.eq(assignment.0));
        }
        if let Some(employee) = filter.employee_id {
            query = query.filter(obligations::employee_id.eq(employee.0));
        }
        if let Some(rule) = &filter.rule {
            query = query.filter(obligations::rule_code.eq(rule.as_str().to_owned()));
        }
        if let Some(clause) = &filter.clause {
            let rules = obligation_rules::table
                .filter(obligation_rules::clauses.contains(vec![Some(clause.as_str().to_owned())]))
                .select(obligation_rules::id.nullable());
            let clocks = clocks_for(clause.as_str()).map(|clock| clock.climbing.deadline);
            let by_clock = obligations::deadline.eq_any(clocks.collect::<Vec<_>>());
            query = query.filter(obligations::rule_id.eq_any(rules).or(by_clock));
        }
        if let Some(record) = filter.record_id {
            query = query.filter(obligations::subject_id.eq(record));
        }
        if let Some(status) = filter.status {
            query = query.filter(obligations::status.eq(status.code()));
        }
        if let Some(late) = filter.late {
            let is_late = obligations::due_at.lt(now).and(fixed::<Bool>(UNDONE));
            query = if late {
                query.filter(is_late)
            } else {
                query.filter(diesel::dsl::not(is_late))
            };
        }
        if let Some(from) = filter.due_from {
            query = query.filter(obligations::due_at.ge(from));
        }
        if let Some(until) = filter.due_until {
            query = query.filter(obligations::due_at.lt(until));
        }
        query
    };
    let total = if request.count {
        Some(filtered().count().get_result(conn).await?)
    } else {
        None
    };
    let query = filtered().select(ObligationRow::as_select());
    let rows: Vec<ObligationRow> = match request.sort {
        ObligationSort::DueAt => {
            keyset!(query, request, obligations::due_at, obligations::id, DateTime<Utc>)
                .load(conn)
                .await?
        }
    };
    Ok(split_next(rows, request.limit, total, |row| {
        (json!(row.due_at), row.id)
    }))
}

/// What was missed before `before` and nobody has decided on.
///
/// # Errors
/// As the database says.
pub async fn undecided(
    mut conn: &Conn,
    scope: &Scope,
    estate: EstateId,
    before: DateTime<Utc>,
) -> Result<Vec<ObligationRow>, Failure> {
    Ok(obligations::table
        .filter(visible(scope))
        .filter(obligations::estate_id.eq(estate.0).and(obligations::due_at.lt(before)))
        .filter(fixed::<Bool>(UNDECIDED))
        .select(ObligationRow::as_select())
        .order((obligations::due_at, obligations::id))
        .limit(500)
        .load(&mut conn)
        .await?)
}

/// As much of a duty as a board counts.
#[derive(Clone, Debug, Queryable)]
pub struct Line {
    /// The post that has it.
    pub post: String,
    /// The assignment that has it.
    pub assignment: Option<Uuid>,
    /// The person.
    pub employee: Option<Uuid>,
    /// Until when.
    pub due_at: DateTime<Utc>,
    /// Where it stands.
    pub status: String,
}

/// What falls due in `span` within the scope, as a board counts it.
///
/// # Errors
/// As the database says.
pub async fn lines(mut conn: &Conn, scope: &Scope, estate: EstateId, span: Span) -> Result<Vec<Line>, Failure> {
    Ok(obligations::table
        .filter(visible(scope))
        .filter(obligations::estate_id.eq(estate.0))
        .filter(
            obligations::due_at
                .ge(span.from)
                .and(obligations::due_at.lt(span.until)),
        )
        .filter(fixed::<Bool>(OWED))
        .select((
            obligations::responsible_post,
            obligations::responsible_assignment,
            obligations::employee_id,
            obligations::due_at,
            obligations::status,
        ))
        .load(&mut conn)
        .await?)
}

/// Whose duties a person's own day shows: those of the assignments held or acted in, and what one of several does for a post.
fn owed<'a>(estate: EstateId, actor: &Actor) -> obligations::BoxedQuery<'a, Pg> {
    let (assignments, posts) = keys(actor.posts.iter(), estate);
    obligations::table
        .filter(obligations::estate_id.eq(estate.0).and(theirs(assignments, posts)))
        .into_boxed()
}

/// What the actor owes in `span`, in order of time.
///
/// # Errors
/// As the database says.
pub async fn own_due_in(
    mut conn: &Conn,
    estate: EstateId,
    actor: &Actor,
    span: Span,
) -> Result<Vec<ObligationRow>, Failure> {
    Ok(owed(estate, actor)
        .filter(
            obligations::due_at
                .ge(span.from)
                .and(obligations::due_at.lt(span.until)),
        )
        .filter(fixed::<Bool>(OWED))
        .select(ObligationRow::as_select())
        .order((obligations::due_at, obligations::id))
        .load(&mut conn)
        .await?)
}

/// What the actor missed before `before` and nobody has decided on.
///
/// # Errors
/// As the database says.
pub async fn own_undecided(
    mut conn: &Conn,
    estate: EstateId,
    actor: &Actor,
    before: DateTime<Utc>,
) -> Result<Vec<ObligationRow>, Failure> {
    Ok(owed(estate, actor)
        .filter(obligations::due_at.lt(before))
        .filter(fixed::<Bool>(UNDECIDED))
        .select(ObligationRow::as_select())
        .order((obligations::due_at, obligations::id))
        .limit(200)
        .load(&mut conn)
        .await?)
}
