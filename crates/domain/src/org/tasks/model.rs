//! A task, whose it is, and what may be done to it in each state.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use validator::Validate;

use super::duty;
use crate::access::{Actor, Permission, PostCode};
use crate::org::Responsible;
use crate::org::climb::Overdue;
use crate::org::superior::{Decider, Seat};
use crate::shared::{
    AssignmentId, EmployeeId, EstateId, FileId, LongText, Name, Problem, Subject, SubjectKind, Text, TrailEntry,
};
use crate::{code_enum, typed_ids};

typed_ids! {
    /// A task.
    TaskId,
}

code_enum! {
    /// What a task came out of.
    pub enum TaskSource {
        /// 领导交办
        Leader = "leader",
        /// 会议
        Meeting = "meeting",
        /// 评审
        Review = "review",
        /// 发现的问题
        Issue = "issue",
        /// 晨间汇报
        Briefing = "briefing",
    }
}

code_enum! {
    /// How urgent a task is.
    pub enum TaskPriority {
        /// 一般
        Normal = "normal",
        /// 重要
        High = "high",
        /// 紧急: once late, the giver is told together with the reminder.
        Urgent = "urgent",
    }
}

code_enum! {
    /// Where a task stands.
    pub enum TaskState {
        /// 已交办
        Issued = "issued",
        /// 已接受
        Accepted = "accepted",
        /// 办理中
        InProgress = "in_progress",
        /// 已报完成
        ReportedDone = "reported_done",
        /// 已退回
        Returned = "returned",
        /// 已办结
        Closed = "closed",
        /// 已撤销
        Cancelled = "cancelled",
    }
}

code_enum! {
    /// What may be done to a task. The same words name the operations.
    pub enum TaskAction {
        /// Take it on.
        Accept = "accept",
        /// Begin, or go on with what came back.
        Start = "start",
        /// Say that it is done, with evidence.
        ReportDone = "report_done",
        /// Take it as done.
        Close = "close",
        /// Give it back: it is not done.
        Return = "return",
        /// Correct its words, date or priority.
        Change = "change",
        /// Give it up.
        Cancel = "cancel",
    }
}

code_enum! {
    /// By what right a task was given.
    pub enum TaskRight {
        /// 直线上级: the giver stands above on the line.
        Line = "line",
        /// 职能关系: the giver stands over the assignee in a matter.
        Functional = "functional",
        /// 协助: the deputy manager asks the assistant for help (POS-ASSTMGR-02).
        Assistance = "assistance",
        /// 受托: the assistant gives it by a duty the centre manager entrusted (PROC-ASSTMGR-4.1).
        Entrusted = "entrusted",
    }
}

#[expect(
    clippy::derivable_impls,
    reason = "the macro that makes these kinds knows of no first among them"
)]
impl Default for TaskSource {
    fn default() -> Self {
        Self::Leader
    }
}

#[expect(
    clippy::derivable_impls,
    reason = "the macro that makes these kinds knows of no first among them"
)]
impl Default for TaskPriority {
    fn default() -> Self {
        Self::Normal
    }
}

impl TaskSource {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Leader => Text::new("领导交办", "given by a leader"),
            Self::Meeting => Text::new("会议", "meeting"),
            Self::Review => Text::new("评审", "review"),
            Self::Issue => Text::new("发现的问题", "issue found"),
            Self::Briefing => Text::new("晨间汇报", "morning briefing"),
        }
    }
}

impl TaskPriority {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Normal => Text::new("一般", "normal"),
            Self::High => Text::new("重要", "high"),
            Self::Urgent => Text::new("紧急", "urgent"),
        }
    }
}

impl TaskRight {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Line => Text::new("直线上级", "superior on the line"),
            Self::Functional => Text::new("职能关系", "functional edge"),
            Self::Assistance => Text::new("协助", "assistance"),
            Self::Entrusted => Text::new("受托职责", "entrusted duty"),
        }
    }
}

impl TaskState {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Issued => Text::new("已交办", "given"),
            Self::Accepted => Text::new("已接受", "accepted"),
            Self::InProgress => Text::new("办理中", "in progress"),
            Self::ReportedDone => Text::new("已报完成", "reported done"),
            Self::Returned => Text::new("已退回", "returned"),
            Self::Closed => Text::new("已办结", "closed"),
            Self::Cancelled => Text::new("已撤销", "cancelled"),
        }
    }

    /// Whether the next step is the assignee's: only then can it be overdue.
    #[must_use]
    pub const fn with_assignee(self) -> bool {
        matches!(self, Self::Issued | Self::Accepted | Self::InProgress | Self::Returned)
    }
}

impl TaskAction {
    /// In words, fit for "cannot …".
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Accept => Text::new("接受", "be accepted"),
            Self::Start => Text::new("开始办理", "be begun"),
            Self::ReportDone => Text::new("报告完成", "be reported done"),
            Self::Close => Text::new("确认办结", "be closed"),
            Self::Return => Text::new("退回", "be returned"),
            Self::Change => Text::new("调整", "be changed"),
            Self::Cancel => Text::new("撤销", "be cancelled"),
        }
    }

    /// Whether it is the assignee's; the others are the giver's.
    #[must_use]
    pub const fn is_the_assignees(self) -> bool {
        matches!(self, Self::Accept | Self::Start | Self::ReportDone)
    }

    /// The states in which this may be done at all. What is reported done is taken or returned, not given up: the work has
    /// been done.
    #[must_use]
    pub const fn states(self) -> &'static [TaskState] {
        use TaskState::{Accepted, InProgress, Issued, ReportedDone, Returned};
        match self {
            Self::Accept => &[Issued],
            Self::Start => &[Accepted, Returned],
            Self::ReportDone => &[InProgress],
            Self::Close | Self::Return => &[ReportedDone],
            Self::Change => &[Issued, Accepted, InProgress, ReportedDone, Returned],
            Self::Cancel => &[Issued, Accepted, InProgress, Returned],
        }
    }
}

/// A task as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// The estate.
    pub estate_id: EstateId,
    /// Business number, e.g. `RW2026-000003`.
    pub no: String,
    /// What is to be done, in one line.
    pub title: String,
    /// And in full.
    pub detail: Option<String>,
    /// How urgent it is.
    pub priority: TaskPriority,
    /// What it came out of.
    pub source: TaskSource,
    /// The record it came out of.
    pub source_ref: Option<Subject>,
    /// Where it stands.
    pub state: TaskState,
    /// Who gave it.
    pub given_by: EmployeeId,
    /// For whom the giver acted.
    pub given_for: Option<EmployeeId>,
    /// By what right.
    pub given_right: TaskRight,
    /// From which post: whoever holds it speaks for the giver who is gone.
    pub given_post: PostCode,
    /// In which assignment; none where the giver acted in a vacant post.
    #[serde(skip)]
    #[schema(ignore)]
    pub given_assignment: Option<AssignmentId>,
    /// Who has it.
    pub assignee_id: EmployeeId,
    /// The post in which they have it.
    #[serde(skip)]
    #[schema(ignore)]
    pub responsible: Responsible,
    /// When it was given.
    pub issued_at: DateTime<Utc>,
    /// Until when it is to be done.
    pub due_at: DateTime<Utc>,
    /// When the last step was taken: a device whose clock is slow reports none before it.
    pub moved_at: DateTime<Utc>,
    /// What came of it, in the assignee's words; the evidence is attached.
    pub result: Option<String>,
    /// When it was reported done, the last time; none while it is not, or when it came back.
    pub reported_at: Option<DateTime<Utc>>,
    /// Who reported it: the assignee or who acts for them.
    pub reported_by: Option<EmployeeId>,
    /// How often it came back.
    pub returned_count: i32,
    /// The giver's last word: why it came back or was given up, or what was said at the closing.
    pub last_word: Option<String>,
    /// When it was closed or cancelled.
    pub ended_at: Option<DateTime<Utc>>,
    /// For If-Match.
    pub version: i32,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// A task as it is given.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewTask {
    /// The estate; the only one the caller works in when absent.
    #[serde(default)]
    pub estate_id: Option<EstateId>,
    /// What is to be done, in one line.
    pub title: Name,
    /// And in full.
    #[serde(default)]
    pub detail: Option<LongText>,
    /// To whom; `GET /tasks/candidates` names those the caller may give to.
    pub assignee_id: EmployeeId,
    /// In which of their posts; the first one the caller stands over when absent.
    #[serde(default)]
    pub assignment_id: Option<AssignmentId>,
    /// Until when; still to come.
    pub due_at: DateTime<Utc>,
    /// How urgent it is; `normal` when absent.
    #[serde(default)]
    pub priority: TaskPriority,
    /// What it came out of; `leader` when absent.
    #[serde(default)]
    pub source: TaskSource,
    /// The record it came out of, one the caller may read.
    #[serde(default)]
    pub source_ref: Option<Subject>,
    /// Papers and pictures that show what is meant, uploaded before.
    #[serde(default)]
    #[validate(length(max = 9))]
    #[schema(max_items = 9)]
    pub file_ids: Vec<FileId>,
}

impl Task {
    /// Whether it is past its date and still the assignee's.
    #[must_use]
    pub fn overdue(&self, now: DateTime<Utc>) -> bool {
        self.state.with_assignee() && now > self.due_at
    }

    /// Whether it was reported done after its date.
    #[must_use]
    pub fn done_late(&self) -> bool {
        self.reported_at.is_some_and(|at| at > self.due_at)
    }

    /// Whether the assignee's side is this actor's, and in which post: their own task, or one of whom they act for in the
    /// very post that has it.
    #[must_use]
    pub fn hand(&self, actor: &Actor) -> Option<Decider> {
        let employee = actor.employee?;
        let own = employee == self.assignee_id;
        let acts = actor.posts.iter().any(|held| {
            held.acting_for == Some(self.assignee_id)
                && Some(held.assignment) == self.responsible.assignment
                && held.reach(Permission::TaskDo).is_some()
        });
        (own || acts).then_some(Decider {
            post: self.responsible.post,
            assignment: self.responsible.assignment,
            employee,
            acting_for: (!own).then_some(self.assignee_id),
        })
    }

    /// The giver's post, seen from the assignee's place: of several leaders it was the one of the same squad or area.
    pub(super) const fn giver_seat(&self) -> Seat {
        Seat {
            post: self.given_post,
            ..self.responsible.seat(self.estate_id)
        }
    }

    /// Those who never speak the giver's word on it: who has it, and who reported it done for them.
    #[must_use]
    pub fn barred(&self) -> Vec<EmployeeId> {
        let mut barred = vec![self.assignee_id];
        barred.extend(self.reported_by.filter(|by| *by != self.assignee_id));
        barred
    }

    /// Its missed deadline, for the climb.
    #[must_use]
    pub fn missed(&self) -> Overdue {
        Overdue {
            subject: self.subject(),
            climbing: duty::climbing(self.responsible.post),
            due_at: self.due_at,
            seat: self.responsible.seat(self.estate_id),
            giver: Some(self.giver_seat()),
            assignee: Some(self.assignee_id),
            made_at: self.issued_at,
            hurries: self.priority == TaskPriority::Urgent,
        }
    }

    /// As files and the trail name it.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject::new(SubjectKind::Task, self.id)
    }

    /// Refuses what its state does not allow.
    ///
    /// # Errors
    /// `wrong_state`.
    pub fn gate(&self, action: TaskAction) -> Result<(), Problem> {
        if action.states().contains(&self.state) {
            Ok(())
        } else {
            Err(Problem::wrong_state(&action.title(), &self.state.title()))
        }
    }

    pub(super) fn entry(&self, action: &'static str) -> TrailEntry {
        TrailEntry::new(SubjectKind::Task, self.id, action)
            .estate(self.estate_id)
            .clauses(duty::clauses(self.responsible.post, self.given_post))
    }

    /// The line for a step from `before` to this.
    pub(super) fn step(&self, action: &'static str, before: TaskState) -> TrailEntry {
        self.entry(action).states(Some(before.code()), self.state.code())
    }

    /// By what right it was given, for the trail.
    pub(super) fn given(&self) -> serde_json::Value {
        json!({ "assignee_id": [null, self.assignee_id], "due_at": [null, self.due_at], "right": self.given_right })
    }
}
