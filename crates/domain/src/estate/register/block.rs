//! Blocks (栋).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    code_enum,
    estate::{BlockId, ElementState, Remark, Storeys, Where, change::change},
    shared::{AreaId, EmployeeId, EstateId, Name, Problem, ShortCode, Text, house_no::HouseRef, natural::natural_key},
};

code_enum! {
    /// How a block is built.
    pub enum BlockKind {
        /// 高层.
        HighRise = "high_rise",
        /// 多层.
        MultiStorey = "multi_storey",
        /// 别墅.
        Villa = "villa",
        /// 商业.
        Commercial = "commercial",
        /// 其他.
        Other = "other",
    }
}

impl BlockKind {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::HighRise => Text::new("高层", "high-rise"),
            Self::MultiStorey => Text::new("多层", "multi-storey"),
            Self::Villa => Text::new("别墅", "villa"),
            Self::Commercial => Text::new("商业", "commercial"),
            Self::Other => Text::new("其他", "other"),
        }
    }
}

/// A block.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Block {
    /// Its id.
    pub id: BlockId,
    /// The estate.
    pub estate_id: EstateId,
    /// The area it lies in.
    pub area_id: Option<AreaId>,
    /// Its label in house numbers: `3`, `A`.
    pub no: String,
    /// How people call it: `3栋`.
    pub name: String,
    /// How it is built.
    pub kind: BlockKind,
    /// Where it stands in the estate.
    pub location: String,
    /// Floors above ground.
    pub floors_above: Option<i16>,
    /// Floors below ground.
    pub floors_below: Option<i16>,
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

/// A new block.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewBlock {
    /// The estate.
    pub estate_id: EstateId,
    /// The area it lies in.
    pub area_id: Option<AreaId>,
    /// Its label in house numbers, as on the wall: `3`, `3栋`, `A座`.
    pub no: ShortCode,
    /// How people call it; made from the label when left out.
    pub name: Option<Name>,
    /// How it is built.
    pub kind: BlockKind,
    /// Where it stands in the estate.
    #[serde(default)]
    pub location: Where,
    /// Floors above ground.
    pub floors_above: Option<Storeys>,
    /// Floors below ground.
    pub floors_below: Option<Storeys>,
    /// Remark.
    #[serde(default)]
    pub note: Remark,
}

change! {
    /// A change of a block; area, name, kind and floors are confirmed by the supervisor.
    ChangeBlock of Block {
        plain {
            /// Where it stands in the estate.
            location: Where,
            /// Remark.
            note: Remark,
        }
        plain nullable {}
        structural {
            /// How people call it.
            name: Name,
            /// How it is built.
            kind: BlockKind,
        }
        structural nullable {
            /// The area it lies in.
            area_id: AreaId,
            /// Floors above ground.
            floors_above: Storeys,
            /// Floors below ground.
            floors_below: Storeys,
        }
    }
}

impl Block {
    /// The draft of a new block.
    ///
    /// # Errors
    /// `validation_failed` when the label cannot be part of a house number.
    pub fn draft(new: NewBlock, by: Option<EmployeeId>, now: DateTime<Utc>) -> Result<Self, Problem> {
        let no = label(&new.no)?;
        Ok(Self {
            area_id: new.area_id,
            name: new.name.map_or_else(|| Self::called(&no), Into::into),
            kind: new.kind,
            location: new.location.into(),
            floors_above: new.floors_above.map(Into::into),
            floors_below: new.floors_below.map(Into::into),
            note: new.note.into(),
            ..Self::bare(new.estate_id, &no, by, now)
        })
    }

    /// A block of which only the label is known, as an import meets it.
    #[must_use]
    pub fn bare(estate_id: EstateId, no: &str, by: Option<EmployeeId>, now: DateTime<Utc>) -> Self {
        Self {
            id: BlockId::generate(),
            estate_id,
            area_id: None,
            no: no.to_owned(),
            name: Self::called(no),
            kind: BlockKind::Other,
            location: String::new(),
            floors_above: None,
            floors_below: None,
            note: String::new(),
            sort_key: natural_key(no),
            state: ElementState::Draft,
            version: 1,
            created_by: by,
            created_at: now,
            updated_at: now,
        }
    }

    fn called(no: &str) -> String {
        let lettered = no.starts_with(|c: char| c.is_ascii_alphabetic());
        format!("{no}{}", if lettered { "座" } else { "栋" })
    }
}

/// The label as it stands in house numbers.
fn label(text: &str) -> Result<String, Problem> {
    let trimmed = text.trim_end_matches(['栋', '幢', '座', '楼', '号', '#']);
    HouseRef::from_parts(trimmed, "", "101")
        .map(|house| house.block().to_owned())
        .map_err(|_| {
            Problem::field(
                "/no",
                "invalid_format",
                Text::new(
                    "栋号须为数字或字母，如 3、3栋、A座",
                    "a block is a number or letter such as 3 or A",
                ),
            )
        })
}

super::element!(Block, ChangeBlock, Block, |it| it.name.clone(), |_made| ());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn der_x_5_a_block_keeps_one_label_however_it_is_written() {
        for (written, kept) in [("3", "3"), ("3栋", "3"), ("三号楼", "3"), ("A座", "A"), ("０３幢", "3")] {
            assert_eq!(label(written).as_deref(), Ok(kept), "{written}");
        }
        assert!(label("北区").is_err());
        assert_eq!(Block::called("A"), "A座");
    }
}
