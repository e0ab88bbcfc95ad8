//! To whom one may give a task.

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wuye_domain::{
    access::{PostCode, need},
    org::{
        superior::Holder,
        tasks::{Authority, CLAUSES, Candidate, Giving, NewTask, TaskRight},
    },
    shared::{AreaId, AssignmentId, EmployeeId, EstateId, Problem, SquadId},
};
use wuye_persistence::{
    Conn, Failure,
    org::{
        employees, entrusted, names,
        staff::{self, StaffData},
    },
};

use super::super::common;
use crate::{Answer, ApiResult, App, Guard, ListQuery};

/// What [`Giving`] borrows from.
pub(super) struct Ground {
    estate: EstateId,
    data: StaffData,
    entrusted: Vec<EmployeeId>,
}

impl Ground {
    /// Reads it.
    ///
    /// # Errors
    /// As the database says.
    pub(super) async fn load(conn: &mut Conn, estate: EstateId, now: DateTime<Utc>) -> Result<Self, Failure> {
        let data = staff::load(conn, estate, now).await?;
        let entrusted = entrusted::holders(conn, estate, data.today).await?;
        Ok(Self {
            estate,
            data,
            entrusted,
        })
    }

    fn giving(&self) -> Giving<'_> {
        Giving {
            estate: self.estate,
            staff: self.data.staff(),
            entrusted: &self.entrusted,
        }
    }

    /// The place in which the assignee is given this task, and by what right.
    ///
    /// # Errors
    /// `validation_failed` on `/assignee_id` for somebody who holds no such post here, `forbidden` for somebody the giver
    /// does not stand over.
    pub(super) fn choose(&self, giver: EmployeeId, new: &NewTask) -> Result<(Holder, Authority), Problem> {
        let held: Vec<&Holder> = self
            .data
            .holders
            .iter()
            .filter(|held| held.employee == new.assignee_id)
            .filter(|held| new.assignment_id.is_none_or(|wanted| wanted == held.assignment))
            .collect();
        if held.is_empty() {
            return Err(employees::unknown("/assignee_id"));
        }
        let giving = self.giving();
        held.into_iter()
            .find_map(|held| Some((*held, giving.authority(giver, held)?)))
            .ok_or_else(common::not_below)
    }
}

/// Where.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CandidateQuery {
    /// The estate; the only one the caller works in when absent.
    estate_id: Option<EstateId>,
}

/// Somebody the caller may give a task, in one of their posts.
#[derive(Serialize, ToSchema)]
pub struct TaskCandidate {
    employee_id: EmployeeId,
    name: String,
    assignment_id: AssignmentId,
    post: PostCode,
    squad_id: Option<SquadId>,
    area_id: Option<AreaId>,
    /// By what right.
    right: TaskRight,
    /// For whom the caller acts in giving it.
    acting_for: Option<EmployeeId>,
}

/// List those one may give a task
///
/// Everybody below on the line or across it today, acting included; with an entrusted duty the assistant gives to everybody
/// of the estate.
#[utoipa::path(tag = "org", operation_id = "list_task_candidates", params(CandidateQuery),
    responses((status = 200, description = "Once for each of their posts, in the order of the chart", body = Vec<TaskCandidate>)),
    extensions(("x-permission" = json!("task.give")), ("x-clauses" = json!(CLAUSES))))]
#[get("/tasks/candidates")]
pub async fn list_task_candidates(
    guard: Guard<need::TaskGive>,
    list: ListQuery<CandidateQuery>,
    app: web::Data<App>,
) -> ApiResult<Vec<TaskCandidate>> {
    let (estate, person) = (guard.estate(list.filter.estate_id)?, guard.person()?);
    let mut conn = app.conn().await?;
    let ground = Ground::load(&mut conn, estate, app.now()).await?;
    let mut found = ground.giving().candidates(person);
    found.sort_by_key(|candidate| (candidate.holder.post, candidate.holder.assignment));
    let people: Vec<EmployeeId> = found.iter().map(|candidate| candidate.holder.employee).collect();
    let names = names(&mut conn, &people).await?;
    let named = |Candidate { holder, authority }: Candidate| TaskCandidate {
        employee_id: holder.employee,
        name: names.get(&holder.employee).cloned().unwrap_or_default(),
        assignment_id: holder.assignment,
        post: holder.post,
        squad_id: holder.squad,
        area_id: holder.area,
        right: authority.right,
        acting_for: authority.by.acting_for,
    };
    Answer::ok(&found.into_iter().map(named).collect())
}
