//! The yearly check of the inventory against what stands there (derived from POS-CLEANLEAD-03, DER-X-5).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use validator::Validate;

use super::{EstateCheckId, Remark, element::CLAUSES};
use crate::{
    access::Actor,
    code_enum,
    shared::{EmployeeId, EstateId, Issue, Problem, ProblemCode, SubjectKind, Text, TrailEntry, Transition},
};

code_enum! {
    /// Where a yearly check stands.
    pub enum EstateCheckState {
        /// Under way.
        Open = "open",
        /// Closed by the supervisor; its totals are kept.
        Done = "done",
    }
}

impl EstateCheckState {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Open => Text::new("核对中", "under way"),
            Self::Done => Text::new("已完成", "done"),
        }
    }
}

/// The yearly check of one estate.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct EstateCheck {
    /// Its id.
    pub id: EstateCheckId,
    /// The estate.
    pub estate_id: EstateId,
    /// The year.
    pub year: i16,
    /// Where it stands.
    pub state: EstateCheckState,
    /// Who opened it.
    pub opened_by: Option<EmployeeId>,
    /// When.
    pub opened_at: DateTime<Utc>,
    /// What was found.
    pub findings: String,
    /// Totals and gaps of the inventory when it was closed.
    #[schema(value_type = Object)]
    pub totals: Value,
    /// Who closed it.
    pub closed_by: Option<EmployeeId>,
    /// When.
    pub closed_at: Option<DateTime<Utc>>,
    /// For If-Match.
    pub version: i32,
}

/// A yearly check to open.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewEstateCheck {
    /// The estate.
    pub estate_id: EstateId,
    /// The year, 2000 to 2200.
    #[schema(minimum = 2000, maximum = 2200)]
    pub year: i16,
}

/// The end of a yearly check.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct CloseEstateCheck {
    /// What was found.
    #[serde(default)]
    pub findings: Remark,
}

impl EstateCheck {
    /// Opens one.
    ///
    /// # Errors
    /// `validation_failed` for an impossible year.
    pub fn open(new: &NewEstateCheck, by: Option<EmployeeId>, now: DateTime<Utc>) -> Result<Transition<Self>, Problem> {
        if !(2000..=2200).contains(&new.year) {
            let issue = Issue::new(
                "out_of_range",
                Text::new("年份须在2000至2200之间", "the year lies between 2000 and 2200"),
            );
            return Err(Problem::field("/year", issue.code, issue.message));
        }
        let record = Self {
            id: EstateCheckId::generate(),
            estate_id: new.estate_id,
            year: new.year,
            state: EstateCheckState::Open,
            opened_by: by,
            opened_at: now,
            findings: String::new(),
            totals: Value::Object(serde_json::Map::new()),
            closed_by: None,
            closed_at: None,
            version: 1,
        };
        let entry = record.entry("check_opened").states(None, record.state.code());
        Ok(Transition { record, entry })
    }

    /// Closes it with the totals of the day.
    ///
    /// # Errors
    /// `wrong_state` when closed; `self_approval` for who opened it.
    pub fn close(
        &self,
        findings: &str,
        totals: Value,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Transition<Self>, Problem> {
        if self.state == EstateCheckState::Done {
            return Err(Problem::wrong_state(
                &Text::new("再次完成", "be closed again"),
                &Text::new("已完成", "done"),
            ));
        }
        if self.opened_by.is_some_and(|opener| actor.is(opener)) {
            return Err(Problem::new(
                ProblemCode::SelfApproval,
                Text::new(
                    "年度核对由另一人确认。",
                    "The yearly check is closed by another person.",
                ),
            ));
        }
        let mut record = self.clone();
        record.state = EstateCheckState::Done;
        findings.clone_into(&mut record.findings);
        record.totals = totals;
        record.closed_by = actor.employee;
        record.closed_at = Some(now);
        record.version += 1;
        let entry = record
            .entry("check_closed")
            .states(Some(self.state.code()), record.state.code())
            .reason((!findings.is_empty()).then_some(findings));
        Ok(Transition { record, entry })
    }

    fn entry(&self, action: &'static str) -> TrailEntry {
        TrailEntry::new(SubjectKind::Estate, self.estate_id, action)
            .estate(self.estate_id)
            .changes(serde_json::json!({"year": [null, self.year]}))
            .clauses(CLAUSES)
    }
}
