//! The life of an element of the inventory: draft (keyed by the desk) → active (confirmed) → retired.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Change, StructureAction, StructureChange, diff};
use crate::{
    code_enum,
    shared::{EmployeeId, EstateId, Problem, SubjectKind, Text, TrailEntry, Transition},
};

code_enum! {
    /// Where an element of the inventory stands.
    pub enum ElementState {
        /// Keyed, not confirmed yet; can be used already.
        Draft = "draft",
        /// Confirmed.
        Active = "active",
        /// No longer there; kept for what points to it.
        Retired = "retired",
    }
}

impl ElementState {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Draft => Text::new("待确认", "draft"),
            Self::Active => Text::new("在用", "active"),
            Self::Retired => Text::new("已停用", "retired"),
        }
    }
}

/// Clauses every step of the inventory serves.
pub(super) const CLAUSES: &[&str] = &["POS-CLEANLEAD-03", "DER-X-5"];

/// An area, block, unit, house, parking space or place.
pub trait Element: Clone + serde::Serialize + Sized {
    /// Its kind, for the trail and for changes.
    const KIND: SubjectKind;
    /// What can be changed about it.
    type Change: Change<Of = Self>;

    /// Its id.
    fn id(&self) -> Uuid;
    /// The estate it belongs to.
    fn estate(&self) -> EstateId;
    /// How people call it: `3-2-501`, `北门长椅`.
    fn title(&self) -> String;
    /// Where it stands.
    fn state(&self) -> ElementState;
    /// Puts it into a state.
    fn set_state(&mut self, state: ElementState);
    /// Raises the version and notes the time; derived fields are made anew.
    fn touch(&mut self, now: DateTime<Utc>);

    /// Whether its parts fit together; asked after every change.
    ///
    /// # Errors
    /// `validation_failed` naming the field.
    fn check(&self) -> Result<(), Problem> {
        Ok(())
    }

    /// A line of the trail about it.
    #[must_use]
    fn entry(&self, action: &'static str) -> TrailEntry {
        TrailEntry::new(Self::KIND, self.id(), action)
            .estate(self.estate())
            .clauses(CLAUSES)
    }
}

/// What an edit comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Edited<E> {
    /// The element with what holds at once; `None` when nothing does.
    pub now: Option<Transition<E>>,
    /// What waits for the supervisor.
    pub pending: Option<StructureChange>,
}

/// A new element: it stands as a draft, and a change asks for its confirmation.
#[must_use]
pub fn create<E: Element>(element: &E, by: Option<EmployeeId>, now: DateTime<Utc>) -> (StructureChange, TrailEntry) {
    let change = StructureChange::proposed(StructureAction::Create, element, by, now);
    let entry = element.entry("created").states(None, ElementState::Draft.code());
    (change, entry)
}

/// Changes an element. Measures and places of a confirmed element wait for the supervisor; everything else, and
/// everything of a draft, holds at once.
///
/// # Errors
/// `wrong_state` when it is retired; `validation_failed` when the parts no longer fit together.
pub fn edit<E: Element>(
    element: &E,
    change: &E::Change,
    by: Option<EmployeeId>,
    now: DateTime<Utc>,
) -> Result<Edited<E>, Problem> {
    refuse_retired(element, &Text::new("修改", "be changed"))?;
    let confirmed = element.state() == ElementState::Active;
    let at_once = if confirmed { change.plain() } else { change.clone() };
    let mut record = element.clone();
    at_once.apply(&mut record);
    record.check()?;
    let changes = diff(element, &record);
    let changed = changes.as_object().is_some_and(|fields| !fields.is_empty());
    let now_holds = changed.then(|| {
        record.touch(now);
        let entry = record.entry("changed").changes(changes);
        Transition { record, entry }
    });
    let mut pending = None;
    if confirmed {
        let mut proposed = element.clone();
        change.structural().apply(&mut proposed);
        proposed.check()?;
        let changes = diff(element, &proposed);
        if changes.as_object().is_some_and(|fields| !fields.is_empty()) {
            let mut ask = StructureChange::proposed(StructureAction::Alter, element, by, now);
            ask.before = changes
                .as_object()
                .into_iter()
                .flatten()
                .map(|(field, pair)| (field.clone(), pair[0].clone()))
                .collect();
            ask.proposed = serde_json::to_value(change.structural()).unwrap_or_default();
            pending = Some(ask);
        }
    }
    Ok(Edited {
        now: now_holds,
        pending,
    })
}

/// Asks for an element to be taken out.
///
/// # Errors
/// `wrong_state` when it is retired.
pub fn retire<E: Element>(
    element: &E,
    reason: &str,
    by: Option<EmployeeId>,
    now: DateTime<Utc>,
) -> Result<StructureChange, Problem> {
    refuse_retired(element, &Text::new("停用", "be retired"))?;
    let mut change = StructureChange::proposed(StructureAction::Retire, element, by, now);
    reason.clone_into(&mut change.reason);
    Ok(change)
}

fn refuse_retired<E: Element>(element: &E, action: &Text) -> Result<(), Problem> {
    if element.state() == ElementState::Retired {
        return Err(Problem::wrong_state(action, &element.state().title()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        access::{Actor, ActorKind},
        estate::{
            Area, Block, ChangePlace, Decision, House, Place, PlaceKind, StructureChangeState, applied, confirm,
            reject, withdraw,
        },
        shared::{AccountId, ProblemCode},
    };

    fn road() -> Place {
        let new = serde_json::json!({
            "estate_id": EstateId::generate(), "kind": "road", "name": "环路", "length_milli": 820_000,
        });
        Place::draft(serde_json::from_value(new).expect("a road"), None, DateTime::UNIX_EPOCH).expect("fits")
    }

    fn change(value: serde_json::Value) -> ChangePlace {
        serde_json::from_value(value).expect("a change")
    }

    fn person() -> Actor {
        Actor {
            account: AccountId::generate(),
            employee: Some(EmployeeId::generate()),
            kind: ActorKind::Person,
            posts: vec![],
        }
    }

    #[test]
    fn der_x_5_measures_of_an_active_element_wait_and_the_rest_holds_at_once() {
        let now = DateTime::UNIX_EPOCH;
        let asked = change(serde_json::json!({"length_milli": 900_000, "location": "北侧"}));
        let draft = edit(&road(), &asked, None, now).expect("a draft");
        assert!(draft.pending.is_none());
        assert_eq!(draft.now.expect("changed").record.length_milli, Some(900_000));

        let mut active = road();
        active.state = ElementState::Active;
        let edited = edit(&active, &asked, None, now).expect("active");
        let record = edited.now.expect("the place of it").record;
        assert_eq!((record.length_milli, record.location.as_str()), (Some(820_000), "北侧"));
        let pending = edited.pending.expect("the length waits");
        assert_eq!(pending.before.get("length_milli"), Some(&820_000.into()));
        assert_eq!(pending.proposed, serde_json::json!({"length_milli": 900_000}));

        let nothing = edit(
            &active,
            &change(serde_json::json!({"length_milli": 820_000})),
            None,
            now,
        )
        .expect("active");
        assert_eq!(
            (nothing.now, nothing.pending),
            (None, None),
            "the same values are no change"
        );
        active.state = ElementState::Retired;
        assert_eq!(
            edit(&active, &asked, None, now).expect_err("retired").code,
            ProblemCode::WrongState
        );
    }

    #[test]
    fn pos_cleanlead_03_only_roads_have_a_length() {
        let mut green = road();
        green.kind = PlaceKind::Green;
        let refused = edit(
            &green,
            &change(serde_json::json!({"note": "x"})),
            None,
            DateTime::UNIX_EPOCH,
        );
        assert_eq!(
            refused.expect_err("a green area with a length").errors[0].pointer,
            "/length_milli"
        );
    }

    #[test]
    fn der_x_5_changes_are_confirmed_by_somebody_else() {
        let now = DateTime::UNIX_EPOCH;
        let (desk, supervisor) = (person(), person());
        let (desk, supervisor) = (
            Decision {
                actor: &desk,
                note: "",
                now,
            },
            Decision {
                actor: &supervisor,
                note: "核对无误",
                now,
            },
        );
        let element = road();
        let (waiting, _) = create(&element, desk.actor.employee, now);
        assert_eq!(
            confirm(&waiting, &desk).expect_err("own").code,
            ProblemCode::SelfApproval
        );
        assert!(withdraw(&waiting, &supervisor).is_err(), "not theirs");
        for (decided, state) in [
            (confirm(&waiting, &supervisor), ElementState::Active),
            (reject(&waiting, &supervisor), ElementState::Retired),
            (withdraw(&waiting, &desk), ElementState::Retired),
        ] {
            let decided = decided.expect("waits").record;
            let after = applied(&decided, &element, now).expect("fits").expect("changes");
            assert_eq!(after.record.state, state, "{:?}", decided.state);
            assert!(confirm(&decided, &supervisor).is_err(), "decided once");
        }
        let mut active = element.clone();
        active.state = ElementState::Active;
        let retiring = retire(&active, "改建", desk.actor.employee, now).expect("active");
        let kept = reject(&retiring, &supervisor).expect("waits").record;
        assert_eq!(kept.state, StructureChangeState::Rejected);
        assert_eq!(
            applied(&kept, &active, now).expect("fits"),
            None,
            "a refused retirement leaves it"
        );
    }

    #[test]
    fn der_x_5_the_door_of_a_house_follows_from_block_and_unit() {
        let now = DateTime::UNIX_EPOCH;
        let block = Block::bare(EstateId::generate(), "3", None, now);
        let unit = crate::estate::Unit::bare(&block, "2", None, now);
        let new = |room: &str| {
            serde_json::from_value(serde_json::json!({
                "block_id": block.id, "room": room, "use": "residential", "status": "occupied",
            }))
            .expect("a house")
        };
        let house = House::draft(new("０501"), &block, Some(&unit), None, now).expect("a door");
        assert_eq!((house.no.as_str(), house.floor), ("3-2-501", Some(5)));
        assert!(house.tokens().contains(&"3-2-501".to_owned()));
        let other = Block::bare(block.estate_id, "4", None, now);
        assert!(
            House::draft(new("501"), &other, Some(&unit), None, now).is_err(),
            "a unit of another block"
        );
        let area = serde_json::json!({"estate_id": block.estate_id, "code": "A1", "name": "一区"});
        assert_eq!(
            Area::draft(serde_json::from_value(area).expect("an area"), None, now).state,
            ElementState::Draft
        );
    }
}
