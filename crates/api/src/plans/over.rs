//! What nobody did in time: missed by the clock, then up the line.

use chrono::TimeDelta;
use wuye_domain::{
    access::Permission,
    org::{
        climb::{Climbing, Ladder, Overdue, Pace},
        superior::Seat,
    },
    plans::obligations::{SUPERVISION, miss},
    shared::{EstateId, SettingKey, Subject, SubjectKind},
};
use wuye_persistence::{
    Failure, estates,
    plans::obligations::{self, ObligationRow},
};

use crate::{
    App,
    jobs::system,
    org::climb::{self, Grounds},
    terms::Terms,
};

/// How a missed duty climbs: from whoever has it to the superior on the line, then to the next.
const DUTY: Climbing = Climbing {
    deadline: "duty",
    ladder: Ladder::Line { head: None },
    pace: Pace::WorkingDays(SettingKey::EscalationDays),
    clauses: SUPERVISION,
};
/// Duties of one transaction.
const CHUNK: i64 = 200;

/// Passes by what is over, and lets what nobody has decided on climb. Safe on several servers at once: each takes rows that
/// no other holds.
///
/// # Errors
/// As the database says.
pub async fn pass_by(app: &App) -> Result<(), Failure> {
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

fn overdue(row: &ObligationRow) -> Result<Overdue, Failure> {
    Ok(Overdue {
        subject: Subject::new(SubjectKind::Obligation, row.id),
        climbing: &DUTY,
        due_at: row.due_at,
        seat: Seat {
            post: row.responsible_post.parse()?,
            estate: row.estate_id.into(),
            squad: row.squad_id.map(Into::into),
            area: row.area_id.map(Into::into),
        },
        assignee: row.employee_id.map(Into::into),
        // The line is read on the day the duty fell due.
        made_at: row.due_at,
        hurries: false,
        giver: None,
    })
}
