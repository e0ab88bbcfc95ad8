//! House references: what stands on a door, and the many ways people write it.
//!
//! `3-2-501`, `3栋2单元501`, `3号楼2单元5层501室`, `３－２－５０１`, `三栋二单元五〇一`, `3#2-501`, `A座1203` are all read into
//! one [`HouseRef`]; its canonical text is what is stored, searched and printed. The grammar is in `parse`.

mod parse;

use std::fmt;

use crate::shared::natural::natural_key;

pub use parse::HouseRefError;
pub(crate) use parse::looks_like_house;

/// One house of an estate, by what is written on the door. Parts are upper-case ASCII labels without leading zeros.
///
/// Two texts that mean the same door give equal values. An estate without units (or one whose people leave the unit
/// out) has `unit: None`; this is *not* equal to the same door with its unit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HouseRef {
    block: String,
    unit: Option<String>,
    room: String,
}

/// Part of a house reference: a block (`3栋`) or a unit of a block (`3栋2单元`), as it comes in a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockRef {
    /// The block's label, e.g. `3` or `A`.
    pub block: String,
    /// The unit's label, when the text names one.
    pub unit: Option<String>,
}

impl HouseRef {
    /// Builds a reference from separate fields (an import with three columns).
    ///
    /// Each field is normalised as [`HouseRef::parse`] would: full-width forms, Chinese numerals, letter case, leading
    /// zeros. An empty `unit` is no unit.
    pub fn from_parts(block: &str, unit: &str, room: &str) -> Result<Self, HouseRefError> {
        let fields: Vec<&str> = [block, unit, room]
            .into_iter()
            .filter(|f| !f.trim().is_empty())
            .collect();
        if !fields.iter().all(|f| parse::is_single(f)) {
            return Err(HouseRefError::Unreadable);
        }
        Self::parse(&fields.join("-"))
    }

    /// Reads one of the usual ways of writing a house; the whole text must be the reference.
    ///
    /// # Errors
    /// [`HouseRefError`] says what is missing, so that the form can say it too.
    pub fn parse(text: &str) -> Result<Self, HouseRefError> {
        parse::house(text)
    }

    /// The block (栋, 幢, 号楼, 座).
    pub fn block(&self) -> &str {
        &self.block
    }

    /// The unit (单元), if the reference has one.
    pub fn unit(&self) -> Option<&str> {
        self.unit.as_deref()
    }

    /// The room, e.g. `501`.
    pub fn room(&self) -> &str {
        &self.room
    }

    /// The floor a numeric room lies on, by the usual numbering: 501 → 5, 1203 → 12. `None` for two digits or letters.
    pub fn floor(&self) -> Option<u16> {
        let digits = self.room.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if !digits.bytes().all(|b| b.is_ascii_digit()) || digits.len() < 3 {
            return None;
        }
        digits[..digits.len() - 2].parse().ok()
    }

    /// The key lists sort by: 3-2-501 stands before 3-10-501, and a house without unit before those with one.
    pub fn sort_key(&self) -> String {
        let unit = self.unit.as_deref().unwrap_or("");
        format!(
            "{}-{}-{}",
            natural_key(&self.block),
            natural_key(unit),
            natural_key(&self.room)
        )
    }

    /// The long form for notices and letters: `3栋2单元501`.
    pub fn zh(&self) -> String {
        let unit = self.unit.as_deref().map(|u| format!("{u}单元")).unwrap_or_default();
        // A lettered block is called 座, a numbered one 栋.
        let word = if self.block.starts_with(|c: char| c.is_ascii_alphabetic()) {
            "座"
        } else {
            "栋"
        };
        format!("{}{word}{unit}{}", self.block, self.room)
    }

    /// Every text under which a search finds this house, canonical and partial: `3-2-501`, `3-501`, `2-501`, `3-2`,
    /// `501`, `3栋`; a lettered block also by its letter alone.
    pub fn search_forms(&self) -> Vec<String> {
        let Self { block, unit, room } = self;
        let mut forms = vec![format!("{block}-{room}"), room.clone(), format!("{block}栋")];
        if block.starts_with(|c: char| c.is_ascii_alphabetic()) {
            forms.push(block.clone());
        }
        if let Some(unit) = unit {
            forms.extend([
                format!("{block}-{unit}-{room}"),
                format!("{block}-{unit}"),
                format!("{unit}-{room}"),
            ]);
        }
        forms
    }
}

impl BlockRef {
    /// Reads `3栋`, `3号楼`, `A座`, `3栋2单元`; `None` when the text is no such thing.
    pub fn parse(text: &str) -> Option<Self> {
        parse::block(text)
    }

    /// The form that [`HouseRef::search_forms`] holds for every house in this block or unit.
    pub fn search_form(&self) -> String {
        match &self.unit {
            Some(unit) => format!("{}-{unit}", self.block),
            None => format!("{}栋", self.block),
        }
    }
}

/// The canonical text: `3-2-501`, `3-501`, `A-1203`.
impl fmt::Display for HouseRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-", self.block)?;
        if let Some(unit) = &self.unit {
            write!(f, "{unit}-")?;
        }
        f.write_str(&self.room)
    }
}

#[cfg(test)]
#[path = "tests.rs"]
pub(crate) mod tests;
