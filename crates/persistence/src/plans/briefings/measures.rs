//! The figures of a morning: each measure has its query in the context it comes from.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    plans::briefings::{Briefing, BriefingItem, BriefingMeasure, BriefingRecord, Reader},
    shared::{EmployeeId, SubjectKind, period::Span},
};

use super::sight::visible;
use crate::{
    Conn, Failure,
    org::{names, tasks::mornings as tasks},
    schema::briefings,
    service_desk::mornings as desk,
    tally::{NAMED, Tally},
};

/// The time a morning tells of.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// From the beginning of the working day before until now.
    pub since: Span,
    /// Now.
    pub now: DateTime<Utc>,
    /// The end of today.
    pub midnight: DateTime<Utc>,
}

/// The figures of a briefing, counted now with the eyes of whoever reports.
///
/// # Errors
/// As the database says.
pub async fn items(
    conn: &mut Conn,
    briefing: &Briefing,
    reader: &Reader,
    window: &Window,
) -> Result<Vec<BriefingItem>, Failure> {
    let mut items = Vec::new();
    for measure in BriefingMeasure::of(briefing.responsible.post) {
        // A right that was taken from the post takes its figure along.
        let Ok(scope) = reader.actor().scope(measure.needs()) else {
            continue;
        };
        let (kind, tally) = found(conn, briefing, measure, &scope, window).await?;
        let record = |(id, label)| BriefingRecord { kind, id, label };
        items.push(BriefingItem {
            measure,
            count: tally.count,
            records: tally.records.into_iter().map(record).collect(),
        });
    }
    Ok(items)
}

async fn found(
    conn: &mut Conn,
    briefing: &Briefing,
    measure: BriefingMeasure,
    scope: &Scope,
    window: &Window,
) -> Result<(SubjectKind, Tally), Failure> {
    use BriefingMeasure as M;
    use SubjectKind as K;
    let (estate, since, now) = (briefing.estate_id, window.since, window.now);
    Ok(match measure {
        M::CasesReceived => (K::Case, desk::cases_received(conn, scope, estate, since).await?),
        M::CasesOpen => (K::Case, desk::cases_open(conn, scope, estate).await?),
        M::CasesLate => (K::Case, desk::cases_late(conn, scope, estate, now).await?),
        M::OrdersDone => (K::WorkOrder, desk::orders_done(conn, scope, estate, since).await?),
        M::OrdersOpen => (K::WorkOrder, desk::orders_open(conn, scope, estate).await?),
        M::OrdersLate => (K::WorkOrder, desk::orders_late(conn, scope, estate, now).await?),
        M::VisitsDue => (K::Visit, desk::visits_due(conn, scope, estate, window.midnight).await?),
        M::VisitsMade => (K::Visit, desk::visits_made(conn, scope, estate, since).await?),
        M::VisitsDissatisfied => (K::Visit, desk::visits_dissatisfied(conn, scope, estate, since).await?),
        M::DisputesOpen => (K::Dispute, desk::disputes_open(conn, scope, estate).await?),
        M::TasksOpen => (K::Task, tasks::open(conn, scope, estate).await?),
        M::TasksLate => (K::Task, tasks::late(conn, scope, estate, now).await?),
        M::BriefingsHeard => (K::Briefing, heard(conn, briefing, scope).await?),
    })
}

/// What whoever reports has heard this morning, by the names of those who told it.
async fn heard(conn: &mut Conn, briefing: &Briefing, scope: &Scope) -> Result<Tally, Failure> {
    let rows: Vec<(Uuid, Option<Uuid>, String)> = briefings::table
        .filter(briefings::estate_id.eq(briefing.estate_id.0))
        .filter(briefings::on_date.eq(briefing.date))
        .filter(briefings::to_post.eq(briefing.responsible.post.code()))
        .filter(briefings::state.eq("heard"))
        .filter(visible(scope))
        .order((briefings::heard_at, briefings::id))
        .select((briefings::id, briefings::employee_id, briefings::responsible_post))
        .load(conn)
        .await?;
    let people: Vec<EmployeeId> = rows
        .iter()
        .filter_map(|(_, person, _)| *person)
        .map(Into::into)
        .collect();
    let names = names(conn, &people).await?;
    let label = |person: Option<Uuid>, post: String| {
        let name = person.and_then(|person| names.get(&person.into()).cloned());
        name.unwrap_or(post)
    };
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    Ok(Tally {
        count,
        records: rows
            .into_iter()
            .take(usize::try_from(NAMED).unwrap_or_default())
            .map(|(id, person, post)| (id, label(person, post)))
            .collect(),
    })
}
