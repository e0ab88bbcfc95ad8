//! The lists of the organisation as files: columns as people see them, names in place of ids.

mod care;
mod duty;
mod structure;

use utoipa_actix_web::service_config::ServiceConfig;

/// The routes of these files. An export stands before the record of its list, whose id it would be taken for.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .configure(structure::configure)
        .configure(duty::configure)
        .configure(care::configure);
}
