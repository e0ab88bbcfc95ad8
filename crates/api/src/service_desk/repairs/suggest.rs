//! Who should go: the ranking with its numbers and reasons.

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::need,
    service_desk::{
        dispatch::{Candidate, Exclusion, Job, Load, Readiness, Suggestion, suggest},
        repairs::RepairRequest,
    },
    shared::Text,
};
use wuye_persistence::{
    Conn, Failure,
    service_desk::{
        candidates::{self, Technician},
        repairs,
    },
};

use super::super::terms::Terms;
use crate::{Answer, ApiResult, App, Guard};

/// A reason in both languages.
#[derive(Serialize, ToSchema)]
pub struct Reason {
    zh: String,
    en: String,
}

impl From<Text> for Reason {
    fn from(text: Text) -> Self {
        Self {
            zh: text.zh.into_owned(),
            en: text.en.into_owned(),
        }
    }
}

/// A technician in the ranking.
#[derive(Serialize, ToSchema)]
pub struct RankedTechnician {
    technician_id: Uuid,
    name: String,
    /// From 1; the first is the suggestion.
    place: usize,
    readiness: Readiness,
    load: Load,
    /// Why this place, the weightiest reason first.
    reasons: Vec<Reason>,
}

/// A technician who cannot take it.
#[derive(Serialize, ToSchema)]
pub struct ExcludedTechnician {
    technician_id: Uuid,
    name: String,
    exclusion: Exclusion,
    reason: Reason,
}

/// The answer to "who should go?".
#[derive(Serialize, ToSchema)]
pub struct DispatchSuggestion {
    request_id: Uuid,
    /// The qualified, the suggested one first. Empty: ask the supervisor.
    ranking: Vec<RankedTechnician>,
    excluded: Vec<ExcludedTechnician>,
    /// Set when nobody qualified is on duty: what the first of the ranking offers instead.
    fallback: Option<Readiness>,
    /// When this was worked out.
    as_of: DateTime<Utc>,
}

/// The ranking of the technicians for a request, and who they are.
pub struct Ranking {
    /// The technicians.
    pub people: Vec<Technician>,
    /// Their ranking.
    pub suggestion: Suggestion,
}

/// Ranks the technicians for a request.
///
/// # Errors
/// As the database says.
pub async fn rank(
    conn: &mut Conn,
    request: &RepairRequest,
    terms: &Terms,
    now: DateTime<Utc>,
) -> Result<Ranking, Failure> {
    let moment = terms.moment(request, now);
    let people = candidates::technicians(conn, request.estate_id, moment.date).await?;
    let area = request.area_id.map(Into::into);
    let known: Vec<Candidate> = candidates::candidates(conn, &people, area, moment).await?;
    let job = Job {
        category: request.category,
        urgency: request.urgency,
        appointment: request.appointment.map(|time| (time.from, time.until)),
    };
    let suggestion = suggest(&job, &known, &terms.weights());
    Ok(Ranking { people, suggestion })
}

/// Suggest technicians for a repair request
///
/// Ranked by weighted load among the qualified on duty; what hurries goes to whoever can be there soonest.
#[utoipa::path(tag = "service_desk", operation_id = "suggest_technicians", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The ranking", body = DispatchSuggestion)),
    extensions(("x-permission" = json!("order.dispatch")), ("x-clauses" = json!(["POS-RECEPT-09c"]))))]
#[get("/repair-requests/{id}/suggestions")]
pub async fn suggest_technicians(
    guard: Guard<need::OrderDispatch>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<DispatchSuggestion> {
    let (mut conn, now) = (app.conn().await?, app.now());
    let request = repairs::find(&mut conn, &guard.scope, (*id).into()).await?;
    let terms = Terms::of(&conn, request.estate_id).await?;
    let ranking = rank(&mut conn, &request, &terms, now).await?;
    Answer::ok(&in_words(&request, ranking, &terms, now))
}

fn in_words(request: &RepairRequest, ranking: Ranking, terms: &Terms, now: DateTime<Utc>) -> DispatchSuggestion {
    let Ranking { people, suggestion } = ranking;
    let name = |id: Uuid| {
        let found = people.iter().find(|technician| technician.employee_id == id);
        found.map(|technician| technician.name.clone()).unwrap_or_default()
    };
    DispatchSuggestion {
        request_id: request.id.0,
        ranking: suggestion
            .ranking
            .iter()
            .enumerate()
            .map(|(at, ranked)| RankedTechnician {
                technician_id: ranked.employee.0,
                name: name(ranked.employee.0),
                place: at + 1,
                readiness: ranked.readiness,
                load: ranked.load,
                reasons: ranked
                    .parts
                    .iter()
                    .map(|part| part.text(|at| terms.local(at)).into())
                    .collect(),
            })
            .collect(),
        excluded: suggestion
            .excluded
            .iter()
            .map(|(employee, exclusion)| ExcludedTechnician {
                technician_id: employee.0,
                name: name(employee.0),
                exclusion: *exclusion,
                reason: match exclusion {
                    Exclusion::NotQualified => Text::new("没有此类维修的资格", "not qualified for the category"),
                    Exclusion::NotAvailable => Text::new("不当班，也没有排班", "off duty, and no shift is planned"),
                }
                .into(),
            })
            .collect(),
        fallback: suggestion.fallback,
        as_of: now,
    }
}
