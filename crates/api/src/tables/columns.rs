//! Which cells a row has: the columns of a list, declared once for both formats.

use wuye_domain::shared::Text;

use super::Cell;
use crate::Language;

/// A column of a list.
pub struct Column<T: 'static> {
    /// Heading in Chinese.
    pub zh: &'static str,
    /// Heading in English.
    pub en: &'static str,
    /// Its value in a row.
    pub cell: fn(&T) -> Cell,
}

/// A row that can be written as a line of a table.
pub trait Tabular: Sized + 'static {
    /// What the list is called: name of the file and of the sheet.
    const NAME: Text;

    /// The columns, in order.
    fn columns() -> &'static [Column<Self>];
}

impl<T: 'static> Column<T> {
    /// A column.
    #[must_use]
    pub const fn new(zh: &'static str, en: &'static str, cell: fn(&T) -> Cell) -> Self {
        Self { zh, en, cell }
    }

    pub(super) const fn heading(&self, language: Language) -> &'static str {
        match language {
            Language::Zh => self.zh,
            Language::En => self.en,
        }
    }
}

/// Declares the name and the columns of a list, each in Chinese and English:
/// `tabular!(Visit, "回访登记" / "return visits" { "编号" / "Number" => |it| (&it.no).into(), … });`
macro_rules! tabular {
    ($row:ty, $name_zh:literal / $name_en:literal { $($zh:literal / $en:literal => |$it:ident| $cell:expr),+ $(,)? }) => {
        impl $crate::tables::Tabular for $row {
            const NAME: ::wuye_domain::shared::Text = ::wuye_domain::shared::Text::new($name_zh, $name_en);

            fn columns() -> &'static [$crate::tables::Column<Self>] {
                const COLUMNS: &[$crate::tables::Column<$row>] =
                    &[$($crate::tables::Column::new($zh, $en, |$it| $cell)),+];
                COLUMNS
            }
        }
    };
}

pub(crate) use tabular;
