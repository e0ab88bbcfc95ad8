//! Who may decide where a right alone says so.

use crate::access::{Permission, PostCode, Reach, grants};
use crate::org::superior::{Matter, Rule, Seat, Staff};
use crate::shared::{EmployeeId, EstateId};

/// Those in an estate who may decide by this right, each through a post that holds it over the whole estate; where all of a
/// post are barred or it is vacant, whoever the resolver finds above. Nobody is named twice.
#[must_use]
pub fn may_decide(staff: &Staff<'_>, estate: EstateId, right: Permission, barred: &[EmployeeId]) -> Vec<EmployeeId> {
    let posts = PostCode::ALL
        .iter()
        .copied()
        .filter(|post| grants(*post).contains(&(right, Reach::Estate)));
    let found = posts.filter_map(|post| {
        let matter = Matter {
            from: Seat {
                post,
                estate,
                squad: None,
                area: None,
            },
            rule: Rule::Post(post),
            barred,
            dated: staff.today,
            right: Some(right),
        };
        staff.resolve(&matter).ok()
    });
    let mut people: Vec<EmployeeId> = found
        .flat_map(|found| found.deciders)
        .map(|decider| decider.employee)
        .collect();
    people.sort_unstable();
    people.dedup();
    people
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::org::superior::Holder;
    use crate::org::tree::Tree;
    use crate::shared::AssignmentId;
    use crate::shared::period::Period;

    #[test]
    fn the_right_names_the_post_and_who_asked_does_not_decide() {
        let (estate, day) = (EstateId::generate(), "2026-03-02".parse().expect("a date"));
        let hold = |post| Holder {
            assignment: AssignmentId::generate(),
            employee: EmployeeId::generate(),
            post,
            estate: Some(estate),
            squad: None,
            area: None,
            period: Period { from: day, until: None },
            able: true,
        };
        let holders = [hold(PostCode::Pubsup), hold(PostCode::Pubsup), hold(PostCode::Recept)];
        let tree = Tree::default();
        let staff = Staff {
            tree: &tree,
            holders: &holders,
            stand_ins: &[],
            cover: &[],
            today: day,
        };
        let mut both = vec![holders[0].employee, holders[1].employee];
        both.sort_unstable();
        assert_eq!(may_decide(&staff, estate, Permission::ArchiveApprove, &[]), both);
        let barred = [holders[0].employee];
        assert_eq!(
            may_decide(&staff, estate, Permission::ArchiveApprove, &barred),
            [holders[1].employee]
        );
    }
}
