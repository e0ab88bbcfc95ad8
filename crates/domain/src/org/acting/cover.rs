//! Leave and its cover: the leave of a post with a named stand-in needs one before it starts.

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;

use super::pair;
use crate::access::PostCode;
use crate::shared::period::Span;
use crate::shared::zone::business_date;
use crate::shared::{Problem, ProblemCode};

/// The business days of an absence on which, for some time, nobody acts; the target is none.
#[must_use]
pub fn uncovered_days(absence: Span, acting: &[Span], zone: Tz) -> usize {
    let days: BTreeSet<NaiveDate> = absence
        .without(acting)
        .into_iter()
        .flat_map(|gap| {
            let last = business_date(gap.until - TimeDelta::microseconds(1), zone);
            business_date(gap.from, zone)
                .iter_days()
                .take_while(move |d| *d <= last)
        })
        .collect();
    days.len()
}

/// Whether leave can be approved: a post on the pair list must be covered all the time (DER-LABOUR-6).
///
/// `acting` are the confirmed periods for this post's holder.
///
/// # Errors
/// `conflict` with the number of days that are not covered.
pub fn cover_leave(post: PostCode, leave: Span, acting: &[Span], zone: Tz) -> Result<(), Problem> {
    let open = uncovered_days(leave, acting, zone);
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
