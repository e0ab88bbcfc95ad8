//! The work orders as a file: the same query, scope and filters as on the screen.

use actix_web::get;
use wuye_persistence::service_desk::orders::Sort;

use super::{
    OrderView,
    read::{self, OrderFilter},
};
use crate::tables::{self, Cell, export_operation, tabular};

tabular!(OrderView, "维修工单" / "work orders" {
    "工单号" / "Number" => |it| (&it.no).into(),
    "报修号" / "Request" => |it| (&it.request_no).into(),
    "状态" / "State" => |it| Cell::Words(it.state.title()),
    "房号" / "House" => |it| it.house_no.as_ref().into(),
    "位置" / "Place" => |it| it.place_name.as_ref().or(it.place_text.as_ref()).into(),
    "类别" / "Category" => |it| Cell::Words(it.category.title()),
    "紧急程度" / "Urgency" => |it| Cell::Words(it.urgency.title()),
    "内容" / "Text" => |it| (&it.text).into(),
    "维修员" / "Technician" => |it| (&it.technician_name).into(),
    "预计分钟" / "Estimated minutes" => |it| Cell::Whole(it.estimated_minutes.into()),
    "派工人" / "Dispatched by" => |it| it.dispatched_by_name.as_ref().into(),
    "派工时间" / "Dispatched" => |it| Cell::Time(it.dispatched_at),
    "响应时限" / "Answer due" => |it| Cell::Time(it.response_due_at),
    "接单时间" / "Accepted" => |it| it.accepted_at.into(),
    "到场时间" / "Arrived" => |it| it.arrived_at.into(),
    "完工时限" / "Finish due" => |it| Cell::Time(it.finish_due_at),
    "完工时间" / "Finished" => |it| it.finished_at.into(),
    "逾期" / "Overdue" => |it| Cell::YesNo(it.overdue),
    "返工次数" / "Sent back" => |it| Cell::Whole(it.returned_count.into()),
    "补录" / "Keyed late" => |it| Cell::YesNo(it.keyed_late),
    "核验人" / "Verified by" => |it| it.verified_by_name.as_ref().into(),
    "核验时间" / "Verified" => |it| it.verified_at.into(),
    "评价" / "Rating" => |it| it.rating.as_ref().into(),
});

export_operation! {
    /// Work orders as a file
    ///
    /// With the filters of the list; with `house_id` the order history of a house.
    export_work_orders "export_work_orders" at "/work-orders/export" in "service_desk",
    needs: RepairRead "repair.read",
    clauses: ["POS-PUBSUP-09", "PROC-RECEPT-5.3"],
    query: OrderFilter, Sort,
    rows: tables::listed, read::page,
}
