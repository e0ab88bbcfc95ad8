//! The reasons for a place in the ranking, as data and in both languages.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Candidate, Job, Load, Readiness, Weights, clash};
use crate::service_desk::RepairCategory;
use crate::shared::Text;

/// One reason. Times are instants: who shows them knows the estate's zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schema(as = SuggestionReason)]
pub enum Part {
    /// First because of the lowest weighted load.
    LowestLoad {
        /// The weighted load in minutes.
        weighted_minutes: u32,
    },
    /// First because the repair hurries and this person is held up least.
    SoonestThere {
        /// Hurried orders still open.
        urgent_open: u32,
    },
    /// Qualified for the category.
    Qualified {
        /// The category.
        category: RepairCategory,
    },
    /// On duty at the time.
    OnDuty,
    /// Not on duty, can be called out.
    OnCall,
    /// Not on duty before this instant.
    StartsAt {
        /// The beginning of the next shift.
        at: DateTime<Utc>,
    },
    /// Orders not finished.
    Open {
        /// How many.
        orders: u32,
        /// Minutes still to work.
        minutes: u32,
        /// How many of them hurry.
        urgent: u32,
    },
    /// Work assigned this week.
    Week {
        /// Minutes.
        minutes: u32,
    },
    /// Usually works in the area.
    KnowsArea {
        /// Minutes taken off the load for it.
        minutes: u32,
    },
    /// Promised elsewhere at the time of the appointment.
    Clash {
        /// Begin of the other appointment.
        from: DateTime<Utc>,
        /// Its end.
        until: DateTime<Utc>,
    },
}

impl Part {
    /// The reason in words; `time` shows an instant in the estate's zone.
    #[must_use]
    pub fn text(&self, time: impl Fn(DateTime<Utc>) -> String) -> Text {
        match self {
            Self::LowestLoad { weighted_minutes: m } => {
                crate::text!("加权工作量最低（{m}分钟）", "lowest weighted load ({m} min)")
            }
            Self::SoonestThere { urgent_open: n } => {
                crate::text!("最快到场（手上加急单{n}张）", "soonest there ({n} hurried orders open)")
            }
            Self::Qualified { category } => {
                let Text { zh, en } = category.title();
                crate::text!("具备{zh}维修资格", "qualified for {en}")
            }
            Self::OnDuty => Text::new("当班", "on duty"),
            Self::OnCall => Text::new("不当班，可应急召回", "off duty, on call"),
            Self::StartsAt { at } => {
                let at = time(*at);
                crate::text!("不当班，下一班{at}开始", "off duty, next shift begins {at}")
            }
            Self::Open {
                orders,
                minutes,
                urgent,
            } => crate::text!(
                "未完{orders}单约{minutes}分钟，其中加急{urgent}单",
                "{orders} open orders, about {minutes} min, {urgent} of them hurried"
            ),
            Self::Week { minutes } => crate::text!("本周已派{minutes}分钟", "{minutes} min assigned this week"),
            Self::KnowsArea { minutes } => {
                crate::text!("熟悉该片区（减{minutes}分钟）", "knows the area ({minutes} min off)")
            }
            Self::Clash { from, until } => {
                let (from, until) = (time(*from), time(*until));
                crate::text!(
                    "{from}至{until}已有预约",
                    "promised elsewhere from {from} until {until}"
                )
            }
        }
    }
}

pub(super) fn parts(
    job: &Job,
    candidate: &Candidate,
    readiness: Readiness,
    load: &Load,
    weights: &Weights,
    first: bool,
) -> Vec<Part> {
    let mut parts = Vec::new();
    if first {
        parts.push(if job.urgency.hurries() {
            Part::SoonestThere {
                urgent_open: load.urgent_open,
            }
        } else {
            Part::LowestLoad {
                weighted_minutes: load.weighted_minutes,
            }
        });
    }
    parts.push(match (readiness, candidate.next_shift) {
        (Readiness::NextShift, Some(at)) => Part::StartsAt { at },
        (Readiness::OnCall, _) => Part::OnCall,
        _ => Part::OnDuty,
    });
    parts.extend(clash(job, candidate).map(|(from, until)| Part::Clash { from, until }));
    parts.push(Part::Open {
        orders: load.open_orders,
        minutes: load.open_minutes,
        urgent: load.urgent_open,
    });
    parts.push(Part::Week {
        minutes: load.week_minutes,
    });
    if candidate.knows_area {
        parts.push(Part::KnowsArea {
            minutes: weights.area_minutes,
        });
    }
    parts.push(Part::Qualified { category: job.category });
    parts
}
