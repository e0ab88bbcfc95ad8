//! One's own notices: listed, counted, marked as read. Services and the installation's administrator are told nothing.

use std::collections::HashMap;

use actix_web::{HttpRequest, get, http::StatusCode, post, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    notices::{NoticeFilter, NoticeSort},
    shared::{
        EmployeeId, ListRequest, Page, Subject, SubjectKind,
        zone::{DEFAULT_ZONE, Tz, zone},
    },
};
use wuye_persistence::{
    Conn, Failure, Rows, estates,
    notices::{self, NoticeRow},
};

use super::{
    CLAUSES,
    view::{NoticeView, Told},
};
use crate::{
    Answer, ApiResult, App, Command, Guard, Language, ListParams, ListQuery, NoBody, Work,
    live::Change,
    sort_key,
    tables::{self, Cell, export_operation, tabular},
};

sort_key!(NoticeSort, CreatedAt, Descending);

/// My notices
///
/// What the caller was told, newest first. Words are in the language of the request.
#[utoipa::path(tag = "notices", operation_id = "list_own_notices", params(ListParams, NoticeFilter),
    responses((status = 200, description = "A page of notices", body = Page<NoticeView>)),
    extensions(("x-permission" = json!("self.read")), ("x-clauses" = json!(CLAUSES))))]
#[get("/me/notices")]
pub async fn list_own_notices(
    guard: Guard<need::SelfRead>,
    list: ListQuery<NoticeFilter, NoticeSort>,
    request: HttpRequest,
    app: web::Data<App>,
) -> ApiResult<Page<NoticeView>> {
    let language = Language::of(request.headers());
    let rows = page(&app, &guard, &list.filter, &list.request).await?;
    list.page(rows.map(|told| NoticeView::of(&told, language)))
}

/// A page of notices, for the list and for its file.
async fn page(
    app: &App,
    guard: &Guard<need::SelfRead>,
    filter: &NoticeFilter,
    request: &ListRequest<NoticeSort>,
) -> Result<Rows<Told>, Failure> {
    let Some(person) = guard.actor.employee else {
        return Ok(Rows::whole(Vec::new()));
    };
    let mut conn = app.conn().await?;
    let rows = notices::list(&mut conn, person, filter, request).await?;
    let zones = Zones::load(&mut conn).await?;
    Ok(rows.map(|row| zones.of(row)))
}

/// The zones of the estates.
struct Zones(HashMap<Uuid, Tz>);

impl Zones {
    async fn load(conn: &mut Conn) -> Result<Self, Failure> {
        let all = estates::all(conn).await?.into_iter();
        Ok(Self(all.map(|estate| (estate.id, zone(&estate.time_zone))).collect()))
    }

    fn of(&self, row: NoticeRow) -> Told {
        let zone = row.estate_id.and_then(|estate| self.0.get(&estate).copied());
        Told {
            row,
            zone: zone.unwrap_or(DEFAULT_ZONE),
        }
    }
}

tabular!(Told, "我的通知" / "my notices" {
    "时间" / "Told" => |it| it.row.created_at.into(),
    "通知" / "Notice" => |it| Cell::Words(it.title()),
    "事项" / "About" => |it| Cell::Words(it.line()),
    "记录种类" / "Kind of record" => |it| Cell::Words(it.row.subject.kind.title()),
    "编号" / "Number" => |it| it.row.particulars.no.as_ref().into(),
    "时限" / "Due" => |it| it.row.particulars.due_at.into(),
    "紧急" / "Urgent" => |it| Cell::YesNo(it.row.urgent),
    "已读" / "Read" => |it| it.row.read_at.into(),
});

export_operation! {
    /// My notices as a file
    export_own_notices "export_own_notices" at "/me/notices/export" in "notices",
    needs: SelfRead "self.read",
    clauses: CLAUSES,
    query: NoticeFilter, NoticeSort,
    rows: tables::listed, page,
}

/// How many notices the caller has not read.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticeCount {
    /// All of them.
    unread: i64,
    /// Those that hurry.
    urgent: i64,
}

/// Count my unread notices
#[utoipa::path(tag = "notices", operation_id = "count_own_notices",
    responses((status = 200, description = "The counts", body = NoticeCount)),
    extensions(("x-permission" = json!("self.read")), ("x-clauses" = json!(CLAUSES))))]
#[get("/me/notices/count")]
pub async fn count_own_notices(guard: Guard<need::SelfRead>, app: web::Data<App>) -> ApiResult<NoticeCount> {
    let counts = match guard.actor.employee {
        Some(person) => notices::unread(&mut *app.conn().await?, person).await?,
        None => notices::Counts::default(),
    };
    Answer::ok(&NoticeCount {
        unread: counts.unread,
        urgent: counts.urgent,
    })
}

/// Mark a notice as read
///
/// Read once it stays so, and what of it was to leave the product does not any more.
#[utoipa::path(tag = "notices", operation_id = "read_notice", params(("id" = Uuid, Path)), request_body = NoBody,
    responses((status = 200, description = "The notice", body = NoticeView)),
    extensions(("x-permission" = json!("self.manage")), ("x-clauses" = json!(CLAUSES))))]
#[post("/me/notices/{id}/read")]
pub async fn read_notice(
    guard: Guard<need::SelfManage>,
    id: web::Path<Uuid>,
    command: Command<NoBody>,
    request: HttpRequest,
    app: web::Data<App>,
) -> ApiResult<NoticeView> {
    let person = guard.person()?;
    let mut work = app.begin(&guard, &command).await?;
    let now = work.now;
    let row = notices::read(&mut work, person, *id, now).await?;
    let told = Zones::load(&mut work).await?.of(row);
    heard(&mut work, person, *id);
    work.answer(StatusCode::OK, &NoticeView::of(&told, Language::of(request.headers())))
        .await
}

/// A record whose notices are read.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadNoticesOf {
    /// Its kind.
    kind: SubjectKind,
    /// Its id.
    id: Uuid,
}

/// How many notices were marked.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticesRead {
    read: usize,
}

/// Mark all I was told of a record as read
///
/// For a screen that shows the record itself.
#[utoipa::path(tag = "notices", operation_id = "read_notices_of", request_body = ReadNoticesOf,
    responses((status = 200, description = "How many there were", body = NoticesRead),
        (status = 404, description = "No such record, or not one that the caller may read")),
    extensions(("x-permission" = json!("self.manage")), ("x-clauses" = json!(CLAUSES))))]
#[post("/me/notices/read-of")]
pub async fn read_notices_of(
    guard: Guard<need::SelfManage>,
    command: Command<ReadNoticesOf>,
    app: web::Data<App>,
) -> ApiResult<NoticesRead> {
    let person = guard.person()?;
    let mut work = app.begin(&guard, &command).await?;
    let now = work.now;
    let subject = Subject::new(command.body.kind, command.body.id);
    let read = notices::read_of(&mut work, person, subject, now).await?;
    if read > 0 {
        heard(&mut work, person, command.body.id);
    }
    work.answer(StatusCode::OK, &NoticesRead { read }).await
}

/// Up to when notices are read.
#[derive(Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadAllNotices {
    /// What was told later stays unread; now when absent.
    #[serde(default)]
    until: Option<DateTime<Utc>>,
}

/// Mark all my notices as read
#[utoipa::path(tag = "notices", operation_id = "read_all_notices", request_body = ReadAllNotices,
    responses((status = 200, description = "How many there were", body = NoticesRead)),
    extensions(("x-permission" = json!("self.manage")), ("x-clauses" = json!(CLAUSES))))]
#[post("/me/notices/read-all")]
pub async fn read_all_notices(
    guard: Guard<need::SelfManage>,
    command: Command<ReadAllNotices>,
    app: web::Data<App>,
) -> ApiResult<NoticesRead> {
    let person = guard.person()?;
    let mut work = app.begin(&guard, &command).await?;
    let now = work.now;
    let until = command.body.until.map_or(now, |until| until.min(now));
    let read = notices::read_all(&mut work, person, until, now).await?;
    if read > 0 {
        heard(&mut work, person, person.0);
    }
    work.answer(StatusCode::OK, &NoticesRead { read }).await
}

/// The caller's other browsers count anew.
fn heard(work: &mut Work, person: EmployeeId, id: Uuid) {
    work.heard(vec![Change {
        kind: SubjectKind::Notice,
        id,
        estate: None,
        to: Some(person),
    }]);
}
