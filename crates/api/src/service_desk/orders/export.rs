//! The work orders as a file: the same query, scope and filters as on the screen.

use actix_web::{HttpResponse, get, web};
use wuye_domain::{access::need, shared::Text};
use wuye_persistence::service_desk::orders::{self, Sort};

use super::{
    super::registers::{tabular, text, time},
    OrderView,
    read::OrderFilter,
};
use crate::{
    ApiError, App, Guard,
    tables::{self, Cell, Column, ExportQuery, FormatParam, Tabular},
};

tabular!(OrderView, "维修工单" / "work orders" {
    "工单号" / "Number" => |it| text(Some(&it.no)),
    "报修号" / "Request" => |it| text(Some(&it.request_no)),
    "状态" / "State" => |it| Cell::Words(it.state.title()),
    "房号" / "House" => |it| text(it.house_no.as_ref()),
    "位置" / "Place" => |it| text(it.place_name.as_ref().or(it.place_text.as_ref())),
    "类别" / "Category" => |it| Cell::Words(it.category.title()),
    "紧急程度" / "Urgency" => |it| Cell::Words(it.urgency.title()),
    "内容" / "Text" => |it| text(Some(&it.text)),
    "维修员" / "Technician" => |it| text(Some(&it.technician_name)),
    "预计分钟" / "Estimated minutes" => |it| Cell::Whole(it.estimated_minutes.into()),
    "派工人" / "Dispatched by" => |it| text(it.dispatched_by_name.as_ref()),
    "派工时间" / "Dispatched" => |it| Cell::Time(it.dispatched_at),
    "响应时限" / "Answer due" => |it| Cell::Time(it.response_due_at),
    "接单时间" / "Accepted" => |it| time(it.accepted_at),
    "到场时间" / "Arrived" => |it| time(it.arrived_at),
    "完工时限" / "Finish due" => |it| Cell::Time(it.finish_due_at),
    "完工时间" / "Finished" => |it| time(it.finished_at),
    "逾期" / "Overdue" => |it| Cell::YesNo(it.overdue),
    "返工次数" / "Sent back" => |it| Cell::Whole(it.returned_count.into()),
    "补录" / "Keyed late" => |it| Cell::YesNo(it.keyed_late),
    "核验人" / "Verified by" => |it| text(it.verified_by_name.as_ref()),
    "核验时间" / "Verified" => |it| time(it.verified_at),
    "评价" / "Rating" => |it| text(it.rating.as_ref()),
});

/// Work orders as a file
///
/// With the filters of the list; with `house_id` the order history of a house.
#[utoipa::path(tag = "service_desk", operation_id = "export_work_orders", params(FormatParam, OrderFilter),
    responses((status = 200, description = "The file, CSV or XLSX", content_type = "application/octet-stream", body = Vec<u8>)),
    extensions(("x-permission" = json!("repair.read")), ("x-clauses" = json!(["POS-PUBSUP-09", "PROC-RECEPT-5.3"]))))]
#[get("/work-orders/export")]
pub async fn export_work_orders(
    guard: Guard<need::RepairRead>,
    query: ExportQuery<OrderFilter, Sort>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let now = app.now();
    let of = (app.get_ref().clone(), guard.scope.clone(), query.filter.rows(now));
    tables::export(query.format, query.language, query.request.clone(), move |request| {
        let (app, scope, filter) = of.clone();
        async move {
            let rows = orders::list(&mut *app.conn().await?, &scope, &filter, &request).await?;
            Ok(rows.map(|line| OrderView::of(line, now)))
        }
    })
    .await
}
