//! What of the day before a briefing counts by itself. A further context joins by a line here and a query of its own.

use crate::access::{Actor, ActorKind, HeldPost, Permission, PostCode};
use crate::code_enum;
use crate::shared::{AccountId, AssignmentId, EmployeeId, Text};

use super::Briefing;

code_enum! {
    /// One figure of a morning.
    pub enum BriefingMeasure {
        /// Cases that came in.
        CasesReceived = "cases_received",
        /// Cases that are not closed.
        CasesOpen = "cases_open",
        /// Cases that wait for an answer longer than they may.
        CasesLate = "cases_late",
        /// Orders that were finished.
        OrdersDone = "orders_done",
        /// Orders that are not closed.
        OrdersOpen = "orders_open",
        /// Orders whose limit is over.
        OrdersLate = "orders_late",
        /// Return visits to make today or before.
        VisitsDue = "visits_due",
        /// Return visits that were made.
        VisitsMade = "visits_made",
        /// Visited residents who were not content.
        VisitsDissatisfied = "visits_dissatisfied",
        /// Disputes that are not closed.
        DisputesOpen = "disputes_open",
        /// Tasks given that are not closed.
        TasksOpen = "tasks_open",
        /// Tasks given that are late.
        TasksLate = "tasks_late",
        /// Briefings of this morning that were heard.
        BriefingsHeard = "briefings_heard",
    }
}

use PostCode as P;

/// Those who answer for the desk.
const DESK: &[PostCode] = &[P::Recept, P::Pubsup];
/// Those who mediate, and their head.
const OFFICERS: &[PostCode] = &[P::Recept, P::Renoadm, P::Pubsup];
/// Those whose records are cases as well: complaints are given to whoever is to look into them.
const OWNERS: &[PostCode] = &[
    P::Recept,
    P::Renoadm,
    P::Cleanlead,
    P::Tech,
    P::Pubsup,
    P::Guardlead,
    P::Guardcapt,
];
/// Those who carry orders out, those who dispatch them, and their head.
const REPAIRERS: &[PostCode] = &[P::Tech, P::Recept, P::Pubsup];
/// Heads, who heard others before they report.
const HEADS: &[PostCode] = &[P::Pubsup, P::Guardcapt];

impl BriefingMeasure {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::CasesReceived => Text::new("新受理投诉建议", "cases taken in"),
            Self::CasesOpen => Text::new("未办结投诉建议", "cases open"),
            Self::CasesLate => Text::new("超时未答复", "cases late"),
            Self::OrdersDone => Text::new("完成工单", "orders done"),
            Self::OrdersOpen => Text::new("未完工单", "orders open"),
            Self::OrdersLate => Text::new("超时工单", "orders late"),
            Self::VisitsDue => Text::new("应回访", "visits due"),
            Self::VisitsMade => Text::new("已回访", "visits made"),
            Self::VisitsDissatisfied => Text::new("回访不满意", "residents not content"),
            Self::DisputesOpen => Text::new("未结纠纷", "disputes open"),
            Self::TasksOpen => Text::new("未完交办任务", "tasks open"),
            Self::TasksLate => Text::new("逾期交办任务", "tasks late"),
            Self::BriefingsHeard => Text::new("今晨已听取汇报", "briefings heard this morning"),
        }
    }

    /// The posts whose mornings it belongs to; every one where none is named.
    pub(super) const fn posts(self) -> &'static [PostCode] {
        match self {
            Self::CasesReceived | Self::CasesOpen | Self::CasesLate => OWNERS,
            Self::OrdersDone | Self::OrdersOpen | Self::OrdersLate => REPAIRERS,
            Self::VisitsDue | Self::VisitsMade | Self::VisitsDissatisfied => DESK,
            Self::DisputesOpen => OFFICERS,
            Self::TasksOpen | Self::TasksLate => &[],
            Self::BriefingsHeard => HEADS,
        }
    }

    /// What a post counts in the morning, in the order in which it is told.
    pub fn of(post: PostCode) -> impl Iterator<Item = Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(move |measure| measure.posts().is_empty() || measure.posts().contains(&post))
    }

    /// What its records are read by: a morning tells nobody what they may not open.
    #[must_use]
    pub const fn needs(self) -> Permission {
        match self {
            Self::CasesReceived | Self::CasesOpen | Self::CasesLate => Permission::CaseRead,
            Self::OrdersDone | Self::OrdersOpen | Self::OrdersLate => Permission::RepairRead,
            Self::VisitsDue | Self::VisitsMade | Self::VisitsDissatisfied => Permission::VisitRead,
            Self::DisputesOpen => Permission::DisputeRead,
            Self::TasksOpen | Self::TasksLate => Permission::TaskRead,
            Self::BriefingsHeard => Permission::BriefingRead,
        }
    }

    /// Whether its records were made the day before, so that one can look at how they were kept.
    #[must_use]
    pub const fn is_sampled(self) -> bool {
        matches!(self, Self::CasesReceived | Self::OrdersDone | Self::VisitsMade)
    }
}

/// The eyes with which a briefing looks at the records: those of the post that reports, whoever asks. Whatever else the person
/// who holds it may see through other posts stays out.
#[derive(Clone, Debug)]
pub struct Reader(Actor);

impl Reader {
    /// Of a briefing; `below` are the posts below its own on the line.
    #[must_use]
    pub fn of(briefing: &Briefing, below: Vec<PostCode>) -> Self {
        let of = &briefing.responsible;
        Self(Actor {
            account: AccountId(uuid::Uuid::nil()),
            employee: briefing.employee_id,
            kind: ActorKind::Person,
            posts: vec![HeldPost {
                assignment: of.assignment.unwrap_or(AssignmentId(uuid::Uuid::nil())),
                post: of.post,
                estate: Some(briefing.estate_id),
                squad: of.squad,
                area: of.area,
                acting_for: None,
                until: None,
                excluded: Vec::new(),
                below,
                above: Vec::new(),
            }],
        })
    }

    /// For the scope of each measure.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.0
    }

    /// Whose eyes they are.
    #[must_use]
    pub const fn employee(&self) -> Option<EmployeeId> {
        self.0.employee
    }
}
