//! Overdue work climbs the line: the job's part, for every context. A context says what was missed; here the steps that
//! are due are taken, each with its line on the trail, whatever server runs the job.

use std::collections::{HashMap, hash_map::Entry};

use uuid::Uuid;
use wuye_domain::{
    org::climb::{Ground, Overdue},
    shared::EstateId,
};
use wuye_persistence::{
    Failure,
    org::{
        climbs,
        staff::{self, StaffData},
    },
};

use crate::{Work, terms::Terms};

/// What climbs are measured by, read once for each estate of a run.
#[derive(Default)]
pub struct Grounds(HashMap<EstateId, (Terms, StaffData)>);

/// Takes the steps of one batch and commits them. Gives the record after which the next batch begins; none when nothing is
/// left.
///
/// # Errors
/// As the database says.
pub async fn batch(mut work: Work, grounds: &mut Grounds, missed: &[Overdue]) -> Result<Option<Uuid>, Failure> {
    let Some(last) = missed.last() else { return Ok(None) };
    step(&mut work, grounds, missed).await?;
    work.commit().await?;
    Ok(Some(last.subject.id))
}

/// Takes the steps that are due. The records are held by this transaction, so each step is taken once.
///
/// # Errors
/// As the database says.
pub async fn step(work: &mut Work, grounds: &mut Grounds, missed: &[Overdue]) -> Result<(), Failure> {
    let now = work.now;
    for overdue in missed {
        let estate = overdue.seat.estate;
        if let Entry::Vacant(place) = grounds.0.entry(estate) {
            let terms = Terms::of(work, estate).await?;
            place.insert((terms, staff::load(work, estate, now).await?));
        }
        let known = climbs::find(work, overdue).await?;
        let Some((terms, data)) = grounds.0.get(&estate) else {
            continue;
        };
        let clockwork = terms.clockwork();
        let ground = Ground {
            staff: data.staff(),
            settings: &terms.settings,
            clockwork: &clockwork,
        };
        let (climb, entries) = overdue.climb(known.as_ref(), &ground, now);
        climbs::save(work, overdue, &climb, now).await?;
        entries.into_iter().for_each(|entry| work.record(entry));
    }
    Ok(())
}
