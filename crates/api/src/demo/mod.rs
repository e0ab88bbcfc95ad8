//! A believable estate for trying the product: staff at every post, owners, and fourteen months of history.
//!
//! The same seed, size and date give the same rows. Rows are made in memory in the states that the rules lead to, with
//! their lines on the trail, and go in by one statement per table and chunk.

mod book;
mod briefings;
mod cases;
mod desk;
mod disputes;
mod estate;
mod goals;
mod names;
mod owners;
mod people;
mod repairs;
mod roster;
mod tasks;
mod visits;
mod words;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel_async::AsyncConnection;
use wuye_domain::shared::zone::{DEFAULT_ZONE, business_date, start_of};
use wuye_persistence::{Conn, Failure, accounts, bulk, estates, manual, org, plans, secrets};

use book::Book;

use crate::reactions;

/// Everybody's password in the demo.
pub const PASSWORD: &str = "wuye-demo-1";

/// How far back the history goes.
const MONTHS: u32 = 14;

/// What to make.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Houses, 1 to 100,000.
    pub rooms: u32,
    /// The demo's present day.
    pub as_of: NaiveDate,
    /// Another seed gives another estate.
    pub seed: u64,
}

/// What a run did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// There is an estate already; nothing was touched.
    Kept,
    /// Rows by table, in the order they went in.
    Filled(Vec<(&'static str, usize)>),
}

/// Fills an empty database; leaves one alone that holds an estate.
///
/// # Errors
/// As the database says; then nothing was written.
pub async fn fill(conn: &mut Conn, plan: Plan, now: DateTime<Utc>) -> Result<Outcome, Failure> {
    if !estates::all(conn).await?.is_empty() {
        return Ok(Outcome::Kept);
    }
    let hash = crate::password::hash(PASSWORD.to_owned())
        .await
        .map_err(|_| Failure::internal("the demo's password was refused"))?;
    let key = crate::server::personal_data_key(conn, now).await?;
    conn.transaction(async |conn| {
        org::seed(conn, now).await?;
        manual::seed(conn, business_date(now, DEFAULT_ZONE)).await?;
        plans::rules::seed(conn, now).await?;
        let mut book = Book::new(plan, present(plan.as_of, now));
        people::hire(&mut book, &hash);
        estate::build(&mut book);
        owners::move_in(&mut book, &key);
        roster::plan(&mut book);
        repairs::run(&mut book);
        cases::run(&mut book);
        disputes::run(&mut book);
        desk::run(&mut book);
        goals::set(&mut book);
        tasks::run(&mut book);
        briefings::run(&mut book)?;
        book.close();
        for (table, rows) in book.tables() {
            bulk::insert(conn, table, rows).await?;
        }
        reactions::history_recorded(conn, book.now).await?;
        secrets::replace(conn, accounts::DEMO_PASSWORD, PASSWORD.as_bytes(), now).await?;
        Ok(Outcome::Filled(book.counts()))
    })
    .await
}

/// Half past nine of the day, unless that has not come yet.
fn present(as_of: NaiveDate, now: DateTime<Utc>) -> DateTime<Utc> {
    let morning = start_of(as_of, DEFAULT_ZONE) + TimeDelta::minutes(570);
    if business_date(now, DEFAULT_ZONE) == as_of {
        morning.min(now)
    } else {
        morning
    }
}
