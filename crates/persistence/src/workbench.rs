//! What waits for a person: the shape that every context fills in its own `workbench.rs`.

use chrono::{DateTime, Utc};
use diesel::{prelude::*, sql_types::BigInt};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{code_enum, shared::SubjectKind};

use crate::fixed::{Fixed, fixed};

/// Rows of one kind that are sent; the count says how many there are.
pub const PER_KIND: i64 = 50;

code_enum! {
    /// Why something waits for somebody. Each kind has one next action, which the screen names.
    pub enum WorkKind {
        /// Orders to accept, carry out or finish.
        MyOrders = "my_orders",
        /// Requests to dispatch.
        RequestsToDispatch = "requests_to_dispatch",
        /// Finished orders to verify.
        OrdersToVerify = "orders_to_verify",
        /// Costs to approve.
        CostsToApprove = "costs_to_approve",
        /// What residents reported from the public page.
        ReportsToTriage = "reports_to_triage",
        /// Verified or visited orders to close.
        OrdersToClose = "orders_to_close",
        /// Residents to be told that their case came in.
        CasesToAcknowledge = "cases_to_acknowledge",
        /// Cases that nobody looks into yet.
        CasesToAssign = "cases_to_assign",
        /// Cases to look into.
        MyCases = "my_cases",
        /// Cases to answer.
        CasesToAnswer = "cases_to_answer",
        /// Answered cases to close.
        CasesToClose = "cases_to_close",
        /// Proposals on the validity of complaints.
        ValidityToConfirm = "validity_to_confirm",
        /// Answered valid complaints to check before closing.
        ClosingsToCheck = "closings_to_check",
        /// Disputes to give to a mediator.
        DisputesToAssign = "disputes_to_assign",
        /// Disputes to mediate.
        MyDisputes = "my_disputes",
        /// Settled or referred disputes to close.
        DisputesToClose = "disputes_to_close",
        /// What settlements cost, to decide.
        DisputeCostsToDecide = "dispute_costs_to_decide",
        /// Return visits to make.
        VisitsDue = "visits_due",
        /// Visited residents who are not content, to follow up.
        VisitsToFollowUp = "visits_to_follow_up",
        /// Requests below on the line that nobody dispatched in time.
        OverdueRequests = "overdue_requests",
        /// Orders below on the line that are late.
        OverdueOrders = "overdue_orders",
        /// Cases below on the line that are late.
        OverdueCases = "overdue_cases",
        /// Residents' reports that the desk did not take in in time.
        OverdueReports = "overdue_reports",
        /// Disputes below on the line that are late.
        OverdueDisputes = "overdue_disputes",
        /// Return visits below on the line that are late.
        OverdueVisits = "overdue_visits",
        /// Tasks to accept, do and report done.
        MyTasks = "my_tasks",
        /// Tasks reported done, to close or return.
        TasksToClose = "tasks_to_close",
        /// Tasks given, or below on the line, that are late.
        OverdueTasks = "overdue_tasks",
        /// The morning briefing to give.
        BriefingToGive = "briefing_to_give",
        /// Briefings given, to hear.
        BriefingsToHear = "briefings_to_hear",
        /// Own duties that were missed, to explain.
        DutiesToExplain = "duties_to_explain",
        /// Duties missed below, to waive or confirm.
        DutiesToDecide = "duties_to_decide",
        /// Acting periods to confirm.
        ActingToConfirm = "acting_to_confirm",
        /// Assignments to endorse.
        AssignmentsToEndorse = "assignments_to_endorse",
        /// Assignments to approve.
        AssignmentsToApprove = "assignments_to_approve",
        /// Reporting edges to approve.
        EdgesToApprove = "edges_to_approve",
        /// A public holiday before which a stand-in must be named.
        HolidayToCover = "holiday_to_cover",
        /// Today's backup of the charging data.
        BackupToMake = "backup_to_make",
        /// Backups and restore tests to check.
        BackupsToCheck = "backups_to_check",
        /// Corrections of charging data to decide.
        CorrectionsToDecide = "corrections_to_decide",
        /// Next year's holidays, which nobody has entered.
        CalendarToEnter = "calendar_to_enter",
        /// Days of the calendar to confirm.
        CalendarToConfirm = "calendar_to_confirm",
        /// Accounts asked for.
        AccountsToGrant = "accounts_to_grant",
        /// Changes of the estate's structure to confirm.
        StructureToConfirm = "structure_to_confirm",
        /// Consultations of house files to approve.
        ConsultationsToApprove = "consultations_to_approve",
        /// The goals of a year that nobody has drafted.
        GoalsToDraft = "goals_to_draft",
        /// Goals that were not approved or measured in time.
        OverdueGoals = "overdue_goals",
        /// Goals to approve.
        GoalsToApprove = "goals_to_approve",
        /// Years to measure for good.
        GoalsToSign = "goals_to_sign",
        /// Goals approved lately, for information.
        GoalsForInformation = "goals_for_information",
    }
}

/// One thing that waits.
#[derive(Clone, Debug, Queryable, Serialize, ToSchema)]
pub struct Waiting {
    /// The record.
    pub id: Uuid,
    /// Its number.
    pub no: Option<String>,
    /// What it is, as people wrote it down.
    pub title: String,
    /// The estate; absent for the company.
    pub estate_id: Option<Uuid>,
    /// Until when.
    pub due_at: Option<DateTime<Utc>>,
    /// Since when.
    pub since: DateTime<Utc>,
    /// `normal`, `high`, `urgent`, `emergency`, where the record knows it.
    pub urgency: Option<String>,
    /// Where it stands.
    pub state: Option<String>,
    /// The house.
    pub house_id: Option<Uuid>,
    /// The place, in words.
    pub place: Option<String>,
}

/// What waits of one kind, nearest deadline first.
#[derive(Clone, Debug)]
pub struct Pile {
    /// Why it waits.
    pub kind: WorkKind,
    /// The kind of record to open.
    pub subject: SubjectKind,
    /// How many there are.
    pub count: i64,
    /// The first of them.
    pub items: Vec<Waiting>,
}

impl Pile {
    /// A pile of everything there is, of which only the first are sent.
    #[must_use]
    pub fn of(kind: WorkKind, subject: SubjectKind, mut items: Vec<Waiting>) -> Self {
        let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
        items.truncate(usize::try_from(PER_KIND).unwrap_or(usize::MAX));
        Self {
            kind,
            subject,
            count,
            items,
        }
    }
}

/// An absent column of [`Waiting`].
#[macro_export]
macro_rules! none {
    ($kind:ident) => {
        $crate::fixed::fixed::<::diesel::sql_types::Nullable<::diesel::sql_types::$kind>>("NULL")
    };
}

/// How many rows there are, beside each of those that are read.
pub fn in_all() -> Fixed<BigInt> {
    fixed("count(*) OVER ()")
}

/// Counts `$query` and reads its first rows by deadline: one pile, in one statement.
#[macro_export]
macro_rules! pile {
    ($conn:expr, $kind:ident, $subject:ident, $query:expr, by: $order:expr, $columns:expr) => {{
        let rows: Vec<($crate::workbench::Waiting, i64)> = $query
            .order($order)
            .limit($crate::workbench::PER_KIND)
            .select(($columns, $crate::workbench::in_all()))
            .load($conn)
            .await?;
        $crate::workbench::Pile {
            kind: $crate::workbench::WorkKind::$kind,
            subject: ::wuye_domain::shared::SubjectKind::$subject,
            count: rows.as_slice().first().map_or(0, |(_, count)| *count),
            items: rows.into_iter().map(|(item, _)| item).collect(),
        }
    }};
}
