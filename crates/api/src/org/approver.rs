//! Who decides a matter, for every context: from a rule to persons, with the way that led to them.
//!
//! The edge is read at the document's date, the holder or stand-in at this moment; nobody decides on their own work.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use wuye_domain::{
    access::{Actor, PostCode},
    org::superior::{Decider, Matter, NobodyDecides, Resolution, Seat, Step},
    shared::{EmployeeId, EstateId, Problem, ProblemCode, Text},
};
use wuye_persistence::{
    Conn, Failure,
    org::{self, assignments::Assignment, staff},
};

/// Finds who decides.
///
/// # Errors
/// `conflict` when the way leads past the top of the line: somebody must be appointed first.
pub async fn resolve(conn: &mut Conn, matter: &Matter<'_>, now: DateTime<Utc>) -> Result<Resolution, Failure> {
    ask(conn, matter, now)
        .await?
        .map_err(|nobody| Problem::from(nobody).into())
}

/// Finds who decides, or that nobody may.
///
/// # Errors
/// As the database says.
pub async fn ask(
    conn: &mut Conn,
    matter: &Matter<'_>,
    now: DateTime<Utc>,
) -> Result<Result<Resolution, NobodyDecides>, Failure> {
    let data = staff::load(conn, matter.from.estate, now).await?;
    Ok(data.staff().resolve(matter))
}

/// The place an assignment gives a person, as the origin of a matter.
///
/// # Errors
/// `Internal` on a code this version does not know.
pub fn seat(of: &Assignment, estate: EstateId) -> Result<Seat, Failure> {
    Ok(Seat {
        post: of.post.parse()?,
        estate,
        squad: of.squad_id.map(Into::into),
        area: of.area_id.map(Into::into),
    })
}

/// The actor decides, or is told who does.
///
/// # Errors
/// `self_approval` for those barred, `forbidden` naming those who may.
pub async fn must_decide(
    conn: &mut Conn,
    actor: &Actor,
    resolution: &Resolution,
    barred: &[EmployeeId],
) -> Result<Decider, Failure> {
    if let Some(decider) = actor.employee.and_then(|person| resolution.as_decider(person)) {
        return Ok(*decider);
    }
    let view = DecisionView::of(conn, resolution).await?;
    let (zh, en) = view.words();
    if actor.employee.is_some_and(|person| barred.contains(&person)) {
        return Err(Problem::new(
            ProblemCode::SelfApproval,
            Text::of(
                format!("本人提出或涉及本人的事项不能由本人决定；由{zh}决定。"),
                format!("Nobody decides on their own work; this is decided by {en}."),
            ),
        )
        .into());
    }
    Err(Problem::forbidden(&Text::of(zh, en)).into())
}

/// As [`must_decide`], but while nobody who may decide has ever logged in the installation's administrator fills the gap:
/// the first manager has no superior here, and those appointed first have no account yet. Gives `None` for the
/// administrator.
///
/// # Errors
/// As [`must_decide`]; `conflict` when nobody may decide.
pub async fn must_decide_or_set_up(
    conn: &mut Conn,
    actor: &Actor,
    asked: Result<Resolution, NobodyDecides>,
    barred: &[EmployeeId],
) -> Result<Option<Decider>, Failure> {
    match asked {
        Ok(resolution) if actor.is_administrator() && !awake(conn, &resolution).await? => Ok(None),
        Ok(resolution) => must_decide(conn, actor, &resolution, barred).await.map(Some),
        Err(_) if actor.is_administrator() => Ok(None),
        Err(nobody) => Err(Problem::from(nobody).into()),
    }
}

async fn awake(conn: &mut Conn, resolution: &Resolution) -> Result<bool, Failure> {
    let deciders: Vec<EmployeeId> = resolution.deciders.iter().map(|decider| decider.employee).collect();
    org::accounts::have_logged_in(conn, &deciders).await
}

/// Somebody who may decide, by name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NamedDecider {
    /// The person.
    pub employee_id: EmployeeId,
    /// Their name.
    pub name: String,
    /// The post by which they decide.
    pub post: PostCode,
    /// The person they act for.
    pub acting_for: Option<EmployeeId>,
}

/// Who may decide, and the way that led there.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DecisionView {
    /// Any of these.
    pub deciders: Vec<NamedDecider>,
    /// From the origin to the decider, each step with its reason.
    pub path: Vec<Step>,
}

impl DecisionView {
    /// With the names of the people.
    ///
    /// # Errors
    /// As the database says.
    pub async fn of(conn: &mut Conn, resolution: &Resolution) -> Result<Self, Failure> {
        let people: Vec<EmployeeId> = resolution.deciders.iter().map(|decider| decider.employee).collect();
        let names = org::names(conn, &people).await?;
        let deciders = resolution
            .deciders
            .iter()
            .map(|decider| NamedDecider {
                employee_id: decider.employee,
                name: names.get(&decider.employee).cloned().unwrap_or_default(),
                post: decider.post,
                acting_for: decider.acting_for,
            })
            .collect();
        Ok(Self {
            deciders,
            path: resolution.path.clone(),
        })
    }

    fn words(&self) -> (String, String) {
        let zh: Vec<String> = self
            .deciders
            .iter()
            .map(|by| format!("{}（{}）", by.name, by.post.title().zh))
            .collect();
        let en: Vec<String> = self
            .deciders
            .iter()
            .map(|by| format!("{} ({})", by.name, by.post.title().en))
            .collect();
        (zh.join("或"), en.join(" or "))
    }
}
