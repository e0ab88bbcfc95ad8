//! The shapes of goals over the wire.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::PostCode,
    goals::{Comparator, FIVE_GOALS, Formula, Goal, GoalSetState, GoalUnit, NewGoal, phase},
    shared::{Name, Text},
};
use wuye_persistence::{
    Failure,
    goals::{GoalRow, GoalSetRow, Share},
};

use crate::org::approver::DecisionView;

/// The goals of one estate for one year, without its sheet.
#[derive(Serialize, ToSchema)]
pub struct GoalSetHead {
    pub(super) id: Uuid,
    pub(super) estate_id: Uuid,
    pub(super) year: i32,
    /// `active` once an approved set's year has begun.
    pub(super) state: GoalSetState,
    pub(super) drafted_by: Uuid,
    pub(super) approved_by: Option<Uuid>,
    pub(super) approved_at: Option<DateTime<Utc>>,
    pub(super) frozen_at: Option<DateTime<Utc>>,
    pub(super) version: i32,
}

impl GoalSetHead {
    /// As it is on a day.
    pub fn of(row: &GoalSetRow, today: NaiveDate) -> Result<Self, Failure> {
        Ok(Self {
            id: row.id,
            estate_id: row.estate_id,
            year: row.year,
            state: phase(&row.set()?, today),
            drafted_by: row.drafted_by,
            approved_by: row.approved_by,
            approved_at: row.approved_at,
            frozen_at: row.frozen_at,
            version: row.version,
        })
    }
}

/// The goals of one estate for one year: the goal sheet.
#[derive(Serialize, ToSchema)]
pub struct GoalSheet {
    #[serde(flatten)]
    set: GoalSetHead,
    /// Why there are goals (GOAL-S1), in both languages.
    purpose: Words,
    /// The goals by number.
    goals: Vec<GoalView>,
    /// Until when it is approved, or measured for good once it is; nothing is due after that.
    due_at: Option<DateTime<Utc>>,
    /// Who approves a draft now, and who signs, freezes and measures again what was approved; nobody where the way leads
    /// past the top of the line.
    decided_by: Option<DecisionView>,
}

/// One text in both languages.
#[derive(Serialize, ToSchema)]
pub struct Words {
    zh: String,
    en: String,
}

impl From<Text> for Words {
    fn from(text: Text) -> Self {
        Self {
            zh: text.zh.into_owned(),
            en: text.en.into_owned(),
        }
    }
}

/// What the goals are for, as the head of the sheet says it.
const PURPOSE: Text = Text::new(
    "以可衡量的年度目标，使小区物业管理走上规范化、制度化轨道。",
    "Measurable goals for the year bring the management of the estate onto a regulated, rule-based footing.",
);

impl GoalSheet {
    /// Set and goals.
    pub fn of(
        row: &GoalSetRow,
        goals: Vec<GoalRow>,
        today: NaiveDate,
        due_at: Option<DateTime<Utc>>,
        decided_by: Option<DecisionView>,
    ) -> Result<Self, Failure> {
        Ok(Self {
            set: GoalSetHead::of(row, today)?,
            purpose: PURPOSE.into(),
            goals: goals.into_iter().map(GoalView::from).collect(),
            due_at,
            decided_by,
        })
    }
}

/// A goal.
#[derive(Serialize, ToSchema)]
pub struct GoalView {
    /// Its id.
    pub id: Uuid,
    pub(super) no: i16,
    name_zh: String,
    name_en: String,
    formula: Formula,
    comparator: Comparator,
    /// Hundredths of the unit: 75 % is 7500, 12 cases are 1200.
    pub(super) target_e2: i64,
    pub(super) unit: GoalUnit,
    /// Percent.
    weight: Option<i16>,
    owner_post: PostCode,
    breakdown: Vec<GoalShare>,
}

impl GoalView {
    /// Its name in both languages.
    pub(super) fn name(&self) -> Text {
        Text::of(self.name_zh.clone(), self.name_en.clone())
    }
}

impl From<GoalRow> for GoalView {
    fn from(row: GoalRow) -> Self {
        Self {
            id: row.id,
            no: row.goal.no,
            name_zh: row.goal.name.zh.into_owned(),
            name_en: row.goal.name.en.into_owned(),
            formula: row.goal.formula,
            comparator: row.goal.comparator,
            target_e2: row.goal.target_e2,
            unit: row.goal.unit,
            weight: row.weight,
            owner_post: row.goal.owner,
            breakdown: row.breakdown.into_iter().map(GoalShare::from).collect(),
        }
    }
}

/// The share of a goal that one post carries.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GoalShare {
    /// The post.
    post: PostCode,
    /// Hundredths of the goal's unit.
    #[validate(range(min = 0, max = 100_000_000))]
    #[schema(minimum = 0, maximum = 100_000_000)]
    share_e2: i64,
}

impl From<Share> for GoalShare {
    fn from(share: Share) -> Self {
        Self {
            post: share.post,
            share_e2: share.share_e2,
        }
    }
}

/// A goal as it is drafted.
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftGoal {
    /// Number in the sheet, from 1.
    #[validate(range(min = 1, max = 99))]
    #[schema(minimum = 1, maximum = 99)]
    no: i16,
    /// Name in Chinese.
    name_zh: Name,
    /// Name in English.
    name_en: Name,
    /// How it is computed; further goals are `manual` until their records exist.
    formula: Formula,
    /// Which side of the target is good.
    comparator: Comparator,
    /// Hundredths of the unit.
    #[validate(range(min = 0, max = 100_000_000))]
    #[schema(minimum = 0, maximum = 100_000_000)]
    target_e2: i64,
    /// The unit.
    unit: GoalUnit,
    /// Weight in percent.
    #[validate(range(min = 0, max = 100))]
    #[schema(minimum = 0, maximum = 100)]
    weight: Option<i16>,
    /// Who answers for it.
    owner_post: PostCode,
    /// Who carries which share.
    #[serde(default)]
    #[validate(length(max = 30), nested)]
    #[schema(max_items = 30)]
    breakdown: Vec<GoalShare>,
}

impl DraftGoal {
    /// What the rules check.
    pub fn checked(&self) -> NewGoal {
        NewGoal {
            no: self.no,
            formula: self.formula,
            comparator: self.comparator,
            target_e2: self.target_e2,
            unit: self.unit,
        }
    }

    /// As a row of a set.
    pub fn row(&self, set: Uuid) -> GoalRow {
        GoalRow {
            id: Uuid::now_v7(),
            set_id: set,
            goal: Goal {
                no: self.no,
                formula: self.formula,
                name: Text::of(self.name_zh.to_string(), self.name_en.to_string()),
                comparator: self.comparator,
                target_e2: self.target_e2,
                unit: self.unit,
                owner: self.owner_post,
            },
            weight: self.weight,
            breakdown: self
                .breakdown
                .iter()
                .map(|share| Share {
                    post: share.post,
                    share_e2: share.share_e2,
                })
                .collect(),
        }
    }
}

/// The manual's five goals as rows of a new set.
pub fn five(set: Uuid) -> Vec<GoalRow> {
    let row = |goal: &Goal| GoalRow {
        id: Uuid::now_v7(),
        set_id: set,
        goal: goal.clone(),
        weight: None,
        breakdown: Vec::new(),
    };
    FIVE_GOALS.iter().map(row).collect()
}
