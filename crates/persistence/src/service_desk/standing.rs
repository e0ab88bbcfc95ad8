//! Where the clocks of the desk's records stand: until when, whose they are, and whether somebody has stopped them. The record
//! alone decides; one statement for each kind of record.

use chrono::{DateTime, Utc};
use diesel::{
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::{Array, Bool, Nullable, Text, Timestamptz, Untyped, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    org::{
        Responsible,
        clock::{Hand, Standing},
    },
    service_desk::overdue,
    shared::{Subject, SubjectKind},
};

use super::unfinished;
use crate::{Conn, Failure};

/// A kind of record that has clocks.
#[derive(Debug)]
pub struct Clocked {
    /// Which kind.
    pub kind: SubjectKind,
    /// Its table.
    pub table: &'static str,
    /// Its rows of which a clock may run, as the small indexes have it.
    pub running: &'static str,
    /// Its clocks, each with the columns of [`Line`], of the record `it`.
    clocks: &'static str,
}

/// All of them.
pub const CLOCKED: &[Clocked] = &[
    Clocked {
        kind: SubjectKind::ResidentReport,
        table: "resident_reports",
        running: unfinished::REPORTS,
        clocks: "('triage', '1', 'RECEPT', NULL::uuid, NULL::uuid, NULL::uuid, NULL::uuid, it.received_at, it.due_at, false, \
            CASE WHEN it.state <> 'received' THEN coalesce(it.decided_at, it.due_at) END, false)",
    },
    Clocked {
        kind: SubjectKind::Case,
        table: "cases",
        running: unfinished::CASES,
        // Telling the resident is the desk's, whoever has the case.
        clocks: "('reply', (it.reopened_count + 1)::text, it.responsible_post, it.responsible_assignment, it.squad_id, \
            it.area_id, it.owner_id, it.received_at, it.due_at, false, \
            CASE WHEN it.state NOT IN ('received', 'investigating', 'validity_decided', 'handling') \
                THEN coalesce(it.replied_at, it.closed_at, it.updated_at) END, false), \
            ('acknowledge', '1', 'RECEPT', NULL, NULL, NULL, NULL, it.received_at, it.acknowledge_due_at, false, \
            it.acknowledged_at, it.acknowledged_at IS NULL AND it.closed_at IS NOT NULL)",
    },
    Clocked {
        kind: SubjectKind::Dispute,
        table: "disputes",
        running: unfinished::DISPUTES,
        // Each level has its own; before the first it is with whoever names the mediator. When a level got it, and until when
        // a settled one was due, the record does not keep.
        clocks: "('mediate', \
            (it.reopened_count + 1)::text || '/' || CASE WHEN it.state = 'opened' THEN it.state ELSE it.level END, \
            it.responsible_post, it.responsible_assignment, it.squad_id, it.area_id, it.mediator_id, \
            CASE WHEN it.state = 'opened' THEN it.opened_at END, it.step_due_at, false, \
            it.settled_at, it.step_due_at IS NULL)",
    },
    Clocked {
        kind: SubjectKind::RepairRequest,
        table: "repair_requests",
        running: unfinished::REQUESTS,
        // A dispatched request is with the technician; the dispatch was the desk's.
        clocks: "('dispatch', '1', CASE WHEN it.state = 'requested' THEN it.responsible_post ELSE 'RECEPT' END, \
            CASE WHEN it.state = 'requested' THEN it.responsible_assignment END, \
            CASE WHEN it.state = 'requested' THEN it.squad_id END, CASE WHEN it.state = 'requested' THEN it.area_id END, \
            NULL::uuid, it.requested_at, it.dispatch_due_at, it.urgency <> 'normal', \
            CASE WHEN it.state <> 'requested' THEN coalesce( \
                (SELECT min(given.dispatched_at) FROM work_order_dispatches given \
                    JOIN work_orders made ON made.id = given.order_id WHERE made.request_id = it.id), \
                (SELECT min(made.dispatched_at) FROM work_orders made WHERE made.request_id = it.id), \
                CASE WHEN it.state <> 'cancelled' THEN it.updated_at END) END, \
            it.state = 'cancelled')",
    },
    Clocked {
        kind: SubjectKind::WorkOrder,
        table: "work_orders",
        running: unfinished::ORDERS,
        clocks: "('response', '1', it.responsible_post, it.responsible_assignment, it.squad_id, it.area_id, \
            it.technician_id, it.dispatched_at, it.response_due_at, it.urgency <> 'normal', \
            CASE WHEN it.state NOT IN ('dispatched', 'cancelled') THEN coalesce(it.accepted_at, it.round_at) \
                WHEN it.state = 'cancelled' THEN it.accepted_at END, \
            it.state = 'cancelled'), \
            ('finish', (it.returned_count + 1)::text, it.responsible_post, it.responsible_assignment, it.squad_id, \
            it.area_id, it.technician_id, it.dispatched_at, it.finish_due_at, it.urgency <> 'normal', \
            CASE WHEN it.state IN ('done', 'verified', 'visited', 'closed') \
                THEN coalesce(it.finished_at, it.verified_at, it.updated_at) END, \
            it.state = 'cancelled')",
    },
    Clocked {
        kind: SubjectKind::Visit,
        table: "visits",
        running: unfinished::VISITS,
        clocks: "('visit', '1', it.responsible_post, it.responsible_assignment, it.squad_id, it.area_id, it.visitor_id, \
            it.created_at, it.due_at, false, \
            CASE WHEN it.state IN ('done', 'followed_up') THEN coalesce(it.asked_at, it.updated_at) \
                WHEN it.state = 'closed' THEN it.asked_at END, \
            it.state = 'closed')",
    },
];

/// The clocks of records of a kind.
struct Ask<'a> {
    of: &'a Clocked,
    ids: &'a [Uuid],
}

/// Its text is one of few, which are kept prepared by what they say.
impl QueryId for Ask<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Ask<'_> {
    type SqlType = Untyped;
}

impl QueryFragment<Pg> for Ask<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("SELECT it.id, it.estate_id, it.no, clock.* FROM ");
        out.push_sql(self.of.table);
        out.push_sql(" it CROSS JOIN LATERAL (VALUES ");
        out.push_sql(self.of.clocks);
        out.push_sql(
            ") AS clock (deadline, round, post, assignment, squad, area, employee, runs_from, due_at, hurries, stopped_at, \
             void) WHERE it.id = ANY(",
        );
        out.push_bind_param::<Array<SqlUuid>, _>(self.ids)?;
        out.push_sql(") ORDER BY it.id");
        Ok(())
    }
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    estate_id: Uuid,
    #[diesel(sql_type = Text)]
    no: String,
    #[diesel(sql_type = Text)]
    deadline: String,
    #[diesel(sql_type = Text)]
    round: String,
    #[diesel(sql_type = Text)]
    post: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    assignment: Option<Uuid>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    squad: Option<Uuid>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    area: Option<Uuid>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    employee: Option<Uuid>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    runs_from: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    due_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Bool)]
    hurries: bool,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    stopped_at: Option<DateTime<Utc>>,
    /// Counts only for a clock that nobody has stopped.
    #[diesel(sql_type = Bool)]
    void: bool,
}

/// The clocks of these records, by record. The caller holds the records, or has just written them.
///
/// # Errors
/// As the database says; `Internal` on a word this version does not know.
pub async fn of(mut conn: &Conn, of: &Clocked, ids: &[Uuid]) -> Result<Vec<Standing>, Failure> {
    let lines: Vec<Line> = Ask { of, ids }.load(&mut conn).await?;
    lines.into_iter().map(|line| standing(of.kind, line)).collect()
}

fn standing(kind: SubjectKind, line: Line) -> Result<Standing, Failure> {
    let unknown = || Failure::internal(format!("no deadline is called {}", line.deadline));
    Ok(Standing {
        climbing: overdue::named(&line.deadline).ok_or_else(unknown)?,
        subject: Subject::new(kind, line.id),
        no: line.no,
        estate: line.estate_id.into(),
        round: line.round,
        responsible: Responsible {
            post: line.post.parse()?,
            assignment: line.assignment.map(Into::into),
            squad: line.squad.map(Into::into),
            area: line.area.map(Into::into),
        },
        employee: line.employee.map(Into::into),
        runs_from: line.runs_from,
        due_at: line.due_at,
        hurries: line.hurries,
        hand: match line.stopped_at {
            Some(at) => Hand::Stopped(at),
            None if line.void => Hand::Void,
            None => Hand::Runs,
        },
    })
}
