//! The posts: titles, departments, levels, and who can hold them.

use super::DepartmentCode;
use crate::access::PostCode;
use crate::org::PostLevel;
use crate::shared::Text;

/// A post of the manual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Its code.
    pub code: PostCode,
    /// Its title.
    pub title: Text,
    /// Other titles for it in the manual.
    pub aliases: &'static [&'static str],
    /// Its department.
    pub department: DepartmentCode,
    /// How high it stands.
    pub level: PostLevel,
    /// Persons it should have; `None` where the manual leaves the number open (ORG-N2).
    pub establishment: Option<u16>,
    /// May stay vacant: another post covers it.
    pub optional: bool,
    /// A tag that other posts carry, never held on its own.
    pub role_tag: bool,
    /// The clauses that name it.
    pub clauses: &'static [&'static str],
}

impl Post {
    /// Whether a person can be assigned to it, and so log in by it.
    #[must_use]
    pub fn is_held(&self) -> bool {
        !self.role_tag && self.level != PostLevel::External
    }

    /// Whether its holders log in with one-time codes to begin with: finance, and everybody from the deputy manager up.
    #[must_use]
    pub fn logs_in_with_codes(&self) -> bool {
        self.department == D::Finance || matches!(self.code, P::Board | P::Gm | P::Cscmgr | P::Depmgr)
    }

    /// Whether its holder serves every estate (BOARD and GM).
    #[must_use]
    pub fn is_company_wide(&self) -> bool {
        matches!(self.level, PostLevel::Board | PostLevel::Gm)
    }
}

/// The post with this code.
#[must_use]
pub fn post(code: PostCode) -> &'static Post {
    &POSTS[code as usize]
}

impl PostCode {
    /// The post's title.
    #[must_use]
    pub fn title(self) -> Text {
        post(self).title.clone()
    }
}

use DepartmentCode as D;
use PostCode as P;
use PostLevel as L;

const fn of(code: PostCode, zh: &'static str, en: &'static str, department: DepartmentCode, level: PostLevel) -> Post {
    Post {
        code,
        title: Text::new(zh, en),
        aliases: &[],
        department,
        level,
        establishment: None,
        optional: false,
        role_tag: false,
        clauses: &[],
    }
}

impl Post {
    const fn also(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    const fn persons(mut self, establishment: u16) -> Self {
        self.establishment = Some(establishment);
        self
    }

    const fn optional(mut self) -> Self {
        self.optional = true;
        self.persons(0)
    }

    const fn role_tag(mut self) -> Self {
        self.role_tag = true;
        self.persons(0)
    }

    const fn clauses(mut self, clauses: &'static [&'static str]) -> Self {
        self.clauses = clauses;
        self
    }
}

/// Every post, in the order of [`PostCode`].
pub const POSTS: &[Post] = &[
    of(P::Board, "董事会", "Company board", D::Company, L::Board).clauses(&["PREF-7", "REV-2"]),
    of(P::Gm, "总经理", "General manager", D::Company, L::Gm)
        .persons(1)
        .clauses(&["ORG-1", "DIST-01", "REV-4b"]),
    of(P::Offdir, "办公室主任", "Office director", D::Office, L::Head)
        .optional()
        .clauses(&["ORG-2"]),
    of(P::Cscmgr, "客户服务中心经理", "Centre manager", D::Centre, L::Head)
        .also(&["客户服务中心主管"])
        .persons(1)
        .clauses(&["ORG-4", "DIST-02", "POS-CSCMGR-01"]),
    of(
        P::Depmgr,
        "客户服务中心副经理",
        "Deputy centre manager",
        D::Centre,
        L::Head,
    )
    .also(&["物业服务中心副经理"])
    .persons(1)
    .clauses(&["POS-DEPMGR-01", "PROC-DEPMGR-4.1"]),
    of(
        P::Asstmgr,
        "客户服务中心经理助理",
        "Assistant to the centre manager",
        D::Centre,
        L::Head,
    )
    .also(&["经理助理"])
    .persons(1)
    .clauses(&["ORG-2", "POS-ASSTMGR-01", "PROC-ASSTMGR-4.1"]),
    of(
        P::Guardcapt,
        "秩序维护队队长",
        "Order-team captain",
        D::Order,
        L::Supervisor,
    )
    .also(&["秩序维护部主管", "公共秩序维护部主管"])
    .persons(1)
    .clauses(&["ORG-5", "DIST-05", "POS-GUARDCAPT-01", "PROC-GUARDCAPT-4.1"]),
    of(
        P::Guardlead,
        "秩序维护队班长",
        "Order squad leader",
        D::Order,
        L::Leader,
    )
    .clauses(&["POS-GUARDLEAD-01", "PROC-GUARDLEAD-4.1"]),
    of(P::Guard, "秩序维护员", "Order officer", D::Order, L::Staff)
        .also(&["秩序维护队队员"])
        .clauses(&["ORG-8", "POS-GUARD-01", "PROC-GUARD-4.1"]),
    of(
        P::Pubsup,
        "公共事务部主管",
        "Public affairs supervisor",
        D::PublicAffairs,
        L::Supervisor,
    )
    .also(&["公共事务部经理"])
    .persons(1)
    .clauses(&["POS-PUBSUP-01", "PROC-PUBSUP-4.1"]),
    of(
        P::Recept,
        "客服接待员",
        "Service-desk receptionist",
        D::PublicAffairs,
        L::Staff,
    )
    .clauses(&["ORG-12", "POS-RECEPT-01", "PROC-RECEPT-4.1"]),
    of(
        P::Renoadm,
        "装修管理员",
        "Renovation administrator",
        D::PublicAffairs,
        L::Staff,
    )
    .clauses(&["ORG-12", "POS-RENOADM-01", "PROC-RENOADM-4.1"]),
    of(P::Estate, "物管员", "Estate officer", D::PublicAffairs, L::Staff)
        .role_tag()
        .clauses(&["ORG-12", "PROC-PUBSUP-5.1"]),
    of(
        P::Cleanlead,
        "保洁班长",
        "Cleaning squad leader",
        D::Cleaning,
        L::Leader,
    )
    .clauses(&["POS-CLEANLEAD-01", "PROC-CLEANLEAD-4.1"]),
    of(P::Cleaner, "保洁员", "Cleaner", D::Cleaning, L::Staff).clauses(&["ORG-10", "POS-CLEANER-01"]),
    of(
        P::Tech,
        "工程维修员",
        "Maintenance technician",
        D::Engineering,
        L::Staff,
    )
    .clauses(&["ORG-9", "POS-TECH-01", "PROC-TECH-4.1"]),
    of(
        P::Engsup,
        "工程部主管",
        "Engineering supervisor",
        D::Engineering,
        L::Supervisor,
    )
    .optional()
    .clauses(&["ORG-6", "DIST-03"]),
    of(
        P::Cleansup,
        "保洁部主管",
        "Cleaning supervisor",
        D::Cleaning,
        L::Supervisor,
    )
    .optional()
    .clauses(&["ORG-7", "DIST-04"]),
    of(
        P::Finsup,
        "财务主管兼会计",
        "Finance supervisor and accountant",
        D::Finance,
        L::Supervisor,
    )
    .also(&["财务部主管", "主管会计"])
    .persons(1)
    .clauses(&["ORG-3", "DIST-06", "POS-FINSUP-01", "PROC-FINSUP-4.1"]),
    of(P::Acct, "会计", "Accountant", D::Finance, L::Staff)
        .optional()
        .clauses(&["ORG-11"]),
    of(P::Cashier, "出纳员", "Cashier", D::Finance, L::Staff)
        .persons(1)
        .clauses(&["ORG-11", "POS-CASHIER-01"]),
    of(P::Feecol, "收费员", "Fee collector", D::Finance, L::Staff).clauses(&["ORG-11", "TOC-32", "POS-FEECOL-01"]),
    of(P::Ticket, "打票员", "Receipt printer", D::Finance, L::Staff)
        .persons(1)
        .clauses(&["ORG-11", "TOC-33", "POS-TICKET-01"]),
    of(P::Docclerk, "文档员", "Document clerk", D::Centre, L::Staff)
        .role_tag()
        .clauses(&["REV-8a"]),
    of(
        P::Greencon,
        "绿化外包单位",
        "Greening contractor",
        D::External,
        L::External,
    )
    .also(&["绿化队"])
    .clauses(&["ORG-N1a", "ORG-N1c"]),
    of(P::Owncom, "业主委员会", "Owners' committee", D::External, L::External).clauses(&["POS-FINSUP-04"]),
    of(P::Resident, "业主", "Resident", D::External, L::External)
        .also(&["住户", "物业使用人"])
        .clauses(&["TERM-1", "POS-RECEPT-07a"]),
];
