//! How fast the product is: beside the limit of its database, with a growing history, beside what else could be chosen.
//!
//! What each figure means stands in `docs/performance.md`. A target that is missed is printed as missed; the run fails only
//! when something could not be measured.

mod capture;
mod cpu;
mod growth;
mod import;
mod limit;
mod load;
mod report;
mod requests;
mod rival;
mod script;
mod site;
mod spa;
mod startup;
mod year;

use clap::{Parser, ValueEnum};
use futures_util::FutureExt;
use serde_json::{Value, json};
use std::{
    fs,
    panic::AssertUnwindSafe,
    path::{Path, PathBuf},
    process::ExitCode,
};

use report::Report;
use site::Site;

/// An error of any kind: whoever runs a measurement reads it.
type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

#[derive(Parser)]
#[command(
    name = "wuye-bench",
    about = "Measures the built server (WUYE_BIN) and prints the figures with their targets"
)]
struct Arguments {
    /// A small run that proves that everything can be measured; its figures mean nothing
    #[arg(long)]
    quick: bool,
    /// Also ten million orders, and longer rounds
    #[arg(long, conflicts_with = "quick")]
    long: bool,
    /// Only these parts; may be given several times
    #[arg(long, value_enum, value_name = "PART")]
    only: Vec<Part>,
    /// Where the figures go
    #[arg(long, value_name = "FILE", default_value = "target/bench/results.json")]
    results: PathBuf,
}

/// What can be measured by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Start-up and memory of the default: a private database
    Startup,
    /// List, search, workbench and goals with a growing history
    Growth,
    /// Three requests beside pgbench with the same statements
    Limit,
    /// An import of houses beside COPY
    Import,
    /// The three requests on Django REST framework
    Django,
    /// A year of duties beside bare inserts of the same rows
    Year,
    /// Time to interactive of pages on a slow device
    Spa,
}

/// How much is done.
struct Scale {
    /// Houses of the demo estate.
    rooms: u32,
    /// Orders at which growth is measured; the last count is that of the main measure.
    sizes: &'static [i64],
    /// Connections of a generator.
    connections: u32,
    /// Rounds of the main measure.
    rounds: u32,
    /// Seconds of a round.
    seconds: u32,
    /// Seconds of the round before the first.
    warm_seconds: u32,
    /// Seconds of a round when growth is measured.
    growth_seconds: u32,
    /// Loads of each page.
    page_loads: u32,
    /// Houses to import.
    houses: u32,
    /// People whose duties are laid out.
    people: u32,
    /// Days for which they are.
    days: u32,
}

const QUICK: Scale = Scale {
    rooms: 240,
    sizes: &[1_000, 10_000],
    connections: 4,
    rounds: 1,
    seconds: 2,
    warm_seconds: 1,
    growth_seconds: 1,
    page_loads: 1,
    houses: 1_000,
    people: 60,
    days: 31,
};
const USUAL: Scale = Scale {
    rooms: 5_000,
    sizes: &[10_000, 100_000, 1_000_000],
    connections: 32,
    rounds: 5,
    seconds: 8,
    warm_seconds: 4,
    growth_seconds: 2,
    page_loads: 7,
    houses: 100_000,
    people: 200,
    days: 365,
};
const LONG: Scale = Scale {
    sizes: &[10_000, 100_000, 1_000_000, 10_000_000],
    rounds: 9,
    seconds: 15,
    ..USUAL
};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on(run(&arguments)),
        Err(error) => Err(error.into()),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("wuye-bench: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> Outcome<bool> {
    let scale = match (arguments.quick, arguments.long) {
        (true, _) => QUICK,
        (_, true) => LONG,
        _ => USUAL,
    };
    let wanted = |part| arguments.only.is_empty() || arguments.only.contains(&part);
    let mut report = Report::new(!arguments.quick);
    if wanted(Part::Startup)
        && let Err(error) = whole(startup::measure(&mut report)).await
    {
        report.failure("startup", &*error);
    }
    if wanted(Part::Import)
        && let Err(error) = whole(import::measure(&scale, &mut report)).await
    {
        report.failure("import", &*error);
    }
    if wanted(Part::Year)
        && let Err(error) = whole(year::measure(&scale, &mut report)).await
    {
        report.failure("year", &*error);
    }
    let on_history = [Part::Growth, Part::Limit, Part::Django].map(wanted);
    if on_history.contains(&true)
        && let Err(error) = whole(history(&scale, on_history, &arguments.results, &mut report)).await
    {
        report.failure("history", &*error);
    }
    if wanted(Part::Spa)
        && let Err(error) = spa::measure(&scale, &arguments.results.with_file_name("spa"), &mut report)
    {
        report.failure("spa", &*error);
    }
    println!("\n{}", report.table());
    report.write(&arguments.results, machine())?;
    println!("written to {}", arguments.results.display());
    Ok(report.complete())
}

/// What breaks off in the midst of a measure (somebody cannot log in, say) is told like any other failure; the rest is measured.
async fn whole<T>(work: impl Future<Output = Outcome<T>>) -> Outcome<T> {
    match AssertUnwindSafe(work).catch_unwind().await {
        Ok(outcome) => outcome,
        Err(_) => Err("it broke off, as told above".into()),
    }
}

/// What needs a history: it is laid once, growing, and the main measure runs on the last size that is usual.
async fn history(
    scale: &Scale,
    [with_growth, with_limit, with_django]: [bool; 3],
    results: &Path,
    report: &mut Report,
) -> Outcome {
    const MAIN: i64 = 1_000_000;
    let mut site = Site::new(scale.rooms);
    let mut growth = growth::Growth::default();
    let last = scale.sizes.last().copied().unwrap_or_default();
    for size in scale.sizes.iter().copied() {
        site.fill(size).await?;
        if with_growth {
            growth.measure(&site, scale, report).await?;
        }
        if size != last.min(MAIN) {
            continue;
        }
        if with_limit {
            limit::measure(&mut site, scale, report).await?;
        }
        if with_django {
            let folder = results.with_file_name("django");
            if let Err(error) = rival::measure(&site, scale, &folder, report).await {
                report.failure("django", &*error);
            }
        }
    }
    if with_growth {
        growth.tell(report);
    }
    Ok(())
}

/// The machine and the programs, for who reads the figures later.
fn machine() -> Value {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    json!({
        "cores": std::thread::available_parallelism().map_or(0, usize::from),
        "processor": model.map(|(_, name)| name),
        "memory": memory.lines().next(),
        "kernel": fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default().trim(),
        "at": chrono::Utc::now().to_rfc3339(),
    })
}
