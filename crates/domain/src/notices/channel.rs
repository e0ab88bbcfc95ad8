//! The ways out of the product: mail, and the robots of two messengers.

use chrono::TimeDelta;
use validator::ValidateEmail;

use crate::code_enum;
use crate::shared::{Problem, Text};

code_enum! {
    /// A way by which somebody is told outside of the product.
    pub enum OutwardChannel {
        /// 邮件, by SMTP.
        Email = "email",
        /// 企业微信群机器人
        Wecom = "wecom",
        /// 钉钉群机器人
        Dingtalk = "dingtalk",
    }
}

code_enum! {
    /// Where the sending of a message stands.
    pub enum DeliveryState {
        /// To be sent.
        Waiting = "waiting",
        /// Held until the quiet hours are over.
        HeldQuiet = "held_quiet",
        /// A server is sending it. One that dies meanwhile is followed by another, so it may go out again.
        Sending = "sending",
        /// Sent.
        Sent = "sent",
        /// Told in a digest.
        InDigest = "in_digest",
        /// Not taken by the other side; to be tried again.
        Failed = "failed",
        /// Tried often enough.
        GivenUp = "given_up",
        /// Read in the product before it was sent, or not wanted any more.
        Dropped = "dropped",
    }
}

impl OutwardChannel {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Email => Text::new("邮件", "mail"),
            Self::Wecom => Text::new("企业微信", "WeCom"),
            Self::Dingtalk => Text::new("钉钉", "DingTalk"),
        }
    }

    /// The origin that its robots have by the documents of their makers; mail has none.
    #[must_use]
    pub const fn origin(self) -> Option<&'static str> {
        match self {
            Self::Email => None,
            Self::Wecom => Some("https://qyapi.weixin.qq.com"),
            Self::Dingtalk => Some("https://oapi.dingtalk.com"),
        }
    }

    /// Whether it goes by a robot of the estate.
    #[must_use]
    pub const fn by_robot(self) -> bool {
        self.origin().is_some()
    }
}

impl DeliveryState {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Waiting => Text::new("待发送", "waiting"),
            Self::HeldQuiet => Text::new("免打扰暂存", "held for quiet hours"),
            Self::Sending => Text::new("发送中", "being sent"),
            Self::Sent => Text::new("已发送", "sent"),
            Self::InDigest => Text::new("已并入晨报", "in the digest"),
            Self::Failed => Text::new("失败待重试", "failed, to be tried again"),
            Self::GivenUp => Text::new("已放弃", "given up"),
            Self::Dropped => Text::new("无须发送", "not needed any more"),
        }
    }
}

/// How long after the `tries`-th failure the next try comes.
#[must_use]
pub const fn pause(tries: i32) -> TimeDelta {
    TimeDelta::minutes(match tries {
        ..=1 => 1,
        2 => 5,
        3 => 15,
        4 => 60,
        _ => 240,
    })
}

/// Where somebody is reached: a mail address, or the name by which a robot calls them in its group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// Checks it for its channel.
    ///
    /// # Errors
    /// `validation_failed` at `/address`.
    pub fn new(channel: OutwardChannel, text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let fits = match channel {
            OutwardChannel::Email => text.len() <= 254 && text.is_ascii() && text.validate_email(),
            OutwardChannel::Wecom | OutwardChannel::Dingtalk => {
                let usual = |byte: u8| byte.is_ascii_alphanumeric() || b"_-@.+".contains(&byte);
                (1..=64).contains(&text.len()) && text.bytes().all(usual)
            }
        };
        if fits {
            return Ok(Self(text.to_owned()));
        }
        let message = match channel {
            OutwardChannel::Email => Text::new("须为邮箱地址", "must be a mail address"),
            OutwardChannel::Wecom | OutwardChannel::Dingtalk => Text::new(
                "须为该平台的成员账号：64个以内的字母、数字或 _ - @ . +",
                "must be the member's id there: up to 64 letters, digits or _ - @ . +",
            ),
        };
        Err(Problem::field("/address", "invalid", message))
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The address of a robot. It goes to one of its maker's hosts, or to one that the server's settings allow: otherwise
/// whoever may set it could have the server call anything in its network.
#[derive(Clone, PartialEq, Eq)]
pub struct Webhook(String);

impl Webhook {
    /// Checks where it leads. `allowed` are further origins (`https://proxy.example.com`), from the server's settings.
    ///
    /// # Errors
    /// `validation_failed` at `/url`.
    pub fn new(channel: OutwardChannel, url: &str, allowed: &[String]) -> Result<Self, Problem> {
        let url = url.trim();
        let known = |origin: &str| channel.origin() == Some(origin) || allowed.iter().any(|one| one == origin);
        if url.len() <= 500 && origin(url).is_some_and(|origin| known(&origin)) {
            return Ok(Self(url.to_owned()));
        }
        let host = channel.origin().unwrap_or_default();
        Err(Problem::field(
            "/url",
            "not_allowed",
            crate::text!(
                "机器人地址须以 {host}/ 开头；其他地址须由服务器设置放行",
                "the address of the robot must begin with {host}/; others must be allowed in the server's settings"
            ),
        ))
    }

    /// The address whole, its key included: for calling it, never for showing.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Webhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Webhook(…)")
    }
}

/// Scheme, host and port of an address, in small letters; `None` where they are not plain to see.
fn origin(url: &str) -> Option<String> {
    if url
        .bytes()
        .any(|byte| byte.is_ascii_whitespace() || byte.is_ascii_control() || byte == b'\\')
    {
        return None;
    }
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())?;
    (!host.contains('@')).then(|| format!("{scheme}://{host}").to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_robot_lives_at_its_makers_host_or_where_the_settings_allow() {
        let robot = |channel, url| Webhook::new(channel, url, &["http://127.0.0.1:4000".to_owned()]).is_ok();
        assert!(robot(
            OutwardChannel::Wecom,
            "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1"
        ));
        assert!(robot(
            OutwardChannel::Dingtalk,
            "HTTPS://oapi.dingtalk.com/robot/send?access_token=1"
        ));
        assert!(robot(OutwardChannel::Dingtalk, "http://127.0.0.1:4000/robot"));
        for wrong in [
            "",
            "https://",
            "http://qyapi.weixin.qq.com/",
            "https://oapi.dingtalk.com/robot",
            "https://qyapi.weixin.qq.com.evil.example/",
            "https://qyapi.weixin.qq.com@evil.example/",
            "https://qyapi.weixin.qq.com:8443/",
            "https://evil.example/?https://qyapi.weixin.qq.com/",
            "https://evil.example\\@qyapi.weixin.qq.com/",
            "http://127.0.0.1:4001/",
            "http://169.254.169.254/latest/meta-data",
            "file:///etc/passwd",
        ] {
            assert!(!robot(OutwardChannel::Wecom, wrong), "{wrong}");
        }
        assert!(Webhook::new(OutwardChannel::Email, "https://qyapi.weixin.qq.com/", &[]).is_err());
    }

    #[test]
    fn an_address_fits_its_channel() {
        assert!(
            Address::new(OutwardChannel::Email, " li@example.com ")
                .is_ok_and(|address| address.as_str() == "li@example.com")
        );
        for wrong in [
            "",
            "li",
            "li@",
            "a b@example.com",
            "李@example.com",
            "li@example.com\r\nbcc: x@y.z",
        ] {
            assert!(Address::new(OutwardChannel::Email, wrong).is_err(), "{wrong}");
        }
        assert!(Address::new(OutwardChannel::Wecom, "ZhangSan").is_ok());
        assert!(Address::new(OutwardChannel::Dingtalk, "@all people").is_err());
    }

    #[test]
    fn pauses_grow() {
        let pauses: Vec<i64> = (0..8).map(|tries| pause(tries).num_minutes()).collect();
        assert!(pauses.windows(2).all(|pair| pair[0] <= pair[1]), "{pauses:?}");
        assert_eq!((pauses[1], pauses[5]), (1, 240));
    }

    #[test]
    fn a_robots_address_is_not_shown() {
        let robot =
            Webhook::new(OutwardChannel::Wecom, "https://qyapi.weixin.qq.com/?key=secret", &[]).expect("a robot");
        assert!(!format!("{robot:?}").contains("secret"));
    }
}
