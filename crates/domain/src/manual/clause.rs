//! What a clause says about itself: whom it binds, how often, how far the product can carry it, and its words.

use crate::access::PostCode;
use crate::code_enum;
use crate::shared::Text;

code_enum! {
    /// Where a clause comes from.
    pub enum ClauseOrigin {
        /// 手册原文
        Source = "source",
        /// 推定条款: stands in for a text that is missing, until that text is entered.
        Derived = "derived",
        /// 照搬条款: the page copies another post's procedure; the wording is the sensible reading of it.
        Repeats = "repeats",
    }
}

code_enum! {
    /// How far software can carry a clause.
    pub enum SoftwareCan {
        /// 由系统办理: held, enforced, counted or routed.
        Full = "full",
        /// 由系统协助: a physical act or a judgement, planned and evidenced.
        Assist = "assist",
        /// 仅作要求: an attitude; nothing to record.
        None = "none",
    }
}

code_enum! {
    /// How often a clause asks for something.
    pub enum Frequency {
        /// 长期
        Standing = "standing",
        /// 遇事
        Event = "event",
        /// 每班
        Shift = "shift",
        /// 每日
        Daily = "daily",
        /// 每周
        Weekly = "weekly",
        /// 每月
        Monthly = "monthly",
        /// 每年
        Annual = "annual",
    }
}

macro_rules! titles {
    ($($type:ident { $($variant:ident => $zh:literal, $en:literal;)+ })+) => {$(
        impl $type {
            /// The word people read.
            #[must_use]
            pub const fn title(self) -> Text {
                match self { $(Self::$variant => Text::new($zh, $en)),+ }
            }
        }
    )+};
}

titles! {
    ClauseOrigin { Source => "原文", "source"; Derived => "推定", "derived"; Repeats => "照搬（按本岗解读）", "copied (as read for this post)"; }
    SoftwareCan { Full => "系统办理", "in the product"; Assist => "系统协助", "with its help"; None => "仅作要求", "attitude only"; }
    Frequency {
        Standing => "长期", "standing"; Event => "遇事", "on an event"; Shift => "每班", "each shift"; Daily => "每日", "daily";
        Weekly => "每周", "weekly"; Monthly => "每月", "monthly"; Annual => "每年", "yearly";
    }
}

/// Whom a clause binds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binds {
    /// The whole staff.
    Everybody,
    /// These posts; none where it binds nobody in particular (contents entries, the chart).
    Posts(Vec<PostCode>),
}

impl Binds {
    /// Whether a holder of this post is bound.
    #[must_use]
    pub fn includes(&self, post: PostCode) -> bool {
        match self {
            Self::Everybody => true,
            Self::Posts(posts) => posts.contains(&post),
        }
    }
}

/// The words of a clause, in both languages. What is `None` the clause leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// What it asks.
    pub text_zh: String,
    /// The same in English.
    pub text_en: String,
    /// By when.
    pub due_zh: Option<String>,
    /// The same in English.
    pub due_en: Option<String>,
    /// Who receives or approves it.
    pub to_zh: Option<String>,
    /// The same in English.
    pub to_en: Option<String>,
    /// The record it leaves.
    pub record_zh: Option<String>,
    /// The same in English.
    pub record_en: Option<String>,
}
