//! `wuye import`: a table of houses, parties or occupancies, checked and taken in by the same run as in the browser.

use std::{
    cell::Cell,
    io::{IsTerminal, Write},
    path::PathBuf,
    time::Duration,
};

use actix_web::{dev::Payload, error::PayloadError, http::Method};
use clap::Args;
use futures_util::stream;
use serde_json::{Value, json};
use tokio::{fs::File, io::AsyncReadExt};
use wuye_domain::estate::import::ImportKind;

use super::console::{Console, Typist, at};
use crate::{Language, config::Config, jobs};

type Fault = Box<dyn std::error::Error>;

/// How often progress is looked at.
const LOOK: Duration = Duration::from_millis(500);
/// Errors shown; --errors writes all of them.
const SHOWN: usize = 100;
/// Bytes read from the file at a time.
const PIECE: usize = 64 * 1024;

/// Which table, and how.
#[derive(Debug, Args)]
#[command(after_help = "\
The file is CSV (UTF-8, GBK or UTF-16) or XLSX, told by its content; headings are found in Chinese or English, in any order.
Every row is checked before anything is written. Good rows go in, bad rows are printed with row and column and left out; the
exit status is then 1. The same file again changes nothing, so a broken-off import is repeated. New houses stand as drafts
until the supervisor confirms them. Import houses first, then parties, then occupancies.

Examples:
  wuye import houses houses.xlsx --dry-run
  wuye import parties owners.csv --as recept --errors left-out.csv")]
#[group(skip)]
pub struct Import {
    /// What the table holds: houses, parties or occupancies.
    #[arg(value_parser = parse_kind)]
    kind: ImportKind,

    /// The file.
    file: PathBuf,

    /// Only check: print what would go in and what is wrong, and change nothing.
    #[arg(long)]
    dry_run: bool,

    /// Write every error to this file, CSV or XLSX by its ending.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,

    /// The estate, by its code; needed where there are several.
    #[arg(long, value_name = "CODE")]
    estate: Option<String>,

    #[command(flatten)]
    typist: Typist,
}

fn parse_kind(text: &str) -> Result<ImportKind, String> {
    text.parse().map_err(|_| "houses, parties or occupancies".to_owned())
}

/// Runs it.
///
/// # Errors
/// The file cannot be read or is refused, or rows of it were left out.
pub fn run(config: Config, import: &Import) -> Result<(), Fault> {
    at(config, &import.typist, async |console| take(console, import).await)
}

async fn take(console: &Console, import: &Import) -> Result<(), Fault> {
    let run = upload(console, import).await?;
    let path = format!("/imports/{}", run["id"].as_str().unwrap_or_default());
    let checked = over(console, &path).await?;
    println!("{}", summary(console.language, &checked));
    show_errors(console, import, &path, &checked).await?;
    let rejected = checked["rejected"].as_i64().unwrap_or_default();
    if import.dry_run {
        console.post(&format!("{path}/cancel"), &json!({})).await?;
    } else {
        console.post(&format!("{path}/start"), &json!({})).await?;
        println!("{}", summary(console.language, &over(console, &path).await?));
    }
    if rejected == 0 {
        return Ok(());
    }
    Err(match console.language {
        Language::Zh => format!("有 {rejected} 行未导入，见上").into(),
        Language::En => format!("{rejected} rows were left out, see above").into(),
    })
}

/// Sends the file as a client would, piece by piece.
async fn upload(console: &Console, import: &Import) -> Result<Value, Fault> {
    let shown = import.file.display();
    let file = File::open(&import.file)
        .await
        .map_err(|error| format!("{shown}: {error}"))?;
    let name = import.file.file_name().map(|name| name.to_string_lossy().into_owned());
    let estate = console.estate(import.estate.as_deref()).await?.id.to_string();
    let query = serde_urlencoded::to_string([
        ("kind", import.kind.code()),
        ("estate_id", &estate),
        ("file_name", name.as_deref().unwrap_or_default()),
    ])?;
    let pieces = stream::unfold(file, |mut file| async move {
        let mut piece = vec![0_u8; PIECE];
        match file.read(&mut piece).await {
            Ok(0) => None,
            Ok(length) => {
                piece.truncate(length);
                Some((Ok(bytes::Bytes::from(piece)), file))
            }
            Err(error) => Some((Err(PayloadError::Io(error)), file)),
        }
    });
    let body: Payload = Payload::Stream {
        payload: Box::pin(pieces),
    };
    let answer = console
        .send(
            Method::POST,
            &format!("/imports?{query}"),
            Some("application/octet-stream"),
            Some(body),
        )
        .await?;
    let bytes = actix_web::body::to_bytes(answer.into_body())
        .await
        .map_err(|error| error.to_string())?;
    Ok(serde_json::from_slice(&bytes)?)
}

/// Lends a hand with the waiting imports, unless a server is at it already, and shows progress until this one has come to rest.
async fn over(console: &Console, path: &str) -> Result<Value, Fault> {
    let done = Cell::new(false);
    let working = async {
        while !done.get() {
            if !jobs::step(&console.app, jobs::Lane::Long).await? {
                tokio::time::sleep(LOOK).await;
            }
        }
        Ok::<(), Fault>(())
    };
    let watching = async {
        let mut progress = Progress::default();
        let outcome = loop {
            match console.get(path).await {
                Ok(run) if is_moving(&run) => progress.show(&run),
                other => break other,
            }
            tokio::time::sleep(LOOK).await;
        };
        progress.end();
        done.set(true);
        outcome
    };
    let (worked, run) = tokio::join!(working, watching);
    worked?;
    let run = run?;
    match run["failure"].as_str() {
        Some(failure) => Err(failure.to_owned().into()),
        None => Ok(run),
    }
}

fn is_moving(run: &Value) -> bool {
    let state = run["state"].as_str().unwrap_or_default();
    ["uploaded", "checking", "queued", "running"].contains(&state)
}

/// One line that renews itself at a terminal; a line per tenth elsewhere.
#[derive(Default)]
struct Progress {
    tenth: i64,
    drawn: bool,
}

impl Progress {
    fn show(&mut self, run: &Value) {
        let count = |name: &str| run[name].as_i64().unwrap_or_default();
        let (done, total) = (count("done_rows"), count("total_rows").max(1));
        let state = run["state"].as_str().unwrap_or_default();
        let percent = done * 100 / total;
        let mut err = std::io::stderr().lock();
        if err.is_terminal() {
            let _ = write!(err, "\r\x1b[K{state} {done}/{total} ({percent}%)");
            let _ = err.flush();
            self.drawn = true;
        } else if percent / 10 > self.tenth {
            self.tenth = percent / 10;
            let _ = writeln!(err, "{state} {done}/{total} ({percent}%)");
        }
    }

    fn end(&self) {
        if self.drawn {
            eprint!("\r\x1b[K");
        }
    }
}

fn summary(language: Language, run: &Value) -> String {
    let count = |name: &str| run[name].as_i64().unwrap_or_default();
    let [total, added, changed, unchanged, rejected] =
        ["total_rows", "added", "changed", "unchanged", "rejected"].map(count);
    let done = run["state"] == "done";
    let form = format!(
        "{}, {}",
        run["format"].as_str().unwrap_or_default(),
        run["encoding"].as_str().unwrap_or_default()
    );
    match language {
        Language::Zh => {
            let head = if done { "已导入" } else { "已检查" };
            format!("{head} {total} 行（{form}）：新增 {added}，变更 {changed}，无变化 {unchanged}，有误 {rejected}")
        }
        Language::En => {
            let head = if done { "imported" } else { "checked" };
            format!(
                "{head} {total} rows ({form}): {added} new, {changed} changed, {unchanged} unchanged, {rejected} with errors"
            )
        }
    }
}

async fn show_errors(console: &Console, import: &Import, path: &str, run: &Value) -> Result<(), Fault> {
    if run["rejected"].as_i64().unwrap_or_default() == 0 {
        return Ok(());
    }
    let page = console.get(&format!("{path}/errors?limit={SHOWN}&count=true")).await?;
    let errors = page["items"].as_array().cloned().unwrap_or_default();
    let zh = console.language == Language::Zh;
    for error in &errors {
        let text = |name: &str| error[name].as_str().unwrap_or_default();
        let (row, column) = (&error["row_no"], text("column_name"));
        if zh {
            eprintln!("第 {row} 行，{column}：{}", text("message_zh"));
        } else {
            eprintln!("row {row}, {column}: {}", text("message_en"));
        }
    }
    let more = page["total"].as_i64().unwrap_or_default() - errors.len() as i64;
    if more > 0 {
        if zh {
            eprintln!("……另有 {more} 处；--errors 文件名 可写出全部");
        } else {
            eprintln!("… and {more} more; --errors FILE writes all of them");
        }
    }
    if let Some(target) = &import.errors {
        let xlsx = target
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
        let format = if xlsx { "xlsx" } else { "csv" };
        let mut file = std::fs::File::create(target).map_err(|error| format!("{}: {error}", target.display()))?;
        console
            .download(&format!("{path}/errors/export?format={format}"), &mut file)
            .await?;
    }
    Ok(())
}
