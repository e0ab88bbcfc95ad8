//! What people owe and until when, from every context: for the reminder before a deadline and for the digest of a morning.

use chrono::{DateTime, Utc};
use diesel::{prelude::*, sql_types::Bool};
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    notices::{Particulars, What},
    shared::{EmployeeId, EstateId, Subject, SubjectKind},
};

use super::people;
use crate::{
    Conn, Failure,
    fixed::fixed,
    schema::{cases, disputes, obligation_rules, obligations, tasks, visits, work_orders},
};

/// Something that somebody owes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// Who.
    pub person: EmployeeId,
    /// Which record.
    pub subject: Subject,
    /// What it is called, and until when.
    pub particulars: Particulars,
    /// Since when it is theirs to do, as far as the record tells.
    pub since: DateTime<Utc>,
    /// Until when.
    pub due_at: DateTime<Utc>,
    /// Whether it hurries.
    pub hurries: bool,
}

/// Id, number, name, person, since, due, whether it hurries.
type Line = (Uuid, String, Option<String>, Uuid, DateTime<Utc>, DateTime<Utc>, bool);

/// What of an estate falls due from `from` until `until` and is still to be done by somebody who is named, nearest deadline
/// first. Overdue work has its own way up the line and is asked for with a `from` that lies back.
///
/// # Errors
/// As the database says.
pub async fn owed(
    conn: &mut Conn,
    estate: EstateId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<Owed>, Failure> {
    macro_rules! due {
        ($table:ident, $due:expr, $open:literal) => {
            $table::table
                .filter($table::estate_id.eq(estate.0))
                .filter($due.gt(from).and($due.le(until)))
                .filter(fixed::<Bool>($open))
        };
    }
    let calm = || fixed::<Bool>("false");
    let mut all = Vec::new();
    let orders: Vec<Line> = due!(
        work_orders,
        work_orders::finish_due_at,
        "work_orders.state IN ('dispatched', 'accepted', 'on_site', 'pending_material', 'pending_resident', 'returned_to_work')"
    )
    .select((
        work_orders::id,
        work_orders::no,
        crate::none!(Text),
        work_orders::technician_id,
        work_orders::round_at,
        work_orders::finish_due_at,
        work_orders::urgency.ne("normal"),
    ))
    .load(conn)
    .await?;
    all.extend(orders.into_iter().map(|line| of(SubjectKind::WorkOrder, line)));
    let cases: Vec<Line> = due!(
        cases,
        cases::due_at,
        "cases.closed_at IS NULL AND cases.state IN ('investigating', 'validity_decided', 'handling')"
    )
    .filter(cases::owner_id.is_not_null())
    .select((
        cases::id,
        cases::no,
        crate::none!(Text),
        cases::owner_id.assume_not_null(),
        cases::received_at,
        cases::due_at,
        calm(),
    ))
    .load(conn)
    .await?;
    all.extend(cases.into_iter().map(|line| of(SubjectKind::Case, line)));
    let disputes: Vec<Line> = due!(
        disputes,
        disputes::step_due_at.assume_not_null(),
        "disputes.state <> 'closed' AND disputes.step_due_at IS NOT NULL AND disputes.settled_at IS NULL"
    )
    .filter(disputes::mediator_id.is_not_null())
    .select((
        disputes::id,
        disputes::no,
        crate::none!(Text),
        disputes::mediator_id.assume_not_null(),
        disputes::opened_at,
        disputes::step_due_at.assume_not_null(),
        calm(),
    ))
    .load(conn)
    .await?;
    all.extend(disputes.into_iter().map(|line| of(SubjectKind::Dispute, line)));
    let visits: Vec<Line> = due!(
        visits,
        visits::due_at,
        "visits.state <> 'closed' AND visits.state IN ('due', 'unreachable')"
    )
    .filter(visits::visitor_id.is_not_null())
    .select((
        visits::id,
        visits::no,
        crate::none!(Text),
        visits::visitor_id.assume_not_null(),
        visits::created_at,
        visits::due_at,
        calm(),
    ))
    .load(conn)
    .await?;
    all.extend(visits.into_iter().map(|line| of(SubjectKind::Visit, line)));
    let tasks: Vec<Line> = due!(
        tasks,
        tasks::due_at,
        "tasks.ended_at IS NULL AND tasks.state IN ('issued', 'accepted', 'in_progress', 'returned')"
    )
    .select((
        tasks::id,
        tasks::no,
        tasks::title.nullable(),
        tasks::assignee_id,
        tasks::issued_at,
        tasks::due_at,
        tasks::priority.eq("urgent"),
    ))
    .load(conn)
    .await?;
    all.extend(tasks.into_iter().map(|line| of(SubjectKind::Task, line)));
    all.extend(duties(conn, estate, from, until, now).await?);
    all.sort_by_key(|owed| (owed.due_at, owed.subject.id, owed.person));
    Ok(all)
}

fn of(kind: SubjectKind, line: Line) -> Owed {
    let (id, no, name, person, since, due_at, hurries) = line;
    Owed {
        person: person.into(),
        subject: Subject::new(kind, id),
        particulars: Particulars {
            no: Some(no),
            what: name.map(|name| What::as_written(&name)),
            due_at: Some(due_at),
        },
        since,
        due_at,
        hurries,
    }
}

/// Duties, mere reminders among them; one that any holder of a post does for all is owed by each of them.
async fn duties(
    conn: &mut Conn,
    estate: EstateId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<Owed>, Failure> {
    type Duty = (Uuid, String, String, Option<Uuid>, String, DateTime<Utc>, DateTime<Utc>);
    let rows: Vec<Duty> = obligations::table
        .inner_join(obligation_rules::table)
        .filter(obligations::estate_id.eq(estate.0))
        .filter(obligations::due_at.gt(from).and(obligations::due_at.le(until)))
        .filter(obligations::opens_at.le(now))
        // As the index has it: a bound state would not be seen to fit it.
        .filter(fixed::<Bool>("obligations.status = 'open'"))
        .select((
            obligations::id,
            obligation_rules::name_zh,
            obligation_rules::name_en,
            obligations::employee_id,
            obligations::responsible_post,
            obligations::opens_at,
            obligations::due_at,
        ))
        .load(conn)
        .await?;
    let unnamed = rows.iter().filter(|row| row.3.is_none()).map(|row| row.4.clone());
    let holders = people::holders(conn, unnamed.collect(), now).await?;
    let mut all = Vec::new();
    for (id, zh, en, person, post, since, due_at) in rows {
        let owners: Vec<EmployeeId> = match person {
            Some(person) => vec![person.into()],
            None => holders.get(&(estate.0, post)).cloned().unwrap_or_default(),
        };
        let particulars = Particulars {
            no: None,
            what: Some(What { zh, en }),
            due_at: Some(due_at),
        };
        all.extend(owners.into_iter().map(|person| Owed {
            person,
            subject: Subject::new(SubjectKind::Obligation, id),
            particulars: particulars.clone(),
            since,
            due_at,
            hurries: false,
        }));
    }
    Ok(all)
}
