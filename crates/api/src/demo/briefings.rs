//! The mornings of the last months: most given in time and heard, some late, a few missing; those of today still to give.

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};
use serde_json::{Value, json};
use wuye_domain::{
    access::PostCode,
    plans::{
        briefings::{BriefingMeasure, BriefingState},
        obligations::{self, DueRule, EvidenceKind, Rule, To},
    },
    shared::SubjectKind,
};
use wuye_persistence::Failure;

use super::book::{Act, Book, Person};

/// How many days back the mornings go.
const DAYS: usize = 90;

/// What was told beside the figures, and what it wanted.
const POINTS: &[(&str, &str)] = &[
    ("地下车库排水泵异响，申请停机检修", "decision"),
    ("三栋业主反映夜间施工，已劝止", "info"),
    ("南门道闸维修配件已到货", "info"),
    ("申请加派一人清理装修垃圾", "decision"),
    ("昨晚停水两小时，已在群内告知住户", "info"),
];
const REMARKS: &[&str] = &[
    "一切正常",
    "昨日来访较多，人手略紧",
    "已按要求完成交接",
    "天气转冷，注意水管防冻",
];

/// Every working day of the last months, by the rules that the manual gives.
///
/// # Errors
/// A shipped rule that cannot be read; the tests hold that there is none.
pub fn run(book: &mut Book) -> Result<(), Failure> {
    let shipped = obligations::rules(book.start).map_err(|fault| Failure::internal(fault.to_string()))?;
    let rules: Vec<Rule> = shipped
        .into_iter()
        .map(|shipped| shipped.rule)
        .filter(|rule| rule.evidence == EvidenceKind::Briefing)
        .collect();
    let days: Vec<NaiveDate> = book.days().into_iter().rev().take(DAYS).collect();
    for day in days.into_iter().rev() {
        if !book.workday(day) {
            continue;
        }
        for rule in &rules {
            for post in &rule.posts {
                for person in book.at_post(*post) {
                    one(book, rule, &person, day);
                }
            }
        }
    }
    Ok(())
}

/// When each step was taken, if it was.
struct Course {
    reported: Option<DateTime<Utc>>,
    heard: Option<DateTime<Utc>>,
}

impl Course {
    fn of(book: &mut Book, day: NaiveDate, due: DateTime<Utc>) -> Self {
        let (early, late, noticed) = (book.pick(2, 25), book.pick(5, 90), book.pick(3, 40));
        let (missing, is_late) = (book.chance(3), book.chance(6));
        if day == book.today || missing {
            return Self {
                reported: None,
                heard: None,
            };
        }
        let minutes = if is_late { late } else { -early };
        let reported = due + TimeDelta::minutes(minutes);
        Self {
            reported: Some(reported),
            heard: Some(reported + TimeDelta::minutes(noticed)),
        }
    }

    const fn state(&self) -> BriefingState {
        match self {
            Self { heard: Some(_), .. } => BriefingState::Heard,
            Self { reported: Some(_), .. } => BriefingState::Reported,
            _ => BriefingState::Prepared,
        }
    }
}

fn one(book: &mut Book, rule: &Rule, person: &Person, day: NaiveDate) {
    let (To::Posts(to), DueRule::Day { time: Some(time) }) = (&rule.to, &rule.due) else {
        return;
    };
    let Some((to, hearer)) = to.first().map(|to| (*to, book.someone(*to))) else {
        return;
    };
    let due = book.at(day, i64::from(time.0.hour() * 60 + time.0.minute()));
    let course = Course::of(book, day, due);
    let id = book.id(book.at(day, 30));
    let told = course.reported.is_some();
    let remarks = (told && book.chance(40)).then(|| book.one(REMARKS).to_owned());
    let items = told.then(|| figures(book, person.post));
    let moved = course.heard.or(course.reported).unwrap_or_else(|| book.at(day, 30));
    book.put(
        "briefings",
        json!({
            "id": id, "estate_id": book.estate, "on_date": day, "rule_code": rule.code, "shift_id": null,
            "responsible_post": person.post.code(), "responsible_assignment": person.assignment,
            "squad_id": person.squad, "area_id": person.area, "created_by": null, "employee_id": person.employee,
            "to_post": to.code(), "due_at": due, "missing_at": book.at(day, 720), "state": course.state().code(),
            "remarks": remarks, "items": items, "reported_at": course.reported,
            "reported_by": course.reported.map(|_| person.employee), "reported_for": null, "heard_at": course.heard,
            "heard_by": course.heard.map(|_| hearer.employee), "heard_for": null, "version": 1, "updated_at": moved,
        }),
    );
    if told && book.chance(20) {
        let (text, needs) = POINTS[book.index(POINTS.len())];
        let point = book.id(due);
        book.put(
            "briefing_points",
            json!({
                "id": point, "briefing_id": id, "position": 0, "text": text, "needs": needs,
                "subject_kind": null, "subject_id": null, "answer": (needs == "decision").then_some("同意，请按计划办理"),
            }),
        );
    }
    let clauses: Vec<&str> = rule.clauses.iter().map(String::as_str).collect();
    let steps = [
        (
            course.reported,
            person,
            "briefing_reported",
            BriefingState::Prepared,
            BriefingState::Reported,
        ),
        (
            course.heard,
            &hearer,
            "briefing_heard",
            BriefingState::Reported,
            BriefingState::Heard,
        ),
    ];
    for (at, by, action, from, to) in steps {
        if let Some(at) = at {
            book.act(Act {
                kind: SubjectKind::Briefing,
                id,
                at,
                by,
                action,
                from: Some(from.code()),
                to: to.code(),
                clauses: &clauses,
            });
        }
    }
}

fn figures(book: &mut Book, post: PostCode) -> Value {
    let items: Vec<Value> = BriefingMeasure::of(post)
        .map(|measure| {
            let most = if measure.code().ends_with("_late") { 2 } else { 8 };
            json!({ "measure": measure.code(), "count": book.pick(0, most), "records": [] })
        })
        .collect();
    Value::Array(items)
}
