//! Which notices and deliveries a list shows, and in which order.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{DeliveryState, NoticeKind, OutwardChannel};
use crate::code_enum;
use crate::shared::{EstateId, SubjectKind};

/// Which notices.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NoticeFilter {
    /// Not read yet, or read.
    pub unread: Option<bool>,
    /// What happened.
    pub kind: Option<NoticeKind>,
    /// To which kind of record.
    pub subject_kind: Option<SubjectKind>,
}

code_enum! {
    /// What notices are sorted by.
    pub enum NoticeSort {
        /// When it was told.
        CreatedAt = "created_at",
    }
}

/// Which deliveries.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeliveryFilter {
    /// Only this estate.
    pub estate_id: Option<EstateId>,
    /// By which way.
    pub channel: Option<OutwardChannel>,
    /// Where it stands.
    pub state: Option<DeliveryState>,
    /// Made at this instant or later.
    pub from: Option<DateTime<Utc>>,
    /// Made before this instant.
    pub until: Option<DateTime<Utc>>,
}

code_enum! {
    /// What deliveries are sorted by.
    pub enum DeliverySort {
        /// When it was made.
        CreatedAt = "created_at",
    }
}
