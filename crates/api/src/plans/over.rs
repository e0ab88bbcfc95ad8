//! What nobody did in time: missed by the clock, then up the line.

use chrono::TimeDelta;
use wuye_domain::{
    access::Permission,
    org::{
        Responsible,
        climb::{Climbing, Ladder, Overdue, Pace},
    },
    plans::obligations::{SUPERVISION, clock_of, miss},
    shared::{EstateId, SettingKey, Subject, SubjectKind},
};
use wuye_persistence::{
    Failure, estates,
    plans::{
        clocks::Unfollowed,
        obligations::{self, ObligationRow},
    },
};

use super::follow::catch_up;
use crate::{
    App,
    jobs::system,
    org::climb::{self, Grounds},
    terms::Terms,
};

/// How a missed duty of the calendar climbs: from whoever has it to the superior on the line, then to the next.
const DUTY: Climbing = Climbing {
    deadline: "duty",
    ladder: Ladder::Line { head: None },
    pace: Pace::WorkingDays(SettingKey::EscalationDays),
    clauses: SUPERVISION,
};
/// Duties of one transaction.
const CHUNK: i64 = 200;

/// Passes by what is over, and lets what nobody has decided on climb; records that no duty follows yet get theirs first. Safe on
/// several servers at once: each takes rows that no other holds.
///
/// # Errors
/// As the database says.
pub async fn pass_by(app: &App) -> Result<(), Failure> {
    catch_up(app, Unfollowed::Running).await?;
    let mut grounds = Grounds::default();
    let all = estates::all(&mut *app.conn().await?).await?;
    for estate in all {
        let estate = EstateId(estate.id);
        while missed(app, estate).await? {}
        let mut after = None;
        loop {
            let mut work = app.begin_as(system(), Permission::DutyRead).await?;
            let now = work.now;
            let rows = obligations::climbing(&mut work, estate, DUTY.deadline, now, after, CHUNK).await?;
            let Some(last) = rows.last() else { break };
            after = Some(last.id);
            let overdue = rows.iter().map(overdue).collect::<Result<Vec<_>, _>>()?;
            climb::step(&mut work, &mut grounds, &overdue).await?;
            work.commit().await?;
        }
    }
    Ok(())
}

/// One chunk; whether there was one.
async fn missed(app: &App, estate: EstateId) -> Result<bool, Failure> {
    let mut work = app.begin_as(system(), Permission::DutyRead).await?;
    let (now, terms) = (work.now, Terms::of(&work, estate).await?);
    let grace = TimeDelta::minutes(terms.settings.get(SettingKey::OverdueGraceMinutes));
    let rows = obligations::over(&mut work, estate, now - grace, CHUNK).await?;
    let some = !rows.is_empty();
    for mut row in rows {
        if let Some(step) = miss(&row.obligation()?, grace, now) {
            row.apply(&step.record);
            obligations::save(&mut work, &row).await?;
            work.record(step.entry);
        }
    }
    work.commit().await?;
    Ok(some)
}

/// What climbs: of a record's clock the record, in its own way.
fn overdue(row: &ObligationRow) -> Result<Overdue, Failure> {
    let duty = row.obligation()?;
    let seat = Responsible {
        post: duty.post,
        assignment: duty.assignment,
        squad: duty.squad,
        area: duty.area,
    }
    .seat(duty.estate);
    let clock = duty.record.as_ref().and_then(|record| clock_of(&record.deadline));
    let (subject, climbing, made_at, hurries) = match (&duty.record, clock) {
        (Some(record), Some(clock)) => (record.subject, clock.climbing, duty.opens_at, record.hurries),
        // The line is read on the day the duty fell due.
        _ => (Subject::new(SubjectKind::Obligation, row.id), &DUTY, duty.due_at, false),
    };
    Ok(Overdue {
        subject,
        climbing,
        due_at: duty.due_at,
        seat,
        assignee: duty.employee,
        made_at,
        hurries,
        giver: None,
    })
}
