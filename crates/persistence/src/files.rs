//! Uploaded files and what they are attached to. The bytes lie in the object store under their SHA-256.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::shared::{EmployeeId, EstateId, FileId, Problem, Subject, Text};

use crate::{
    Conn, Failure,
    schema::{attachments, files},
};

/// An uploaded file.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = files, treat_none_as_default_value = false)]
pub struct File {
    /// Its id.
    pub id: Uuid,
    /// The estate it was uploaded for.
    pub estate_id: Option<Uuid>,
    /// Its name, as it is offered for saving.
    pub name: String,
    /// Its type, found by looking into it.
    pub media_type: String,
    /// Its size.
    pub size_bytes: i64,
    /// Its content, as a hash: the same content is stored once.
    pub sha256: String,
    /// Pictures: width in pixels.
    pub width: Option<i32>,
    /// Pictures: height in pixels.
    pub height: Option<i32>,
    /// Whether there is a small picture of it.
    pub has_thumbnail: bool,
    /// Who uploaded it; absent for residents.
    pub created_by: Option<Uuid>,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// A file on a record.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Attachment {
    /// The kind of record it was attached to.
    pub subject_kind: String,
    /// That record.
    pub subject_id: Uuid,
    /// What it shows: `photo`, `signature` …
    pub purpose: String,
    /// The file.
    pub file: File,
}

/// Adds a file.
///
/// # Errors
/// As the database says.
pub async fn insert(conn: &mut Conn, file: &File) -> Result<(), Failure> {
    diesel::insert_into(files::table).values(file).execute(conn).await?;
    Ok(())
}

/// One file. Whether the caller may see it is asked of the records it is attached to.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, id: FileId) -> Result<File, Failure> {
    Ok(files::table.find(id.0).select(File::as_select()).first(conn).await?)
}

/// The records a file is attached to.
///
/// # Errors
/// As the database says; `Internal` on a kind this version does not know.
pub async fn subjects(conn: &mut Conn, id: FileId) -> Result<Vec<Subject>, Failure> {
    let rows: Vec<(String, Uuid)> = attachments::table
        .filter(attachments::file_id.eq(id.0))
        .select((attachments::subject_kind, attachments::subject_id))
        .load(conn)
        .await?;
    rows.into_iter()
        .map(|(kind, id)| {
            Ok(Subject {
                kind: kind.parse()?,
                id,
            })
        })
        .collect()
}

/// The files of these records, in the order of attaching, each file once: a chain of records shows one set of photos.
///
/// # Errors
/// As the database says.
pub async fn attached(mut conn: &Conn, subjects: &[Subject]) -> Result<Vec<Attachment>, Failure> {
    let ids: Vec<Uuid> = subjects.iter().map(|subject| subject.id).collect();
    let kinds: Vec<&str> = subjects.iter().map(|subject| subject.kind.code()).collect();
    let mut rows: Vec<Attachment> = attachments::table
        .inner_join(files::table)
        .filter(
            attachments::subject_id
                .eq_any(ids)
                .and(attachments::subject_kind.eq_any(kinds)),
        )
        .order((attachments::created_at, attachments::file_id))
        .select((
            attachments::subject_kind,
            attachments::subject_id,
            attachments::purpose,
            File::as_select(),
        ))
        .load(&mut conn)
        .await?;
    let mut seen = std::collections::HashSet::new();
    rows.retain(|row| seen.insert(row.file.id));
    Ok(rows)
}

/// Attaches files that `by` has uploaded; the same file twice is one attachment.
///
/// # Errors
/// `validation_failed` at `/file_ids/N` for a file that does not exist or that somebody else uploaded.
pub async fn attach(
    conn: &mut Conn,
    subject: Subject,
    ids: &[FileId],
    purpose: &str,
    by: Option<EmployeeId>,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    if ids.is_empty() {
        return Ok(());
    }
    let wanted: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let own: Vec<Uuid> = files::table
        .filter(files::id.eq_any(&wanted))
        .filter(files::created_by.is_not_distinct_from(by.map(|id| id.0)))
        .select(files::id)
        .for_key_share()
        .load(conn)
        .await?;
    if let Some(at) = wanted.iter().position(|id| !own.contains(id)) {
        return Err(unknown(at).into());
    }
    link(conn, subject, &own, purpose, by, now).await
}

/// Attaches photos that a resident uploaded for this estate and that belong to nothing yet.
///
/// # Errors
/// `validation_failed` at `/file_ids/N` otherwise.
pub async fn attach_public(
    conn: &mut Conn,
    subject: Subject,
    estate: EstateId,
    ids: &[FileId],
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let wanted: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let free: Vec<Uuid> = files::table
        .filter(files::id.eq_any(&wanted).and(files::created_by.is_null()))
        .filter(files::estate_id.eq(estate.0))
        .filter(diesel::dsl::not(diesel::dsl::exists(
            attachments::table.filter(attachments::file_id.eq(files::id)),
        )))
        .select(files::id)
        .for_update()
        .load(conn)
        .await?;
    if let Some(at) = wanted.iter().position(|id| !free.contains(id)) {
        return Err(unknown(at).into());
    }
    link(conn, subject, &free, "photo", None, now).await
}

async fn link(
    conn: &mut Conn,
    subject: Subject,
    ids: &[Uuid],
    purpose: &str,
    by: Option<EmployeeId>,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    if ids.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = ids
        .iter()
        .map(|id| {
            (
                attachments::subject_kind.eq(subject.kind.code()),
                attachments::subject_id.eq(subject.id),
                attachments::file_id.eq(id),
                attachments::purpose.eq(purpose),
                attachments::created_by.eq(by.map(|id| id.0)),
                attachments::created_at.eq(now),
            )
        })
        .collect();
    diesel::insert_into(attachments::table)
        .values(rows)
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(())
}

/// Puts the files of one record on the one it became as well: the same files, nothing is copied.
///
/// # Errors
/// As the database says.
pub async fn carry(conn: &mut Conn, from: Subject, to: Subject, now: DateTime<Utc>) -> Result<(), Failure> {
    let carried = attached(conn, &[from]).await?;
    let ids: Vec<Uuid> = carried.iter().map(|attachment| attachment.file.id).collect();
    link(conn, to, &ids, "photo", None, now).await
}

fn unknown(at: usize) -> Problem {
    Problem::field(
        format!("/file_ids/{at}"),
        "unknown_reference",
        Text::new(
            "没有此文件，或不是您上传的；请重新上传",
            "there is no such file, or somebody else uploaded it: upload it again",
        ),
    )
}

/// Removes files that belong to nothing and were uploaded before `until`, and gives the hashes that no file has any
/// more: their bytes may go. A file that a row elsewhere points to stays.
///
/// # Errors
/// As the database says.
pub async fn remove_orphans(conn: &mut Conn, until: DateTime<Utc>, limit: i64) -> Result<Vec<String>, Failure> {
    use diesel_async::AsyncConnection;
    let orphans: Vec<(Uuid, String)> = files::table
        .filter(files::created_at.lt(until))
        .filter(diesel::dsl::not(diesel::dsl::exists(
            attachments::table.filter(attachments::file_id.eq(files::id)),
        )))
        .select((files::id, files::sha256))
        .order(files::id)
        .limit(limit)
        .load(conn)
        .await?;
    let mut hashes = Vec::new();
    for (id, hash) in orphans {
        // Columns that point to a file without an attachment hold it by their foreign key.
        let removed = conn
            .transaction(async |conn| diesel::delete(files::table.find(id)).execute(conn).await)
            .await;
        match removed {
            Ok(_) => hashes.push(hash),
            Err(diesel::result::Error::DatabaseError(diesel::result::DatabaseErrorKind::ForeignKeyViolation, _)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let kept: Vec<String> = files::table
        .filter(files::sha256.eq_any(&hashes))
        .select(files::sha256)
        .load(conn)
        .await?;
    hashes.retain(|hash| !kept.contains(hash));
    Ok(hashes)
}

/// Whether any file has this content: asked again before its bytes go.
///
/// # Errors
/// As the database says.
pub async fn uses(conn: &mut Conn, sha256: &str) -> Result<bool, Failure> {
    Ok(
        diesel::select(diesel::dsl::exists(files::table.filter(files::sha256.eq(sha256))))
            .get_result(conn)
            .await?,
    )
}

/// Those of these hashes that no file has.
///
/// # Errors
/// As the database says.
pub async fn without_row(conn: &mut Conn, mut hashes: BTreeSet<String>) -> Result<BTreeSet<String>, Failure> {
    let known: Vec<String> = files::table
        .filter(files::sha256.eq_any(&hashes))
        .select(files::sha256)
        .load(conn)
        .await?;
    for hash in known {
        hashes.remove(&hash);
    }
    Ok(hashes)
}
