//! How much of a person's data the caller sees: decided by the posts held in the estate, and for collectors by their
//! area.

use crate::{
    access::{Actor, ActorKind, Permission, PostCode},
    shared::{AreaId, EstateId, private::Clearance},
};

/// Whose phones the caller may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContactReach {
    /// Nobody's: all are masked.
    Nobody,
    /// People of houses in these areas: a collector's own part of the estate.
    Areas(Vec<AreaId>),
    /// Everybody's.
    Estate,
}

/// What the caller sees of the people of one estate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// Phones.
    pub contact: ContactReach,
    /// Identity numbers.
    pub identity: bool,
}

/// Posts whose sight ends at their area, where their assignment names one.
const BY_AREA: [PostCode; 2] = [PostCode::Feecol, PostCode::Ticket];

impl Sight {
    /// Of this actor in this estate.
    #[must_use]
    pub fn of(actor: &Actor, estate: EstateId) -> Self {
        Self {
            contact: contact(actor, estate),
            identity: actor
                .scope(Permission::PartyIdentityRead)
                .is_ok_and(|scope| scope.covers(estate)),
        }
    }

    /// For the phones of somebody who lives in these areas.
    #[must_use]
    pub fn phones(&self, areas: &[AreaId]) -> Clearance {
        let open = match &self.contact {
            ContactReach::Nobody => false,
            ContactReach::Areas(own) => areas.iter().any(|area| own.contains(area)),
            ContactReach::Estate => true,
        };
        if open { Clearance::Open } else { Clearance::Masked }
    }

    /// For identity numbers.
    #[must_use]
    pub const fn identity(&self) -> Clearance {
        if self.identity {
            Clearance::Open
        } else {
            Clearance::Masked
        }
    }
}

fn contact(actor: &Actor, estate: EstateId) -> ContactReach {
    let permission = Permission::PartyContactRead;
    if !actor.scope(permission).is_ok_and(|scope| scope.covers(estate)) {
        return ContactReach::Nobody;
    }
    if matches!(actor.kind, ActorKind::Service { .. } | ActorKind::System) {
        return ContactReach::Estate;
    }
    let mut areas = Vec::new();
    for held in &actor.posts {
        if held.reach(permission).is_none() || held.estate.is_some_and(|of| of != estate) {
            continue;
        }
        match held.area.filter(|_| BY_AREA.contains(&held.post)) {
            Some(area) => areas.push(area),
            None => return ContactReach::Estate,
        }
    }
    ContactReach::Areas(areas)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        access::HeldPost,
        shared::{AccountId, AssignmentId, EmployeeId},
    };

    fn holder(post: PostCode, estate: EstateId, area: Option<AreaId>) -> Actor {
        let held = HeldPost {
            assignment: AssignmentId::generate(),
            post,
            estate: Some(estate),
            squad: None,
            area,
            acting_for: None,
            until: None,
            excluded: vec![],
            below: vec![],
            above: vec![],
        };
        Actor {
            account: AccountId::generate(),
            employee: Some(EmployeeId::generate()),
            kind: ActorKind::Person,
            posts: vec![held],
        }
    }

    #[test]
    fn pos_recept_05_each_post_sees_what_its_work_needs() {
        let estate = EstateId::generate();
        let (own, other) = (AreaId::generate(), AreaId::generate());
        for (post, area, in_own, in_other, identity) in [
            (
                PostCode::Recept,
                None,
                Clearance::Open,
                Clearance::Open,
                Clearance::Open,
            ),
            (
                PostCode::Pubsup,
                None,
                Clearance::Open,
                Clearance::Open,
                Clearance::Open,
            ),
            (
                PostCode::Renoadm,
                None,
                Clearance::Open,
                Clearance::Open,
                Clearance::Masked,
            ),
            (
                PostCode::Feecol,
                Some(own),
                Clearance::Open,
                Clearance::Masked,
                Clearance::Masked,
            ),
            (
                PostCode::Feecol,
                None,
                Clearance::Open,
                Clearance::Open,
                Clearance::Masked,
            ),
            (
                PostCode::Ticket,
                Some(own),
                Clearance::Open,
                Clearance::Masked,
                Clearance::Masked,
            ),
            (
                PostCode::Tech,
                None,
                Clearance::Masked,
                Clearance::Masked,
                Clearance::Masked,
            ),
            (
                PostCode::Guard,
                Some(own),
                Clearance::Masked,
                Clearance::Masked,
                Clearance::Masked,
            ),
            (
                PostCode::Cscmgr,
                None,
                Clearance::Masked,
                Clearance::Masked,
                Clearance::Masked,
            ),
        ] {
            let sight = Sight::of(&holder(post, estate, area), estate);
            assert_eq!(sight.phones(&[own]), in_own, "{post} in its area");
            assert_eq!(sight.phones(&[other]), in_other, "{post} elsewhere");
            assert_eq!(sight.identity(), identity, "{post}");
            let elsewhere = Sight::of(&holder(post, estate, area), EstateId::generate());
            assert_eq!(elsewhere.contact, ContactReach::Nobody, "{post} in another estate");
        }
    }
}
