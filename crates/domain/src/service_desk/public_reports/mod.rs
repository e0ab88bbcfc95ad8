//! What residents report without an account, behind the QR code of their estate.

mod tracking;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::shared::{
    EmployeeId, EstateId, FileId, LongText, Name, Note, Problem, Subject, SubjectKind, Text, TrailEntry, Transition,
    private::{Phone, Private},
};
use crate::{code_enum, typed_ids};

pub use tracking::TrackingCode;

typed_ids! {
    /// A report of a resident.
    ResidentReportId,
}

code_enum! {
    /// What a resident wants.
    pub enum ReportKind {
        /// Something is broken.
        Repair = "repair",
        /// A complaint.
        Complaint = "complaint",
        /// A suggestion or opinion.
        Suggestion = "suggestion",
        /// Praise.
        Praise = "praise",
        /// A question.
        Enquiry = "enquiry",
    }
}

code_enum! {
    /// What became of a report.
    pub enum ReportState {
        /// Waits for the desk.
        Received = "received",
        /// Taken in as a repair request or a case.
        TakenIn = "taken_in",
        /// Not taken in, with a reason.
        Dismissed = "dismissed",
    }
}

code_enum! {
    /// What a resident is told, in plain words.
    pub enum Progress {
        /// It has arrived.
        Received = "received",
        /// Somebody looks after it.
        InHand = "in_hand",
        /// A technician is on it.
        BeingRepaired = "being_repaired",
        /// It is repaired.
        Repaired = "repaired",
        /// There is an answer.
        Answered = "answered",
        /// It is over.
        Finished = "finished",
        /// It was called off.
        Cancelled = "cancelled",
        /// It was not taken in.
        NotTaken = "not_taken",
    }
}

/// A report of a resident.
#[derive(Clone, Debug, PartialEq)]
pub struct ResidentReport {
    /// Its id.
    pub id: ResidentReportId,
    /// Business number, for the desk only.
    pub no: String,
    /// The estate.
    pub estate_id: EstateId,
    /// What the resident wants.
    pub kind: ReportKind,
    /// In the resident's words.
    pub text: String,
    /// Where, in the resident's words.
    pub location: Option<String>,
    /// Whom to ask for.
    pub contact_name: Option<String>,
    /// Their phone.
    pub contact_phone: Option<Private<Phone>>,
    /// Digest of the tracking code.
    pub tracking_digest: String,
    /// When it came in.
    pub received_at: DateTime<Utc>,
    /// Until when the desk must take it in, or say why not.
    pub due_at: DateTime<Utc>,
    /// What became of it.
    pub state: ReportState,
    /// The request or case it became.
    pub became: Option<Subject>,
    /// Who decided.
    pub decided_by: Option<EmployeeId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was dismissed, told to the resident.
    pub reply: Option<String>,
    /// For If-Match.
    pub version: i32,
}

/// What a resident enters.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(as = NewResidentReport)]
pub struct NewReport {
    /// What it is about.
    pub kind: ReportKind,
    /// What happened.
    pub text: LongText,
    /// Where.
    pub location: Option<Name>,
    /// Whom to ask for.
    pub contact_name: Option<Name>,
    /// Their phone.
    pub contact_phone: Option<Name>,
    /// Photos uploaded for this estate before.
    #[serde(default)]
    #[schema(max_items = 6)]
    pub file_ids: Vec<FileId>,
}

/// Most photos a resident may send with one report.
pub const MOST_PHOTOS: usize = 6;

impl ResidentReport {
    /// Takes a report.
    ///
    /// # Errors
    /// `validation_failed` for the phone or too many photos.
    pub fn receive(
        new: &NewReport,
        estate: EstateId,
        no: String,
        code: &TrackingCode,
        due_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Transition<Self>, Problem> {
        if new.file_ids.len() > MOST_PHOTOS {
            return Err(Problem::field(
                "/file_ids",
                "too_many",
                Text::new("最多6张照片", "at most 6 photos"),
            ));
        }
        let contact_phone = match &new.contact_phone {
            None => None,
            Some(text) => Some(Private::new(Phone::parse(text).ok_or_else(|| {
                Problem::field(
                    "/contact_phone",
                    "invalid",
                    Text::new("电话号码须为5至15位数字", "a phone number has 5 to 15 digits"),
                )
            })?)),
        };
        let record = Self {
            id: ResidentReportId::generate(),
            no,
            estate_id: estate,
            kind: new.kind,
            text: new.text.as_str().to_owned(),
            location: new.location.clone().map(Into::into),
            contact_name: new.contact_name.clone().map(Into::into),
            contact_phone,
            tracking_digest: code.digest(),
            received_at: now,
            due_at,
            state: ReportState::Received,
            became: None,
            decided_by: None,
            decided_at: None,
            reply: None,
            version: 1,
        };
        let entry = record.entry("received").states(None, record.state.code());
        Ok(Transition { record, entry })
    }

    /// Takes it in as a repair request or a case.
    ///
    /// # Errors
    /// `wrong_state` when somebody decided before.
    pub fn take_in(
        &self,
        as_what: Subject,
        by: Option<EmployeeId>,
        now: DateTime<Utc>,
    ) -> Result<Transition<Self>, Problem> {
        self.must_wait()?;
        let mut record = self.clone();
        record.state = ReportState::TakenIn;
        record.became = Some(as_what);
        record.decided(by, now);
        let entry = record
            .entry("taken_in")
            .states(Some(self.state.code()), record.state.code())
            .changes(serde_json::json!({ "became": [null, as_what] }));
        Ok(Transition { record, entry })
    }

    /// Does not take it in; the resident is told why.
    ///
    /// # Errors
    /// `wrong_state` when somebody decided before.
    pub fn dismiss(
        &self,
        reason: &Note,
        by: Option<EmployeeId>,
        now: DateTime<Utc>,
    ) -> Result<Transition<Self>, Problem> {
        self.must_wait()?;
        let mut record = self.clone();
        record.state = ReportState::Dismissed;
        record.reply = Some(reason.as_str().to_owned());
        record.decided(by, now);
        let entry = record
            .entry("dismissed")
            .states(Some(self.state.code()), record.state.code())
            .reason(Some(reason.as_str()));
        Ok(Transition { record, entry })
    }

    fn decided(&mut self, by: Option<EmployeeId>, now: DateTime<Utc>) {
        self.decided_by = by;
        self.decided_at = Some(now);
        self.version += 1;
    }

    /// Refuses what was decided before.
    ///
    /// # Errors
    /// `wrong_state`.
    pub fn must_wait(&self) -> Result<(), Problem> {
        match self.state {
            ReportState::Received => Ok(()),
            state => Err(Problem::wrong_state(
                &Text::new("再次处理", "be decided again"),
                &state.title(),
            )),
        }
    }

    fn entry(&self, action: &'static str) -> TrailEntry {
        TrailEntry::new(SubjectKind::ResidentReport, self.id, action)
            .estate(self.estate_id)
            .clauses(&["POS-RECEPT-03a", "POS-RECEPT-07a"])
    }
}

impl ReportKind {
    /// For people.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Repair => Text::new("报修", "repair"),
            Self::Complaint => Text::new("投诉", "complaint"),
            Self::Suggestion => Text::new("建议", "suggestion"),
            Self::Praise => Text::new("表扬", "praise"),
            Self::Enquiry => Text::new("咨询", "enquiry"),
        }
    }
}

impl ReportState {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Received => Text::new("待受理", "waiting for the desk"),
            Self::TakenIn => Text::new("已受理", "taken in"),
            Self::Dismissed => Text::new("未受理", "not taken in"),
        }
    }
}

impl Progress {
    /// What the resident reads.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Received => Text::new("已收到，等待客服受理", "Received; the service desk will look at it"),
            Self::InHand => Text::new("已受理，正在安排", "Taken in; it is being arranged"),
            Self::BeingRepaired => Text::new("维修人员正在处理", "A technician is on it"),
            Self::Repaired => Text::new("已修复，正在核验", "Repaired; being checked"),
            Self::Answered => Text::new("已答复", "Answered"),
            Self::Finished => Text::new("已办结", "Finished"),
            Self::Cancelled => Text::new(
                "已取消；如有疑问请致电客服中心",
                "Called off; ring the service desk if you want to know more",
            ),
            Self::NotTaken => Text::new("未受理，原因见答复", "Not taken in; see the answer for the reason"),
        }
    }
}

#[cfg(test)]
mod tests;
