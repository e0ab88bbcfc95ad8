//! Who makes a request: the person or service, the posts held at this moment, and what follows from them.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::{LineScope, Permission, PostCode, Reach, Scope, grants::reach};
use crate::shared::{AccountId, AreaId, AssignmentId, EmployeeId, EstateId, Problem, ProblemCode, SquadId, Text};

/// One post held now, in one's own right or acting for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldPost {
    /// The assignment that gives it; the principal's one while acting.
    pub assignment: AssignmentId,
    /// The post.
    pub post: PostCode,
    /// The estate; `None` for company-wide posts (BOARD, GM).
    pub estate: Option<EstateId>,
    /// The squad, for posts that have one.
    pub squad: Option<SquadId>,
    /// The area, for posts that have one.
    pub area: Option<AreaId>,
    /// For whom one acts.
    pub acting_for: Option<EmployeeId>,
    /// Until when one acts.
    pub until: Option<DateTime<Utc>>,
    /// Rights that acting does not carry.
    pub excluded: Vec<Permission>,
    /// Posts below on the reporting line, this post not included.
    pub below: Vec<PostCode>,
    /// Posts above, from the superior to the top.
    pub above: Vec<PostCode>,
}

/// What kind of caller it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActorKind {
    /// A person with an access token of a login.
    Person,
    /// A person's own access token, narrowed to these permissions.
    PersonalToken(BTreeSet<Permission>),
    /// A service account: these permissions in these estates, no post.
    Service {
        /// What it may do.
        permissions: BTreeSet<Permission>,
        /// Where.
        estates: Vec<EstateId>,
    },
    /// The administrator of the installation: sets the product up, holds no post and sees no case.
    Administrator,
    /// The administrator's own access token, narrowed to these permissions.
    AdministratorToken(BTreeSet<Permission>),
    /// The system itself: the scheduler, a reaction to a fact.
    System,
}

/// What the administrator of the installation may do: set up, not operate.
const ADMINISTRATOR: &[Permission] = &[
    Permission::SelfRead,
    Permission::SelfManage,
    Permission::TrailRead,
    Permission::AuditRead,
    Permission::SettingRead,
    Permission::SettingEdit,
    Permission::NoticeRead,
    Permission::NoticeManage,
    Permission::FileCreate,
    Permission::OrgRead,
    Permission::OrgPropose,
    Permission::OrgEdit,
    Permission::OrgEditUpper,
    Permission::EmployeeContactRead,
    Permission::RosterRead,
    Permission::RosterEdit,
    Permission::ActingRead,
    Permission::CalendarRead,
    Permission::CalendarEdit,
    Permission::ManualRead,
    Permission::AccountRead,
    Permission::AccountRequest,
    Permission::AccountManage,
    Permission::ServiceManage,
    Permission::ComputerRead,
    Permission::ComputerEdit,
    Permission::DataCheckRead,
    Permission::EstateManage,
    Permission::EstateRead,
    Permission::EstateEdit,
    Permission::PartyRead,
    Permission::PartyEdit,
    Permission::ImportRun,
    Permission::GoalRead,
];

/// Who makes a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The login.
    pub account: AccountId,
    /// The person behind it; services have none.
    pub employee: Option<EmployeeId>,
    /// The kind of caller.
    pub kind: ActorKind,
    /// The posts held now.
    pub posts: Vec<HeldPost>,
}

impl Actor {
    /// What the administrator of the installation may do.
    #[must_use]
    pub const fn administrators() -> &'static [Permission] {
        ADMINISTRATOR
    }

    /// Whether it is the administrator of the installation, by login or by token.
    #[must_use]
    pub const fn is_administrator(&self) -> bool {
        matches!(self.kind, ActorKind::Administrator | ActorKind::AdministratorToken(_))
    }

    /// What this actor may do at all.
    #[must_use]
    pub fn permissions(&self) -> BTreeSet<Permission> {
        Permission::ALL
            .iter()
            .copied()
            .filter(|permission| self.may(*permission))
            .collect()
    }

    /// Whether the permission is held, however short its reach.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        match &self.kind {
            ActorKind::Service { permissions, .. } => permissions.contains(&permission),
            ActorKind::PersonalToken(scopes) | ActorKind::AdministratorToken(scopes)
                if !scopes.contains(&permission) =>
            {
                false
            }
            ActorKind::System => true,
            // One's own account is one's own, even between two posts.
            ActorKind::Person | ActorKind::PersonalToken(_)
                if matches!(permission, Permission::SelfRead | Permission::SelfManage) =>
            {
                true
            }
            ActorKind::Administrator | ActorKind::AdministratorToken(_) => ADMINISTRATOR.contains(&permission),
            _ => self.posts.iter().any(|held| held.reach(permission).is_some()),
        }
    }

    /// The rows that `permission` opens.
    ///
    /// # Errors
    /// `forbidden` naming the permission when no post of the actor holds it.
    pub fn scope(&self, permission: Permission) -> Result<Scope, Problem> {
        if !self.may(permission) {
            let title = permission.title();
            return Err(Problem::new(
                ProblemCode::Forbidden,
                Text::of(
                    format!(
                        "您的岗位没有“{}”（{permission}）权限。如需办理，请联系上级或账号管理员。",
                        title.zh
                    ),
                    format!(
                        "Your posts do not hold “{}” ({permission}). Ask your superior or the account administrator.",
                        title.en
                    ),
                ),
            ));
        }
        let mut scope = Scope {
            company: false,
            estates: Vec::new(),
            lines: Vec::new(),
            assignments: Vec::new(),
            employee: self.employee,
            own_elsewhere: false,
        };
        match &self.kind {
            ActorKind::Service { estates, .. } => scope.estates.clone_from(estates),
            ActorKind::System | ActorKind::Administrator | ActorKind::AdministratorToken(_) => scope.company = true,
            ActorKind::Person | ActorKind::PersonalToken(_) => {
                for held in &self.posts {
                    held.widen(permission, &mut scope);
                }
            }
        }
        Ok(scope)
    }

    /// The held post through which `permission` reaches `estate` best; it answers "on whose behalf".
    #[must_use]
    pub fn post_for(&self, permission: Permission, estate: EstateId) -> Option<&HeldPost> {
        self.posts
            .iter()
            .filter(|held| held.estate.is_none_or(|of| of == estate))
            .filter_map(|held| {
                held.reach(permission)
                    .map(|reach| (reach, held.acting_for.is_none(), held))
            })
            .max_by_key(|(reach, own, _)| (*own, *reach))
            .map(|(_, _, held)| held)
    }

    /// Whether one of these posts is held in `estate`, acting included.
    #[must_use]
    pub fn holds(&self, estate: EstateId, posts: &[PostCode]) -> bool {
        self.posts
            .iter()
            .any(|held| held.estate.is_none_or(|of| of == estate) && posts.contains(&held.post))
    }

    /// Whether somebody in this post at this place stands above the actor on the line, by any post the actor holds.
    #[must_use]
    pub fn stands_below(&self, post: PostCode, estate: Option<EstateId>) -> bool {
        let same = |held: &HeldPost| estate.is_none() || held.estate.is_none() || held.estate == estate;
        self.posts.iter().any(|held| same(held) && held.above.contains(&post))
    }

    /// Whether the actor is this person, or acts for this person: then it is their own work.
    #[must_use]
    pub fn is(&self, person: EmployeeId) -> bool {
        self.employee == Some(person) || self.posts.iter().any(|held| held.acting_for == Some(person))
    }

    /// The only estate the actor works in, if it is one.
    #[must_use]
    pub fn home_estate(&self) -> Option<EstateId> {
        let estates: BTreeSet<EstateId> = match &self.kind {
            ActorKind::Service { estates, .. } => estates.iter().copied().collect(),
            _ => self.posts.iter().filter_map(|held| held.estate).collect(),
        };
        (estates.len() == 1).then(|| estates.first().copied()).flatten()
    }
}

impl HeldPost {
    /// How far this post holds the permission; excluded rights do not come with acting.
    #[must_use]
    pub fn reach(&self, permission: Permission) -> Option<Reach> {
        if self.excluded.contains(&permission) {
            return None;
        }
        reach(self.post, permission)
    }

    fn widen(&self, permission: Permission, scope: &mut Scope) {
        let Some(reach) = self.reach(permission) else { return };
        scope.assignments.push(self.assignment);
        match (reach, self.estate) {
            (Reach::Company, _) | (Reach::Estate | Reach::Line, None) => scope.company = true,
            (Reach::Estate, Some(estate)) => {
                if !scope.estates.contains(&estate) {
                    scope.estates.push(estate);
                }
            }
            (Reach::Line, Some(estate)) => {
                let mut posts = self.below.clone();
                posts.push(self.post);
                scope.own_elsewhere = true;
                scope.lines.push(LineScope {
                    estate,
                    posts,
                    squad: self.squad,
                    area: self.area,
                });
            }
            (Reach::Own, _) => scope.own_elsewhere = true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(post: PostCode, estate: EstateId) -> HeldPost {
        HeldPost {
            assignment: AssignmentId::generate(),
            post,
            estate: Some(estate),
            squad: None,
            area: None,
            acting_for: None,
            until: None,
            excluded: vec![],
            below: vec![],
            above: vec![],
        }
    }

    fn person(posts: Vec<HeldPost>) -> Actor {
        Actor {
            account: AccountId::generate(),
            employee: Some(EmployeeId::generate()),
            kind: ActorKind::Person,
            posts,
        }
    }

    #[test]
    fn the_scope_of_a_front_line_post_is_its_own_assignment() {
        let estate = EstateId::generate();
        let tech = person(vec![held(PostCode::Tech, estate)]);
        let scope = tech.scope(Permission::RepairRead).expect("may read");
        assert!(!scope.covers(estate) && !scope.touches(estate));
        assert_eq!(scope.assignments(), [tech.posts[0].assignment]);
        assert_eq!(
            tech.scope(Permission::OrderDispatch).expect_err("may not").code,
            ProblemCode::Forbidden
        );
    }

    #[test]
    fn own_records_are_asked_for_only_where_a_post_opens_less_than_its_estate() {
        let (estate, other) = (EstateId::generate(), EstateId::generate());
        let desk = person(vec![held(PostCode::Recept, estate)]);
        assert!(!desk.scope(Permission::RepairRead).expect("may read").own_elsewhere());
        let both = person(vec![held(PostCode::Recept, estate), held(PostCode::Tech, other)]);
        let scope = both.scope(Permission::RepairRead).expect("may read");
        assert!(scope.own_elsewhere() && scope.covers(estate) && !scope.covers(other));
    }

    #[test]
    fn acting_widens_the_scope_but_not_by_excluded_rights() {
        let estate = EstateId::generate();
        let mut acting = held(PostCode::Cscmgr, estate);
        acting.acting_for = Some(EmployeeId::generate());
        acting.excluded = vec![Permission::DisputeApprove];
        let deputy = person(vec![held(PostCode::Depmgr, estate), acting]);
        assert!(deputy.may(Permission::GoalApprove));
        assert!(!deputy.may(Permission::DisputeApprove));
    }

    #[test]
    fn who_stands_above_is_told_by_the_line_of_the_same_estate() {
        let estate = EstateId::generate();
        let mut deputy = held(PostCode::Depmgr, estate);
        deputy.above = vec![PostCode::Cscmgr, PostCode::Gm];
        let deputy = person(vec![deputy]);
        assert!(deputy.stands_below(PostCode::Cscmgr, Some(estate)));
        assert!(deputy.stands_below(PostCode::Gm, None));
        assert!(!deputy.stands_below(PostCode::Recept, Some(estate)));
        assert!(!deputy.stands_below(PostCode::Cscmgr, Some(EstateId::generate())));
    }

    #[test]
    fn a_token_never_gives_more_than_the_posts_behind_it() {
        let estate = EstateId::generate();
        let mut actor = person(vec![held(PostCode::Recept, estate)]);
        actor.kind = ActorKind::PersonalToken([Permission::CaseRead, Permission::GoalApprove].into());
        assert_eq!(actor.permissions(), [Permission::CaseRead].into());
        actor.posts.clear();
        actor.kind = ActorKind::AdministratorToken([Permission::ImportRun, Permission::CaseRead].into());
        assert_eq!(actor.permissions(), [Permission::ImportRun].into());
        assert!(actor.scope(Permission::ImportRun).expect("may import").company());
    }
}
