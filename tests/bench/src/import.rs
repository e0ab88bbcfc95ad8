//! An import of houses by the product beside a COPY of the same rows into a table with the same indexes.

use bytes::{Bytes, BytesMut};
use futures_util::{SinkExt, StreamExt, pin_mut};
use reqwest::Method;
use std::{fmt::Write, time::Instant};
use wuye_stage::Person;

use crate::{
    Outcome, Scale,
    cpu::own_seconds,
    report::Report,
    site::{Site, pause},
};

const PART: &str = "import";

/// Imports as many houses as the scale says into a small estate, and copies them.
pub async fn measure(scale: &Scale, report: &mut Report) -> Outcome {
    let site = Site::new(24);
    let person = site.person("recept").await;
    let count = scale.houses;
    let (clock, cpu) = (Instant::now(), processor(&site)?);
    take_in(&person, table(count)).await?;
    let import = (clock.elapsed().as_secs_f64(), processor(&site)? - cpu);

    let sql = site.sql().await?;
    sql.batch_execute("CREATE TABLE copied (LIKE houses INCLUDING ALL)")
        .await?;
    let mut rows = BytesMut::new();
    let stream = sql.copy_out("COPY houses TO STDOUT").await?;
    pin_mut!(stream);
    while let Some(piece) = stream.next().await {
        rows.extend_from_slice(&piece?);
    }
    let (clock, cpu) = (Instant::now(), processor(&site)?);
    let sink = sql.copy_in("COPY copied FROM STDIN").await?;
    pin_mut!(sink);
    for piece in rows.chunks(1 << 16) {
        sink.send(Bytes::copy_from_slice(piece)).await?;
    }
    let copied = sink.finish().await?;
    let copy = (clock.elapsed().as_secs_f64(), processor(&site)? - cpu);
    if copied < u64::from(count) {
        return Err(format!("{copied} houses were there to copy, not {count}").into());
    }
    report.figure(PART, format!("{count} houses imported"), import.0, "s");
    report.figure(
        PART,
        format!("{count} houses imported, server and database"),
        import.1,
        "CPU-s",
    );
    report.figure(PART, format!("{copied} rows of houses copied"), copy.0, "s");
    report.figure(
        PART,
        format!("{copied} rows of houses copied, database"),
        copy.1,
        "CPU-s",
    );
    report.figure(PART, "import beside COPY, by the clock", import.0 / copy.0, "times");
    Ok(())
}

fn processor(site: &Site) -> Outcome<f64> {
    Ok(own_seconds(site.server_process()) + site.database_processes()?.seconds())
}

/// Uploads the table, waits for its check, starts it and waits for its end.
async fn take_in(person: &Person, table: String) -> Outcome {
    let upload = person
        .request(Method::POST, "/imports?kind=houses&file_name=houses.csv")
        .header("content-type", "text/csv")
        .body(table);
    let run = person.send(upload).await.json(201);
    let path = format!("/imports/{}", run["id"].as_str().ok_or("an import without id")?);
    until(person, &path, "ready").await?;
    let _ = person
        .post(&format!("{path}/start"), serde_json::json!({}))
        .await
        .json(200);
    until(person, &path, "done").await?;
    let run = person.get(&path).await.json(200);
    if run["rejected"] == 0 {
        Ok(())
    } else {
        Err(format!("not all houses were taken in: {run}").into())
    }
}

async fn until(person: &Person, path: &str, state: &str) -> Outcome {
    loop {
        let run = person.get(path).await.json(200);
        match run["state"].as_str() {
            Some(now) if now == state => return Ok(()),
            Some("failed" | "cancelled") | None => return Err(format!("the import broke off: {run}").into()),
            _ => pause(50).await,
        }
    }
}

/// Houses of high-rise blocks that the demo does not have.
fn table(count: u32) -> String {
    let mut table = "房号,建筑面积,楼层,用途,状态\n".to_owned();
    for number in 0..count {
        let (block, rest) = (101 + number / 240, number % 240);
        let (unit, rest) = (1 + rest / 120, rest % 120);
        let (floor, door) = (1 + rest / 4, 1 + rest % 4);
        let _ = writeln!(table, "{block}-{unit}-{},89.57,{floor},住宅,自住", floor * 100 + door);
    }
    table
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn no_house_stands_twice_in_the_table() {
        let table = super::table(1_000);
        let numbers: BTreeSet<&str> = table
            .lines()
            .skip(1)
            .filter_map(|line| line.split(',').next())
            .collect();
        assert_eq!(numbers.len(), 1_000);
    }
}
