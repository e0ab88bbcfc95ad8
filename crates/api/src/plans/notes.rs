//! Supervision notes: what a superior saw of how somebody does their duties, and what they advised.

use actix_web::{get, http::StatusCode, post, web};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    plans::obligations::SUPERVISION,
    shared::{AssignmentId, LongText, Note, Page, Problem, SubjectKind, TrailEntry},
};
use wuye_persistence::{
    Failure,
    org::assignments,
    plans::{
        notes::{self, About, NoteFilter, NoteSort, SupervisionNote},
        obligations,
    },
};

use crate::{ApiResult, App, Command, Guard, ListParams, ListQuery, org::common};

crate::sort_key!(NoteSort, CreatedAt, Descending);

/// List supervision notes
#[utoipa::path(tag = "plans", operation_id = "list_supervision_notes", params(ListParams, NoteFilter),
    responses((status = 200, description = "A page of notes, the newest first", body = Page<SupervisionNote>)),
    extensions(("x-permission" = json!("duty.read")), ("x-clauses" = json!(["POS-CSCMGR-09a", "DER-CSCMGR-2"]))))]
#[get("/supervision-notes")]
pub async fn list_supervision_notes(
    guard: Guard<need::DutyRead>,
    list: ListQuery<NoteFilter, NoteSort>,
    app: web::Data<App>,
) -> ApiResult<Page<SupervisionNote>> {
    let rows = notes::list(&mut *app.conn().await?, &guard.scope, &list.filter, &list.request).await?;
    list.page(rows)
}

/// What was seen.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSupervisionNote {
    /// The assignment of the person it is about.
    assignment_id: AssignmentId,
    /// The duty it is about.
    obligation_id: Option<Uuid>,
    /// What was seen.
    text: LongText,
    /// What was advised.
    guidance: Option<Note>,
}

/// Note how somebody does their duties
///
/// By a superior; the person and the line read it.
#[utoipa::path(tag = "plans", operation_id = "add_supervision_note", request_body = NewSupervisionNote,
    responses((status = 201, description = "The note", body = SupervisionNote), (status = 404, description = "No such assignment or duty in the caller's scope")),
    extensions(("x-permission" = json!("duty.decide")), ("x-clauses" = json!(["POS-CSCMGR-09a", "PROC-DEPMGR-4.2", "DER-CSCMGR-2"]))))]
#[post("/supervision-notes")]
pub async fn add_supervision_note(
    guard: Guard<need::DutyDecide>,
    command: Command<NewSupervisionNote>,
    app: web::Data<App>,
) -> ApiResult<SupervisionNote> {
    let by = guard.person()?;
    let mut work = app.begin(&guard, &command).await?;
    let body = &command.body;
    let held = assignments::find(&mut work, &guard.scope, body.assignment_id).await?;
    let post = held.post.parse().map_err(Failure::from)?;
    let estate = guard.estate(held.estate_id.map(Into::into))?;
    if held.employee_id == by.0 || !common::opens(&guard.scope, &held) {
        return Err(common::not_below().into());
    }
    if let Some(obligation) = body.obligation_id {
        let duty = obligations::find(&work, &guard.scope, obligation.into()).await?;
        if duty.responsible_assignment.is_some_and(|of| of != held.id) {
            return Err(Problem::not_found().into());
        }
    }
    let about = About {
        estate,
        post,
        assignment: held.id,
        squad: held.squad_id,
        area: held.area_id,
        person: held.employee_id,
    };
    let note = SupervisionNote::new(
        about,
        by,
        body.obligation_id,
        body.text.as_str(),
        body.guidance.as_ref().map(|guidance| guidance.as_str()),
        work.now,
    );
    notes::insert(&mut work, &note).await?;
    work.record(
        TrailEntry::new(SubjectKind::SupervisionNote, note.id, "noted")
            .estate(estate)
            .reason(Some(body.text.as_str()))
            .clauses(SUPERVISION),
    );
    work.answer(StatusCode::CREATED, &note).await
}
