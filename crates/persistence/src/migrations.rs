//! The schema's way from nothing to today, embedded in the binary.

use std::collections::BTreeSet;

use diesel::{
    QueryableByName,
    migration::{Migration, MigrationSource},
    pg::Pg,
    sql_query,
};
use diesel_async::{AsyncMigrationHarness, AsyncPgConnection, RunQueryDsl};
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

/// How a database stands to the migrations of this binary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Those it does not have yet.
    pub pending: Vec<String>,
    /// Those it has of a newer version of the product.
    pub unknown: Vec<String>,
}

/// Compares without changing anything, unlike diesel's own question, which makes its table.
///
/// # Errors
/// As the database says.
pub async fn standing(conn: &mut AsyncPgConnection) -> Result<Standing, Failure> {
    let known: Vec<Box<dyn Migration<Pg>>> = MIGRATIONS.migrations().map_err(Failure::internal)?;
    let mut known: BTreeSet<String> = known
        .iter()
        .map(|migration| migration.name().version().to_string())
        .collect();
    let table: Named = sql_query("SELECT to_regclass('__diesel_schema_migrations')::text AS name")
        .get_result(conn)
        .await?;
    let applied: Vec<Named> = match table.name {
        Some(_) => {
            sql_query("SELECT version::text AS name FROM __diesel_schema_migrations ORDER BY version")
                .load(conn)
                .await?
        }
        None => Vec::new(),
    };
    let mut unknown = Vec::new();
    for version in applied.into_iter().filter_map(|row| row.name) {
        if !known.remove(&version) {
            unknown.push(version);
        }
    }
    Ok(Standing {
        pending: known.into_iter().collect(),
        unknown,
    })
}

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = diesel::sql_types::Nullable<diesel::sql_types::Text>)]
    name: Option<String>,
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
