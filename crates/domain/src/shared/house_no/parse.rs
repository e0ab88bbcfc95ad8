//! The grammar of house references.
//!
//! A text is cut into labels (`3`, `A`, `501`), words that say what the label before them is (栋, 单元, 层, 室) and
//! separators. The last label is the room, the first the block; what lies between is the unit and, if it agrees with the
//! room, the floor.

use unicode_normalization::UnicodeNormalization;

use super::{BlockRef, HouseRef};
use crate::shared::numerals::{is_han_numeral, parse_han_numeral};

/// Longer ones are parts of phone numbers and dates.
const MAX_BLOCK: usize = 3;
const MAX_UNIT: usize = 2;
const MAX_FLOOR: usize = 2;
const MAX_ROOM: usize = 6;

/// Why a text is not a house reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HouseRefError {
    /// It holds something that is neither a number, a letter, a known word nor a separator, or its parts are in an
    /// impossible order or too long.
    Unreadable,
    /// No block is named (`2单元501`, `501`).
    NoBlock,
    /// No room is named (`3栋2单元`).
    NoRoom,
    /// The floor contradicts the room (`5层601`).
    FloorContradictsRoom,
}

/// What a word says about the label before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Block,
    Unit,
    Floor,
    Room,
    /// 号, 楼 and #: a block when they follow the first label, else a floor (楼) or a room (号).
    Number,
    Storey,
}

struct Item {
    label: String,
    word: Option<Word>,
}

/// The words, longest first, because 号楼 must not be read as 号.
const WORDS: [(&str, Word); 14] = [
    ("号楼", Word::Block),
    ("单元", Word::Unit),
    ("楼层", Word::Floor),
    ("栋", Word::Block),
    ("幢", Word::Block),
    ("座", Word::Block),
    ("层", Word::Floor),
    ("室", Word::Room),
    ("户", Word::Room),
    ("房", Word::Room),
    ("门", Word::Unit),
    ("号", Word::Number),
    ("#", Word::Number),
    ("楼", Word::Storey),
];

pub(super) fn house(text: &str) -> Result<HouseRef, HouseRefError> {
    let mut items = items(text).ok_or(HouseRefError::Unreadable)?;
    split_single_label(&mut items);
    let room = items.pop().ok_or(HouseRefError::NoBlock)?;
    match room.word {
        None | Some(Word::Room | Word::Number) => {}
        Some(_) => return Err(HouseRefError::NoRoom),
    }
    let mut before = items.into_iter();
    let block = before.next().ok_or(HouseRefError::NoBlock)?;
    if !matches!(block.word, None | Some(Word::Block | Word::Number | Word::Storey)) {
        return Err(HouseRefError::NoBlock);
    }
    let (unit, floor) = middle(before)?;
    let room = room_on_floor(room.label, floor.as_deref())?;
    let fits = block.label.len() <= MAX_BLOCK
        && room.len() <= MAX_ROOM
        && room.bytes().any(|b| b.is_ascii_digit())
        && unit.as_ref().is_none_or(|u| u.len() <= MAX_UNIT);
    if fits {
        Ok(HouseRef {
            block: block.label,
            unit,
            room,
        })
    } else {
        Err(HouseRefError::Unreadable)
    }
}

pub(super) fn block(text: &str) -> Option<BlockRef> {
    let mut items = items(text)?.into_iter();
    let block = items.next()?;
    if !matches!(block.word, Some(Word::Block)) || block.label.len() > MAX_BLOCK {
        return None;
    }
    let unit = match items.next() {
        None => None,
        Some(Item {
            label,
            word: Some(Word::Unit),
        }) if label.len() <= MAX_UNIT => Some(label),
        Some(_) => return None,
    };
    items.next().is_none().then_some(BlockRef {
        block: block.label,
        unit,
    })
}

/// Whether a text found inside a longer one should be taken as a house.
///
/// Stricter than [`house`]: a text of Chinese numerals alone needs a word for the block and a room of three digits,
/// because names and sentences hold numerals too.
pub(crate) fn looks_like_house(text: &str) -> Option<HouseRef> {
    let house = house(text).ok()?;
    if items(text)?.len() < 2 {
        return None; // B12345 may be a number plate
    }
    let plain: String = text.nfkc().collect();
    let has_ascii = plain.bytes().any(|b| b.is_ascii_digit());
    let named = WORDS
        .iter()
        .any(|(w, word)| matches!(word, Word::Block | Word::Number) && plain.contains(w));
    (has_ascii || (named && house.room.len() >= 3)).then_some(house)
}

/// Whether the text is exactly one label, with or without its word: one field of an import row.
pub(super) fn is_single(text: &str) -> bool {
    items(text).is_some_and(|i| i.len() == 1)
}

/// The unit and the floor between block and room.
fn middle(items: impl Iterator<Item = Item>) -> Result<(Option<String>, Option<String>), HouseRefError> {
    let (mut unit, mut floor) = (None, None);
    for Item { label, word } in items {
        match word {
            None | Some(Word::Unit) if unit.is_none() && floor.is_none() => unit = Some(label),
            None | Some(Word::Floor | Word::Storey) if floor.is_none() && label.len() <= MAX_FLOOR => {
                floor = Some(label)
            }
            _ => return Err(HouseRefError::Unreadable),
        }
    }
    Ok((unit, floor))
}

/// `5层501` is room 501, and so is `5层01`.
fn room_on_floor(room: String, floor: Option<&str>) -> Result<String, HouseRefError> {
    let Some(floor) = floor else { return Ok(room) };
    let digits = room.bytes().take_while(u8::is_ascii_digit).count();
    match digits {
        1 | 2 => Ok(format!("{floor}{:0>2}{}", &room[..digits], &room[digits..])),
        _ if digits > 2 && room[..digits - 2] == *floor => Ok(room),
        _ => Err(HouseRefError::FloorContradictsRoom),
    }
}

/// `A1203` is block A, room 1203: the only label that is cut in two.
fn split_single_label(items: &mut Vec<Item>) {
    let [Item { label, .. }] = items.as_slice() else { return };
    let letters = label.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters == 0 || label.len() - letters < 3 {
        return;
    }
    let word = items[0].word;
    let room = items[0].label.split_off(letters);
    items[0].word = None;
    items.push(Item {
        label: trimmed(&room),
        word,
    });
}

/// Cuts the text into labels and their words; `None` when something else stands in it.
fn items(text: &str) -> Option<Vec<Item>> {
    let text: String = text
        .nfkc()
        .filter(|c| !c.is_control())
        .flat_map(char::to_uppercase)
        .collect();
    let mut items: Vec<Item> = Vec::new();
    let mut rest = text.trim();
    let mut cut = true;
    while let Some(c) = rest.chars().next() {
        if is_separator(c) {
            rest = &rest[c.len_utf8()..];
            cut = true;
        } else if let Some((word, kind)) = WORDS.iter().find(|(w, _)| rest.starts_with(w)) {
            // A word belongs to the label before it, and each label has one.
            let last = items.last_mut().filter(|i| i.word.is_none())?;
            last.word = Some(*kind);
            rest = &rest[word.len()..];
            cut = true;
        } else {
            // Two labels must not touch: 三3 is neither 33 nor 3-3.
            if !cut {
                return None;
            }
            let end = rest.find(|d| !same_kind(c, d)).unwrap_or(rest.len());
            items.push(Item {
                label: label(&rest[..end])?,
                word: None,
            });
            rest = &rest[end..];
            cut = false;
        }
    }
    Some(items)
}

fn label(run: &str) -> Option<String> {
    if run.starts_with(is_han_numeral) {
        return Some(parse_han_numeral(run)?.to_string());
    }
    run.bytes().all(|b| b.is_ascii_alphanumeric()).then(|| trimmed(run))
}

fn trimmed(label: &str) -> String {
    let digits = label.bytes().take_while(u8::is_ascii_digit).count();
    // One digit always stays: "000" is "0", and "0A" is not "A".
    let zeros = label
        .bytes()
        .take_while(|b| *b == b'0')
        .count()
        .min(digits.saturating_sub(1));
    label[zeros..].to_owned()
}

fn same_kind(first: char, c: char) -> bool {
    if is_han_numeral(first) {
        is_han_numeral(c)
    } else {
        c.is_ascii_alphanumeric()
    }
}

/// Dashes of every width, spaces, dots, slashes and commas. NFKC has already folded the full-width ones.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '_' | '/' | '\\' | '.' | ',' | '~' | '·' | '•' | '、' | '。' | '‐'..='―' | '−' | '─'
        )
}
