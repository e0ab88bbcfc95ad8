//! What is broken, and how much it hurries. Both are fixed lists of `repair_dispatch`; limits per category are data.

use crate::code_enum;
use crate::shared::Text;

code_enum! {
    /// The category of a repair, which decides the technician's qualification and the time limits.
    pub enum RepairCategory {
        /// Water supply and drains.
        Water = "water",
        /// Electricity.
        Power = "power",
        /// Gas.
        Gas = "gas",
        /// Television.
        Tv = "tv",
        /// Telephone.
        Phone = "phone",
        /// Network.
        Network = "network",
        /// A facility that all residents share.
        SharedFacility = "shared_facility",
        /// Anything else.
        Other = "other",
    }
}

code_enum! {
    /// How much a repair hurries, the least first.
    pub enum Urgency {
        /// In turn.
        Normal = "normal",
        /// Before the others.
        Urgent = "urgent",
        /// At once; goes through the call-out of `emergency_repair`.
        Emergency = "emergency",
    }
}

impl RepairCategory {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Water => Text::new("给排水", "water and drains"),
            Self::Power => Text::new("供电", "electricity"),
            Self::Gas => Text::new("燃气", "gas"),
            Self::Tv => Text::new("有线电视", "television"),
            Self::Phone => Text::new("电话", "telephone"),
            Self::Network => Text::new("网络", "network"),
            Self::SharedFacility => Text::new("公共设施", "shared facility"),
            Self::Other => Text::new("其他", "other"),
        }
    }
}

impl Urgency {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Normal => Text::new("一般", "normal"),
            Self::Urgent => Text::new("加急", "urgent"),
            Self::Emergency => Text::new("紧急", "emergency"),
        }
    }

    /// Whether it is never held back to even out the work.
    #[must_use]
    pub const fn hurries(self) -> bool {
        !matches!(self, Self::Normal)
    }
}
