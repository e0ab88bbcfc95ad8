//! Preparing the briefings of a morning from the duties laid out for it.

use chrono::Days;
use uuid::Uuid;
use wuye_domain::{
    access::Permission,
    plans::briefings as rules,
    shared::{EstateId, SettingKey, period::Span, workdays::end_of_work, zone::start_of},
};
use wuye_persistence::{Failure, org::staff, plans::briefings};

use crate::{App, Work, jobs::system, terms::Terms};

/// Prepares what this morning owes. Done again it changes nothing; what nobody owes any more and nobody has touched goes.
///
/// # Errors
/// As the database says.
pub async fn prepare(work: &mut Work, estate: EstateId, terms: &Terms) -> Result<(), Failure> {
    let now = work.now;
    let today = terms.date(now);
    let day = Span {
        from: start_of(today, terms.zone),
        until: start_of(today + Days::new(1), terms.zone),
    };
    let missing_at = end_of_work(today, terms.zone, terms.time(SettingKey::BriefingMissingMinute));
    let owed = briefings::owed(work, estate, today, day).await?;
    let data = staff::load(work, estate, now).await?;
    let mut steps = Vec::new();
    for (owed, to) in &owed {
        for post in rules::receivers(to, owed.responsible.post, &data.tree, today) {
            steps.push(rules::prepare(owed, estate, today, post, missing_at, None, now));
        }
    }
    let kept: Vec<(String, Option<Uuid>)> = owed
        .into_iter()
        .filter_map(|(owed, _)| Some((owed.rule?, owed.responsible.assignment.map(Into::into))))
        .collect();
    briefings::withdraw(work, estate, today, &kept, now).await?;
    let (records, entries): (Vec<_>, Vec<_>) = steps.into_iter().map(|step| (step.record, step.entry)).unzip();
    let added = briefings::insert(work, &records).await?;
    for entry in entries
        .into_iter()
        .filter(|entry| added.contains(&entry.subject.id.into()))
    {
        work.record(entry);
    }
    Ok(())
}

/// Prepares this morning where the job has not come to it yet.
///
/// # Errors
/// As the database says.
pub(super) async fn ensure(app: &App, estate: EstateId) -> Result<(), Failure> {
    let mut conn = app.conn().await?;
    let terms = Terms::of(&conn, estate).await?;
    if briefings::prepared(&mut conn, estate, terms.date(app.now())).await? {
        return Ok(());
    }
    drop(conn);
    let mut work = app.begin_as(system(), Permission::BriefingRead).await?;
    prepare(&mut work, estate, &terms).await?;
    work.commit().await
}
