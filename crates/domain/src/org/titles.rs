//! The words people read for the codes of the organisation, in both languages.

use super::{
    AbsenceKind, AbsenceState, AccountRequestKind, AccountRequestState, AccountState, AssignmentKind, AssignmentPhase,
    AssignmentState, BackupKind, ComputerPlace, CorrectionRecord, CorrectionState, DataCheckArea, DataCheckState,
    EdgeKind, EdgeState, EmployeeStatus, PostLevel, ShiftKind, acting::ActingReason, tree::Matter,
};
use crate::shared::Text;

macro_rules! titles {
    ($($type:ident { $($variant:ident => $zh:literal, $en:literal;)+ })+) => {$(
        impl $type {
            /// The word people read.
            #[must_use]
            pub const fn title(self) -> Text {
                match self { $(Self::$variant => Text::new($zh, $en)),+ }
            }
        }
    )+};
}

titles! {
    PostLevel {
        Board => "董事会", "board"; Gm => "总经理", "general manager"; Head => "中心管理层", "management";
        Supervisor => "主管", "supervisor"; Leader => "班长", "leader"; Staff => "员工", "staff";
        External => "外部", "external";
    }
    EdgeKind {
        Line => "直线汇报", "line"; Functional => "职能关系", "functional";
        IncidentCommand => "事件指挥", "incident command";
    }
    Matter {
        Appraisal => "考核", "appraisal"; Training => "培训", "training";
        IncidentCommand => "重大事件指挥", "command in incidents"; Disputes => "纠纷调解", "disputes";
        CleaningGuidance => "保洁指导", "guidance of cleaning"; FinancialReport => "财务月报", "financial report";
        ParkingTakings => "临停收入", "parking takings";
    }
    EdgeState { Draft => "草拟", "draft"; Effective => "生效", "effective"; Superseded => "已更正", "superseded"; }
    EmployeeStatus {
        Candidate => "候选", "candidate"; Probation => "试用", "on probation"; Active => "在职", "active";
        Suspended => "停职", "suspended"; Left => "离职", "left";
    }
    AssignmentState {
        Proposed => "已提议", "proposed"; Endorsed => "已审核", "endorsed"; Approved => "已批准", "approved";
        Rejected => "已驳回", "rejected"; Cancelled => "已撤回", "withdrawn";
    }
    AbsenceState {
        Planned => "待批", "planned"; Approved => "已批准", "approved"; Refused => "已驳回", "refused";
        Cancelled => "已撤销", "cancelled";
    }
    AccountRequestState { Requested => "待批", "requested"; Granted => "已开通", "granted"; Refused => "已驳回", "refused"; }
    DataCheckState {
        Open => "核对中", "open"; Passed => "无误", "passed"; Exceptions => "有差异", "with exceptions"; Fixed => "已更正", "fixed";
    }
    CorrectionState { Proposed => "待批", "proposed"; Approved => "已批准", "approved"; Rejected => "已驳回", "rejected"; }
    AssignmentKind { Primary => "主岗", "first post"; Concurrent => "兼岗", "further post"; }
    AssignmentPhase {
        Open => "待决定", "open"; Planned => "将生效", "planned"; Active => "在任", "in force"; Ended => "已结束", "ended";
        Void => "无效", "void";
    }
    ActingReason {
        Holiday => "节假日", "public holiday"; Leave => "休假", "leave"; Vacancy => "空缺", "vacancy"; Trip => "出差", "trip";
    }
    AbsenceKind {
        Leave => "休假", "leave"; Sick => "病假", "sick"; Holiday => "节假日", "holiday"; Trip => "出差", "trip";
        Training => "培训", "training";
    }
    ShiftKind { Duty => "在岗", "on the spot"; OnCall => "待命", "on call"; }
    ComputerPlace {
        Desk => "服务台", "service desk"; GateHouse => "门岗", "gate house"; ControlRoom => "监控室", "control room";
        FeeOffice => "收费处", "fee office"; Office => "办公室", "office";
    }
    AccountState {
        Requested => "待批", "requested"; Active => "启用", "active"; Disabled => "停用", "disabled"; Refused => "已驳回", "refused";
    }
    AccountRequestKind { Open => "开通", "open"; Enable => "重新启用", "enable again"; Disable => "停用", "disable"; }
    DataCheckArea {
        Meters => "仪表读数", "meters"; Vehicles => "车辆车位", "vehicles"; Bills => "账单", "bills";
        Payments => "收款", "payments";
    }
    BackupKind { Backup => "备份", "backup"; RestoreTest => "试恢复", "restore test"; }
    CorrectionRecord {
        Meter => "仪表", "meter"; Tariff => "收费标准", "tariff"; Bill => "账单", "bill"; Receipt => "票据", "receipt";
        Payment => "收款", "payment"; Vehicle => "车辆", "vehicle";
    }
}
