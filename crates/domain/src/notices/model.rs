//! A notice as it is made.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::NoticeKind;
use crate::shared::{EmployeeId, EstateId, Subject, Text};
use crate::{code_enum, typed_ids};

typed_ids! {
    /// A notice.
    NoticeId,
}

code_enum! {
    /// A language somebody is written to in.
    pub enum Tongue {
        /// 简体中文
        Zh = "zh",
        /// English
        En = "en",
    }
}

#[expect(
    clippy::derivable_impls,
    reason = "the macro that makes these kinds knows of no first among them"
)]
impl Default for Tongue {
    fn default() -> Self {
        Self::Zh
    }
}

impl Tongue {
    /// The text in this language.
    #[must_use]
    pub fn pick(self, text: &Text) -> &str {
        match self {
            Self::Zh => &text.zh,
            Self::En => &text.en,
        }
    }
}

/// What a record is called, where it has a name besides its number: the title of a task, the name of a duty, a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct What {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl What {
    /// As somebody wrote it down, whatever the language.
    #[must_use]
    pub fn as_written(text: &str) -> Self {
        let text: String = text.chars().take(80).collect();
        Self {
            zh: text.clone(),
            en: text,
        }
    }
}

impl From<Text> for What {
    fn from(text: Text) -> Self {
        Self {
            zh: text.zh.into_owned(),
            en: text.en.into_owned(),
        }
    }
}

/// What the words of a notice are made of. Holds nothing that a resident said and no name: the record is read where it
/// lies, by whoever may read it then.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Particulars {
    /// The record's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no: Option<String>,
    /// What it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<What>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<DateTime<Utc>>,
}

/// A notice to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNotice {
    /// Who is told.
    pub recipient: EmployeeId,
    /// The estate it happened in; `None` for the company.
    pub estate: Option<EstateId>,
    /// What happened.
    pub kind: NoticeKind,
    /// To which record.
    pub subject: Subject,
    /// What the words are made of.
    pub particulars: Particulars,
    /// What it is told once by: a second notice of the same key to the same person is not kept.
    pub key: String,
    /// Whether it goes out at night too.
    pub urgent: bool,
}
