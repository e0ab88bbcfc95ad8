//! Cleaning up: files that nobody attached, and bytes that no file has any more.

use chrono::TimeDelta;
use wuye_persistence::{Conn, Failure, files};

use super::store;
use crate::App;

/// A form may stay open this long between upload and sending.
const GRACE: TimeDelta = TimeDelta::hours(24);
/// Bytes stored again so recently may belong to a file whose row is being written.
pub(super) const FRESH: TimeDelta = TimeDelta::hours(1);
const BATCH: i64 = 500;

/// Removes files that belong to nothing since a day, and their bytes when no other file has the same.
///
/// # Errors
/// `Unavailable` when database or store cannot be reached; the next run goes on.
pub async fn sweep(app: &App) -> Result<(), Failure> {
    let mut conn = app.conn().await?;
    let now = app.now();
    for hash in files::remove_orphans(&mut conn, now - GRACE, BATCH).await? {
        remove_unused(app, &mut conn, &hash).await?;
    }
    Ok(())
}

/// Removes the bytes of this hash, unless a file has them or may be about to; whether they went.
///
/// # Errors
/// As [`sweep`].
pub(super) async fn remove_unused(app: &App, conn: &mut Conn, hash: &str) -> Result<bool, Failure> {
    let objects = &*app.shared.files;
    for place in [store::place(hash), store::small_place(hash)] {
        if store::stored_at(objects, &place)
            .await?
            .is_some_and(|at| at > app.now() - FRESH)
        {
            return Ok(false);
        }
    }
    if files::uses(conn, hash).await? {
        return Ok(false);
    }
    store::remove(objects, &store::place(hash)).await?;
    store::remove(objects, &store::small_place(hash)).await?;
    Ok(true)
}
