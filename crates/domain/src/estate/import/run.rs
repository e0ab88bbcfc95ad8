//! A run of an import: uploaded → checking → ready → queued → running → done.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    code_enum,
    estate::ImportRunId,
    shared::{EmployeeId, EstateId, Problem, SubjectKind, Text, TrailEntry, Transition},
};

code_enum! {
    /// What an import brings.
    pub enum ImportKind {
        /// Houses, with the blocks and units they name.
        Houses = "houses",
        /// Owners, tenants and users.
        Parties = "parties",
        /// Who owns and uses which house.
        Occupancies = "occupancies",
    }
}

impl ImportKind {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Houses => Text::new("房屋", "houses"),
            Self::Parties => Text::new("业主与住户", "owners and residents"),
            Self::Occupancies => Text::new("入住关系", "occupancies"),
        }
    }
}

code_enum! {
    /// Where a run stands.
    pub enum ImportState {
        /// Read; waits to be checked.
        Uploaded = "uploaded",
        /// Every row is being checked; nothing is written.
        Checking = "checking",
        /// Checked; waits for somebody to start it.
        Ready = "ready",
        /// Started; waits for a worker.
        Queued = "queued",
        /// Good rows go in.
        Running = "running",
        /// All rows were looked at.
        Done = "done",
        /// The work broke off; what was written stays, starting again goes on.
        Failed = "failed",
        /// Given up before it ran.
        Cancelled = "cancelled",
    }
}

impl ImportState {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Uploaded => Text::new("已上传", "uploaded"),
            Self::Checking => Text::new("检查中", "checking"),
            Self::Ready => Text::new("待导入", "ready"),
            Self::Queued => Text::new("排队中", "queued"),
            Self::Running => Text::new("导入中", "running"),
            Self::Done => Text::new("已完成", "done"),
            Self::Failed => Text::new("中断", "failed"),
            Self::Cancelled => Text::new("已取消", "cancelled"),
        }
    }
}

/// A run of an import, with its progress.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ImportRun {
    /// Its id.
    pub id: ImportRunId,
    /// The estate.
    pub estate_id: EstateId,
    /// What it brings.
    pub kind: ImportKind,
    /// The file's name.
    pub file_name: String,
    /// `csv` or `xlsx`.
    pub format: String,
    /// `utf-8` or `gbk`; `xlsx` files are always `utf-8`.
    pub encoding: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// The headings of the file, in its order.
    pub headers: Vec<String>,
    /// Where it stands.
    pub state: ImportState,
    /// Rows of the file, the heading not counted.
    pub total_rows: i32,
    /// Rows looked at so far.
    pub done_rows: i32,
    /// Rows that are new.
    pub added: i32,
    /// Rows that change something.
    pub changed: i32,
    /// Rows that say what is known already.
    pub unchanged: i32,
    /// Rows with errors; they are left out.
    pub rejected: i32,
    /// Why it broke off.
    pub failure: Option<String>,
    /// Who uploaded it.
    pub created_by: Option<EmployeeId>,
    /// Their login.
    #[serde(skip)]
    pub account_id: Uuid,
    /// The post whose right was used.
    pub post: Option<String>,
    /// When it was uploaded.
    pub created_at: DateTime<Utc>,
    /// When the check or the run began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// For If-Match.
    pub version: i32,
}

const CLAUSES: &[&str] = &["POS-RECEPT-05", "DER-X-5"];

impl ImportRun {
    /// Lets a checked run go, or one that broke off go on.
    ///
    /// # Errors
    /// `wrong_state` unless it is ready or failed.
    pub fn start(&self) -> Result<Transition<Self>, Problem> {
        match self.state {
            ImportState::Ready | ImportState::Failed => {
                let mut record = self.moved(ImportState::Queued);
                record.failure = None;
                if self.state == ImportState::Ready {
                    record.restart();
                }
                let entry = self.entry("started", record.state);
                Ok(Transition { record, entry })
            }
            _ => Err(self.refused(&Text::new("开始导入", "be started"))),
        }
    }

    /// Gives a run up that has not begun.
    ///
    /// # Errors
    /// `wrong_state` once it was started.
    pub fn cancel(&self, now: DateTime<Utc>) -> Result<Transition<Self>, Problem> {
        match self.state {
            ImportState::Uploaded | ImportState::Checking | ImportState::Ready => {
                let mut record = self.moved(ImportState::Cancelled);
                record.finished_at = Some(now);
                let entry = self.entry("cancelled", record.state);
                Ok(Transition { record, entry })
            }
            _ => Err(self.refused(&Text::new("取消", "be cancelled"))),
        }
    }

    /// Whether the worker has something to do, and whether it writes.
    #[must_use]
    pub const fn work(&self) -> Option<bool> {
        match self.state {
            ImportState::Uploaded | ImportState::Checking => Some(false),
            ImportState::Queued | ImportState::Running => Some(true),
            ImportState::Ready | ImportState::Done | ImportState::Failed | ImportState::Cancelled => None,
        }
    }

    /// Counts from the beginning.
    pub fn restart(&mut self) {
        (self.done_rows, self.added, self.changed, self.unchanged, self.rejected) = (0, 0, 0, 0, 0);
    }

    /// What the trail says at the end.
    #[must_use]
    pub fn finished(&self) -> TrailEntry {
        self.entry("finished", self.state).changes(json!({
            "added": [0, self.added], "changed": [0, self.changed],
            "unchanged": [0, self.unchanged], "rejected": [0, self.rejected],
        }))
    }

    /// What the trail says of the upload.
    #[must_use]
    pub fn uploaded(&self) -> TrailEntry {
        self.entry("uploaded", self.state)
            .changes(json!({"file_name": [null, self.file_name], "rows": [null, self.total_rows]}))
    }

    fn moved(&self, to: ImportState) -> Self {
        let mut record = self.clone();
        record.state = to;
        record.version += 1;
        record
    }

    fn refused(&self, action: &Text) -> Problem {
        Problem::wrong_state(action, &self.state.title())
    }

    fn entry(&self, action: &'static str, to: ImportState) -> TrailEntry {
        TrailEntry::new(SubjectKind::ImportRun, self.id, action)
            .estate(self.estate_id)
            .states(Some(self.state.code()), to.code())
            .clauses(CLAUSES)
    }
}
