//! From a file that came in into the staging table, in batches.

use tokio::{sync::mpsc, task::spawn_blocking};
use wuye_domain::{
    access::Permission,
    estate::{
        ImportRunId,
        import::{Headers, ImportKind, ImportRun, ImportState},
    },
    shared::{EstateId, ListRequest, Problem, SortOrder},
};
use wuye_persistence::{
    Failure,
    estate::import::{self as rows, Staged},
};

use super::UploadParams;
use crate::{
    Work,
    tables::{
        read::{Found, Sink, table},
        receive::{Received, broken},
    },
};

/// Largest file: some millions of rows.
pub(super) const MOST_MEGABYTES: u64 = 128;
/// Rows put aside in one statement.
const BATCH: usize = 2_000;

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
