//! Every line of the table against every person it could be told to.

use serde_json::json;
use uuid::Uuid;

use super::*;

fn who(nth: u128) -> EmployeeId {
    EmployeeId(Uuid::from_u128(nth))
}

const HOLDER: u128 = 1;
const AUTHOR: u128 = 2;
const PRINCIPAL: u128 = 3;
const DECIDER: u128 = 4;
const NAMED: u128 = 5;
const FORMER: u128 = 6;
const TOLD: u128 = 7;
const STAND_IN: u128 = 8;

fn now() -> DateTime<Utc> {
    "2026-03-02T02:00:00Z".parse().expect("a time")
}

/// A deed of this kind with somebody in every field that the table looks at.
fn deed(kind: SubjectKind, action: &'static str) -> TrailEntry {
    let moved = json!([who(FORMER), who(NAMED)]);
    TrailEntry::new(kind, Uuid::from_u128(99), action)
        .changes(json!({
            "technician_id": moved, "owner_id": moved, "mediator_id": moved, "visitor_id": moved,
            "deadline": "finish", "due_at": "2026-03-02T01:00:00Z", "level": [0, 1],
        }))
        .told(vec![who(TOLD)])
}

fn facts(subject: Subject) -> Facts {
    let known = Known {
        holders: vec![who(HOLDER)],
        author: Some(who(AUTHOR)),
        principal: Some(who(PRINCIPAL)),
        ..Known::default()
    };
    Facts {
        known: [(subject, known)].into(),
        deciders: [(subject, vec![who(DECIDER)])].into(),
        stand_ins: HashMap::new(),
    }
}

const fn of(whom: Whom) -> u128 {
    match whom {
        Named(_) => NAMED,
        Former(_) => FORMER,
        Told => TOLD,
        Holder => HOLDER,
        Author => AUTHOR,
        Principal => PRINCIPAL,
        Deciders => DECIDER,
    }
}

#[test]
fn each_deed_is_told_to_those_its_line_names_and_to_nobody_else() {
    for (kind, action, ..) in TABLE {
        let entry = deed(*kind, action);
        let facts = facts(entry.subject);
        for actor in [
            None,
            Some(HOLDER),
            Some(AUTHOR),
            Some(PRINCIPAL),
            Some(DECIDER),
            Some(NAMED),
            Some(FORMER),
            Some(TOLD),
        ] {
            let mut wanted: Vec<(u128, NoticeKind)> = tellings(&entry)
                .flat_map(|(_, _, kind, whom)| whom.iter().map(move |whom| (of(*whom), *kind)))
                .filter(|(person, _)| Some(*person) != actor)
                .collect();
            let notices = told(std::slice::from_ref(&entry), &facts, actor.map(who), now());
            let mut found: Vec<(u128, NoticeKind)> = notices
                .iter()
                .map(|notice| (notice.recipient.0.as_u128(), notice.kind))
                .collect();
            wanted.sort_unstable();
            found.sort_unstable();
            assert_eq!(found, wanted, "{kind} {action} by {actor:?}");
        }
    }
}

#[test]
fn what_no_line_names_is_told_to_nobody() {
    for (kind, action) in [
        (S::Task, "task_accepted"),
        (S::WorkOrder, "accepted"),
        (S::Obligation, "reminded"),
        (S::Obligation, "fulfilled"),
        (S::Account, "logged_in"),
    ] {
        let entry = deed(kind, action);
        assert!(!concerns(&entry), "{kind} {action}");
        assert_eq!(
            told(std::slice::from_ref(&entry), &facts(entry.subject), None, now()),
            vec![]
        );
    }
}

#[test]
fn whoever_was_reminded_of_a_record_is_not_told_again_that_its_duty_was_missed() {
    let mut entry = deed(S::Obligation, "missed");
    assert!(concerns(&entry));
    entry.changes["clock"] = json!("reply");
    assert!(!concerns(&entry));
    assert!(concerns(&deed(S::Case, "reminded")));
}

#[test]
fn a_record_that_is_not_known_tells_nobody() {
    let entry = deed(S::Task, "task_given");
    assert_eq!(told(&[entry], &Facts::default(), None, now()), vec![]);
}

#[test]
fn who_acts_for_somebody_is_told_beside_them_unless_it_was_their_own_deed() {
    let entry = deed(S::Task, "task_returned");
    let mut facts = facts(entry.subject);
    facts.stand_ins.insert(who(HOLDER), vec![who(STAND_IN)]);
    let recipients = |actor: Option<u128>| -> Vec<u128> {
        let notices = told(std::slice::from_ref(&entry), &facts, actor.map(who), now());
        notices.iter().map(|notice| notice.recipient.0.as_u128()).collect()
    };
    assert_eq!(recipients(None), [HOLDER, STAND_IN]);
    assert_eq!(recipients(Some(STAND_IN)), [HOLDER]);
}

#[test]
fn a_step_of_a_climb_has_one_key_however_often_it_is_found_and_a_deed_has_one_each_time() {
    let key_of = |action: &'static str, at: &str, change: fn(&mut TrailEntry)| {
        let mut entry = deed(S::Task, action);
        change(&mut entry);
        let notices = told(
            std::slice::from_ref(&entry),
            &facts(entry.subject),
            None,
            at.parse().expect("a time"),
        );
        notices[0].key.clone()
    };
    let same = |_: &mut TrailEntry| ();
    let (early, late) = ("2026-03-02T02:00:00Z", "2026-03-02T03:00:00Z");
    assert_eq!(key_of("escalated", early, same), key_of("escalated", late, same));
    let higher = |entry: &mut TrailEntry| entry.changes["level"] = json!([1, 2]);
    assert_ne!(key_of("escalated", early, same), key_of("escalated", early, higher));
    let moved = |entry: &mut TrailEntry| entry.changes["due_at"] = json!("2026-03-05T01:00:00Z");
    assert_ne!(key_of("reminded", early, same), key_of("reminded", early, moved));
    assert_ne!(
        key_of("task_returned", early, same),
        key_of("task_returned", late, same)
    );
}

#[test]
fn only_what_asks_for_something_hurries_with_its_record() {
    for (kind, action, told_of, _) in TABLE {
        let entry = deed(*kind, action);
        let mut facts = facts(entry.subject);
        facts.known.get_mut(&entry.subject).expect("known").hurries = true;
        let notices = told(std::slice::from_ref(&entry), &facts, None, now());
        let notice = notices.iter().find(|notice| notice.kind == *told_of).expect("a notice");
        assert_eq!(notice.urgent, told_of.asks(), "{kind} {action}");
    }
}
