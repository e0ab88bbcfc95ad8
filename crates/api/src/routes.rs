//! The one list of what the server serves.

use utoipa_actix_web::{scope, service_config::ServiceConfig};

/// Everything under `/api/v1`, and the state of the server.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(crate::system::healthz).service(crate::system::readyz);
    config.service(
        scope::scope("/api/v1")
            .configure(crate::access::configure)
            .configure(crate::files::configure)
            .configure(crate::org::configure)
            .configure(crate::manual::configure)
            .configure(crate::service_desk::configure)
            .configure(crate::system::configure)
            .configure(crate::calendar::configure)
            .configure(crate::audit::configure)
            .configure(crate::estates::configure)
            .configure(crate::estate::configure)
            .configure(crate::goals::configure)
            .configure(crate::plans::configure)
            .configure(crate::notices::configure)
            .service(crate::workbench::get_workbench)
            .service(crate::live::stream_events),
    );
}
