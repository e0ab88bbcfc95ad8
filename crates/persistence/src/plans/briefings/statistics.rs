//! What of the briefings is counted; the counting itself is the domain's.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    plans::briefings::{BriefingFilter, Counted},
    shared::EstateId,
};

use super::sight::visible;
use crate::{Conn, Failure, schema::briefings};

/// Morning, both posts, person, deadline, end of the morning, state, when reported. Whether somebody asks for it shows in the
/// end of the morning.
type Line = (
    NaiveDate,
    String,
    String,
    Option<Uuid>,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
    String,
    Option<DateTime<Utc>>,
);

/// The briefings that `scope` opens, of the days and posts that `filter` names, as they count.
///
/// # Errors
/// As the database says.
pub async fn statistics(
    conn: &mut Conn,
    scope: &Scope,
    estate: EstateId,
    filter: &BriefingFilter,
) -> Result<Vec<Counted>, Failure> {
    let mut query = briefings::table
        .filter(briefings::estate_id.eq(estate.0))
        .filter(visible(scope))
        .select((
            briefings::on_date,
            briefings::responsible_post,
            briefings::to_post,
            briefings::employee_id,
            briefings::due_at,
            briefings::missing_at,
            briefings::state,
            briefings::reported_at,
        ))
        .into_boxed();
    if let Some(from) = filter.from {
        query = query.filter(briefings::on_date.ge(from));
    }
    if let Some(until) = filter.until {
        query = query.filter(briefings::on_date.le(until));
    }
    if let Some(post) = filter.from_post {
        query = query.filter(briefings::responsible_post.eq(post.code()));
    }
    if let Some(post) = filter.to_post {
        query = query.filter(briefings::to_post.eq(post.code()));
    }
    if let Some(employee) = filter.employee_id {
        query = query.filter(briefings::employee_id.eq(employee.0));
    }
    let lines: Vec<Line> = query.load(conn).await?;
    lines
        .into_iter()
        .map(|(date, from, to, employee, due_at, missing_at, state, reported_at)| {
            Ok(Counted {
                date,
                from: from.parse()?,
                to: to.parse()?,
                employee: employee.map(Into::into),
                due: missing_at.is_some(),
                due_at,
                missing_at,
                state: state.parse()?,
                reported_at,
            })
        })
        .collect()
}
