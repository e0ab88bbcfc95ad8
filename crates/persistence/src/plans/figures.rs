//! Duties counted by what became of them.

use chrono::{DateTime, Utc};
use diesel::{
    dsl::sql,
    prelude::*,
    sql_types::{Array, BigInt, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::{PostCode, Scope},
    plans::obligations::{Counted, ObligationStatus},
    shared::{EmployeeId, EstateId, period::Span, zone::Tz},
};

use super::obligations::visible;
use crate::{Conn, Failure, fixed::fixed, schema::obligations, scope::Predicate};

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

/// What is counted: due in `span` before `now`, by months of `zone`.
#[derive(Clone, Copy, Debug)]
pub struct Months {
    /// The time looked at.
    pub span: Span,
    /// Whose months.
    pub zone: Tz,
    /// Up to when a duty counts.
    pub now: DateTime<Utc>,
}

impl Months {
    fn due(self) -> Span {
        Span {
            until: self.span.until.min(self.now),
            ..self.span
        }
    }

    /// The months (`YYYY-MM`) with the instants at which they begin.
    fn begins(self) -> (Vec<String>, Vec<DateTime<Utc>>) {
        let months = self.due().months(self.zone);
        months
            .map(|(month, begin)| (month.format("%Y-%m").to_string(), begin))
            .unzip()
    }
}

/// The number of the month that a duty fell due in, from 1 on: which of a dozen instants was the last before it costs a tenth of
/// what writing the month of each does.
const MONTH: &str = "width_bucket(due_at, ";

/// Of such a number, the month.
fn month(months: &[String], number: i32) -> Result<&String, Failure> {
    let at = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
    at.and_then(|at| months.get(at))
        .ok_or_else(|| Failure::internal(format!("month {number} of {months:?}")))
}

/// What fell due, by post, person, rule, month and status.
///
/// # Errors
/// As the database says.
pub async fn counted(conn: &mut Conn, scope: &Scope, wanted: &Wanted, of: Months) -> Result<Vec<Counted>, Failure> {
    let (months, begins) = of.begins();
    let columns =
        sql::<(Text, Nullable<SqlUuid>, Text, Integer, Text, BigInt)>("responsible_post, employee_id, rule_code, ")
            .sql(MONTH)
            .bind::<Array<Timestamptz>, _>(begins)
            .sql("), status, count(*)");
    let groups: Vec<(String, Option<Uuid>, String, i32, String, i64)> = obligations::table
        .group_by(fixed::<Text>("1, 2, 3, 4, 5"))
        .select(columns)
        .filter(due(scope, wanted, of))
        .load(conn)
        .await?;
    groups
        .into_iter()
        .map(|(post, employee, rule, number, status, count)| {
            Ok(Counted {
                post: post.parse()?,
                employee: employee.map(Into::into),
                rule,
                month: month(&months, number)?.clone(),
                status: status.parse()?,
                count,
            })
        })
        .collect()
}

/// What fell due, by month and status alone.
///
/// # Errors
/// As the database says.
pub async fn counted_by_month(
    conn: &mut Conn,
    scope: &Scope,
    wanted: &Wanted,
    of: Months,
) -> Result<Vec<(String, ObligationStatus, i64)>, Failure> {
    let (months, begins) = of.begins();
    let columns = sql::<(Integer, Text, BigInt)>(MONTH)
        .bind::<Array<Timestamptz>, _>(begins)
        .sql("), status, count(*)");
    let groups: Vec<(i32, String, i64)> = obligations::table
        .group_by(fixed::<Text>("1, 2"))
        .select(columns)
        .filter(due(scope, wanted, of))
        .load(conn)
        .await?;
    groups
        .into_iter()
        .map(|(number, status, count)| Ok((month(&months, number)?.clone(), status.parse()?, count)))
        .collect()
}

/// The duties that count.
fn due(scope: &Scope, wanted: &Wanted, of: Months) -> Predicate<obligations::table> {
    let span = of.due();
    let within = obligations::due_at
        .ge(span.from)
        .and(obligations::due_at.lt(span.until));
    let mut due: Predicate<obligations::table> =
        Box::new(visible(scope).and(obligations::optional.eq(false)).and(within));
    if let Some(estate) = wanted.estate {
        due = Box::new(due.and(obligations::estate_id.eq(estate.0)));
    }
    if let Some(rules) = &wanted.rules {
        due = Box::new(due.and(obligations::rule_code.eq_any(rules.clone())));
    }
    if let Some(deadlines) = &wanted.deadlines {
        let by_clock = obligations::deadline.assume_not_null().eq_any(deadlines.clone());
        due = Box::new(due.and(obligations::deadline.is_null().or(by_clock)));
    }
    if let Some(post) = wanted.post {
        due = Box::new(due.and(obligations::responsible_post.eq(post.code())));
    }
    if let Some(employee) = wanted.employee {
        due = Box::new(due.and(obligations::employee_id.assume_not_null().eq(employee.0)));
    }
    due
}
