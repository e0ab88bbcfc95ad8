//! What a backup holds, and the hashes that prove it.

use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::io::AsyncReadExt;

use super::failed;
use crate::Failure;

/// The format written by this version; an unknown one is refused.
pub const FORMAT: u32 = 1;
/// The manifest's name in the backup's folder. It is written last: a folder without it is no backup.
pub const NAME: &str = "manifest.json";

/// The manifest of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the format.
    pub format: u32,
    /// Version of the product that wrote it.
    pub product: String,
    /// When the snapshot was taken.
    pub taken_at: DateTime<Utc>,
    /// Migrations in the database, in order.
    pub migrations: Vec<String>,
    /// The tables.
    pub tables: Vec<TableFile>,
    /// Uploaded files, copied beside the tables.
    pub files: Vec<StoredFile>,
}

/// One table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableFile {
    /// Its name; the file is `<name>.copy`.
    pub name: String,
    /// Its columns, in the order of the file.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: u64,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// One uploaded file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFile {
    /// Its path in the store, and under `files/` in the backup.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of its content.
    pub sha256: String,
}

impl Manifest {
    /// Reads the manifest of the backup in `folder`.
    ///
    /// # Errors
    /// No manifest, or one of another format.
    pub fn read(folder: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(folder.join(NAME))
            .map_err(|error| failed(&format!("{} is not a backup", folder.display()), error))?;
        let manifest: Self = serde_json::from_str(&text)?;
        if manifest.format != FORMAT {
            return Err(Failure::Internal(format!(
                "format {} is not known to this version",
                manifest.format
            )));
        }
        Ok(manifest)
    }

    /// Writes it, and with that makes the folder a backup.
    ///
    /// # Errors
    /// The file system refuses.
    pub fn write(&self, folder: &Path) -> Result<(), Failure> {
        std::fs::write(folder.join(NAME), serde_json::to_vec_pretty(self)?).map_err(|error| failed("manifest", error))
    }
}

/// Lower-case hex.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// SHA-256 of a file, in hex.
///
/// # Errors
/// It cannot be read.
pub async fn sha256_of(path: &Path) -> Result<String, Failure> {
    let mut file = tokio::fs::File::open(path)
        .await
        .map_err(|error| failed(&path.display().to_string(), error))?;
    let (mut digest, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file
            .read(&mut buffer)
            .await
            .map_err(|error| failed(&path.display().to_string(), error))?
        {
            0 => return Ok(hex(&digest.finalize())),
            read => digest.update(&buffer[..read]),
        }
    }
}
