//! The states of an order and the acts that lead from one to the next: one table, read by every rule.

use crate::code_enum;
use crate::shared::{Problem, Text};

code_enum! {
    /// How far an order has come.
    pub enum OrderState {
        /// Given to a technician, who has not answered.
        Dispatched = "dispatched",
        /// The technician has answered.
        Accepted = "accepted",
        /// The technician is there.
        OnSite = "on_site",
        /// Waits for material or for the approval of its cost.
        PendingMaterial = "pending_material",
        /// Waits for the resident.
        PendingResident = "pending_resident",
        /// The technician says it is repaired.
        Done = "done",
        /// The desk has looked at the evidence.
        Verified = "verified",
        /// The desk or the resident was not content.
        ReturnedToWork = "returned_to_work",
        /// The resident was asked.
        Visited = "visited",
        /// Over.
        Closed = "closed",
        /// Given up, with a reason.
        Cancelled = "cancelled",
    }
}

code_enum! {
    /// What can be done to an order.
    pub enum OrderAct {
        /// Answer it.
        Accept = "accept",
        /// Arrive.
        Arrive = "arrive",
        /// Wait for material or approval.
        HoldMaterial = "hold_material",
        /// Wait for the resident.
        HoldResident = "hold_resident",
        /// Go on.
        Resume = "resume",
        /// Finish.
        Finish = "finish",
        /// Look at the evidence and accept it.
        Verify = "verify",
        /// Send it back to the technician.
        Return = "return",
        /// Give it to another technician.
        Reassign = "reassign",
        /// Give it up.
        Cancel = "cancel",
        /// Note that the resident was asked.
        Visit = "visit",
        /// End it.
        Close = "close",
    }
}

impl OrderState {
    /// The state after `act`, or the refusal. `Resume` gives `on_site`; a rule that knows the technician never arrived
    /// makes it `accepted`.
    ///
    /// # Errors
    /// `wrong_state`.
    pub fn after(self, act: OrderAct) -> Result<Self, Problem> {
        use OrderAct as A;
        use OrderState as S;
        Ok(match (self, act) {
            (S::Dispatched | S::ReturnedToWork, A::Accept) => S::Accepted,
            (S::Accepted, A::Arrive) => S::OnSite,
            (S::Accepted | S::OnSite, A::HoldMaterial) => S::PendingMaterial,
            (S::Accepted | S::OnSite, A::HoldResident) => S::PendingResident,
            (S::PendingMaterial | S::PendingResident, A::Resume) | (S::ReturnedToWork, A::Arrive) => S::OnSite,
            (S::OnSite, A::Finish) => S::Done,
            (S::Done, A::Verify) => S::Verified,
            (S::Done | S::Verified | S::Visited | S::Closed, A::Return) => S::ReturnedToWork,
            (state, A::Reassign) if state.in_work() => S::Dispatched,
            (state, A::Cancel) if state.in_work() => S::Cancelled,
            (S::Verified, A::Visit) => S::Visited,
            (S::Verified | S::Visited, A::Close) => S::Closed,
            (state, act) => return Err(Problem::wrong_state(&act.title(), &state.title())),
        })
    }

    /// Whether a technician still has to do something.
    #[must_use]
    pub const fn in_work(self) -> bool {
        matches!(
            self,
            Self::Dispatched
                | Self::Accepted
                | Self::OnSite
                | Self::PendingMaterial
                | Self::PendingResident
                | Self::ReturnedToWork
        )
    }

    /// The states of [`Self::in_work`].
    #[must_use]
    pub fn open() -> Vec<Self> {
        Self::ALL.iter().copied().filter(|state| state.in_work()).collect()
    }

    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Dispatched => Text::new("已派工", "dispatched"),
            Self::Accepted => Text::new("已接单", "accepted"),
            Self::OnSite => Text::new("已到场", "on site"),
            Self::PendingMaterial => Text::new("待料", "waiting for material"),
            Self::PendingResident => Text::new("待住户", "waiting for the resident"),
            Self::Done => Text::new("已完工", "done"),
            Self::Verified => Text::new("已核验", "verified"),
            Self::ReturnedToWork => Text::new("已退回返工", "returned to work"),
            Self::Visited => Text::new("已回访", "visited"),
            Self::Closed => Text::new("已办结", "closed"),
            Self::Cancelled => Text::new("已取消", "cancelled"),
        }
    }
}

impl OrderAct {
    /// Its name, as it stands in "it cannot …".
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Accept => Text::new("接单", "be accepted"),
            Self::Arrive => Text::new("到场", "be arrived at"),
            Self::HoldMaterial => Text::new("转待料", "wait for material"),
            Self::HoldResident => Text::new("转待住户", "wait for the resident"),
            Self::Resume => Text::new("恢复施工", "be resumed"),
            Self::Finish => Text::new("完工", "be finished"),
            Self::Verify => Text::new("核验", "be verified"),
            Self::Return => Text::new("退回返工", "be returned to work"),
            Self::Reassign => Text::new("改派", "be reassigned"),
            Self::Cancel => Text::new("取消", "be cancelled"),
            Self::Visit => Text::new("登记回访", "be marked as visited"),
            Self::Close => Text::new("办结", "be closed"),
        }
    }
}
