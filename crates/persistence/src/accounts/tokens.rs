//! Personal access tokens and the tokens of services: hashed, with scopes and an end.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::shared::AccountId;

use super::Account;
use crate::{
    Conn, Failure,
    schema::{access_tokens as tokens, accounts},
};

/// A token as it lies in the database.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = tokens, treat_none_as_default_value = false)]
pub struct AccessToken {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub account_id: Uuid,
    /// What it is for.
    pub name: String,
    /// SHA-256 of the secret.
    pub token_hash: Vec<u8>,
    /// Its first characters, to tell tokens apart.
    pub hint: String,
    /// The permissions it narrows to.
    pub permissions: Vec<Option<String>>,
    /// Its end.
    pub expires_at: DateTime<Utc>,
    /// When it was taken back.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Last use, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// The account that made it.
    pub created_by: Uuid,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// Adds a token.
///
/// # Errors
/// As the database says.
pub async fn insert_token(conn: &mut Conn, token: &AccessToken) -> Result<(), Failure> {
    diesel::insert_into(tokens::table).values(token).execute(conn).await?;
    Ok(())
}

/// The living token of this hash, with its account.
///
/// # Errors
/// As the database says.
pub async fn token_by_hash(
    conn: &mut Conn,
    hash: &[u8],
    now: DateTime<Utc>,
) -> Result<Option<(AccessToken, Account)>, Failure> {
    Ok(tokens::table
        .inner_join(accounts::table)
        .filter(
            tokens::token_hash
                .eq(hash)
                .and(tokens::revoked_at.is_null())
                .and(tokens::expires_at.gt(now)),
        )
        .filter(accounts::state.eq("active"))
        .select((AccessToken::as_select(), Account::as_select()))
        .first(conn)
        .await
        .optional()?)
}

/// The tokens of an account, newest first.
///
/// # Errors
/// As the database says.
pub async fn tokens_of(conn: &mut Conn, account: AccountId) -> Result<Vec<AccessToken>, Failure> {
    Ok(tokens::table
        .filter(tokens::account_id.eq(account.0))
        .select(AccessToken::as_select())
        .order(tokens::id.desc())
        .load(conn)
        .await?)
}

/// One token.
///
/// # Errors
/// `not_found`.
pub async fn find_token(conn: &mut Conn, id: Uuid) -> Result<AccessToken, Failure> {
    Ok(tokens::table
        .find(id)
        .select(AccessToken::as_select())
        .first(conn)
        .await?)
}

/// Takes a token back.
///
/// # Errors
/// As the database says.
pub async fn revoke_token(conn: &mut Conn, id: Uuid, now: DateTime<Utc>) -> Result<(), Failure> {
    diesel::update(tokens::table.find(id).filter(tokens::revoked_at.is_null()))
        .set(tokens::revoked_at.eq(now))
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes the use of a token, at most once a minute so that reads stay reads.
///
/// # Errors
/// As the database says.
pub async fn touch_token(conn: &mut Conn, token: &AccessToken, now: DateTime<Utc>) -> Result<(), Failure> {
    if token
        .last_used_at
        .is_none_or(|at| now - at > chrono::Duration::minutes(1))
    {
        diesel::update(tokens::table.find(token.id))
            .set(tokens::last_used_at.eq(now))
            .execute(conn)
            .await?;
    }
    Ok(())
}
