//! Who is away. Leave of a post with a named stand-in waits for the confirmed acting (DER-LABOUR-6).

use actix_web::{get, http::StatusCode, post, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{PostCode, need},
    org::{
        AbsenceKind, AbsenceState,
        absence::{self as rules},
        superior::{Matter, Rule},
    },
    shared::{AssignmentId, EmployeeId, EstateId, ListRequest, Note, Page, Problem, SubjectKind, Text, TrailEntry},
};
use wuye_persistence::{
    Conn, Failure, Rows,
    org::{
        absences::{self, Absence, AbsenceFilter},
        assignments, pairs,
    },
};

use super::{approver, common, cover};
use crate::{ApiResult, App, Command, Guard, ListParams, ListQuery, Work, list::NoSort};

/// An absence with the person's name.
#[derive(Debug, Serialize, ToSchema)]
pub struct AbsenceView {
    #[serde(flatten)]
    pub(super) absence: Absence,
    pub(super) employee_name: String,
}

async fn views(conn: &mut Conn, rows: Vec<Absence>) -> Result<Vec<AbsenceView>, Failure> {
    let names = common::names(conn, rows.iter().map(|row| Some(row.employee_id))).await?;
    Ok(rows
        .into_iter()
        .map(|absence| AbsenceView {
            employee_name: names.get(&absence.employee_id).cloned().unwrap_or_default(),
            absence,
        })
        .collect())
}

/// Which absences.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AbsenceQuery {
    /// Of this person.
    employee_id: Option<EmployeeId>,
    /// In this estate.
    estate_id: Option<EstateId>,
    /// In this state.
    state: Option<AbsenceState>,
    /// That touch the time from here …
    from: Option<DateTime<Utc>>,
    /// … until here.
    until: Option<DateTime<Utc>>,
}

/// List absences
#[utoipa::path(tag = "org", operation_id = "list_absences", params(ListParams, AbsenceQuery),
    responses((status = 200, description = "A page of absences", body = Page<AbsenceView>)),
    extensions(("x-permission" = json!("roster.read")), ("x-clauses" = json!(["DER-LABOUR-6"]))))]
#[get("/absences")]
pub async fn list_absences(
    guard: Guard<need::RosterRead>,
    list: ListQuery<AbsenceQuery>,
    app: web::Data<App>,
) -> ApiResult<Page<AbsenceView>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of absences, for the list and for its file.
pub(super) async fn page(
    app: &App,
    guard: &Guard<need::RosterRead>,
    filter: &AbsenceQuery,
    request: &ListRequest<NoSort>,
) -> Result<Rows<AbsenceView>, Failure> {
    let mut conn = app.conn().await?;
    let AbsenceQuery {
        employee_id,
        estate_id,
        state,
        from,
        until,
    } = *filter;
    let filter = AbsenceFilter {
        employee: employee_id,
        estate: estate_id,
        state,
        from,
        until,
    };
    let rows = absences::list(&mut conn, &guard.scope, &filter, &request.unsorted()).await?;
    rows.then(async |rows| views(&mut conn, rows).await).await
}

/// An absence to be entered.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAbsence {
    /// The assignment away from.
    assignment_id: AssignmentId,
    /// Why.
    kind: AbsenceKind,
    /// From when.
    from: DateTime<Utc>,
    /// Until when.
    until: DateTime<Utc>,
    /// Remark.
    note: Option<Note>,
}

/// Enter an absence
///
/// Planned until a superior grants it.
#[utoipa::path(tag = "org", operation_id = "create_absence", request_body = NewAbsence,
    responses((status = 201, description = "Planned", body = AbsenceView), (status = 404, description = "No such assignment in the caller's scope")),
    extensions(("x-permission" = json!("roster.edit")), ("x-clauses" = json!(["DER-LABOUR-6"]))))]
#[post("/absences")]
pub async fn create_absence(
    guard: Guard<need::RosterEdit>,
    command: Command<NewAbsence>,
    app: web::Data<App>,
) -> ApiResult<AbsenceView> {
    let mut work = app.begin(&guard, &command).await?;
    let body = &command.body;
    let held = assignments::find(&mut work, &guard.scope, body.assignment_id).await?;
    let Some(estate) = held.estate_id else {
        let words = Text::new("公司级岗位不在小区排班内", "company-wide posts are on no roster");
        return Err(Problem::field("/assignment_id", "company_post", words).into());
    };
    if !common::opens(&guard.scope, &held) {
        return Err(common::not_below().into());
    }
    let now = work.now;
    let row = Absence {
        id: Uuid::now_v7(),
        estate_id: estate,
        responsible_post: held.post,
        responsible_assignment: held.id,
        squad_id: held.squad_id,
        area_id: held.area_id,
        created_by: guard.actor.employee.map(|id| id.0),
        employee_id: held.employee_id,
        kind: body.kind.code().to_owned(),
        starts_at: body.from,
        ends_at: body.until,
        state: AbsenceState::Planned.code().to_owned(),
        note: body.note.as_ref().map(ToString::to_string),
        decided_by: None,
        decided_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    absences::insert(&mut work, &row).await?;
    let entry = TrailEntry::new(SubjectKind::Absence, row.id, "entered")
        .estate(estate.into())
        .states(None, AbsenceState::Planned.code())
        .clauses(&["DER-LABOUR-6"]);
    finish(work, row, entry, StatusCode::CREATED).await
}

async fn finish(mut work: Work, row: Absence, entry: TrailEntry, status: StatusCode) -> ApiResult<AbsenceView> {
    work.record(entry);
    let view = views(&mut work, vec![row]).await?.pop();
    let view = view.ok_or_else(|| Failure::internal("one row in, one view out"))?;
    work.answer(status, &view).await
}

/// A superior on the line decides, never the person who is away.
async fn must_decide(work: &mut Work, row: &Absence) -> Result<(), Failure> {
    let (now, actor) = (work.now, work.actor.clone());
    let estate: EstateId = row.estate_id.into();
    let post: PostCode = row.responsible_post.parse()?;
    // Any superior on the line may grant it, the nearest first; the resolver says who that is today.
    let above = actor
        .posts
        .iter()
        .any(|held| held.estate.is_none_or(|of| of == estate) && held.below.contains(&post));
    if above && !actor.is(row.employee_id.into()) {
        return Ok(());
    }
    let barred = [EmployeeId(row.employee_id)];
    let from = wuye_domain::org::superior::Seat {
        post,
        estate,
        squad: row.squad_id.map(Into::into),
        area: row.area_id.map(Into::into),
    };
    let dated = common::today(work, Some(estate), now).await?;
    let matter = Matter {
        from,
        rule: Rule::Line(1),
        barred: &barred,
        dated,
        right: None,
    };
    let resolution = approver::resolve(work, &matter, now).await?;
    let decider = approver::must_decide(work, &actor, &resolution, &barred).await?;
    work.decides_as(&decider);
    Ok(())
}

/// Grant an absence
///
/// Where the post has a required stand-in, the whole time must be covered by confirmed acting first, and who acts for
/// others then hands that on; illness need not wait.
#[utoipa::path(tag = "org", operation_id = "approve_absence", params(("id" = Uuid, Path)), request_body = crate::NoBody,
    responses((status = 200, description = "Granted", body = AbsenceView)),
    extensions(("x-permission" = json!("roster.edit")), ("x-clauses" = json!(["DER-LABOUR-6"]))))]
#[post("/absences/{id}/approve")]
pub async fn approve_absence(
    guard: Guard<need::RosterEdit>,
    id: web::Path<Uuid>,
    command: Command<crate::NoBody>,
    app: web::Data<App>,
) -> ApiResult<AbsenceView> {
    let mut work = app.begin(&guard, &command).await?;
    let mut row = absences::find(&mut work, &guard.scope, *id).await?;
    must_decide(&mut work, &row).await?;
    let now = work.now;
    let today = common::today(&mut work, Some(row.estate_id.into()), now).await?;
    let post: PostCode = row.responsible_post.parse().map_err(Failure::from)?;
    let required = pairs::required(&mut work, post, today).await?;
    let estate = row.estate_id.into();
    let covers = cover::of(&mut work, estate, row.responsible_assignment, row.span()).await?;
    let acts = cover::by(&mut work, row.employee_id.into(), row.span()).await?;
    let step = rules::approve(&row.facts()?, required, &covers, &acts)?;
    decided(&mut work, &mut row, step.record.state, None).await?;
    finish(work, row, step.entry, StatusCode::OK).await
}

async fn decided(work: &mut Work, row: &mut Absence, to: AbsenceState, note: Option<&Note>) -> Result<(), Failure> {
    to.code().clone_into(&mut row.state);
    row.decided_by = work.actor.employee.map(|id| id.0);
    row.decided_at = Some(work.now);
    row.updated_at = work.now;
    row.note = note.map(ToString::to_string).or(row.note.take());
    absences::save(work, row).await
}

/// Why an absence is refused or taken back.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AbsenceNote {
    /// Why.
    reason: Note,
}

/// Refuse an absence
#[utoipa::path(tag = "org", operation_id = "refuse_absence", params(("id" = Uuid, Path)), request_body = AbsenceNote,
    responses((status = 200, description = "Refused", body = AbsenceView)),
    extensions(("x-permission" = json!("roster.edit")), ("x-clauses" = json!(["DER-LABOUR-6"]))))]
#[post("/absences/{id}/refuse")]
pub async fn refuse_absence(
    guard: Guard<need::RosterEdit>,
    id: web::Path<Uuid>,
    command: Command<AbsenceNote>,
    app: web::Data<App>,
) -> ApiResult<AbsenceView> {
    let mut work = app.begin(&guard, &command).await?;
    let mut row = absences::find(&mut work, &guard.scope, *id).await?;
    must_decide(&mut work, &row).await?;
    let step = rules::refuse(&row.facts()?, &command.body.reason)?;
    decided(&mut work, &mut row, step.record.state, Some(&command.body.reason)).await?;
    finish(work, row, step.entry, StatusCode::OK).await
}

/// Take an absence back
#[utoipa::path(tag = "org", operation_id = "cancel_absence", params(("id" = Uuid, Path)), request_body = AbsenceNote,
    responses((status = 200, description = "Taken back", body = AbsenceView)),
    extensions(("x-permission" = json!("roster.edit")), ("x-clauses" = json!(["DER-LABOUR-6"]))))]
#[post("/absences/{id}/cancel")]
pub async fn cancel_absence(
    guard: Guard<need::RosterEdit>,
    id: web::Path<Uuid>,
    command: Command<AbsenceNote>,
    app: web::Data<App>,
) -> ApiResult<AbsenceView> {
    let mut work = app.begin(&guard, &command).await?;
    let mut row = absences::find(&mut work, &guard.scope, *id).await?;
    let step = rules::cancel(&row.facts()?, work.now, &command.body.reason)?;
    decided(&mut work, &mut row, step.record.state, Some(&command.body.reason)).await?;
    finish(work, row, step.entry, StatusCode::OK).await
}
