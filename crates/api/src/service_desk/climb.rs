//! Missed deadlines of the desk climb by themselves.

use wuye_domain::access::Permission;
use wuye_persistence::{
    Failure,
    service_desk::overdue::{self, Deadline},
};

use crate::{
    App,
    jobs::system,
    org::climb::{self, Grounds},
};

/// Lets every missed deadline of the desk take the steps that are due. Safe to run any number of times, on any number of
/// servers at once.
///
/// # Errors
/// As the database says.
pub async fn missed_deadlines(app: &App) -> Result<(), Failure> {
    let mut grounds = Grounds::default();
    for kind in Deadline::ALL {
        let mut after = None;
        loop {
            let mut work = app.begin_as(system(), Permission::SelfRead).await?;
            let now = work.now;
            let missed = overdue::missed(&mut work, *kind, now, after).await?;
            after = climb::batch(work, &mut grounds, &missed).await?;
            if after.is_none() {
                break;
            }
        }
    }
    Ok(())
}
