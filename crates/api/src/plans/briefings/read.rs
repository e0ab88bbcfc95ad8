//! The log of briefings, and one briefing.

use actix_web::{get, web};
use uuid::Uuid;
use wuye_domain::{
    access::need,
    plans::briefings::{BriefingFilter, BriefingSort, CLAUSES},
    shared::{ListRequest, Page},
};
use wuye_persistence::{Failure, Rows, plans::briefings};

use super::view::{BriefingDetail, BriefingView};
use crate::{
    Answer, ApiResult, App, Guard, ListParams, ListQuery, sort_key,
    tables::{self, Cell, export_operation, tabular},
    terms::Terms,
};

sort_key!(BriefingSort, Date, Descending);

/// List briefings
///
/// The log of the mornings: what one gave and heard, and what was given below on the line.
#[utoipa::path(tag = "plans", operation_id = "list_briefings", params(ListParams, BriefingFilter),
    responses((status = 200, description = "A page of briefings", body = Page<BriefingView>)),
    extensions(("x-permission" = json!("briefing.read")), ("x-clauses" = json!(CLAUSES))))]
#[get("/briefings")]
pub async fn list_briefings(
    guard: Guard<need::BriefingRead>,
    list: ListQuery<BriefingFilter, BriefingSort>,
    app: web::Data<App>,
) -> ApiResult<Page<BriefingView>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of briefings, for the list and for its file.
async fn page(
    app: &App,
    guard: &Guard<need::BriefingRead>,
    filter: &BriefingFilter,
    request: &ListRequest<BriefingSort>,
) -> Result<Rows<BriefingView>, Failure> {
    let (mut conn, now) = (app.conn().await?, app.now());
    let rows = briefings::list(&mut conn, &guard.scope, filter, now, request).await?;
    rows.then(async |page| BriefingView::of(&mut conn, &guard.actor, page, now).await)
        .await
}

tabular!(BriefingView, "每日汇报" / "morning briefings" {
    "日期" / "Date" => |it| Cell::Date(it.briefing.date),
    "汇报岗位" / "From post" => |it| Cell::Words(it.from_post.title()),
    "汇报人" / "From" => |it| it.employee_name.as_ref().into(),
    "听取岗位" / "To post" => |it| Cell::Words(it.briefing.to_post.title()),
    "状态" / "State" => |it| Cell::Words(it.briefing.state.title()),
    "时限" / "Due" => |it| it.briefing.due_at.into(),
    "汇报时间" / "Reported" => |it| it.briefing.reported_at.into(),
    "由谁汇报" / "Reported by" => |it| it.reported_by_name.as_ref().into(),
    "迟报" / "Late" => |it| Cell::YesNo(it.late),
    "缺报" / "Missing" => |it| Cell::YesNo(it.missing),
    "听取时间" / "Heard" => |it| it.briefing.heard_at.into(),
    "听取人" / "Heard by" => |it| it.heard_by_name.as_ref().into(),
    "事项数" / "Points" => |it| Cell::Whole(it.point_count),
    "请示数" / "Decisions wanted" => |it| Cell::Whole(it.decision_count),
    "补充说明" / "Remarks" => |it| it.briefing.remarks.as_ref().into(),
});

export_operation! {
    /// Briefings as a file
    ///
    /// The log of the mornings.
    export_briefings "export_briefings" at "/briefings/export" in "plans",
    needs: BriefingRead "briefing.read",
    clauses: CLAUSES,
    query: BriefingFilter, BriefingSort,
    rows: tables::listed, page,
}

/// Read a briefing
///
/// With the figures of the day before, its points and the tasks that came out of them, and the records sampled. Until it is
/// reported the figures are those of this moment.
#[utoipa::path(tag = "plans", operation_id = "get_briefing", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The briefing", body = BriefingDetail)),
    extensions(("x-permission" = json!("briefing.read")), ("x-clauses" = json!(CLAUSES))))]
#[get("/briefings/{id}")]
pub async fn get_briefing(
    guard: Guard<need::BriefingRead>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<BriefingDetail> {
    let mut conn = app.conn().await?;
    let briefing = briefings::find(&mut conn, &guard.scope, (*id).into()).await?;
    let terms = Terms::of(&conn, briefing.estate_id).await?;
    let detail = BriefingDetail::load(&mut conn, &guard.actor, briefing, &terms, app.now()).await?;
    Ok(Answer::ok(&detail)?.version(detail.version()))
}
