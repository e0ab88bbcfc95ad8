//! The database goes away for a while, and the server stays: it says so, and recovers by itself.

use std::time::{Duration, Instant};

use nix::sys::signal::Signal;

use crate::{ground::Ground, load::Mode, outside::Outside, postmaster, sound, sql::Sql, trial::is_long};

/// No answer but the right one or a 503 that says when to come again, while a database is stopped and started.
pub async fn for_a_while() {
    let mut outside = Outside::start();
    let mut ground = Ground::on(&outside.url());
    let (demo, load) = ground.loaded_unavailable().await;
    let away = Duration::from_secs(if is_long() { 20 } else { 4 });
    let mut recovered = Vec::new();
    for _ in 0..if is_long() { 5 } else { 3 } {
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        outside.stop();
        tokio::time::sleep(away).await;
        let stranger = ground.server().stranger();
        assert_eq!(
            stranger.get("//readyz").await.status,
            503,
            "not ready without a database"
        );
        assert_eq!(stranger.get("//healthz").await.status, 200, "alive without a database");
        outside.resume();
        let back = Instant::now();
        while stranger.get("//readyz").await.status != 200 {
            assert!(back.elapsed() < Duration::from_secs(60), "ready again");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let _pause = load.pause().await;
        recovered.push(back.elapsed());
        sound::rows(&Sql::connect(&ground.database()).await, &demo).await;
        load.ledger().confirm(ground.server(), Mode::Fresh).await;
    }
    let account = load.stop().await;
    account.ledger.confirm(ground.server(), Mode::All).await;
    println!(
        "  away for {away:?}: {:?}; every request answered again after {recovered:.1?}",
        account.ledger.figures()
    );
}

/// A database that stands still instead: requests wait, and then are answered rightly.
pub async fn standing_still() {
    let outside = Outside::start();
    let mut ground = Ground::on(&outside.url());
    let (demo, load) = ground.loaded_unavailable().await;
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let processes = postmaster::processes(outside.directory());
    postmaster::signal(&processes, Signal::SIGSTOP);
    tokio::time::sleep(Duration::from_secs(if is_long() { 20 } else { 5 })).await;
    postmaster::signal(&processes, Signal::SIGCONT);
    let account = load.stop().await;
    account.ledger.confirm(ground.server(), Mode::All).await;
    sound::rows(&Sql::connect(&ground.database()).await, &demo).await;
    println!("  stood still: {:?}", account.ledger.figures());
}
