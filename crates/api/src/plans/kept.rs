//! What a clause makes fall due, and how well that was kept: for the clause's page.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use wuye_domain::{
    access::{PostCode, Scope},
    plans::obligations::{Clock, Figures, OfMonth, Trigger, clocks_for, has_records, runs, statistics, triggers},
    shared::{EstateId, period::Span, zone},
};
use wuye_persistence::{
    Conn, Failure,
    plans::{
        figures::{self, Wanted},
        rules,
    },
};

use super::view::Words;

/// A rule or clock that puts the clause to work.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClauseRule {
    /// `OB-05` or `TR-08`.
    code: String,
    name: Words,
    /// When, in words.
    timing: Words,
    /// Whose duty it is; a trigger may name a role instead of a post.
    whose: Vec<String>,
    /// The record that proves it; of a trigger, what starts it.
    evidence: Words,
    /// Whether records of this kind are kept already; otherwise the rule waits and nothing falls due by it.
    has_records: bool,
}

/// What a clause makes fall due, and how well that was kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClauseDuties {
    rules: Vec<ClauseRule>,
    /// The year counted: that of the day shown.
    year: i32,
    /// The year, among the duties the caller may read.
    all: Figures,
    /// By month, the oldest first.
    months: Vec<OfMonth>,
}

/// The duties of a clause as `scope` sees them, in the year of `on`.
///
/// # Errors
/// As the database says.
pub async fn of_clause(
    conn: &mut Conn,
    scope: &Scope,
    estate: Option<EstateId>,
    clause: &str,
    on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<ClauseDuties, Failure> {
    let mut shown = Vec::new();
    for row in rules::of_clause(conn, clause, on).await? {
        let rule = row.rule()?;
        shown.push(ClauseRule {
            has_records: has_records(rule.evidence),
            name: (&rule.name).into(),
            timing: (&rule.timing).into(),
            whose: rule
                .posts
                .iter()
                .map(|post: &PostCode| post.code().to_owned())
                .collect(),
            evidence: (&rule.evidence.title()).into(),
            code: rule.code,
        });
    }
    // A trigger may run several clocks, not all of which serve the clause; and one of them may serve it beside its trigger.
    let clocks: Vec<&Clock> = clocks_for(clause).collect();
    let all = triggers().map_err(|fault| Failure::internal(fault.to_string()))?;
    let serves =
        |it: &Trigger| it.clauses.iter().any(|id| id == clause) || clocks.iter().any(|clock| clock.trigger == it.code);
    shown.extend(all.into_iter().filter(serves).map(|it| ClauseRule {
        name: (&it.name).into(),
        timing: (&it.timing).into(),
        evidence: (&it.trigger).into(),
        has_records: runs(&it.code),
        whose: it.who,
        code: it.code,
    }));
    let year = on.year();
    let [from, until] = [year, year + 1].map(|year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(on));
    let span = Span {
        from: zone::start_of(from, zone::DEFAULT_ZONE),
        until: zone::start_of(until, zone::DEFAULT_ZONE),
    };
    let wanted = Wanted {
        estate,
        rules: Some(shown.iter().map(|rule| rule.code.clone()).collect()),
        deadlines: Some(clocks.iter().map(|clock| clock.climbing.deadline).collect()),
        ..Wanted::default()
    };
    let groups = figures::counted(conn, scope, &wanted, span, zone::DEFAULT_ZONE, now).await?;
    let sums = statistics(&groups);
    Ok(ClauseDuties {
        rules: shown,
        year,
        all: sums.all,
        months: sums.months,
    })
}
