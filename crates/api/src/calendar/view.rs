//! The days of a year with what is said of each, as a page and as a file.

use std::collections::HashMap;

use actix_web::{HttpResponse, get, web};
use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wuye_domain::{
    access::need,
    shared::{
        EstateId, Problem, Text,
        calendar::{CalendarDay, CalendarWarning, CalendarYear, DaySource, Level, warnings},
        workdays::{DayKind, WorkdayCalendar},
        zone::{DEFAULT_ZONE, Tz, business_date},
    },
};
use wuye_persistence::{Conn, Failure, calendar};

use crate::{
    Answer, ApiError, ApiResult, App, Guard, ListQuery,
    list::NoSort,
    tables::{self, ExportQuery, FormatParam, TableFile, tabular},
};

/// Which year, and where.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CalendarFilter {
    /// The year, 2000 to 2100; this one when absent.
    #[param(minimum = 2000, maximum = 2100)]
    pub year: Option<i32>,
    /// The estate; the only one the caller works in when absent, the company's for those who work in none.
    pub estate_id: Option<EstateId>,
}

/// A day of the calendar.
#[derive(Debug, Serialize, ToSchema)]
pub struct DayView {
    /// The day.
    date: NaiveDate,
    /// What kind of day it is.
    kind: DayKind,
    /// What a holiday is called.
    name_zh: Option<String>,
    /// The same in English; as it was entered where it was entered.
    name_en: Option<String>,
    /// Who says so.
    source: DaySource,
}

/// Something to see to, in words.
#[derive(Debug, Serialize, ToSchema)]
pub struct WarningView {
    /// Which.
    code: CalendarWarning,
    /// In Chinese.
    text_zh: String,
    /// In English.
    text_en: String,
}

/// The calendar of a year.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarView {
    /// The year.
    year: i32,
    /// Whose calendar it is; absent for the company's.
    estate_id: Option<EstateId>,
    /// Whether the holidays of the year are known; where not, only weekends are off.
    known: bool,
    /// What somebody should see to.
    warnings: Vec<WarningView>,
    /// What was entered here for the year.
    entry: Option<CalendarYear>,
    /// The days entered here, over those of the company and the built-in ones.
    own: Vec<CalendarDay>,
    /// Every day of the year.
    days: Vec<DayView>,
}

impl CalendarView {
    /// As it stands on the caller's day.
    pub(super) async fn of(conn: &mut Conn, level: Level, today: NaiveDate) -> Result<Self, Failure> {
        let (_, calendar) = in_force(conn, level.estate).await?;
        let company = Level { estate: None, ..level };
        let entry = calendar::year(conn, level).await?;
        let mut entered: Vec<CalendarYear> = entry.iter().cloned().collect();
        if level.estate.is_some() {
            entered.extend(calendar::year(conn, company).await?);
        }
        let sources: HashMap<NaiveDate, DaySource> = calendar::sources(conn, level).await?.into_iter().collect();
        Ok(Self {
            year: level.year,
            estate_id: level.estate,
            known: calendar.known(level.year),
            warnings: warnings(&calendar, level.year, &entered, today)
                .into_iter()
                .map(Into::into)
                .collect(),
            own: calendar::entered(conn, level).await?,
            days: days_of(level.year)
                .map(|date| DayView::of(&calendar, &sources, date))
                .collect(),
            entry,
        })
    }

    /// The version of what was entered here; 0 before anything was.
    pub(super) fn version(&self) -> i32 {
        self.entry.as_ref().map_or(0, |entry| entry.version)
    }
}

impl DayView {
    fn of(calendar: &WorkdayCalendar, sources: &HashMap<NaiveDate, DaySource>, date: NaiveDate) -> Self {
        let (zh, en) = calendar
            .holiday(date)
            .map(|name| (name.zh.into_owned(), name.en.into_owned()))
            .unzip();
        Self {
            date,
            kind: calendar.kind(date),
            name_zh: zh,
            name_en: en,
            source: sources.get(&date).copied().unwrap_or(DaySource::BuiltIn),
        }
    }
}

impl From<CalendarWarning> for WarningView {
    fn from(code: CalendarWarning) -> Self {
        let title = code.title();
        Self {
            code,
            text_zh: title.zh.into_owned(),
            text_en: title.en.into_owned(),
        }
    }
}

/// Zone and calendar of an estate, or of the company.
pub(super) async fn in_force(conn: &Conn, estate: Option<EstateId>) -> Result<(Tz, WorkdayCalendar), Failure> {
    match estate {
        Some(estate) => calendar::of_estate(conn, estate).await,
        None => Ok((DEFAULT_ZONE, calendar::of_company(conn).await?)),
    }
}

fn days_of(year: i32) -> impl Iterator<Item = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).into_iter();
    first
        .flat_map(|first| first.iter_days())
        .take_while(move |date| date.year() == year)
}

async fn read(app: &App, guard: &Guard<need::CalendarRead>, filter: CalendarFilter) -> Result<CalendarView, Failure> {
    let estate = match filter.estate_id.or_else(|| guard.actor.home_estate()) {
        Some(estate) => Some(guard.estate(Some(estate))?),
        None => None,
    };
    let mut conn = app.conn().await?;
    let (zone, _) = in_force(&conn, estate).await?;
    let today = business_date(app.now(), zone);
    let level = Level::new(estate, filter.year.unwrap_or_else(|| today.year())).ok_or_else(|| {
        Problem::field(
            "?year",
            "out_of_range",
            Text::new("须在2000至2100年之间", "must be 2000 to 2100"),
        )
    })?;
    CalendarView::of(&mut conn, level, today).await
}

/// The calendar of working days
///
/// Every day of a year with its kind, its name and who says so: the product by the notices of the State Council, the company,
/// or the estate. Warns of a year that nobody has entered, from December on also of the next one.
#[utoipa::path(tag = "system", operation_id = "get_calendar", params(CalendarFilter),
    responses((status = 200, description = "The calendar", body = CalendarView)),
    extensions(("x-permission" = json!("calendar.read")), ("x-clauses" = json!(["DER-X-1"]))))]
#[get("/calendar")]
pub async fn get_calendar(
    guard: Guard<need::CalendarRead>,
    list: ListQuery<CalendarFilter>,
    app: web::Data<App>,
) -> ApiResult<CalendarView> {
    let view = read(&app, &guard, list.filter).await?;
    Ok(Answer::ok(&view)?.version(view.version()))
}

tabular!(DayView, "工作日历" / "calendar" {
    "日期" / "Date" => |it| it.date.into(),
    "星期" / "Weekday" => |it| weekday(it.date).into(),
    "类别" / "Kind" => |it| it.kind.title().into(),
    "名称" / "Name" => |it| called(it).into(),
    "来源" / "Source" => |it| it.source.title().into(),
});

fn called(day: &DayView) -> Option<Text> {
    let (zh, en) = (day.name_zh.clone()?, day.name_en.clone()?);
    Some(Text::of(zh, en))
}

fn weekday(date: NaiveDate) -> Text {
    match date.weekday() {
        Weekday::Mon => Text::new("一", "Mon"),
        Weekday::Tue => Text::new("二", "Tue"),
        Weekday::Wed => Text::new("三", "Wed"),
        Weekday::Thu => Text::new("四", "Thu"),
        Weekday::Fri => Text::new("五", "Fri"),
        Weekday::Sat => Text::new("六", "Sat"),
        Weekday::Sun => Text::new("日", "Sun"),
    }
}

/// The calendar of a year as a file
///
/// Edited and brought back by the import, only what differs from the days below becomes an entry.
#[utoipa::path(tag = "system", operation_id = "export_calendar", params(FormatParam, CalendarFilter),
    responses(TableFile),
    extensions(("x-permission" = json!("calendar.read")), ("x-clauses" = json!(["DER-X-1"]))))]
#[get("/calendar/export")]
pub async fn export_calendar(
    guard: Guard<need::CalendarRead>,
    query: ExportQuery<CalendarFilter, NoSort>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let view = read(&app, &guard, query.filter).await?;
    tables::whole(query.format, query.language, view.days).await
}
