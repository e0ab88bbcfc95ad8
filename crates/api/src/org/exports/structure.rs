//! org_structure as files.

use std::collections::HashMap;

use actix_web::get;
use wuye_domain::{
    access::need,
    org::{
        AssignmentKind, AssignmentPhase, AssignmentState, EdgeKind, EdgeState, EmployeeStatus, PostLevel, tree::Matter,
    },
    shared::{ListRequest, Text},
    text,
};
use wuye_persistence::{
    Failure, Rows,
    org::{aliases::NameAlias, departments::Department, edges::ReportingEdge, squads::Squad},
};

use super::super::{
    aliases,
    assignments::{self, AssignmentQuery, AssignmentView},
    departments,
    edges::{self, EdgeQuery},
    employees::{self, EmployeeQuery, EmployeeView},
    entrusted::{self, EntrustedDutyView, EntrustedQuery},
    named::{self, Named},
    posts::{self, PostFilter, PostView},
    squads::{self, SquadQuery},
};
use crate::{
    App, Guard,
    list::{NoFilter, NoSort},
    routes::Routes,
    tables::{self, Cell, export_operation, tabular},
};

/// The routes of this file.
pub fn configure(config: &mut Routes<'_>) {
    config
        .service(export_departments)
        .service(export_posts)
        .service(export_reporting_edges)
        .service(export_employees)
        .service(export_assignments)
        .service(export_squads)
        .service(export_entrusted_duties)
        .service(export_name_aliases);
}

/// A department, and the name of the one it belongs to.
pub struct DepartmentLine {
    row: Department,
    parent: Option<Text>,
}

tabular!(DepartmentLine, "部门" / "departments" {
    "编号" / "Code" => |it| (&it.row.code).into(),
    "名称" / "Name" => |it| called(&it.row).into(),
    "其他名称" / "Other names" => |it| Cell::list(&it.row.aliases),
    "上级部门" / "Belongs to" => |it| it.parent.clone().into(),
});

fn called(department: &Department) -> Text {
    Text::of(department.name_zh.clone(), department.name_en.clone())
}

async fn department_lines(
    app: &App,
    guard: &Guard<need::OrgRead>,
    filter: &NoFilter,
    request: &ListRequest<NoSort>,
) -> Result<Rows<DepartmentLine>, Failure> {
    let rows = departments::page(app, guard, filter, request).await?;
    let names: HashMap<String, Text> = rows.items.iter().map(|row| (row.code.clone(), called(row))).collect();
    Ok(rows.map(|row| DepartmentLine {
        parent: row.parent.as_ref().and_then(|code| names.get(code).cloned()),
        row,
    }))
}

export_operation! {
    /// The departments as a file
    export_departments "export_departments" at "/departments/export" in "org",
    needs: OrgRead "org.read",
    clauses: ["ORG-3", "ORG-4", "ORG-5", "ORG-6", "ORG-7"],
    query: NoFilter, NoSort,
    rows: tables::listed, department_lines,
}

tabular!(Named<PostView>, "岗位编制" / "posts and establishment" {
    "岗位" / "Post" => |it| it.post(&it.row.post.code),
    "层级" / "Level" => |it| Cell::word(&it.row.post.level, PostLevel::title),
    "编制" / "Establishment" => |it| it.row.headcount.establishment.into(),
    "实有" / "Actual" => |it| it.row.headcount.actual.into(),
    "状态" / "State" => |it| standing(&it.row).into(),
    "空缺时由谁负责" / "Covered by" => |it| it.posts(it.row.covered_by.iter().map(|post| post.code())),
    "其他称呼" / "Other titles" => |it| Cell::list(&it.row.post.aliases),
    "依据" / "Clauses" => |it| Cell::list(&it.row.post.source_clauses),
});

/// How full a post is, in words.
fn standing(view: &PostView) -> Text {
    let (post, count) = (&view.post, view.headcount);
    match count.establishment {
        _ if post.is_external => Text::new("外部", "external"),
        _ if post.is_role_tag => Text::new("职责称谓", "role"),
        None if count.actual == 0 && post.is_optional => Text::new("可空缺", "may stay vacant"),
        None => Text::new("未定编", "no number set"),
        Some(_) if count.vacant > 0 => {
            let vacant = count.vacant;
            text!("缺 {vacant} 人", "{vacant} vacant")
        }
        Some(_) if count.surplus > 0 => {
            let surplus = count.surplus;
            text!("超编 {surplus} 人", "{surplus} too many")
        }
        Some(_) => Text::new("满编", "full"),
    }
}

export_operation! {
    /// The posts as a file
    ///
    /// With establishment and headcount on the day.
    export_posts "export_posts" at "/posts/export" in "org",
    needs: OrgRead "org.read",
    clauses: ["ORG-1", "ORG-2", "ORG-8", "ORG-9", "ORG-10", "ORG-11", "ORG-12", "ORG-N2"],
    query: PostFilter, NoSort,
    rows: named::listed, posts::page,
}

tabular!(Named<ReportingEdge>, "汇报关系" / "reporting edges" {
    "下级岗位" / "Lower post" => |it| it.post(&it.row.child_post),
    "上级岗位" / "Upper post" => |it| it.post(&it.row.parent_post),
    "种类" / "Kind" => |it| Cell::word(&it.row.kind, EdgeKind::title),
    "事项" / "Matter" => |it| Cell::word(it.row.matter.as_deref().unwrap_or_default(), Matter::title),
    "起始日" / "From" => |it| it.row.valid_from.into(),
    "截止日" / "To" => |it| Cell::last_day(it.row.valid_until),
    "状态" / "State" => |it| Cell::word(&it.row.state, EdgeState::title),
    "理由" / "Reason" => |it| it.row.reason.as_ref().into(),
    "依据" / "Clauses" => |it| Cell::list(&it.row.source_clauses),
});

export_operation! {
    /// The reporting edges as a file
    export_reporting_edges "export_reporting_edges" at "/reporting-edges/export" in "org",
    needs: OrgRead "org.read",
    clauses: ["POS-DEPMGR-01", "POS-GUARDCAPT-01", "POS-PUBSUP-01", "POS-FINSUP-01"],
    query: EdgeQuery, NoSort,
    rows: named::listed, edges::page,
}

tabular!(Named<EmployeeView>, "员工" / "people" {
    "姓名" / "Name" => |it| (&it.row.name).into(),
    "工号" / "Number" => |it| (&it.row.no).into(),
    "岗位" / "Posts" => |it| it.posts(it.row.posts.iter().map(|held| &held.post)),
    "状态" / "Status" => |it| Cell::word(&it.row.status, EmployeeStatus::title),
    "电话" / "Phone" => |it| it.row.phone.as_ref().and_then(|phone| phone.value.as_deref()).into(),
    "入职日期" / "Hired" => |it| it.row.hired_on.into(),
    "离职日期" / "Left" => |it| it.row.left_on.into(),
});

export_operation! {
    /// The people as a file
    ///
    /// Phones are masked as in the list.
    export_employees "export_employees" at "/employees/export" in "org",
    needs: OrgRead "org.read",
    clauses: ["ORG-8", "ORG-9", "ORG-10", "ORG-11", "ORG-12"],
    query: EmployeeQuery, NoSort,
    rows: named::listed, employees::page,
}

tabular!(Named<AssignmentView>, "任岗与任命" / "assignments" {
    "姓名" / "Name" => |it| (&it.row.employee_name).into(),
    "岗位" / "Post" => |it| it.post(&it.row.assignment.post),
    "小区" / "Estate" => |it| it.estate(it.row.assignment.estate_id),
    "性质" / "Kind" => |it| Cell::word(&it.row.assignment.kind, AssignmentKind::title),
    "起始日" / "From" => |it| it.row.assignment.valid_from.into(),
    "截止日" / "To" => |it| Cell::last_day(it.row.assignment.valid_until),
    "状态" / "State" => |it| phase(&it.row),
    "任命文号" / "Written order" => |it| it.row.assignment.order_ref.as_ref().into(),
});

/// The decision while it is open or was against; else where the assignment stands by its days.
fn phase(view: &AssignmentView) -> Cell {
    match view.phase {
        AssignmentPhase::Open | AssignmentPhase::Void => Cell::word(&view.assignment.state, AssignmentState::title),
        by_days => by_days.title().into(),
    }
}

export_operation! {
    /// The assignments as a file
    export_assignments "export_assignments" at "/assignments/export" in "org",
    needs: OrgRead "org.read",
    clauses: ["POS-CASHIER-01", "POS-FEECOL-01", "POS-TICKET-01", "POS-RECEPT-01", "POS-RENOADM-01"],
    query: AssignmentQuery, NoSort,
    rows: named::listed, assignments::page,
}

tabular!(Named<Squad>, "班组" / "squads" {
    "名称" / "Name" => |it| (&it.row.name).into(),
    "岗位" / "Post" => |it| it.post(&it.row.post),
    "小区" / "Estate" => |it| it.estate(Some(it.row.estate_id)),
    "起始日" / "From" => |it| it.row.active_from.into(),
    "截止日" / "To" => |it| Cell::last_day(it.row.active_until),
});

export_operation! {
    /// The squads as a file
    export_squads "export_squads" at "/squads/export" in "org",
    needs: OrgRead "org.read",
    clauses: ["PROC-GUARDLEAD-4.1", "PROC-CLEANLEAD-4.1"],
    query: SquadQuery, NoSort,
    rows: named::listed, squads::page,
}

tabular!(Named<EntrustedDutyView>, "交办职责" / "entrusted duties" {
    "小区" / "Estate" => |it| it.estate(Some(it.row.duty.estate_id)),
    "交办人" / "From" => |it| (&it.row.from_name).into(),
    "承办人" / "To" => |it| (&it.row.to_name).into(),
    "职责" / "Duty" => |it| (&it.row.duty.duty).into(),
    "起始日" / "First day" => |it| it.row.duty.valid_from.into(),
    "截止日" / "Last day" => |it| Cell::last_day(it.row.duty.valid_until),
});

export_operation! {
    /// The entrusted duties as a file
    export_entrusted_duties "export_entrusted_duties" at "/entrusted-duties/export" in "org",
    needs: OrgRead "org.read",
    clauses: ["PROC-ASSTMGR-4.1", "POS-ASSTMGR-01"],
    query: EntrustedQuery, NoSort,
    rows: named::listed, entrusted::page,
}

tabular!(Named<NameAlias>, "其他名称" / "other names" {
    "小区" / "Estate" => |it| it.estate(it.row.estate_id),
    "名称" / "Name in the papers" => |it| (&it.row.alias).into(),
    "所指" / "What it stands for" => |it| (&it.row.meaning).into(),
    "依据" / "Clauses" => |it| Cell::list(&it.row.source_clauses),
});

export_operation! {
    /// The other names as a file
    export_name_aliases "export_name_aliases" at "/name-aliases/export" in "org",
    needs: OrgRead "org.read",
    clauses: ["POS-CSCMGR-01", "POS-FINSUP-01"],
    query: NoFilter, NoSort,
    rows: named::listed, aliases::page,
}
