//! `wuye backup` and `wuye restore`: everything, into a folder and back.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;
use futures_util::TryStreamExt;
use object_store::{ObjectStore, ObjectStoreExt, path::Path as StorePath};
use sha2::{Digest, Sha256};
use wuye_persistence::{
    backup::{self, Manifest, StoredFile, hex},
    db,
    org::backups,
};

use super::database::Database;
use crate::{clock::Clock, config::Config, server};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Where the backup lies.
#[derive(Debug, Args)]
pub struct Place {
    /// Folder of the backup. Must not exist yet for `backup`.
    folder: PathBuf,
}

/// Writes a backup; the server may go on working. Nothing is left of one that fails.
pub fn backup(config: Config, place: &Place) -> Outcome {
    let database = Database::open(&config)?;
    let store = server::files(&config)?;
    let outcome = actix_web::rt::System::new().block_on(write(&database.url, &store, &place.folder));
    database.close()?;
    let manifest = outcome?;
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    println!(
        "{}: {} tables, {rows} rows, {} files",
        place.folder.display(),
        manifest.tables.len(),
        manifest.files.len()
    );
    Ok(())
}

/// Loads a backup into an empty database.
pub fn restore(config: Config, place: &Place) -> Outcome {
    let database = Database::open(&config)?;
    let store = server::files(&config)?;
    let outcome = actix_web::rt::System::new().block_on(read(&database.url, &store, &place.folder));
    database.close()?;
    let manifest = outcome?;
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    println!(
        "restored {rows} rows and {} files as of {}",
        manifest.files.len(),
        manifest.taken_at
    );
    Ok(())
}

/// Writes the backup under another name and renames it when it is whole.
pub async fn write(
    url: &str,
    store: &Arc<dyn ObjectStore>,
    folder: &Path,
) -> Result<Manifest, Box<dyn std::error::Error>> {
    if folder.exists() {
        return Err(format!("{} exists already: name a new folder", folder.display()).into());
    }
    let partial = folder.with_extension("partial");
    let _ = std::fs::remove_dir_all(&partial);
    std::fs::create_dir_all(partial.join("files"))?;
    let clock = Clock::default();
    let outcome = async {
        let mut manifest = backup::dump(url, &partial, clock.now()).await?;
        // The rows name files that were there before them, so the files are copied after the snapshot.
        manifest.files = copy_out(store, &partial.join("files")).await?;
        manifest.write(&partial)?;
        std::fs::rename(&partial, folder)?;
        Ok::<_, Box<dyn std::error::Error>>(manifest)
    }
    .await;
    if outcome.is_err() {
        let _ = std::fs::remove_dir_all(&partial);
    }
    let manifest = outcome?;
    let size = size_of(folder);
    let mut conn = db::establish(url.to_owned()).await?;
    backups::log_own(&mut conn, &folder.display().to_string(), size, manifest.taken_at).await?;
    Ok(manifest)
}

fn size_of(folder: &Path) -> i64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.metadata() {
            Ok(data) if data.is_dir() => size_of(&entry.path()),
            Ok(data) => i64::try_from(data.len()).unwrap_or(i64::MAX),
            Err(_) => 0,
        })
        .sum()
}

/// Loads a backup and checks every file on the way.
pub async fn read(
    url: &str,
    store: &Arc<dyn ObjectStore>,
    folder: &Path,
) -> Result<Manifest, Box<dyn std::error::Error>> {
    let manifest = backup::load(url, folder).await?;
    for file in &manifest.files {
        let content = tokio::fs::read(folder.join("files").join(&file.path)).await?;
        if hex(&Sha256::digest(&content)) != file.sha256 {
            return Err(format!("file {} was changed after the backup: its hash does not fit", file.path).into());
        }
        store.put(&StorePath::from(file.path.as_str()), content.into()).await?;
    }
    Ok(manifest)
}

async fn copy_out(store: &Arc<dyn ObjectStore>, folder: &Path) -> Result<Vec<StoredFile>, Box<dyn std::error::Error>> {
    let mut files = Vec::new();
    let mut listed = store.list(None);
    while let Some(object) = listed.try_next().await? {
        let content = store.get(&object.location).await?.bytes().await?;
        let path = object.location.to_string();
        let target = folder.join(&path);
        if let Some(parent) = target.parent() {
            tokio::fs::create_dir_all(parent).await?;
        }
        tokio::fs::write(&target, &content).await?;
        files.push(StoredFile {
            size: content.len() as u64,
            sha256: hex(&Sha256::digest(&content)),
            path,
        });
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}
