//! Totals of the inventory by kind and area, and what is missing in it (POS-CLEANLEAD-03).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::shared::{AreaId, EstateId};

/// How many of one kind lie in one area, and how large they are together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct KindTotal {
    /// The area; absent for what belongs to none.
    pub area_id: Option<AreaId>,
    /// Its name.
    pub area_name: Option<String>,
    /// `block`, `unit`, `house`, `parking_space`, `road`, `green`, `shared`, or a kind of fixture.
    pub kind: String,
    /// How many.
    pub count: i64,
    /// Together, in thousandths of a metre.
    pub length_milli: i64,
    /// Together, in thousandths of a square metre.
    pub area_milli: i64,
}

/// What is missing; each count is the length of a list that the same filter gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Completeness {
    /// Houses in the inventory.
    pub houses: i64,
    /// Of these without a built area (`GET /houses?without_area=true`).
    pub houses_without_area: i64,
    /// Of these without a present owner (`without_owner=true`).
    pub houses_without_owner: i64,
    /// Of these without a living file (`without_file=true`).
    pub houses_without_file: i64,
    /// Blocks that lie in no area (`GET /blocks?without_area=true`).
    pub blocks_without_area: i64,
    /// Fixtures.
    pub fixtures: i64,
    /// Of these without a place (`GET /places?without_location=true`).
    pub fixtures_without_location: i64,
    /// Living house files.
    pub files: i64,
    /// Of these complete.
    pub files_complete: i64,
    /// Complete files per 10,000 living ones; absent without files.
    pub file_completeness_e4: Option<i64>,
}

/// The inventory of one estate in figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Inventory {
    /// The estate.
    pub estate_id: EstateId,
    /// Totals by area and kind.
    pub totals: Vec<KindTotal>,
    /// What is missing.
    pub completeness: Completeness,
}

impl Completeness {
    /// With its rate computed, rounded down so that 100 % means all.
    #[must_use]
    pub fn rated(mut self) -> Self {
        self.file_completeness_e4 = (self.files > 0).then(|| self.files_complete * 10_000 / self.files);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pos_recept_06a_the_rate_of_complete_files() {
        let rate = |files, files_complete| {
            Completeness {
                files,
                files_complete,
                ..Completeness::default()
            }
            .rated()
            .file_completeness_e4
        };
        assert_eq!(rate(0, 0), None, "nothing to measure");
        assert_eq!(rate(3, 2), Some(6_666));
        assert_eq!(rate(30_000, 29_999), Some(9_999), "one missing is not all");
        assert_eq!(rate(3, 3), Some(10_000));
    }
}
