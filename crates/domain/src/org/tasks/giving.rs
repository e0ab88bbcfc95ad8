//! Who may give a task to whom, and who speaks the giver's word on it later. The one resolver finds the persons
//! ([`crate::org::superior`]), so stand-ins, vacant posts, squads and areas need no word here.

use super::{Task, TaskRight};
use crate::access::{Permission, PostCode};
use crate::org::superior::{Decider, Holder, Matter, NobodyDecides, Resolution, Rule, Seat, Staff};
use crate::shared::zone::{Tz, business_date};
use crate::shared::{EmployeeId, EstateId};

/// What decides who may give tasks in an estate today.
#[derive(Clone, Copy, Debug)]
pub struct Giving<'a> {
    /// The estate.
    pub estate: EstateId,
    /// Its people and tree.
    pub staff: Staff<'a>,
    /// Those whom the centre manager has entrusted a duty to, in force today.
    pub entrusted: &'a [EmployeeId],
}

/// Somebody may give somebody a task, and this is why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Authority {
    /// Who gives, in which post and for whom.
    pub by: Decider,
    /// By what right.
    pub right: TaskRight,
}

/// Somebody who may be given a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The person in one of their posts.
    pub holder: Holder,
    /// Why the giver may.
    pub authority: Authority,
}

impl Giving<'_> {
    /// Everybody whom `giver` may give a task today, once for each of their posts.
    #[must_use]
    pub fn candidates(&self, giver: EmployeeId) -> Vec<Candidate> {
        self.staff
            .holders
            .iter()
            .filter_map(|holder| {
                let authority = self.authority(giver, holder)?;
                Some(Candidate {
                    holder: *holder,
                    authority,
                })
            })
            .collect()
    }

    /// By what right `giver` may give a task to the holder of a post; the nearest one on the line first.
    #[must_use]
    pub fn authority(&self, giver: EmployeeId, to: &Holder) -> Option<Authority> {
        let here = to.estate.is_none_or(|estate| estate == self.estate);
        if giver == to.employee || !to.able || !here || !to.period.contains(self.staff.today) {
            return None;
        }
        self.rights_over(to)
            .into_iter()
            .find_map(|(post, right)| self.exercised(giver, to, post, right))
    }

    /// The posts that stand over this one, each with its right.
    fn rights_over(&self, to: &Holder) -> Vec<(PostCode, TaskRight)> {
        let (tree, today) = (self.staff.tree, self.staff.today);
        let line = tree.above(to.post, today);
        let across: Vec<PostCode> = PostCode::ALL
            .iter()
            .copied()
            .filter(|post| !line.contains(post) && tree.is_over(*post, to.post, today))
            .collect();
        let assists = to.post == PostCode::Asstmgr;
        // An entrusted duty reaches everybody of the estate but those whom the assistant answers to.
        let above_assistant = tree.above(PostCode::Asstmgr, today);
        let entrusts = !assists && to.estate.is_some() && !above_assistant.contains(&to.post);
        line.into_iter()
            .map(|post| (post, TaskRight::Line))
            .chain(across.into_iter().map(|post| (post, TaskRight::Functional)))
            .chain(assists.then_some((PostCode::Depmgr, TaskRight::Assistance)))
            .chain(entrusts.then_some((PostCode::Asstmgr, TaskRight::Entrusted)))
            .collect()
    }

    /// The right, when `giver` is the one to use it.
    fn exercised(&self, giver: EmployeeId, to: &Holder, post: PostCode, right: TaskRight) -> Option<Authority> {
        let matter = Matter {
            from: Seat {
                post: to.post,
                estate: self.estate,
                squad: to.squad,
                area: to.area,
            },
            rule: Rule::Post(post),
            barred: &[to.employee],
            dated: self.staff.today,
            right: Some(Permission::TaskGive),
        };
        let found = self.staff.resolve(&matter).ok()?;
        let by = *found.as_decider(giver)?;
        let allowed = match right {
            TaskRight::Line => true,
            // Only on the line does the post above take the place of a vacant one.
            TaskRight::Functional | TaskRight::Assistance => by.post == post,
            // What was entrusted to a person goes on through their stand-in, and to nobody else.
            TaskRight::Entrusted => by.post == post && self.entrusted.contains(&principal(&by)),
        };
        allowed.then_some(Authority { by, right })
    }
}

/// In whose right somebody decides.
fn principal(by: &Decider) -> EmployeeId {
    by.acting_for.unwrap_or(by.employee)
}

/// Who closes, returns, changes or cancels a task: the giver, who acts for them, or the principal who is back; whoever
/// holds or acts in the giver's post where none of these does any more. Never the assignee: the word then goes up the line.
///
/// # Errors
/// [`NobodyDecides`] when the way leads past the top of the line.
pub fn whose_word(task: &Task, staff: &Staff<'_>, zone: Tz) -> Result<Resolution, NobodyDecides> {
    let barred = task.barred();
    let matter = Matter {
        from: task.giver_seat(),
        rule: Rule::Post(task.given_post),
        barred: &barred,
        dated: business_date(task.issued_at, zone),
        right: Some(Permission::TaskGive),
    };
    let all = staff.resolve(&matter)?;
    let giver = task.given_for.unwrap_or(task.given_by);
    let own: Vec<Decider> = all
        .deciders
        .iter()
        .filter(|by| principal(by) == giver)
        .copied()
        .collect();
    if own.is_empty() {
        return Ok(all);
    }
    Ok(Resolution { deciders: own, ..all })
}
