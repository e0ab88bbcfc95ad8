//! The chapters of the manual in the order of the book, with what became of their text.

use crate::access::PostCode;
use crate::code_enum;
use crate::shared::Text;

code_enum! {
    /// A chapter of the manual.
    pub enum ChapterCode {
        /// 目录
        Contents = "TOC",
        /// 前言
        Preface = "PREF",
        /// 发放清单
        DistributionList = "DIST",
        /// 编制说明
        CompilationNotes = "REV",
        /// 客户服务中心管理目标
        Goals = "GOAL",
        /// 术语
        GoalTerms = "TERM",
        /// 组织机构图
        Organisation = "ORG",
        /// 客户服务中心经理岗位职责
        PosCscmgr = "POS-CSCMGR",
        /// 客户服务中心副经理岗位职责
        PosDepmgr = "POS-DEPMGR",
        /// 客户服务中心经理助理岗位职责
        PosAsstmgr = "POS-ASSTMGR",
        /// 秩序维护队队长岗位职责
        PosGuardcapt = "POS-GUARDCAPT",
        /// 秩序维护队班长岗位职责
        PosGuardlead = "POS-GUARDLEAD",
        /// 秩序维护员岗位职责
        PosGuard = "POS-GUARD",
        /// 公共事务部主管岗位职责
        PosPubsup = "POS-PUBSUP",
        /// 客服接待员岗位职责
        PosRecept = "POS-RECEPT",
        /// 装修管理员岗位职责
        PosRenoadm = "POS-RENOADM",
        /// 保洁班长岗位职责
        PosCleanlead = "POS-CLEANLEAD",
        /// 保洁员岗位职责
        PosCleaner = "POS-CLEANER",
        /// 工程维修员岗位职责
        PosTech = "POS-TECH",
        /// 财务主管兼会计岗位职责
        PosFinsup = "POS-FINSUP",
        /// 出纳员岗位职责
        PosCashier = "POS-CASHIER",
        /// 收费员岗位职责
        PosFeecol = "POS-FEECOL",
        /// 打票员岗位职责
        PosTicket = "POS-TICKET",
        /// 客户服务中心副经理工作程序
        ProcDepmgr = "PROC-DEPMGR",
        /// 客户服务中心经理助理工作程序
        ProcAsstmgr = "PROC-ASSTMGR",
        /// 秩序维护队长工作程序
        ProcGuardcapt = "PROC-GUARDCAPT",
        /// 秩序维护队班长工作程序
        ProcGuardlead = "PROC-GUARDLEAD",
        /// 秩序维护队队员工作程序
        ProcGuard = "PROC-GUARD",
        /// 公共事务部主管工作程序
        ProcPubsup = "PROC-PUBSUP",
        /// 客服接待员工作程序
        ProcRecept = "PROC-RECEPT",
        /// 装修管理员工作程序
        ProcRenoadm = "PROC-RENOADM",
        /// 保洁班长工作程序
        ProcCleanlead = "PROC-CLEANLEAD",
        /// 工程维修员工作程序
        ProcTech = "PROC-TECH",
        /// 财务主管兼会计工作程序
        ProcFinsup = "PROC-FINSUP",
        /// 收费员工作程序
        ProcFeecol = "PROC-FEECOL",
        /// 打票员工作程序
        ProcTicket = "PROC-TICKET",
        /// 着装与行为规范管理规定
        RuleDress = "RULE-DRESS",
        /// 劳动管理规定
        RuleLabour = "RULE-LABOUR",
        /// 周例会管理规定
        RuleWeekly = "RULE-WEEKLY",
        /// 计算机管理规定
        RuleComputer = "RULE-COMPUTER",
        /// 奖惩管理规定
        RuleReward = "RULE-REWARD",
        /// 客户服务中心经理工作程序
        ProcCscmgr = "PROC-CSCMGR",
        /// 出纳员工作程序
        ProcCashier = "PROC-CASHIER",
        /// 保洁员工作程序
        ProcCleaner = "PROC-CLEANER",
        /// 其他推定条款
        Further = "DER-X",
    }
}

code_enum! {
    /// A part of the book.
    pub enum Part {
        /// 目录
        Contents = "contents",
        /// 前言
        Preface = "preface",
        /// 发放清单
        DistributionList = "distribution_list",
        /// 编制说明
        CompilationNotes = "compilation_notes",
        /// 管理目标
        Goals = "goals",
        /// 组织机构图
        Organisation = "organisation",
        /// 岗位职责
        Positions = "positions",
        /// 工作程序
        Procedures = "procedures",
        /// 内部管理规定
        InternalRules = "internal_rules",
        /// 推定条款: what the book never had.
        Derived = "derived",
    }
}

code_enum! {
    /// What became of a chapter's text.
    pub enum ChapterState {
        /// 正文在册
        Present = "present",
        /// 照搬他岗: the page repeats another post's procedure; the clauses are the sensible reading of it.
        Copied = "copied",
        /// 原文不全: it breaks off, and derived clauses stand in for the rest.
        Cut = "cut",
        /// 原文缺失: the contents name it, and derived clauses stand in for it.
        Missing = "missing",
        /// 从未编写: the contents do not name it either.
        Unwritten = "unwritten",
    }
}

impl Part {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Contents => Text::new("目录", "Contents"),
            Self::Preface => Text::new("前言", "Preface"),
            Self::DistributionList => Text::new("发放清单", "Distribution list"),
            Self::CompilationNotes => Text::new("编制说明", "Compilation notes"),
            Self::Goals => Text::new("管理目标", "Goals"),
            Self::Organisation => Text::new("组织机构图", "Organisation chart"),
            Self::Positions => Text::new("岗位职责", "Duties of posts"),
            Self::Procedures => Text::new("工作程序", "Procedures"),
            Self::InternalRules => Text::new("内部管理规定", "Internal rules"),
            Self::Derived => Text::new("推定条款", "Derived clauses"),
        }
    }
}

impl ChapterState {
    /// The word people read.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Present => Text::new("正文在册", "text complete"),
            Self::Copied => Text::new("照搬他岗", "copied from another post"),
            Self::Cut => Text::new("原文不全", "text breaks off"),
            Self::Missing => Text::new("原文缺失", "text missing"),
            Self::Unwritten => Text::new("从未编写", "never written"),
        }
    }
}

/// A chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// Its code, with which the ids of its clauses begin.
    pub code: ChapterCode,
    /// The part it stands in.
    pub part: Part,
    /// Its title.
    pub title: Text,
    /// The page it begins on; none for the contents and for what the book never had.
    pub page: Option<u16>,
    /// The entry of the contents that names it.
    pub entry: Option<&'static str>,
    /// The post it is about; the general rules are about none.
    pub post: Option<PostCode>,
    /// What became of its text.
    pub state: ChapterState,
    /// The chapter whose text it repeats.
    pub copies: Option<ChapterCode>,
}

/// The chapter with this code.
#[must_use]
pub fn chapter(code: ChapterCode) -> &'static Chapter {
    &CHAPTERS[code as usize]
}

impl ChapterCode {
    /// The chapter that a clause stands in, by its id. Derived clauses stand where the text they stand in for would be: in the
    /// procedure or the rules of that name, otherwise among the further ones.
    #[must_use]
    pub fn of(clause: &str) -> Option<Self> {
        let (prefix, _) = clause.rsplit_once('-')?;
        let Some(name) = prefix.strip_prefix("DER-") else {
            return prefix.parse().ok();
        };
        let known = |kind: &str| format!("{kind}-{name}").parse().ok();
        known("PROC").or_else(|| known("RULE")).or_else(|| prefix.parse().ok())
    }
}

use ChapterCode as C;
use PostCode as P;

const fn of(code: ChapterCode, part: Part, zh: &'static str, en: &'static str) -> Chapter {
    Chapter {
        code,
        part,
        title: Text::new(zh, en),
        page: None,
        entry: None,
        post: None,
        state: ChapterState::Present,
        copies: None,
    }
}

impl Chapter {
    const fn page(mut self, page: u16) -> Self {
        self.page = Some(page);
        self
    }

    const fn entry(mut self, page: u16, entry: &'static str) -> Self {
        self.entry = Some(entry);
        self.page(page)
    }

    const fn of_post(mut self, post: PostCode) -> Self {
        self.post = Some(post);
        self
    }

    const fn state(mut self, state: ChapterState) -> Self {
        self.state = state;
        self
    }

    const fn copies(mut self, other: ChapterCode) -> Self {
        self.copies = Some(other);
        self.state(ChapterState::Copied)
    }
}

/// Every chapter, in the order of [`ChapterCode`], which is the book's.
pub const CHAPTERS: &[Chapter] = &[
    of(C::Contents, Part::Contents, "目录", "Contents"),
    of(C::Preface, Part::Preface, "前言", "Preface").entry(1, "TOC-1"),
    of(
        C::DistributionList,
        Part::DistributionList,
        "发放清单",
        "Distribution list",
    )
    .entry(2, "TOC-2"),
    of(
        C::CompilationNotes,
        Part::CompilationNotes,
        "编制说明",
        "Compilation notes",
    )
    .entry(3, "TOC-3"),
    of(
        C::Goals,
        Part::Goals,
        "客户服务中心管理目标",
        "Goals of the service centre",
    )
    .entry(4, "TOC-4"),
    of(C::GoalTerms, Part::Goals, "管理目标术语", "Terms of the goals").page(4),
    of(C::Organisation, Part::Organisation, "组织机构图", "Organisation chart").entry(5, "TOC-5"),
    of(
        C::PosCscmgr,
        Part::Positions,
        "客户服务中心经理岗位职责",
        "Duties of the centre manager",
    )
    .entry(6, "TOC-6")
    .of_post(P::Cscmgr),
    of(
        C::PosDepmgr,
        Part::Positions,
        "客户服务中心副经理岗位职责",
        "Duties of the deputy manager",
    )
    .entry(7, "TOC-7")
    .of_post(P::Depmgr),
    of(
        C::PosAsstmgr,
        Part::Positions,
        "客户服务中心经理助理岗位职责",
        "Duties of the assistant manager",
    )
    .entry(8, "TOC-8")
    .of_post(P::Asstmgr),
    of(
        C::PosGuardcapt,
        Part::Positions,
        "秩序维护队队长岗位职责",
        "Duties of the guard captain",
    )
    .entry(9, "TOC-9")
    .of_post(P::Guardcapt),
    of(
        C::PosGuardlead,
        Part::Positions,
        "秩序维护队班长岗位职责",
        "Duties of the guard squad leader",
    )
    .entry(10, "TOC-10")
    .of_post(P::Guardlead),
    of(
        C::PosGuard,
        Part::Positions,
        "秩序维护员岗位职责",
        "Duties of the guard",
    )
    .entry(11, "TOC-11")
    .of_post(P::Guard),
    of(
        C::PosPubsup,
        Part::Positions,
        "公共事务部主管岗位职责",
        "Duties of the public affairs supervisor",
    )
    .entry(12, "TOC-12")
    .of_post(P::Pubsup),
    of(
        C::PosRecept,
        Part::Positions,
        "客服接待员岗位职责",
        "Duties of the receptionist",
    )
    .entry(13, "TOC-13")
    .of_post(P::Recept),
    of(
        C::PosRenoadm,
        Part::Positions,
        "装修管理员岗位职责",
        "Duties of the renovation administrator",
    )
    .entry(14, "TOC-14")
    .of_post(P::Renoadm),
    of(
        C::PosCleanlead,
        Part::Positions,
        "保洁班长岗位职责",
        "Duties of the cleaning squad leader",
    )
    .entry(15, "TOC-15")
    .of_post(P::Cleanlead),
    of(
        C::PosCleaner,
        Part::Positions,
        "保洁员岗位职责",
        "Duties of the cleaner",
    )
    .entry(16, "TOC-16")
    .of_post(P::Cleaner),
    of(
        C::PosTech,
        Part::Positions,
        "工程维修员岗位职责",
        "Duties of the technician",
    )
    .entry(17, "TOC-17")
    .of_post(P::Tech),
    of(
        C::PosFinsup,
        Part::Positions,
        "财务主管兼会计岗位职责",
        "Duties of the finance supervisor and accountant",
    )
    .entry(18, "TOC-18")
    .of_post(P::Finsup),
    of(
        C::PosCashier,
        Part::Positions,
        "出纳员岗位职责",
        "Duties of the cashier",
    )
    .entry(19, "TOC-19")
    .of_post(P::Cashier),
    of(
        C::PosFeecol,
        Part::Positions,
        "收费员岗位职责",
        "Duties of the fee collector",
    )
    .entry(20, "TOC-20")
    .of_post(P::Feecol),
    of(
        C::PosTicket,
        Part::Positions,
        "打票员岗位职责",
        "Duties of the receipt clerk",
    )
    .entry(21, "TOC-21")
    .of_post(P::Ticket),
    of(
        C::ProcDepmgr,
        Part::Procedures,
        "客户服务中心副经理工作程序",
        "Procedure of the deputy manager",
    )
    .entry(22, "TOC-22")
    .of_post(P::Depmgr),
    of(
        C::ProcAsstmgr,
        Part::Procedures,
        "客户服务中心经理助理工作程序",
        "Procedure of the assistant manager",
    )
    .entry(24, "TOC-23")
    .of_post(P::Asstmgr),
    of(
        C::ProcGuardcapt,
        Part::Procedures,
        "秩序维护队长工作程序",
        "Procedure of the guard captain",
    )
    .entry(26, "TOC-24")
    .of_post(P::Guardcapt),
    of(
        C::ProcGuardlead,
        Part::Procedures,
        "秩序维护队班长工作程序",
        "Procedure of the guard squad leader",
    )
    .entry(28, "TOC-25")
    .of_post(P::Guardlead)
    .copies(C::ProcDepmgr),
    of(
        C::ProcGuard,
        Part::Procedures,
        "秩序维护队队员工作程序",
        "Procedure of the guard",
    )
    .entry(30, "TOC-26")
    .of_post(P::Guard)
    .copies(C::ProcDepmgr),
    of(
        C::ProcPubsup,
        Part::Procedures,
        "公共事务部主管工作程序",
        "Procedure of the public affairs supervisor",
    )
    .entry(32, "TOC-27")
    .of_post(P::Pubsup),
    of(
        C::ProcRecept,
        Part::Procedures,
        "客服接待员工作程序",
        "Procedure of the receptionist",
    )
    .entry(34, "TOC-28")
    .of_post(P::Recept)
    .copies(C::ProcPubsup),
    of(
        C::ProcRenoadm,
        Part::Procedures,
        "装修管理员工作程序",
        "Procedure of the renovation administrator",
    )
    .entry(36, "TOC-29")
    .of_post(P::Renoadm)
    .copies(C::ProcPubsup),
    of(
        C::ProcCleanlead,
        Part::Procedures,
        "保洁班长工作程序",
        "Procedure of the cleaning squad leader",
    )
    .entry(38, "TOC-30")
    .of_post(P::Cleanlead)
    .copies(C::ProcPubsup),
    of(
        C::ProcTech,
        Part::Procedures,
        "工程维修员工作程序",
        "Procedure of the technician",
    )
    .page(40)
    .of_post(P::Tech)
    .copies(C::ProcPubsup),
    of(
        C::ProcFinsup,
        Part::Procedures,
        "财务主管兼会计工作程序",
        "Procedure of the finance supervisor and accountant",
    )
    .entry(42, "TOC-31")
    .of_post(P::Finsup)
    .state(ChapterState::Cut),
    of(
        C::ProcFeecol,
        Part::Procedures,
        "收费员工作程序",
        "Procedure of the fee collector",
    )
    .entry(45, "TOC-32")
    .of_post(P::Feecol)
    .state(ChapterState::Missing),
    of(
        C::ProcTicket,
        Part::Procedures,
        "打票员工作程序",
        "Procedure of the receipt clerk",
    )
    .entry(46, "TOC-33")
    .of_post(P::Ticket)
    .state(ChapterState::Missing),
    of(
        C::RuleDress,
        Part::InternalRules,
        "着装与行为规范管理规定",
        "Dress and conduct rules",
    )
    .entry(47, "TOC-34")
    .state(ChapterState::Missing),
    of(C::RuleLabour, Part::InternalRules, "劳动管理规定", "Labour rules")
        .entry(50, "TOC-35")
        .state(ChapterState::Missing),
    of(
        C::RuleWeekly,
        Part::InternalRules,
        "周例会管理规定",
        "Weekly meeting rules",
    )
    .entry(56, "TOC-36")
    .state(ChapterState::Missing),
    of(C::RuleComputer, Part::InternalRules, "计算机管理规定", "Computer rules")
        .entry(59, "TOC-37")
        .state(ChapterState::Missing),
    of(
        C::RuleReward,
        Part::InternalRules,
        "奖惩管理规定",
        "Reward and punishment rules",
    )
    .entry(61, "TOC-38")
    .state(ChapterState::Missing),
    of(
        C::ProcCscmgr,
        Part::Derived,
        "客户服务中心经理工作程序",
        "Procedure of the centre manager",
    )
    .of_post(P::Cscmgr)
    .state(ChapterState::Unwritten),
    of(
        C::ProcCashier,
        Part::Derived,
        "出纳员工作程序",
        "Procedure of the cashier",
    )
    .of_post(P::Cashier)
    .state(ChapterState::Unwritten),
    of(
        C::ProcCleaner,
        Part::Derived,
        "保洁员工作程序",
        "Procedure of the cleaner",
    )
    .of_post(P::Cleaner)
    .state(ChapterState::Unwritten),
    of(C::Further, Part::Derived, "其他推定条款", "Further derived clauses").state(ChapterState::Unwritten),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chapter_stands_at_the_place_of_its_code() {
        assert_eq!(CHAPTERS.len(), ChapterCode::ALL.len());
        for (chapter, code) in CHAPTERS.iter().zip(ChapterCode::ALL) {
            assert_eq!(chapter.code, *code);
        }
    }

    #[test]
    fn toc_1_to_38_the_contents_name_each_chapter_on_a_later_page_than_the_one_before() {
        let entries: Vec<_> = CHAPTERS
            .iter()
            .filter_map(|chapter| chapter.entry.zip(chapter.page))
            .collect();
        assert_eq!(entries.len(), 38);
        for (place, (entry, _)) in entries.iter().enumerate() {
            assert_eq!(*entry, format!("TOC-{}", place + 1));
        }
        assert!(entries.windows(2).all(|pair| pair[0].1 < pair[1].1));
    }

    /// The register of pages with copy errors or missing text that manual_control begins with.
    #[test]
    fn toc_n1_the_faults_of_the_book_are_known() {
        let count = |state, part| {
            let of = CHAPTERS
                .iter()
                .filter(|chapter| (chapter.state, chapter.part) == (state, part));
            of.count()
        };
        assert_eq!(count(ChapterState::Copied, Part::Procedures), 6);
        assert_eq!(count(ChapterState::Cut, Part::Procedures), 1);
        assert_eq!(count(ChapterState::Missing, Part::Procedures), 2);
        assert_eq!(count(ChapterState::Missing, Part::InternalRules), 5);
        assert_eq!(
            count(ChapterState::Unwritten, Part::Derived),
            4,
            "three procedures and the further clauses"
        );
        for chapter in CHAPTERS {
            assert_eq!(
                chapter.copies.is_some(),
                chapter.state == ChapterState::Copied,
                "{}",
                chapter.code
            );
        }
    }

    #[test]
    fn a_clause_stands_in_the_chapter_of_its_id() {
        for (clause, code) in [
            ("POS-RECEPT-07a", C::PosRecept),
            ("PROC-DEPMGR-5.7b", C::ProcDepmgr),
            ("ORG-N1a", C::Organisation),
            ("DER-FINSUP-3", C::ProcFinsup),
            ("DER-CSCMGR-1", C::ProcCscmgr),
            ("DER-LABOUR-6", C::RuleLabour),
            ("DER-X-1", C::Further),
        ] {
            assert_eq!(ChapterCode::of(clause), Some(code), "{clause}");
        }
        assert_eq!(ChapterCode::of("POS-NOBODY-1"), None);
        assert_eq!(ChapterCode::of("nothing"), None);
    }
}
