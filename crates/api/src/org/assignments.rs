//! Who holds which post: proposed by the head, endorsed by the deputy manager, approved by the centre manager.

use actix_web::{get, http::StatusCode, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{PostCode, need},
    org::{
        AssignmentKind, AssignmentPhase, AssignmentState, PostLevel,
        assignment::{self as rules, PostFacts, phase},
        superior::{Matter, Step},
    },
    shared::{AreaId, EmployeeId, EstateId, ListRequest, Name, Note, Page, ShortCode, SquadId, TrailEntry, Transition},
};
use wuye_persistence::{
    Conn, Failure, Rows,
    org::{
        assignments::{self, Assignment, AssignmentFilter},
        employees, posts, squads,
    },
};

use super::{approver, common};
use crate::{ApiResult, App, Command, Guard, ListParams, ListQuery, Work, list::NoSort};

/// An assignment with the words people read.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssignmentView {
    #[serde(flatten)]
    pub(super) assignment: Assignment,
    /// The person's name.
    pub(super) employee_name: String,
    /// Where it stands today.
    pub(super) phase: AssignmentPhase,
}

async fn views(
    conn: &mut Conn,
    rows: Vec<Assignment>,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Vec<AssignmentView>, Failure> {
    let today = common::today(conn, None, now).await?;
    let names = common::names(conn, rows.iter().map(|row| Some(row.employee_id))).await?;
    rows.into_iter()
        .map(|row| {
            Ok(AssignmentView {
                employee_name: names.get(&row.employee_id).cloned().unwrap_or_default(),
                phase: phase(row.state.parse()?, row.valid_from, row.valid_until, today),
                assignment: row,
            })
        })
        .collect()
}

/// Which assignments.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AssignmentQuery {
    /// Of this person.
    employee_id: Option<EmployeeId>,
    /// To this post.
    post: Option<PostCode>,
    /// In this estate.
    estate_id: Option<EstateId>,
    /// In this state.
    state: Option<AssignmentState>,
    /// In force or asked for on this day.
    on: Option<NaiveDate>,
    /// In force or asked for on this day or on one after it; with `in_force_to`, on some day of a period.
    in_force_from: Option<NaiveDate>,
    /// In force or asked for on this day or on one before it.
    in_force_to: Option<NaiveDate>,
}

/// List assignments
///
/// Who holds, held or is to hold which post, by first day.
#[utoipa::path(tag = "org", operation_id = "list_assignments", params(ListParams, AssignmentQuery),
    responses((status = 200, description = "A page of assignments", body = Page<AssignmentView>)),
    extensions(("x-permission" = json!("org.read")), ("x-clauses" = json!(["POS-CASHIER-01", "POS-FEECOL-01", "POS-TICKET-01", "POS-RECEPT-01", "POS-RENOADM-01"]))))]
#[get("/assignments")]
pub async fn list_assignments(
    guard: Guard<need::OrgRead>,
    list: ListQuery<AssignmentQuery>,
    app: web::Data<App>,
) -> ApiResult<Page<AssignmentView>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of assignments, for the list and for its file.
pub(super) async fn page(
    app: &App,
    guard: &Guard<need::OrgRead>,
    filter: &AssignmentQuery,
    request: &ListRequest<NoSort>,
) -> Result<Rows<AssignmentView>, Failure> {
    let mut conn = app.conn().await?;
    let AssignmentQuery {
        employee_id,
        post,
        estate_id,
        state,
        on,
        in_force_from,
        in_force_to,
    } = *filter;
    let filter = AssignmentFilter {
        employee: employee_id,
        post,
        estate: estate_id,
        state,
        from: in_force_from.max(on),
        to: [in_force_to, on].into_iter().flatten().min(),
    };
    let rows = assignments::list(&mut conn, &guard.scope, &filter, &request.unsorted()).await?;
    rows.then(async |rows| views(&mut conn, rows, app.now()).await).await
}

/// A person to hold a post.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAssignment {
    /// Who.
    employee_id: EmployeeId,
    /// Which post.
    post: PostCode,
    /// Where; absent for company-wide posts.
    estate_id: Option<EstateId>,
    /// Whether it is the person's first post.
    kind: AssignmentKind,
    /// The squad.
    squad_id: Option<SquadId>,
    /// The area.
    area_id: Option<AreaId>,
    /// The field of service answered for.
    service_field: Option<Name>,
    /// First day.
    valid_from: NaiveDate,
    /// First day after, where an end is known.
    valid_until: Option<NaiveDate>,
    /// The written order behind it.
    order_ref: Option<ShortCode>,
    /// Why; required when the first day has passed.
    reason: Option<Note>,
}

/// Propose an assignment
///
/// Heads propose staff and leaders below them; managers any post of the centre. What the deputy manager proposes needs no
/// endorsement by the same.
#[utoipa::path(tag = "org", operation_id = "create_assignment", request_body = NewAssignment,
    responses((status = 201, description = "Proposed", body = AssignmentView), (status = 404, description = "No such estate in the caller's scope")),
    extensions(("x-permission" = json!("org.propose")), ("x-clauses" = json!(["POS-RECEPT-01", "POS-RENOADM-01", "POS-FEECOL-01"]))))]
#[post("/assignments")]
pub async fn create_assignment(
    guard: Guard<need::OrgPropose>,
    command: Command<NewAssignment>,
    app: web::Data<App>,
) -> ApiResult<AssignmentView> {
    let mut work = app.begin(&guard, &command).await?;
    let body = &command.body;
    let post = posts::find(&mut work, body.post).await?;
    let level = post.level()?;
    if !common::reaches(&guard.scope, body.estate_id, body.post, level) {
        return Err(common::not_below().into());
    }
    if let Some(squad) = body.squad_id {
        squads::known(&mut work, &guard.scope, squad.0, "/squad_id").await?;
    }
    let status = employees::status(&mut work, body.employee_id, "/employee_id").await?;
    let now = work.now;
    let today = common::today(&mut work, body.estate_id, now).await?;
    let facts = PostFacts {
        level,
        is_role_tag: post.is_role_tag,
        is_active: post.is_active(body.valid_from),
    };
    let by_deputy = body
        .estate_id
        .is_some_and(|estate| guard.actor.holds(estate, &[PostCode::Depmgr]));
    let mut row = body.row(guard.actor.employee, now);
    let step = rules::propose(
        row.facts(level)?,
        facts,
        status,
        by_deputy,
        today,
        body.reason.as_deref(),
    )?;
    row.apply(&step.record, now);
    assignments::insert(&mut work, &row).await?;
    finish(work, row, step.entry, StatusCode::CREATED).await
}

impl NewAssignment {
    fn row(&self, by: Option<EmployeeId>, now: chrono::DateTime<chrono::Utc>) -> Assignment {
        Assignment {
            id: Uuid::now_v7(),
            employee_id: self.employee_id.0,
            post: self.post.code().to_owned(),
            estate_id: self.estate_id.map(|id| id.0),
            kind: self.kind.code().to_owned(),
            squad_id: self.squad_id.map(|id| id.0),
            area_id: self.area_id.map(|id| id.0),
            service_field: self.service_field.as_ref().map(ToString::to_string),
            valid_from: self.valid_from,
            valid_until: self.valid_until,
            state: AssignmentState::Proposed.code().to_owned(),
            order_ref: self.order_ref.as_ref().map(ToString::to_string),
            proposed_by: by.map(|id| id.0),
            endorsed_by: None,
            approved_by: None,
            refused_by: None,
            reason: self.reason.as_ref().map(ToString::to_string),
            end_reason: None,
            version: 1,
            created_at: now,
            updated_at: now,
        }
    }
}

async fn finish(mut work: Work, row: Assignment, entry: TrailEntry, status: StatusCode) -> ApiResult<AssignmentView> {
    work.record(entry);
    let now = work.now;
    let view = views(&mut work, vec![row], now).await?.pop();
    let view = view.ok_or_else(|| Failure::internal("one row in, one view out"))?;
    work.answer(status, &view).await
}

struct Loaded {
    row: Assignment,
    facts: rules::Assignment,
    path: Vec<Step>,
}

/// Loads an assignment and makes sure that the actor is the one to decide it next.
async fn to_decide(work: &mut Work, scope: &wuye_domain::access::Scope, id: Uuid) -> Result<Loaded, Failure> {
    let row = assignments::find(work, scope, id.into()).await?;
    let post: PostCode = row.post.parse()?;
    let level = posts::find(work, post).await?.level()?;
    let facts = row.facts(level)?;
    let place = common::place(work, row.estate_id.map(Into::into)).await?;
    let (rule, right) = rules::decided_by(facts.state, post, level);
    let barred = rules::barred(&facts);
    let now = work.now;
    let today = common::today(work, Some(place), now).await?;
    let matter = Matter {
        from: approver::seat(&row, place)?,
        rule,
        barred: &barred,
        dated: today,
        right: Some(right),
    };
    let asked = approver::ask(work, &matter, now).await?;
    let path = asked.as_ref().map(|found| found.path.clone()).unwrap_or_default();
    let actor = work.actor.clone();
    if let Some(decider) = approver::must_decide_or_set_up(work, &actor, asked, &barred).await? {
        work.decides_as(&decider);
    }
    Ok(Loaded { row, facts, path })
}

/// Endorse an assignment
///
/// By the deputy manager, for staff and leaders proposed by a head.
#[utoipa::path(tag = "org", operation_id = "endorse_assignment", params(("id" = Uuid, Path)), request_body = crate::NoBody,
    responses((status = 200, description = "Endorsed", body = AssignmentView)),
    extensions(("x-permission" = json!("org.endorse")), ("x-clauses" = json!(["POS-DEPMGR-01"]))))]
#[post("/assignments/{id}/endorse")]
pub async fn endorse_assignment(
    guard: Guard<need::OrgEndorse>,
    id: web::Path<Uuid>,
    command: Command<crate::NoBody>,
    app: web::Data<App>,
) -> ApiResult<AssignmentView> {
    let mut work = app.begin(&guard, &command).await?;
    let scope = guard.scope.clone();
    let row = assignments::find(&mut work, &scope, (*id).into()).await?;
    let level = posts::find(&mut work, row.post.parse().map_err(Failure::from)?)
        .await?
        .level()?;
    let step = rules::endorse(&row.facts(level)?, guard.actor.employee)?;
    let Loaded { mut row, .. } = to_decide(&mut work, &scope, *id).await?;
    row.apply(&step.record, work.now);
    assignments::save(&mut work, &mut row).await?;
    finish(work, row, step.entry, StatusCode::OK).await
}

/// A decision; one that comes after the first day says why.
#[derive(Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LateDecision {
    /// Why it comes late; may be left out when the proposal said so already, or when the first day is still to come.
    reason: Option<Note>,
}

/// Approve an assignment
///
/// By the centre manager; for supervisors and managers the general manager is told, and decides where the centre manager
/// is the one concerned. After the first day it is a correction and needs a reason.
#[utoipa::path(tag = "org", operation_id = "approve_assignment", params(("id" = Uuid, Path)), request_body = LateDecision,
    responses((status = 200, description = "Approved: in force from its first day", body = AssignmentView)),
    extensions(("x-permission" = json!("org.edit")), ("x-clauses" = json!(["POS-CSCMGR-01", "POS-DEPMGR-01", "POS-ASSTMGR-01", "POS-GUARDCAPT-01", "POS-PUBSUP-01", "POS-FINSUP-01"]))))]
#[post("/assignments/{id}/approve")]
pub async fn approve_assignment(
    guard: Guard<need::OrgEdit>,
    id: web::Path<Uuid>,
    command: Command<LateDecision>,
    app: web::Data<App>,
) -> ApiResult<AssignmentView> {
    let mut work = app.begin(&guard, &command).await?;
    let row = assignments::find(&mut work, &guard.scope, (*id).into()).await?;
    let level = posts::find(&mut work, row.post.parse().map_err(Failure::from)?)
        .await?
        .level()?;
    let facts = row.facts(level)?;
    let now = work.now;
    let today = common::today(&mut work, row.estate_id.map(Into::into), now).await?;
    let reason = command.body.reason.as_deref().or(row.reason.as_deref());
    let alone = work.actor.is_administrator();
    // Setting up, there is nobody yet who could endorse.
    let step = match facts.state {
        AssignmentState::Proposed if alone && !level.is_upper() => {
            rules::approve(&rules::endorse(&facts, None)?.record, today, reason)?
        }
        _ => rules::approve(&facts, today, reason)?,
    };
    let Loaded { mut row, path, .. } = to_decide(&mut work, &guard.scope, *id).await?;
    row.apply(&step.record, work.now);
    row.approved_by = guard.actor.employee.map(|id| id.0);
    assignments::save(&mut work, &mut row).await?;
    common::end_old_rights(&mut work, &[row.employee_id.into()]).await?;
    let Transition { mut entry, .. } = step;
    let told = level.is_upper().then_some("GM");
    entry.changes = serde_json::json!({ "path": [null, path], "informed": [null, told] });
    finish(work, row, entry, StatusCode::OK).await
}

/// A refusal.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// Why.
    reason: Note,
}

/// Refuse an assignment
///
/// By whoever would decide it next.
#[utoipa::path(tag = "org", operation_id = "reject_assignment", params(("id" = Uuid, Path)), request_body = Refusal,
    responses((status = 200, description = "Refused", body = AssignmentView)),
    extensions(("x-permission" = json!("org.endorse")), ("x-clauses" = json!(["POS-DEPMGR-01", "POS-CSCMGR-01"]))))]
#[post("/assignments/{id}/reject")]
pub async fn reject_assignment(
    guard: Guard<need::OrgEndorse>,
    id: web::Path<Uuid>,
    command: Command<Refusal>,
    app: web::Data<App>,
) -> ApiResult<AssignmentView> {
    let mut work = app.begin(&guard, &command).await?;
    let Loaded { mut row, facts, .. } = to_decide(&mut work, &guard.scope, *id).await?;
    let step = rules::reject(&facts, &command.body.reason)?;
    row.apply(&step.record, work.now);
    row.refused_by = guard.actor.employee.map(|id| id.0);
    row.reason = Some(command.body.reason.to_string());
    assignments::save(&mut work, &mut row).await?;
    finish(work, row, step.entry, StatusCode::OK).await
}

/// Take an assignment back
///
/// By those who may propose it, before its first day.
#[utoipa::path(tag = "org", operation_id = "cancel_assignment", params(("id" = Uuid, Path)), request_body = Refusal,
    responses((status = 200, description = "Taken back", body = AssignmentView)),
    extensions(("x-permission" = json!("org.propose")), ("x-clauses" = json!(["POS-CSCMGR-01"]))))]
#[post("/assignments/{id}/cancel")]
pub async fn cancel_assignment(
    guard: Guard<need::OrgPropose>,
    id: web::Path<Uuid>,
    command: Command<Refusal>,
    app: web::Data<App>,
) -> ApiResult<AssignmentView> {
    let mut work = app.begin(&guard, &command).await?;
    let mut row = assignments::find(&mut work, &guard.scope, (*id).into()).await?;
    let post: PostCode = row.post.parse().map_err(Failure::from)?;
    let level = posts::find(&mut work, post).await?.level()?;
    if !common::reaches(&guard.scope, row.estate_id.map(Into::into), post, level) {
        return Err(common::not_below().into());
    }
    let now = work.now;
    let today = common::today(&mut work, row.estate_id.map(Into::into), now).await?;
    let step = rules::cancel(&row.facts(level)?, today, &command.body.reason)?;
    row.apply(&step.record, now);
    row.refused_by = guard.actor.employee.map(|id| id.0);
    row.reason = Some(command.body.reason.to_string());
    assignments::save(&mut work, &mut row).await?;
    common::end_old_rights(&mut work, &[row.employee_id.into()]).await?;
    finish(work, row, step.entry, StatusCode::OK).await
}

/// Who approves an assignment ends it; nobody ends the own one.
async fn ends(work: &mut Work, row: &Assignment, post: PostCode, level: PostLevel) -> Result<(), Failure> {
    let place = common::place(work, row.estate_id.map(Into::into)).await?;
    let barred: [EmployeeId; 1] = [row.employee_id.into()];
    let (rule, right) = rules::decided_by(AssignmentState::Endorsed, post, level);
    let now = work.now;
    let today = common::today(work, Some(place), now).await?;
    let matter = Matter {
        from: approver::seat(row, place)?,
        rule,
        barred: &barred,
        dated: today,
        right: Some(right),
    };
    let asked = approver::ask(work, &matter, now).await?;
    let actor = work.actor.clone();
    if let Some(decider) = approver::must_decide_or_set_up(work, &actor, asked, &barred).await? {
        work.decides_as(&decider);
    }
    Ok(())
}

/// The end of an assignment.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndAssignment {
    /// First day on which the post is not held any more.
    valid_until: NaiveDate,
    /// Why.
    reason: Note,
}

/// End an assignment
///
/// By whoever approves such an assignment, never by its holder. Rights end with the day; when it is today, at once.
#[utoipa::path(tag = "org", operation_id = "end_assignment", params(("id" = Uuid, Path)), request_body = EndAssignment,
    responses((status = 200, description = "With its end", body = AssignmentView)),
    extensions(("x-permission" = json!("org.edit")), ("x-clauses" = json!(["POS-CSCMGR-01", "DER-COMPUTER-2"]))))]
#[post("/assignments/{id}/end")]
pub async fn end_assignment(
    guard: Guard<need::OrgEdit>,
    id: web::Path<Uuid>,
    command: Command<EndAssignment>,
    app: web::Data<App>,
) -> ApiResult<AssignmentView> {
    let mut work = app.begin(&guard, &command).await?;
    let mut row = assignments::find(&mut work, &guard.scope, (*id).into()).await?;
    let level = posts::find(&mut work, row.post.parse().map_err(Failure::from)?)
        .await?
        .level()?;
    let post: PostCode = row.post.parse().map_err(Failure::from)?;
    ends(&mut work, &row, post, level).await?;
    let now = work.now;
    let today = common::today(&mut work, row.estate_id.map(Into::into), now).await?;
    let EndAssignment { valid_until, reason } = &command.body;
    let step = rules::end(&row.facts(level)?, *valid_until, today, Some(reason))?;
    row.apply(&step.record, now);
    row.end_reason = Some(reason.to_string());
    assignments::save(&mut work, &mut row).await?;
    common::end_old_rights(&mut work, &[row.employee_id.into()]).await?;
    finish(work, row, step.entry, StatusCode::OK).await
}
