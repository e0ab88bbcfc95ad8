//! Figures of the organisation: headcount, vacancy rate, span of control, days nobody acted.

use actix_web::{get, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use wuye_domain::{
    access::{PostCode, need},
    org::{acting::uncovered_days, headcount::Headcount},
    shared::{EstateId, Problem, Text, period::Span, zone},
};
use wuye_persistence::{
    Conn, Failure, estates,
    org::{absences, assignments, edges, pairs, posts},
};

use super::cover;
use crate::{Answer, ApiResult, App, Guard, ListQuery};

/// Which estate and time.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FigureFilter {
    /// The estate; one's own when absent.
    pub estate_id: Option<EstateId>,
    /// First day; the first of this month when absent.
    pub from: Option<NaiveDate>,
    /// First day after; tomorrow when absent.
    pub until: Option<NaiveDate>,
}

impl FigureFilter {
    /// The days and instants meant, in the estate's zone.
    ///
    /// # Errors
    /// `validation_failed` when the end is not after the beginning.
    pub async fn span(
        &self,
        conn: &mut Conn,
        estate: EstateId,
        now: chrono::DateTime<chrono::Utc>,
    ) -> Result<(NaiveDate, NaiveDate, Span, zone::Tz), Failure> {
        use chrono::Datelike;
        let zone = zone::zone(&estates::find(conn, estate).await?.time_zone);
        let today = zone::business_date(now, zone);
        let from = self.from.unwrap_or_else(|| today.with_day(1).unwrap_or(today));
        let until = self.until.unwrap_or_else(|| today.succ_opt().unwrap_or(today));
        if until <= from {
            let words = Text::new("结束日须晚于开始日", "the end must lie after the beginning");
            return Err(Problem::field("?until", "order", words).into());
        }
        let span = Span {
            from: zone::start_of(from, zone),
            until: zone::start_of(until, zone),
        };
        Ok((from, until, span, zone))
    }
}

/// How many report to one post on the line.
#[derive(Debug, Serialize, ToSchema)]
pub struct SpanOfControl {
    post: PostCode,
    /// Posts directly below.
    posts: usize,
    /// People who hold them.
    people: usize,
}

/// An absence that was not wholly covered.
#[derive(Debug, Serialize, ToSchema)]
pub struct UncoveredAbsence {
    absence_id: Uuid,
    employee_id: Uuid,
    post: String,
    days: usize,
}

/// The organisation in numbers.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrgFigures {
    estate_id: EstateId,
    from: NaiveDate,
    until: NaiveDate,
    /// People on the last day, each counted once.
    people: i64,
    /// Places and holders on the last day; a person with two posts counts in each.
    headcount: Headcount,
    /// Vacant places in ten-thousandths of the establishment.
    vacancy_rate_e4: Option<i32>,
    /// Who leads how many.
    span_of_control: Vec<SpanOfControl>,
    /// Days of absence in posts with a named stand-in on which, for some time, nobody acted; the goal is 0.
    uncovered_absence_days: usize,
    /// Where they come from.
    uncovered: Vec<UncoveredAbsence>,
}

/// Figures of the organisation
///
/// Vacancy rate, span of control and uncovered days of absence, each with what it is counted from.
#[utoipa::path(tag = "org", operation_id = "get_org_figures", params(FigureFilter),
    responses((status = 200, description = "The figures", body = OrgFigures)),
    extensions(("x-permission" = json!("org.read")), ("x-clauses" = json!(["ORG-N2", "DER-LABOUR-6"]))))]
#[get("/org-figures")]
pub async fn get_org_figures(
    guard: Guard<need::OrgRead>,
    list: ListQuery<FigureFilter>,
    app: web::Data<App>,
) -> ApiResult<OrgFigures> {
    let estate = guard.estate(list.filter.estate_id)?;
    let mut conn = app.conn().await?;
    let (from, until, span, zone) = list.filter.span(&mut conn, estate, app.now()).await?;
    let last = until.pred_opt().unwrap_or(from);
    let headcount = headcount(&mut conn, estate, last).await?;
    let uncovered = uncovered(&mut conn, estate, last, span, zone).await?;
    Answer::ok(&OrgFigures {
        estate_id: estate,
        from,
        until,
        people: posts::people(&mut conn, Some(estate), last).await?,
        vacancy_rate_e4: headcount.vacancy_rate_e4(),
        headcount,
        span_of_control: spans(&mut conn, estate, last).await?,
        uncovered_absence_days: uncovered.iter().map(|absence| absence.days).sum(),
        uncovered,
    })
}

async fn headcount(conn: &mut Conn, estate: EstateId, on: NaiveDate) -> Result<Headcount, Failure> {
    let counts = posts::headcounts(conn, Some(estate), on).await?;
    let all = posts::all(conn).await?;
    let centre = all
        .iter()
        .filter(|post| !matches!(post.level.as_str(), "board" | "gm" | "external"));
    Ok(Headcount::sum(centre.map(|post| {
        let actual = counts
            .iter()
            .find(|(code, _)| *code == post.code)
            .map_or(0, |(_, count)| *count);
        Headcount::of(post.establishment_count, i32::try_from(actual).unwrap_or(i32::MAX))
    })))
}

async fn spans(conn: &mut Conn, estate: EstateId, on: NaiveDate) -> Result<Vec<SpanOfControl>, Failure> {
    let tree = edges::tree(conn).await?;
    let holders = assignments::on(conn, Some(estate), on).await?;
    Ok(PostCode::ALL
        .iter()
        .filter_map(|post| {
            let below = tree.children(*post, on);
            let people = holders
                .iter()
                .filter(|row| below.iter().any(|child| child.code() == row.post))
                .count();
            (!below.is_empty()).then_some(SpanOfControl {
                post: *post,
                posts: below.len(),
                people,
            })
        })
        .collect())
}

async fn uncovered(
    conn: &mut Conn,
    estate: EstateId,
    on: NaiveDate,
    span: Span,
    zone: zone::Tz,
) -> Result<Vec<UncoveredAbsence>, Failure> {
    let paired = pairs::list(conn, Some(on)).await?;
    let covers = cover::covers(conn, estate, span).await?;
    let absences = absences::approved(conn, estate, span).await?;
    Ok(absences
        .into_iter()
        .filter(|absence| {
            paired
                .iter()
                .any(|pair| pair.required && pair.principal_post == absence.responsible_post)
        })
        .filter_map(|absence| {
            let within = Span {
                from: absence.starts_at.max(span.from),
                until: absence.ends_at.min(span.until),
            };
            let covers: Vec<Span> = covers
                .iter()
                .filter(|(of, _)| *of == absence.responsible_assignment)
                .map(|(_, span)| *span)
                .collect();
            let days = uncovered_days(within, &covers, zone);
            (days > 0).then_some(UncoveredAbsence {
                absence_id: absence.id,
                employee_id: absence.employee_id,
                post: absence.responsible_post,
                days,
            })
        })
        .collect())
}
