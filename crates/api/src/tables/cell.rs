//! What stands in a cell, and how a CSV shows it.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use wuye_domain::shared::{Text, zone};

use crate::Language;

/// One value of a row. Quantities keep their unit, so that both formats show them as people read them.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words as they are stored.
    Text(String),
    /// Words of the product: the name of a state or kind, in the reader's language.
    Words(Text),
    /// A whole number.
    Whole(i64),
    /// Thousandths (areas, lengths): shown with three places.
    Milli(i64),
    /// Fen: shown as yuan.
    Fen(i64),
    /// Hundredths of a unit (values of goals): shown with two places.
    Centi(i64),
    /// A business date.
    Date(NaiveDate),
    /// An instant: shown in the company's zone, to the minute.
    Time(DateTime<Utc>),
    /// Yes or no.
    YesNo(bool),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text.to_owned())
        }
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

macro_rules! from {
    ($($source:ty => $variant:ident),+ $(,)?) => {$(
        impl From<$source> for Cell {
            fn from(value: $source) -> Self {
                Self::$variant(value.into())
            }
        }
    )+};
}
from!(Text => Words, i64 => Whole, i32 => Whole, i16 => Whole, NaiveDate => Date, DateTime<Utc> => Time, bool => YesNo);

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl Cell {
    /// Thousandths, where there are any.
    #[must_use]
    pub fn milli(value: Option<i64>) -> Self {
        value.map_or(Self::Empty, Self::Milli)
    }

    /// The last day of a time that is stored with the first day after it.
    #[must_use]
    pub fn last_day(until: Option<NaiveDate>) -> Self {
        until.and_then(|day| day.pred_opt()).into()
    }

    /// Several texts in one cell.
    #[must_use]
    pub fn list<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Self {
        let texts: Vec<T> = texts.into_iter().collect();
        let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
        texts.join("、").as_str().into()
    }

    /// Several words of the product in one cell.
    #[must_use]
    pub fn words(titles: impl IntoIterator<Item = Text>) -> Self {
        let titles: Vec<Text> = titles.into_iter().collect();
        if titles.is_empty() {
            return Self::Empty;
        }
        let join = |pick: fn(&Text) -> &str, mark: &str| titles.iter().map(pick).collect::<Vec<_>>().join(mark);
        Self::Words(Text::of(join(|text| &text.zh, "、"), join(|text| &text.en, ", ")))
    }

    /// The word for a stored code; the code itself where the product has no word for it.
    #[must_use]
    pub fn word<C: FromStr>(code: &str, title: impl FnOnce(C) -> Text) -> Self {
        code.parse()
            .map_or_else(|_| code.into(), |known| Self::Words(title(known)))
    }

    /// As the text of a CSV field. Words that a spreadsheet would run as a formula are made harmless; numbers stay
    /// numbers.
    pub(super) fn text(&self, language: Language) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => harmless(text),
            Self::Words(text) => harmless(language.pick(text)),
            Self::Whole(number) => number.to_string(),
            Self::Milli(number) => places(*number, 1000, 3),
            Self::Fen(number) | Self::Centi(number) => places(*number, 100, 2),
            Self::Date(date) => date.to_string(),
            Self::Time(at) => at
                .with_timezone(&zone::DEFAULT_ZONE)
                .format("%Y-%m-%d %H:%M")
                .to_string(),
            Self::YesNo(yes) => {
                let words = if *yes {
                    Text::new("是", "yes")
                } else {
                    Text::new("否", "no")
                };
                language.pick(&words).to_owned()
            }
        }
    }
}

/// A text that begins like a formula gets an apostrophe in front: `=1+1`, `+86…`, `-2`, `@x`, and tab or return before
/// them.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn places(number: i64, unit: i64, width: usize) -> String {
    let (whole, rest) = (
        number.unsigned_abs() / unit.unsigned_abs(),
        number.unsigned_abs() % unit.unsigned_abs(),
    );
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{whole}.{rest:0width$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_shown_with_its_unit() {
        let zh = |cell: Cell| cell.text(Language::Zh);
        assert_eq!(zh(Cell::Milli(89_570)), "89.570");
        assert_eq!(zh(Cell::Fen(-5)), "-0.05");
        assert_eq!(zh(Cell::YesNo(true)), "是");
        assert_eq!(Cell::YesNo(false).text(Language::En), "no");
        let at = "2026-01-31T16:05:00Z".parse().expect("time");
        assert_eq!(zh(Cell::Time(at)), "2026-02-01 00:05");
    }

    #[test]
    fn words_never_run_as_a_formula() {
        for text in ["=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(1)", "\t=1", "\r=1"] {
            let shown = Cell::from(text).text(Language::Zh);
            assert!(shown.starts_with('\''), "{shown}");
        }
        assert_eq!(Cell::from("3-2-501").text(Language::Zh), "3-2-501");
        assert_eq!(Cell::Whole(-5).text(Language::Zh), "-5", "a number is no formula");
    }
}
