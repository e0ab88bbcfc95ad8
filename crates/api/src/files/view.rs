//! A file as it goes over the wire.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_persistence::files::{Attachment, File};

/// A file of a record.
#[derive(Serialize, ToSchema)]
#[schema(as = StoredFile)]
pub struct FileView {
    id: Uuid,
    name: String,
    /// Where the file itself is, under the API's address.
    path: String,
    /// Where its small picture is, for photos.
    thumb: Option<String>,
    media_type: String,
    size_bytes: i64,
    width: Option<i32>,
    height: Option<i32>,
    created_at: DateTime<Utc>,
    /// What it shows on its record: `photo`, `signature` …
    purpose: Option<String>,
    /// The kind of record it hangs on: a chain of records shows the photos of all.
    subject_kind: Option<String>,
}

impl From<File> for FileView {
    fn from(file: File) -> Self {
        Self {
            path: format!("/api/v1/files/{}", file.id),
            thumb: file
                .has_thumbnail
                .then(|| format!("/api/v1/files/{}/thumbnail", file.id)),
            id: file.id,
            name: file.name,
            media_type: file.media_type,
            size_bytes: file.size_bytes,
            width: file.width,
            height: file.height,
            created_at: file.created_at,
            purpose: None,
            subject_kind: None,
        }
    }
}

impl From<Attachment> for FileView {
    fn from(attachment: Attachment) -> Self {
        Self {
            purpose: Some(attachment.purpose),
            subject_kind: Some(attachment.subject_kind),
            ..attachment.file.into()
        }
    }
}
