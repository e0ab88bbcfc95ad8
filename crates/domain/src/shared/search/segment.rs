//! Cutting a text into runs of one script, and finding the houses in it.

use unicode_normalization::UnicodeNormalization;

use crate::shared::house_no::{HouseRef, looks_like_house};

/// One run of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Segment {
    /// Chinese characters.
    Han(String),
    /// Latin letters, lower case.
    Letters(String),
    /// ASCII digits.
    Digits(String),
    /// A house reference in any way of writing.
    House(HouseRef),
}

/// No house reference is longer than this many characters.
const LONGEST_HOUSE: usize = 24;

/// Full width to half width, lower case, `ü` to `v`, the dot inside names removed, control characters dropped.
pub(super) fn normalise(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    for c in text.nfkc().flat_map(char::to_lowercase) {
        match c {
            // 阿卜杜拉·买买提, but 3·501 keeps its separator.
            '·' | '•' | '‧' | '・' if normal.ends_with(|before: char| !before.is_ascii()) => {}
            'ü' => normal.push('v'),
            c if c.is_control() && !c.is_whitespace() => {}
            c => normal.push(c),
        }
    }
    normal
}

/// The runs of a normalised text, with every house reference in it as one segment.
pub(super) fn segments(text: &str) -> Vec<Segment> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let (mut plain_from, mut at) = (0, 0);
    while at < chars.len() {
        match house_at(text, &chars, at) {
            Some((house, next)) => {
                found.extend(plain_segments(&text[plain_from..chars[at].0]));
                found.push(Segment::House(house));
                plain_from = chars.get(next).map_or(text.len(), |c| c.0);
                at = next;
            }
            None => at += 1,
        }
    }
    found.extend(plain_segments(&text[plain_from..]));
    found
}

/// The longest house reference that begins at this character, and where it ends.
fn house_at(text: &str, chars: &[(usize, char)], at: usize) -> Option<(HouseRef, usize)> {
    let starts_label = chars[at].1.is_ascii_alphanumeric() || crate::shared::numerals::is_han_numeral(chars[at].1);
    let inside_label = at > 0 && chars[at].1.is_ascii_alphanumeric() && chars[at - 1].1.is_ascii_alphanumeric();
    if !starts_label || inside_label {
        return None;
    }
    let last = chars.len().min(at + LONGEST_HOUSE);
    (at + 3..=last).rev().find_map(|end| {
        // A number must not be cut: 3-2-5012 is not 3-2-501.
        let cuts =
            end < chars.len() && chars[end].1.is_ascii_alphanumeric() && chars[end - 1].1.is_ascii_alphanumeric();
        let to = chars.get(end).map_or(text.len(), |c| c.0);
        if cuts {
            None
        } else {
            looks_like_house(&text[chars[at].0..to]).map(|h| (h, end))
        }
    })
}

/// The runs of a normalised text by script alone.
pub(super) fn plain_segments(text: &str) -> Vec<Segment> {
    let mut found: Vec<Segment> = Vec::new();
    let mut touching = false;
    for c in text.chars() {
        match (kind(c), found.last_mut()) {
            (Some(Segment::Han(_)), Some(Segment::Han(run)))
            | (Some(Segment::Letters(_)), Some(Segment::Letters(run)))
            | (Some(Segment::Digits(_)), Some(Segment::Digits(run)))
                if touching =>
            {
                run.push(c);
            }
            (Some(segment), _) => found.push(segment),
            (None, _) => {}
        }
        touching = kind(c).is_some();
    }
    found
}

/// The digits of a query that is a phone number and nothing else: `138 1234 5678`, `+86-138…`, `(010) 6234-5678`.
pub(super) fn phone(text: &str) -> Option<String> {
    if !text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '+' | '(' | ')'))
    {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    // Only the last eleven are stored, so a country code must not be asked for.
    (digits.len() >= 7 && digits.len() < text.len() || digits.len() > super::LONGEST_TAIL)
        .then(|| digits[digits.len().saturating_sub(super::LONGEST_TAIL)..].to_owned())
}

fn kind(c: char) -> Option<Segment> {
    let run = c.to_string();
    if c.is_ascii_digit() {
        Some(Segment::Digits(run))
    } else if c.is_ascii_alphabetic() {
        Some(Segment::Letters(run))
    } else if c.is_alphanumeric() && !c.is_ascii() {
        // Han, and any other script: pairs serve them all.
        Some(Segment::Han(run))
    } else {
        None
    }
}
