//! Courtesy help (resident_assistance): what front-line staff do for residents within their own means, unpaid.
//!
//! A log: a line is never changed, only corrected by a further line with a reason. It is a source for praise and the
//! appraisal, nothing else.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::{Deed, Responsible};
use crate::shared::{
    EmployeeId, EstateId, Minutes, Note, Problem, ProblemCode, SearchText, SubjectKind, Text, TrailEntry, Transition,
};
use crate::{code_enum, typed_ids};

typed_ids! {
    /// A line of the help log.
    AssistanceId,
}

code_enum! {
    /// What kind of help it was.
    pub enum AssistanceKind {
        /// 搬运物品
        Carrying = "carrying",
        /// 陪护老幼
        Escort = "escort",
        /// 代收代办
        Errand = "errand",
        /// 开锁、开门协助
        Access = "access",
        /// 小修小补 (unpaid)
        SmallRepair = "small_repair",
        /// 急救、求助
        Emergency = "emergency",
        /// 寻人寻物
        Search = "search",
        /// 其他
        Other = "other",
    }
}

impl AssistanceKind {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Carrying => Text::new("搬运物品", "carrying"),
            Self::Escort => Text::new("陪护老幼", "escort"),
            Self::Errand => Text::new("代收代办", "errand"),
            Self::Access => Text::new("开门协助", "access"),
            Self::SmallRepair => Text::new("小修小补", "small repair"),
            Self::Emergency => Text::new("急救求助", "emergency"),
            Self::Search => Text::new("寻人寻物", "search"),
            Self::Other => Text::new("其他", "other"),
        }
    }
}

/// A help as it is written down by whoever gave it. Paid service does not belong here.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewAssistance {
    /// The estate; the only one the caller works in when absent.
    #[serde(default)]
    pub estate_id: Option<EstateId>,
    /// What kind of help.
    pub kind: AssistanceKind,
    /// What was done.
    pub note: Note,
    /// How long it took.
    #[schema(value_type = i32, minimum = 0, maximum = 525_600)]
    pub minutes: Minutes,
    /// For which house.
    #[serde(default)]
    pub house_id: Option<Uuid>,
    /// For whom.
    #[serde(default)]
    pub party_id: Option<Uuid>,
    /// When, if not now.
    #[serde(default)]
    pub occurred_at: Option<DateTime<Utc>>,
}

/// Which lines of the help log.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AssistanceFilter {
    /// Only this estate.
    pub estate_id: Option<EstateId>,
    /// What kind of help.
    pub kind: Option<AssistanceKind>,
    /// Who helped.
    pub employee_id: Option<EmployeeId>,
    /// For this house.
    pub house_id: Option<Uuid>,
    /// Also lines that were corrected by a later one.
    pub corrected: Option<bool>,
    /// Helped at or after.
    pub helped_from: Option<DateTime<Utc>>,
    /// Helped before.
    pub helped_until: Option<DateTime<Utc>>,
    /// Number, words, house in any spelling, resident's name.
    pub q: Option<SearchText>,
}

/// A line of the help log as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Assistance {
    /// Its id.
    pub id: AssistanceId,
    /// The estate.
    pub estate_id: EstateId,
    /// Business number, e.g. `BZ2026-000007`.
    pub no: String,
    /// Who helped.
    pub employee_id: EmployeeId,
    /// For which house.
    pub house_id: Option<Uuid>,
    /// For whom.
    pub party_id: Option<Uuid>,
    /// What kind of help.
    pub kind: AssistanceKind,
    /// What was done.
    pub note: String,
    /// How long it took.
    pub minutes: i32,
    /// When.
    pub helped_at: DateTime<Utc>,
    /// The post that answers for it.
    #[serde(skip)]
    #[schema(ignore)]
    pub responsible: Responsible,
    /// The line this one corrects.
    pub corrects_id: Option<AssistanceId>,
    /// Why it was corrected.
    pub correction_reason: Option<String>,
    /// The line that corrects this one: then it counts no more.
    pub corrected_by_id: Option<AssistanceId>,
    /// When it was keyed in.
    pub created_at: DateTime<Utc>,
}

/// Writes down a help of the actor's own.
///
/// # Errors
/// `forbidden` for callers who are no person.
pub fn log(
    new: &NewAssistance,
    estate: EstateId,
    no: String,
    responsible: Responsible,
    deed: &Deed<'_>,
) -> Result<Transition<Assistance>, Problem> {
    let employee_id = deed
        .actor
        .employee
        .ok_or_else(|| Problem::forbidden(&Text::new("提供帮助的员工本人", "the member of staff who helped")))?;
    let record = Assistance {
        id: AssistanceId::generate(),
        estate_id: estate,
        no,
        employee_id,
        house_id: new.house_id,
        party_id: new.party_id,
        kind: new.kind,
        note: new.note.as_str().to_owned(),
        minutes: new.minutes.0,
        helped_at: deed.at,
        responsible,
        corrects_id: None,
        correction_reason: None,
        corrected_by_id: None,
        created_at: deed.now,
    };
    let entry = entry(&record, "logged").occurred_at(deed.occurred_at());
    Ok(Transition { record, entry })
}

/// Corrects a line by a further one; both stay.
///
/// # Errors
/// `forbidden` for anybody but who helped; `wrong_state` when it was corrected before.
pub fn correct(
    line: &Assistance,
    new: &NewAssistance,
    reason: &Note,
    no: String,
    deed: &Deed<'_>,
) -> Result<(Transition<Assistance>, Assistance), Problem> {
    if !deed.actor.is(line.employee_id) {
        return Err(Problem::forbidden(&Text::new(
            "登记此项的员工本人",
            "the member of staff who logged it",
        )));
    }
    if line.corrected_by_id.is_some() {
        return Err(Problem::new(
            ProblemCode::WrongState,
            Text::new(
                "此项已更正，请更正最新一条。",
                "It was corrected before: correct the latest line.",
            ),
        ));
    }
    let mut step = log(new, line.estate_id, no, line.responsible, deed)?;
    step.record.employee_id = line.employee_id;
    step.record.helped_at = new.occurred_at.map_or(line.helped_at, |_| deed.at);
    step.record.corrects_id = Some(line.id);
    step.record.correction_reason = Some(reason.as_str().to_owned());
    step.entry = entry(&step.record, "corrected")
        .reason(Some(reason.as_str()))
        .changes(json!({ "corrects": line.no, "minutes": [line.minutes, step.record.minutes] }));
    let old = Assistance {
        corrected_by_id: Some(step.record.id),
        ..line.clone()
    };
    Ok((step, old))
}

fn entry(line: &Assistance, action: &'static str) -> TrailEntry {
    TrailEntry::new(SubjectKind::Assistance, line.id, action)
        .estate(line.estate_id)
        .states(None, "logged")
        .clauses(&["POS-GUARD-08", "POS-RECEPT-10", "POS-TECH-10"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Actor, ActorKind, PostCode};
    use crate::shared::AccountId;

    fn person() -> Actor {
        Actor {
            account: AccountId::generate(),
            employee: Some(EmployeeId::generate()),
            kind: ActorKind::Person,
            posts: vec![],
        }
    }

    fn new(minutes: i32) -> NewAssistance {
        NewAssistance {
            estate_id: None,
            kind: AssistanceKind::Carrying,
            note: Note::new("帮老人搬米上楼").expect("fits"),
            minutes: Minutes(minutes),
            house_id: None,
            party_id: None,
            occurred_at: None,
        }
    }

    #[test]
    fn pos_guard_08_help_is_logged_by_who_gave_it_and_corrected_by_a_further_line() {
        let (guard, other) = (person(), person());
        let now = DateTime::UNIX_EPOCH;
        let post = Responsible::post(PostCode::Guard);
        let line = log(
            &new(15),
            EstateId::generate(),
            "BZ1".to_owned(),
            post,
            &Deed::now(&guard, now),
        )
        .expect("logged")
        .record;
        assert_eq!((Some(line.employee_id), line.minutes), (guard.employee, 15));
        let why = Note::new("时间写错").expect("fits");
        let fix = |line: &Assistance, actor| correct(line, &new(25), &why, "BZ2".to_owned(), &Deed::now(actor, now));
        assert_eq!(fix(&line, &other).expect_err("not theirs").code, ProblemCode::Forbidden);
        let (step, old) = fix(&line, &guard).expect("corrected");
        assert_eq!((step.record.corrects_id, step.record.minutes), (Some(line.id), 25));
        assert_eq!(old.corrected_by_id, Some(step.record.id));
        assert_eq!(fix(&old, &guard).expect_err("twice").code, ProblemCode::WrongState);
    }

    #[test]
    fn a_service_helps_nobody() {
        let mut service = person();
        service.employee = None;
        let refused = log(
            &new(1),
            EstateId::generate(),
            String::new(),
            Responsible::post(PostCode::Guard),
            &Deed::now(&service, DateTime::UNIX_EPOCH),
        );
        assert_eq!(refused.expect_err("no person").code, ProblemCode::Forbidden);
    }
}
