//! How somebody wants to be told.

use chrono_tz::Tz;

use super::{Hours, Tongue};
use crate::shared::{SettingKey, Settings};

/// What a person has set, over what holds in the estate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// The language of what leaves the product.
    pub language: Tongue,
    /// Whether they want a digest in the morning.
    pub digest: bool,
    /// Their own quiet hours, in minutes after midnight; the estate's where they have none.
    pub quiet: Option<(u32, u32)>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            language: Tongue::Zh,
            digest: true,
            quiet: None,
        }
    }
}

impl Preferences {
    /// The hours that follow from them in an estate.
    #[must_use]
    pub fn hours(&self, settings: &Settings, zone: Tz) -> Hours {
        let minute = |key| u32::try_from(settings.get(key)).unwrap_or(0);
        let (from, until) = self.quiet.unwrap_or_else(|| {
            (
                minute(SettingKey::NoticeQuietFrom),
                minute(SettingKey::NoticeQuietUntil),
            )
        });
        Hours {
            from,
            until,
            digest: minute(SettingKey::NoticeDigest),
            digests: self.digest,
            zone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared::zone::DEFAULT_ZONE;

    #[test]
    fn own_quiet_hours_stand_over_those_of_the_estate() {
        let settings = Settings::of([(SettingKey::NoticeQuietFrom, 1320)]);
        let usual = Preferences::default().hours(&settings, DEFAULT_ZONE);
        assert_eq!((usual.from, usual.until, usual.digest), (1320, 450, 465));
        let own = Preferences {
            quiet: Some((480, 960)),
            ..Preferences::default()
        };
        let hours = own.hours(&settings, DEFAULT_ZONE);
        assert_eq!((hours.from, hours.until), (480, 960));
    }
}
