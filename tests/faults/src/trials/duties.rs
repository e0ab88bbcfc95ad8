//! Power cuts while duties are laid out: in the end the same duties, none twice and none missing.

use std::time::Duration;

use super::{wait_until, watch_until};
use crate::{ground::Ground, sql::Sql, trial::is_long};

/// Kills the server while it lays duties out, a little later each time.
pub async fn laid_out() {
    let mut ground = Ground::new();
    ground.start();
    let mut sql = Sql::connect(&ground.database()).await;
    wait_until(async || !busy(&sql).await && !duties(&sql).await.is_empty()).await;
    let whole = duties(&sql).await;
    let rounds = if is_long() { 40 } else { 6 };
    for round in 0..rounds {
        sql.run(&format!("DELETE FROM obligations WHERE {COMING}")).await;
        sql.run(
            "INSERT INTO jobs (id, kind, payload, run_at, created_at) \
             VALUES (gen_random_uuid(), 'lay_out_duties', 'null', now(), now())",
        )
        .await;
        // Looked for closely: it may be done within a tenth of a second.
        let waiting = format!("{JOBS} AND state = 'waiting' AND run_at <= now()");
        watch_until(Duration::from_millis(1), async || sql.number(&waiting).await == 0).await;
        tokio::time::sleep(Duration::from_millis(9 * round)).await;
        ground.take().kill();
        ground.start();
        sql = Sql::connect(&ground.database()).await;
        // A job whose server is gone is taken over when its lease is; nobody wants to wait for that here.
        sql.run("UPDATE jobs SET locked_until = now() WHERE state = 'running'")
            .await;
        wait_until(async || !busy(&sql).await).await;
        assert_eq!(duties(&sql).await, whole, "round {round}");
    }
    let broken_off = sql.number(&format!("{JOBS} AND attempts > 1")).await;
    assert!(broken_off > 0, "no cut came while duties were laid out");
    println!(
        "  {} duties, {rounds} cuts, {broken_off} of them in the middle",
        whole.len()
    );
}

/// Duties that a run lays out whenever in this trial it runs.
const COMING: &str = "rule_id IS NOT NULL AND status = 'open' AND found = 0 \
    AND due_at > now() + interval '1 day' AND due_at < now() + interval '50 days'";
const JOBS: &str = "SELECT count(*) FROM jobs WHERE kind = 'lay_out_duties'";

async fn busy(sql: &Sql) -> bool {
    sql.number(&format!(
        "{JOBS} AND state IN ('waiting', 'running') AND run_at <= now()"
    ))
    .await
        > 0
}

async fn duties(sql: &Sql) -> Vec<String> {
    sql.column(&format!(
        "SELECT concat_ws(' ', rule_code, turn, responsible_post, responsible_assignment, due_at) FROM obligations \
         WHERE {COMING} ORDER BY 1"
    ))
    .await
}
