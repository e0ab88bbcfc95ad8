//! Mail, by SMTP.

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use uuid::Uuid;

use super::{PATIENCE, Refused};
use crate::config::Config;

type Transport = AsyncSmtpTransport<Tokio1Executor>;

/// Checks the address of a mail server, for the settings: `smtps://user:password@host`, `smtp://host:587?tls=required`.
///
/// # Errors
/// What is wrong with it, without repeating it.
pub fn server(url: &str) -> Result<String, String> {
    Transport::from_url(url)
        .map(|_| url.to_owned())
        .map_err(|_| "smtps://user:password@host or smtp://host:port".to_owned())
}

/// Checks a sender, for the settings: `wuye@example.com` or `Service centre <wuye@example.com>`.
///
/// # Errors
/// What is wrong with it.
pub fn mailbox(text: &str) -> Result<String, String> {
    text.parse::<Mailbox>()
        .map(|_| text.to_owned())
        .map_err(|error| error.to_string())
}

/// Sends a mail. One of the same `id` has the same message id, so that a mail program shows it once if it comes twice.
///
/// # Errors
/// What the mail server said.
pub async fn post(config: &Config, id: Uuid, to: &str, subject: &str, text: &str) -> Result<(), Refused> {
    let (Some(url), Some(from)) = (&config.smtp_url, &config.smtp_from) else {
        return Err(Refused("no mail server is set".to_owned()));
    };
    let refused = |cause: String| Refused(cause.replace(to, "…"));
    let message = Message::builder()
        .from(
            from.parse()
                .map_err(|_| Refused("the sender is not an address".to_owned()))?,
        )
        .to(Mailbox::new(
            None,
            to.parse().map_err(|_| Refused("not a mail address".to_owned()))?,
        ))
        .subject(subject)
        .message_id(Some(format!("<{id}@wuye>")))
        .header(ContentType::TEXT_PLAIN)
        .body(text.to_owned())
        .map_err(|error| refused(error.to_string()))?;
    let transport: Transport = Transport::from_url(url)
        .map_err(|_| Refused("the address of the mail server cannot be read".to_owned()))?
        .timeout(Some(PATIENCE))
        .build();
    // The limit of the transport is for each step; a server that drags on through all of them is given up as a whole.
    match tokio::time::timeout(PATIENCE * 3, transport.send(message)).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(refused(error.to_string())),
        Err(_) => Err(Refused("the mail server did not answer in time".to_owned())),
    }
}
