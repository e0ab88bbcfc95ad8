//! Leave and its cover: the leave of a post with a named stand-in needs one before it starts.

use chrono::NaiveDate;

use super::pair;
use crate::access::PostCode;
use crate::shared::period::Period;
use crate::shared::{Problem, ProblemCode};

/// The days of an absence on which nobody acts (the KPI's target is none). An absence without an end is counted up to and
/// including `today`.
#[must_use]
pub fn uncovered_days(absence: &Period, acting: &[Period], today: NaiveDate) -> u32 {
    let days = absence.from.iter_days().take_while(|d| match absence.until {
        Some(until) => *d < until,
        None => *d <= today,
    });
    days.map(|d| u32::from(!acting.iter().any(|a| a.contains(d)))).sum()
}

/// Whether leave can be approved: a post on the pair list must be covered on every day of it (DER-LABOUR-6).
///
/// `acting` are the confirmed periods for this post's holder.
///
/// # Errors
/// `conflict` with the number of days that are not covered.
pub fn cover_leave(post: PostCode, leave: &Period, acting: &[Period], today: NaiveDate) -> Result<(), Problem> {
    let open = uncovered_days(leave, acting, today);
    if pair(post).is_none() || open == 0 {
        return Ok(());
    }
    let title = post.title();
    let (zh, en) = (title.zh, title.en);
    Err(Problem::new(
        ProblemCode::Conflict,
        crate::text!(
            "{zh}的假期有{open}天没有代职人。请先登记代职并由上级确认。",
            "{open} days of this leave of the {en} have no stand-in. Name one and have it confirmed first."
        ),
    ))
}
