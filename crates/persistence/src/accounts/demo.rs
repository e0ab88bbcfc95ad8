//! What the login page of a demo offers.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Conn, Failure,
    schema::{accounts, assignments, employees, posts, secrets},
};

/// Where the demo's one password is kept: it is no secret.
pub const DEMO_PASSWORD: &str = "demo_password";

/// An account of the demo.
#[derive(Clone, Debug, Queryable, Serialize, ToSchema)]
pub struct DemoAccount {
    /// Login name.
    pub username: String,
    /// The person.
    pub name: String,
    /// Their post, in Chinese.
    pub post_zh: String,
    /// Their post, in English.
    pub post_en: String,
}

/// The demo's password, when this database holds a demo.
///
/// # Errors
/// As the database says.
pub async fn demo_password(conn: &mut Conn) -> Result<Option<String>, Failure> {
    let stored: Option<Vec<u8>> = secrets::table
        .find(DEMO_PASSWORD)
        .select(secrets::value)
        .first(conn)
        .await
        .optional()?;
    Ok(stored.and_then(|bytes| String::from_utf8(bytes).ok()))
}

/// The demo's accounts, in the order of the organisation.
///
/// # Errors
/// As the database says.
pub async fn demo_accounts(conn: &mut Conn) -> Result<Vec<DemoAccount>, Failure> {
    Ok(accounts::table
        .inner_join(employees::table.inner_join(assignments::table.inner_join(posts::table)))
        .filter(
            accounts::state
                .eq("active")
                .and(assignments::kind.eq("primary"))
                .and(assignments::state.eq("approved")),
        )
        .order((posts::position, accounts::username))
        .select((accounts::username, employees::name, posts::title_zh, posts::title_en))
        .limit(200)
        .load(conn)
        .await?)
}

/// Whether no person can log in yet: the product is to be set up.
///
/// # Errors
/// As the database says.
pub async fn none_can_log_in(conn: &mut Conn) -> Result<bool, Failure> {
    let able = accounts::table.filter(
        accounts::kind
            .eq("person")
            .and(accounts::password_hash.is_not_null())
            .and(accounts::state.eq("active")),
    );
    Ok(!diesel::select(diesel::dsl::exists(able))
        .get_result::<bool>(conn)
        .await?)
}
