//! The reports of the residents as a file: the same query, scope and filters as on the screen.

use super::{
    triage::{self, ReportFilter},
    view::ReportView,
};
use crate::{
    list::NoSort,
    tables::{self, Cell, export_operation, tabular},
};
use actix_web::get;

tabular!(ReportView, "住户上报" / "residents' reports" {
    "编号" / "Number" => |it| (&it.no).into(),
    "类别" / "Kind" => |it| Cell::Words(it.kind.title()),
    "状态" / "State" => |it| Cell::Words(it.state.title()),
    "内容" / "Text" => |it| (&it.text).into(),
    "位置" / "Where" => |it| it.location.as_ref().into(),
    "联系人" / "Contact" => |it| it.contact_name.as_ref().into(),
    "收到时间" / "Received" => |it| Cell::Time(it.received_at),
    "受理时限" / "Due" => |it| Cell::Time(it.due_at),
    "处理时间" / "Decided" => |it| it.decided_at.into(),
    "答复" / "Answer" => |it| it.reply.as_ref().into(),
});

export_operation! {
    /// Residents' reports as a file
    ///
    /// With the filters of the list. Phones are not in it.
    export_resident_reports "export_resident_reports" at "/resident-reports/export" in "service_desk",
    needs: ReportRead "report.read",
    clauses: ["POS-RECEPT-07a", "POS-RECEPT-03a"],
    query: ReportFilter, NoSort,
    rows: tables::listed, triage::page,
}
