//! Cleaning up: files that nobody attached, and bytes that no file has any more.

use chrono::TimeDelta;
use wuye_persistence::{Failure, files};

use super::store;
use crate::App;

/// A form may stay open this long between upload and sending.
const GRACE: TimeDelta = TimeDelta::hours(24);
/// Bytes stored again so recently may belong to a file whose row is being written.
const FRESH: TimeDelta = TimeDelta::hours(1);
const BATCH: i64 = 500;

/// Removes files that belong to nothing since a day, and their bytes when no other file has the same.
///
/// # Errors
/// `Unavailable` when database or store cannot be reached; the next run goes on.
pub async fn sweep(app: &App) -> Result<(), Failure> {
    let mut conn = app.conn().await?;
    let now = app.now();
    let objects = &*app.shared.files;
    for hash in files::remove_orphans(&mut conn, now - GRACE, BATCH).await? {
        let place = store::place(&hash);
        let fresh = store::stored_at(objects, &place)
            .await?
            .is_some_and(|at| at > now - FRESH);
        if fresh || files::uses(&mut conn, &hash).await? {
            continue;
        }
        store::remove(objects, &place).await?;
        store::remove(objects, &store::small_place(&hash)).await?;
    }
    Ok(())
}
