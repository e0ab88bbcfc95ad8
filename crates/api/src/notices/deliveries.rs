//! What left the product, what could not, and what is sent again.

use actix_web::{get, http::StatusCode, post, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::need,
    code_enum,
    notices::{DeliveryFilter, DeliverySort, DeliveryState, OutwardChannel},
    shared::{EmployeeId, ListRequest, Page, SubjectKind, Text, TrailEntry},
};
use wuye_persistence::{
    Conn, Failure, Rows,
    notices::deliveries::{self, DeliveryRow},
    org,
};

use super::CLAUSES;
use crate::{
    ApiResult, App, Command, Guard, ListParams, ListQuery, NoBody, sort_key,
    tables::{self, Cell, export_operation, tabular},
};

sort_key!(DeliverySort, CreatedAt, Descending);

code_enum! {
    /// What a message is.
    pub enum DeliveryPurpose {
        /// One notice.
        Notice = "notice",
        /// The digest of a morning.
        Digest = "digest",
        /// A test of the channel.
        Test = "test",
    }
}

impl DeliveryPurpose {
    const fn title(self) -> Text {
        match self {
            Self::Notice => Text::new("通知", "notice"),
            Self::Digest => Text::new("晨报", "digest"),
            Self::Test => Text::new("测试", "test"),
        }
    }
}

/// A message on its way. What it says and the address it goes to are not shown.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NoticeDelivery)]
pub struct DeliveryView {
    id: Uuid,
    estate_id: Option<Uuid>,
    purpose: DeliveryPurpose,
    channel: OutwardChannel,
    recipient_id: Option<EmployeeId>,
    recipient_name: Option<String>,
    state: DeliveryState,
    /// Tries so far.
    tries: i32,
    /// When it is tried next, while it is to be.
    next_at: Option<DateTime<Utc>>,
    /// What the other side said last.
    last_error: Option<String>,
    sent_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
}

impl DeliveryView {
    /// With the names of the people.
    pub(super) async fn of(conn: &mut Conn, rows: Vec<DeliveryRow>) -> Result<Vec<Self>, Failure> {
        let people: Vec<EmployeeId> = rows.iter().filter_map(|row| row.recipient_id.map(Into::into)).collect();
        let names = org::names(conn, &people).await?;
        rows.into_iter()
            .map(|row| {
                let recipient = row.recipient_id.map(EmployeeId::from);
                let state: DeliveryState = row.state.parse()?;
                let to_come = matches!(
                    state,
                    DeliveryState::Waiting | DeliveryState::HeldQuiet | DeliveryState::Failed
                );
                Ok(Self {
                    id: row.id,
                    estate_id: row.estate_id,
                    purpose: match (row.notice_id, row.digest_id) {
                        (Some(_), _) => DeliveryPurpose::Notice,
                        (None, Some(_)) => DeliveryPurpose::Digest,
                        (None, None) => DeliveryPurpose::Test,
                    },
                    channel: row.channel.parse()?,
                    recipient_id: recipient,
                    recipient_name: recipient.and_then(|person| names.get(&person).cloned()),
                    state,
                    tries: row.tries,
                    next_at: to_come.then_some(row.next_at),
                    last_error: row.last_error,
                    sent_at: row.sent_at,
                    created_at: row.created_at,
                })
            })
            .collect()
    }
}

/// Deliveries
///
/// Every message of the caller's estates that left the product or was to, newest first.
#[utoipa::path(tag = "notices", operation_id = "list_notice_deliveries", params(ListParams, DeliveryFilter),
    responses((status = 200, description = "A page of deliveries", body = Page<DeliveryView>)),
    extensions(("x-permission" = json!("notice.read")), ("x-clauses" = json!(CLAUSES))))]
#[get("/notices/deliveries")]
pub async fn list_notice_deliveries(
    guard: Guard<need::NoticeRead>,
    list: ListQuery<DeliveryFilter, DeliverySort>,
    app: web::Data<App>,
) -> ApiResult<Page<DeliveryView>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of deliveries, for the list and for its file.
async fn page(
    app: &App,
    guard: &Guard<need::NoticeRead>,
    filter: &DeliveryFilter,
    request: &ListRequest<DeliverySort>,
) -> Result<Rows<DeliveryView>, Failure> {
    guard.estate_if_named(filter.estate_id)?;
    let mut conn = app.conn().await?;
    let rows = deliveries::list(&mut conn, &guard.scope, filter, request).await?;
    rows.then(async |rows| DeliveryView::of(&mut conn, rows).await).await
}

tabular!(DeliveryView, "通知发送" / "notice deliveries" {
    "时间" / "Made" => |it| it.created_at.into(),
    "内容" / "What" => |it| Cell::Words(it.purpose.title()),
    "渠道" / "Channel" => |it| Cell::Words(it.channel.title()),
    "收件人" / "Recipient" => |it| it.recipient_name.as_ref().into(),
    "状态" / "State" => |it| Cell::Words(it.state.title()),
    "尝试次数" / "Tries" => |it| it.tries.into(),
    "下次尝试" / "Next try" => |it| it.next_at.into(),
    "最近错误" / "Last error" => |it| it.last_error.as_ref().into(),
    "发送时间" / "Sent" => |it| it.sent_at.into(),
});

export_operation! {
    /// Deliveries as a file
    export_notice_deliveries "export_notice_deliveries" at "/notices/deliveries/export" in "notices",
    needs: NoticeRead "notice.read",
    clauses: CLAUSES,
    query: DeliveryFilter, DeliverySort,
    rows: tables::listed, page,
}

/// Send again
///
/// For a message that was given up: its tries begin anew.
#[utoipa::path(tag = "notices", operation_id = "retry_notice_delivery", params(("id" = Uuid, Path)), request_body = NoBody,
    responses((status = 200, description = "The delivery", body = DeliveryView)),
    extensions(("x-permission" = json!("notice.manage")), ("x-clauses" = json!(CLAUSES))))]
#[post("/notices/deliveries/{id}/retry")]
pub async fn retry_notice_delivery(
    guard: Guard<need::NoticeManage>,
    id: web::Path<Uuid>,
    command: Command<NoBody>,
    app: web::Data<App>,
) -> ApiResult<DeliveryView> {
    let mut work = app.begin(&guard, &command).await?;
    let now = work.now;
    let row = deliveries::retry(&mut work, &guard.scope, *id, now).await?;
    super::send::soon(&mut work, now).await?;
    let mut entry = TrailEntry::new(SubjectKind::NoticeDelivery, row.id, "resend_asked")
        .states(Some(DeliveryState::GivenUp.code()), DeliveryState::Waiting.code());
    entry.estate = row.estate_id.map(Into::into);
    work.record(entry);
    let view = DeliveryView::of(&mut work, vec![row]).await?.remove(0);
    work.answer(StatusCode::OK, &view).await
}
