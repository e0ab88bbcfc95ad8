//! Statutory holidays and make-up workdays of mainland China, 2020 to 2026.
//!
//! The days are the facts of the yearly notices of the State Council's General Office (国务院办公厅关于某年部分节假日
//! 安排的通知), for 2020 with the extension of the Spring Festival by the notice of 26 January 2020. A later year is added
//! here when its notice is out; until then the calendar says so ([`super::workdays::WorkdayCalendar::known`]) and the
//! estate can enter days itself.

use crate::code_enum;

use super::Text;

code_enum! {
    /// The festival that a day off belongs to.
    pub enum Festival {
        /// 元旦
        NewYear = "new_year",
        /// 春节
        SpringFestival = "spring_festival",
        /// 清明节
        Qingming = "qingming",
        /// 劳动节
        LabourDay = "labour_day",
        /// 端午节
        DragonBoat = "dragon_boat",
        /// 中秋节
        MidAutumn = "mid_autumn",
        /// 国庆节; also for the years in which Mid-Autumn falls into the same days off.
        NationalDay = "national_day",
    }
}

impl Festival {
    /// The festival's name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::NewYear => Text::new("元旦", "New Year"),
            Self::SpringFestival => Text::new("春节", "Spring Festival"),
            Self::Qingming => Text::new("清明节", "Qingming Festival"),
            Self::LabourDay => Text::new("劳动节", "Labour Day"),
            Self::DragonBoat => Text::new("端午节", "Dragon Boat Festival"),
            Self::MidAutumn => Text::new("中秋节", "Mid-Autumn Festival"),
            Self::NationalDay => Text::new("国庆节", "National Day"),
        }
    }
}

/// Month and day.
pub(super) type MonthDay = (u32, u32);

/// One year's notice. Days off run from the first to the last day named, both included, and stay within the year.
pub(super) struct Year {
    pub year: i32,
    pub off: &'static [(Festival, MonthDay, MonthDay)],
    /// Saturdays and Sundays that are worked.
    pub worked: &'static [MonthDay],
}

use Festival::{DragonBoat, LabourDay, MidAutumn, NationalDay, NewYear, Qingming, SpringFestival};

pub(super) const YEARS: &[Year] = &[
    Year {
        year: 2020,
        off: &[
            (NewYear, (1, 1), (1, 1)),
            (SpringFestival, (1, 24), (2, 2)),
            (Qingming, (4, 4), (4, 6)),
            (LabourDay, (5, 1), (5, 5)),
            (DragonBoat, (6, 25), (6, 27)),
            (NationalDay, (10, 1), (10, 8)),
        ],
        worked: &[(1, 19), (4, 26), (5, 9), (6, 28), (9, 27), (10, 10)],
    },
    Year {
        year: 2021,
        off: &[
            (NewYear, (1, 1), (1, 3)),
            (SpringFestival, (2, 11), (2, 17)),
            (Qingming, (4, 3), (4, 5)),
            (LabourDay, (5, 1), (5, 5)),
            (DragonBoat, (6, 12), (6, 14)),
            (MidAutumn, (9, 19), (9, 21)),
            (NationalDay, (10, 1), (10, 7)),
        ],
        worked: &[(2, 7), (2, 20), (4, 25), (5, 8), (9, 18), (9, 26), (10, 9)],
    },
    Year {
        year: 2022,
        off: &[
            (NewYear, (1, 1), (1, 3)),
            (SpringFestival, (1, 31), (2, 6)),
            (Qingming, (4, 3), (4, 5)),
            (LabourDay, (4, 30), (5, 4)),
            (DragonBoat, (6, 3), (6, 5)),
            (MidAutumn, (9, 10), (9, 12)),
            (NationalDay, (10, 1), (10, 7)),
            // The notice for 2023 begins on the last day of 2022.
            (NewYear, (12, 31), (12, 31)),
        ],
        worked: &[(1, 29), (1, 30), (4, 2), (4, 24), (5, 7), (10, 8), (10, 9)],
    },
    Year {
        year: 2023,
        off: &[
            (NewYear, (1, 1), (1, 2)),
            (SpringFestival, (1, 21), (1, 27)),
            (Qingming, (4, 5), (4, 5)),
            (LabourDay, (4, 29), (5, 3)),
            (DragonBoat, (6, 22), (6, 24)),
            (MidAutumn, (9, 29), (9, 29)),
            (NationalDay, (9, 30), (10, 6)),
        ],
        worked: &[(1, 28), (1, 29), (4, 23), (5, 6), (6, 25), (10, 7), (10, 8)],
    },
    Year {
        year: 2024,
        off: &[
            (NewYear, (1, 1), (1, 1)),
            (SpringFestival, (2, 10), (2, 17)),
            (Qingming, (4, 4), (4, 6)),
            (LabourDay, (5, 1), (5, 5)),
            (DragonBoat, (6, 10), (6, 10)),
            (MidAutumn, (9, 15), (9, 17)),
            (NationalDay, (10, 1), (10, 7)),
        ],
        worked: &[(2, 4), (2, 18), (4, 7), (4, 28), (5, 11), (9, 14), (9, 29), (10, 12)],
    },
    Year {
        year: 2025,
        off: &[
            (NewYear, (1, 1), (1, 1)),
            (SpringFestival, (1, 28), (2, 4)),
            (Qingming, (4, 4), (4, 6)),
            (LabourDay, (5, 1), (5, 5)),
            (DragonBoat, (5, 31), (6, 2)),
            (NationalDay, (10, 1), (10, 8)),
        ],
        worked: &[(1, 26), (2, 8), (4, 27), (9, 28), (10, 11)],
    },
    Year {
        year: 2026,
        off: &[
            (NewYear, (1, 1), (1, 3)),
            (SpringFestival, (2, 15), (2, 23)),
            (Qingming, (4, 4), (4, 6)),
            (LabourDay, (5, 1), (5, 5)),
            (DragonBoat, (6, 19), (6, 21)),
            (MidAutumn, (9, 25), (9, 27)),
            (NationalDay, (10, 1), (10, 7)),
        ],
        worked: &[(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)],
    },
];
