//! computer_management as files.

use actix_web::get;
use wuye_domain::{
    org::{
        AccountRequestKind, AccountRequestState, AccountState, BackupKind, ComputerPlace, CorrectionRecord,
        CorrectionState, DataCheckArea, DataCheckState,
    },
    shared::Text,
};
use wuye_persistence::org::{backups::BackupRecord, corrections::DataCorrection, data_checks::DataCheck};

use super::super::{
    account_requests::{self, AccountRequestQuery, AccountRequestView},
    accounts::{self, AccountQuery, AccountView},
    backups::{self, BackupQuery},
    computers::{self, ComputerQuery, ComputerView},
    corrections::{self, CorrectionQuery},
    data_checks::{self, DataCheckQuery},
    named::{self, Named},
};
use crate::{
    list::NoSort,
    routes::Routes,
    tables::{Cell, export_operation, tabular},
};

/// The routes of this file.
pub fn configure(config: &mut Routes<'_>) {
    config
        .service(export_computers)
        .service(export_accounts)
        .service(export_account_requests)
        .service(export_data_checks)
        .service(export_backup_records)
        .service(export_data_corrections);
}

tabular!(Named<ComputerView>, "计算机" / "computers" {
    "编号" / "Number" => |it| (&it.row.computer.no).into(),
    "小区" / "Estate" => |it| it.estate(Some(it.row.computer.estate_id)),
    "位置" / "Place" => |it| Cell::word(&it.row.computer.place, ComputerPlace::title),
    "保管人" / "Custodian" => |it| (&it.row.custodian_name).into(),
    "已装软件" / "Software" => |it| Cell::list(&it.row.computer.software),
    "备注" / "Remark" => |it| it.row.computer.note.as_ref().into(),
    "停用日期" / "Taken out of use on" => |it| it.row.computer.retired_on.into(),
});

export_operation! {
    /// The computers as a file
    export_computers "export_computers" at "/computers/export" in "accounts",
    needs: ComputerRead "computer.read",
    clauses: ["DER-COMPUTER-1"],
    query: ComputerQuery, NoSort,
    rows: named::listed, computers::page,
}

tabular!(Named<AccountView>, "账号" / "accounts" {
    "姓名" / "Name" => |it| (&it.row.display_name).into(),
    "用户名" / "User name" => |it| (&it.row.username).into(),
    "现任岗位" / "Posts today" => |it| it.posts(&it.row.posts),
    "最近登录" / "Last sign-in" => |it| it.row.last_login_at.into(),
    "状态" / "State" => |it| Cell::word(&it.row.state, AccountState::title),
    "停用时间" / "Disabled" => |it| it.row.disabled_at.into(),
    "理由" / "Reason" => |it| it.row.reason.as_ref().into(),
    "建于" / "Made" => |it| it.row.created_at.into(),
});

export_operation! {
    /// The accounts as a file
    export_accounts "export_accounts" at "/accounts/export" in "accounts",
    needs: AccountRead "account.read",
    clauses: ["DER-COMPUTER-2"],
    query: AccountQuery, NoSort,
    rows: named::listed, accounts::page,
}

tabular!(Named<AccountRequestView>, "账号申请" / "requests for accounts" {
    "员工" / "Person" => |it| (&it.row.employee_name).into(),
    "小区" / "Estate" => |it| it.estate(Some(it.row.request.estate_id)),
    "申请事项" / "What for" => |it| Cell::word(&it.row.request.kind, AccountRequestKind::title),
    "用户名" / "User name" => |it| it.row.request.username.as_ref().into(),
    "理由" / "Reason" => |it| (&it.row.request.reason).into(),
    "申请人" / "Asked by" => |it| it.person(it.row.request.requested_by),
    "申请时间" / "Asked" => |it| it.row.request.created_at.into(),
    "状态" / "State" => |it| Cell::word(&it.row.request.state, AccountRequestState::title),
    "批准人" / "Decided by" => |it| it.person(it.row.request.decided_by),
    "批准时间" / "Decided" => |it| it.row.request.decided_at.into(),
    "备注" / "Remark" => |it| it.row.request.decision_note.as_ref().into(),
});

export_operation! {
    /// The requests for accounts as a file
    export_account_requests "export_account_requests" at "/account-requests/export" in "accounts",
    needs: AccountRead "account.read",
    clauses: ["DER-COMPUTER-2"],
    query: AccountRequestQuery, NoSort,
    rows: named::listed, account_requests::page,
}

tabular!(Named<DataCheck>, "数据核对" / "data checks" {
    "月份" / "Month" => |it| (&it.row.period).into(),
    "数据种类" / "Kind of data" => |it| Cell::word(&it.row.area, DataCheckArea::title),
    "小区" / "Estate" => |it| it.estate(Some(it.row.estate_id)),
    "结论" / "Result" => |it| it.row.result.as_ref().into(),
    "差异" / "Exceptions" => |it| Cell::list(&it.row.exceptions),
    "核对人" / "Checked by" => |it| it.person(Some(it.row.opened_by)),
    "开始时间" / "Opened" => |it| it.row.created_at.into(),
    "状态" / "State" => |it| Cell::word(&it.row.state, DataCheckState::title),
});

export_operation! {
    /// The data checks as a file
    export_data_checks "export_data_checks" at "/data-checks/export" in "accounts",
    needs: DataCheckRead "data_check.read",
    clauses: ["DER-COMPUTER-5", "POS-TICKET-04"],
    query: DataCheckQuery, NoSort,
    rows: named::listed, data_checks::page,
}

tabular!(Named<BackupRecord>, "备份记录" / "backup log" {
    "时间" / "When" => |it| it.row.taken_at.into(),
    "种类" / "Kind" => |it| Cell::word(&it.row.kind, BackupKind::title),
    "小区" / "Estate" => |it| it.estate(it.row.estate_id),
    "存放位置" / "Place" => |it| (&it.row.place).into(),
    "大小（字节）" / "Size (bytes)" => |it| it.row.size_bytes.into(),
    "备注" / "Remark" => |it| it.row.note.as_ref().into(),
    "状态" / "State" => |it| outcome(&it.row).into(),
    "登记人" / "Logged by" => |it| it.person(it.row.recorded_by),
    "核实人" / "Checked by" => |it| it.person(it.row.verified_by),
    "核实时间" / "Checked" => |it| it.row.verified_at.into(),
});

fn outcome(record: &BackupRecord) -> Text {
    match (record.succeeded, record.verified_at) {
        (false, _) => Text::new("失败", "failed"),
        (true, Some(_)) => Text::new("已核实", "checked"),
        (true, None) => Text::new("成功", "worked"),
    }
}

export_operation! {
    /// The backup log as a file
    export_backup_records "export_backup_records" at "/backup-records/export" in "accounts",
    needs: DataCheckRead "data_check.read",
    clauses: ["DER-COMPUTER-4", "DER-TICKET-7"],
    query: BackupQuery, NoSort,
    rows: named::listed, backups::page,
}

tabular!(Named<DataCorrection>, "收费数据更正" / "corrections of charging data" {
    "编号" / "Number" => |it| (&it.row.no).into(),
    "小区" / "Estate" => |it| it.estate(Some(it.row.estate_id)),
    "记录" / "Record" => |it| Cell::word(&it.row.record_kind, CorrectionRecord::title),
    "单号" / "Its number" => |it| (&it.row.record_ref).into(),
    "项目" / "Field" => |it| (&it.row.field).into(),
    "原来" / "Before" => |it| (&it.row.before_value).into(),
    "更正为" / "After" => |it| (&it.row.after_value).into(),
    "理由" / "Reason" => |it| (&it.row.reason).into(),
    "提出人" / "Proposed by" => |it| it.person(Some(it.row.proposed_by)),
    "状态" / "State" => |it| Cell::word(&it.row.state, CorrectionState::title),
    "批准人" / "Decided by" => |it| it.person(it.row.decided_by),
    "批准时间" / "Decided" => |it| it.row.decided_at.into(),
});

export_operation! {
    /// The corrections of charging data as a file
    export_data_corrections "export_data_corrections" at "/data-corrections/export" in "accounts",
    needs: DataCheckRead "data_check.read",
    clauses: ["DER-COMPUTER-3", "POS-TICKET-04"],
    query: CorrectionQuery, NoSort,
    rows: named::listed, corrections::page,
}
