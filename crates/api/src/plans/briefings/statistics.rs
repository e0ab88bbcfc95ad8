//! Briefings held against those due.

use actix_web::{get, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wuye_domain::{
    access::{PostCode, need},
    plans::briefings::{BriefingFilter, CLAUSES, Figures, OfMonth, OfPair, statistics},
    shared::{EmployeeId, EstateId},
};
use wuye_persistence::{org::names, plans::briefings};

use crate::{Answer, ApiResult, App, Guard, ListQuery};

/// Which briefings to count.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct BriefingPeriod {
    /// The estate; the only one the caller works in when absent.
    estate_id: Option<EstateId>,
    /// First day.
    from: Option<NaiveDate>,
    /// Last day.
    until: Option<NaiveDate>,
    /// Only given by this post.
    from_post: Option<PostCode>,
    /// Only heard by this post.
    to_post: Option<PostCode>,
    /// Only of this person.
    employee_id: Option<EmployeeId>,
}

/// The figures of one person.
#[derive(Serialize, ToSchema)]
pub struct BriefingFiguresOfPerson {
    employee_id: EmployeeId,
    name: String,
    figures: Figures,
}

/// The figures of a period.
#[derive(Serialize, ToSchema)]
pub struct BriefingStatistics {
    /// All briefings together.
    all: Figures,
    /// By who reports to whom, in the order of the chart.
    pairs: Vec<OfPair>,
    /// By person, those with most due first.
    people: Vec<BriefingFiguresOfPerson>,
    /// By month, the oldest first.
    months: Vec<OfMonth>,
}

/// Figures of the briefings
///
/// Briefings held against those due, among those the caller may read: by pair, person and month.
#[utoipa::path(tag = "plans", operation_id = "get_briefing_statistics", params(BriefingPeriod),
    responses((status = 200, description = "The figures", body = BriefingStatistics)),
    extensions(("x-permission" = json!("briefing.read")), ("x-clauses" = json!(CLAUSES))))]
#[get("/briefings/statistics")]
pub async fn get_briefing_statistics(
    guard: Guard<need::BriefingRead>,
    list: ListQuery<BriefingPeriod>,
    app: web::Data<App>,
) -> ApiResult<BriefingStatistics> {
    let (period, mut conn) = (&list.filter, app.conn().await?);
    let estate = guard.estate(period.estate_id)?;
    let filter = BriefingFilter {
        from: period.from,
        until: period.until,
        from_post: period.from_post,
        to_post: period.to_post,
        employee_id: period.employee_id,
        ..BriefingFilter::default()
    };
    let counted = briefings::statistics(&mut conn, &guard.scope, estate, &filter).await?;
    let sums = statistics(&counted, app.now());
    let people: Vec<EmployeeId> = sums.people.iter().map(|of| of.employee_id).collect();
    let names = names(&mut conn, &people).await?;
    Answer::ok(&BriefingStatistics {
        all: sums.all,
        pairs: sums.pairs,
        people: sums
            .people
            .into_iter()
            .map(|of| BriefingFiguresOfPerson {
                employee_id: of.employee_id,
                name: names.get(&of.employee_id).cloned().unwrap_or_default(),
                figures: of.figures,
            })
            .collect(),
        months: sums.months,
    })
}
