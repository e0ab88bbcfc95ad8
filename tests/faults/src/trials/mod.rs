//! The trials.

mod backup;
mod clock;
mod duties;
mod full;
mod gone;
mod kill;
mod rolling;
mod upgrade;

use std::time::{Duration, Instant};

use libtest_mimic::Trial;

use crate::{faketime, nginx, trial::trial};

/// All of them, in the order they are held.
pub fn all() -> Vec<Trial> {
    vec![
        trial(
            "killed_in_the_middle_of_the_work",
            None,
            kill::in_the_middle_of_the_work,
        ),
        trial("killed_while_duties_are_laid_out", None, duties::laid_out),
        trial("bytes_without_a_file_are_swept", faketime::missing(), clock::sweep),
        trial("the_database_is_gone_for_a_while", None, gone::for_a_while),
        trial("the_database_stands_still", None, gone::standing_still),
        trial("the_disk_is_full", full::missing(), full::to_the_last_byte),
        trial("the_clock_jumps", faketime::missing(), clock::jumps),
        trial(
            "rolling_restart_of_two_servers",
            nginx::missing(),
            rolling::restart_of_two_servers,
        ),
        trial(
            "backup_under_load_into_two_versions",
            backup::missing(),
            backup::under_load_into_two_versions,
        ),
        trial("an_upgrade_loses_nothing", None, upgrade::loses_nothing),
    ]
}

/// Waits until it is so.
///
/// # Panics
/// When it does not become so in time.
pub async fn wait_until(is_so: impl AsyncFnMut() -> bool) {
    watch_until(Duration::from_millis(100), is_so).await;
}

/// Waits until it is so, looking this often.
///
/// # Panics
/// When it does not become so in time.
pub async fn watch_until(every: Duration, mut is_so: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !is_so().await {
        assert!(begun.elapsed() < Duration::from_secs(90), "it does not become so");
        tokio::time::sleep(every).await;
    }
}
