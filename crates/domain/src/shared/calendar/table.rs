//! A table of days: date, kind and name, as the import takes it and the export writes it.

use unicode_normalization::UnicodeNormalization;

use super::CalendarDay;
use crate::shared::{FieldProblem, Issue, Name, Problem, ProblemCode, Text, workdays::DayKind, written};

/// Headings of each column, the export's own first.
const DATE: &[&str] = &["日期", "date", "day"];
const KIND: &[&str] = &["类别", "kind", "类型", "type"];
const NAME: &[&str] = &["名称", "name", "节日", "holiday", "备注"];

/// Words for each kind, besides its code and its titles.
const ALSO: &[(DayKind, &[&str])] = &[
    (DayKind::Workday, &["上班", "workday"]),
    (DayKind::MakeUpWorkday, &["调休上班", "补班日", "makeup", "make-up"]),
    (DayKind::Weekend, &["休息", "休息日"]),
    (DayKind::Holiday, &["节假日", "假日", "休假", "放假日"]),
];

/// Where the columns lie in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    date: usize,
    kind: usize,
    name: Option<usize>,
}

impl Columns {
    /// Finds them among the headings.
    ///
    /// # Errors
    /// `file_refused` when date or kind is missing.
    pub fn find(headings: &[String]) -> Result<Self, Problem> {
        let place = |names: &[&str]| {
            headings
                .iter()
                .position(|heading| names.contains(&plain(heading).as_str()))
        };
        match (place(DATE), place(KIND)) {
            (Some(date), Some(kind)) => Ok(Self {
                date,
                kind,
                name: place(NAME),
            }),
            _ => Err(Problem::new(
                ProblemCode::FileRefused,
                Text::new(
                    "表头须有“日期”和“类别”两列。",
                    "The headings must name a date and a kind.",
                ),
            )),
        }
    }

    /// Reads a row.
    ///
    /// # Errors
    /// The cells that cannot be read, by row and column.
    pub fn day(&self, row: i32, cells: &[String]) -> Result<CalendarDay, FieldProblem> {
        let cell = |place: usize| cells.get(place).map_or("", |cell| cell.trim());
        let fault = |column: &str| {
            let pointer = format!("/rows/{row}/{column}");
            move |issue: Issue| FieldProblem {
                pointer,
                code: issue.code.into(),
                message: issue.message,
            }
        };
        let name = self.name.map(cell).filter(|name| !name.is_empty());
        Ok(CalendarDay {
            date: written::date(cell(self.date)).map_err(fault("date"))?,
            kind: kind(cell(self.kind)).map_err(fault("kind"))?,
            name: name.map(Name::new).transpose().map_err(fault("name"))?,
        })
    }
}

fn kind(text: &str) -> Result<DayKind, Issue> {
    let plain = plain(text);
    let known = ALSO.iter().find(|(kind, also)| {
        let title = kind.title();
        plain == kind.code() || plain == title.zh || plain == title.en || also.contains(&plain.as_str())
    });
    known.map(|(kind, _)| *kind).ok_or_else(|| {
        let titles = || DayKind::ALL.iter().map(|kind| kind.title());
        let zh = titles().map(|title| title.zh).collect::<Vec<_>>().join("、");
        let en = titles().map(|title| title.en).collect::<Vec<_>>().join(", ");
        Issue::new("unknown_choice", crate::text!("只能填：{zh}", "must be one of: {en}"))
    })
}

fn plain(text: &str) -> String {
    let text: String = text.nfkc().flat_map(char::to_lowercase).collect();
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | ':' | '\u{feff}'))
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn ob_73_a_table_of_days_is_read_in_both_languages() {
        let zh = Columns::find(&row(&["日期", "星期", "类别", "名称"])).expect("headings");
        let day = zh.day(2, &row(&["2027/2/6", "六", "放假", "春节"])).expect("a day");
        assert_eq!(
            (day.date.to_string().as_str(), day.kind),
            ("2027-02-06", DayKind::Holiday)
        );
        assert_eq!(day.name.as_deref(), Some("春节"));
        let en = Columns::find(&row(&["Kind", "Date"])).expect("headings");
        let day = en.day(2, &row(&["make-up workday", "2027-02-07"])).expect("a day");
        assert_eq!((day.kind, day.name), (DayKind::MakeUpWorkday, None));
        for kind in DayKind::ALL {
            assert_eq!(super::kind(&kind.title().zh), Ok(*kind));
            assert_eq!(super::kind(&kind.title().en), Ok(*kind));
            assert_eq!(super::kind(kind.code()), Ok(*kind));
        }
    }

    #[test]
    fn what_cannot_be_read_is_named_by_row_and_column() {
        assert!(Columns::find(&row(&["日期", "名称"])).is_err());
        let columns = Columns::find(&row(&["日期", "类别"])).expect("headings");
        let pointer = |cells: &[&str]| columns.day(7, &row(cells)).expect_err("refused").pointer;
        assert_eq!(pointer(&["明天", "放假"]), "/rows/7/date");
        assert_eq!(pointer(&["2027-01-01", "也许"]), "/rows/7/kind");
        assert_eq!(pointer(&[]), "/rows/7/date");
    }
}
