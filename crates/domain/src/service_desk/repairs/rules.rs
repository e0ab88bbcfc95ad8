//! Taking a request in, correcting it, handing it over, cancelling it, letting it climb.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};

use super::model::{ChangeRepair, NewRepair, Night, RepairRequest, RepairRequestId, RepairSource, RequestState};
use crate::access::{Actor, PostCode};
use crate::org::superior::Seat;
use crate::service_desk::{DeskHours, RepairCategory, Urgency};
use crate::shared::{
    EstateId, Issue, Note, Problem, SubjectKind, Text, TrailEntry, Transition,
    private::{Phone, Private},
};

/// What the desk's hours and limits are in one estate.
#[derive(Clone, Debug)]
pub struct Desk<'a> {
    /// When somebody sits there.
    pub hours: DeskHours<'a>,
    /// Minutes from request to dispatch.
    pub dispatch_minutes: i64,
}

impl Desk<'_> {
    /// Until when a request must be dispatched. What can wait is counted from the next start of work.
    #[must_use]
    pub fn dispatch_due(&self, urgency: Urgency, at: DateTime<Utc>) -> DateTime<Utc> {
        let start = if urgency.hurries() {
            at
        } else {
            self.hours.next_open(at)
        };
        let minutes = match urgency {
            Urgency::Normal => self.dispatch_minutes,
            Urgency::Urgent => self.dispatch_minutes / 2,
            Urgency::Emergency => self.dispatch_minutes / 6,
        };
        start + TimeDelta::minutes(minutes.max(1))
    }
}

/// Takes a request in. Everybody on the staff may; with the desk closed it stays with the post that took it until work
/// starts.
///
/// # Errors
/// `validation_failed` for the place, the phone, the times or the charge.
pub fn take_in(
    new: &NewRepair,
    estate: EstateId,
    no: String,
    actor: &Actor,
    desk: &Desk<'_>,
    now: DateTime<Utc>,
) -> Result<Transition<RepairRequest>, Problem> {
    check(new, now)?;
    let requested_at = new.requested_at.unwrap_or(now);
    let urgency = new.urgency.unwrap_or(Urgency::Normal);
    let night = night(actor, estate, desk, now);
    let record = RepairRequest {
        id: RepairRequestId::generate(),
        no,
        estate_id: estate,
        responsible_post: night.map_or(PostCode::Recept, |night| night.taken_by_post),
        responsible_assignment: None,
        squad_id: None,
        area_id: None,
        created_by: actor.employee,
        source: new.source.unwrap_or(RepairSource::Owner),
        source_ref: new.source_ref,
        house_id: new.house_id,
        place_id: new.place_id,
        place_text: new.place_text.clone().map(Into::into),
        party_id: new.party_id,
        contact_name: new.contact_name.clone().map(Into::into),
        contact_phone: phone(new)?,
        category: new.category.unwrap_or(RepairCategory::Other),
        urgency,
        paid: new.paid,
        warranty: new.warranty,
        text: new.text.as_str().to_owned(),
        requested_at,
        recorded_at: now,
        appointment: new.appointment,
        dispatch_due_at: desk.dispatch_due(urgency, requested_at),
        state: RequestState::Requested,
        end_reason: None,
        updated_at: now,
        version: 1,
        night,
    };
    let entry = record
        .entry("requested")
        .states(None, RequestState::Requested.code())
        .occurred_at(Some(requested_at))
        .clauses(&["POS-GUARDLEAD-05b", "POS-RECEPT-09a", "DER-COMPUTER-7"]);
    Ok(Transition { record, entry })
}

/// The order leaders take requests at night; everybody else's go to the desk, which finds them in the morning.
fn night(actor: &Actor, estate: EstateId, desk: &Desk<'_>, now: DateTime<Utc>) -> Option<Night> {
    if desk.hours.open(now) {
        return None;
    }
    let post = [PostCode::Guardlead, PostCode::Guard, PostCode::Guardcapt]
        .into_iter()
        .find(|post| actor.holds(estate, &[*post]))?;
    Some(Night {
        taken_by_post: post,
        hand_over_at: desk.hours.next_open(now),
        handed_over_at: None,
    })
}

fn check(new: &NewRepair, now: DateTime<Utc>) -> Result<(), Problem> {
    if new.house_id.is_none() && new.place_id.is_none() && new.place_text.is_none() {
        return Err(Problem::field(
            "/house_id",
            "required",
            Text::new("请选择房屋或填写位置", "choose a house or say where it is"),
        ));
    }
    if new.requested_at.is_some_and(|at| at > now + TimeDelta::minutes(5)) {
        return Err(Problem::field(
            "/requested_at",
            "in_future",
            Text::new("报修时间不能在将来", "it cannot have been reported in the future"),
        ));
    }
    if new.requested_at.is_some_and(|at| at < now - TimeDelta::days(30)) {
        return Err(Problem::field(
            "/requested_at",
            "too_old",
            Text::new("报修时间最多补记30天", "it can be entered up to 30 days later"),
        ));
    }
    if new.paid && new.warranty {
        return Err(Problem::field(
            "/paid",
            "contradiction",
            Text::new("保修内的维修不收费", "a repair under warranty is not charged"),
        ));
    }
    if new.file_ids.len() > 9 {
        return Err(Problem::field(
            "/file_ids",
            "too_many",
            Text::new("最多9张照片", "at most 9 photos"),
        ));
    }
    appointment(new.appointment, now)
}

fn appointment(appointment: Option<super::Appointment>, now: DateTime<Utc>) -> Result<(), Problem> {
    match appointment {
        Some(time) if time.until <= time.from => Err(Problem::field(
            "/appointment/until",
            "order",
            Text::new("预约的结束须晚于开始", "the appointment must end after it begins"),
        )),
        Some(time) if time.until <= now => Err(Problem::field(
            "/appointment/until",
            "in_past",
            Text::new("预约时间已过", "the appointment is over already"),
        )),
        Some(time) if time.from > now + TimeDelta::days(90) => Err(Problem::field(
            "/appointment/from",
            "too_far",
            Text::new("预约最多提前90天", "appointments are made at most 90 days ahead"),
        )),
        _ => Ok(()),
    }
}

fn phone(new: &NewRepair) -> Result<Option<Private<Phone>>, Problem> {
    let Some(text) = &new.contact_phone else {
        return Ok(None);
    };
    let Some(phone) = Phone::parse(text) else {
        let Issue { code, message } = Issue::new(
            "invalid",
            Text::new("电话号码须为5至15位数字", "a phone number has 5 to 15 digits"),
        );
        return Err(Problem::field("/contact_phone", code, message));
    };
    Ok(Some(Private::new(phone)))
}

impl RepairRequest {
    /// A line of the trail about this request.
    #[must_use]
    pub fn entry(&self, action: &'static str) -> TrailEntry {
        TrailEntry::new(SubjectKind::RepairRequest, self.id, action).estate(self.estate_id)
    }

    /// Corrects what was taken down wrongly, while nobody works on it.
    ///
    /// # Errors
    /// `wrong_state` once dispatched; `validation_failed` for the values.
    pub fn change(
        &self,
        change: &ChangeRepair,
        desk: &Desk<'_>,
        now: DateTime<Utc>,
    ) -> Result<Transition<Self>, Problem> {
        self.must_be_requested(&Text::new("修改", "be changed"))?;
        appointment(change.appointment, now)?;
        let mut record = self.clone();
        let mut changes = Map::new();
        macro_rules! take {
            ($field:ident, $value:expr) => {
                if let Some(value) = $value
                    && record.$field != value
                {
                    changes.insert(stringify!($field).to_owned(), json!([record.$field, value]));
                    record.$field = value;
                }
            };
        }
        take!(house_id, change.house_id.map(Some));
        take!(
            place_text,
            change.place_text.clone().map(|text| Some(String::from(text)))
        );
        take!(category, change.category);
        take!(urgency, change.urgency);
        take!(paid, change.paid);
        take!(warranty, change.warranty);
        take!(text, change.text.clone().map(String::from));
        take!(appointment, change.appointment.map(Some));
        if record.paid && record.warranty {
            return Err(Problem::field(
                "/paid",
                "contradiction",
                Text::new("保修内的维修不收费", "a repair under warranty is not charged"),
            ));
        }
        record.dispatch_due_at = desk.dispatch_due(record.urgency, record.requested_at);
        record.touched(now);
        let entry = record
            .entry("changed")
            .reason(change.reason.as_deref())
            .changes(Value::Object(changes))
            .clauses(&["POS-RECEPT-09a"]);
        Ok(Transition { record, entry })
    }

    /// Gives it up.
    ///
    /// # Errors
    /// `wrong_state` once dispatched: then the order is cancelled.
    pub fn cancel(&self, reason: &Note, now: DateTime<Utc>) -> Result<Transition<Self>, Problem> {
        self.must_be_requested(&Text::new("取消", "be cancelled here"))?;
        let mut record = self.clone();
        record.state = RequestState::Cancelled;
        record.end_reason = Some(reason.as_str().to_owned());
        record.touched(now);
        let entry = record
            .entry("cancelled")
            .states(Some(self.state.code()), record.state.code())
            .reason(Some(reason.as_str()))
            .clauses(&["POS-RECEPT-09a"]);
        Ok(Transition { record, entry })
    }

    /// Hands a night request to the desk when work starts; `None` when there is nothing to hand over.
    #[must_use]
    pub fn hand_over(&self, now: DateTime<Utc>) -> Option<Transition<Self>> {
        let night = self
            .night
            .filter(|night| night.handed_over_at.is_none() && night.hand_over_at <= now)?;
        let mut record = self.clone();
        record.night = Some(Night {
            handed_over_at: Some(now),
            ..night
        });
        if record.state == RequestState::Requested {
            record.responsible_post = PostCode::Recept;
        }
        record.touched(now);
        let entry = record
            .entry("handed_over")
            .states(Some(night.taken_by_post.code()), PostCode::Recept.code())
            .clauses(&["POS-GUARDLEAD-05b"]);
        Some(Transition { record, entry })
    }

    /// Where a matter about it begins.
    #[must_use]
    pub const fn seat(&self) -> Seat {
        Seat {
            post: self.responsible_post,
            estate: self.estate_id,
            squad: self.squad_id,
            area: self.area_id,
        }
    }

    /// Refuses what is only possible before dispatch.
    ///
    /// # Errors
    /// `wrong_state`.
    pub fn must_be_requested(&self, action: &Text) -> Result<(), Problem> {
        if self.state == RequestState::Requested {
            Ok(())
        } else {
            Err(Problem::wrong_state(action, &self.state.title()))
        }
    }

    pub(crate) fn touched(&mut self, now: DateTime<Utc>) {
        self.updated_at = now;
        self.version += 1;
    }
}
