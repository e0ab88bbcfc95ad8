//! What the lists of this context can be narrowed to and sorted by.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    BlockId, ElementState, FixtureKind, HouseFileId, HouseId, HouseStatus, HouseUse, OccupancyRole, ParkingKind,
    PartyId, PartyKind, PlaceKind, StructureAction, StructureChangeState, UnitId,
    consultation::ConsultationState,
    house_file::{FileItemKind, HouseFileState},
    import::{ImportKind, ImportState},
};
use crate::{
    code_enum,
    shared::{AreaId, EstateId, SearchText, SubjectKind},
};

code_enum! {
    /// How a register is sorted.
    pub enum ByTime {
        /// By the time of the entry.
        At = "at",
    }
}

code_enum! {
    /// How the houses are sorted.
    pub enum HouseSort {
        /// By the number on the door, 3-2-501 before 3-10-501.
        No = "no",
        /// By the last change.
        UpdatedAt = "updated_at",
    }
}

code_enum! {
    /// How the parties are sorted.
    pub enum PartySort {
        /// By name, in the order of its sound.
        Name = "name",
        /// By the last change.
        UpdatedAt = "updated_at",
    }
}

/// Which areas.
#[derive(Clone, Debug, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AreaFilter {
    /// The estate; may be left out by who works in one only.
    pub estate_id: Option<EstateId>,
    /// Where they stand.
    pub state: Option<ElementState>,
}

/// Which blocks.
#[derive(Clone, Debug, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct BlockFilter {
    /// The estate; may be left out by who works in one only.
    pub estate_id: Option<EstateId>,
    /// Where they stand.
    pub state: Option<ElementState>,
    /// In this area.
    pub area_id: Option<AreaId>,
    /// Only those in no area.
    pub without_area: Option<bool>,
}

/// Which units.
#[derive(Clone, Debug, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UnitFilter {
    /// The estate; may be left out by who works in one only.
    pub estate_id: Option<EstateId>,
    /// Where they stand.
    pub state: Option<ElementState>,
    /// Of this block.
    pub block_id: Option<BlockId>,
}

/// Which houses.
#[derive(Clone, Debug, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HouseFilter {
    /// The estate; may be left out by who works in one only.
    pub estate_id: Option<EstateId>,
    /// Where they stand.
    pub state: Option<ElementState>,
    /// In this area.
    pub area_id: Option<AreaId>,
    /// Of this block.
    pub block_id: Option<BlockId>,
    /// Of this unit.
    pub unit_id: Option<UnitId>,
    /// On this floor.
    pub floor: Option<i16>,
    /// For this use.
    #[serde(rename = "use")]
    #[param(rename = "use")]
    pub use_: Option<HouseUse>,
    /// Standing so today.
    pub status: Option<HouseStatus>,
    /// Only those without a built area.
    pub without_area: Option<bool>,
    /// Only those without a present owner.
    pub without_owner: Option<bool>,
    /// Only those without a living file.
    pub without_file: Option<bool>,
    /// Brought by this import.
    pub import_run_id: Option<Uuid>,
    /// Found by any of: `3-2-501`, `3栋2单元501`, `３－２－５０１`, a name of who lives there, its pinyin initials, the end
    /// of a phone (for those who may see it).
    pub q: Option<SearchText>,
}

/// Which parking spaces.
#[derive(Clone, Debug, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ParkingSpaceFilter {
    /// The estate; may be left out by who works in one only.
    pub estate_id: Option<EstateId>,
    /// Where they stand.
    pub state: Option<ElementState>,
    /// In this area.
    pub area_id: Option<AreaId>,
    /// Of this kind.
    pub kind: Option<ParkingKind>,
    /// Of this house.
    pub house_id: Option<HouseId>,
    /// With this number.
    pub no: Option<SearchText>,
}

/// Which places.
#[derive(Clone, Debug, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PlaceFilter {
    /// The estate; may be left out by who works in one only.
    pub estate_id: Option<EstateId>,
    /// Where they stand.
    pub state: Option<ElementState>,
    /// In this area.
    pub area_id: Option<AreaId>,
    /// Of this kind.
    pub kind: Option<PlaceKind>,
    /// Of this kind of fixture.
    pub fixture_kind: Option<FixtureKind>,
    /// Only those of which nobody noted where they are.
    pub without_location: Option<bool>,
    /// By part of name, number or location.
    pub q: Option<SearchText>,
}

/// Which changes of the structure.
#[derive(Clone, Debug, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StructureChangeFilter {
    /// The estate; may be left out by who works in one only.
    pub estate_id: Option<EstateId>,
    /// Where they stand.
    pub state: Option<StructureChangeState>,
    /// What is to be done.
    pub kind: Option<StructureAction>,
    /// Of this kind of element.
    pub subject_kind: Option<SubjectKind>,
    /// Of this element.
    pub subject_id: Option<Uuid>,
}

/// Which parties.
#[derive(Clone, Debug, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PartyFilter {
    /// The estate; may be left out by who works in one only.
    pub estate_id: Option<EstateId>,
    /// What they mainly are.
    pub kind: Option<PartyKind>,
    /// Who has or had to do with this house.
    pub house_id: Option<HouseId>,
    /// Found by name, pinyin initials, number, the door of a house they have or had to do with, or the end of a phone
    /// (for those who may see it).
    pub q: Option<SearchText>,
}

/// Which occupancies.
#[derive(Clone, Debug, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OccupancyFilter {
    /// The estate; may be left out by who works in one only.
    pub estate_id: Option<EstateId>,
    /// In this house.
    pub house_id: Option<HouseId>,
    /// Of this party.
    pub party_id: Option<PartyId>,
    /// As this.
    pub role: Option<OccupancyRole>,
    /// Holding on this day.
    pub on: Option<NaiveDate>,
    /// Found by the door in any spelling, by name, pinyin initials or number of the party.
    pub q: Option<SearchText>,
}

/// Which house files.
#[derive(Clone, Debug, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HouseFileFilter {
    /// The estate; may be left out by who works in one only.
    pub estate_id: Option<EstateId>,
    /// Of this house.
    pub house_id: Option<HouseId>,
    /// Where they stand.
    pub state: Option<HouseFileState>,
    /// In which this document is missing.
    pub missing: Option<FileItemKind>,
    /// With this number.
    pub no: Option<SearchText>,
    /// Found by the door in any spelling, by who has or had to do with the house, or by the number of the file.
    pub q: Option<SearchText>,
}

/// Which consultations.
#[derive(Clone, Debug, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ConsultationFilter {
    /// The estate; may be left out by who works in one only.
    pub estate_id: Option<EstateId>,
    /// Of this file.
    pub house_file_id: Option<HouseFileId>,
    /// Where they stand.
    pub state: Option<ConsultationState>,
    /// Only those that should be back by now.
    pub overdue: Option<bool>,
}

/// Which imports.
#[derive(Clone, Debug, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportFilter {
    /// The estate; may be left out by who works in one only.
    pub estate_id: Option<EstateId>,
    /// What they bring.
    pub kind: Option<ImportKind>,
    /// Where they stand.
    pub state: Option<ImportState>,
}
