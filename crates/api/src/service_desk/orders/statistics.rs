//! The figures of repair service.

use actix_web::{get, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wuye_domain::{
    access::need,
    service_desk::orders::statistics::{Statistics, statistics},
    shared::{
        EstateId, Problem, Text,
        zone::{DEFAULT_ZONE, business_date, start_of},
    },
};
use wuye_persistence::service_desk::orders::statistics as rows;

use crate::{Answer, ApiResult, App, Guard, ListQuery};

/// Which period, where.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StatisticsFilter {
    estate_id: Option<EstateId>,
    /// First day; the first of this month when absent.
    from: Option<NaiveDate>,
    /// Last day; today when absent.
    until: Option<NaiveDate>,
}

/// The figures with their period.
#[derive(Serialize, ToSchema)]
pub struct OrderReport {
    from: NaiveDate,
    until: NaiveDate,
    /// When they were counted.
    as_of: DateTime<Utc>,
    figures: Statistics,
}

/// Show the figures of repair service
///
/// On-time answer and finish, first-time fix, spread of the work and satisfaction, of the orders dispatched in a period,
/// by technician and category. Only what the caller may see is counted.
#[utoipa::path(tag = "service_desk", operation_id = "get_order_statistics", params(StatisticsFilter),
    responses((status = 200, description = "The figures", body = OrderReport)),
    extensions(("x-permission" = json!("repair.read")), ("x-clauses" = json!(["POS-PUBSUP-09", "POS-RECEPT-09c"]))))]
#[get("/work-orders/statistics")]
pub async fn get_order_statistics(
    guard: Guard<need::RepairRead>,
    list: ListQuery<StatisticsFilter>,
    app: web::Data<App>,
) -> ApiResult<OrderReport> {
    use chrono::Datelike;
    let now = app.now();
    let today = business_date(now, DEFAULT_ZONE);
    let until = list.filter.until.unwrap_or(today);
    let from = list.filter.from.or(until.with_day(1)).unwrap_or(until);
    if from > until || (until - from).num_days() > 3 * 366 {
        let message = Text::new(
            "起始日须不晚于截止日，且最多三年",
            "it must begin before it ends, and last three years at most",
        );
        return Err(Problem::field("?from", "order", message).into());
    }
    let period = (
        start_of(from, DEFAULT_ZONE),
        start_of(until + chrono::TimeDelta::days(1), DEFAULT_ZONE),
    );
    let estate = list
        .filter
        .estate_id
        .map(|estate| guard.estate(Some(estate)))
        .transpose()?;
    let counted = rows::counted(&mut *app.conn().await?, &guard.scope, estate, period).await?;
    Answer::ok(&OrderReport {
        from,
        until,
        as_of: now,
        figures: statistics(&counted, now),
    })
}
