//! Words of the organisation that rows and JSON carry as codes.

use crate::code_enum;

code_enum! {
    /// The level of a post; it decides who approves an assignment to it.
    pub enum PostLevel {
        /// The company board.
        Board = "board",
        /// The general manager.
        Gm = "gm",
        /// Managers of the centre.
        Head = "head",
        /// Heads of departments.
        Supervisor = "supervisor",
        /// Squad leaders.
        Leader = "leader",
        /// Everybody else employed here.
        Staff = "staff",
        /// Bodies and people outside the centre.
        External = "external",
    }
}

code_enum! {
    /// What an edge of the reporting tree carries.
    pub enum EdgeKind {
        /// Command and approval: at most one at a date for each post.
        Line = "line",
        /// A matter only: appraisal, guidance, a copy of a report.
        Functional = "functional",
        /// Command during one incident.
        IncidentCommand = "incident_command",
    }
}

code_enum! {
    /// Where an edge stands.
    pub enum EdgeState {
        /// Proposed, without effect.
        Draft = "draft",
        /// Decided; in force from its date until its end.
        Effective = "effective",
        /// Replaced by a correction: it never counted.
        Superseded = "superseded",
    }
}

code_enum! {
    /// Where a person stands with the company.
    pub enum EmployeeStatus {
        /// May come to work here.
        Candidate = "candidate",
        /// On probation.
        Probation = "probation",
        /// Employed.
        Active = "active",
        /// Employed, but kept from work.
        Suspended = "suspended",
        /// Gone.
        Left = "left",
    }
}

code_enum! {
    /// Whether a post is a person's first one. Acting is not an assignment but an acting period.
    pub enum AssignmentKind {
        /// The post a person is employed for.
        Primary = "primary",
        /// A further post.
        Concurrent = "concurrent",
    }
}

code_enum! {
    /// The decision on an assignment; planned, active and ended follow from its dates.
    pub enum AssignmentState {
        /// Named by the head of the department.
        Proposed = "proposed",
        /// Seen and supported by the deputy manager.
        Endorsed = "endorsed",
        /// Decided.
        Approved = "approved",
        /// Refused.
        Rejected = "rejected",
        /// Taken back before it began.
        Cancelled = "cancelled",
    }
}

code_enum! {
    /// Where an assignment stands on a date.
    pub enum AssignmentPhase {
        /// Not decided.
        Open = "open",
        /// Decided; begins later.
        Planned = "planned",
        /// In force.
        Active = "active",
        /// Over.
        Ended = "ended",
        /// Refused or taken back.
        Void = "void",
    }
}

code_enum! {
    /// Why somebody is away.
    pub enum AbsenceKind {
        /// Leave on request.
        Leave = "leave",
        /// Illness.
        Sick = "sick",
        /// A public holiday taken off.
        Holiday = "holiday",
        /// A business trip.
        Trip = "trip",
        /// A training away from the centre.
        Training = "training",
    }
}

code_enum! {
    /// The decision on an absence.
    pub enum AbsenceState {
        /// Asked for.
        Planned = "planned",
        /// Granted.
        Approved = "approved",
        /// Refused.
        Refused = "refused",
        /// Taken back.
        Cancelled = "cancelled",
    }
}

code_enum! {
    /// Whether a shift is worked or only answered for.
    pub enum ShiftKind {
        /// On the spot.
        Duty = "duty",
        /// Reachable.
        OnCall = "on_call",
    }
}

code_enum! {
    /// Where a computer of the centre stands.
    pub enum ComputerPlace {
        /// Service desk.
        Desk = "desk",
        /// Gate house.
        GateHouse = "gate_house",
        /// Control room.
        ControlRoom = "control_room",
        /// Fee office.
        FeeOffice = "fee_office",
        /// Any other office.
        Office = "office",
    }
}

code_enum! {
    /// Whether a login can be used.
    pub enum AccountState {
        /// Asked for, not yet granted.
        Requested = "requested",
        /// In use.
        Active = "active",
        /// Closed.
        Disabled = "disabled",
        /// Never granted.
        Refused = "refused",
    }
}

code_enum! {
    /// What is asked for an account.
    pub enum AccountRequestKind {
        /// A first account.
        Open = "open",
        /// To be usable again.
        Enable = "enable",
        /// To be closed.
        Disable = "disable",
    }
}

code_enum! {
    /// The answer to a request for an account.
    pub enum AccountRequestState {
        /// Waits for the deputy manager.
        Requested = "requested",
        /// Carried out.
        Granted = "granted",
        /// Refused.
        Refused = "refused",
    }
}

code_enum! {
    /// Which data a check of completeness looks at.
    pub enum DataCheckArea {
        /// Meters and readings.
        Meters = "meters",
        /// Vehicles and parking spaces.
        Vehicles = "vehicles",
        /// Bills.
        Bills = "bills",
        /// Payments.
        Payments = "payments",
    }
}

code_enum! {
    /// Where a data check stands.
    pub enum DataCheckState {
        /// Being looked at.
        Open = "open",
        /// Nothing missing.
        Passed = "passed",
        /// Something missing or wrong.
        Exceptions = "exceptions",
        /// Put right.
        Fixed = "fixed",
    }
}

code_enum! {
    /// What a line of the backup log tells of.
    pub enum BackupKind {
        /// A backup was made.
        Backup = "backup",
        /// A backup was restored for a test.
        RestoreTest = "restore_test",
    }
}

code_enum! {
    /// The charging record a correction is about.
    pub enum CorrectionRecord {
        /// A meter or reading.
        Meter = "meter",
        /// A tariff.
        Tariff = "tariff",
        /// A bill.
        Bill = "bill",
        /// A receipt.
        Receipt = "receipt",
        /// A payment.
        Payment = "payment",
        /// A vehicle or parking permit.
        Vehicle = "vehicle",
    }
}

code_enum! {
    /// The decision on a correction.
    pub enum CorrectionState {
        /// Waits for the finance supervisor.
        Proposed = "proposed",
        /// May be carried out.
        Approved = "approved",
        /// Refused.
        Rejected = "rejected",
    }
}

impl PostLevel {
    /// Whether a change at this level is for the centre manager alone to decide, without proposal by a head.
    #[must_use]
    pub const fn is_upper(self) -> bool {
        matches!(self, Self::Board | Self::Gm | Self::Head | Self::Supervisor)
    }
}
