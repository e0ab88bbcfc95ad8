//! Whose decision a record waits for: asked of the same resolver, with the same matters, as at the decision itself.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wuye_domain::{
    access::{Permission, Scope},
    notices::{Known, may_decide},
    org::{
        superior::{NobodyDecides, Resolution, Staff},
        tasks::whose_word,
    },
    service_desk::{
        cases::{self as case_rules, Undecided},
        disputes as dispute_rules, orders as order_rules,
    },
    shared::{
        EmployeeId, EstateId, Subject, SubjectKind,
        zone::{Tz, business_date, zone},
    },
};

use crate::{
    Conn, Failure, estates,
    org::{acting, assignments, edges, matters, posts, staff, tasks},
    plans::obligations,
    service_desk::{cases, disputes, orders},
};

/// Those who may decide on a record now, stand-ins in the place of those they act for; nobody where it waits for no decision.
/// `scope` opens every record.
///
/// # Errors
/// As the database says.
pub async fn deciders(
    conn: &mut Conn,
    scope: &Scope,
    subject: Subject,
    known: &Known,
    now: DateTime<Utc>,
) -> Result<Vec<EmployeeId>, Failure> {
    let Some(estate) = place(conn, known.estate).await? else {
        return Ok(Vec::new());
    };
    let zone = zone(&estates::find(conn, estate).await?.time_zone);
    let data = staff::load(conn, estate, now).await?;
    let ground = Ground {
        staff: data.staff(),
        zone,
        scope,
        now,
    };
    let id = subject.id;
    match subject.kind {
        SubjectKind::Case => ground.case(conn, id).await,
        SubjectKind::Dispute => ground.dispute(conn, id).await,
        SubjectKind::WorkOrder => ground.cost(conn, id).await,
        SubjectKind::Task => {
            let task = tasks::find(conn, scope, id.into()).await?;
            Ok(people(whose_word(&task, &ground.staff, zone)))
        }
        SubjectKind::ActingPeriod => {
            let row = acting::find(conn, scope, id).await?;
            let matter = matters::of_acting(conn, &row, estate, now).await?;
            Ok(people(ground.staff.resolve(&matter.on(data.today))))
        }
        SubjectKind::Assignment => ground.assignment(conn, id, estate).await,
        SubjectKind::ReportingEdge => {
            let matter = matters::of_edge(&edges::find(conn, id).await?, estate)?;
            Ok(people(ground.staff.resolve(&matter.on(data.today))))
        }
        SubjectKind::Obligation => ground.duty(conn, id).await,
        kind => {
            let barred: Vec<EmployeeId> = known.author.into_iter().collect();
            Ok(right(kind).map_or_else(Vec::new, |right| may_decide(&ground.staff, estate, right, &barred)))
        }
    }
}

/// The right by which records of a kind are decided on, where any holder of it may.
const fn right(kind: SubjectKind) -> Option<Permission> {
    match kind {
        SubjectKind::AccountRequest => Some(Permission::AccountManage),
        SubjectKind::DataCorrection => Some(Permission::DataCheckApprove),
        SubjectKind::Consultation => Some(Permission::ArchiveApprove),
        SubjectKind::StructureChange => Some(Permission::EstateConfirm),
        SubjectKind::GoalSet => Some(Permission::GoalApprove),
        SubjectKind::CalendarYear => Some(Permission::CalendarConfirm),
        _ => None,
    }
}

/// The estate in which a matter is looked at; for one of the company, any.
async fn place(conn: &mut Conn, estate: Option<EstateId>) -> Result<Option<EstateId>, Failure> {
    if estate.is_some() {
        return Ok(estate);
    }
    Ok(estates::all(conn).await?.first().map(|estate| estate.id.into()))
}

fn people(found: Result<Resolution, NobodyDecides>) -> Vec<EmployeeId> {
    found.map_or_else(
        |_| Vec::new(),
        |found| found.deciders.iter().map(|decider| decider.employee).collect(),
    )
}

/// What a matter is decided in.
struct Ground<'a> {
    staff: Staff<'a>,
    zone: Tz,
    scope: &'a Scope,
    now: DateTime<Utc>,
}

impl Ground<'_> {
    async fn case(&self, conn: &mut Conn, id: Uuid) -> Result<Vec<EmployeeId>, Failure> {
        let case = cases::find(conn, self.scope, id.into()).await?;
        let finding = cases::finding(conn, case.id).await?;
        let Some(what) = Undecided::of(&case, &finding) else {
            return Ok(Vec::new());
        };
        let measures = cases::measures(conn, case.id).await?;
        let barred = what.barred(&case, &finding, &measures);
        let dated = business_date(case.received_at, self.zone);
        Ok(people(case_rules::resolve(&self.staff, &case, &barred, dated)))
    }

    /// A cost to decide on; otherwise those with whose post the dispute is.
    async fn dispute(&self, conn: &mut Conn, id: Uuid) -> Result<Vec<EmployeeId>, Failure> {
        let dispute = disputes::find(conn, self.scope, id.into()).await?;
        if dispute_rules::must_have_cost(&dispute).is_ok() {
            let barred: Vec<EmployeeId> = dispute.mediator_id.into_iter().collect();
            let dated = business_date(dispute.opened_at, self.zone);
            return Ok(people(
                self.staff
                    .resolve(&dispute_rules::cost_matter(&dispute, &barred, dated)),
            ));
        }
        if dispute.mediator_id.is_some() || dispute.settled_at.is_some() {
            return Ok(Vec::new());
        }
        let with = self.staff.holders_of(dispute.responsible.seat(dispute.estate_id));
        Ok(with.iter().map(|holder| holder.employee).collect())
    }

    async fn cost(&self, conn: &mut Conn, id: Uuid) -> Result<Vec<EmployeeId>, Failure> {
        let order = orders::find(conn, self.scope, id.into()).await?;
        let costs = orders::costs::of_order(conn, order.id).await?;
        let Some(cost) = costs.iter().find(|cost| cost.must_wait().is_ok()) else {
            return Ok(Vec::new());
        };
        let barred = [cost.asked_by, order.technician_id];
        let dated = business_date(order.dispatched_at, self.zone);
        Ok(people(
            self.staff.resolve(&order_rules::cost_matter(&order, &barred, dated)),
        ))
    }

    async fn assignment(&self, conn: &mut Conn, id: Uuid, estate: EstateId) -> Result<Vec<EmployeeId>, Failure> {
        let row = assignments::find(conn, self.scope, id.into()).await?;
        let all = posts::all(conn).await?;
        let Some(post) = all.iter().find(|post| post.code == row.post) else {
            return Ok(Vec::new());
        };
        let matter = matters::of_assignment(&row, post.level()?, estate)?;
        Ok(people(self.staff.resolve(&matter.on(self.staff.today))))
    }

    /// The superior of whoever has the duty, as the line was when it fell due.
    async fn duty(&self, conn: &mut Conn, id: Uuid) -> Result<Vec<EmployeeId>, Failure> {
        let row = obligations::find(conn, self.scope, id.into()).await?;
        let own = row.own();
        Ok(people(self.staff.resolve(&row.matter(self.zone, &own, self.now)?)))
    }
}
