//! What nobody does but the clock: deadlines come near, acting begins and ends, the night is over, the digest is due.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use wuye_domain::{
    access::Permission,
    notices::{NewNotice, NoticeKind},
    shared::{EstateId, SettingKey, SubjectKind},
};
use wuye_persistence::{
    Failure, estates,
    notices::{self as rows, Owed, deliveries, digests},
    settings,
};

use super::tell::keep;
use crate::{App, jobs::system};

/// Tells what the clock brings. Safe to run any number of times, on any number of servers at once: what is found out twice is
/// told once.
///
/// # Errors
/// As the database says.
pub async fn by_the_clock(app: &App) -> Result<(), Failure> {
    remind(app).await?;
    turn(app).await?;
    digest(app).await?;
    // What found no place in a digest goes alone.
    deliveries::release(&mut *app.conn().await?, app.now()).await?;
    Ok(())
}

/// Reminds whoever owes something that falls due soon.
async fn remind(app: &App) -> Result<(), Failure> {
    let all = estates::all(&mut *app.conn().await?).await?;
    for estate in all {
        let id = EstateId(estate.id);
        let mut work = app.begin_as(system(), Permission::SelfRead).await?;
        let now = work.now;
        let minutes = settings::load(&work, Some(id))
            .await?
            .get(SettingKey::NoticeRemindMinutes);
        if minutes == 0 {
            continue;
        }
        let ahead = TimeDelta::minutes(minutes);
        let owed = rows::owed(&mut work, id, now, now + ahead, now).await?;
        let told: Vec<NewNotice> = owed.into_iter().filter_map(|owed| reminder(owed, id, ahead)).collect();
        let app = work.app().clone();
        let heard = keep(&mut work, &app, &told, now).await?;
        work.heard(heard);
        work.commit().await?;
    }
    Ok(())
}

/// The reminder of something owed; none where it was handed over so shortly before that this said as much. A duty comes by
/// itself, so its reminder is the first word of it.
fn reminder(owed: Owed, estate: EstateId, ahead: TimeDelta) -> Option<NewNotice> {
    let duty = owed.subject.kind == SubjectKind::Obligation;
    if !duty && owed.since > owed.due_at - ahead {
        return None;
    }
    let kind = NoticeKind::DueSoon;
    Some(NewNotice {
        recipient: owed.person,
        estate: Some(estate),
        kind,
        subject: owed.subject,
        key: format!("{kind}:{}:{}", owed.subject.id, owed.due_at.timestamp()),
        particulars: owed.particulars,
        urgent: owed.hurries,
    })
}

/// Tells both sides that acting began or ended.
async fn turn(app: &App) -> Result<(), Failure> {
    let mut work = app.begin_as(system(), Permission::SelfRead).await?;
    let now = work.now;
    let told = rows::turns(&mut work, now).await?;
    let app = work.app().clone();
    let heard = keep(&mut work, &app, &told, now).await?;
    work.heard(heard);
    work.commit().await
}

/// Makes the digests that are due, each in its own transaction.
async fn digest(app: &App) -> Result<(), Failure> {
    let now: DateTime<Utc> = app.now();
    let (due, mut open) = {
        let mut conn = app.conn().await?;
        let due = digests::due(&mut conn, app.shared.config.sends_mail(), now).await?;
        let open = if due.is_empty() {
            HashMap::new()
        } else {
            digests::open(&mut conn, &due, now).await?
        };
        (due, open)
    };
    for one in due {
        let mut work = app.begin_as(system(), Permission::SelfRead).await?;
        let lines = open.remove(&one.person).unwrap_or_default();
        digests::make(&mut work, &one, lines, now).await?;
        work.commit().await?;
    }
    Ok(())
}
