//! The reports of the residents as a file: the same query, scope and filters as on the screen.

use actix_web::{HttpResponse, get, web};
use wuye_domain::{access::need, shared::Text};
use wuye_persistence::service_desk::public_reports;

use super::{
    super::registers::{tabular, text, time},
    triage::ReportFilter,
    view::ReportView,
};
use crate::{
    ApiError, App, Guard,
    list::NoSort,
    tables::{self, Cell, Column, ExportQuery, FormatParam, Tabular},
};

tabular!(ReportView, "住户上报" / "residents' reports" {
    "编号" / "Number" => |it| text(Some(&it.no)),
    "类别" / "Kind" => |it| Cell::Words(it.kind.title()),
    "状态" / "State" => |it| Cell::Words(it.state.title()),
    "内容" / "Text" => |it| text(Some(&it.text)),
    "位置" / "Where" => |it| text(it.location.as_ref()),
    "联系人" / "Contact" => |it| text(it.contact_name.as_ref()),
    "收到时间" / "Received" => |it| Cell::Time(it.received_at),
    "受理时限" / "Due" => |it| Cell::Time(it.due_at),
    "处理时间" / "Decided" => |it| time(it.decided_at),
    "答复" / "Answer" => |it| text(it.reply.as_ref()),
});

/// Residents' reports as a file
///
/// With the filters of the list. Phones are not in it.
#[utoipa::path(tag = "service_desk", operation_id = "export_resident_reports", params(FormatParam, ReportFilter),
    responses((status = 200, description = "The file, CSV or XLSX", content_type = "application/octet-stream", body = Vec<u8>)),
    extensions(("x-permission" = json!("report.read")), ("x-clauses" = json!(["POS-RECEPT-07a", "POS-RECEPT-03a"]))))]
#[get("/resident-reports/export")]
pub async fn export_resident_reports(
    guard: Guard<need::ReportRead>,
    query: ExportQuery<ReportFilter, NoSort>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let of = (
        app.get_ref().clone(),
        guard.actor.clone(),
        guard.scope.clone(),
        query.filter.rows(),
    );
    tables::export(query.format, query.language, query.unsorted(), move |request| {
        let (app, actor, scope, filter) = of.clone();
        async move {
            let rows = public_reports::list(&mut *app.conn().await?, &scope, &filter, &request).await?;
            Ok(rows.map(|report| ReportView::of(report, &actor, Vec::new())))
        }
    })
    .await
}
