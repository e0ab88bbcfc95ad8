//! Reading one cell: what it may hold, and the words when it does not.

use unicode_normalization::UnicodeNormalization;

use super::{Column, Headers, ImportKind, columns};
use crate::shared::{Issue, Text, checked_text};

/// One cell that cannot be taken. Never holds the value: it may be somebody's phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellError {
    /// Heading of the column, as the template has it (Chinese).
    pub column: &'static str,
    /// Stable code.
    pub code: String,
    /// The reason in words.
    pub message: Text,
}

/// The cells of one row that cannot be taken.
pub type RowError = Vec<CellError>;

/// One row being read: collects every error, so that a person mends a row once.
pub(super) struct RowReader<'a> {
    columns: &'static [Column],
    headers: &'a Headers,
    cells: &'a [String],
    errors: RowError,
}

impl<'a> RowReader<'a> {
    pub(super) fn new(kind: ImportKind, headers: &'a Headers, cells: &'a [String]) -> Self {
        Self {
            columns: columns(kind),
            headers,
            cells,
            errors: Vec::new(),
        }
    }

    /// The trimmed text of a column.
    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.headers.cell(self.place(key), self.cells)
    }

    /// A column that may be empty, read by `parse`.
    pub(super) fn optional<T>(&mut self, key: &str, parse: impl FnOnce(&str) -> Result<T, Issue>) -> Option<T> {
        let text = self.text(key)?;
        parse(text).map_err(|issue| self.refuse(key, issue)).ok()
    }

    /// A column that must be filled in, read by `parse`.
    pub(super) fn required<T>(&mut self, key: &str, parse: impl FnOnce(&str) -> Result<T, Issue>) -> Option<T> {
        if self.text(key).is_none() {
            self.refuse(key, Issue::new("required", Text::new("必须填写", "must be filled in")));
            return None;
        }
        self.optional(key, parse)
    }

    /// Adds an error.
    pub(super) fn refuse(&mut self, key: &str, issue: Issue) {
        self.errors.push(CellError {
            column: self.columns[self.place(key)].zh,
            code: issue.code,
            message: issue.message,
        });
    }

    /// The row, when nothing was refused.
    pub(super) fn finish<T>(self, row: Option<T>) -> Result<T, RowError> {
        match row {
            Some(row) if self.errors.is_empty() => Ok(row),
            _ => Err(self.errors),
        }
    }

    fn place(&self, key: &str) -> usize {
        self.columns.iter().position(|column| column.key == key).unwrap_or(0)
    }
}

fn invalid(zh: &'static str, en: &'static str) -> Issue {
    Issue::new("invalid_format", Text::new(zh, en))
}

/// A text of at most `max` characters.
pub(super) fn words(max: usize) -> impl FnOnce(&str) -> Result<String, Issue> {
    move |text| checked_text(text, 1, max, true)
}

/// A positive decimal with at most three places, in thousandths: `89.57` → 89570.
pub(super) fn thousandths(text: &str) -> Result<i64, Issue> {
    let problem = || {
        invalid(
            "须为大于0的数字，最多三位小数，如 89.57",
            "must be a number above 0 with at most three places",
        )
    };
    let text: String = text.nfkc().filter(|c| !matches!(c, ',' | ' ')).collect();
    let text = text.trim_end_matches("m2").trim_end_matches("平方米");
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(places) {
        return Err(problem());
    }
    // Spreadsheets write 89.57 as 89.569999999999993: more than six places are rounded, four to six refused.
    let places = match places.len() {
        0..=3 => format!("{places:0<3}").parse::<i64>(),
        4..=6 if places[3..].bytes().any(|b| b != b'0') => return Err(problem()),
        _ => places[..4].parse::<i64>().map(|n| (n + 5) / 10),
    };
    match (whole.parse::<i64>(), places) {
        (Ok(whole), Ok(places)) if whole < 10_000_000 && whole * 1000 + places > 0 => Ok(whole * 1000 + places),
        _ => Err(problem()),
    }
}

/// A floor from -9 to 200: `5`, `5层`, `-1`, `B1`.
pub(super) fn floor(text: &str) -> Result<i16, Issue> {
    let text: String = text.nfkc().flat_map(char::to_uppercase).collect();
    let text = text.trim_end_matches(['层', 'F', '楼']).trim_end_matches(".0");
    let below = text.strip_prefix(['B', '负']);
    let number = below.unwrap_or(text).parse::<i16>().ok();
    number
        .map(|n| if below.is_some() { -n } else { n })
        .filter(|n| (-9..=200).contains(n))
        .ok_or_else(|| invalid("楼层须为-9至200之间的整数", "a floor is a whole number from -9 to 200"))
}

/// One of a list of words; each value may have several.
pub(super) fn one_of<T: Copy>(
    choices: &'static [(T, &'static [&'static str])],
) -> impl FnOnce(&str) -> Result<T, Issue> {
    move |text| {
        let plain: String = text.nfkc().flat_map(char::to_lowercase).collect();
        let found = choices.iter().find(|(_, names)| names.contains(&plain.as_str()));
        found.map(|(value, _)| *value).ok_or_else(|| {
            let of =
                |at: usize| -> Vec<&str> { choices.iter().filter_map(|(_, names)| names.get(at).copied()).collect() };
            Issue::new(
                "unknown_choice",
                Text::of(
                    format!("只能填：{}", of(0).join("、")),
                    format!("must be one of: {}", of(1).join(", ")),
                ),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn der_x_5_measures_are_read_as_people_write_them() {
        for (text, value) in [
            ("89.57", Some(89_570)),
            ("１２０", Some(120_000)),
            ("1,204.5㎡", Some(1_204_500)),
            ("89.569999999999993", Some(89_570)),
            ("0.001", Some(1)),
            ("0", None),
            ("-5", None),
            ("89.5712", None),
            ("八十", None),
            ("", None),
            ("1.2.3", None),
            ("99999999", None),
        ] {
            assert_eq!(thousandths(text).ok(), value, "{text}");
        }
    }

    #[test]
    fn floors_are_read_as_people_write_them() {
        for (text, value) in [
            ("5", Some(5)),
            ("5层", Some(5)),
            ("B1", Some(-1)),
            ("负2层", Some(-2)),
            ("-1", Some(-1)),
            ("顶", None),
            ("300", None),
        ] {
            assert_eq!(floor(text).ok(), value, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_answered_without_panic(text in "\\PC{0,20}") {
            let _ = (thousandths(&text), floor(&text));
        }

        #[test]
        fn a_measure_survives_the_way_through_text(milli in 1i64..10_000_000_000) {
            let text = format!("{}.{:03}", milli / 1000, milli % 1000);
            prop_assert_eq!(thousandths(&text).ok(), Some(milli));
        }
    }
}
