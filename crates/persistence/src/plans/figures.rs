//! Duties counted by what became of them.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    dsl::sql,
    prelude::*,
    sql_types::{Array, BigInt, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::{PostCode, Scope},
    plans::obligations::Counted,
    shared::{EmployeeId, EstateId, period::Span, zone::Tz},
};

use super::obligations::visible;
use crate::{Conn, Failure, fixed::fixed, schema::obligations};

/// Which duties to count.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Of this estate; of all in the scope when absent.
    pub estate: Option<EstateId>,
    /// By these rules and triggers; by all when absent.
    pub rules: Option<Vec<String>>,
    /// Of the triggers only these clocks; all of theirs when absent.
    pub deadlines: Option<Vec<&'static str>>,
    /// Of this post.
    pub post: Option<PostCode>,
    /// Of this person.
    pub employee: Option<EmployeeId>,
}

/// A row of the count: post, person, rule, number of the month in the span from 1 on, status, how many.
type Group = (String, Option<Uuid>, String, i32, String, i64);

/// What fell due in `span` before `now`, by post, person, rule, month of `zone` and status.
///
/// # Errors
/// As the database says.
pub async fn counted(
    conn: &mut Conn,
    scope: &Scope,
    wanted: &Wanted,
    span: Span,
    zone: Tz,
    now: DateTime<Utc>,
) -> Result<Vec<Counted>, Failure> {
    let span = Span {
        until: span.until.min(now),
        ..span
    };
    let (months, begins): (Vec<NaiveDate>, Vec<DateTime<Utc>>) = span.months(zone).unzip();
    // Which of a dozen instants was the last before a duty fell due costs a tenth of what writing the month of each does.
    let columns = sql::<(Text, Nullable<SqlUuid>, Text, Integer, Text, BigInt)>(
        "responsible_post, employee_id, rule_code, width_bucket(due_at, ",
    )
    .bind::<Array<Timestamptz>, _>(begins)
    .sql("), status, count(*)");
    let mut query = obligations::table
        .group_by(fixed::<Text>("1, 2, 3, 4, 5"))
        .select(columns)
        .filter(visible(scope))
        .filter(obligations::optional.eq(false))
        .filter(
            obligations::due_at
                .ge(span.from)
                .and(obligations::due_at.lt(span.until)),
        )
        .into_boxed();
    if let Some(estate) = wanted.estate {
        query = query.filter(obligations::estate_id.eq(estate.0));
    }
    if let Some(rules) = &wanted.rules {
        query = query.filter(obligations::rule_code.eq_any(rules.clone()));
    }
    if let Some(deadlines) = &wanted.deadlines {
        let by_clock = obligations::deadline.eq_any(deadlines.clone());
        query = query.filter(obligations::deadline.is_null().or(by_clock));
    }
    if let Some(post) = wanted.post {
        query = query.filter(obligations::responsible_post.eq(post.code()));
    }
    if let Some(employee) = wanted.employee {
        query = query.filter(obligations::employee_id.assume_not_null().eq(employee.0));
    }
    let groups: Vec<Group> = query.load(conn).await?;
    groups
        .into_iter()
        .map(|(post, employee, rule, number, status, count)| {
            let at = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
            let month = at
                .and_then(|at| months.get(at))
                .ok_or_else(|| Failure::internal(format!("a duty due in month {number} of {span:?}")))?;
            Ok(Counted {
                post: post.parse()?,
                employee: employee.map(Into::into),
                rule,
                month: month.format("%Y-%m").to_string(),
                status: status.parse()?,
                count,
            })
        })
        .collect()
}
