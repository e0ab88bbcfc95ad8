//! A duty as it goes over the wire.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::PostCode,
    plans::obligations::{Cadence, EvidenceKind, Obligation, ObligationStatus, Rule, clock_of},
    shared::{EmployeeId, Text},
};
use wuye_persistence::{
    Conn, Failure,
    org::{self, climbs},
    plans::{obligations::ObligationRow, rules},
};

/// A text in both languages.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DutyWords)]
pub struct Words {
    zh: String,
    en: String,
}

impl From<&Text> for Words {
    fn from(text: &Text) -> Self {
        Self {
            zh: text.zh.to_string(),
            en: text.en.to_string(),
        }
    }
}

impl Words {
    /// As a cell of a table says it.
    pub(super) fn text(&self) -> Text {
        Text::of(self.zh.clone(), self.en.clone())
    }
}

/// A duty with the words of its rule and the names of people.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ObligationView {
    #[serde(flatten)]
    pub(super) obligation: Obligation,
    /// The duty in a few words.
    pub(super) name: Words,
    /// How often it comes round; absent where a fact starts it.
    pub(super) cadence: Option<Cadence>,
    /// What proves it; absent where its record does.
    pub(super) evidence: Option<EvidenceKind>,
    /// The clauses it comes from.
    pub(super) clauses: Vec<String>,
    /// Open though its time is over, or missed and not decided on yet.
    pub(super) late: bool,
    /// The posts up the line that know it was missed, in the order in which they heard.
    pub(super) escalated_to: Vec<PostCode>,
    pub(super) employee_name: Option<String>,
    /// Who decided on it.
    pub(super) decided_by: Option<Uuid>,
    pub(super) decided_by_name: Option<String>,
    pub(super) decided_at: Option<DateTime<Utc>>,
    pub(super) version: i32,
}

impl ObligationView {
    /// Rows with their words.
    ///
    /// # Errors
    /// As the database says.
    pub async fn of(conn: &mut Conn, rows: Vec<ObligationRow>, now: DateTime<Utc>) -> Result<Vec<Self>, Failure> {
        let versions: HashMap<Uuid, Rule> = rules::of(conn, rows.iter().filter_map(|row| row.rule_id)).await?;
        let people: Vec<EmployeeId> = rows
            .iter()
            .flat_map(|row| [row.employee_id, row.decided_by])
            .flatten()
            .map(Into::into)
            .collect();
        let names = org::names(conn, &people).await?;
        let name = |id: Option<Uuid>| id.and_then(|id| names.get(&id.into()).cloned());
        let told = climbs::told(conn, rows.iter().map(ObligationRow::told_of)).await?;
        rows.into_iter()
            .map(|row| {
                let called = row.name(&versions).ok_or_else(|| Failure::internal("a rule is gone"))?;
                let rule = row.rule_id.and_then(|id| versions.get(&id));
                let clock = row.deadline.as_deref().and_then(clock_of);
                let of_clock = clock.map(|clock| clock.climbing.clauses.iter().map(|id| (*id).to_owned()).collect());
                let obligation = row.obligation()?;
                let undone = matches!(
                    obligation.status,
                    ObligationStatus::Open | ObligationStatus::Missed | ObligationStatus::Explained
                );
                Ok(Self {
                    name: called.into(),
                    cadence: rule.map(|rule| rule.cadence),
                    evidence: rule.map(|rule| rule.evidence),
                    clauses: rule.map(|rule| rule.clauses.clone()).or(of_clock).unwrap_or_default(),
                    late: undone && row.due_at < now,
                    escalated_to: told.of(row.told_of(), row.due_at),
                    employee_name: name(row.employee_id),
                    decided_by: row.decided_by,
                    decided_by_name: name(row.decided_by),
                    decided_at: row.decided_at,
                    version: row.version,
                    obligation,
                })
            })
            .collect()
    }
}
