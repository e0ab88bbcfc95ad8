//! A case, its states and what may be done in each.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::access::PostCode;
use crate::service_desk::{DecisionPath, DeskHours, Responsible};
use crate::shared::deadline::Clockwork;
use crate::shared::{EmployeeId, EstateId, Problem, SettingKey, Settings, SubjectKind, Text, TrailEntry};
use crate::{code_enum, typed_ids};

typed_ids! {
    /// A complaint, opinion, praise or enquiry.
    CaseId,
    /// One measure taken on a case.
    MeasureId,
}

code_enum! {
    /// What a resident brings.
    pub enum CaseKind {
        /// 投诉: counts for the goals once it is found valid.
        Complaint = "complaint",
        /// 意见、建议
        Suggestion = "suggestion",
        /// 表扬
        Praise = "praise",
        /// 咨询
        Enquiry = "enquiry",
    }
}

code_enum! {
    /// Where a case stands.
    pub enum CaseState {
        /// 已受理
        Received = "received",
        /// 调查中
        Investigating = "investigating",
        /// 已认定
        ValidityDecided = "validity_decided",
        /// 处理中
        Handling = "handling",
        /// 已答复
        Replied = "replied",
        /// 已办结
        Closed = "closed",
        /// 已回访
        Visited = "visited",
    }
}

code_enum! {
    /// Whether a complaint broadly matches the facts (TERM-2).
    pub enum Validity {
        /// Not decided.
        Pending = "pending",
        /// 有效投诉
        Valid = "valid",
        /// 无效投诉
        Invalid = "invalid",
    }
}

code_enum! {
    /// How a case came in.
    pub enum Channel {
        /// 来访 at the desk.
        Desk = "desk",
        /// 来电
        Phone = "phone",
        /// 来信、留言
        Letter = "letter",
        /// 员工转交: told to any member of staff, who passes it on.
        Staff = "staff",
        /// 公开报事页
        PublicPage = "public_page",
        /// 满意度调查表
        Ballot = "ballot",
    }
}

code_enum! {
    /// What a case is about.
    pub enum CaseField {
        /// 秩序
        Security = "security",
        /// 保洁
        Cleaning = "cleaning",
        /// 绿化
        Greening = "greening",
        /// 工程维修
        Engineering = "engineering",
        /// 装修
        Renovation = "renovation",
        /// 收费
        Fees = "fees",
        /// 服务态度、员工
        Staff = "staff",
        /// 其他
        Other = "other",
    }
}

code_enum! {
    /// What may be done to a case. The same words name the operations.
    pub enum CaseAction {
        /// Tell the resident that it came in.
        Acknowledge = "acknowledge",
        /// Correct what was written down.
        Change = "change",
        /// Give it another kind.
        Reclassify = "reclassify",
        /// Give it to an investigating owner.
        Assign = "assign",
        /// Propose whether the complaint is valid.
        ProposeValidity = "propose_validity",
        /// Confirm the proposal.
        ConfirmValidity = "confirm_validity",
        /// Send the proposal back.
        ReturnValidity = "return_validity",
        /// Note a measure taken.
        AddMeasure = "add_measure",
        /// Answer the resident.
        Reply = "reply",
        /// Check that a valid complaint may be closed.
        CheckClosing = "check_closing",
        /// Send it back to handling.
        ReturnClosing = "return_closing",
        /// Close it.
        Close = "close",
        /// Open it again.
        Reopen = "reopen",
        /// Link it to the master case of the same event.
        LinkDuplicate = "link_duplicate",
        /// Undo that.
        UnlinkDuplicate = "unlink_duplicate",
    }
}

impl CaseKind {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Complaint => Text::new("投诉", "complaint"),
            Self::Suggestion => Text::new("意见建议", "suggestion"),
            Self::Praise => Text::new("表扬", "praise"),
            Self::Enquiry => Text::new("咨询", "enquiry"),
        }
    }
}

impl Validity {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Pending => Text::new("待认定", "pending"),
            Self::Valid => Text::new("有效", "valid"),
            Self::Invalid => Text::new("无效", "invalid"),
        }
    }
}

impl Channel {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Desk => Text::new("来访", "at the desk"),
            Self::Phone => Text::new("来电", "by phone"),
            Self::Letter => Text::new("来信", "by letter"),
            Self::Staff => Text::new("员工转交", "passed on by staff"),
            Self::PublicPage => Text::new("公开报事页", "public page"),
            Self::Ballot => Text::new("满意度调查表", "survey ballot"),
        }
    }
}

impl CaseField {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Security => Text::new("秩序", "security"),
            Self::Cleaning => Text::new("保洁", "cleaning"),
            Self::Greening => Text::new("绿化", "greening"),
            Self::Engineering => Text::new("工程维修", "engineering"),
            Self::Renovation => Text::new("装修", "renovation"),
            Self::Fees => Text::new("收费", "fees"),
            Self::Staff => Text::new("员工", "staff"),
            Self::Other => Text::new("其他", "other"),
        }
    }
}

impl CaseState {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Received => Text::new("已受理", "received"),
            Self::Investigating => Text::new("调查中", "investigating"),
            Self::ValidityDecided => Text::new("已认定", "validity decided"),
            Self::Handling => Text::new("处理中", "handling"),
            Self::Replied => Text::new("已答复", "replied"),
            Self::Closed => Text::new("已办结", "closed"),
            Self::Visited => Text::new("已回访", "visited"),
        }
    }

    /// Whether the resident still waits for an answer: then it can be overdue.
    #[must_use]
    pub const fn awaits_reply(self) -> bool {
        matches!(
            self,
            Self::Received | Self::Investigating | Self::ValidityDecided | Self::Handling
        )
    }

    /// Whether it counts as handled.
    #[must_use]
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Closed | Self::Visited)
    }
}

impl CaseAction {
    /// In words, fit for "cannot …".
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Acknowledge => Text::new("确认受理", "be acknowledged"),
            Self::Change => Text::new("修改", "be changed"),
            Self::Reclassify => Text::new("改变类别", "be reclassified"),
            Self::Assign => Text::new("指派调查人", "be assigned"),
            Self::ProposeValidity => Text::new("提出认定意见", "get a proposal on its validity"),
            Self::ConfirmValidity => Text::new("确认认定意见", "have its validity confirmed"),
            Self::ReturnValidity => Text::new("退回认定意见", "have its proposal returned"),
            Self::AddMeasure => Text::new("登记处理措施", "get a measure"),
            Self::Reply => Text::new("答复", "be answered"),
            Self::CheckClosing => Text::new("办结审核", "have its closing checked"),
            Self::ReturnClosing => Text::new("退回处理", "be sent back to handling"),
            Self::Close => Text::new("办结", "be closed"),
            Self::Reopen => Text::new("重新打开", "be reopened"),
            Self::LinkDuplicate => Text::new("并入主件", "be linked to a master case"),
            Self::UnlinkDuplicate => Text::new("撤销并入", "be unlinked from its master case"),
        }
    }

    /// The states in which this may be done at all; further conditions are in the rule itself.
    #[must_use]
    pub const fn states(self) -> &'static [CaseState] {
        use CaseState::{Closed, Handling, Investigating, Received, Replied, ValidityDecided, Visited};
        match self {
            Self::Acknowledge | Self::Change => &[Received, Investigating, ValidityDecided, Handling, Replied],
            Self::Reclassify | Self::LinkDuplicate | Self::UnlinkDuplicate => CaseState::ALL,
            Self::Assign => &[Received, Investigating, ValidityDecided, Handling],
            Self::ProposeValidity | Self::ConfirmValidity | Self::ReturnValidity => &[Investigating],
            Self::AddMeasure => &[Investigating, ValidityDecided, Handling],
            Self::Reply => &[Received, Investigating, ValidityDecided, Handling],
            Self::CheckClosing | Self::ReturnClosing | Self::Close => &[Replied],
            Self::Reopen => &[Replied, Closed, Visited],
        }
    }
}

/// A case as it is stored. It holds no personal data of the resident: name and phone lie with the contact.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// The estate.
    pub estate_id: EstateId,
    /// Business number, e.g. `TS2026-000012`.
    pub no: String,
    /// What it is.
    pub kind: CaseKind,
    /// Where it stands.
    pub state: CaseState,
    /// How it came in.
    pub channel: Channel,
    /// What it is about.
    pub field: CaseField,
    /// The member of staff it is about.
    pub about_employee: Option<EmployeeId>,
    /// The house.
    pub house_id: Option<Uuid>,
    /// The owner, tenant or user who came.
    pub party_id: Option<Uuid>,
    /// What the resident said.
    pub text: String,
    /// When the resident said it; deadlines count from here.
    pub received_at: DateTime<Utc>,
    /// Who took it in; absent for the public page.
    pub received_by: Option<EmployeeId>,
    /// Until when the resident should know it came in.
    pub acknowledge_due_at: DateTime<Utc>,
    /// When the resident was told.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// Until when it should be answered.
    pub due_at: DateTime<Utc>,
    /// Who investigates and handles it.
    pub owner_id: Option<EmployeeId>,
    /// The post that answers for it.
    #[serde(skip)]
    #[schema(ignore)]
    pub responsible: Responsible,
    /// Complaints only.
    pub validity: Option<Validity>,
    /// When it was found valid or not, here or on its master.
    pub validity_at: Option<DateTime<Utc>>,
    /// The answer.
    pub reply: Option<String>,
    /// When it was given.
    pub replied_at: Option<DateTime<Utc>>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// How often it was opened again.
    pub reopened_count: i32,
    /// The master case of the same event.
    pub master_id: Option<CaseId>,
    /// For If-Match.
    pub version: i32,
    /// When it was keyed in.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// What was found on a complaint, by whom it was proposed and by whom confirmed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct Finding {
    /// What the investigating owner proposes.
    pub proposed: Option<Validity>,
    /// Why.
    pub proposal_reason: Option<String>,
    /// By whom.
    pub proposed_by: Option<EmployeeId>,
    /// When.
    pub proposed_at: Option<DateTime<Utc>>,
    /// Who confirmed it.
    pub decided_by: Option<EmployeeId>,
    /// From which post.
    pub decided_as: Option<PostCode>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// With which words.
    pub decision_reason: Option<String>,
    /// Why it was this post.
    pub decision_path: Option<DecisionPath>,
    /// Who gave the answer; that person does not check the closing.
    pub answered_by: Option<EmployeeId>,
    /// Who checked the closing of a valid complaint.
    pub closing_checked_by: Option<EmployeeId>,
    /// When.
    pub closing_checked_at: Option<DateTime<Utc>>,
}

/// One measure taken: a line of an append-only list.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Measure {
    /// Its id.
    pub id: MeasureId,
    /// What was done.
    pub text: String,
    /// By whom.
    pub taken_by: Option<EmployeeId>,
    /// When it was done.
    pub taken_at: DateTime<Utc>,
    /// When it was keyed in.
    pub recorded_at: DateTime<Utc>,
}

/// Until when a case received at `received_at` should be answered.
#[must_use]
pub fn due_at(received_at: DateTime<Utc>, settings: &Settings, clockwork: &Clockwork<'_>) -> DateTime<Utc> {
    let days = u32::try_from(settings.get(SettingKey::ReplyDays)).unwrap_or(0);
    clockwork.working_days_after(received_at, days)
}

/// Until when the resident is told that something came in: minutes in which somebody sits at the desk.
#[must_use]
pub fn acknowledge_due_at(received_at: DateTime<Utc>, settings: &Settings, hours: &DeskHours<'_>) -> DateTime<Utc> {
    hours.next_open(received_at) + TimeDelta::minutes(settings.get(SettingKey::AcknowledgeMinutes))
}

impl Case {
    /// Whether the answer is late at `now`.
    #[must_use]
    pub fn overdue(&self, now: DateTime<Utc>) -> bool {
        self.state.awaits_reply() && now > self.due_at
    }

    /// Whether it was written down so long after it was said that everybody should see it.
    #[must_use]
    pub fn keyed_late(&self, settings: &Settings) -> bool {
        let limit = TimeDelta::minutes(settings.get(SettingKey::KeyedLateMinutes));
        self.created_at - self.received_at > limit
    }

    /// Whether the answer was given after its limit.
    #[must_use]
    pub fn answered_late(&self) -> bool {
        self.replied_at.is_some_and(|at| at > self.due_at)
    }

    /// Whether the resident was told too late that it came in, or should have been by `now`.
    #[must_use]
    pub fn acknowledged_late(&self, now: DateTime<Utc>) -> bool {
        self.acknowledged_at.unwrap_or(now) > self.acknowledge_due_at
    }

    /// Refuses what its state does not allow.
    ///
    /// # Errors
    /// `wrong_state`.
    pub fn gate(&self, action: CaseAction) -> Result<(), Problem> {
        if action.states().contains(&self.state) {
            Ok(())
        } else {
            Err(self.refuse(action))
        }
    }

    pub(super) fn refuse(&self, action: CaseAction) -> Problem {
        Problem::wrong_state(&action.title(), &self.state.title())
    }

    pub(super) fn entry(&self, action: &'static str) -> TrailEntry {
        TrailEntry::new(SubjectKind::Case, self.id, action).estate(self.estate_id)
    }

    /// The series of its business number: 投诉 TS, 建议 JY, 表扬 BY, 咨询 ZX. It stays when the kind changes.
    #[must_use]
    pub const fn series(kind: CaseKind) -> &'static str {
        match kind {
            CaseKind::Complaint => "TS",
            CaseKind::Suggestion => "JY",
            CaseKind::Praise => "BY",
            CaseKind::Enquiry => "ZX",
        }
    }
}
