//! The figures of the cases: by month and field, how fast they are answered, how many come back, how many are handled.

use chrono::{DateTime, Utc};
use diesel::{prelude::*, sql_types};
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use wuye_domain::{
    access::Scope,
    service_desk::cases::{CaseFilter, CaseState},
    shared::EstateId,
};

use crate::{Conn, Failure, in_scope, schema::cases};

/// Cases of one kind and field received in one month.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct MonthCount {
    /// First day of the month in the estate's zone, `YYYY-MM`.
    pub month: String,
    /// The kind.
    pub kind: String,
    /// The field.
    pub field: String,
    /// How many.
    pub count: i64,
}

/// Cases by field over the whole period.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct FieldCount {
    /// The field.
    pub field: String,
    /// All kinds.
    pub count: i64,
    /// Complaints.
    pub complaints: i64,
    /// Complaints found valid.
    pub valid: i64,
}

/// The figures of a period. A rate without a denominator is absent, never 0 or 100 %.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
#[schema(as = CaseStatistics)]
pub struct Statistics {
    /// Cases received.
    pub received: i64,
    /// Complaints among them.
    pub complaints: i64,
    /// Found valid.
    pub valid: i64,
    /// Found invalid.
    pub invalid: i64,
    /// Not decided yet.
    pub pending: i64,
    /// Linked to a master case: counted above, but not as an event of their own.
    pub duplicates: i64,
    /// Waiting for an answer beyond their limit.
    pub overdue: i64,
    /// Answered.
    pub replied: i64,
    /// Answered within the limit.
    pub replied_in_time: i64,
    /// Average minutes from receipt to answer.
    pub average_reply_minutes: Option<i64>,
    /// Opened again at least once.
    pub reopened: i64,
    /// Share of cases opened again, in hundredths of a percent.
    pub reopened_rate_bp: Option<i64>,
    /// Complaints and opinions received.
    pub to_handle: i64,
    /// Complaints and opinions closed with an answer.
    pub handled: i64,
    /// Share of them handled, in hundredths of a percent (GOAL-3 over this period).
    pub handling_rate_bp: Option<i64>,
    /// By month, kind and field.
    pub months: Vec<MonthCount>,
    /// By field.
    pub fields: Vec<FieldCount>,
}

type Line = (
    String,
    String,
    String,
    String,
    Option<String>,
    DateTime<Utc>,
    DateTime<Utc>,
    Option<DateTime<Utc>>,
    i32,
    bool,
);

/// The figures of the cases that `scope` opens, received within `filter`.
///
/// The rows of a year are few thousand, and every figure is a fold over the same rows: read once, they agree with each
/// other and with the list they drill down to.
///
/// # Errors
/// As the database says.
pub async fn statistics(
    conn: &mut Conn,
    scope: &Scope,
    estate: EstateId,
    zone: &str,
    filter: &CaseFilter,
    now: DateTime<Utc>,
) -> Result<Statistics, Failure> {
    let month = diesel::dsl::sql::<sql_types::Text>("to_char(received_at AT TIME ZONE ")
        .bind::<sql_types::Text, _>(zone.to_owned())
        .sql(", 'YYYY-MM')");
    let mut query = cases::table
        .filter(in_scope!(cases, scope))
        .filter(cases::estate_id.eq(estate.0))
        .select((
            month,
            cases::kind,
            cases::field,
            cases::state,
            cases::validity,
            cases::received_at,
            cases::due_at,
            cases::replied_at,
            cases::reopened_count,
            cases::master_id.is_not_null(),
        ))
        .into_boxed();
    if let Some(from) = filter.received_from {
        query = query.filter(cases::received_at.ge(from));
    }
    if let Some(until) = filter.received_until {
        query = query.filter(cases::received_at.lt(until));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(cases::kind.eq(kind.code()));
    }
    if let Some(field) = filter.field {
        query = query.filter(cases::field.eq(field.code()));
    }
    let lines: Vec<Line> = query.load(conn).await?;
    fold(&lines, now)
}

fn fold(lines: &[Line], now: DateTime<Utc>) -> Result<Statistics, Failure> {
    use std::collections::BTreeMap;
    let mut sum = Statistics::default();
    let mut months: BTreeMap<(&str, &str, &str), i64> = BTreeMap::new();
    let mut fields: BTreeMap<&str, FieldCount> = BTreeMap::new();
    let mut minutes = 0;
    for (month, kind, field, state, validity, received_at, due_at, replied_at, reopened, duplicate) in lines {
        let state: CaseState = state.parse()?;
        let complaint = kind == "complaint";
        let valid = validity.as_deref() == Some("valid");
        sum.received += 1;
        sum.complaints += i64::from(complaint);
        sum.valid += i64::from(valid);
        sum.invalid += i64::from(validity.as_deref() == Some("invalid"));
        sum.pending += i64::from(validity.as_deref() == Some("pending"));
        sum.duplicates += i64::from(*duplicate);
        sum.overdue += i64::from(state.awaits_reply() && *due_at < now);
        if let Some(replied_at) = replied_at {
            sum.replied += 1;
            sum.replied_in_time += i64::from(replied_at <= due_at);
            minutes += (*replied_at - *received_at).num_minutes();
        }
        sum.reopened += i64::from(*reopened > 0);
        if complaint || kind == "suggestion" {
            sum.to_handle += 1;
            sum.handled += i64::from(state.is_closed());
        }
        *months.entry((month, kind, field)).or_default() += 1;
        let of = fields.entry(field).or_insert_with(|| FieldCount {
            field: field.clone(),
            count: 0,
            complaints: 0,
            valid: 0,
        });
        of.count += 1;
        of.complaints += i64::from(complaint);
        of.valid += i64::from(valid);
    }
    let rate = |part: i64, whole: i64| (whole > 0).then(|| (part * 10_000 + whole / 2) / whole);
    sum.average_reply_minutes = (sum.replied > 0).then(|| minutes / sum.replied.max(1));
    sum.reopened_rate_bp = rate(sum.reopened, sum.received);
    sum.handling_rate_bp = rate(sum.handled, sum.to_handle);
    sum.months = months
        .into_iter()
        .map(|((month, kind, field), count)| MonthCount {
            month: month.to_owned(),
            kind: kind.to_owned(),
            field: field.to_owned(),
            count,
        })
        .collect();
    sum.fields = fields.into_values().collect();
    Ok(sum)
}
