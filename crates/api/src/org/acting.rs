//! Acting (代为履行职责): proposed by the principal or a superior, confirmed by the superior, begun and ended by the clock.

use actix_web::{get, http::StatusCode, post, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{Actor, Permission, PostCode, Scope, need},
    org::{
        EmployeeStatus,
        acting::{self as rules, ActingDecision, ActingPeriod, ActingReason, ActingState},
        superior::{Matter, Resolution, Seat},
    },
    shared::{
        AssignmentId, EmployeeId, EstateId, ListRequest, Note, Page, Problem, Text, Transition,
        period::Span,
        zone::{business_date, start_of, zone},
    },
};
use wuye_persistence::{
    Conn, Failure, Rows, estates,
    org::{
        acting::{self, ActingFilter, ActingRow},
        assignments, employees, posts,
    },
};

use super::{
    acting_facts,
    approver::{self, DecisionView},
    common,
};
use crate::{Answer, ApiResult, App, Command, Guard, ListParams, ListQuery, Work, list::NoSort};

/// A period of acting with the words people read.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActingView {
    #[serde(flatten)]
    pub(super) acting: ActingRow,
    /// What it is now, by decision and clock.
    pub(super) state: ActingState,
    /// The person acted for.
    pub(super) principal_name: Option<String>,
    /// Who acts.
    pub(super) stand_in_name: String,
    /// The rights of the post that come along.
    pub(super) rights: Vec<Permission>,
    /// Who confirms; only while it waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) waits_for: Option<DecisionView>,
    /// The stand-in is none that the manual names.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) unusual: bool,
}

async fn views(conn: &mut Conn, rows: Vec<ActingRow>, now: DateTime<Utc>) -> Result<Vec<ActingView>, Failure> {
    let ids = rows.iter().flat_map(|row| [row.principal_id, Some(row.stand_in_id)]);
    let names = common::names(conn, ids).await?;
    rows.into_iter()
        .map(|row| {
            let period = row.period()?;
            Ok(ActingView {
                state: period.state(now),
                rights: period.rights(),
                principal_name: row.principal_id.and_then(|id| names.get(&id).cloned()),
                stand_in_name: names.get(&row.stand_in_id).cloned().unwrap_or_default(),
                waits_for: None,
                unusual: false,
                acting: row,
            })
        })
        .collect()
}

async fn view(conn: &mut Conn, row: ActingRow, now: DateTime<Utc>) -> Result<ActingView, Failure> {
    let view = views(conn, vec![row], now).await?.pop();
    view.ok_or_else(|| Failure::internal("one row in, one view out"))
}

/// Which periods.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ActingQuery {
    /// Running now: who acts today.
    active: Option<bool>,
    /// With this decision.
    decision: Option<ActingDecision>,
    /// In this estate.
    estate_id: Option<EstateId>,
    /// In which this person acts or is acted for.
    employee_id: Option<EmployeeId>,
}

/// The acting register
///
/// `active=true` answers "who acts today".
#[utoipa::path(tag = "org", operation_id = "list_acting_periods", params(ListParams, ActingQuery),
    responses((status = 200, description = "A page of the register", body = Page<ActingView>)),
    extensions(("x-permission" = json!("acting.read")), ("x-clauses" = json!(["PROC-DEPMGR-5.9", "PROC-ASSTMGR-5.10"]))))]
#[get("/acting-periods")]
pub async fn list_acting_periods(
    guard: Guard<need::ActingRead>,
    list: ListQuery<ActingQuery>,
    app: web::Data<App>,
) -> ApiResult<Page<ActingView>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of the register, for the list and for its file.
pub(super) async fn page(
    app: &App,
    guard: &Guard<need::ActingRead>,
    filter: &ActingQuery,
    request: &ListRequest<NoSort>,
) -> Result<Rows<ActingView>, Failure> {
    let (mut conn, now) = (app.conn().await?, app.now());
    let ActingQuery {
        active,
        decision,
        estate_id,
        employee_id,
    } = *filter;
    let filter = ActingFilter {
        active_at: (active == Some(true)).then_some(now),
        decision,
        estate: estate_id,
        person: employee_id,
    };
    let rows = acting::list(&mut conn, &guard.scope, &filter, &request.unsorted()).await?;
    rows.then(async |rows| views(&mut conn, rows, now).await).await
}

/// Read a period of acting
///
/// While it waits, it says who confirms it and why.
#[utoipa::path(tag = "org", operation_id = "get_acting_period", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The period", body = ActingView)),
    extensions(("x-permission" = json!("acting.read")), ("x-clauses" = json!(["PROC-GUARDCAPT-5.11", "PROC-PUBSUP-5.11"]))))]
#[get("/acting-periods/{id}")]
pub async fn get_acting_period(
    guard: Guard<need::ActingRead>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<ActingView> {
    let mut conn = app.conn().await?;
    let row = acting::find(&mut conn, &guard.scope, *id).await?;
    let now = app.now();
    let period = row.period()?;
    let version = row.version;
    let mut view = view(&mut conn, row, now).await?;
    if view.state == ActingState::Proposed
        && let Ok((resolution, _)) = decider(&mut conn, &period, now).await
    {
        view.waits_for = Some(DecisionView::of(&mut conn, &resolution).await?);
    }
    Ok(Answer::ok(&view)?.version(version))
}

/// A stand-in to be named.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewActing {
    /// The assignment acted for; one's own first post when absent.
    assignment_id: Option<AssignmentId>,
    /// For a vacancy: the post nobody holds.
    vacant_post: Option<PostCode>,
    /// For a vacancy: where.
    estate_id: Option<EstateId>,
    /// Who acts.
    stand_in_id: EmployeeId,
    /// Why.
    reason: ActingReason,
    /// From when.
    from: DateTime<Utc>,
    /// Until when.
    until: DateTime<Utc>,
    /// The duties it is limited to, in words; all when empty. Name the rights they need beside them.
    #[serde(default)]
    #[validate(length(max = 50))]
    #[schema(max_items = 50)]
    duties: Vec<Note>,
    /// The rights it is limited to; all of the post's when empty, but those excluded.
    #[serde(default)]
    #[validate(length(max = 200))]
    #[schema(max_items = 200)]
    rights: Vec<Permission>,
    /// What is handed over: keys, tools, open orders.
    #[serde(default)]
    #[validate(length(max = 100))]
    #[schema(max_items = 100)]
    handover_items: Vec<Note>,
    /// Rights that do not come along, besides those the manual excludes.
    #[serde(default)]
    #[validate(length(max = 50))]
    #[schema(max_items = 50)]
    excluded_rights: Vec<Permission>,
    /// The absence it covers.
    absence_id: Option<Uuid>,
}

/// Name a stand-in
///
/// By the principal or a superior. Refused when the stand-in is away too, already acts for somebody who checks the
/// principal, would bring accounts and cash into one hand, or is not the one that the manual names while that one is there.
#[utoipa::path(tag = "org", operation_id = "create_acting_period", request_body = NewActing,
    responses((status = 201, description = "Proposed; waits for the superior", body = ActingView), (status = 404, description = "No such assignment in the caller's scope")),
    extensions(("x-permission" = json!("acting.propose")), ("x-clauses" = json!(["PROC-DEPMGR-5.9", "PROC-ASSTMGR-5.10", "PROC-GUARDCAPT-5.11", "PROC-PUBSUP-5.11", "PROC-GUARDLEAD-5.9", "PROC-RECEPT-5.11", "PROC-RENOADM-5.11", "PROC-CLEANLEAD-5.11", "PROC-TECH-5.11", "DER-FINSUP-8", "DER-CSCMGR-3"]))))]
#[post("/acting-periods")]
pub async fn create_acting_period(
    guard: Guard<need::ActingPropose>,
    command: Command<NewActing>,
    app: web::Data<App>,
) -> ApiResult<ActingView> {
    let person = guard.person()?;
    let mut work = app.begin(&guard, &command).await?;
    let now = work.now;
    let body = &command.body;
    let mut period = draft(&mut work, &guard.actor, &guard.scope, body, now).await?;
    period.excluded.extend(body.left_out(period.post)?);
    period.excluded.sort_unstable();
    period.excluded.dedup();
    stand_in_works_here(&mut work, &guard.actor, body.stand_in_id).await?;
    let place = common::place(&mut work, period.estate).await?;
    let facts = acting_facts::load(&mut work, &period, place, now, false).await?;
    let proposal = rules::propose(period, &facts, start_of_today(&mut work, place, now).await?, now)?;
    let Transition { record, mut entry } = proposal.transition;
    entry.changes = serde_json::json!({ "stand_in": [null, record.stand_in], "late": proposal.late });
    let (resolution, _) = decider(&mut work, &record, now).await?;
    let mut row = body.row(&record, person, now);
    row.apply(&record, now);
    row.decision_path = Some(serde_json::to_value(&resolution.path).map_err(Failure::internal)?);
    acting::insert(&mut work, &row).await?;
    work.record(entry);
    let mut view = view(&mut work, row, now).await?;
    view.waits_for = Some(DecisionView::of(&mut work, &resolution).await?);
    view.unusual = proposal.unusual;
    work.answer(StatusCode::CREATED, &view).await
}

/// Whoever acts is on probation or employed, and known where the caller reads people.
async fn stand_in_works_here(work: &mut Work, actor: &Actor, person: EmployeeId) -> Result<(), Failure> {
    let scope = actor.scope(Permission::OrgRead)?;
    let status = match employees::find(work, &scope, person).await {
        Ok(row) => row.status.parse()?,
        Err(Failure::Problem(_)) => employees::status(work, EmployeeId(Uuid::nil()), "/stand_in_id").await?,
        Err(failure) => return Err(failure),
    };
    if matches!(status, EmployeeStatus::Probation | EmployeeStatus::Active) {
        return Ok(());
    }
    let (zh, en) = (status.title().zh, status.title().en);
    let words = wuye_domain::text!("代职人须在岗，现为“{zh}”", "the stand-in must work here, and is {en}");
    Err(Problem::field("/stand_in_id", "not_employed", words).into())
}

impl NewActing {
    /// Rights left out because the acting is limited.
    fn left_out(&self, post: PostCode) -> Result<Vec<Permission>, Problem> {
        if !self.rights.is_empty() {
            return rules::limited_to(post, &self.rights);
        }
        if self.duties.is_empty() {
            return Ok(Vec::new());
        }
        let words = Text::new(
            "限定职责时须同时列明所需权限，否则代职人会得到该岗位的全部权限",
            "name the rights these duties need, or the stand-in would get every right of the post",
        );
        Err(Problem::field("/rights", "required", words))
    }

    fn row(&self, period: &ActingPeriod, by: EmployeeId, now: DateTime<Utc>) -> ActingRow {
        let items: Vec<String> = self.handover_items.iter().map(ToString::to_string).collect();
        ActingRow {
            id: period.id.0,
            principal_assignment: period.assignment.map(|id| id.0),
            principal_id: period.principal.map(|id| id.0),
            stand_in_id: period.stand_in.0,
            estate_id: period.estate.map(|id| id.0),
            post: period.post.code().to_owned(),
            reason: period.reason.code().to_owned(),
            starts_at: period.span.from,
            ends_at: period.span.until,
            state: ActingDecision::Proposed.code().to_owned(),
            duties: self.duties.iter().map(ToString::to_string).collect(),
            excluded_rights: Vec::new(),
            handover_items: serde_json::json!(items),
            basis_clause: None,
            absence_id: self.absence_id,
            note: None,
            proposed_by: by.0,
            decided_by: None,
            decided_at: None,
            decision_path: None,
            version: 1,
            created_at: now,
            updated_at: now,
        }
    }
}

/// The period meant: the principal's post, and whether the caller may propose for it.
async fn draft(
    work: &mut Work,
    actor: &Actor,
    scope: &Scope,
    body: &NewActing,
    now: DateTime<Utc>,
) -> Result<ActingPeriod, Failure> {
    let base = |post, estate, assignment, principal| ActingPeriod {
        id: rules::ActingId::generate(),
        estate,
        post,
        assignment,
        principal,
        stand_in: body.stand_in_id,
        reason: body.reason,
        span: Span {
            from: body.from,
            until: body.until,
        },
        excluded: body.excluded_rights.clone(),
        clause: None,
        decision: ActingDecision::Proposed,
    };
    let (period, level) = if let Some(post) = body.vacant_post {
        let estate = common::place(work, body.estate_id.or_else(|| actor.home_estate())).await?;
        let today = common::today(work, Some(estate), now).await?;
        if assignments::on(work, Some(estate), today)
            .await?
            .iter()
            .any(|row| row.post == post.code())
        {
            let words = Text::new("该岗位有人任职，不是空缺", "somebody holds the post: it is not vacant");
            return Err(Problem::field("/vacant_post", "not_vacant", words).into());
        }
        (
            base(post, Some(estate), None, None),
            posts::find(work, post).await?.level()?,
        )
    } else {
        let today = common::today(work, None, now).await?;
        let row = match (body.assignment_id, actor.employee) {
            (Some(id), _) => assignments::find(work, scope, id).await?,
            (None, Some(me)) => {
                let own = assignments::of_employee(work, me, today).await?.into_iter().next();
                own.ok_or_else(Problem::not_found)?
            }
            (None, None) => return Err(Problem::not_found().into()),
        };
        if row.state != "approved" || row.valid_until.is_some_and(|until| until <= today) {
            let words = Text::new("此任职不在有效期", "the assignment is not in force");
            return Err(Problem::field("/assignment_id", "not_active", words).into());
        }
        let post: PostCode = row.post.parse()?;
        let level = posts::find(work, post).await?.level()?;
        (
            base(
                post,
                row.estate_id.map(Into::into),
                Some(row.id.into()),
                Some(row.employee_id.into()),
            ),
            level,
        )
    };
    let own = period.principal.is_some() && period.principal == actor.employee;
    let above = actor.posts.iter().any(|held| {
        held.estate.is_none_or(|estate| Some(estate) == period.estate) && held.below.contains(&period.post)
    });
    if own || above || common::reaches(scope, period.estate, period.post, level) {
        return Ok(period);
    }
    Err(Problem::forbidden(&Text::new("本人或其上级", "the person or a superior")).into())
}

async fn start_of_today(conn: &mut Conn, estate: EstateId, now: DateTime<Utc>) -> Result<DateTime<Utc>, Failure> {
    let zone = zone(&estates::find(conn, estate).await?.time_zone);
    Ok(start_of(business_date(now, zone), zone))
}

/// Where the period comes from: the principal's own squad and area, so that the leader of the same squad is asked.
async fn seat(conn: &mut Conn, period: &ActingPeriod, place: EstateId, today: NaiveDate) -> Result<Seat, Failure> {
    let of_post = Seat {
        post: period.post,
        estate: place,
        squad: None,
        area: None,
    };
    let (Some(principal), Some(assignment)) = (period.principal, period.assignment) else {
        return Ok(of_post);
    };
    let held = assignments::of_employee(conn, principal, today).await?;
    match held.iter().find(|row| row.id == assignment.0) {
        Some(row) => approver::seat(row, place),
        None => Ok(of_post),
    }
}

/// Who confirms a period, and who may not.
async fn decider(
    conn: &mut Conn,
    period: &ActingPeriod,
    now: DateTime<Utc>,
) -> Result<(Resolution, Vec<EmployeeId>), Failure> {
    let place = common::place(conn, period.estate).await?;
    let today = common::today(conn, Some(place), now).await?;
    let held = assignments::of_employee(conn, period.stand_in, today).await?;
    let posts: Vec<PostCode> = held.iter().map(|row| row.post.parse()).collect::<Result<_, _>>()?;
    let barred = rules::barred_from_confirming(period, &posts);
    let from = seat(conn, period, place, today).await?;
    let rule = rules::confirmed_by(period.post);
    let matter = Matter {
        from,
        rule,
        barred: &barred,
        dated: today,
        right: Some(Permission::ActingConfirm),
    };
    Ok((approver::resolve(conn, &matter, now).await?, barred))
}

/// The confirmation of a stand-in.
#[derive(Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmActing {
    /// Only the general manager, for the centre manager's stand-in: lets the approval of expenses come along.
    #[serde(default)]
    allow_expenses: bool,
}

/// Confirm a stand-in
///
/// By the superior that the line gives; the rules are checked again, for leave may have been entered since. From then on
/// the rights begin and end by the clock.
#[utoipa::path(tag = "org", operation_id = "confirm_acting_period", params(("id" = Uuid, Path)), request_body = ConfirmActing,
    responses((status = 200, description = "Confirmed", body = ActingView)),
    extensions(("x-permission" = json!("acting.confirm")), ("x-clauses" = json!(["PROC-DEPMGR-5.9", "PROC-ASSTMGR-5.10", "PROC-GUARDCAPT-5.11", "PROC-PUBSUP-5.11", "DER-FINSUP-8", "DER-CSCMGR-3"]))))]
#[post("/acting-periods/{id}/confirm")]
pub async fn confirm_acting_period(
    guard: Guard<need::ActingConfirm>,
    id: web::Path<Uuid>,
    command: Command<ConfirmActing>,
    app: web::Data<App>,
) -> ApiResult<ActingView> {
    let mut work = app.begin(&guard, &command).await?;
    let now = work.now;
    let mut row = acting::find(&mut work, &wide(&guard)?, *id).await?;
    let mut period = row.period()?;
    let (resolution, barred) = decider(&mut work, &period, now).await?;
    let decider = approver::must_decide(&mut work, &guard.actor, &resolution, &barred).await?;
    work.decides_as(&decider);
    if command.body.allow_expenses {
        if period.post != PostCode::Cscmgr || decider.post != PostCode::Gm {
            let words = Text::new(
                "仅总经理可对经理的代职人放开",
                "only the general manager, for the manager's stand-in",
            );
            return Err(Problem::field("/allow_expenses", "not_gm", words).into());
        }
        period.excluded.retain(|right| !rules::EXPENSES.contains(right));
    }
    let place = common::place(&mut work, period.estate).await?;
    let facts = acting_facts::load(&mut work, &period, place, now, command.body.allow_expenses).await?;
    let step = rules::confirm(period, &facts, now)?;
    row.decision_path = Some(serde_json::to_value(&resolution.path).map_err(Failure::internal)?);
    decided(&mut work, &mut row, &step.record, &guard.actor, None).await?;
    finish(work, row, step).await
}

/// Everything of the company's register: who decides is the resolver's matter, not the scope's.
fn wide<P: wuye_domain::access::Needs>(guard: &Guard<P>) -> Result<Scope, Problem> {
    guard
        .actor
        .scope(Permission::ActingRead)
        .or_else(|_| guard.actor.scope(P::PERMISSION))
}

async fn decided(
    work: &mut Work,
    row: &mut ActingRow,
    record: &ActingPeriod,
    actor: &Actor,
    note: Option<&Note>,
) -> Result<(), Failure> {
    row.apply(record, work.now);
    row.decided_by = actor.employee.map(|id| id.0);
    row.decided_at = Some(work.now);
    row.note = note.map(ToString::to_string).or(row.note.take());
    acting::save(work, row).await?;
    let people: Vec<EmployeeId> = [Some(record.stand_in), record.principal]
        .into_iter()
        .flatten()
        .collect();
    common::end_old_rights(work, &people).await
}

async fn finish(mut work: Work, row: ActingRow, step: Transition<ActingPeriod>) -> ApiResult<ActingView> {
    work.record(step.entry);
    let now = work.now;
    let view = view(&mut work, row, now).await?;
    work.answer(StatusCode::OK, &view).await
}

/// Why a stand-in is refused, taken back or not needed any more.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActingNote {
    /// Why.
    reason: Note,
}

/// Refuse a stand-in
#[utoipa::path(tag = "org", operation_id = "reject_acting_period", params(("id" = Uuid, Path)), request_body = ActingNote,
    responses((status = 200, description = "Refused", body = ActingView)),
    extensions(("x-permission" = json!("acting.confirm")), ("x-clauses" = json!(["PROC-GUARDCAPT-5.11", "PROC-PUBSUP-5.11"]))))]
#[post("/acting-periods/{id}/reject")]
pub async fn reject_acting_period(
    guard: Guard<need::ActingConfirm>,
    id: web::Path<Uuid>,
    command: Command<ActingNote>,
    app: web::Data<App>,
) -> ApiResult<ActingView> {
    let mut work = app.begin(&guard, &command).await?;
    let now = work.now;
    let mut row = acting::find(&mut work, &wide(&guard)?, *id).await?;
    let period = row.period()?;
    let (resolution, barred) = decider(&mut work, &period, now).await?;
    let decider = approver::must_decide(&mut work, &guard.actor, &resolution, &barred).await?;
    work.decides_as(&decider);
    let step = rules::reject(period, &command.body.reason, now)?;
    decided(
        &mut work,
        &mut row,
        &step.record,
        &guard.actor,
        Some(&command.body.reason),
    )
    .await?;
    finish(work, row, step).await
}

/// The principal, whoever proposed it, or a superior of the post.
fn concerned(actor: &Actor, row: &ActingRow) -> Result<(), Failure> {
    let post: PostCode = row.post.parse()?;
    let me = actor.employee.map(|id| id.0);
    let above = actor
        .posts
        .iter()
        .any(|held| held.estate.is_none_or(|estate| Some(estate.0) == row.estate_id) && held.below.contains(&post));
    if me.is_some() && (me == row.principal_id || me == Some(row.proposed_by)) || above {
        return Ok(());
    }
    Err(Problem::forbidden(&Text::new(
        "本人、提出人或其上级",
        "the person, the proposer or a superior",
    ))
    .into())
}

/// Take a stand-in back
///
/// Before the time has begun.
#[utoipa::path(tag = "org", operation_id = "cancel_acting_period", params(("id" = Uuid, Path)), request_body = ActingNote,
    responses((status = 200, description = "Taken back", body = ActingView)),
    extensions(("x-permission" = json!("acting.propose")), ("x-clauses" = json!(["PROC-GUARDCAPT-5.11", "PROC-PUBSUP-5.11"]))))]
#[post("/acting-periods/{id}/cancel")]
pub async fn cancel_acting_period(
    guard: Guard<need::ActingPropose>,
    id: web::Path<Uuid>,
    command: Command<ActingNote>,
    app: web::Data<App>,
) -> ApiResult<ActingView> {
    let mut work = app.begin(&guard, &command).await?;
    let now = work.now;
    let mut row = acting::find(&mut work, &wide(&guard)?, *id).await?;
    concerned(&guard.actor, &row)?;
    let step = rules::cancel(row.period()?, &command.body.reason, now)?;
    decided(
        &mut work,
        &mut row,
        &step.record,
        &guard.actor,
        Some(&command.body.reason),
    )
    .await?;
    finish(work, row, step).await
}

/// End acting early
///
/// The principal is back: the rights end at once.
#[utoipa::path(tag = "org", operation_id = "end_acting_period", params(("id" = Uuid, Path)), request_body = ActingNote,
    responses((status = 200, description = "Ended", body = ActingView)),
    extensions(("x-permission" = json!("acting.propose")), ("x-clauses" = json!(["PROC-DEPMGR-5.9", "PROC-ASSTMGR-5.10"]))))]
#[post("/acting-periods/{id}/end")]
pub async fn end_acting_period(
    guard: Guard<need::ActingPropose>,
    id: web::Path<Uuid>,
    command: Command<ActingNote>,
    app: web::Data<App>,
) -> ApiResult<ActingView> {
    let mut work = app.begin(&guard, &command).await?;
    let now = work.now;
    let mut row = acting::find(&mut work, &wide(&guard)?, *id).await?;
    concerned(&guard.actor, &row)?;
    let step = rules::end(row.period()?, Some(&command.body.reason), now)?;
    let decided_by = (row.decided_by, row.decided_at);
    decided(
        &mut work,
        &mut row,
        &step.record,
        &guard.actor,
        Some(&command.body.reason),
    )
    .await?;
    (row.decided_by, row.decided_at) = decided_by;
    finish(work, row, step).await
}
