//! Whose texts a reader may open: the general rules are everybody's, a post's own chapters belong to it and its superiors.

use chrono::NaiveDate;

use crate::access::{Actor, PostCode, Scope};
use crate::shared::{Problem, Text};

use super::{CHAPTERS, ChapterCode, chapter};

/// The chapters open to a reader (manual_control, permissions).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Every chapter, and the texts of any date: heads and whoever stands above them.
    Whole,
    /// The general rules and the chapters of these posts, as they are today.
    Posts(Vec<PostCode>),
}

impl Sight {
    /// What `scope`, the rows that the permission opens to `actor`, lets them read.
    #[must_use]
    pub fn of(actor: &Actor, scope: &Scope) -> Self {
        if scope.company() || !scope.estates().is_empty() {
            return Self::Whole;
        }
        let own = actor.posts.iter().map(|held| held.post);
        let below = scope.lines().iter().flat_map(|line| line.posts.iter().copied());
        let mut posts: Vec<PostCode> = own.chain(below).collect();
        posts.sort_unstable();
        posts.dedup();
        Self::Posts(posts)
    }

    /// Whether a chapter is open.
    #[must_use]
    pub fn opens(&self, code: ChapterCode) -> bool {
        match (self, chapter(code).post) {
            (Self::Whole, _) | (_, None) => true,
            (Self::Posts(own), Some(post)) => own.contains(&post),
        }
    }

    /// The day whose texts are read: the one asked for, otherwise today.
    ///
    /// # Errors
    /// `forbidden` for another day than today, for readers who see the current text only.
    pub fn day(&self, asked: Option<NaiveDate>, today: NaiveDate) -> Result<NaiveDate, Problem> {
        match (self, asked) {
            (Self::Posts(_), Some(asked)) if asked != today => Err(Problem::forbidden(&Text::new(
                "可查阅其他日期文本的部门负责人及以上岗位",
                "heads of departments and above, who read the texts of other days",
            ))),
            (_, asked) => Ok(asked.unwrap_or(today)),
        }
    }

    /// The chapters that are open, in the order of the book.
    pub fn chapters(&self) -> impl Iterator<Item = ChapterCode> {
        CHAPTERS
            .iter()
            .map(|chapter| chapter.code)
            .filter(|code| self.opens(*code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{ActorKind, HeldPost, Permission};
    use crate::shared::{AccountId, AssignmentId, EmployeeId, EstateId};

    fn sight(post: PostCode, below: &[PostCode]) -> Sight {
        let held = HeldPost {
            assignment: AssignmentId::generate(),
            post,
            estate: Some(EstateId::generate()),
            squad: None,
            area: None,
            acting_for: None,
            until: None,
            excluded: vec![],
            below: below.to_vec(),
            above: vec![],
        };
        let actor = Actor {
            account: AccountId::generate(),
            employee: Some(EmployeeId::generate()),
            kind: ActorKind::Person,
            posts: vec![held],
        };
        let scope = actor.scope(Permission::ManualRead).expect("all staff read");
        Sight::of(&actor, &scope)
    }

    #[test]
    fn staff_read_the_general_rules_and_their_own_post() {
        let tech = sight(PostCode::Tech, &[]);
        for open in [
            ChapterCode::Preface,
            ChapterCode::RuleLabour,
            ChapterCode::PosTech,
            ChapterCode::ProcTech,
        ] {
            assert!(tech.opens(open), "{open}");
        }
        for closed in [ChapterCode::PosCashier, ChapterCode::ProcPubsup, ChapterCode::PosCscmgr] {
            assert!(!tech.opens(closed), "{closed}");
        }
    }

    #[test]
    fn staff_read_the_text_of_today_and_heads_that_of_any_day() {
        let (today, before) = (NaiveDate::default(), NaiveDate::default().pred_opt());
        let tech = sight(PostCode::Tech, &[]);
        assert_eq!(
            (tech.day(None, today), tech.day(Some(today), today)),
            (Ok(today), Ok(today))
        );
        assert!(tech.day(before, today).is_err());
        assert_eq!(Sight::Whole.day(before, today).ok(), before);
    }

    #[test]
    fn a_leader_reads_the_posts_below_and_a_head_everything() {
        let lead = sight(PostCode::Guardlead, &[PostCode::Guard]);
        assert!(lead.opens(ChapterCode::PosGuard) && lead.opens(ChapterCode::ProcGuardlead));
        assert!(!lead.opens(ChapterCode::PosGuardcapt));
        for head in [
            PostCode::Finsup,
            PostCode::Pubsup,
            PostCode::Depmgr,
            PostCode::Asstmgr,
            PostCode::Gm,
        ] {
            assert_eq!(sight(head, &[]), Sight::Whole, "{head}");
        }
        assert_eq!(Sight::Whole.chapters().count(), CHAPTERS.len());
    }
}
