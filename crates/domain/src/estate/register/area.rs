//! Areas (辖区): parts of an estate that squads, collectors and leaders answer for.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    estate::{ElementState, Remark, change::change},
    shared::{AreaId, EmployeeId, EstateId, Name, ShortCode, natural::natural_key},
};

/// An area of an estate.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Area {
    /// Its id.
    pub id: AreaId,
    /// The estate.
    pub estate_id: EstateId,
    /// Short code, unique in the estate.
    pub code: String,
    /// Name.
    pub name: String,
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

/// A new area.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewArea {
    /// The estate.
    pub estate_id: EstateId,
    /// Short code, unique in the estate.
    pub code: ShortCode,
    /// Name.
    pub name: Name,
    /// Remark.
    #[serde(default)]
    pub note: Remark,
}

change! {
    /// A change of an area; its name is confirmed by the supervisor.
    ChangeArea of Area {
        plain {
            /// Remark.
            note: Remark,
        }
        plain nullable {}
        structural {
            /// Name.
            name: Name,
        }
        structural nullable {}
    }
}

impl Area {
    /// The draft of a new area.
    #[must_use]
    pub fn draft(new: NewArea, by: Option<EmployeeId>, now: DateTime<Utc>) -> Self {
        Self {
            id: AreaId::generate(),
            estate_id: new.estate_id,
            sort_key: natural_key(&new.code),
            code: new.code.into(),
            name: new.name.into(),
            note: new.note.into(),
            state: ElementState::Draft,
            version: 1,
            created_by: by,
            created_at: now,
            updated_at: now,
        }
    }
}

super::element!(Area, ChangeArea, Area, |it| it.name.clone(), |_made| ());
