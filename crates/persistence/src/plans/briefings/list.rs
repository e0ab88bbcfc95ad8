//! The log of briefings.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;
use wuye_domain::{
    access::Scope,
    plans::briefings::{Briefing, BriefingFilter, BriefingSort},
    shared::ListRequest,
};

use super::{
    rows::{Row, briefings_of},
    sight::visible,
};
use crate::{Conn, Failure, Rows, keyset, schema::briefings, split_next};

/// The briefings that `scope` opens and `filter` wants; `now` decides what is missing.
///
/// # Errors
/// `validation_failed` for a cursor of another list.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &BriefingFilter,
    now: DateTime<Utc>,
    request: &ListRequest<BriefingSort>,
) -> Result<Rows<Briefing>, Failure> {
    let filtered = || {
        let mut query = briefings::table.filter(visible(scope)).into_boxed();
        if let Some(estate) = filter.estate_id {
            query = query.filter(briefings::estate_id.eq(estate.0));
        }
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
        if let Some(state) = filter.state {
            query = query.filter(briefings::state.eq(state.code()));
        }
        let missing = briefings::state
            .eq("prepared")
            .and(briefings::missing_at.is_not_null())
            .and(briefings::missing_at.assume_not_null().le(now));
        match filter.missing {
            Some(true) => query = query.filter(missing),
            Some(false) => query = query.filter(diesel::dsl::not(missing)),
            None => {}
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
        BriefingSort::Date => {
            keyset!(query, request, briefings::on_date, briefings::id, NaiveDate)
                .load(conn)
                .await?
        }
    };
    Ok(split_next(briefings_of(rows)?, request.limit, total, |briefing| {
        (json!(briefing.date), briefing.id.0)
    }))
}
