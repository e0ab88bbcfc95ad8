//! Goals that were not drafted, approved or measured in time climb the line.

use chrono::Datelike;
use wuye_domain::{
    access::Permission,
    goals::{missed, not_drafted},
    shared::EstateId,
};
use wuye_persistence::{Failure, estates, goals};

use crate::{
    App,
    jobs::system,
    org::climb::{self, Grounds},
    terms::Terms,
};

/// Lets the missed deadlines of the goals take the steps that are due. Safe to run any number of times.
///
/// # Errors
/// As the database says.
pub async fn missed_deadlines(app: &App) -> Result<(), Failure> {
    let mut grounds = Grounds::default();
    let all = estates::all(&mut *app.conn().await?).await?;
    for estate in all {
        let id = EstateId(estate.id);
        let mut work = app.begin_as(system(), Permission::GoalEdit).await?;
        // One server at a time for each estate: a set may not be there yet to be held.
        if !estates::hold(&mut work, id).await? {
            continue;
        }
        let (now, terms) = (work.now, Terms::of(&work, id).await?);
        let year = terms.date(now).year();
        let mut late = Vec::new();
        if !goals::exist(&mut work, id, year).await? {
            late.extend(not_drafted(id, year, &terms.settings, terms.zone, now));
        }
        for row in goals::in_states(&mut work, id, &["draft", "approved"]).await? {
            late.extend(missed(&row.set()?, &terms.settings, terms.zone, now));
        }
        climb::step(&mut work, &mut grounds, &late).await?;
        work.commit().await?;
    }
    Ok(())
}
