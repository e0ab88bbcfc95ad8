//! Values as people write them into tables.

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

use super::{Issue, Text};

/// A date: `2024-06-01`, `2024/6/1`, `2024.6.1`, `2024年6月1日`, `20240601`, and a date with a time after it.
///
/// # Errors
/// [`Issue`] `invalid_format`.
pub fn date(text: &str) -> Result<NaiveDate, Issue> {
    let text: String = text.nfkc().collect();
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    let day: String = day
        .trim_end_matches('日')
        .chars()
        .map(|c| if matches!(c, '/' | '.' | '年' | '月') { '-' } else { c })
        .collect();
    let read = if day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit()) {
        NaiveDate::parse_from_str(&day, "%Y%m%d")
    } else {
        NaiveDate::parse_from_str(&day, "%Y-%m-%d")
    };
    read.ok()
        .filter(|date| *date >= NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default())
        .filter(|date| *date <= NaiveDate::from_ymd_opt(2200, 1, 1).unwrap_or_default())
        .ok_or_else(|| {
            let words = Text::new("须为日期，如 2024-06-01", "must be a date such as 2024-06-01");
            Issue::new("invalid_format", words)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let day = NaiveDate::from_ymd_opt(2024, 6, 1);
        for text in [
            "2024-06-01",
            "2024/6/1",
            "2024.6.1",
            "2024年6月1日",
            "20240601",
            "2024-06-01T00:00:00",
            "２０２４-6-1",
        ] {
            assert_eq!(date(text).ok(), day, "{text}");
        }
        for text in ["2024-02-30", "1.6.2024", "45444", "", "1899-12-31"] {
            assert!(date(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_answered_without_panic(text in "\\PC{0,20}") {
            let _ = date(&text);
        }
    }
}
