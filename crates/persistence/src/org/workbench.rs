//! What of the organisation waits for whom. Who decides is asked of the same resolver as at the decision itself, so that
//! nobody is shown what they would be refused.

use chrono::{DateTime, Days, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, Permission, PostCode, Scope},
    shared::{
        EmployeeId, EstateId, SettingKey, SubjectKind,
        zone::{business_date, start_of, zone},
    },
};

use super::{
    acting::ActingRow,
    assignments::Assignment,
    edges::{self, EdgeFilter},
    matters::{self, OrgMatter},
    names, posts,
    staff::Staffs,
    tasks,
};
use crate::{
    Conn, Failure, calendar, estates, none, pile,
    schema::{
        account_requests, acting_periods, assignments as assigned, backup_records, data_corrections,
        employees as people,
    },
    settings,
    workbench::{Pile, Waiting, WorkKind},
};

/// Everything of the organisation that waits for this actor.
///
/// # Errors
/// As the database says.
pub async fn waiting(conn: &mut Conn, actor: &Actor, staffs: &mut Staffs) -> Result<Vec<Pile>, Failure> {
    let (mut piles, now) = (Vec::new(), staffs.now());
    if let Some(me) = actor.employee {
        let mut deciders = Deciders {
            me,
            staffs,
            first: None,
        };
        if let Ok(scope) = actor.scope(Permission::ActingConfirm) {
            piles.push(deciders.acting(conn, &scope).await?);
        }
        if let Ok(scope) = actor.scope(Permission::OrgEndorse) {
            piles.extend(deciders.assignments(conn, &scope).await?);
        }
        if actor.may(Permission::OrgEdit) {
            piles.push(deciders.edges(conn, actor).await?);
        }
        piles.push(holidays(conn, actor, now).await?);
    }
    if let Ok(scope) = actor.scope(Permission::AccountManage) {
        piles.push(accounts(conn, &scope, actor).await?);
    }
    if let Ok(scope) = actor.scope(Permission::DataCheckRun) {
        piles.push(backups_due(conn, &scope, now).await?);
    }
    if let Ok(scope) = actor.scope(Permission::DataCheckApprove) {
        piles.push(backups_to_check(conn, &scope, actor).await?);
        piles.push(corrections(conn, &scope, actor).await?);
    }
    piles.extend(tasks::waiting(conn, actor, staffs).await?);
    Ok(piles)
}

/// Who decides open matters.
struct Deciders<'a> {
    me: EmployeeId,
    staffs: &'a mut Staffs,
    first: Option<EstateId>,
}

impl Deciders<'_> {
    /// The estate in which a matter of the company is looked at.
    async fn place(&mut self, conn: &mut Conn, estate: Option<Uuid>) -> Result<Option<EstateId>, Failure> {
        if let Some(estate) = estate {
            return Ok(Some(estate.into()));
        }
        if self.first.is_none() {
            self.first = estates::all(conn)
                .await?
                .into_iter()
                .next()
                .map(|estate| estate.id.into());
        }
        Ok(self.first)
    }

    async fn mine(&mut self, conn: &mut Conn, of: &OrgMatter) -> Result<bool, Failure> {
        let data = self.staffs.of(conn, of.from.estate).await?;
        let found = data.staff().resolve(&of.on(data.today));
        Ok(found.is_ok_and(|found| found.as_decider(self.me).is_some()))
    }

    async fn acting(&mut self, conn: &mut Conn, scope: &Scope) -> Result<Pile, Failure> {
        let open: Vec<ActingRow> = acting_periods::table
            .filter(acting_periods::state.eq("proposed"))
            .filter(acting_periods::ends_at.gt(self.staffs.now()))
            .select(ActingRow::as_select())
            .order((acting_periods::starts_at, acting_periods::id))
            .load(conn)
            .await?;
        let mut items = Vec::new();
        for row in open {
            let place = self.place(conn, row.estate_id).await?;
            let Some(place) = place.filter(|place| row.estate_id.is_none() || scope.touches(*place)) else {
                continue;
            };
            let matter = matters::of_acting(conn, &row, place, self.staffs.now()).await?;
            if self.mine(conn, &matter).await? {
                items.push((
                    row.stand_in_id,
                    waiting_for(row.id, row.estate_id, row.created_at, &row.post),
                ));
                if let Some((_, item)) = items.last_mut() {
                    item.due_at = Some(row.starts_at);
                    item.state = Some(row.state);
                }
            }
        }
        by_name(conn, WorkKind::ActingToConfirm, SubjectKind::ActingPeriod, items).await
    }

    async fn assignments(&mut self, conn: &mut Conn, scope: &Scope) -> Result<[Pile; 2], Failure> {
        let open: Vec<Assignment> = assigned::table
            .filter(assigned::state.eq_any(["proposed", "endorsed"]))
            .select(Assignment::as_select())
            .order((assigned::valid_from, assigned::id))
            .load(conn)
            .await?;
        let levels = posts::all(conn).await?;
        let (mut endorse, mut approve) = (Vec::new(), Vec::new());
        for row in open {
            let place = self.place(conn, row.estate_id).await?;
            let Some(place) = place.filter(|place| row.estate_id.is_none() || scope.touches(*place)) else {
                continue;
            };
            let Some(post) = levels.iter().find(|post| post.code == row.post) else {
                continue;
            };
            let matter = matters::of_assignment(&row, post.level()?, place)?;
            if !self.mine(conn, &matter).await? {
                continue;
            }
            let mut item = waiting_for(row.id, row.estate_id, row.created_at, &row.post);
            item.state = Some(row.state);
            if matter.right == Permission::OrgEndorse {
                endorse.push((row.employee_id, item));
            } else {
                approve.push((row.employee_id, item));
            }
        }
        Ok([
            by_name(conn, WorkKind::AssignmentsToEndorse, SubjectKind::Assignment, endorse).await?,
            by_name(conn, WorkKind::AssignmentsToApprove, SubjectKind::Assignment, approve).await?,
        ])
    }

    async fn edges(&mut self, conn: &mut Conn, actor: &Actor) -> Result<Pile, Failure> {
        let drafts = EdgeFilter {
            state: Some(wuye_domain::org::EdgeState::Draft),
            ..EdgeFilter::default()
        };
        let home = actor.home_estate().map(|estate| estate.0);
        let titles = names::post_titles(conn).await?;
        let mut items = Vec::new();
        for row in edges::list(conn, &drafts).await? {
            let edge = row.edge()?;
            let Some(place) = self.place(conn, home).await? else {
                break;
            };
            let matter = matters::of_edge(&row, place)?;
            if self.mine(conn, &matter).await? {
                let title = |post: PostCode| titles.get(&post).map_or_else(String::new, |(zh, _)| zh.clone());
                let mut item = waiting_for(row.id, None, row.created_at, &row.child_post);
                item.title = format!("{} → {}", title(edge.child), title(edge.parent));
                item.state = Some(row.state);
                items.push(item);
            }
        }
        Ok(Pile::of(WorkKind::EdgesToApprove, SubjectKind::ReportingEdge, items))
    }
}

fn waiting_for(id: Uuid, estate_id: Option<Uuid>, since: DateTime<Utc>, place: &str) -> Waiting {
    Waiting {
        id,
        no: None,
        title: String::new(),
        estate_id,
        due_at: None,
        since,
        urgency: None,
        state: None,
        house_id: None,
        place: Some(place.to_owned()),
    }
}

/// A pile of things about people, under their names.
async fn by_name(
    conn: &mut Conn,
    kind: WorkKind,
    subject: SubjectKind,
    items: Vec<(Uuid, Waiting)>,
) -> Result<Pile, Failure> {
    let ids: Vec<EmployeeId> = items.iter().map(|(person, _)| (*person).into()).collect();
    let names = names::names(conn, &ids).await?;
    let titled = items.into_iter().map(|(person, mut item)| {
        item.title = names.get(&person.into()).cloned().unwrap_or_default();
        item
    });
    Ok(Pile::of(kind, subject, titled.collect()))
}

async fn accounts(conn: &mut Conn, scope: &Scope, actor: &Actor) -> Result<Pile, Failure> {
    let me = actor.employee.map(|id| id.0);
    let estates: Vec<Uuid> = scope.estates().iter().map(|id| id.0).collect();
    let company = scope.company();
    Ok(pile!(
        conn,
        AccountsToGrant,
        Account,
        account_requests::table
            .inner_join(people::table.on(people::id.eq(account_requests::employee_id)))
            .filter(account_requests::estate_id.eq_any(estates.clone()).or(diesel::dsl::sql::<diesel::sql_types::Bool>(
                if company { "true" } else { "false" }
            )))
            .filter(account_requests::state.eq("requested"))
            .filter(
                account_requests::requested_by
                    .is_distinct_from(me)
                    .or(account_requests::requested_by.is_null())
            )
            .filter(account_requests::employee_id.ne(me.unwrap_or_default())),
        by: (account_requests::created_at, account_requests::id),
        (
            account_requests::id,
            none!(Text),
            people::name,
            account_requests::estate_id.nullable(),
            none!(Timestamptz),
            account_requests::created_at,
            none!(Text),
            account_requests::kind.nullable(),
            none!(Uuid),
            account_requests::username,
        )
    ))
}

/// Before a public holiday deputy and assistant name who acts meanwhile (PROC-DEPMGR-5.9, PROC-ASSTMGR-5.10): so many days
/// ahead as the setting says, until a stand-in is proposed for the first day off.
async fn holidays(conn: &mut Conn, actor: &Actor, now: DateTime<Utc>) -> Result<Pile, Failure> {
    let mut items = Vec::new();
    for held in &actor.posts {
        let (Some(estate), None) = (held.estate, held.acting_for) else {
            continue;
        };
        if !matches!(held.post, PostCode::Depmgr | PostCode::Asstmgr) {
            continue;
        }
        let (zone, calendar) = calendar::of_estate(conn, estate).await?;
        let today = business_date(now, zone);
        let notice = settings::load(conn, Some(estate))
            .await?
            .get(SettingKey::CoverNoticeDays);
        let off = (1..=u64::try_from(notice).unwrap_or(0))
            .map(|ahead| today + Days::new(ahead))
            .find(|day| calendar.holiday(*day).is_some() && calendar.holiday(*day - Days::new(1)).is_none());
        let Some((day, holiday)) = off.and_then(|day| Some((day, calendar.holiday(day)?))) else {
            continue;
        };
        let begins = start_of(day, zone);
        let named: i64 = acting_periods::table
            .filter(acting_periods::principal_assignment.eq(held.assignment.0))
            .filter(acting_periods::state.eq_any(["proposed", "confirmed"]))
            .filter(
                acting_periods::starts_at
                    .lt(start_of(day + Days::new(1), zone))
                    .and(acting_periods::ends_at.gt(begins)),
            )
            .count()
            .get_result(conn)
            .await?;
        if named == 0 {
            let mut item = waiting_for(held.assignment.0, Some(estate.0), now, held.post.code());
            item.title = holiday.zh.into_owned();
            item.due_at = Some(begins);
            items.push(item);
        }
    }
    Ok(Pile::of(WorkKind::HolidayToCover, SubjectKind::Assignment, items))
}

/// Estates whose charging data has no backup yet today (DER-COMPUTER-4, DER-TICKET-7).
async fn backups_due(conn: &mut Conn, scope: &Scope, now: DateTime<Utc>) -> Result<Pile, Failure> {
    let mut items = Vec::new();
    for estate in estates::open_to(conn, scope).await? {
        let zone = zone(&estate.time_zone);
        let today = start_of(business_date(now, zone), zone);
        let minute = settings::load(conn, Some(estate.id.into()))
            .await?
            .get(SettingKey::BackupMinute);
        let made: i64 = backup_records::table
            .filter(backup_records::kind.eq("backup").and(backup_records::succeeded))
            .filter(backup_records::taken_at.ge(today))
            .filter(
                backup_records::estate_id
                    .is_null()
                    .or(backup_records::estate_id.assume_not_null().eq(estate.id)),
            )
            .count()
            .get_result(conn)
            .await?;
        if made == 0 {
            let mut item = waiting_for(estate.id, Some(estate.id), today, "");
            item.place = None;
            item.title = estate.name;
            item.due_at = Some(today + chrono::TimeDelta::minutes(minute));
            items.push(item);
        }
    }
    Ok(Pile::of(WorkKind::BackupToMake, SubjectKind::Estate, items))
}

async fn backups_to_check(conn: &mut Conn, scope: &Scope, actor: &Actor) -> Result<Pile, Failure> {
    let me = actor.employee.map(|id| id.0).unwrap_or_default();
    let estates: Vec<Uuid> = scope.estates().iter().map(|id| id.0).collect();
    Ok(pile!(
        conn,
        BackupsToCheck,
        Backup,
        backup_records::table
            .filter(backup_records::verified_at.is_null())
            .filter(
                backup_records::estate_id
                    .is_null()
                    .or(backup_records::estate_id.assume_not_null().eq_any(estates.clone()))
            )
            .filter(backup_records::recorded_by.is_null().or(backup_records::recorded_by.assume_not_null().ne(me))),
        by: (backup_records::taken_at, backup_records::id),
        (
            backup_records::id,
            none!(Text),
            backup_records::place,
            backup_records::estate_id,
            none!(Timestamptz),
            backup_records::taken_at,
            none!(Text),
            backup_records::kind.nullable(),
            none!(Uuid),
            none!(Text),
        )
    ))
}

async fn corrections(conn: &mut Conn, scope: &Scope, actor: &Actor) -> Result<Pile, Failure> {
    let me = actor.employee.map(|id| id.0).unwrap_or_default();
    let estates: Vec<Uuid> = scope.estates().iter().map(|id| id.0).collect();
    Ok(pile!(
        conn,
        CorrectionsToDecide,
        DataCorrection,
        data_corrections::table
            .filter(data_corrections::state.eq("proposed"))
            .filter(data_corrections::estate_id.eq_any(estates.clone()))
            .filter(data_corrections::proposed_by.ne(me)),
        by: (data_corrections::created_at, data_corrections::id),
        (
            data_corrections::id,
            data_corrections::no.nullable(),
            data_corrections::reason,
            data_corrections::estate_id.nullable(),
            none!(Timestamptz),
            data_corrections::created_at,
            none!(Text),
            data_corrections::state.nullable(),
            none!(Uuid),
            data_corrections::record_ref.nullable(),
        )
    ))
}
