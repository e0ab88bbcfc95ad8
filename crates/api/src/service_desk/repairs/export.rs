//! The request register as a file: the same query, scope and filters as on the screen.

use actix_web::{HttpResponse, get, web};
use wuye_domain::{access::need, shared::Text};
use wuye_persistence::service_desk::repairs::{self, Sort};

use super::{
    super::registers::{tabular, text, words},
    RepairView,
    read::RepairFilter,
};
use crate::{
    ApiError, App, Guard,
    tables::{self, Cell, Column, ExportQuery, FormatParam, Tabular},
};

tabular!(RepairView, "报修登记" / "repair requests" {
    "编号" / "Number" => |it| text(Some(&it.no)),
    "状态" / "State" => |it| Cell::Words(it.state.title()),
    "房号" / "House" => |it| text(it.house_no.as_ref()),
    "位置" / "Place" => |it| text(it.place_name.as_ref().or(it.place_text.as_ref())),
    "类别" / "Category" => |it| Cell::Words(it.category.title()),
    "紧急程度" / "Urgency" => |it| Cell::Words(it.urgency.title()),
    "内容" / "Text" => |it| text(Some(&it.text)),
    "报修时间" / "Reported" => |it| Cell::Time(it.requested_at),
    "登记人" / "Taken by" => |it| text(it.created_by_name.as_ref()),
    "派工时限" / "Dispatch due" => |it| Cell::Time(it.dispatch_due_at),
    "逾期" / "Overdue" => |it| Cell::YesNo(it.overdue),
    "有偿" / "Paid" => |it| Cell::YesNo(it.paid),
    "保修" / "Warranty" => |it| Cell::YesNo(it.warranty),
    "工单" / "Order" => |it| text(it.order.as_ref().map(|order| &order.no)),
    "工单状态" / "State of the order" => |it| words(it.order.as_ref().map(|order| order.state.title())),
    "维修员" / "Technician" => |it| text(it.order.as_ref().map(|order| &order.technician_name)),
});

/// Repair requests as a file
///
/// The request register, with the filters of the list.
#[utoipa::path(tag = "service_desk", operation_id = "export_repair_requests", params(FormatParam, RepairFilter),
    responses((status = 200, description = "The file, CSV or XLSX", content_type = "application/octet-stream", body = Vec<u8>)),
    extensions(("x-permission" = json!("repair.read")), ("x-clauses" = json!(["POS-RECEPT-09a", "POS-PUBSUP-09"]))))]
#[get("/repair-requests/export")]
pub async fn export_repair_requests(
    guard: Guard<need::RepairRead>,
    query: ExportQuery<RepairFilter, Sort>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let now = app.now();
    let of = (
        app.get_ref().clone(),
        guard.scope.clone(),
        guard.actor.clone(),
        query.filter.rows(now),
    );
    tables::export(query.format, query.language, query.request.clone(), move |request| {
        let (app, scope, actor, filter) = of.clone();
        async move {
            let rows = repairs::list(&mut *app.conn().await?, &scope, &filter, &request).await?;
            Ok(rows.map(|line| RepairView::of(line, &actor, now)))
        }
    })
    .await
}
