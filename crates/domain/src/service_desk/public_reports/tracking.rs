//! The code by which a resident finds the answer: unguessable, easy to read out, stored as a digest only.

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

/// Crockford's base 32: no I, L, O, U, so that nothing is misread.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 16;

/// A tracking code of 80 random bits, shown as `XXXX-XXXX-XXXX-XXXX`.
#[derive(Clone, PartialEq, Eq)]
pub struct TrackingCode([u8; LENGTH]);

impl TrackingCode {
    /// From 16 random bytes, of which five bits each are used.
    #[must_use]
    pub fn from_random(bytes: [u8; LENGTH]) -> Self {
        Self(bytes.map(|byte| ALPHABET[usize::from(byte & 31)]))
    }

    /// The code of a report that was sent under a key: the same for the same report, so that a phone that sends twice gets
    /// the code it missed, though only its digest is kept. Nobody finds it without the servers' secret.
    #[must_use]
    pub fn of_key(secret: &[u8], key: &str, body: &[u8]) -> Self {
        #[allow(clippy::expect_used, reason = "HMAC takes keys of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("a key of any length");
        mac.update(key.as_bytes());
        mac.update(&[0]);
        mac.update(body);
        let whole = mac.finalize().into_bytes();
        let mut bytes = [0; LENGTH];
        bytes.copy_from_slice(&whole[..LENGTH]);
        Self::from_random(bytes)
    }

    /// Reads a code as people type it: lower case, without or with other separators, O for 0, I or L for 1.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut code = [0; LENGTH];
        let mut at = 0;
        for letter in text.chars() {
            let letter = match letter.to_ascii_uppercase() {
                '-' | ' ' | '－' | '—' => continue,
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let byte = u8::try_from(letter).ok().filter(|byte| ALPHABET.contains(byte))?;
            *code.get_mut(at)? = byte;
            at += 1;
        }
        (at == LENGTH).then_some(Self(code))
    }

    /// What is stored and searched: SHA-256 in hexadecimal. 80 random bits need no salt.
    #[must_use]
    pub fn digest(&self) -> String {
        Sha256::digest(self.0)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

impl std::fmt::Display for TrackingCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, letter) in self.0.iter().enumerate() {
            if at > 0 && at % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(*letter))?;
        }
        Ok(())
    }
}

impl std::fmt::Debug for TrackingCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TrackingCode(…)")
    }
}
