//! Texts with limits. The newtype owns both the check and the OpenAPI schema, so the two cannot drift apart.

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use super::Text;

/// A reason why one value cannot be taken, carried through serde's error message as `code|zh|en`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Stable code (`too_long`, `required` …).
    pub code: String,
    /// The reason in words.
    pub message: Text,
}

const MARK: &str = "\u{1}issue|";

impl Issue {
    /// A new reason.
    #[must_use]
    pub fn new(code: &str, message: Text) -> Self {
        Self {
            code: code.to_owned(),
            message,
        }
    }

    /// As the message of a serde error.
    #[must_use]
    pub fn encode(&self) -> String {
        format!("{MARK}{}|{}|{}", self.code, self.message.zh, self.message.en)
    }

    /// Back from the message of a serde error; `None` when the message is serde's own.
    #[must_use]
    pub fn decode(message: &str) -> Option<Self> {
        let rest = &message[message.find(MARK)? + MARK.len()..];
        let mut parts = rest.splitn(3, '|');
        let (code, zh, en) = (parts.next()?, parts.next()?, parts.next()?);
        let en = en.split(" at line ").next().unwrap_or(en);
        Some(Self::new(code, Text::of(zh.to_owned(), en.to_owned())))
    }
}

fn clean(text: &str, min: usize, max: usize, lines: bool) -> Result<String, Issue> {
    let text = text.trim();
    if text
        .chars()
        .any(|c| c.is_control() && !(lines && matches!(c, '\n' | '\t' | '\r')))
    {
        return Err(Issue::new(
            "control_character",
            Text::new("不能含有控制字符", "must not hold control characters"),
        ));
    }
    let length = text.chars().count();
    if length < min {
        return Err(Issue::new("required", Text::new("必须填写", "must be filled in")));
    }
    if length > max {
        return Err(Issue::new(
            "too_long",
            crate::text!(
                "最多{max}个字，现有{length}个",
                "at most {max} characters, it has {length}"
            ),
        ));
    }
    Ok(text.to_owned())
}

/// Declares a text type: trimmed, without control characters, between `min` and `max` characters.
#[macro_export]
macro_rules! text_types {
    ($($(#[$meta:meta])* $name:ident($min:tt..=$max:tt, lines: $lines:literal)),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, ::serde::Serialize, ::utoipa::ToSchema)]
        #[serde(transparent)]
        #[schema(value_type = String, min_length = $min, max_length = $max)]
        pub struct $name(String);

        impl $name {
            /// Checks and trims.
            ///
            /// # Errors
            /// [`Issue`] when it is too short, too long or holds control characters.
            pub fn new(text: &str) -> Result<Self, $crate::shared::Issue> {
                $crate::shared::checked_text(text, $min, $max, $lines).map(Self)
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <String as ::serde::Deserialize>::deserialize(from)?;
                Self::new(&text).map_err(|issue| <D::Error as ::serde::de::Error>::custom(issue.encode()))
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl ::std::ops::Deref for $name {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

/// What the text types check; not for calling by hand.
///
/// # Errors
/// [`Issue`] when the text does not fit.
#[doc(hidden)]
pub fn checked_text(text: &str, min: usize, max: usize, lines: bool) -> Result<String, Issue> {
    clean(text, min, max, lines)
}

text_types! {
    /// A code of a few characters: block number, employee number, plate.
    ShortCode(1..=40, lines: false),
    /// A name or title.
    Name(1..=100, lines: false),
    /// A login name.
    Username(2..=60, lines: false),
    /// A reason or remark.
    Note(1..=500, lines: true),
    /// What a list is searched by.
    SearchText(0..=100, lines: false),
    /// A description as people tell it.
    LongText(1..=4000, lines: true),
}

/// A span of minutes, 0 to one year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Minutes(pub i32);

impl<'de> Deserialize<'de> for Minutes {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let minutes = i32::deserialize(from)?;
        if (0..=525_600).contains(&minutes) {
            Ok(Self(minutes))
        } else {
            Err(D::Error::custom(
                Issue::new(
                    "out_of_range",
                    Text::new("须在0至525600分钟之间", "must be 0 to 525600 minutes"),
                )
                .encode(),
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_trimmed_and_measured_in_characters() {
        assert_eq!(Name::new("  张三 ").expect("fits").as_str(), "张三");
        assert!(Name::new(&"王".repeat(100)).is_ok());
        assert_eq!(Name::new(&"王".repeat(101)).expect_err("too long").code, "too_long");
        assert_eq!(Name::new(" \u{3000} ").expect_err("blank").code, "required");
        assert_eq!(Name::new("a\u{0}b").expect_err("control").code, "control_character");
    }

    #[test]
    fn an_issue_survives_the_way_through_serde() {
        let error = serde_json::from_str::<Name>("\"\"").expect_err("blank");
        let issue = Issue::decode(&error.to_string()).expect("is an issue");
        assert_eq!(
            (issue.code.as_str(), issue.message.en.as_ref()),
            ("required", "must be filled in")
        );
        assert!(Issue::decode("missing field `x` at line 1 column 2").is_none());
    }
}
