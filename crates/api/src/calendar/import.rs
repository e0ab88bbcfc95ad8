//! The days of a year from a table.

use actix_web::{HttpRequest, post, web};
use serde::Deserialize;
use tokio::task::spawn_blocking;
use utoipa::IntoParams;
use wuye_domain::{
    access::need,
    shared::{
        EstateId, FieldProblem, Note, Problem, ProblemCode, Text,
        calendar::{CalendarDay, Columns, entries},
        workdays::WorkdayCalendar,
    },
};
use wuye_persistence::{Failure, calendar};

use super::{
    change::{answer, enter, level},
    view::CalendarView,
    whose,
};
use crate::{
    ApiResult, App, Guard, ListQuery, Upload,
    tables::{
        read::{Sink, table},
        receive::{Received, TableBytes, receive},
    },
};

/// A year in any dress is far smaller.
const MOST_MEGABYTES: u64 = 1;
/// Days that a year has at most.
const MOST_ROWS: usize = 366;

/// Whose days, and why.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CalendarUpload {
    /// For this estate; for the company, by whoever writes for it, when absent.
    estate_id: Option<EstateId>,
    /// Why: usually the notice they are taken from.
    reason: Note,
}

/// Bring in the days of a year
///
/// The body is the file itself: CSV (UTF-8, GBK or UTF-16) or XLSX, with a date and a kind in each row and perhaps a name. It
/// replaces what was entered for the year before; days that are as the calendar below has them make no entry.
#[utoipa::path(tag = "system", operation_id = "import_calendar", params(("year" = i32, Path), CalendarUpload),
    request_body(content = TableBytes, content_type = "application/octet-stream", description = "The file"),
    responses((status = 200, description = "The calendar", body = CalendarView)),
    extensions(("x-permission" = json!("calendar.edit")), ("x-clauses" = json!(["DER-X-1"]))))]
#[post("/calendar/{year}/import")]
pub async fn import_calendar(
    guard: Guard<need::CalendarEdit>,
    year: web::Path<String>,
    query: ListQuery<CalendarUpload>,
    upload: Upload,
    request: HttpRequest,
    payload: web::Payload,
    app: web::Data<App>,
) -> ApiResult<CalendarView> {
    let CalendarUpload { estate_id, reason } = &query.filter;
    let level = level(whose(&guard, *estate_id)?, &year)?;
    let received = receive(request.headers(), payload, &app.shared.config, MOST_MEGABYTES).await?;
    let mut work = app.begin_upload(&guard, &upload, received.hash()).await?;
    let days = spawn_blocking(move || read(received))
        .await
        .map_err(Failure::internal)??;
    let below = match level.estate {
        Some(_) => calendar::of_company(&work).await?,
        None => WorkdayCalendar::built_in(),
    };
    enter(&mut work, level, &entries(days, &below), reason, None).await?;
    answer(work, level).await
}

/// The days of a file, or every row that cannot be read.
fn read(received: Received) -> Result<Vec<CalendarDay>, Problem> {
    let mut rows = Rows::default();
    table(received.file, &mut rows)?;
    if rows.faults.is_empty() {
        return Ok(rows.days);
    }
    let words = Text::new(
        "有行无法读取，见 errors；什么也没有录入。",
        "Some rows cannot be read, see errors; nothing was entered.",
    );
    let mut problem = Problem::new(ProblemCode::ValidationFailed, words);
    problem.errors = rows.faults;
    Err(problem)
}

#[derive(Default)]
struct Rows {
    columns: Option<Columns>,
    days: Vec<CalendarDay>,
    faults: Vec<FieldProblem>,
}

impl Sink for Rows {
    fn headers(&mut self, headers: &[String]) -> Result<(), Problem> {
        self.columns = Some(Columns::find(headers)?);
        Ok(())
    }

    fn row(&mut self, number: i32, cells: Vec<String>) -> Result<(), Problem> {
        // The headings came first, or nothing would come here.
        let Some(columns) = self.columns else { return Ok(()) };
        match columns.day(number, &cells) {
            Ok(day) => self.days.push(day),
            Err(fault) => self.faults.push(fault),
        }
        if self.days.len() + self.faults.len() > MOST_ROWS {
            return Err(Problem::new(
                ProblemCode::FileRefused,
                Text::new("一年最多366行。", "A year has 366 rows at most."),
            ));
        }
        Ok(())
    }
}
