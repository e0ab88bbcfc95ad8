//! What a notice says happened. The record says the rest.

use crate::code_enum;
use crate::shared::Text;

code_enum! {
    /// What somebody is told of a record.
    pub enum NoticeKind {
        /// It is theirs to do now.
        Handed = "handed",
        /// Somebody else has it now.
        TakenAway = "taken_away",
        /// It comes back to them: it is not done.
        CameBack = "came_back",
        /// Its words or its date were changed.
        Changed = "changed",
        /// It was taken as done.
        Closed = "closed",
        /// It was given up.
        Cancelled = "cancelled",
        /// It is reported done and waits for their word.
        ReportedDone = "reported_done",
        /// It waits for their decision.
        ToDecide = "to_decide",
        /// What they asked for was agreed to.
        Approved = "approved",
        /// What they asked for was refused.
        Refused = "refused",
        /// Its deadline comes near.
        DueSoon = "due_soon",
        /// Its deadline was missed.
        Overdue = "overdue",
        /// Somebody below them missed its deadline.
        Climbed = "climbed",
        /// A duty of theirs was missed.
        Missed = "missed",
        /// Whoever missed a duty has said why.
        Explained = "explained",
        /// A missed duty of theirs was let go.
        Waived = "waived",
        /// It is held that they missed a duty.
        ConfirmedMissed = "confirmed_missed",
        /// Who acts for whom is settled.
        ActingSettled = "acting_settled",
        /// The acting has begun.
        ActingBegun = "acting_begun",
        /// The acting is over.
        ActingEnded = "acting_ended",
    }
}

impl NoticeKind {
    /// What happened, as it follows the name of the record: "… was given to you".
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Handed => Text::new("已交给您办理", "was given to you"),
            Self::TakenAway => Text::new("已改由他人办理", "was given to somebody else"),
            Self::CameBack => Text::new("退回给您续办", "came back to you"),
            Self::Changed => Text::new("有调整", "was changed"),
            Self::Closed => Text::new("已确认办结", "was taken as done"),
            Self::Cancelled => Text::new("已撤销", "was cancelled"),
            Self::ReportedDone => Text::new("已报告完成，请确认或退回", "is reported done: close or return it"),
            Self::ToDecide => Text::new("待您审批", "waits for your decision"),
            Self::Approved => Text::new("已同意", "was approved"),
            Self::Refused => Text::new("未获同意", "was refused"),
            Self::DueSoon => Text::new("即将到期", "falls due soon"),
            Self::Overdue => Text::new("已逾期，请尽快办理", "is overdue: please see to it"),
            Self::Climbed => Text::new("已逾期，上报至您", "is overdue and was reported to you"),
            Self::Missed => Text::new("到期未完成", "was missed"),
            Self::Explained => Text::new("未完成已说明原因，待您决定", "was missed and explained: decide on it"),
            Self::Waived => Text::new("已免除", "was waived"),
            Self::ConfirmedMissed => Text::new("已确认未履行", "was confirmed as missed"),
            Self::ActingSettled => Text::new("已确认", "was confirmed"),
            Self::ActingBegun => Text::new("已开始", "has begun"),
            Self::ActingEnded => Text::new("已结束", "has ended"),
        }
    }

    /// Whether it asks for something to be done, so that it hurries where the record does. News of what is settled can wait
    /// for the morning.
    #[must_use]
    pub const fn asks(self) -> bool {
        matches!(
            self,
            Self::Handed
                | Self::CameBack
                | Self::Changed
                | Self::ReportedDone
                | Self::ToDecide
                | Self::DueSoon
                | Self::Overdue
                | Self::Climbed
        )
    }
}
