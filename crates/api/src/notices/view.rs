//! Notices as they are answered, in the reader's language.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    notices::{NoticeId, NoticeKind, headline, line},
    shared::{Subject, Text, zone::Tz},
};
use wuye_persistence::notices::NoticeRow;

use crate::Language;

/// A notice with the zone in which its times are read.
pub(super) struct Told {
    /// The notice.
    pub row: NoticeRow,
    /// Of its estate.
    pub zone: Tz,
}

impl Told {
    /// What happened.
    pub fn title(&self) -> Text {
        headline(self.row.kind, self.row.subject.kind, &self.row.particulars)
    }

    /// What the record is called, and until when.
    pub fn line(&self) -> Text {
        line(&self.row.particulars, self.zone)
    }
}

/// A notice.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Notice)]
pub struct NoticeView {
    id: NoticeId,
    /// What happened.
    kind: NoticeKind,
    /// The record to open.
    subject: Subject,
    estate_id: Option<Uuid>,
    /// What happened, as a sentence in the reader's language.
    title: String,
    /// What the record is called and until when; empty where there is nothing to say.
    line: String,
    /// Until when the record is to be done.
    due_at: Option<DateTime<Utc>>,
    /// Whether it goes out in quiet hours too.
    urgent: bool,
    created_at: DateTime<Utc>,
    read_at: Option<DateTime<Utc>>,
}

impl NoticeView {
    /// In this language.
    pub(super) fn of(told: &Told, language: Language) -> Self {
        let row = &told.row;
        Self {
            id: row.id.into(),
            kind: row.kind,
            subject: row.subject,
            estate_id: row.estate_id,
            title: language.pick(&told.title()).to_owned(),
            line: language.pick(&told.line()).to_owned(),
            due_at: row.particulars.due_at,
            urgent: row.urgent,
            created_at: row.created_at,
            read_at: row.read_at,
        }
    }
}
