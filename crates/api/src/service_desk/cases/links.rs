//! Cases of the same event, and records that came out of a case.

use actix_web::{post, web};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    service_desk::{
        Deed,
        cases::{self as rules, CaseId},
    },
    shared::{Note, Problem, Subject, SubjectKind, Text, TrailEntry},
};
use wuye_persistence::service_desk::cases;

use super::{CaseDetail, CaseView, keep, locked};
use crate::{Answer, ApiResult, App, Command, Guard, reactions};

/// Which master.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkDuplicate {
    /// The first case of the same event.
    master_id: CaseId,
}

/// Link a case to its master
///
/// Several residents report one event: each gets an answer, the event counts once. What was found on the master holds here.
#[utoipa::path(tag = "service_desk", operation_id = "link_case_duplicate", params(("id" = Uuid, Path)), request_body = LinkDuplicate,
    responses((status = 200, description = "The case", body = CaseView)),
    extensions(("x-permission" = json!("case.manage")), ("x-clauses" = json!(["POS-RECEPT-03b"]))))]
#[post("/cases/{id}/link-duplicate")]
pub async fn link_case_duplicate(
    guard: Guard<need::CaseManage>,
    id: web::Path<Uuid>,
    command: Command<LinkDuplicate>,
    app: web::Data<App>,
) -> ApiResult<CaseView> {
    let mut work = app.begin(&guard, &command).await?;
    let (case, _) = locked(&mut work, &guard.scope, (*id).into()).await?;
    let master = cases::find(&mut work, &guard.scope, command.body.master_id).await?;
    let others = !cases::duplicates(&mut work, case.id).await?.is_empty();
    let step = rules::link_duplicate(&case, &master, others, &Deed::now(&guard.actor, work.now))?;
    keep(work, step, None).await
}

/// Why a link is undone.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnlinkDuplicate {
    /// Why it was another event.
    reason: Note,
}

/// Unlink a case from its master
///
/// A complaint whose own validity nobody decided goes back to its investigation.
#[utoipa::path(tag = "service_desk", operation_id = "unlink_case_duplicate", params(("id" = Uuid, Path)), request_body = UnlinkDuplicate,
    responses((status = 200, description = "The case", body = CaseView)),
    extensions(("x-permission" = json!("case.manage")), ("x-clauses" = json!(["POS-RECEPT-03b"]))))]
#[post("/cases/{id}/unlink-duplicate")]
pub async fn unlink_case_duplicate(
    guard: Guard<need::CaseManage>,
    id: web::Path<Uuid>,
    command: Command<UnlinkDuplicate>,
    app: web::Data<App>,
) -> ApiResult<CaseView> {
    let mut work = app.begin(&guard, &command).await?;
    let (case, finding) = locked(&mut work, &guard.scope, (*id).into()).await?;
    let deed = Deed::now(&guard.actor, work.now);
    let step = rules::unlink_duplicate(&case, &finding, &command.body.reason, &deed)?;
    keep(work, step, None).await
}

/// What came out of a case.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkRecord {
    /// `work_order`, `repair_request` or `dispute`.
    kind: SubjectKind,
    /// The record; one the caller may read.
    id: Uuid,
}

/// Link an order or dispute to a case
///
/// The chain from the report to the order or the mediation stays visible from both ends.
#[utoipa::path(tag = "service_desk", operation_id = "link_case_record", params(("id" = Uuid, Path)), request_body = LinkRecord,
    responses((status = 200, description = "The case", body = CaseDetail)),
    extensions(("x-permission" = json!("case.manage")), ("x-clauses" = json!(["POS-RECEPT-03b"]))))]
#[post("/cases/{id}/links")]
pub async fn link_case_record(
    guard: Guard<need::CaseManage>,
    id: web::Path<Uuid>,
    command: Command<LinkRecord>,
    app: web::Data<App>,
) -> ApiResult<CaseDetail> {
    let LinkRecord { kind, id: record } = command.body;
    if !matches!(
        kind,
        SubjectKind::WorkOrder | SubjectKind::RepairRequest | SubjectKind::Dispute
    ) {
        let message = Text::new(
            "只能关联报修、工单或纠纷",
            "only a repair request, an order or a dispute",
        );
        return Err(Problem::field("/kind", "unknown_value", message).into());
    }
    let mut work = app.begin(&guard, &command).await?;
    let (case, _) = locked(&mut work, &guard.scope, (*id).into()).await?;
    let (subject, now) = (Subject::new(kind, record), work.now);
    reactions::may_read(&mut work, &guard.actor, subject).await?;
    cases::link(&mut work, case.id, subject, guard.actor.employee, now).await?;
    let entry = TrailEntry::new(SubjectKind::Case, case.id, "linked").estate(case.estate_id);
    work.record(entry.changes(json!({ "link": [null, subject] })));
    let detail = CaseDetail::load(&mut work, &guard.actor, case, now).await?;
    let answer = Answer::ok(&detail)?.version(detail.version());
    work.commit_with(answer).await
}
