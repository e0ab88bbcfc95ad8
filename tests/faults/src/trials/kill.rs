//! Power cuts: everything acknowledged is there, everything else is not half there.

use std::time::Duration;

use nix::sys::signal::Signal;

use crate::{
    ground::Ground,
    load::{Load, Mode, Tolerance},
    postmaster, sound,
    sql::Sql,
    trial::{is_long, rounds},
};

/// What is killed in a round.
#[derive(Clone, Copy, Debug)]
enum Cut {
    Server,
    ServerAndDatabase,
}

/// Kills in the middle of the work, again and again.
pub async fn in_the_middle_of_the_work() {
    let mut ground = Ground::new();
    ground.start();
    let demo = sound::Demo::of(&Sql::connect(&ground.database()).await).await;
    let tolerance = Tolerance {
        breaks: true,
        unavailable: true,
    };
    let load = Load::start(&ground.base, tolerance).await;
    let (mut confirmed, mut orphans, mut unfinished) = (0, 0, 0);
    for round in 0..rounds() {
        let cut = if round % 2 == 0 {
            Cut::Server
        } else {
            Cut::ServerAndDatabase
        };
        // Never the same moment twice.
        let worked = Duration::from_millis(600 + 137 * u64::from(round % 7));
        tokio::time::sleep(if is_long() { worked * 2 } else { worked }).await;
        end(&mut ground, cut);
        ground.start();
        let _pause = load.pause().await;
        let sql = Sql::connect(&ground.database()).await;
        sound::rows(&sql, &demo).await;
        let objects = sound::objects(&sql, &ground.files()).await;
        (orphans, unfinished) = (objects.orphans.len(), objects.unfinished.len());
        confirmed += load.ledger().confirm(ground.server(), Mode::Fresh).await;
    }
    let account = load.stop().await;
    account.ledger.confirm(ground.server(), Mode::All).await;
    let sql = Sql::connect(&ground.database()).await;
    let looked = sound::rows(&sql, &demo).await;
    let failed = sql
        .column("SELECT kind || ': ' || coalesce(last_error, '') FROM jobs WHERE state = 'failed'")
        .await;
    assert!(failed.is_empty(), "jobs that were given up: {failed:?}");
    println!(
        "  {} rounds: {:?}; {confirmed} records read back in the rounds, {} at the end; {} lines of the trail and {} numbers whole; \
         {orphans} files without a row and {unfinished} broken off, for the sweep",
        rounds(),
        account.ledger.figures(),
        account.ledger.len(),
        looked.lines,
        looked.numbers,
    );
}

fn end(ground: &mut Ground, cut: Cut) {
    if matches!(cut, Cut::ServerAndDatabase) {
        let mut all = postmaster::processes(&ground.postgres());
        assert!(all.len() > 1, "the processes of the database");
        all.insert(0, ground.server().pid());
        postmaster::signal(&all, Signal::SIGKILL);
    }
    ground.take().kill();
}
