//! Departments and the other names they go by in the manual (C-02, C-06, C-09, C-33).

use crate::code_enum;
use crate::shared::Text;

code_enum! {
    /// A department of the company.
    pub enum DepartmentCode {
        /// The company above the centre.
        Company = "company",
        /// The company's office.
        Office = "office",
        /// The service centre: the umbrella over the departments below.
        Centre = "centre",
        /// Order maintenance.
        Order = "order",
        /// Public affairs.
        PublicAffairs = "public_affairs",
        /// Engineering, run by public affairs while it has no supervisor.
        Engineering = "engineering",
        /// Cleaning, run by public affairs while it has no supervisor.
        Cleaning = "cleaning",
        /// Finance.
        Finance = "finance",
        /// Outside the company.
        External = "external",
    }
}

/// A department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Department {
    /// Its code.
    pub code: DepartmentCode,
    /// The department it belongs to.
    pub parent: Option<DepartmentCode>,
    /// Its name.
    pub title: Text,
    /// Other names for it in the manual.
    pub aliases: &'static [&'static str],
}

use DepartmentCode as D;

/// The departments, upper ones first.
pub const DEPARTMENTS: &[Department] = &[
    department(D::Company, None, "公司", "Company", &["总公司", "分公司"]),
    department(D::Office, Some(D::Company), "办公室", "Company office", &[]),
    department(
        D::Centre,
        Some(D::Company),
        "客户服务中心",
        "Customer service centre",
        &["物业服务中心", "小区客户服务中心"],
    ),
    department(
        D::Order,
        Some(D::Centre),
        "秩序维护部",
        "Order maintenance",
        &["公共秩序维护部", "秩序维护队"],
    ),
    department(D::PublicAffairs, Some(D::Centre), "公共事务部", "Public affairs", &[]),
    department(D::Engineering, Some(D::PublicAffairs), "工程部", "Engineering", &[]),
    department(D::Cleaning, Some(D::PublicAffairs), "保洁部", "Cleaning", &[]),
    department(D::Finance, Some(D::Centre), "财务部", "Finance", &[]),
    department(D::External, None, "外部单位", "External parties", &[]),
];

const fn department(
    code: DepartmentCode,
    parent: Option<DepartmentCode>,
    zh: &'static str,
    en: &'static str,
    aliases: &'static [&'static str],
) -> Department {
    Department {
        code,
        parent,
        title: Text::new(zh, en),
        aliases,
    }
}
