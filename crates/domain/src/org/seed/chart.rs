//! The printed chart (组织机构图) and who covers its boxes: the chart and the position texts name different posts.

use crate::access::PostCode;
use crate::shared::Text;

/// One box of the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartBox {
    /// The clause of the chart.
    pub clause: &'static str,
    /// What stands in the box.
    pub title: Text,
    /// The posts that cover it, the first one answers for it.
    pub covered_by: &'static [PostCode],
    /// The number of the manual copy that goes to the box, if one does.
    pub copy: Option<u8>,
}

use PostCode as P;

/// The boxes in the order of the chart. ENGSUP and CLEANSUP stand first in theirs: who is appointed there takes the box over.
pub const CHART: &[ChartBox] = &[
    boxed("ORG-1", "总经理", "General manager", &[P::Gm], Some(1)),
    boxed(
        "ORG-2",
        "经理助理/办公室主任",
        "Assistant manager / office director",
        &[P::Asstmgr],
        None,
    ),
    boxed("ORG-3", "财务部主管", "Finance supervisor", &[P::Finsup], Some(6)),
    boxed(
        "ORG-4",
        "客户服务中心主管",
        "Service-centre supervisor",
        &[P::Cscmgr, P::Depmgr],
        Some(2),
    ),
    boxed("ORG-5", "秩序维护部主管", "Order supervisor", &[P::Guardcapt], Some(5)),
    boxed(
        "ORG-6",
        "工程部主管",
        "Engineering supervisor",
        &[P::Engsup, P::Pubsup],
        Some(3),
    ),
    boxed(
        "ORG-7",
        "保洁部主管",
        "Cleaning supervisor",
        &[P::Cleansup, P::Pubsup, P::Cleanlead],
        Some(4),
    ),
    boxed("ORG-8", "秩序维护员", "Order officers", &[P::Guard, P::Guardlead], None),
    boxed("ORG-9", "工程维修员", "Maintenance technicians", &[P::Tech], None),
    boxed("ORG-10", "保洁员", "Cleaners", &[P::Cleaner, P::Cleanlead], None),
    boxed(
        "ORG-11",
        "会计/出纳/收费员/打票员",
        "Accountant, cashier, fee collector, receipt printer",
        &[P::Finsup, P::Cashier, P::Feecol, P::Ticket],
        None,
    ),
    boxed("ORG-12", "物管员", "Estate officers", &[P::Recept, P::Renoadm], None),
];

/// Which post covers which while that is vacant, and which posts carry which role tag.
pub const COVER: &[(PostCode, PostCode)] = &[
    (P::Offdir, P::Asstmgr),
    (P::Engsup, P::Pubsup),
    (P::Cleansup, P::Pubsup),
    (P::Acct, P::Finsup),
    (P::Estate, P::Recept),
    (P::Estate, P::Renoadm),
    (P::Docclerk, P::Recept),
];

const fn boxed(
    clause: &'static str,
    zh: &'static str,
    en: &'static str,
    covered_by: &'static [PostCode],
    copy: Option<u8>,
) -> ChartBox {
    ChartBox {
        clause,
        title: Text::new(zh, en),
        covered_by,
        copy,
    }
}
