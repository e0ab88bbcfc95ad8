//! The one table of permissions. A handler names the one it needs in its signature; grants.rs says who holds it.

/// A permission as a type, so that a handler's guard can name it.
pub trait Needs {
    /// The permission meant.
    const PERMISSION: Permission;
}

macro_rules! permissions {
    ($($variant:ident = $code:literal, $zh:literal, $en:literal;)+) => {
        $crate::code_enum! {
            /// What an operation asks for.
            pub enum Permission {
                $(#[doc = $en] $variant = $code),+
            }
        }

        impl Permission {
            /// What it allows, in words.
            #[must_use]
            pub const fn title(self) -> $crate::shared::Text {
                match self { $(Self::$variant => $crate::shared::Text::new($zh, $en)),+ }
            }
        }

        /// The permissions as types for the guard of a handler.
        pub mod need {
            use super::{Needs, Permission};
            $(
                #[doc = $en]
                #[derive(Clone, Copy, Debug)]
                pub struct $variant;
                impl Needs for $variant {
                    const PERMISSION: Permission = Permission::$variant;
                }
            )+
        }
    };
}

permissions! {
    SelfRead = "self.read", "查看本人信息", "See one's own account, workbench and notices";
    SelfManage = "self.manage", "管理本人登录", "Change one's own password, tokens and sessions";
    TrailRead = "trail.read", "查看记录的经过", "Read the history of records one may see";
    AuditRead = "audit.read", "查看审计记录", "Read the audit trail";
    SettingRead = "setting.read", "查看参数", "Read settings";
    SettingEdit = "setting.edit", "修改参数", "Change settings";
    NoticeRead = "notice.read", "查看通知发送情况", "See how notices are sent out, and what could not be";
    NoticeManage = "notice.manage", "管理通知渠道", "Set the robots of an estate, test channels, send again";
    FileCreate = "file.create", "上传文件", "Upload files";
    FileRead = "file.read", "查看文件", "Read files of records one may see";

    OrgRead = "org.read", "查看组织与人员", "Read the organisation and its people";
    OrgPropose = "org.propose", "提议组织变动", "Propose changes of posts and assignments";
    OrgEndorse = "org.endorse", "审核组织变动", "Endorse a proposed assignment";
    OrgEdit = "org.edit", "决定组织变动", "Decide changes of posts, people and reporting lines";
    OrgEditUpper = "org.edit_upper", "决定经理层汇报线", "Decide the edges of the managers";
    EmployeeContactRead = "employee.contact_read", "查看员工联系方式", "See employees' phones";
    ActingPropose = "acting.propose", "提出代职", "Name a stand-in";
    ActingConfirm = "acting.confirm", "确认代职", "Confirm a stand-in";
    ActingRead = "acting.read", "查看代职", "See who acts for whom";
    RosterRead = "roster.read", "查看排班", "Read shifts, roster and absences";
    RosterEdit = "roster.edit", "编制排班", "Make the roster, enter absences and qualifications";

    TaskGive = "task.give", "交办任务", "Give tasks to those below, close or return them";
    TaskDo = "task.do", "办理交办任务", "Accept, carry out and report one's tasks done";
    TaskRead = "task.read", "查看交办任务", "Read tasks one has, gave, or has below";
    CalendarRead = "calendar.read", "查看工作日历", "Read the calendar of working days";
    CalendarEdit = "calendar.edit", "维护工作日历", "Enter holidays and make-up workdays";
    CalendarConfirm = "calendar.confirm", "确认工作日历", "Confirm the calendar of a year";

    ManualRead = "manual.read", "查看管理手册", "Read the manual";

    DutyRead = "duty.read", "查看履职", "See one's own duties and those of the posts below";
    DutyExplain = "duty.explain", "说明未履行原因", "Explain a missed duty of one's own";
    DutyDecide = "duty.decide", "免除或确认未履行", "Waive a missed duty of those below or confirm it, and note how duties are done";
    DutyRuleEdit = "duty.rule_edit", "修改履职规则", "Change the rules that duties fall due by";

    BriefingReport = "briefing.report", "作每日汇报", "Give one's own morning briefing";
    BriefingHear = "briefing.hear", "听取每日汇报", "Hear the briefings of those below and sample their records";
    BriefingRead = "briefing.read", "查看每日汇报", "Read briefings given by or to oneself, or below";

    AccountRead = "account.read", "查看账号", "Read accounts, computers and their logs";
    AccountRequest = "account.request", "申请账号", "Request an account";
    AccountManage = "account.manage", "批准与管理账号", "Grant, change, disable accounts; reset passwords";
    ServiceManage = "service.manage", "管理接口账号", "Manage service accounts";
    ComputerRead = "computer.read", "查看计算机登记", "Read the register of computers";
    ComputerEdit = "computer.edit", "登记计算机", "Keep the register of computers";
    DataCheckRead = "data_check.read", "查看数据核对与备份", "Read data checks, corrections and the backup log";
    DataCheckRun = "data_check.run", "数据核对", "Run and fix data checks, log backups";
    DataCheckApprove = "data_check.approve", "批准数据更正", "Approve corrections of charging data";

    EstateManage = "estate.manage", "设立与变更小区", "Take estates on, change their name and address";
    EstateRead = "estate.read", "查看小区资料", "Read the estate inventory";
    EstateEdit = "estate.edit", "编辑小区资料", "Edit the estate inventory";
    EstateConfirm = "estate.confirm", "确认小区资料变动", "Confirm changes of the estate's structure";
    PartyRead = "party.read", "查看业主档案", "Read owners, tenants and users, masked";
    PartyContactRead = "party.contact_read", "查看业主联系方式", "See owners' phones";
    PartyIdentityRead = "party.identity_read", "查看证件号码", "See identity numbers";
    PartyEdit = "party.edit", "编辑业主档案", "Edit owners, occupancies and house files";
    ArchiveConsult = "archive.consult", "申请查阅档案", "Ask to consult a house file";
    ArchiveApprove = "archive.approve", "批准查阅档案", "Approve the consultation of a house file";
    ImportRun = "import.run", "导入数据", "Import houses, parties and occupancies";

    CaseCreate = "case.create", "登记投诉与建议", "Record a complaint, opinion, praise or enquiry";
    CaseRead = "case.read", "查看投诉与建议", "Read cases";
    CaseManage = "case.manage", "受理、答复、办结", "Assign, answer and close cases";
    CaseHandle = "case.handle", "调查处理", "Investigate and handle one's cases";
    CaseDecide = "case.decide", "认定投诉是否有效", "Confirm the validity of complaints, check their closing";
    DisputeRead = "dispute.read", "查看纠纷", "Read disputes";
    DisputeOpen = "dispute.open", "登记纠纷", "Open a dispute";
    DisputeAssign = "dispute.assign", "指派调解", "Assign a mediator";
    DisputeMediate = "dispute.mediate", "调解纠纷", "Mediate, settle or escalate a dispute";
    DisputeApprove = "dispute.approve", "审批纠纷协议费用", "Decide on what a settlement costs";
    RepairCreate = "repair.create", "登记报修", "Record a repair request";
    RepairRead = "repair.read", "查看报修与工单", "Read repair requests and work orders";
    OrderDispatch = "order.dispatch", "派工与核验", "Dispatch, reassign, verify and close orders";
    OrderWork = "order.work", "办理工单", "Accept, carry out and finish one's orders";
    OrderApprove = "order.approve", "审批维修费用", "Approve the cost of an order";
    CategoryEdit = "category.edit", "维护报修类别", "Edit repair categories and their limits";
    VisitRead = "visit.read", "查看回访", "Read return visits";
    VisitDo = "visit.do", "回访", "Make return visits";
    AssistanceLog = "assistance.log", "登记排忧解难", "Log a courtesy help";
    AssistanceRead = "assistance.read", "查看排忧解难", "Read the help log";
    ReportRead = "report.read", "查看公开报事", "Read what residents report";
    ReportTriage = "report.triage", "受理公开报事", "Take in what residents report";

    GoalRead = "goal.read", "查看年度目标", "Read goals and measurements";
    GoalEdit = "goal.edit", "编制年度目标", "Draft the goals of a year";
    GoalApprove = "goal.approve", "批准与冻结年度目标", "Approve goals, sign and freeze measurements";
}

impl Permission {
    /// Whether only a person may use it: decisions that the manual gives to a post, and what opens accounts. A program can
    /// prepare them, never take them.
    #[must_use]
    pub const fn is_a_persons(self) -> bool {
        matches!(
            self,
            Self::SelfManage
                | Self::SettingEdit
                | Self::NoticeManage
                | Self::OrgEndorse
                | Self::OrgEdit
                | Self::OrgEditUpper
                | Self::ActingPropose
                | Self::ActingConfirm
                | Self::TaskGive
                | Self::BriefingHear
                | Self::CalendarConfirm
                | Self::AccountRequest
                | Self::AccountManage
                | Self::ServiceManage
                | Self::DataCheckApprove
                | Self::EstateManage
                | Self::EstateConfirm
                | Self::ArchiveConsult
                | Self::ArchiveApprove
                | Self::CaseDecide
                | Self::DisputeMediate
                | Self::DisputeApprove
                | Self::OrderApprove
                | Self::GoalApprove
        )
    }
}
