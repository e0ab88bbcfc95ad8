//! The service desk over HTTP.

pub mod assistance;
pub mod cases;
mod contact;
pub mod disputes;
mod late;
mod terms;
pub mod visits;

use utoipa_actix_web::service_config::ServiceConfig;

/// The routes of the service desk.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .configure(assistance::configure)
        .configure(cases::configure)
        .configure(disputes::configure)
        .configure(visits::configure);
}
