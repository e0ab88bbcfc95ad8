//! `wuye doctor`: looks at everything a server rests on and says what to do. It repairs nothing.

mod clock;
mod content;
mod database;
mod disk;
mod settings;

use std::fmt;

use clap::Args;
use serde::Serialize;
use serde_json::json;
use wuye_domain::shared::Text;

use super::{console::Speech, database::Database, settings_file::SettingsFile};
use crate::{Language, config::Config};

type Fault = Box<dyn std::error::Error>;

/// How to say it.
#[derive(Debug, Args)]
#[group(skip)]
pub struct Doctor {
    /// As JSON, for programs that watch.
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    speech: Speech,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    /// As it should be.
    Ok,
    /// It works, and somebody should look after it.
    Warning,
    /// It does not work, or loses something.
    Fault,
}

/// What was found at one place.
#[derive(Clone, Debug)]
struct Finding {
    /// Where: `<subject>.<what>`, the same in every language and version.
    check: &'static str,
    level: Level,
    says: Text,
    /// What to do.
    advice: Option<Text>,
}

impl Finding {
    fn ok(check: &'static str, says: Text) -> Self {
        Self {
            check,
            level: Level::Ok,
            says,
            advice: None,
        }
    }

    fn warning(check: &'static str, says: Text, advice: Text) -> Self {
        Self {
            check,
            level: Level::Warning,
            says,
            advice: Some(advice),
        }
    }

    fn fault(check: &'static str, says: Text, advice: Text) -> Self {
        Self {
            level: Level::Fault,
            ..Self::warning(check, says, advice)
        }
    }

    fn shown(&self, language: Language) -> String {
        let level = match (self.level, language) {
            (Level::Ok, Language::Zh) => "正常",
            (Level::Warning, Language::Zh) => "注意",
            (Level::Fault, Language::Zh) => "故障",
            (Level::Ok, Language::En) => "ok",
            (Level::Warning, Language::En) => "warning",
            (Level::Fault, Language::En) => "fault",
        };
        let mut line = format!("{level} {}: {}", self.check, language.pick(&self.says));
        if let Some(advice) = &self.advice {
            line += &format!("\n    → {}", language.pick(advice));
        }
        line
    }
}

/// Runs it.
///
/// # Errors
/// Something is broken; everything found was printed.
pub(super) fn run(config: &Config, file: &SettingsFile, doctor: &Doctor) -> Result<(), Fault> {
    let language = doctor.speech.language();
    let findings = examine(config, file);
    let worst = findings.iter().map(|finding| finding.level).max().unwrap_or(Level::Ok);
    if doctor.json {
        let lines: Vec<_> = findings
            .iter()
            .map(|finding| {
                json!({
                    "check": finding.check,
                    "level": finding.level,
                    "message": language.pick(&finding.says),
                    "advice": finding.advice.as_ref().map(|advice| language.pick(advice)),
                })
            })
            .collect();
        println!("{:#}", json!({ "level": worst, "findings": lines }));
    } else {
        for finding in &findings {
            println!("{}", finding.shown(language));
        }
    }
    match findings.iter().filter(|finding| finding.level == Level::Fault).count() {
        0 => Ok(()),
        1 => Err(language.pick(&wuye_domain::text!("发现 1 处故障", "1 fault")).into()),
        count => Err(language
            .pick(&wuye_domain::text!("发现 {count} 处故障", "{count} faults"))
            .into()),
    }
}

fn examine(config: &Config, file: &SettingsFile) -> Vec<Finding> {
    let mut findings = settings::examine(config, file);
    findings.extend(actix_web::rt::System::new().block_on(disk::examine(config)));
    if config.database_url.is_none() && !config.data_dir.join("postgres/data/PG_VERSION").exists() {
        findings.push(Finding::warning(
            "database.there",
            wuye_domain::text!("还没有数据库", "there is no database yet"),
            wuye_domain::text!(
                "首次运行 wuye serve 时自动建立；若本应已有，请核对 --data-dir。",
                "The first wuye serve makes it; if there should be one, check --data-dir."
            ),
        ));
        return findings;
    }
    match Database::open(config) {
        Ok(database) => {
            findings.extend(actix_web::rt::System::new().block_on(database::examine(config, &database.url)));
            if let Err(error) = database.close() {
                findings.push(unreachable(&error));
            }
        }
        Err(error) => findings.push(unreachable(&error)),
    }
    findings
}

fn unreachable(cause: &dyn fmt::Display) -> Finding {
    Finding::fault(
        "database.reachable",
        wuye_domain::text!("数据库无法连接：{cause}", "the database cannot be reached: {cause}"),
        wuye_domain::text!(
            "请核对 DATABASE_URL 或 --data-dir，并查看数据库自己的日志（docs/operations.md）。",
            "Check DATABASE_URL or --data-dir, and look into the database's own log (docs/operations.md)."
        ),
    )
}
