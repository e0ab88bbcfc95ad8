//! Which post holds which permission, and how far it reaches. Source: the permission lines of the capabilities.

use super::{Permission, PostCode};
use Permission as P;
use PostCode as Post;

/// How far a permission reaches from the post that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Records of one's own post, or made by oneself.
    Own,
    /// Those, and the records of every post below on the reporting line (same squad or area where one has it).
    Line,
    /// Every record of the estate.
    Estate,
    /// Every record of the company.
    Company,
}

/// Posts that people of the centre hold.
const STAFF: &[PostCode] = &[
    Post::Gm,
    Post::Offdir,
    Post::Cscmgr,
    Post::Depmgr,
    Post::Asstmgr,
    Post::Guardcapt,
    Post::Guardlead,
    Post::Guard,
    Post::Pubsup,
    Post::Recept,
    Post::Renoadm,
    Post::Cleanlead,
    Post::Cleaner,
    Post::Tech,
    Post::Engsup,
    Post::Cleansup,
    Post::Finsup,
    Post::Acct,
    Post::Cashier,
    Post::Feecol,
    Post::Ticket,
];
/// Posts that lead others.
const LEADERS: &[PostCode] = &[
    Post::Cscmgr,
    Post::Depmgr,
    Post::Asstmgr,
    Post::Guardcapt,
    Post::Guardlead,
    Post::Pubsup,
    Post::Cleanlead,
    Post::Engsup,
    Post::Cleansup,
    Post::Finsup,
];
/// Heads of departments.
const HEADS: &[PostCode] = &[
    Post::Guardcapt,
    Post::Pubsup,
    Post::Finsup,
    Post::Engsup,
    Post::Cleansup,
];
const MANAGERS: &[PostCode] = &[Post::Cscmgr, Post::Depmgr, Post::Asstmgr];
const ESTATE_OFFICERS: &[PostCode] = &[Post::Recept, Post::Renoadm];

/// One line of the table: these posts hold this permission this far.
type Grant = (Permission, &'static [PostCode], Reach);

/// The whole table. Several lines for one post: the farthest reach counts.
const TABLE: &[Grant] = &[
    (P::SelfRead, STAFF, Reach::Own),
    (P::SelfRead, &[Post::Board], Reach::Own),
    (P::SelfManage, STAFF, Reach::Own),
    (P::SelfManage, &[Post::Board], Reach::Own),
    (P::TrailRead, STAFF, Reach::Estate),
    (P::AuditRead, &[Post::Gm], Reach::Company),
    (P::AuditRead, &[Post::Cscmgr], Reach::Estate),
    (P::SettingRead, STAFF, Reach::Estate),
    (P::SettingEdit, &[Post::Cscmgr], Reach::Estate),
    // notices: who sets the product's values sets its channels too; the general manager sees whether they work.
    (P::NoticeRead, &[Post::Cscmgr], Reach::Estate),
    (P::NoticeRead, &[Post::Gm], Reach::Company),
    (P::NoticeManage, &[Post::Cscmgr], Reach::Estate),
    (P::FileCreate, STAFF, Reach::Own),
    (P::FileRead, STAFF, Reach::Estate),
    // org_structure, delegation_acting, rosters
    (P::OrgRead, STAFF, Reach::Estate),
    (P::OrgRead, &[Post::Board, Post::Gm], Reach::Company),
    (P::OrgPropose, HEADS, Reach::Line),
    (P::OrgPropose, MANAGERS, Reach::Estate),
    (P::OrgPropose, &[Post::Gm], Reach::Company),
    // Whoever stands above decides in place of somebody who would decide on their own work.
    (P::OrgEndorse, &[Post::Depmgr, Post::Cscmgr], Reach::Estate),
    (P::OrgEndorse, &[Post::Gm], Reach::Company),
    (P::OrgEdit, &[Post::Cscmgr], Reach::Estate),
    (P::OrgEdit, &[Post::Board, Post::Gm], Reach::Company),
    (P::OrgEditUpper, &[Post::Gm], Reach::Company),
    (P::EmployeeContactRead, MANAGERS, Reach::Estate),
    (P::EmployeeContactRead, &[Post::Recept, Post::Renoadm], Reach::Estate),
    (P::EmployeeContactRead, LEADERS, Reach::Line),
    (P::ActingPropose, STAFF, Reach::Own),
    (P::ActingPropose, LEADERS, Reach::Line),
    (P::ActingConfirm, LEADERS, Reach::Line),
    (P::ActingConfirm, &[Post::Board, Post::Gm], Reach::Company),
    (P::ActingRead, STAFF, Reach::Estate),
    (P::RosterRead, STAFF, Reach::Estate),
    (P::RosterEdit, LEADERS, Reach::Line),
    (P::RosterEdit, &[Post::Renoadm], Reach::Estate),
    // directive_tasks: the tree says to whom; renovation administrator and cashier stand over somebody in a matter.
    (P::TaskGive, LEADERS, Reach::Line),
    (P::TaskGive, &[Post::Renoadm, Post::Cashier], Reach::Line),
    (P::TaskGive, &[Post::Board, Post::Gm], Reach::Company),
    (P::TaskDo, STAFF, Reach::Own),
    (P::TaskRead, STAFF, Reach::Own),
    (P::TaskRead, LEADERS, Reach::Line),
    (P::TaskRead, &[Post::Renoadm, Post::Cashier], Reach::Line),
    (P::TaskRead, &[Post::Board, Post::Gm], Reach::Company),
    // manual_control: all staff the general rules and their own post, superiors the posts below, heads and above every text
    (P::ManualRead, STAFF, Reach::Own),
    (P::ManualRead, LEADERS, Reach::Line),
    (P::ManualRead, HEADS, Reach::Estate),
    (P::ManualRead, MANAGERS, Reach::Estate),
    (P::ManualRead, &[Post::Offdir], Reach::Estate),
    (P::ManualRead, &[Post::Board, Post::Gm], Reach::Company),
    // obligation_tracking: the calendar (DER-X-1)
    (P::CalendarRead, STAFF, Reach::Estate),
    (P::CalendarRead, &[Post::Gm], Reach::Company),
    (P::CalendarEdit, &[Post::Asstmgr], Reach::Estate),
    (P::CalendarConfirm, &[Post::Cscmgr], Reach::Estate),
    // What holds for every estate is the company's matter; the general manager also steps in for a centre manager who
    // entered the days.
    (P::CalendarEdit, &[Post::Gm], Reach::Company),
    (P::CalendarConfirm, &[Post::Gm], Reach::Company),
    // obligation_tracking: one's own, superiors downwards, the general manager all
    (P::DutyRead, STAFF, Reach::Own),
    (P::DutyRead, LEADERS, Reach::Line),
    (P::DutyRead, &[Post::Cscmgr], Reach::Estate),
    (P::DutyRead, &[Post::Board, Post::Gm], Reach::Company),
    (P::DutyExplain, STAFF, Reach::Own),
    (P::DutyDecide, LEADERS, Reach::Line),
    (P::DutyDecide, &[Post::Cscmgr], Reach::Estate),
    (P::DutyDecide, &[Post::Board, Post::Gm], Reach::Company),
    (P::DutyRuleEdit, &[Post::Cscmgr, Post::Depmgr], Reach::Estate),
    (P::DutyRuleEdit, &[Post::Gm], Reach::Company),
    // daily_briefing: the pair and those above; the rules of duties say who reports to whom
    (P::BriefingReport, STAFF, Reach::Own),
    (P::BriefingHear, LEADERS, Reach::Line),
    (P::BriefingHear, &[Post::Gm], Reach::Company),
    (P::BriefingRead, STAFF, Reach::Own),
    (P::BriefingRead, HEADS, Reach::Line),
    (P::BriefingRead, MANAGERS, Reach::Line),
    (P::BriefingRead, &[Post::Gm], Reach::Company),
    // computer_management
    (P::AccountRead, &[Post::Gm], Reach::Company),
    (P::AccountRead, &[Post::Cscmgr, Post::Depmgr], Reach::Estate),
    (P::AccountRead, HEADS, Reach::Line),
    (P::AccountRequest, HEADS, Reach::Line),
    (P::AccountRequest, MANAGERS, Reach::Estate),
    (P::AccountManage, &[Post::Depmgr], Reach::Estate),
    (P::ServiceManage, &[Post::Depmgr], Reach::Estate),
    (P::ComputerRead, &[Post::Gm], Reach::Company),
    (P::ComputerRead, MANAGERS, Reach::Estate),
    (P::ComputerRead, HEADS, Reach::Estate),
    (P::ComputerRead, &[Post::Recept], Reach::Estate),
    (P::DataCheckRead, &[Post::Gm], Reach::Company),
    (
        P::DataCheckRead,
        &[Post::Cscmgr, Post::Depmgr, Post::Finsup, Post::Ticket],
        Reach::Estate,
    ),
    (P::ComputerEdit, &[Post::Pubsup, Post::Recept], Reach::Estate),
    (P::DataCheckRun, &[Post::Ticket], Reach::Estate),
    (P::DataCheckApprove, &[Post::Finsup], Reach::Estate),
    // estate_register, owner_archive
    // A new estate is the company's matter; the manager keeps name and address of the own one.
    (P::EstateManage, &[Post::Gm], Reach::Company),
    (P::EstateManage, &[Post::Cscmgr], Reach::Estate),
    (P::EstateRead, STAFF, Reach::Estate),
    (P::EstateEdit, &[Post::Recept], Reach::Estate),
    (P::EstateConfirm, &[Post::Pubsup], Reach::Estate),
    (P::PartyRead, STAFF, Reach::Estate),
    (
        P::PartyContactRead,
        &[Post::Recept, Post::Renoadm, Post::Pubsup, Post::Feecol, Post::Ticket],
        Reach::Estate,
    ),
    (P::PartyIdentityRead, &[Post::Recept, Post::Pubsup], Reach::Estate),
    (P::PartyEdit, &[Post::Recept, Post::Pubsup], Reach::Estate),
    (P::ArchiveConsult, STAFF, Reach::Own),
    (P::ArchiveApprove, &[Post::Pubsup], Reach::Estate),
    (P::ImportRun, &[Post::Recept, Post::Pubsup], Reach::Estate),
    // service_desk
    (P::CaseCreate, STAFF, Reach::Estate),
    (P::CaseRead, STAFF, Reach::Own),
    (P::CaseRead, LEADERS, Reach::Line),
    (
        P::CaseRead,
        &[Post::Recept, Post::Pubsup, Post::Depmgr, Post::Asstmgr, Post::Cscmgr],
        Reach::Estate,
    ),
    (P::CaseRead, &[Post::Gm], Reach::Company),
    (
        P::CaseManage,
        &[Post::Recept, Post::Pubsup, Post::Cscmgr],
        Reach::Estate,
    ),
    (P::CaseHandle, STAFF, Reach::Own),
    (
        P::CaseHandle,
        &[Post::Recept, Post::Pubsup, Post::Cscmgr],
        Reach::Estate,
    ),
    (
        P::CaseDecide,
        &[Post::Pubsup, Post::Depmgr, Post::Cscmgr],
        Reach::Estate,
    ),
    // The resolver goes past the centre manager where that one is involved.
    (P::CaseDecide, &[Post::Gm], Reach::Company),
    (P::DisputeRead, ESTATE_OFFICERS, Reach::Estate),
    (
        P::DisputeRead,
        &[Post::Pubsup, Post::Asstmgr, Post::Depmgr, Post::Cscmgr],
        Reach::Estate,
    ),
    (P::DisputeRead, &[Post::Gm], Reach::Company),
    (P::DisputeRead, &[Post::Tech, Post::Cleanlead], Reach::Own),
    (
        P::DisputeOpen,
        &[
            Post::Recept,
            Post::Renoadm,
            Post::Pubsup,
            Post::Asstmgr,
            Post::Tech,
            Post::Cleanlead,
        ],
        Reach::Estate,
    ),
    (P::DisputeAssign, &[Post::Pubsup], Reach::Estate),
    (P::DisputeMediate, ESTATE_OFFICERS, Reach::Own),
    (
        P::DisputeMediate,
        &[Post::Pubsup, Post::Asstmgr, Post::Cscmgr],
        Reach::Estate,
    ),
    (P::DisputeApprove, &[Post::Cscmgr], Reach::Estate),
    (P::DisputeApprove, &[Post::Gm], Reach::Company),
    (P::RepairCreate, STAFF, Reach::Estate),
    (P::RepairRead, STAFF, Reach::Own),
    (P::RepairRead, LEADERS, Reach::Line),
    (
        P::RepairRead,
        &[Post::Recept, Post::Pubsup, Post::Depmgr, Post::Asstmgr, Post::Cscmgr],
        Reach::Estate,
    ),
    (P::RepairRead, &[Post::Gm], Reach::Company),
    (P::OrderDispatch, &[Post::Recept, Post::Pubsup], Reach::Estate),
    (P::OrderWork, &[Post::Tech], Reach::Own),
    (P::OrderWork, &[Post::Pubsup, Post::Engsup], Reach::Estate),
    (
        P::OrderApprove,
        &[Post::Pubsup, Post::Depmgr, Post::Cscmgr],
        Reach::Estate,
    ),
    (P::CategoryEdit, &[Post::Pubsup], Reach::Estate),
    (
        P::VisitRead,
        &[
            Post::Recept,
            Post::Renoadm,
            Post::Pubsup,
            Post::Depmgr,
            Post::Asstmgr,
            Post::Cscmgr,
        ],
        Reach::Estate,
    ),
    (P::VisitRead, &[Post::Gm], Reach::Company),
    (P::VisitDo, &[Post::Recept, Post::Pubsup], Reach::Estate),
    (P::AssistanceLog, STAFF, Reach::Own),
    (P::AssistanceRead, STAFF, Reach::Own),
    (P::AssistanceRead, LEADERS, Reach::Line),
    (
        P::AssistanceRead,
        &[Post::Recept, Post::Pubsup, Post::Depmgr, Post::Asstmgr, Post::Cscmgr],
        Reach::Estate,
    ),
    (P::AssistanceRead, &[Post::Gm], Reach::Company),
    (P::ReportTriage, &[Post::Recept, Post::Pubsup], Reach::Estate),
    (
        P::ReportRead,
        &[Post::Recept, Post::Pubsup, Post::Depmgr, Post::Asstmgr, Post::Cscmgr],
        Reach::Estate,
    ),
    (P::ReportRead, &[Post::Gm], Reach::Company),
    // annual_goals: supervisors and up
    (P::GoalRead, HEADS, Reach::Estate),
    (P::GoalRead, MANAGERS, Reach::Estate),
    (P::GoalRead, &[Post::Board, Post::Gm], Reach::Company),
    (P::GoalEdit, &[Post::Depmgr], Reach::Estate),
    (P::GoalApprove, &[Post::Cscmgr], Reach::Estate),
    // Where the centre manager drafted the goals, the resolver goes one step up.
    (P::GoalApprove, &[Post::Gm], Reach::Company),
];

/// What a post holds, each permission once with its farthest reach.
#[must_use]
pub fn grants(post: PostCode) -> Vec<(Permission, Reach)> {
    Permission::ALL
        .iter()
        .filter_map(|permission| reach(post, *permission).map(|reach| (*permission, reach)))
        .collect()
}

/// How far `post` holds `permission`, if at all.
#[must_use]
pub fn reach(post: PostCode, permission: Permission) -> Option<Reach> {
    TABLE
        .iter()
        .filter(|(granted, posts, _)| *granted == permission && posts.contains(&post))
        .map(|(_, _, reach)| *reach)
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_permission_is_held_by_some_post() {
        for permission in Permission::ALL {
            assert!(
                PostCode::ALL.iter().any(|post| reach(*post, *permission).is_some()),
                "{permission} is held by nobody"
            );
        }
    }

    #[test]
    fn outsiders_and_role_tags_hold_nothing_by_themselves() {
        for post in [
            Post::Estate,
            Post::Docclerk,
            Post::Greencon,
            Post::Owncom,
            Post::Resident,
        ] {
            assert!(grants(post).is_empty(), "{post} holds rights");
        }
    }
}
