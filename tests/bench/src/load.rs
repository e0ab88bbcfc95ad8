//! The two generators of load, and what a round of either costs.

use serde_json::Value;
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{
    Outcome,
    cpu::{Processes, waited_for_seconds},
    script::Script,
    site::Site,
};

/// A round: how much was done, what it cost.
#[derive(Clone, Copy, Debug, Default)]
pub struct Round {
    /// Requests or transactions.
    pub count: f64,
    /// Wall seconds.
    pub seconds: f64,
    /// Processor seconds of the server.
    pub server: f64,
    /// Processor seconds of the database.
    pub database: f64,
    /// Processor seconds of the generator.
    pub generator: f64,
    /// Milliseconds that half of the requests took at most.
    pub p50: f64,
    /// Milliseconds that 99 of 100 requests took at most.
    pub p99: f64,
}

impl Round {
    /// Done for each processor second of all that took part.
    pub fn per_cpu_second(&self) -> f64 {
        self.count / (self.server + self.database + self.generator).max(f64::EPSILON)
    }

    /// Done for each second of the clock.
    pub fn per_second(&self) -> f64 {
        self.count / self.seconds.max(f64::EPSILON)
    }

    /// Processor milliseconds for one.
    pub fn cost_ms(&self) -> f64 {
        1000.0 / self.per_cpu_second().max(f64::EPSILON)
    }
}

/// What wrk is told.
#[derive(Clone, Debug)]
pub struct Wrk {
    /// The script that makes the requests.
    pub script: PathBuf,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// `http://127.0.0.1:41234`
    pub base: String,
    /// Who serves there.
    pub server: Processes,
    /// Sent as the bearer of every request.
    pub token: String,
    /// At once.
    pub connections: u32,
    /// Seconds.
    pub seconds: u32,
}

/// Runs `wrk` for a round. Its script prints one line of JSON at the end.
pub fn wrk(site: &Site, plan: &Wrk) -> Outcome<Round> {
    let mut command = Command::new("wrk");
    command
        .args(["--threads", "1", "--connections", &plan.connections.to_string()])
        .args(["--duration", &format!("{}s", plan.seconds), "--timeout", "30s"])
        .arg("--script")
        .arg(&plan.script)
        .args(["--header", &format!("Authorization: Bearer {}", plan.token)])
        .arg(&plan.base)
        .arg("--")
        .args(&plan.arguments);
    let (round, output) = measured(site, plan.server, command)?;
    let line = output.lines().rev().find(|line| line.starts_with('{'));
    let told: Value = serde_json::from_str(line.ok_or_else(|| format!("wrk printed no result: {output}"))?)?;
    let number = |name: &str| told[name].as_f64().unwrap_or(0.0);
    let failed = number("failed");
    if number("requests") < 1.0 {
        return Err(format!("no request was answered within {} s", plan.seconds).into());
    }
    if failed > 0.0 {
        return Err(format!("{failed} of {} requests failed", number("requests")).into());
    }
    Ok(Round {
        count: number("requests"),
        seconds: number("seconds"),
        p50: number("p50_ms"),
        p99: number("p99_ms"),
        ..round
    })
}

/// Runs `pgbench` for a round: each transaction is one of the scripts, by chance.
pub fn pgbench(site: &Site, name: &str, scripts: &[Script], connections: u32, seconds: u32) -> Outcome<Round> {
    let mut command = Command::new(pgbench_program(site)?);
    command
        .env_clear()
        // As the server sets its own connections, see `persistence::db`.
        .env("PGOPTIONS", "-c plan_cache_mode=force_generic_plan -c jit=off")
        .arg("--host")
        .arg(site.socket()?)
        .args([
            "--username",
            "wuye",
            "--protocol",
            "prepared",
            "--no-vacuum",
            "--jobs",
            "1",
        ])
        .args(["--client", &connections.to_string(), "--time", &seconds.to_string()])
        .args(["--define", &format!("q={}", chrono::Utc::now().timestamp_millis())]);
    for (number, script) in scripts.iter().enumerate() {
        let file = site.folder().join(format!("{name}-{number}.sql"));
        std::fs::write(&file, &script.text)?;
        command.arg("--file").arg(file);
        for (variable, value) in &script.variables {
            command.args(["--define", &format!("{variable}={value}")]);
        }
    }
    command.arg("wuye");
    let (round, output) = measured(site, Processes::One(site.server_process()), command)?;
    let number = |before: &str| {
        let line = output.lines().find_map(|line| line.strip_prefix(before));
        line.and_then(|rest| rest.trim().split([' ', '/']).next()?.parse::<f64>().ok())
    };
    let count = number("number of transactions actually processed: ");
    let per_second = number("tps = ");
    let (Some(count), Some(per_second)) = (count.filter(|count| *count > 0.0), per_second) else {
        return Err(format!("pgbench printed no result: {output}").into());
    };
    Ok(Round {
        count,
        seconds: count / per_second.max(f64::EPSILON),
        ..round
    })
}

/// Beside the database's own programs, or the newest installed: the npm package has none.
fn pgbench_program(site: &Site) -> Outcome<PathBuf> {
    let beside = site.binaries()?.directory.join("pgbench");
    if beside.is_file() {
        return Ok(beside);
    }
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .max();
    Ok(newest.map_or_else(
        || PathBuf::from("pgbench"),
        |major| PathBuf::from(format!("/usr/lib/postgresql/{major}/bin/pgbench")),
    ))
}

/// Runs a generator to its end and counts the processor time of all that took part.
fn measured(site: &Site, server: Processes, mut command: Command) -> Outcome<(Round, String)> {
    let (database, own) = (site.database_processes()?, std::process::id());
    let times = || (server.seconds(), database.seconds(), waited_for_seconds(own));
    let before = times();
    let output = command.stdin(Stdio::null()).output().map_err(|error| {
        let program = Path::new(command.get_program()).display().to_string();
        format!("cannot run {program}: {error}")
    })?;
    let after = times();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{:?} failed: {text}{errors}", command.get_program()).into());
    }
    let round = Round {
        server: after.0 - before.0,
        database: after.1 - before.1,
        generator: after.2 - before.2,
        ..Round::default()
    };
    Ok((round, text))
}
