//! What the rules of notices ask of records: number, name, deadline, and whose they are. One statement for each kind of record.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{Bool, Nullable, Text, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::{PostCode, Scope},
    notices::{Facts, Known, Particulars, What, asks_decider, concerns},
    plans::obligations::clock_of,
    shared::{Subject, SubjectKind, TrailEntry},
};

use super::{deciders::deciders, people};
use crate::{
    Conn, Failure,
    fixed::{Fixed, fixed},
    none,
    schema::{
        account_requests, accounts, acting_periods, assignments, calendar_years, cases, consultations,
        data_corrections, disputes, goal_sets, obligation_rules, obligations, repair_requests, reporting_edges,
        resident_reports, structure_changes, tasks, visits, work_orders,
    },
};

/// Everything that [`wuye_domain::notices::told`] asks of these deeds. `scope` opens every record: whoever did the deed need not
/// see what those who are told see.
///
/// # Errors
/// As the database says.
pub async fn facts(
    conn: &mut Conn,
    scope: &Scope,
    entries: &[TrailEntry],
    now: DateTime<Utc>,
) -> Result<Facts, Failure> {
    let mut facts = Facts::default();
    let mut wanted = HashMap::<SubjectKind, Vec<Uuid>>::new();
    for entry in entries.iter().filter(|entry| concerns(entry)) {
        wanted.entry(entry.subject.kind).or_default().push(entry.subject.id);
    }
    for (kind, ids) in wanted {
        let found = known(conn, kind, &ids).await?;
        facts
            .known
            .extend(found.into_iter().map(|(id, known)| (Subject::new(kind, id), known)));
    }
    people::holders_of_posts(conn, &mut facts.known, now).await?;
    for entry in entries.iter().filter(|entry| asks_decider(entry)) {
        let subject = entry.subject;
        if let Some(known) = facts.known.get(&subject) {
            let found = deciders(conn, scope, subject, known, now).await?;
            facts.deciders.insert(subject, found);
        }
    }
    if !facts.known.is_empty() {
        facts.stand_ins = people::stand_ins(conn, now).await?;
    }
    Ok(facts)
}

/// Id, estate, number, name in Chinese and English, deadline, holder, author, principal, whether it hurries.
type Line = (
    Uuid,
    Option<Uuid>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<DateTime<Utc>>,
    Option<Uuid>,
    Option<Uuid>,
    Option<Uuid>,
    bool,
);

macro_rules! lines {
    ($conn:expr, $query:expr, $table:ident, $ids:expr, $columns:expr) => {
        $query
            .filter($table::id.eq_any($ids))
            .select($columns)
            .load::<Line>($conn)
            .await?
    };
    ($conn:expr, $table:ident, $ids:expr, $columns:expr) => {
        lines!($conn, $table::table, $table, $ids, $columns)
    };
}

fn calm() -> Fixed<Bool> {
    fixed("false")
}

/// The records of one kind; none of a kind that nobody is told of.
async fn known(conn: &mut Conn, kind: SubjectKind, ids: &[Uuid]) -> Result<HashMap<Uuid, Known>, Failure> {
    let rows: Vec<Line> = match kind {
        SubjectKind::WorkOrder => lines!(
            conn,
            work_orders,
            ids,
            (
                work_orders::id,
                work_orders::estate_id.nullable(),
                work_orders::no.nullable(),
                none!(Text),
                none!(Text),
                work_orders::finish_due_at.nullable(),
                work_orders::technician_id.nullable(),
                work_orders::dispatched_by,
                none!(Uuid),
                work_orders::urgency.ne("normal"),
            )
        ),
        SubjectKind::RepairRequest => lines!(
            conn,
            repair_requests,
            ids,
            (
                repair_requests::id,
                repair_requests::estate_id.nullable(),
                repair_requests::no.nullable(),
                none!(Text),
                none!(Text),
                repair_requests::dispatch_due_at.nullable(),
                none!(Uuid),
                repair_requests::created_by,
                none!(Uuid),
                repair_requests::urgency.ne("normal"),
            )
        ),
        SubjectKind::ResidentReport => lines!(
            conn,
            resident_reports,
            ids,
            (
                resident_reports::id,
                resident_reports::estate_id.nullable(),
                resident_reports::no.nullable(),
                none!(Text),
                none!(Text),
                resident_reports::due_at.nullable(),
                none!(Uuid),
                none!(Uuid),
                none!(Uuid),
                calm(),
            )
        ),
        SubjectKind::Case => lines!(
            conn,
            cases,
            ids,
            (
                cases::id,
                cases::estate_id.nullable(),
                cases::no.nullable(),
                none!(Text),
                none!(Text),
                cases::due_at.nullable(),
                cases::owner_id,
                cases::created_by,
                none!(Uuid),
                calm(),
            )
        ),
        SubjectKind::Dispute => lines!(
            conn,
            disputes,
            ids,
            (
                disputes::id,
                disputes::estate_id.nullable(),
                disputes::no.nullable(),
                none!(Text),
                none!(Text),
                disputes::step_due_at,
                disputes::mediator_id,
                disputes::created_by,
                none!(Uuid),
                calm(),
            )
        ),
        SubjectKind::Visit => lines!(
            conn,
            visits,
            ids,
            (
                visits::id,
                visits::estate_id.nullable(),
                visits::no.nullable(),
                none!(Text),
                none!(Text),
                visits::due_at.nullable(),
                visits::visitor_id,
                visits::created_by,
                none!(Uuid),
                calm(),
            )
        ),
        SubjectKind::Task => lines!(
            conn,
            tasks,
            ids,
            (
                tasks::id,
                tasks::estate_id.nullable(),
                tasks::no.nullable(),
                tasks::title.nullable(),
                tasks::title.nullable(),
                tasks::due_at.nullable(),
                tasks::assignee_id.nullable(),
                tasks::created_by,
                none!(Uuid),
                tasks::priority.eq("urgent"),
            )
        ),
        SubjectKind::Obligation => lines!(
            conn,
            obligations::table.left_join(obligation_rules::table),
            obligations,
            ids,
            (
                obligations::id,
                obligations::estate_id.nullable(),
                obligations::subject_no,
                // A record's clock is asked for by no rule: its name is in the program.
                fixed::<Nullable<Text>>("coalesce(obligation_rules.name_zh, obligations.deadline)"),
                fixed::<Nullable<Text>>("coalesce(obligation_rules.name_en, obligations.deadline)"),
                obligations::due_at.nullable(),
                obligations::employee_id,
                none!(Uuid),
                none!(Uuid),
                calm(),
            )
        ),
        SubjectKind::ActingPeriod => lines!(
            conn,
            acting_periods,
            ids,
            (
                acting_periods::id,
                acting_periods::estate_id,
                none!(Text),
                acting_periods::post.nullable(),
                acting_periods::post.nullable(),
                none!(Timestamptz),
                acting_periods::stand_in_id.nullable(),
                acting_periods::proposed_by.nullable(),
                acting_periods::principal_id,
                calm(),
            )
        ),
        SubjectKind::Assignment => lines!(
            conn,
            assignments,
            ids,
            (
                assignments::id,
                assignments::estate_id,
                none!(Text),
                assignments::post.nullable(),
                assignments::post.nullable(),
                none!(Timestamptz),
                none!(Uuid),
                assignments::proposed_by,
                none!(Uuid),
                calm(),
            )
        ),
        SubjectKind::ReportingEdge => lines!(
            conn,
            reporting_edges,
            ids,
            (
                reporting_edges::id,
                none!(Uuid),
                none!(Text),
                reporting_edges::child_post.nullable(),
                reporting_edges::child_post.nullable(),
                none!(Timestamptz),
                none!(Uuid),
                reporting_edges::proposed_by,
                none!(Uuid),
                calm(),
            )
        ),
        SubjectKind::AccountRequest => lines!(
            conn,
            account_requests,
            ids,
            (
                account_requests::id,
                account_requests::estate_id.nullable(),
                none!(Text),
                none!(Text),
                none!(Text),
                none!(Timestamptz),
                none!(Uuid),
                account_requests::requested_by,
                none!(Uuid),
                calm(),
            )
        ),
        SubjectKind::DataCorrection => lines!(
            conn,
            data_corrections,
            ids,
            (
                data_corrections::id,
                data_corrections::estate_id.nullable(),
                data_corrections::no.nullable(),
                none!(Text),
                none!(Text),
                none!(Timestamptz),
                none!(Uuid),
                data_corrections::proposed_by.nullable(),
                none!(Uuid),
                calm(),
            )
        ),
        SubjectKind::Consultation => lines!(
            conn,
            consultations,
            ids,
            (
                consultations::id,
                consultations::estate_id.nullable(),
                consultations::no.nullable(),
                none!(Text),
                none!(Text),
                none!(Timestamptz),
                none!(Uuid),
                consultations::created_by,
                none!(Uuid),
                calm(),
            )
        ),
        SubjectKind::StructureChange => lines!(
            conn,
            structure_changes,
            ids,
            (
                structure_changes::id,
                structure_changes::estate_id.nullable(),
                none!(Text),
                structure_changes::title.nullable(),
                structure_changes::title.nullable(),
                none!(Timestamptz),
                none!(Uuid),
                structure_changes::proposed_by,
                none!(Uuid),
                calm(),
            )
        ),
        SubjectKind::GoalSet => lines!(
            conn,
            goal_sets,
            ids,
            (
                goal_sets::id,
                goal_sets::estate_id.nullable(),
                fixed::<Nullable<Text>>("goal_sets.year::text"),
                none!(Text),
                none!(Text),
                none!(Timestamptz),
                none!(Uuid),
                goal_sets::drafted_by.nullable(),
                none!(Uuid),
                calm(),
            )
        ),
        // Days are entered by an account; a person stands behind most of them.
        SubjectKind::CalendarYear => lines!(
            conn,
            calendar_years::table.left_join(accounts::table.on(accounts::id.eq(calendar_years::entered_by))),
            calendar_years,
            ids,
            (
                calendar_years::id,
                calendar_years::estate_id,
                fixed::<Nullable<Text>>("calendar_years.year::text"),
                none!(Text),
                none!(Text),
                none!(Timestamptz),
                none!(Uuid),
                fixed::<Nullable<SqlUuid>>("accounts.employee_id"),
                none!(Uuid),
                calm(),
            )
        ),
        _ => Vec::new(),
    };
    Ok(rows.into_iter().map(|row| (row.0, of(kind, row))).collect())
}

fn of(kind: SubjectKind, row: Line) -> Known {
    let (_, estate, no, zh, en, due_at, holder, author, principal, hurries) = row;
    let what = zh.zip(en).map(|(zh, en)| match kind {
        SubjectKind::Obligation => match clock_of(&zh) {
            Some(clock) => clock.name.clone().into(),
            None => What { zh, en },
        },
        SubjectKind::ActingPeriod | SubjectKind::Assignment | SubjectKind::ReportingEdge => post(&zh),
        _ => What::as_written(&zh),
    });
    Known {
        estate: estate.map(Into::into),
        particulars: Particulars { no, what, due_at },
        holders: holder.map(Into::into).into_iter().collect(),
        author: author.map(Into::into),
        principal: principal.map(Into::into),
        hurries,
    }
}

/// A post by its title; one that this version does not know, by its code.
fn post(code: &str) -> What {
    code.parse::<PostCode>()
        .map_or_else(|_| What::as_written(code), |post| post.title().into())
}
