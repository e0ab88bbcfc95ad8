//! The schema's way from nothing to today, embedded in the binary.

use diesel_async::{AsyncMigrationHarness, AsyncPgConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::{Failure, db};

/// Every migration, in order.
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");

/// Held while migrating, so that several servers starting at once do it once.
const LOCK: i64 = 0x7775_7965;

/// Brings the database up to date; gives the versions that were applied.
///
/// # Errors
/// `Unavailable` when the database cannot be reached, `Internal` when a migration fails.
pub async fn run(url: &str) -> Result<Vec<String>, Failure> {
    let conn = locked(url).await?;
    tokio::task::spawn_blocking(move || {
        let mut harness = AsyncMigrationHarness::new(conn);
        harness
            .run_pending_migrations(MIGRATIONS)
            .map(|versions| versions.iter().map(ToString::to_string).collect())
            .map_err(Failure::internal)
    })
    .await
    .map_err(Failure::internal)?
}

/// Applies just these migrations to an empty database: the schema that a backup was taken from.
///
/// # Errors
/// As [`run`]; `Internal` when this version does not know one of them.
pub async fn run_only(url: &str, versions: &[String]) -> Result<(), Failure> {
    let conn = locked(url).await?;
    let versions = versions.to_vec();
    tokio::task::spawn_blocking(move || {
        let mut harness = AsyncMigrationHarness::new(conn);
        // Asked first: it also makes the table of applied migrations.
        let known = harness.pending_migrations(MIGRATIONS).map_err(Failure::internal)?;
        for version in &versions {
            let migration = known
                .iter()
                .find(|migration| migration.name().version().to_string() == *version)
                .ok_or_else(|| {
                    Failure::Internal(format!(
                        "migration {version} is not known: the backup is of a newer version"
                    ))
                })?;
            harness.run_migration(migration).map_err(Failure::internal)?;
        }
        Ok(())
    })
    .await
    .map_err(Failure::internal)?
}

/// Takes every migration back, newest first: for the test that up → down → up leads to the same schema.
///
/// # Errors
/// As [`run`].
pub async fn revert_all(url: &str) -> Result<usize, Failure> {
    let conn = locked(url).await?;
    tokio::task::spawn_blocking(move || {
        let mut harness = AsyncMigrationHarness::new(conn);
        harness
            .revert_all_migrations(MIGRATIONS)
            .map(|versions| versions.len())
            .map_err(Failure::internal)
    })
    .await
    .map_err(Failure::internal)?
}

/// Whether all migrations of this binary are in the database.
///
/// # Errors
/// As [`run`].
pub async fn up_to_date(url: &str) -> Result<bool, Failure> {
    let conn = db::establish(url.to_owned())
        .await
        .map_err(|error| Failure::Unavailable(error.to_string()))?;
    tokio::task::spawn_blocking(move || {
        AsyncMigrationHarness::new(conn)
            .has_pending_migration(MIGRATIONS)
            .map(|pending| !pending)
            .map_err(Failure::internal)
    })
    .await
    .map_err(Failure::internal)?
}

async fn locked(url: &str) -> Result<AsyncPgConnection, Failure> {
    use diesel_async::SimpleAsyncConnection;
    let mut conn = db::establish(url.to_owned())
        .await
        .map_err(|error| Failure::Unavailable(error.to_string()))?;
    // Migrations may take their time; the lock goes with the connection.
    conn.batch_execute(&format!("SET statement_timeout = 0; SELECT pg_advisory_lock({LOCK})"))
        .await?;
    Ok(conn)
}
