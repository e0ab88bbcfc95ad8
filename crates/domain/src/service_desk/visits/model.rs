//! A return visit, its states and what may be done in each.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::service_desk::Responsible;
use crate::shared::{EmployeeId, EstateId, Problem, SubjectKind, Text, TrailEntry};
use crate::{code_enum, typed_ids};

typed_ids! {
    /// A return visit.
    VisitId,
}

code_enum! {
    /// What kind of record a visit asks about.
    pub enum VisitSubject {
        /// A complaint, opinion, praise or enquiry.
        Case = "case",
        /// A work order.
        WorkOrder = "work_order",
        /// A dispute.
        Dispute = "dispute",
    }
}

code_enum! {
    /// Why a visit is due.
    pub enum VisitReason {
        /// The matter was closed.
        Closing = "closing",
        /// A warranty repair, some weeks later.
        Warranty = "warranty",
    }
}

code_enum! {
    /// Where a visit stands.
    pub enum VisitState {
        /// 待回访
        Due = "due",
        /// 未联系上
        Unreachable = "unreachable",
        /// 已回访: waits for its follow-up.
        Done = "done",
        /// 已跟进
        FollowedUp = "followed_up",
        /// 已结束
        Closed = "closed",
    }
}

code_enum! {
    /// How the resident was asked.
    pub enum VisitMethod {
        /// 电话
        Phone = "phone",
        /// 上门
        Home = "home",
    }
}

code_enum! {
    /// What the resident says.
    pub enum VisitResult {
        /// 满意
        Satisfied = "satisfied",
        /// 较满意
        Fairly = "fairly",
        /// 一般
        Average = "average",
        /// 不满意
        Dissatisfied = "dissatisfied",
        /// 未联系上
        Unreachable = "unreachable",
    }
}

code_enum! {
    /// What may be done to a visit. The same words name the operations.
    pub enum VisitAction {
        /// Name the visitor.
        Assign = "assign",
        /// Write down the answer.
        Record = "record",
        /// Follow a complaint up, reopening the matter if need be.
        FollowUp = "follow_up",
        /// Close it.
        Close = "close",
    }
}

impl VisitSubject {
    /// As the trail and links name it.
    #[must_use]
    pub const fn kind(self) -> SubjectKind {
        match self {
            Self::Case => SubjectKind::Case,
            Self::WorkOrder => SubjectKind::WorkOrder,
            Self::Dispute => SubjectKind::Dispute,
        }
    }
}

impl VisitReason {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Closing => Text::new("办结回访", "after closing"),
            Self::Warranty => Text::new("保修再回访", "after a warranty repair"),
        }
    }
}

impl VisitMethod {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Phone => Text::new("电话", "by phone"),
            Self::Home => Text::new("上门", "at home"),
        }
    }
}

impl VisitResult {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Satisfied => Text::new("满意", "satisfied"),
            Self::Fairly => Text::new("较满意", "fairly satisfied"),
            Self::Average => Text::new("一般", "average"),
            Self::Dissatisfied => Text::new("不满意", "dissatisfied"),
            Self::Unreachable => Text::new("未联系上", "not reached"),
        }
    }
}

impl VisitState {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Due => Text::new("待回访", "due"),
            Self::Unreachable => Text::new("未联系上", "unreachable"),
            Self::Done => Text::new("待跟进", "to be followed up"),
            Self::FollowedUp => Text::new("已跟进", "followed up"),
            Self::Closed => Text::new("已结束", "closed"),
        }
    }

    /// Whether the resident is still to be asked: then it can be overdue.
    #[must_use]
    pub const fn open(self) -> bool {
        matches!(self, Self::Due | Self::Unreachable)
    }
}

impl VisitAction {
    /// In words, fit for "cannot …".
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Assign => Text::new("指定回访人", "be given to a visitor"),
            Self::Record => Text::new("登记回访结果", "get a result"),
            Self::FollowUp => Text::new("登记跟进", "be followed up"),
            Self::Close => Text::new("结束", "be closed"),
        }
    }

    /// The states in which this may be done.
    #[must_use]
    pub const fn states(self) -> &'static [VisitState] {
        match self {
            Self::Assign | Self::Record => &[VisitState::Due, VisitState::Unreachable],
            Self::FollowUp => &[VisitState::Done],
            Self::Close => &[VisitState::Done, VisitState::FollowedUp],
        }
    }
}

/// A matter that was just closed: what its return visit needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// The estate.
    pub estate_id: EstateId,
    /// The kind of record.
    pub subject: VisitSubject,
    /// The record.
    pub subject_id: Uuid,
    /// Its business number.
    pub subject_no: String,
    /// What it was about, in a few words.
    pub title: String,
    /// How often it was closed before: a reopened matter gets a visit of its own.
    pub round: i32,
    /// The house.
    pub house_id: Option<Uuid>,
    /// Whom to ask.
    pub party_id: Option<Uuid>,
    /// The technician, the person complained of: they do not ask.
    pub excluded: Vec<EmployeeId>,
    /// Whether a warranty repair, which is asked about once more later.
    pub warranty: bool,
    /// When it was closed.
    pub closed_at: DateTime<Utc>,
}

/// A return visit as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Visit {
    /// Its id.
    pub id: VisitId,
    /// The estate.
    pub estate_id: EstateId,
    /// Business number, e.g. `HF2026-000031`.
    pub no: String,
    /// The kind of record it asks about.
    pub subject: VisitSubject,
    /// The record.
    pub subject_id: Uuid,
    /// Its business number.
    pub subject_no: String,
    /// What it was about.
    pub title: String,
    /// Why it is due.
    pub reason: VisitReason,
    /// How often the matter was closed before.
    pub round: i32,
    /// The house.
    pub house_id: Option<Uuid>,
    /// Whom to ask.
    pub party_id: Option<Uuid>,
    /// Who must not ask.
    pub excluded: Vec<EmployeeId>,
    /// Where it stands.
    pub state: VisitState,
    /// Until when to ask, or to try again.
    pub due_at: DateTime<Utc>,
    /// Who is to ask, or has asked.
    pub visitor_id: Option<EmployeeId>,
    /// How.
    pub method: Option<VisitMethod>,
    /// When.
    pub asked_at: Option<DateTime<Utc>>,
    /// What the resident says.
    pub result: Option<VisitResult>,
    /// In the resident's words.
    pub comment: Option<String>,
    /// What was done about it.
    pub follow_up: Option<String>,
    /// Tries without reaching anybody.
    pub attempts: i32,
    /// The post that answers for it.
    #[serde(skip)]
    #[schema(ignore)]
    pub responsible: Responsible,
    /// For If-Match.
    pub version: i32,
    /// When it fell due.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl Visit {
    /// Whether the resident should have been asked by `now`.
    #[must_use]
    pub fn overdue(&self, now: DateTime<Utc>) -> bool {
        self.state.open() && now > self.due_at
    }

    /// Refuses what its state does not allow.
    ///
    /// # Errors
    /// `wrong_state`.
    pub fn gate(&self, action: VisitAction) -> Result<(), Problem> {
        if action.states().contains(&self.state) {
            Ok(())
        } else {
            Err(Problem::wrong_state(&action.title(), &self.state.title()))
        }
    }

    pub(super) fn entry(&self, action: &'static str) -> TrailEntry {
        TrailEntry::new(SubjectKind::Visit, self.id, action).estate(self.estate_id)
    }
}
