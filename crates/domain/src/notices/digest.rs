//! What goes out: one notice, or the digest of a morning. Records are named by kind and number only.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::words::{headline, local};
use super::{NoticeKind, Particulars};
use crate::shared::{SubjectKind, Text};

/// Lines of one part of a digest; the rest is counted.
const SHOWN: usize = 30;

/// Something told of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What happened.
    pub kind: NoticeKind,
    /// To which kind of record.
    pub subject: SubjectKind,
    /// What the words are made of.
    pub particulars: Particulars,
}

/// What somebody reads in the morning: what was held for the night, and what they owe today.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// Held through the quiet hours, in the order in which it happened.
    pub held: Vec<Line>,
    /// Due today or overdue, nearest deadline first.
    pub open: Vec<Line>,
    /// Notices that are not read yet, those above included.
    pub unread: i64,
}

/// A message as it leaves: its subject, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// For channels that have one.
    pub subject: Text,
    /// The text.
    pub text: Text,
}

impl Line {
    fn said(&self, zone: Tz) -> Text {
        let title = headline(self.kind, self.subject, &self.particulars);
        match self.particulars.due_at {
            Some(due) => with_due(&title, due, zone),
            None => title,
        }
    }

    /// This line as a message of its own.
    #[must_use]
    pub fn letter(&self, zone: Tz, inbox: Option<&str>) -> Letter {
        let subject = headline(self.kind, self.subject, &self.particulars);
        let said = self.said(zone);
        let text = join([&said], inbox);
        Letter { subject, text }
    }
}

impl Digest {
    /// Whether there is nothing to say: then none is sent.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.held.is_empty() && self.open.is_empty() && self.unread == 0
    }

    /// As a message.
    #[must_use]
    pub fn letter(&self, zone: Tz, inbox: Option<&str>) -> Letter {
        let (held, open, unread) = (self.held.len(), self.open.len(), self.unread);
        let subject = crate::text!(
            "晨报：今天要办 {open} 件，未读通知 {unread} 条",
            "Morning digest: {open} to do today, {unread} unread"
        );
        let parts = [
            part(
                crate::text!("夜间通知（{held}）", "Overnight ({held})"),
                &self.held,
                zone,
            ),
            part(
                crate::text!("今天要办（{open}）", "To do today ({open})"),
                &self.open,
                zone,
            ),
        ];
        let shown = std::iter::once(&subject).chain(parts.iter().flatten());
        let text = join(shown, inbox);
        Letter { subject, text }
    }
}

fn with_due(title: &Text, due: DateTime<Utc>, zone: Tz) -> Text {
    let due = local(due, zone);
    Text::of(format!("{}，时限 {due}", title.zh), format!("{}, due {due}", title.en))
}

fn part(heading: Text, lines: &[Line], zone: Tz) -> Option<Text> {
    if lines.is_empty() {
        return None;
    }
    let mut all = vec![heading];
    for line in lines.iter().take(SHOWN) {
        let said = line.said(zone);
        all.push(Text::of(format!("· {}", said.zh), format!("· {}", said.en)));
    }
    if let Some(more) = lines.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        all.push(crate::text!("……另有 {more} 件", "… and {more} more"));
    }
    Some(join(&all, None))
}

fn join<'a>(texts: impl IntoIterator<Item = &'a Text>, inbox: Option<&str>) -> Text {
    let link = inbox.map(|inbox| crate::text!("查看：{inbox}", "Open: {inbox}"));
    let mut texts: Vec<&Text> = texts.into_iter().collect();
    texts.extend(link.as_ref());
    let all = |pick: fn(&Text) -> &str| texts.iter().map(|text| pick(text)).collect::<Vec<_>>().join("\n");
    Text::of(all(|text| &text.zh), all(|text| &text.en))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notices::What;
    use crate::shared::zone::DEFAULT_ZONE;

    fn task(no: usize) -> Line {
        Line {
            kind: NoticeKind::DueSoon,
            subject: SubjectKind::Task,
            particulars: Particulars {
                no: Some(format!("RW2026-{no:06}")),
                what: Some(What::as_written("找张三谈话")),
                due_at: Some("2026-03-02T09:30:00Z".parse().expect("a time")),
            },
        }
    }

    #[test]
    fn what_leaves_the_product_names_a_record_by_its_number_only() {
        let letter = task(1).letter(DEFAULT_ZONE, Some("https://wy.example/notices"));
        assert_eq!(letter.subject.zh, "交办任务 RW2026-000001 即将到期");
        assert_eq!(
            letter.text.zh,
            "交办任务 RW2026-000001 即将到期，时限 2026-03-02 17:30\n查看：https://wy.example/notices"
        );
        assert!(!letter.text.zh.contains("张三"));
    }

    #[test]
    fn a_digest_counts_what_it_does_not_show() {
        let digest = Digest {
            held: vec![task(1)],
            open: (0..SHOWN + 2).map(task).collect(),
            unread: 4,
        };
        let text = digest.letter(DEFAULT_ZONE, None).text;
        assert!(
            text.zh
                .starts_with("晨报：今天要办 32 件，未读通知 4 条\n夜间通知（1）\n· "),
            "{}",
            text.zh
        );
        assert!(text.zh.ends_with("……另有 2 件") && text.en.ends_with("… and 2 more"));
        assert!(Digest::default().is_empty() && !digest.is_empty());
    }
}
