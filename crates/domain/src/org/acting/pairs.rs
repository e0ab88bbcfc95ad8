//! Who stands in for whom by the manual, who confirms it, and what does not come along.

use crate::access::{Permission, PostCode, grants};
use crate::org::superior::Rule;
use crate::shared::Problem;

/// The usual stand-ins of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The post of the principal.
    pub post: PostCode,
    /// Posts whose holders stand in, the first one by default.
    pub stand_ins: &'static [PostCode],
    /// Whether the manual leaves no choice: another stand-in only when none of these is there.
    pub strict: bool,
    /// The clause.
    pub clause: &'static str,
}

use PostCode as P;

/// The pairs. Leave of these posts needs a stand-in (DER-LABOUR-6).
pub const PAIRS: &[Pair] = &[
    by(P::Cscmgr, &[P::Depmgr], false, "DER-CSCMGR-3"),
    by(P::Depmgr, &[P::Asstmgr], true, "PROC-DEPMGR-5.9"),
    by(P::Asstmgr, &[P::Depmgr], true, "PROC-ASSTMGR-5.10"),
    by(P::Guardcapt, &[P::Guardlead], false, "PROC-GUARDCAPT-5.11"),
    by(P::Pubsup, &[P::Recept, P::Renoadm], false, "PROC-PUBSUP-5.11"),
    by(P::Guardlead, &[P::Guardlead, P::Guard], false, "PROC-GUARDLEAD-5.9"),
    by(P::Recept, &[P::Renoadm, P::Recept], false, "PROC-RECEPT-5.11"),
    by(P::Renoadm, &[P::Recept, P::Renoadm], false, "PROC-RENOADM-5.11"),
    by(P::Cleanlead, &[P::Cleaner], false, "PROC-CLEANLEAD-5.11"),
    by(P::Tech, &[P::Tech], false, "PROC-TECH-5.11"),
    by(P::Finsup, &[P::Acct, P::Depmgr], false, "DER-FINSUP-8"),
];

/// The pair of a post, if the manual names one.
#[must_use]
pub fn pair(post: PostCode) -> Option<&'static Pair> {
    PAIRS.iter().find(|p| p.post == post)
}

/// Who confirms that somebody acts in this post (delegation_acting, approvals).
#[must_use]
pub const fn confirmed_by(post: PostCode) -> Rule {
    match post {
        P::Depmgr | P::Asstmgr | P::Offdir => Rule::Post(P::Cscmgr),
        P::Guardcapt | P::Pubsup | P::Finsup | P::Engsup | P::Cleansup => Rule::Post(P::Depmgr),
        P::Cscmgr => Rule::Post(P::Gm),
        P::Gm => Rule::Post(P::Board),
        _ => Rule::Line(1),
    }
}

/// Rights of a post that its stand-in does not get.
///
/// The centre manager's approval of expenses stays with the manager, or goes to the general manager, unless the latter
/// allows it (DER-CSCMGR-3).
#[must_use]
pub fn excluded_rights(post: PostCode, expenses_allowed: bool) -> Vec<Permission> {
    match post {
        P::Cscmgr if !expenses_allowed => EXPENSES.to_vec(),
        _ => Vec::new(),
    }
}

/// Rights that approve an expense: what an order costs, what a settlement costs.
pub const EXPENSES: &[Permission] = &[Permission::OrderApprove, Permission::DisputeApprove];

/// Rights that do not come along when acting is limited to those named: everything else the post holds.
///
/// # Errors
/// `validation_failed` at `/rights/N` for one that the post does not hold.
pub fn limited_to(post: PostCode, rights: &[Permission]) -> Result<Vec<Permission>, Problem> {
    let held: Vec<Permission> = grants(post).into_iter().map(|(right, _)| right).collect();
    if let Some(at) = rights.iter().position(|right| !held.contains(right)) {
        let title = post.title();
        let (zh, en, right) = (title.zh, title.en, rights[at]);
        return Err(Problem::field(
            format!("/rights/{at}"),
            "not_of_the_post",
            crate::text!("{zh}没有“{right}”权限", "the {en} does not hold “{right}”"),
        ));
    }
    Ok(held.into_iter().filter(|right| !rights.contains(right)).collect())
}

/// Accounts and cash must not come into one hand (DER-FINSUP-8), in either direction.
pub(super) fn segregated(post: PostCode, held: &[PostCode]) -> bool {
    let accounts = |p: &PostCode| matches!(p, P::Finsup | P::Acct);
    let cash = |p: &PostCode| matches!(p, P::Cashier);
    (accounts(&post) && held.iter().any(cash)) || (cash(&post) && held.iter().any(accounts))
}

const fn by(post: PostCode, stand_ins: &'static [PostCode], strict: bool, clause: &'static str) -> Pair {
    Pair {
        post,
        stand_ins,
        strict,
        clause,
    }
}
