//! A row of the import of houses.

use super::{
    Headers, ImportKind, RowError,
    read::{RowReader, floor, one_of, thousandths, words},
};
use crate::{
    estate::{HouseStatus, HouseUse, register_floor},
    shared::{
        Issue, Text,
        house_no::{HouseRef, HouseRefError},
    },
};

/// A house as a row tells it. What is absent stays as it is in a house that exists.
#[derive(Clone, Debug, PartialEq)]
pub struct HouseRow {
    /// What stands on the door.
    pub door: HouseRef,
    /// Built area in thousandths of a square metre.
    pub area_milli: Option<i64>,
    /// The floor, told or read from the room.
    pub floor: Option<i16>,
    /// What it is for.
    pub use_: Option<HouseUse>,
    /// How it stands.
    pub status: Option<HouseStatus>,
    /// Code of the area its block lies in.
    pub area_code: Option<String>,
    /// Remark.
    pub note: Option<String>,
}

const USES: &[(HouseUse, &[&str])] = &[
    (HouseUse::Residential, &["住宅", "residential", "居住"]),
    (HouseUse::Commercial, &["商业", "commercial", "商铺", "商用"]),
    (HouseUse::Office, &["办公", "office", "写字楼"]),
    (HouseUse::Storage, &["储藏", "storage", "储藏室", "车库"]),
    (HouseUse::Other, &["其他", "other", "其它"]),
];

const STATUSES: &[(HouseStatus, &[&str])] = &[
    (HouseStatus::Unsold, &["未售", "unsold"]),
    (HouseStatus::Vacant, &["空置", "vacant", "未入住", "空房"]),
    (HouseStatus::Renovating, &["装修中", "renovating", "装修"]),
    (HouseStatus::Occupied, &["自住", "occupied", "已入住", "入住"]),
    (HouseStatus::Let, &["出租", "let", "已出租"]),
];

impl HouseRow {
    /// Reads a row.
    ///
    /// # Errors
    /// Every cell that cannot be taken.
    pub fn read(headers: &Headers, cells: &[String]) -> Result<Self, RowError> {
        let mut row = RowReader::new(ImportKind::Houses, headers, cells);
        let door = row.required("house", door);
        let area_milli = row.optional("area", thousandths);
        let told = row.optional("floor", floor);
        let use_ = row.optional("use", one_of(USES));
        let status = row.optional("status", one_of(STATUSES));
        let area_code = row.optional("area_code", words(40));
        let note = row.optional("note", words(500));
        row.finish(door.map(|door| Self {
            floor: told.or_else(|| register_floor(&door)),
            door,
            area_milli,
            use_,
            status,
            area_code,
            note,
        }))
    }
}

/// A house reference, with the words for what is wrong with it.
pub(super) fn door(text: &str) -> Result<HouseRef, Issue> {
    HouseRef::parse(text).map_err(|error| match error {
        HouseRefError::Unreadable => Issue::new(
            "invalid_format",
            Text::new(
                "房号无法识别，请写成 3-2-501 或 3栋2单元501",
                "not a house: write 3-2-501",
            ),
        ),
        HouseRefError::NoBlock => Issue::new("no_block", Text::new("房号缺少栋号", "the house names no block")),
        HouseRefError::NoRoom => Issue::new("no_room", Text::new("房号缺少室号", "the house names no room")),
        HouseRefError::FloorContradictsRoom => Issue::new(
            "floor_contradicts_room",
            Text::new("楼层与室号不一致", "the floor contradicts the room"),
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str]) -> Result<HouseRow, RowError> {
        let names = ["房号", "建筑面积", "用途", "状态"].map(String::from);
        let headers = Headers::find(ImportKind::Houses, &names).expect("fits");
        HouseRow::read(&headers, &cells.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn der_x_5_a_row_becomes_a_house() {
        let row = read(&["３栋２单元５０１", "89.57", "住宅", "已入住"]).expect("a good row");
        assert_eq!(row.door.to_string(), "3-2-501");
        assert_eq!((row.floor, row.area_milli), (Some(5), Some(89_570)));
        assert_eq!(
            (row.use_, row.status),
            (Some(HouseUse::Residential), Some(HouseStatus::Occupied))
        );
    }

    #[test]
    fn der_x_5_every_bad_cell_of_a_row_is_named() {
        let errors = read(&["2单元501", "很大", "住人", ""]).expect_err("three bad cells");
        let found: Vec<_> = errors.iter().map(|e| (e.column, e.code.as_str())).collect();
        assert_eq!(
            found,
            [
                ("房号", "no_block"),
                ("建筑面积", "invalid_format"),
                ("用途", "unknown_choice")
            ]
        );
        assert!(errors[2].message.zh.contains("住宅、商业"), "{}", errors[2].message.zh);
        assert_eq!(read(&["", "1"]).expect_err("no house")[0].code, "required");
    }
}
