//! Acting that begins or ends by the clock, with nobody doing anything.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::PostCode,
    notices::{NewNotice, NoticeKind, Particulars},
    shared::{Subject, SubjectKind},
};

use crate::{Conn, Failure, schema::acting_periods as acting};

/// How far back a turn is still told: a server that was down for longer tells nobody what is long known.
const BACK: TimeDelta = TimeDelta::days(1);

/// What is to be told of the acting that began or ended lately, to both sides; told before, it is not kept again.
///
/// # Errors
/// As the database says; `Internal` on a post this version does not know.
pub async fn turns(conn: &mut Conn, now: DateTime<Utc>) -> Result<Vec<NewNotice>, Failure> {
    type Row = (
        Uuid,
        Option<Uuid>,
        String,
        Option<Uuid>,
        Uuid,
        DateTime<Utc>,
        DateTime<Utc>,
    );
    let lately = now - BACK;
    let rows: Vec<Row> = acting::table
        .filter(acting::state.eq("confirmed"))
        .filter(
            acting::starts_at
                .gt(lately)
                .and(acting::starts_at.le(now))
                .or(acting::ends_at.gt(lately).and(acting::ends_at.le(now))),
        )
        .select((
            acting::id,
            acting::estate_id,
            acting::post,
            acting::principal_id,
            acting::stand_in_id,
            acting::starts_at,
            acting::ends_at,
        ))
        .order(acting::id)
        .load(conn)
        .await?;
    let mut notices = Vec::new();
    for (id, estate, post, principal, stand_in, starts_at, ends_at) in rows {
        let post: PostCode = post.parse()?;
        let turn = |at: DateTime<Utc>| at > lately && at <= now;
        let kinds = [(NoticeKind::ActingBegun, starts_at), (NoticeKind::ActingEnded, ends_at)];
        for (kind, _) in kinds.into_iter().filter(|(_, at)| turn(*at)) {
            for person in std::iter::once(stand_in).chain(principal) {
                notices.push(NewNotice {
                    recipient: person.into(),
                    estate: estate.map(Into::into),
                    kind,
                    subject: Subject::new(SubjectKind::ActingPeriod, id),
                    particulars: Particulars {
                        what: Some(post.title().into()),
                        ..Particulars::default()
                    },
                    key: format!("{kind}:{id}"),
                    urgent: false,
                });
            }
        }
    }
    Ok(notices)
}
