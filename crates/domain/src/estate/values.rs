//! Numbers and texts of the inventory, with their limits.

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::{
    shared::{Issue, Text},
    text_types,
};

text_types! {
    /// A remark that may be empty.
    Remark(0..=500, lines: true),
    /// Where something stands; may be empty.
    Where(0..=200, lines: false),
}

macro_rules! numbers {
    ($($(#[$meta:meta])* $name:ident($type:ty, $min:literal..=$max:literal);)+) => {$(
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, utoipa::ToSchema)]
        #[serde(transparent)]
        $(#[$meta])*
        pub struct $name($type);

        impl $name {
            /// Checks the limits.
            ///
            /// # Errors
            /// [`Issue`] `out_of_range` that names them.
            pub fn new(value: i64) -> Result<Self, Issue> {
                let (min, max): (i64, i64) = ($min, $max);
                match <$type>::try_from(value) {
                    Ok(fitting) if (min..=max).contains(&value) => Ok(Self(fitting)),
                    _ => Err(Issue::new(
                        "out_of_range",
                        Text::of(
                            format!("须为{min}至{max}之间的整数，收到{value}"),
                            format!("must be a whole number from {min} to {max}, got {value}"),
                        ),
                    )),
                }
            }

            /// The number.
            #[must_use]
            pub const fn get(self) -> $type {
                self.0
            }
        }

        impl From<$name> for $type {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                Self::new(i64::deserialize(from)?).map_err(|issue| D::Error::custom(issue.encode()))
            }
        }
    )+};
}

numbers! {
    /// A length or area in thousandths of a metre or square metre, up to 10 km².
    #[schema(value_type = i64, minimum = 1, maximum = 10_000_000_000_i64)]
    Milli(i64, 1..=10_000_000_000);
    /// A floor: -9 to 200, no floor 0 in the usual numbering but allowed.
    #[schema(value_type = i16, minimum = -9, maximum = 200)]
    FloorNo(i16, -9..=200);
    /// A number of floors or lifts.
    #[schema(value_type = i16, minimum = 0, maximum = 200)]
    Storeys(i16, 0..=200);
    /// How many of a fixture stand there.
    #[schema(value_type = i32, minimum = 1, maximum = 1_000_000)]
    FixtureCount(i32, 1..=1_000_000);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn der_x_5_measures_have_limits_and_say_them() {
        assert_eq!(Milli::new(89_570).expect("an area").get(), 89_570);
        assert_eq!(Milli::new(0).expect_err("nothing").code, "out_of_range");
        assert!(Milli::new(10_000_000_001).is_err());
        assert!(FloorNo::new(-2).is_ok() && FloorNo::new(201).is_err());
        let error = serde_json::from_str::<FixtureCount>("0").expect_err("none");
        let issue = Issue::decode(&error.to_string()).expect("an issue");
        assert!(issue.message.zh.contains('1'), "{issue:?}");
    }
}
