//! Login, sessions, one's own account, tokens and services (DER-COMPUTER-2).

mod cookie;
mod demo;
mod login;
mod me;
mod origin;
mod reset;
mod services;
mod sessions;
mod setup;
mod tokens;
mod totp;

use crate::routes::Routes;

pub use cookie::hash as hash_secret;
pub use login::sweep;
pub use origin::{address, network};
pub use reset::first_password;
pub use setup::{new_setup_code, public_code, setup_needed};

/// The routes of this context.
pub fn configure(config: &mut Routes<'_>) {
    config
        .service(login::login)
        .service(login::refresh_session)
        .service(login::logout)
        .service(login::logout_everywhere)
        .service(demo::list_demo_accounts)
        .service(setup::get_setup)
        .service(setup::complete_setup)
        .service(me::get_me)
        .service(me::change_own_password)
        .service(totp::start_totp)
        .service(totp::confirm_totp)
        .service(totp::remove_totp)
        .service(tokens::list_own_tokens)
        .service(tokens::create_own_token)
        .service(tokens::revoke_own_token)
        .service(services::list_services)
        .service(services::export_services)
        .service(services::create_service)
        .service(services::create_service_token)
        .service(services::list_service_tokens)
        .service(services::revoke_service_token)
        .service(sessions::list_own_sessions)
        .service(sessions::end_own_session)
        .service(services::disable_service)
        .service(reset::reset_password);
}
