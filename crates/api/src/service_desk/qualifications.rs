//! The qualifications of the technicians as a file: kept by the organisation, told in the words of the repair categories.

use actix_web::get;
use wuye_domain::service_desk::RepairCategory;

use crate::{
    list::NoSort,
    org::qualifications::{self, QualificationQuery, QualificationView},
    routes::Routes,
    tables::{self, Cell, export_operation, tabular},
};

/// The routes of this file.
pub fn configure(config: &mut Routes<'_>) {
    config.service(export_qualifications);
}

tabular!(QualificationView, "维修技能" / "qualifications" {
    "员工" / "Person" => |it| (&it.employee_name).into(),
    "可维修类别" / "Category of repairs" => |it| Cell::word(&it.qualification.category_code, RepairCategory::title),
    "证书或培训" / "Certificate or training" => |it| (&it.qualification.evidence).into(),
    "起始日" / "From" => |it| it.qualification.valid_from.into(),
    "截止日" / "To" => |it| Cell::last_day(it.qualification.valid_until),
});

export_operation! {
    /// The qualifications as a file
    export_qualifications "export_qualifications" at "/qualifications/export" in "org",
    needs: RosterRead "roster.read",
    clauses: ["PROC-TECH-4.1"],
    query: QualificationQuery, NoSort,
    rows: tables::listed, qualifications::page,
}
