//! Passwords: Argon2id, off the async threads.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use wuye_domain::shared::{Problem, Text};
use wuye_persistence::Failure;

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

/// Shortest password. Length is what counts; no rules about kinds of characters.
const SHORTEST: usize = 10;
/// Longest: hashing must not become a way to keep the server busy.
const LONGEST: usize = 128;

/// Checks a new password against what is known of its owner.
///
/// # Errors
/// `validation_failed` at `pointer`, saying what to change.
pub fn check(password: &str, username: &str, pointer: &'static str) -> Result<(), Problem> {
    let length = password.chars().count();
    let refuse = |code: &'static str, message| Err(Problem::field(pointer, code, message));
    if length < SHORTEST {
        return refuse(
            "too_short",
            wuye_domain::text!(
                "密码至少{SHORTEST}个字符，现有{length}个",
                "at least {SHORTEST} characters, it has {length}"
            ),
        );
    }
    if length > LONGEST {
        return refuse(
            "too_long",
            wuye_domain::text!("密码最多{LONGEST}个字符", "at most {LONGEST} characters"),
        );
    }
    if password.to_lowercase().contains(&username.to_lowercase()) {
        return refuse(
            "guessable",
            Text::new("密码不能含有用户名", "must not contain the user name"),
        );
    }
    let distinct = password.chars().collect::<std::collections::HashSet<_>>().len();
    if distinct < 5 {
        return refuse(
            "guessable",
            Text::new(
                "密码太容易猜到，请多用几种字符",
                "too easy to guess: use more different characters",
            ),
        );
    }
    Ok(())
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
