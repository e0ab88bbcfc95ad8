//! Robots of messengers, by webhook.

use std::sync::LazyLock;

use base64::{Engine, engine::general_purpose::STANDARD};
use form_urlencoded::byte_serialize;
use hmac::{Hmac, Mac};
use serde::Deserialize;
use sha2::Sha256;
use wuye_domain::notices::{OutwardChannel, Webhook, message};
use wuye_persistence::notices::robots::Robot;

use super::{PATIENCE, Refused};
use crate::App;

/// Follows no redirect: the address was checked, where it points on to was not.
static CLIENT: LazyLock<Option<reqwest::Client>> = LazyLock::new(|| {
    let client = reqwest::Client::builder()
        .timeout(PATIENCE)
        .redirect(reqwest::redirect::Policy::none())
        .build();
    client
        .inspect_err(|error| tracing::error!(%error, "no HTTP client"))
        .ok()
});

/// What both makers answer, with status 200 even for a refusal.
#[derive(Deserialize)]
struct Verdict {
    errcode: i64,
    #[serde(default)]
    errmsg: String,
}

/// Has a robot write to its group, calling one person where `call` names them.
///
/// # Errors
/// What the other side said.
pub async fn post(
    robot: &Robot,
    channel: OutwardChannel,
    text: &str,
    call: Option<&str>,
    app: &App,
) -> Result<(), Refused> {
    // What the settings allow may have changed since the address was stored.
    let url = Webhook::new(channel, &robot.url, &app.shared.config.notice_origins)
        .map_err(|_| Refused("the address of the robot is not allowed any more".to_owned()))?;
    let url = match (&robot.secret, channel) {
        (Some(secret), OutwardChannel::Dingtalk) => signed(url.expose(), secret, app.now().timestamp_millis()),
        _ => url.expose().to_owned(),
    };
    let client = CLIENT
        .as_ref()
        .ok_or_else(|| Refused("this server has no HTTP client".to_owned()))?;
    // The address holds the robot's key and must not come into a log.
    let plain = |error: reqwest::Error| Refused(describe(&error.without_url()));
    let answer = client
        .post(url)
        .json(&message(channel, text, call))
        .send()
        .await
        .map_err(plain)?;
    let status = answer.status();
    if !status.is_success() {
        return Err(Refused(format!("HTTP {status}")));
    }
    let verdict: Verdict = answer.json().await.map_err(plain)?;
    if verdict.errcode == 0 {
        Ok(())
    } else {
        Err(Refused(format!("{}: {}", verdict.errcode, verdict.errmsg)))
    }
}

fn describe(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        "the other side did not answer in time".to_owned()
    } else if error.is_connect() {
        "the other side cannot be reached".to_owned()
    } else {
        error.to_string()
    }
}

/// The address with time and signature, as DingTalk asks for them: HMAC-SHA256 of both under the secret.
fn signed(url: &str, secret: &str, millis: i64) -> String {
    let mut mac = match Hmac::<Sha256>::new_from_slice(secret.as_bytes()) {
        Ok(mac) => mac,
        Err(_) => return url.to_owned(),
    };
    mac.update(format!("{millis}\n{secret}").as_bytes());
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    let signature: String = byte_serialize(signature.as_bytes()).collect();
    let mark = if url.contains('?') { '&' } else { '?' };
    format!("{url}{mark}timestamp={millis}&sign={signature}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_time_and_secret_fit_for_an_address() {
        let url = signed(
            "https://oapi.dingtalk.com/robot/send?access_token=t",
            "SEC000",
            1_772_416_800_000,
        );
        let (plain, signature) = url.split_once("&sign=").expect("signed");
        assert_eq!(
            plain,
            "https://oapi.dingtalk.com/robot/send?access_token=t&timestamp=1772416800000"
        );
        assert!(
            signature
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"%-_.*".contains(&byte))
        );
        assert_ne!(
            url,
            signed(
                "https://oapi.dingtalk.com/robot/send?access_token=t",
                "SEC001",
                1_772_416_800_000
            )
        );
        assert!(signed("https://x.example/hook", "s", 1).starts_with("https://x.example/hook?timestamp=1&sign="));
    }
}
