//! Bytes that no row ever named: a server was killed between storing a file and writing it down, or while storing it.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use actix_web::web;
use futures_util::TryStreamExt;
use wuye_persistence::{Failure, files};

use super::{
    store,
    sweep::{FRESH, remove_unused},
};
use crate::App;

/// Hashes that the database is asked about at once.
const BATCH: usize = 1_000;

/// Looks through the whole store and removes what belongs to no file.
///
/// # Errors
/// `Unavailable` when database or store cannot be reached; the next run goes on.
pub async fn sweep_strays(app: &App) -> Result<(), Failure> {
    let limit = app.now() - FRESH;
    let mut listed = app.shared.files.list(None);
    let mut hashes = BTreeSet::new();
    let mut removed = 0_usize;
    while let Some(object) = listed.try_next().await.map_err(store::away)? {
        if object.last_modified < limit
            && let Some(hash) = store::hash_at(&object.location)
        {
            hashes.insert(hash.to_owned());
        }
        if hashes.len() == BATCH {
            removed += remove(app, std::mem::take(&mut hashes)).await?;
        }
    }
    removed += remove(app, hashes).await?;
    if app.shared.config.s3_bucket.is_none() {
        let folder = app.shared.config.files_folder();
        let pieces = web::block(move || remove_pieces(&folder, limit.into())).await;
        removed += pieces.map_err(Failure::internal)?.map_err(Failure::internal)?;
    }
    if removed > 0 {
        tracing::info!(removed, "stored bytes that belonged to no file");
    }
    Ok(())
}

async fn remove(app: &App, hashes: BTreeSet<String>) -> Result<usize, Failure> {
    let mut conn = app.conn().await?;
    let mut removed = 0;
    for hash in files::without_row(&mut conn, hashes).await? {
        removed += usize::from(remove_unused(app, &mut conn, &hash).await?);
    }
    Ok(removed)
}

/// In a folder a file is written beside its place and moved there when it is whole; the store does not list such pieces.
fn remove_pieces(folder: &Path, limit: SystemTime) -> io::Result<usize> {
    let mut removed = 0;
    for entry in fs::read_dir(folder)? {
        let path: PathBuf = entry?.path();
        if path.is_dir() {
            removed += remove_pieces(&path, limit)?;
        } else if is_piece(&path) && path.metadata()?.modified()? < limit {
            fs::remove_file(&path)?;
            removed += 1;
        }
    }
    Ok(removed)
}

/// `<name>#<number>`.
fn is_piece(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.and_then(|name| name.rsplit_once('#'))
        .is_some_and(|(_, number)| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_told_from_a_whole_file() {
        assert!(is_piece(Path::new("/files/objects/ab/abcd#1")));
        assert!(!is_piece(Path::new("/files/objects/ab/abcd")));
        assert!(!is_piece(Path::new("/files/objects/ab/abcd#")));
    }
}
