//! An import of houses by the product beside a COPY of the same rows into a table with the same indexes; of the people who own
//! them, and of who owns what.

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
    let import = taken_in(&site, &person, "houses", houses(count)).await?;

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

    let people = count / 2;
    for (kind, table) in [("parties", parties(people)), ("occupancies", occupancies(people))] {
        let (clock, cpu) = taken_in(&site, &person, kind, table).await?;
        report.figure(PART, format!("{people} {kind} imported"), clock, "s");
        report.figure(
            PART,
            format!("{people} {kind} imported, server and database"),
            cpu,
            "CPU-s",
        );
    }
    Ok(())
}

/// Takes a table in: seconds by the clock, and of the processor.
async fn taken_in(site: &Site, person: &Person, kind: &str, table: String) -> Outcome<(f64, f64)> {
    let (clock, cpu) = (Instant::now(), processor(site)?);
    take_in(person, kind, table).await?;
    Ok((clock.elapsed().as_secs_f64(), processor(site)? - cpu))
}

fn processor(site: &Site) -> Outcome<f64> {
    Ok(own_seconds(site.server_process()) + site.database_processes()?.seconds())
}

/// Uploads the table, waits for its check, starts it and waits for its end.
async fn take_in(person: &Person, kind: &str, table: String) -> Outcome {
    let upload = person
        .request(Method::POST, &format!("/imports?kind={kind}&file_name={kind}.csv"))
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
        Err(format!("not all {kind} were taken in: {run}").into())
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

/// The door of a house in high-rise blocks that the demo does not have, with its floor.
fn door(number: u32) -> (String, u32) {
    let (block, rest) = (101 + number / 240, number % 240);
    let (unit, rest) = (1 + rest / 120, rest % 120);
    let (floor, door) = (1 + rest / 4, 1 + rest % 4);
    (format!("{block}-{unit}-{}", floor * 100 + door), floor)
}

fn houses(count: u32) -> String {
    let mut table = "房号,建筑面积,楼层,用途,状态\n".to_owned();
    for number in 0..count {
        let (door, floor) = door(number);
        let _ = writeln!(table, "{door},89.57,{floor},住宅,自住");
    }
    table
}

/// A name that others bear too, and a phone that nobody else has.
fn somebody(number: u32) -> (String, String) {
    let pick = |of: &str, at: u32| {
        of.chars()
            .cycle()
            .nth(usize::try_from(at).unwrap_or_default())
            .unwrap_or('王')
    };
    let (family, given) = (
        "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨",
        "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞",
    );
    let bearer = number % 5_000;
    let name = [
        pick(family, bearer % 16),
        pick(given, bearer / 16 % 19),
        pick(given, bearer / 304),
    ];
    (name.into_iter().collect(), format!("138{number:08}"))
}

fn parties(count: u32) -> String {
    let mut table = "姓名,类别,联系电话\n".to_owned();
    for number in 0..count {
        let (name, phone) = somebody(number);
        let _ = writeln!(table, "{name},业主,{phone}");
    }
    table
}

fn occupancies(count: u32) -> String {
    let mut table = "房号,姓名,联系电话,关系,起始日\n".to_owned();
    for number in 0..count {
        let ((door, _), (name, phone)) = (door(number), somebody(number));
        let _ = writeln!(table, "{door},{name},{phone},业主,2024-06-01");
    }
    table
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn no_house_stands_twice_in_the_table() {
        let table = super::houses(1_000);
        let numbers: BTreeSet<&str> = table
            .lines()
            .skip(1)
            .filter_map(|line| line.split(',').next())
            .collect();
        assert_eq!(numbers.len(), 1_000);
    }
}
