//! The superior's side: hearing a briefing, sampling the records of whoever gives it.

use actix_web::{get, http::StatusCode, post, web};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;
use wuye_domain::{
    access::{Deed, need},
    org::superior::Decider,
    plans::briefings::{
        self as rules, Briefing, BriefingCheck, BriefingId, BriefingRecord, CHECK_CLAUSES, CLAUSES, CheckRecord,
        HearBriefing, sample,
    },
    shared::Problem,
};
use wuye_persistence::{Failure, org::staff, plans::briefings};

use super::{
    keep,
    view::{BriefingView, figures},
};
use crate::{Answer, ApiResult, App, Command, Guard, ListQuery, Work, org::approver, reactions, terms::Terms};

/// The briefing, held until the transaction ends, and the caller as the one who hears it.
async fn heard(work: &mut Work, guard: &Guard<need::BriefingHear>, id: Uuid) -> Result<(Briefing, Decider), Failure> {
    let briefing = briefings::find_for_change(work, &guard.scope, id.into()).await?;
    let now = work.now;
    let data = staff::load(work, briefing.estate_id, now).await?;
    let resolution = briefing.hearers(&data.staff()).map_err(Problem::from)?;
    let by = approver::must_decide(work, &guard.actor, &resolution, &briefing.barred()).await?;
    work.decides_as(&by);
    Ok((briefing, by))
}

/// Hear a briefing
///
/// By whoever holds the post it goes to, acts in it, or stands above where there is nobody; with words on single points.
/// Never by who gave it.
#[utoipa::path(tag = "plans", operation_id = "hear_briefing", params(("id" = Uuid, Path)), request_body = HearBriefing,
    responses((status = 200, description = "The briefing", body = BriefingView)),
    extensions(("x-permission" = json!("briefing.hear")), ("x-clauses" = json!(
        ["PROC-DEPMGR-5.1", "PROC-GUARDCAPT-5.1a", "PROC-PUBSUP-5.1a"]))))]
#[post("/briefings/{id}/hear")]
pub async fn hear_briefing(
    guard: Guard<need::BriefingHear>,
    id: web::Path<Uuid>,
    command: Command<HearBriefing>,
    app: web::Data<App>,
) -> ApiResult<BriefingView> {
    let mut work = app.begin(&guard, &command).await?;
    let (briefing, by) = heard(&mut work, &guard, *id).await?;
    let answers = &command.body.answers;
    let step = rules::hear(&briefing, answers.len(), &by, &Deed::now(&guard.actor, work.now))?;
    let points = briefings::points(&mut work, briefing.id).await?;
    briefings::answer_points(&mut work, &rules::answer(&points, answers)?).await?;
    let view = keep(&mut work, step).await?;
    let answer = Answer::ok(&view)?.version(view.version());
    work.commit_with(answer).await
}

/// Note a sampled record
///
/// What whoever hears a briefing found in a record of the day before: in order, or a finding in words.
#[utoipa::path(tag = "plans", operation_id = "check_briefing_record", params(("id" = Uuid, Path)), request_body = CheckRecord,
    responses((status = 201, description = "What was noted", body = BriefingCheck)),
    extensions(("x-permission" = json!("briefing.hear")), ("x-clauses" = json!(CHECK_CLAUSES))))]
#[post("/briefings/{id}/checks")]
pub async fn check_briefing_record(
    guard: Guard<need::BriefingHear>,
    id: web::Path<Uuid>,
    command: Command<CheckRecord>,
    app: web::Data<App>,
) -> ApiResult<BriefingCheck> {
    let mut work = app.begin(&guard, &command).await?;
    let (briefing, by) = heard(&mut work, &guard, *id).await?;
    reactions::must_be_readable(&mut work, &guard.actor, command.body.record, "/record").await?;
    let step = rules::check(&briefing, &command.body, &by, &Deed::now(&guard.actor, work.now))?;
    briefings::insert_check(&mut work, &step.record).await?;
    work.record(step.entry);
    work.answer(StatusCode::CREATED, &step.record).await
}

/// Of which briefing.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SampleQuery {
    /// The briefing.
    briefing_id: BriefingId,
}

/// Records to sample
///
/// A few records that whoever gives the briefing kept the day before, drawn by chance: the same ones however often one asks,
/// without those that were looked at.
#[utoipa::path(tag = "plans", operation_id = "list_briefing_samples", params(SampleQuery),
    responses((status = 200, description = "Records", body = Vec<BriefingRecord>),
        (status = 404, description = "No such briefing in the caller's scope")),
    extensions(("x-permission" = json!("briefing.hear")), ("x-clauses" = json!(CLAUSES))))]
#[get("/briefings/samples")]
pub async fn list_briefing_samples(
    guard: Guard<need::BriefingHear>,
    list: ListQuery<SampleQuery>,
    app: web::Data<App>,
) -> ApiResult<Vec<BriefingRecord>> {
    let (mut conn, now) = (app.conn().await?, app.now());
    let briefing = briefings::find(&mut conn, &guard.scope, list.filter.briefing_id).await?;
    let terms = Terms::of(&conn, briefing.estate_id).await?;
    let data = staff::load(&mut conn, briefing.estate_id, now).await?;
    let items = figures(&mut conn, &briefing, &data, &terms, now).await?;
    let kept = items.into_iter().filter(|item| item.measure.is_sampled());
    let mut drawn = sample(kept.flat_map(|item| item.records).collect(), briefing.id);
    let seen = briefings::checks(&mut conn, briefing.id).await?;
    drawn.retain(|record| !seen.iter().any(|check| check.record.id == record.id));
    Answer::ok(&drawn)
}
