//! The subordinate's side: remarks and points, then the report.

use actix_web::{http::StatusCode, patch, post, web};
use uuid::Uuid;
use wuye_domain::{
    access::{Deed, Permission, need},
    plans::briefings::{self as rules, Briefing, BriefingPoint, CLAUSES, ChangeBriefing, NewPoint},
};
use wuye_persistence::{Failure, expect_version, org::staff, plans::briefings};

use super::{
    keep,
    view::{BriefingView, figures},
};
use crate::{
    Answer, ApiResult, App, Command, Guard, Work,
    late::{self, Happened, KeptNote, Outcome},
    reactions,
    terms::Terms,
};

/// The briefing, held until the transaction ends. Whoever may read it learns whose it is; nobody else that it is there.
async fn held(work: &mut Work, guard: &Guard<need::BriefingReport>, id: Uuid) -> Result<Briefing, Failure> {
    let readable = guard.actor.scope(Permission::BriefingRead)?;
    let briefing = briefings::find_for_change(work, &readable, id.into()).await?;
    if let Some(hand) = briefing.hand(&guard.actor) {
        work.decides_as(&hand);
    }
    Ok(briefing)
}

/// Change a briefing
///
/// Remarks, and the points in place of those it has; by whoever reports it, before they do.
#[utoipa::path(tag = "plans", operation_id = "change_briefing", params(("id" = Uuid, Path)), request_body = ChangeBriefing,
    responses((status = 200, description = "The briefing", body = BriefingView)),
    extensions(("x-permission" = json!("briefing.report")), ("x-clauses" = json!(CLAUSES))))]
#[patch("/briefings/{id}")]
pub async fn change_briefing(
    guard: Guard<need::BriefingReport>,
    id: web::Path<Uuid>,
    command: Command<ChangeBriefing>,
    app: web::Data<App>,
) -> ApiResult<BriefingView> {
    let expected = command.expected_version()?;
    let mut work = app.begin(&guard, &command).await?;
    let briefing = held(&mut work, &guard, *id).await?;
    let deed = Deed::now(&guard.actor, work.now);
    let step = rules::change(&briefing, &command.body, &deed)?;
    expect_version(briefing.version, expected)?;
    if let Some(new) = &command.body.points {
        let points = raised(&mut work, &briefing, new, &deed).await?;
        briefings::remove_points(&mut work, briefing.id).await?;
        briefings::insert_points(&mut work, &points).await?;
    }
    let view = keep(&mut work, step).await?;
    let answer = Answer::ok(&view)?.version(view.version());
    work.commit_with(answer).await
}

/// All points of a briefing anew, in their order.
async fn raised(
    work: &mut Work,
    briefing: &Briefing,
    new: &[NewPoint],
    deed: &Deed<'_>,
) -> Result<Vec<BriefingPoint>, Failure> {
    let mut points = Vec::with_capacity(new.len());
    for (place, point) in new.iter().enumerate() {
        if let Some(linked) = point.linked {
            let pointer = format!("/points/{place}/linked");
            reactions::must_be_readable(work, deed.actor, linked, pointer).await?;
        }
        points.push(rules::raise(briefing, point, place, deed)?.record);
    }
    Ok(points)
}

/// Raise a point
///
/// Something to know or to decide, after the points that are there; by whoever reports, before they do.
#[utoipa::path(tag = "plans", operation_id = "add_briefing_point", params(("id" = Uuid, Path)), request_body = NewPoint,
    responses((status = 201, description = "The point", body = BriefingPoint)),
    extensions(("x-permission" = json!("briefing.report")), ("x-clauses" = json!(CLAUSES))))]
#[post("/briefings/{id}/points")]
pub async fn add_briefing_point(
    guard: Guard<need::BriefingReport>,
    id: web::Path<Uuid>,
    command: Command<NewPoint>,
    app: web::Data<App>,
) -> ApiResult<BriefingPoint> {
    let mut work = app.begin(&guard, &command).await?;
    let briefing = held(&mut work, &guard, *id).await?;
    let new = &command.body;
    let before = briefings::points(&mut work, briefing.id).await?.len();
    let step = rules::raise(&briefing, new, before, &Deed::now(&guard.actor, work.now))?;
    if let Some(linked) = new.linked {
        reactions::must_be_readable(&mut work, &guard.actor, linked, "/linked").await?;
    }
    briefings::insert_points(&mut work, std::slice::from_ref(&step.record)).await?;
    // Its version says that it is another one now.
    briefings::save(&mut work, &briefing).await?;
    work.record(step.entry);
    work.answer(StatusCode::CREATED, &step.record).await
}

/// Report a briefing
///
/// On its own day; the figures then stand as they were told. Sent late by a device and no longer fitting, it is kept as a
/// note (202).
#[utoipa::path(tag = "plans", operation_id = "report_briefing", params(("id" = Uuid, Path)), request_body = Happened,
    responses((status = 200, description = "The briefing", body = BriefingView),
        (status = 202, description = "Sent late and no longer fitting: kept as a note", body = KeptNote)),
    extensions(("x-permission" = json!("briefing.report")), ("x-clauses" = json!(CLAUSES))))]
#[post("/briefings/{id}/report")]
pub async fn report_briefing(
    guard: Guard<need::BriefingReport>,
    id: web::Path<Uuid>,
    command: Command<Happened>,
    app: web::Data<App>,
) -> ApiResult<Outcome<BriefingView>> {
    let mut work = app.begin(&guard, &command).await?;
    let briefing = held(&mut work, &guard, *id).await?;
    let occurred_at = command.body.occurred_at;
    let deed = Deed::reported(&guard.actor, work.now, occurred_at)?;
    let (terms, now) = (Terms::of(&work, briefing.estate_id).await?, work.now);
    let data = staff::load(&mut work, briefing.estate_id, now).await?;
    let items = figures(&mut work, &briefing, &data, &terms, now).await?;
    let points = briefings::points(&mut work, briefing.id).await?.len();
    match rules::report(&briefing, items, points, terms.zone, &deed) {
        Ok(step) => {
            let view = keep(&mut work, step).await?;
            let version = view.version();
            let answer = Answer::ok(&Outcome::Done(Box::new(view)))?.version(version);
            work.commit_with(answer).await
        }
        Err(problem) if late::keeps(&problem, occurred_at) => {
            let note = rules::late_note(&briefing, &deed);
            late::keep(work, note, problem).await
        }
        Err(problem) => Err(problem.into()),
    }
}
