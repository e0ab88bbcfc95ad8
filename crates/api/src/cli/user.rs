//! `wuye user`: logins from the console, for the day nobody can log in.

use clap::Subcommand;
use wuye_persistence::{accounts, db};

use super::database::Database;
use crate::{clock::Clock, config::Config, password};

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Give an account a new first password; it is printed, ends all sessions and must be changed at the next login.
    ResetPassword {
        /// Login name.
        username: String,
    },
}

/// Runs it.
pub fn run(config: Config, action: Action) -> Result<(), Box<dyn std::error::Error>> {
    let database = Database::open(&config)?;
    let Action::ResetPassword { username } = action;
    let outcome = actix_web::rt::System::new().block_on(reset(&database.url, &username.to_lowercase()));
    database.close()?;
    println!("{username}: {}", outcome?);
    Ok(())
}

async fn reset(url: &str, username: &str) -> Result<String, Box<dyn std::error::Error>> {
    let mut conn = db::establish(url.to_owned()).await?;
    let mut account = accounts::find_by_username(&mut conn, username)
        .await?
        .ok_or_else(|| format!("there is no account “{username}”"))?;
    let first: String = uuid::Uuid::new_v4().simple().to_string().chars().take(16).collect();
    account.password_hash = Some(password::hash(first.clone()).await?);
    account.must_change_password = true;
    account.updated_at = Clock::default().now();
    accounts::save(&mut conn, &account, true).await?;
    accounts::end_all(&mut conn, account.id.into(), "password reset", account.updated_at).await?;
    crate::live::announce_epochs(&mut conn, &[account.id]).await?;
    Ok(first)
}
