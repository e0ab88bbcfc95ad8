//! From a folder into an empty database.

use std::path::Path;

use bytes::Bytes;
use futures_util::SinkExt;
use tokio::io::AsyncReadExt;
use tokio_postgres::Transaction;

use super::{Manifest, connect, dump::quoted, failed, sha256_of};
use crate::{Failure, migrations};

/// Loads the backup in `folder` into the database at `url`, which must hold no tables; then brings it up to this
/// version's schema. All or nothing: the rows go in as one transaction.
///
/// # Errors
/// A hash or count that does not fit, a database that is not empty, a backup of a newer version.
pub async fn load(url: &str, folder: &Path) -> Result<Manifest, Failure> {
    let manifest = Manifest::read(folder)?;
    for table in &manifest.tables {
        let found = sha256_of(&folder.join(format!("{}.copy", table.name))).await?;
        if found != table.sha256 {
            return Err(Failure::Internal(format!(
                "{}.copy was changed after the backup: its hash does not fit",
                table.name
            )));
        }
    }
    let mut client = connect(url).await?;
    let tables: i64 = client
        .query_one("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", &[])
        .await
        .map_err(|error| failed("catalogue", error))?
        .get(0);
    if tables > 0 {
        return Err(Failure::Internal(
            "the database is not empty: restore into a fresh data directory or database".to_owned(),
        ));
    }
    migrations::run_only(url, &manifest.migrations).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(|error| failed("transaction", error))?;
    let keys = drop_foreign_keys(&transaction).await?;
    for table in &manifest.tables {
        load_table(&transaction, folder, &table.name, &table.columns, table.rows).await?;
    }
    // Made again, they are checked against every row.
    for add in keys {
        transaction
            .batch_execute(&add)
            .await
            .map_err(|error| failed(&add, error))?;
    }
    transaction.commit().await.map_err(|error| failed("commit", error))?;
    client
        .batch_execute("ANALYZE")
        .await
        .map_err(|error| failed("analyze", error))?;
    migrations::run(url).await?;
    Ok(manifest)
}

/// Takes the foreign keys away, so that the order of tables does not matter; gives the statements that bring them back.
async fn drop_foreign_keys(transaction: &Transaction<'_>) -> Result<Vec<String>, Failure> {
    let rows = transaction
        .query(
            "SELECT conrelid::regclass::text, conname::text, pg_get_constraintdef(oid) FROM pg_constraint \
             WHERE contype = 'f' AND connamespace = 'public'::regnamespace ORDER BY 2",
            &[],
        )
        .await
        .map_err(|error| failed("catalogue", error))?;
    let mut back = Vec::with_capacity(rows.len());
    for row in rows {
        let (table, name, definition): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        let drop = format!("ALTER TABLE {table} DROP CONSTRAINT \"{name}\"");
        transaction
            .batch_execute(&drop)
            .await
            .map_err(|error| failed(&drop, error))?;
        back.push(format!("ALTER TABLE {table} ADD CONSTRAINT \"{name}\" {definition}"));
    }
    Ok(back)
}

async fn load_table(
    transaction: &Transaction<'_>,
    folder: &Path,
    name: &str,
    columns: &[String],
    rows: u64,
) -> Result<(), Failure> {
    // Rows that migrations put in (defaults of a table) give way to the backup's.
    transaction
        .batch_execute(&format!("DELETE FROM \"{name}\""))
        .await
        .map_err(|error| failed(name, error))?;
    let path = folder.join(format!("{name}.copy"));
    let mut file = tokio::fs::File::open(&path)
        .await
        .map_err(|error| failed(&path.display().to_string(), error))?;
    let sink = transaction
        .copy_in::<_, Bytes>(&format!("COPY \"{name}\" ({}) FROM STDIN", quoted(columns)))
        .await
        .map_err(|error| failed(name, error))?;
    futures_util::pin_mut!(sink);
    let mut buffer = vec![0; 1 << 18];
    loop {
        match file.read(&mut buffer).await.map_err(|error| failed(name, error))? {
            0 => break,
            read => sink
                .send(Bytes::copy_from_slice(&buffer[..read]))
                .await
                .map_err(|error| failed(name, error))?,
        }
    }
    let loaded = sink.finish().await.map_err(|error| failed(name, error))?;
    if loaded == rows {
        return Ok(());
    }
    Err(Failure::Internal(format!(
        "{name}: {loaded} rows went in, the manifest says {rows}"
    )))
}
