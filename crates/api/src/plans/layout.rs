//! Laying duties out ahead of time, again and again: what is there stays, what changed follows.

use chrono::{Days, NaiveDate, TimeDelta};
use wuye_domain::{
    access::Permission,
    plans::obligations::{Ground, Rule, generate, has_records},
    shared::{EstateId, period::Span, zone::start_of},
};
use wuye_persistence::{
    Failure, estates,
    plans::{
        ground,
        layout::{self, Laid},
        rules,
    },
};

use super::briefings;
use crate::{App, Work, jobs::system, terms::Terms};

/// How many days ahead duties can be seen.
const AHEAD: u64 = 62;
/// How far around the window people, rosters and absences are read: the weeks at its ends are whole, and a shift that began
/// the evening before is there.
const AROUND: u64 = 8;

/// Lays out the coming weeks of every estate. Safe to run any number of times, on any number of servers at once.
///
/// # Errors
/// As the database says.
pub async fn lay_out(app: &App) -> Result<(), Failure> {
    let all = estates::all(&mut *app.conn().await?).await?;
    for estate in all {
        lay_out_estate(app, EstateId(estate.id)).await?;
    }
    Ok(())
}

async fn lay_out_estate(app: &App, estate: EstateId) -> Result<(), Failure> {
    let mut work = app.begin_as(system(), Permission::DutyRead).await?;
    let terms = laid_out_by(&mut work, estate).await?;
    let today = terms.date(work.now);
    let coming = Stretch {
        from: today,
        until: today + Days::new(AHEAD),
        unproved: false,
    };
    lay(&mut work, estate, &terms, coming).await?;
    briefings::prepare(&mut work, estate, &terms).await?;
    work.commit().await
}

/// What is laid out at once.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last.
    pub until: NaiveDate,
    /// Whether duties are laid out whose records are not kept yet. Nothing could ever prove them: they wait, they are not
    /// missed, so the daily run leaves them away.
    pub unproved: bool,
}

/// What an estate is laid out by, once whoever lays it out now has finished: read before, it could be older than what they used.
///
/// # Errors
/// As the database says.
pub async fn laid_out_by(work: &mut Work, estate: EstateId) -> Result<Terms, Failure> {
    layout::hold(work, estate).await?;
    Terms::of(work, estate).await
}

/// Lays out one estate by its terms of [`laid_out_by`], inside the work of the caller.
///
/// # Errors
/// As the database says.
pub async fn lay(work: &mut Work, estate: EstateId, terms: &Terms, days: Stretch) -> Result<Laid, Failure> {
    let now = work.now;
    let versions: Vec<(uuid::Uuid, Rule)> = rules::all(work)
        .await?
        .iter()
        .map(|row| Ok((row.id, row.rule()?)))
        .collect::<Result<Vec<_>, Failure>>()?
        .into_iter()
        .filter(|(_, rule)| days.unproved || has_records(rule.evidence))
        .collect();
    let (from_day, until_day) = (days.from - Days::new(AROUND), days.until + Days::new(AROUND));
    let around = Span {
        from: start_of(from_day, terms.zone) - TimeDelta::days(1),
        until: start_of(until_day, terms.zone),
    };
    let data = ground::load(work, estate, from_day, until_day, around).await?;
    let clockwork = terms.clockwork();
    let on = Ground {
        clockwork: &clockwork,
        holders: &data.holders,
        shifts: &data.shifts,
        absences: &data.absences,
        acting: &data.acting,
    };
    let rules: Vec<Rule> = versions.iter().map(|(_, rule)| rule.clone()).collect();
    let mut dues = generate(&rules, &on, days.from, days.until);
    // What has passed is history: a rule or calendar of today makes nothing late that nobody was told of.
    dues.retain(|due| due.due_at >= now);
    let span = Span {
        from: now.max(start_of(days.from, terms.zone)),
        until: start_of(days.until, terms.zone),
    };
    let versions: Vec<layout::Version<'_>> = versions.iter().map(|(id, rule)| (*id, rule)).collect();
    layout::lay(work, estate, &versions, &dues, span).await
}
