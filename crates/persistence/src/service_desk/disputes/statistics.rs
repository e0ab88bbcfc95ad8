//! The figures of the disputes: at which level they are settled, and in how many days.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use wuye_domain::{access::Scope, service_desk::disputes::DisputeFilter, shared::EstateId};

use crate::{Conn, Failure, in_scope, schema::disputes};

/// Disputes settled at one level.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct LevelCount {
    /// The level.
    pub level: String,
    /// How many.
    pub count: i64,
}

/// The figures of a period. A rate without a denominator is absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
#[schema(as = DisputeStatistics)]
pub struct Statistics {
    /// Opened.
    pub opened: i64,
    /// Settled.
    pub settled: i64,
    /// Referred to an authority or the law.
    pub referred: i64,
    /// Neither settled nor referred.
    pub open: i64,
    /// Beyond the step limit of their level.
    pub overdue: i64,
    /// Settled by the estate officer.
    pub settled_first_level: i64,
    /// Share of the settled ones, in hundredths of a percent.
    pub first_level_rate_bp: Option<i64>,
    /// Average minutes from opening to settlement.
    pub average_settle_minutes: Option<i64>,
    /// Settled by level.
    pub levels: Vec<LevelCount>,
}

type Line = (
    String,
    DateTime<Utc>,
    Option<DateTime<Utc>>,
    Option<String>,
    Option<DateTime<Utc>>,
    Option<String>,
);

/// The figures of the disputes that `scope` opens, opened within `filter`.
///
/// # Errors
/// As the database says.
pub async fn statistics(
    conn: &mut Conn,
    scope: &Scope,
    estate: EstateId,
    filter: &DisputeFilter,
    now: DateTime<Utc>,
) -> Result<Statistics, Failure> {
    let mut query = disputes::table
        .filter(in_scope!(disputes, scope))
        .filter(disputes::estate_id.eq(estate.0))
        .select((
            disputes::state,
            disputes::opened_at,
            disputes::settled_at,
            disputes::settled_level,
            disputes::step_due_at,
            disputes::referred_to,
        ))
        .into_boxed();
    if let Some(from) = filter.opened_from {
        query = query.filter(disputes::opened_at.ge(from));
    }
    if let Some(until) = filter.opened_until {
        query = query.filter(disputes::opened_at.lt(until));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(disputes::kind.eq(kind.code()));
    }
    let lines: Vec<Line> = query.load(conn).await?;
    let mut sum = Statistics::default();
    let mut levels: BTreeMap<&str, i64> = BTreeMap::new();
    let mut minutes = 0;
    for (_, opened_at, settled_at, settled_level, step_due_at, referred_to) in &lines {
        sum.opened += 1;
        sum.overdue += i64::from(step_due_at.is_some_and(|due| due < now));
        match (settled_at, referred_to) {
            (Some(settled_at), _) => {
                let level = settled_level.as_deref().unwrap_or_default();
                sum.settled += 1;
                sum.settled_first_level += i64::from(level == "estate_officer");
                minutes += (*settled_at - *opened_at).num_minutes();
                *levels.entry(level).or_default() += 1;
            }
            (None, Some(_)) => sum.referred += 1,
            (None, None) => sum.open += 1,
        }
    }
    if sum.settled > 0 {
        sum.first_level_rate_bp = Some((sum.settled_first_level * 10_000 + sum.settled / 2) / sum.settled);
        sum.average_settle_minutes = Some(minutes / sum.settled);
    }
    sum.levels = levels
        .into_iter()
        .map(|(level, count)| LevelCount {
            level: level.to_owned(),
            count,
        })
        .collect();
    Ok(sum)
}
