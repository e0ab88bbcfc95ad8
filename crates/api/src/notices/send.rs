//! The sender: takes what is due, sends it outside of any transaction, says what came of it.
//!
//! Every message goes out at least once. A server that dies between sending and saying so leaves a delivery in its hands; when
//! the lease is over another server sends it again, with the same message id.

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::try_join_all;
use wuye_domain::{
    notices::{Letter, Tongue},
    shared::{
        SettingKey, Text,
        zone::{DEFAULT_ZONE, zone},
    },
};
use wuye_persistence::{
    Conn, Failure, estates, jobs,
    notices::{
        deliveries::{self, Content, DeliveryRow, Taken},
        preferences, robots,
    },
    settings,
};

use super::outward::{Refused, mail, robot};
use crate::App;

/// The job that sends.
pub const SEND: &str = "send_notices";
/// How long a server may hold messages in hand. Each of them gives up long before: see [`super::outward`].
const LEASE: TimeDelta = TimeDelta::minutes(2);

/// Has the sender look soon, rather than at its next turn.
///
/// # Errors
/// As the database says.
pub(super) async fn soon(conn: &mut Conn, now: DateTime<Utc>) -> Result<(), Failure> {
    jobs::enqueue(conn, SEND, &serde_json::json!({}), Some(SEND), now, now)
        .await
        .map(drop)
}

/// Sends everything that is due. Several servers may do so at once: each takes messages that no other holds.
///
/// # Errors
/// The database cannot be reached. That a message was not taken is noted at its delivery.
pub async fn send(app: &App) -> Result<(), Failure> {
    loop {
        let taken = deliveries::take(&mut *app.conn().await?, app.now(), LEASE).await?;
        if taken.is_empty() {
            return Ok(());
        }
        try_join_all(taken.iter().map(|one| deliver(app, one))).await?;
    }
}

/// Sends one message and notes what came of it.
async fn deliver(app: &App, taken: &Taken) -> Result<(), Failure> {
    let prepared = prepare(&mut *app.conn().await?, app, taken).await;
    let outcome = match prepared {
        Ok(Some(parcel)) => parcel.send(app, taken).await,
        Ok(None) => return deliveries::dropped(&mut *app.conn().await?, &taken.row).await,
        Err(Failure::Unavailable(cause)) => return Err(Failure::Unavailable(cause)),
        Err(failure) => {
            tracing::error!(delivery = %taken.row.id, %failure, "a message cannot be put into words");
            Err(Refused("the message cannot be put into words".to_owned()))
        }
    };
    let mut conn = app.conn().await?;
    match outcome {
        Ok(()) => deliveries::sent(&mut conn, &taken.row, app.now()).await,
        Err(Refused(cause)) => {
            let estate = taken.row.estate_id.map(Into::into);
            let tries = settings::load(&conn, estate).await?.get(SettingKey::NoticeTries);
            tracing::warn!(delivery = %taken.row.id, channel = %taken.channel, tries = taken.row.tries, cause, "a message was not taken");
            deliveries::failed(&mut conn, &taken.row, &cause, tries, app.now()).await
        }
    }
}

/// A message ready to go.
struct Parcel {
    /// A mail address, or whom the robot calls.
    to: Option<String>,
    subject: String,
    text: String,
    /// The robot, for channels that have one.
    robot: Option<robots::Robot>,
}

impl Parcel {
    async fn send(&self, app: &App, taken: &Taken) -> Result<(), Refused> {
        if taken.channel.by_robot() {
            let robot = self
                .robot
                .as_ref()
                .ok_or_else(|| Refused("the estate has no robot switched on".to_owned()))?;
            return robot::post(robot, taken.channel, &self.text, self.to.as_deref(), app).await;
        }
        let to = self.to.as_deref().ok_or_else(|| Refused("no address".to_owned()))?;
        mail::post(&app.shared.config, taken.row.id, to, &self.subject, &self.text).await
    }
}

/// Puts a message into words; `None` when nobody needs it any more: it was read, the way was switched off, the person left.
async fn prepare(conn: &mut Conn, app: &App, taken: &Taken) -> Result<Option<Parcel>, Failure> {
    let row = &taken.row;
    let Some(content) = deliveries::content(conn, row).await? else {
        return Ok(None);
    };
    let (to, tongue) = match row.recipient_id {
        Some(person) => {
            let Some(address) = preferences::address(conn, person, taken.channel).await? else {
                return Ok(None);
            };
            let (set, _) = preferences::find(conn, person.into()).await?;
            (Some(address), set.language)
        }
        None => (row.address.clone(), Tongue::Zh),
    };
    let letter = letter(conn, app, row, &content).await?;
    let robot = match row.estate_id {
        Some(estate) if taken.channel.by_robot() => robots::in_use(conn, estate, taken.channel).await?,
        _ => None,
    };
    Ok(Some(Parcel {
        to,
        subject: tongue.pick(&letter.subject).to_owned(),
        text: tongue.pick(&letter.text).to_owned(),
        robot,
    }))
}

async fn letter(conn: &mut Conn, app: &App, row: &DeliveryRow, content: &Content) -> Result<Letter, Failure> {
    let zone = match row.estate_id {
        Some(estate) => zone(&estates::find(conn, estate.into()).await?.time_zone),
        None => DEFAULT_ZONE,
    };
    let public = app.shared.config.public_url.as_deref();
    let inbox = public.map(|url| format!("{}/notices", url.trim_end_matches('/')));
    Ok(match content {
        Content::Notice(line) => line.letter(zone, inbox.as_deref()),
        Content::Digest(digest) => digest.letter(zone, inbox.as_deref()),
        Content::Test => {
            let words = Text::new(
                "物业服务中心：通知渠道测试 channel test",
                "Service centre: channel test 通知渠道测试",
            );
            Letter {
                subject: words.clone(),
                text: words,
            }
        }
    })
}
