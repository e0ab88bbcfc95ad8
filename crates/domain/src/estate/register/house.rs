//! Houses (户).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::{Block, Unit};
use crate::{
    code_enum,
    estate::{BlockId, ElementState, FloorNo, HouseId, Milli, Remark, UnitId, change::change},
    shared::{EmployeeId, EstateId, Problem, ShortCode, Text, house_no::HouseRef, search::Tokens},
};

code_enum! {
    /// What a house is for.
    pub enum HouseUse {
        /// 住宅.
        Residential = "residential",
        /// 商业.
        Commercial = "commercial",
        /// 办公.
        Office = "office",
        /// 储藏.
        Storage = "storage",
        /// 其他.
        Other = "other",
    }
}

code_enum! {
    /// How a house stands today.
    pub enum HouseStatus {
        /// 未售.
        Unsold = "unsold",
        /// 空置.
        Vacant = "vacant",
        /// 装修中.
        Renovating = "renovating",
        /// 自住.
        Occupied = "occupied",
        /// 出租.
        Let = "let",
    }
}

impl HouseUse {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Residential => Text::new("住宅", "residential"),
            Self::Commercial => Text::new("商业", "commercial"),
            Self::Office => Text::new("办公", "office"),
            Self::Storage => Text::new("储藏", "storage"),
            Self::Other => Text::new("其他", "other"),
        }
    }
}

impl HouseStatus {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Unsold => Text::new("未售", "unsold"),
            Self::Vacant => Text::new("空置", "vacant"),
            Self::Renovating => Text::new("装修中", "renovating"),
            Self::Occupied => Text::new("自住", "occupied"),
            Self::Let => Text::new("出租", "let"),
        }
    }
}

/// A house.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct House {
    /// Its id.
    pub id: HouseId,
    /// The estate.
    pub estate_id: EstateId,
    /// Its block.
    pub block_id: BlockId,
    /// Its unit, where the block has units.
    pub unit_id: Option<UnitId>,
    /// What stands on the door, in its normal form: `3-2-501`.
    pub no: String,
    /// The room alone: `501`.
    pub room: String,
    /// The floor.
    pub floor: Option<i16>,
    /// Built area in thousandths of a square metre.
    pub area_milli: Option<i64>,
    /// What it is for.
    #[serde(rename = "use")]
    pub use_: HouseUse,
    /// How it stands today.
    pub status: HouseStatus,
    /// Remark.
    pub note: String,
    /// Lists sort by it.
    #[serde(skip)]
    pub sort_key: String,
    /// Where it stands.
    pub state: ElementState,
    /// The import that brought it.
    pub import_run_id: Option<uuid::Uuid>,
    /// For If-Match.
    pub version: i32,
    /// Who keyed it.
    pub created_by: Option<EmployeeId>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Last change.
    pub updated_at: DateTime<Utc>,
}

/// A new house.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewHouse {
    /// Its block.
    pub block_id: BlockId,
    /// Its unit, where the block has units.
    pub unit_id: Option<UnitId>,
    /// The room: `501`.
    pub room: ShortCode,
    /// The floor; read from the room when left out (501 → 5).
    pub floor: Option<FloorNo>,
    /// Built area in thousandths of a square metre.
    pub area_milli: Option<Milli>,
    /// What it is for.
    #[serde(rename = "use")]
    pub use_: HouseUse,
    /// How it stands today.
    pub status: HouseStatus,
    /// Remark.
    #[serde(default)]
    pub note: Remark,
}

change! {
    /// A change of a house; floor, area and use are confirmed by the supervisor.
    ChangeHouse of House {
        plain {
            /// How it stands today.
            status: HouseStatus,
            /// Remark.
            note: Remark,
        }
        plain nullable {}
        structural {
            /// What it is for.
            #[serde(rename = "use")]
            use_: HouseUse,
        }
        structural nullable {
            /// The floor.
            floor: FloorNo,
            /// Built area in thousandths of a square metre.
            area_milli: Milli,
        }
    }
}

impl House {
    /// The draft of a new house in `block`, or in `unit` of it.
    ///
    /// # Errors
    /// `validation_failed` when the room is no room, or the unit belongs to another block.
    pub fn draft(
        new: NewHouse,
        block: &Block,
        unit: Option<&Unit>,
        by: Option<EmployeeId>,
        now: DateTime<Utc>,
    ) -> Result<Self, Problem> {
        if unit.is_some_and(|unit| unit.block_id != block.id) {
            return Err(Problem::field(
                "/unit_id",
                "other_block",
                Text::new("该单元不属于所选楼栋", "the unit belongs to another block"),
            ));
        }
        let door =
            HouseRef::from_parts(&block.no, unit.map_or("", |unit| unit.no.as_str()), &new.room).map_err(|_| {
                Problem::field(
                    "/room",
                    "invalid_format",
                    Text::new(
                        "房号须为门牌上的数字或字母，如 501、12A",
                        "a room is what stands on the door, such as 501 or 12A",
                    ),
                )
            })?;
        Ok(Self {
            id: HouseId::generate(),
            estate_id: block.estate_id,
            block_id: block.id,
            unit_id: unit.map(|unit| unit.id),
            no: door.to_string(),
            room: door.room().to_owned(),
            floor: new.floor.map(Into::into).or_else(|| floor_of(&door)),
            area_milli: new.area_milli.map(Into::into),
            use_: new.use_,
            status: new.status,
            note: new.note.into(),
            sort_key: door.sort_key(),
            state: ElementState::Draft,
            import_run_id: None,
            version: 1,
            created_by: by,
            created_at: now,
            updated_at: now,
        })
    }

    /// What a search finds it by.
    #[must_use]
    pub fn tokens(&self) -> Vec<String> {
        HouseRef::parse(&self.no)
            .map(|door| Tokens::new().house(&door).into_vec())
            .unwrap_or_default()
    }
}

/// The floor by the usual numbering, where it is one a house can lie on.
#[must_use]
pub(in crate::estate) fn floor_of(door: &HouseRef) -> Option<i16> {
    door.floor()
        .and_then(|floor| FloorNo::new(i64::from(floor)).ok())
        .map(Into::into)
}

super::element!(House, ChangeHouse, House, |it| it.no.clone(), |_made| ());
