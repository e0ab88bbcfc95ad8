//! The registers of the desk as files: the same query, scope and filters as on the screen.

use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use utoipa_actix_web::service_config::ServiceConfig;
use wuye_domain::{
    access::{Scope, need},
    service_desk::{
        assistance::AssistanceFilter,
        cases::{CaseFilter, CaseSort},
        disputes::{DisputeFilter, DisputeSort},
        visits::{VisitFilter, VisitSort},
    },
    shared::{EmployeeId, ListRequest, SortOrder, Text},
};
use wuye_persistence::{Failure, Rows, service_desk as rows};

use super::{assistance::AssistanceView, cases::CaseView, disputes::DisputeView, visits::VisitView};
use crate::{
    ApiError, App, Guard,
    list::NoSort,
    tables::{self, Cell, Column, ExportQuery, FormatParam, Tabular},
};

/// The routes of this file.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(export_cases)
        .service(export_disputes)
        .service(export_visits)
        .service(export_assistances);
}

macro_rules! tabular {
    ($row:ty, $name_zh:literal / $name_en:literal { $($zh:literal / $en:literal => |$it:ident| $cell:expr),+ $(,)? }) => {
        impl Tabular for $row {
            const NAME: Text = Text::new($name_zh, $name_en);

            fn columns() -> &'static [Column<Self>] {
                const COLUMNS: &[Column<$row>] = &[$(Column::new($zh, $en, |$it| $cell)),+];
                COLUMNS
            }
        }
    };
}

pub(super) use tabular;

pub(super) fn words(title: Option<Text>) -> Cell {
    title.map_or(Cell::Empty, Cell::Words)
}

pub(super) fn text(text: Option<&String>) -> Cell {
    text.map_or(Cell::Empty, |text| Cell::Text(text.clone()))
}

pub(super) fn time(at: Option<DateTime<Utc>>) -> Cell {
    at.map_or(Cell::Empty, Cell::Time)
}

tabular!(CaseView, "投诉与建议" / "cases" {
    "编号" / "Number" => |it| text(Some(&it.case.no)),
    "类别" / "Kind" => |it| Cell::Words(it.case.kind.title()),
    "状态" / "State" => |it| Cell::Words(it.case.state.title()),
    "事项" / "About" => |it| Cell::Words(it.case.field.title()),
    "渠道" / "Channel" => |it| Cell::Words(it.case.channel.title()),
    "房号" / "House" => |it| text(it.house_no.as_ref()),
    "业主" / "Resident" => |it| text(it.party_name.as_ref()),
    "内容" / "Text" => |it| text(Some(&it.case.text)),
    "受理时间" / "Received" => |it| Cell::Time(it.case.received_at),
    "受理人" / "Received by" => |it| text(it.received_by_name.as_ref()),
    "答复时限" / "Due" => |it| Cell::Time(it.case.due_at),
    "逾期" / "Overdue" => |it| Cell::YesNo(it.overdue),
    "调查人" / "Owner" => |it| text(it.owner_name.as_ref()),
    "认定" / "Validity" => |it| words(it.case.validity.map(|validity| validity.title())),
    "答复" / "Answer" => |it| text(it.case.reply.as_ref()),
    "答复时间" / "Answered" => |it| time(it.case.replied_at),
    "办结时间" / "Closed" => |it| time(it.case.closed_at),
    "重新打开次数" / "Reopened" => |it| Cell::Whole(it.case.reopened_count.into()),
});

tabular!(DisputeView, "纠纷登记" / "disputes" {
    "编号" / "Number" => |it| text(Some(&it.dispute.no)),
    "类别" / "Kind" => |it| Cell::Words(it.dispute.kind.title()),
    "状态" / "State" => |it| Cell::Words(it.dispute.state.title()),
    "层级" / "Level" => |it| Cell::Words(it.dispute.level.title()),
    "事由" / "Subject" => |it| text(Some(&it.dispute.subject)),
    "登记时间" / "Opened" => |it| Cell::Time(it.dispute.opened_at),
    "登记人" / "Opened by" => |it| text(it.opened_by_name.as_ref()),
    "首次调解人" / "First mediator" => |it| text(it.first_mediator_name.as_ref()),
    "调解人" / "Mediator" => |it| text(it.mediator_name.as_ref()),
    "本级时限" / "Due" => |it| time(it.dispute.step_due_at),
    "逾期" / "Overdue" => |it| Cell::YesNo(it.overdue),
    "协议" / "Agreement" => |it| text(it.dispute.agreement.as_ref()),
    "费用（元）" / "Cost (yuan)" => |it| it.dispute.cost_fen.map_or(Cell::Empty, Cell::Fen),
    "费用审批" / "Decision on cost" => |it| words(it.dispute.cost_decision.map(|decision| decision.title())),
    "达成时间" / "Settled" => |it| time(it.dispute.settled_at),
    "移交" / "Referred to" => |it| text(it.dispute.referred_to.as_ref()),
    "办结时间" / "Closed" => |it| time(it.dispute.closed_at),
});

tabular!(VisitView, "回访登记" / "return visits" {
    "编号" / "Number" => |it| text(Some(&it.visit.no)),
    "事项编号" / "Matter" => |it| text(Some(&it.visit.subject_no)),
    "事项" / "About" => |it| text(Some(&it.visit.title)),
    "原因" / "Reason" => |it| Cell::Words(it.visit.reason.title()),
    "状态" / "State" => |it| Cell::Words(it.visit.state.title()),
    "房号" / "House" => |it| text(it.house_no.as_ref()),
    "业主" / "Resident" => |it| text(it.party_name.as_ref()),
    "时限" / "Due" => |it| Cell::Time(it.visit.due_at),
    "逾期" / "Overdue" => |it| Cell::YesNo(it.overdue),
    "回访人" / "Visitor" => |it| text(it.visitor_name.as_ref()),
    "方式" / "Method" => |it| words(it.visit.method.map(|method| method.title())),
    "回访时间" / "Asked" => |it| time(it.visit.asked_at),
    "结果" / "Result" => |it| words(it.visit.result.map(|result| result.title())),
    "意见" / "Comment" => |it| text(it.visit.comment.as_ref()),
    "跟进" / "Follow-up" => |it| text(it.visit.follow_up.as_ref()),
});

tabular!(AssistanceView, "排忧解难" / "courtesy help" {
    "编号" / "Number" => |it| text(Some(&it.line.no)),
    "员工" / "Who" => |it| text(it.employee_name.as_ref()),
    "类别" / "Kind" => |it| Cell::Words(it.line.kind.title()),
    "内容" / "What" => |it| text(Some(&it.line.note)),
    "分钟" / "Minutes" => |it| Cell::Whole(it.line.minutes.into()),
    "时间" / "When" => |it| Cell::Time(it.line.helped_at),
    "房号" / "House" => |it| text(it.house_no.as_ref()),
    "业主" / "Resident" => |it| text(it.party_name.as_ref()),
    "更正原因" / "Correction" => |it| text(it.line.correction_reason.as_ref()),
});

/// Cases as a file
///
/// The complaint register is `kind=complaint`. Search by phone is not offered here.
#[utoipa::path(tag = "service_desk", operation_id = "export_cases", params(FormatParam, CaseFilter),
    responses((status = 200, description = "The file, CSV or XLSX", content_type = "application/octet-stream", body = Vec<u8>)),
    extensions(("x-permission" = json!("case.read")), ("x-clauses" = json!(["POS-RECEPT-03b", "POS-RECEPT-07a"]))))]
#[get("/cases/export")]
pub async fn export_cases(
    guard: Guard<need::CaseRead>,
    query: ExportQuery<CaseFilter, CaseSort>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let of = (app.get_ref().clone(), guard.scope.clone(), query.filter.clone());
    tables::export(query.format, query.language, query.request.clone(), move |request| {
        let (app, scope, filter) = of.clone();
        async move { cases(&app, &scope, &filter, &request).await }
    })
    .await
}

async fn cases(
    app: &App,
    scope: &Scope,
    filter: &CaseFilter,
    request: &ListRequest<CaseSort>,
) -> Result<Rows<CaseView>, Failure> {
    let (mut conn, now) = (app.conn().await?, app.now());
    let page = rows::cases::list(&mut conn, scope, filter, false, now, request).await?;
    let items = CaseView::of(&mut conn, page.items, now).await?;
    Ok(Rows {
        items,
        next: page.next,
        total: page.total,
    })
}

/// Disputes as a file
///
/// The dispute register.
#[utoipa::path(tag = "service_desk", operation_id = "export_disputes", params(FormatParam, DisputeFilter),
    responses((status = 200, description = "The file, CSV or XLSX", content_type = "application/octet-stream", body = Vec<u8>)),
    extensions(("x-permission" = json!("dispute.read")), ("x-clauses" = json!(["PROC-PUBSUP-5.4"]))))]
#[get("/disputes/export")]
pub async fn export_disputes(
    guard: Guard<need::DisputeRead>,
    query: ExportQuery<DisputeFilter, DisputeSort>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let of = (app.get_ref().clone(), guard.scope.clone(), query.filter.clone());
    tables::export(query.format, query.language, query.request.clone(), move |request| {
        let (app, scope, filter) = of.clone();
        async move { disputes(&app, &scope, &filter, &request).await }
    })
    .await
}

async fn disputes(
    app: &App,
    scope: &Scope,
    filter: &DisputeFilter,
    request: &ListRequest<DisputeSort>,
) -> Result<Rows<DisputeView>, Failure> {
    let (mut conn, now) = (app.conn().await?, app.now());
    let page = rows::disputes::list(&mut conn, scope, filter, now, request).await?;
    let items = DisputeView::of(&mut conn, page.items, now).await?;
    Ok(Rows {
        items,
        next: page.next,
        total: page.total,
    })
}

/// Return visits as a file
///
/// The return-visit register.
#[utoipa::path(tag = "service_desk", operation_id = "export_visits", params(FormatParam, VisitFilter),
    responses((status = 200, description = "The file, CSV or XLSX", content_type = "application/octet-stream", body = Vec<u8>)),
    extensions(("x-permission" = json!("visit.read")), ("x-clauses" = json!(["POS-RECEPT-07b", "POS-RECEPT-09b"]))))]
#[get("/visits/export")]
pub async fn export_visits(
    guard: Guard<need::VisitRead>,
    query: ExportQuery<VisitFilter, VisitSort>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let of = (
        app.get_ref().clone(),
        guard.scope.clone(),
        query.filter.clone(),
        guard.actor.employee,
    );
    tables::export(query.format, query.language, query.request.clone(), move |request| {
        let (app, scope, filter, me) = of.clone();
        async move { visits(&app, &scope, &filter, me, &request).await }
    })
    .await
}

async fn visits(
    app: &App,
    scope: &Scope,
    filter: &VisitFilter,
    me: Option<EmployeeId>,
    request: &ListRequest<VisitSort>,
) -> Result<Rows<VisitView>, Failure> {
    let (mut conn, now) = (app.conn().await?, app.now());
    let page = rows::visits::list(&mut conn, scope, filter, me, now, request).await?;
    let items = VisitView::of(&mut conn, page.items, now).await?;
    Ok(Rows {
        items,
        next: page.next,
        total: page.total,
    })
}

/// Courtesy help as a file
///
/// The help log.
#[utoipa::path(tag = "service_desk", operation_id = "export_assistances", params(FormatParam, AssistanceFilter),
    responses((status = 200, description = "The file, CSV or XLSX", content_type = "application/octet-stream", body = Vec<u8>)),
    extensions(("x-permission" = json!("assistance.read")), ("x-clauses" = json!(["POS-GUARD-08", "POS-RECEPT-10", "POS-TECH-10"]))))]
#[get("/assistances/export")]
pub async fn export_assistances(
    guard: Guard<need::AssistanceRead>,
    query: ExportQuery<AssistanceFilter, NoSort>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let of = (app.get_ref().clone(), guard.scope.clone(), query.filter.clone());
    let mut first = query.unsorted();
    first.order = SortOrder::Descending;
    tables::export(query.format, query.language, first, move |request| {
        let (app, scope, filter) = of.clone();
        async move { assistances(&app, &scope, &filter, &request).await }
    })
    .await
}

async fn assistances(
    app: &App,
    scope: &Scope,
    filter: &AssistanceFilter,
    request: &ListRequest<()>,
) -> Result<Rows<AssistanceView>, Failure> {
    let mut conn = app.conn().await?;
    let page = rows::assistance::list(&mut conn, scope, filter, request).await?;
    let items = AssistanceView::of(&mut conn, page.items).await?;
    Ok(Rows {
        items,
        next: page.next,
        total: page.total,
    })
}
