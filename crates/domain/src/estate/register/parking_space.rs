//! Parking spaces.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    code_enum,
    estate::{ElementState, HouseId, Milli, ParkingSpaceId, Remark, Where, change::change},
    shared::{AreaId, EmployeeId, EstateId, ShortCode, Text, natural::natural_key},
};

code_enum! {
    /// Whose a parking space is.
    pub enum ParkingKind {
        /// 产权车位.
        Owned = "owned",
        /// 人防车位.
        CivilDefence = "civil_defence",
        /// 公共车位: its income is the owners' (DER-X-4).
        Shared = "shared",
        /// 访客车位.
        Visitor = "visitor",
        /// 非机动车位.
        TwoWheeler = "two_wheeler",
    }
}

impl ParkingKind {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Owned => Text::new("产权车位", "owned"),
            Self::CivilDefence => Text::new("人防车位", "civil defence"),
            Self::Shared => Text::new("公共车位", "shared"),
            Self::Visitor => Text::new("访客车位", "visitor"),
            Self::TwoWheeler => Text::new("非机动车位", "two-wheeler"),
        }
    }
}

/// A parking space.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ParkingSpace {
    /// Its id.
    pub id: ParkingSpaceId,
    /// The estate.
    pub estate_id: EstateId,
    /// The area it lies in.
    pub area_id: Option<AreaId>,
    /// The house it belongs to.
    pub house_id: Option<HouseId>,
    /// Its number, unique in the estate.
    pub no: String,
    /// Whose it is.
    pub kind: ParkingKind,
    /// Where it lies.
    pub location: String,
    /// Area in thousandths of a square metre.
    pub area_milli: Option<i64>,
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

/// A new parking space.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewParkingSpace {
    /// The estate.
    pub estate_id: EstateId,
    /// The area it lies in.
    pub area_id: Option<AreaId>,
    /// The house it belongs to.
    pub house_id: Option<HouseId>,
    /// Its number, unique in the estate.
    pub no: ShortCode,
    /// Whose it is.
    pub kind: ParkingKind,
    /// Where it lies.
    #[serde(default)]
    pub location: Where,
    /// Area in thousandths of a square metre.
    pub area_milli: Option<Milli>,
    /// Remark.
    #[serde(default)]
    pub note: Remark,
}

change! {
    /// A change of a parking space; area and kind are confirmed by the supervisor.
    ChangeParkingSpace of ParkingSpace {
        plain {
            /// Where it lies.
            location: Where,
            /// Remark.
            note: Remark,
        }
        plain nullable {
            /// The house it belongs to.
            house_id: HouseId,
        }
        structural {
            /// Whose it is.
            kind: ParkingKind,
        }
        structural nullable {
            /// The area it lies in.
            area_id: AreaId,
            /// Area in thousandths of a square metre.
            area_milli: Milli,
        }
    }
}

impl ParkingSpace {
    /// The draft of a new parking space.
    #[must_use]
    pub fn draft(new: NewParkingSpace, by: Option<EmployeeId>, now: DateTime<Utc>) -> Self {
        Self {
            id: ParkingSpaceId::generate(),
            estate_id: new.estate_id,
            area_id: new.area_id,
            house_id: new.house_id,
            sort_key: natural_key(&new.no),
            no: new.no.into(),
            kind: new.kind,
            location: new.location.into(),
            area_milli: new.area_milli.map(Into::into),
            note: new.note.into(),
            state: ElementState::Draft,
            version: 1,
            created_by: by,
            created_at: now,
            updated_at: now,
        }
    }
}

super::element!(
    ParkingSpace,
    ChangeParkingSpace,
    ParkingSpace,
    |it| it.no.clone(),
    |_made| ()
);
