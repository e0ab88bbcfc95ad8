//! Limits of what comes in without an account: by address and by estate, counted in the database for all servers.

use actix_web::HttpRequest;
use chrono::TimeDelta;
use wuye_domain::{
    access::Permission,
    shared::{EstateId, Problem, ProblemCode, SettingKey, Settings, Text},
};
use wuye_persistence::{
    Failure,
    service_desk::public_reports::{self, Attempt, Limits},
};

use crate::{
    App,
    access::{address, network},
    jobs::system,
};

/// Counts one attempt and refuses it above the limits of the hour. It is counted whatever becomes of it: those refused
/// count too.
///
/// # Errors
/// `too_many_requests` with the seconds after which another try makes sense.
pub async fn admit(
    app: &App,
    request: &HttpRequest,
    what: Attempt,
    estate: Option<EstateId>,
    settings: &Settings,
) -> Result<(), Failure> {
    let of_estate = settings.get(SettingKey::EstateReportsPerHour);
    let (by_address, in_estate) = match what {
        Attempt::Report => (settings.get(SettingKey::ReportsPerHour), of_estate),
        Attempt::Photo => {
            let photos = settings.get(SettingKey::PhotosPerHour);
            (photos, photos.saturating_mul(of_estate))
        }
        Attempt::Look => (settings.get(SettingKey::LooksPerHour), i64::MAX),
    };
    let limits = Limits {
        address: by_address,
        estate: estate.filter(|_| what != Attempt::Look).map(|id| (id, in_estate)),
    };
    let mut work = app.begin_as(system(), Permission::ReportTriage).await?;
    let (from, now) = (network(&address(request, app)), work.now);
    let free = public_reports::attempt(&mut work, what, &from, limits, TimeDelta::hours(1), now).await?;
    work.commit().await?;
    let Some(free) = free else { return Ok(()) };
    let seconds = u32::try_from((free - now).num_seconds().max(0)).unwrap_or(u32::MAX);
    Err(Problem::new(
        ProblemCode::TooManyRequests,
        Text::new(
            "提交过于频繁，请稍后再试；急事请直接拨打客服电话。",
            "Too many in a short time: try again later, or call the service desk if it is urgent.",
        ),
    )
    .retry_after(seconds.saturating_add(1))
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
