//! The figures of the return visits: how many of those due were made, and how many residents are dissatisfied.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use wuye_domain::{access::Scope, service_desk::visits::VisitFilter, shared::EstateId};

use crate::{Conn, Failure, in_scope, schema::visits};

/// Visits with one answer.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ResultCount {
    /// The answer.
    pub result: String,
    /// How many.
    pub count: i64,
}

/// The figures of a period. A rate without a denominator is absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
#[schema(as = VisitStatistics)]
pub struct Statistics {
    /// Fell due in the period.
    pub due: i64,
    /// Of them the resident was reached.
    pub made: i64,
    /// Given up without reaching anybody.
    pub unreachable: i64,
    /// Share made, in hundredths of a percent.
    pub visit_rate_bp: Option<i64>,
    /// Dissatisfied answers.
    pub dissatisfied: i64,
    /// Their share of those made, in hundredths of a percent.
    pub dissatisfied_rate_bp: Option<i64>,
    /// By answer.
    pub results: Vec<ResultCount>,
}

/// The figures of the visits that `scope` opens, due within `filter`.
///
/// # Errors
/// As the database says.
pub async fn statistics(
    conn: &mut Conn,
    scope: &Scope,
    estate: EstateId,
    filter: &VisitFilter,
) -> Result<Statistics, Failure> {
    let mut query = visits::table
        .filter(in_scope!(visits, scope))
        .filter(visits::estate_id.eq(estate.0))
        .group_by((visits::state, visits::result))
        .select((visits::state, visits::result, diesel::dsl::count_star()))
        .into_boxed();
    if let Some(from) = filter.due_from {
        query = query.filter(visits::due_at.ge(from));
    }
    if let Some(until) = filter.due_until {
        query = query.filter(visits::due_at.lt(until));
    }
    if let Some(subject) = filter.subject {
        query = query.filter(visits::subject_kind.eq(subject.code()));
    }
    if let Some(reason) = filter.reason {
        query = query.filter(visits::reason.eq(reason.code()));
    }
    let lines: Vec<(String, Option<String>, i64)> = query.load(conn).await?;
    let mut sum = Statistics::default();
    let mut results = std::collections::BTreeMap::<String, i64>::new();
    for (state, result, count) in lines {
        sum.due += count;
        match result.as_deref() {
            None => {}
            Some("unreachable") => sum.unreachable += if state == "closed" { count } else { 0 },
            Some(answer) => {
                sum.made += count;
                sum.dissatisfied += if answer == "dissatisfied" { count } else { 0 };
            }
        }
        if let Some(result) = result {
            *results.entry(result).or_default() += count;
        }
    }
    let rate = |part: i64, whole: i64| (whole > 0).then(|| (part * 10_000 + whole / 2) / whole);
    sum.visit_rate_bp = rate(sum.made, sum.due);
    sum.dissatisfied_rate_bp = rate(sum.dissatisfied, sum.made);
    sum.results = results
        .into_iter()
        .map(|(result, count)| ResultCount { result, count })
        .collect();
    Ok(sum)
}
