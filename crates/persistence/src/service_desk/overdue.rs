//! Which deadlines of the desk were missed and have a step of their climb to take.

use chrono::{DateTime, Utc};
use diesel::{prelude::*, sql_types};
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::PostCode,
    code_enum,
    org::{
        climb::{Climbing, Overdue},
        superior::Seat,
    },
    service_desk::overdue::{ACKNOWLEDGE, DISPATCH, FINISH, MEDIATE, REPLY, RESPONSE, TRIAGE, VISIT},
    shared::{Subject, SubjectKind},
};

use super::{
    unfinished,
    workbench::{AWAITS_REPLY, WITH_TECHNICIAN},
};
use crate::{
    Conn, Failure, climbs_now,
    schema::{
        cases, disputes, repair_requests as requests, resident_reports as reports, visits, work_orders as orders,
    },
};

/// Records taken at a time.
const BATCH: i64 = 200;

code_enum! {
    /// One kind of deadline of the desk.
    pub enum Deadline {
        /// Residents' reports to be taken in.
        Triage = "triage",
        /// Cases to be acknowledged.
        Acknowledge = "acknowledge",
        /// Cases to be answered.
        Reply = "reply",
        /// Disputes to be given to a mediator, settled or passed up.
        Mediate = "mediate",
        /// Repair requests to be dispatched.
        Dispatch = "dispatch",
        /// Orders to be answered.
        Response = "response",
        /// Orders to be finished.
        Finish = "finish",
        /// Residents to be asked.
        Visit = "visit",
    }
}

/// Id, estate, post, squad, area, person, deadline, made at, whether it hurries.
type Line = (
    Uuid,
    Uuid,
    String,
    Option<Uuid>,
    Option<Uuid>,
    Option<Uuid>,
    DateTime<Utc>,
    DateTime<Utc>,
    bool,
);

macro_rules! lines {
    ($conn:expr, $table:ident, $climbing:expr, $due:expr, $after:expr, $now:expr, $still:expr, $columns:expr) => {{
        $table::table
            .filter($still)
            .filter($due.lt($now))
            .filter(climbs_now!($table, $climbing.deadline, $due, $now))
            .filter($table::id.gt($after.unwrap_or_default()))
            .order($table::id)
            .limit(BATCH)
            .select($columns)
            .for_update()
            .skip_locked()
            .load::<Line>($conn)
            .await?
    }};
}

fn no() -> diesel::expression::SqlLiteral<sql_types::Bool> {
    diesel::dsl::sql("false")
}

/// The missed deadlines of one kind, after the record `after`; each record is held until the transaction ends, and those
/// that somebody else works on are left for the next run.
///
/// # Errors
/// As the database says.
pub async fn missed(
    conn: &mut Conn,
    kind: Deadline,
    now: DateTime<Utc>,
    after: Option<Uuid>,
) -> Result<Vec<Overdue>, Failure> {
    let none = || diesel::dsl::sql::<sql_types::Nullable<sql_types::Uuid>>("NULL");
    macro_rules! columns {
        ($table:ident, $person:expr, $due:expr, $made:expr, $hurries:expr) => {
            (
                $table::id,
                $table::estate_id,
                $table::responsible_post,
                $table::squad_id,
                $table::area_id,
                $person,
                $due,
                $made,
                $hurries,
            )
        };
    }
    let (climbing, subject, lines): (&'static Climbing, SubjectKind, Vec<Line>) = match kind {
        Deadline::Triage => {
            let desk = diesel::dsl::sql::<sql_types::Text>("'RECEPT'");
            let lines = lines!(
                conn,
                reports,
                TRIAGE,
                reports::due_at,
                after,
                now,
                unfinished::reports(),
                (
                    reports::id,
                    reports::estate_id,
                    desk,
                    none(),
                    none(),
                    none(),
                    reports::due_at,
                    reports::received_at,
                    no(),
                )
            );
            (&TRIAGE, SubjectKind::ResidentReport, lines)
        }
        Deadline::Acknowledge => {
            let waits = unfinished::cases().and(cases::acknowledged_at.is_null());
            let columns = columns!(cases, none(), cases::acknowledge_due_at, cases::received_at, no());
            let mut lines = lines!(
                conn,
                cases,
                ACKNOWLEDGE,
                cases::acknowledge_due_at,
                after,
                now,
                waits,
                columns
            );
            // Telling the resident is the desk's, whoever has the case.
            for line in &mut lines {
                (line.2, line.3, line.4) = (PostCode::Recept.code().to_owned(), None, None);
            }
            (&ACKNOWLEDGE, SubjectKind::Case, lines)
        }
        Deadline::Reply => {
            let columns = columns!(cases, cases::owner_id, cases::due_at, cases::received_at, no());
            let waits = unfinished::cases().and(cases::state.eq_any(AWAITS_REPLY));
            let lines = lines!(conn, cases, REPLY, cases::due_at, after, now, waits, columns);
            (&REPLY, SubjectKind::Case, lines)
        }
        Deadline::Mediate => {
            let due = disputes::step_due_at.assume_not_null();
            let columns = columns!(disputes, disputes::mediator_id, due, disputes::opened_at, no());
            let waits = disputes::step_due_at.is_not_null();
            let lines = lines!(conn, disputes, MEDIATE, due, after, now, waits, columns);
            (&MEDIATE, SubjectKind::Dispute, lines)
        }
        Deadline::Dispatch => {
            let columns = columns!(
                requests,
                none(),
                requests::dispatch_due_at,
                requests::requested_at,
                requests::urgency.ne("normal")
            );
            let waits = unfinished::requests();
            let lines = lines!(
                conn,
                requests,
                DISPATCH,
                requests::dispatch_due_at,
                after,
                now,
                waits,
                columns
            );
            (&DISPATCH, SubjectKind::RepairRequest, lines)
        }
        Deadline::Response => {
            let columns = columns!(
                orders,
                orders::technician_id.nullable(),
                orders::response_due_at,
                orders::dispatched_at,
                orders::urgency.ne("normal")
            );
            let waits = unfinished::orders().and(orders::state.eq("dispatched"));
            let lines = lines!(
                conn,
                orders,
                RESPONSE,
                orders::response_due_at,
                after,
                now,
                waits,
                columns
            );
            (&RESPONSE, SubjectKind::WorkOrder, lines)
        }
        Deadline::Finish => {
            let columns = columns!(
                orders,
                orders::technician_id.nullable(),
                orders::finish_due_at,
                orders::dispatched_at,
                orders::urgency.ne("normal")
            );
            let waits = unfinished::orders().and(orders::state.eq_any(WITH_TECHNICIAN));
            let lines = lines!(conn, orders, FINISH, orders::finish_due_at, after, now, waits, columns);
            (&FINISH, SubjectKind::WorkOrder, lines)
        }
        Deadline::Visit => {
            let columns = columns!(visits, visits::visitor_id, visits::due_at, visits::created_at, no());
            let waits = unfinished::visits().and(visits::state.eq_any(["due", "unreachable"]));
            let lines = lines!(conn, visits, VISIT, visits::due_at, after, now, waits, columns);
            (&VISIT, SubjectKind::Visit, lines)
        }
    };
    lines
        .into_iter()
        .map(
            |(id, estate, post, squad, area, person, due_at, made_at, hurries)| -> Result<Overdue, Failure> {
                Ok(Overdue {
                    subject: Subject::new(subject, id),
                    climbing,
                    due_at,
                    seat: Seat {
                        post: post.parse()?,
                        estate: estate.into(),
                        squad: squad.map(Into::into),
                        area: area.map(Into::into),
                    },
                    giver: None,
                    assignee: person.map(Into::into),
                    made_at,
                    hurries,
                })
            },
        )
        .collect()
}
