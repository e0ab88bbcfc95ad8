//! Overdue work climbs the line by itself: whoever has it is reminded, then their superior or whoever gave the work is
//! told, then the next one, up to the centre manager.
//!
//! A context says what is overdue and whose it is ([`Overdue`]); whom each step tells is the resolver's answer, so a
//! vacant post, a stand-in or a changed edge needs no word here.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::json;

use super::superior::{Matter, Rule, Seat, Staff};
use crate::access::PostCode;
use crate::shared::deadline::Clockwork;
use crate::shared::zone::business_date;
use crate::shared::{EmployeeId, SettingKey, Settings, Subject, TrailEntry};

/// Who is told, one step after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ladder {
    /// The line above whoever has it, up to the centre manager. The head of the service, where not on that line, is told
    /// together with the first superior.
    Line {
        /// Who answers for the service.
        head: Option<PostCode>,
    },
    /// These posts, those that come after the one that has it.
    Posts(&'static [PostCode]),
    /// Whoever gave the work, then the line above the giver, up to the centre manager.
    Giver,
}

/// How long each step waits, in a setting of the estate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Working days.
    WorkingDays(SettingKey),
    /// Hours of the clock.
    Hours(SettingKey),
}

/// How one kind of deadline climbs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Climbing {
    /// Which deadline of the record: `reply`, `dispatch` …
    pub deadline: &'static str,
    /// Who is told.
    pub ladder: Ladder,
    /// How fast.
    pub pace: Pace,
    /// The clauses that ask for the deed.
    pub clauses: &'static [&'static str],
}

/// A deadline that was missed and is still open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overdue {
    /// The record.
    pub subject: Subject,
    /// How it climbs.
    pub climbing: &'static Climbing,
    /// The deadline.
    pub due_at: DateTime<Utc>,
    /// The post that has it.
    pub seat: Seat,
    /// The post that gave it, for ladders that begin there.
    pub giver: Option<Seat>,
    /// The person, where one was named.
    pub assignee: Option<EmployeeId>,
    /// When the record was made: the line is read on that day.
    pub made_at: DateTime<Utc>,
    /// Whether it hurries: then the first superior is told together with the reminder.
    pub hurries: bool,
}

/// How far a missed deadline has climbed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Climb {
    /// How many superiors were told; 0 while only the assignee was reminded.
    pub level: i16,
    /// The posts told so far, each once, in the order in which they heard.
    pub told: Vec<PostCode>,
    /// When the next one is told; `None` at the top.
    pub next_at: Option<DateTime<Utc>>,
}

/// What a climb is measured by in one estate.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// Its people and tree.
    pub staff: Staff<'a>,
    /// Its settings.
    pub settings: &'a Settings,
    /// Its working days.
    pub clockwork: &'a Clockwork<'a>,
}

impl Ladder {
    /// The rules that say whom the `level`-th step tells, from 1; none past the top.
    fn rules(self, ground: &Ground<'_>, overdue: &Overdue, level: usize) -> Vec<Rule> {
        let (own, dated) = (overdue.foot().post, overdue.dated(ground));
        let mut line = ground.staff.tree.above(own, dated);
        // Whoever stands at the centre manager's height or above has one superior to be told.
        let top = line.iter().position(|post| *post == PostCode::Cscmgr).unwrap_or(0);
        line.truncate(top + 1);
        let steps = u8::try_from(level).unwrap_or(u8::MAX);
        match self {
            Self::Posts(posts) => {
                let after = posts.iter().position(|post| *post == own).map_or(0, |at| at + 1);
                match posts.get(after..).unwrap_or_default() {
                    [] if level == 1 && !line.is_empty() => vec![Rule::Line(1)],
                    left => left.get(level - 1).map(|post| Rule::Post(*post)).into_iter().collect(),
                }
            }
            // The giver first, so that the line begins one step later.
            Self::Giver if level == 1 => vec![Rule::Post(own)],
            Self::Giver if level > line.len() + 1 => Vec::new(),
            Self::Giver => vec![Rule::Line(steps - 1)],
            Self::Line { .. } if level > line.len() => Vec::new(),
            Self::Line { head } => {
                let below = |head: PostCode| ground.staff.tree.above(head, dated).contains(&own);
                let beside = head.filter(|head| level == 1 && *head != own && !line.contains(head) && !below(*head));
                std::iter::once(Rule::Line(steps))
                    .chain(beside.map(Rule::Post))
                    .collect()
            }
        }
    }
}

impl Overdue {
    /// Where the ladder stands: at whoever gave the work, or at whoever has it.
    fn foot(&self) -> Seat {
        match self.climbing.ladder {
            Ladder::Giver => self.giver.unwrap_or(self.seat),
            Ladder::Line { .. } | Ladder::Posts(_) => self.seat,
        }
    }

    fn dated(&self, ground: &Ground<'_>) -> NaiveDate {
        business_date(self.made_at, ground.clockwork.zone)
    }

    /// When the `level`-th superior is told, from 1.
    fn told_at(&self, ground: &Ground<'_>, level: usize) -> DateTime<Utc> {
        let grace = if self.hurries {
            0
        } else {
            ground.settings.get(SettingKey::OverdueGraceMinutes)
        };
        let first = self.due_at + TimeDelta::minutes(grace);
        let steps = level.saturating_sub(1);
        let later = match self.climbing.pace {
            Pace::Hours(key) => {
                let hours = ground.settings.get(key).max(1);
                self.due_at + TimeDelta::hours(hours.saturating_mul(i64::try_from(steps).unwrap_or(i64::MAX)))
            }
            Pace::WorkingDays(key) => {
                let days = u32::try_from(ground.settings.get(key)).unwrap_or(1).max(1);
                (0..steps).fold(self.due_at, |at, _| ground.clockwork.working_days_after(at, days))
            }
        };
        later.max(first)
    }

    fn entry(&self, action: &'static str) -> TrailEntry {
        TrailEntry::new(self.subject.kind, self.subject.id, action)
            .estate(self.seat.estate)
            .clauses(self.climbing.clauses)
    }

    /// Takes every step that is due at `now`, each with its line for the trail, and says when the next one is. Called
    /// again at the same time it does nothing.
    #[must_use]
    pub fn climb(&self, known: Option<&Climb>, ground: &Ground<'_>, now: DateTime<Utc>) -> (Climb, Vec<TrailEntry>) {
        let mut entries = Vec::new();
        let mut climb = match known {
            Some(known) => known.clone(),
            None if now <= self.due_at => return (Climb::default(), entries),
            None => {
                entries.push(self.entry("reminded").changes(json!({
                    "deadline": self.climbing.deadline,
                    "due_at": self.due_at,
                    "to": [self.seat.post],
                    "assignee": self.assignee,
                })));
                Climb {
                    next_at: Some(self.told_at(ground, 1)),
                    ..Climb::default()
                }
            }
        };
        while let Some(at) = climb.next_at.filter(|at| *at < now) {
            let level = usize::try_from(climb.level).unwrap_or(0) + 1;
            let rules = self.climbing.ladder.rules(ground, self, level);
            if rules.is_empty() {
                climb.next_at = None;
                break;
            }
            let (told, people) = self.tell(ground, &rules);
            entries.push(
                self.entry("escalated")
                    .changes(json!({
                        "deadline": self.climbing.deadline,
                        "due_at": self.due_at,
                        "level": [climb.level, level],
                        "to": told,
                    }))
                    .told(people)
                    .occurred_at(Some(at.min(now))),
            );
            climb.level = i16::try_from(level).unwrap_or(i16::MAX);
            for post in told {
                if !climb.told.contains(&post) {
                    climb.told.push(post);
                }
            }
            let more = !self.climbing.ladder.rules(ground, self, level + 1).is_empty();
            climb.next_at = more.then(|| self.told_at(ground, level + 1).max(at));
        }
        (climb, entries)
    }

    /// The posts whose holders, stand-ins or covers are told, and these people. Nobody is told of their own work as if they
    /// were above it.
    fn tell(&self, ground: &Ground<'_>, rules: &[Rule]) -> (Vec<PostCode>, Vec<EmployeeId>) {
        let own: Vec<EmployeeId> = self.assignee.into_iter().collect();
        let (mut posts, mut people): (Vec<PostCode>, Vec<EmployeeId>) = rules
            .iter()
            .filter_map(|rule| {
                let matter = Matter {
                    from: self.foot(),
                    rule: *rule,
                    barred: &own,
                    dated: self.dated(ground),
                    right: None,
                };
                ground.staff.resolve(&matter).ok()
            })
            .flat_map(|found| found.deciders)
            .map(|decider| (decider.post, decider.employee))
            .unzip();
        posts.sort_unstable();
        posts.dedup();
        people.sort_unstable();
        people.dedup();
        (posts, people)
    }
}

#[cfg(test)]
#[path = "climb_tests.rs"]
mod tests;
