//! Entering the days of a year, and confirming them.

use actix_web::{http::StatusCode, post, put, web};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;
use wuye_domain::{
    access::need,
    shared::{
        EstateId, Note, Problem,
        calendar::{self as rules, CalendarDay, Level},
        zone::business_date,
    },
};
use wuye_persistence::{Failure, calendar, expect_version};

use super::{
    view::{CalendarView, in_force},
    whose,
};
use crate::{Answer, ApiResult, App, Command, Guard, Work};

/// The days of a year, as a whole.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplaceCalendar {
    /// For this estate; for the company, by whoever writes for it, when absent.
    #[serde(default)]
    estate_id: Option<EstateId>,
    /// Every day that is to differ from the days below; those left out go back to them.
    #[validate(length(max = 366), nested)]
    #[schema(max_items = 366)]
    days: Vec<CalendarDay>,
    /// Why: usually the notice they are taken from.
    reason: Note,
}

/// Enter the days of a year
///
/// Replaces what the estate (or the company) had entered for it. The days count at once for every deadline that is set from
/// now on; deadlines set before stay. The centre manager confirms them.
#[utoipa::path(tag = "system", operation_id = "replace_calendar", params(("year" = i32, Path)), request_body = ReplaceCalendar,
    responses((status = 200, description = "The calendar", body = CalendarView)),
    extensions(("x-permission" = json!("calendar.edit")), ("x-clauses" = json!(["DER-X-1"]))))]
#[put("/calendar/{year}")]
pub async fn replace_calendar(
    guard: Guard<need::CalendarEdit>,
    year: web::Path<String>,
    command: Command<ReplaceCalendar>,
    app: web::Data<App>,
) -> ApiResult<CalendarView> {
    let ReplaceCalendar {
        estate_id,
        days,
        reason,
    } = &command.body;
    let (level, seen) = (level(whose(&guard, *estate_id)?, &year)?, command.expected_version()?);
    let mut work = app.begin(&guard, &command).await?;
    enter(&mut work, level, days, reason, Some(seen)).await?;
    answer(work, level).await
}

/// Whose calendar.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmCalendar {
    /// Of this estate; of the company, by whoever confirms for it, when absent.
    #[serde(default)]
    estate_id: Option<EstateId>,
}

/// Confirm the days of a year
///
/// By the centre manager, or for the company by the general manager; never by whoever entered them.
#[utoipa::path(tag = "system", operation_id = "confirm_calendar", params(("year" = i32, Path)), request_body = ConfirmCalendar,
    responses((status = 200, description = "Confirmed", body = CalendarView)),
    extensions(("x-permission" = json!("calendar.confirm")), ("x-clauses" = json!(["DER-X-1"]))))]
#[post("/calendar/{year}/confirm")]
pub async fn confirm_calendar(
    guard: Guard<need::CalendarConfirm>,
    year: web::Path<String>,
    command: Command<ConfirmCalendar>,
    app: web::Data<App>,
) -> ApiResult<CalendarView> {
    let level = level(whose(&guard, command.body.estate_id)?, &year)?;
    let mut work = app.begin(&guard, &command).await?;
    let entered = calendar::lock_year(&mut work, level)
        .await?
        .ok_or_else(Problem::not_found)?;
    let step = rules::confirm(&entered, work.actor.account, work.now)?;
    calendar::save(&mut work, &step.record).await?;
    work.record(step.entry);
    answer(work, level).await
}

/// The year of an address, in whose calendar. Read here, not by the router: who may not enter days is not told which years
/// there are.
pub(super) fn level(estate: Option<EstateId>, year: &str) -> Result<Level, Problem> {
    let level = year.parse().ok().and_then(|year| Level::new(estate, year));
    level.ok_or_else(Problem::not_found)
}

/// Replaces the days of a level, seen in a version where one is named.
pub(super) async fn enter(
    work: &mut Work,
    level: Level,
    days: &[CalendarDay],
    reason: &Note,
    seen: Option<i32>,
) -> Result<(), Failure> {
    let current = calendar::lock_year(work, level).await?;
    if let Some(seen) = seen {
        expect_version(current.as_ref().map_or(0, |year| year.version), seen)?;
    }
    let before = calendar::entered(work, level).await?;
    let (by, now) = (work.actor.account, work.now);
    let step = rules::enter(level, current.as_ref(), (&before, days), reason, by, now)?;
    calendar::save(work, &step.record).await?;
    calendar::replace(work, level, days).await?;
    work.record(step.entry);
    Ok(())
}

/// Commits and answers with the calendar as it is then.
pub(super) async fn answer(mut work: Work, level: Level) -> ApiResult<CalendarView> {
    let (zone, _) = in_force(&work, level.estate).await?;
    let today = business_date(work.now, zone);
    let view = CalendarView::of(&mut work, level, today).await?;
    let answer = Answer::of(StatusCode::OK, &view)?.version(view.version());
    work.commit_with(answer).await
}
