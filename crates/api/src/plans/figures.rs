//! How well duties are done: of a person, a post, a rule, a month.

use actix_web::{HttpResponse, get, web};
use chrono::{Datelike, NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wuye_domain::{
    access::{PostCode, need},
    plans::obligations::{Figures, OfMonth, OfPost, OfRule, Statistics, statistics},
    shared::{EmployeeId, EstateId, ShortCode, period::Span, zone::start_of},
};
use wuye_persistence::{
    Conn, Failure,
    org::names,
    plans::figures::{self, Wanted},
};

use crate::{
    Answer, ApiError, ApiResult, App, Guard, ListQuery,
    list::NoSort,
    tables::{self, Cell, ExportQuery, FormatParam, TableFile, tabular},
    terms::Terms,
};

/// Which duties to count.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DutyPeriod {
    /// The estate; the only one the caller works in when absent.
    estate_id: Option<EstateId>,
    /// First day of the deadlines, in the estate's zone; the first of this year when absent.
    from: Option<NaiveDate>,
    /// Last day of the deadlines; today when absent. What is not due yet does not count.
    until: Option<NaiveDate>,
    /// Only by this rule (`OB-05`) or trigger (`TR-08`).
    rule: Option<ShortCode>,
    /// Only of this post.
    post: Option<PostCode>,
    /// Only of this person.
    employee_id: Option<EmployeeId>,
}

/// The figures of one person in one post.
#[derive(Serialize, ToSchema)]
pub struct DutyFiguresOfPerson {
    post: PostCode,
    /// Nobody for what one of several does for all of the post.
    employee_id: Option<EmployeeId>,
    name: Option<String>,
    figures: Figures,
}

/// The figures of a period.
#[derive(Serialize, ToSchema)]
pub struct DutyStatistics {
    /// All duties together.
    all: Figures,
    /// By post and person, in the order of the chart.
    people: Vec<DutyFiguresOfPerson>,
    /// By post, in the order of the chart.
    posts: Vec<OfPost>,
    /// By rule.
    rules: Vec<OfRule>,
    /// By the month they fell due in, the oldest first.
    months: Vec<OfMonth>,
}

/// Figures of duties
///
/// Completion and punctuality of what fell due in a period, among the duties the caller may read: by person, post, rule and
/// month.
#[utoipa::path(tag = "plans", operation_id = "get_obligation_statistics", params(DutyPeriod),
    responses((status = 200, description = "The figures", body = DutyStatistics)),
    extensions(("x-permission" = json!("duty.read")), ("x-clauses" = json!(["POS-CSCMGR-09a", "DER-CSCMGR-1", "DER-CSCMGR-2"]))))]
#[get("/obligations/statistics")]
pub async fn get_obligation_statistics(
    guard: Guard<need::DutyRead>,
    query: ListQuery<DutyPeriod>,
    app: web::Data<App>,
) -> ApiResult<DutyStatistics> {
    let mut conn = app.conn().await?;
    let sums = of(&mut conn, &guard, &query.filter, &app).await?;
    Answer::ok(&DutyStatistics {
        all: sums.all,
        people: named(&mut conn, &sums).await?,
        posts: sums.posts,
        rules: sums.rules,
        months: sums.months,
    })
}

tabular!(DutyFiguresOfPerson, "履职情况" / "how duties were done" {
    "岗位" / "Post" => |it| it.post.code().into(),
    "人员" / "Person" => |it| it.name.as_ref().into(),
    "到期" / "Due" => |it| it.figures.due.into(),
    "按时完成" / "In time" => |it| it.figures.on_time.into(),
    "逾期完成" / "Late" => |it| it.figures.late.into(),
    "未履行" / "Missed" => |it| it.figures.missed.into(),
    "免除" / "Waived" => |it| it.figures.waived.into(),
    "完成率 %" / "Completion %" => |it| rate(it.figures.completion_rate_bp),
    "按时率 %" / "Punctuality %" => |it| rate(it.figures.on_time_rate_bp),
});

fn rate(bp: Option<i64>) -> Cell {
    bp.map_or(Cell::Empty, Cell::Centi)
}

/// The extract of how duties were done as a file
///
/// By post and person; with the first and last day of a month it is the monthly extract.
#[utoipa::path(tag = "plans", operation_id = "export_obligation_statistics", params(FormatParam, DutyPeriod),
    responses(TableFile),
    extensions(("x-permission" = json!("duty.read")), ("x-clauses" = json!(["POS-CSCMGR-09a", "DER-CSCMGR-1", "DER-CSCMGR-2"]))))]
#[get("/obligations/statistics/export")]
pub async fn export_obligation_statistics(
    guard: Guard<need::DutyRead>,
    query: ExportQuery<DutyPeriod, NoSort>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let mut conn = app.conn().await?;
    let sums = of(&mut conn, &guard, &query.filter, &app).await?;
    let rows = named(&mut conn, &sums).await?;
    drop(conn);
    tables::whole(query.format, query.language, rows).await
}

async fn of(
    conn: &mut Conn,
    guard: &Guard<need::DutyRead>,
    period: &DutyPeriod,
    app: &App,
) -> Result<Statistics, ApiError> {
    let (estate, now) = (guard.estate(period.estate_id)?, app.now());
    let terms = Terms::of(conn, estate).await?;
    let today = terms.date(now);
    let first = period.from.or_else(|| NaiveDate::from_ymd_opt(today.year(), 1, 1));
    let span = Span {
        from: start_of(first.unwrap_or(today), terms.zone),
        until: start_of(period.until.unwrap_or(today) + TimeDelta::days(1), terms.zone),
    };
    let wanted = Wanted {
        estate: Some(estate),
        rules: period.rule.as_ref().map(|code| vec![code.as_str().to_owned()]),
        deadlines: None,
        post: period.post,
        employee: period.employee_id,
    };
    let groups = figures::counted(conn, &guard.scope, &wanted, span, terms.zone, now).await?;
    Ok(statistics(&groups))
}

async fn named(conn: &mut Conn, sums: &Statistics) -> Result<Vec<DutyFiguresOfPerson>, Failure> {
    let people: Vec<EmployeeId> = sums.people.iter().filter_map(|of| of.employee).collect();
    let names = names(conn, &people).await?;
    Ok(sums
        .people
        .iter()
        .map(|of| DutyFiguresOfPerson {
            post: of.post,
            employee_id: of.employee,
            name: of.employee.and_then(|id| names.get(&id).cloned()),
            figures: of.figures,
        })
        .collect())
}
