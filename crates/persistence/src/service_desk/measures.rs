//! What the service desk offers to the goals: the cases of a year, as facts and as rows.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    service_desk::cases::{CaseField, CaseKind, CaseState, Validity},
    shared::{
        EstateId, ListRequest, SubjectKind,
        zone::{Tz, business_date, start_of},
    },
};

use crate::{
    Conn, Failure, Rows, in_estates, in_scope, keyset,
    schema::{cases, trail},
    split_next,
};

type Fact = (
    Uuid,
    String,
    Option<String>,
    Option<DateTime<Utc>>,
    DateTime<Utc>,
    DateTime<Utc>,
    Option<DateTime<Utc>>,
    Option<Uuid>,
    i32,
);

/// What a measure needs to know of a complaint or opinion, by the days of the estate.
#[derive(Clone, Debug)]
pub struct CaseOfYear {
    /// The record.
    pub id: Uuid,
    /// Complaint or opinion.
    pub kind: CaseKind,
    /// What was found; complaints only.
    pub validity: Option<Validity>,
    /// When that was decided.
    pub decided_on: Option<NaiveDate>,
    /// When it came in.
    pub received_on: NaiveDate,
    /// Until when it was to be answered.
    pub due_on: NaiveDate,
    /// When it was closed; `None` while open.
    pub closed_on: Option<NaiveDate>,
    /// Earlier closings: from this day until the day it was opened again.
    pub closed_before: Vec<(NaiveDate, NaiveDate)>,
    /// Whether it is linked to another case of the same event.
    pub is_duplicate: bool,
}

/// The complaints and opinions received in `year` in one estate, by the days of its zone. Narrow rows, counted by the
/// goals' own rules: a few thousand a year in the largest estates.
///
/// # Errors
/// As the database says.
pub async fn cases_of_year(
    conn: &mut Conn,
    scope: &Scope,
    estate: EstateId,
    year: i32,
    zone: Tz,
) -> Result<Vec<CaseOfYear>, Failure> {
    let (from, until) = year_bounds(year, zone);
    let rows: Vec<Fact> = cases::table
        .filter(in_estates!(cases, scope))
        .filter(cases::estate_id.eq(estate.0))
        .filter(cases::received_at.ge(from).and(cases::received_at.lt(until)))
        .filter(cases::kind.eq_any(["complaint", "suggestion"]))
        .select((
            cases::id,
            cases::kind,
            cases::validity,
            cases::validity_at,
            cases::received_at,
            cases::due_at,
            cases::closed_at,
            cases::master_id,
            cases::reopened_count,
        ))
        .load(conn)
        .await?;
    let reopened = rows.iter().filter(|row| row.8 > 0).map(|row| row.0).collect();
    let mut before = closings(conn, reopened, zone).await?;
    let day = |at: DateTime<Utc>| business_date(at, zone);
    rows.into_iter()
        .map(
            |(id, kind, validity, validity_at, received_at, due_at, closed_at, master, _)| -> Result<_, Failure> {
                Ok(CaseOfYear {
                    id,
                    kind: kind.parse()?,
                    validity: validity.as_deref().map(str::parse).transpose()?,
                    decided_on: validity_at.map(day),
                    received_on: day(received_at),
                    due_on: day(due_at),
                    closed_on: closed_at.map(day),
                    closed_before: before.remove(&id).unwrap_or_default(),
                    is_duplicate: master.is_some(),
                })
            },
        )
        .collect()
}

/// When cases that are open again, or were, had been closed before: from the trail, which knows every step.
async fn closings(
    conn: &mut Conn,
    ids: Vec<Uuid>,
    zone: Tz,
) -> Result<HashMap<Uuid, Vec<(NaiveDate, NaiveDate)>>, Failure> {
    let mut all: HashMap<Uuid, Vec<(NaiveDate, NaiveDate)>> = HashMap::new();
    if ids.is_empty() {
        return Ok(all);
    }
    let steps: Vec<(Uuid, Option<String>, DateTime<Utc>)> = trail::table
        .filter(
            trail::subject_kind
                .eq(SubjectKind::Case.code())
                .and(trail::subject_id.eq_any(ids)),
        )
        .filter(trail::to_state.is_not_null())
        .order((trail::subject_id, trail::id))
        .select((trail::subject_id, trail::to_state, trail::occurred_at))
        .load(conn)
        .await?;
    let mut since: HashMap<Uuid, NaiveDate> = HashMap::new();
    for (id, state, at) in steps {
        let on = business_date(at, zone);
        match state.as_deref() {
            Some("closed" | "visited") => {
                since.entry(id).or_insert(on);
            }
            _ => {
                if let Some(closed) = since.remove(&id) {
                    all.entry(id).or_default().push((closed, on));
                }
            }
        }
    }
    Ok(all)
}

fn year_bounds(year: i32, zone: Tz) -> (DateTime<Utc>, DateTime<Utc>) {
    let first = |year| start_of(NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MAX), zone);
    (first(year), first(year + 1))
}

/// A case behind a figure.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FigureRow {
    /// The case.
    pub id: Uuid,
    /// Its number.
    pub no: String,
    /// Complaint or opinion.
    pub kind: CaseKind,
    /// Where it stands now.
    pub state: CaseState,
    /// What it is about.
    pub field: CaseField,
    /// What was found.
    pub validity: Option<Validity>,
    /// How it was told; absent where the reader sees the figure, but not this case.
    pub text: Option<String>,
    /// Whether the reader may open the case.
    pub readable: bool,
    /// When it came in.
    pub received_at: DateTime<Utc>,
    /// Until when it was to be answered.
    pub due_at: DateTime<Utc>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// Whether it is linked to another case of the same event.
    pub is_duplicate: bool,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = cases)]
struct Row {
    id: Uuid,
    no: String,
    kind: String,
    state: String,
    field: String,
    validity: Option<String>,
    received_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    closed_at: Option<DateTime<Utc>>,
    master_id: Option<Uuid>,
}

impl TryFrom<Row> for FigureRow {
    type Error = Failure;

    fn try_from(row: Row) -> Result<Self, Failure> {
        Ok(Self {
            id: row.id,
            no: row.no,
            kind: row.kind.parse()?,
            state: row.state.parse()?,
            field: row.field.parse()?,
            validity: row.validity.as_deref().map(str::parse).transpose()?,
            text: None,
            readable: false,
            received_at: row.received_at,
            due_at: row.due_at,
            closed_at: row.closed_at,
            is_duplicate: row.master_id.is_some(),
        })
    }
}

/// The cases behind a figure, oldest first: as many as the figure counted. What each is about is told where `readable`
/// opens it. The caller has counted `ids` under the scope of the goal.
///
/// # Errors
/// As the database says.
pub async fn figure_rows(
    conn: &mut Conn,
    readable: Option<&Scope>,
    ids: &[Uuid],
    request: &ListRequest<()>,
) -> Result<Rows<FigureRow>, Failure> {
    let total = request.count.then(|| i64::try_from(ids.len()).unwrap_or(i64::MAX));
    let query = cases::table
        .filter(cases::id.eq_any(ids.to_vec()))
        .select(Row::as_select())
        .into_boxed();
    let rows: Vec<Row> = keyset!(query, request, cases::received_at, cases::id, DateTime<Utc>)
        .load(conn)
        .await?;
    let mut page = split_next(rows, request.limit, total, |row| {
        (serde_json::json!(row.received_at), row.id)
    })
    .try_map(FigureRow::try_from)?;
    if let Some(scope) = readable {
        let shown: Vec<Uuid> = page.items.iter().map(|row| row.id).collect();
        let mut texts: HashMap<Uuid, String> = cases::table
            .filter(in_scope!(cases, scope))
            .filter(cases::id.eq_any(shown))
            .select((cases::id, cases::text))
            .load::<(Uuid, String)>(conn)
            .await?
            .into_iter()
            .collect();
        for row in &mut page.items {
            row.text = texts.remove(&row.id);
            row.readable = row.text.is_some();
        }
    }
    Ok(page)
}
