//! Two servers on one database behind a load balancer, replaced one after the other while everybody works.

use std::time::{Duration, Instant};

use serde_json::json;

use super::wait_until;
use crate::{
    faketime::{self, FakeClock},
    ground::Ground,
    load::{Load, Mode, Tolerance},
    nginx::Nginx,
    outside::Outside,
    sound,
    sql::Sql,
    trial::is_long,
};

/// Nobody notices: no request fails, and what the system does by itself is done once.
pub async fn restart_of_two_servers() {
    let outside = Outside::start();
    let clock = faketime::missing().is_none().then(FakeClock::new);
    let shared = wuye_stage::Place::new();
    let mut servers = [Ground::on(&outside.url()), Ground::on(&outside.url())];
    for ground in &mut servers {
        // They share the files too.
        ground.set("WUYE_DATA_DIR", shared.folder().to_string_lossy());
        if let Some(clock) = &clock {
            clock.govern(ground);
        }
        ground.start();
    }
    let nginx = Nginx::before([&servers[0].base, &servers[1].base]).await;
    let demo = sound::Demo::of(&Sql::connect(&outside.url()).await).await;
    let load = Load::start(&nginx.base, Tolerance::default()).await;
    let watcher = watch(&nginx.base).await;
    let mut stopped = Vec::new();
    for round in 0..if is_long() { 20 } else { 6 } {
        tokio::time::sleep(Duration::from_millis(1_200)).await;
        let ground = &mut servers[round % 2];
        let server = ground.take();
        let begun = Instant::now();
        let status = tokio::task::spawn_blocking(move || server.stop())
            .await
            .expect("a thread");
        assert!(
            status.success(),
            "a server that is asked to end does so in good order: {status}"
        );
        stopped.push(begun.elapsed());
        ground.start();
        load.ledger().no_faults();
    }
    watcher.abort();
    let account = load.stop().await;
    let log = nginx.log();
    let tried_again = log.lines().filter(|line| line.contains("upstream")).count();
    account.ledger.confirm(servers[0].server(), Mode::All).await;
    let sql = Sql::connect(&outside.url()).await;
    sound::rows(&sql, &demo).await;
    sound::objects(&sql, &shared.folder().join("files")).await;
    let again = sql
        .column("SELECT kind || ' ' || state || ' ' || attempts FROM jobs WHERE attempts > 1")
        .await;
    assert!(
        again.is_empty(),
        "jobs that were begun more than once, though no server died: {again:?}"
    );
    if let Some(clock) = &clock {
        climb_once(clock, &servers[0], &sql).await;
    }
    println!(
        "  {} restarts: {:?}; stopped in {stopped:.1?}; nginx went to the other server {tried_again} times",
        stopped.len(),
        account.ledger.figures()
    );
    for ground in &mut servers {
        ground.take().stop();
    }
}

/// A browser that listens to changes all the time must not hold up the end of its server.
async fn watch(base: &str) -> tokio::task::JoinHandle<()> {
    let mut person = wuye_stage::Person::new(base);
    person.log_in_demo("recept").await;
    tokio::spawn(async move {
        loop {
            let stream = person.request(reqwest::Method::GET, "/events").send().await;
            if let Ok(mut stream) = stream {
                while let Ok(Some(_)) = stream.chunk().await {}
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    })
}

/// A day later both servers find the same work late: each record climbs one step at a time, once.
async fn climb_once(clock: &FakeClock, ground: &Ground, sql: &Sql) {
    let recept = ground.server().person("recept").await;
    for _ in 0..20 {
        // What hurries is due by the clock, on a day off as well.
        let new = json!({ "place_text": "3-2-501", "category": "water", "text": "漏水", "urgency": "urgent" });
        let _ = recept.post("/repair-requests", new).await.json(201);
    }
    clock.show(3 * 24 * 3_600);
    let climbed =
        "SELECT count(DISTINCT subject_id) FROM trail WHERE action = 'escalated' AND subject_kind = 'repair_request'";
    let before = sql.number(climbed).await;
    wait_until(async || sql.number(climbed).await >= before + 20).await;
    let twice = "SELECT subject_kind || ' ' || subject_id || ' ' || changes::text FROM trail WHERE action = 'escalated' \
        GROUP BY subject_kind, subject_id, changes::text HAVING count(*) > 1";
    let twice = sql.column(twice).await;
    assert!(twice.is_empty(), "climbed twice: {twice:?}");
}
