//! Which briefings the log shows, and in which order.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;

use super::BriefingState;
use crate::access::PostCode;
use crate::code_enum;
use crate::shared::{EmployeeId, EstateId};

/// Which briefings.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct BriefingFilter {
    /// Only this estate.
    pub estate_id: Option<EstateId>,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub until: Option<NaiveDate>,
    /// The post that reports.
    pub from_post: Option<PostCode>,
    /// The post that hears.
    pub to_post: Option<PostCode>,
    /// The person who is to report.
    pub employee_id: Option<EmployeeId>,
    /// Where it stands.
    pub state: Option<BriefingState>,
    /// Not reported when the morning was over, or so.
    pub missing: Option<bool>,
}

code_enum! {
    /// What briefings are sorted by.
    pub enum BriefingSort {
        /// The day.
        Date = "date",
    }
}
