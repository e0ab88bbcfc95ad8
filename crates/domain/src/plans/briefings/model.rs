//! A briefing, its points, the records sampled, and what may be done to it in each state.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{BriefingMeasure, clauses};
use crate::access::{Actor, Permission, PostCode};
use crate::org::Responsible;
use crate::org::superior::{Decider, Matter, NobodyDecides, Resolution, Rule, Staff};
use crate::shared::{EmployeeId, EstateId, Problem, Subject, SubjectKind, Text, TrailEntry};
use crate::{code_enum, typed_ids};

typed_ids! {
    /// A briefing.
    BriefingId,
    /// A point of a briefing.
    BriefingPointId,
    /// A record that was sampled.
    BriefingCheckId,
}

code_enum! {
    /// Where a briefing stands.
    pub enum BriefingState {
        /// 已备好: filled from the records, to be reported.
        Prepared = "prepared",
        /// 已汇报
        Reported = "reported",
        /// 已听取
        Heard = "heard",
    }
}

code_enum! {
    /// What a point wants of whoever hears it.
    pub enum BriefingNeed {
        /// 知悉
        Info = "info",
        /// 请示
        Decision = "decision",
    }
}

code_enum! {
    /// What was found when a record was sampled.
    pub enum CheckFinding {
        /// 无异常
        InOrder = "in_order",
        /// 有问题
        Finding = "finding",
    }
}

code_enum! {
    /// What may be done to a briefing. The same words name the operations.
    pub enum BriefingAction {
        /// Add remarks and points.
        Change = "change",
        /// Report it.
        Report = "report",
        /// Hear it.
        Hear = "hear",
        /// Sample records of the one who reports.
        Check = "check",
    }
}

impl BriefingState {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Prepared => Text::new("待汇报", "to be reported"),
            Self::Reported => Text::new("已汇报", "reported"),
            Self::Heard => Text::new("已听取", "heard"),
        }
    }
}

impl CheckFinding {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::InOrder => Text::new("无异常", "in order"),
            Self::Finding => Text::new("有问题", "finding"),
        }
    }
}

impl BriefingAction {
    /// In words, fit for "cannot …".
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Change => Text::new("补充", "be changed"),
            Self::Report => Text::new("汇报", "be reported"),
            Self::Hear => Text::new("听取", "be heard"),
            Self::Check => Text::new("抽查", "be checked"),
        }
    }

    /// Whether it is the reporter's; the others are the superior's.
    #[must_use]
    pub const fn is_the_reporters(self) -> bool {
        matches!(self, Self::Change | Self::Report)
    }

    /// The states in which this may be done at all. Records can be sampled whether or not anybody has reported.
    #[must_use]
    pub const fn states(self) -> &'static [BriefingState] {
        match self {
            Self::Change | Self::Report => &[BriefingState::Prepared],
            Self::Hear => &[BriefingState::Reported],
            Self::Check => BriefingState::ALL,
        }
    }
}

/// A record that a figure counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct BriefingRecord {
    /// What kind of record.
    pub kind: SubjectKind,
    /// Which one.
    pub id: Uuid,
    /// Its number, or what else it is called.
    pub label: String,
}

/// One figure of the day before, with the first of its records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BriefingItem {
    /// Which figure.
    pub measure: BriefingMeasure,
    /// How many.
    pub count: i64,
    /// The first of them.
    pub records: Vec<BriefingRecord>,
}

/// A briefing as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Briefing {
    /// Its id.
    pub id: BriefingId,
    /// The estate.
    pub estate_id: EstateId,
    /// The morning on which it is given.
    pub date: NaiveDate,
    /// The rule it falls due by; none for one that nobody asks for.
    pub rule: Option<String>,
    /// The shift it tells of.
    pub shift_id: Option<Uuid>,
    /// The post that reports, with squad and area.
    #[serde(skip)]
    #[schema(ignore)]
    pub responsible: Responsible,
    /// The person who is to report; none where one of several holders does it for the post.
    pub employee_id: Option<EmployeeId>,
    /// The post that hears it.
    pub to_post: PostCode,
    /// Until when; none where nobody asks for it.
    pub due_at: Option<DateTime<Utc>>,
    /// When the morning is over: not reported by then, it is missing.
    pub missing_at: Option<DateTime<Utc>>,
    /// Where it stands.
    pub state: BriefingState,
    /// What the reporter adds in their own words.
    pub remarks: Option<String>,
    /// The figures as they were when it was reported; none before.
    #[serde(skip)]
    #[schema(ignore)]
    pub items: Option<Vec<BriefingItem>>,
    /// When it was reported.
    pub reported_at: Option<DateTime<Utc>>,
    /// By whom.
    pub reported_by: Option<EmployeeId>,
    /// For whom, when they acted.
    pub reported_for: Option<EmployeeId>,
    /// When it was heard.
    pub heard_at: Option<DateTime<Utc>>,
    /// By whom.
    pub heard_by: Option<EmployeeId>,
    /// For whom, when they acted.
    pub heard_for: Option<EmployeeId>,
    /// Who made it; nobody where the system prepared it.
    #[serde(skip)]
    #[schema(ignore)]
    pub created_by: Option<EmployeeId>,
    /// For If-Match.
    pub version: i32,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// Something the superior is to know or decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct BriefingPoint {
    /// Its id: a task that comes out of it names it.
    pub id: BriefingPointId,
    /// The briefing.
    pub briefing_id: BriefingId,
    /// Its place among the points.
    pub position: i32,
    /// What it is about.
    pub text: String,
    /// What it wants.
    pub needs: BriefingNeed,
    /// The record it is about.
    pub linked: Option<Subject>,
    /// What the superior said to it.
    pub answer: Option<String>,
}

/// A record that the superior sampled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct BriefingCheck {
    /// Its id.
    pub id: BriefingCheckId,
    /// The briefing at whose hearing it was sampled.
    pub briefing_id: BriefingId,
    /// The record.
    pub record: Subject,
    /// What was found.
    pub finding: CheckFinding,
    /// In words.
    pub note: Option<String>,
    /// Who looked.
    pub checked_by: EmployeeId,
    /// For whom, when they acted.
    pub checked_for: Option<EmployeeId>,
    /// When.
    pub checked_at: DateTime<Utc>,
}

impl Briefing {
    /// Whether somebody owes it, has not reported it, and the morning is over.
    #[must_use]
    pub fn missing(&self, now: DateTime<Utc>) -> bool {
        self.state == BriefingState::Prepared && self.missing_at.is_some_and(|at| now >= at)
    }

    /// Whether it was reported after its time.
    #[must_use]
    pub fn late(&self) -> bool {
        self.reported_at
            .zip(self.due_at)
            .is_some_and(|(reported, due)| reported > due)
    }

    /// The actor as the one who reports: through the very assignment, in person or acting; through the post where one of
    /// several holders reports for it.
    #[must_use]
    pub fn hand(&self, actor: &Actor) -> Option<Decider> {
        let employee = actor.employee?;
        let held = actor.posts.iter().find(|held| {
            let own = match self.responsible.assignment {
                Some(assignment) => held.assignment == assignment,
                None => held.post == self.responsible.post && held.estate == Some(self.estate_id),
            };
            own && held.reach(Permission::BriefingReport).is_some()
        })?;
        Some(Decider {
            post: held.post,
            assignment: Some(held.assignment),
            employee,
            acting_for: held.acting_for,
        })
    }

    /// Those who never hear it: whose it is, and who reported it for them.
    #[must_use]
    pub fn barred(&self) -> Vec<EmployeeId> {
        let mut barred: Vec<EmployeeId> = self.employee_id.into_iter().chain(self.reported_by).collect();
        barred.dedup();
        barred
    }

    /// Who hears it: whoever holds the post it goes to, near the reporter's squad or area, or acts in it; the next above
    /// where there is none.
    ///
    /// # Errors
    /// [`NobodyDecides`] when the way leads past the top of the line.
    pub fn hearers(&self, staff: &Staff<'_>) -> Result<Resolution, NobodyDecides> {
        let barred = self.barred();
        staff.resolve(&Matter {
            from: self.responsible.seat(self.estate_id),
            rule: Rule::Post(self.to_post),
            barred: &barred,
            dated: self.date,
            right: Some(Permission::BriefingHear),
        })
    }

    /// As files, tasks and the trail name it.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject::new(SubjectKind::Briefing, self.id)
    }

    /// Refuses what its state does not allow.
    ///
    /// # Errors
    /// `wrong_state`.
    pub fn gate(&self, action: BriefingAction) -> Result<(), Problem> {
        if action.states().contains(&self.state) {
            Ok(())
        } else {
            Err(Problem::wrong_state(&action.title(), &self.state.title()))
        }
    }

    /// A line of its trail that serves the reporter's clauses.
    pub(super) fn entry(&self, action: &'static str) -> TrailEntry {
        TrailEntry::new(SubjectKind::Briefing, self.id, action)
            .estate(self.estate_id)
            .clauses(clauses::reporting(self.responsible.post))
    }
}
