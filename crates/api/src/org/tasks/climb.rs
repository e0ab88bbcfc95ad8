//! Late tasks climb by themselves: the assignee is reminded, then whoever gave the task is told, then the line above.

use wuye_domain::access::Permission;
use wuye_persistence::{Failure, org::tasks};

use crate::{
    App,
    jobs::system,
    org::climb::{self, Grounds},
};

/// Lets every late task take the steps that are due. Safe to run any number of times, on any number of servers at once.
///
/// # Errors
/// As the database says.
pub async fn missed_deadlines(app: &App) -> Result<(), Failure> {
    let mut grounds = Grounds::default();
    let mut after = None;
    loop {
        let mut work = app.begin_as(system(), Permission::TaskRead).await?;
        let now = work.now;
        let missed = tasks::missed(&mut work, now, after).await?;
        after = climb::batch(work, &mut grounds, &missed).await?;
        if after.is_none() {
            return Ok(());
        }
    }
}
