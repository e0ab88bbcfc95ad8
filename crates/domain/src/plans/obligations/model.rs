//! A duty as it is stored.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::PostCode;
use crate::shared::{AreaId, AssignmentId, EmployeeId, EstateId, SquadId, Subject, SubjectKind, Text, TrailEntry};
use crate::{code_enum, typed_ids};

typed_ids! {
    /// A duty of one person or post in one turn.
    ObligationId,
}

code_enum! {
    /// Where a duty stands.
    pub enum ObligationStatus {
        /// To be done.
        Open = "open",
        /// Done before its deadline.
        DoneOnTime = "done_on_time",
        /// Done after it.
        DoneLate = "done_late",
        /// Its time is over and nothing proves it.
        Missed = "missed",
        /// Whoever has it has said why.
        Explained = "explained",
        /// The superior lets it go.
        Waived = "waived",
        /// The superior holds that it was missed.
        ConfirmedMissed = "confirmed_missed",
        /// Its record was called off or went another way: nobody owes it any more.
        Withdrawn = "withdrawn",
    }
}

impl ObligationStatus {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Open => Text::new("待完成", "open"),
            Self::DoneOnTime => Text::new("按时完成", "done in time"),
            Self::DoneLate => Text::new("逾期完成", "done late"),
            Self::Missed => Text::new("未完成", "missed"),
            Self::Explained => Text::new("已说明", "explained"),
            Self::Waived => Text::new("已免除", "waived"),
            Self::ConfirmedMissed => Text::new("确认未履行", "confirmed as missed"),
            Self::Withdrawn => Text::new("已撤销", "withdrawn"),
        }
    }

    /// Whether evidence can still change it. What was let go stays so.
    #[must_use]
    pub const fn takes_evidence(self) -> bool {
        matches!(
            self,
            Self::Open | Self::Missed | Self::Explained | Self::ConfirmedMissed
        )
    }
}

/// The record whose clock a duty follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RecordClock {
    /// The record.
    pub subject: Subject,
    /// Its business number.
    pub no: String,
    /// Which of its clocks: `reply`, `dispatch` …
    pub deadline: String,
    /// Whether it hurries: then the first superior is told together with the reminder.
    #[serde(skip)]
    #[schema(ignore)]
    pub hurries: bool,
}

/// A duty of one person or post in one turn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Obligation {
    /// Its id.
    pub id: ObligationId,
    /// The estate.
    pub estate: EstateId,
    /// The code of the rule, or of the trigger that a fact has set off.
    pub rule: String,
    /// The turn's name; of a record's clock its round.
    pub turn: String,
    /// The post that has it.
    pub post: PostCode,
    /// The assignment that has it; `None` where one of several holders does it for the post.
    pub assignment: Option<AssignmentId>,
    /// The squad of the assignment.
    #[serde(skip)]
    #[schema(ignore)]
    pub squad: Option<SquadId>,
    /// The area of the assignment.
    #[serde(skip)]
    #[schema(ignore)]
    pub area: Option<AreaId>,
    /// The person who holds that assignment.
    pub employee: Option<EmployeeId>,
    /// From when on a fact counts for it.
    pub opens_at: DateTime<Utc>,
    /// Until when it is to be done.
    pub due_at: DateTime<Utc>,
    /// How many pieces of evidence it needs.
    pub minimum: u16,
    /// How many there are.
    pub found: u16,
    /// Where it stands.
    pub status: ObligationStatus,
    /// When the last piece needed was done.
    pub done_at: Option<DateTime<Utc>>,
    /// Why it was missed, by whoever has it.
    pub explanation: Option<String>,
    /// The superior's word on it.
    pub remark: Option<String>,
    /// A reminder that nobody is held to.
    pub optional: bool,
    /// The record whose clock it is; `None` for what the calendar lays out.
    pub record: Option<RecordClock>,
}

/// The clauses that have duties watched: each superior's own, and the manager's over all.
pub const SUPERVISION: &[&str] = &[
    "POS-CSCMGR-09a",
    "PROC-DEPMGR-4.2",
    "PROC-ASSTMGR-4.2",
    "PROC-GUARDCAPT-4.2",
    "PROC-PUBSUP-4.2",
    "PROC-FINSUP-4.2",
    "PROC-GUARDLEAD-4.2",
];

impl Obligation {
    pub(super) fn entry(&self, action: &'static str) -> TrailEntry {
        TrailEntry::new(SubjectKind::Obligation, self.id, action)
            .estate(self.estate)
            .clauses(SUPERVISION)
    }
}
