//! Courtesy help (resident_assistance).

use actix_web::{get, http::StatusCode, post, web};
use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{Permission, need},
    service_desk::{
        Deed, Responsible,
        assistance::{self as rules, Assistance, AssistanceFilter, NewAssistance},
    },
    shared::{EmployeeId, EstateId, ListRequest, Note, Page, Problem, SortOrder, Text, zone::start_of},
};
use wuye_persistence::{
    Conn, Failure, Rows, numbers,
    service_desk::{
        Mentioned,
        assistance::{self, MonthlyHelp},
    },
};

use super::terms::Terms;
use crate::{Answer, ApiResult, App, Command, Guard, ListParams, ListQuery, list::NoSort, routes::Routes};

/// The routes of the help log.
pub fn configure(config: &mut Routes<'_>) {
    config
        .service(list_assistances)
        .service(get_assistance_statistics)
        .service(get_assistance)
        .service(log_assistance)
        .service(correct_assistance);
}

/// A line of the help log with names.
#[derive(Serialize, ToSchema)]
pub struct AssistanceView {
    #[serde(flatten)]
    pub(super) line: Assistance,
    pub(super) employee_name: Option<String>,
    pub(super) house_no: Option<String>,
    pub(super) party_name: Option<String>,
}

impl AssistanceView {
    pub(super) async fn of(conn: &mut Conn, lines: Vec<Assistance>) -> Result<Vec<Self>, Failure> {
        let mut mentioned = Mentioned::default();
        for line in &lines {
            mentioned.employee(Some(line.employee_id));
            mentioned.house(line.house_id);
            mentioned.party(line.party_id);
        }
        let labels = mentioned.read(conn).await?;
        Ok(lines
            .into_iter()
            .map(|line| Self {
                employee_name: labels.employee(Some(line.employee_id)),
                house_no: labels.house(line.house_id),
                party_name: labels.party(line.party_id),
                line,
            })
            .collect())
    }
}

/// List courtesy help
///
/// The help log, latest first: one's own lines, those of the posts below, or the estate's, as the post allows.
#[utoipa::path(tag = "service_desk", operation_id = "list_assistances", params(ListParams, AssistanceFilter),
    responses((status = 200, description = "A page of the log", body = Page<AssistanceView>)),
    extensions(("x-permission" = json!("assistance.read")), ("x-clauses" = json!(["POS-GUARD-08", "POS-RECEPT-10", "POS-TECH-10"]))))]
#[get("/assistances")]
pub async fn list_assistances(
    guard: Guard<need::AssistanceRead>,
    list: ListQuery<AssistanceFilter>,
    app: web::Data<App>,
) -> ApiResult<Page<AssistanceView>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of the help log, for the list and for its file.
pub(super) async fn page(
    app: &App,
    guard: &Guard<need::AssistanceRead>,
    filter: &AssistanceFilter,
    request: &ListRequest<NoSort>,
) -> Result<Rows<AssistanceView>, Failure> {
    let mut conn = app.conn().await?;
    let latest_first = ListRequest {
        order: SortOrder::Descending,
        ..request.unsorted()
    };
    let rows = assistance::list(&mut conn, &guard.scope, filter, &latest_first).await?;
    rows.then(async |lines| AssistanceView::of(&mut conn, lines).await)
        .await
}

/// Read a line of the help log
#[utoipa::path(tag = "service_desk", operation_id = "get_assistance", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The line", body = AssistanceView)),
    extensions(("x-permission" = json!("assistance.read")), ("x-clauses" = json!(["POS-GUARD-08", "POS-RECEPT-10", "POS-TECH-10"]))))]
#[get("/assistances/{id}")]
pub async fn get_assistance(
    guard: Guard<need::AssistanceRead>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<AssistanceView> {
    let mut conn = app.conn().await?;
    let line = assistance::find(&mut conn, &guard.scope, (*id).into()).await?;
    Answer::ok(&AssistanceView::of(&mut conn, vec![line]).await?.remove(0))
}

/// Log a courtesy help
///
/// One's own and unpaid; paid service is an order.
#[utoipa::path(tag = "service_desk", operation_id = "log_assistance", request_body = NewAssistance,
    responses((status = 201, description = "Logged", body = AssistanceView)),
    extensions(("x-permission" = json!("assistance.log")), ("x-clauses" = json!(["POS-GUARD-08", "POS-RECEPT-10", "POS-TECH-10"]))))]
#[post("/assistances")]
pub async fn log_assistance(
    guard: Guard<need::AssistanceLog>,
    command: Command<NewAssistance>,
    app: web::Data<App>,
) -> ApiResult<AssistanceView> {
    let new = &command.body;
    let estate = guard.estate(new.estate_id)?;
    let mut work = app.begin(&guard, &command).await?;
    let deed = Deed::reported(&guard.actor, work.now, new.occurred_at)?;
    let terms = Terms::of(&work, estate).await?;
    let mut step = rules::log(new, estate, String::new(), responsible(&guard, estate)?, &deed)?;
    step.record.no = numbers::next(&mut work, estate, "BZ", terms.date(deed.now)).await?;
    assistance::insert(&mut work, &step.record).await?;
    work.record(step.entry);
    let view = AssistanceView::of(&mut work, vec![step.record]).await?.remove(0);
    let address = format!("/api/v1/assistances/{}", view.line.id);
    let answer = Answer::of(StatusCode::CREATED, &view)?.location(address);
    work.commit_with(answer).await
}

/// The post from which the help was given.
fn responsible(guard: &Guard<need::AssistanceLog>, estate: EstateId) -> Result<Responsible, Problem> {
    let held = guard.actor.post_for(Permission::AssistanceLog, estate);
    let held = held.ok_or_else(|| Problem::forbidden(&Text::new("在岗员工本人", "a member of staff")))?;
    Ok(Responsible {
        post: held.post,
        assignment: Some(held.assignment),
        squad: held.squad,
        area: held.area,
    })
}

/// A corrected line, and why.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectAssistance {
    /// As it should read.
    #[validate(nested)]
    line: NewAssistance,
    /// Why.
    reason: Note,
}

/// Correct a line of the help log
///
/// By a further line with a reason; both stay, the later one counts.
#[utoipa::path(tag = "service_desk", operation_id = "correct_assistance", params(("id" = Uuid, Path)), request_body = CorrectAssistance,
    responses((status = 201, description = "The further line", body = AssistanceView)),
    extensions(("x-permission" = json!("assistance.log")), ("x-clauses" = json!(["POS-GUARD-08", "POS-RECEPT-10", "POS-TECH-10"]))))]
#[post("/assistances/{id}/correct")]
pub async fn correct_assistance(
    guard: Guard<need::AssistanceLog>,
    id: web::Path<Uuid>,
    command: Command<CorrectAssistance>,
    app: web::Data<App>,
) -> ApiResult<AssistanceView> {
    let CorrectAssistance { line: new, reason } = &command.body;
    let mut work = app.begin(&guard, &command).await?;
    let line = assistance::find_for_change(&mut work, &guard.scope, (*id).into()).await?;
    let within = |problem: Problem| problem.within("/line");
    let deed = Deed::reported(&guard.actor, work.now, new.occurred_at).map_err(within)?;
    let terms = Terms::of(&work, line.estate_id).await?;
    let (mut step, old) = rules::correct(&line, new, reason, String::new(), &deed).map_err(within)?;
    step.record.no = numbers::next(&mut work, line.estate_id, "BZ", terms.date(deed.now)).await?;
    assistance::insert(&mut work, &step.record).await?;
    assistance::mark_corrected(&mut work, &old).await?;
    work.record(step.entry);
    let view = AssistanceView::of(&mut work, vec![step.record]).await?.remove(0);
    work.answer(StatusCode::CREATED, &view).await
}

/// Which help to count.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AssistancePeriod {
    /// The estate; the only one the caller works in when absent.
    estate_id: Option<EstateId>,
    /// Only this person's.
    employee_id: Option<EmployeeId>,
    /// First day, in the estate's zone.
    from: Option<NaiveDate>,
    /// Last day.
    until: Option<NaiveDate>,
}

/// Figures of the courtesy help
///
/// Count and minutes by month and person: an input of the appraisal, nothing else.
#[utoipa::path(tag = "service_desk", operation_id = "get_assistance_statistics", params(AssistancePeriod),
    responses((status = 200, description = "By month and person", body = Vec<MonthlyHelp>)),
    extensions(("x-permission" = json!("assistance.read")), ("x-clauses" = json!(["POS-GUARD-08", "POS-RECEPT-10", "POS-TECH-10"]))))]
#[get("/assistances/statistics")]
pub async fn get_assistance_statistics(
    guard: Guard<need::AssistanceRead>,
    list: ListQuery<AssistancePeriod>,
    app: web::Data<App>,
) -> ApiResult<Vec<MonthlyHelp>> {
    let (period, mut conn) = (&list.filter, app.conn().await?);
    let estate = guard.estate(period.estate_id)?;
    let zone = Terms::of(&conn, estate).await?.zone;
    let filter = AssistanceFilter {
        employee_id: period.employee_id,
        helped_from: period.from.map(|date| start_of(date, zone)),
        helped_until: period.until.map(|date| start_of(date + TimeDelta::days(1), zone)),
        ..AssistanceFilter::default()
    };
    Answer::ok(&assistance::monthly(&mut conn, &guard.scope, estate, zone.name(), &filter).await?)
}
