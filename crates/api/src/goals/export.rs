//! The goals of the years, their figures, months and the cases behind them, as files.

use actix_web::{HttpResponse, get, web};
use uuid::Uuid;
use wuye_domain::{
    access::need,
    goals::{Cause, Measurement},
    service_desk::cases::Validity,
    shared::Text,
};
use wuye_persistence::{
    goals::{self, GoalSetFilter, GoalSetSort},
    service_desk::measures::FigureRow,
};

use super::{
    dto::GoalSetHead,
    figures::{AsOf, GoalFigure, GoalFigures, TrendPoint, points},
    rows::{Behind, RowFilter},
    sets,
};
use crate::{
    ApiError, App, Guard,
    list::{NoFilter, NoSort},
    org::named::{self, Named},
    tables::{self, Cell, Column, ExportQuery, FormatParam, TableFile, Tabular, export_operation, tabular},
};

tabular!(Named<GoalSetHead>, "年度目标" / "goals by year" {
    "年度" / "Year" => |it| it.row.year.into(),
    "小区" / "Estate" => |it| it.estate(Some(it.row.estate_id)),
    "状态" / "State" => |it| it.row.state.title().into(),
    "起草人" / "Drafted by" => |it| it.person(Some(it.row.drafted_by)),
    "批准人" / "Approved by" => |it| it.person(it.row.approved_by),
    "批准时间" / "Approved" => |it| it.row.approved_at.into(),
    "冻结时间" / "Frozen" => |it| it.row.frozen_at.into(),
});

export_operation! {
    /// The goal sets as a file
    export_goal_sets "export_goal_sets" at "/goal-sets/export" in "goals",
    needs: GoalRead "goal.read",
    clauses: ["GOAL-S2"],
    query: GoalSetFilter, GoalSetSort,
    rows: named::listed, sets::page,
}

/// The figures of a year as a file
#[utoipa::path(tag = "goals", operation_id = "export_goal_figures", params(("id" = Uuid, Path), FormatParam, AsOf),
    responses(TableFile),
    extensions(("x-permission" = json!("goal.read")), ("x-clauses" = json!(["GOAL-1", "GOAL-2", "GOAL-3", "GOAL-4", "GOAL-5", "GOAL-S2"]))))]
#[get("/goal-sets/{id}/figures/export")]
pub async fn export_goal_figures(
    guard: Guard<need::GoalRead>,
    id: web::Path<Uuid>,
    query: ExportQuery<AsOf, NoSort>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let mut conn = app.conn().await?;
    let set = goals::find(&mut conn, &guard.scope, *id).await?;
    let figures = GoalFigures::of(&mut conn, &guard.scope, &set, &query.filter, app.now()).await?;
    drop(conn);
    tables::whole(query.format, query.language, figures.goals).await
}

/// A goal by month as a file
#[utoipa::path(tag = "goals", operation_id = "export_goal_trend", params(("id" = Uuid, Path), FormatParam),
    responses(TableFile),
    extensions(("x-permission" = json!("goal.read")), ("x-clauses" = json!(["GOAL-2", "GOAL-3", "GOAL-S2"]))))]
#[get("/goals/{id}/trend/export")]
pub async fn export_goal_trend(
    guard: Guard<need::GoalRead>,
    id: web::Path<Uuid>,
    query: ExportQuery<NoFilter, NoSort>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let mut conn = app.conn().await?;
    let (row, set) = goals::find_goal(&mut conn, &guard.scope, *id).await?;
    let points = points(&mut conn, &guard.scope, &set, &[row], app.now()).await?;
    drop(conn);
    tables::whole(query.format, query.language, points).await
}

/// The cases behind a figure as a file
#[utoipa::path(tag = "goals", operation_id = "export_goal_rows", params(("id" = Uuid, Path), FormatParam, RowFilter),
    responses(TableFile, (status = 409, description = "`last` before the year is over")),
    extensions(("x-permission" = json!("goal.read")), ("x-clauses" = json!(["GOAL-2", "GOAL-3"]))))]
#[get("/goals/{id}/rows/export")]
pub async fn export_goal_rows(
    guard: Guard<need::GoalRead>,
    id: web::Path<Uuid>,
    query: ExportQuery<RowFilter, NoSort>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let mut conn = app.conn().await?;
    let behind = Behind::of(&mut conn, &guard.actor, &guard.scope, *id, &query.filter, app.now()).await?;
    drop(conn);
    let of = (app.get_ref().clone(), behind);
    tables::export(query.format, query.language, query.request.unsorted(), move |request| {
        let (app, behind) = of.clone();
        async move { behind.page(&mut *app.conn().await?, &request).await }
    })
    .await
}

impl Tabular for GoalFigure {
    const NAME: Text = Text::new("年度目标", "annual goals");

    fn columns() -> &'static [Column<Self>] {
        const COLUMNS: &[Column<GoalFigure>] = &[
            Column::new("序号", "No.", |row| row.goal.no.into()),
            Column::new("目标", "Goal", |row| Cell::Words(row.goal.name())),
            Column::new("目标值", "Target", |row| Cell::Centi(row.goal.target_e2)),
            Column::new("单位", "Unit", |row| Cell::Words(row.goal.unit.title())),
            Column::new("测量值", "Value", |row| centi(row.figure.value_e2)),
            Column::new("状态", "Status", |row| Cell::Words(row.figure.status.title())),
            Column::new("原因", "Cause", |row| cause(&row.figure)),
            Column::new("分子", "Numerator", |row| numerator(&row.figure)),
            Column::new("分母", "Denominator", |row| denominator(&row.figure)),
            Column::new("待认定", "Pending", |row| row.figure.pending.into()),
            Column::new("最坏情况", "Worst case", |row| centi(row.figure.worst_case_e2)),
            Column::new("终测值", "Signed value", |row| {
                centi(row.signed.as_ref().and_then(|signed| signed.value_e2))
            }),
            Column::new("终测后记录有变", "Changed since signed", |row| {
                row.changed_since_signed.into()
            }),
        ];
        COLUMNS
    }
}

impl Tabular for TrendPoint {
    const NAME: Text = Text::new("目标走势", "goal by month");

    fn columns() -> &'static [Column<Self>] {
        const COLUMNS: &[Column<TrendPoint>] = &[
            Column::new("截至", "As of", |row| row.as_of.into()),
            Column::new("测量值", "Value", |row| centi(row.figure.value_e2)),
            Column::new("状态", "Status", |row| Cell::Words(row.figure.status.title())),
            Column::new("原因", "Cause", |row| cause(&row.figure)),
            Column::new("分子", "Numerator", |row| numerator(&row.figure)),
            Column::new("分母", "Denominator", |row| denominator(&row.figure)),
            Column::new("待认定", "Pending", |row| row.figure.pending.into()),
        ];
        COLUMNS
    }
}

fn centi(value: Option<i64>) -> Cell {
    value.map_or(Cell::Empty, Cell::Centi)
}

fn cause(figure: &Measurement) -> Cell {
    figure.cause.map(Cause::text).into()
}

fn numerator(figure: &Measurement) -> Cell {
    figure.figure.map(|figure| figure.numerator).into()
}

fn denominator(figure: &Measurement) -> Cell {
    figure.figure.and_then(|figure| figure.denominator).into()
}

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
            Column::new("内容", "Text", |row| row.text.as_ref().into()),
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
