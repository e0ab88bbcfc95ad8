//! A case as it goes over the wire: names beside ids, contacts as far as the caller may see them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, PostCode},
    service_desk::{
        cases::{Case, CaseAction, Finding, Measure},
        visits::{Visit, VisitSubject},
    },
    shared::{Subject, SubjectKind, private::Disclosed},
};
use wuye_persistence::{
    Conn, Failure, files,
    org::climbs,
    service_desk::{
        Mentioned,
        cases::{self, Link},
        visits,
    },
    settings,
    trail::{self, TrailLine},
};

use super::{super::contact, decide};
use crate::{Work, files::FileView, late, org::approver::DecisionView};

/// A case in a list.
#[derive(Serialize, ToSchema)]
pub struct CaseView {
    #[serde(flatten)]
    pub(in super::super) case: Case,
    /// The answer is late.
    pub(in super::super) overdue: bool,
    /// Written down well after it was said.
    pub(in super::super) keyed_late: bool,
    /// The answer was given after its limit.
    pub(in super::super) answered_late: bool,
    /// The resident was told too late that it came in, or still waits for it.
    pub(in super::super) acknowledged_late: bool,
    /// The posts up the line that were told that the answer is late, in the order in which they heard; none while the
    /// owner alone was reminded.
    pub(in super::super) escalated_to: Vec<PostCode>,
    pub(in super::super) owner_name: Option<String>,
    pub(in super::super) received_by_name: Option<String>,
    pub(in super::super) about_employee_name: Option<String>,
    /// The house as on the door, e.g. `3-2-501`.
    pub(in super::super) house_no: Option<String>,
    pub(in super::super) party_name: Option<String>,
}

impl CaseView {
    /// For ETag.
    pub fn version(&self) -> i32 {
        self.case.version
    }

    /// Its id.
    pub fn id(&self) -> Uuid {
        self.case.id.0
    }

    /// Within a write.
    pub async fn load(work: &mut Work, cases: Vec<Case>) -> Result<Vec<Self>, Failure> {
        let now = work.now;
        Self::of(work, cases, now).await
    }

    /// Of a page of cases.
    pub async fn of(conn: &mut Conn, cases: Vec<Case>, now: DateTime<Utc>) -> Result<Vec<Self>, Failure> {
        let mut mentioned = Mentioned::default();
        for case in &cases {
            mentioned.employee(case.owner_id);
            mentioned.employee(case.received_by);
            mentioned.employee(case.about_employee);
            mentioned.house(case.house_id);
            mentioned.party(case.party_id);
        }
        let labels = mentioned.read(conn).await?;
        let told = climbs::told(conn, cases.iter().map(|case| case.id.0)).await?;
        let settings = settings::of_each(conn, cases.iter().map(|case| case.estate_id)).await?;
        Ok(cases
            .into_iter()
            .map(|case| Self {
                overdue: case.overdue(now),
                keyed_late: settings
                    .get(&case.estate_id)
                    .is_some_and(|terms| case.keyed_late(terms)),
                answered_late: case.answered_late(),
                acknowledged_late: case.acknowledged_late(now),
                escalated_to: told.of(case.id, case.due_at),
                owner_name: labels.employee(case.owner_id),
                received_by_name: labels.employee(case.received_by),
                about_employee_name: labels.employee(case.about_employee),
                house_no: labels.house(case.house_id),
                party_name: labels.party(case.party_id),
                case,
            })
            .collect())
    }
}

/// Another case of the same event.
#[derive(Serialize, ToSchema)]
pub struct CaseReference {
    id: Uuid,
    no: String,
    state: String,
}

/// A case with everything that hangs on it.
#[derive(Serialize, ToSchema)]
pub struct CaseDetail {
    #[serde(flatten)]
    case: CaseView,
    /// Who came; masked for who may not see owners' phones.
    reporter_name: Option<Disclosed>,
    /// Their phone; masked likewise.
    reporter_phone: Option<Disclosed>,
    /// Complaints: what was proposed and decided, and why by this post.
    finding: Finding,
    /// Who may decide on what waits: a proposed validity, the check of a closing.
    waits_for: Option<DecisionView>,
    /// What was done.
    measures: Vec<Measure>,
    /// Orders and disputes that came out of it.
    links: Vec<Link>,
    /// The master case of the same event.
    master: Option<CaseReference>,
    /// Cases linked to this one.
    duplicates: Vec<CaseReference>,
    /// Return visits made and to come.
    visits: Vec<Visit>,
    /// Photos and papers.
    files: Vec<FileView>,
    /// What devices sent too late to be applied.
    late_notes: Vec<TrailLine>,
    /// What its state allows; who may do it is another question.
    actions: Vec<CaseAction>,
    /// Names of the people mentioned, by id.
    people: BTreeMap<Uuid, String>,
}

impl CaseDetail {
    /// For ETag.
    pub fn version(&self) -> i32 {
        self.case.version()
    }

    /// Reads everything for a caller who may read the case.
    pub async fn load(conn: &mut Conn, actor: &Actor, case: Case, now: DateTime<Utc>) -> Result<Self, Failure> {
        let (id, estate) = (case.id, case.estate_id);
        let clearance = contact::clearance(actor, estate);
        let given = cases::contact(conn, id).await?;
        let finding = cases::finding(conn, id).await?;
        let measures = cases::measures(conn, id).await?;
        let visits = visits::of_subject(conn, VisitSubject::Case, id.0).await?;
        let subject = Subject::new(SubjectKind::Case, id);
        let reference = |case: Case| CaseReference {
            id: case.id.0,
            no: case.no,
            state: case.state.code().to_owned(),
        };
        let master = match case.master_id {
            Some(master) => Some(reference(cases::find_for_reaction(conn, master).await?)),
            None => None,
        };
        let duplicates = cases::duplicates(conn, id).await?;
        let mut mentioned = Mentioned::default();
        let ids: Vec<Uuid> = [
            finding.proposed_by,
            finding.decided_by,
            finding.closing_checked_by,
            finding.answered_by,
        ]
        .into_iter()
        .chain(measures.iter().map(|measure| measure.taken_by))
        .chain(visits.iter().map(|visit| visit.visitor_id))
        .flatten()
        .map(|person| person.0)
        .collect();
        ids.iter().for_each(|id| mentioned.employee(Some(*id)));
        let labels = mentioned.read(conn).await?;
        let people = ids
            .into_iter()
            .filter_map(|id| Some((id, labels.employee(Some(id))?)))
            .collect();
        let allowed = |action: &&CaseAction| action.states().contains(&case.state);
        Ok(Self {
            actions: CaseAction::ALL.iter().filter(allowed).copied().collect(),
            reporter_name: contact::name(given.name, clearance),
            reporter_phone: contact::phone(given.phone.as_deref(), clearance),
            waits_for: decide::waits_for(conn, &case, &finding, &measures, now).await?,
            finding,
            measures,
            links: cases::links(conn, id).await?,
            master,
            duplicates: duplicates.into_iter().map(reference).collect(),
            visits,
            files: files::attached(conn, &[subject])
                .await?
                .into_iter()
                .map(FileView::from)
                .collect(),
            late_notes: late::notes(trail::history(conn, subject).await?),
            people,
            case: CaseView::of(conn, vec![case], now).await?.remove(0),
        })
    }
}
