//! Consultation of a house file: requested → approved → out → returned (POS-RECEPT-06b).
//!
//! Who keeps the archive reads it by duty; everybody else asks, and the supervisor of public affairs approves.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::{ConsultationId, HouseFileId, house_file::HouseFile, house_file::HouseFileState};
use crate::{
    access::{Actor, PostCode},
    code_enum,
    shared::{
        AreaId, AssignmentId, EmployeeId, EstateId, Note, Problem, ProblemCode, SquadId, SubjectKind, Text, TrailEntry,
        Transition,
    },
};

code_enum! {
    /// Where a consultation stands.
    pub enum ConsultationState {
        /// Waits for approval.
        Requested = "requested",
        /// May be handed out.
        Approved = "approved",
        /// Refused.
        Rejected = "rejected",
        /// Taken back by who asked.
        Withdrawn = "withdrawn",
        /// The file is with the reader.
        Out = "out",
        /// The file is back.
        Returned = "returned",
    }
}

impl ConsultationState {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Requested => Text::new("待批准", "requested"),
            Self::Approved => Text::new("已批准", "approved"),
            Self::Rejected => Text::new("未批准", "rejected"),
            Self::Withdrawn => Text::new("已撤回", "withdrawn"),
            Self::Out => Text::new("借出", "out"),
            Self::Returned => Text::new("已归还", "returned"),
        }
    }
}

/// Posts that keep the archive: reading it is their own duty.
pub const KEEPERS: [PostCode; 3] = [PostCode::Recept, PostCode::Pubsup, PostCode::Docclerk];

/// Days a file may be out.
pub const LONGEST_DAYS: i64 = 30;

const CLAUSES: &[&str] = &["POS-RECEPT-06b"];

/// One consultation of a house file.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Consultation {
    /// Its id.
    pub id: ConsultationId,
    /// The estate.
    pub estate_id: EstateId,
    /// The file.
    pub house_file_id: HouseFileId,
    /// Business number.
    pub no: String,
    /// What for.
    pub purpose: String,
    /// Where it stands.
    pub state: ConsultationState,
    /// Whether reading the archive is the reader's own duty, so that nobody had to approve.
    pub own_duty: bool,
    /// The post the reader asked from.
    pub responsible_post: PostCode,
    /// The assignment.
    pub responsible_assignment: Option<AssignmentId>,
    /// Its squad.
    pub squad_id: Option<SquadId>,
    /// Its area.
    pub area_id: Option<AreaId>,
    /// The reader.
    pub created_by: Option<EmployeeId>,
    /// When it was asked.
    pub requested_at: DateTime<Utc>,
    /// Who decided.
    pub decided_by: Option<EmployeeId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// What they said.
    pub decision_note: String,
    /// When the file went out.
    pub out_at: Option<DateTime<Utc>>,
    /// Who handed it out.
    pub handed_out_by: Option<EmployeeId>,
    /// The day it must be back.
    pub due_on: NaiveDate,
    /// When it came back.
    pub returned_at: Option<DateTime<Utc>>,
    /// Who took it back.
    pub received_by: Option<EmployeeId>,
    /// For If-Match.
    pub version: i32,
    /// Last change.
    pub updated_at: DateTime<Utc>,
}

/// A request to read a file.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewConsultation {
    /// The file.
    pub house_file_id: HouseFileId,
    /// What for.
    pub purpose: Note,
    /// The day it will be back; three days on when left out, at most thirty.
    pub due_on: Option<NaiveDate>,
}

/// A step of a consultation: who, when, with which words.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    /// Who takes it.
    pub actor: &'a Actor,
    /// The reason or remark.
    pub note: &'a str,
    /// When.
    pub now: DateTime<Utc>,
}

impl Consultation {
    /// Asks for a file; `today` is the day at the estate.
    ///
    /// # Errors
    /// `wrong_state` for a service without a post; `validation_failed` when the day of return is out of reason.
    pub fn request(
        file: &HouseFile,
        new: NewConsultation,
        no: String,
        actor: &Actor,
        today: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<Transition<Self>, Problem> {
        let held = actor
            .post_for(crate::access::Permission::ArchiveConsult, file.estate_id)
            .ok_or_else(|| Problem::forbidden(&Text::new("在岗员工", "a member of staff")))?;
        let due_on = new.due_on.unwrap_or(today + chrono::Duration::days(3));
        if due_on < today || due_on > today + chrono::Duration::days(LONGEST_DAYS) {
            return Err(Problem::field(
                "/due_on",
                "out_of_range",
                crate::text!(
                    "归还日须在今天至{LONGEST_DAYS}天之内",
                    "the day of return lies between today and {LONGEST_DAYS} days on"
                ),
            ));
        }
        let own_duty = actor.holds(file.estate_id, &KEEPERS);
        let state = if own_duty {
            ConsultationState::Approved
        } else {
            ConsultationState::Requested
        };
        let record = Self {
            id: ConsultationId::generate(),
            estate_id: file.estate_id,
            house_file_id: file.id,
            no,
            purpose: new.purpose.into(),
            state,
            own_duty,
            responsible_post: held.post,
            responsible_assignment: Some(held.assignment),
            squad_id: held.squad,
            area_id: held.area,
            created_by: actor.employee,
            requested_at: now,
            decided_by: None,
            decided_at: None,
            decision_note: String::new(),
            out_at: None,
            handed_out_by: None,
            due_on,
            returned_at: None,
            received_by: None,
            version: 1,
            updated_at: now,
        };
        let entry = record.entry("requested").states(None, state.code());
        Ok(Transition { record, entry })
    }

    /// Approves it.
    ///
    /// # Errors
    /// `wrong_state`; `self_approval` for the reader.
    pub fn approve(&self, step: &Step<'_>) -> Result<Transition<Self>, Problem> {
        self.decide(
            step,
            ConsultationState::Approved,
            "approved",
            &Text::new("批准", "be approved"),
        )
    }

    /// Refuses it.
    ///
    /// # Errors
    /// As [`Consultation::approve`].
    pub fn reject(&self, step: &Step<'_>) -> Result<Transition<Self>, Problem> {
        self.decide(
            step,
            ConsultationState::Rejected,
            "rejected",
            &Text::new("退回", "be rejected"),
        )
    }

    /// The reader no longer needs it.
    ///
    /// # Errors
    /// `wrong_state` once it is out; `forbidden` for everybody but the reader.
    pub fn withdraw(&self, step: &Step<'_>) -> Result<Transition<Self>, Problem> {
        let from = [ConsultationState::Requested, ConsultationState::Approved];
        self.stands(&from, &Text::new("撤回", "be withdrawn"))?;
        if !self.created_by.is_some_and(|reader| step.actor.is(reader)) {
            return Err(Problem::forbidden(&Text::new("申请人", "the reader")));
        }
        Ok(self.step(step, ConsultationState::Withdrawn, "withdrawn", |_| ()))
    }

    /// Hands the file to the reader.
    ///
    /// # Errors
    /// `wrong_state` unless approved, or when the file was archived and lies elsewhere.
    pub fn hand_out(&self, file: &HouseFile, step: &Step<'_>) -> Result<Transition<Self>, Problem> {
        self.stands(&[ConsultationState::Approved], &Text::new("借出", "be handed out"))?;
        let archived = file.state == HouseFileState::Archived && file.location.is_empty();
        if archived {
            return Err(Problem::wrong_state(
                &Text::new("借出", "be handed out"),
                &file.state.title(),
            ));
        }
        Ok(self.step(step, ConsultationState::Out, "handed_out", |record| {
            record.out_at = Some(step.now);
            record.handed_out_by = step.actor.employee;
        }))
    }

    /// Takes the file back.
    ///
    /// # Errors
    /// `wrong_state` unless it is out.
    pub fn take_back(&self, step: &Step<'_>) -> Result<Transition<Self>, Problem> {
        self.stands(&[ConsultationState::Out], &Text::new("归还", "be taken back"))?;
        Ok(self.step(step, ConsultationState::Returned, "returned", |record| {
            record.returned_at = Some(step.now);
            record.received_by = step.actor.employee;
        }))
    }

    /// Whether the file should be back by now.
    #[must_use]
    pub fn overdue(&self, today: NaiveDate) -> bool {
        self.state == ConsultationState::Out && self.due_on < today
    }

    fn decide(
        &self,
        step: &Step<'_>,
        to: ConsultationState,
        action: &'static str,
        words: &Text,
    ) -> Result<Transition<Self>, Problem> {
        self.stands(&[ConsultationState::Requested], words)?;
        if self.created_by.is_some_and(|reader| step.actor.is(reader)) {
            return Err(Problem::new(
                ProblemCode::SelfApproval,
                Text::new(
                    "查阅申请由申请人以外的公共事务部主管批准。",
                    "A consultation is approved by the supervisor of public affairs, never by the reader.",
                ),
            ));
        }
        Ok(self.step(step, to, action, |record| {
            record.decided_by = step.actor.employee;
            record.decided_at = Some(step.now);
            step.note.clone_into(&mut record.decision_note);
        }))
    }

    fn step(
        &self,
        step: &Step<'_>,
        to: ConsultationState,
        action: &'static str,
        write: impl FnOnce(&mut Self),
    ) -> Transition<Self> {
        let mut record = self.clone();
        write(&mut record);
        record.state = to;
        record.version += 1;
        record.updated_at = step.now;
        let entry = record
            .entry(action)
            .states(Some(self.state.code()), to.code())
            .reason((!step.note.is_empty()).then_some(step.note));
        Transition { record, entry }
    }

    fn stands(&self, in_one_of: &[ConsultationState], action: &Text) -> Result<(), Problem> {
        if in_one_of.contains(&self.state) {
            return Ok(());
        }
        Err(Problem::wrong_state(action, &self.state.title()))
    }

    fn entry(&self, action: &'static str) -> TrailEntry {
        TrailEntry::new(SubjectKind::Consultation, Uuid::from(self.id), action)
            .estate(self.estate_id)
            .changes(json!({"house_file": [null, self.house_file_id]}))
            .clauses(CLAUSES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        access::{ActorKind, HeldPost},
        estate::HouseId,
        shared::AccountId,
    };

    fn person(post: PostCode, estate: EstateId) -> Actor {
        let held = HeldPost {
            assignment: AssignmentId::generate(),
            post,
            estate: Some(estate),
            squad: None,
            area: None,
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

    fn ask(actor: &Actor, file: &HouseFile, due_on: Option<NaiveDate>) -> Result<Consultation, Problem> {
        let new = NewConsultation {
            house_file_id: file.id,
            purpose: Note::new("核对面积").expect("a purpose"),
            due_on,
        };
        let today = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
        Consultation::request(file, new, "JY2026-000001".into(), actor, today, DateTime::UNIX_EPOCH).map(|t| t.record)
    }

    fn step<'a>(actor: &'a Actor) -> Step<'a> {
        Step {
            actor,
            note: "",
            now: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn pos_recept_06b_consultation_state_by_action() {
        use ConsultationState::{Approved, Out, Rejected, Requested, Returned, Withdrawn};
        let estate = EstateId::generate();
        let (tech, supervisor) = (person(PostCode::Tech, estate), person(PostCode::Pubsup, estate));
        let house = (estate, HouseId::generate());
        let file = HouseFile::open(
            house,
            "DA".into(),
            "柜1".into(),
            NaiveDate::MIN,
            None,
            DateTime::UNIX_EPOCH,
        )
        .record;
        for state in ConsultationState::ALL {
            let mut asked = ask(&tech, &file, None).expect("may ask");
            asked.state = *state;
            let s = step(&supervisor);
            assert_eq!(
                asked.approve(&s).map(|t| t.record.state).ok(),
                (*state == Requested).then_some(Approved)
            );
            assert_eq!(
                asked.reject(&s).map(|t| t.record.state).ok(),
                (*state == Requested).then_some(Rejected)
            );
            assert_eq!(
                asked.hand_out(&file, &s).map(|t| t.record.state).ok(),
                (*state == Approved).then_some(Out)
            );
            assert_eq!(
                asked.take_back(&s).map(|t| t.record.state).ok(),
                (*state == Out).then_some(Returned)
            );
            let withdrawn = asked.withdraw(&step(&tech)).map(|t| t.record.state).ok();
            assert_eq!(withdrawn, matches!(state, Requested | Approved).then_some(Withdrawn));
            assert!(asked.withdraw(&s).is_err(), "only the reader withdraws");
        }
    }

    #[test]
    fn pos_recept_06b_the_keepers_read_by_duty_and_others_ask() {
        let estate = EstateId::generate();
        let house = (estate, HouseId::generate());
        let file = HouseFile::open(
            house,
            "DA".into(),
            "柜1".into(),
            NaiveDate::MIN,
            None,
            DateTime::UNIX_EPOCH,
        )
        .record;
        for post in [PostCode::Recept, PostCode::Pubsup] {
            let asked = ask(&person(post, estate), &file, None).expect("may ask");
            assert!(asked.own_duty && asked.state == ConsultationState::Approved, "{post}");
        }
        let mut reader = person(PostCode::Feecol, estate);
        let asked = ask(&reader, &file, None).expect("may ask");
        assert_eq!(asked.state, ConsultationState::Requested);
        // Standing in for the supervisor does not make one's own request right.
        reader.posts.push(person(PostCode::Pubsup, estate).posts.remove(0));
        assert_eq!(
            asked.approve(&step(&reader)).expect_err("own").code,
            ProblemCode::SelfApproval
        );
        let late = NaiveDate::from_ymd_opt(2026, 5, 1);
        assert!(ask(&reader, &file, late).is_err(), "sixty days is too long");
    }
}
