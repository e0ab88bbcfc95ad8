//! The app on a phone that shows one-time codes.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::json;
use totp_rs::{Builder, Secret, Totp};
use wuye_stage::Person;

/// Set up for one login.
pub struct Authenticator {
    totp: Totp,
    /// The secret, in base32 as it was shown.
    pub secret: String,
    /// The recovery codes.
    pub recovery: Vec<String>,
}

/// Sets up one-time codes for somebody who is logged in.
pub async fn enrol(person: &Person) -> Authenticator {
    let shown = person.post("/me/totp", json!({})).await.json(200);
    let secret = shown["secret"].as_str().expect("a secret").to_owned();
    let totp = Builder::new()
        .with_secret(Secret::try_from_base32(&secret).expect("a secret"))
        .with_step_duration(30)
        .with_issuer(Some("x"))
        .with_account_name("x")
        .build()
        .expect("an authenticator");
    let mut app = Authenticator {
        totp,
        secret,
        recovery: Vec::new(),
    };
    // The code of the step before counts too: the present one is left for the next login.
    let code = app.totp.generate(now() - 30).to_string();
    let codes = person.post("/me/totp/confirm", json!({ "code": code })).await.json(200);
    let codes = codes["codes"].as_array().expect("codes").iter();
    app.recovery = codes.map(|code| code.as_str().expect("a code").to_owned()).collect();
    app
}

impl Authenticator {
    /// What it shows now.
    pub fn code(&self) -> String {
        self.totp.generate(now()).to_string()
    }

    /// A code that is not right now, nor was or will be in a minute.
    pub fn wrong(&self) -> String {
        let right: Vec<String> = (0..7)
            .map(|step| self.totp.generate(now() + step * 30 - 90).to_string())
            .collect();
        let mut all = (0..).map(|number: u32| format!("{number:06}"));
        all.find(|code| !right.contains(code)).expect("a wrong code")
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("a time").as_secs()
}
