//! The words of a notice, made when it is read.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{NoticeKind, Particulars};
use crate::shared::{SubjectKind, Text};

/// The record by kind and number, and what happened to it: what may leave the product.
#[must_use]
pub fn headline(kind: NoticeKind, subject: SubjectKind, particulars: &Particulars) -> Text {
    let (of, happened) = (subject.title(), kind.title());
    match &particulars.no {
        Some(no) => Text::of(
            format!("{} {no} {}", of.zh, happened.zh),
            format!("{} {no} {}", of.en, happened.en),
        ),
        None => Text::of(
            format!("{}{}", of.zh, happened.zh),
            format!("{} {}", of.en, happened.en),
        ),
    }
}

/// What the record is called and until when it is to be done, for the inbox; empty where there is nothing to say.
#[must_use]
pub fn line(particulars: &Particulars, zone: Tz) -> Text {
    let due = particulars.due_at.map(|at| local(at, zone));
    let (zh, en) = match &particulars.what {
        Some(what) => (what.zh.as_str(), what.en.as_str()),
        None => ("", ""),
    };
    let with = |what: &str, due: Option<String>, mark: &str| {
        let parts = [Some(what.to_owned()).filter(|what| !what.is_empty()), due];
        parts.into_iter().flatten().collect::<Vec<_>>().join(mark)
    };
    Text::of(
        with(zh, due.as_ref().map(|due| format!("时限 {due}")), "，"),
        with(en, due.as_ref().map(|due| format!("due {due}")), ", "),
    )
}

/// An instant as people at the estate read it.
pub(super) fn local(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notices::What;
    use crate::shared::zone::DEFAULT_ZONE;

    #[test]
    fn a_notice_reads_as_a_sentence_in_both_languages() {
        let particulars = Particulars {
            no: Some("RW2026-000003".to_owned()),
            what: Some(What::as_written("更换单元门禁")),
            due_at: Some("2026-03-02T09:30:00Z".parse().expect("a time")),
        };
        let title = headline(NoticeKind::Handed, SubjectKind::Task, &particulars);
        assert_eq!(title.zh, "交办任务 RW2026-000003 已交给您办理");
        assert_eq!(title.en, "Task RW2026-000003 was given to you");
        let under = line(&particulars, DEFAULT_ZONE);
        assert_eq!(under.zh, "更换单元门禁，时限 2026-03-02 17:30");
        assert_eq!(under.en, "更换单元门禁, due 2026-03-02 17:30");
    }

    #[test]
    fn what_has_neither_number_nor_name_says_no_more_than_it_knows() {
        let nothing = Particulars::default();
        assert_eq!(
            headline(NoticeKind::ActingBegun, SubjectKind::ActingPeriod, &nothing).zh,
            "代职已开始"
        );
        assert_eq!(line(&nothing, DEFAULT_ZONE), Text::new("", ""));
    }

    #[test]
    fn no_kind_is_without_words() {
        for kind in NoticeKind::ALL {
            let words = headline(*kind, SubjectKind::Case, &Particulars::default());
            assert!(
                words.zh.starts_with("投诉与建议") && words.zh.chars().count() > 6,
                "{kind}"
            );
            assert!(words.en.len() > "Case".len() + 4, "{kind}");
        }
    }
}
