//! The way of a briefing: the system prepares it, the subordinate adds to it and reports, the superior hears it and samples
//! records.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use validator::Validate;

use super::{
    Briefing, BriefingAction, BriefingCheck, BriefingCheckId, BriefingId, BriefingItem, BriefingNeed, BriefingPoint,
    BriefingPointId, BriefingState, CheckFinding, Owed, clauses,
};
use crate::access::{Deed, PostCode};
use crate::org::superior::Decider;
use crate::shared::zone::{Tz, business_date};
use crate::shared::{
    EmployeeId, EstateId, LongText, Note, Problem, ProblemCode, Subject, Text, TrailEntry, Transition,
};

/// How many points a briefing carries at most: a morning, not a report.
const MOST_POINTS: usize = 30;

/// A point as it is raised.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewPoint {
    /// What it is about.
    pub text: Note,
    /// What it wants.
    pub needs: BriefingNeed,
    /// The record it is about, one the caller may read.
    #[serde(default)]
    pub linked: Option<Subject>,
}

/// What the reporter adds; fields left out stay as they are.
#[derive(Clone, Debug, Default, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ChangeBriefing {
    /// The reporter's own words; an empty text takes them back.
    #[serde(default)]
    #[validate(length(max = 4000))]
    #[schema(max_length = 4000)]
    pub remarks: Option<String>,
    /// All its points, in their order, in place of those it has.
    #[serde(default)]
    #[validate(length(max = 30))]
    #[schema(max_items = 30)]
    pub points: Option<Vec<NewPoint>>,
}

/// What the superior says to a point.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PointAnswer {
    /// The point.
    pub point_id: BriefingPointId,
    /// The word on it.
    pub answer: Note,
}

/// What is said at the hearing.
#[derive(Clone, Debug, Default, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct HearBriefing {
    /// Words on single points.
    #[serde(default)]
    #[validate(length(max = 30))]
    #[schema(max_items = 30)]
    pub answers: Vec<PointAnswer>,
}

/// A record that was sampled.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct CheckRecord {
    /// The record, one the caller may read.
    pub record: Subject,
    /// What was found.
    pub finding: CheckFinding,
    /// In words; needed for a finding.
    #[serde(default)]
    pub note: Option<Note>,
}

/// Prepares a briefing to one of the posts that hear it.
#[must_use]
pub fn prepare(
    owed: &Owed,
    estate: EstateId,
    date: NaiveDate,
    to: PostCode,
    missing_at: DateTime<Utc>,
    by: Option<EmployeeId>,
    now: DateTime<Utc>,
) -> Transition<Briefing> {
    let record = Briefing {
        id: BriefingId::generate(),
        estate_id: estate,
        date,
        rule: owed.rule.clone(),
        shift_id: owed.shift,
        responsible: owed.responsible,
        employee_id: owed.employee,
        to_post: to,
        due_at: owed.due_at,
        // What nobody asks for is missed by nobody.
        missing_at: owed.rule.is_some().then_some(missing_at),
        state: BriefingState::Prepared,
        remarks: None,
        items: None,
        reported_at: None,
        reported_by: None,
        reported_for: None,
        heard_at: None,
        heard_by: None,
        heard_for: None,
        created_by: by,
        version: 1,
        updated_at: now,
    };
    let entry = record
        .entry("briefing_prepared")
        .states(None, record.state.code())
        .changes(json!({ "to": to, "due_at": owed.due_at }));
    Transition { record, entry }
}

/// Whoever reports, or acts for them.
fn must_report(briefing: &Briefing, deed: &Deed<'_>) -> Result<Decider, Problem> {
    briefing
        .hand(deed.actor)
        .ok_or_else(|| Problem::forbidden(&Text::new("汇报人本人或其代职人", "whoever reports, or acts for them")))
}

/// The reporter's own words, before they report.
///
/// # Errors
/// `forbidden` for anybody else; `wrong_state` once it is reported.
pub fn change(briefing: &Briefing, change: &ChangeBriefing, deed: &Deed<'_>) -> Result<Transition<Briefing>, Problem> {
    must_report(briefing, deed)?;
    briefing.gate(BriefingAction::Change)?;
    let mut record = Briefing {
        updated_at: deed.now,
        ..briefing.clone()
    };
    if let Some(remarks) = &change.remarks {
        record.remarks = words(remarks)?;
    }
    let entry = record
        .entry("briefing_changed")
        .states(Some(record.state.code()), record.state.code())
        .changes(json!({
            "remarks": [briefing.remarks, record.remarks],
            "points": change.points.as_ref().map(Vec::len),
        }));
    Ok(Transition { record, entry })
}

/// Empty words are none.
fn words(text: &str) -> Result<Option<String>, Problem> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let text = LongText::new(text).map_err(|_| {
        let message = Text::new("含有不能使用的字符", "it holds characters that cannot be used");
        Problem::field("/remarks", "bad_text", message)
    })?;
    Ok(Some(text.into()))
}

/// Raises a point, after those that are there.
///
/// # Errors
/// `forbidden` for anybody but the reporter; `wrong_state` once it is reported; `validation_failed` for one too many.
pub fn raise(
    briefing: &Briefing,
    new: &NewPoint,
    before: usize,
    deed: &Deed<'_>,
) -> Result<Transition<BriefingPoint>, Problem> {
    must_report(briefing, deed)?;
    briefing.gate(BriefingAction::Change)?;
    if before >= MOST_POINTS {
        let message = crate::text!("最多{MOST_POINTS}项", "at most {MOST_POINTS} points");
        return Err(Problem::field("/text", "too_many", message));
    }
    let record = BriefingPoint {
        id: BriefingPointId::generate(),
        briefing_id: briefing.id,
        position: i32::try_from(before).unwrap_or(i32::MAX),
        text: new.text.as_str().to_owned(),
        needs: new.needs,
        linked: new.linked,
        answer: None,
    };
    let entry = briefing
        .entry("point_raised")
        .reason(Some(new.text.as_str()))
        .changes(json!({ "needs": new.needs, "linked": new.linked }));
    Ok(Transition { record, entry })
}

/// The subordinate reports; from here on the figures stand as they were told.
///
/// # Errors
/// `forbidden` for anybody else; `wrong_state` when it was reported, or on another day than its own: the next morning tells
/// of it.
pub fn report(
    briefing: &Briefing,
    items: Vec<BriefingItem>,
    points: usize,
    zone: Tz,
    deed: &Deed<'_>,
) -> Result<Transition<Briefing>, Problem> {
    let by = must_report(briefing, deed)?;
    briefing.gate(BriefingAction::Report)?;
    if business_date(deed.at, zone) != briefing.date {
        return Err(Problem::new(
            ProblemCode::WrongState,
            Text::new(
                "每日汇报须当日进行；此日已过，请在下一次汇报中说明。",
                "A briefing is given on its own day; that day is over, so tell of it in the next one.",
            ),
        ));
    }
    let record = Briefing {
        state: BriefingState::Reported,
        items: Some(items),
        reported_at: Some(deed.at),
        reported_by: Some(by.employee),
        reported_for: by.acting_for,
        updated_at: deed.now,
        ..briefing.clone()
    };
    let entry = record
        .entry("briefing_reported")
        .states(Some(briefing.state.code()), record.state.code())
        .reason(record.remarks.clone())
        .changes(json!({ "points": points, "due_at": record.due_at, "late": record.late() }))
        .occurred_at(deed.occurred_at());
    Ok(Transition { record, entry })
}

/// The superior hears it. Whether the actor is that superior is the resolver's answer.
///
/// # Errors
/// `wrong_state` when it was not reported, or heard before.
pub fn hear(
    briefing: &Briefing,
    answers: usize,
    by: &Decider,
    deed: &Deed<'_>,
) -> Result<Transition<Briefing>, Problem> {
    briefing.gate(BriefingAction::Hear)?;
    let record = Briefing {
        state: BriefingState::Heard,
        heard_at: Some(deed.at),
        heard_by: Some(by.employee),
        heard_for: by.acting_for,
        updated_at: deed.now,
        ..briefing.clone()
    };
    let entry = record
        .entry("briefing_heard")
        .clauses(clauses::hearing(briefing.to_post))
        .states(Some(briefing.state.code()), record.state.code())
        .changes(json!({ "answers": answers }))
        .occurred_at(deed.occurred_at());
    Ok(Transition { record, entry })
}

/// The points with the superior's words on them; those without one are left out.
///
/// # Errors
/// `validation_failed` on `/answers` for a point that the briefing does not have.
pub fn answer(points: &[BriefingPoint], answers: &[PointAnswer]) -> Result<Vec<BriefingPoint>, Problem> {
    answers
        .iter()
        .enumerate()
        .map(|(place, said)| {
            let point = points.iter().find(|point| point.id == said.point_id);
            let point = point.ok_or_else(|| Problem::unknown_reference(format!("/answers/{place}/point_id")))?;
            Ok(BriefingPoint {
                answer: Some(said.answer.as_str().to_owned()),
                ..point.clone()
            })
        })
        .collect()
}

/// The superior looks at how a record was kept.
///
/// # Errors
/// `validation_failed` on `/note` for a finding without words.
pub fn check(
    briefing: &Briefing,
    new: &CheckRecord,
    by: &Decider,
    deed: &Deed<'_>,
) -> Result<Transition<BriefingCheck>, Problem> {
    briefing.gate(BriefingAction::Check)?;
    if new.finding == CheckFinding::Finding && new.note.is_none() {
        let message = Text::new("有问题时须说明", "say what was found");
        return Err(Problem::field("/note", "required", message));
    }
    let record = BriefingCheck {
        id: BriefingCheckId::generate(),
        briefing_id: briefing.id,
        record: new.record,
        finding: new.finding,
        note: new.note.as_ref().map(|note| note.as_str().to_owned()),
        checked_by: by.employee,
        checked_for: by.acting_for,
        checked_at: deed.at,
    };
    let entry = briefing
        .entry("records_checked")
        .clauses(clauses::checking(briefing.to_post))
        .reason(record.note.clone())
        .changes(json!({ "record": new.record, "finding": new.finding }));
    Ok(Transition { record, entry })
}

/// Keeps what a device sent too late for the briefing as it stands now: shown beside it, nothing changed by it.
#[must_use]
pub fn late_note(briefing: &Briefing, deed: &Deed<'_>) -> TrailEntry {
    briefing
        .entry("late_note")
        .states(Some(briefing.state.code()), briefing.state.code())
        .changes(json!({ "attempted": BriefingAction::Report }))
        .occurred_at(deed.occurred_at())
}
