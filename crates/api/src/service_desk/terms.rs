//! What the rules of the desk are measured by in one estate.

use std::ops::Deref;

use chrono::{DateTime, Utc};
use wuye_domain::{
    service_desk::{
        DeskHours,
        cases::acknowledge_due_at,
        dispatch::Weights,
        orders::{CostLimits, LateRule},
        repairs::{Desk, RepairRequest},
    },
    shared::{EstateId, SettingKey},
};
use wuye_persistence::{Conn, Failure, service_desk::candidates::Moment};

/// The terms of one estate, with what the desk adds to them.
pub struct Terms(crate::terms::Terms);

impl Deref for Terms {
    type Target = crate::terms::Terms;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl Terms {
    /// Reads them.
    ///
    /// # Errors
    /// `not_found` for an estate that is not there.
    pub async fn of(conn: &Conn, estate: EstateId) -> Result<Self, Failure> {
        crate::terms::Terms::of(conn, estate).await.map(Self)
    }

    /// When somebody sits at the desk.
    pub fn hours(&self) -> DeskHours<'_> {
        DeskHours {
            clockwork: self.clockwork(),
            start_of_work: self.time(SettingKey::StartOfWorkMinute),
        }
    }

    /// The hours of the desk with its limit to dispatch.
    pub fn desk(&self) -> Desk<'_> {
        Desk {
            hours: self.hours(),
            dispatch_minutes: self.settings.get(SettingKey::DispatchMinutes),
        }
    }

    /// Until when what came in at `at` is acknowledged.
    pub fn acknowledge_due(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        acknowledge_due_at(at, &self.settings, &self.hours())
    }

    /// Above which costs somebody decides.
    pub fn cost_limits(&self) -> CostLimits {
        CostLimits {
            approval_fen: self.settings.get(SettingKey::OrderCostLimitFen),
            expense_fen: self.settings.get(SettingKey::ExpenseLimitFen),
        }
    }

    /// How late a device may send.
    pub fn late_rule(&self) -> LateRule {
        LateRule {
            device_hours: self.settings.get(SettingKey::DeviceHours),
            keyed_late_minutes: self.settings.get(SettingKey::KeyedLateMinutes),
        }
    }

    /// How much the parts of a technician's load weigh.
    pub fn weights(&self) -> Weights {
        let of = |key| u32::try_from(self.settings.get(key)).unwrap_or(0);
        Weights {
            week: of(SettingKey::DispatchWeekPercent),
            normal: of(SettingKey::DispatchNormalPercent),
            urgent: of(SettingKey::DispatchUrgentPercent),
            emergency: of(SettingKey::DispatchEmergencyPercent),
            area_minutes: of(SettingKey::DispatchAreaMinutes),
        }
    }

    /// When a request is to be worked on: at its appointment, or now.
    pub fn moment(&self, request: &RepairRequest, now: DateTime<Utc>) -> Moment {
        let at = request.appointment.map_or(now, |time| time.from.max(now));
        Moment {
            at,
            date: self.date(at),
            week: self.week(now).0,
        }
    }
}
