//! Logins, sessions and tokens.

mod account;
mod attempts;
mod demo;
mod sessions;
mod tokens;

pub use account::{
    Account, ChangeAccount, disable_of_employee, epoch, epochs, find, find_by_employee, find_by_username, insert,
    raise_epoch, raise_epoch_of_employees, save, services, touch_login, version_conflict,
};
pub use attempts::{Limits, begin_attempt, succeed, sweep_attempts, withdraw_attempt};
pub use demo::{DEMO_PASSWORD, DemoAccount, demo_accounts, demo_password, none_can_log_in};
pub use sessions::{Life, Refresh, Session, end_all, end_family, rotate, sessions_of, start_family};
pub use tokens::{AccessToken, find_token, insert_token, revoke_token, token_by_hash, tokens_of, touch_token};
