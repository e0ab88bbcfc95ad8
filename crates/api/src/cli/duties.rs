//! `wuye duties`: duties laid out further ahead than the daily run does, or only counted: how much a year asks of everybody.

use chrono::{Days, NaiveDate};
use clap::Args;
use wuye_domain::{access::Permission, shared::EstateId};
use wuye_persistence::Failure;

use super::console::{Typist, at};
use crate::{
    config::Config,
    plans::{self, Stretch},
};

type Fault = Box<dyn std::error::Error>;

/// Which days, and whether it is meant.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    wuye duties 2027-12-31                        how many there would be, from today on\n  \
    wuye duties 2027-12-31 --from 2027-01-01 --keep")]
#[group(skip)]
pub struct Duties {
    /// The last day.
    until: NaiveDate,

    /// The first day; today when left out.
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,

    /// The estate, by its code; needed where there are several.
    #[arg(long, value_name = "CODE")]
    estate: Option<String>,

    /// Also duties whose records are not kept yet. The daily run takes those of the coming weeks away again.
    #[arg(long)]
    unproved: bool,

    /// Keep what was laid out. Without it everything is done, counted and undone.
    #[arg(long)]
    keep: bool,

    #[command(flatten)]
    typist: Typist,
}

/// Runs it.
///
/// # Errors
/// Days in the wrong order; there is no such estate.
pub fn run(config: Config, duties: &Duties) -> Result<(), Fault> {
    at(config, &duties.typist, async |console| {
        let _ = console.actor.scope(Permission::DutyRuleEdit).map_err(Failure::from)?;
        let estate = console.estate(duties.estate.as_deref()).await?;
        let id = EstateId(estate.id);
        let mut work = console
            .app
            .begin_as(console.actor.clone(), Permission::DutyRuleEdit)
            .await?;
        let terms = plans::laid_out_by(&mut work, id).await?;
        let days = Stretch {
            from: duties.from.unwrap_or_else(|| terms.date(work.now)),
            until: duties.until + Days::new(1),
            unproved: duties.unproved,
        };
        if days.from >= days.until {
            return Err(format!(
                "{} is after {}: name the last day, and a first one before it",
                days.from, duties.until
            )
            .into());
        }
        let laid = plans::lay(&mut work, id, &terms, days).await?;
        if duties.keep {
            work.commit().await?;
        }
        println!(
            "职责 duties {} – {}, {} {}: {} new, {} moved, {} withdrawn{}",
            days.from,
            duties.until,
            estate.code,
            estate.name,
            laid.made,
            laid.moved,
            laid.withdrawn,
            if duties.keep { "" } else { "; nothing was kept (--keep)" }
        );
        Ok(())
    })
}
