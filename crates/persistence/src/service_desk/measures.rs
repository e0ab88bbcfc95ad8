//! What the service desk offers to the goals: the cases of a year, as facts and as rows.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    code_enum,
    service_desk::cases::{CaseField, CaseKind, CaseState, Validity},
    shared::{
        EstateId, ListRequest,
        zone::{Tz, business_date, start_of},
    },
};

use crate::{
    Conn, Failure, Rows, in_estates, in_scope, keyset,
    schema::{case_findings, cases},
    split_next,
};

type Fact = (
    Uuid,
    String,
    Option<String>,
    DateTime<Utc>,
    DateTime<Utc>,
    Option<DateTime<Utc>>,
    Option<Uuid>,
);

/// What a measure needs to know of a complaint or opinion, by the days of the estate.
#[derive(Clone, Copy, Debug)]
pub struct CaseOfYear {
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
            cases::received_at,
            cases::due_at,
            cases::closed_at,
            cases::master_id,
        ))
        .load(conn)
        .await?;
    let complaints: Vec<Uuid> = rows.iter().filter(|row| row.2.is_some()).map(|row| row.0).collect();
    let decided: std::collections::HashMap<Uuid, DateTime<Utc>> = case_findings::table
        .filter(case_findings::case_id.eq_any(complaints))
        .filter(case_findings::decided_at.is_not_null())
        .select((case_findings::case_id, case_findings::decided_at.assume_not_null()))
        .load::<(Uuid, DateTime<Utc>)>(conn)
        .await?
        .into_iter()
        .collect();
    rows.into_iter()
        .map(|(id, kind, validity, received_at, due_at, closed_at, master)| {
            Ok(CaseOfYear {
                kind: kind.parse()?,
                validity: validity.as_deref().map(str::parse).transpose()?,
                decided_on: decided.get(&id).map(|at| business_date(*at, zone)),
                received_on: business_date(received_at, zone),
                due_on: business_date(due_at, zone),
                closed_on: closed_at.map(|at| business_date(at, zone)),
                is_duplicate: master.is_some(),
            })
        })
        .collect()
}

fn year_bounds(year: i32, zone: Tz) -> (DateTime<Utc>, DateTime<Utc>) {
    let first = |year| start_of(NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MAX), zone);
    (first(year), first(year + 1))
}

code_enum! {
    /// Which cases behind a figure.
    pub enum FigurePart {
        /// Those above the line: valid complaints, or cases handled.
        Numerator = "numerator",
        /// Those below the line: all that count.
        Denominator = "denominator",
        /// Complaints whose validity is not decided.
        Pending = "pending",
        /// Open and not due yet: left out of a provisional rate.
        LeftOut = "left_out",
    }
}

/// Which cases, as they stood at the end of a day.
#[derive(Clone, Copy, Debug)]
pub struct FigureQuery {
    /// The estate.
    pub estate: EstateId,
    /// The year received.
    pub year: i32,
    /// The estate's zone.
    pub zone: Tz,
    /// As they stood at the end of this day.
    pub as_of: NaiveDate,
    /// Whether opinions count too (GOAL-3), or complaints only (GOAL-2).
    pub opinions: bool,
    /// Whether linked cases count one by one (GOAL-2).
    pub duplicates: bool,
    /// Whether only valid complaints count (GOAL-3).
    pub valid_only: bool,
    /// Whether it is the year's final figure.
    pub last: bool,
    /// Which part.
    pub part: FigurePart,
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
    /// How it was told.
    pub text: String,
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
    text: String,
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
            text: row.text,
            received_at: row.received_at,
            due_at: row.due_at,
            closed_at: row.closed_at,
            is_duplicate: row.master_id.is_some(),
        })
    }
}

/// The cases behind a figure that the reader may see, oldest first.
///
/// # Errors
/// As the database says.
pub async fn figure_rows(
    conn: &mut Conn,
    scope: &Scope,
    of: &FigureQuery,
    request: &ListRequest<()>,
) -> Result<Rows<FigureRow>, Failure> {
    let (from, until) = year_bounds(of.year, of.zone);
    let end = start_of(of.as_of.succ_opt().unwrap_or(of.as_of), of.zone);
    let filtered = || {
        let decided_later = case_findings::table
            .filter(case_findings::decided_at.assume_not_null().ge(end))
            .select(case_findings::case_id);
        let kinds: &[&str] = if of.opinions {
            &["complaint", "suggestion"]
        } else {
            &["complaint"]
        };
        let mut query = cases::table
            .filter(in_scope!(cases, scope))
            .filter(cases::estate_id.eq(of.estate.0))
            .filter(cases::received_at.ge(from).and(cases::received_at.lt(until.min(end))))
            .filter(cases::kind.eq_any(kinds.to_vec()))
            .into_boxed();
        if !of.opinions && !of.duplicates {
            query = query.filter(cases::master_id.is_null());
        }
        if of.opinions && of.valid_only {
            let valid = cases::validity
                .assume_not_null()
                .eq("valid")
                .and(cases::id.ne_all(decided_later));
            query = query.filter(cases::kind.eq("suggestion").or(valid));
        }
        let closed = || {
            cases::closed_at
                .is_not_null()
                .and(cases::closed_at.assume_not_null().lt(end))
        };
        let open = || {
            cases::closed_at
                .is_null()
                .or(cases::closed_at.assume_not_null().ge(end))
        };
        match (of.opinions, of.part) {
            (false, FigurePart::Numerator) => query.filter(
                cases::validity
                    .assume_not_null()
                    .eq("valid")
                    .and(cases::id.ne_all(decided_later)),
            ),
            (false, FigurePart::Pending) => query.filter(
                cases::validity
                    .assume_not_null()
                    .eq("pending")
                    .or(cases::id.eq_any(decided_later)),
            ),
            (true, FigurePart::Pending) => query.filter(
                cases::kind.eq("complaint").and(
                    cases::validity
                        .assume_not_null()
                        .eq("pending")
                        .or(cases::id.eq_any(decided_later)),
                ),
            ),
            (true, FigurePart::Numerator) => query.filter(closed()),
            (true, FigurePart::Denominator) if !of.last => query.filter(closed().or(cases::due_at.lt(end))),
            (true, FigurePart::LeftOut) => query.filter(open().and(cases::due_at.ge(end))),
            (_, FigurePart::Denominator | FigurePart::LeftOut) => query,
        }
    };
    let total = match request.count {
        true => Some(filtered().count().get_result(conn).await?),
        false => None,
    };
    let query = filtered().select(Row::as_select());
    let rows: Vec<Row> = keyset!(query, request, cases::received_at, cases::id, DateTime<Utc>)
        .load(conn)
        .await?;
    split_next(rows, request.limit, total, |row| {
        (serde_json::json!(row.received_at), row.id)
    })
    .try_map(FigureRow::try_from)
}
