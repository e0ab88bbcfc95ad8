//! What a rule decides: the record after it, and the trail entry that proves it.

use crate::code_enum;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{EmployeeId, EstateId, Subject};

code_enum! {
    /// Every kind of record the trail, files and links can point to.
    pub enum SubjectKind {
        /// A department.
        Department = "department",
        /// A post of the manual.
        Post = "post",
        /// A person.
        Employee = "employee",
        /// A person holding a post.
        Assignment = "assignment",
        /// An edge of the reporting tree.
        ReportingEdge = "reporting_edge",
        /// A period of acting for somebody.
        ActingPeriod = "acting_period",
        /// A duty entrusted to the assistant.
        EntrustedDuty = "entrusted_duty",
        /// A squad.
        Squad = "squad",
        /// A kind of shift.
        Shift = "shift",
        /// One person on one shift on one day.
        RosterEntry = "roster_entry",
        /// A time somebody is away.
        Absence = "absence",
        /// What a technician may work on.
        Qualification = "qualification",
        /// A task given by a leader.
        Task = "task",
        /// A login.
        Account = "account",
        /// A personal access token or the token of a service.
        AccessToken = "access_token",
        /// A computer of the centre.
        Computer = "computer",
        /// A request for an account.
        AccountRequest = "account_request",
        /// A correction of charging data.
        DataCorrection = "data_correction",
        /// A check of the data.
        DataCheck = "data_check",
        /// A backup.
        Backup = "backup",
        /// A setting.
        Setting = "setting",
        /// The days of a year that were entered over the calendar of the product.
        CalendarYear = "calendar_year",
        /// An estate.
        Estate = "estate",
        /// An area of an estate.
        Area = "area",
        /// A block.
        Block = "block",
        /// A unit of a block.
        Unit = "unit",
        /// A house.
        House = "house",
        /// A parking space.
        ParkingSpace = "parking_space",
        /// A road, green area, shared place or fixture.
        Place = "place",
        /// A change of the estate's structure that waits for confirmation.
        StructureChange = "structure_change",
        /// An owner, tenant or user.
        Party = "party",
        /// Who owns or uses which house.
        Occupancy = "occupancy",
        /// The file of a house.
        HouseFile = "house_file",
        /// A consultation of a house file.
        Consultation = "consultation",
        /// A run of an import.
        ImportRun = "import_run",
        /// A complaint, opinion, praise or enquiry.
        Case = "case",
        /// A dispute.
        Dispute = "dispute",
        /// A repair request.
        RepairRequest = "repair_request",
        /// A work order.
        WorkOrder = "work_order",
        /// A return visit.
        Visit = "visit",
        /// A courtesy help.
        Assistance = "assistance",
        /// A report of a resident from the public page.
        ResidentReport = "resident_report",
        /// The goals of a year.
        GoalSet = "goal_set",
        /// A goal.
        Goal = "goal",
        /// A measurement of a goal.
        Measurement = "measurement",
        /// A duty of one person or post in one turn.
        Obligation = "obligation",
        /// A version of a rule that duties fall due by.
        ObligationRule = "obligation_rule",
        /// A superior's note on how a duty is done.
        SupervisionNote = "supervision_note",
        /// Something somebody is told.
        Notice = "notice",
        /// The sending of a notice.
        NoticeDelivery = "notice_delivery",
        /// The robot of a messenger that writes to an estate's group.
        NoticeRobot = "notice_robot",
        /// A morning briefing.
        Briefing = "briefing",
        /// A point of a briefing.
        BriefingPoint = "briefing_point",
        /// An uploaded file.
        File = "file",
    }
}

/// One line of the trail, before it is written: who did what to which record, from which state to which, and why.
///
/// Actor, acting-for, estate and the time of recording are added by the writer; the rule only knows the matter.
#[derive(Clone, Debug, PartialEq)]
pub struct TrailEntry {
    /// The record.
    pub subject: Subject,
    /// The estate it belongs to; `None` for the company.
    pub estate: Option<EstateId>,
    /// What was done, as a verb in snake case (`dispatched`, `validity_confirmed`).
    pub action: &'static str,
    /// The state before.
    pub from: Option<&'static str>,
    /// The state after.
    pub to: Option<&'static str>,
    /// Why.
    pub reason: Option<String>,
    /// Field by field `{"field": [before, after]}`; personal data only as a digest.
    pub changes: Value,
    /// The clauses of the manual this serves.
    pub clauses: &'static [&'static str],
    /// When it happened, where a device said so; otherwise the time of recording.
    pub occurred_at: Option<chrono::DateTime<chrono::Utc>>,
    /// Those whom the step itself tells, for their notices; the trail keeps their posts, not them.
    pub told: Vec<EmployeeId>,
}

impl TrailEntry {
    /// An entry about `kind`/`id`.
    #[must_use]
    pub fn new(kind: SubjectKind, id: impl Into<Uuid>, action: &'static str) -> Self {
        Self {
            subject: Subject::new(kind, id),
            estate: None,
            action,
            from: None,
            to: None,
            reason: None,
            changes: json!({}),
            clauses: &[],
            occurred_at: None,
            told: Vec::new(),
        }
    }

    /// In this estate.
    #[must_use]
    pub fn estate(mut self, estate: EstateId) -> Self {
        self.estate = Some(estate);
        self
    }

    /// From one state to another.
    #[must_use]
    pub fn states(mut self, from: Option<&'static str>, to: &'static str) -> Self {
        self.from = from;
        self.to = Some(to);
        self
    }

    /// For this reason.
    #[must_use]
    pub fn reason(mut self, reason: Option<impl Into<String>>) -> Self {
        self.reason = reason.map(Into::into);
        self
    }

    /// With these values changed.
    #[must_use]
    pub fn changes(mut self, changes: Value) -> Self {
        self.changes = changes;
        self
    }

    /// Serving these clauses.
    #[must_use]
    pub fn clauses(mut self, clauses: &'static [&'static str]) -> Self {
        self.clauses = clauses;
        self
    }

    /// Telling these people.
    #[must_use]
    pub fn told(mut self, people: Vec<EmployeeId>) -> Self {
        self.told = people;
        self
    }

    /// At this time, as the device says.
    #[must_use]
    pub fn occurred_at(mut self, at: Option<chrono::DateTime<chrono::Utc>>) -> Self {
        self.occurred_at = at;
        self
    }
}

/// The outcome of a rule: the record as it is to be stored, and the line for the trail.
#[derive(Clone, Debug, PartialEq)]
pub struct Transition<T> {
    /// The record after the step.
    pub record: T,
    /// What the trail will say.
    pub entry: TrailEntry,
}
