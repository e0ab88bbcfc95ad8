//! The posts of the manual (岗位), by the codes of the catalogue.

use crate::code_enum;

code_enum! {
    /// A post of the organisation chart or of a position description.
    pub enum PostCode {
        /// 董事会
        Board = "BOARD",
        /// 总经理
        Gm = "GM",
        /// 办公室主任
        Offdir = "OFFDIR",
        /// 客户服务中心经理
        Cscmgr = "CSCMGR",
        /// 客户服务中心副经理
        Depmgr = "DEPMGR",
        /// 客户服务中心经理助理
        Asstmgr = "ASSTMGR",
        /// 秩序维护队队长
        Guardcapt = "GUARDCAPT",
        /// 秩序维护队班长
        Guardlead = "GUARDLEAD",
        /// 秩序维护员
        Guard = "GUARD",
        /// 公共事务部主管
        Pubsup = "PUBSUP",
        /// 客服接待员
        Recept = "RECEPT",
        /// 装修管理员
        Renoadm = "RENOADM",
        /// 物管员 (role tag of RECEPT and RENOADM)
        Estate = "ESTATE",
        /// 保洁班长
        Cleanlead = "CLEANLEAD",
        /// 保洁员
        Cleaner = "CLEANER",
        /// 工程维修员
        Tech = "TECH",
        /// 工程部主管 (optional)
        Engsup = "ENGSUP",
        /// 保洁部主管 (optional)
        Cleansup = "CLEANSUP",
        /// 财务主管兼会计
        Finsup = "FINSUP",
        /// 会计 (headcount 0 by default)
        Acct = "ACCT",
        /// 出纳员
        Cashier = "CASHIER",
        /// 收费员
        Feecol = "FEECOL",
        /// 打票员
        Ticket = "TICKET",
        /// 文档员 (role tag of RECEPT)
        Docclerk = "DOCCLERK",
        /// 绿化外包单位 (external)
        Greencon = "GREENCON",
        /// 业主委员会 (external)
        Owncom = "OWNCOM",
        /// 业主、住户 (external)
        Resident = "RESIDENT",
    }
}
