//! From the database into a folder.

use std::path::Path;

use chrono::{DateTime, Utc};
use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;
use tokio_postgres::Transaction;

use super::{Manifest, TableFile, connect, failed, hex, manifest::FORMAT};
use crate::Failure;

/// Writes all tables of the database into `folder`, as they are at one instant. Work goes on meanwhile.
///
/// The manifest is given back, not written: the caller adds the uploaded files first.
///
/// # Errors
/// `Unavailable` without a database; `Internal` when the folder cannot be written.
pub async fn dump(url: &str, folder: &Path, now: DateTime<Utc>) -> Result<Manifest, Failure> {
    let mut client = connect(url).await?;
    let snapshot = client
        .build_transaction()
        .isolation_level(tokio_postgres::IsolationLevel::RepeatableRead)
        .read_only(true)
        .start()
        .await
        .map_err(|error| failed("snapshot", error))?;
    let migrations = names(
        &snapshot,
        "SELECT version::text FROM __diesel_schema_migrations ORDER BY version",
    )
    .await?;
    let tables = names(
        &snapshot,
        "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\\_\\_diesel%' ORDER BY 1",
    )
    .await?;
    let mut written = Vec::with_capacity(tables.len());
    for table in tables {
        written.push(dump_table(&snapshot, folder, table).await?);
    }
    snapshot.commit().await.map_err(|error| failed("snapshot", error))?;
    Ok(Manifest {
        format: FORMAT,
        product: env!("CARGO_PKG_VERSION").to_owned(),
        taken_at: now,
        migrations,
        tables: written,
        files: Vec::new(),
    })
}

async fn names(snapshot: &Transaction<'_>, sql: &str) -> Result<Vec<String>, Failure> {
    let rows = snapshot
        .query(sql, &[])
        .await
        .map_err(|error| failed("catalogue", error))?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

async fn dump_table(snapshot: &Transaction<'_>, folder: &Path, name: String) -> Result<TableFile, Failure> {
    let columns: Vec<String> = snapshot
        .query(
            "SELECT column_name::text FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position",
            &[&name],
        )
        .await
        .map_err(|error| failed(&name, error))?
        .iter()
        .map(|row| row.get(0))
        .collect();
    let list = quoted(&columns);
    let rows = snapshot
        .copy_out(&format!("COPY \"{name}\" ({list}) TO STDOUT"))
        .await
        .map_err(|error| failed(&name, error))?;
    futures_util::pin_mut!(rows);
    let path = folder.join(format!("{name}.copy"));
    let file = tokio::fs::File::create(&path)
        .await
        .map_err(|error| failed(&path.display().to_string(), error))?;
    let mut file = tokio::io::BufWriter::new(file);
    let (mut digest, mut count) = (Sha256::new(), 0);
    while let Some(line) = rows.try_next().await.map_err(|error| failed(&name, error))? {
        digest.update(&line);
        // COPY text escapes line breaks within values, so each line break ends a row.
        count += line.iter().filter(|byte| **byte == b'\n').count() as u64;
        file.write_all(&line).await.map_err(|error| failed(&name, error))?;
    }
    file.flush().await.map_err(|error| failed(&name, error))?;
    file.get_ref().sync_all().await.map_err(|error| failed(&name, error))?;
    Ok(TableFile {
        name,
        columns,
        rows: count,
        sha256: hex(&digest.finalize()),
    })
}

/// Column names as SQL writes them.
pub(super) fn quoted(columns: &[String]) -> String {
    columns
        .iter()
        .map(|column| format!("\"{column}\""))
        .collect::<Vec<_>>()
        .join(", ")
}
