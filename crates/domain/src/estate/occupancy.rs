//! Occupancies: who is owner, tenant or user of which house from when until when (POS-RECEPT-05).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use validator::Validate;

use super::{HouseId, OccupancyId, PartyId};
use crate::{
    code_enum,
    shared::{EmployeeId, EstateId, Note, Problem, SubjectKind, Text, TrailEntry, Transition},
};

code_enum! {
    /// What somebody is in a house.
    pub enum OccupancyRole {
        /// 业主.
        Owner = "owner",
        /// 租户.
        Tenant = "tenant",
        /// 使用人.
        User = "user",
    }
}

impl OccupancyRole {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Owner => Text::new("业主", "owner"),
            Self::Tenant => Text::new("租户", "tenant"),
            Self::User => Text::new("使用人", "user"),
        }
    }
}

pub(super) const CLAUSES: &[&str] = &["POS-PUBSUP-06", "POS-RECEPT-05"];

/// Somebody's time in a house.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Occupancy {
    /// Its id.
    pub id: OccupancyId,
    /// The estate.
    pub estate_id: EstateId,
    /// Who.
    pub party_id: PartyId,
    /// Which house.
    pub house_id: HouseId,
    /// As what.
    pub role: OccupancyRole,
    /// First day.
    pub valid_from: NaiveDate,
    /// First day on which it no longer holds.
    pub valid_until: Option<NaiveDate>,
    /// Why it ended.
    pub end_reason: Option<String>,
    /// For If-Match.
    pub version: i32,
    /// Who keyed it.
    pub created_by: Option<EmployeeId>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Last change.
    pub updated_at: DateTime<Utc>,
}

/// A new occupancy.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewOccupancy {
    /// Who.
    pub party_id: PartyId,
    /// Which house.
    pub house_id: HouseId,
    /// As what.
    pub role: OccupancyRole,
    /// First day.
    pub valid_from: NaiveDate,
    /// First day on which it no longer holds.
    pub valid_until: Option<NaiveDate>,
}

/// The end of an occupancy.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct EndOccupancy {
    /// First day on which it no longer holds.
    pub valid_until: NaiveDate,
    /// Why.
    pub reason: Note,
}

/// A house passes to new owners: the present ones end, the file is archived, a new file is opened.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct TransferHouse {
    /// The new owners, 1 to 20.
    #[schema(min_items = 1, max_items = 20)]
    #[validate(length(min = 1, max = 20))]
    pub owners: Vec<PartyId>,
    /// Their first day.
    pub on: NaiveDate,
    /// Why: sale, inheritance.
    pub reason: Note,
}

impl Occupancy {
    /// A new entry in the register.
    ///
    /// # Errors
    /// `validation_failed` when the dates stand the wrong way round or lie out of reason.
    pub fn new(
        estate_id: EstateId,
        new: &NewOccupancy,
        by: Option<EmployeeId>,
        now: DateTime<Utc>,
    ) -> Result<Transition<Self>, Problem> {
        check_dates(new.valid_from, new.valid_until)?;
        let record = Self {
            id: OccupancyId::generate(),
            estate_id,
            party_id: new.party_id,
            house_id: new.house_id,
            role: new.role,
            valid_from: new.valid_from,
            valid_until: new.valid_until,
            end_reason: None,
            version: 1,
            created_by: by,
            created_at: now,
            updated_at: now,
        };
        let entry = record.entry("created");
        Ok(Transition { record, entry })
    }

    /// Ends it.
    ///
    /// # Errors
    /// `wrong_state` when it ended before; `validation_failed` when the end lies before the beginning.
    pub fn end(&self, until: NaiveDate, reason: &str, now: DateTime<Utc>) -> Result<Transition<Self>, Problem> {
        if let Some(ended) = self.valid_until.filter(|ended| *ended <= until) {
            return Err(Problem::wrong_state(
                &Text::new("再次结束", "be ended again"),
                &crate::text!("已于{ended}结束", "ended on {ended}"),
            ));
        }
        check_dates(self.valid_from, Some(until))?;
        let mut record = self.clone();
        record.valid_until = Some(until);
        record.end_reason = Some(reason.to_owned());
        record.version += 1;
        record.updated_at = now;
        let entry = record
            .entry("ended")
            .changes(json!({"valid_until": [self.valid_until, until]}))
            .reason(Some(reason));
        Ok(Transition { record, entry })
    }

    /// Whether it holds on `date`.
    #[must_use]
    pub fn holds_on(&self, date: NaiveDate) -> bool {
        self.valid_from <= date && self.valid_until.is_none_or(|until| date < until)
    }

    /// A line of the trail about it.
    #[must_use]
    pub fn entry(&self, action: &'static str) -> TrailEntry {
        TrailEntry::new(SubjectKind::Occupancy, self.id, action)
            .estate(self.estate_id)
            .changes(json!({"house": [null, self.house_id], "party": [null, self.party_id], "role": [null, self.role]}))
            .clauses(CLAUSES)
    }
}

/// The dates of an occupancy: from 1900 on, and the end after the beginning.
///
/// # Errors
/// `validation_failed` naming the field.
pub(super) fn check_dates(from: NaiveDate, until: Option<NaiveDate>) -> Result<(), Problem> {
    let earliest = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default();
    let latest = NaiveDate::from_ymd_opt(2200, 1, 1).unwrap_or_default();
    for (pointer, date) in [("/valid_from", Some(from)), ("/valid_until", until)] {
        if date.is_some_and(|date| date < earliest || date > latest) {
            return Err(Problem::field(
                pointer,
                "out_of_range",
                Text::new("日期须在1900年至2200年之间", "the date must lie between 1900 and 2200"),
            ));
        }
    }
    if until.is_some_and(|until| until <= from) {
        return Err(Problem::field(
            "/valid_until",
            "order",
            Text::new("截止日须晚于起始日", "the end must lie after the start"),
        ));
    }
    Ok(())
}
