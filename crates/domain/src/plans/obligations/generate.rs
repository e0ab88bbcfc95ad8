//! Laying the turns of rules out for the people who hold the posts.
//!
//! A pure function of rules, working days, holders, shifts and absences: the same input gives the same duties, and what
//! falls due in two windows side by side is what falls due in both together. So it can be repeated at any time, by any
//! number of servers, without doubling or losing one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::turn::shift_code;
use super::{Cadence, DueRule, Rule, Shared, Turn};
use crate::access::PostCode;
use crate::org::roster::monday;
use crate::org::superior::Holder;
use crate::shared::deadline::Clockwork;
use crate::shared::period::Span;
use crate::shared::zone::{business_date, start_of};
use crate::shared::{AreaId, AssignmentId, EmployeeId, SquadId};

/// Somebody's shift on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DutyShift {
    /// Whose.
    pub employee: EmployeeId,
    /// The post it is worked in.
    pub post: PostCode,
    /// The day on which it begins.
    pub on: NaiveDate,
    /// From when until when.
    pub span: Span,
}

/// What duties are laid out on: one estate.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// Working days, zone, end of work.
    pub clockwork: &'a Clockwork<'a>,
    /// Everybody who holds a post in the estate at some time of the window.
    pub holders: &'a [Holder],
    /// The roster of the window, with the weeks at its ends whole.
    pub shifts: &'a [DutyShift],
    /// Who is away when.
    pub absences: &'a [(EmployeeId, Span)],
    /// When somebody acts for the holder of an assignment: their duties then have a person.
    pub acting: &'a [(AssignmentId, Span)],
}

/// A turn of a duty that falls due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The rule, by its place in the slice given.
    pub rule: usize,
    /// The turn's name; with rule, post and assignment it names the duty for ever.
    pub turn: String,
    /// The post that has it.
    pub post: PostCode,
    /// The assignment that has it; `None` where one of several holders does it for the post.
    pub assignment: Option<AssignmentId>,
    /// The person who holds it then.
    pub employee: Option<EmployeeId>,
    /// The squad of the assignment.
    pub squad: Option<SquadId>,
    /// The area of the assignment.
    pub area: Option<AreaId>,
    /// From when on a fact counts for it.
    pub opens_at: DateTime<Utc>,
    /// Until when it is to be done.
    pub due_at: DateTime<Utc>,
    /// How many pieces of evidence it needs.
    pub minimum: u16,
}

/// Everything that falls due on the business dates `[from, until)`, in order of time.
#[must_use]
pub fn generate(rules: &[Rule], ground: &Ground<'_>, from: NaiveDate, until: NaiveDate) -> Vec<Due> {
    let layout = Layout::new(rules, ground, from, until);
    let mut dues: Vec<Due> = (0..rules.len()).flat_map(|rule| layout.of(rule)).collect();
    dues.sort_by(|a, b| (a.due_at, a.rule, &a.turn, a.assignment).cmp(&(b.due_at, b.rule, &b.turn, b.assignment)));
    dues
}

struct Layout<'a> {
    rules: &'a [Rule],
    ground: &'a Ground<'a>,
    from: NaiveDate,
    until: NaiveDate,
    holders: BTreeMap<PostCode, Vec<&'a Holder>>,
    shifts: BTreeMap<PostCode, Vec<&'a DutyShift>>,
    /// Days on which a person is on the roster, and weeks in which they are on it at all.
    on_duty: BTreeSet<(EmployeeId, NaiveDate)>,
    rostered: BTreeSet<(EmployeeId, NaiveDate)>,
    absences: HashMap<EmployeeId, Vec<Span>>,
    acting: HashMap<AssignmentId, Vec<Span>>,
}

impl<'a> Layout<'a> {
    fn new(rules: &'a [Rule], ground: &'a Ground<'a>, from: NaiveDate, until: NaiveDate) -> Self {
        let mut layout = Self {
            rules,
            ground,
            from,
            until,
            holders: BTreeMap::new(),
            shifts: BTreeMap::new(),
            on_duty: BTreeSet::new(),
            rostered: BTreeSet::new(),
            absences: HashMap::new(),
            acting: HashMap::new(),
        };
        for holder in ground.holders {
            layout.holders.entry(holder.post).or_default().push(holder);
        }
        for shift in ground.shifts {
            layout.shifts.entry(shift.post).or_default().push(shift);
            layout.on_duty.insert((shift.employee, shift.on));
            layout.rostered.insert((shift.employee, monday(shift.on)));
        }
        for (employee, span) in ground.absences {
            layout.absences.entry(*employee).or_default().push(*span);
        }
        for (assignment, span) in ground.acting {
            layout.acting.entry(*assignment).or_default().push(*span);
        }
        layout
    }

    fn of(&self, rule: usize) -> Vec<Due> {
        match self.rules[rule].cadence {
            Cadence::Shift => self.by_shifts(rule),
            cadence => self.by_turns(rule, cadence),
        }
    }

    fn date(&self, at: DateTime<Utc>) -> NaiveDate {
        business_date(at, self.ground.clockwork.zone)
    }

    fn in_window(&self, day: NaiveDate) -> bool {
        self.from <= day && day < self.until
    }

    fn by_shifts(&self, index: usize) -> Vec<Due> {
        let rule = &self.rules[index];
        let mut dues = Vec::new();
        for post in &rule.posts {
            for shift in self.shifts.get(post).into_iter().flatten() {
                let due_at = match rule.due {
                    DueRule::ShiftStart { minutes } => shift.span.from + TimeDelta::minutes(i64::from(minutes)),
                    _ => shift.span.until,
                };
                let holds = |holder: &&&Holder| holder.employee == shift.employee && holder.period.contains(shift.on);
                let holder = self.holders.get(post).into_iter().flatten().find(holds);
                let Some(holder) = holder.filter(|_| rule.holds(shift.on) && self.in_window(self.date(due_at))) else {
                    continue;
                };
                dues.push(Due {
                    turn: shift_code(shift.on, shift.span.from),
                    opens_at: shift.span.from,
                    due_at,
                    ..due_of(index, rule, holder)
                });
            }
        }
        dues
    }

    fn by_turns(&self, index: usize, cadence: Cadence) -> Vec<Due> {
        let rule = &self.rules[index];
        let (before, after) = rule.due.reach();
        let mut turn = (0..after).fold(Turn::of(cadence, self.from), |turn, _| turn.previous());
        let end = Turn::of(cadence, self.until).later(before).until;
        let mut dues = Vec::new();
        while turn.from < end {
            if rule.holds(turn.from)
                && let Some(day) = self.day(rule, &turn, 0).filter(|day| self.in_window(*day))
            {
                self.of_turn(index, &turn, day, &mut dues);
            }
            turn = turn.next();
        }
        dues
    }

    /// The day on which a turn falls due. A chain of duties beside each other is followed for a few links only: rules that
    /// name each other in a circle have no day.
    fn day(&self, rule: &Rule, turn: &Turn, depth: u8) -> Option<NaiveDate> {
        let other = |code: &str| {
            let named = |other: &&Rule| other.code == code && other.cadence == rule.cadence && other.holds(turn.from);
            let other = self.rules.iter().find(named).filter(|_| depth < 4)?;
            self.day(other, turn, depth + 1)
        };
        rule.due.day(turn, self.ground.clockwork, &other)
    }

    fn of_turn(&self, index: usize, turn: &Turn, day: NaiveDate, dues: &mut Vec<Due>) {
        let (rule, clockwork) = (&self.rules[index], self.ground.clockwork);
        let due_at = rule.due.instant(day, clockwork);
        // What is done before its turn begins can be done in the turn before.
        let opens = if day < turn.from {
            turn.previous().from
        } else {
            turn.from
        };
        let opens_at = start_of(opens, clockwork.zone);
        for post in &rule.posts {
            let holders = self.holders.get(post).into_iter().flatten();
            let mut bound =
                holders.filter(|holder| holder.period.contains(day) && self.falls_to(rule, holder, day, due_at));
            match rule.shared {
                Shared::Each => dues.extend(bound.map(|holder| Due {
                    turn: turn.code(),
                    opens_at,
                    due_at,
                    ..due_of(index, rule, holder)
                })),
                Shared::Any => dues.extend(bound.next().map(|holder| Due {
                    turn: turn.code(),
                    opens_at,
                    due_at,
                    assignment: None,
                    employee: None,
                    squad: None,
                    area: None,
                    ..due_of(index, rule, holder)
                })),
            }
        }
    }

    /// Whether a turn of a day falls to somebody: not when they are away with nobody acting for them, and not on a day that
    /// the roster leaves free. Longer turns stay with the post.
    fn falls_to(&self, rule: &Rule, holder: &Holder, day: NaiveDate, due_at: DateTime<Utc>) -> bool {
        if rule.cadence != Cadence::Daily {
            return true;
        }
        let at = |spans: Option<&Vec<Span>>| spans.into_iter().flatten().any(|span| span.contains(due_at));
        if at(self.acting.get(&holder.assignment)) {
            return true;
        }
        let free =
            self.rostered.contains(&(holder.employee, monday(day))) && !self.on_duty.contains(&(holder.employee, day));
        !free && !at(self.absences.get(&holder.employee))
    }
}

/// A duty of this holder, its times yet to be set.
fn due_of(index: usize, rule: &Rule, holder: &Holder) -> Due {
    Due {
        rule: index,
        turn: String::new(),
        post: holder.post,
        assignment: Some(holder.assignment),
        employee: Some(holder.employee),
        squad: holder.squad,
        area: holder.area,
        opens_at: DateTime::UNIX_EPOCH,
        due_at: DateTime::UNIX_EPOCH,
        minimum: rule.minimum(holder.post),
    }
}

#[cfg(test)]
#[path = "generate_tests.rs"]
mod tests;
