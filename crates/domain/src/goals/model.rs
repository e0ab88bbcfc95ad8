//! Goals, figures and measurements.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::PostCode;
use crate::code_enum;
use crate::shared::Text;

code_enum! {
    /// How a goal is computed.
    pub enum Formula {
        /// GOAL-1, from the yearly survey.
        Satisfaction = "satisfaction",
        /// GOAL-2, from the complaints.
        ValidComplaints = "valid_complaints",
        /// GOAL-3, from complaints and opinions.
        HandlingRate = "handling_rate",
        /// GOAL-4, from checks.
        StaffViolations = "staff_violations",
        /// GOAL-5, from bills and payments.
        FeeCollection = "fee_collection",
        /// A further goal (GOAL-6), whose figures are entered by hand.
        Manual = "manual",
    }
}

code_enum! {
    /// Which side of the target is good. The source lost the signs; they are read by sense (C-36).
    pub enum Comparator {
        /// ≥
        AtLeast = "at_least",
        /// ≤
        AtMost = "at_most",
    }
}

code_enum! {
    /// What a goal is counted in.
    pub enum GoalUnit {
        /// A share.
        Percent = "percent",
        /// 起
        Cases = "cases",
        /// 人次
        PersonTimes = "person_times",
    }
}

code_enum! {
    /// How a goal stands.
    pub enum GoalStatus {
        /// Reached, or not exceeded.
        Met = "met",
        /// Could still be missed, or still be reached, before the year ends.
        AtRisk = "at_risk",
        /// Missed for good.
        Missed = "missed",
        /// There is nothing to measure; the cause says why.
        NotMeasurable = "not_measurable",
    }
}

code_enum! {
    /// Why a goal cannot be measured.
    pub enum Cause {
        /// The year's survey was not held; an open duty of its own (OB-68).
        NoSurvey = "no_survey",
        /// No ballot came back.
        NoBallots = "no_ballots",
        /// Neither complaints nor opinions: no adverse finding.
        NoCases = "no_cases",
        /// Nothing was checked, so nothing could be found.
        NoChecks = "no_checks",
        /// No bills for the year, or all of them nought.
        NoBills = "no_bills",
        /// The records this goal is computed from are not kept in the system yet.
        NoRecords = "no_records",
        /// Nobody has entered figures.
        NotEntered = "not_entered",
    }
}

code_enum! {
    /// What a reader should know about a figure.
    pub enum Warning {
        /// Fewer ballots came back than the setting asks for.
        LowReturn = "low_return",
        /// Findings are pending: the worst case is shown beside.
        PendingFindings = "pending_findings",
        /// Counting pending ones, the goal would be missed.
        WorstCaseMisses = "worst_case_misses",
        /// At this pace the target is passed before the year ends.
        PaceExceeds = "pace_exceeds",
        /// Cases not yet due are left out until the final measurement.
        NotDueLeftOut = "not_due_left_out",
    }
}

/// A goal of a year, as data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// 1 to 5 for the manual's own; further ones from 6.
    pub no: i16,
    /// How it is computed.
    pub formula: Formula,
    /// Its name.
    pub name: Text,
    /// Which side of the target is good.
    pub comparator: Comparator,
    /// The target in hundredths of the unit: 75 % is 7500, 12 cases are 1200.
    pub target_e2: i64,
    /// What it is counted in.
    pub unit: GoalUnit,
    /// Who answers for it.
    pub owner: PostCode,
}

/// What was counted. A count has no denominator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Figure {
    /// Above the line: ballots, cases, persons, fen.
    pub numerator: i64,
    /// Below the line.
    pub denominator: Option<i64>,
}

code_enum! {
    /// Which rows behind a figure.
    pub enum FigurePart {
        /// Those above the line: valid complaints, or cases handled.
        Numerator = "numerator",
        /// Those below the line: all that count.
        Denominator = "denominator",
        /// Complaints whose validity is not decided.
        Pending = "pending",
        /// Open and not due yet: left out of a provisional rate.
        LeftOut = "left_out",
    }
}

/// When a measurement is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The calendar year measured.
    pub year: i32,
    /// The business date of the measurement.
    pub as_of: NaiveDate,
    /// Whether it is the year's final one.
    pub last: bool,
}

/// A goal measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Measurement {
    /// What was counted; `None` when there is nothing to count.
    pub figure: Option<Figure>,
    /// The value in hundredths of the unit, rounded half up, for showing only. Absent when not measurable, except that
    /// a count of nought is a count.
    pub value_e2: Option<i64>,
    /// How the goal stands.
    pub status: GoalStatus,
    /// Why it cannot be measured.
    pub cause: Option<Cause>,
    /// Whether later records may still change it.
    pub provisional: bool,
    /// The value if everything pending turns out badly.
    pub worst_case_e2: Option<i64>,
    /// Cases whose finding is pending.
    pub pending: i64,
    /// Further figures, e.g. the share collected to date; for information.
    pub also: Option<Figure>,
    /// What a reader should know.
    pub warnings: Vec<Warning>,
}

impl Stage {
    /// A measurement on any day.
    #[must_use]
    pub const fn provisional(year: i32, as_of: NaiveDate) -> Self {
        Self {
            year,
            as_of,
            last: false,
        }
    }

    /// The year's final measurement.
    #[must_use]
    pub const fn last(year: i32, as_of: NaiveDate) -> Self {
        Self {
            year,
            as_of,
            last: true,
        }
    }

    /// Days of the year gone by, today included, and days of the year.
    #[must_use]
    pub fn elapsed(&self) -> (i64, i64) {
        let days = if NaiveDate::from_ymd_opt(self.year, 2, 29).is_some() {
            366
        } else {
            365
        };
        let gone = match self.as_of.year().cmp(&self.year) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => i64::from(self.as_of.ordinal()),
            std::cmp::Ordering::Greater => days,
        };
        (gone, days)
    }
}

/// The manual's goals with the targets of its table (GOAL-1 to GOAL-5).
pub const FIVE_GOALS: &[Goal] = &[
    goal(
        1,
        Formula::Satisfaction,
        "业主满意度",
        "Owner satisfaction",
        Comparator::AtLeast,
        75,
        GoalUnit::Percent,
        PostCode::Asstmgr,
    ),
    goal(
        2,
        Formula::ValidComplaints,
        "有效投诉",
        "Valid complaints",
        Comparator::AtMost,
        12,
        GoalUnit::Cases,
        PostCode::Pubsup,
    ),
    goal(
        3,
        Formula::HandlingRate,
        "投诉或意见处理率",
        "Complaints and opinions handled",
        Comparator::AtLeast,
        95,
        GoalUnit::Percent,
        PostCode::Pubsup,
    ),
    goal(
        4,
        Formula::StaffViolations,
        "检查发现员工违章",
        "Staff violations found by checks",
        Comparator::AtMost,
        12,
        GoalUnit::PersonTimes,
        PostCode::Depmgr,
    ),
    goal(
        5,
        Formula::FeeCollection,
        "物管费收取率",
        "Property fee collected",
        Comparator::AtLeast,
        90,
        GoalUnit::Percent,
        PostCode::Finsup,
    ),
];

#[allow(clippy::too_many_arguments, reason = "one row of a table")]
const fn goal(
    no: i16,
    formula: Formula,
    zh: &'static str,
    en: &'static str,
    comparator: Comparator,
    target: i64,
    unit: GoalUnit,
    owner: PostCode,
) -> Goal {
    Goal {
        no,
        formula,
        name: Text::new(zh, en),
        comparator,
        target_e2: target * 100,
        unit,
        owner,
    }
}

impl Cause {
    /// The cause in words.
    #[must_use]
    pub const fn text(self) -> Text {
        match self {
            Self::NoSurvey => Text::new("本年度尚未开展满意度调查", "the year's survey has not been held"),
            Self::NoBallots => Text::new("没有收回的调查表", "no ballot came back"),
            Self::NoCases => Text::new("没有投诉或意见", "no complaints or opinions"),
            Self::NoChecks => Text::new("本年度没有检查记录", "no checks recorded this year"),
            Self::NoBills => Text::new("没有应收物管费", "no property fee receivable"),
            Self::NoRecords => Text::new("系统中尚无此项记录", "these records are not kept in the system yet"),
            Self::NotEntered => Text::new("尚未填报", "no figures entered"),
        }
    }
}

impl GoalStatus {
    /// The status in words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Met => Text::new("达标", "met"),
            Self::AtRisk => Text::new("有风险", "at risk"),
            Self::Missed => Text::new("未达标", "missed"),
            Self::NotMeasurable => Text::new("无法测量", "not measurable"),
        }
    }
}

impl GoalUnit {
    /// The unit as it stands behind a number.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Percent => Text::new("%", "%"),
            Self::Cases => Text::new("起", "cases"),
            Self::PersonTimes => Text::new("人次", "person-times"),
        }
    }
}
