//! From the wire into the staging table: bounded in bytes and time, never whole in memory.

use std::{
    fs::File,
    io::{Seek, SeekFrom, Write},
};

use actix_web::{http::header::HeaderMap, web};
use bytes::Bytes;
use sha2::{Digest, Sha256};
use tokio::{sync::mpsc, task::spawn_blocking};
use wuye_domain::{
    access::Permission,
    estate::{
        ImportRunId,
        import::{Headers, ImportKind, ImportRun, ImportState},
    },
    shared::{EstateId, ListRequest, Problem, ProblemCode, SortOrder, Text},
};
use wuye_persistence::{
    Failure,
    estate::import::{self as rows, Staged},
};

use super::UploadParams;
use crate::{
    ApiError, Work,
    arrival::{Pace, announced},
    config::Config,
    tables::read::{Found, Sink, table},
};

/// Largest file: some millions of rows.
const MOST_BYTES: u64 = 128 * 1024 * 1024;
/// Rows put aside in one statement.
const BATCH: usize = 2_000;

/// A file that has come in, at its beginning.
pub(super) struct Received {
    file: File,
    sha256: String,
}

impl Received {
    /// What the content is known by.
    pub(super) const fn hash(&self) -> &[u8] {
        self.sha256.as_bytes()
    }
}

/// Takes the body into a temporary file that nobody else can open.
pub(super) async fn receive(
    headers: &HeaderMap,
    mut payload: web::Payload,
    config: &Config,
) -> Result<Received, ApiError> {
    announced(headers, MOST_BYTES, |_| too_large())?;
    let pace = Pace::of_table(config);
    let (sender, mut receiver) = mpsc::channel::<Bytes>(8);
    let writer = spawn_blocking(move || -> std::io::Result<Received> {
        let mut file = tempfile::tempfile()?;
        let mut hash = Sha256::new();
        while let Some(piece) = receiver.blocking_recv() {
            hash.update(&piece);
            file.write_all(&piece)?;
        }
        file.seek(SeekFrom::Start(0))?;
        let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Received { file, sha256 })
    });
    let arriving = async {
        let mut size = 0_u64;
        while let Some(piece) = pace.next(&mut payload).await? {
            let piece = piece.map_err(|_| broken())?;
            size += piece.len() as u64;
            if size > MOST_BYTES {
                return Err(too_large());
            }
            if sender.send(piece).await.is_err() {
                return Err(broken());
            }
        }
        Ok(())
    };
    pace.all(arriving).await?;
    drop(sender);
    let received = writer.await.map_err(Failure::internal)?;
    Ok(received.map_err(Failure::internal)?)
}

/// Reads the table and puts its rows aside under a new run.
pub(super) async fn stage(
    work: &mut Work,
    estate: EstateId,
    params: &UploadParams,
    received: Received,
) -> Result<ImportRun, Failure> {
    let mut run = begin(work, estate, params, received.sha256);
    rows::insert(work, &run).await?;
    let (sender, mut receiver) = mpsc::channel::<Vec<Staged>>(4);
    let kind = params.kind;
    let reader = spawn_blocking(move || {
        let mut batches = Batches {
            kind,
            sender,
            batch: Vec::new(),
        };
        let found = table(received.file, &mut batches)?;
        batches.flush()?;
        Ok::<Found, Problem>(found)
    });
    while let Some(batch) = receiver.recv().await {
        rows::stage(work, run.id, &batch).await?;
    }
    let found = reader.await.map_err(Failure::internal)??;
    found.format.clone_into(&mut run.format);
    found.encoding.clone_into(&mut run.encoding);
    run.headers = found.headers;
    run.total_rows = i32::try_from(found.rows).map_err(Failure::internal)?;
    rows::save(work, &run).await?;
    Ok(run)
}

fn begin(work: &Work, estate: EstateId, params: &UploadParams, sha256: String) -> ImportRun {
    let held = work.actor.post_for(Permission::ImportRun, estate);
    let name = params.file_name.as_deref().unwrap_or_default().trim();
    let name: String = name.chars().filter(|c| !c.is_control()).take(200).collect();
    ImportRun {
        id: ImportRunId::generate(),
        estate_id: estate,
        kind: params.kind,
        file_name: if name.is_empty() {
            params.kind.title().zh.into_owned()
        } else {
            name
        },
        format: String::new(),
        encoding: String::new(),
        sha256,
        headers: Vec::new(),
        state: ImportState::Uploaded,
        total_rows: 0,
        done_rows: 0,
        added: 0,
        changed: 0,
        unchanged: 0,
        rejected: 0,
        failure: None,
        created_by: work.actor.employee,
        account_id: work.actor.account.0,
        post: held.map(|held| held.post.code().to_owned()),
        created_at: work.now,
        started_at: None,
        finished_at: None,
        version: 1,
    }
}

/// Rows on their way from the reading thread to the database.
struct Batches {
    kind: ImportKind,
    sender: mpsc::Sender<Vec<Staged>>,
    batch: Vec<Staged>,
}

impl Batches {
    fn flush(&mut self) -> Result<(), Problem> {
        if self.batch.is_empty() {
            return Ok(());
        }
        // The receiver goes only when the transaction failed; its own error is the one that is told.
        self.sender
            .blocking_send(std::mem::take(&mut self.batch))
            .map_err(|_| broken())
    }
}

impl Sink for Batches {
    fn headers(&mut self, headers: &[String]) -> Result<(), Problem> {
        Headers::find(self.kind, headers).map(|_| ())
    }

    fn row(&mut self, number: i32, cells: Vec<String>) -> Result<(), Problem> {
        self.batch.push((number, cells));
        if self.batch.len() >= BATCH {
            self.flush()
        } else {
            Ok(())
        }
    }
}

/// The first rows of a list with one order.
pub(super) const fn by_row(limit: i64) -> ListRequest<()> {
    ListRequest {
        limit,
        sort: (),
        order: SortOrder::Ascending,
        after: None,
        count: false,
    }
}

fn too_large() -> Problem {
    Problem::new(
        ProblemCode::BodyTooLarge,
        Text::new(
            "文件超过128 MB。请分成几个文件上传。",
            "The file is over 128 MB: upload it in several parts.",
        ),
    )
}

fn broken() -> Problem {
    Problem::new(
        ProblemCode::BadRequest,
        Text::new("文件没有传完。请重试。", "The file did not arrive whole. Try again."),
    )
}
