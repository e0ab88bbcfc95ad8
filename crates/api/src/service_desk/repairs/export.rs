//! The request register as a file: the same query, scope and filters as on the screen.

use actix_web::get;
use wuye_persistence::service_desk::repairs::Sort;

use super::{
    RepairView,
    read::{self, RepairFilter},
};
use crate::tables::{self, Cell, export_operation, tabular};

tabular!(RepairView, "报修登记" / "repair requests" {
    "编号" / "Number" => |it| (&it.no).into(),
    "状态" / "State" => |it| Cell::Words(it.state.title()),
    "房号" / "House" => |it| it.house_no.as_ref().into(),
    "位置" / "Place" => |it| it.place_name.as_ref().or(it.place_text.as_ref()).into(),
    "类别" / "Category" => |it| Cell::Words(it.category.title()),
    "紧急程度" / "Urgency" => |it| Cell::Words(it.urgency.title()),
    "内容" / "Text" => |it| (&it.text).into(),
    "报修时间" / "Reported" => |it| Cell::Time(it.requested_at),
    "登记人" / "Taken by" => |it| it.created_by_name.as_ref().into(),
    "派工时限" / "Dispatch due" => |it| Cell::Time(it.dispatch_due_at),
    "逾期" / "Overdue" => |it| Cell::YesNo(it.overdue),
    "有偿" / "Paid" => |it| Cell::YesNo(it.paid),
    "保修" / "Warranty" => |it| Cell::YesNo(it.warranty),
    "工单" / "Order" => |it| it.order.as_ref().map(|order| &order.no).into(),
    "工单状态" / "State of the order" => |it| it.order.as_ref().map(|order| order.state.title()).into(),
    "维修员" / "Technician" => |it| it.order.as_ref().map(|order| &order.technician_name).into(),
});

export_operation! {
    /// Repair requests as a file
    ///
    /// The request register, with the filters of the list.
    export_repair_requests "export_repair_requests" at "/repair-requests/export" in "service_desk",
    needs: RepairRead "repair.read",
    clauses: ["POS-RECEPT-09a", "POS-PUBSUP-09"],
    query: RepairFilter, Sort,
    rows: tables::listed, read::page,
}
