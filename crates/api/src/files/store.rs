//! The bytes, under their hash, in the folder or bucket of the settings.

use bytes::Bytes;
use object_store::{Error, ObjectStore, ObjectStoreExt, path::Path};
use wuye_persistence::Failure;

/// Where the bytes of this hash lie.
pub fn place(sha256: &str) -> Path {
    Path::from(format!("objects/{}/{sha256}", &sha256[..2]))
}

/// Where the small picture of it lies.
pub fn small_place(sha256: &str) -> Path {
    Path::from(format!("thumbnails/{}/{sha256}.jpg", &sha256[..2]))
}

/// The hash whose bytes, or whose small picture, lie here; `None` for what this program did not put there.
pub fn hash_at(at: &Path) -> Option<&str> {
    let name = at.filename()?;
    let hash = name.strip_suffix(".jpg").unwrap_or(name);
    let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_hash && (*at == place(hash) || *at == small_place(hash))).then_some(hash)
}

/// Stores bytes; the same again changes nothing but their age.
///
/// # Errors
/// `Unavailable` when the store cannot be reached.
pub async fn put(store: &dyn ObjectStore, place: &Path, bytes: Vec<u8>) -> Result<(), Failure> {
    store.put(place, Bytes::from(bytes).into()).await.map_err(away)?;
    Ok(())
}

/// Reads bytes back; `None` when they are gone.
///
/// # Errors
/// `Unavailable` when the store cannot be reached.
pub async fn get(store: &dyn ObjectStore, place: &Path) -> Result<Option<Bytes>, Failure> {
    match store.get(place).await {
        Ok(found) => Ok(Some(found.bytes().await.map_err(away)?)),
        Err(Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(away(error)),
    }
}

/// Removes bytes, if they are there.
///
/// # Errors
/// `Unavailable` when the store cannot be reached.
pub async fn remove(store: &dyn ObjectStore, place: &Path) -> Result<(), Failure> {
    match store.delete(place).await {
        Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(away(error)),
    }
}

/// When the bytes were stored last; `None` when they are gone.
///
/// # Errors
/// `Unavailable` when the store cannot be reached.
pub async fn stored_at(
    store: &dyn ObjectStore,
    place: &Path,
) -> Result<Option<chrono::DateTime<chrono::Utc>>, Failure> {
    match store.head(place).await {
        Ok(meta) => Ok(Some(meta.last_modified)),
        Err(Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(away(error)),
    }
}

/// A store that does not answer is no fault of the product.
pub(super) fn away(error: Error) -> Failure {
    Failure::Unavailable(error.to_string())
}
