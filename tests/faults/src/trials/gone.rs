//! The database goes away for a while, and the server stays: it says so, and recovers by itself.

use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use reqwest::{Method, Response};

use crate::{ground::Ground, load::Mode, outside::Outside, postmaster, sound, sql::Sql, trial::is_long};

/// No answer but the right one or a 503 that says when to come again, while a database is stopped and started.
pub async fn for_a_while() {
    let mut outside = Outside::start();
    let mut ground = Ground::on(&outside.url());
    let (demo, load) = ground.loaded_unavailable().await;
    let recept = ground.server().person("recept").await;
    let events = recept.request(Method::GET, "/events").timeout(Duration::from_secs(600));
    let browser = tokio::spawn(told_to_reload(events.send().await.expect("a stream")));
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
    let told = tokio::time::timeout(Duration::from_secs(20), browser).await;
    assert!(
        told.expect("an answer in time").expect("a stream"),
        "open pages read again what other servers may have changed meanwhile"
    );
    let account = load.stop().await;
    account.ledger.confirm(ground.server(), Mode::All).await;
    println!(
        "  away for {away:?}: {:?}; every request answered again after {recovered:.1?}",
        account.ledger.figures()
    );
}

/// Reads a stream of events until it says that some may have been missed; `false` when it ends before.
async fn told_to_reload(mut events: Response) -> bool {
    let mut said = String::new();
    while let Ok(Some(chunk)) = events.chunk().await {
        said.push_str(&String::from_utf8_lossy(&chunk));
        if said.contains("event: reload") {
            return true;
        }
    }
    false
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
