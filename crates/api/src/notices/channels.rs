//! The channels of an estate: the server's mail, and the robots of messengers. Their keys go in and never come out.

use actix_web::{get, http::StatusCode, post, put, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    notices::{Address, OutwardChannel, Webhook},
    shared::{EstateId, Problem, SubjectKind, Text, TrailEntry},
};
use wuye_persistence::{
    Failure, expect_version,
    notices::{
        deliveries,
        robots::{self, Robot},
    },
};

use super::{CLAUSES, deliveries::DeliveryView};
use crate::{Answer, ApiResult, App, Command, Guard, ListQuery};

/// A channel as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticeChannel {
    channel: OutwardChannel,
    /// The estate of a robot; absent for mail, which all share.
    estate_id: Option<Uuid>,
    /// Whether there is something to send by.
    set_up: bool,
    /// Whether it is used.
    enabled: bool,
    /// The host of the robot, or the sender of mail.
    r#where: Option<String>,
    /// The end of the robot's key, to tell one from another.
    key_hint: Option<String>,
    /// Whether its messages are signed.
    signed: bool,
    /// For If-Match; 0 for one that was never set.
    version: i32,
    updated_at: Option<DateTime<Utc>>,
}

impl NoticeChannel {
    fn robot(robot: &Robot) -> Result<Self, Failure> {
        let host = robot.url.split("://").nth(1).and_then(|rest| rest.split('/').next());
        let letters: Vec<char> = robot.url.chars().collect();
        Ok(Self {
            channel: robot.channel.parse()?,
            estate_id: Some(robot.estate_id),
            set_up: true,
            enabled: robot.enabled,
            r#where: host.map(ToOwned::to_owned),
            key_hint: Some(letters[letters.len().saturating_sub(4)..].iter().collect()),
            signed: robot.secret.is_some(),
            version: robot.version,
            updated_at: Some(robot.updated_at),
        })
    }

    fn none(channel: OutwardChannel, estate: EstateId) -> Self {
        Self {
            channel,
            estate_id: Some(estate.0),
            set_up: false,
            enabled: false,
            r#where: None,
            key_hint: None,
            signed: false,
            version: 0,
            updated_at: None,
        }
    }

    fn mail(app: &App) -> Self {
        let config = &app.shared.config;
        Self {
            channel: OutwardChannel::Email,
            estate_id: None,
            set_up: config.sends_mail(),
            enabled: config.sends_mail(),
            r#where: config.smtp_from.clone().filter(|_| config.sends_mail()),
            key_hint: None,
            signed: false,
            version: 0,
            updated_at: None,
        }
    }
}

/// Which channels.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ChannelFilter {
    /// The estate; the only one the caller works in when absent.
    estate_id: Option<EstateId>,
}

/// The channels of an estate
///
/// Mail, which is set in the server's settings, and the robots of both messengers, set up or not. Keys are not shown.
#[utoipa::path(tag = "notices", operation_id = "list_notice_channels", params(ChannelFilter),
    responses((status = 200, description = "The channels", body = Vec<NoticeChannel>)),
    extensions(("x-permission" = json!("notice.read")), ("x-clauses" = json!(CLAUSES))))]
#[get("/notices/channels")]
pub async fn list_notice_channels(
    guard: Guard<need::NoticeRead>,
    list: ListQuery<ChannelFilter>,
    app: web::Data<App>,
) -> ApiResult<Vec<NoticeChannel>> {
    let estate = guard.estate(list.filter.estate_id)?;
    let known = robots::list(&mut *app.conn().await?, &guard.scope, Some(estate)).await?;
    let mut all = vec![NoticeChannel::mail(&app)];
    for channel in OutwardChannel::ALL.iter().filter(|channel| channel.by_robot()) {
        let robot = known.iter().find(|robot| robot.channel == channel.code());
        all.push(match robot {
            Some(robot) => NoticeChannel::robot(robot)?,
            None => NoticeChannel::none(*channel, estate),
        });
    }
    Answer::ok(&all)
}

/// A robot as it is to be.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetNoticeRobot {
    /// The estate; the only one the caller works in when absent.
    #[serde(default)]
    estate_id: Option<EstateId>,
    /// Its address, as its maker gives it; the known one stays when absent.
    #[serde(default)]
    #[validate(length(max = 500))]
    #[schema(max_length = 500)]
    url: Option<String>,
    /// What its messages are signed with; the known one stays when absent, and an empty one ends the signing.
    #[serde(default)]
    #[validate(length(max = 200))]
    #[schema(max_length = 200)]
    secret: Option<String>,
    /// Whether it is used; it is when absent.
    #[serde(default)]
    enabled: Option<bool>,
}

/// Set the robot of an estate
///
/// `channel` is `wecom` or `dingtalk`. The address must be one of its maker's, or of a host that the server's settings allow.
/// Address and secret are kept for sending and not shown again. `If-Match` with the version seen, `"0"` for a new one.
#[utoipa::path(tag = "notices", operation_id = "set_notice_robot", params(("channel" = String, Path)), request_body = SetNoticeRobot,
    responses((status = 200, description = "The robot", body = NoticeChannel)),
    extensions(("x-permission" = json!("notice.manage")), ("x-clauses" = json!(CLAUSES))))]
#[put("/notices/channels/{channel}")]
pub async fn set_notice_robot(
    guard: Guard<need::NoticeManage>,
    channel: web::Path<String>,
    command: Command<SetNoticeRobot>,
    app: web::Data<App>,
) -> ApiResult<NoticeChannel> {
    let channel = known(&channel)
        .filter(|channel| channel.by_robot())
        .ok_or_else(Problem::not_found)?;
    let estate = guard.estate(command.body.estate_id)?;
    let expected = command.expected_version()?;
    let body = &command.body;
    let url = body
        .url
        .as_deref()
        .map(|url| Webhook::new(channel, url, &app.shared.config.notice_origins))
        .transpose()?;
    let mut work = app.begin(&guard, &command).await?;
    let now = work.now;
    let before = robots::lock(&mut work, estate, channel).await?;
    expect_version(before.as_ref().map_or(0, |robot| robot.version), expected)?;
    let (new, had_secret) = (
        before.is_none(),
        before.as_ref().is_some_and(|robot| robot.secret.is_some()),
    );
    let url = match (url, &before) {
        (Some(url), _) => url.expose().to_owned(),
        (None, Some(robot)) => robot.url.clone(),
        (None, None) => {
            let words = Text::new("请填写机器人地址", "give the address of the robot");
            return Err(Problem::field("/url", "required", words).into());
        }
    };
    let mut robot = before.unwrap_or_else(|| Robot {
        id: Uuid::now_v7(),
        estate_id: estate.0,
        channel: channel.code().to_owned(),
        url: String::new(),
        secret: None,
        enabled: false,
        version: 1,
        created_at: now,
        updated_at: now,
    });
    let moved = robot.url != url;
    let was_enabled = robot.enabled;
    robot.url = url;
    if let Some(secret) = &body.secret {
        robot.secret = Some(secret.trim().to_owned()).filter(|secret| !secret.is_empty());
    }
    robot.enabled = body.enabled.unwrap_or(true);
    robot.updated_at = now;
    if new {
        robots::insert(&mut work, &robot).await?;
    } else {
        robots::save(&mut work, &mut robot).await?;
    }
    work.holds_secret();
    work.record(
        TrailEntry::new(SubjectKind::NoticeRobot, robot.id, "robot_set")
            .estate(estate)
            .changes(serde_json::json!({
                "channel": channel,
                "enabled": [was_enabled, robot.enabled],
                "address_changed": moved,
                "signed": [had_secret, robot.secret.is_some()],
            })),
    );
    let view = NoticeChannel::robot(&robot)?;
    let answer = Answer::ok(&view)?.version(view.version);
    work.commit_with(answer).await
}

/// Where a test goes.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TestNoticeChannel {
    /// The estate whose robot is tested; the only one the caller works in when absent.
    #[serde(default)]
    estate_id: Option<EstateId>,
    /// The mail address it goes to; for mail only.
    #[serde(default)]
    #[validate(length(max = 254))]
    #[schema(max_length = 254)]
    address: Option<String>,
}

/// Test a channel
///
/// Puts a message on the way and answers with its delivery; read that to see what came of it.
#[utoipa::path(tag = "notices", operation_id = "test_notice_channel", params(("channel" = String, Path)), request_body = TestNoticeChannel,
    responses((status = 201, description = "The delivery of the test", body = DeliveryView)),
    extensions(("x-permission" = json!("notice.manage")), ("x-clauses" = json!(CLAUSES))))]
#[post("/notices/channels/{channel}/test")]
pub async fn test_notice_channel(
    guard: Guard<need::NoticeManage>,
    channel: web::Path<String>,
    command: Command<TestNoticeChannel>,
    app: web::Data<App>,
) -> ApiResult<DeliveryView> {
    let channel = known(&channel).ok_or_else(Problem::not_found)?;
    let estate = guard.estate(command.body.estate_id)?;
    let address = match (&command.body.address, channel.by_robot()) {
        (Some(address), false) => Some(Address::new(channel, address)?),
        (None, false) => {
            let words = Text::new("请填写收件邮箱", "give the mail address to send to");
            return Err(Problem::field("/address", "required", words).into());
        }
        (_, true) => None,
    };
    let mut work = app.begin(&guard, &command).await?;
    let now = work.now;
    let to = address.as_ref().map(Address::as_str);
    let row = deliveries::test(&mut work, Some(estate.0), channel, to, now).await?;
    super::send::soon(&mut work, now).await?;
    work.record(
        TrailEntry::new(SubjectKind::NoticeDelivery, row.id, "test_asked")
            .estate(estate)
            .changes(serde_json::json!({ "channel": channel })),
    );
    let view = DeliveryView::of(&mut work, vec![row]).await?.remove(0);
    work.answer(StatusCode::CREATED, &view).await
}

fn known(code: &str) -> Option<OutwardChannel> {
    code.parse().ok()
}
