//! delegation_acting, absences and shifts as files. Qualifications are told in the words of the desk, which exports them.

use actix_web::get;
use wuye_domain::{
    org::{AbsenceKind, AbsenceState, ShiftKind, acting::ActingReason},
    shared::Text,
    text,
};
use wuye_persistence::org::{pairs::StandInPair, shifts::Shift};

use super::super::{
    absences::{self, AbsenceQuery, AbsenceView},
    acting::{self, ActingQuery, ActingView},
    named::{self, Named},
    pairs::{self, PairQuery},
    shifts::{self, ShiftQuery},
};
use crate::{
    list::NoSort,
    routes::Routes,
    tables::{Cell, export_operation, tabular},
};

/// The routes of this file.
pub fn configure(config: &mut Routes<'_>) {
    config
        .service(export_acting_periods)
        .service(export_stand_in_pairs)
        .service(export_absences)
        .service(export_shifts);
}

tabular!(Named<ActingView>, "代职" / "acting" {
    "代职人" / "Stand-in" => |it| (&it.row.stand_in_name).into(),
    "被代职人" / "Acted for" => |it| principal(&it.row),
    "岗位" / "Post" => |it| it.post(&it.row.acting.post),
    "小区" / "Estate" => |it| it.estate(it.row.acting.estate_id),
    "原因" / "Reason" => |it| Cell::word(&it.row.acting.reason, ActingReason::title),
    "开始" / "From" => |it| it.row.acting.starts_at.into(),
    "结束" / "Until" => |it| it.row.acting.ends_at.into(),
    "状态" / "State" => |it| it.row.state.title().into(),
    "依据" / "Clauses" => |it| it.row.acting.basis_clause.as_ref().into(),
});

fn principal(view: &ActingView) -> Cell {
    match &view.principal_name {
        Some(name) => name.into(),
        None => Text::new("岗位空缺", "vacant post").into(),
    }
}

export_operation! {
    /// The acting register as a file
    export_acting_periods "export_acting_periods" at "/acting-periods/export" in "org",
    needs: ActingRead "acting.read",
    clauses: ["PROC-DEPMGR-5.9", "PROC-ASSTMGR-5.10"],
    query: ActingQuery, NoSort,
    rows: named::listed, acting::page,
}

tabular!(Named<StandInPair>, "代职对应" / "stand-in pairs" {
    "岗位" / "Post" => |it| it.post(&it.row.principal_post),
    "由谁代职" / "Stand-in" => |it| it.post(&it.row.stand_in_post),
    "次序" / "Rank" => |it| it.row.rank.into(),
    "休假须有代职" / "Leave waits for it" => |it| it.row.required.into(),
    "依据" / "Clauses" => |it| (&it.row.basis_clause).into(),
    "起始日" / "From" => |it| it.row.valid_from.into(),
    "截止日" / "To" => |it| Cell::last_day(it.row.valid_until),
});

export_operation! {
    /// The stand-in pairs as a file
    export_stand_in_pairs "export_stand_in_pairs" at "/stand-in-pairs/export" in "org",
    needs: ActingRead "acting.read",
    clauses: ["PROC-DEPMGR-5.9", "PROC-ASSTMGR-5.10", "PROC-GUARDCAPT-5.11", "PROC-PUBSUP-5.11", "PROC-GUARDLEAD-5.9",
        "PROC-RECEPT-5.11", "PROC-RENOADM-5.11", "PROC-CLEANLEAD-5.11", "PROC-TECH-5.11", "DER-FINSUP-8"],
    query: PairQuery, NoSort,
    rows: named::listed, pairs::page,
}

tabular!(Named<AbsenceView>, "请假" / "absences" {
    "员工" / "Person" => |it| (&it.row.employee_name).into(),
    "岗位" / "Post" => |it| it.post(&it.row.absence.responsible_post),
    "小区" / "Estate" => |it| it.estate(Some(it.row.absence.estate_id)),
    "种类" / "Kind" => |it| Cell::word(&it.row.absence.kind, AbsenceKind::title),
    "开始" / "From" => |it| it.row.absence.starts_at.into(),
    "结束" / "Until" => |it| it.row.absence.ends_at.into(),
    "状态" / "State" => |it| Cell::word(&it.row.absence.state, AbsenceState::title),
    "备注" / "Remark" => |it| it.row.absence.note.as_ref().into(),
});

export_operation! {
    /// The absences as a file
    export_absences "export_absences" at "/absences/export" in "org",
    needs: RosterRead "roster.read",
    clauses: ["DER-LABOUR-6"],
    query: AbsenceQuery, NoSort,
    rows: named::listed, absences::page,
}

tabular!(Named<Shift>, "班次" / "shifts" {
    "小区" / "Estate" => |it| it.estate(Some(it.row.estate_id)),
    "名称" / "Name" => |it| (&it.row.name).into(),
    "简称" / "Short code" => |it| (&it.row.code).into(),
    "上班" / "Begins" => |it| clock(it.row.starts_minute).as_str().into(),
    "下班" / "Ends" => |it| ends(&it.row).into(),
    "方式" / "Kind" => |it| Cell::word(&it.row.kind, ShiftKind::title),
    "可继续使用" / "Can be given out" => |it| it.row.active.into(),
});

/// Minutes after midnight as a clock shows them.
fn clock(minutes: i32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn ends(shift: &Shift) -> Text {
    let at = clock(shift.ends_minute);
    if shift.ends_minute > shift.starts_minute {
        Text::of(at.clone(), at)
    } else {
        text!("{at}（次日）", "{at} (next day)")
    }
}

export_operation! {
    /// The shifts as a file
    export_shifts "export_shifts" at "/shifts/export" in "org",
    needs: RosterRead "roster.read",
    clauses: ["PROC-GUARDLEAD-5.9", "PROC-TECH-5.11"],
    query: ShiftQuery, NoSort,
    rows: named::listed, shifts::page,
}
