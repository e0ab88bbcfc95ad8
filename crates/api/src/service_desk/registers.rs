//! The registers of the desk as files: the same query, scope and filters as on the screen.

use actix_web::get;
use wuye_domain::service_desk::{
    assistance::AssistanceFilter,
    cases::{CaseFilter, CaseSort},
    disputes::{DisputeFilter, DisputeSort},
    visits::{VisitFilter, VisitSort},
};

use super::{
    assistance::{self, AssistanceView},
    cases::{self, CaseView},
    disputes::{self, DisputeView},
    visits::{self, VisitView},
};
use crate::{
    list::NoSort,
    routes::Routes,
    tables::{self, Cell, export_operation, tabular},
};

/// The routes of this file.
pub fn configure(config: &mut Routes<'_>) {
    config
        .service(export_cases)
        .service(export_disputes)
        .service(export_visits)
        .service(export_assistances);
}

tabular!(CaseView, "投诉与建议" / "cases" {
    "编号" / "Number" => |it| (&it.case.no).into(),
    "类别" / "Kind" => |it| Cell::Words(it.case.kind.title()),
    "状态" / "State" => |it| Cell::Words(it.case.state.title()),
    "事项" / "About" => |it| Cell::Words(it.case.field.title()),
    "渠道" / "Channel" => |it| Cell::Words(it.case.channel.title()),
    "房号" / "House" => |it| it.house_no.as_ref().into(),
    "业主" / "Resident" => |it| it.party_name.as_ref().into(),
    "内容" / "Text" => |it| (&it.case.text).into(),
    "受理时间" / "Received" => |it| Cell::Time(it.case.received_at),
    "受理人" / "Received by" => |it| it.received_by_name.as_ref().into(),
    "答复时限" / "Due" => |it| Cell::Time(it.case.due_at),
    "逾期" / "Overdue" => |it| Cell::YesNo(it.overdue),
    "调查人" / "Owner" => |it| it.owner_name.as_ref().into(),
    "认定" / "Validity" => |it| it.case.validity.map(|validity| validity.title()).into(),
    "答复" / "Answer" => |it| it.case.reply.as_ref().into(),
    "答复时间" / "Answered" => |it| it.case.replied_at.into(),
    "办结时间" / "Closed" => |it| it.case.closed_at.into(),
    "重新打开次数" / "Reopened" => |it| Cell::Whole(it.case.reopened_count.into()),
});

tabular!(DisputeView, "纠纷登记" / "disputes" {
    "编号" / "Number" => |it| (&it.dispute.no).into(),
    "类别" / "Kind" => |it| Cell::Words(it.dispute.kind.title()),
    "状态" / "State" => |it| Cell::Words(it.dispute.state.title()),
    "层级" / "Level" => |it| Cell::Words(it.dispute.level.title()),
    "事由" / "Subject" => |it| (&it.dispute.subject).into(),
    "登记时间" / "Opened" => |it| Cell::Time(it.dispute.opened_at),
    "登记人" / "Opened by" => |it| it.opened_by_name.as_ref().into(),
    "首次调解人" / "First mediator" => |it| it.first_mediator_name.as_ref().into(),
    "调解人" / "Mediator" => |it| it.mediator_name.as_ref().into(),
    "本级时限" / "Due" => |it| it.dispute.step_due_at.into(),
    "逾期" / "Overdue" => |it| Cell::YesNo(it.overdue),
    "协议" / "Agreement" => |it| it.dispute.agreement.as_ref().into(),
    "费用（元）" / "Cost (yuan)" => |it| it.dispute.cost_fen.map_or(Cell::Empty, Cell::Fen),
    "费用审批" / "Decision on cost" => |it| it.dispute.cost_decision.map(|decision| decision.title()).into(),
    "达成时间" / "Settled" => |it| it.dispute.settled_at.into(),
    "移交" / "Referred to" => |it| it.dispute.referred_to.as_ref().into(),
    "办结时间" / "Closed" => |it| it.dispute.closed_at.into(),
});

tabular!(VisitView, "回访登记" / "return visits" {
    "编号" / "Number" => |it| (&it.visit.no).into(),
    "事项编号" / "Matter" => |it| (&it.visit.subject_no).into(),
    "事项" / "About" => |it| (&it.visit.title).into(),
    "原因" / "Reason" => |it| Cell::Words(it.visit.reason.title()),
    "状态" / "State" => |it| Cell::Words(it.visit.state.title()),
    "房号" / "House" => |it| it.house_no.as_ref().into(),
    "业主" / "Resident" => |it| it.party_name.as_ref().into(),
    "时限" / "Due" => |it| Cell::Time(it.visit.due_at),
    "逾期" / "Overdue" => |it| Cell::YesNo(it.overdue),
    "回访人" / "Visitor" => |it| it.visitor_name.as_ref().into(),
    "方式" / "Method" => |it| it.visit.method.map(|method| method.title()).into(),
    "回访时间" / "Asked" => |it| it.visit.asked_at.into(),
    "结果" / "Result" => |it| it.visit.result.map(|result| result.title()).into(),
    "意见" / "Comment" => |it| it.visit.comment.as_ref().into(),
    "跟进" / "Follow-up" => |it| it.visit.follow_up.as_ref().into(),
});

tabular!(AssistanceView, "排忧解难" / "courtesy help" {
    "编号" / "Number" => |it| (&it.line.no).into(),
    "员工" / "Who" => |it| it.employee_name.as_ref().into(),
    "类别" / "Kind" => |it| Cell::Words(it.line.kind.title()),
    "内容" / "What" => |it| (&it.line.note).into(),
    "分钟" / "Minutes" => |it| Cell::Whole(it.line.minutes.into()),
    "时间" / "When" => |it| Cell::Time(it.line.helped_at),
    "房号" / "House" => |it| it.house_no.as_ref().into(),
    "业主" / "Resident" => |it| it.party_name.as_ref().into(),
    "更正原因" / "Correction" => |it| it.line.correction_reason.as_ref().into(),
});

export_operation! {
    /// Cases as a file
    ///
    /// The complaint register is `kind=complaint`.
    export_cases "export_cases" at "/cases/export" in "service_desk",
    needs: CaseRead "case.read",
    clauses: ["POS-RECEPT-03b", "POS-RECEPT-07a"],
    query: CaseFilter, CaseSort,
    rows: tables::listed, cases::page,
}

export_operation! {
    /// Disputes as a file
    ///
    /// The dispute register.
    export_disputes "export_disputes" at "/disputes/export" in "service_desk",
    needs: DisputeRead "dispute.read",
    clauses: ["PROC-PUBSUP-5.4"],
    query: DisputeFilter, DisputeSort,
    rows: tables::listed, disputes::page,
}

export_operation! {
    /// Return visits as a file
    ///
    /// The return-visit register.
    export_visits "export_visits" at "/visits/export" in "service_desk",
    needs: VisitRead "visit.read",
    clauses: ["POS-RECEPT-07b", "POS-RECEPT-09b"],
    query: VisitFilter, VisitSort,
    rows: tables::listed, visits::page,
}

export_operation! {
    /// Courtesy help as a file
    ///
    /// The help log.
    export_assistances "export_assistances" at "/assistances/export" in "service_desk",
    needs: AssistanceRead "assistance.read",
    clauses: ["POS-GUARD-08", "POS-RECEPT-10", "POS-TECH-10"],
    query: AssistanceFilter, NoSort,
    rows: tables::listed, assistance::page,
}
