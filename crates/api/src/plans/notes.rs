//! Supervision notes: what a superior saw of how somebody does their duties, and what they advised.

use actix_web::{get, http::StatusCode, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    plans::obligations::SUPERVISION,
    shared::{AssignmentId, EmployeeId, ListRequest, LongText, Note, Page, Problem, SubjectKind, TrailEntry},
};
use wuye_persistence::{
    Failure, Rows,
    org::{self, assignments},
    plans::{
        notes::{self, About, NoteFilter, NoteSort, SupervisionNote},
        obligations,
    },
};

use crate::{
    ApiResult, App, Command, Guard, ListParams, ListQuery,
    org::common,
    tables::{self, export_operation, tabular},
};

crate::sort_key!(NoteSort, CreatedAt, Descending);

/// A note with the names of people.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SupervisionNoteView {
    #[serde(flatten)]
    note: SupervisionNote,
    superior_name: Option<String>,
    subordinate_name: Option<String>,
}

/// List supervision notes
#[utoipa::path(tag = "plans", operation_id = "list_supervision_notes", params(ListParams, NoteFilter),
    responses((status = 200, description = "A page of notes, the newest first", body = Page<SupervisionNoteView>)),
    extensions(("x-permission" = json!("duty.read")), ("x-clauses" = json!(["POS-CSCMGR-09a", "DER-CSCMGR-2"]))))]
#[get("/supervision-notes")]
pub async fn list_supervision_notes(
    guard: Guard<need::DutyRead>,
    list: ListQuery<NoteFilter, NoteSort>,
    app: web::Data<App>,
) -> ApiResult<Page<SupervisionNoteView>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

async fn page(
    app: &App,
    guard: &Guard<need::DutyRead>,
    filter: &NoteFilter,
    request: &ListRequest<NoteSort>,
) -> Result<Rows<SupervisionNoteView>, Failure> {
    let mut conn = app.conn().await?;
    let rows = notes::list(&mut conn, &guard.scope, filter, request).await?;
    let people: Vec<EmployeeId> = rows
        .items
        .iter()
        .flat_map(|note| [note.superior_id.into(), note.subordinate_id.into()])
        .collect();
    let names = org::names(&mut conn, &people).await?;
    let name = |id: Uuid| names.get(&id.into()).cloned();
    Ok(Rows {
        items: rows
            .items
            .into_iter()
            .map(|note| SupervisionNoteView {
                superior_name: name(note.superior_id),
                subordinate_name: name(note.subordinate_id),
                note,
            })
            .collect(),
        next: rows.next,
        total: rows.total,
    })
}

tabular!(SupervisionNoteView, "督导记录" / "supervision notes" {
    "时间" / "Time" => |it| it.note.created_at.into(),
    "岗位" / "Post" => |it| (&it.note.responsible_post).into(),
    "对象" / "About" => |it| it.subordinate_name.as_ref().into(),
    "记录人" / "By" => |it| it.superior_name.as_ref().into(),
    "所见" / "Seen" => |it| (&it.note.text).into(),
    "指导" / "Advised" => |it| it.note.guidance.as_ref().into(),
});

export_operation! {
    /// Supervision notes as a file
    export_supervision_notes "export_supervision_notes" at "/supervision-notes/export" in "plans",
    needs: DutyRead "duty.read",
    clauses: ["POS-CSCMGR-09a", "DER-CSCMGR-2"],
    query: NoteFilter, NoteSort,
    rows: tables::listed, page,
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
