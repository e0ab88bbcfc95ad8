//! Limits of what comes in without an account: by address and by estate, counted in the database for all servers.

use chrono::TimeDelta;
use wuye_domain::shared::{EstateId, Problem, ProblemCode, SettingKey, Settings, Text};
use wuye_persistence::{
    Conn, Failure,
    service_desk::public_reports::{self, Attempt},
};

use crate::App;

/// Looks at tracking codes per hour from one address: plenty for a family, nothing for a guesser.
const LOOKS: i64 = 120;

/// Counts one attempt of the hour and refuses it above the limit.
///
/// # Errors
/// `too_many_requests` with the seconds after which another try makes sense.
pub async fn allow(
    conn: &mut Conn,
    app: &App,
    what: Attempt,
    address: &str,
    estate: Option<EstateId>,
    settings: &Settings,
) -> Result<(), Failure> {
    let now = app.now();
    let since = now - TimeDelta::hours(1);
    let (by_address, by_estate) = public_reports::attempt(conn, what, address, estate, since, now).await?;
    let (address_limit, estate_limit) = match what {
        Attempt::Report => (
            settings.get(SettingKey::ReportsPerHour),
            settings.get(SettingKey::EstateReportsPerHour),
        ),
        Attempt::Photo => {
            let photos = settings.get(SettingKey::PhotosPerHour);
            (photos, photos * settings.get(SettingKey::EstateReportsPerHour))
        }
        Attempt::Look => (LOOKS, i64::MAX),
    };
    if by_address <= address_limit && by_estate <= estate_limit {
        return Ok(());
    }
    Err(Problem::new(
        ProblemCode::TooManyRequests,
        Text::new(
            "提交过于频繁，请稍后再试；急事请直接拨打客服电话。",
            "Too many in a short time: try again later, or call the service desk if it is urgent.",
        ),
    )
    .retry_after(600)
    .into())
}

/// Forgets the attempts of yesterday.
///
/// # Errors
/// As the database says.
pub async fn sweep(app: &App) -> Result<(), Failure> {
    let until = app.now() - TimeDelta::hours(24);
    public_reports::sweep_attempts(&mut *app.conn().await?, until).await?;
    Ok(())
}
