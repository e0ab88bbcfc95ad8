//! `wuye export`: any list as a file, with the filters, words and columns of its export in the API.

use std::{
    fs::File,
    io::{BufWriter, IsTerminal, Write},
    path::PathBuf,
};

use clap::Args;
use serde_json::{Value, json};
use uuid::Uuid;
use wuye_domain::{
    access::Permission,
    shared::{SubjectKind, TrailEntry},
};

use super::console::{Console, Typist, at};
use crate::{config::Config, tables::Format};

type Fault = Box<dyn std::error::Error>;

/// Which list, and where to.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    wuye export --lists\n  \
    wuye export houses --output houses.xlsx\n  \
    wuye export work-orders --filter open=true --sort=-created_at --as pubsup > open.csv")]
#[group(skip)]
pub struct Export {
    /// Which list, such as houses, parties, cases, work-orders; --lists names them all.
    #[arg(required_unless_present = "lists")]
    list: Option<String>,

    /// Name the lists, with the filters that each one takes, and stop.
    #[arg(long)]
    lists: bool,

    /// The file to write; standard output when left out. Its ending chooses the format.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    /// csv (UTF-8 with its mark, so that a spreadsheet reads it) or xlsx; by the ending of --output, else csv.
    #[arg(long, value_parser = parse_format)]
    format: Option<Format>,

    /// Only the rows of this estate, by its code; needed where there are several.
    #[arg(long, value_name = "CODE")]
    estate: Option<String>,

    /// A filter of the list, as NAME=VALUE; may be given several times.
    #[arg(long, value_name = "NAME=VALUE", value_parser = parse_filter)]
    filter: Vec<(String, String)>,

    /// Column to sort by, with - in front for descending.
    #[arg(long, allow_hyphen_values = true)]
    sort: Option<String>,

    #[command(flatten)]
    typist: Typist,
}

fn parse_format(text: &str) -> Result<Format, String> {
    text.parse().map_err(|_| "csv or xlsx".to_owned())
}

fn parse_filter(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').ok_or("write NAME=VALUE")?;
    Ok((pair.0.to_owned(), pair.1.to_owned()))
}

/// A list that can be had as a file, as the contract describes it.
struct Listed {
    name: String,
    title: String,
    parameters: Vec<String>,
}

fn lists() -> Vec<Listed> {
    let document = crate::document();
    let paths = document["paths"].as_object().into_iter().flatten();
    let exports = paths.filter_map(|(path, item)| {
        let name = path.strip_prefix("/api/v1/")?.strip_suffix("/export")?;
        let operation = &item["get"];
        (!name.contains('{') && operation.is_object()).then(|| Listed {
            name: name.to_owned(),
            title: operation["summary"].as_str().unwrap_or_default().to_owned(),
            parameters: operation["parameters"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|parameter| parameter["name"].as_str().map(ToOwned::to_owned))
                .collect(),
        })
    });
    exports.collect()
}

/// Runs it.
///
/// # Errors
/// What the API refused, or the file cannot be written.
pub fn run(config: Config, export: &Export) -> Result<(), Fault> {
    let lists = lists();
    if export.lists {
        for list in &lists {
            let own = list
                .parameters
                .iter()
                .filter(|name| !["format", "sort"].contains(&name.as_str()));
            let filters = own.cloned().collect::<Vec<_>>().join(", ");
            println!("{:<20} {} ({filters})", list.name, list.title);
        }
        return Ok(());
    }
    let name = export.list.as_deref().unwrap_or_default();
    let list = lists.iter().find(|list| list.name == name).ok_or_else(|| {
        let known = lists.iter().map(|list| list.name.as_str()).collect::<Vec<_>>();
        format!("there is no list “{name}”; there are: {}", known.join(", "))
    })?;
    let format = format(export);
    if format == Format::Xlsx && export.output.is_none() && std::io::stdout().is_terminal() {
        return Err("a workbook is nothing for a terminal: give --output FILE".into());
    }
    at(config, &export.typist, async |console| {
        write(console, export, list, format).await
    })
}

fn format(export: &Export) -> Format {
    export.format.unwrap_or_else(|| {
        let ending = export.output.as_ref().and_then(|path| path.extension()?.to_str());
        if ending.is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) {
            Format::Xlsx
        } else {
            Format::Csv
        }
    })
}

async fn write(console: &Console, export: &Export, list: &Listed, format: Format) -> Result<(), Fault> {
    let mut query: Vec<(String, String)> = vec![("format".to_owned(), format.to_string())];
    query.extend(export.sort.clone().map(|sort| ("sort".to_owned(), sort)));
    query.extend(export.filter.iter().cloned());
    let mut estate = None;
    if list.parameters.iter().any(|name| name == "estate_id") && !query.iter().any(|(name, _)| name == "estate_id") {
        let found = console.estate(export.estate.as_deref()).await?.id;
        query.push(("estate_id".to_owned(), found.to_string()));
        estate = Some(found);
    }
    let path = format!("/{}/export?{}", list.name, serde_urlencoded::to_string(&query)?);
    let size = match &export.output {
        Some(target) => {
            // Under another name until it is whole: a file that is there can be trusted.
            let partial = target.with_extension("partial");
            let outcome = into_file(console, &path, &partial).await;
            if outcome.is_err() {
                let _ = std::fs::remove_file(&partial);
            }
            let size = outcome?;
            std::fs::rename(&partial, target)?;
            println!("{}: {size} bytes", target.display());
            size
        }
        None => {
            let mut out = std::io::stdout().lock();
            let size = console.download(&path, &mut out).await?;
            out.flush()?;
            size
        }
    };
    note(console, list, &query, estate, size).await
}

async fn into_file(console: &Console, path: &str, target: &std::path::Path) -> Result<u64, Fault> {
    let file = File::create(target).map_err(|error| format!("{}: {error}", target.display()))?;
    let mut file = BufWriter::new(file);
    let size = console.download(path, &mut file).await?;
    file.into_inner()
        .map_err(std::io::IntoInnerError::into_error)?
        .sync_all()?;
    Ok(size)
}

/// Rows that leave the product at the console leave a line on the trail.
async fn note(
    console: &Console,
    list: &Listed,
    query: &[(String, String)],
    estate: Option<Uuid>,
    size: u64,
) -> Result<(), Fault> {
    let mut work = console
        .app
        .begin_as(console.actor.clone(), Permission::FileRead)
        .await?;
    let asked: Value = query.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    let mut entry = TrailEntry::new(SubjectKind::Estate, estate.unwrap_or_default(), "exported")
        .reason(Some("console"))
        .changes(json!({ "list": [null, list.name], "query": [null, asked], "bytes": [null, size] }));
    entry.estate = estate.map(Into::into);
    work.record(entry);
    Ok(work.commit().await?)
}
