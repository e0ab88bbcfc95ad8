//! Personal data that does not show itself.
//!
//! A [`Private`] value has no `Serialize`, and its `Debug` is redacted: an entity that holds one cannot reach a response or
//! a log by accident. It leaves through [`Private::open`] with a [`Clearance`], stands in the trail as a keyed digest, and
//! is searched for exactly by such a digest.

use hmac::{Hmac, Mac};
use serde::{Deserialize, Deserializer, Serialize};
use sha2::Sha256;
use unicode_normalization::UnicodeNormalization;
use utoipa::ToSchema;

/// Personal data: readable only through a clearance.
///
/// It can be read from JSON (input), never written to it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Private<T>(T);

/// How much of a person's data the caller may see; decided by the guard, from the permission and the reach of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clearance {
    /// The value.
    Open,
    /// The masked form.
    Masked,
    /// That there is something, not what.
    Hidden,
}

/// What a clearance lets through, as it goes over the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Disclosed {
    /// The value, its masked form, or nothing.
    pub value: Option<String>,
    /// Whether `value` is not the whole truth, so that a form must not send it back.
    pub masked: bool,
}

/// Personal data that has a masked form and one normal spelling.
pub trait Personal {
    /// What a person without clearance sees, e.g. `138****1234`.
    fn masked(&self) -> String;
    /// The value as it is shown with clearance.
    fn plain(&self) -> &str;
}

impl<T> Private<T> {
    /// Closes a value.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself, for writing it to the database and for rules that compare it.
    ///
    /// Named so that a review finds every use.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Personal> Private<T> {
    /// What this caller may see.
    #[must_use]
    pub fn open(&self, clearance: Clearance) -> Disclosed {
        match clearance {
            Clearance::Open => Disclosed {
                value: Some(self.0.plain().to_owned()),
                masked: false,
            },
            Clearance::Masked => Disclosed {
                value: Some(self.0.masked()),
                masked: true,
            },
            Clearance::Hidden => Disclosed {
                value: None,
                masked: true,
            },
        }
    }

    /// The masked form.
    #[must_use]
    pub fn masked(&self) -> String {
        self.0.masked()
    }

    /// The keyed digest of the value: equal values give equal digests under one key and purpose, and nothing else can
    /// be told from it without the key.
    #[must_use]
    pub fn digest(&self, key: &DigestKey, purpose: Purpose) -> String {
        key.digest(purpose, self.0.plain())
    }
}

impl<T> std::fmt::Debug for Private<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Private(…)")
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Private<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::deserialize(from).map(Self)
    }
}

impl<T> From<T> for Private<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

/// What a digest is for. Digests of different purposes cannot be compared, so the trail does not tell who lives where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A change noted on the trail.
    Trail,
    /// Exact search for a value.
    Search,
}

/// The installation's secret for digests of personal data; at least 32 random bytes.
#[derive(Clone)]
pub struct DigestKey([u8; 32]);

impl DigestKey {
    /// From 32 random bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// HMAC-SHA256 over purpose and value, as 64 hexadecimal digits.
    #[must_use]
    pub fn digest(&self, purpose: Purpose, value: &str) -> String {
        let purpose: &[u8] = match purpose {
            Purpose::Trail => b"trail\0",
            Purpose::Search => b"search\0",
        };
        // HMAC takes a key of any length, so this cannot fail.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            return String::new();
        };
        mac.update(purpose);
        mac.update(value.as_bytes());
        mac.finalize().into_bytes().iter().map(|b| format!("{b:02x}")).collect()
    }
}

impl std::fmt::Debug for DigestKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DigestKey(…)")
    }
}

/// A phone number in its normal spelling: digits, a `+` before a foreign country code.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phone(String);

impl Phone {
    /// Reads a phone number in any spelling: full width, with spaces, dashes or brackets, with `+86` or `0086`.
    ///
    /// `None` unless 5 to 15 digits remain (a service number has 5).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.nfkc().collect();
        let text = text.trim();
        if !text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')' | '.' | '‐'..='―'))
            || text.chars().skip(1).any(|c| c == '+')
        {
            return None;
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let foreign = text.starts_with('+') || digits.starts_with("00");
        let national = digits.strip_prefix("00").unwrap_or(&digits);
        let phone = match national.strip_prefix("86") {
            Some(rest) if foreign => rest.to_owned(),
            _ if foreign => format!("+{national}"),
            _ => digits,
        };
        (5..=15)
            .contains(&phone.trim_start_matches('+').len())
            .then_some(Self(phone))
    }

    /// The digits that [`crate::shared::search::Tokens::phone`] takes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Personal for Phone {
    /// The first three and last four digits of a mobile number; of a shorter one the last two to four only.
    fn masked(&self) -> String {
        let length = self.0.len();
        match length {
            11.. => mask(&self.0, length - 8, 4),
            8..=10 => mask(&self.0, 0, 4),
            _ => mask(&self.0, 0, 2),
        }
    }

    fn plain(&self) -> &str {
        &self.0
    }
}

/// The number of an identity document, in its normal spelling: upper case, without spaces.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IdentityNumber(String);

impl IdentityNumber {
    /// Reads a document number of 5 to 20 letters and digits. One of 18 digits must carry the right check digit
    /// (GB 11643), because a slip of the pen there would open a second file for the same person.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number: String = text
            .nfkc()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '(' | ')'))
            .flat_map(char::to_uppercase)
            .collect();
        let fits = (5..=20).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_alphanumeric());
        let resident = number
            .get(..17)
            .filter(|n| number.len() == 18 && n.bytes().all(|b| b.is_ascii_digit()));
        let checked = resident.is_none_or(|n| check_digit(n) == number.chars().last());
        (fits && checked).then_some(Self(number))
    }

    /// The number, for writing it to the database.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Personal for IdentityNumber {
    /// The first three and the last two characters; of a short number the last two only.
    fn masked(&self) -> String {
        mask(&self.0, if self.0.len() >= 10 { 3 } else { 0 }, 2)
    }

    fn plain(&self) -> &str {
        &self.0
    }
}

/// Text about a person (a care note, a consultation's purpose): masked as a whole.
impl Personal for String {
    fn masked(&self) -> String {
        "****".to_owned()
    }

    fn plain(&self) -> &str {
        self
    }
}

macro_rules! personal_text {
    ($name:ident, $what_zh:literal, $what_en:literal) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                // The refused value is not repeated: messages are logged.
                Self::parse(&text).ok_or_else(|| {
                    let message = super::Text::new(
                        concat!($what_zh, "有误，请核对"),
                        concat!("is not a valid ", $what_en, ": check the digits"),
                    );
                    serde::de::Error::custom(super::Issue::new("invalid_format", message).encode())
                })
            }
        }
    };
}

personal_text!(Phone, "电话号码", "phone number");
personal_text!(IdentityNumber, "证件号码", "document number");

/// The first and last characters with stars for every one between; both inputs are ASCII.
fn mask(text: &str, head: usize, tail: usize) -> String {
    let hidden = text.len().saturating_sub(head + tail);
    format!("{}{}{}", &text[..head], "*".repeat(hidden), &text[head + hidden..])
}

fn check_digit(first: &str) -> Option<char> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = first.bytes().zip(WEIGHTS).map(|(b, w)| u32::from(b - b'0') * w).sum();
    "10X98765432".chars().nth((sum % 11) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEY: DigestKey = DigestKey::new([7; 32]);

    fn phone(text: &str) -> Private<Phone> {
        Private::new(Phone::parse(text).expect("a phone"))
    }

    #[test]
    fn phones_are_normalised_and_masked() {
        for (text, plain, masked) in [
            ("138 1234 5678", "13812345678", "138****5678"),
            ("+86-138-1234-5678", "13812345678", "138****5678"),
            ("００８６１３８１２３４５６７８", "13812345678", "138****5678"),
            ("(010) 6234-5678", "01062345678", "010****5678"),
            ("62345678", "62345678", "****5678"),
            ("95588", "95588", "***88"),
            ("+1 (415) 555-2671", "+14155552671", "+141****2671"),
        ] {
            let phone = phone(text);
            assert_eq!(phone.open(Clearance::Open).value.as_deref(), Some(plain), "{text}");
            assert_eq!(phone.masked(), masked, "{text}");
        }
        for text in ["", "1234", "138x2345678", "1234567890123456", "138+12345678"] {
            assert_eq!(Phone::parse(text), None, "{text}");
        }
    }

    #[test]
    fn identity_numbers_are_checked_and_masked() {
        // The worked example of GB 11643.
        let id = Private::new(IdentityNumber::parse(" 11010519491231002x").expect("a number"));
        assert_eq!(id.open(Clearance::Open).value.as_deref(), Some("11010519491231002X"));
        assert_eq!(id.masked(), "110*************2X");
        assert_eq!(IdentityNumber::parse("110105194912310021"), None);
        let passport = IdentityNumber::parse("E1234 5678").expect("a passport");
        assert_eq!(passport.masked(), "*******78");
    }

    #[test]
    fn a_clearance_decides_what_is_seen() {
        let phone = phone("13812345678");
        let seen = |clearance| serde_json::to_string(&phone.open(clearance)).expect("json");
        assert_eq!(seen(Clearance::Open), r#"{"value":"13812345678","masked":false}"#);
        assert_eq!(seen(Clearance::Masked), r#"{"value":"138****5678","masked":true}"#);
        assert_eq!(seen(Clearance::Hidden), r#"{"value":null,"masked":true}"#);
    }

    #[test]
    fn a_refused_value_is_not_repeated() {
        let error = serde_json::from_str::<Private<IdentityNumber>>("\"110105194912310021\"").expect_err("wrong digit");
        assert!(!error.to_string().contains("110105"), "{error}");
        let issue = crate::shared::Issue::decode(&error.to_string()).expect("an issue");
        assert_eq!(issue.code, "invalid_format");
    }

    #[test]
    fn digests_depend_on_key_and_purpose() {
        let phone = phone("13812345678");
        let digest = phone.digest(&KEY, Purpose::Search);
        assert_eq!(digest.len(), 64);
        assert_eq!(digest, KEY.digest(Purpose::Search, "13812345678"));
        assert_ne!(digest, phone.digest(&KEY, Purpose::Trail));
        assert_ne!(digest, phone.digest(&DigestKey::new([8; 32]), Purpose::Search));
    }

    proptest! {
        #[test]
        fn no_phone_shows_in_debug_or_when_masked(text in "1[3-9][0-9]{9}") {
            let phone = phone(&text);
            let shown = format!("{phone:?}{:?}{:?}{}", phone.expose(), KEY, phone.masked());
            prop_assert!(!shown.contains(&text) && !shown.contains(&text[..8]) && !shown.contains(&text[3..]));
        }

        #[test]
        fn any_text_is_answered_without_panic(text in "\\PC{0,24}") {
            for masked in [Phone::parse(&text).map(|p| p.masked()), IdentityNumber::parse(&text).map(|i| i.masked())].into_iter().flatten() {
                prop_assert!(masked.contains('*'));
            }
        }
    }
}
