//! How somebody wants to be told: language, digest, quiet hours, and the ways outside of the product.

use actix_web::{get, patch, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;
use wuye_domain::{
    access::need,
    notices::{Address, OutwardChannel, Preferences, Tongue},
    shared::{EmployeeId, EstateId, Problem, SettingKey, Settings, SubjectKind, Text, TrailEntry},
};
use wuye_persistence::{
    Conn, Failure, expect_version,
    notices::{preferences, robots},
    settings,
};

use super::CLAUSES;
use crate::{Answer, ApiResult, App, Command, Guard};

/// Quiet hours, in minutes after midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// Their first minute.
    #[validate(range(max = 1439))]
    #[schema(minimum = 0, maximum = 1439)]
    from_minute: u32,
    /// The first minute after them; the same as the first for none.
    #[validate(range(max = 1439))]
    #[schema(minimum = 0, maximum = 1439)]
    until_minute: u32,
}

/// A way by which the caller can be told outside of the product.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnNoticeChannel {
    channel: OutwardChannel,
    /// The mail address, or the caller's id at the messenger.
    address: Option<String>,
    /// Whether the caller has switched it on.
    enabled: bool,
    /// Whether anything can be sent by it: the server has a mail server, the estate a robot.
    available: bool,
}

/// How the caller is told.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticeSettings {
    /// The language of what leaves the product.
    language: Tongue,
    /// Whether a digest comes in the morning.
    digest: bool,
    /// When it comes, in minutes after midnight.
    digest_minute: i64,
    /// The caller's own quiet hours; absent while those of the estate hold.
    quiet: Option<QuietHours>,
    /// Those of the estate.
    estate_quiet: QuietHours,
    /// Every way there is.
    channels: Vec<OwnNoticeChannel>,
    version: i32,
}

impl NoticeSettings {
    async fn of(conn: &mut Conn, app: &App, person: EmployeeId, home: Option<EstateId>) -> Result<Self, Failure> {
        let (set, version) = preferences::find(conn, person).await?;
        let terms = settings::load(conn, home).await?;
        let own = preferences::channels_of(conn, person).await?;
        let mut channels = Vec::new();
        for channel in OutwardChannel::ALL {
            let known = own.iter().find(|known| known.channel == *channel);
            let available = match home {
                Some(estate) if channel.by_robot() => robots::in_use(conn, estate.0, *channel).await?.is_some(),
                _ => !channel.by_robot() && app.shared.config.sends_mail(),
            };
            channels.push(OwnNoticeChannel {
                channel: *channel,
                address: known.map(|known| known.address.clone()),
                enabled: known.is_some_and(|known| known.enabled),
                available,
            });
        }
        Ok(Self {
            language: set.language,
            digest: set.digest,
            digest_minute: terms.get(SettingKey::NoticeDigest),
            quiet: set.quiet.map(|(from_minute, until_minute)| QuietHours {
                from_minute,
                until_minute,
            }),
            estate_quiet: estate_quiet(&terms),
            channels,
            version,
        })
    }
}

fn estate_quiet(terms: &Settings) -> QuietHours {
    let minute = |key| u32::try_from(terms.get(key)).unwrap_or(0);
    QuietHours {
        from_minute: minute(SettingKey::NoticeQuietFrom),
        until_minute: minute(SettingKey::NoticeQuietUntil),
    }
}

/// My notice settings
#[utoipa::path(tag = "notices", operation_id = "get_notice_settings",
    responses((status = 200, description = "How the caller is told", body = NoticeSettings)),
    extensions(("x-permission" = json!("self.read")), ("x-clauses" = json!(CLAUSES))))]
#[get("/me/notices/settings")]
pub async fn get_notice_settings(guard: Guard<need::SelfRead>, app: web::Data<App>) -> ApiResult<NoticeSettings> {
    let person = guard.person()?;
    let mut conn = app.conn().await?;
    let view = NoticeSettings::of(&mut conn, &app, person, guard.actor.home_estate()).await?;
    Ok(Answer::ok(&view)?.version(view.version))
}

/// A way to set.
#[derive(Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetOwnChannel {
    /// Which.
    channel: OutwardChannel,
    /// Where; the known address stays when absent, and without one the way cannot be switched on.
    #[serde(default)]
    #[validate(length(max = 254))]
    #[schema(max_length = 254)]
    address: Option<String>,
    /// Whether to use it.
    enabled: bool,
    /// Forget the address: the way is switched off.
    #[serde(default)]
    forget: bool,
}

/// What of the settings changes; fields left out stay as they are.
#[derive(Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeNoticeSettings {
    /// The language of what leaves the product.
    #[serde(default)]
    language: Option<Tongue>,
    /// Whether a digest comes in the morning.
    #[serde(default)]
    digest: Option<bool>,
    /// One's own quiet hours.
    #[serde(default)]
    #[validate(nested)]
    quiet: Option<QuietHours>,
    /// Go back to the quiet hours of the estate.
    #[serde(default)]
    estate_quiet: bool,
    /// Ways to set.
    #[serde(default)]
    #[validate(length(max = 3), nested)]
    #[schema(max_items = 3)]
    channels: Vec<SetOwnChannel>,
}

/// Change my notice settings
///
/// The trail keeps that they changed, never an address.
#[utoipa::path(tag = "notices", operation_id = "change_notice_settings", request_body = ChangeNoticeSettings,
    responses((status = 200, description = "How the caller is told now", body = NoticeSettings)),
    extensions(("x-permission" = json!("self.manage")), ("x-clauses" = json!(CLAUSES))))]
#[patch("/me/notices/settings")]
pub async fn change_notice_settings(
    guard: Guard<need::SelfManage>,
    command: Command<ChangeNoticeSettings>,
    app: web::Data<App>,
) -> ApiResult<NoticeSettings> {
    let person = guard.person()?;
    let expected = command.expected_version()?;
    let mut work = app.begin(&guard, &command).await?;
    let (before, version) = preferences::find(&mut work, person).await?;
    expect_version(version, expected)?;
    let body = &command.body;
    let after = Preferences {
        language: body.language.unwrap_or(before.language),
        digest: body.digest.unwrap_or(before.digest),
        quiet: match body.quiet {
            Some(own) => Some((own.from_minute, own.until_minute)),
            None if body.estate_quiet => None,
            None => before.quiet,
        },
    };
    let now = work.now;
    preferences::save(&mut work, person, &after, version, now).await?;
    for (place, way) in body.channels.iter().enumerate() {
        set_channel(&mut work, person, way, now)
            .await
            .map_err(|failure| within(failure, place))?;
    }
    let changed: Vec<OutwardChannel> = body.channels.iter().map(|way| way.channel).collect();
    work.record(
        TrailEntry::new(SubjectKind::Employee, person, "notice_settings_changed").changes(serde_json::json!({
            "language": [before.language, after.language],
            "digest": [before.digest, after.digest],
            "channels": changed,
        })),
    );
    let home = guard.actor.home_estate();
    let view = NoticeSettings::of(&mut work, &app, person, home).await?;
    let answer = Answer::ok(&view)?.version(view.version);
    work.commit_with(answer).await
}

fn within(failure: Failure, place: usize) -> Failure {
    match failure {
        Failure::Problem(problem) => problem.within(&format!("/channels/{place}")).into(),
        other => other,
    }
}

async fn set_channel(
    conn: &mut Conn,
    person: EmployeeId,
    way: &SetOwnChannel,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), Failure> {
    if way.forget {
        return preferences::forget_channel(conn, person, way.channel).await;
    }
    let known = preferences::channels_of(conn, person).await?;
    let known = known.into_iter().find(|known| known.channel == way.channel);
    let Some(address) = way.address.clone().or_else(|| known.map(|known| known.address)) else {
        if way.enabled {
            let words = Text::new("请先填写地址", "give the address first");
            return Err(Problem::field("/address", "required", words).into());
        }
        return Ok(());
    };
    let address = Address::new(way.channel, &address)?;
    preferences::set_channel(conn, person, way.channel, &address, way.enabled, now).await
}
