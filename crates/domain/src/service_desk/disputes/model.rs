//! A dispute, its levels and what may be done in each state.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::access::PostCode;
use crate::service_desk::{Responsible, cases::CaseId};
use crate::shared::{EmployeeId, EstateId, LongText, Name, Problem, ShortCode, SubjectKind, Text, TrailEntry};
use crate::{code_enum, typed_ids};

typed_ids! {
    /// A dispute.
    DisputeId,
    /// One step of its mediation.
    StepId,
}

code_enum! {
    /// Who is at odds with whom.
    pub enum DisputeKind {
        /// 业主与物业
        OwnerManagement = "owner_management",
        /// 业主之间
        OwnerOwner = "owner_owner",
    }
}

code_enum! {
    /// Where a dispute stands.
    pub enum DisputeState {
        /// 已登记
        Opened = "opened",
        /// 物管员调解中
        Mediating = "mediating",
        /// 主管处理中
        EscalatedToPubsup = "escalated_to_pubsup",
        /// 经理助理处理中
        EscalatedToAsstmgr = "escalated_to_asstmgr",
        /// 经理处理中
        EscalatedToCscmgr = "escalated_to_cscmgr",
        /// 已达成协议
        Settled = "settled",
        /// 已移交主管部门或司法途径
        Referred = "referred",
        /// 已办结
        Closed = "closed",
    }
}

code_enum! {
    /// How high a dispute has come.
    pub enum Level {
        /// 物管员
        EstateOfficer = "estate_officer",
        /// 公共事务部主管
        Pubsup = "pubsup",
        /// 经理助理
        Asstmgr = "asstmgr",
        /// 经理
        Cscmgr = "cscmgr",
        /// 主管部门、司法途径
        Authority = "authority",
    }
}

code_enum! {
    /// On which side a party stands.
    pub enum PartySide {
        /// Who brought it up.
        Applicant = "applicant",
        /// Who it is with.
        Respondent = "respondent",
    }
}

code_enum! {
    /// What one step of the mediation led to.
    pub enum StepResult {
        /// Goes on.
        Progress = "progress",
        /// No agreement this time.
        NoAgreement = "no_agreement",
        /// A party did not come or could not be reached.
        Absent = "absent",
        /// Agreed.
        Agreed = "agreed",
    }
}

code_enum! {
    /// What CSCMGR says on a settlement that costs money.
    pub enum CostDecision {
        /// Waits for the decision.
        Pending = "pending",
        /// May be paid.
        Approved = "approved",
        /// May not: the mediation goes on.
        Refused = "refused",
    }
}

code_enum! {
    /// What may be done to a dispute. The same words name the operations.
    pub enum DisputeAction {
        /// Give it to an estate officer.
        Assign = "assign",
        /// Note a step of the mediation.
        AddStep = "add_step",
        /// Pass it one level up.
        Escalate = "escalate",
        /// Write down the agreement.
        Settle = "settle",
        /// Decide on what the agreement costs.
        DecideCost = "decide_cost",
        /// Pass it to an authority or the law.
        Refer = "refer",
        /// Close it.
        Close = "close",
        /// Open it again.
        Reopen = "reopen",
    }
}

impl DisputeKind {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::OwnerManagement => Text::new("业主与物业", "owner and management"),
            Self::OwnerOwner => Text::new("业主之间", "between owners"),
        }
    }
}

impl CostDecision {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Pending => Text::new("待审批", "waits for the decision"),
            Self::Approved => Text::new("同意", "approved"),
            Self::Refused => Text::new("不同意", "refused"),
        }
    }
}

impl DisputeState {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Opened => Text::new("已登记", "opened"),
            Self::Mediating => Text::new("物管员调解中", "mediated by an estate officer"),
            Self::EscalatedToPubsup => Text::new("主管处理中", "with the public affairs supervisor"),
            Self::EscalatedToAsstmgr => Text::new("经理助理处理中", "with the assistant manager"),
            Self::EscalatedToCscmgr => Text::new("经理处理中", "with the centre manager"),
            Self::Settled => Text::new("已达成协议", "settled"),
            Self::Referred => Text::new("已移交", "referred"),
            Self::Closed => Text::new("已办结", "closed"),
        }
    }

    /// Whether somebody mediates, and so has a step limit.
    #[must_use]
    pub const fn mediated(self) -> bool {
        matches!(
            self,
            Self::Mediating | Self::EscalatedToPubsup | Self::EscalatedToAsstmgr | Self::EscalatedToCscmgr
        )
    }
}

impl Level {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::EstateOfficer => Text::new("物管员", "estate officer"),
            Self::Pubsup => Text::new("公共事务部主管", "public affairs supervisor"),
            Self::Asstmgr => Text::new("经理助理", "assistant manager"),
            Self::Cscmgr => Text::new("客户服务中心经理", "centre manager"),
            Self::Authority => Text::new("主管部门、司法途径", "authority or law"),
        }
    }

    /// The state in which this level mediates.
    #[must_use]
    pub const fn state(self) -> DisputeState {
        match self {
            Self::EstateOfficer => DisputeState::Mediating,
            Self::Pubsup => DisputeState::EscalatedToPubsup,
            Self::Asstmgr => DisputeState::EscalatedToAsstmgr,
            Self::Cscmgr => DisputeState::EscalatedToCscmgr,
            Self::Authority => DisputeState::Referred,
        }
    }

    /// The next level inside the centre.
    #[must_use]
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::EstateOfficer => Some(Self::Pubsup),
            Self::Pubsup => Some(Self::Asstmgr),
            Self::Asstmgr => Some(Self::Cscmgr),
            Self::Cscmgr | Self::Authority => None,
        }
    }

    /// The posts that mediate at this level.
    #[must_use]
    pub const fn posts(self) -> &'static [PostCode] {
        match self {
            Self::EstateOfficer => &[PostCode::Recept, PostCode::Renoadm],
            Self::Pubsup => &[PostCode::Pubsup],
            Self::Asstmgr => &[PostCode::Asstmgr],
            Self::Cscmgr => &[PostCode::Cscmgr],
            Self::Authority => &[],
        }
    }
}

impl DisputeAction {
    /// In words, fit for "cannot …".
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Assign => Text::new("指派调解人", "be assigned"),
            Self::AddStep => Text::new("登记调解经过", "get a step of mediation"),
            Self::Escalate => Text::new("上报", "be passed up"),
            Self::Settle => Text::new("登记协议", "be settled"),
            Self::DecideCost => Text::new("审批协议费用", "have its cost decided"),
            Self::Refer => Text::new("移交", "be referred"),
            Self::Close => Text::new("办结", "be closed"),
            Self::Reopen => Text::new("重新打开", "be reopened"),
        }
    }

    /// The states in which this may be done at all; further conditions are in the rule itself.
    #[must_use]
    pub const fn states(self) -> &'static [DisputeState] {
        use DisputeState::{
            Closed, EscalatedToAsstmgr, EscalatedToCscmgr, EscalatedToPubsup, Mediating, Opened, Referred, Settled,
        };
        match self {
            Self::Assign => &[Opened, Mediating],
            Self::AddStep | Self::Settle => &[Mediating, EscalatedToPubsup, EscalatedToAsstmgr, EscalatedToCscmgr],
            Self::Escalate => &[Mediating, EscalatedToPubsup, EscalatedToAsstmgr],
            Self::DecideCost => &[Settled],
            Self::Refer => &[EscalatedToAsstmgr, EscalatedToCscmgr],
            Self::Close => &[Settled, Referred],
            Self::Reopen => &[Settled, Referred, Closed],
        }
    }
}

/// A dispute as it is stored. Names and phones of the parties lie with [`DisputeParty`].
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Dispute {
    /// Its id.
    pub id: DisputeId,
    /// The estate.
    pub estate_id: EstateId,
    /// Business number, e.g. `JF2026-000003`.
    pub no: String,
    /// Who is at odds with whom.
    pub kind: DisputeKind,
    /// Where it stands.
    pub state: DisputeState,
    /// How high it has come.
    pub level: Level,
    /// What it is about.
    pub subject: String,
    /// The case it came out of.
    pub origin_case: Option<CaseId>,
    /// When it was brought up; the time to settlement counts from here.
    pub opened_at: DateTime<Utc>,
    /// Who wrote it down.
    pub opened_by: Option<EmployeeId>,
    /// The estate officer who mediated first.
    pub first_mediator: Option<EmployeeId>,
    /// Who mediates now: a person at the first level, whoever holds the post above it.
    pub mediator_id: Option<EmployeeId>,
    /// The post that answers for it.
    #[serde(skip)]
    #[schema(ignore)]
    pub responsible: Responsible,
    /// Until when this level should settle it or pass it up.
    pub step_due_at: Option<DateTime<Utc>>,
    /// The agreement in words; the signed paper is an attachment.
    pub agreement: Option<String>,
    /// What it costs the centre, in fen.
    pub cost_fen: Option<i64>,
    /// What CSCMGR says on that; absent when it costs nothing.
    pub cost_decision: Option<CostDecision>,
    /// When it was settled.
    pub settled_at: Option<DateTime<Utc>>,
    /// At which level.
    pub settled_level: Option<Level>,
    /// Whether that was after the step limit of the level.
    pub settled_late: bool,
    /// To whom it was referred.
    pub referred_to: Option<String>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// How often it was opened again.
    pub reopened_count: i32,
    /// For If-Match.
    pub version: i32,
    /// When it was keyed in.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// A party of a dispute: one in the owner archive, or a name given at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisputeParty {
    /// Its id in the list.
    pub id: Uuid,
    /// The side.
    pub side: PartySide,
    /// Owner, tenant, the management or somebody else.
    pub role: PartyRole,
    /// The person in the owner archive.
    pub party_id: Option<Uuid>,
    /// The house.
    pub house_id: Option<Uuid>,
    /// The name, when not in the archive.
    pub name: Option<String>,
    /// The phone: personal data.
    pub phone: Option<String>,
}

code_enum! {
    /// As what a party takes part.
    pub enum PartyRole {
        /// An owner.
        Owner = "owner",
        /// A tenant or other user.
        User = "user",
        /// The management.
        Management = "management",
        /// Somebody else: a contractor, a neighbour estate.
        Other = "other",
    }
}

/// A party as it is written down.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewParty {
    /// The side.
    pub side: PartySide,
    /// As what it takes part.
    pub role: PartyRole,
    /// The person in the owner archive.
    #[serde(default)]
    pub party_id: Option<Uuid>,
    /// The house.
    #[serde(default)]
    pub house_id: Option<Uuid>,
    /// The name, when not in the archive.
    #[serde(default)]
    pub name: Option<Name>,
    /// The phone.
    #[serde(default)]
    pub phone: Option<ShortCode>,
}

/// A dispute as it is written down.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewDispute {
    /// The estate; the only one the caller works in when absent.
    #[serde(default)]
    pub estate_id: Option<EstateId>,
    /// Who is at odds with whom.
    pub kind: DisputeKind,
    /// What it is about.
    pub subject: LongText,
    /// The parties, at least one on each side.
    #[schema(min_items = 2, max_items = 20)]
    pub parties: Vec<NewParty>,
    /// The case it came out of.
    #[serde(default)]
    pub origin_case: Option<CaseId>,
    /// When it was brought up, if not now.
    #[serde(default)]
    pub occurred_at: Option<DateTime<Utc>>,
}

/// One step of the mediation: a line of an append-only list.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Step {
    /// Its id.
    pub id: StepId,
    /// The level that mediated.
    pub level: Level,
    /// When it took place.
    pub held_at: DateTime<Utc>,
    /// Who mediated.
    pub held_by: Option<EmployeeId>,
    /// What was said and done.
    pub text: String,
    /// What it led to.
    pub result: StepResult,
    /// When it was keyed in.
    pub recorded_at: DateTime<Utc>,
}

impl Dispute {
    /// Whether the limit of the present step is over at `now`: to name a mediator, to settle it or pass it up.
    #[must_use]
    pub fn overdue(&self, now: DateTime<Utc>) -> bool {
        self.step_due_at.is_some_and(|due| now > due)
    }

    /// Refuses what its state does not allow.
    ///
    /// # Errors
    /// `wrong_state`.
    pub fn gate(&self, action: DisputeAction) -> Result<(), Problem> {
        if action.states().contains(&self.state) {
            Ok(())
        } else {
            Err(Problem::wrong_state(&action.title(), &self.state.title()))
        }
    }

    pub(super) fn entry(&self, action: &'static str) -> TrailEntry {
        TrailEntry::new(SubjectKind::Dispute, self.id, action).estate(self.estate_id)
    }
}
