//! The columns of each import, and finding them among the headings of a file.

use unicode_normalization::UnicodeNormalization;

use super::ImportKind;
use crate::shared::{Problem, ProblemCode, Text};

/// A column of an import.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Key, stable.
    pub key: &'static str,
    /// Chinese heading, as in the template.
    pub zh: &'static str,
    /// English heading.
    pub en: &'static str,
    /// Other headings people use.
    pub also: &'static [&'static str],
    /// Whether the file must have it.
    pub required: bool,
    /// What the template shows in its example row.
    pub example: &'static str,
}

const fn column(
    key: &'static str,
    (zh, en): (&'static str, &'static str),
    also: &'static [&'static str],
    required: bool,
    example: &'static str,
) -> Column {
    Column {
        key,
        zh,
        en,
        also,
        required,
        example,
    }
}

const HOUSES: &[Column] = &[
    column(
        "house",
        ("房号", "House"),
        &["房屋编号", "房间号", "门牌号", "房产编号"],
        true,
        "3-2-501",
    ),
    column(
        "area",
        ("建筑面积", "Area m2"),
        &["面积", "建筑面积(平方米)", "建筑面积(㎡)", "面积(㎡)"],
        false,
        "89.57",
    ),
    column("floor", ("楼层", "Floor"), &["层", "所在楼层"], false, "5"),
    column("use", ("用途", "Use"), &["房屋用途", "房屋性质", "类型"], false, "住宅"),
    column("status", ("状态", "Status"), &["房屋状态", "入住状态"], false, "自住"),
    column("area_code", ("辖区", "Area code"), &["辖区编号", "片区"], false, ""),
    column("note", ("备注", "Note"), &["说明"], false, ""),
];

const PARTIES: &[Column] = &[
    column("no", ("编号", "No"), &["业主编号", "客户编号", "住户编号"], false, ""),
    column(
        "name",
        ("姓名", "Name"),
        &["业主姓名", "客户名称", "名称", "业主", "住户姓名"],
        true,
        "张三",
    ),
    column("kind", ("类别", "Kind"), &["客户类别", "身份"], false, "业主"),
    column(
        "identity",
        ("证件号码", "Identity number"),
        &["身份证号", "身份证号码", "证件号"],
        false,
        "11010519491231002X",
    ),
    column(
        "phone",
        ("联系电话", "Phone"),
        &["电话", "手机", "手机号", "手机号码", "联系方式"],
        false,
        "13812345678",
    ),
    column(
        "phone2",
        ("备用电话", "Second phone"),
        &["电话2", "其他电话"],
        false,
        "",
    ),
    column("note", ("备注", "Note"), &["说明"], false, ""),
];

const OCCUPANCIES: &[Column] = &[
    column(
        "house",
        ("房号", "House"),
        &["房屋编号", "房间号", "门牌号"],
        true,
        "3-2-501",
    ),
    column(
        "party_no",
        ("编号", "No"),
        &["业主编号", "客户编号", "住户编号"],
        false,
        "",
    ),
    column(
        "name",
        ("姓名", "Name"),
        &["业主姓名", "客户名称", "名称", "业主", "住户姓名"],
        false,
        "张三",
    ),
    column(
        "identity",
        ("证件号码", "Identity number"),
        &["身份证号", "身份证号码", "证件号"],
        false,
        "",
    ),
    column(
        "phone",
        ("联系电话", "Phone"),
        &["电话", "手机", "手机号", "手机号码", "联系方式"],
        false,
        "13812345678",
    ),
    column(
        "role",
        ("关系", "Role"),
        &["角色", "身份", "类别", "入住身份"],
        false,
        "业主",
    ),
    column(
        "from",
        ("起始日", "From"),
        &["开始日期", "入住日期", "交房日期", "起始日期"],
        true,
        "2024-06-01",
    ),
    column("to", ("截止日", "To"), &["结束日期", "迁出日期", "截止日期"], false, ""),
];

/// The columns of an import, in the order of its template.
#[must_use]
pub const fn columns(kind: ImportKind) -> &'static [Column] {
    match kind {
        ImportKind::Houses => HOUSES,
        ImportKind::Parties => PARTIES,
        ImportKind::Occupancies => OCCUPANCIES,
    }
}

/// Where each column of an import lies in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headers {
    places: Vec<Option<usize>>,
    /// Headings that no column of the import has; they are passed over.
    pub ignored: Vec<String>,
}

impl Headers {
    /// Finds the columns of `kind` among the headings of a file.
    ///
    /// # Errors
    /// `file_refused` naming the headings that are missing, or one that stands twice.
    pub fn find(kind: ImportKind, headings: &[String]) -> Result<Self, Problem> {
        let known = columns(kind);
        let mut places = vec![None; known.len()];
        let mut ignored = Vec::new();
        for (at, heading) in headings.iter().enumerate() {
            let plain = plain(heading);
            if plain.is_empty() {
                continue;
            }
            match known.iter().position(|column| column.is_called(&plain)) {
                Some(found) if places[found].is_some() => return Err(twice(heading)),
                Some(found) => places[found] = Some(at),
                None => ignored.push(heading.trim().to_owned()),
            }
        }
        let missing: Vec<&Column> = known
            .iter()
            .zip(&places)
            .filter(|(column, place)| column.required && place.is_none())
            .map(|(column, _)| column)
            .collect();
        if missing.is_empty() {
            return Ok(Self { places, ignored });
        }
        Err(lacking(kind, &missing))
    }

    /// For each column of the import, in the order of its template, where it lies in the file.
    #[must_use]
    pub fn places(&self) -> &[Option<usize>] {
        &self.places
    }

    /// The text of column `at` of the import in this row, trimmed; `None` when empty or not in the file.
    #[must_use]
    pub(super) fn cell<'a>(&self, at: usize, cells: &'a [String]) -> Option<&'a str> {
        let text = cells.get(self.places[at]?)?.trim();
        (!text.is_empty()).then_some(text)
    }
}

impl Column {
    fn is_called(&self, plain_heading: &str) -> bool {
        [self.zh, self.en, self.key]
            .iter()
            .chain(self.also)
            .any(|name| plain(name) == plain_heading)
    }
}

/// A heading without marks for required columns, spaces, case and width.
fn plain(heading: &str) -> String {
    heading
        .nfkc()
        .filter(|c| !c.is_whitespace() && !matches!(c, '*' | ':' | '\u{feff}'))
        .flat_map(char::to_lowercase)
        .collect()
}

fn twice(heading: &str) -> Problem {
    let heading = heading.trim();
    Problem::new(
        ProblemCode::FileRefused,
        crate::text!(
            "表头“{heading}”出现了两次，请只保留一列。",
            "The heading “{heading}” stands twice: keep one of the columns."
        ),
    )
}

fn lacking(kind: ImportKind, missing: &[&Column]) -> Problem {
    let names = |of: fn(&Column) -> &'static str| missing.iter().map(|c| of(c)).collect::<Vec<_>>();
    let title = kind.title();
    Problem::new(
        ProblemCode::FileRefused,
        Text::of(
            format!(
                "{}导入的第一行须为表头，缺少：{}。请对照模板。",
                title.zh,
                names(|c| c.zh).join("、")
            ),
            format!(
                "The first row of an import of {} holds the headings; these are missing: {}. Compare with the template.",
                title.en,
                names(|c| c.en).join(", ")
            ),
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn headings_are_found_in_any_order_and_dress() {
        let found = Headers::find(
            ImportKind::Houses,
            &headings(&["\u{feff}面积（㎡）", " 房号* ", "物业类别"]),
        )
        .expect("fits");
        assert_eq!(found.ignored, ["物业类别"]);
        let row = headings(&["89.5", " 3-2-501 ", "x"]);
        assert_eq!(found.cell(0, &row), Some("3-2-501"));
        assert_eq!(found.cell(1, &row), Some("89.5"));
        assert_eq!(found.cell(2, &row), None);
    }

    #[test]
    fn a_missing_or_doubled_heading_is_named() {
        let lacking = Headers::find(ImportKind::Occupancies, &headings(&["姓名"])).expect_err("no house");
        assert!(lacking.detail.zh.contains("房号、起始日"), "{}", lacking.detail.zh);
        let twice = Headers::find(ImportKind::Houses, &headings(&["房号", "House"])).expect_err("twice");
        assert!(twice.detail.en.contains("House"), "{}", twice.detail.en);
    }

    #[test]
    fn no_heading_means_two_columns() {
        for kind in ImportKind::ALL {
            for column in columns(*kind) {
                let hits = |name: &str| columns(*kind).iter().filter(|c| c.is_called(&plain(name))).count();
                assert!(
                    column
                        .also
                        .iter()
                        .chain([&column.zh, &column.en])
                        .all(|name| hits(name) == 1),
                    "{column:?}"
                );
            }
        }
    }
}
