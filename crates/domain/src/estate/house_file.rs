//! The file of a house: opened on handover, complete or not, archived when the owner changes (POS-RECEPT-05, -06a).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::{HouseFileId, HouseFileItemId, HouseId, Where};
use crate::{
    code_enum,
    shared::{EmployeeId, EstateId, FileId, Name, Problem, ProblemCode, SubjectKind, Text, TrailEntry, Transition},
};

code_enum! {
    /// Where a file stands.
    pub enum HouseFileState {
        /// Opened, not checked yet.
        Open = "open",
        /// Every required document is there.
        Complete = "complete",
        /// A required document is missing.
        Incomplete = "incomplete",
        /// Closed with the owner it belonged to.
        Archived = "archived",
    }
}

code_enum! {
    /// What a document of a file is.
    pub enum FileItemKind {
        /// 交房资料.
        Handover = "handover",
        /// 购房或租赁合同.
        Contract = "contract",
        /// 证件复印件.
        IdCopy = "id_copy",
        /// 装修资料.
        Renovation = "renovation",
        /// 投诉资料.
        Complaint = "complaint",
        /// 物业服务收费协议.
        FeeAgreement = "fee_agreement",
    }
}

impl FileItemKind {
    /// What every file must hold; renovations and complaints do not happen in every house.
    pub const REQUIRED: [Self; 4] = [Self::Handover, Self::Contract, Self::IdCopy, Self::FeeAgreement];

    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Handover => Text::new("交房资料", "handover papers"),
            Self::Contract => Text::new("合同", "contract"),
            Self::IdCopy => Text::new("证件复印件", "copy of the identity document"),
            Self::Renovation => Text::new("装修资料", "renovation papers"),
            Self::Complaint => Text::new("投诉资料", "complaint papers"),
            Self::FeeAgreement => Text::new("收费协议", "fee agreement"),
        }
    }
}

impl HouseFileState {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Open => Text::new("已建档", "open"),
            Self::Complete => Text::new("齐全", "complete"),
            Self::Incomplete => Text::new("不齐全", "incomplete"),
            Self::Archived => Text::new("已归档", "archived"),
        }
    }
}

const CLAUSES: &[&str] = &["POS-RECEPT-05", "POS-RECEPT-06a"];

/// The file of a house.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct HouseFile {
    /// Its id.
    pub id: HouseFileId,
    /// The estate.
    pub estate_id: EstateId,
    /// The house.
    pub house_id: HouseId,
    /// Business number.
    pub no: String,
    /// Where the papers lie.
    pub location: String,
    /// Where it stands.
    pub state: HouseFileState,
    /// Required documents that are not there.
    pub missing: Vec<FileItemKind>,
    /// Opened on.
    pub opened_on: NaiveDate,
    /// Last check of completeness.
    pub checked_at: Option<DateTime<Utc>>,
    /// By whom.
    pub checked_by: Option<EmployeeId>,
    /// Archived on.
    pub archived_on: Option<NaiveDate>,
    /// Why.
    pub archive_reason: Option<String>,
    /// For If-Match.
    pub version: i32,
    /// Who opened it.
    pub created_by: Option<EmployeeId>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Last change.
    pub updated_at: DateTime<Utc>,
}

/// One document in a file. Append-only: a wrong one is voided.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct HouseFileItem {
    /// Its id.
    pub id: HouseFileItemId,
    /// The file it lies in.
    pub house_file_id: HouseFileId,
    /// The estate.
    pub estate_id: EstateId,
    /// What it is.
    pub kind: FileItemKind,
    /// Title.
    pub title: String,
    /// Date on the document.
    pub document_date: Option<NaiveDate>,
    /// The scan.
    pub file_id: Option<FileId>,
    /// The kind of record it came from.
    pub source_kind: Option<SubjectKind>,
    /// That record.
    pub source_id: Option<Uuid>,
    /// When it was voided.
    pub voided_at: Option<DateTime<Utc>>,
    /// By whom.
    pub voided_by: Option<EmployeeId>,
    /// Why.
    pub void_reason: Option<String>,
    /// Who filed it.
    pub created_by: Option<EmployeeId>,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// A file to open by hand; handing over a house to an owner opens one by itself.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewHouseFile {
    /// The house.
    pub house_id: HouseId,
    /// Where the papers lie.
    #[serde(default)]
    pub location: Where,
    /// Opened on; today when left out.
    pub opened_on: Option<NaiveDate>,
}

/// A change of a file.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ChangeHouseFile {
    /// Where the papers lie.
    pub location: Where,
}

/// A document to file.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewHouseFileItem {
    /// What it is.
    pub kind: FileItemKind,
    /// Title.
    pub title: Name,
    /// Date on the document.
    pub document_date: Option<NaiveDate>,
    /// The scan, uploaded before.
    pub file_id: Option<FileId>,
    /// The kind of record it came from.
    pub source_kind: Option<SubjectKind>,
    /// That record.
    pub source_id: Option<Uuid>,
}

impl HouseFile {
    /// Opens a file.
    #[must_use]
    pub fn open(
        (estate_id, house_id): (EstateId, HouseId),
        no: String,
        location: String,
        opened_on: NaiveDate,
        by: Option<EmployeeId>,
        now: DateTime<Utc>,
    ) -> Transition<Self> {
        let record = Self {
            id: HouseFileId::generate(),
            estate_id,
            house_id,
            no,
            location,
            state: HouseFileState::Open,
            missing: FileItemKind::REQUIRED.to_vec(),
            opened_on,
            checked_at: None,
            checked_by: None,
            archived_on: None,
            archive_reason: None,
            version: 1,
            created_by: by,
            created_at: now,
            updated_at: now,
        };
        let entry = record.entry("opened").states(None, record.state.code());
        Transition { record, entry }
    }

    /// Moves the papers.
    ///
    /// # Errors
    /// `wrong_state` once archived.
    pub fn relocate(&self, location: &str, now: DateTime<Utc>) -> Result<Transition<Self>, Problem> {
        let mut record = self.living(&Text::new("修改", "be changed"))?;
        location.clone_into(&mut record.location);
        record.stamp(now);
        let entry = record
            .entry("relocated")
            .changes(json!({"location": [self.location, location]}));
        Ok(Transition { record, entry })
    }

    /// Files a document.
    ///
    /// # Errors
    /// `wrong_state` once archived.
    pub fn add(
        &self,
        held: &[FileItemKind],
        new: NewHouseFileItem,
        by: Option<EmployeeId>,
        now: DateTime<Utc>,
    ) -> Result<(Transition<Self>, HouseFileItem), Problem> {
        let mut record = self.living(&Text::new("归入资料", "take a document"))?;
        let item = HouseFileItem {
            id: HouseFileItemId::generate(),
            house_file_id: self.id,
            estate_id: self.estate_id,
            kind: new.kind,
            title: new.title.into(),
            document_date: new.document_date,
            file_id: new.file_id,
            source_kind: new.source_kind,
            source_id: new.source_id,
            voided_at: None,
            voided_by: None,
            void_reason: None,
            created_by: by,
            created_at: now,
        };
        let mut held = held.to_vec();
        held.push(item.kind);
        record.weigh(&held);
        record.stamp(now);
        let entry = record
            .entry("document_filed")
            .states(Some(self.state.code()), record.state.code())
            .changes(json!({"kind": [null, item.kind], "title": [null, item.title]}));
        Ok((Transition { record, entry }, item))
    }

    /// Voids a document; `held` are the kinds that remain without it.
    ///
    /// # Errors
    /// `wrong_state` once archived, or when the document was voided before.
    pub fn void(
        &self,
        item: &HouseFileItem,
        held: &[FileItemKind],
        reason: &str,
        by: Option<EmployeeId>,
        now: DateTime<Utc>,
    ) -> Result<(Transition<Self>, HouseFileItem), Problem> {
        let mut record = self.living(&Text::new("作废资料", "have a document voided"))?;
        if item.voided_at.is_some() {
            return Err(Problem::wrong_state(
                &Text::new("再次作废", "be voided again"),
                &Text::new("已作废", "voided"),
            ));
        }
        let mut item = item.clone();
        item.voided_at = Some(now);
        item.voided_by = by;
        item.void_reason = Some(reason.to_owned());
        record.weigh(held);
        record.stamp(now);
        let entry = record
            .entry("document_voided")
            .states(Some(self.state.code()), record.state.code())
            .changes(json!({"kind": [item.kind, null], "title": [item.title, null]}))
            .reason(Some(reason));
        Ok((Transition { record, entry }, item))
    }

    /// Checks completeness (POS-RECEPT-06a).
    ///
    /// # Errors
    /// `wrong_state` once archived.
    pub fn check(
        &self,
        held: &[FileItemKind],
        by: Option<EmployeeId>,
        now: DateTime<Utc>,
    ) -> Result<Transition<Self>, Problem> {
        let mut record = self.living(&Text::new("核对", "be checked"))?;
        record.missing = missing(held);
        record.state = if record.missing.is_empty() {
            HouseFileState::Complete
        } else {
            HouseFileState::Incomplete
        };
        record.checked_at = Some(now);
        record.checked_by = by;
        record.stamp(now);
        let entry = record
            .entry("checked")
            .states(Some(self.state.code()), record.state.code())
            .changes(json!({"missing": [self.missing, record.missing]}));
        Ok(Transition { record, entry })
    }

    /// Archives it on a change of owner or by hand; a file that is out with a reader must come back first.
    ///
    /// # Errors
    /// `wrong_state` once archived; `in_use` while it is out.
    pub fn archive(
        &self,
        out: bool,
        reason: &str,
        on: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<Transition<Self>, Problem> {
        let mut record = self.living(&Text::new("归档", "be archived"))?;
        if out {
            return Err(Problem::new(
                ProblemCode::InUse,
                Text::of(
                    format!("档案{}已被借出，归还后才能归档。", self.no),
                    format!(
                        "File {} is out with a reader: it can be archived once it is back.",
                        self.no
                    ),
                ),
            ));
        }
        record.state = HouseFileState::Archived;
        record.archived_on = Some(on);
        record.archive_reason = Some(reason.to_owned());
        record.stamp(now);
        let entry = record
            .entry("archived")
            .states(Some(self.state.code()), record.state.code())
            .reason(Some(reason));
        Ok(Transition { record, entry })
    }

    fn living(&self, action: &Text) -> Result<Self, Problem> {
        if self.state == HouseFileState::Archived {
            return Err(Problem::wrong_state(action, &self.state.title()));
        }
        Ok(self.clone())
    }

    /// The state that follows from the documents: a file that was never checked stays open until it is full.
    fn weigh(&mut self, held: &[FileItemKind]) {
        self.missing = missing(held);
        self.state = match (self.missing.is_empty(), self.state) {
            (true, _) => HouseFileState::Complete,
            (false, HouseFileState::Open) => HouseFileState::Open,
            (false, _) => HouseFileState::Incomplete,
        };
    }

    fn stamp(&mut self, now: DateTime<Utc>) {
        self.version += 1;
        self.updated_at = now;
    }

    fn entry(&self, action: &'static str) -> TrailEntry {
        TrailEntry::new(SubjectKind::HouseFile, self.id, action)
            .estate(self.estate_id)
            .clauses(CLAUSES)
    }
}

/// The required kinds that are not held.
#[must_use]
pub fn missing(held: &[FileItemKind]) -> Vec<FileItemKind> {
    FileItemKind::REQUIRED
        .into_iter()
        .filter(|kind| !held.contains(kind))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> HouseFile {
        let house = (EstateId::generate(), HouseId::generate());
        HouseFile::open(
            house,
            "DA2026-000001".into(),
            String::new(),
            NaiveDate::MIN,
            None,
            DateTime::UNIX_EPOCH,
        )
        .record
    }

    fn document(kind: FileItemKind) -> NewHouseFileItem {
        NewHouseFileItem {
            kind,
            title: Name::new("文件").expect("a title"),
            document_date: None,
            file_id: None,
            source_kind: None,
            source_id: None,
        }
    }

    #[test]
    fn pos_recept_06a_a_file_is_complete_with_its_last_required_document() {
        let now = DateTime::UNIX_EPOCH;
        let mut file = file();
        let mut held = Vec::new();
        for kind in FileItemKind::REQUIRED {
            assert_eq!(file.state, HouseFileState::Open);
            let (step, item) = file.add(&held, document(kind), None, now).expect("is open");
            held.push(item.kind);
            file = step.record;
        }
        assert_eq!((file.state, file.missing.len()), (HouseFileState::Complete, 0));
        let (step, item) = file
            .add(&held, document(FileItemKind::Complaint), None, now)
            .expect("is open");
        let (after, _) = step
            .record
            .void(&item, &held[1..], "错件", None, now)
            .expect("can be voided");
        assert_eq!(after.record.state, HouseFileState::Incomplete);
        assert_eq!(after.record.missing, [FileItemKind::Handover]);
    }

    #[test]
    fn pos_recept_06a_every_action_in_every_state() {
        let now = DateTime::UNIX_EPOCH;
        for state in HouseFileState::ALL {
            let mut file = file();
            file.state = *state;
            let living = *state != HouseFileState::Archived;
            assert_eq!(file.relocate("柜3", now).is_ok(), living, "{state} relocate");
            assert_eq!(file.check(&[], None, now).is_ok(), living, "{state} check");
            assert_eq!(
                file.archive(false, "过户", NaiveDate::MIN, now).is_ok(),
                living,
                "{state} archive"
            );
            assert_eq!(
                file.add(&[], document(FileItemKind::Contract), None, now).is_ok(),
                living,
                "{state} add"
            );
            let out = file.archive(true, "过户", NaiveDate::MIN, now).expect_err("is out");
            assert_eq!(
                out.code,
                if living {
                    ProblemCode::InUse
                } else {
                    ProblemCode::WrongState
                }
            );
        }
        let checked = file().check(&[FileItemKind::Contract], None, now).expect("is open");
        assert_eq!(checked.record.state, HouseFileState::Incomplete);
    }
}
