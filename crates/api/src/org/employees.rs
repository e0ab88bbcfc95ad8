//! The people: list, file, and the moves from candidate to leaving.

use actix_web::{get, http::StatusCode, patch, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{Permission, PostCode, need},
    org::{
        EmployeeStatus,
        employee::{Standing, change},
    },
    shared::{
        EstateId, ListRequest, Name, Note, Page, SearchText, ShortCode, SubjectKind, TrailEntry,
        private::{Clearance, Disclosed, Phone, Private},
    },
};
use wuye_persistence::{
    Conn, Failure, Rows, expect_version,
    org::{
        assignments::{self, Assignment},
        employees::{self, Employee, EmployeeFilter},
    },
};

use super::{common, leaving};
use crate::{Answer, ApiResult, App, Command, Guard, ListParams, ListQuery, list::NoSort};

/// A person. The phone is masked for those who may not see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct EmployeeView {
    pub(super) id: Uuid,
    /// Employee number.
    pub(super) no: String,
    pub(super) name: String,
    /// Phone, open or masked.
    pub(super) phone: Option<Disclosed>,
    #[schema(value_type = EmployeeStatus)]
    pub(super) status: String,
    pub(super) hired_on: Option<NaiveDate>,
    pub(super) left_on: Option<NaiveDate>,
    /// Posts held today or to come.
    pub(super) posts: Vec<Assignment>,
    pub(super) version: i32,
}

impl EmployeeView {
    fn of(row: Employee, posts: Vec<Assignment>, clearance: Clearance) -> Self {
        Self {
            id: row.id,
            no: row.no,
            name: row.name,
            phone: row
                .phone
                .and_then(|phone| Some(Private::new(Phone::parse(&phone)?).open(clearance))),
            status: row.status,
            hired_on: row.hired_on,
            left_on: row.left_on,
            posts,
            version: row.version,
        }
    }
}

/// Phones open to those with the permission for this person's post, and to the person.
fn clearance(guard_actor: &wuye_domain::access::Actor, row: &Employee, posts: &[Assignment]) -> Clearance {
    if guard_actor.employee.is_some_and(|me| me.0 == row.id) {
        return Clearance::Open;
    }
    let Ok(scope) = guard_actor.scope(Permission::EmployeeContactRead) else {
        return Clearance::Masked;
    };
    if scope.company() || posts.iter().any(|held| common::opens(&scope, held)) {
        Clearance::Open
    } else {
        Clearance::Masked
    }
}

async fn view(
    conn: &mut Conn,
    actor: &wuye_domain::access::Actor,
    row: Employee,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<EmployeeView, Failure> {
    let today = common::today(conn, None, now).await?;
    let posts = assignments::of_employee(conn, row.id.into(), today).await?;
    let clearance = clearance(actor, &row, &posts);
    Ok(EmployeeView::of(row, posts, clearance))
}

/// Which people.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EmployeeQuery {
    /// Part of name (Chinese, pinyin, initials) or number.
    q: Option<SearchText>,
    /// In this status.
    status: Option<EmployeeStatus>,
    /// Holding a post in this estate.
    estate_id: Option<EstateId>,
    /// Holding this post.
    post: Option<PostCode>,
}

/// List people
///
/// By employee number, with the posts they hold.
#[utoipa::path(tag = "org", operation_id = "list_employees", params(ListParams, EmployeeQuery),
    responses((status = 200, description = "A page of people", body = Page<EmployeeView>)),
    extensions(("x-permission" = json!("org.read")), ("x-clauses" = json!(["ORG-8", "ORG-9", "ORG-10", "ORG-11", "ORG-12"]))))]
#[get("/employees")]
pub async fn list_employees(
    guard: Guard<need::OrgRead>,
    list: ListQuery<EmployeeQuery>,
    app: web::Data<App>,
) -> ApiResult<Page<EmployeeView>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of people, for the list and for its file.
pub(super) async fn page(
    app: &App,
    guard: &Guard<need::OrgRead>,
    filter: &EmployeeQuery,
    request: &ListRequest<NoSort>,
) -> Result<Rows<EmployeeView>, Failure> {
    let mut conn = app.conn().await?;
    let today = common::today(&mut conn, None, app.now()).await?;
    let EmployeeQuery {
        q,
        status,
        estate_id,
        post,
    } = filter;
    let filter = EmployeeFilter {
        q: q.clone(),
        status: *status,
        estate: *estate_id,
        post: *post,
        on: Some(today),
    };
    let rows = employees::list(&mut conn, &guard.scope, &filter, &request.unsorted()).await?;
    let people: Vec<Uuid> = rows.items.iter().map(|row| row.id).collect();
    let held = assignments::of_people(&mut conn, &people, today).await?;
    Ok(rows.map(|row| {
        let posts: Vec<Assignment> = held.iter().filter(|post| post.employee_id == row.id).cloned().collect();
        let clearance = clearance(&guard.actor, &row, &posts);
        EmployeeView::of(row, posts, clearance)
    }))
}

/// Read a person
#[utoipa::path(tag = "org", operation_id = "get_employee", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The person", body = EmployeeView)),
    extensions(("x-permission" = json!("org.read")), ("x-clauses" = json!(["ORG-8", "ORG-9", "ORG-10", "ORG-11", "ORG-12"]))))]
#[get("/employees/{id}")]
pub async fn get_employee(
    guard: Guard<need::OrgRead>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<EmployeeView> {
    let mut conn = app.conn().await?;
    let row = employees::find(&mut conn, &guard.scope, (*id).into()).await?;
    let version = row.version;
    let view = view(&mut conn, &guard.actor, row, app.now()).await?;
    Ok(Answer::ok(&view)?.version(version))
}

/// A person to be entered, as a candidate.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEmployee {
    /// Employee number; the next free one when absent.
    no: Option<ShortCode>,
    /// Name.
    name: Name,
    /// Phone.
    #[schema(value_type = Option<String>, max_length = 40)]
    phone: Option<Phone>,
}

/// Enter a person
///
/// As a candidate: without post and login until decided.
#[utoipa::path(tag = "org", operation_id = "create_employee", request_body = NewEmployee,
    responses((status = 201, description = "Entered", body = EmployeeView)),
    extensions(("x-permission" = json!("org.propose")), ("x-clauses" = json!(["POS-CSCMGR-01"]))))]
#[post("/employees")]
pub async fn create_employee(
    guard: Guard<need::OrgPropose>,
    command: Command<NewEmployee>,
    app: web::Data<App>,
) -> ApiResult<EmployeeView> {
    let mut work = app.begin(&guard, &command).await?;
    let now = work.now;
    let NewEmployee { no, name, phone } = command.body;
    let no = match no {
        Some(no) => no.into(),
        None => employees::next_no(&mut work).await?,
    };
    let mut row = Employee {
        id: Uuid::now_v7(),
        no,
        name: name.into(),
        phone: phone.map(|phone| wuye_domain::shared::private::Personal::plain(&phone).to_owned()),
        status: EmployeeStatus::Candidate.code().to_owned(),
        hired_on: None,
        left_on: None,
        search: Vec::new(),
        version: 1,
        created_at: now,
        updated_at: now,
    };
    row.index();
    employees::insert(&mut work, &row).await?;
    work.record(
        TrailEntry::new(SubjectKind::Employee, row.id, "created").states(None, EmployeeStatus::Candidate.code()),
    );
    let location = format!("/api/v1/employees/{}", row.id);
    let view = EmployeeView::of(row, Vec::new(), Clearance::Open);
    work.commit_with(Answer::of(StatusCode::CREATED, &view)?.version(1).location(location))
        .await
}

/// What changes about a person.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeEmployee {
    /// Employee number.
    no: Option<ShortCode>,
    /// Name.
    name: Option<Name>,
    /// Phone.
    #[schema(value_type = Option<String>, max_length = 40)]
    phone: Option<Phone>,
}

/// Change a person's data
#[utoipa::path(tag = "org", operation_id = "change_employee", params(("id" = Uuid, Path)), request_body = ChangeEmployee,
    responses((status = 200, description = "Changed", body = EmployeeView)),
    extensions(("x-permission" = json!("org.edit")), ("x-clauses" = json!(["POS-CSCMGR-01"]))))]
#[patch("/employees/{id}")]
pub async fn change_employee(
    guard: Guard<need::OrgEdit>,
    id: web::Path<Uuid>,
    command: Command<ChangeEmployee>,
    app: web::Data<App>,
) -> ApiResult<EmployeeView> {
    let expected = command.expected_version()?;
    let mut work = app.begin(&guard, &command).await?;
    let mut row = employees::find(&mut work, &guard.scope, (*id).into()).await?;
    expect_version(row.version, expected)?;
    let before = (row.no.clone(), row.name.clone());
    let ChangeEmployee { no, name, phone } = command.body;
    let phone_changed = phone.is_some();
    row.no = no.map_or(row.no, Into::into);
    row.name = name.map_or(row.name, Into::into);
    row.phone = phone
        .map(|phone| wuye_domain::shared::private::Personal::plain(&phone).to_owned())
        .or(row.phone);
    row.index();
    row.updated_at = work.now;
    employees::save(&mut work, &mut row).await?;
    let changes = serde_json::json!({
        "no": [before.0, row.no], "name": [before.1, row.name], "phone": if phone_changed { "changed" } else { "kept" },
    });
    work.record(TrailEntry::new(SubjectKind::Employee, row.id, "changed").changes(changes));
    let (version, now, actor) = (row.version, work.now, work.actor.clone());
    let view = view(&mut work, &actor, row, now).await?;
    work.commit_with(Answer::of(StatusCode::OK, &view)?.version(version))
        .await
}

/// A move to another status.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeStatus {
    /// Probation, active, suspended, left, or candidate again.
    status: EmployeeStatus,
    /// From this day; for leaving the last day of work.
    on: NaiveDate,
    /// Why.
    reason: Note,
}

/// Move a person to another status
///
/// Leaving ends every post and disables the account the same day; before the last day it is only announced. A suspended
/// person keeps the posts but cannot log in.
#[utoipa::path(tag = "org", operation_id = "change_employee_status", params(("id" = Uuid, Path)), request_body = ChangeStatus,
    responses((status = 200, description = "Moved", body = EmployeeView)),
    extensions(("x-permission" = json!("org.edit")), ("x-clauses" = json!(["DER-COMPUTER-2", "POS-CSCMGR-01"]))))]
#[post("/employees/{id}/status")]
pub async fn change_employee_status(
    guard: Guard<need::OrgEdit>,
    id: web::Path<Uuid>,
    command: Command<ChangeStatus>,
    app: web::Data<App>,
) -> ApiResult<EmployeeView> {
    let ChangeStatus { status, on, reason } = &command.body;
    let (status, on) = (*status, *on);
    let mut work = app.begin(&guard, &command).await?;
    let mut row = employees::find(&mut work, &guard.scope, (*id).into()).await?;
    let now = work.now;
    let today = common::today(&mut work, None, now).await?;
    let standing = Standing {
        status: row.status.parse().map_err(Failure::from)?,
        hired_on: row.hired_on,
        left_on: row.left_on,
    };
    let step = change(row.id.into(), standing, status, on, Some(reason))?;
    if status == EmployeeStatus::Left && on > today {
        leaving::announce(&mut work, &mut row, on, reason).await?;
    } else {
        step.record.status.code().clone_into(&mut row.status);
        (row.hired_on, row.left_on, row.updated_at) = (step.record.hired_on, step.record.left_on, now);
        employees::save(&mut work, &mut row).await?;
        leaving::follow(&mut work, &row, standing.status, status, on, today, reason).await?;
        work.record(step.entry);
    }
    let (version, actor) = (row.version, work.actor.clone());
    let view = view(&mut work, &actor, row, now).await?;
    work.commit_with(Answer::of(StatusCode::OK, &view)?.version(version))
        .await
}
