//! The main measure: three requests beside `pgbench` with the same statements on the same database.

use serde_json::{Value, json};
use std::{collections::HashMap, path::PathBuf};

use crate::{
    Outcome, Scale,
    capture::{Captured, capture, log_everything},
    cpu::{self, Processes},
    load::{Round, Wrk, pgbench, wrk},
    report::{Report, Target},
    requests::{Kind, Request, samples},
    script::{Changing, Script, script},
    site::{ID_STEP_MS, Site},
};

const PART: &str = "limit";
/// Who asks: the desk, whose scope is the estate and what is its own.
const WHO: &str = "recept";

/// The statements of a kind, as scripts; and what the capture told.
struct Prepared {
    kind: Kind,
    requests: Vec<Request>,
    scripts: Vec<Script>,
    captured: Captured,
}

/// Measures, with the site filled before.
pub async fn measure(site: &mut Site, scale: &Scale, report: &mut Report) -> Outcome {
    log_everything(site, true).await?;
    site.restart();
    let mut prepared = Vec::new();
    for kind in Kind::ALL {
        prepared.push(prepare(site, kind).await?);
    }
    log_everything(site, false).await?;
    site.restart();

    for one in &prepared {
        let count = one.captured.statements.len();
        let name = one.kind.name();
        report.figure(PART, format!("{name}: statements"), to_f64(count), "");
        report.figure(
            PART,
            format!("{name}: of these prepared anew each time"),
            to_f64(one.captured.prepared_anew.len()),
            "",
        );
        report.detail(format!("statements of {name}"), statements(&one.captured));
    }

    let mut rounds: HashMap<&str, Vec<(Round, Round)>> = HashMap::new();
    for number in 0..=scale.rounds {
        let seconds = if number == 0 { scale.warm_seconds } else { scale.seconds };
        let mut going = Vec::new();
        for one in prepared {
            match round(site, &one, scale.connections, seconds).await {
                Ok(both) => {
                    // The first round warms caches, plans and connections.
                    if number > 0 {
                        rounds.entry(one.kind.name()).or_default().push(both);
                    }
                    going.push(one);
                }
                Err(error) => report.failure(one.kind.name(), &*error),
            }
        }
        prepared = going;
    }
    let memory = cpu::memory(site.server_process());
    for one in &prepared {
        tell(report, one.kind, rounds.remove(one.kind.name()).unwrap_or_default());
    }
    let megabytes = |kilobytes: u64| to_f64(usize::try_from(kilobytes).unwrap_or(usize::MAX)) / 1024.0;
    report.against(
        PART,
        "memory of the server",
        megabytes(memory.resident),
        "MB",
        Target::AtMost(60.0),
    );
    report.figure(
        PART,
        "memory of the server, the most ever",
        megabytes(memory.peak),
        "MB",
    );
    Ok(())
}

/// The same for as long by either generator.
async fn round(site: &Site, one: &Prepared, connections: u32, seconds: u32) -> Outcome<(Round, Round)> {
    let http = wrk(site, &plan(site, one.kind, &one.requests, connections, seconds).await?)?;
    let name = one.kind.name().split(' ').next().unwrap_or_default();
    Ok((http, pgbench(site, name, &one.scripts, connections, seconds)?))
}

async fn prepare(site: &Site, kind: Kind) -> Outcome<Prepared> {
    let person = site.person(WHO).await;
    let requests = samples(kind, site, &person).await?;
    let sql = site.sql().await?;
    let mut scripts = Vec::new();
    let mut first = Captured::default();
    for (index, request) in requests.iter().enumerate() {
        let mut changing = Changing::default();
        let mut marks = vec![request.key.clone()];
        if let Some(number) = request.number {
            let row = sql
                .query_one(
                    "SELECT bench.order_id($1)::text, bench.request_id($1)::text",
                    &[&number],
                )
                .await?;
            let (order, of_request): (String, String) = (row.get(0), row.get(1));
            marks = vec![order.clone()];
            changing.chosen = HashMap::from([(order, "bench.order_id(:n)"), (of_request, "bench.request_id(:n)")]);
            changing.numbers = Some(130..=site.filled());
        }
        if kind == Kind::List {
            // The instant of the filter, as the database writes it.
            let until = request.path.split("until=").nth(1).and_then(|rest| rest.get(..19));
            marks = vec![until.unwrap_or_default().replace('T', " ")];
        }
        if kind == Kind::Post {
            changing.key = Some(request.key.clone());
        }
        changing.since_ms = (kind == Kind::Post).then(|| chrono::Utc::now().timestamp_millis());
        let captured = capture(site, &person, request, &marks).await?;
        scripts.push(script(&format!("s{index}"), &captured.statements, &changing));
        if index == 0 {
            first = captured;
        }
    }
    Ok(Prepared {
        kind,
        requests,
        scripts,
        captured: first,
    })
}

/// A figure of a round beside pgbench's.
type Figure = fn(&(Round, Round)) -> f64;

/// What wrk does for these requests, newly logged in: an access token lives for minutes only.
async fn plan(site: &Site, kind: Kind, requests: &[Request], connections: u32, seconds: u32) -> Outcome<Wrk> {
    let person = site.person(WHO).await;
    let arguments = match kind {
        Kind::Get => vec![
            "order".to_owned(),
            site.base_ms().to_string(),
            ID_STEP_MS.to_string(),
            site.filled().to_string(),
        ],
        Kind::List => {
            let paths = requests.iter().map(|request| format!("/api/v1{}", request.path));
            vec!["paths".to_owned(), lines_file(site, "paths", paths)?]
        }
        Kind::Post => {
            let bodies = requests.iter().filter_map(|request| request.body.clone());
            let path = "/api/v1/repair-requests".to_owned();
            vec!["posts".to_owned(), path, lines_file(site, "bodies", bodies)?]
        }
    };
    Ok(Wrk {
        script: lua(site)?,
        arguments,
        base: site.server().base.clone(),
        server: Processes::One(site.server_process()),
        token: person.token().unwrap_or_default().to_owned(),
        connections,
        seconds,
    })
}

/// The load of a kind, for a server that answers the same requests.
pub async fn requests_of(site: &Site, kind: Kind, scale: &Scale) -> Outcome<Wrk> {
    let requests = samples(kind, site, &site.person(WHO).await).await?;
    plan(site, kind, &requests, scale.connections, scale.seconds).await
}

/// The script of wrk, as a file.
pub fn lua(site: &Site) -> Outcome<PathBuf> {
    let file = site.folder().join("load.lua");
    std::fs::write(&file, include_str!("../lua/load.lua"))?;
    Ok(file)
}

/// A file of lines for the script of wrk.
pub fn lines_file(site: &Site, name: &str, lines: impl Iterator<Item = String>) -> Outcome<String> {
    let file = site.folder().join(name);
    std::fs::write(&file, lines.map(|line| line + "\n").collect::<String>())?;
    Ok(file.display().to_string())
}

fn tell(report: &mut Report, kind: Kind, rounds: Vec<(Round, Round)>) {
    let name = kind.name();
    let of = |figure: Figure| median(rounds.iter().map(figure).collect());
    let ratio = of(|(http, limit)| http.per_cpu_second() / limit.per_cpu_second());
    report.against(
        PART,
        format!("{name}: of pgbench, for each processor second"),
        ratio,
        "",
        Target::AtLeast(kind.target()),
    );
    report.figure(
        PART,
        format!("{name}: requests"),
        of(|(http, _)| http.per_cpu_second()),
        "/CPU-s",
    );
    report.figure(
        PART,
        format!("{name}: pgbench"),
        of(|(_, limit)| limit.per_cpu_second()),
        "/CPU-s",
    );
    report.figure(
        PART,
        format!("{name}: requests by the clock"),
        of(|(http, _)| http.per_second()),
        "/s",
    );
    let per_request: [(&str, Figure); 4] = [
        ("server", |(http, _)| 1000.0 * http.server / http.count),
        ("database", |(http, _)| 1000.0 * http.database / http.count),
        ("generator", |(http, _)| 1000.0 * http.generator / http.count),
        ("database under pgbench", |(_, limit)| {
            1000.0 * limit.database / limit.count
        }),
    ];
    for (who, cost) in per_request {
        report.figure(PART, format!("{name}: cost, {who}"), of(cost), "CPU-ms");
    }
    report.figure(
        PART,
        format!("{name}: half took at most"),
        of(|(http, _)| http.p50),
        "ms",
    );
    report.figure(
        PART,
        format!("{name}: 99 of 100 took at most"),
        of(|(http, _)| http.p99),
        "ms",
    );
    let all: Vec<Value> = rounds
        .iter()
        .map(|(http, limit)| {
            json!({ "requests_per_cpu_s": http.per_cpu_second(), "pgbench_per_cpu_s": limit.per_cpu_second(),
                "ratio": http.per_cpu_second() / limit.per_cpu_second() })
        })
        .collect();
    report.detail(format!("rounds of {name}"), json!(all));
}

fn statements(captured: &Captured) -> Value {
    json!({
        "run": captured.statements.iter().map(|statement| &statement.sql).collect::<Vec<_>>(),
        "prepared_anew": captured.prepared_anew,
    })
}

/// The middle one.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        count if count % 2 == 1 => values[count / 2],
        count => f64::midpoint(values[count / 2 - 1], values[count / 2]),
    }
}

/// For the table.
#[allow(clippy::cast_precision_loss, reason = "counts and sizes are far below 2^52")]
pub const fn to_f64(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    #[allow(clippy::float_cmp, reason = "exact in binary")]
    fn the_middle_of_an_even_count_lies_between_two() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), 2.5);
        assert!(median(vec![]).is_nan());
    }
}
