//! Passwords: Argon2id, off the async threads.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use wuye_domain::access::check_new_password;
use wuye_persistence::{Conn, Failure, estates};

use crate::heavy::Turns;

/// Each takes 19 MB and a core for some hundredths of a second.
static TURNS: Turns = Turns::new(4);

/// A hash nobody's password has, verified when the user name is unknown, so that both answers take the same work.
static NOBODY: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
    Argon2::default()
        .hash_password(b"nobody")
        .map(|hash| hash.to_string())
        .unwrap_or_default()
});

/// Checks a new password against what is known of its owner.
///
/// # Errors
/// `validation_failed` at `pointer`, saying what to change; as the database says.
pub async fn check(conn: &mut Conn, password: &str, owner: &[&str], pointer: &'static str) -> Result<(), Failure> {
    let estates = estates::all(conn).await?;
    let names: Vec<&str> = estates
        .iter()
        .flat_map(|estate| [estate.name.as_str(), estate.code.as_str()])
        .chain(owner.iter().copied())
        .collect();
    Ok(check_new_password(password, &names, pointer)?)
}

/// The hash to store.
///
/// # Errors
/// `Internal` when hashing fails.
pub async fn hash(password: String) -> Result<String, Failure> {
    TURNS
        .run(move || {
            Argon2::default()
                .hash_password(password.as_bytes())
                .map(|hash| hash.to_string())
                .map_err(Failure::internal)
        })
        .await?
}

/// Whether the password fits; with no hash the same work is done and the answer is no.
///
/// # Errors
/// `Internal` when the stored hash cannot be read.
pub async fn verify(password: String, hash: Option<String>) -> Result<bool, Failure> {
    TURNS
        .run(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| NOBODY.clone());
            let parsed = PasswordHash::new(&hash).map_err(Failure::internal)?;
            Ok(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok() && known)
        })
        .await?
}
