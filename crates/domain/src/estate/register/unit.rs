//! Units (单元) of a block.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::Block;
use crate::{
    estate::{BlockId, ElementState, Remark, Storeys, UnitId, change::change},
    shared::{EmployeeId, EstateId, Problem, ShortCode, Text, house_no::HouseRef, natural::natural_key},
};

/// A unit.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// The estate.
    pub estate_id: EstateId,
    /// Its block.
    pub block_id: BlockId,
    /// Its label in house numbers.
    pub no: String,
    /// Lifts.
    pub lifts: Option<i16>,
    /// Remark.
    pub note: String,
    /// Lists sort by it.
    #[serde(skip)]
    pub sort_key: String,
    /// Where it stands.
    pub state: ElementState,
    /// For If-Match.
    pub version: i32,
    /// Who keyed it.
    pub created_by: Option<EmployeeId>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Last change.
    pub updated_at: DateTime<Utc>,
}

/// A new unit.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewUnit {
    /// Its block.
    pub block_id: BlockId,
    /// Its label in house numbers, as on the wall: `2`, `2单元`.
    pub no: ShortCode,
    /// Lifts.
    pub lifts: Option<Storeys>,
    /// Remark.
    #[serde(default)]
    pub note: Remark,
}

change! {
    /// A change of a unit; its lifts are confirmed by the supervisor.
    ChangeUnit of Unit {
        plain {
            /// Remark.
            note: Remark,
        }
        plain nullable {}
        structural {}
        structural nullable {
            /// Lifts.
            lifts: Storeys,
        }
    }
}

impl Unit {
    /// The draft of a new unit of `block`.
    ///
    /// # Errors
    /// `validation_failed` when the label cannot be part of a house number.
    pub fn draft(new: NewUnit, block: &Block, by: Option<EmployeeId>, now: DateTime<Utc>) -> Result<Self, Problem> {
        let no = new.no.trim_end_matches("单元");
        let house = HouseRef::from_parts(&block.no, no, "101").ok();
        let no = house.as_ref().and_then(HouseRef::unit).ok_or_else(|| {
            Problem::field(
                "/no",
                "invalid_format",
                Text::new(
                    "单元号须为数字或字母，如 2、2单元",
                    "a unit is a number or letter such as 2",
                ),
            )
        })?;
        Ok(Self {
            lifts: new.lifts.map(Into::into),
            note: new.note.into(),
            ..Self::bare(block, no, by, now)
        })
    }

    /// A unit of which only the label is known, as an import meets it.
    #[must_use]
    pub fn bare(block: &Block, no: &str, by: Option<EmployeeId>, now: DateTime<Utc>) -> Self {
        Self {
            id: UnitId::generate(),
            estate_id: block.estate_id,
            block_id: block.id,
            no: no.to_owned(),
            lifts: None,
            note: String::new(),
            sort_key: format!("{}-{}", block.sort_key, natural_key(no)),
            state: ElementState::Draft,
            version: 1,
            created_by: by,
            created_at: now,
            updated_at: now,
        }
    }
}

super::element!(Unit, ChangeUnit, Unit, |it| format!("{}单元", it.no), |_made| ());
