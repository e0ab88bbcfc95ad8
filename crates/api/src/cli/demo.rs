//! `wuye demo`: an estate for trying the product.

use wuye_domain::shared::zone::{DEFAULT_ZONE, business_date};
use wuye_persistence::db;

use super::{database::Database, serve::prepare_database};
use crate::{
    clock::Clock,
    config::Config,
    demo::{self, Outcome, Plan},
};

type Done = Result<(), Box<dyn std::error::Error>>;

/// The same demo for everybody who asks for the same size and day.
const SEED: u64 = 20_260_101;

/// Fills the database of these settings and stops.
pub fn run(config: Config) -> Done {
    let database = Database::own(&config)?;
    let outcome = actix_web::rt::System::new().block_on(async {
        let clock = Clock::default();
        prepare_database(&database.url, &clock).await?;
        fill(&config, &database.url, &clock).await
    });
    database.close()?;
    outcome
}

/// Fills an empty database, and says what was done.
pub(super) async fn fill(config: &Config, url: &str, clock: &Clock) -> Done {
    let now = clock.now();
    let plan = Plan {
        rooms: config.rooms,
        as_of: config.as_of.unwrap_or_else(|| business_date(now, DEFAULT_ZONE)),
        seed: SEED,
    };
    match demo::fill(&mut db::establish(url.to_owned()).await?, plan, now).await? {
        Outcome::Kept => println!("演示数据 demo: there is an estate already; nothing was changed"),
        Outcome::Filled(counts) => {
            let rows: usize = counts.iter().map(|(_, rows)| rows).sum();
            println!(
                "演示数据 demo: {} houses, {rows} rows; every account has the password {}",
                plan.rooms,
                demo::PASSWORD
            );
        }
    }
    Ok(())
}
