//! A year of duties for two hundred people, laid out by the product beside bare inserts of the same rows.

use chrono::{Days, NaiveDate, Utc};
use std::{process, time::SystemTime};
use tokio_postgres::{Client, types::ToSql};

use crate::{
    Outcome, Scale,
    cpu::waited_for_seconds,
    limit::{median, to_f64},
    report::{Report, Target},
    site::Site,
};

const PART: &str = "year";
/// What the product may cost beside the bare inserts.
const LIMIT: f64 = 1.5;
/// Rows of one statement, as many as the product sends.
const CHUNK: i64 = 5_000;

/// The same rows that the product made, without a rule, a calendar or a person looked at.
const BARE: &str = "INSERT INTO obligations (estate_id, id, rule_id, rule_code, turn, responsible_post, \
    responsible_assignment, squad_id, area_id, employee_id, opens_at, due_at, minimum, optional) \
    SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::uuid[], \
        $9::uuid[], $10::uuid[], $11::timestamptz[], $12::timestamptz[], $13::smallint[], $14::bool[])";

/// Lays the year out and takes it away, and puts the same rows in, turn about.
pub async fn measure(scale: &Scale, report: &mut Report) -> Outcome {
    let site = Site::new(24);
    let mut sql = site.sql().await?;
    sql.batch_execute(&include_str!("../sql/staff.sql").replace("$PEOPLE", &scale.people.to_string()))
        .await?;
    let (mut laid, mut bare, mut rows) = (Vec::new(), Vec::new(), 0_i64);
    for _ in 0..scale.rounds.min(3) {
        clear(&sql).await?;
        laid.push(lay(&site, scale.days).await?);
        // The server goes on meanwhile: what it makes of records has no rule, and is not counted on either side.
        sql.batch_execute(
            "DROP TABLE IF EXISTS same; \
             CREATE TABLE same AS SELECT * FROM obligations WHERE rule_id IS NOT NULL ORDER BY due_at, id",
        )
        .await?;
        rows = sql.query_one("SELECT count(*) FROM same", &[]).await?.get(0);
        clear(&sql).await?;
        bare.push(insert(&site, &mut sql).await?);
        let found = "SELECT count(*) FROM obligations JOIN same USING (id)";
        let again: i64 = sql.query_one(found, &[]).await?.get(0);
        if again != rows || rows == 0 {
            return Err(format!("{again} rows went in bare, {rows} by the product").into());
        }
    }
    let (laid, bare) = (median(laid), median(bare));
    let what = format!("{} days of {} people", scale.days, scale.people);
    report.figure(PART, format!("{what}: duties"), to_f64(usize::try_from(rows)?), "rows");
    report.figure(PART, format!("{what}: laid out, product and database"), laid, "CPU-s");
    report.figure(PART, format!("{what}: bare inserts, database"), bare, "CPU-s");
    report.against(
        PART,
        format!("{what}: beside bare inserts"),
        laid / bare,
        "times",
        Target::AtMost(LIMIT),
    );
    Ok(())
}

async fn clear(sql: &Client) -> Outcome {
    sql.batch_execute("TRUNCATE obligations CASCADE").await?;
    sql.batch_execute("CHECKPOINT").await?;
    Ok(())
}

/// The command a person would type, from its start to its end.
async fn lay(site: &Site, days: u32) -> Outcome<f64> {
    let until: NaiveDate = Utc::now().date_naive() + Days::new(days.into());
    let before = waited_for_seconds(process::id()) + site.database_processes()?.seconds();
    let said = site
        .command(&["duties", &until.to_string(), "--unproved", "--keep"])
        .output()?;
    if !said.status.success() {
        return Err(String::from_utf8_lossy(&said.stderr).into_owned().into());
    }
    Ok(waited_for_seconds(process::id()) + site.database_processes()?.seconds() - before)
}

/// The columns of a chunk, each a parameter.
type Columns = Vec<Box<dyn ToSql + Sync + Send>>;

async fn insert(site: &Site, sql: &mut Client) -> Outcome<f64> {
    let estate: uuid::Uuid = sql.query_one("SELECT estate_id FROM same LIMIT 1", &[]).await?.get(0);
    let mut chunks: Vec<Columns> = Vec::new();
    for chunk in 0.. {
        let rows = sql
            .query(
                "SELECT array_agg(id), array_agg(rule_id), array_agg(rule_code), array_agg(turn), array_agg(responsible_post), \
                 array_agg(responsible_assignment), array_agg(squad_id), array_agg(area_id), array_agg(employee_id), \
                 array_agg(opens_at), array_agg(due_at), array_agg(minimum), array_agg(optional) \
                 FROM (SELECT * FROM same ORDER BY due_at, id LIMIT $1 OFFSET $2) s HAVING count(*) > 0",
                &[&CHUNK, &(chunk * CHUNK)],
            )
            .await?;
        let Some(row) = rows.into_iter().next() else { break };
        chunks.push(vec![
            Box::new(row.get::<_, Vec<uuid::Uuid>>(0)),
            Box::new(row.get::<_, Vec<uuid::Uuid>>(1)),
            Box::new(row.get::<_, Vec<String>>(2)),
            Box::new(row.get::<_, Vec<String>>(3)),
            Box::new(row.get::<_, Vec<String>>(4)),
            Box::new(row.get::<_, Vec<Option<uuid::Uuid>>>(5)),
            Box::new(row.get::<_, Vec<Option<uuid::Uuid>>>(6)),
            Box::new(row.get::<_, Vec<Option<uuid::Uuid>>>(7)),
            Box::new(row.get::<_, Vec<Option<uuid::Uuid>>>(8)),
            Box::new(row.get::<_, Vec<SystemTime>>(9)),
            Box::new(row.get::<_, Vec<SystemTime>>(10)),
            Box::new(row.get::<_, Vec<i16>>(11)),
            Box::new(row.get::<_, Vec<bool>>(12)),
        ]);
    }
    let statement = sql.prepare(BARE).await?;
    // Only the database's share: this program is no measure of anything.
    let before = site.database_processes()?.seconds();
    let transaction = sql.transaction().await?;
    for columns in &chunks {
        let mut values: Vec<&(dyn ToSql + Sync)> = vec![&estate];
        values.extend(columns.iter().map(|column| &**column as &(dyn ToSql + Sync)));
        transaction.execute(&statement, &values).await?;
    }
    transaction.commit().await?;
    Ok(site.database_processes()?.seconds() - before)
}
