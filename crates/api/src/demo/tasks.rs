//! What leaders gave: most done in time, some late or sent back once, a few still to do or waiting for the giver's word.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use wuye_domain::{
    access::PostCode,
    org::tasks::{CLAUSES, TaskState},
    shared::{SubjectKind, search::Tokens},
};

use super::{
    book::{Act, Book, Person},
    words,
};

/// One every week or so, and those of this morning.
pub fn run(book: &mut Book) {
    let mut nth = 0;
    for day in book.days().into_iter().step_by(6) {
        let minute = book.pick(520, 620);
        let at = book.desk_open(book.at(day, minute));
        if at <= book.now - TimeDelta::hours(1) {
            one(book, nth, at);
            nth += 1;
        }
    }
    // Given yesterday: somebody sees them whoever looks.
    for hours in [26, 25, 24, 23, 22] {
        one(book, nth, book.now - TimeDelta::hours(hours));
        nth += 1;
    }
}

/// What becomes of one: when each step was taken, if it has come.
struct Course {
    issued: DateTime<Utc>,
    due: DateTime<Utc>,
    accepted: Option<DateTime<Utc>>,
    started: Option<DateTime<Utc>>,
    /// Reported the first time and sent back.
    returned: Option<DateTime<Utc>>,
    reported: Option<DateTime<Utc>>,
    closed: Option<DateTime<Utc>>,
}

impl Course {
    fn of(book: &mut Book, issued: DateTime<Utc>) -> Self {
        let (days, noticed, prepared, judged) = (
            book.pick(1, 6),
            book.pick(10, 400),
            book.pick(20, 600),
            book.pick(30, 900),
        );
        let due = book.working_days(issued, u32::try_from(days).unwrap_or(1));
        let accepted = book.desk_open(issued + TimeDelta::minutes(noticed));
        let started = book.desk_open(accepted + TimeDelta::minutes(prepared));
        // One in eight is late.
        let left = (due - started).num_minutes().max(60);
        let late = book.chance(12);
        let needed = if late {
            left + book.pick(200, 3000)
        } else {
            left * book.pick(40, 95) / 100
        };
        let reported = started + TimeDelta::minutes(needed);
        let returned = book.chance(15).then(|| started + TimeDelta::minutes(needed / 2));
        let closed = book.desk_open(reported + TimeDelta::minutes(judged));
        let now = book.now;
        let come = |at: DateTime<Utc>| (at <= now).then_some(at);
        Self {
            issued,
            due,
            accepted: come(accepted),
            started: come(started),
            returned: returned.and_then(come),
            reported: come(reported),
            closed: come(closed),
        }
    }

    const fn state(&self) -> TaskState {
        match self {
            Self { closed: Some(_), .. } => TaskState::Closed,
            Self { reported: Some(_), .. } => TaskState::ReportedDone,
            Self { started: Some(_), .. } => TaskState::InProgress,
            Self { accepted: Some(_), .. } => TaskState::Accepted,
            _ => TaskState::Issued,
        }
    }

    fn moved_at(&self) -> DateTime<Utc> {
        let steps = [self.accepted, self.started, self.returned, self.reported, self.closed];
        steps.into_iter().flatten().fold(self.issued, Ord::max)
    }
}

/// The leader of the same squad or area, where there are several.
fn leader(book: &mut Book, post: PostCode, of: &Person) -> Person {
    let near = |leader: &Person| {
        (leader.squad.is_none() || of.squad.is_none() || leader.squad == of.squad)
            && (leader.area.is_none() || of.area.is_none() || leader.area == of.area)
    };
    let leaders: Vec<Person> = book.at_post(post).into_iter().filter(near).collect();
    leaders[book.index(leaders.len())].clone()
}

fn one(book: &mut Book, nth: usize, at: DateTime<Utc>) {
    let (giver, assignee, title, result) = words::TASKS[nth % words::TASKS.len()];
    let assignee = book.someone(assignee);
    let giver = leader(book, giver, &assignee);
    let course = Course::of(book, at);
    let (id, no) = (book.id(at), book.number("RW", at));
    let (state, reported) = (course.state(), course.reported);
    let right = if (giver.post, assignee.post) == (PostCode::Depmgr, PostCode::Asstmgr) {
        "assistance"
    } else {
        "line"
    };
    let priority = book.one(&["normal", "normal", "normal", "high", "urgent"]);
    let source = book.one(&["leader", "leader", "meeting", "issue", "briefing"]);
    let returned = i32::from(course.returned.is_some());
    book.put(
        "tasks",
        json!({
            "id": id, "estate_id": book.estate, "no": no, "title": title, "priority": priority, "source": source,
            "state": state.code(), "created_by": giver.employee, "given_right": right, "given_post": giver.post.code(),
            "given_assignment": giver.assignment, "assignee_id": assignee.employee,
            "responsible_post": assignee.post.code(), "responsible_assignment": assignee.assignment,
            "squad_id": assignee.squad, "area_id": assignee.area, "issued_at": at, "due_at": course.due,
            "moved_at": course.moved_at(), "result": reported.map(|_| result), "reported_at": reported,
            "reported_by": reported.map(|_| assignee.employee), "returned_count": returned,
            "last_word": course.returned.filter(|_| course.closed.is_none()).map(|_| "还差一处，请补齐"),
            "ended_at": course.closed, "search": Tokens::new().text(&no).text(title).into_vec(), "version": 1,
            "updated_at": course.moved_at(),
        }),
    );
    let steps = [
        (Some(course.issued), &giver, "task_given", None, TaskState::Issued),
        (
            course.accepted,
            &assignee,
            "task_accepted",
            Some(TaskState::Issued),
            TaskState::Accepted,
        ),
        (
            course.started,
            &assignee,
            "task_started",
            Some(TaskState::Accepted),
            TaskState::InProgress,
        ),
        (
            course.returned,
            &assignee,
            "task_reported_done",
            Some(TaskState::InProgress),
            TaskState::ReportedDone,
        ),
        (
            course.returned,
            &giver,
            "task_returned",
            Some(TaskState::ReportedDone),
            TaskState::Returned,
        ),
        (
            course.returned,
            &assignee,
            "task_started",
            Some(TaskState::Returned),
            TaskState::InProgress,
        ),
        (
            reported,
            &assignee,
            "task_reported_done",
            Some(TaskState::InProgress),
            TaskState::ReportedDone,
        ),
        (
            course.closed,
            &giver,
            "task_closed",
            Some(TaskState::ReportedDone),
            TaskState::Closed,
        ),
    ];
    let clauses: Vec<&str> = CLAUSES
        .into_iter()
        .filter(|clause| clause.contains(&format!("-{}-", assignee.post.code())))
        .collect();
    for (at, by, action, from, to) in steps {
        if let Some(at) = at {
            book.act(Act {
                kind: SubjectKind::Task,
                id,
                at,
                by,
                action,
                from: from.map(TaskState::code),
                to: to.code(),
                clauses: &clauses,
            });
        }
    }
}
