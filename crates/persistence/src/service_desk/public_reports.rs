//! Reports of residents, their limits, and what a resident may learn of them.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{prelude::*, sql_types};
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    service_desk::{
        orders::OrderState,
        public_reports::{Progress, ReportKind, ReportState, ResidentReport, ResidentReportId},
        repairs::RequestState,
    },
    shared::{
        EstateId, ListRequest, Subject, SubjectKind,
        private::{Phone, Private},
    },
};

use crate::{
    Conn, Failure, Rows, in_estates, keyset,
    schema::{cases, public_attempts as attempts, repair_requests, resident_reports as reports, work_orders},
    split_next,
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = reports, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: Uuid,
    no: String,
    estate_id: Uuid,
    kind: String,
    text: String,
    location: Option<String>,
    contact_name: Option<String>,
    contact_phone: Option<String>,
    tracking_digest: String,
    received_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    state: String,
    became_kind: Option<String>,
    became_id: Option<Uuid>,
    decided_by: Option<Uuid>,
    decided_at: Option<DateTime<Utc>>,
    reply: Option<String>,
    version: i32,
}

impl Row {
    fn of(report: &ResidentReport) -> Self {
        let report = report.clone();
        Self {
            id: report.id.0,
            no: report.no,
            estate_id: report.estate_id.0,
            kind: report.kind.code().to_owned(),
            text: report.text,
            location: report.location,
            contact_name: report.contact_name,
            contact_phone: report.contact_phone.map(|phone| phone.expose().as_str().to_owned()),
            tracking_digest: report.tracking_digest,
            received_at: report.received_at,
            due_at: report.due_at,
            state: report.state.code().to_owned(),
            became_kind: report.became.map(|subject| subject.kind.code().to_owned()),
            became_id: report.became.map(|subject| subject.id),
            decided_by: report.decided_by.map(Into::into),
            decided_at: report.decided_at,
            reply: report.reply,
            version: report.version,
        }
    }

    fn report(self) -> Result<ResidentReport, Failure> {
        let became = match (self.became_kind, self.became_id) {
            (Some(kind), Some(id)) => Some(Subject {
                kind: kind.parse()?,
                id,
            }),
            _ => None,
        };
        Ok(ResidentReport {
            id: self.id.into(),
            no: self.no,
            estate_id: self.estate_id.into(),
            kind: self.kind.parse()?,
            text: self.text,
            location: self.location,
            contact_name: self.contact_name,
            contact_phone: self.contact_phone.as_deref().and_then(Phone::parse).map(Private::new),
            tracking_digest: self.tracking_digest,
            received_at: self.received_at,
            due_at: self.due_at,
            state: self.state.parse()?,
            became,
            decided_by: self.decided_by.map(Into::into),
            decided_at: self.decided_at,
            reply: self.reply,
            version: self.version,
        })
    }
}

/// Adds a report.
///
/// # Errors
/// As the database says.
pub async fn insert(conn: &mut Conn, report: &ResidentReport) -> Result<(), Failure> {
    diesel::insert_into(reports::table)
        .values(&Row::of(report))
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores a decision; `report.version` is the one after it.
///
/// # Errors
/// `version_conflict` when somebody decided in the meantime.
pub async fn save(conn: &mut Conn, report: &ResidentReport) -> Result<(), Failure> {
    let stored = diesel::update(
        reports::table
            .find(report.id.0)
            .filter(reports::version.eq(report.version - 1)),
    )
    .set(&Row::of(report))
    .execute(conn)
    .await?;
    if stored == 1 { Ok(()) } else { Err(super::stale()) }
}

/// One report.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: ResidentReportId) -> Result<ResidentReport, Failure> {
    let row: Row = reports::table
        .filter(reports::id.eq(id.0))
        .filter(in_estates!(reports, scope))
        .select(Row::as_select())
        .first(conn)
        .await?;
    row.report()
}

/// One report, held until commit, so that it is decided once.
///
/// # Errors
/// `not_found`.
pub async fn lock(conn: &mut Conn, scope: &Scope, id: ResidentReportId) -> Result<ResidentReport, Failure> {
    let row: Row = reports::table
        .filter(reports::id.eq(id.0))
        .filter(in_estates!(reports, scope))
        .select(Row::as_select())
        .for_update()
        .first(conn)
        .await?;
    row.report()
}

/// The report that became this record, if one did: its photos belong to the record too.
///
/// # Errors
/// As the database says.
pub async fn that_became(mut conn: &Conn, subject: Subject) -> Result<Option<Uuid>, Failure> {
    Ok(reports::table
        .filter(
            reports::became_kind
                .eq(subject.kind.code())
                .and(reports::became_id.eq(subject.id)),
        )
        .select(reports::id)
        .first(&mut conn)
        .await
        .optional()?)
}

/// Which reports are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this estate.
    pub estate: Option<EstateId>,
    /// In one of these states.
    pub states: Vec<ReportState>,
    /// Of these kinds.
    pub kinds: Vec<ReportKind>,
    /// Received from this instant on.
    pub from: Option<DateTime<Utc>>,
    /// Received before this instant.
    pub until: Option<DateTime<Utc>>,
}

/// A page of reports, by when they came in.
///
/// # Errors
/// `validation_failed` for a cursor of another list.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &Filter,
    request: &ListRequest<()>,
) -> Result<Rows<ResidentReport>, Failure> {
    let filtered = || {
        let mut query = reports::table.filter(in_estates!(reports, scope)).into_boxed();
        if let Some(estate) = filter.estate {
            query = query.filter(reports::estate_id.eq(estate.0));
        }
        if !filter.states.is_empty() {
            query = query.filter(reports::state.eq_any(super::repairs::codes(filter.states.iter().map(|s| s.code()))));
        }
        if !filter.kinds.is_empty() {
            query = query.filter(reports::kind.eq_any(super::repairs::codes(filter.kinds.iter().map(|k| k.code()))));
        }
        if let Some(from) = filter.from {
            query = query.filter(reports::received_at.ge(from));
        }
        if let Some(until) = filter.until {
            query = query.filter(reports::received_at.lt(until));
        }
        query
    };
    let total = match request.count {
        true => Some(filtered().count().get_result(conn).await?),
        false => None,
    };
    let query = filtered().select(Row::as_select());
    let rows: Vec<Row> = keyset!(query, request, reports::received_at, reports::id, DateTime<Utc>)
        .load(conn)
        .await?;
    split_next(rows, request.limit, total, |row| (json!(row.received_at), row.id)).try_map(Row::report)
}

/// What a resident may learn of a report: how far it is, when, and the answer.
#[derive(Clone, Debug)]
pub struct Told {
    /// What the resident wanted.
    pub kind: ReportKind,
    /// When it came in.
    pub received_at: DateTime<Utc>,
    /// How far it is.
    pub progress: Progress,
    /// When it last moved.
    pub updated_at: DateTime<Utc>,
    /// The answer.
    pub reply: Option<String>,
}

/// What is told for a tracking code; `None` for a code that no report has.
///
/// # Errors
/// As the database says.
pub async fn told(conn: &mut Conn, digest: &str) -> Result<Option<Told>, Failure> {
    let row: Option<Row> = reports::table
        .filter(reports::tracking_digest.eq(digest))
        .select(Row::as_select())
        .first(conn)
        .await
        .optional()?;
    let Some(report) = row.map(Row::report).transpose()? else {
        return Ok(None);
    };
    let own = report.decided_at.unwrap_or(report.received_at);
    let (progress, updated_at, reply) = match (report.state, report.became) {
        (ReportState::Received, _) => (Progress::Received, own, None),
        (ReportState::Dismissed, _) => (Progress::NotTaken, own, report.reply),
        (ReportState::TakenIn, Some(became)) => match became.kind {
            SubjectKind::RepairRequest => of_repair(conn, became.id).await?,
            SubjectKind::Case => of_case(conn, became.id).await?,
            _ => (Progress::InHand, own, None),
        },
        (ReportState::TakenIn, None) => (Progress::InHand, own, None),
    };
    Ok(Some(Told {
        kind: report.kind,
        received_at: report.received_at,
        progress,
        updated_at: updated_at.max(own),
        reply,
    }))
}

type Progressed = (Progress, DateTime<Utc>, Option<String>);

async fn of_repair(conn: &mut Conn, id: Uuid) -> Result<Progressed, Failure> {
    let (request, updated_at): (String, DateTime<Utc>) = repair_requests::table
        .find(id)
        .select((repair_requests::state, repair_requests::updated_at))
        .first(conn)
        .await?;
    let order: Option<(String, DateTime<Utc>)> = work_orders::table
        .filter(work_orders::request_id.eq(id))
        .select((work_orders::state, work_orders::updated_at))
        .first(conn)
        .await
        .optional()?;
    let updated_at = order.as_ref().map_or(updated_at, |(_, at)| updated_at.max(*at));
    Ok(match (request.parse()?, order) {
        // Why is written for the desk, and may name others.
        (RequestState::Cancelled, _) => (Progress::Cancelled, updated_at, None),
        (RequestState::Closed, _) => (Progress::Finished, updated_at, None),
        (_, None) => (Progress::InHand, updated_at, None),
        (_, Some((state, _))) => match state.parse()? {
            OrderState::Done => (Progress::Repaired, updated_at, None),
            OrderState::Verified | OrderState::Visited | OrderState::Closed => (Progress::Finished, updated_at, None),
            _ => (Progress::BeingRepaired, updated_at, None),
        },
    })
}

async fn of_case(conn: &mut Conn, id: Uuid) -> Result<Progressed, Failure> {
    let (state, reply, updated_at): (String, Option<String>, DateTime<Utc>) = cases::table
        .find(id)
        .select((cases::state, cases::reply, cases::updated_at))
        .first(conn)
        .await?;
    // A reply is told once it was given, not while it is drafted.
    Ok(match state.as_str() {
        "closed" | "visited" => (Progress::Finished, updated_at, reply),
        "replied" => (Progress::Answered, updated_at, reply),
        _ => (Progress::InHand, updated_at, None),
    })
}

/// When the report with this digest came in; `None` while there is none.
///
/// # Errors
/// As the database says.
pub async fn received(conn: &mut Conn, digest: &str) -> Result<Option<DateTime<Utc>>, Failure> {
    Ok(reports::table
        .filter(reports::tracking_digest.eq(digest))
        .select(reports::received_at)
        .first(conn)
        .await
        .optional()?)
}

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// A report.
    Report,
    /// A photo.
    Photo,
    /// A look at a tracking code.
    Look,
}

impl Attempt {
    const fn code(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Photo => "photo",
            Self::Look => "look",
        }
    }
}

/// How many attempts an hour may see.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From one address.
    pub address: i64,
    /// In one estate; `None` for what belongs to none.
    pub estate: Option<(EstateId, i64)>,
}

/// Counts one attempt, and says from when on another one makes sense where there were too many since `since`, this one
/// included. Attempts from one address wait for each other, so that the limit holds under any number of servers.
///
/// # Errors
/// As the database says.
pub async fn attempt(
    conn: &mut Conn,
    what: Attempt,
    address: &str,
    limits: Limits,
    hour: TimeDelta,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, Failure> {
    diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended($1, 7))")
        .bind::<sql_types::Text, _>(format!("{}|{address}", what.code()))
        .execute(conn)
        .await?;
    diesel::insert_into(attempts::table)
        .values((
            attempts::id.eq(Uuid::now_v7()),
            attempts::kind.eq(what.code()),
            attempts::address.eq(address),
            attempts::estate_id.eq(limits.estate.map(|(id, _)| id.0)),
            attempts::at.eq(now),
        ))
        .execute(conn)
        .await?;
    // The one that has to be an hour old before there is room again: with as many younger ones as the limit allows.
    macro_rules! in_the_way {
        ($filter:expr, $limit:expr) => {
            attempts::table
                .filter(attempts::kind.eq(what.code()).and($filter))
                .filter(attempts::at.gt(now - hour))
                .order((attempts::at.desc(), attempts::id.desc()))
                .limit(1 + $limit.max(0))
                .select(attempts::at)
                .load::<DateTime<Utc>>(conn)
                .await?
                .into_iter()
                .skip(usize::try_from($limit.max(0)).unwrap_or(usize::MAX))
                .next()
        };
    }
    let mut free = in_the_way!(attempts::address.eq(address), limits.address);
    if let Some((estate, limit)) = limits.estate {
        free = free.max(in_the_way!(attempts::estate_id.eq(estate.0), limit));
    }
    Ok(free.map(|at| at + hour))
}

/// Forgets attempts before `until`.
///
/// # Errors
/// As the database says.
pub async fn sweep_attempts(conn: &mut Conn, until: DateTime<Utc>) -> Result<usize, Failure> {
    Ok(diesel::delete(attempts::table.filter(attempts::at.lt(until)))
        .execute(conn)
        .await?)
}
