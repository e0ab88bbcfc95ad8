//! The cases behind a figure as a file.

use wuye_domain::{service_desk::cases::Validity, shared::Text};
use wuye_persistence::service_desk::measures::FigureRow;

use crate::tables::{Cell, Column, Tabular};

impl Tabular for FigureRow {
    const NAME: Text = Text::new("目标明细", "cases behind a goal");

    fn columns() -> &'static [Column<Self>] {
        const COLUMNS: &[Column<FigureRow>] = &[
            Column::new("编号", "Number", |row| Cell::Text(row.no.clone())),
            Column::new("类别", "Kind", |row| Cell::Words(row.kind.title())),
            Column::new("状态", "State", |row| Cell::Words(row.state.title())),
            Column::new("认定", "Finding", |row| {
                row.validity.map_or(Cell::Empty, |found| Cell::Words(finding(found)))
            }),
            Column::new("内容", "Text", |row| Cell::Text(row.text.clone())),
            Column::new("受理时间", "Received", |row| Cell::Time(row.received_at)),
            Column::new("答复期限", "Due", |row| Cell::Time(row.due_at)),
            Column::new("办结时间", "Closed", |row| {
                row.closed_at.map_or(Cell::Empty, Cell::Time)
            }),
            Column::new("并入他件", "Linked", |row| Cell::YesNo(row.is_duplicate)),
        ];
        COLUMNS
    }
}

const fn finding(found: Validity) -> Text {
    match found {
        Validity::Pending => Text::new("待认定", "pending"),
        Validity::Valid => Text::new("有效", "valid"),
        Validity::Invalid => Text::new("无效", "not valid"),
    }
}
